from . import customer_sales_affinity
from . import customer_sales_price_report
from . import customer_sales_product

# What extends them, and what else leads to them
from . import customer_page
from . import price_charts
from . import product_product
from . import res_company
from . import usual_purchase
