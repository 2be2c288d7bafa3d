from . import customer_sales_export_job
from . import files
from . import queue
