"""A verdict as a sentence, and how it was judged: what readers are told, and must never be told."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wording_rows import UNITS, a_row, figures, only_a_change

from helpers import wording
from helpers.direction import POLARITIES, direction_of_travel
from helpers.wording.verdict import (
    counts_sentence_of,
    currency_note,
    from_to,
    how_we_judged,
    preceding_sentence,
    sentence,
)

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


def test_sentence_of_a_measure_of_which_only_a_change_is_known():
    assert sentence(only_a_change()) == (
        "Children who wait: down 63% from September 2023 to October 2024. "
        "Only a change was published."
    )


def test_two_figures_that_differ_are_never_written_the_same():
    # Statistical neighbours' stable placements, 2024 and 2025, of a measure without decimals.
    row = a_row(decimals=0, previous_value=Decimal("66.9"), latest_value=Decimal("67.4"))
    latest, earlier = re.findall(r"[\d.]+%", sentence(row))
    assert latest != earlier


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
    ("latest", "stated", "named"),
    [
        # Only a change was published, and no figure.
        ("", "2021/22 academic year", "the 2021/22 school year"),
        ("", "2021-22", "2021-22"),
        ("2022-23", "", "2022-23"),
    ],
)
def test_an_old_change_without_a_figure_is_as_old_as_the_time_it_is_stated_for(
    latest, stated, named
):
    row = a_row(currency="old", latest_period=latest, stated_period=stated)
    assert currency_note(row) == (
        f"Our sources have nothing newer than {named}, so this may be out of date."
    )


# What stands beside the sentence.


def test_counts_that_give_another_percentage_stand_beside_it():
    row = a_row(
        latest_value=Decimal("86.2"),
        computed_value=Decimal("87.2374"),
        latest_numerator=Decimal(3862),
        latest_denominator=Decimal(4427),
    )
    assert counts_sentence_of(row) == (
        "The counts published beside it (3,862 of 4,427) give 87.24%."
    )


@pytest.mark.parametrize("computed", [None, "91.45", "91.55", "91.5"])
def test_counts_that_give_the_percentage_when_rounded_are_not_mentioned(computed):
    row = a_row(computed_value=computed and Decimal(computed))
    assert counts_sentence_of(row) == ""


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
    assert preceding_sentence(row) == expected


def test_figures_that_round_alike_are_written_with_more_decimals():
    row = a_row(latest_value=Decimal("67.4"), previous_value=Decimal("66.9"), decimals=0)
    assert "67.4% on 31 March 2023, up from 66.9%" in sentence(row)
