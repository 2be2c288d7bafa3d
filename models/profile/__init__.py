from . import customer_sales_profile
from . import customer_sales_purchase
from . import customer_sales_refresh
from . import customer_sales_segment
from . import customer_sales_segment_cell
from . import res_company
