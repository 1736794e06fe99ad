"""A table as JSON: its records, with what every field means and its unit.

Every number is written as text, digit for digit as it stands in the CSV file: most programs would
read a JSON number into a binary fraction and lose digits, or the zero of 10.0. Whole numbers that
only count or name something (type ``integer``) are JSON numbers, and lose nothing.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from helpers.downloads.fields import Column, TableFields


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a table's rows, every cell as the text that stands in the file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def as_json(rows: Iterable[Mapping[str, str]], of: TableFields, about: Mapping[str, object]) -> str:
    """Write a table as JSON text, one record a line.

    Parameters
    ----------
    rows
        As `read_rows` gives them.
    about
        What stands before the fields and records: quarter, area, licence.
    """
    head = {"title": of.title, "about": of.about, **about}
    fields = [_field(name, column) for name, column in of.columns.items()]
    records = [
        {name: cell(row[name], column) for name, column in of.columns.items()} for row in rows
    ]
    return (
        "{\n"
        + "".join(f"{_text(name)}: {_text(value)},\n" for name, value in head.items())
        + f'"fields": {_lines(fields)},\n"records": {_lines(records)}\n}}\n'
    )


def cell(text: str, column: Column) -> str | int | None:
    """Return a cell as it stands in a record; None where there is nothing in it.

    Examples
    --------
    >>> cell("10.0", Column("Figure", "What it is.", "number"))
    '10.0'
    >>> cell("2", Column("Ambition", "Which.", "integer")), cell("", Column("Note", "A note."))
    (2, None)
    """
    if not text:
        return None
    return int(text) if column.type == "integer" else text


def _field(name: str, column: Column) -> dict[str, object]:
    written = "number, written as text" if column.type == "number" else column.type
    more = {"unit": column.unit, "values": dict(column.values)}
    return {
        "name": name,
        "title": column.name,
        "type": written,
        "description": column.means,
        **{key: value for key, value in more.items() if value},
    }


def _lines(entries: list[dict]) -> str:
    return "[\n" + ",\n".join(map(_text, entries)) + "\n]" if entries else "[]"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
