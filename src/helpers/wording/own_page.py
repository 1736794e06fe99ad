"""Words that stand on an indicator's own page alone: what is good, what is counted, how final."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from helpers.formats import format_relative, format_value, join_words, when
from helpers.periods import day_label, parse_period
from helpers.wording.verdict import polarity_sentence

FREQUENCIES = {
    "annual": "Once a year.",
    "termly": "Once a term.",
    "quarterly": "Once a quarter.",
    "monthly": "Once a month.",
    "once": "Once only, so far.",
}

STATUSES = {
    "": "As published",
    "not_available": "Not available",
    "provisional": "Provisional",
    "revised": "Revised",
}
"""How final a figure is, as its source says; a status that is not listed is shown by its name."""

PARTS = {"ambition": "Ambition", "bee": "Outcome Bee", "area": "Area of improvement"}
"""What the parts of a plan are called, by its `parts_are`."""

_QUARTILES = {"top": "best", "second": "second best", "third": "second worst", "bottom": "worst"}

_TESTED = ("higher", "lower", "representative")


def no_figure_sentence(as_at: date) -> str:
    """Say that our sources have nothing at all of an indicator.

    Examples
    --------
    >>> no_figure_sentence(date(2026, 9, 30))
    'Our sources published by 30 September 2026 have no figure for this indicator.'
    """
    return f"Our sources published by {day_label(as_at)} have no figure for this indicator."


def what_is_good(row: object, margin: Decimal, margin_basis: str) -> list[str]:
    """Say which way is good for a measure, who says so, and how much worse is only slightly worse.

    Parameters
    ----------
    row
        The measure's assessment.
    margin, margin_basis
        The plan's.
    """
    said = [f"{polarity_sentence(row)}."]
    if row.benchmark:
        value = format_value(row.benchmark_value, row.unit, row.decimals)
        said.append(f"The benchmark is {row.benchmark}: {value}.")
    if row.polarity in _TESTED:
        basis = "the plan says so" if margin_basis == "stated" else "our choice"
        said.append(
            "A change for the worse of no more than "
            f"{format_relative(margin).lstrip('+')} of the earlier figure is called slightly worse "
            f"({basis})."
        )
    if row.national_quartile:
        said.append(
            f"The report says that it was in the {_QUARTILES[row.national_quartile]} quarter of "
            f"all areas {when(row.latest_period)}."
        )
    return said


def targets_sentence(targets: Iterable[object], measure: object) -> str:
    """List the targets that a plan sets for a measure; or say that it sets none.

    Examples
    --------
    >>> from types import SimpleNamespace as Entry
    >>> schools = Entry(unit="number", decimals=0, year_type="financial")
    >>> targets_sentence([Entry(kind="floor", value=Decimal(6), period="2023-24")], schools)
    'The target: at least 6 in 2023-24.'
    """
    listed = []
    for target in targets:
        least = {"floor": "at least", "ceiling": "at most"}[target.kind]
        # A target is never rounded.
        places = max(int(measure.decimals), -target.value.normalize().as_tuple().exponent)
        period = when(str(parse_period(target.period, measure.year_type)))
        listed.append(f"{least} {format_value(target.value, measure.unit, places)} {period}")
    if not listed:
        return (
            "Our sources give no target for it. So this page can say which way it went, and not "
            "whether that is good enough."
        )
    return f"The target{'s' if len(listed) > 1 else ''}: {join_words(listed)}."


def what_is_counted(row: object, measure: object) -> list[tuple[str, str]]:
    """Say what a measure's figures are made of: each part's name, and what it is.

    Parameters
    ----------
    row
        The measure's assessment; numerator and denominator are those of its latest figure.
    """
    facts = [("Definition", measure.definition)]
    if measure.unit == "percent" or measure.unit.startswith("rate_"):
        cases = "Those of them" if measure.unit == "percent" else "The cases"
        cases += " that the definition counts"
        facts.append(("Numerator", _counted(cases, row, "numerator")))
        whole = f"{measure.of[:1].upper()}{measure.of[1:]}"
        facts.append(("Denominator", _counted(whole, row, "denominator")))
    else:
        facts.append(("Of what", f"{measure.of[:1].upper()}{measure.of[1:]}."))
    facts.append(("How often", FREQUENCIES[measure.frequency]))
    facts += [
        (f"New definition from {entry.from_period}", entry.reason) for entry in measure.breaks
    ]
    if row.covers:
        facts.append(("A part only", f"It is a part of what is asked for: {row.covers}."))
    return facts


def status_words(status: str, revised_from: str = "", new_definition: str = "") -> str:
    """Say how final a figure is, what it was before, and that what is counted changed with it.

    Parameters
    ----------
    revised_from
        The figure that it replaced, with the day of its publication; empty where there was none.
    new_definition
        Why figures from this one on cannot be compared with those before.

    Examples
    --------
    >>> status_words("provisional"), status_words("", "51 (20 June 2024)")
    ('Provisional', 'Revised: it was 51 (20 June 2024)')
    """
    words = STATUSES.get(status, status.replace("_", " ").capitalize())
    if revised_from:
        known = "" if status in ("", "revised") else f"{words}. "
        words = f"{known}Revised: it was {revised_from}"
    return f"{words}. New definition: {new_definition}" if new_definition else words


def _counted(what: str, row: object, part: str) -> str:
    """Name the upper or lower part of a share, with its latest number where that is published."""
    number = getattr(row, f"latest_{part}")
    if number is not None:
        return f"{what}: {number:,} {when(row.latest_period)}."
    if row.latest_value is None:
        return f"{what}."
    return f"{what}. Our sources do not give the number."
