"""What the readers share: rows of a CSV file, and the cells that must be numbers or known names."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from functools import cache
from io import StringIO
from pathlib import Path

from helpers.definitions import Measure
from helpers.errors import PeriodError, Problem
from helpers.periods import Period, parse_period

_read_period = cache(parse_period)
"""A few hundred spellings stand in thousands of rows."""


class RowReader:
    """Walks through one figures file and gathers everything that is wrong with it.

    Parameters
    ----------
    path
        The CSV file, UTF-8 with or without a byte order mark.
    root
        The project's folder; problems name files relative to it.
    columns
        The columns the file must have, no more and no fewer.
    """

    def __init__(self, path: Path, root: Path, columns: list[str]):
        self.path, self.columns = path, columns
        self.name = path.relative_to(root).as_posix()
        self.problems: list[Problem] = []
        self.row_number = 1

    def add(self, column: str, found: str, remedy: str) -> None:
        """Note a problem of the current row."""
        place = f"{self.name}, row {self.row_number}"
        if column:
            place += f", column {column}"
        self.problems.append(Problem(place, found, remedy))

    def rows(self) -> Iterator[dict[str, str]]:
        """Give each row's cells, stripped; rows and headers that do not fit become problems."""
        try:
            text = self.path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            self.problems.append(
                Problem(self.name, "the file does not exist", "add it, or remove its source.yml")
            )
            return
        except UnicodeDecodeError:
            self.problems.append(
                Problem(self.name, "it is not UTF-8 text", "save it as 'CSV UTF-8'")
            )
            return
        lines = csv.reader(StringIO(text), strict=True)
        try:
            numbered = [(lines.line_num, cells) for cells in lines]
        except csv.Error:
            # A mark that is never closed would swallow every row below it, and say nothing.
            self.row_number = lines.line_num
            self.add("", "a quotation mark that is not closed", "close it, or write it twice")
            return
        header = [name.strip() for name in numbered[0][1]] if numbered else []
        if not self._header_fits(header):
            return
        if len(numbered) == 1:
            self.add("", "no row below the header", "add the figures, or remove the source")
        for self.row_number, cells in numbered[1:]:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                self.add(
                    "",
                    f"{len(cells)} cells where the header has {len(header)}",
                    "put quotation marks around a cell that has a comma in it",
                )
                continue
            yield {name: cell.strip() for name, cell in zip(header, cells, strict=True)}

    def number(self, column: str, text: str) -> Decimal | None:
        """Read a plain decimal number; None where the cell is empty or, with a problem, wrong."""
        if not text:
            return None
        try:
            value = Decimal(text) if re.fullmatch(r"[-+]?[\d.]+(E[-+]?\d\d?)?", text) else None
        except InvalidOperation:
            value = None
        if value is None or not value.is_finite():
            self.add(
                column,
                f"'{text}' is not a number",
                "write the bare figure: 67.4, not 67.4%; 3221196, not £3,221,196",
            )
            return None
        return value

    def check_level(
        self, value: Decimal | None, period: Period | None, measure: Measure, day: date
    ):
        """Note a level that cannot be: out of its unit's range, or of a time not yet begun."""
        gap = measure.unit in ("percentage_points", "points")
        if value is not None and not gap and value < 0:
            self.add("value", f"{value} is negative", f"a figure in {measure.unit} cannot be")
        if value is not None and measure.unit == "percent" and value > 100:
            self.add("value", f"{value} is more than 100%", "correct it, or the measure's unit")
        self.check_begun(period, day)

    def check_begun(self, period: Period | None, day: date):
        """Note a period that had not begun when the source was published."""
        if period is not None and period.start > day:
            found = f"{period} begins after the source was published ({day})"
            self.add("period", found, "correct the period")

    def period(self, text: str, measure: Measure, column: str = "period") -> Period | None:
        """Read a period by the measure's year type."""
        try:
            return _read_period(text, measure.year_type)
        except PeriodError as problem:
            self.add(column, str(problem), f"the measure's year_type is {measure.year_type}")
            return None

    def one_of(self, column: str, value: str, known: list[str] | tuple[str, ...]) -> bool:
        """Check a cell against the values it may have."""
        if value in known:
            return True
        close = get_close_matches(value, known, n=1)
        listed = ", ".join(name or "(empty)" for name in known)
        self.add(
            column,
            f"unknown {column} '{value}'",
            f"did you mean '{close[0]}'?" if close else f"known: {listed}"[:300],
        )
        return False

    def _header_fits(self, header: list[str]) -> bool:
        if len(header) == 1 and any(sign in header[0] for sign in ";\t"):
            self.add("", "cells that are not separated by commas", "save it as CSV with commas")
            return False
        missing = [name for name in self.columns if name not in header]
        unknown = [name for name in header if name not in self.columns]
        if missing:
            self.add("", f"no column {', '.join(missing)}", "add it to the header")
        for name in unknown:
            close = get_close_matches(name, missing, n=1)
            remedy = f"did you mean '{close[0]}'?" if close else "remove it"
            self.add(name, "unknown column", remedy)
        twice = sorted({name for name in header if header.count(name) > 1})
        for name in twice:
            self.add(name, "a column that stands twice", "keep one")
        return not missing and not unknown and not twice
