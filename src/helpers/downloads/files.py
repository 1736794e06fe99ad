"""Writes the files for download that are made from the CSV files of an edition."""

from __future__ import annotations

from pathlib import Path

from helpers.definitions import Definitions, Quarter
from helpers.downloads.fields import tables
from helpers.downloads.package import LICENCE, data_package
from helpers.downloads.package import as_json as package_as_json
from helpers.downloads.records import as_json, read_rows
from helpers.downloads.workbook import write_workbook

TITLE = "Account of progress"


def write_other_formats(definitions: Definitions, quarter: Quarter, area: str, data: Path) -> None:
    """Write the tables of a folder as JSON and as a workbook, and describe them in a data package.

    Parameters
    ----------
    area
        The one that the assessments are of.
    data
        The folder with the CSV files; the others are put beside them.
    """
    rows = {name: read_rows(data / f"{name}.csv") for name in tables()}
    about = {
        "quarter": quarter.quarter,
        "as_at": str(quarter.as_at),
        "area": area,
        "licence": LICENCE["title"],
        "numbers": "Written as text, digit for digit as in the CSV file; null is nothing.",
    }
    for name, of in tables().items():
        _write(data / f"{name}.json", as_json(rows[name], of, about))
    sources = [s for s in definitions.sources.values() if s.published <= quarter.as_at]
    package = data_package(data, TITLE, quarter, area, sources)
    _write(data / "datapackage.json", package_as_json(package))
    write_workbook(data / "workbook.xlsx", rows, definitions, quarter, area, TITLE)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
