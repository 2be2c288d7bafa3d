from . import customer_sales_privacy_mixin
from . import res_config_settings
