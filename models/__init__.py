from . import customer_sales_privacy_mixin
from . import customer_sales_export_log
from . import customer_sales_layout_mixin
from . import customer_sales_layout
from . import res_config_settings
from . import res_partner
