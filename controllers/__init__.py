from . import export
from . import export_download
from . import export_fields
from . import pivot
from . import reconciliation
