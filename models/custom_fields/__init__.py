from . import customer_sales_custom_fields_mixin
from . import ir_config_parameter
from . import ir_model_fields
from . import properties_base_definition
