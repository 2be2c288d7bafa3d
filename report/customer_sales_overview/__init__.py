from . import customer_sales_overview
from . import tiles
from . import lists
