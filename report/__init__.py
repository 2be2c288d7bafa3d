from . import customer_sales_report
