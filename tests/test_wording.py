"""Words: what readers are told, and what they must never be told."""

import re
from decimal import Decimal
from types import SimpleNamespace
from typing import get_args

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import wording
from helpers.direction import POLARITIES, direction_of_travel
from helpers.milestones import STATUSES
from helpers.periods import parse_period
from helpers.plans import Indicator, Milestone
from helpers.wording import (
    counts_sentence,
    currency_note,
    findings_sentence,
    from_to,
    home_sentence,
    how_we_judged,
    indicators_sentence,
    last_known_line,
    milestone_evidence,
    milestone_target,
    nearest,
    news_line,
    opening_sentence,
    recent_sentence,
    reproduced_sentence,
    sentence,
    since_baseline,
    stated_change,
    summary_line,
    unclear_statement,
)


def a_row(**changes):
    """Schools judged good: up from 90.4% to 91.5%, as the rule and the assessment give it."""
    row = {
        "title": "Schools judged good",
        "unit": "percent",
        "decimals": 1,
        "polarity": "higher",
        "polarity_basis": "implied",
        "latest_value": Decimal("91.5"),
        "latest_period": "31 March 2023",
        "latest_period_kind": "date",
        "latest_status": "",
        "latest_qualifier": "exact",
        "previous_value": Decimal("90.4"),
        "previous_period": "31 March 2022",
        "change": Decimal("1.1"),
        "relative_change": Decimal("0.01216814159"),
        "direction": "improving",
        "direction_reason": "It rose, and higher is better.",
        "benchmark": "",
        "benchmark_value": None,
        "benchmark_position": "",
        "currency": "current",
        "summary_group": "improving_or_good",
        "target_value": None,
        "target_kind": "",
        "target_met": "",
        "national_quartile": "",
        "computed_value": None,
        "latest_numerator": None,
        "latest_denominator": None,
        "preceding_period": "",
        "preceding_value": None,
        "baseline_period": "",
        "baseline_value": None,
        "since_baseline": None,
        "baseline_reason": "",
        "change_in_words": "",
    }
    assert set(changes) <= set(row), "a misspelt field would test nothing"
    return SimpleNamespace(**(row | changes))


# The sentence of a measure, in every direction.


def test_sentence_improving():
    assert sentence(a_row()) == (
        "Schools judged good: 91.5% on 31 March 2023, up from 90.4% on 31 March 2022. "
        "Higher is better, so this got better."
    )


def test_sentence_improving_by_going_down():
    row = a_row(
        title="Children stepped up to social care",
        unit="number",
        decimals=0,
        polarity="lower",
        latest_value=Decimal(286),
        latest_period="2022-23",
        latest_period_kind="financial_year",
        previous_value=Decimal(368),
        previous_period="2021-22",
    )
    assert sentence(row) == (
        "Children stepped up to social care: 286 in 2022-23, down from 368 in 2021-22. "
        "Lower is better, so this got better."
    )


def test_sentence_declining():
    row = a_row(
        title="Children looked after who live in the county",
        latest_value=Decimal("63.9"),
        previous_value=Decimal("67.4"),
        direction="declining",
    )
    assert sentence(row) == (
        "Children looked after who live in the county: 63.9% on 31 March 2023, "
        "down from 67.4% on 31 March 2022. Higher is better, so this got worse."
    )


def test_sentence_declining_within_the_margin():
    row = a_row(
        title="Staff who left by choice",
        polarity="lower",
        latest_value=Decimal("15.7"),
        latest_period="2022-23",
        latest_period_kind="financial_year",
        previous_value=Decimal("15.4"),
        previous_period="2021-22",
        direction="declining_within_margin",
    )
    assert sentence(row) == (
        "Staff who left by choice: 15.7% in 2022-23, up from 15.4% in 2021-22. "
        "Lower is better, so this got slightly worse, within the margin."
    )


def test_sentence_no_change():
    row = a_row(
        title="Gap at the end of primary school",
        unit="points",
        latest_value=Decimal("25.3"),
        latest_period="2021/22 academic year",
        latest_period_kind="academic_year",
        previous_value=Decimal("25.3"),
        previous_period="2018/19 academic year",
        direction="no_change",
    )
    assert sentence(row) == (
        "Gap at the end of primary school: 25.3 points in the 2021/22 school year, "
        "the same as in the 2018/19 school year."
    )


def test_sentence_no_change_of_a_representative_figure_that_crossed_its_benchmark():
    row = a_row(
        title="Staff with a disability",
        polarity="representative",
        latest_value=Decimal("14.8"),
        previous_value=Decimal("14.0"),
        direction="no_change",
        benchmark="population",
        benchmark_value=Decimal("14.4"),
        benchmark_position="above",
    )
    assert sentence(row) == (
        "Staff with a disability: 14.8% on 31 March 2023, up from 14% on 31 March 2022. "
        "Closer to the benchmark is better: as far from it as before."
    )


@pytest.mark.parametrize(
    ("direction", "latest", "moved"),
    [
        ("rose", "836", "836 in the 2022/23 school year, up from 496 in the 2021/22 school year"),
        ("fell", "49", "49 in the 2022/23 school year, down from 496 in the 2021/22 school year"),
    ],
)
def test_sentence_rose_and_fell_judge_nothing(direction, latest, moved):
    row = a_row(
        title="New places",
        unit="number",
        decimals=0,
        polarity="neutral",
        latest_value=Decimal(latest),
        latest_period="2022/23 academic year",
        latest_period_kind="academic_year",
        previous_value=Decimal(496),
        previous_period="2021/22 academic year",
        direction=direction,
    )
    assert sentence(row) == f"New places: {moved}. Neither way counts as better."


def test_sentence_not_comparable():
    row = a_row(
        title="Gap in the early years",
        unit="percentage_points",
        polarity="lower",
        latest_value=Decimal("26.8"),
        latest_period="2021/22 academic year",
        latest_period_kind="academic_year",
        previous_value=Decimal("24.4"),
        previous_period="2018/19 academic year",
        direction="not_comparable",
        direction_reason="The definition changed. It is now by free school meals.",
    )
    assert sentence(row) == (
        "Gap in the early years: 26.8 percentage points in the 2021/22 school year; "
        "24.4 percentage points in the 2018/19 school year. The two cannot be compared. "
        "The definition changed. It is now by free school meals."
    )


def test_sentence_not_comparable_says_so_even_where_the_two_figures_happen_to_be_equal():
    row = a_row(
        latest_value=Decimal("24.4"),
        previous_value=Decimal("24.4"),
        direction="not_comparable",
        direction_reason="The definition changed.",
    )
    assert "cannot be compared" in sentence(row)
    assert "The definition changed." in sentence(row)
    assert "the same as" not in sentence(row)


def test_sentence_without_a_latest_figure():
    row = a_row(
        title="Staff who are proud to work here",
        latest_value=None,
        latest_period="2022",
        latest_period_kind="calendar_year",
        previous_value=Decimal(73),
        previous_period="2021",
        direction="not_comparable",
        direction_reason="No figure was published for 2022.",
    )
    assert sentence(row) == (
        "Staff who are proud to work here: 73% in 2021. No figure was published for 2022."
    )


def test_sentence_without_any_figure():
    row = a_row(
        latest_value=None,
        latest_period="",
        latest_period_kind="",
        previous_value=None,
        previous_period="",
        direction="not_comparable",
        direction_reason="No figure had been published by 31 December 2023.",
    )
    assert sentence(row) == "Schools judged good: No figure had been published by 31 December 2023."


def test_sentence_without_a_previous_figure():
    row = a_row(
        previous_value=None,
        previous_period="",
        direction="not_comparable",
        direction_reason="There is no figure for 31 March 2022 to compare it with.",
    )
    assert sentence(row) == (
        "Schools judged good: 91.5% on 31 March 2023. "
        "There is no figure for 31 March 2022 to compare it with."
    )


@pytest.mark.parametrize(
    ("latest", "position", "place"),
    [
        ("8.5", "below", "5.9 percentage points below"),
        ("20.0", "above", "5.6 percentage points above"),
        ("14.4", "equal", "the same as"),
    ],
)
def test_sentence_beside_a_benchmark(latest, position, place):
    row = a_row(
        title="Staff with a disability",
        polarity="representative",
        latest_value=Decimal(latest),
        previous_value=None,
        previous_period="",
        direction="not_comparable",
        direction_reason="The figure beside it is a benchmark.",
        benchmark="population",
        benchmark_value=Decimal("14.4"),
        benchmark_position=position,
    )
    shown = latest.removesuffix(".0")
    assert sentence(row) == (
        f"Staff with a disability: {shown}% on 31 March 2023. That is {place} the benchmark "
        "(population: 14.4%). Closer is better, but there is no earlier figure to compare with."
    )


def test_sentence_of_a_provisional_figure_says_so_beside_its_period():
    row = a_row(
        latest_status="provisional",
        latest_period="2024/25 academic year",
        latest_period_kind="academic_year",
        previous_period="2023/24 academic year",
    )
    assert "91.5% in the 2024/25 school year (provisional), up from 90.4%" in sentence(row)


@pytest.mark.parametrize("status", ["", "revised"])
def test_sentence_of_any_other_figure_does_not_speak_of_provisional(status):
    assert "provisional" not in sentence(a_row(latest_status=status))


def test_sentence_of_an_inexact_figure_says_about():
    row = a_row(
        title="Children who are eligible",
        unit="number",
        decimals=0,
        polarity="neutral",
        latest_value=Decimal(2600),
        latest_qualifier="about",
        latest_period="2022-23",
        latest_period_kind="financial_year",
        previous_value=None,
        previous_period="",
        direction="not_comparable",
        direction_reason="It is a single figure, with none to compare it with.",
    )
    assert sentence(row) == (
        "Children who are eligible: about 2,600 in 2022-23. "
        "It is a single figure, with none to compare it with."
    )


def test_two_figures_that_differ_are_never_written_the_same():
    # Statistical neighbours' stable placements, 2024 and 2025, of a measure without decimals.
    row = a_row(decimals=0, previous_value=Decimal("66.9"), latest_value=Decimal("67.4"))
    latest, earlier = re.findall(r"[\d.]+%", sentence(row))
    assert latest != earlier


UNITS = ("percent", "percentage_points", "number", "pounds", "days", "rate_per_10000")
figures = st.decimals(min_value=-1000, max_value=1000, places=1)


@given(figures, figures, st.sampled_from(POLARITIES), st.sampled_from(UNITS))
def test_no_sentence_says_better_or_worse_unless_the_direction_does(
    previous, latest, polarity, unit
):
    found = direction_of_travel(previous, latest, polarity, benchmark="5")
    words = sentence(
        a_row(
            unit=unit,
            polarity=polarity,
            previous_value=previous,
            latest_value=latest,
            direction=found.direction,
            direction_reason=found.reason,
        )
    )
    # The rule itself is quoted ("Higher is better"); what is left may judge only as it judged.
    judgement = words.replace(wording.POLARITIES[polarity].rstrip("."), "")
    assert ("better" in judgement) == (found.direction == "improving")
    assert ("worse" in judgement) == found.direction.startswith("declining")
    assert ("slightly worse" in judgement) == (found.direction == "declining_within_margin")
    assert "improv" not in words.lower() and "declin" not in words.lower()
    assert ("up from" in words) == (latest > previous)
    assert ("down from" in words) == (latest < previous)
    assert "31 March 2023" in words and "31 March 2022" in words
    assert latest == previous or wording.POLARITIES[polarity].rstrip(".") in words


@given(figures | st.none(), figures | st.none(), st.sampled_from(POLARITIES))
def test_a_sentence_without_a_comparison_never_judges(previous, latest, polarity):
    row = a_row(
        polarity=polarity,
        previous_value=previous,
        latest_value=latest,
        direction="not_comparable",
        direction_reason="For a reason.",
    )
    words = sentence(row)
    assert words.endswith("For a reason.")
    for judged in ("better", "worse", "improv", "declin", "up from", "down from", "the same as"):
        assert judged not in words


# How it was judged, and other short texts.


def test_every_direction_and_polarity_has_its_words():
    assert set(wording.DIRECTIONS) == {
        "improving",
        "declining",
        "declining_within_margin",
        "no_change",
        "rose",
        "fell",
        "not_comparable",
    }
    assert set(wording.POLARITIES) == set(POLARITIES)
    symbols = [symbol for symbol, _ in wording.DIRECTIONS.values()]
    assert symbols == ["↑", "↓", "⇄", "↔", "▲", "▽", "n/a"]


def test_how_we_judged_gives_the_change_in_points_and_as_a_share():
    assert how_we_judged(a_row()) == (
        "Higher is better (implied by the document). Change: +1.1 percentage points, which is "
        "+1.2% of the earlier figure. It rose, and higher is better."
    )


def test_how_we_judged_a_neutral_measure():
    row = a_row(polarity="neutral", polarity_basis="ours", direction_reason="It rose.")
    assert how_we_judged(row).startswith("Neither way counts as better (our reading). Change: ")


def test_how_we_judged_where_the_change_cannot_be_calculated():
    row = a_row(change=Decimal(3), relative_change=None, direction_reason="It rose from 0.")
    row.polarity_basis = "stated"
    assert how_we_judged(row) == "Higher is better (the document says so). It rose from 0."


def test_from_to_writes_the_two_figures():
    assert from_to(a_row()) == "90.4% to 91.5%"
    assert from_to(a_row(latest_value=None)) == "90.4% to not published"


def test_a_currency_note_only_where_the_figure_is_old_or_absent():
    assert currency_note(a_row()) == ""
    old = currency_note(a_row(currency="old", latest_period="2021/22 academic year"))
    assert "2021/22 school year" in old and "academic" not in old
    assert currency_note(a_row(currency="no_figure")) == "There is no latest figure for this."


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "Schools judged good: up to 91.5% from 90.4%"),
        (
            {"latest_value": Decimal("63.9"), "direction": "declining", "summary_group": "x"},
            "Schools judged good: down to 63.9% from 90.4%",
        ),
        (
            {"latest_value": Decimal("90.4"), "direction": "no_change", "summary_group": "x"},
            "Schools judged good: still 90.4%",
        ),
        ({"latest_value": None}, "Schools judged good"),
        ({"previous_value": None}, "Schools judged good: 91.5%"),
        ({"direction": "not_comparable"}, "Schools judged good: 91.5%"),
        (
            {"direction": "declining_within_margin", "target_met": "yes"},
            "Schools judged good: up to 91.5% from 90.4% (target met)",
        ),
        (
            {
                "direction": "declining_within_margin",
                "target_met": "yes",
                "national_quartile": "top",
            },
            "Schools judged good: up to 91.5% from 90.4% "
            "(target met and reported in the best national quartile)",
        ),
    ],
)
def test_summary_line(changes, expected):
    assert summary_line(a_row(**changes)) == expected


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (["improving_or_good"], "Of 1 measure, 1 is improving or still good."),
        (
            ["improving_or_good", "improving_or_good", "to_be_improved"],
            "Of 3 measures, 2 are improving or still good and 1 is to be improved.",
        ),
        (
            ["little_change", "not_judged", "no_recent_figure"],
            "Of 3 measures, 1 has changed little, 1 is not judged and 1 has no recent figure.",
        ),
        (
            ["no_recent_figure", "not_judged", "little_change", "to_be_improved"] * 2,
            "Of 8 measures, 2 are to be improved, 2 have changed little, 2 are not judged "
            "and 2 have no recent figure.",
        ),
    ],
)
def test_counts_sentence_in_the_singular_and_the_plural(groups, expected):
    assert counts_sentence(groups) == expected


@given(st.lists(st.sampled_from(list(wording.SUMMARY_GROUPS)), min_size=1))
def test_counts_sentence_counts_every_measure_once(groups):
    if set(groups) == {"no_recent_figure"}:
        assert counts_sentence(groups).endswith("none has a recent figure.")
        return
    total, *parts = map(int, re.findall(r"\d+", counts_sentence(iter(groups))))
    assert total == len(groups) == sum(parts)


def assessments(*pairs):
    return pd.DataFrame(pairs, columns=["summary_group", "currency"])


def test_opening_sentence_where_none_is_recent():
    rows = assessments(("no_recent_figure", "old"), ("no_recent_figure", "no_figure"))
    assert opening_sentence(rows) == (
        "The plan has 2 measures. None has a recent figure: our sources do not say how it is going."
    )


def test_opening_sentence_where_all_are_recent():
    rows = assessments(
        ("improving_or_good", "current"),
        ("improving_or_good", "current"),
        ("to_be_improved", "current"),
    )
    assert opening_sentence(rows) == (
        "The plan has 3 measures: 2 improving or still good and 1 getting worse."
    )


def test_opening_sentence_where_some_are_recent():
    rows = assessments(
        ("improving_or_good", "current"),
        ("little_change", "current"),
        ("no_recent_figure", "old"),
        ("no_recent_figure", "no_figure"),
        ("no_recent_figure", "old"),
    )
    assert opening_sentence(rows) == (
        "The plan has 5 measures, and 2 of them have a recent figure: 1 improving or still good "
        "and 1 much the same. For the other 3, our sources do not say how things are now."
    )


def test_opening_sentence_where_one_is_recent():
    rows = assessments(("not_judged", "current"), ("no_recent_figure", "old"))
    assert "1 of them has a recent figure" in opening_sentence(rows)


def test_reproduced_sentence():
    assert reproduced_sentence(["yes", "yes", "no"]) == (
        "The report prints an arrow or N/A for each of 3 measures. The rule, as we apply it, gives "
        "the same for 2 and something else for 1."
    )


def test_findings_sentence_in_the_singular_and_the_plural():
    assert findings_sentence(["caution", "contradiction", "contradiction", "revision"]) == (
        "The checks found 2 contradictions, 1 caution and 1 revised figure."
    )


# What stands beside the sentence.


def test_counts_that_give_another_percentage_stand_beside_it():
    row = a_row(
        latest_value=Decimal("86.2"),
        computed_value=Decimal("87.2374"),
        latest_numerator=Decimal(3862),
        latest_denominator=Decimal(4427),
    )
    assert wording.counts_sentence_of(row) == (
        "The counts published beside it (3,862 of 4,427) give 87.24%."
    )


@pytest.mark.parametrize("computed", [None, "91.45", "91.55", "91.5"])
def test_counts_that_give_the_percentage_when_rounded_are_not_mentioned(computed):
    row = a_row(computed_value=computed and Decimal(computed))
    assert wording.counts_sentence_of(row) == ""


@pytest.mark.parametrize(
    ("kind", "met", "expected"),
    [
        ("floor", "yes", "The target for 31 March 2023 was at least 85%. It was met."),
        ("ceiling", "no", "The target for 31 March 2023 was at most 85%. It was not met."),
    ],
)
def test_a_target_says_whether_it_was_met(kind, met, expected):
    row = a_row(target_value=Decimal("85"), target_kind=kind, target_met=met)
    assert wording.target_sentence(row) == expected


def test_without_a_target_nothing_is_said_of_one():
    assert wording.target_sentence(a_row()) == ""


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("53", "The period before, February 2023: 53% (−0.3 percentage points since)."),
        ("52.7", "The period before, February 2023: 52.7% (no change since)."),
    ],
)
def test_the_preceding_month_gets_a_difference_and_no_direction(before, expected):
    row = a_row(
        latest_value=Decimal("52.7"),
        preceding_period="February 2023",
        preceding_value=Decimal(before),
    )
    assert wording.preceding_sentence(row) == expected


def test_figures_that_round_alike_are_written_with_more_decimals():
    row = a_row(latest_value=Decimal("67.4"), previous_value=Decimal("66.9"), decimals=0)
    assert "67.4% on 31 March 2023, up from 66.9%" in sentence(row)


# Change since a baseline.


def since(**changes):
    """Plans on time: 38% in July 2023, 89% in September 2025, and no figure a year earlier."""
    row = {
        "title": "Plans on time",
        "decimals": 0,
        "latest_value": Decimal(89),
        "latest_period": "September 2025",
        "latest_period_kind": "month",
        "previous_value": None,
        "previous_period": "",
        "direction": "not_comparable",
        "direction_reason": "There is no figure for September 2024 to compare it with.",
        "summary_group": "not_judged",
        "baseline_value": Decimal(38),
        "baseline_period": "July 2023",
        "since_baseline": Decimal(51),
    }
    return a_row(**(row | changes))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "Up from 38% in July 2023 to 89% in September 2025."),
        (
            {"latest_value": Decimal(30), "since_baseline": Decimal(-8)},
            "Down from 38% in July 2023 to 30% in September 2025.",
        ),
        (
            {"latest_value": Decimal(38), "since_baseline": Decimal(0)},
            "The same as at the start: 38% in July 2023 and 38% in September 2025.",
        ),
        ({"latest_qualifier": "about"}, "Up from 38% in July 2023 to about 89% in September 2025."),
        ({"baseline_value": None, "baseline_period": "", "since_baseline": None}, ""),
    ],
)
def test_since_baseline_names_both_figures_and_both_periods(changes, expected):
    assert since_baseline(since(**changes)) == expected


def test_since_baseline_of_another_kind_compares_nothing():
    row = since(
        latest_value=Decimal(58),
        latest_period="July 2025",
        baseline_value=Decimal(15),
        baseline_period="2023",
        since_baseline=None,
        baseline_reason="2023 and July 2025 are different kinds of period.",
    )
    words = since_baseline(row)
    assert words == (
        "The document sets 58% in July 2025 beside 15% in 2023. We do not compare the two: "
        "2023 and July 2025 are different kinds of period."
    )


@given(figures, figures, st.sampled_from(POLARITIES), st.sampled_from(UNITS))
def test_change_since_a_baseline_never_judges_and_has_no_arrow(before, latest, polarity, unit):
    row = since(
        polarity=polarity,
        unit=unit,
        latest_value=latest,
        baseline_value=before,
        since_baseline=latest - before,
        decimals=1,
    )
    for words in (since_baseline(row), summary_line(row)):
        for judged in ("better", "worse", "improv", "declin", *"↑↓⇄↔▲▽"):
            assert judged not in words.lower()
        assert ("up from" in words.lower()) == (latest > before)
        assert ("down from" in words.lower()) == (latest < before), words


def test_figures_that_round_alike_are_not_said_to_have_moved_between_the_same_two_figures():
    row = since(
        latest_value=Decimal("38.4"), baseline_value=Decimal("37.6"), since_baseline=Decimal("0.8")
    )
    latest, before = re.findall(r"[\d.]+%", since_baseline(row))
    assert latest != before


# Changes that are stated without figures.


def a_change(value, **changes):
    row = {
        "kind": "change_percent",
        "value": Decimal(value),
        "qualifier": "exact",
        "area": "Beeshire",
        "period": "November 2024",
        "against": "September 2023",
    }
    return SimpleNamespace(**(row | changes))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (a_change("-99"), "down 99% from September 2023 to November 2024"),
        (a_change("8.7"), "up 8.7% from September 2023 to November 2024"),
        (
            a_change("200", qualifier="about"),
            "to about 3 times as many from September 2023 to November 2024",
        ),
        (
            a_change("14.4", kind="change_points"),
            "up 14.4 percentage points from September 2023 to November 2024",
        ),
        (
            a_change("-1", kind="change_points"),
            "down 1 percentage point from September 2023 to November 2024",
        ),
        (a_change("19", against="not stated"), "up 19% (the document does not say since when)"),
        (
            a_change("82", against="2022/23 academic year", period="2024/25 academic year"),
            "up 82% from the 2022/23 school year to the 2024/25 school year",
        ),
    ],
)
def test_a_stated_change_is_worded_with_both_periods(change, expected):
    assert stated_change([change], "Beeshire") == expected


def test_changes_of_parts_of_the_area_name_the_part():
    changes = [a_change("4.7", area="North"), a_change("8.7", area="South")]
    assert stated_change(changes, "Beeshire") == (
        "North: up 4.7% from September 2023 to November 2024; "
        "South: up 8.7% from September 2023 to November 2024"
    )


def test_no_stated_change_is_no_words():
    assert stated_change([], "Beeshire") == ""


def test_a_change_of_nothing_is_not_called_down():
    words = stated_change([a_change("0")], "Beeshire")
    assert "down" not in words and "up" not in words


def only_a_change(**changes):
    row = {
        "title": "Children who wait",
        "latest_value": None,
        "latest_period": "",
        "previous_value": None,
        "previous_period": "",
        "direction": "not_comparable",
        "direction_reason": "Only a change was published.",
        "summary_group": "no_recent_figure",
        "change_in_words": "down 63% from September 2023 to October 2024",
    }
    return a_row(**(row | changes))


def test_sentence_of_a_measure_of_which_only_a_change_is_known():
    assert sentence(only_a_change()) == (
        "Children who wait: down 63% from September 2023 to October 2024. "
        "Only a change was published."
    )


def test_a_statement_that_can_be_read_in_two_ways_is_quoted_with_its_document_and_its_note():
    said = SimpleNamespace(
        period="2021/22 academic year",
        as_published="a 14.4% improvement",
        note="It can be read in two ways.",
    )
    assert unclear_statement(said, "the update") == (
        "Of the 2021/22 school year, the update says: “a 14.4% improvement”. "
        "It can be read in two ways."
    )
    said.note = ""
    assert unclear_statement(said, "the update").endswith("improvement”.")


# Short lines.


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (since(), "Plans on time: up from 38% in July 2023 to 89% in September 2025"),
        (only_a_change(), "Children who wait: down 63% from September 2023 to October 2024"),
        # The figure a year before goes first; the baseline has a sentence of its own.
        (
            since(
                previous_value=Decimal(50),
                previous_period="September 2024",
                direction="improving",
                summary_group="improving_or_good",
            ),
            "Plans on time: up to 89% from 50%",
        ),
    ],
)
def test_summary_line_of_a_baseline_and_of_a_change(row, expected):
    assert summary_line(row) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (a_row(), "Schools judged good: 91.5% on 31 March 2023, up from 90.4%"),
        (
            a_row(latest_value=Decimal("63.9"), direction="declining"),
            "Schools judged good: 63.9% on 31 March 2023, down from 90.4%",
        ),
        (
            a_row(latest_value=Decimal("90.4"), direction="no_change"),
            "Schools judged good: 90.4% on 31 March 2023, as before",
        ),
        (a_row(direction="not_comparable"), "Schools judged good: 91.5% on 31 March 2023"),
        (
            a_row(previous_value=None, latest_qualifier="at_least"),
            "Schools judged good: at least 91.5% on 31 March 2023",
        ),
        # Never "67%, up from 67%".
        (
            a_row(decimals=0, latest_value=Decimal("67.4"), previous_value=Decimal("66.9")),
            "Schools judged good: 67.4% on 31 March 2023, up from 66.9%",
        ),
    ],
)
def test_news_line_names_the_period_of_the_latest(row, expected):
    assert news_line(row) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (a_row(), "Schools judged good: 91.5% on 31 March 2023"),
        (a_row(currency="old"), "Schools judged good: 91.5% on 31 March 2023; nothing newer"),
        (
            since(currency="old"),
            "Plans on time: 89% in September 2025, up from 38% in July 2023; nothing newer",
        ),
        (
            since(latest_value=Decimal(30), since_baseline=Decimal(-8)),
            "Plans on time: 30% in September 2025, down from 38% in July 2023",
        ),
        (only_a_change(), "Children who wait: down 63% from September 2023 to October 2024"),
        (only_a_change(change_in_words=""), "Children who wait"),
    ],
)
def test_last_known_line(row, expected):
    assert last_known_line(row) == expected


def test_last_known_line_of_a_figure_that_has_not_moved_is_not_called_down():
    row = since(latest_value=Decimal(38), since_baseline=Decimal(0))
    assert "up" not in last_known_line(row) and "down" not in last_known_line(row)


# Milestones.


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (since(), "Plans on time: up from 38% in July 2023 to 89% in September 2025."),
        (
            since(baseline_value=None, baseline_period="", since_baseline=None),
            "Plans on time: 89% in September 2025.",
        ),
        (only_a_change(), "Children who wait: down 63% from September 2023 to October 2024."),
        (only_a_change(change_in_words=""), ""),
    ],
)
def test_milestone_evidence(row, expected):
    assert milestone_evidence(row) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (since(), "Plans on time: 89% in September 2025."),
        (
            since(latest_value=Decimal(2000), unit="number", latest_qualifier="at_least"),
            "Plans on time: at least 2,000 in September 2025.",
        ),
        (only_a_change(), "Children who wait: down 63% from September 2023 to October 2024."),
        (only_a_change(change_in_words=""), "Children who wait: no figure yet."),
    ],
)
def test_nearest_figure(row, expected):
    assert nearest(row) == expected


@pytest.mark.parametrize(
    ("value", "up_to", "unit", "working", "expected"),
    [
        ("70", None, "percent", "", "70%"),
        ("100", None, "places", "", "100 places"),
        ("108", None, "places", "9 of 12 each", "108 places (9 of 12 each)"),
        ("7", "10", "places", "", "7 to 10 places"),
        ("1200", None, "places", "", "1,200 places"),
    ],
)
def test_the_number_that_a_milestone_wants(value, up_to, unit, working, expected):
    target = SimpleNamespace(
        value=Decimal(value), up_to=up_to and Decimal(up_to), unit=unit, working=working
    )
    assert milestone_target(target) == expected


def test_a_milestone_without_a_number_has_no_words_for_one():
    assert milestone_target(None) == ""


# Openings.


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (
            ["all", "all", "part", "part", "none"],
            "Of 5 indicators, 2 have published figures, 2 have figures for a part of it, and 1 "
            "has none.",
        ),
        (
            ["none"],
            "Of 1 indicator, 0 have published figures, 0 have figures for a part of it, and 1 has "
            "none.",
        ),
    ],
)
def test_indicators_sentence_in_the_singular_and_the_plural(states, expected):
    assert indicators_sentence(iter(states)) == expected


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([], "Nothing is measured yet."),
        (["no_recent_figure"], "Of 1 measure, none has a recent figure."),
        (["improving_or_good"], "Of 1 measure, 1 got better."),
        (
            ["improving_or_good", "improving_or_good", "to_be_improved"],
            "Of 3 measures, 2 got better and 1 got worse.",
        ),
        (
            ["not_judged", "little_change", "no_recent_figure", "no_recent_figure"],
            "Of 4 measures, 1 hardly changed, 1 cannot be judged, and 2 cannot be told: no recent "
            "figure.",
        ),
    ],
)
def test_recent_sentence(groups, expected):
    assert recent_sentence(iter(groups)) == expected


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ("clear", "chance alone would hardly make a change of this size."),
        ("could_be_chance", "a change of this size could be chance."),
        ("too_few_to_judge", "too few to tell whether the change is more than chance."),
    ],
)
def test_evidence_names_how_many_it_rests_on(evidence, expected):
    row = SimpleNamespace(evidence=evidence, latest_denominator=Decimal(1040), of="care leavers")
    assert wording.evidence_sentence(row) == f"Based on 1,040 care leavers: {expected}"


@pytest.mark.parametrize("evidence", ["", "not_testable"])
def test_without_counts_nothing_is_said_of_evidence(evidence):
    assert wording.evidence_sentence(SimpleNamespace(evidence=evidence)) == ""


def test_a_borderline_verdict_says_which_reading_would_turn_it():
    row = SimpleNamespace(borderline="At a margin of 3% it would be declining.")
    assert wording.borderline_sentence(row) == (
        "The verdict is borderline. At a margin of 3% it would be declining."
    )
    assert wording.borderline_sentence(SimpleNamespace(borderline="")) == ""


def test_home_sentence_names_what_is_only_watched_where_there_is_any():
    assert home_sentence(1, 0, 2, 3) == (
        "Of 6 things to follow, 1 got better, 0 did not, 2 are only watched, and 3 nobody can tell "
        "yet."
    )


def test_home_sentence_counts_everything_once():
    assert home_sentence(17, 7, 0, 44) == (
        "Of 68 things to follow, 17 got better, 7 did not, and 44 nobody can tell yet."
    )


# Every name that the tables may hold has its words.


def test_every_kind_and_status_of_a_milestone_has_its_words():
    assert set(wording.MILESTONE_STATUSES) == set(STATUSES)
    symbols, words = zip(*wording.MILESTONE_STATUSES.values(), strict=True)
    assert len(set(symbols)) == len(set(words)) == len(STATUSES)
    kinds = Milestone.model_fields["kind"].annotation
    assert set(wording.MILESTONE_KINDS) == set(get_args(kinds))


def test_every_direction_wanted_and_every_state_of_figures_has_its_words():
    assert set(wording.WANTED) == set(get_args(Indicator.model_fields["wanted"].annotation))
    assert set(wording.FIGURES) == {"all", "part", "none"}
    assert set(wording.NOT_KNOWN) == {"part", "none", "old"}
    assert set(wording.HOME_GROUPS) == {"better", "worse", "watched", "unknown"}


@pytest.mark.parametrize(
    "period",
    [
        "31 March 2023",
        "March 2023",
        "2022-23 Q4",
        "Autumn term 2022",
        "2022-23",
        "2022/23 academic year",
        "2022",
        "year to 30 September 2024",
        "2014-16",
        "April 2022 to September 2022",
    ],
)
def test_every_kind_of_period_has_its_words(period):
    assert wording.PERIOD_KINDS[parse_period(period).kind]
