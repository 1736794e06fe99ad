"""Every measure of every plan in one table, each with all the places that use it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import pandas as pd

from helpers import tables, wording
from helpers.account import Account
from helpers.blocks.lists import latest_figure, measure_link
from helpers.plans import Part, Plan
from helpers.rows import each_row
from helpers.same_words import same_words_json


def all_measures(account: Account, rows: pd.DataFrame, caption: str) -> tables.Table:
    """List measures, each once, with the places that use it; a script filters and sorts the table.

    A row is found by more words than it shows: the titles of the indicators that it serves stand
    in it, and words that mean the same in the whole, as attributes, which nobody is read.

    Parameters
    ----------
    rows
        Assessments of any plans. Those with the same number in the column ``line`` are one
        measure in several places, of which all say the same.
    """
    lines = [list(each_row(members)) for _, members in rows.groupby("line", sort=True)]
    listed = pd.DataFrame(
        {
            "Measure": [measure_link(_shown_at(line)) for line in lines],
            "Used in": [_places(account, line) for line in lines],
            "Latest figure": [_latest(line[0]) for line in lines],
            "Direction": [_direction(line[0]) for line in lines],
            "Evidence": [_evidence(line[0]) for line in lines],
        }
    )
    columns = list(listed.columns)
    made = tables.table(
        listed, caption, "Measure", html_columns=columns, stacked=True, wide=columns[1:]
    )
    # The script's controls go to a place that is kept for them, so that nothing moves.
    place = '<div class="filters-place"></div>'
    same = escape(same_words_json(account.definitions.same_words))
    return tables.Table(
        f'{place}<div class="all-measures" data-same-words="{same}">{made.html}</div>', caption
    )


def place_name(plan: Plan, part: Part) -> str:
    """Return what a part is called where parts of several plans stand beside each other.

    Examples
    --------
    >>> part = {"title": "Be Happy", "short_title": "Happy and hopeful", "page": "bee-happy"}
    >>> place_name(Plan.model_construct(parts_are="bee"), Part(id="happy", **part))
    'Be Happy'
    >>> place_name(Plan.model_construct(parts_are="ambition"), Part(id="1", **part))
    '1. Happy and hopeful'
    """
    if plan.parts_are == "bee":
        return part.title
    return f"{part.id}. {part.short_title}" if part.id.isdigit() else part.short_title


def _shown_at(line: list) -> object:
    """Return the first of a measure's rows whose page has a place for it; else the first."""
    placed = [row for row in line if row.role not in ("further", "context")]
    return (placed or line)[0]


def _places(account: Account, line: list) -> str:
    """Link to each part of each plan that uses a measure, named so that a script can filter."""
    items, titles = {}, {}
    for row in line:
        plan = account.definitions.plans[row.plan]
        part = plan.part(row.part)
        titles.setdefault((plan.id, part.id), {})[_indicator_title(part, row)] = None
        items[plan.id, part.id] = (
            f'<a href="{part.page}.html"><span class="plan">{escape(plan.short_title)}</span>: '
            f'<span class="part">{escape(place_name(plan, part))}</span></a>'
        )
    listed = "".join(
        f'<li data-plan="{plan}" data-part="{plan}/{part}"{_serves(titles[plan, part])}>{link}</li>'
        for (plan, part), link in items.items()
    )
    return f'<ul class="places">{listed}</ul>'


def _indicator_title(part: Part, row: object) -> str:
    """Return the title of the indicator that a measure serves; nothing where it serves none."""
    # In an account's table the number is text.
    number = str(row.indicator)
    return next((entry.title for entry in part.indicators if str(entry.number) == number), "")


def _serves(titles: Iterable[str]) -> str:
    """Write indicators' titles as an attribute: a row is found by them, and does not show them."""
    words = "; ".join(filter(None, titles))
    return f' data-indicators="{escape(words)}"' if words else ""


def _latest(row: object) -> str:
    """Write the latest figure, marked with the day on which its period ended, to sort by."""
    return f'<span data-order="{row.latest_period_end or ""}">{latest_figure(row)}</span>'


def _direction(row: object) -> str:
    if row.currency == "no_figure" and not row.change_in_words:
        return '<span class="age">no figure</span>'
    old = '<span class="age">old figure</span>' if row.currency == "old" else ""
    return tables.badge_of(row) + old


def _evidence(row: object) -> str:
    """Say whether chance could have made the change, and whether the verdict is borderline."""
    words = wording.EVIDENCE.get(row.evidence, "no change to test")
    borderline = '<span class="age">borderline</span>' if row.borderline else ""
    return f'<span class="evidence">{escape(words)}</span>{borderline}'
