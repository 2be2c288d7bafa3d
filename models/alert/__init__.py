from . import customer_sales_alert
from . import customer_sales_refresh
