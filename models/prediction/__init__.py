from . import customer_sales_prediction

# What extends it
from . import prediction_tables
from . import prediction_words
from . import suggestion_words

from . import customer_sales_profile
from . import customer_words
from . import res_company
from . import res_config_settings
