"""The words beside a verdict: how sure, how usual, how elsewhere, how far to go.

The figures are invented; what each row says of them is worked by hand beside it.
"""

import re
from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wording_rows import UNITS, a_row

from helpers import benchmarks
from helpers.assessment import Assessment
from helpers.direction import POLARITIES
from helpers.formats import format_value
from helpers.weight import NOT_TESTABLE, Weight
from helpers.wording.weight import (
    BANDS,
    EVIDENCE,
    borderline_sentence,
    elsewhere_sentence,
    evidence_sentence,
    target_sentence,
    trend_sentence,
    variation_sentence,
)

NAMES = {
    "national": "England",
    "region": "Hive Region",
    "statistical_neighbours": "Statistical neighbours",
}


def test_the_rows_of_these_tests_have_only_columns_of_the_assessments():
    columns = {field.name for kind in (Assessment, Weight) for field in fields(kind)}
    assert set(vars(a_row())) <= columns


# Whether chance alone could have made a change.


def test_every_answer_of_the_test_of_chance_has_a_label_of_its_own():
    answers = {"clear", "could_be_chance", "too_few_to_judge", "not_testable"}
    assert set(EVIDENCE) == answers
    assert len(set(EVIDENCE.values())) == len(answers)


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ("clear", "chance alone would rarely make a change of this size."),
        ("could_be_chance", "a change of this size could be chance."),
        (
            "too_few_to_judge",
            "the change rests on too few of them to tell whether it is chance.",
        ),
    ],
)
def test_evidence_of_a_percentage_names_how_many_it_is_of(evidence, expected):
    row = a_row(
        evidence=evidence,
        previous_denominator=Decimal(978),
        latest_denominator=Decimal(1040),
        of="care leavers",
    )
    assert evidence_sentence(row) == f"Based on 978, then 1,040 care leavers: {expected}"


@pytest.mark.parametrize("previous", ["1040", "1040.0", "1.04E+3"])
def test_of_equally_many_before_and_after_the_number_is_given_once(previous):
    row = a_row(
        evidence="clear",
        previous_denominator=Decimal(previous),
        latest_denominator=Decimal(1040),
        of="care leavers",
    )
    assert evidence_sentence(row).startswith("Based on 1,040 care leavers: ")


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ("clear", "chance alone would rarely make a change of this size."),
        ("could_be_chance", "a change of this size could be chance."),
        (
            "too_few_to_judge",
            "the change rests on too few of them to tell whether it is chance.",
        ),
    ],
)
def test_evidence_of_events_names_both_counts_the_earlier_first(evidence, expected):
    row = a_row(
        evidence=evidence,
        unit="number",
        decimals=0,
        previous_value=Decimal(94),
        latest_value=Decimal(115),
        of="return home episodes",
    )
    assert evidence_sentence(row) == f"With counts of 94 and 115 return home episodes, {expected}"


@pytest.mark.parametrize("unit", ["rate_per_10000", "rate_per_100000"])
def test_evidence_of_a_rate_names_the_cases_and_not_the_population(unit):
    row = a_row(
        evidence="could_be_chance",
        unit=unit,
        of="children",
        previous_value=Decimal("52.1"),
        latest_value=Decimal("47.3"),
        previous_numerator=Decimal(1203),
        previous_denominator=Decimal(230_900),
        latest_numerator=Decimal(1094),
        latest_denominator=Decimal(231_300),
    )
    assert evidence_sentence(row) == (
        "Based on 1,203 and 1,094 cases: a change of this size could be chance."
    )


def test_counts_are_written_in_full_however_they_were_read():
    row = a_row(
        evidence="clear",
        previous_denominator=Decimal("2.0E+3"),
        latest_denominator=Decimal("1E+3"),
    )
    assert evidence_sentence(row).startswith("Based on 2,000, then 1,000 schools: ")


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        *((reason, f"{reason}.") for reason in sorted(set(NOT_TESTABLE.values()))),
        (
            "our sources do not say how much single results differ",
            "our sources do not say how much single results differ.",
        ),
        ("one of the two figures is not exact", "one of the two figures is not exact."),
        ("cannot be calculated: 5 of 3 is more than all", "5 of 3 is more than all."),
        ("cannot be calculated: a count is not whole", "a count is not whole."),
    ],
)
def test_a_change_that_cannot_be_tested_says_why(reason, said):
    row = a_row(evidence="not_testable", evidence_reason=reason)
    assert evidence_sentence(row) == f"Not tested for chance: {said}"


def test_without_a_change_to_test_nothing_is_said_of_chance():
    assert evidence_sentence(a_row(evidence="", latest_denominator=Decimal(1040))) == ""


def test_a_borderline_verdict_says_which_reading_would_turn_it():
    row = a_row(borderline="At a margin of 3% it would be declining.")
    assert borderline_sentence(row) == (
        "The verdict is borderline. At a margin of 3% it would be declining."
    )
    assert borderline_sentence(a_row(borderline="")) == ""


# Whether five years go one way.


@pytest.mark.parametrize(
    ("trend", "polarity", "ending"),
    [
        ("increasing", "higher", "rose on the whole, by more than chance would explain: {} better"),
        ("increasing", "lower", "rose on the whole, by more than chance would explain: {} worse"),
        ("decreasing", "higher", "fell on the whole, by more than chance would explain: {} worse"),
        ("decreasing", "lower", "fell on the whole, by more than chance would explain: {} better"),
        ("increasing", "neutral", "rose on the whole, by more than chance would explain"),
        ("decreasing", "neutral", "fell on the whole, by more than chance would explain"),
        ("increasing", "representative", "rose on the whole, by more than chance would explain"),
        ("no_significant_change", "higher", "did not clearly rise or fall"),
        ("no_significant_change", "neutral", "did not clearly rise or fall"),
    ],
)
def test_a_trend_is_judged_only_where_one_way_is_better(trend, polarity, ending):
    row = a_row(recent_trend=trend, polarity=polarity)
    expected = f"Over the five latest years it {ending.format('it got')}."
    assert trend_sentence(row) == expected


@pytest.mark.parametrize("trend", ["", "cannot_be_calculated"])
def test_a_trend_that_cannot_be_calculated_is_not_spoken_of(trend):
    assert trend_sentence(a_row(recent_trend=trend)) == ""


# Whether the latest figure is usual.


def monthly(**changes):
    """Care leavers in work, March 2023: 52.7%, in a series that goes from 50.7% to 58.5%."""
    row = {
        "latest_value": Decimal("52.7"),
        "latest_period": "March 2023",
        "latest_period_kind": "month",
        "variation": "common_cause",
        "usual_lower": Decimal("50.7362"),
        "usual_upper": Decimal("58.4946"),
    }
    return a_row(**(row | changes))


@pytest.mark.parametrize(
    ("period", "named"),
    [
        ("March 2023", "March 2023"),
        ("2022-23 Q4", "2022-23 Q4"),
        ("Autumn term 2022", "the autumn term 2022"),
    ],
)
def test_a_usual_figure_names_its_month_quarter_or_term_and_the_usual_range(period, named):
    assert variation_sentence(monthly(latest_period=period)) == (
        f"The figure for {named} is within its usual ups and downs, 50.7% to 58.5%."
    )


@pytest.mark.parametrize(
    ("variation", "latest", "place"),
    [
        ("special_cause_improvement", "61.2", "better than"),
        ("special_cause_concern", "49.9", "worse than"),
        # Where lower is better it is the other way round.
        ("special_cause_improvement", "49.9", "better than"),
        ("special_cause_concern", "61.2", "worse than"),
        ("special_cause_neutral_high", "61.2", "above"),
        ("special_cause_neutral_low", "49.9", "below"),
    ],
)
def test_a_figure_outside_the_usual_range_says_on_which_side(variation, latest, place):
    row = monthly(variation=variation, latest_value=Decimal(latest))
    assert variation_sentence(row) == (
        f"The figure for March 2023 is {place} its usual ups and downs, 50.7% to 58.5%."
    )


@pytest.mark.parametrize(
    ("variation", "run"),
    [
        ("special_cause_improvement", "a change for the better"),
        ("special_cause_concern", "a change for the worse"),
        ("special_cause_neutral_high", "a rise"),
        ("special_cause_neutral_low", "a fall"),
    ],
)
@pytest.mark.parametrize("latest", ["52.7", "50.7362", "58.4946"])
def test_an_unusual_run_that_ends_within_the_usual_range_is_not_called_outside_it(
    variation, run, latest
):
    # Seven in a row on one side of the mean are a special cause, and so are seven rising ones.
    row = monthly(variation=variation, latest_value=Decimal(latest))
    words = variation_sentence(row)
    assert words.endswith(f", but the latest figures together point to {run}.")
    assert words.startswith("The figure for March 2023 is within its usual ups and downs, 5")


@pytest.mark.parametrize(
    ("assurance", "said"),
    [
        ("consistent_pass", "nearly always met"),
        ("consistent_fail", "hardly ever met"),
        ("inconsistent", "sometimes met and sometimes missed"),
    ],
)
def test_a_target_is_set_beside_the_usual_range(assurance, said):
    assert variation_sentence(monthly(assurance=assurance)) == (
        "The figure for March 2023 is within its usual ups and downs, 50.7% to 58.5%. "
        f"With such ups and downs the target is {said}."
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"variation": "", "usual_lower": None, "usual_upper": None},
        {"usual_lower": None, "usual_upper": None},
        {"latest_value": None, "variation": ""},
        {"latest_value": None},
    ],
)
def test_without_limits_or_a_latest_figure_nothing_is_said_of_ups_and_downs(changes):
    assert variation_sentence(monthly(**changes)) == ""


@pytest.mark.parametrize(
    ("variation", "latest", "place"),
    [("common_cause", "52.72", "within"), ("special_cause_improvement", "61.2", "better than")],
)
def test_the_ends_of_a_narrow_usual_range_are_written_apart(variation, latest, place):
    # 52.7104 and 52.7333 are both 52.7 to one decimal.
    row = monthly(
        variation=variation,
        latest_value=Decimal(latest),
        usual_lower=Decimal("52.7104"),
        usual_upper=Decimal("52.7333"),
    )
    assert variation_sentence(row) == (
        f"The figure for March 2023 is {place} its usual ups and downs, 52.71% to 52.73%."
    )


def test_a_figure_just_above_its_usual_range_does_not_read_as_its_upper_end():
    # 58.4946 is 58.5 to one decimal, and 58.49 to two.
    row = monthly(variation="special_cause_improvement", latest_value=Decimal("58.5"))
    assert variation_sentence(row) == (
        "The figure for March 2023 is better than its usual ups and downs, 50.74% to 58.49%."
    )


# How it stands beside other places.


def elsewhere(**changes):
    """Plans in time in 2024: 56.3%, with figures of three other places that differ."""
    row = {
        "latest_value": Decimal("56.3"),
        "latest_period": "2024",
        "national_value": Decimal("46.4"),
        "region_value": Decimal("56.3"),
        "neighbours_value": Decimal("61.05"),
    }
    return a_row(**(row | changes))


@pytest.mark.parametrize(
    ("polarity", "england", "neighbours"),
    [
        ("higher", "better than", "worse than"),
        ("lower", "worse than", "better than"),
        ("neutral", "above", "below"),
        ("representative", "above", "below"),
    ],
)
def test_each_place_is_better_worse_or_the_same_or_only_above_or_below(
    polarity, england, neighbours
):
    # 61.05 is rounded half up.
    assert elsewhere_sentence(elsewhere(polarity=polarity), NAMES) == (
        f"Compared with elsewhere in 2024: {england} England (46.4%); the same as Hive Region "
        f"(56.3%); {neighbours} statistical neighbours (61.1%)."
    )


def test_places_on_the_same_side_stand_together():
    row = elsewhere(region_value=Decimal("40"), neighbours_value=Decimal("50"))
    assert elsewhere_sentence(row, NAMES) == (
        "Compared with elsewhere in 2024: better than England (46.4%), Hive Region (40%) and "
        "statistical neighbours (50%)."
    )


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        (("region_value", "neighbours_value"), "better than England (46.4%)."),
        (("national_value", "neighbours_value"), "the same as Hive Region (56.3%)."),
        (("national_value", "region_value"), "worse than statistical neighbours (61.1%)."),
    ],
)
def test_a_place_without_a_figure_is_left_out(missing, expected):
    words = elsewhere_sentence(elsewhere(**dict.fromkeys(missing)), NAMES)
    assert words == f"Compared with elsewhere in 2024: {expected}"


def test_without_a_figure_of_any_other_place_nothing_is_said():
    assert elsewhere_sentence(a_row(), NAMES) == ""


def test_without_a_latest_figure_nothing_is_compared():
    assert elsewhere_sentence(elsewhere(latest_value=None), NAMES) == ""


def test_the_period_has_the_word_that_goes_before_it():
    row = elsewhere(latest_period="2023/24 academic year")
    assert elsewhere_sentence(row, NAMES).startswith(
        "Compared with elsewhere in the 2023/24 school year: "
    )


def test_a_place_that_the_project_does_not_name_has_a_plain_name():
    # 46.4 and 61.05 beside 56.3, where higher is better.
    assert elsewhere_sentence(elsewhere(), {}) == (
        "Compared with elsewhere in 2024: better than the whole country (46.4%); the same as "
        "the region (56.3%); worse than statistical neighbours (61.1%)."
    )


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        (9, "(61.1%, the average of 9 of them)"),
        # As the written table gives it back.
        (Decimal(9), "(61.1%, the average of 9 of them)"),
        (1, "(61.1%, 1 of them)"),
        (None, "(61.1%)"),
    ],
)
def test_an_average_of_neighbours_that_is_ours_says_of_how_many(counted, expected):
    row = elsewhere(neighbours_counted=counted, national_value=None, region_value=None)
    assert elsewhere_sentence(row, NAMES) == (
        f"Compared with elsewhere in 2024: worse than statistical neighbours {expected}."
    )


@pytest.mark.parametrize(
    ("rank", "band", "quarter"),
    [
        (1, "A", "best"),
        (40, "B", "second best"),
        (Decimal(80), "C", "second worst"),
        (151, "D", "worst"),
    ],
)
def test_rank_and_quarter_are_counted_from_the_best(rank, band, quarter):
    row = elsewhere(authority_rank=rank, authorities_ranked=151, quartile_band=band)
    assert elsewhere_sentence(row, NAMES).endswith(
        f" Of 151 local authorities it was number {rank}, counted from the best: in the "
        f"{quarter} quarter."
    )


def test_every_quarter_has_its_words():
    assert tuple(BANDS) == benchmarks.BANDS


@pytest.mark.parametrize(
    ("latest", "decimals", "england", "expected"),
    [
        # To no decimals both are 56.
        ("56", 0, "56.4", "about the same as England (56%)."),
        ("56.3", 1, "56.28", "about the same as England (56.3%)."),
        ("16.72", 1, "16.71", "about the same as England (16.7%)."),
        ("16.72", 1, "16.7", "about the same as England (16.7%)."),
        # Half is rounded up: 16.65 to 16.7 and 16.75 to 16.8, so these are a decimal apart.
        ("16.65", 1, "16.749", "about the same as England (16.7%)."),
        ("16.72", 1, "16.75", "worse than England (16.8%)."),
        ("16.72", 1, "16.61", "better than England (16.6%)."),
        ("16.72", 1, "16.72", "the same as England (16.7%)."),
        # The same, however it is written.
        ("56", 0, "56.0", "the same as England (56%)."),
    ],
)
def test_figures_that_round_alike_are_about_the_same(latest, decimals, england, expected):
    row = a_row(
        decimals=decimals,
        latest_value=Decimal(latest),
        latest_period="2024",
        national_value=Decimal(england),
    )
    assert elsewhere_sentence(row, NAMES) == f"Compared with elsewhere in 2024: {expected}"


@pytest.mark.parametrize("polarity", POLARITIES)
@pytest.mark.parametrize("unit", ["rate_per_10000", "rate_per_100000"])
def test_of_two_rates_of_need_none_is_better_whichever_way_is_good(unit, polarity):
    # 46.4 is less than 56.3, and 61.05 more.
    row = elsewhere(unit=unit, polarity=polarity, region_value=None)
    words = elsewhere_sentence(row, NAMES)
    assert re.match(
        r"Compared with elsewhere in 2024: above England \(46\.4 .*\); "
        r"below statistical neighbours \(61\.1 .*\)\.$",
        words,
    )


# How far it is to a target.


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"target_value": Decimal(85), "target_kind": "floor", "target_met": "yes"},
            "was at least 85%. It was met.",
        ),
        (
            {"target_value": Decimal(95), "target_kind": "ceiling", "target_met": "yes"},
            "was at most 95%. It was met.",
        ),
        # 95 less 91.5.
        (
            {
                "target_value": Decimal(95),
                "target_kind": "floor",
                "target_met": "no",
                "target_gap": Decimal("3.5"),
            },
            "was at least 95%. It was not met: 3.5 percentage points short.",
        ),
        # 91.5 less 85.
        (
            {
                "target_value": Decimal(85),
                "target_kind": "ceiling",
                "target_met": "no",
                "target_gap": Decimal("6.5"),
            },
            "was at most 85%. It was not met: 6.5 percentage points over.",
        ),
        # 1,200 less 1,166.
        (
            {
                "unit": "number",
                "decimals": 0,
                "latest_value": Decimal(1166),
                "target_value": Decimal(1200),
                "target_kind": "floor",
                "target_met": "no",
                "target_gap": Decimal(34),
            },
            "was at least 1,200. It was not met: 34 short.",
        ),
        # 11 less 10: one day, in the singular.
        (
            {
                "unit": "days",
                "latest_value": Decimal(11),
                "target_value": Decimal(10),
                "target_kind": "ceiling",
                "target_met": "no",
                "target_gap": Decimal(1),
            },
            "was at most 10 days. It was not met: 1 day over.",
        ),
    ],
)
def test_a_target_of_the_latest_period_was_met_or_missed_by_so_much(changes, expected):
    row = a_row(target_period="31 March 2023", **changes)
    assert target_sentence(row) == f"The target for 31 March 2023 {expected}"


def test_a_target_is_never_rounded():
    # Rounded, 82.5% would be 83%, and the 82.7% that is shown as 83% would not seem to be above it.
    row = a_row(
        decimals=0,
        latest_value=Decimal("82.7"),
        target_value=Decimal("82.50"),
        target_kind="floor",
        target_met="yes",
        target_period="2024",
    )
    assert target_sentence(row) == "The target for 2024 was at least 82.5%. It was met."


def test_a_target_missed_by_a_hair_is_not_missed_by_nothing():
    # 92 less 91.96 is 0.04, which is 0 to one decimal.
    row = a_row(
        latest_value=Decimal("91.96"),
        target_value=Decimal(92),
        target_kind="floor",
        target_met="no",
        target_gap=Decimal("0.04"),
        target_period="31 March 2023",
    )
    assert target_sentence(row).endswith("It was not met: 0.04 percentage points short.")


def test_without_a_target_nothing_is_said_of_one():
    assert target_sentence(a_row()) == ""


def later(**changes):
    """Plans in time: 54% in 2022, on the way from 40% in 2020 to at least 80% in 2024."""
    row = {
        "latest_value": Decimal(54),
        "latest_period": "2022",
        "target_value": Decimal(80),
        "target_kind": "floor",
        "target_period": "2024",
        "target_status": "behind",
        "target_gap": Decimal(26),
    }
    return a_row(**(row | changes))


def test_a_later_target_says_how_far_it_is():
    assert target_sentence(later()) == (
        "The target for 2024 is at least 80%: still 26 percentage points short."
    )


def test_a_later_ceiling_is_still_exceeded():
    # 54 less 50.
    row = later(target_value=Decimal(50), target_kind="ceiling", target_gap=Decimal(4))
    assert target_sentence(row) == (
        "The target for 2024 is at most 50%: still 4 percentage points over."
    )


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        # From 40 to 80 in four years is 60 after two; 60 less 54.
        (
            {"expected_value": Decimal(60), "expected_gap": Decimal(6)},
            "passes 60% in 2022: the figure is 6 percentage points behind.",
        ),
        (
            {
                "latest_value": Decimal(63),
                "target_gap": Decimal(17),
                "target_status": "on_track",
                "expected_value": Decimal(60),
                "expected_gap": Decimal(-3),
            },
            "passes 60% in 2022: the figure is 3 percentage points ahead.",
        ),
        (
            {
                "latest_value": Decimal(60),
                "target_gap": Decimal(20),
                "target_status": "on_track",
                "expected_value": Decimal(60),
                "expected_gap": Decimal(0),
            },
            "passes 60% in 2022: the figure is on it.",
        ),
        # 60 and 59.96 are both 60 to one decimal.
        (
            {
                "latest_value": Decimal("59.96"),
                "target_gap": Decimal("20.04"),
                "expected_value": Decimal(60),
                "expected_gap": Decimal("0.04"),
            },
            "passes 60% in 2022: the figure is 0.04 percentage points behind.",
        ),
        # The page shows 59.98 as 60%; the line must not read as the figure.
        (
            {
                "latest_value": Decimal("59.98"),
                "target_gap": Decimal("20.02"),
                "expected_value": Decimal("60.02"),
                "expected_gap": Decimal("0.04"),
            },
            "passes 60.02% in 2022: the figure is 0.04 percentage points behind.",
        ),
        # For a ceiling, 17 is worse than the 15 of the line.
        (
            {
                "unit": "days",
                "latest_value": Decimal(17),
                "target_value": Decimal(10),
                "target_kind": "ceiling",
                "target_gap": Decimal(7),
                "expected_value": Decimal(15),
                "expected_gap": Decimal(2),
            },
            "passes 15 days in 2022: the figure is 2 days behind.",
        ),
    ],
)
def test_a_later_target_says_where_the_straight_line_stands(changes, line):
    words = target_sentence(later(**changes))
    assert words.endswith(f". A straight line from the start to the target {line}")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # 26 in two years.
        ({"pace_needed": Decimal(13)}, "rise at a pace of 13 percentage points a year."),
        # 26 over 731 days, in a year of 365.25: 26 × 365.25 / 731 = 12.99, to a decimal more.
        (
            {"pace_needed": Decimal("12.9911")},
            "rise at a pace of 12.99 percentage points a year.",
        ),
        ({"pace_needed": Decimal(-1)}, "fall at a pace of 1 percentage point a year."),
        ({"pace_needed": Decimal("0.001")}, "rise at a pace of 0.001 percentage points a year."),
    ],
)
def test_a_later_target_says_what_pace_it_needs(changes, expected):
    assert target_sentence(later(**changes)).endswith(f" To get there in time it must {expected}")


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [
        (
            (2025, 1, 4),
            (2031, 3, 2),
            "about September 2026, but it could be any time from January 2025 to March 2031.",
        ),
        (
            (2025, 1, 4),
            None,
            "about September 2026, but it could be any time from January 2025, or never.",
        ),
        # Figures on one straight line: no range to speak of.
        ((2026, 9, 30), (2026, 9, 30), "about September 2026."),
        ((2026, 9, 1), (2026, 9, 30), "about September 2026."),
        # The same month of another year is a range.
        (
            (2025, 9, 30),
            (2026, 9, 30),
            "about September 2026, but it could be any time from September 2025 to September 2026.",
        ),
    ],
)
def test_the_pace_so_far_leads_to_a_month_with_a_range_closed_or_open(earliest, latest, expected):
    row = later(
        projected=date(2026, 9, 18),
        projected_earliest=date(*earliest),
        projected_latest=latest and date(*latest),
    )
    assert target_sentence(row).endswith(f" At the pace so far it would get there {expected}")


def test_everything_that_is_known_of_the_way_stands_in_one_order():
    row = later(
        expected_value=Decimal("59.9863"),
        expected_gap=Decimal("5.9863"),
        pace_needed=Decimal("12.9911"),
        projected=date(2026, 9, 18),
        projected_earliest=date(2025, 1, 4),
        projected_latest=None,
    )
    assert target_sentence(row) == (
        "The target for 2024 is at least 80%: still 26 percentage points short. "
        "A straight line from the start to the target passes 60% in 2022: the figure is "
        "6 percentage points behind. "
        "To get there in time it must rise at a pace of 12.99 percentage points a year. "
        "At the pace so far it would get there about September 2026, but it could be any time "
        "from January 2025, or never."
    )


def test_a_later_target_that_is_reached_early_needs_no_line_and_no_pace():
    row = later(
        latest_value=Decimal(82),
        target_gap=Decimal(0),
        target_status="achieved",
        expected_value=Decimal(60),
        expected_gap=Decimal(-22),
    )
    assert target_sentence(row) == "The target for 2024 is at least 80%. That is reached already."


def test_a_later_target_that_only_an_earlier_figure_reached_is_not_called_reached():
    assert target_sentence(later(target_status="achieved")) == (
        "The target for 2024 is at least 80%. An earlier figure reached it; the latest is "
        "26 percentage points short."
    )


@pytest.mark.parametrize(
    "changes",
    [
        # Nothing was ever published, so there is no gap; that must not read as no distance.
        {"latest_value": None, "target_gap": None, "target_status": "no_evidence_yet"},
        # The gap is that of an earlier figure.
        {"latest_value": None},
        # The date has passed, and the newest figure is from before it.
        {"target_status": "no_evidence_yet"},
    ],
)
def test_a_target_for_which_there_is_no_figure_is_neither_met_nor_missed(changes):
    assert target_sentence(later(**changes)) == (
        "The target for 2024 is at least 80%. There is no figure for that time yet."
    )


def test_a_target_that_ends_with_a_period_of_another_kind_and_is_missed_was_not_met():
    row = later(latest_period="2024", target_period="31 December 2024", target_status="missed")
    assert target_sentence(row) == (
        "The target for 31 December 2024 was at least 80%. It was not met: 26 percentage points "
        "short."
    )


# What holds for any figures at all.

amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=4)
counts = st.integers(0, 10**9).map(Decimal)
days = st.dates(date(1990, 1, 1), date(2090, 12, 31))

any_row = st.fixed_dictionaries(
    {
        "unit": st.sampled_from((*UNITS, "points", "rate_per_100000", "rank")),
        "decimals": st.integers(0, 3),
        "polarity": st.sampled_from(POLARITIES),
        "latest_period": st.sampled_from(("March 2023", "2022-23", "2021/22 academic year")),
        "latest_value": st.none() | amounts,
        "previous_value": amounts,
        "latest_numerator": counts,
        "latest_denominator": counts,
        "previous_numerator": counts,
        "previous_denominator": counts,
        "evidence": st.sampled_from(("", *EVIDENCE)),
        "evidence_reason": st.sampled_from(sorted(NOT_TESTABLE.values())),
        "recent_trend": st.sampled_from(
            ("", "increasing", "decreasing", "no_significant_change", "cannot_be_calculated")
        ),
        "variation": st.sampled_from(
            (
                "",
                "common_cause",
                "special_cause_improvement",
                "special_cause_concern",
                "special_cause_neutral_high",
                "special_cause_neutral_low",
            )
        ),
        "assurance": st.sampled_from(("", "consistent_pass", "consistent_fail", "inconsistent")),
        "usual_lower": st.none() | amounts,
        "usual_upper": st.none() | amounts,
        "national_value": st.none() | amounts,
        "region_value": st.none() | amounts,
        "neighbours_value": st.none() | amounts,
        "neighbours_counted": st.none() | st.integers(0, 10),
        "authority_rank": st.none() | st.integers(1, 152),
        "authorities_ranked": st.just(152),
        "quartile_band": st.sampled_from(tuple(BANDS)),
        "target_value": st.none() | amounts,
        "target_kind": st.sampled_from(("floor", "ceiling")),
        "target_period": st.sampled_from(("2024", "2023-24", "Autumn term 2024")),
        "target_met": st.sampled_from(("", "yes", "no")),
        "target_status": st.sampled_from(
            ("achieved", "on_track", "behind", "missed", "no_evidence_yet")
        ),
        "target_gap": st.none() | amounts.map(abs),
        "expected_value": amounts,
        "expected_gap": st.none() | amounts,
        "pace_needed": st.none() | amounts,
        "projected": st.none() | days,
        "projected_earliest": days,
        "projected_latest": st.none() | days,
    }
).map(lambda changes: a_row(**changes))


def words_of(row):
    return (
        evidence_sentence(row),
        trend_sentence(row),
        variation_sentence(row),
        elsewhere_sentence(row, NAMES),
        target_sentence(row),
    )


JARGON = (
    *("significan", "confiden", "p-value", "p value", "interval", "standard error", "deviation"),
    *("sigma", "limit", "special cause", "common cause", "regression", "baseline", "trajectory"),
    *("quartile", "percentile", "mean", "sample", "hypothesis", "None", "nan", "_"),
)


@given(any_row)
def test_any_finite_figures_give_whole_sentences_without_jargon(row):
    for words in words_of(row):
        assert words == "" or words.endswith("."), words
        assert words == words.strip() and "  " not in words and ".." not in words
        assert not [jargon for jargon in JARGON if jargon in words], words


@given(any_row)
def test_better_and_worse_change_places_with_the_polarity_and_nothing_else_does(row):
    swapped = {"better": "worse", "worse": "better"}
    for sentence in (trend_sentence, lambda row: elsewhere_sentence(row, NAMES)):
        row.polarity = "higher"
        higher = sentence(row)
        row.polarity = "lower"
        # Only what is judged: a quarter is called second best or worst, never better or worse.
        turned = re.sub(r"\b(better|worse)\b", lambda found: swapped[found.group()], higher)
        assert sentence(row) == turned


@given(any_row, st.sampled_from(("neutral", "representative")))
def test_nothing_is_better_or_worse_where_neither_way_is(row, polarity):
    row.polarity = polarity
    row.authority_rank = None
    for words in (trend_sentence(row), elsewhere_sentence(row, NAMES)):
        assert not re.search(r"better|worse|best|worst|improv|declin", words)


@given(amounts, st.decimals("-0.2", "0.2", places=4), st.integers(0, 3))
def test_what_reads_as_the_latest_figure_is_the_same_or_about_the_same_and_nothing_else_is(
    latest, apart, decimals
):
    england = latest + apart
    row = a_row(unit="number", decimals=decimals, latest_value=latest, national_value=england)
    how, written = re.search(
        r"2023: (.+) England \((.+)\)", elsewhere_sentence(row, NAMES)
    ).groups()
    alike = written == format_value(latest, "number", decimals)
    assert alike == (how in ("the same as", "about the same as"))
    assert (how == "the same as") == (latest == england)


@given(amounts.map(abs).filter(bool), st.integers(0, 3))
def test_a_target_that_is_not_reached_is_never_nothing_away(gap, decimals):
    words = target_sentence(later(decimals=decimals, target_gap=gap))
    assert "reached" not in words
    away = re.search(r"still ([\d,.]+) percentage points? short", words).group(1)
    assert Decimal(away.replace(",", "")) > 0
