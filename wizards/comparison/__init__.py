from . import customer_sales_comparison
