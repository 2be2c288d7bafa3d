from . import customer_sales_campaign_act
