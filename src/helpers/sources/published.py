"""Reads figures that were typed from a published document, one row a figure."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from helpers.definitions import Definitions, Measure, Source
from helpers.errors import Problem
from helpers.observations import CHANGES, KINDS, NOT_STATED, QUALIFIERS, STATEMENTS, STATUSES
from helpers.periods import Period
from helpers.sources.rows import RowReader

COLUMNS = [
    "measure_id",
    "area",
    "breakdown",
    "period",
    "value",
    "numerator",
    "denominator",
    "kind",
    "qualifier",
    "against",
    "status",
    "statement",
    "place",
    "as_published",
    "note",
]

IN_POINTS = ("percent", "percentage_points", "points")
"""Units of the measures that can change by points."""


def read(path: Path, source: Source, definitions: Definitions) -> tuple[list[dict], list[Problem]]:
    """Read a published document's figures.csv.

    Parameters
    ----------
    path
        With the columns of `COLUMNS`. An empty kind is a level, an empty qualifier is exact, an
        empty statement is the table.
    source
        Its citation; gives every row its date of publication.
    definitions
        The measures and areas that the rows may name.

    Returns
    -------
    rows, problems
        Rows of the tidy table, and everything that is wrong with the file. A row appears twice
        if measure, area, breakdown, period, kind, comparison and statement are all the same.
    """
    reader = RowReader(path, definitions.root, COLUMNS)
    rows = []
    first_seen: dict[tuple, int] = {}
    for cells in reader.rows():
        cells["kind"] = cells["kind"] or "level"
        cells["qualifier"] = cells["qualifier"] or "exact"
        cells["statement"] = cells["statement"] or "table"
        row = _read_row(cells, reader, source, definitions)
        if row is None:
            continue
        key = tuple(
            row[name]
            for name in (
                "measure_id",
                "area",
                "breakdown",
                "period_kind",
                "period_start",
                "period_end",
                "kind",
                "against",
                "statement",
            )
        )
        if key in first_seen:
            reader.add(
                "",
                f"the same figure as row {first_seen[key]}: {row['measure_id']}, {row['area']}, "
                f"{row['period']}",
                "keep one; where the document states a figure twice, say where in 'statement'",
            )
            continue
        first_seen[key] = reader.row_number
        rows.append(row)
    return rows, reader.problems


def _read_row(
    cells: dict[str, str], reader: RowReader, source: Source, definitions: Definitions
) -> dict | None:
    """Turn a row's cells into a row of the tidy table; None, and problems, where it cannot be."""
    problems_before = len(reader.problems)
    measures, areas = definitions.measures, definitions.areas.names
    known = reader.one_of("measure_id", cells["measure_id"], list(measures))
    reader.one_of("area", cells["area"], areas)
    reader.one_of("kind", cells["kind"], KINDS)
    reader.one_of("qualifier", cells["qualifier"], QUALIFIERS)
    reader.one_of("status", cells["status"], STATUSES)
    reader.one_of("statement", cells["statement"], STATEMENTS)
    numbers = {
        name: reader.number(name, cells[name]) for name in ("value", "numerator", "denominator")
    }
    if not cells["value"] and cells["kind"] in KINDS and cells["kind"] != "level":
        found = f"no figure beside the kind {cells['kind']}"
        reader.add("value", found, "write it, or remove the row: without a number it says nothing")
    elif not cells["value"] and cells["status"] != "not_available":
        reader.add("value", "no figure", "write it, or set the status not_available")
    if cells["value"] and cells["status"] == "not_available":
        reader.add("status", "not_available beside a figure", "empty the one or the other")
    if numbers["denominator"] is not None and numbers["denominator"] <= 0:
        reader.add("denominator", f"{numbers['denominator']}", "a share needs a base above 0")
    if numbers["numerator"] is not None and numbers["numerator"] < 0:
        reader.add("numerator", f"{numbers['numerator']}", "a count cannot be negative")
    period = None
    if known:
        measure = measures[cells["measure_id"]]
        period = reader.period(cells["period"], measure)
        if cells["kind"] == "level":
            reader.check_level(numbers["value"], period, measure, source.published)
        else:
            reader.check_begun(period, source.published)
            _check_change(cells["kind"], numbers["value"], reader, measure)
        _check_against(cells, period, reader, measure, areas)
    if len(reader.problems) > problems_before or period is None:
        return None
    return {
        **cells,
        **numbers,
        "period": str(period),
        "period_kind": period.kind,
        "period_start": period.start,
        "period_end": period.end,
        "published": source.published,
        "source": source.id,
    }


def _check_change(kind: str, value: Decimal | None, reader: RowReader, measure: Measure) -> None:
    """Note a change that cannot be: a fall by more than all, or points of what has none."""
    if kind == "change_percent" and value is not None and value < -100:
        found = f"{value}% is a fall by more than all there was"
        reader.add("value", found, "correct it, or write change_points if points are meant")
    if kind == "change_points" and measure.unit not in IN_POINTS:
        found = f"change_points of a measure in {measure.unit}"
        reader.add("kind", found, f"write change_percent; points are for {', '.join(IN_POINTS)}")


def _check_against(
    cells: dict[str, str],
    period: Period | None,
    reader: RowReader,
    measure: Measure,
    areas: list[str],
) -> None:
    """A stated change needs the earlier period, or the other area, that it is measured from."""
    kind, against = cells["kind"], cells["against"]
    if against == NOT_STATED and kind in (*CHANGES, "unclear"):
        return
    if against == "target" and kind in CHANGES:
        return
    if kind in (*CHANGES, "unclear"):
        earlier = reader.period(against, measure, "against")
        cells["against"] = str(earlier) if earlier else against
        if earlier and period and not earlier < period:
            found = f"{earlier} is not before the row's period, {period}"
            reader.add("against", found, "give the earlier period, from which it changed")
    elif kind == "difference_points":
        if reader.one_of("against", against, areas) and against == cells["area"]:
            found = f"'{against}' is the row's own area"
            reader.add("against", found, "name the area that it is compared with")
    elif kind == "level" and against:
        reader.add("against", f"'{against}' beside a level", "leave it empty, or give the kind")
