"""Reads figures of DfE's Local Authority Interactive Tool (LAIT), one edition a file."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from helpers.definitions import Definitions, Source
from helpers.errors import Problem
from helpers.periods import figure_status
from helpers.sources.rows import RowReader

COLUMNS = [
    "edition",
    "lait_code",
    "title",
    "unit",
    "polarity",
    "year_type",
    "year",
    "area",
    "value",
]

FEWEST_TO_TELL_WHOLE = 5
"""Figures without decimals from which a series is known to be of whole numbers."""

YEAR_TYPES = {
    "Academic Year": ("academic",),
    "Financial Year": ("financial", "at_31_march"),
    "Calendar Year": ("calendar",),
    "Annual": ("at_31_march", "financial"),
    "Annual (end of Sept)": ("year_to_september", "at_30_september"),
    "Annual - January": ("january",),
}
"""What LAIT calls a year type -> the year types that a measure's definition may give for it."""


def read(path: Path, source: Source, definitions: Definitions) -> tuple[list[dict], list[Problem]]:
    """Read one edition's figures.

    Parameters
    ----------
    path
        With the columns of `COLUMNS`, as LAIT publishes them.
    source
        Its citation.
    definitions
        Measures are found by their ``lait_code``; areas by name.

    Returns
    -------
    rows, problems
        Rows of the tidy table, and everything that is wrong with the file. LAIT prints '-' for
        suppressed, not applicable and not collected alike: such a figure becomes not available.
    """
    reader = RowReader(path, definitions.root, COLUMNS)
    by_code = {m.lait_code: m for m in definitions.measures.values() if m.lait_code}
    rows = []
    first_seen: dict[tuple, int] = {}
    for cells in reader.rows():
        problems_before = len(reader.problems)
        reader.one_of("area", cells["area"], definitions.areas.names)
        missing = cells["value"] in ("-", "..", "c")
        value = None if missing else reader.number("value", cells["value"])
        if not cells["value"]:
            reader.add("value", "no figure", "write it, or - where LAIT has none")
        if not reader.one_of("lait_code", cells["lait_code"], list(by_code)):
            continue
        measure = by_code[cells["lait_code"]]
        allowed = YEAR_TYPES.get(cells["year_type"], ())
        if measure.year_type not in allowed:
            reader.add(
                "year_type",
                f"'{cells['year_type']}', but measure '{measure.id}' has {measure.year_type}",
                "correct the measure's year_type",
            )
        period = reader.period(cells["year"], measure, "year")
        reader.check_level(value, period, measure, source.published)
        if len(reader.problems) > problems_before:
            continue
        key = (measure.id, cells["area"], period)
        if key in first_seen:
            reader.add(
                "",
                f"the same figure as row {first_seen[key]}: {cells['lait_code']}, "
                f"{cells['area']}, {cells['year']}",
                "keep one",
            )
            continue
        first_seen[key] = reader.row_number
        rows.append(
            {
                "measure_id": measure.id,
                "area": cells["area"],
                "breakdown": "",
                "period": str(period),
                "period_kind": period.kind,
                "period_start": period.start,
                "period_end": period.end,
                "kind": "level",
                "against": "",
                "qualifier": "exact",
                "value": value,
                "numerator": None,
                "denominator": None,
                "status": "not_available" if missing else figure_status(cells["year"]),
                "statement": "table",
                "published": source.published,
                "source": source.id,
                "place": f"series {cells['lait_code']}, {cells['year']}",
                "as_published": cells["value"],
                "note": "",
            }
        )
    _drop_decimals_of_whole_series(rows)
    return rows, reader.problems


def _drop_decimals_of_whole_series(rows: list[dict]) -> None:
    """Write an area's figures of a measure without decimals where none of five or more has any.

    LAIT's file gives a whole number as ``36.0``. Read as published to one decimal, it would seem
    ten times as exact as it is. Means of several areas in the same series do have decimals.
    """
    series: dict[tuple[str, str], list[dict]] = {}
    for row in rows:
        if row["value"] is not None:
            series.setdefault((row["measure_id"], row["area"]), []).append(row)
    for found in series.values():
        whole = all(row["value"] == row["value"].to_integral_value() for row in found)
        if whole and len(found) >= FEWEST_TO_TELL_WHOLE:
            for row in found:
                row["value"] = row["value"].quantize(Decimal(1))
