"""The words that stand beside a verdict: how sure, how usual, how elsewhere, how far to go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from helpers.formats import (
    format_change,
    format_value,
    join_words,
    named,
    rounded,
    told_apart,
    when,
)
from helpers.periods import month

EVIDENCE = {
    "clear": "hardly chance",
    "could_be_chance": "could be chance",
    "too_few_to_judge": "too few to tell",
    "not_testable": "chance not tested",
}
"""What the test of a change says, as a label."""

BANDS = {"A": "best", "B": "second best", "C": "second worst", "D": "worst"}

_SAID = {
    "clear": "chance alone would rarely make a change of this size",
    "could_be_chance": "a change of this size could be chance",
    # Of many children it can be few whom a change concerns: 3 of 1,000, or all but 3.
    "too_few_to_judge": "the change rests on too few of them to tell whether it is chance",
}

_PLACES = {
    "national": "the whole country",
    "region": "the region",
    "statistical_neighbours": "statistical neighbours",
}


def evidence_sentence(assessment: object) -> str:
    """Say in one plain line whether chance alone could have made a change.

    Empty where there is no change to test.

    Examples
    --------
    >>> from types import SimpleNamespace as Row
    >>> evidence_sentence(Row(evidence="could_be_chance", previous_denominator=Decimal(1030),
    ...     latest_denominator=Decimal(978), of="children looked after", unit="percent"))
    'Based on 1,030, then 978 children looked after: a change of this size could be chance.'
    """
    row = assessment
    if not row.evidence:
        return ""
    if row.evidence == "not_testable":
        reason = row.evidence_reason.removeprefix("cannot be calculated: ")
        return f"Not tested for chance: {reason}."
    said = _SAID[row.evidence]
    if row.unit == "number":
        both = f"{_counted(row.previous_value)} and {_counted(row.latest_value)}"
        return f"With counts of {both} {row.of}, {said}."
    if row.unit == "percent":
        both = (_counted(row.previous_denominator), _counted(row.latest_denominator))
        return f"Based on {', then '.join(dict.fromkeys(both))} {row.of}: {said}."
    both = f"{_counted(row.previous_numerator)} and {_counted(row.latest_numerator)}"
    return f"Based on {both} cases: {said}."


def borderline_sentence(assessment: object) -> str:
    """Say that another reading of the rule would give another verdict; empty where none would."""
    row = assessment
    return f"The verdict is borderline. {row.borderline}" if row.borderline else ""


def trend_sentence(assessment: object) -> str:
    """Say whether the five latest years go one way; empty where that cannot be calculated.

    Examples
    --------
    >>> from types import SimpleNamespace as Row
    >>> trend_sentence(Row(recent_trend="decreasing", polarity="neutral"))
    'Over the five latest years it fell on the whole, by more than chance would explain.'
    """
    row = assessment
    if row.recent_trend == "no_significant_change":
        return "Over the five latest years it did not clearly rise or fall."
    moved = {"increasing": "rose", "decreasing": "fell"}.get(row.recent_trend)
    if not moved:
        return ""
    said = f"Over the five latest years it {moved} on the whole, by more than chance would explain"
    if row.polarity not in ("higher", "lower"):
        return f"{said}."
    better = (row.recent_trend == "increasing") == (row.polarity == "higher")
    return f"{said}: it got {'better' if better else 'worse'}."


def variation_sentence(assessment: object) -> str:
    """Say whether the latest figure is one of a series' usual ups and downs.

    Empty for a series without limits. A figure within them can still end an unusual run.

    Examples
    --------
    >>> from types import SimpleNamespace as Row
    >>> variation_sentence(Row(variation="special_cause_concern", assurance="", unit="days",
    ...     decimals=0, latest_period="March 2023", latest_value=Decimal(60),
    ...     usual_lower=Decimal("40.2"), usual_upper=Decimal("55.1")))
    'The figure for March 2023 is worse than its usual ups and downs, 40 days to 55 days.'
    """
    row = assessment
    if not row.variation or None in (row.latest_value, row.usual_lower, row.usual_upper):
        return ""
    usual = f"its usual ups and downs, {_usual_range(row)}"
    place, run = {
        "common_cause": ("within", ""),
        "special_cause_improvement": ("better than", "a change for the better"),
        "special_cause_concern": ("worse than", "a change for the worse"),
        "special_cause_neutral_high": ("above", "a rise"),
        "special_cause_neutral_low": ("below", "a fall"),
    }[row.variation]
    latest = f"The figure for {named(row.latest_period)} is"
    if run and row.usual_lower <= row.latest_value <= row.usual_upper:
        said = f"{latest} within {usual}, but the latest figures together point to {run}."
    else:
        said = f"{latest} {place} {usual}."
    target = {
        "consistent_pass": "nearly always met",
        "consistent_fail": "hardly ever met",
        "inconsistent": "sometimes met and sometimes missed",
    }.get(row.assurance)
    return f"{said} With such ups and downs the target is {target}." if target else said


def elsewhere_sentence(assessment: object, names: Mapping[str, str]) -> str:
    """Say how the latest figure stands beside other places' for the same period.

    Empty where there is no figure of another place.

    Parameters
    ----------
    names
        What ``national``, ``region`` and ``statistical_neighbours`` are called; those left out
        have a plain name.

    Examples
    --------
    >>> from types import SimpleNamespace as Row
    >>> elsewhere_sentence(Row(latest_period="2024", latest_value=Decimal("56.3"), unit="percent",
    ...     decimals=1, polarity="higher", national_value=Decimal("46.4"), region_value=None,
    ...     neighbours_value=None, neighbours_counted=None, authority_rank=None),
    ...     {"national": "England"})
    'Compared with elsewhere in 2024: better than England (46.4%).'
    """
    row = assessment
    if row.latest_value is None:
        return ""
    called = _PLACES | dict(names)
    places: dict[str, list[str]] = {}
    for kind, value in (
        ("national", row.national_value),
        ("region", row.region_value),
        ("statistical_neighbours", row.neighbours_value),
    ):
        if value is None:
            continue
        name, figure = called[kind], format_value(value, row.unit, row.decimals)
        if kind == "statistical_neighbours":
            name = f"{name[:1].lower()}{name[1:]}"
            if counted := row.neighbours_counted:
                figure += f", {'the average of ' * (counted > 1)}{counted} of them"
        places.setdefault(_standing(row, value), []).append(f"{name} ({figure})")
    parts = [f"{how} {join_words(found)}" for how, found in places.items()]
    words = []
    if parts:
        words.append(f"Compared with elsewhere {when(row.latest_period)}: {'; '.join(parts)}.")
    if row.authority_rank is not None:
        words.append(
            f"Of {row.authorities_ranked} local authorities it was number {row.authority_rank}, "
            f"counted from the best: in the {BANDS[row.quartile_band]} quarter."
        )
    return " ".join(words)


def target_sentence(assessment: object) -> str:
    """Say whether a target was met, or how far it is to one; empty where there is none."""
    row = assessment
    if row.target_value is None:
        return ""
    least, away = {"floor": ("at least", "short"), "ceiling": ("at most", "over")}[row.target_kind]
    # A target is never rounded: 82.5% is not met by 82.7% of a measure shown as 83%.
    written = max(int(row.decimals), -row.target_value.normalize().as_tuple().exponent)
    target = f"{least} {format_value(row.target_value, row.unit, written)}"
    past = f"The target for {named(row.target_period)} was {target}."
    ahead = f"The target for {named(row.target_period)} is {target}"
    if row.target_met == "yes":
        return f"{past} It was met."
    if row.latest_value is None or row.target_gap is None or row.target_status == "no_evidence_yet":
        return f"{ahead}. There is no figure for that time yet."
    distance = f"{_amount(row.target_gap, row)} {away}"
    if row.target_met == "no" or row.target_status == "missed":
        return f"{past} It was not met: {distance}."
    if not row.target_gap:
        return f"{ahead}. That is reached already."
    if row.target_status == "achieved":
        return f"{ahead}. An earlier figure reached it; the latest is {distance}."
    return f"{ahead}: still {distance}. {_on_the_way(row)}".strip()


def _on_the_way(row: object) -> str:
    """Say where the straight line stands, what pace it needs, and where the pace so far leads."""
    parts = []
    if row.expected_gap is not None:
        decimals = told_apart(row.decimals, row.latest_value, row.expected_value)
        expected = format_value(row.expected_value, row.unit, decimals)
        side = "behind" if row.expected_gap > 0 else "ahead"
        place = f"{_amount(row.expected_gap, row)} {side}" if row.expected_gap else "on it"
        parts.append(
            f"A straight line from the start to the target passes {expected} "
            f"{when(row.latest_period)}: the figure is {place}."
        )
    if row.pace_needed:
        moves = "rise" if row.pace_needed > 0 else "fall"
        pace = _amount(row.pace_needed, row, int(row.decimals) + 1)
        parts.append(f"To get there in time it must {moves} at a pace of {pace} a year.")
    if row.projected is not None:
        start, end = _month(row.projected_earliest), _month(row.projected_latest)
        said = f"At the pace so far it would get there about {_month(row.projected)}"
        if not end:
            said += f", but it could be any time from {start}, or never"
        elif start != end:
            said += f", but it could be any time from {start} to {end}"
        parts.append(f"{said}.")
    return " ".join(parts)


def _usual_range(row: object) -> str:
    """Write the usual range, so that its ends read differently from each other and the latest."""
    lower, upper = row.usual_lower, row.usual_upper
    pairs = ((lower, upper), (lower, row.latest_value), (upper, row.latest_value))
    decimals = max(told_apart(row.decimals, *pair) for pair in pairs)
    return " to ".join(format_value(bound, row.unit, decimals) for bound in (lower, upper))


def _standing(row: object, value: Decimal) -> str:
    """Say on which side of another place's figure the latest is.

    Which of two rates of need is better, nobody knows: more may be in need, or more be found.
    """
    if row.latest_value == value:
        return "the same as"
    if rounded(row.latest_value, row.decimals) == rounded(value, row.decimals):
        return "about the same as"
    above = row.latest_value > value
    if row.polarity not in ("higher", "lower") or row.unit.startswith("rate_"):
        return "above" if above else "below"
    return "better than" if above == (row.polarity == "higher") else "worse than"


def _amount(change: Decimal, row: object, decimals: int | None = None) -> str:
    """Write how much it is, without a sign, with enough decimals not to read as nothing."""
    size = abs(change)
    decimals = told_apart(row.decimals if decimals is None else decimals, size, Decimal(0))
    return format_change(size, row.unit, decimals).lstrip("+")


def _counted(number: Decimal) -> str:
    return format_value(number, "number", 0)


def _month(day: date | None) -> str:
    return str(month(day.year, day.month)) if day else ""
