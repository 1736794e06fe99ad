"""The tables as a workbook that everybody can read, also with a screen reader.

It follows the Analysis Function's guidance on releasing statistics in spreadsheets, by its own
package gptables: a cover, a list of contents, notes, and one table a sheet, without merged cells.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from datetime import datetime, time
from pathlib import Path

from helpers.definitions import Definitions, Quarter
from helpers.downloads.fields import tables
from helpers.downloads.sheets import (
    NOT_APPLICABLE,
    NOT_PUBLISHED,
    NOTES,
    SHEETS,
    Sheet,
    column_of,
    readable,
)
from helpers.periods import day_label

Rows = list[dict[str, str]]


def write_workbook(
    path: Path,
    rows: Mapping[str, Rows],
    definitions: Definitions,
    quarter: Quarter,
    area: str,
    title: str,
) -> None:
    """Write the workbook of a quarter; the same tables give the same bytes.

    Parameters
    ----------
    rows
        Of each table, every cell as the text that stands in its file. A table without rows has no
        sheet.
    title
        What the account is called.
    """
    import gptables  # slow to import, and only needed where the tables have changed

    shown = {label: sheet for label, sheet in SHEETS.items() if rows[sheet.table]}
    notes = {note for sheet in shown.values() for note in sheet.notes.values()}
    with warnings.catch_warnings():
        # Advice to whoever writes the package's next version.
        warnings.simplefilter("ignore")
        book = gptables.produce_workbook(
            str(path),
            {
                label: _table(sheet, rows[sheet.table], definitions, quarter, area)
                for label, sheet in shown.items()
            },
            cover=_cover(title, quarter, area, definitions, SHEETS.keys() - shown.keys()),
            contentsheet_options={"title": "Contents", "instructions": _ONE_TABLE},
            notes_table=_notes(notes),
            notesheet_options={"title": "Notes", "instructions": _ONE_TABLE},
            auto_width=False,
            workbook_options={
                # What a figure's document prints is text, whatever it looks like.
                "strings_to_formulas": False,
                "strings_to_urls": False,
                # Without files of its own, whose times would depend on the time zone.
                "in_memory": True,
            },
        )
        for label, widths in _widths(shown).items():
            sheet = book.get_worksheet_by_name(label)
            for place, width in enumerate(widths):
                sheet.set_column(place, place, width)
        # A workbook says when it was made: on the day up to which its figures count.
        made = datetime.combine(quarter.as_at, time())
        book.set_properties({"title": f"{title}, {quarter.quarter}, {area}", "created": made})
        book.close()


_ONE_TABLE = "This worksheet contains one table."


def _table(sheet: Sheet, rows: Rows, definitions: Definitions, quarter: Quarter, area: str):
    import gptables
    import pandas as pd

    columns = {name: column_of(sheet, name) for name in sheet.columns}
    body = [
        [readable(row, name, column, definitions) for name, column in columns.items()]
        for row in rows
    ]
    headings = [column.name for column in columns.values()]
    of = tables()[sheet.table]
    # The other tables are of every area, or of what a document promised.
    where = f", {area}" if sheet.table == "assessments" else ""
    return gptables.GPTable(
        pd.DataFrame(body, columns=headings, dtype=object),
        table_name=sheet.table,
        title=f"{of.title}, {quarter.quarter}{where}",
        subtitles=[f"{of.about} {len(rows):,} rows."],
        instructions=f"{_ONE_TABLE} Notes are explained on the sheet Notes.",
        legend=[
            f"{NOT_PUBLISHED} no such figure was published, or it cannot be worked out.",
            f"{NOT_APPLICABLE} there is nothing to say here.",
        ],
        source=f"The documents named in the table, published by {day_label(quarter.as_at)}.",
        table_notes={columns[name].name: f"$${note}$$" for name, note in sheet.notes.items()},
        index_columns={},
    )


def _cover(
    title: str, quarter: Quarter, area: str, definitions: Definitions, without_rows: Iterable[str]
):
    import gptables

    cited = [
        f"{source.document}, {source.publisher}, {day_label(source.published)}. {source.licence}."
        for source in definitions.sources.values()
        if source.published <= quarter.as_at
    ]
    empty = [f"There is no sheet {name}: it would have no rows." for name in sorted(without_rows)]
    return gptables.Cover(
        title=f"{title}: the tables, {quarter.quarter}",
        intro=[
            f"This workbook holds the tables behind the account of {quarter.quarter} for {area}.",
            f"It is made from figures published by {day_label(quarter.as_at)}.",
            "It is not an official publication of any council.",
            "Each sheet holds one table. The sheet Contents links to them, and the sheet Notes "
            "explains what a number in brackets after a heading refers to.",
            "The same tables with all their columns are on the website as CSV and JSON files.",
            *empty,
        ],
        about=[
            "Contains public sector information licensed under the Open Government Licence v3.0.",
            "Figures and names are the sources'; directions, reasons and notes are ours.",
            f"Where there is nothing in a cell it says {NOT_PUBLISHED} (no such figure) or "
            f"{NOT_APPLICABLE} (nothing to say).",
            *cited,
        ],
        width=100,
    )


def _notes(used: set[str]):
    import pandas as pd

    listed = [(name, text) for name, text in NOTES.items() if name in used]
    return pd.DataFrame(listed, columns=["Note reference", "Note"])


def _widths(shown: Mapping[str, Sheet]) -> dict[str, list[int]]:
    widths = {label: list(sheet.columns.values()) for label, sheet in shown.items()}
    return {"Contents": [20, 100], "Notes": [14, 110], **widths}
