"""The words of promises: what is near, what was wanted, and when it was due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from helpers.formats import join_words, qualified, when
from helpers.periods import months_after
from helpers.wording.changes import since_baseline
from helpers.wording.labels import MILESTONE_KINDS, MILESTONE_STATUSES


def milestone_evidence(assessment: object) -> str:
    """Say what a measure shows of a milestone; empty where nothing has been published."""
    row = assessment
    if row.change_in_words:
        return f"{row.title}: {row.change_in_words}."
    if row.latest_value is None:
        return ""
    since = since_baseline(row)
    latest = qualified(row.latest_value, row.unit, row.decimals, row.latest_qualifier)
    since = since[:1].lower() + since[1:] or f"{latest} {when(row.latest_period)}."
    return f"{row.title}: {since}"


def nearest(assessment: object) -> str:
    """Name a published figure that is near a milestone, with its latest value."""
    row = assessment
    if row.change_in_words:
        return f"{row.title}: {row.change_in_words}."
    if row.latest_value is None:
        return f"{row.title}: no figure yet."
    latest = qualified(row.latest_value, row.unit, row.decimals, row.latest_qualifier)
    return f"{row.title}: {latest} {when(row.latest_period)}."


def milestone_target(target: object | None) -> str:
    """Write the number that a milestone wants reached, and how it follows from what is printed.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from types import SimpleNamespace as Row
    >>> milestone_target(Row(value=Decimal(80), up_to=None, unit="places",
    ...     working="4 provisions of 20 places each"))
    '80 places (4 provisions of 20 places each)'
    """
    if target is None:
        return ""
    unit = "%" if target.unit == "percent" else f" {target.unit}"
    upper = f" to {target.up_to:,}" if target.up_to is not None else ""
    working = f" ({target.working})" if target.working else ""
    return f"{target.value:,}{upper}{unit}{working}"


def due_in_words(due: date, as_at: date) -> str:
    """Say how long before an account something was due, or how far ahead of it.

    Years and months to the nearest month, half a month rounded up; days where it is less than a
    month. A month from the 31st ends on the last day of a shorter one.

    Parameters
    ----------
    as_at
        The account's date.

    Examples
    --------
    >>> due_in_words(date(2024, 3, 31), date(2026, 9, 30))
    'due 2 years and 6 months before this account'
    >>> due_in_words(date(2024, 3, 31), date(2023, 12, 31))
    'due in 3 months'
    """
    if due == as_at:
        return "due on the day of this account"
    if due > as_at:
        return f"due in {_time_between(as_at, due)}"
    return f"due {_time_between(due, as_at)} before this account"


def dates_sentence(past: int, unknown: int, ahead: int) -> str:
    """Count the promises and targets whose date has passed, and those that lie ahead.

    Parameters
    ----------
    past
        Those whose date had passed by the account's day.
    unknown
        How many of these nothing that is published shows the outcome of.

    Examples
    --------
    >>> dates_sentence(9, 4, 0)
    'The dates of 9 promises and targets have passed. For 4, nothing published shows the outcome. \
No date lies ahead.'
    """
    if not past + ahead:
        return "No promise and no target names a date."
    noun = "date of 1 promise or target has"
    if past > 1:
        noun = f"dates of {past} promises and targets have"
    words = f"The {noun} passed." if past else "No promise or target was due yet."
    if unknown:
        words += f" For {unknown}, nothing published shows the outcome."
    return f"{words} {ahead or 'No date'} {'lie' if ahead > 1 else 'lies'} ahead."


def without_date(number: int) -> str:
    """Say how many promises name no date, to open a list of them."""
    return "1 promise names no date:" if number == 1 else f"{number} promises name no date:"


def promises_of_kind(kind: str, statuses: Sequence[str]) -> str:
    """Count the promises of a kind, and what can be shown of them.

    Examples
    --------
    >>> promises_of_kind("in_place", ["no_evidence_yet", "achieved", "no_evidence_yet"])
    'Something in place: 3 (1 achieved and 2 with no evidence yet)'
    """
    start = f"{MILESTONE_KINDS[kind]}: {len(statuses)}"
    names = {name: words.lower() for name, (_, words) in MILESTONE_STATUSES.items()}
    names["no_evidence_yet"] = f"with {names['no_evidence_yet']}"
    found = [name for name in names if name in statuses]
    if len(found) == 1:
        return f"{start}, {'all ' * (len(statuses) > 1)}{names[found[0]]}"
    return f"{start} ({join_words(f'{statuses.count(name)} {names[name]}' for name in found)})"


def _time_between(start: date, end: date) -> str:
    """Write the time from one day to a later one, as `due_in_words` does."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months_after(start, months) > end:
        months -= 1
    if months == 0:
        return _counted((end - start).days, "day")
    whole, following = months_after(start, months), months_after(start, months + 1)
    if 2 * (end - whole) >= following - whole:
        months += 1
    years, months = divmod(months, 12)
    units = {"year": years, "month": months}
    return join_words(_counted(number, unit) for unit, number in units.items() if number)


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'s' * (number != 1)}"
