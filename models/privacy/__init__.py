from . import customer_sales_reach_mixin

# What builds on it, in any order
from . import base
from . import customer_sales_privacy_mixin
from . import forged_calls
from . import ir_filters
from . import res_config_settings
