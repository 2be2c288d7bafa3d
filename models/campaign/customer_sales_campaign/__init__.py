from . import customer_sales_campaign
from . import target_list
from . import results
from . import result_words
