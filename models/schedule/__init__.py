from . import customer_sales_schedule
from . import customer_sales_schedule_recipient
from . import customer_sales_schedule_run
