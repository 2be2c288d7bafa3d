"""From when on there is enough to predict from: said where numpy may be missing, too."""

FEWEST_CUSTOMERS = 100
FEWEST_REPEATS = 30
