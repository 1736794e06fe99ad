"""A measure on a page: what it shows, its history as a chart, and every figure in a table."""

from __future__ import annotations

from html import escape

import pandas as pd
from IPython.display import HTML

from helpers import charts, tables, wording
from helpers.account import Account
from helpers.blocks.opening import show
from helpers.formats import format_value, qualified
from helpers.periods import day_label, parse_period
from helpers.plans import FREQUENCY_OF_KIND

AXIS_UNITS = {
    "percent": "%",
    "percentage_points": "percentage points",
    "points": "points",
    "number": "",
    "pounds": "£",
    "days": "days",
    "rate_per_10000": "per 10,000",
    "rate_per_100000": "per 100,000",
    "rank": "place",
}


_UNIT_IN_CAPTION = ("percentage_points", "points", "days", "rate_per_10000", "rate_per_100000")
"""Units too long to repeat in every cell of a table."""


def finding(account: Account, name: str) -> HTML:
    """Say what a measure shows, whether that is news, and how it was judged.

    Parameters
    ----------
    name
        The measure's reference in a plan, or its id (see `helpers.account.Account.measure`).
    """
    row = account.measure(name)
    measure = account.definitions.measures[row["measure_id"]]
    note = wording.currency_note(row)
    old = f'<p class="old">{escape(note)}</p>' if note and row["latest_value"] is not None else ""
    beside = (
        wording.evidence_sentence(row),
        wording.counts_sentence_of(row),
        wording.preceding_sentence(row),
        # Where the sentence compares with the baseline already, it is not said again.
        "" if row["baseline_period"] == row["previous_period"] else wording.since_baseline(row),
        wording.target_sentence(row),
        f"This is a part of what is asked for: {row['covers']}." if row["covers"] else "",
        *(
            wording.unclear_statement(row, account.definitions.sources[row.source].document)
            for row in account.unclear(name)
        ),
        row["note"],
    )
    beside = "".join(f"<p>{escape(words)}</p>" for words in beside if words)
    judged = [
        wording.how_we_judged(row),
        wording.borderline_sentence(row),
        row["difference_reason"],
    ]
    judged = "".join(f"<p>{escape(words)}</p>" for words in judged if words)
    # Of what was never published there is nothing that could not be compared.
    known = row["latest_value"] is not None or row["latest_period"] or row["change_in_words"]
    badge = f"{tables.direction_badge(row['direction'])} " if known else ""
    return HTML(
        f'<div class="measure" id="{row["page"].partition("#")[2]}">'
        f'<p class="sentence">{badge}{escape(wording.sentence(row))}</p>{beside}{old}'
        f'<details class="judged"><summary>How we judged this</summary>'
        f"<p>{escape(measure.definition)}</p>{judged}"
        f'<p class="sources">{escape(source_of(account, row))}</p></details></div>'
    )


def source_of(account: Account, row: pd.Series) -> str:
    """Cite the document that a measure's latest figure comes from, and the place in it."""
    if not row["source"]:
        return "Source: none yet."
    source = account.definitions.sources[row["source"]]
    about = {"day": "", "month": "about ", "inferred": "about "}[source.precision]
    return (
        f"Source: {source.publisher}, {source.document}, published {about}"
        f"{day_label(source.published)}; {row['place']}."
    )


def history(account: Account, name: str, compare: bool = True) -> charts.Chart | None:
    """Draw a measure's figures: a line from three periods on, bars for two, none for fewer.

    Two figures that must not be compared are not drawn either.

    Parameters
    ----------
    compare
        Whether up to three other areas with three or more figures are drawn beside.
    """
    row = account.measure(name)
    measure = account.definitions.measures[row["measure_id"]]
    figures = _of_one_kind(account.figures(name), row)
    values = figures["value"].notna().sum()
    words = {"measure": row["title"], "area": account.area, "format_value": _formatter(row)}
    if values < 2:
        return None
    if values == 2 and row["direction"] == "not_comparable" and row["previous_value"] is not None:
        return None  # Bars side by side would invite the comparison that must not be made.
    if values == 2:
        return charts.before_after(figures, **words)
    others = account.comparison_areas(name) if compare else {}
    others = {area: _of_one_kind(table, row) for area, table in others.items()}
    others = {area: table for area, table in others.items() if table["value"].notna().sum() > 2}
    breaks = [
        (parse_period(entry.from_period, measure.year_type).start, "New definition")
        for entry in measure.breaks
    ]
    return charts.trend(
        figures,
        unit=AXIS_UNITS[measure.unit],
        comparators=dict(list(others.items())[:3]),
        target=row["target_value"],
        breaks=breaks,
        frequency=FREQUENCY_OF_KIND.get(row["follows"], measure.frequency),
        **words,
    )


def figures_table(account: Account, name: str) -> tables.Table | None:
    """List every figure of a measure, for all areas, behind a line that opens it."""
    row = account.measure(name)
    areas = {account.area: account.figures(name), **account.comparison_areas(name)}
    areas = {area: figures for area, figures in areas.items() if len(figures)}
    if not areas:
        return None
    unit = "number" if row["unit"] in _UNIT_IN_CAPTION else row["unit"]
    columns = {
        area: figures.assign(
            shown=[_shown(figure, unit, row["decimals"]) for figure in figures.itertuples()]
        ).set_index(["period_end", "period"])["shown"]
        for area, figures in areas.items()
    }
    listed = pd.DataFrame(columns).sort_index(ascending=False).reset_index()
    listed = listed.drop(columns="period_end").rename(columns={"period": "Period"})
    unit = AXIS_UNITS[row["unit"]] if row["unit"] in _UNIT_IN_CAPTION else ""
    title = f"{row['title']}, {unit}" if unit else row["title"]
    made = tables.table(listed, f"{title}: every published figure", "Period", numeric=columns)
    return tables.folded(made, "Every figure in a table")


def joined_series(account: Account, name: str) -> tables.Table | None:
    """List one measure's figures from all documents, by kind of period: what is joined to what.

    None where all of them come from one publisher and are for one kind of period.
    """
    row = account.measure(name)
    sources = account.definitions.sources
    figures = account.figures(row["measure_id"]).dropna(subset=["value"])
    publishers = {sources[name].publisher for name in figures["source"]}
    if figures["period_kind"].nunique() < 2 and len(publishers) < 2:
        return None
    listed = figures.sort_values(["period_kind", "period_end"], ascending=[True, False])
    rows = list(listed.itertuples())
    shown = pd.DataFrame(
        {
            "Period": listed["period"],
            "Figure": [_shown(figure, row["unit"], row["decimals"]) for figure in rows],
            "Kind of period": listed["period_kind"].map(wording.PERIOD_KINDS),
            "Document": [f"{sources[figure.source].document}; {figure.place}" for figure in rows],
        }
    )
    caption = (
        f"{row['title']}: one series from {len(set(figures['source']))} documents. Figures for "
        "different kinds of period are not compared."
    )
    return tables.folded(tables.table(shown, caption, "Period"), "Where each figure comes from")


def measure_block(account: Account, name: str, compare: bool = True) -> None:
    """Show a measure whole: its finding, its history as a chart, and every figure in a table."""
    show(
        finding(account, name),
        history(account, name, compare),
        figures_table(account, name),
        joined_series(account, name),
    )


def _formatter(row: pd.Series):
    return lambda value: format_value(value, row["unit"], row["decimals"])


def _shown(figure: object, unit: str, decimals: int) -> str:
    """Write one figure of a table with its counts, and a mark where it is not final."""
    if figure.value is None:
        return "not published"
    words = qualified(figure.value, unit, decimals, figure.qualifier)
    if figure.numerator is not None and figure.denominator:
        words += f" ({figure.numerator:,} of {figure.denominator:,})"
    return f"{words}, {figure.status}" if figure.status else words


def _of_one_kind(figures: pd.DataFrame, row: pd.Series) -> pd.DataFrame:
    """Keep the figures for the kind of period the latest one has: only those are comparable."""
    return figures[figures["period_kind"] == row["latest_period_kind"]].reset_index(drop=True)
