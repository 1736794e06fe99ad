"""What numbers are: how exactly one was published, and which are none for a method in floats."""

from __future__ import annotations

import math
from decimal import Decimal

import pandas as pd


def finite_or_nan(value: object) -> float:
    """Read a figure as a float; a missing or infinite one is not-a-number.

    Examples
    --------
    >>> finite_or_nan("2.5"), finite_or_nan(None), finite_or_nan(float("inf"))
    (2.5, nan, nan)
    """
    if value is None or value is pd.NA:
        return math.nan
    number = float(value)
    return number if math.isfinite(number) else math.nan


def half_a_place(value: Decimal) -> Decimal:
    """Return half a unit of a figure's last published decimal place.

    Examples
    --------
    >>> half_a_place(Decimal("86.2")), half_a_place(Decimal("36"))
    (Decimal('0.05'), Decimal('0.5'))
    """
    return Decimal(5).scaleb(min(value.as_tuple().exponent, 0) - 1)
