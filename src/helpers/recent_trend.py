"""Recent trend: whether five years of figures go one way, more than chance would make them.

Methods, section 3: the calculation of OHID's Fingertips. A chi-squared test for a trend at the
level of 0.2%, and every one of the five years may be left out without turning the slope.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from helpers.numbers import finite_or_nan

YEARS = 5

CRITICAL = 9.549536
"""The chi-squared value, with one degree of freedom, that chance exceeds once in 500 times."""

WIDTH_IN_ERRORS = 2 * 1.959964
"""A 95% interval is this many standard errors wide."""


@dataclass(frozen=True)
class RecentTrend:
    """What five years of figures show.

    Parameters
    ----------
    trend
        ``increasing``, ``decreasing``, ``no_significant_change`` or ``cannot_be_calculated``.
    chi_square
        None where it cannot be calculated.
    reason
        In words, why that is the answer.
    """

    trend: str
    chi_square: float | None
    reason: str


def recent_trend(points: pd.DataFrame, kind: str = "proportion") -> RecentTrend:
    """Say whether the five latest years of a series increase, decrease, or do neither clearly.

    Parameters
    ----------
    points
        ``year, numerator, denominator, value, lower, upper``, one row a year, in any order; a
        proportion needs the counts, any other kind the value and its 95% limits. More than five
        years: the latest five count.
    kind
        ``proportion`` or ``other``.

    Returns
    -------
    RecentTrend
        ``cannot_be_calculated``, with the reason, for fewer than five years, years that do not
        follow one another, or figures that the method cannot use; never an exception for figures.

    Examples
    --------
    >>> rows = [(2020 + t, 100 + 30 * t, 1000) for t in range(5)]
    >>> recent_trend(pd.DataFrame(rows, columns=["year", "numerator", "denominator"])).trend
    'increasing'
    """
    if kind not in ("proportion", "other"):
        raise ValueError(f"unknown kind '{kind}'; it is proportion or other")
    latest = points.sort_values("year", kind="stable").tail(YEARS)
    years = [finite_or_nan(year) for year in latest["year"]]
    if problem := _problem_with_years(years):
        return _not_calculated(problem)
    if kind == "proportion":
        return _of_proportions(_column(latest, "numerator"), _column(latest, "denominator"))
    return _of_values(*(_column(latest, name) for name in ("value", "lower", "upper")))


def _of_proportions(counts: list[float], bases: list[float]) -> RecentTrend:
    """Test counts out of bases; the direction is the slope of a line through the logits."""
    pairs = list(zip(counts, bases, strict=True))
    if any(math.isnan(r) or math.isnan(n) for r, n in pairs):
        return _not_calculated("a count is missing in one of the five years")
    if any(n <= 0 or not 0 <= r <= n for r, n in pairs):
        return _not_calculated("a count is negative, or more than its base")
    if any(r in (0, n) for r, n in pairs):
        return _not_calculated("none, or all, are counted in one of the five years")
    all_r, all_n = math.fsum(counts), math.fsum(bases)
    rt = math.fsum(r * t for t, r in enumerate(counts, start=1))
    nt = math.fsum(n * t for t, n in enumerate(bases, start=1))
    ntt = math.fsum(n * t * t for t, n in enumerate(bases, start=1))
    chi_square = (
        all_n * (all_n * rt - all_r * nt) ** 2 / (all_r * (all_n - all_r) * (all_n * ntt - nt**2))
    )
    logits = [math.log(r / (n - r)) for r, n in pairs]
    return _judge(chi_square, logits, [1.0] * YEARS)


def _of_values(values: list[float], lower: list[float], upper: list[float]) -> RecentTrend:
    """Test values by a line that gives weight to those with narrow limits."""
    if any(map(math.isnan, values + lower + upper)):
        return _not_calculated("a value or one of its limits is missing in one of the five years")
    errors = [(high - low) / WIDTH_IN_ERRORS for low, high in zip(lower, upper, strict=True)]
    if any(error <= 0 for error in errors):
        return _not_calculated("the limits of one of the five years have no width")
    weights = [1 / error**2 for error in errors]
    total = math.fsum(weights)
    wt = math.fsum(w * t for t, w in enumerate(weights, start=1))
    wtt = math.fsum(w * t * t for t, w in enumerate(weights, start=1))
    variance = total / (total * wtt - wt**2)
    chi_square = _slope(range(1, YEARS + 1), values, weights) ** 2 / variance
    return _judge(chi_square, values, weights)


def _judge(chi_square: float, values: Sequence[float], weights: Sequence[float]) -> RecentTrend:
    """Call a trend where it is significant and every year but one gives the same direction."""
    if not math.isfinite(chi_square):
        return _not_calculated("the figures are too large or too small for the test")
    times = range(1, YEARS + 1)
    slopes = [_slope(times, values, weights)]
    for left_out in range(YEARS):
        kept = [n for n in range(YEARS) if n != left_out]
        slopes.append(
            _slope([times[n] for n in kept], [values[n] for n in kept], [weights[n] for n in kept])
        )
    if chi_square <= CRITICAL:
        return RecentTrend("no_significant_change", chi_square, "Chance could make such a change.")
    if all(slope > 0 for slope in slopes):
        return RecentTrend("increasing", chi_square, "More than chance would make it.")
    if all(slope < 0 for slope in slopes):
        return RecentTrend("decreasing", chi_square, "More than chance would make it.")
    reason = "The direction hangs on a single year."
    return RecentTrend("no_significant_change", chi_square, reason)


def _slope(times: Sequence[float], values: Sequence[float], weights: Sequence[float]) -> float:
    """Return the slope of the weighted least-squares line."""
    total = math.fsum(weights)
    middle = math.fsum(w * t for w, t in zip(weights, times, strict=True)) / total
    level = math.fsum(w * v for w, v in zip(weights, values, strict=True)) / total
    rows = list(zip(weights, times, values, strict=True))
    spread = math.fsum(w * (t - middle) ** 2 for w, t, _ in rows)
    return math.fsum(w * (t - middle) * (v - level) for w, t, v in rows) / spread


def _problem_with_years(years: list[float]) -> str:
    if len(years) < YEARS:
        return f"there are {len(years)} years, and five are needed"
    if any(b - a != 1 for a, b in pairwise(years)):
        return "the five latest years do not follow one another"
    return ""


def _not_calculated(problem: str) -> RecentTrend:
    return RecentTrend("cannot_be_calculated", None, f"cannot be calculated: {problem}")


def _column(points: pd.DataFrame, name: str) -> list[float]:
    if name not in points:
        return [math.nan] * len(points)
    return [finite_or_nan(value) for value in points[name]]
