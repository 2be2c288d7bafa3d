from . import customer_sales_history

# What it adds to others
from . import customer_page
from . import customer_sales_refresh
