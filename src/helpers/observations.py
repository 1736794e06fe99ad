"""The one tidy table of figures: what was published, when, and by whom.

One row is one figure in one place of one source. Nothing is overwritten: an edition that changes a
figure adds a row, so that what was known on any day can be seen again.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.periods import Period
from helpers.rows import each_row

COLUMNS = [
    "measure_id",
    "area",
    "breakdown",
    "period",
    "period_kind",
    "period_start",
    "period_end",
    "kind",
    "against",
    "qualifier",
    "value",
    "numerator",
    "denominator",
    "status",
    "statement",
    "published",
    "source",
    "place",
    "as_published",
    "note",
]
"""Text, but for the days (`datetime.date`) and the numbers (`decimal.Decimal`, or None)."""

KINDS = ("level", "change_percent", "change_points", "difference_points", "unclear")
CHANGES = ("change_percent", "change_points")
"""Kinds that say how a figure changed, and not what it is."""

NOT_STATED = "not stated"
"""What a change is measured from, where the document does not say."""

QUALIFIERS = ("exact", "about", "at_least", "at_most")
STATUSES = ("", "not_available", "provisional", "revised")
STATEMENTS = ("table", "chart", "commentary", "summary")
"""Where in a document a figure stands, the most authoritative first."""

_DAYS = ("period_start", "period_end", "projected", "_earliest", "projected_latest")
_NUMBERS = (
    *("value", "numerator", "denominator", "change", "since_baseline", "p_value"),
    *("_lower", "_upper", "_average", "_gap", "pace_needed", "pace_so_far"),
    *("neighbours_counted", "authority_rank", "authorities_ranked"),
)
"""Endings of the names of columns that hold days, and exact numbers, in every table we write."""


def period_of(row: object) -> Period:
    """Return the period that a row of the table describes."""
    return Period(row.period_kind, row.period_start, row.period_end)


def as_at(observations: pd.DataFrame, day: date) -> pd.DataFrame:
    """Keep what had been published by the end of a day.

    Parameters
    ----------
    observations
        With the columns of `COLUMNS`.
    day
        Figures published later than this do not exist yet.
    """
    return observations[observations["published"] <= day]


def latest_known(observations: pd.DataFrame) -> pd.DataFrame:
    """Keep one figure for each measure, area, breakdown and period: the one published last.

    Only levels are kept, not stated changes. Within one document a table counts before a chart,
    and a chart before the commentary. Rows come back ordered by measure, area and period.
    """
    levels = observations[observations["kind"] == "level"].copy()
    levels["authority"] = -levels["statement"].map(STATEMENTS.index).astype(int)
    levels = levels.sort_values(["published", "authority"], kind="stable")
    key = ["measure_id", "area", "breakdown", "period_kind", "period_start", "period_end"]
    known = levels.drop_duplicates(key, keep="last").drop(columns="authority")
    order = ["measure_id", "area", "breakdown", "period_end", "period_start"]
    return known.sort_values(order, kind="stable").reset_index(drop=True)


def series(known: pd.DataFrame, measure_id: str, area: str, breakdown: str = "") -> pd.DataFrame:
    """Return one measure's figures for one area, oldest first.

    Parameters
    ----------
    known
        As `latest_known` returns it.
    """
    chosen = (
        (known["measure_id"] == measure_id)
        & (known["area"] == area)
        & (known["breakdown"] == breakdown)
    )
    return known[chosen].reset_index(drop=True)


def stated_changes(
    observations: pd.DataFrame, area: str, within: Iterable[str] = ()
) -> dict[str, list]:
    """Gather the changes that documents state and that count for an area, by measure.

    For each measure that is the area's own newest change; where there is none, the newest of each
    of its parts, the newest last. Of two published on one day, the one of the later period counts.

    Parameters
    ----------
    within
        Names of the parts of the area. Changes of a breakdown, such as one age group, are left
        out, and so is how far a figure was from a target: nothing changed by that.
    """
    chosen = (
        observations["kind"].isin(CHANGES)
        & observations["area"].isin([area, *within])
        & (observations["breakdown"] == "")
        & (observations["against"] != "target")
    )
    rows = observations[chosen].sort_values(["published", "period_end"], kind="stable")
    by_measure: dict[str, list] = {}
    for row in each_row(rows.drop_duplicates(["measure_id", "area"], keep="last")):
        by_measure.setdefault(row.measure_id, []).append(row)
    return {
        measure_id: [row for row in newest if row.area == area] or newest
        for measure_id, newest in by_measure.items()
    }


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV with the same bytes on every system."""
    path.parent.mkdir(parents=True, exist_ok=True)
    table.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")


def read_table(path: Path, area: str = "") -> pd.DataFrame:
    """Read a table that `write_table` wrote: days as days, numbers exactly as written.

    Parameters
    ----------
    area
        Keep only this area's rows; empty: all.
    """
    with path.open(encoding="utf-8-sig", newline="") as lines:
        names, *rows = csv.reader(lines)
    rows = [row for row in rows if row]
    if area:
        place = names.index("area")
        rows = [row for row in rows if row[place] == area]
    columns = [list(texts) for texts in zip(*rows, strict=True)] or [[] for _ in names]
    for place, name in enumerate(names):
        if name.endswith(_NUMBERS):
            columns[place] = _parsed(columns[place], Decimal)
        elif name in ("published", "due") or name.endswith(_DAYS):
            columns[place] = _parsed(columns[place], date.fromisoformat)
    # All columns in one array: rows are chosen from it many times faster than column by column.
    cells = np.empty((len(names), len(rows)), dtype=object)
    cells[:] = columns
    return pd.DataFrame(cells.T, columns=names, dtype=object)


def _parsed(texts: list[str], parse: Callable[[str], object]) -> list:
    """Parse each distinct text once; None for an empty one."""
    values = {text: parse(text) if text else None for text in set(texts)}
    return [values[text] for text in texts]
