"""Benchmarks: where a figure stands among all authorities, and beside its statistical neighbours.

Methods, section 5: as DfE's Local Authority Interactive Tool works them out.
"""

from __future__ import annotations

import pandas as pd

BANDS = ("A", "B", "C", "D")
"""Quartile bands, the best first."""


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
    numbers = _numbers(values)
    bands = pd.Series([None] * len(numbers), index=values.index, dtype=object)
    if polarity not in ("higher", "lower") or not numbers.notna().any():
        return bands
    names = BANDS if polarity == "lower" else BANDS[::-1]
    first, second, third = numbers.quantile([0.25, 0.5, 0.75])
    bands[numbers <= first] = names[0]
    bands[(numbers > first) & (numbers <= second)] = names[1]
    bands[(numbers > second) & (numbers <= third)] = names[2]
    bands[numbers > third] = names[3]
    return bands


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
    numbers = _numbers(values)
    if polarity not in ("higher", "lower"):
        return pd.Series([pd.NA] * len(numbers), index=values.index, dtype="Int64")
    return numbers.rank(method="min", ascending=polarity == "lower").astype("Int64")


def neighbour_mean(values: pd.Series) -> tuple[float | None, int]:
    """Return the plain mean of the statistical neighbours, and how many of them had a figure.

    Examples
    --------
    >>> neighbour_mean(pd.Series([40.0, None, 60.0]))
    (50.0, 2)
    """
    known = _numbers(values).dropna()
    return (float(known.mean()), len(known)) if len(known) else (None, 0)


def implausible(benchmark: float | None, values: pd.Series) -> bool:
    """Say whether a national or regional figure is outside the range of all its authorities.

    Such a figure is flagged and left out: no average can be.
    """
    known = _numbers(values).dropna()
    if benchmark is None or known.empty:
        return False
    return not known.min() <= float(benchmark) <= known.max()


def _numbers(values: pd.Series) -> pd.Series:
    numbers = pd.to_numeric(values, errors="coerce").astype(float)
    return numbers.where(numbers.abs() != float("inf"))
