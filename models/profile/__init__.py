from . import customer_sales_profile

# What extends it
from . import customer_page
from . import pareto
from . import segments_overview

from . import customer_sales_purchase
from . import customer_sales_refresh
from . import customer_sales_segment
from . import customer_sales_segment_cell
from . import res_company
from . import res_config_settings
from . import res_partner
