"""Measures in lists and tables: at a glance, findings, cards."""

from __future__ import annotations

from html import escape

import pandas as pd
from IPython.display import HTML

from helpers import tables, wording
from helpers.account import Account
from helpers.blocks.small_lines import small_line
from helpers.formats import qualified
from helpers.listed import has_own_page, own_page
from helpers.periods import day_label
from helpers.rows import each_row

OVER_TIME = "Over time, own scale"
"""Heads the small lines: the height of each says nothing beside another's."""


def at_a_glance(
    account: Account,
    rows: pd.DataFrame,
    caption: str,
    with_ambition: bool = False,
    own_pages: bool = False,
) -> tables.Table:
    """List measures: a small line, the latest figure, its direction, and the figure before.

    Parameters
    ----------
    own_pages
        Whether a measure of an indicator leads to the indicator's own page.
    """
    listed_rows = list(each_row(rows))
    listed = pd.DataFrame(
        {
            "Measure": [
                f"{escape(row.reference)}{'. ' if row.reference else ''}"
                f"{measure_link(row, own_pages)}"
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


NOTHING = '<span class="none">none</span>'
"""In a quarter without a figure; a phone leaves it out."""


def direction_history(account: Account, name: str) -> tables.Table | None:
    """List what each quarter up to this one knew of a measure, and which way it had gone by then.

    The newest quarter stands first. None where no quarter knew anything.
    """
    said = account.over_quarters(account.measure(name))[::-1]
    known = [row.latest_value is not None or bool(row.change_in_words) for _, row in said]
    if not any(known):
        return None
    listed = [
        {
            "quarter": f"{escape(quarter.quarter)} "
            f'<span class="reason">published by {day_label(quarter.as_at)}</span>',
            "direction": _direction_and_age(row) if has_figure else "No figure yet",
            "latest": latest_figure(row) if has_figure else NOTHING,
            "before": _before(row) if has_figure else NOTHING,
        }
        for (quarter, row), has_figure in zip(said, known, strict=True)
    ]
    return tables.table(
        pd.DataFrame(listed),
        f"{followed(said[0][1])}: what each quarter’s account knew, and said",
        columns={
            "quarter": "Quarter",
            "direction": "Direction then",
            "latest": "Latest then",
            "before": "Compared with",
        },
        html_columns=["quarter", "direction", "latest", "before"],
        stacked=True,
    )


def followed(row: object) -> str:
    """Return a measure's title, with the kind of period where it is listed once for each."""
    return f"{row.title} ({wording.PERIOD_KINDS[row.follows]})" if row.follows else row.title


def measure_link(row: object, own_pages: bool = False) -> str:
    """Link to a measure's place on its page; further and context figures have only their title.

    The title has its kind of period where the measure is listed once for each.

    Parameters
    ----------
    own_pages
        Whether to link to the own page of its indicator instead, where it has one.
    """
    title = escape(followed(row))
    if row.role in ("further", "context"):
        return title
    own = own_pages and has_own_page(row)
    return f'<a href="{own_page(row.plan, row.reference) if own else row.page}">{title}</a>'


def findings_list(rows: pd.DataFrame) -> HTML:
    """List what measures show as sentences, each with its direction and a link to its place."""
    items = [
        f"<li>{tables.badge_of(row)} "
        + escape(wording.sentence(row)).replace(escape(row.title), measure_link(row), 1)
        + "</li>"
        for row in each_row(rows)
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


def linked_list(rows: pd.DataFrame, heading: str) -> HTML | None:
    """List measures with links to their places; None where there are none."""
    if rows.empty:
        return None
    items = "".join(
        f"<li>{measure_link(row)}: {tables.badge_of(row)}</li>" for row in each_row(rows)
    )
    return HTML(f"<h3>{escape(heading)}</h3><ul>{items}</ul>")


def _card_list(members: pd.DataFrame) -> str:
    lines = [
        f"<li>{escape(wording.summary_line(row))}</li>"
        for row in each_row(members)
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
    return tables.badge_of(row) + markers
