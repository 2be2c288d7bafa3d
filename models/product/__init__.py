from . import customer_sales_price_report
from . import customer_sales_product
