"""Measures in lists and tables: at a glance, findings, cards, and what changed."""

from __future__ import annotations

from html import escape

import pandas as pd
from IPython.display import HTML

from helpers import tables, wording
from helpers.account import Account
from helpers.blocks.small_lines import small_line
from helpers.formats import qualified

OVER_TIME = "Over time, own scale"
"""Heads the small lines: the height of each says nothing beside another's."""

MANY_CHANGES = 6
"""More changes than this are listed behind a line that opens them."""


def at_a_glance(
    account: Account, rows: pd.DataFrame, caption: str, with_ambition: bool = False
) -> tables.Table:
    """List measures: a small line, the latest figure, its direction, and the figure before."""
    listed_rows = list(rows.itertuples())
    listed = pd.DataFrame(
        {
            "Measure": [
                f"{escape(row.reference)}{'. ' if row.reference else ''}{measure_link(row)}"
                for row in listed_rows
            ],
            OVER_TIME: [small_line(account, row) for row in listed_rows],
            "Latest": [latest_figure(row) for row in listed_rows],
            "Direction": [_direction_and_age(row) for row in listed_rows],
            "Before": [_before(row) for row in listed_rows],
        }
    )
    if with_ambition:
        names = {part.id: part.short_title for part in account.plan.ambitions}
        listed["Ambition"] = [escape(f"{part}. {names[part]}") for part in rows["part"]]
    return tables.table(listed, caption, "Measure", html_columns=list(listed.columns), stacked=True)


def measure_link(row: object) -> str:
    """Link to a measure's place on its page; further and context figures have only their title."""
    title = escape(row.title)
    if row.role in ("further", "context"):
        return title
    return f'<a href="{row.page}">{title}</a>'


def findings_list(rows: pd.DataFrame) -> HTML:
    """List what measures show as sentences, each with its direction and a link to its place."""
    items = [
        f"<li>{tables.direction_badge(row.direction)} "
        + escape(wording.sentence(row)).replace(escape(row.title), measure_link(row), 1)
        + "</li>"
        for row in rows.itertuples()
    ]
    return HTML(f'<ul class="findings">{"".join(items)}</ul>')


def summary_cards(account: Account, rows: pd.DataFrame) -> HTML:
    """Show how many measures stand under each heading of the executive summary, and which."""
    cards = []
    for group, heading in wording.SUMMARY_GROUPS.items():
        members = rows[rows["summary_group"] == group]
        if members.empty:
            continue
        cards.append(
            f'<section class="headline-group {group}"><h3><span class="count">{len(members)}'
            f'</span> <span class="label">{escape(heading)}</span></h3>'
            f"{_card_list(members)}</section>"
        )
    return HTML(f'<div class="headline-groups">{"".join(cards)}</div>')


def what_changed(account: Account, rows: pd.DataFrame) -> HTML:
    """Say what is new since the quarter before: newer figures, and directions that turned."""
    if account.last_quarter is None:
        return HTML('<p class="note">This is the first quarter there is an account of.</p>')
    items = []
    for row in rows.itertuples():
        last = account.before(row)
        if last is None:
            items.append(f"New here: {row.title}.")
        elif (row.latest_period, row.latest_value, row.change_in_words) != (
            last.latest_period,
            last.latest_value,
            last.change_in_words,
        ):
            items.append(f"New or changed figure. {wording.sentence(row)}")
        elif row.currency != last.currency:
            items.append(f"{row.title}: now counted as having no recent figure.")
    quarter = escape(account.last_quarter.quarter)
    if not items:
        return HTML(f"<p>Nothing has changed since {quarter}: no newer figure was published.</p>")
    listed = f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"
    if len(items) <= MANY_CHANGES:
        return HTML(f"<p>Since {quarter}:</p>{listed}")
    return HTML(
        f'<details class="figures"><summary>{len(items)} figures are new, changed or no longer '
        f"recent since {quarter}</summary>{listed}</details>"
    )


def linked_list(rows: pd.DataFrame, heading: str) -> HTML | None:
    """List measures with links to their places; None where there are none."""
    if rows.empty:
        return None
    items = "".join(
        f"<li>{measure_link(row)}: {tables.direction_badge(row.direction)}</li>"
        for row in rows.itertuples()
    )
    return HTML(f"<h3>{escape(heading)}</h3><ul>{items}</ul>")


def _card_list(members: pd.DataFrame) -> str:
    lines = [
        f"<li>{escape(wording.summary_line(row))}</li>"
        for row in members.itertuples()
        if row.summary_group != "no_recent_figure"
    ]
    return f"<ul>{''.join(lines)}</ul>" if lines else ""


def _before(row: object) -> str:
    """Write the previous figure, or the document's baseline where that is what there is."""
    if row.previous_period or row.since_baseline is None:
        return _figure(row, "previous")
    return f'{_figure(row, "baseline")} <span class="age">baseline</span>'


def latest_figure(row: object) -> str:
    """Write the latest figure as HTML, its period below it; or how it changed, if that is all."""
    if row.change_in_words:
        return f'<span class="period">{escape(row.change_in_words)}</span>'
    return _figure(row, "latest")


def _figure(row: object, which: str) -> str:
    """Write the latest, previous or baseline figure with its period below it."""
    value, period = getattr(row, f"{which}_value"), getattr(row, f"{which}_period")
    if not period:
        return "none"
    period = period.replace("academic year", "school year")
    qualifier = row.latest_qualifier if which == "latest" else "exact"
    shown = qualified(value, row.unit, row.decimals, qualifier)
    return f'{escape(shown)} <span class="period">{escape(period)}</span>'


def _direction_and_age(row: object) -> str:
    """Show the direction, and in small words what weakens it or how firm it is."""
    words = [
        {"current": "", "old": "old figure", "no_figure": "no figure"}[row.currency],
        # Of most figures the cases are not known; to say so on every line would hide the others.
        "" if row.evidence == "not_testable" else wording.EVIDENCE.get(row.evidence, ""),
        "borderline" if row.borderline else "",
    ]
    markers = "".join(f' <span class="age">{marker}</span>' for marker in words if marker)
    return tables.direction_badge(row.direction) + markers
