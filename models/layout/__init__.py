from . import customer_sales_layout
from . import customer_sales_layout_column
from . import customer_sales_layout_mixin
