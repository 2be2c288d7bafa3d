from . import customer_sales_privacy_mixin
from . import customer_sales_report
from . import customer_sales_comparison_report
from . import customer_sales_overview
