from . import customer_sales_export_job
from . import customer_sales_export_log
from . import customer_sales_export_template
from . import ir_attachment
from . import ir_binary
from . import ir_http
from . import res_config_settings
