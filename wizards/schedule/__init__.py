from . import customer_sales_schedule_preview
