from . import customer_sales_campaign
from . import customer_sales_campaign_customer
from . import customer_sales_campaign_action
from . import customer_sales_campaign_step
from . import customer_sales_profile
