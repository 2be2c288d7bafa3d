from . import customer_sales_schedule
from . import look
from . import mail
