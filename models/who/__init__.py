from . import customer_sales_who_mixin
from . import customer_sales_of_lines_mixin
