"""Benchmarks: where a figure stands among all authorities, and beside its statistical neighbours.

Methods, section 5: as DfE's Local Authority Interactive Tool works them out.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from decimal import Decimal
from statistics import mean

import pandas as pd

from helpers.direction import Number, exact_number
from helpers.numbers import finite_or_nan

BANDS = ("A", "B", "C", "D")
"""Quartile bands, the best first."""


def quartile_cuts(values: pd.Series) -> tuple[float, ...] | None:
    """Return the least figure, the three cuts that make four quarters, and the greatest.

    Parameters
    ----------
    values
        All authorities' figures for the latest year; missing ones do not count.

    Returns
    -------
    tuple of five floats
        Type-7 quantiles; None where there is no figure.

    Examples
    --------
    >>> quartile_cuts(pd.Series([10, 20, 30, 40, None]))
    (10.0, 17.5, 25.0, 32.5, 40.0)
    """
    ordered = sorted(_known(values))
    return tuple(_quantile(ordered, n) for n in range(5)) if ordered else None


def quartile_bands(values: pd.Series, polarity: str) -> pd.Series:
    """Put each authority's figure into a quarter of all, A to D, A being the best.

    Parameters
    ----------
    values
        All authorities' figures for the latest year; missing ones get no band.
    polarity
        ``higher`` or ``lower``; for any other nothing is better, and nobody gets a band.

    Returns
    -------
    Series
        With the index of `values`; None where there is no band.

    Notes
    -----
    The cuts are type-7 quantiles; a figure on a cut belongs to the band below it in value.

    Examples
    --------
    >>> list(quartile_bands(pd.Series([10, 20, 30, 40, None]), "lower"))
    ['A', 'B', 'C', 'D', None]
    """
    cuts = quartile_cuts(values)
    if polarity not in ("higher", "lower") or cuts is None:
        bands = [None] * len(values)
    else:
        names = BANDS if polarity == "lower" else BANDS[::-1]
        numbers = _numbers(values)
        bands = [None if math.isnan(n) else names[bisect_left(cuts[1:4], n)] for n in numbers]
    return pd.Series(bands, index=values.index, dtype=object)


def ranks(values: pd.Series, polarity: str) -> pd.Series:
    """Rank authorities, 1 being the best; those that tie share the best of their places.

    Parameters
    ----------
    values
        All authorities' figures for one year; missing ones get no rank.
    polarity
        ``higher`` or ``lower``; for any other nobody is ranked.

    Examples
    --------
    >>> ranks(pd.Series([30, 10, 30, 20]), "higher").tolist()
    [1, 4, 1, 3]
    """
    if polarity not in ("higher", "lower"):
        return pd.Series([pd.NA] * len(values), index=values.index, dtype="Int64")
    numbers = pd.Series(_numbers(values), index=values.index, dtype=float)
    return numbers.rank(method="min", ascending=polarity == "lower").astype("Int64")


def change(
    previous_year: object, previous: Number, latest_year: object, latest: Number
) -> tuple[float | None, str]:
    """Return the change from one year to the next, or why there is none.

    Parameters
    ----------
    previous_year, latest_year
        Whole numbers; whatever they are called, they must be one year apart.

    Returns
    -------
    change, reason
        The latest figure less the previous one, worked out in decimals; None with a reason where
        a figure is missing or the years do not follow each other.

    Notes
    -----
    Here we differ from LAIT on purpose. Its documentation promises a change "only" between
    consecutive years; its code takes whichever figure stands before, which may be years older.

    Examples
    --------
    >>> change(2023, "91.7", 2024, "96.8")
    (5.1, '')
    >>> change(2019, 91.7, 2024, 96.8)
    (None, 'cannot be calculated: 2019 and 2024 do not follow each other')
    """
    years = exact_number(previous_year), exact_number(latest_year)
    if any(year is None or year.denominator != 1 for year in years):
        return None, "cannot be calculated: a year is missing, or is not a whole number"
    if years[1] - years[0] != 1:
        return None, f"cannot be calculated: {years[0]} and {years[1]} do not follow each other"
    before, now = exact_number(previous), exact_number(latest)
    if before is None or now is None:
        return None, "cannot be calculated: a figure is missing, or is not a finite number"
    difference = exact_number(now - before)
    if difference is None:
        return None, "cannot be calculated: the figures are too far apart"
    return float(difference), ""


def neighbour_mean(values: pd.Series) -> tuple[float | None, int]:
    """Return the plain mean of the statistical neighbours, and how many of them had a figure.

    Examples
    --------
    >>> neighbour_mean(pd.Series([40.0, None, 60.0]))
    (50.0, 2)
    """
    known = _known(values)
    return (mean(known), len(known)) if known else (None, 0)


def implausible(benchmark: float | None, values: pd.Series) -> bool:
    """Say whether a national or regional figure is outside the range of all its authorities.

    Such a figure is flagged and left out: no average can be. So is one that is infinite or cannot
    be read. A missing one is not flagged, and without authorities nothing is.

    Examples
    --------
    >>> implausible(70, pd.Series([40, 60])), implausible(None, pd.Series([40, 60]))
    (True, False)
    """
    known = _known(values)
    missing = benchmark.is_nan() if isinstance(benchmark, Decimal) else pd.isna(benchmark)
    if not known or missing:
        return False
    figure = finite_or_nan(exact_number(benchmark))
    return math.isnan(figure) or not min(known) <= figure <= max(known)


def _numbers(values: pd.Series) -> list[float]:
    return [finite_or_nan(exact_number(value)) for value in values]


def _known(values: pd.Series) -> list[float]:
    return [number for number in _numbers(values) if not math.isnan(number)]


def _quantile(ordered: list[float], quarters: int) -> float:
    """Return a type-7 quantile of figures in order; between two figures in proportion."""
    below, part = divmod((len(ordered) - 1) * quarters, 4)
    if not part:
        return ordered[below]
    return (1 - part / 4) * ordered[below] + part / 4 * ordered[below + 1]
