"""A measure's figures as the points of lines, in stretches that a line may join."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import pandas as pd

from helpers.charts.ranges import likely_ranges
from helpers.charts.words import exact

LONGEST_STEP = {"monthly": 45, "quarterly": 130, "termly": 200, "annual": 430, "once": 0}
"""Most days from one period's end to the next; anything longer is a gap in the series."""


def points(series: pd.DataFrame, area: str, breaks: Sequence[int], longest: int) -> pd.DataFrame:
    """Return a series in order of time, in stretches that a line may join.

    A new stretch starts after a missing value or period, and where the definition changed.

    Parameters
    ----------
    series
        A table as `helpers.charts.trend` takes it.
    area
        Where the figures are for.
    breaks
        First day of the first period of each new definition, in order.
    longest
        Most days from one period to the next, one of `LONGEST_STEP`.

    Returns
    -------
    DataFrame
        ``area, period, start, end, value, provisional, lower, upper, stretch``; days are ordinals,
        so that they can be counted; values and the bounds of their likely ranges are exact or None.

    Raises
    ------
    ValueError
        Where there are two figures for one period.
    """
    series = series.reset_index(drop=True)
    starts = series["period_start"] if "period_start" in series else series["period_end"]
    found = pd.DataFrame(
        {
            "area": area,
            "period": series["period"].astype(str),
            "start": _ordinals(starts),
            "end": _ordinals(series["period_end"]),
            "value": pd.Series([exact(value) for value in series["value"]], dtype=object),
            "provisional": series["status"] == "provisional" if "status" in series else False,
        }
    )
    found = found.join(likely_ranges(series, found["value"]))
    found = found.sort_values(["end", "start"], ignore_index=True)
    twice = found.loc[found["end"].duplicated(), "period"]
    if len(twice):
        raise ValueError(f"{area} has two figures for {twice.iloc[0]}; keep one of them")
    definition = found["start"].map(lambda start: bisect_right(breaks, start))
    parted = (
        found["value"].shift().isna() | (found["end"].diff() > longest) | (definition.diff() > 0)
    )
    return found.assign(stretch=parted.cumsum())


def known(lines: pd.DataFrame) -> pd.DataFrame:
    """Return the points that have a value."""
    return lines[lines["value"].notna()]


def _ordinals(days: pd.Series) -> pd.Series:
    return pd.to_datetime(days).map(pd.Timestamp.toordinal)
