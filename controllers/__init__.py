from . import export
from . import pivot
