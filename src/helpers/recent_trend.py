"""Recent trend: whether five years of figures go one way, more than chance would make them.

Methods, section 3: the calculation of OHID's Fingertips. A chi-squared test for a trend at the
level of 0.2%, and every one of the five years may be left out without turning the slope.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import pandas as pd

from helpers.direction import exact_number

YEARS = 5

CRITICAL = 9.549536
"""The chi-squared value, with one degree of freedom, that chance exceeds once in 500 times."""

WIDTH_IN_ERRORS = 2 * Fraction("1.959964")
"""A 95% interval is this many standard errors wide."""

COLUMNS = {
    "proportion": ("year", "numerator", "denominator"),
    "other": ("year", "value", "lower", "upper"),
}
"""What each kind of trend is worked out from."""


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
    slopes
        Of the line through all five years, then without each of them in turn, oldest first; of
        the logits for a proportion. Empty where it cannot be calculated.
    """

    trend: str
    chi_square: float | None
    reason: str
    slopes: tuple[float, ...] = ()


def recent_trend(points: pd.DataFrame, kind: str = "proportion") -> RecentTrend:
    """Say whether the five latest years of a series increase, decrease, or do neither clearly.

    Parameters
    ----------
    points
        ``year, numerator, denominator, value, lower, upper``, one row a year, in any order; a
        proportion needs the counts, any other kind the value and its 95% limits (`COLUMNS`). More
        than five years: the latest five count.
    kind
        ``proportion`` or ``other``.

    Returns
    -------
    RecentTrend
        ``cannot_be_calculated``, with the reason, for fewer than five years, years that do not
        follow one another or stand twice, and figures that the method cannot use; never an
        exception for figures.

    Raises
    ------
    ValueError
        For an unknown kind, or a table without the columns that the kind needs.

    Notes
    -----
    The arithmetic is exact, so that figures that do not change have a slope of 0 and not one of
    rounding. None, or all, counted in a year has no logit, and so no direction.

    Examples
    --------
    >>> rows = [(2020 + t, 100 + 30 * t, 1000) for t in range(5)]
    >>> recent_trend(pd.DataFrame(rows, columns=["year", "numerator", "denominator"])).trend
    'increasing'
    """
    if kind not in COLUMNS:
        raise ValueError(f"unknown kind '{kind}'; it is {' or '.join(COLUMNS)}")
    if points.empty:
        return _not_calculated(_too_few(0))
    if absent := [name for name in COLUMNS[kind] if name not in points]:
        needed = ", ".join(COLUMNS[kind])
        raise ValueError(f"the table has no column {', '.join(absent)}; {kind} needs {needed}")
    columns = [[exact_number(cell) for cell in points[name]] for name in COLUMNS[kind]]
    years, *_ = columns
    if problem := _problem_with_years(years):
        return _not_calculated(problem)
    latest = sorted(zip(*columns, strict=True), key=lambda row: row[0])[-YEARS:]
    if any(b - a != 1 for (a, *_), (b, *_) in pairwise(latest)):
        return _not_calculated("the five latest years do not follow one another")
    if any(None in row for row in latest):
        return _not_calculated(
            "a figure is missing, or is not a finite number, in one of the five years"
        )
    _, *figures = zip(*latest, strict=True)
    return _of_proportions(*figures) if kind == "proportion" else _of_values(*figures)


def _of_proportions(counts: Sequence[Fraction], bases: Sequence[Fraction]) -> RecentTrend:
    """Test counts out of bases; the direction is the slope of a line through the logits."""
    pairs = list(zip(counts, bases, strict=True))
    if any(n <= 0 or not 0 <= r <= n for r, n in pairs):
        return _not_calculated("a count is negative, or more than its base")
    if any(r in (0, n) for r, n in pairs):
        return _not_calculated("none, or all, are counted in one of the five years")
    all_r, all_n = sum(counts), sum(bases)
    rt = sum(r * t for t, r in enumerate(counts, start=1))
    nt = sum(n * t for t, n in enumerate(bases, start=1))
    ntt = sum(n * t * t for t, n in enumerate(bases, start=1))
    chi_square = (
        all_n * (all_n * rt - all_r * nt) ** 2 / (all_r * (all_n - all_r) * (all_n * ntt - nt**2))
    )
    return _judge(chi_square, [_logit(r / (n - r)) for r, n in pairs], [Fraction(1)] * YEARS)


def _of_values(
    values: Sequence[Fraction], lower: Sequence[Fraction], upper: Sequence[Fraction]
) -> RecentTrend:
    """Test values by a line that gives weight to those with narrow limits."""
    errors = [(high - low) / WIDTH_IN_ERRORS for low, high in zip(lower, upper, strict=True)]
    if any(error < 0 for error in errors):
        return _not_calculated("a lower limit is above its upper limit")
    if any(error == 0 for error in errors):
        return _not_calculated("the limits of one of the five years have no width")
    weights = [1 / error**2 for error in errors]
    total = sum(weights)
    wt = sum(w * t for t, w in enumerate(weights, start=1))
    wtt = sum(w * t * t for t, w in enumerate(weights, start=1))
    variance = total / (total * wtt - wt**2)
    chi_square = _slope(range(1, YEARS + 1), values, weights) ** 2 / variance
    return _judge(chi_square, values, weights)


def _judge(
    exact_chi_square: Fraction, values: Sequence[Fraction], weights: Sequence[Fraction]
) -> RecentTrend:
    """Call a trend where it is significant and every year but one gives the same direction."""
    try:
        chi_square = float(exact_chi_square)
    except OverflowError:
        return _not_calculated("the limits are too narrow, or the figures too large, for the test")
    times = range(1, YEARS + 1)
    slopes = [_slope(times, values, weights)]
    for left_out in range(YEARS):
        kept = [n for n in range(YEARS) if n != left_out]
        slopes.append(
            _slope([times[n] for n in kept], [values[n] for n in kept], [weights[n] for n in kept])
        )
    trend, reason = "no_significant_change", "The direction hangs on a single year."
    if chi_square <= CRITICAL:
        reason = "Chance could make such a change."
    elif all(slope > 0 for slope in slopes):
        trend, reason = "increasing", "More than chance would make it."
    elif all(slope < 0 for slope in slopes):
        trend, reason = "decreasing", "More than chance would make it."
    return RecentTrend(trend, chi_square, reason, tuple(map(_as_float, slopes)))


def _as_float(slope: Fraction) -> float:
    """Return a slope as a float; infinite where it is too steep for one."""
    try:
        return float(slope)
    except OverflowError:
        return math.inf if slope > 0 else -math.inf


def _logit(odds: Fraction) -> Fraction:
    """Return the logarithm of odds of any size, as exactly as a float holds it."""
    return Fraction(math.log(odds.numerator) - math.log(odds.denominator))


def _slope(
    times: Sequence[int], values: Sequence[Fraction], weights: Sequence[Fraction]
) -> Fraction:
    """Return the slope of the weighted least-squares line."""
    total = sum(weights)
    middle = sum(w * t for w, t in zip(weights, times, strict=True)) / total
    level = sum(w * v for w, v in zip(weights, values, strict=True)) / total
    rows = list(zip(weights, times, values, strict=True))
    spread = sum(w * (t - middle) ** 2 for w, t, _ in rows)
    return sum(w * (t - middle) * (v - level) for w, t, v in rows) / spread


def _problem_with_years(years: Sequence[Fraction | None]) -> str:
    if any(year is None or year.denominator != 1 for year in years):
        return "a year is missing, or is not a whole number"
    if len(set(years)) < len(years):
        twice = next(year for year in years if years.count(year) > 1)
        return f"the year {twice} stands there twice"
    return _too_few(len(years)) if len(years) < YEARS else ""


def _too_few(years: int) -> str:
    there_are = "there is 1 year" if years == 1 else f"there are {years} years"
    return f"{there_are}, and five are needed"


def _not_calculated(problem: str) -> RecentTrend:
    return RecentTrend("cannot_be_calculated", None, f"cannot be calculated: {problem}")
