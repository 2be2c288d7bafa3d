from . import customer_sales_change_report

# What extends it, in any order
from . import bridge
