from . import customer_sales_report
from . import customer_sales_report_grouping
from . import customer_sales_report_access
from . import customer_sales_report_invoice
from . import customer_sales_report_order
from . import customer_sales_report_pos
from . import customer_sales_report_layouts
