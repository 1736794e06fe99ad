"""From an assessment to words: every sentence with a number or a direction is made here.

Plain English for a reader who has never seen a statistic. A sentence names both periods, says which
way is good, and never says better or worse where the rule does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from helpers.formats import (
    format_change,
    format_relative,
    format_value,
    join_words,
    named,
    qualified,
    rounded,
    when,
)
from helpers.observations import NOT_STATED

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
    "stated": "the document says so",
    "implied": "implied by the document",
    "ours": "our reading",
}

WANTED = {
    "": "",
    "up": "Should go up",
    "down": "Should go down",
    "monitor": "Watched, not judged",
}
"""What the arrow of an indicator wants, in words."""

FIGURES = {
    "all": "Has published figures",
    "part": "Figures for a part of it",
    "none": "No figure published",
}

HOME_GROUPS = {
    "better": ("↑", "Got better", "Better"),
    "worse": ("↓", "Did not", "Not"),
    "watched": ("◇", "Watched", "Watched"),
    "unknown": ("?", "Nobody can tell yet", "Unknown"),
}
"""Each group's symbol, its words, and a short word for the heading of a narrow column."""

NOT_KNOWN = {
    "none": "No figure has been published",
    "part": "Only a part has figures",
    "old": "The newest figure is old",
}

PERIOD_KINDS = {
    "date": "a day",
    "month": "a month",
    "quarter": "a quarter",
    "term": "a term",
    "financial_year": "a financial year",
    "academic_year": "a school year",
    "calendar_year": "a calendar year",
    "year_to_september": "a year to September",
    "years": "several years",
    "range": "a stretch of time",
}

MILESTONE_KINDS = {
    "number_by_date": "A number by a date",
    "places_or_things": "A number of places",
    "in_place": "Something in place",
    "direction": "A change for the better",
    "qualitative_evidence": "Evidence in words",
}

MILESTONE_STATUSES = {
    "achieved": ("✓", "Achieved"),
    "on_track": ("↗", "On track"),
    "behind": ("↘", "Behind"),
    "missed": ("✗", "Missed"),
    "not_started": ("○", "Not started"),
    "no_evidence_yet": ("?", "No evidence yet"),
}
"""Each status's symbol and words; a symbol never stands without its words."""

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
    "comparison_of_another_year": "Comparisons that belong to another year",
    "baseline_of_another_kind": "Changes between periods of different kinds",
    "two_readings": "Statements that can be read in two ways",
    "claims_that_differ": "What documents say of one another, and not alike",
    "revised_figure": "Figures that a later edition changed",
}
"""What each check of the data-quality page looks for, as its table's caption."""


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


def since_baseline(assessment: object) -> str:
    """Say how far a measure has come since the document's own baseline; never with an arrow.

    Empty where there is no baseline.

    Examples
    --------
    >>> from types import SimpleNamespace as Row
    >>> since_baseline(Row(unit="percent", decimals=0, latest_value=Decimal(89),
    ...     latest_period="September 2025", latest_qualifier="exact", baseline_value=Decimal(38),
    ...     baseline_period="July 2023", baseline_reason=""))
    'Up from 38% in July 2023 to 89% in September 2025.'
    """
    row = assessment
    if row.baseline_value is None:
        return ""
    decimals = _decimals_that_tell_apart(row, row.baseline_value)
    latest = qualified(row.latest_value, row.unit, decimals, row.latest_qualifier)
    latest = f"{latest} {when(row.latest_period)}"
    before = format_value(row.baseline_value, row.unit, decimals)
    before = f"{before} {when(row.baseline_period)}"
    if row.baseline_reason:
        return (
            f"The document sets {latest} beside {before}. We do not compare the two: "
            f"{row.baseline_reason}"
        )
    if row.latest_value == row.baseline_value:
        return f"The same as at the start: {before} and {latest}."
    moved = "Up" if row.latest_value > row.baseline_value else "Down"
    return f"{moved} from {before} to {latest}."


def stated_change(changes: Sequence, area: str) -> str:
    """Say how a document words a change for which it gives no figures; empty for none.

    Parameters
    ----------
    changes
        Rows of the tidy table, one for the area or one for each of its parts.
    area
        Other areas are named.

    Examples
    --------
    >>> from types import SimpleNamespace as Row
    >>> stated_change([Row(kind="change_percent", value=Decimal(-99), qualifier="exact", area="X",
    ...     period="November 2024", against="September 2023")], "X")
    'down 99% from September 2023 to November 2024'
    """
    return "; ".join(
        _one_change(row) if row.area == area else f"{row.area}: {_one_change(row)}"
        for row in changes
    )


def unclear_statement(statement: object, document: str) -> str:
    """Say that a published statement can be read in two ways, with what it says of itself.

    Parameters
    ----------
    statement
        A row of the tidy table whose kind is ``unclear``.
    document
        The one that makes it.
    """
    said = f"Of {named(statement.period)}, {document} says: “{statement.as_published}”."
    return f"{said} {statement.note}".strip()


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


def _one_change(row: object) -> str:
    unit = "percent" if row.kind == "change_percent" else "percentage_points"
    decimals = max(-row.value.as_tuple().exponent, 0)
    size = qualified(abs(row.value), unit, decimals, row.qualifier)
    change = f"{'up' if row.value > 0 else 'down'} {size}" if row.value else "no change"
    if unit == "percent" and row.value >= 100 and row.value % 100 == 0:
        # "Up 200%" is easily taken for twice as many.
        times = qualified(1 + row.value / 100, "number", 0, row.qualifier)
        change = f"to {times} times as many"
    if row.against == NOT_STATED:
        return f"{change} (the document does not say since when)"
    return f"{change} from {named(row.against)} to {named(row.period)}"


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


def evidence_sentence(assessment: object) -> str:
    """Say in one plain line whether chance alone could have made a change.

    Empty where there are no counts to test it by.

    Examples
    --------
    >>> from types import SimpleNamespace as Row
    >>> evidence_sentence(Row(evidence="could_be_chance", latest_denominator=Decimal(978),
    ...     of="children looked after"))
    'Based on 978 children looked after: a change of this size could be chance.'
    """
    row = assessment
    if row.evidence in ("", "not_testable"):
        return ""
    said = {
        "clear": "chance alone would hardly make a change of this size",
        "could_be_chance": "a change of this size could be chance",
        "too_few_to_judge": "too few to tell whether the change is more than chance",
    }
    return f"Based on {row.latest_denominator:,} {row.of}: {said[row.evidence]}."


def borderline_sentence(assessment: object) -> str:
    """Say that another reading of the rule would give another verdict; empty where none would."""
    row = assessment
    return f"The verdict is borderline. {row.borderline}" if row.borderline else ""


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
    decimals = _decimals_that_tell_apart(row)
    latest = qualified(row.latest_value, row.unit, decimals, row.latest_qualifier)
    line = f"{row.title}: {latest} {when(row.latest_period)}"
    if row.previous_value is None or row.direction == "not_comparable":
        return line
    if row.latest_value == row.previous_value:
        return f"{line}, as before"
    moved = "up" if row.latest_value > row.previous_value else "down"
    return f"{line}, {moved} from {format_value(row.previous_value, row.unit, decimals)}"


def last_known_line(assessment: object) -> str:
    """Say in a line what was last known of a measure that nobody can judge now."""
    row = assessment
    if row.latest_value is None:
        return f"{row.title}: {row.change_in_words}" if row.change_in_words else row.title
    decimals = _decimals_that_tell_apart(row, row.baseline_value)
    latest = qualified(row.latest_value, row.unit, decimals, row.latest_qualifier)
    line = f"{row.title}: {latest} {when(row.latest_period)}"
    if row.since_baseline:
        moved = "up" if row.since_baseline > 0 else "down"
        before = format_value(row.baseline_value, row.unit, decimals)
        line += f", {moved} from {before} {when(row.baseline_period)}"
    elif row.since_baseline is not None:
        line += f", the same as {when(row.baseline_period)}"
    return line if row.currency == "current" else f"{line}; nothing newer"


def indicators_sentence(states: Iterable[str]) -> str:
    """Say for how many indicators there are figures.

    Parameters
    ----------
    states
        For each indicator what `helpers.indicators.figures_for` gives.

    Examples
    --------
    >>> indicators_sentence(["all", "part", "none", "none"])
    'Of 4 indicators, 1 has published figures, 1 has figures for a part of it, and 2 have none.'
    """
    states = list(states)
    have = {name: states.count(name) for name in ("all", "part", "none")}
    verb = {name: "has" if number == 1 else "have" for name, number in have.items()}
    noun = "indicator" if len(states) == 1 else "indicators"
    return (
        f"Of {len(states)} {noun}, {have['all']} {verb['all']} published figures, "
        f"{have['part']} {verb['part']} figures for a part of it, and {have['none']} "
        f"{verb['none']} none."
    )


def home_sentence(better: int, worse: int, watched: int, unknown: int) -> str:
    """Say how many things got better, how many did not, and how many nobody can tell.

    Parameters
    ----------
    watched
        Things that rose or fell, of which neither way counts as better.

    Examples
    --------
    >>> home_sentence(8, 2, 1, 9)
    'Of 20 things to follow, 8 got better, 2 did not, 1 is only watched, and 9 nobody can tell yet.'
    """
    total = better + worse + watched + unknown
    only = f"{watched} {'is' if watched == 1 else 'are'} only watched, " if watched else ""
    return (
        f"Of {total} things to follow, {better} got better, {worse} did not, {only}and {unknown} "
        "nobody can tell yet."
    )


def recent_sentence(groups: Iterable[str]) -> str:
    """Say what recent figures show, and how many figures are not recent.

    Examples
    --------
    >>> recent_sentence(["improving_or_good", "to_be_improved", "no_recent_figure"])
    'Of 3 measures, 1 got better, 1 got worse, and 1 cannot be told: no recent figure.'
    """
    groups = list(groups)
    phrases = {
        "improving_or_good": "got better",
        "to_be_improved": "got worse",
        "little_change": "hardly changed",
        "not_judged": "cannot be judged",
    }
    parts = [f"{groups.count(g)} {words}" for g, words in phrases.items() if g in groups]
    unknown = groups.count("no_recent_figure")
    if not groups:
        return "Nothing is measured yet."
    noun = "measure" if len(groups) == 1 else "measures"
    if not parts:
        return f"Of {len(groups)} {noun}, none has a recent figure."
    if not unknown:
        return f"Of {len(groups)} {noun}, {join_words(parts)}."
    return (
        f"Of {len(groups)} {noun}, {', '.join(parts)}, and {unknown} cannot be told: no recent "
        "figure."
    )


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


def _sentence_without_figure(row: object) -> str:
    if row.change_in_words:
        return f"{row.title}: {row.change_in_words}. {row.direction_reason}"
    if row.previous_value is None:
        return f"{row.title}: {row.direction_reason}"
    earlier = format_value(row.previous_value, row.unit, row.decimals)
    start = f"{row.title}: {earlier} {when(row.previous_period)}"
    return f"{start}. {row.direction_reason}"


def _decimals_that_tell_apart(row: object, earlier: Decimal | None = None) -> int:
    """Return how many decimals two different figures need so as not to read alike.

    Parameters
    ----------
    earlier
        The figure beside the latest; the previous one unless given.
    """
    decimals = int(row.decimals)
    before = row.previous_value if earlier is None else earlier
    if row.latest_value is None or before in (None, row.latest_value):
        return decimals
    exact = -min(row.latest_value.as_tuple().exponent, before.as_tuple().exponent)
    while decimals < exact and rounded(row.latest_value, decimals) == rounded(before, decimals):
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
            return f"{good}, so this got slightly worse, within the margin."
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
