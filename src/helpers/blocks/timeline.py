"""What was due when: promises by their dates, and where an account stands among them."""

from __future__ import annotations

from datetime import date
from html import escape

import pandas as pd
from IPython.display import HTML

from helpers import wording
from helpers.blocks.opening import note
from helpers.blocks.promises import milestone_badge, milestone_link
from helpers.periods import day_label
from helpers.rows import each_row


def milestone_timeline(milestones: pd.DataFrame, as_at: date, page: str = "") -> HTML:
    """List milestones by the day they were due, oldest first, with what can be shown of each.

    A mark stands where the account does: above it the days that have passed, below it those that
    have not. The day of the account itself has not passed. Milestones that name no date are counted
    by kind below.

    Parameters
    ----------
    milestones
        Rows of `helpers.account.Account.milestones`; those of one day stay in their order.
    as_at
        The account's date.
    page
        The page that the milestones stand on, such as ``plan.html``; this page unless given.
    """
    if milestones.empty:
        return note("No promise is listed here.")
    dated = milestones["due"].notna()
    days = list(milestones[dated].groupby("due"))
    items = [_day(day, due, as_at, page) for day, due in days]
    passed = sum(day < as_at for day, _ in days)
    items.insert(passed, _mark(as_at))
    line = f'<ol class="timeline" role="list">{"".join(items)}</ol>' if days else ""
    return HTML(line + _without_date(milestones[~dated]))


def _day(day: date, due: pd.DataFrame, as_at: date, page: str) -> str:
    """List what was due on a day under the day, and say how far from the account that is."""
    items = "".join(_milestone(row, page) for row in each_row(due))
    return (
        f'<li class="{"passed" if day < as_at else "ahead"}"><p class="day"><strong>{_time(day)}'
        f"</strong> <span>{wording.due_in_words(day, as_at)}</span></p>"
        f'<ul role="list">{items}</ul></li>'
    )


def _milestone(row: object, page: str) -> str:
    wanted = [f"Wanted: {row.target}."] if row.target else []
    # Our day may be a reading of theirs: the last of a month, or of a term.
    wanted += [f"Date as printed: {row.due_as_published}."] if row.due_as_published else []
    return (
        f"<li><p>{milestone_badge(row.status)}</p><p>{escape(row.text)}</p>"
        f'<p class="wanted">{escape(" ".join(wanted))} {milestone_link(row, page)}</p></li>'
    )


def _mark(as_at: date) -> str:
    return (
        '<li class="account" aria-current="date"><p class="day"><strong>This account: '
        f"{_time(as_at)}</strong></p></li>"
    )


def _time(day: date) -> str:
    return f'<time datetime="{day.isoformat()}">{day_label(day)}</time>'


def _without_date(milestones: pd.DataFrame) -> str:
    """Count milestones without a date, one line a kind; empty where there are none."""
    if milestones.empty:
        return ""
    statuses = milestones.groupby("kind")["status"].agg(list)
    lines = "".join(
        f"<li>{escape(wording.promises_of_kind(kind, statuses[kind]))}</li>"
        for kind in wording.MILESTONE_KINDS
        if kind in statuses
    )
    return f"<p>{wording.without_date(len(milestones))}</p><ul>{lines}</ul>"
