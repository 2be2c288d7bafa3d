from . import customer_sales_change_report
from . import customer_sales_comparison_report
from . import customer_sales_product
from . import customer_sales_profile
from . import customer_sales_retention_report
