from . import customer_sales_customer_mixin
from . import customer_sales_report
from . import customer_sales_movement_report
from . import customer_sales_retention_report
from . import customer_sales_comparison_report
from . import customer_sales_change_report
from . import customer_sales_overview
from . import mailed
