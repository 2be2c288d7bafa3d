from . import customer_sales_reconciliation
