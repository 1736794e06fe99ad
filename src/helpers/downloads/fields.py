"""What every column of the tables for download means, read from ``fields.yml`` beside this file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Column:
    """What a column of a table holds.

    Parameters
    ----------
    name
        In words, as the heading of a column that people read.
    means
        What it says.
    type
        ``string``, ``integer``, ``number`` (exact, as published) or ``date``.
    unit
        Of a number.
    required
        Whether every row has it.
    values
        What a code can be, with its meaning; empty where it is no code.
    """

    name: str
    means: str
    type: str = "string"
    unit: str = ""
    required: bool = False
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TableFields:
    """A table for download.

    Parameters
    ----------
    about
        What one of its rows is.
    key
        The columns that tell its rows apart; empty where only all of them do.
    columns
        By their names in the file, in its order.
    """

    title: str
    about: str
    key: tuple[str, ...]
    columns: Mapping[str, Column]


@cache
def tables() -> dict[str, TableFields]:
    """Return the tables for download and what their columns mean, by the names of their files.

    Examples
    --------
    >>> tables()["milestones"].columns["due"].means
    'The last day to reach it by.'
    """
    text = (Path(__file__).parent / "fields.yml").read_text(encoding="utf-8")
    listed = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {
        name: TableFields(
            entry["title"],
            entry["about"],
            tuple(entry["key"]),
            {column: Column(**means) for column, means in entry["fields"].items()},
        )
        for name, entry in listed.items()
    }


def in_words(column: Column) -> str:
    """Say all that there is to say of a column in one line: its meaning, unit and codes.

    Examples
    --------
    >>> in_words(Column("Status", "How it went.", values={"met": "it was met", "late": "too late"}))
    'How it went. met: it was met; late: too late.'
    >>> in_words(Column("Wait", "How long it took.", "number", "days"))
    'How long it took. Unit: days.'
    """
    codes = "; ".join(f"{code}: {meaning}" for code, meaning in column.values.items())
    more = (f"Unit: {column.unit}." if column.unit else "", f"{codes}." if codes else "")
    return " ".join([column.means, *filter(None, more)])
