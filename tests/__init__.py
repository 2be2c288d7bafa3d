from . import test_online_retail
