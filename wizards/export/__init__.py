from . import customer_sales_export
from . import customer_sales_export_column
from . import forged_calls
