from . import customer_sales_report

# What extends it, in any order
from . import access
from . import channels
from . import conditions
from . import costs
from . import counted_once
from . import export
from . import grouping
from . import invoice_lines
from . import layouts
from . import line_kinds
from . import order_lines
from . import receipt_lines
from . import stored_tables
from . import words
