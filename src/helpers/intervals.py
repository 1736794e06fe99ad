"""Intervals: how far off a figure can be when it rests on few cases.

Methods, section 2: Wilson's interval for proportions; for rates, exact Poisson below 10 events and
Byar's method from 10, as the Office for Health Improvement and Disparities does it.
"""

from __future__ import annotations

import math
from decimal import Decimal
from statistics import NormalDist

Number = int | float | Decimal


Interval = tuple[float | None, float | None, float | None]
"""A value with its lower and upper bound; all three None where it cannot be calculated."""


def why_not(count: Number | None, base: Number | None, proportion: bool = True) -> str:
    """Say why nothing can be calculated from two counts; empty where it can.

    Parameters
    ----------
    proportion
        Whether the count is a part of the base, as in a share; in a rate it need not be.

    Examples
    --------
    >>> why_not(5, 3)
    'cannot be calculated: 5 of 3 is more than all'
    """
    if count is None or base is None:
        return "cannot be calculated: a count is missing"
    if not (math.isfinite(count) and math.isfinite(base)):
        return f"cannot be calculated: {count} of {base} are not finite numbers"
    if count < 0:
        return f"cannot be calculated: a count of {count} is negative"
    if base <= 0:
        return f"cannot be calculated: a base of {base} is not above zero"
    if proportion and count > base:
        return f"cannot be calculated: {count} of {base} is more than all"
    return ""


def wilson(
    numerator: Number | None, denominator: Number | None, confidence: float = 0.95
) -> Interval:
    """Return a proportion with Wilson's score interval, as fractions.

    Returns
    -------
    value, lower, upper
        All None where no proportion can be made of the counts; `why_not` says why.

    Examples
    --------
    >>> [round(number, 4) for number in wilson(0, 20)]
    [0.0, 0.0, 0.1611]
    """
    if why_not(numerator, denominator):
        return None, None, None
    x, n, z = float(numerator), float(denominator), _quantile(confidence)
    share = x / n
    middle = share + z * z / (2 * n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    # At none and at all, rounding must not push a bound beyond the share.
    lower = min(share, max(0.0, (middle - half) / scale))
    upper = max(share, min(1.0, (middle + half) / scale))
    return share, lower, upper


def poisson_rate(
    count: Number | None,
    population: Number | None,
    multiplier: float = 1,
    confidence: float = 0.95,
) -> Interval:
    """Return a rate with its interval: exact below 10 events, Byar's method from 10.

    Returns
    -------
    value, lower, upper
        All None where no rate can be made of the counts; `why_not` says why.

    Examples
    --------
    >>> [round(number, 2) for number in poisson_rate(1, 100, multiplier=1000)]
    [10.0, 0.25, 55.72]
    """
    if why_not(count, population, proportion=False):
        return None, None, None
    x, n, z = float(count), float(population), _quantile(confidence)
    tail = (1 - confidence) / 2
    if x < 10:
        from scipy.stats import chi2  # imported where it is used: it is slow to import

        lower = float(chi2.ppf(tail, 2 * x)) / 2 if x else 0.0
        upper = float(chi2.ppf(1 - tail, 2 * x + 2)) / 2
    else:
        lower = x * (1 - 1 / (9 * x) - z / (3 * math.sqrt(x))) ** 3
        upper = (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * math.sqrt(x + 1))) ** 3
    return x / n * multiplier, lower / n * multiplier, upper / n * multiplier


def _quantile(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ValueError(f"confidence {confidence} is not between 0 and 1")
    return NormalDist().inv_cdf(1 - (1 - confidence) / 2)
