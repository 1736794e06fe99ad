"""What is not as it was in the account before: measures, figures, promises."""

from __future__ import annotations

from html import escape

import pandas as pd
from IPython.display import HTML

from helpers import tables, wording
from helpers.account import Account
from helpers.blocks.lists import followed
from helpers.blocks.opening import note
from helpers.blocks.promises import milestone_badge
from helpers.changes import news
from helpers.rows import each_row

MANY_CHANGES = 6
"""More changes than this are listed behind a line that opens them."""

FIRST = "This is the first quarter there is an account of."


def what_changed(account: Account, rows: pd.DataFrame) -> HTML:
    """Say what is new of measures since the quarter before, each in a sentence."""
    if account.last_quarter is None:
        return note(FIRST)
    items = []
    for row in each_row(rows):
        before = account.before(row)
        if kind := news(before, row):
            named = row._replace(title=followed(row))
            items.append(wording.news_sentence(kind, named, before))
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


def promises_changed(changed: pd.DataFrame, caption: str) -> tables.Table | HTML:
    """List promises that stand differently than before, with both statuses.

    Parameters
    ----------
    changed
        As `helpers.changes.changed_promises` gives it.
    """
    if changed.empty:
        return note("No promise stands differently than in the account before.")
    rows = [
        {
            "promise": f"{row.reference}. {row.text}",
            "change": wording.PROMISE_CHANGES[row.change],
            "before": milestone_badge(row.status_before) if row.status_before else "Not listed",
            "now": milestone_badge(row.status) if row.change != "gone" else "Not listed",
        }
        for row in each_row(changed)
    ]
    return tables.table(
        pd.DataFrame(rows),
        caption,
        columns={
            "promise": "What was promised",
            "change": "What happened",
            "before": "Last time",
            "now": "Now",
        },
        html_columns=["before", "now"],
        stacked=True,
    )
