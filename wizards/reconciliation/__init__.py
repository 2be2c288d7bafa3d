from . import customer_sales_reconciliation
from . import customer_sales_reconciliation_line
from . import export
