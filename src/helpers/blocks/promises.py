"""What a plan promised and said: statements, milestones, and what figures there are of them."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import pandas as pd
from IPython.display import HTML

from helpers import tables, wording
from helpers.account import Account
from helpers.blocks.lists import measure_link
from helpers.plans import Part, Statement
from helpers.rows import each_row


def statements(said: Iterable[Statement], cite: bool = True) -> HTML:
    """List what a document says, in our words, each point with its place in the document."""
    items = []
    for statement in said:
        when = f" ({statement.when})" if statement.when else ""
        place = f' <span class="place">{escape(statement.place)}</span>' if cite else ""
        items.append(f"<li>{escape(statement.text)}{escape(when)}{place}</li>")
    return HTML(f'<ul class="statements">{"".join(items)}</ul>')


def points(texts: Iterable[str]) -> HTML:
    """List points in our words."""
    return HTML(f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>")


def said_and_shown(
    account: Account,
    said: Iterable[Statement],
    caption: str,
    heading: str = "What people said (in our words)",
) -> tables.Table:
    """Set what was said beside what the figures show, or say that there is no figure.

    A figure that cannot be judged stands without a badge, and says what was last known.
    """
    rows = []
    said = list(said)
    several = len({statement.ambition for statement in said}) > 1
    for statement in said:
        words = escape(statement.text)
        if statement.ambition and several:
            ambition = _ambition(account, statement.ambition)
            words += (
                f' <span class="period"><a href="{ambition.page}.html">Ambition {ambition.id}</a>'
                "</span>"
            )
        lines = "<br>".join(map(_finding, account.figures_on(statement)))
        rows.append({"said": words, "shown": lines or "No figure in our sources."})
    return tables.table(
        pd.DataFrame(rows),
        caption,
        columns={"said": heading, "shown": "What the figures show"},
        html_columns=["said", "shown"],
    )


def milestone_counts(milestones: pd.DataFrame, caption: str) -> tables.Table:
    """Count milestones by kind and status."""
    order = [name for name in wording.MILESTONE_STATUSES if name in set(milestones["status"])]
    counts = pd.crosstab(milestones["kind"], milestones["status"])[order]
    counts = counts.reindex([kind for kind in wording.MILESTONE_KINDS if kind in counts.index])
    counts["all"] = counts.sum(axis=1)
    counts.loc["all"] = counts.sum()
    listed = counts.rename(index={**wording.MILESTONE_KINDS, "all": "All"})
    headings = {name: " ".join(wording.MILESTONE_STATUSES[name]) for name in order}
    return tables.table(
        listed.rename_axis("kind").reset_index(),
        caption,
        columns={"kind": "Promised", **headings, "all": "All"},
        numeric=[*order, "all"],
    )


def milestone_table(milestones: pd.DataFrame, caption: str) -> tables.Table:
    """List milestones with what was promised, when it was due, and what can be shown."""
    rows = [
        {
            "promised": f"{escape(row.reference)}. {escape(row.text)}{_target(row)}",
            "status": milestone_badge(row.status),
            "shown": _shown(row),
        }
        for row in each_row(milestones)
    ]
    return tables.table(
        pd.DataFrame(rows),
        caption,
        columns={"promised": "What was promised", "status": "Status", "shown": "What can be shown"},
        html_columns=["promised", "status", "shown"],
        wide=["status", "shown"],
    )


def milestone_badge(status: str) -> str:
    """Return a milestone's status as HTML: its symbol, and its words for everyone."""
    symbol, words = wording.MILESTONE_STATUSES[status]
    return (
        f'<span class="direction {status.replace("_", "-")}">'
        f'<span aria-hidden="true">{symbol}</span> {words}</span>'
    )


def milestone_place(row: object) -> str:
    """Return what was promised as HTML, with its number, at the place that links lead to.

    It may stand on a page only once; the plan's id tells two plans' milestones apart.
    """
    return f'<span id="{_anchor(row)}">{escape(row.reference)}. {escape(row.text)}</span>'


def milestone_link(row: object, page: str = "") -> str:
    """Link to a milestone's place on a page; on this one unless another is given."""
    return f'<a href="{page}#{_anchor(row)}">Promise {escape(row.reference)}</a>'


def _anchor(row: object) -> str:
    return f"milestone-{row.plan}-{row.reference}"


def _target(row: object) -> str:
    """Write the number wanted and the date, where there are any."""
    parts = [row.target] if row.target else []
    if row.due_as_published:
        parts.append(
            f"by {row.due_as_published}" if row.kind == "number_by_date" else row.due_as_published
        )
    return f' <span class="period">{escape(", ".join(parts))}</span>' if parts else ""


def _shown(row: object) -> str:
    # The badge has said it already.
    evidence = row.evidence.removeprefix("No evidence has been published.").strip()
    parts = [escape(evidence)] if evidence else []
    if row.needed:
        parts.append(f"<strong>It would take:</strong> {escape(row.needed)}")
    if row.nearest:
        parts.append(f"<strong>Near, but not the same:</strong> {escape(row.nearest)}")
    return "<br>".join(parts) or escape(row.evidence)


def _finding(row: object) -> str:
    badge, words = "", wording.last_known_line(row)
    if row.direction != "not_comparable":
        badge = f"{tables.badge_of(row)} "
        words = wording.news_line(row) + "; nothing newer" * (row.currency == "old")
    return badge + escape(words).replace(escape(row.title), measure_link(row), 1)


def _ambition(account: Account, number: int) -> Part:
    plan = account.definitions.plans[account.plan.serves or account.plan.id]
    return plan.part(str(number))
