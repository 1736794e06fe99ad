"""The marks of a plan's parts, beside their names."""

from __future__ import annotations

from html import escape

from IPython.display import HTML

from helpers.account import Account
from helpers.marks import as_html, mark_file
from helpers.plans import Part


def part_mark(account: Account, part: Part) -> str:
    """Return the mark of a part of the plan as HTML, to stand beside its name; empty without one.

    Whoever does not see it misses nothing: it has no name of its own.
    """
    if not part.mark:
        return ""
    path = mark_file(account.definitions.root, account.plan, part)
    return as_html(path.read_text(encoding="utf-8"))


def marked_lede(account: Account, part: Part) -> HTML:
    """Open a part's page with its mark, its name and what it is for."""
    return HTML(
        f'<p class="lede marked">{part_mark(account, part)}<span><strong>{escape(part.title)}.'
        f"</strong> {escape(part.aim)}</span></p>"
    )
