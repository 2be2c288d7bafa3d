from . import customer_sales_customer_mixin

# What extends it, in any order
from . import profile_columns
