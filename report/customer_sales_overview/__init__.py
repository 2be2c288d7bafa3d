from . import customer_sales_overview
from . import moves
from . import tiles
from . import lists
