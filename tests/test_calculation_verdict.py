"""The steps to a verdict, worked by hand: figures, counts, the rule, other readings, recency."""

from datetime import date
from decimal import Decimal

import pytest
from invented import figure
from one_calculation import calculation_of, counted, two


def step_of(rule, figures, *args, **changes):
    return calculation_of(figures, *args, **changes).step(rule)


# ------------------------------------------------------------------------------- which figures


def test_the_two_figures_stand_with_their_periods_and_where_the_earlier_one_comes_from():
    figures = two("67.4", "63.9")
    figures[0]["place"] = "page 2"
    step = step_of("figures", figures, decimals=1)
    assert list(step.working) == ["63.9 (2023-24) and 67.4 (2022-23; page 2)"]
    assert step.inputs["latest"]["value"] == Decimal("63.9")
    assert step.inputs["latest"]["place"] == "page 6"
    assert step.result["change"] == Decimal("-3.5")
    assert step.in_words == "The latest figure, and the one of the same kind a year earlier."


def test_an_earlier_figure_of_another_document_names_it():
    figures = two("40", "50")
    figures[0] |= {"source": "first-update", "published": date(2025, 1, 31)}
    step = step_of("figures", figures)
    assert list(step.working) == ["50 (2023-24) and 40 (2022-23; First Update, page 6)"]


def test_a_figure_that_is_not_exact_says_so():
    step = step_of("figures", two("40", "50", qualifier="about"))
    assert list(step.working) == ["about 50 (2023-24) and 40 (2022-23)"]


def test_the_nearest_earlier_figure_is_explained():
    figures = [figure("nectar", "2020-21", "40"), figure("nectar", "2023-24", "50")]
    step = step_of("figures", figures, compare_with="nearest_earlier")
    assert "There is no figure for a year earlier." in step.in_words
    assert list(step.working) == ["50 (2023-24) and 40 (2020-21)"]


def test_spans_of_several_years_compare_with_the_span_before():
    figures = [figure("nectar", "2018-2020", "40"), figure("nectar", "2021-2023", "50")]
    step = step_of("figures", figures, year_type="calendar")
    assert (
        step.in_words == "The latest figure, and the one of the same kind for the time before it."
    )


def test_a_measure_without_a_verdict_has_figures_direction_and_recency_with_the_reason():
    made = calculation_of([figure("nectar", "2023-24", "50")])
    assert [step.rule for step in made.steps] == ["figures", "direction", "recency"]
    reason = "There is no figure for 2022-23 to compare it with."
    for rule in ("figures", "direction"):
        step = made.step(rule)
        assert (step.working, step.in_words) == ((), reason)
    assert made.step("figures").inputs["latest"]["value"] == 50
    assert made.step("figures").inputs["previous"] is None
    assert made.step("direction").result["direction"] == "not_comparable"


def test_a_measure_without_any_figure_says_so_and_no_month_is_counted():
    made = calculation_of([])
    assert [step.rule for step in made.steps] == ["figures", "direction", "recency"]
    assert all(step.working == () for step in made.steps)
    assert made.step("recency").result == {"currency": "no_figure", "months": None}
    assert made.sources == ()


def test_a_missing_latest_figure_is_no_nought():
    step = step_of("direction", two("50", None))
    assert step.in_words == "No figure was published for 2023-24."
    assert step.inputs["latest"] is None


def test_a_stated_change_without_figures_is_an_input():
    said = figure("nectar", "2023-24", "19", kind="change_percent", against="not stated")
    step = step_of("figures", [said])
    assert [change["value"] for change in step.inputs["stated_changes"]] == [19]
    assert step.in_words.startswith("Only a change was published")


def test_figures_across_a_new_definition_stand_side_by_side_with_the_reason():
    breaks = [{"from": "2023-24", "reason": "Flowers were counted otherwise before."}]
    made = calculation_of(two("40", "50"), breaks=breaks)
    assert list(made.step("figures").working) == ["50 (2023-24) and 40 (2022-23)"]
    assert made.step("direction").in_words == "Flowers were counted otherwise before."
    assert made.step("direction").working == ()


# ------------------------------------------------------------------------------- their counts


def test_counts_that_give_the_published_figures():
    # 625/978 = 0.639059…, 694/1030 = 0.673786…
    figures = [counted("2022-23", "67.4", 694, 1030), counted("2023-24", "63.9", 625, 978)]
    step = step_of("computed", figures, decimals=1)
    assert list(step.working) == [
        "625 ÷ 978 × 100 = 63.9059; published: 63.9",
        "694 ÷ 1,030 × 100 = 67.3786; published: 67.4",
    ]
    assert (step.result["latest_agrees"], step.result["previous_agrees"]) == ("yes", "yes")


def test_counts_that_give_another_figure():
    # 3862/4427 = 0.872374…, not 86.2%
    figures = [counted("2022-23", "84.2", 3179, 3776), counted("2023-24", "86.2", 3862, 4427)]
    step = step_of("computed", figures, decimals=1)
    assert step.result["latest_computed_value"] == Decimal("87.2374")
    assert (step.result["latest_agrees"], step.result["previous_agrees"]) == ("no", "yes")
    assert "87.24%" in step.in_words


def test_only_the_earlier_counts_give_another_figure():
    figures = [counted("2022-23", "60", 50, 100), counted("2023-24", "50", 50, 100)]
    step = step_of("computed", figures)
    assert step.in_words == "For the latest figure they do; for the one before they do not."


@pytest.mark.parametrize(
    ("published", "agrees"), [("63.95", "no"), ("63.85", "no"), ("63.9", "yes"), ("64", "yes")]
)
def test_half_of_the_last_published_place_is_rounding(published, agrees):
    # 639/1000 is 63.9 exactly: half a place of two decimals is 0.005, of none 0.5.
    step = step_of("computed", [counted("2023-24", published, 639, 1000)])
    assert step.result["latest_agrees"] == agrees


@pytest.mark.parametrize("published", ["63.9", "64.0"])
def test_a_share_halfway_between_two_published_figures_rounds_to_both(published):
    # 1279/2000 is 63.95 exactly.
    step = step_of("computed", [counted("2023-24", published, 1279, 2000)])
    assert step.result["latest_agrees"] == "yes"


def test_a_percentage_without_counts_and_one_with_impossible_counts_say_which():
    step = step_of("computed", two("40", "50"))
    assert step.in_words == "Cannot be calculated: our sources give no numbers of cases."
    figures = [figure("nectar", "2022-23", "40"), counted("2023-24", "50", 5, 0)]
    step = step_of("computed", figures)
    assert step.in_words == "Cannot be calculated: a base of 0 is not above zero."


def test_a_number_has_no_counts_to_give_it():
    assert step_of("computed", two("40", "50"), unit="number") is None


# ----------------------------------------------------------------------------------- the rule


def test_a_decline_beyond_the_margin():
    # 63.9 − 67.4 = −3.5; 3.5/67.4 = 0.051928…; 5% of 67.4 = 3.37
    step = step_of("direction", two("67.4", "63.9"))
    assert list(step.working) == [
        "63.9 − 67.4 = −3.5",
        "−3.5 ÷ 67.4 = −0.05192…, that is −5.2%",
        "higher is better; the margin of 5% is 3.37: beyond it",
    ]
    assert step.result["direction"] == "declining"


def test_a_decline_of_exactly_the_margin_is_within_it():
    # 2 to 2.1 is 5%.
    step = step_of("direction", two("2", "2.1"), "lower")
    assert list(step.working) == [
        "2.1 − 2 = 0.1",
        "0.1 ÷ 2 = 0.05, that is +5%",
        "lower is better; the margin of 5% is 0.1: within it",
    ]


def test_a_decline_just_beyond_the_margin_is_shown_to_be():
    # 1000 to 949.9 is 5.01%, which one decimal would show as 5.0%.
    step = step_of("direction", two("1000", "949.9"))
    assert step.working[1] == "−50.1 ÷ 1,000 = −0.0501, that is −5.01%"


def test_an_improvement_however_small():
    # 0.01 of 97.68 is 0.0102…%, which one decimal would show as nothing.
    step = step_of("direction", two("97.68", "97.69"))
    assert list(step.working) == [
        "97.69 − 97.68 = 0.01",
        "0.01 ÷ 97.68 = 0.0001023…, that is +0.01%",
        "higher is better, and a change for the better counts however small it is",
    ]


def test_equal_figures_need_no_division():
    assert list(step_of("direction", two("40", "40.0")).working) == ["40.0 − 40 = 0.0"]


def test_neither_way_better_has_no_margin_to_set_beside():
    step = step_of("direction", two("40", "30"), "neutral")
    assert list(step.working) == ["30 − 40 = −10", "−10 ÷ 40 = −0.25, that is −25%"]
    assert step.result["direction"] == "fell"


def test_a_change_from_nothing_is_no_share():
    step = step_of("direction", two("0", "3"), "lower", unit="number")
    assert list(step.working) == [
        "3 − 0 = 3",
        "of 0, no change is a share",
        "lower is better, and a change for the worse from 0 is beyond the margin of 5%",
    ]
    assert step.result["relative_change"] is None


def test_a_figure_below_zero_is_taken_without_its_sign():
    # From −2 to −2.5, higher better: 0.5/2 = 25% worse.
    step = step_of("direction", two("-2", "-2.5"), unit="points")
    assert list(step.working) == [
        "−2.5 − (−2) = −0.5",
        "−0.5 ÷ 2 (without its sign) = −0.25, that is −25%",
        "higher is better; the margin of 5% is 0.1: beyond it",
    ]


def test_a_figure_that_should_be_near_a_benchmark_is_judged_by_its_distance():
    # Benchmark 50: 48 was 2 away, 55 is 5 away; 3 further is 6.25% of 48, beyond 5% (2.4).
    figures = [*two("48", "55"), figure("nectar", "2023-24", "50", breakdown="bees")]
    step = step_of("direction", figures, "representative", {"benchmark": "bees"})
    assert list(step.working) == [
        "55 − 48 = 7",
        "7 ÷ 48 = 0.1458…, that is +14.6%",
        "from the benchmark, 50: 5 away now, 2 before; 5 − 2 = 3",
        "3 ÷ 48 = 0.0625, that is +6.3%",
        "closer to the benchmark is better; the margin of 5% is 2.4: beyond it",
    ]
    assert step.inputs["benchmark"] == 50


def test_a_figure_nearer_to_its_benchmark_has_no_margin_to_set_beside():
    # 45 was 5 away from 50, 48 is 2 away.
    figures = [*two("45", "48"), figure("nectar", "2023-24", "50", breakdown="bees")]
    step = step_of("direction", figures, "representative", {"benchmark": "bees"})
    assert list(step.working[2:]) == [
        "from the benchmark, 50: 2 away now, 5 before; 2 − 5 = −3",
        "closer to the benchmark is better, and a change for the better counts however small it is",
    ]


# ------------------------------------------------------------------------------ other readings


def test_every_other_reading_is_given_with_its_direction():
    # 50 to 48, higher better, is 4% less: beyond 3%, within 10% and 5 points. What is left rose
    # from 50 to 52, 4% of 50. Before rounding it was 2.0% (49.5 to 48.5) to 5.9% (50.5 to 47.5).
    step = step_of("other_readings", two("50", "48"))
    found = {
        (reading["reading"], reading["previous"], reading["latest"]): reading["direction"]
        for reading in step.result["readings"]
        if reading["reading"] != "other margin"
    }
    within = "declining_within_margin"
    assert found == {
        ("percentage points", 50, 48): within,
        ("share that is left", 50, 52): within,
        ("rounding", Decimal("49.5"), Decimal("47.5")): within,
        ("rounding", Decimal("49.5"), Decimal("48.5")): within,
        ("rounding", Decimal("50.5"), Decimal("47.5")): "declining",
        ("rounding", Decimal("50.5"), Decimal("48.5")): within,
    }
    margins = [r for r in step.result["readings"] if r["reading"] == "other margin"]
    assert [(r["margin"], r["direction"], r["turns"]) for r in margins] == [
        (Decimal("0.03"), "declining", "yes"),
        (Decimal("0.10"), within, "no"),
    ]
    assert step.result["borderline"].startswith("At a margin of 3% it would be declining.")
    assert list(step.working) == [
        "at a margin of 3%: declining",
        "at a margin of 10%: slightly worse, within the margin",
        "at a margin of 5 percentage points: slightly worse, within the margin",
        "as the share that is left, 50 to 52: slightly worse, within the margin",
        "before rounding, 49.5 to 47.5 and 49.5 to 48.5 and 50.5 to 48.5: slightly worse, within "
        "the margin",
        "before rounding, 50.5 to 47.5: declining",
    ]


def test_readings_that_agree_share_a_line_and_turn_nothing():
    step = step_of("other_readings", two("50", "90"))
    assert step.working[-1] == "before rounding, 49.5 or 50.5 to 89.5 or 90.5: improving"
    assert step.in_words == "No."
    assert {reading["turns"] for reading in step.result["readings"]} == {"no"}


def test_only_percentages_have_points_and_a_share_that_is_left():
    step = step_of("other_readings", two("50", "48"), unit="points")
    names = {reading["reading"] for reading in step.result["readings"]}
    assert names == {"other margin", "rounding"}


@pytest.mark.parametrize("unit", ["number", "pounds", "rank"])
def test_what_is_not_rounded_has_other_margins_only(unit):
    # 50 to 48 is 4% less: beyond 3%, within 10%.
    step = step_of("other_readings", two("50", "48"), unit=unit)
    assert list(step.working) == [
        "at a margin of 3%: declining",
        "at a margin of 10%: slightly worse, within the margin",
    ]
    assert step.inputs["decimal_places"] is None


def test_readings_that_only_have_another_word_for_it_are_said_to_turn_nothing():
    # 100 to 92 is 8% less: beyond the margin and 3%, and within 10%.
    step = step_of("other_readings", two("100", "92"), unit="number")
    assert step.in_words == (
        "Some have another word for it; none turns better into worse, or worse into better."
    )
    assert {reading["turns"] for reading in step.result["readings"]} == {"no"}


def test_a_decline_of_exactly_the_points_is_within_them():
    # 60 to 55 is 5 points, and 8.3% of 60.
    readings = step_of("other_readings", two("60", "55")).result["readings"]
    directions = {reading["reading"]: reading["direction"] for reading in readings}
    assert directions["percentage points"] == "declining_within_margin"
    assert directions["share that is left"] == "declining"


def test_of_more_than_all_no_share_is_left():
    readings = step_of("other_readings", two("110", "105")).result["readings"]
    assert "share that is left" not in {reading["reading"] for reading in readings}


def test_without_a_verdict_there_is_none_to_turn():
    assert step_of("other_readings", two("50", "48"), "neutral") is None
    assert step_of("other_readings", two("50", None)) is None
    figures = [*two("48", "55"), figure("nectar", "2023-24", "50", breakdown="bees")]
    step = step_of("other_readings", figures, "representative", {"benchmark": "bees"})
    assert step.working == () and step.in_words.startswith("Cannot be calculated: ")


# ------------------------------------------------------------------------------------- recency


def test_the_months_since_the_period_ended_against_those_allowed():
    # 31 March 2024 to 31 July 2025: 16 months; a yearly figure has 24.
    step = step_of("recency", two("40", "50"))
    assert list(step.working) == [
        "31 March 2024 to 31 July 2025: 16 months",
        "what is published once a year counts as recent for 24 months",
    ]
    assert step.result == {"currency": "current", "months": 16}
    assert step.in_words == "Yes."


@pytest.mark.parametrize(
    ("day", "allowed", "currency", "shown"),
    [
        ("15 March 2024", 16, "old", "15 March 2024 to 31 July 2025: more than 16 months"),
        ("15 March 2024", 17, "current", "15 March 2024 to 31 July 2025: 16 months"),
        ("31 March 2024", 16, "current", "31 March 2024 to 31 July 2025: 16 months"),
    ],
)
def test_the_last_month_that_is_allowed_ends_on_the_day_of_the_month(day, allowed, currency, shown):
    figures = [figure("nectar", day, "50")]
    step = step_of("recency", figures, year_type="date", current_for_months=allowed)
    assert list(step.working) == [
        shown,
        f"by the measure’s own definition a figure counts as recent for {allowed} months",
    ]
    assert step.result == {"currency": currency, "months": 16}


def test_an_old_figure_is_not_recent():
    # 31 March 2023 to 31 July 2025 is 28 months.
    step = step_of("recency", [figure("nectar", "2022-23", "50")])
    assert step.working[0] == "31 March 2023 to 31 July 2025: 28 months"
    assert step.result == {"currency": "old", "months": 28}
    assert step.in_words.startswith("Our sources have nothing newer than 2022-23")


def test_an_entry_goes_by_the_kind_of_period_that_it_follows():
    # A month of a yearly measure: 30 June 2025 to 31 July 2025 is 1 month, and 6 are allowed.
    figures = [figure("nectar", "June 2025", "50", "hive-strategy")]
    step = step_of("recency", figures, entry={"follows": "month"})
    assert list(step.working) == [
        "30 June 2025 to 31 July 2025: 1 month",
        "what is published once a month counts as recent for 6 months",
    ]
