from . import customer_sales_filter

# What extends it, in any order
from . import amounts
from . import apply
from . import cities
from . import customers
from . import favorites
from . import kept
from . import nothing_found
from . import preview
from . import sales
from . import screen
from . import shown
from . import who
