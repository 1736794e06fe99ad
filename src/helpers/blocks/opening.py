"""What stands at the top of a page, and remarks on it."""

from __future__ import annotations

from html import escape

import pandas as pd
from IPython.display import HTML, display

from helpers import wording
from helpers.account import Account
from helpers.periods import day_label


def show(*parts: object) -> None:
    """Show each part below the cell, in order; a part that is None is left out."""
    for part in parts:
        if part is not None:
            display(part)


def quarter_note(account: Account) -> HTML:
    """Say which quarter and area this is, and up to what day figures count.

    Where the plan's document is of a later date, it says so: nobody had it by then.
    """
    quarter = account.quarter
    document = account.definitions.sources[account.plan.source]
    later = ""
    if document.published > quarter.as_at:
        about = "" if document.precision == "day" else "about "
        later = (
            f'<p class="note">{escape(account.plan.title)}: published {about}'
            f"{day_label(document.published)}, after this quarter. This page looks at what was "
            "known before.</p>"
        )
    newest = account.newest_publication()
    if newest is None:
        return HTML(later)
    return HTML(
        f'<p class="quarter-note"><strong>{escape(quarter.quarter)}</strong> <span>'
        f"{escape(account.area)}, from figures published by {day_label(quarter.as_at)}. The newest "
        f"publication used is of {day_label(newest)}.</span></p>{later}"
    )


def lede(words: str) -> HTML:
    """Show the page's opening sentence."""
    return HTML(f'<p class="lede">{escape(words)}</p>')


def note(words: str) -> HTML:
    """Show a remark on the figures of the page."""
    return HTML(f'<p class="note">{escape(words)}</p>')


def plan_opening(account: Account, rows: pd.DataFrame) -> HTML:
    """Open a plan's page: what the account is of, and what can and cannot be told this quarter."""
    plan, source = account.plan, account.definitions.sources[account.plan.source]
    return HTML(
        f'<p class="lede">{escape(wording.opening_sentence(rows))}</p>'
        f"<p>This is an account of the {escape(plan.title)} in {escape(account.area)}, made from "
        "published figures. It is not an official site of any council. Our sources are the plan’s "
        f"report, <em>{escape(source.document)}</em>, and official statistics that count the same "
        f"things.</p>{quarter_note(account).data}"
    )
