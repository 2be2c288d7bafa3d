from . import customer_sales_privacy_mixin
from . import customer_sales_export_log
from . import res_config_settings
from . import res_partner
