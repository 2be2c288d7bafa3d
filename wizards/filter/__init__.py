from . import customer_sales_filter

# What extends it, in any order
from . import amounts
from . import apply
from . import customers
from . import preview
from . import sales
