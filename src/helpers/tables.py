"""Accessible HTML tables and direction badges: a table in, HTML out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from html import escape
from numbers import Number

import pandas as pd

from helpers.wording import DIRECTIONS


@dataclass(frozen=True)
class Table:
    """An HTML table that shows itself in a notebook.

    Parameters
    ----------
    html
        The whole table.
    caption
        What the table shows.
    """

    # Left out of repr(), which notebooks save beside the HTML.
    html: str = field(repr=False)
    caption: str

    def _repr_html_(self) -> str:
        return self.html


def table(
    frame: pd.DataFrame,
    caption: str,
    row_header: str | None = None,
    columns: Mapping[str, str] | None = None,
    numeric: Iterable[str] = (),
    html_columns: Iterable[str] = (),
    missing: str = "not published",
    stacked: bool = False,
) -> Table:
    """Make an HTML table with a caption, column headings and row headings.

    Parameters
    ----------
    frame
        One row a row of the table. Its index is not shown.
    caption
        What the table shows; also names the scrolling region for screen readers.
    row_header
        The column whose cells head their rows; the first column shown unless given.
    columns
        Column names and the headings readers see, in the order to show; all columns, under
        their own names, unless given.
    numeric
        Columns set flush right. Numbers in them get thousands separators.
    html_columns
        Columns that hold HTML already, such as badges and links; all others are escaped.
    missing
        Words for a missing value.
    stacked
        On a phone, show each row as a block, with the heading of its column over each cell,
        instead of a table that scrolls.

    Returns
    -------
    Table

    Examples
    --------
    >>> shown = table(pd.DataFrame({"year": ["2024"], "value": [None]}), "Audits")
    >>> "<td>not published</td>" in shown.html
    True
    """
    headings = dict(columns) if columns else {name: str(name) for name in frame.columns}
    header = row_header or next(iter(headings))
    numeric, html_columns = set(numeric), set(html_columns)
    _check_columns(frame, {*headings, header, *numeric, *html_columns})

    head = "".join(
        f'<th scope="col"{_number_class(name in numeric)}>{escape(words)}</th>'
        for name, words in headings.items()
    )
    body = []
    for row in frame.to_dict("records"):
        cells = []
        for name in headings:
            shown = _cell(row[name], name in numeric, name in html_columns, missing)
            kind = _number_class(name in numeric)
            if name == header:
                cells.append(f'<th scope="row"{kind}>{shown}</th>')
            else:
                label = f' data-label="{escape(headings[name])}"' if stacked else ""
                cells.append(f"<td{kind}{label}>{shown}</td>")
        body.append(f"<tr>{''.join(cells)}</tr>")
    wrap = "table-wrap stacked" if stacked else "table-wrap"
    html = (
        f'<div class="{wrap}" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f"<table><caption>{escape(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )
    return Table(html, caption)


def folded(table: Table, summary: str) -> Table:
    """Put a table behind a line of text that opens it.

    Parameters
    ----------
    table
        The table to fold away.
    summary
        The line readers see, for example "The figures behind this chart".
    """
    html = f'<details class="figures"><summary>{escape(summary)}</summary>{table.html}</details>'
    return replace(table, html=html)


def direction_badge(direction: str) -> str:
    """Return a direction of travel as HTML: its symbol, and its words for everyone.

    Examples
    --------
    >>> direction_badge("improving")
    '<span class="direction improving"><span aria-hidden="true">↑</span> Improving</span>'
    """
    if direction not in DIRECTIONS:
        raise ValueError(f"unknown direction {direction!r}; it is one of {', '.join(DIRECTIONS)}")
    symbol, words = DIRECTIONS[direction]
    return (
        f'<span class="direction {direction.replace("_", "-")}">'
        f'<span aria-hidden="true">{symbol}</span> {words}</span>'
    )


def _check_columns(frame: pd.DataFrame, wanted: set[str]) -> None:
    unknown = sorted(wanted - set(frame.columns))
    if unknown:
        have = ", ".join(map(str, frame.columns))
        raise ValueError(f"the table has no column {', '.join(unknown)}; it has {have}")


def _number_class(numeric: bool) -> str:
    return ' class="number"' if numeric else ""


def _cell(value: object, numeric: bool, is_html: bool, missing: str) -> str:
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return escape(missing)
    if is_html:
        return str(value)
    if numeric and isinstance(value, (Decimal, Number)) and not isinstance(value, bool):
        return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return escape(str(value))
