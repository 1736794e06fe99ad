"""Indicators on a page: what each asks for, which have figures, and what nobody can tell."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import pandas as pd
from IPython.display import HTML

from helpers import tables, wording
from helpers.account import Account
from helpers.blocks.measures import measure_block
from helpers.blocks.opening import show
from helpers.formats import with_full_stop
from helpers.indicators import figures_for, has_figure
from helpers.listed import own_page
from helpers.plans import Indicator
from helpers.rows import each_row


def indicator_opening(account: Account, indicator: Indicator) -> HTML:
    """Say why an indicator matters, which way it should go, and which ambition it serves."""
    rows = account.indicator_rows(indicator)
    tags = [wording.WANTED[indicator.wanted], wording.FIGURES[figures_for(rows)]]
    tags = "".join(f'<li class="tag">{escape(tag)}</li>' for tag in tags if tag)
    served = account.served_ambition(indicator)
    serves = ""
    if served:
        because = f": {indicator.ambition_why}" if indicator.ambition_why else ""
        serves = (
            f'<p>It serves ambition {served.id}, <a href="{served.page}.html">'
            f"{escape(served.title)}</a> (our mapping{escape(because)}).</p>"
        )
    return HTML(
        f'<p>{escape(indicator.why)}</p><ul class="tags" aria-label="About this indicator">{tags}'
        f"</ul>{serves}"
    )


def indicator_block(account: Account, number: int, part_id: str) -> None:
    """Show an indicator whole: why it matters, its measures with figures, and what is missing."""
    indicator = next(i for i in account.definition(part_id).indicators if i.number == number)
    show(indicator_opening(account, indicator))
    for entry in indicator.measures:
        measure_block(account, entry.reference)
    show(missing(indicator))


def missing(indicator: Indicator) -> HTML | None:
    """Say what figure would be needed and who would hold it; None where nothing is missing."""
    if not indicator.needed:
        return None
    held = ""
    if indicator.held_by:
        words = escape(with_full_stop(indicator.held_by))
        held = f" <strong>Who would hold it:</strong> {words}"
    return HTML(
        f'<p class="note"><strong>What it would take:</strong> {escape(indicator.needed)}{held}</p>'
    )


def indicator_table(
    account: Account, indicators: Iterable[Indicator], caption: str
) -> tables.Table:
    """List indicators, each with its own page, the direction wanted and what figures there are."""
    rows = []
    for indicator in indicators:
        own = account.indicator_rows(indicator)
        known = own[has_figure(own)]
        shown = [
            f"{tables.badge_of(row)} {escape(wording.summary_line(row))}" for row in each_row(known)
        ]
        page = own_page(own["plan"].iloc[0], indicator.measures[0].reference)
        rows.append(
            {
                "indicator": f'<a href="{page}">{escape(indicator.title)}</a>',
                "wanted": wording.WANTED[indicator.wanted],
                "figures": wording.FIGURES[figures_for(own)],
                "shown": "<br>".join(shown) or "Nothing published yet.",
            }
        )
    return tables.table(
        pd.DataFrame(rows),
        caption,
        columns={
            "indicator": "Indicator",
            "wanted": "Wanted",
            "figures": "Figures",
            "shown": "What they show",
        },
        html_columns=["indicator", "shown"],
        wide=["shown"],
    )


def not_known(account: Account, rows: pd.DataFrame, indicators: Iterable[Indicator] = ()) -> HTML:
    """Say what nobody can tell from published figures: no figure, only a part, or only old ones.

    Parameters
    ----------
    rows
        Assessments of the page's measures.
    indicators
        The indicators that the page speaks of.
    """
    indicators = list(indicators)
    lists = {"none": [], "part": []}
    for indicator in indicators:
        state = figures_for(account.indicator_rows(indicator))
        if state in lists:
            needed = f" It would take: {indicator.needed}" if indicator.needed else ""
            lists[state].append(f"<strong>{escape(indicator.title)}.</strong>{escape(needed)}")
    listed = {entry.reference for indicator in indicators for entry in indicator.measures}
    others = rows[~rows["reference"].isin(listed)] if indicators else rows
    without = others[(others["currency"] == "no_figure") & (others["change_in_words"] == "")]
    lists["none"] += [
        f"{escape(title)}: no figure for {escape(account.area)}."
        for title in without["title"].drop_duplicates()
    ]
    old = rows[rows["currency"] == "old"].drop_duplicates(["measure_id", "latest_period"])
    lists["old"] = [
        f"{escape(row.title)}: nothing newer than "
        f"{escape(wording.named(row.latest_period or row.stated_period))}."
        for row in each_row(old)
    ]
    parts = [
        f"<h3>{escape(heading)}</h3><ul>{''.join(f'<li>{item}</li>' for item in lists[name])}</ul>"
        for name, heading in wording.NOT_KNOWN.items()
        if lists.get(name)
    ]
    if not parts:
        return HTML("<p>Everything this page asks about has a recent published figure.</p>")
    return HTML(f'<div class="not-known">{"".join(parts)}</div>')
