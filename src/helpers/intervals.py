"""Intervals: how far off a figure can be when it rests on few cases.

Methods, section 2: Wilson's interval for proportions; for rates, exact Poisson below 10 events and
Byar's method from 10, as the Office for Health Improvement and Disparities does it.
"""

from __future__ import annotations

import math
from decimal import Decimal
from functools import cache
from statistics import NormalDist

from helpers.direction import exact_number

Number = int | float | Decimal

Interval = tuple[float | None, float | None, float | None]
"""A value with its lower and upper bound; all three None where it cannot be calculated."""

LARGEST = 2**53
"""Beyond it a float can no longer tell one whole number from the next."""


def why_not(count: Number | None, base: Number | None, proportion: bool = True) -> str:
    """Say why nothing can be calculated from two counts; empty where it can.

    Parameters
    ----------
    count, base
        They need not be whole: weighted and estimated counts are not.
    proportion
        Whether the count is a part of the base, as in a share; in a rate it need not be.

    Examples
    --------
    >>> why_not(5, 3)
    'cannot be calculated: 5 of 3 is more than all'
    """
    if count is None or base is None:
        return "cannot be calculated: a count is missing"
    x, n = exact_number(count), exact_number(base)
    if x is None or n is None:
        return "cannot be calculated: a count is not a finite number"
    if any(number and not 1 / LARGEST <= abs(number) <= LARGEST for number in (x, n)):
        return "cannot be calculated: a count is too large or too small to work with"
    if x < 0:
        return f"cannot be calculated: a count of {count} is negative"
    if n <= 0:
        return f"cannot be calculated: a base of {base} is not above zero"
    if proportion and x > n:
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

    Raises
    ------
    ValueError
        Where the confidence is not between 0 and 1.

    Examples
    --------
    >>> [round(number, 4) for number in wilson(0, 20)]
    [0.0, 0.0, 0.1611]
    """
    z = -NormalDist().inv_cdf(_tail(confidence))
    if why_not(numerator, denominator):
        return None, None, None
    x, n = float(exact_number(numerator)), float(exact_number(denominator))
    share = x / n
    middle = x + z * z / 2
    half = z * math.sqrt(x * ((n - x) / n) + z * z / 4)
    # At none and at all, rounding must not push a bound beyond the share.
    lower = min(share, max(0.0, (middle - half) / (n + z * z)))
    upper = max(share, min(1.0, (middle + half) / (n + z * z)))
    return share, lower, upper


def poisson_rate(
    count: Number | None,
    population: Number | None,
    multiplier: float = 1,
    confidence: float = 0.95,
) -> Interval:
    """Return a rate with its interval: exact below 10 events, Byar's method from 10.

    Parameters
    ----------
    multiplier
        The rate is for so many people.

    Returns
    -------
    value, lower, upper
        All None where no rate can be made of the counts; `why_not` says why.

    Raises
    ------
    ValueError
        Where the confidence is not between 0 and 1, or the multiplier is not above 0.

    Examples
    --------
    >>> [round(number, 2) for number in poisson_rate(1, 100, multiplier=1000)]
    [10.0, 0.25, 55.72]
    """
    tail, times = _tail(confidence), exact_number(multiplier)
    if times is None or not 0 < times <= LARGEST:
        raise ValueError(f"the multiplier {multiplier} is not a number above 0")
    if why_not(count, population, proportion=False):
        return None, None, None
    x, n = float(exact_number(count)), float(exact_number(population))
    if x < 10:
        from scipy.stats import chi2  # imported where it is used: it is slow to import

        lower = float(chi2.ppf(tail, 2 * x)) / 2 if x else 0.0
        upper = float(chi2.isf(tail, 2 * x + 2)) / 2
    else:
        z = -NormalDist().inv_cdf(tail)
        lower = x * (1 - 1 / (9 * x) - z / (3 * math.sqrt(x))) ** 3
        upper = (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * math.sqrt(x + 1))) ** 3
    return tuple(bound / n * float(times) for bound in (x, lower, upper))


@cache
def _tail(confidence: float) -> float:
    """Return the chance that is left on either side of an interval."""
    level = exact_number(confidence)
    if level is None or not 0 < level < 1:
        raise ValueError(f"confidence {confidence} is not between 0 and 1")
    return float((1 - level) / 2)
