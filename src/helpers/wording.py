"""From an assessment to words: every sentence with a number or a direction is made here.

Plain English for a reader who has never seen a statistic. A sentence names both periods, says which
way is good, and never says better or worse where the rule does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

DIRECTIONS = {
    "improving": ("↑", "Improving"),
    "declining": ("↓", "Declining"),
    "declining_within_margin": ("⇄", "Slightly worse, within the margin"),
    "no_change": ("↔", "No change"),
    "rose": ("▲", "Rose"),
    "fell": ("▽", "Fell"),
    "not_comparable": ("n/a", "Not comparable"),
}
"""Each direction's symbol and words; a symbol never stands without its words."""

SUMMARY_GROUPS = {
    "improving_or_good": "Improving, or still good",
    "to_be_improved": "To be improved",
    "little_change": "Little change",
    "not_judged": "Not judged",
    "no_recent_figure": "No recent figure",
}

POLARITIES = {
    "higher": "Higher is better.",
    "lower": "Lower is better.",
    "neutral": "Neither way counts as better.",
    "representative": "Closer to the benchmark is better.",
}

POLARITY_BASES = {
    "stated": "the plan’s report says so",
    "implied": "implied by the plan’s report",
    "ours": "our reading",
}

CHECKS = {
    "percentage_from_counts": "Percentages that their own counts do not give",
    "stated_change": "Stated changes that the figures do not give",
    "stated_difference": "Stated differences from elsewhere that the figures do not give",
    "total_of_parts": "Totals that their parts do not add up to",
    "shares_of_a_whole": "Shares that do not add up to 100%",
    "restated_figure": "Figures that one document gives in two ways",
    "exceeds_its_limit": "Figures larger than they should be beside another",
    "base_exceeds_its_limit": "Shares of more than there are",
    "bases_that_differ": "Totals of the same group that differ",
    "impossible_counts": "Counts that cannot be",
    "words_of_figure": "Figures worded as something else",
    "quarter_in_words": "Yearly figures worded as a quarter's",
    "title_and_figure": "Titles that promise another kind of figure",
    "published_arrow": "Printed arrows that differ from what the rule gives",
    "sources_differ": "Figures that two publishers give differently",
    "same_share_twice": "The same percentage for two measures",
    "unlike_bases": "Percentages that rest on very different numbers of cases",
    "revised_figure": "Figures that a later edition changed",
}
"""What each check of the data-quality page looks for, as its table's caption."""

_UNITS = {
    "percent": "{}%",
    "percentage_points": "{} percentage points",
    "points": "{} points",
    "number": "{}",
    "pounds": "£{}",
    "days": "{} days",
    "rate_per_10000": "{} per 10,000",
    "rate_per_100000": "{} per 100,000",
    "rank": "{}",
}


def format_value(value: Decimal | None, unit: str, decimals: int) -> str:
    """Write a figure as readers see it: rounded half up, thousands separated, with its unit.

    A whole number is written without decimals. A missing figure is 'not published'.

    Examples
    --------
    >>> format_value(Decimal("67.38"), "percent", 1), format_value(Decimal("10.0"), "percent", 1)
    ('67.4%', '10%')
    >>> format_value(Decimal("5469575"), "pounds", 0)
    '£5,469,575'
    """
    if value is None:
        return "not published"
    if unit == "rank":
        return _ordinal(int(value))
    number = _rounded(value, decimals)
    words = _with_unit(number, unit)
    return f"−{words}" if number < 0 else words


def qualified(value: Decimal | None, unit: str, decimals: int, qualifier: str) -> str:
    """Write a figure with what its source says of how exact it is.

    Examples
    --------
    >>> qualified(Decimal("2600"), "number", 0, "about")
    'about 2,600'
    """
    words = {"about": "about ", "at_least": "at least ", "at_most": "at most "}
    return words.get(qualifier, "") + format_value(value, unit, decimals)


def format_change(change: Decimal | None, unit: str, decimals: int) -> str:
    """Write a change in the measure's unit with its sign; percentages change in points.

    Examples
    --------
    >>> format_change(Decimal("-3.5"), "percent", 1)
    '−3.5 percentage points'
    """
    if change is None:
        return "not calculable"
    number = _rounded(change, decimals)
    unit = {"percent": "percentage_points"}.get(unit, unit)
    sign = "+" if number > 0 else "−" if number < 0 else ""
    return sign + _with_unit(number, unit)


def format_relative(relative_change: Decimal | None) -> str:
    """Write a relative change as a percentage of the earlier figure.

    Examples
    --------
    >>> format_relative(Decimal("-0.0519"))
    '−5.2%'
    """
    if relative_change is None:
        return "not calculable"
    number = _rounded(100 * relative_change, 1)
    sign = "+" if number > 0 else "−" if number < 0 else ""
    return f"{sign}{abs(number):,f}%"


def when(period: str) -> str:
    """Write a period as it stands in a sentence, with the word that goes before it.

    Parameters
    ----------
    period
        As `helpers.periods.Period` prints it.

    Examples
    --------
    >>> when("31 March 2023"), when("2022/23 academic year")
    ('on 31 March 2023', 'in the 2022/23 school year')
    >>> when("Autumn term 2022"), when("April 2022 to September 2022"), when("2022-23")
    ('in the autumn term 2022', 'from April 2022 to September 2022', 'in 2022-23')
    """
    period = period.replace("academic year", "school year")
    if re.match(r"\d{1,2} [A-Z][a-z]+ \d{4}$", period):
        return f"on {period}"
    if period.startswith("year to") or period.endswith(" year"):
        return f"in the {period}"
    if " term " in period:
        return f"in the {period[:1].lower()}{period[1:]}"
    return f"from {period}" if " to " in period else f"in {period}"


def named(period: str) -> str:
    """Write a period as a noun in a sentence.

    Examples
    --------
    >>> named("2021/22 academic year"), named("2022-23")
    ('the 2021/22 school year', '2022-23')
    """
    return when(period).split(" ", 1)[1]


def sentence(assessment: object) -> str:
    """Say what a measure shows, in one or two plain sentences.

    Parameters
    ----------
    assessment
        A row of the assessments: a `helpers.assessment.Assessment` or the same as a Series.

    Examples
    --------
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
    decimals = _decimals_that_tell_apart(row)
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
    row = assessment
    basis = POLARITY_BASES[row.polarity_basis]
    if row.polarity == "neutral":
        good = f"Neither way counts as better ({basis})"
    else:
        good = f"{POLARITIES[row.polarity].rstrip('.')} ({basis})"
    if row.relative_change is None:
        # Where the sentence already says why there is no verdict, it is not said again.
        return f"{good}." if row.previous_value is None else f"{good}. {row.direction_reason}"
    if row.latest_value == row.previous_value:
        return f"{good}. {row.direction_reason}"
    change = format_change(row.change, row.unit, row.decimals)
    share = format_relative(row.relative_change)
    moved = f"Change: {change}, which is {share} of the earlier figure."
    return f"{good}. {moved} {row.direction_reason}"


def counts_sentence_of(assessment: object) -> str:
    """Say what a percentage's own counts give, where that is not what was published."""
    row = assessment
    if row.computed_value is None or row.latest_value is None:
        return ""
    half_a_place = Decimal(5).scaleb(min(row.latest_value.as_tuple().exponent, 0) - 1)
    if abs(row.latest_value - row.computed_value) <= half_a_place:
        return ""
    given = format_value(row.computed_value, row.unit, int(row.decimals) + 1)
    counts = f"{row.latest_numerator:,} of {row.latest_denominator:,}"
    return f"The counts published beside it ({counts}) give {given}."


def target_sentence(assessment: object) -> str:
    """Say whether the target for the latest figure's period was met; empty where there is none."""
    row = assessment
    if row.target_value is None:
        return ""
    least = {"floor": "at least", "ceiling": "at most"}[row.target_kind]
    target = format_value(row.target_value, row.unit, row.decimals)
    met = {"yes": "It was met.", "no": "It was not met.", "": ""}[row.target_met]
    return f"The target for {named(row.latest_period)} was {least} {target}. {met}".strip()


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
        period = named(row.latest_period)
        return f"Our sources have nothing newer than {period}, so this may be out of date."
    if row.currency == "no_figure":
        return "There is no latest figure for this."
    return ""


def summary_line(assessment: object) -> str:
    """Say a measure's finding as one short line of the executive summary."""
    row = assessment
    latest = format_value(row.latest_value, row.unit, row.decimals)
    if row.latest_value is None:
        return row.title
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


def counts_sentence(groups: Iterable[str]) -> str:
    """Say how many measures stand under each heading of the executive summary.

    Examples
    --------
    >>> counts_sentence(["improving_or_good", "no_recent_figure", "no_recent_figure"])
    'Of 3 measures, 1 is improving or still good and 2 have no recent figure.'
    """
    groups = list(groups)
    phrases = {
        "improving_or_good": ("is improving or still good", "are improving or still good"),
        "to_be_improved": ("is to be improved", "are to be improved"),
        "little_change": ("has changed little", "have changed little"),
        "not_judged": ("is not judged", "are not judged"),
        "no_recent_figure": ("has no recent figure", "have no recent figure"),
    }
    parts = [
        f"{groups.count(group)} {one if groups.count(group) == 1 else many}"
        for group, (one, many) in phrases.items()
        if group in groups
    ]
    if not groups:
        return "There are no measures to count."
    if set(groups) == {"no_recent_figure"}:
        noun = "measure" if len(groups) == 1 else "measures"
        return f"Of {len(groups)} {noun}, none has a recent figure."
    noun = "measure" if len(groups) == 1 else "measures"
    return f"Of {len(groups)} {noun}, {join_words(parts)}."


def opening_sentence(rows: object) -> str:
    """Say what a quarter can tell of the plan's measures, and what it cannot.

    Parameters
    ----------
    rows
        The assessments of the plan's measures; ``currency`` and ``summary_group`` are used.
    """
    groups = list(rows["summary_group"])
    recent = sum(currency == "current" for currency in rows["currency"])
    start = f"The plan has {len(groups)} {'measure' if len(groups) == 1 else 'measures'}"
    if not recent:
        return f"{start}. None has a recent figure: our sources do not say how it is going."
    counted = [
        ("improving_or_good", "improving or still good"),
        ("to_be_improved", "getting worse"),
        ("little_change", "much the same"),
        ("not_judged", "without anything to compare with, or not judged"),
    ]
    parts = [f"{groups.count(group)} {words}" for group, words in counted if group in groups]
    rest = len(groups) - recent
    if not rest:
        return f"{start}: {join_words(parts)}."
    have = "has a recent figure" if recent == 1 else "have a recent figure"
    return (
        f"{start}, and {recent} of them {have}: {join_words(parts)}. "
        f"For the other {rest}, our sources do not say how things are now."
    )


def reproduced_sentence(reproduced: Iterable[str]) -> str:
    """Say how many published arrows the published rule gives.

    Examples
    --------
    >>> reproduced_sentence(["yes", "no", "yes"])  # doctest: +ELLIPSIS
    'The report prints an arrow or N/A for each of 3 measures. The rule, as we apply it, ...'
    """
    answers = list(reproduced)
    same = answers.count("yes")
    return (
        f"The report prints an arrow or N/A for each of {len(answers)} measures. The rule, as we "
        f"apply it, gives the same for {same} and something else for {len(answers) - same}."
    )


def findings_sentence(severities: Iterable[str]) -> str:
    """Say how many findings of each severity there are.

    Examples
    --------
    >>> findings_sentence(["contradiction", "revision", "revision"])
    'The checks found 1 contradiction, 0 cautions and 2 revised figures.'
    """
    severities = list(severities)
    names = {
        "contradiction": ("contradiction", "contradictions"),
        "caution": ("caution", "cautions"),
        "revision": ("revised figure", "revised figures"),
    }
    counts = [
        f"{severities.count(name)} {one if severities.count(name) == 1 else many}"
        for name, (one, many) in names.items()
    ]
    return f"The checks found {join_words(counts)}."


def join_words(words: Iterable[str]) -> str:
    """Join words as a sentence does: 'a, b and c'."""
    words = list(words)
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]


def _sentence_without_figure(row: object) -> str:
    if row.previous_value is None:
        return f"{row.title}: {row.direction_reason}"
    earlier = format_value(row.previous_value, row.unit, row.decimals)
    start = f"{row.title}: {earlier} {when(row.previous_period)}"
    return f"{start}. {row.direction_reason}"


def _decimals_that_tell_apart(row: object) -> int:
    """Return how many decimals two different figures need so as not to read alike."""
    decimals = int(row.decimals)
    if row.latest_value is None or row.previous_value in (None, row.latest_value):
        return decimals
    exact = -min(row.latest_value.as_tuple().exponent, row.previous_value.as_tuple().exponent)
    while decimals < exact and _rounded(row.latest_value, decimals) == _rounded(
        row.previous_value, decimals
    ):
        decimals += 1
    return decimals


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
            return f"{good}, so this got slightly worse, within the plan’s margin."
        case "no_change":
            return f"{good}: as far from it as before."
        case _:
            return f"{good}."


def _why_still_good(row: object) -> str:
    reasons = []
    if row.target_met == "yes":
        reasons.append("target met")
    if row.national_quartile == "top":
        reasons.append("reported in the best national quartile")
    return join_words(reasons)


def _with_unit(number: Decimal, unit: str) -> str:
    words = _UNITS[unit].format(f"{abs(number):,f}")
    return words.removesuffix("s") if abs(number) == 1 and words.endswith("s") else words


def _rounded(number: Decimal, decimals: int) -> Decimal:
    rounded = number.quantize(Decimal(1).scaleb(-int(decimals)), rounding=ROUND_HALF_UP)
    return rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded


def _ordinal(number: int) -> str:
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
