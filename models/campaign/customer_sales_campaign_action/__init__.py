from . import customer_sales_campaign_action
from . import kinds
from . import kinds_of_apps
from . import queue
