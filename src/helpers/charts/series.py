"""A measure's figures as the points of lines, in stretches that a line may join."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate, pairwise

import pandas as pd

from helpers.charts.ranges import likely_bounds
from helpers.charts.words import exact

LONGEST_STEP = {"monthly": 45, "quarterly": 130, "termly": 200, "annual": 430, "once": 0}
"""Most days from one period's end to the next; anything longer is a gap in the series."""

_TYPES = {
    **dict.fromkeys(("area", "period"), "str"),
    **dict.fromkeys(("start", "end", "stretch"), "int64"),
    **dict.fromkeys(("value", "lower", "upper"), "object"),
    "provisional": "bool",
}


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
    # In lists, not in a table: its own ways take milliseconds, and a page has dozens of series.
    ends = _ordinals(series["period_end"])
    starts = _ordinals(series["period_start"]) if "period_start" in series else ends
    values = [exact(value) for value in series["value"]]
    statuses = series["status"] if "status" in series else [""] * len(series)
    bounds = likely_bounds(series, values)
    found = {
        "area": [area] * len(series),
        "period": list(map(str, series["period"])),
        "start": starts,
        "end": ends,
        "value": values,
        "provisional": [status == "provisional" for status in statuses],
        "lower": [lower for lower, _ in bounds],
        "upper": [upper for _, upper in bounds],
    }
    order = sorted(range(len(series)), key=lambda row: (ends[row], starts[row]))
    found = {name: [column[row] for row in order] for name, column in found.items()}
    for period, (before, end) in zip(found["period"][1:], pairwise(found["end"]), strict=True):
        if before == end:
            raise ValueError(f"{area} has two figures for {period}; keep one of them")
    found["stretch"] = _stretches(found["start"], found["end"], found["value"], breaks, longest)
    return pd.DataFrame(
        {name: pd.Series(column, dtype=_TYPES[name]) for name, column in found.items()}
    )


def known(lines: pd.DataFrame) -> pd.DataFrame:
    """Return the points that have a value."""
    return lines[lines["value"].notna()]


def _stretches(
    starts: Sequence[int],
    ends: Sequence[int],
    values: Sequence[Decimal | None],
    breaks: Sequence[int],
    longest: int,
) -> list[int]:
    """Number the stretch that each point of a series, in order of time, belongs to."""
    definitions = [bisect_right(breaks, start) for start in starts]
    parted = [
        values[row - 1] is None
        or ends[row] - ends[row - 1] > longest
        or definitions[row] > definitions[row - 1]
        for row in range(1, len(values))
    ]
    return list(accumulate(parted, initial=1))[: len(values)]


def _ordinals(days: pd.Series) -> list[int]:
    return [(day if isinstance(day, date) else pd.Timestamp(day)).toordinal() for day in days]
