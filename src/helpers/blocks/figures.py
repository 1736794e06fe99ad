"""A measure's figures one by one: how final each is, where it stands, and how it is elsewhere."""

from __future__ import annotations

from html import escape

import pandas as pd

from helpers import tables
from helpers.account import Account
from helpers.blocks.lists import followed
from helpers.definitions import Definitions, Measure, Source
from helpers.formats import format_value, named, qualified
from helpers.periods import day_label, parse_period
from helpers.weight import interval_of
from helpers.wording import status_words


def figures_with_status(account: Account, name: str) -> str:
    """List as HTML a measure's figures for the account's area, newest first, each with its source.

    A document that all of them come from is cited once, above the table; a figure's row then has
    only its place there. A figure that a later edition of the same publisher changed is said to be
    revised. Of a measure that is followed for one kind of period, the others are left out. Empty
    where nothing has been published.
    """
    row = account.measure(name)
    measure = account.definitions.measures[row["measure_id"]]
    figures = [
        figure
        for figure in account.figure_rows(measure.id, area=account.area, breakdown="")
        if row["follows"] in ("", figure.period_kind)
    ]
    if not figures:
        return ""
    sources = account.definitions.sources
    cited = {figure.source: _cited(sources[figure.source]) for figure in figures}
    once = len(figures) > 1 and len(set(cited.values())) == 1
    earlier = account.statement_rows(measure.id)
    listed = [
        {
            "period": figure.period.replace("academic year", "school year"),
            "value": _value_and_counts(figure, measure),
            "range": _likely_range(figure, measure),
            "status": status_words(
                figure.status,
                _revised_from(figure, earlier, measure, account.definitions),
                _new_definition(figure, before, measure),
            ),
            "source": _source("" if once else cited[figure.source], figure.place),
        }
        for before, figure in zip([None, *figures], figures, strict=False)
    ][::-1]
    columns = {"period": "Period", "value": "Figure", "range": "Likely range"}
    columns |= {"status": "Status", "source": "Where in the source" if once else "Source"}
    if not any(line["range"] for line in listed):
        del columns["range"]
    table = tables.table(
        pd.DataFrame(listed),
        f"{followed(row)}, {account.area}: every figure, how final it is, and where it comes from",
        columns=columns,
        html_columns=["value", "source"],
        stacked=True,
        wide=["source"],
    )
    source = f"<p>Source of all: {escape(next(iter(cited.values())))}.</p>" if once else ""
    return f"{source}{table.html}"


def elsewhere_table(account: Account, name: str) -> tables.Table | None:
    """List the figures of all areas for the period of a measure's latest one.

    None where no other area has one.
    """
    row = account.measure(name)
    if row["latest_value"] is None:
        return None
    others = [area for area in account.definitions.areas.accounts if area != account.area]
    same = [
        {"area": area, "value": qualified(f.value, row["unit"], row["decimals"], f.qualifier)}
        for area in (account.area, *others)
        for f in account.figure_rows(row["measure_id"], area=area, breakdown="")
        if f.value is not None
        and (f.period, f.period_kind) == (row["latest_period"], row["latest_period_kind"])
    ]
    if len(same) < 2:
        return None
    return tables.table(
        pd.DataFrame(same),
        f"{followed(row)}: {named(row['latest_period'])}, here and elsewhere",
        columns={"area": "Area", "value": "Figure"},
        numeric=["value"],
    )


def _value_and_counts(figure: object, measure: Measure) -> str:
    """Write a figure as HTML, with its counts below it where they are published."""
    if figure.value is None:
        return "Not published"
    words = escape(qualified(figure.value, measure.unit, measure.decimals, figure.qualifier))
    if figure.numerator is None or not figure.denominator:
        return words
    return f'{words} <span class="period">{figure.numerator:,} of {figure.denominator:,}</span>'


def _likely_range(figure: object, measure: Measure) -> str:
    lower, upper = interval_of(figure, measure)
    if lower is None:
        return ""
    return " to ".join(
        format_value(each, measure.unit, measure.decimals) for each in (lower, upper)
    )


def _revised_from(
    figure: object, published: list, measure: Measure, definitions: Definitions
) -> str:
    """Write the figure that a later edition of the same publisher replaced; empty for none.

    Parameters
    ----------
    published
        All that was published of the measure, in any order.
    """
    publisher = definitions.sources[figure.source].publisher
    replaced = [
        row
        for row in published
        if _same_figure(row, figure)
        and row.published < figure.published
        and definitions.sources[row.source].publisher == publisher
    ]
    if not replaced or figure.value is None:
        return ""
    last = max(replaced, key=lambda row: row.published)
    if last.value in (None, figure.value):
        return ""
    was = qualified(last.value, measure.unit, measure.decimals, last.qualifier)
    return f"{was} in the edition of {day_label(last.published)}"


def _same_figure(row: object, figure: object) -> bool:
    names = ("kind", "area", "breakdown", "period_kind", "period_start", "period_end")
    return all(getattr(row, name) == getattr(figure, name) for name in names)


def _new_definition(figure: object, before: object | None, measure: Measure) -> str:
    """Say why a figure cannot be compared with the one before; empty where that is no question."""
    if before is None:
        return ""
    reasons = [
        entry.reason
        for entry in measure.breaks
        if before.period_start
        < parse_period(entry.from_period, measure.year_type).start
        <= figure.period_start
    ]
    return " ".join(reasons)


def _cited(source: Source) -> str:
    """Cite a document, and when it came out."""
    about = "" if source.precision == "day" else "about "
    return f"{source.document} ({about}{day_label(source.published)})"


def _source(document: str, place: str) -> str:
    """Write as HTML where a figure stands: its document, unless that was said, and the place."""
    return f'<span class="cited">{escape("; ".join(filter(None, [document, place])))}</span>'
