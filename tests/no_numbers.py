"""What is no number for any rule: each must get a named answer, and never an exception."""

import math
from decimal import Decimal

import pandas as pd

NO_NUMBERS = [
    math.nan,
    math.inf,
    -math.inf,
    Decimal("NaN"),
    Decimal("sNaN"),
    Decimal("Infinity"),
    Decimal("-Infinity"),
    pd.NA,
    pd.NaT,
    True,
    "",
    "c",
    10**400,
]
"""None is not among them: to some rules a missing figure is another thing than no figure."""
