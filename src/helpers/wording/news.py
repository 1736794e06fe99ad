"""What is new since the quarter before, in words."""

from __future__ import annotations

from helpers.formats import qualified, told_apart
from helpers.wording.labels import DIRECTIONS
from helpers.wording.verdict import sentence

_STARTS = {
    "first_figure": "First figure.",
    "new_figure": "New figure.",
    "revised_figure": "Revised figure.",
    "turned": "Another verdict.",
}

TURNED_BECAUSE = {
    "new_figure": "Newer figure",
    "revision": "Revised figure",
    "other_comparison": "Compared with another earlier figure",
    "rule": "The same figures, but something else that the rule goes by has changed",
}
"""Why a verdict turned (`helpers.changes.why_turned`); the figures follow."""

PROMISE_CHANGES = {
    "met": "Met",
    "missed": "Missed",
    "other_status": "Stands differently",
    "date_passed": "Its date has passed",
    "new": "New",
    "gone": "No longer listed",
}
"""What happened to a promise (`helpers.changes.changed_promises`)."""


def changes_sentence(since: str, figures: int, revised: int, turned: int, promises: int) -> str:
    """Count what is not as it was in the account before.

    Parameters
    ----------
    since
        The quarter before.

    Examples
    --------
    >>> changes_sentence("2024-25 Q3", 12, 1, 0, 2)
    'Since 2024-25 Q3, 12 figures are new, 1 was revised, no verdicts turned, and 2 promises moved.'
    """
    parts = [
        _counted(figures, "figure is new", "figures are new"),
        _counted(revised, "was revised", "were revised") if revised else "none was revised",
        _counted(turned, "verdict turned", "verdicts turned"),
    ]
    moved = _counted(promises, "promise moved", "promises moved")
    return f"Since {since}, {', '.join(parts)}, and {moved}."


def _counted(number: int, one: str, many: str) -> str:
    return f"{number or 'no'} {one if number == 1 else many}"


def news_sentence(kind: str, assessment: object, before: object | None) -> str:
    """Say what is new of a measure: its figure now, and what the account before had.

    Parameters
    ----------
    kind
        What `helpers.changes.news` says is new.
    before
        Last quarter's assessment; None for a measure that is new.

    Examples
    --------
    >>> from types import SimpleNamespace as Row
    >>> news_sentence("grown_old", Row(title="Lost days"), Row())
    'Lost days: now counted as having no recent figure.'
    """
    row = assessment
    if kind == "new_measure":
        return f"New here: {row.title}."
    if kind == "grown_old":
        return f"{row.title}: now counted as having no recent figure."
    if kind == "without_figure":
        return sentence(row)
    words = f"{_STARTS[kind]} {sentence(row)}"
    if kind == "revised_figure" and before.latest_value is not None:
        decimals = told_apart(row.decimals, row.latest_value, before.latest_value)
        was = qualified(before.latest_value, row.unit, decimals, before.latest_qualifier)
        words += f" Before the revision it was {was}."
    if row.direction != before.direction and before.direction != "not_comparable":
        words += f" Last time: {DIRECTIONS[before.direction][1].lower()}."
    return words
