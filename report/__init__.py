from . import customer_sales_report
from . import customer_sales_movement_report
from . import customer_sales_retention_report
from . import customer_sales_overview
