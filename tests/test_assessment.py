"""Assessments: what a quarter says of a measure, beside which printed arrow, under which heading.

The figures are invented and small; every expected answer is worked out in the test.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from one_measure import (
    QUARTER,
    level,
    listed_as,
    make_indicator,
    make_part,
    make_plan,
    one_measure_plan,
    since_baseline,
)

from helpers.assessment import (
    SUMMARY_GROUPS,
    assess,
    explain_difference,
    report_quarter,
    summary_group,
)
from helpers.definitions import Quarter, Quarters

# ----------------------------------------------------------------------------- a whole assessment


def test_an_assessment_names_both_figures_and_works_out_the_change(assess_one):
    row = assess_one(
        [
            level("2021-22", "80.0", numerator=Decimal(80), denominator=Decimal(100)),
            level("2022-23", "70.0", numerator=Decimal(70), denominator=Decimal(100)),
        ]
    )
    assert row["quarter"] == "2022-23 Q4"
    assert (row["part"], row["ambition"]) == ("2", 2)
    assert (row["indicator"], row["reference"]) == (7, "7a")
    assert (row["role"], row["plan"], row["area"]) == ("plan", "plan", "Hertfordshire")
    assert (row["previous_period"], row["previous_value"]) == ("2021-22", Decimal("80.0"))
    assert (row["latest_period"], row["latest_value"]) == ("2022-23", Decimal("70.0"))
    assert row["latest_period_end"] == date(2023, 3, 31)
    assert (row["latest_numerator"], row["latest_denominator"]) == (70, 100)
    assert (row["previous_numerator"], row["previous_denominator"]) == (80, 100)
    assert row["change"] == Decimal("-10.0")
    assert row["relative_change"] == Decimal("-0.125")
    assert row["direction"] == "declining"
    assert row["summary_group"] == "to_be_improved"
    assert (row["source"], row["published"]) == ("report", date(2023, 10, 31))
    assert row["page"] == "ambition-2.html#measure-7a"


def test_the_arrow_uses_the_published_figures_and_the_counts_stand_beside(assess_one):
    # By the counts 6 of 9 (66.7%) became 2 of 3 (the same); as published it fell by 0.1.
    row = assess_one(
        [
            level("2021-22", "66.7", numerator=Decimal(6), denominator=Decimal(9)),
            level("2022-23", "66.6", numerator=Decimal(2), denominator=Decimal(3)),
        ]
    )
    assert row["direction"] == "declining_within_margin"
    assert row["computed_value"] == Decimal("66.6667")


def test_a_measure_without_any_figure_has_a_row_that_says_so(assess_one):
    row = assess_one([level("2022-23", "70", area="England")])
    assert (row["latest_period"], row["latest_value"]) == ("", None)
    assert (row["direction"], row["currency"]) == ("not_comparable", "no_figure")
    assert (
        row["direction_reason"]
        == "Our sources published by 31 December 2023 have no figure for it."
    )
    assert row["summary_group"] == "no_recent_figure"
    assert row["source"] == ""


def test_what_a_source_says_of_how_exact_and_how_final_a_figure_is_is_kept(assess_one):
    row = assess_one([level("2022-23", "70", qualifier="about", status="provisional")])
    assert (row["latest_qualifier"], row["latest_status"]) == ("about", "provisional")


def test_further_figures_and_official_statistics_have_rows_after_the_plans_own(
    observations_table, make_measure, make_source, make_definitions
):
    other = listed_as("other", polarity="neutral")
    indicator = make_indicator(
        measures=[listed_as(reference="7a")], further=[other], official=[other]
    )
    figures = {"progress": [other], "context": [other], "official": [other]}
    plan = make_plan(make_part("2", indicators=[indicator], **figures))
    definitions = replace(
        make_definitions(
            [make_measure("children-in-county"), make_measure("other")], [make_source()]
        ),
        plans={"plan": plan},
    )
    table = assess(definitions, observations_table(), QUARTER, "Hertfordshire")
    assert list(table["role"]) == [
        *("plan", "further", "official"),
        *("progress", "context", "official"),
    ]
    assert list(table["indicator"]) == [7, 7, 7, None, None, None]
    assert list(table["reference"]) == ["7a", "", "", "", "", ""]
    assert set(table["part"]) == {"2"}


def test_the_measures_of_some_plans_only_are_as_among_those_of_all(
    observations_table, make_measure, make_source, make_definitions
):
    plans = {
        name: make_plan(
            make_part("2", indicators=[make_indicator(measures=[listed_as(reference=reference)])]),
            id=name,
        )
        for name, reference in (("one", "7a"), ("other", "8b"))
    }
    definitions = replace(
        make_definitions([make_measure("children-in-county")], [make_source()]), plans=plans
    )
    figures = observations_table(level("2021-22", "80"), level("2022-23", "70"))
    table = assess(definitions, figures, QUARTER, "Hertfordshire")
    assert list(table["plan"]) == ["one", "other"]
    only = assess(definitions, figures, QUARTER, "Hertfordshire", [plans["other"]])
    assert list(only["plan"]) == ["other"]
    assert only.iloc[0].equals(table.iloc[1])
    assert assess(definitions, figures, QUARTER, "Hertfordshire", []).empty


def test_what_the_measure_covers_of_the_indicator_is_kept(assess_one):
    row = assess_one([level("2022-23", "70")], entry={"covers": "ages 16 and 17 only"})
    assert row["covers"] == "ages 16 and 17 only"


def test_evidence_of_a_milestone_is_assessed_as_any_other_measure(
    observations_table, make_measure, make_source, make_definitions
):
    evidence = listed_as(baseline="2020-21")
    milestone = {
        "number": 4,
        "text": "More of them.",
        "kind": "direction",
        "wanted": "increase",
        "evidence": [evidence],
    }
    part = make_part("9", milestones=[milestone], page="improvement-area-9")
    definitions = replace(
        make_definitions([make_measure("children-in-county", year_type="financial")]),
        sources={"report": make_source()},
        plans={"plan": make_plan(part, parts_are="area")},
    )
    table = observations_table(level("2020-21", "38"), level("2022-23", "89"))
    row = assess(definitions, table, QUARTER, "Hertfordshire").iloc[0]
    assert (row["part"], row["reference"], row["role"]) == ("9", "9-4", "plan")
    assert (row["indicator"], row["ambition"]) == (None, None)
    assert since_baseline(row) == ("2020-21", 38, 51, "")
    assert row["page"] == "improvement-area-9.html#measure-9-4"


# -------------------------------------------------------------- benchmarks, targets, quartiles


def representative(**entry):
    return {"polarity": "representative", "entry": {"benchmark": "population", **entry}}


@pytest.mark.parametrize(
    ("value", "position"), [("4.5", "below"), ("11.6", "equal"), ("20", "above")]
)
def test_beside_a_benchmark_alone_there_is_a_position_and_no_direction(assess_one, value, position):
    row = assess_one(
        [level("2021-22", "11.6", breakdown="population"), level("2022-23", value)],
        **representative(),
    )
    assert row["direction"] == "not_comparable"
    assert row["direction_reason"] == (
        "The figure beside it is a benchmark (population), not an earlier figure of the same thing."
    )
    assert (row["previous_period"], row["previous_value"]) == ("", None)
    assert (row["benchmark"], row["benchmark_value"]) == ("population", Decimal("11.6"))
    assert row["benchmark_position"] == position


def test_with_an_earlier_figure_nearer_to_the_benchmark_is_better(assess_one):
    rows = [
        level("2021-22", "50", breakdown="population"),
        level("2021-22", "80"),
        level("2022-23", "70"),
    ]
    row = assess_one(rows, **representative())
    assert (row["direction"], row["benchmark_position"]) == ("improving", "above")


def test_without_its_benchmark_a_representative_measure_is_not_judged(assess_one):
    row = assess_one([level("2021-22", "80"), level("2022-23", "70")], **representative())
    assert row["direction"] == "not_comparable"
    assert row["direction_reason"] == "There is no benchmark to be near."
    assert (row["benchmark_value"], row["benchmark_position"]) == (None, "")


@pytest.mark.parametrize(
    ("kind", "value", "met"),
    [
        ("floor", "84.9", "no"),
        ("floor", "85", "yes"),
        ("floor", "85.1", "yes"),
        ("ceiling", "84.9", "yes"),
        ("ceiling", "85.0", "yes"),
        ("ceiling", "85.1", "no"),
    ],
)
def test_a_floor_is_met_from_below_and_a_ceiling_from_above_both_inclusive(
    assess_one, kind, value, met
):
    targets = [{"period": "2022-23", "value": "85", "kind": kind}]
    row = assess_one([level("2022-23", value)], entry={"targets": targets})
    assert (row["target_value"], row["target_kind"], row["target_met"]) == (85, kind, met)


def test_only_the_target_of_the_latest_figures_own_period_counts(assess_one):
    targets = [
        {"period": "2021-22", "value": "60", "kind": "floor"},
        {"period": "Apr 22 - Mar 23", "value": "90", "kind": "floor"},
        {"period": "2023-24", "value": "60", "kind": "floor"},
    ]
    row = assess_one([level("2022-23", "70")], entry={"targets": targets})
    assert (row["target_value"], row["target_met"]) == (90, "no")
    row = assess_one([level("2024-25", "70")], entry={"targets": targets})
    assert (row["target_value"], row["target_kind"], row["target_met"]) == (None, "", "")


def test_a_target_without_a_figure_is_neither_met_nor_missed(assess_one):
    targets = [{"period": "2022-23", "value": "85", "kind": "floor"}]
    rows = [level("2022-23", None, status="not_available")]
    row = assess_one(rows, entry={"targets": targets})
    assert (row["target_value"], row["target_met"]) == (85, "")


def test_the_national_quartile_counts_for_its_own_period_only(assess_one):
    stated = {"national_quartile": [{"period": "2022-23", "quartile": "top"}]}
    rows = [level("2021-22", "50"), level("2022-23", "49")]
    row = assess_one(rows, entry=stated)
    assert (row["direction"], row["national_quartile"]) == ("declining_within_margin", "top")
    assert row["summary_group"] == "improving_or_good"
    row = assess_one([*rows, level("2023-24", "48")], entry=stated)
    assert (row["national_quartile"], row["summary_group"]) == ("", "little_change")


# ------------------------------------------------------------------------ the executive summary


DIRECTIONS = (
    "improving",
    "declining",
    "declining_within_margin",
    "no_change",
    "rose",
    "fell",
    "not_comparable",
)


@pytest.mark.parametrize(
    ("direction", "plain", "with_target_met"),
    [
        ("improving", "improving_or_good", "improving_or_good"),
        ("declining", "to_be_improved", "to_be_improved"),
        ("declining_within_margin", "little_change", "improving_or_good"),
        ("no_change", "little_change", "improving_or_good"),
        ("rose", "not_judged", "improving_or_good"),
        ("fell", "not_judged", "improving_or_good"),
        ("not_comparable", "not_judged", "improving_or_good"),
    ],
)
def test_the_heading_of_every_direction_with_and_without_a_reason_to_call_it_good(
    direction, plain, with_target_met
):
    assert summary_group(direction, "current") == plain
    assert summary_group(direction, "current", target_met="no") == plain
    assert summary_group(direction, "current", national_quartile="second") == plain
    assert summary_group(direction, "current", target_met="yes") == with_target_met
    assert summary_group(direction, "current", national_quartile="top") == with_target_met


def test_an_old_figure_keeps_its_arrow_and_is_counted_under_no_recent_figure(assess_one):
    rows = [level("2021-22", "80"), level("2022-23", "70")]
    later = Quarter(quarter="2025-26 Q2", as_at=date(2025, 9, 30))
    row = assess_one(rows, quarter=later)
    assert (row["direction"], row["currency"]) == ("declining", "old")
    assert row["summary_group"] == "no_recent_figure"


@pytest.mark.parametrize("currency", ["old", "no_figure"])
@pytest.mark.parametrize("direction", DIRECTIONS)
def test_what_is_not_current_is_never_news_however_good(direction, currency):
    assert summary_group(direction, currency, "yes", "top") == "no_recent_figure"


def test_every_heading_is_one_of_those_listed():
    given = {
        summary_group(direction, currency, met)
        for direction in DIRECTIONS
        for currency in ("current", "old")
        for met in ("", "yes")
    }
    assert given == set(SUMMARY_GROUPS)


# ----------------------------------------------------------------------------- published arrows


@pytest.mark.parametrize(
    ("published", "direction"),
    [
        ("↑", "improving"),
        ("↓", "declining"),
        ("⇄", "declining_within_margin"),
        ("↔", "no_change"),
        ("↔", "declining_within_margin"),
        ("N/A", "not_comparable"),
        ("", "declining"),
    ],
)
def test_an_arrow_that_the_rule_gives_needs_no_explanation(published, direction):
    assert explain_difference(published, direction, "It fell.", "higher") == ""


@pytest.mark.parametrize(
    ("published", "direction", "polarity", "words"),
    [
        ("↓", "not_comparable", "higher", "The two figures cannot be compared by the rule. Why."),
        ("⇄", "not_comparable", "neutral", "The two figures cannot be compared by the rule. Why."),
        ("↓", "declining_within_margin", "lower", "By the report's own key: why. The report pri"),
        ("⇄", "declining", "lower", "By the report's own key: why. The report prints ⇄."),
        ("⇄", "no_change", "lower", "By the report's own key: why. The report prints ⇄."),
        ("↔", "improving", "lower", "By the report's own key: why. The report prints ↔."),
        ("↔", "declining", "higher", "By the report's own key: why. The report prints ↔."),
        ("↑", "declining", "higher", "By the report's own key: why. The report prints ↑."),
        ("↔", "fell", "neutral", "we report that it fell and judge nothing; the report prints ↔."),
        ("N/A", "rose", "neutral", "we report that it rose and judge nothing; the report prints N"),
        ("N/A", "improving", "higher", "Both figures are published, so the rule gives an answer"),
    ],
)
def test_an_arrow_that_the_rule_does_not_give_is_explained(published, direction, polarity, words):
    assert words in explain_difference(published, direction, "Why.", polarity)


def test_a_neutral_measure_that_did_not_change_is_not_said_to_have_moved():
    words = explain_difference("↑", "no_change", "The two figures are equal.", "neutral")
    assert "it no_change" not in words
    assert "equal" in words


@pytest.mark.parametrize(
    ("arrow", "reproduced"), [("↓", "yes"), ("↑", "no"), ("⇄", "no"), ("N/A", "no")]
)
def test_a_printed_arrow_is_kept_and_set_against_the_rules(assess_one, arrow, reproduced):
    row = assess_one([level("2021-22", "80"), level("2022-23", "70")], arrows=[("7a", arrow)])
    assert (row["published_direction"], row["reproduced"]) == (arrow, reproduced)
    assert bool(row["difference_reason"]) == (reproduced == "no")
    assert row["direction"] == "declining"


def test_without_a_printed_arrow_nothing_is_reproduced_or_explained(assess_one):
    row = assess_one([level("2021-22", "80"), level("2022-23", "70")], arrows=[("8", "↑")])
    assert (row["published_direction"], row["reproduced"]) == ("", "")
    assert row["difference_reason"] == ""


def test_the_report_prints_arrows_for_its_own_area_only(assess_one):
    rows = [level("2021-22", "80", area="England"), level("2022-23", "70", area="England")]
    row = assess_one(rows, arrows=[("7a", "↓")], area="England")
    assert row["direction"] == "declining"
    assert (row["published_direction"], row["reproduced"]) == ("", "")


def test_a_target_and_the_quartile_that_a_document_states_are_its_own_areas_only(assess_one):
    # 70 after 72 is 2.8% less, within the margin; at least 60 is met, and the quartile is the top.
    entry = {
        "targets": [{"period": "2022-23", "value": "60", "kind": "floor"}],
        "national_quartile": [{"period": "2022-23", "quartile": "top"}],
    }
    names = ("target_value", "target_kind", "target_met", "national_quartile", "summary_group")
    for area, expected in (
        ("Hertfordshire", [60, "floor", "yes", "top", "improving_or_good"]),
        ("England", [None, "", "", "", "little_change"]),
    ):
        rows = [level("2021-22", "72", area=area), level("2022-23", "70", area=area)]
        row = assess_one(rows, entry=entry, area=area)
        assert row["direction"] == "declining_within_margin"
        assert [row[name] for name in names] == expected


def test_before_the_report_was_out_there_was_no_printed_arrow(assess_one):
    rows = [level("2021-22", "80"), level("2022-23", "70", published=date(2023, 6, 30))]
    before = Quarter(quarter="2022-23 Q3", as_at=date(2023, 10, 30))
    row = assess_one(rows, arrows=[("7a", "↓")], quarter=before)
    assert (row["published_direction"], row["reproduced"]) == ("", "")
    assert row["difference_reason"] == ""


def test_once_newer_figures_exist_the_printed_arrow_speaks_of_others(assess_one):
    rows = [
        level("2021-22", "80"),
        level("2022-23", "70"),
        level("2023-24", "75", source="later", published=date(2023, 12, 1)),
    ]
    row = assess_one(rows, arrows=[("7a", "↓")])
    assert row["direction"] == "improving"
    assert (row["published_direction"], row["reproduced"]) == ("↓", "")
    assert row["difference_reason"] == ""


# ------------------------------------------------------------------------------ the small pieces


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (date(2023, 10, 31), "2022-23 Q4"),
        (date(2023, 12, 31), "2022-23 Q4"),
        (date(2024, 1, 1), "2024-25 Q3"),
        (date(2026, 1, 1), None),
    ],
)
def test_the_reports_quarter_is_the_first_in_which_it_was_out(
    make_definitions, make_source, published, expected
):
    listed = [
        Quarter(quarter="2021-22 Q4", as_at=date(2022, 12, 31)),
        QUARTER,
        Quarter(quarter="2024-25 Q3", as_at=date(2025, 1, 31)),
    ]
    definitions = replace(
        make_definitions([], [make_source(published=published)]),
        quarters=Quarters(default="2022-23 Q4", quarters=listed),
    )
    quarter = report_quarter(definitions, one_measure_plan())
    assert (quarter.quarter if quarter else None) == expected
