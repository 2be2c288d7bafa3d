from . import customer_sales_bought_before
from . import customer_sales_bought_before_line
from . import sale_order
