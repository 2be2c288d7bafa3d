from . import test_invoice_rows
from . import test_online_retail
from . import test_order_invoiced
from . import test_order_rows
from . import test_pos_refund
from . import test_pos_rows
from . import test_query_pushdown
from . import test_tour
