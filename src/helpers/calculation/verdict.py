"""The steps to a measure's verdict: its figures, their counts, the rule, and other readings of it.

Each applies the rule's own function to the figures and writes its arithmetic out.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from helpers.calculation.step import (
    Facts,
    Step,
    not_possible,
    operand,
    plain,
    share_of,
    shortest,
    signed,
    without_counts,
    worked,
)
from helpers.comparison import currency_of
from helpers.definitions import CURRENT_FOR_MONTHS
from helpers.formats import qualified, rounded
from helpers.observations import period_of
from helpers.periods import day_label
from helpers.plans import FREQUENCY_OF_KIND
from helpers.sensitivity import OPPOSITE, WORSE, Reading, readings, turns
from helpers.weight import PER, computed_from_counts, counts_disagree, published_places
from helpers.wording import (
    DIRECTIONS,
    POLARITIES,
    borderline_sentence,
    counts_sentence_of,
    currency_note,
)

HOW_OFTEN = {
    "annual": "once a year",
    "termly": "once a term",
    "quarterly": "once a quarter",
    "monthly": "once a month",
    "once": "once",
}


def figures_step(facts: Facts) -> Step:
    """Say which two figures are set side by side, and why those."""
    comparison = facts.comparison
    latest, previous = comparison.latest, comparison.previous
    inputs = {
        "latest": _figure(latest),
        "previous": _figure(previous),
        "period_before": _figure(comparison.preceding),
        "baseline": _figure(comparison.baseline),
        "stated_changes": [_stated(change) for change in comparison.changes],
    }
    result = {
        "latest_value": comparison.latest_value,
        "previous_value": comparison.previous_value,
        "change": comparison.change,
    }
    if comparison.previous_value is None or comparison.latest_value is None:
        return not_possible("figures", comparison.direction.reason, inputs, result)
    working = [f"{_in_line(latest)} and {_in_line(previous, _cited(facts))}"]
    if period_of(previous) != period_of(latest).a_year_earlier():
        words = (
            "There is no figure for a year earlier. The definition allows the nearest earlier one "
            "of the same kind."
        )
    elif latest.period_kind in ("years", "range"):
        words = "The latest figure, and the one of the same kind for the time before it."
    else:
        words = "The latest figure, and the one of the same kind a year earlier."
    return worked("figures", inputs, working, result, words)


def computed_step(facts: Facts) -> Step | None:
    """Set what a percentage's or rate's own counts give beside what was published.

    None for other units, and where there is no figure.
    """
    times = PER.get(facts.measure.unit)
    if times is None or facts.comparison.latest_value is None:
        return None
    inputs: dict[str, object] = {"times": times}
    working, result = [], {}
    for name in ("latest", "previous"):
        figure = getattr(facts.comparison, name)
        if figure is None or figure.value is None:
            continue
        computed = computed_from_counts(figure, facts.measure)
        inputs |= {
            f"{name}_value": figure.value,
            f"{name}_numerator": figure.numerator,
            f"{name}_denominator": figure.denominator,
        }
        result[f"{name}_computed_value"] = computed
        agrees = "no" if counts_disagree(figure, facts.measure) else "yes"
        result[f"{name}_agrees"] = "" if computed is None else agrees
        if computed is not None:
            working.append(
                f"{plain(figure.numerator)} ÷ {plain(figure.denominator)} × {times:,} = "
                f"{plain(computed)}; published: {plain(figure.value)}"
            )
    if not working:
        reason = without_counts(facts.comparison.latest, facts.measure.unit)
        return not_possible("computed", reason, inputs, result)
    words = counts_sentence_of(facts.row)
    if not words and "no" in result.values():
        words = "For the latest figure they do; for the one before they do not."
    if not words and result["latest_agrees"] == "":
        words = "The latest figure has no counts; the one before agrees with its own."
    return worked("computed", inputs, working, result, words or "They do.")


def direction_step(facts: Facts) -> Step:
    """Apply the plan's rule to the two figures, with each line of its arithmetic."""
    comparison, polarity = facts.comparison, facts.entry.polarity
    inputs = {
        "latest": comparison.latest_value,
        "previous": comparison.previous_value,
        "polarity": polarity,
        "margin": facts.listed.plan.margin,
    }
    if facts.entry.benchmark:
        inputs["benchmark"] = comparison.benchmark
    result = {
        "direction": comparison.direction.direction,
        "change": comparison.change,
        "relative_change": comparison.direction.relative_change,
    }
    if not facts.judged:
        return not_possible("direction", comparison.direction.reason, inputs, result)
    return worked("direction", inputs, _arithmetic(facts), result, comparison.direction.reason)


def readings_step(facts: Facts) -> Step | None:
    """Give the direction by every other reading of the rule, also those that turn nothing.

    None where neither way counts as better: there is no verdict to turn.
    """
    polarity, margin = facts.entry.polarity, facts.listed.plan.margin
    if polarity == "neutral" or not facts.judged:
        return None
    if polarity not in OPPOSITE:
        reason = "the other readings are for measures of which more, or less, is better"
        return not_possible("other_readings", reason)
    previous, latest = facts.comparison.previous_value, facts.comparison.latest_value
    places = published_places(facts.comparison, facts.measure)
    ours = facts.comparison.direction.direction
    percentage = facts.measure.unit == "percent"
    others = list(readings(previous, latest, polarity, margin, percentage, places))
    inputs = {
        "latest": latest,
        "previous": previous,
        "polarity": polarity,
        "margin": margin,
        "decimal_places": list(places) if places else None,
        "direction": ours,
    }
    result = facts.of_weight("borderline") | {
        "readings": [_reading(reading, ours) for reading in others]
    }
    words = borderline_sentence(facts.row) or _firm(others, ours)
    return worked("other_readings", inputs, _readings_in_lines(others), result, words)


def recency_step(facts: Facts) -> Step:
    """Count the months since the latest figure's period ended, against those allowed."""
    comparison, as_at_day = facts.comparison, facts.quarter.as_at
    shown = comparison.latest or (comparison.changes[-1] if comparison.changes else None)
    currency = currency_of(shown, facts.measure, as_at_day, facts.entry.follows)
    frequency, allowed = facts.measure.frequency, facts.measure.months_current
    if facts.entry.follows:
        frequency = FREQUENCY_OF_KIND[facts.entry.follows]
        allowed = CURRENT_FOR_MONTHS[frequency]
    inputs = {
        "period": shown.period if shown else None,
        "period_end": shown.period_end if shown else None,
        "as_at": as_at_day,
        "frequency": frequency,
        "months_allowed": allowed,
    }
    if currency == "no_figure":
        result = {"currency": currency, "months": None}
        return not_possible("recency", currency_note(facts.row), inputs, result)
    end = shown.period_end
    months = (as_at_day.year - end.year) * 12 + as_at_day.month - end.month
    more = "more than " if months == allowed and currency == "old" else ""
    why = f"what is published {HOW_OFTEN[frequency]}"
    if facts.measure.current_for_months and not facts.entry.follows:
        why = "by the measure’s own definition a figure"
    working = [
        f"{day_label(end)} to {day_label(as_at_day)}: {more}{_months(months)}",
        f"{why} counts as recent for {_months(allowed)}",
    ]
    words = currency_note(facts.row) if currency == "old" else "Yes."
    return worked("recency", inputs, working, {"currency": currency, "months": months}, words)


def _figure(figure: object | None) -> dict[str, object] | None:
    """Return a figure with its counts and the place it comes from; None where there is none."""
    if figure is None:
        return None
    names = (
        *("area", "period", "period_end", "value", "qualifier", "numerator", "denominator"),
        *("status", "published", "source", "place"),
    )
    return {name: getattr(figure, name) for name in names}


def _stated(change: object) -> dict[str, object]:
    names = (
        *("area", "kind", "value", "qualifier", "against", "period", "period_end"),
        *("published", "source", "place"),
    )
    return {name: getattr(change, name) for name in names}


def _in_line(figure: object, cited: str = "") -> str:
    """Write a figure exactly as it was published, with its period."""
    places = max(-figure.value.as_tuple().exponent, 0)
    exactly = qualified(figure.value, "number", places, figure.qualifier)
    return f"{exactly} ({figure.period}{cited})"


def _cited(facts: Facts) -> str:
    """Cite the earlier figure as far as it does not come from where the latest one does."""
    latest, previous = facts.comparison.latest, facts.comparison.previous
    if previous.source != latest.source:
        return f"; {facts.definitions.sources[previous.source].document}, {previous.place}"
    return f"; {previous.place}" if previous.place != latest.place else ""


def _arithmetic(facts: Facts) -> Iterator[str]:
    """Write the rule's arithmetic out, line by line."""
    latest, previous = facts.comparison.latest_value, facts.comparison.previous_value
    polarity, margin = facts.entry.polarity, facts.listed.plan.margin
    direction = facts.comparison.direction.direction
    change, size = latest - previous, abs(previous)
    yield f"{plain(latest)} − {operand(previous)} = {plain(change)}"
    if change and size:
        yield _as_share(change, previous, margin)
    elif change:
        yield "of 0, no change is a share"
    if polarity == "representative":
        aim = facts.comparison.benchmark
        now, before = abs(latest - aim), abs(previous - aim)
        change = now - before
        yield (
            f"from the benchmark, {plain(aim)}: {plain(now)} away now, {plain(before)} before; "
            f"{plain(now)} − {plain(before)} = {plain(change)}"
        )
        if change > 0 and size:
            yield _as_share(change, previous, margin)
    good = POLARITIES[polarity].rstrip(".").lower()
    allowed = f"the margin of {shortest(100 * margin)}%"
    if direction == "improving":
        yield f"{good}, and a change for the better counts however small it is"
    elif direction in WORSE and not size:
        yield f"{good}, and a change for the worse from 0 is beyond {allowed}"
    elif direction in WORSE:
        beyond = "beyond" if direction == "declining" else "within"
        yield f"{good}; {allowed} is {shortest(margin * size)}: {beyond} it"


def _as_share(change: Decimal, previous: Decimal, margin: Decimal) -> str:
    """Divide a change by the earlier figure, taken without its sign."""
    share, bare = Fraction(change) / abs(Fraction(previous)), ""
    if previous < 0:
        bare = " (without its sign)"
    return (
        f"{plain(change)} ÷ {plain(abs(previous))}{bare} = {share_of(share)}, "
        f"that is {_percent(share, margin)}"
    )


def _percent(share: Fraction, margin: Decimal) -> str:
    """Write a share in percent, to as many decimals as tell it from nothing and from the margin."""
    number = Decimal(share.numerator) / Decimal(share.denominator) * 100
    places = 1
    while places < 9 and (
        not rounded(number, places)
        or (abs(share) != margin and abs(rounded(number, places)) == 100 * margin)
    ):
        places += 1
    return f"{signed(rounded(number, places))}%"


def _reading(reading: Reading, ours: str) -> dict[str, object]:
    """Return another reading with the figures and margin that it takes, and what it turns."""
    return {
        "reading": reading.name,
        "previous": reading.previous,
        "latest": reading.latest,
        "polarity": reading.polarity,
        "margin": reading.margin,
        "direction": reading.direction,
        "turns": "yes" if turns(ours, reading.direction) else "no",
    }


def _readings_in_lines(others: list[Reading]) -> Iterator[str]:
    """Write one line a reading; those within the rounding that give the same share one."""
    corners: dict[str, list[Reading]] = {}
    for reading in others:
        said = DIRECTIONS[reading.direction][1].lower()
        match reading.name:
            case "other margin":
                yield f"at a margin of {shortest(100 * reading.margin)}%: {said}"
            case "percentage points":
                yield f"at a margin of {shortest(reading.margin)} percentage points: {said}"
            case "share that is left":
                figures = f"{plain(reading.previous)} to {plain(reading.latest)}"
                yield f"as the share that is left, {figures}: {said}"
            case _:
                corners.setdefault(said, []).append(reading)
    for said, found in corners.items():
        pairs = [f"{plain(corner.previous)} to {plain(corner.latest)}" for corner in found]
        if len(corners) == 1:
            ends = [
                " or ".join(dict.fromkeys(plain(getattr(corner, name)) for corner in found))
                for name in ("previous", "latest")
            ]
            pairs = [" to ".join(ends)]
        yield f"before rounding, {' and '.join(pairs)}: {said}"


def _firm(others: list[Reading], ours: str) -> str:
    """Say that no other reading turns the verdict, and whether some give another word for it."""
    if all(reading.direction == ours for reading in others):
        return "No."
    return "Some have another word for it; none turns better into worse, or worse into better."


def _months(number: int) -> str:
    return f"{number} month{'s' * (number != 1)}"
