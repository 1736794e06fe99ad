"""What a notebook read of a quarter's tables, row by row where it can be told, and what it got.

A page has to be made again only if something it shows has changed. So whoever hands out rows of a
table notes here which ones: all that a page shows must follow from the rows noted. The log is one
for the process, which executes one notebook at a time.
"""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

EXISTS = "exists:"
"""In place of a column: nothing but that the table is there."""

MAX = "max:"
"""Before a column's name: nothing but the column's greatest text."""


class Read(NamedTuple):
    """What was read of a table.

    Parameters
    ----------
    table
        The quarter's folder and the table: ``2026-27-q2/assessments``.
    area
        The area whose rows were read; empty: every area's.
    column
        The column by which rows were chosen, or several: ``plan, reference``; empty: all rows.
        ``max:published`` is the greatest value of that column, and ``exists:`` the file alone.
    value
        What the column had to hold: ``cyp-plan, 1``; where several values would do, one a line.
    """

    table: str
    area: str = ""
    column: str = ""
    value: str = ""


_taken: set[Read] = set()
_reading = 0


def start() -> None:
    """Forget everything noted so far."""
    _taken.clear()


def note(table: str, area: str = "", column: str = "", value: str = "") -> None:
    """Note what is read of a table (see `Read`)."""
    _taken.add(Read(table, area, column, value))


def taken() -> list[Read]:
    """Return what was noted, sorted, each read once."""
    return sorted(_taken)


@contextmanager
def reading_tables() -> Iterator[None]:
    """Say that files opened meanwhile are tables of which each read is noted by itself."""
    global _reading
    _reading += 1
    try:
        yield
    finally:
        _reading -= 1


def inside() -> bool:
    """Say whether a file opened now is such a table."""
    return _reading > 0


def as_key(texts: Iterable[str]) -> str:
    """Write what several columns hold as one line.

    Examples
    --------
    >>> as_key(["cyp-plan", "1"])
    'cyp-plan, 1'
    """
    return ", ".join(texts).replace("\n", " ")


class Tables:
    """The tables of a folder, to tell whether a read would give today what it gave before.

    Parameters
    ----------
    processed
        The folder with a folder for each quarter. Each table is read once, when first asked for.
    """

    def __init__(self, processed: Path) -> None:
        self.processed = Path(processed)
        self._tables: dict[str, _Table | None] = {}
        self._digests: dict[Read, str] = {}

    def digest(self, read: Read) -> str:
        """Return the SHA-256 of the rows that a read chooses, in their order, with the header.

        Empty where the file is missing. A column that is missing counts as the whole table.
        """
        read = Read(*read)
        if read not in self._digests:
            self._digests[read] = self._digest(read)
        return self._digests[read]

    def _digest(self, read: Read) -> str:
        if read.table not in self._tables:
            path = self.processed / f"{read.table}.csv"
            self._tables[read.table] = _Table(path) if path.is_file() else None
        table = self._tables[read.table]
        return "" if table is None else table.digest(read)


class _Table:
    """The rows of one table, found by what some of their columns hold."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._places: dict[tuple[tuple[str, ...], str], dict[str, list[int]]] = {}
        self._lines: dict[int, str] = {}

    @cached_property
    def _rows(self) -> list[list[str]]:
        with self._path.open(encoding="utf-8", newline="") as lines:
            return list(csv.reader(lines))

    def digest(self, read: Read) -> str:
        """Return the SHA-256 of what a read gives."""
        if read.column == EXISTS:
            return _sha256([])
        header = self._rows[0] if self._rows else []
        if read.column.startswith(MAX) and read.column.removeprefix(MAX) in header:
            at = header.index(read.column.removeprefix(MAX))
            places = self._chosen(read._replace(column="", value=""))
            return _sha256([max((self._rows[place][at] for place in places), default="")])
        return _sha256([self._line(0), *map(self._line, self._chosen(read))] if header else [])

    def _chosen(self, read: Read) -> Iterable[int]:
        """Return the places of the rows that a read chooses, in the file's order."""
        columns = read.column.split(", ") if read.column else []
        if not {*columns, *(["area"] if read.area else [])} <= {*self._rows[0]}:
            return range(1, len(self._rows))
        if not columns:
            return self._of_area(read.area)
        found = self._by(tuple(columns), read.area)
        return sorted(place for key in {*read.value.split("\n")} for place in found.get(key, ()))

    def _of_area(self, area: str) -> Iterable[int]:
        """Return where the rows of an area stand; of every area, if it is empty."""
        return self._by(("area",), "").get(area, ()) if area else range(1, len(self._rows))

    def _by(self, columns: tuple[str, ...], area: str) -> dict[str, list[int]]:
        """Return where rows of an area stand, by what the columns hold."""
        if (columns, area) not in self._places:
            chosen = [self._rows[0].index(name) for name in columns]
            found = self._places[columns, area] = defaultdict(list)
            for place in self._of_area(area):
                row = self._rows[place]
                found[as_key([row[at] for at in chosen])].append(place)
        return self._places[columns, area]

    def _line(self, place: int) -> str:
        """Write a row with the length of each text: no two rows are written alike."""
        if place not in self._lines:
            row = self._rows[place]
            self._lines[place] = ",".join([str(len(row)), *map(str, map(len, row)), *row])
        return self._lines[place]


def _sha256(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
