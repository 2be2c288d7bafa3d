from . import export
from . import export_download
from . import pivot
