"""A verdict as a sentence, and how it follows from the two figures."""

from __future__ import annotations

from helpers.formats import (
    format_change,
    format_relative,
    format_value,
    named,
    qualified,
    told_apart,
    when,
)
from helpers.numbers import half_a_place
from helpers.wording.labels import POLARITIES, POLARITY_BASES


def sentence(assessment: object) -> str:
    """Say what a measure shows, in one or two plain sentences.

    Parameters
    ----------
    assessment
        A row of the assessments: a `helpers.assessment.Assessment` or the same as a Series.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from types import SimpleNamespace as Row
    >>> row = Row(title="Lost", unit="days", decimals=1, polarity="lower",
    ...     latest_value=Decimal("6.3"), latest_period="2022-23",
    ...     latest_period_kind="financial_year", latest_status="", latest_qualifier="exact",
    ...     previous_value=Decimal("5.6"), previous_period="2021-22",
    ...     relative_change=Decimal("0.125"), direction="declining",
    ...     direction_reason="", benchmark_value=None, benchmark_position="")
    >>> sentence(row)
    'Lost: 6.3 days in 2022-23, up from 5.6 days in 2021-22. Lower is better, so this got worse.'
    """
    row = assessment
    if row.latest_value is None:
        return _sentence_without_figure(row)
    decimals = told_apart(row.decimals, row.latest_value, row.previous_value)
    latest = qualified(row.latest_value, row.unit, decimals, row.latest_qualifier)
    start = f"{row.title}: {latest} {when(row.latest_period)}"
    if row.latest_status == "provisional":
        start += " (provisional)"
    if row.benchmark_value is not None and row.previous_value is None:
        return f"{start}. {_beside_benchmark(row)}"
    if row.previous_value is None:
        return f"{start}. {row.direction_reason}"
    earlier = f"{format_value(row.previous_value, row.unit, decimals)} {when(row.previous_period)}"
    if row.direction == "not_comparable":
        return f"{start}; {earlier}. The two cannot be compared. {row.direction_reason}"
    if row.latest_value == row.previous_value:
        return f"{start}, the same as {when(row.previous_period)}."
    moved = "up" if row.latest_value > row.previous_value else "down"
    return f"{start}, {moved} from {earlier}. {_verdict(row)}"


def from_to(assessment: object) -> str:
    """Write the two figures that are compared: '15.4% to 15.7%'."""
    row = assessment
    figures = (row.previous_value, row.latest_value)
    return " to ".join(format_value(value, row.unit, row.decimals) for value in figures)


def how_we_judged(assessment: object) -> str:
    """Say how the direction follows from the two figures, for a reader who wants to check it."""
    row, good = assessment, polarity_sentence(assessment)
    if row.relative_change is None:
        # Where the sentence already says why there is no verdict, it is not said again.
        return f"{good}." if row.previous_value is None else f"{good}. {row.direction_reason}"
    if row.latest_value == row.previous_value:
        return f"{good}. {row.direction_reason}"
    change = format_change(row.change, row.unit, row.decimals)
    share = format_relative(row.relative_change)
    moved = f"Change: {change}, which is {share} of the earlier figure."
    return f"{good}. {moved} {row.direction_reason}"


def polarity_sentence(assessment: object) -> str:
    """Say which way is good, and who says so; without a full stop.

    Examples
    --------
    >>> from types import SimpleNamespace as Row
    >>> polarity_sentence(Row(polarity="lower", polarity_basis="stated"))
    'Lower is better (the document says so)'
    """
    row = assessment
    return f"{POLARITIES[row.polarity].rstrip('.')} ({POLARITY_BASES[row.polarity_basis]})"


def counts_sentence_of(assessment: object) -> str:
    """Say what a percentage's own counts give, where that is not what was published."""
    row = assessment
    if row.computed_value is None or row.latest_value is None:
        return ""
    if abs(row.latest_value - row.computed_value) <= half_a_place(row.latest_value):
        return ""
    given = format_value(row.computed_value, row.unit, int(row.decimals) + 1)
    counts = f"{row.latest_numerator:,} of {row.latest_denominator:,}"
    return f"The counts published beside it ({counts}) give {given}."


def preceding_sentence(assessment: object) -> str:
    """Say what the period just before the latest had; a difference, but no direction."""
    row = assessment
    if row.preceding_value is None or row.latest_value is None:
        return ""
    before = format_value(row.preceding_value, row.unit, row.decimals)
    change = row.latest_value - row.preceding_value
    moved = "no change" if not change else format_change(change, row.unit, row.decimals)
    return f"The period before, {named(row.preceding_period)}: {before} ({moved} since)."


def currency_note(assessment: object) -> str:
    """Say that a figure is old, or that there is none; empty where it is current."""
    row = assessment
    if row.currency == "old":
        period = named(row.latest_period or row.stated_period)
        return f"Our sources have nothing newer than {period}, so this may be out of date."
    if row.currency == "no_figure":
        return "There is no latest figure for this."
    return ""


def _sentence_without_figure(row: object) -> str:
    if row.change_in_words:
        return f"{row.title}: {row.change_in_words}. {row.direction_reason}"
    if row.previous_value is None:
        return f"{row.title}: {row.direction_reason}"
    earlier = format_value(row.previous_value, row.unit, row.decimals)
    start = f"{row.title}: {earlier} {when(row.previous_period)}"
    return f"{start}. {row.direction_reason}"


def _beside_benchmark(row: object) -> str:
    benchmark = format_value(row.benchmark_value, row.unit, row.decimals)
    if row.benchmark_position == "equal":
        place = "the same as"
    else:
        gap = format_change(abs(row.latest_value - row.benchmark_value), row.unit, row.decimals)
        place = f"{gap.lstrip('+')} {row.benchmark_position}"
    return (
        f"That is {place} the benchmark ({row.benchmark}: {benchmark}). Closer is better, but "
        "there is no earlier figure to compare with."
    )


def _verdict(row: object) -> str:
    good = POLARITIES[row.polarity].rstrip(".")
    match row.direction:
        case "improving":
            return f"{good}, so this got better."
        case "declining":
            return f"{good}, so this got worse."
        case "declining_within_margin":
            return f"{good}, so this got slightly worse, within the margin."
        case "no_change":
            return f"{good}: as far from it as before."
        case _:
            return f"{good}."
