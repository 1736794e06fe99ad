"""The steps beside a verdict, worked by hand: chance, trend, usual range, elsewhere, target."""

from decimal import Decimal
from fractions import Fraction
from math import comb, isclose, log

import pytest
from invented import AREA, figure
from one_calculation import areas_of, calculation_of, counted, two

from helpers.definitions import Area


def step_of(rule, figures, *args, **changes):
    return calculation_of(figures, *args, **changes).step(rule)


# ------------------------------------------------------------------------------------ how sure


FIFTY_TO_FORTY = [counted("2022-23", "50", 50, 100), counted("2023-24", "40", 40, 100)]


def test_wilsons_interval_is_written_with_its_middle_and_its_reach():
    # 40 of 100, z² = 3.841459: middle (0.4 + 0.0192073)/1.0384146 = 0.4036993; to each side
    # 1.959964 × √(0.0024 + 0.0000960365)/1.0384146 = 0.0942981. So 30.94% to 49.80%.
    step = step_of("interval", FIFTY_TO_FORTY)
    assert step.working[1] == (
        "2023-24: p = 40 ÷ 100 = 0.4; 0.4037 ± 0.094298 is 30.9401% to 49.7997%"
    )
    assert step.result["latest_lower"] == Decimal("30.9401")
    assert step.result["latest_upper"] == Decimal("49.7997")
    assert step.working[2].startswith("2022-23: p = 50 ÷ 100 = 0.5; 0.5 ± ")
    assert step.inputs["z"] == Decimal("1.959964")


def test_an_interval_of_the_one_figure_that_has_counts():
    step = step_of("interval", [figure("nectar", "2022-23", "50"), counted("2023-24", "40", 4, 10)])
    assert len(step.working) == 2
    assert step.result["previous_lower"] is None


@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        (two("50", "40"), "our sources give no numbers of cases"),
        ([counted("2023-24", "40", 14, 10)], "14 of 10 is more than all"),
        # 5 of 10 is 50%, and 40% was published.
        ([counted("2023-24", "40", 5, 10)], "its counts give another figure"),
    ],
)
def test_without_counts_that_can_be_right_there_is_no_interval(figures, reason):
    made = calculation_of([*two("50", "40")[:1], *figures])
    assert made.step("interval").in_words == f"Cannot be calculated: {reason}."
    assert made.step("interval").working == ()


def test_a_figure_that_its_own_counts_do_not_give_has_no_interval_and_the_other_keeps_its_own():
    # 60 of 100 is not 50%; 40 of 100 is 40%.
    figures = [counted("2022-23", "50", 60, 100), counted("2023-24", "40", 40, 100)]
    step = step_of("interval", figures)
    assert len(step.working) == 3 and step.working[1].startswith("2023-24: p = 40 ÷ 100")
    assert step.working[2] == "2022-23: none, as its counts give another figure"
    assert (step.result["previous_lower"], step.result["previous_upper"]) == (None, None)
    assert step.result["latest_lower"] == Decimal("30.9401")


def test_what_rests_on_no_cases_has_no_interval_to_look_for():
    assert step_of("interval", two("50", "40"), unit="pounds") is None


def test_a_rate_of_ten_cases_or_more_has_byars_interval():
    # 10 cases: 10(1 − 1/90 − 1.959964/(3√10))³ = 4.7911…; 11(1 − 1/99 + 1.959964/(3√11))³ =
    # 18.39…; of 20,000 people, each × 10,000/20,000.
    figures = [counted("2022-23", "4", 8, 20000), counted("2023-24", "5", 10, 20000)]
    step = step_of("interval", figures, unit="rate_per_10000")
    lower = 10 * (1 - 1 / 90 - 1.959964 / (3 * 10**0.5)) ** 3
    upper = 11 * (1 - 1 / 99 + 1.959964 / (3 * 11**0.5)) ** 3
    assert isclose(float(step.result["latest_lower"]), lower / 2, abs_tol=0.0001)
    assert isclose(float(step.result["latest_upper"]), upper / 2, abs_tol=0.0001)
    assert step.working[1].startswith("2023-24: x = 10; ")
    assert "× 10,000 ÷ 20,000 is" in step.working[1]
    # 8 cases: the exact interval of Poisson's table, 3.45 to 15.76.
    assert step.working[2].startswith("2022-23: x = 8; 3.45")
    assert isclose(float(step.result["previous_upper"]), 15.76 / 2, abs_tol=0.005)


def test_the_test_of_two_shares_line_by_line():
    # 50/100 and 40/100: pooled 0.45; √(0.45 × 0.55 × 0.02) = √0.00495 = 0.0703562; −0.1/0.0703562 =
    # −1.42134; two-sided p = 0.1552 (normal table: 1.42 gives 0.0778 on one side).
    step = step_of("evidence", FIFTY_TO_FORTY)
    assert step.working[0].startswith("both together: p = (50 + 40) ÷ (100 + 100) = 0.45; ")
    assert list(step.working[1:3]) == [
        "standard error √(p(1 − p)(1 ÷ 100 + 1 ÷ 100)) = 0.070356",
        "z = (0.4 − 0.5) ÷ 0.070356 = −1.4213, two-sided",
    ]
    assert step.result["z"] == Decimal("-1.42134")
    assert step.result["pooled_share"] == Decimal("0.45")
    assert step.result["fewest_expected"] == 45
    assert isclose(float(step.result["evidence_p_value"]), 0.1552, abs_tol=0.0001)
    assert step.working[3] == (
        "p: 0.15522, not below 0.05: chance alone would make at least such a difference in about "
        "16 of 100 cases"
    )
    assert step.result["evidence"] == "could_be_chance"


def test_newcombes_interval_is_made_of_wilsons():
    # Wilson: 40/100 is 0.30940 to 0.49800, 50/100 is 0.40383 to 0.59617.
    # −0.1 − √(0.0906² + 0.09617²) = −0.23212; −0.1 + √(0.098² + 0.09617²) = 0.03731.
    step = step_of("evidence", FIFTY_TO_FORTY)
    assert step.working[4].startswith(
        "Newcombe’s interval: −0.1 − √((0.4 − 0.3094)² + (0.59617 − 0.5)²) = −0.2321"
    )
    assert step.working[5].startswith("−0.1 + √((0.498 − 0.4)² + (0.5 − 0.40383)²) = 0.0373")
    assert isclose(float(step.result["difference_lower"]), -23.21, abs_tol=0.01)
    assert isclose(float(step.result["difference_upper"]), 3.73, abs_tol=0.01)


def test_too_few_to_test_ends_with_how_many_are_expected():
    # 2 of 10 and 4 of 10: 6/20 of 10 is 3.
    figures = [counted("2022-23", "20", 2, 10), counted("2023-24", "40", 4, 10)]
    step = step_of("evidence", figures)
    assert step.result["evidence"] == "too_few_to_judge"
    assert step.result["evidence_p_value"] is None
    assert step.working[-1] == "3 is fewer than 5: too few for the test"
    assert not any(line.startswith(("standard error", "p:")) for line in step.working)


def test_two_counts_of_events_share_their_sum_by_chance():
    # 30 and 60: of 90, 45 each. Two-sided: 2 × P(60 or more of 90 at one half).
    step = step_of("evidence", two("30", "60"), unit="number", events=True)
    chance = 2 * Fraction(sum(comb(90, k) for k in range(60, 91)), 2**90)
    assert isclose(float(step.result["evidence_p_value"]), float(chance), rel_tol=0.001)
    assert list(step.working[:2]) == [
        "30 + 60 = 90 together; by chance half of them fall to the latest: 45",
        "60 where 45 are expected: exact binomial test, two-sided",
    ]
    assert "below 0.05" in step.working[2]
    assert (step.result["together"], step.result["evidence"]) == (90, "clear")


def test_two_rates_share_their_cases_by_their_populations():
    # 20 of 10,000 and 45 of 30,000: of 65 together three quarters, 48.75, fall to the latest.
    figures = [counted("2022-23", "20", 20, 10000), counted("2023-24", "15", 45, 30000)]
    step = step_of("evidence", figures, unit="rate_per_10000", events=True)
    assert list(step.working[:2]) == [
        "20 + 45 = 65 together; by chance 30,000 ÷ (10,000 + 30,000) = 0.75 of them fall to the "
        "latest: 48.75",
        "45 where 48.75 are expected: exact binomial test, two-sided",
    ]
    assert step.result["expected_share"] == Decimal("0.75")


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        (two("40", "40"), "There is no change to test."),
        (two("40", "50"), "Cannot be calculated: our sources give no numbers of cases."),
        (
            two("40", "50", qualifier="about"),
            "Cannot be calculated: one of the two figures is not exact.",
        ),
    ],
)
def test_a_change_that_cannot_be_tested_says_why(figures, words):
    step = step_of("evidence", figures)
    assert (step.in_words, step.working) == (words, ())


# ----------------------------------------------------------------------------------- how usual


YEARS = ["2019-20", "2020-21", "2021-22", "2022-23", "2023-24"]


def five_years(counts):
    return [
        counted(year, str(count / 10), count, 1000)
        for year, count in zip(YEARS, counts, strict=True)
    ]


def test_a_trend_of_five_years_with_every_sum():
    # r = 100, 130 … 220 of 1,000 each: N = 5000, R = 800, Σrt = 2700, Σnt = 15000, Σnt² = 55000.
    # X² = 5000(5000 × 2700 − 800 × 15000)²/(800 × 4200(5000 × 55000 − 15000²)) = 66.964…
    step = step_of("recent_trend", five_years([100, 130, 160, 190, 220]), decimals=1)
    assert step.working[1] == (
        "with t = 1 to 5: N = Σn = 5,000, R = Σr = 800, Σrt = 2,700, Σnt = 15,000, Σnt² = 55,000"
    )
    assert step.working[2].endswith("= 66.964, above 9.549536")
    assert step.result["chi_square"] == Decimal("66.9643")
    assert step.result["recent_trend"] == "increasing"
    # Without the first year the line runs through the four others: 12 terms about t = 3.5.
    logits = [log(r / (1000 - r)) for r in (130, 160, 190, 220)]
    slope = (-1.5 * logits[0] - 0.5 * logits[1] + 0.5 * logits[2] + 1.5 * logits[3]) / 5
    assert [year for year, _ in step.result["slope_without_year"]] == list(range(2020, 2025))
    assert isclose(float(step.result["slope_without_year"][0][1]), slope, abs_tol=0.00001)
    assert isclose(float(step.result["slope"]), 0.2309, abs_tol=0.01)
    assert all(slope > 0 for _, slope in step.result["slope_without_year"])
    assert step.inputs["years"][0] == [2020, 100, 1000]


def test_five_years_that_hardly_change_are_not_above_the_critical_value():
    step = step_of("recent_trend", five_years([100, 101, 99, 100, 102]), decimals=1)
    assert "not above 9.549536" in step.working[2]
    assert step.result["recent_trend"] == "no_significant_change"


@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        (five_years([100, 130, 160, 190, 220])[1:], "4 years"),
        (five_years([0, 130, 160, 190, 220]), "none, or all, are counted"),
        (
            [figure("nectar", year, "50") for year in YEARS[:4]] + two("0", "40")[1:],
            "our sources give no numbers of cases for all five years",
        ),
    ],
)
def test_five_years_that_cannot_be_tested_say_why(figures, reason):
    step = step_of("recent_trend", figures)
    assert step.working == () and reason in step.in_words
    assert step.result["recent_trend"] == "cannot_be_calculated"


def months(values, start=2024):
    """Return monthly figures from January on."""
    names = (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    )
    return [
        figure("nectar", f"{names[place % 12]} {start + place // 12}", value)
        for place, value in enumerate(values)
    ]


def test_the_usual_range_of_thirteen_months():
    # 10, 12, 10 … 10: 142/13 = 10.923; twelve steps of 2; 10.923 ± 2.66 × 2 = 5.603 to 16.243.
    figures = months([10, 12] * 6 + [10], start=2023)
    step = step_of("usual_range", figures, year_type="month", frequency="monthly")
    assert list(step.working) == [
        "142 ÷ 13 figures = 10.923 on average",
        "steps from one figure to the next, without their sign: 24 ÷ 12 = 2",
        "of 3.267 × 2 = 6.534 or more, and left out: none",
        "10.923 ± 2.66 × 2: 5.6031 to 16.243",
        "the latest, 10: within them, and in no run (common cause)",
    ]
    assert step.result["moving_ranges"] == [2] * 12
    assert step.result["usual_average"] == Decimal("10.9231")
    assert step.result["usual_lower"] == Decimal("5.6031")
    assert step.result["variation"] == "common_cause"
    assert step.inputs["figures"][0] == ["January 2023", 10]


def test_a_step_far_above_the_others_is_left_out_of_the_limits():
    # Steps: eleven of 2 and one of 26, on average 48/12 = 4; 3.267 × 4 = 13.068; the rest 22/11.
    figures = months([10, 12] * 6 + [38], start=2023)
    step = step_of("usual_range", figures, year_type="month", frequency="monthly")
    assert step.working[2] == (
        "of 3.267 × 4 = 13.068 or more, and left out: 1; the rest 22 ÷ 11 = 2"
    )
    assert step.result["ranges_left_out"] == 1
    assert step.working[-1] == "the latest, 38: Above UCL"


def test_a_gap_in_the_months_leaves_both_its_steps_out():
    values = [10, 12] * 7
    figures = [row for row in months(values, start=2023) if row["period"] != "March 2023"]
    step = step_of("usual_range", figures, year_type="month", frequency="monthly")
    assert len(step.inputs["figures"]) == 14
    assert step.inputs["figures"][2] == ["March 2023", None]
    assert len(step.result["moving_ranges"]) == 11


def test_figures_that_do_not_vary_have_no_limits():
    step = step_of("usual_range", months([10] * 13), year_type="month", frequency="monthly")
    assert step.result["usual_upper"] is None
    assert not any("±" in line for line in step.working)
    assert "do not vary" in step.in_words


def test_twelve_months_are_too_few_and_years_are_not_asked():
    step = step_of("usual_range", months([10] * 12), year_type="month", frequency="monthly")
    assert step is None  # no figure of the year before, and so no verdict either
    figures = [*months([10]), *months([12], start=2025)]
    step = step_of("usual_range", figures, year_type="month", frequency="monthly")
    assert step.working == () and "13" in step.in_words and "2" in step.in_words
    assert step_of("usual_range", two("40", "50")) is None


# ------------------------------------------------------------------------------- how elsewhere


def test_each_other_place_with_the_difference():
    figures = [*two("24", "30"), figure("nectar", "2023-24", "26.5", area="Meadowland")]
    step = step_of("elsewhere", figures)
    assert list(step.working) == ["Meadowland: 30 − 26.5 = +3.5"]
    assert step.result["national_value"] == Decimal("26.5")
    assert step.result["national_difference"] == Decimal("3.5")
    assert step.inputs["Meadowland"] == Decimal("26.5")


def test_a_figure_for_another_time_is_not_set_beside():
    figures = [*two("24", "30"), figure("nectar", "2022-23", "26.5", area="Meadowland")]
    step = step_of("elsewhere", figures)
    assert step.working == ()
    assert step.in_words.startswith("Cannot be calculated: our sources have no figure of another")


def authorities(**values):
    """Return areas and figures of all the country's authorities, Beeshire's first."""
    others = [Area(name=name, kind="local_authority") for name in values]
    own = Area(name=AREA, kind="local_authority", neighbours=list(values)[:2])
    country = Area(name="Meadowland", kind="national")
    figures = [figure("nectar", "2023-24", value, area=name) for name, value in values.items()]
    return areas_of(own, *others, country, all_authorities=True), figures


def test_the_mean_of_the_neighbours_and_the_place_among_all_authorities():
    # Neighbours 20 and 25: mean 22.5. Of 30, 20, 25, 40, more being better, 30 is the second.
    areas, others = authorities(Wasps="20", Hornets="25", Moths="40")
    step = step_of("elsewhere", [*two("24", "30"), *others], areas=areas)
    assert list(step.working) == [
        "Statistical neighbours: 45 ÷ 2 = 22.5000",
        "Statistical neighbours: 30 − 22.5000 = +7.5000",
        "of 4 authorities, the best first: number 2, in the second best quarter",
    ]
    assert step.inputs["neighbours"] == {"Wasps": 20, "Hornets": 25}
    assert step.inputs["authorities"] == {AREA: 30, "Wasps": 20, "Hornets": 25, "Moths": 40}


def test_an_average_outside_the_range_of_its_parts_is_left_out_and_named():
    areas, others = authorities(Wasps="20")
    wrong = figure("nectar", "2023-24", "90", area="Meadowland")
    step = step_of("elsewhere", [*two("24", "30"), *others, wrong], areas=areas)
    assert step.result["national_value"] is None
    assert step.working[-1].startswith("left out: Meadowland, 90: ")


# ------------------------------------------------------------------------------- how far to go


def target(period, value, kind="floor", **entry):
    return {"targets": [{"period": period, "value": value, "kind": kind}], **entry}


def test_the_way_to_a_target_from_its_baseline():
    # 20 on 31 March 2023, 50 by 31 March 2026: 1,096 days, of which 366 by 31 March 2024, so
    # 20 + 30 × 366/1096 = 30.018. From 24, 26 in 730 days is 26/730 × 365.25 = 13.009 a year.
    entry = target("2025-26", 50, baseline="2022-23")
    step = step_of("target", two("20", "24"), entry=entry)
    assert list(step.working) == [
        "50 − 24 = 26 away from it",
        "straight line on 31 March 2024: 20 + (50 − 20) × 366 ÷ 1,096 days = 30.018",
        "pace needed: (50 − 24) ÷ 730 days × 365.25 = 13.009 a year",
        "when, at the pace so far: cannot be calculated: fewer than three figures",
    ]
    assert step.result["target_gap"] == 26
    assert step.result["expected_value"] == Decimal("30.0182")
    assert step.result["expected_gap"] == Decimal("6.0182")
    assert step.result["pace_needed"] == Decimal("13.0089")
    assert step.result["target_status"] == "behind"


def test_the_pace_so_far_is_the_line_through_the_figures():
    # Days 0, 365, 731 with 20, 24, 28: n = 3, Σd = 1096, Σy = 72, Σdy = 29228, Σd² = 667586;
    # (3 × 29228 − 1096 × 72)/(3 × 667586 − 1096²) = 8772/801542 a day, × 365.25 = 3.9973 a year.
    # 22/3.9973 is 5.504 years, 2,011 days after 31 March 2024.
    figures = [figure("nectar", "2021-22", "20"), *two("24", "28")]
    step = step_of("target", figures, entry=target("2025-26", 50))
    assert step.working[2] == (
        "pace so far, figures y and d days after the first: n = 3, Σd = 1,096, Σy = 72, "
        "Σdy = 29,228, Σd² = 667,586; (nΣdy − ΣdΣy) ÷ (nΣd² − (Σd)²) × 365.25 = 3.9973 a year"
    )
    assert step.working[3].startswith("22 ÷ 3.9973 a year after 31 March 2024: ")
    assert step.result["projected"].isoformat() == "2029-10-02"
    assert step.result["expected_value"] is None


def test_on_the_due_day_the_straight_line_is_at_the_target():
    # 31 March 2023 to 31 March 2024 is 366 days.
    entry = target("2023-24", 50, baseline="2022-23")
    step = step_of("target", two("20", "24"), entry=entry)
    assert step.working[1] == (
        "straight line on 31 March 2024: 20 + (50 − 20) × 366 ÷ 366 days = 50"
    )
    assert (step.result["expected_value"], step.result["target_status"]) == (50, "missed")


def test_a_ceiling_is_counted_down_to():
    entry = target("2025-26", 10, "ceiling")
    step = step_of("target", two("20", "16"), "lower", entry)
    assert step.working[0] == "16 − 10 = 6 away from it"
    assert step.working[1] == "pace needed: (10 − 16) ÷ 730 days × 365.25 = −3.0021 a year"


def test_a_target_that_is_reached():
    step = step_of("target", two("20", "55"), entry=target("2023-24", 50))
    assert step.working[0] == "50 − 55 = −5, so it is reached"
    assert (step.result["target_status"], step.result["target_gap"]) == ("achieved", 0)


def test_without_a_target_there_is_no_step():
    assert step_of("target", two("20", "24")) is None
