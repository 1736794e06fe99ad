"""The whole calculation of a verdict on a page: each question, its answer, and the arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from IPython.display import HTML

from helpers import wording
from helpers.account import Account
from helpers.calculation import Step, calculation_path


def calculation_steps(account: Account, name: str, said: str = "") -> HTML:
    """List the steps to a measure's verdict with their arithmetic, and link to them as JSON.

    Rules that cannot be applied stand at the end, those with one reason together.

    Parameters
    ----------
    name
        The measure's reference in a plan, or its id (see `helpers.account.Account.measure`).
    said
        The HTML that stands above; what it says already is not said again.
    """
    calculation = account.calculation(name)
    worked = [step for step in calculation.steps if step.working]
    reasons: dict[str, list[Step]] = {}
    for step in calculation.steps:
        if not step.working and escape(step.in_words) not in said:
            reasons.setdefault(step.in_words, []).append(step)
    items = [
        _item([step], _label(step) if escape(step.in_words) in said else step.in_words)
        for step in worked
    ]
    items += [_item(steps, reason) for reason, steps in reasons.items()]
    path = escape(calculation_path(calculation))
    return HTML(
        f'<ol class="steps">{"".join(items)}</ol>'
        f'<p><a href="{path}">This calculation as a data file (JSON)</a></p>'
    )


def _label(step: Step) -> str:
    """Answer a step's question in a word or two, where the sentence stands above already."""
    result = step.result
    match step.rule:
        case "direction":
            return f"{wording.DIRECTIONS[result['direction']][1]}."
        case "evidence":
            return f"{wording.EVIDENCE[result['evidence']].capitalize()}."
        case "recent_trend":
            return "No." if result["recent_trend"] == "no_significant_change" else "Yes."
        case "usual_range":
            return "Yes." if result["variation"].startswith("special_cause") else "No."
        case "target":
            return f"{wording.MILESTONE_STATUSES[result['target_status']][1]}."
        case "recency":
            return "Yes." if result["currency"] == "current" else "No."
        case _:
            # An answer of one word is no repetition.
            return "As said above." if " " in step.in_words else step.in_words


def _item(steps: Sequence[Step], words: str) -> str:
    questions = " ".join(step.question for step in steps)
    lines = "".join(f"<div>{escape(line)}</div>" for step in steps for line in step.working)
    working = f'<div class="working">{lines}</div>' if lines else ""
    return f"<li><strong>{escape(questions)}</strong> {escape(words)}{working}</li>"
