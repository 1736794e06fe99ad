"""Figures as floats, for the methods that need them: missing and infinite ones are not-a-number."""

from __future__ import annotations

import math

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
