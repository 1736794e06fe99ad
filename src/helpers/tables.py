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
    wide: Iterable[str] = (),
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
        instead of a table that scrolls. It is a table of figures, which search leaves out.
    wide
        Columns of running words, which are never squeezed. On a phone the rows are blocks as in a
        stacked table, and each of these columns takes a line, its heading before its words.

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
    numeric, html_columns, wide = set(numeric), set(html_columns), set(wide)
    _check_columns(frame, {*headings, header, *numeric, *html_columns, *wide})
    kinds = {name: _class(number=name in numeric, wide=name in wide) for name in headings}

    head = "".join(
        f'<th scope="col"{kinds[name]}>{escape(words)}</th>' for name, words in headings.items()
    )
    body = []
    for row in frame.to_dict("records"):
        cells = []
        for name in headings:
            shown = _cell(row[name], name in numeric, name in html_columns, missing)
            if name == header:
                cells.append(f'<th scope="row"{kinds[name]}>{shown}</th>')
            else:
                label = f' data-label="{escape(headings[name])}"' if stacked or wide else ""
                cells.append(f"<td{kinds[name]}{label}>{shown}</td>")
        body.append(f"<tr>{''.join(cells)}</tr>")
    wrap = "table-wrap" + (" stacked" if stacked else " worded" if wide else "")
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


def direction_badge(direction: str, dated: bool = False) -> str:
    """Return a direction of travel as HTML: its symbol, and its words for everyone.

    Parameters
    ----------
    dated
        Whether the figure that it speaks of is old, so that it should stand out less.

    Examples
    --------
    >>> direction_badge("improving")
    '<span class="direction improving"><span aria-hidden="true">↑</span> Improving</span>'
    """
    if direction not in DIRECTIONS:
        raise ValueError(f"unknown direction {direction!r}; it is one of {', '.join(DIRECTIONS)}")
    symbol, words = DIRECTIONS[direction]
    return (
        f'<span class="direction {direction.replace("_", "-")}{" dated" * dated}">'
        f'<span aria-hidden="true">{symbol}</span> {words}</span>'
    )


def badge_of(row: object) -> str:
    """Return the direction of an assessment as HTML, weaker where its latest figure is old."""
    return direction_badge(row.direction, dated=row.currency == "old")


def _check_columns(frame: pd.DataFrame, wanted: set[str]) -> None:
    unknown = sorted(wanted - set(frame.columns))
    if unknown:
        have = ", ".join(map(str, frame.columns))
        raise ValueError(f"the table has no column {', '.join(unknown)}; it has {have}")


def _class(**wanted: bool) -> str:
    names = " ".join(name for name, holds in wanted.items() if holds)
    return f' class="{names}"' if names else ""


def _cell(value: object, numeric: bool, is_html: bool, missing: str) -> str:
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return escape(missing)
    if is_html:
        return str(value)
    if numeric and isinstance(value, (Decimal, Number)) and not isinstance(value, bool):
        return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return escape(str(value))
