from . import customer_sales_ratio_mixin
from . import privacy
from . import custom_fields
from . import layout
from . import export
from . import profile
from . import res_partner
from . import res_users_settings
