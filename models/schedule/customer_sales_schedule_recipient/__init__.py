from . import customer_sales_schedule_recipient
from . import sending
