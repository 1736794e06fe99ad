"""A finding as one short line, for lists, cards and summaries."""

from __future__ import annotations

from helpers.formats import format_value, join_words, qualified, told_apart, when
from helpers.wording.changes import since_baseline


def summary_line(assessment: object) -> str:
    """Say a measure's finding as one short line of the executive summary."""
    row = assessment
    latest = format_value(row.latest_value, row.unit, row.decimals)
    if row.latest_value is None:
        return f"{row.title}: {row.change_in_words}" if row.change_in_words else row.title
    if row.since_baseline is not None and row.previous_value is None:
        since = since_baseline(row).rstrip(".")
        return f"{row.title}: {since[:1].lower()}{since[1:]}"
    if row.previous_value is None or row.direction == "not_comparable":
        return f"{row.title}: {latest}"
    earlier = format_value(row.previous_value, row.unit, row.decimals)
    if row.latest_value == row.previous_value:
        return f"{row.title}: still {latest}"
    moved = "up" if row.latest_value > row.previous_value else "down"
    line = f"{row.title}: {moved} to {latest} from {earlier}"
    if row.direction != "improving" and row.summary_group == "improving_or_good":
        line += f" ({_why_still_good(row)})"
    return line


def news_line(assessment: object) -> str:
    """Say a recent finding in a line that names both figures and the period of the latest."""
    row = assessment
    decimals = told_apart(row.decimals, row.latest_value, row.previous_value)
    latest = qualified(row.latest_value, row.unit, decimals, row.latest_qualifier)
    line = f"{row.title}: {latest} {when(row.latest_period)}"
    if row.previous_value is None or row.direction == "not_comparable":
        return line
    if row.latest_value == row.previous_value:
        return f"{line}, as before"
    moved = "up" if row.latest_value > row.previous_value else "down"
    return f"{line}, {moved} from {format_value(row.previous_value, row.unit, decimals)}"


def last_known_line(assessment: object) -> str:
    """Say in a line what was last known of a measure that nobody can judge now.

    Beside it stands the figure that the document began with, or else the one before, if the two
    can be compared.
    """
    row = assessment
    if row.latest_value is None:
        return f"{row.title}: {row.change_in_words}" if row.change_in_words else row.title
    earlier, period = _earlier(row)
    decimals = told_apart(row.decimals, row.latest_value, earlier)
    latest = qualified(row.latest_value, row.unit, decimals, row.latest_qualifier)
    line = f"{row.title}: {latest} {when(row.latest_period)}"
    if earlier is not None and earlier == row.latest_value:
        line += f", the same as {when(period)}"
    elif earlier is not None:
        moved = "up" if row.latest_value > earlier else "down"
        line += f", {moved} from {format_value(earlier, row.unit, decimals)} {when(period)}"
    return line if row.currency == "current" else f"{line}; nothing newer"


def _earlier(row: object) -> tuple:
    """Return the figure to name beside the latest, with its period; None where there is none."""
    if row.since_baseline is not None:
        return row.baseline_value, row.baseline_period
    if row.direction != "not_comparable":
        return row.previous_value, row.previous_period
    return None, ""


def _why_still_good(row: object) -> str:
    reasons = []
    if row.target_met == "yes":
        reasons.append("target met")
    if row.national_quartile == "top":
        reasons.append("reported in the best national quartile")
    return join_words(reasons)
