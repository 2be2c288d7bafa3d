from . import bought_before
from . import campaign
from . import comparison
from . import export
from . import filter
from . import reconciliation
from . import schedule
