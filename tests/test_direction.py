"""The direction of travel: the plan's rule, row by row, and what must always hold of it."""

import csv
import math
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from no_numbers import NO_NUMBERS

from helpers.direction import POLARITIES, as_decimal, direction_of_travel, exact_number

DATA = Path(__file__).parent / "data"
MARGIN_RULE = list(csv.DictReader((DATA / "margin_rule.csv").open(encoding="utf-8")))
LAIT = list(csv.DictReader((DATA / "peers" / "lait_benchmarks.csv").open(encoding="utf-8")))
WORSE = ("declining", "declining_within_margin")


def direction(previous, latest, polarity, *margin, **benchmark):
    return direction_of_travel(previous, latest, polarity, *margin, **benchmark).direction


# Every direction, with figures that the plan's report of 2022-23 prints. The relative change was
# worked by hand: no. 1 is -3.5 / 67.4 = -5.19%, no. 22 is -1.0 / 91.7 = -1.09%, and so on.
@pytest.mark.parametrize(
    ("previous", "latest", "polarity", "expected"),
    [
        pytest.param("94", "115", "higher", "improving", id="no. 4, +22.3%"),
        pytest.param("97.56", "97.69", "higher", "improving", id="no. 9b, by however little"),
        pytest.param("368", "286", "lower", "improving", id="no. 36, fewer is better"),
        pytest.param("67.4", "63.9", "higher", "declining", id="no. 1, -5.19%"),
        pytest.param("8.6", "10.0", "lower", "declining", id="no. 2, +16.3%"),
        pytest.param("60.4", "52.1", "higher", "declining", id="no. 11, -13.7%"),
        pytest.param("55.8", "52.7", "higher", "declining", id="no. 21, -5.56%"),
        pytest.param("3221196", "5469575", "lower", "declining", id="no. 25a, pounds"),
        pytest.param("141", "151", "lower", "declining", id="no. 39, +7.09%"),
        pytest.param("91.7", "90.7", "higher", "declining_within_margin", id="no. 22, -1.09%"),
        pytest.param("15.4", "15.7", "lower", "declining_within_margin", id="no. 27, +1.95%"),
        pytest.param("16.9", "17.3", "lower", "declining_within_margin", id="no. 18, +2.37%"),
        pytest.param("203.40", "213.0", "lower", "declining_within_margin", id="no. 32, +4.72%"),
        pytest.param("25.3", "25.3", "lower", "no_change", id="no. 17, equal"),
        pytest.param("4.2", "4.20", "higher", "no_change", id="equal but written otherwise"),
        pytest.param("496", "836", "neutral", "rose", id="no. 9c, monitored, up"),
        pytest.param("139", "49", "neutral", "fell", id="no. 9a, monitored, down"),
        pytest.param("4.2", "4.2", "neutral", "no_change", id="no. 6c, monitored, equal"),
    ],
)
def test_every_direction_of_the_rule(previous, latest, polarity, expected):
    assert direction(previous, latest, polarity) == expected


@pytest.mark.parametrize(
    ("previous", "latest", "polarity", "expected"),
    [
        # 5% of 80 is 4.
        ("80", "76", "higher", "declining_within_margin"),
        ("80", "75.99", "higher", "declining"),
        ("80", "84", "lower", "declining_within_margin"),
        ("80", "84.01", "lower", "declining"),
        # Binary floats would call these more than 5%.
        ("2", "2.1", "lower", "declining_within_margin"),
        (2.0, 2.1, "lower", "declining_within_margin"),
        (61.2, 58.14, "higher", "declining_within_margin"),
    ],
)
def test_exactly_the_margin_is_still_within_it(previous, latest, polarity, expected):
    assert direction(previous, latest, polarity) == expected


def test_the_margin_never_holds_back_a_change_for_the_better():
    assert direction("80", "80.01", "higher") == "improving"
    assert direction("80", "79.99", "lower") == "improving"


@pytest.mark.parametrize("margin", ["0.1", Decimal("0.1"), 0.1])
def test_the_margin_is_a_setting_of_the_plan(margin):
    assert direction("80", "72", "higher", margin) == "declining_within_margin"
    assert direction("80", "71.9", "higher", margin) == "declining"


def test_a_margin_of_0_makes_every_decline_a_decline():
    assert direction("80", "79.999", "higher", 0) == "declining"
    assert direction("80", "80", "higher", 0) == "no_change"


def test_the_margin_is_a_share_of_the_previous_figure_not_percentage_points():
    # 4 points down from 40% is a tenth of it; 4 points down from 90% is a twenty-second.
    assert direction("40", "36", "higher") == "declining"
    assert direction("90", "86", "higher") == "declining_within_margin"


@pytest.mark.parametrize(
    ("latest", "polarity", "expected"),
    [
        ("0", "higher", "no_change"),
        ("0", "lower", "no_change"),
        ("0", "neutral", "no_change"),
        ("0.00", "higher", "no_change"),
        ("3", "higher", "improving"),
        ("3", "lower", "declining"),
        ("3", "neutral", "rose"),
        ("0.01", "lower", "declining"),
        ("-3", "higher", "declining"),
        ("-3", "lower", "improving"),
        ("-3", "neutral", "fell"),
    ],
)
@pytest.mark.parametrize("previous", ["0", "0.0", "-0", 0, 0.0, -0.0])
def test_from_a_previous_figure_of_0(previous, latest, polarity, expected):
    found = direction_of_travel(previous, latest, polarity)
    assert found.direction == expected
    assert found.relative_change is None


def test_falling_to_0_can_be_calculated():
    found = direction_of_travel("3", "0", "lower")
    assert (found.direction, found.relative_change) == ("improving", Decimal(-1))


@pytest.mark.parametrize(
    ("previous", "latest", "polarity", "expected", "relative"),
    [
        # The change is taken as a share of the size of the previous figure: of 10, not of -10.
        ("-10", "-9", "higher", "improving", "0.1"),
        ("-10", "-9", "lower", "declining", "0.1"),
        ("-10", "-10.5", "higher", "declining_within_margin", "-0.05"),
        ("-10", "-10.6", "higher", "declining", "-0.06"),
        ("-10", "10", "higher", "improving", "2"),
        ("10", "-10", "higher", "declining", "-2"),
        ("-10", "-9.5", "lower", "declining_within_margin", "0.05"),
        ("-10", "-9", "neutral", "rose", "0.1"),
    ],
)
def test_figures_below_0(previous, latest, polarity, expected, relative):
    found = direction_of_travel(previous, latest, polarity)
    assert (found.direction, found.relative_change) == (expected, Decimal(relative))


# Staff with a disability: the county's population stands at 14.4%. 5% of 8 is 0.4.
@pytest.mark.parametrize(
    ("previous", "latest", "expected"),
    [
        pytest.param("8.0", "8.1", "improving", id="nearer from below"),
        pytest.param("20.0", "19.9", "improving", id="nearer from above"),
        pytest.param("8.0", "14.4", "improving", id="right onto the benchmark"),
        pytest.param("8.0", "7.7", "declining_within_margin", id="further, within the margin"),
        pytest.param("8.0", "7.6", "declining_within_margin", id="further by just the margin"),
        pytest.param("8.0", "7.5", "declining", id="further, beyond the margin"),
        pytest.param("20.0", "21.0", "declining_within_margin", id="above, further by the margin"),
        pytest.param("20.0", "21.1", "declining", id="above, further, beyond the margin"),
        pytest.param("14.0", "14.5", "improving", id="crossing it and ending nearer"),
        pytest.param("14.0", "15.0", "declining_within_margin", id="crossing, a little further"),
        pytest.param("14.0", "16.0", "declining", id="crossing, much further"),
        pytest.param("14.0", "14.8", "no_change", id="equally far on the other side"),
        pytest.param("8.0", "8.0", "no_change", id="equal"),
        pytest.param("14.4", "14.4", "no_change", id="on the benchmark and stays there"),
        pytest.param("14.4", "14.5", "declining_within_margin", id="leaves the benchmark"),
        pytest.param("0", "1", "improving", id="from 0, nearer"),
        pytest.param("0", "-0.1", "declining", id="from 0, further"),
    ],
)
def test_representative_is_good_when_nearer_to_the_benchmark(previous, latest, expected):
    found = direction(previous, latest, "representative", benchmark="14.4")
    assert found == expected


def test_the_change_of_a_representative_figure_is_its_own_not_that_of_its_distance():
    found = direction_of_travel("8.0", "7.6", "representative", benchmark="14.4")
    assert found.relative_change == Decimal("-0.05")


def test_equally_far_from_the_benchmark_is_told_apart_from_equal():
    equally_far = direction_of_travel("14.0", "14.8", "representative", benchmark="14.4")
    equal = direction_of_travel("14.0", "14.0", "representative", benchmark="14.4")
    assert "benchmark" in equally_far.reason
    assert "equal" in equal.reason and "benchmark" not in equal.reason


@pytest.mark.parametrize("benchmark", [None, "", float("nan"), "unknown"])
def test_representative_without_a_benchmark_is_not_comparable(benchmark):
    found = direction_of_travel("8.0", "8.1", "representative", benchmark=benchmark)
    assert (found.direction, found.relative_change) == ("not_comparable", None)
    assert "benchmark" in found.reason


@pytest.mark.parametrize("polarity", ["higher", "lower", "neutral"])
def test_a_benchmark_changes_nothing_where_the_polarity_is_another(polarity):
    with_it = direction_of_travel("8.0", "7.5", polarity, benchmark="14.4")
    assert with_it == direction_of_travel("8.0", "7.5", polarity)


NOT_FIGURES = [
    None,
    "  ",
    "N/A",
    "-",
    "67.4%",
    "£5",
    "1,221",
    "nan",
    "inf",
    "-Infinity",
    *NO_NUMBERS,
    np.nan,
    False,
    np.True_,
    1j,
    b"5",
    [5],
    Decimal("1E+400"),
    "1E+999999999",
    Decimal("1E-999999999"),
]


@pytest.mark.parametrize("polarity", POLARITIES)
@pytest.mark.parametrize("nothing", NOT_FIGURES, ids=lambda nothing: f"{nothing!r:.20}")
def test_missing_infinite_or_unreadable_figures_are_not_comparable(nothing, polarity):
    cases = {
        "There is no earlier figure to compare with.": (nothing, "1"),
        "There is no latest figure.": ("1", nothing),
        "There is neither a latest figure nor an earlier one.": (nothing, nothing),
    }
    for reason, (previous, latest) in cases.items():
        found = direction_of_travel(previous, latest, polarity, benchmark="2")
        assert (found.direction, found.relative_change) == ("not_comparable", None)
        assert found.reason == reason


@pytest.mark.parametrize(
    ("previous", "latest"),
    [
        (2, Decimal("2.1")),
        ("2", "2.1"),
        (" 2 ", " 2.10 "),
        (2.0, 2.1),
        (Decimal("2.000"), 2.1),
        ("2", "21e-1"),
        (np.float64(2), np.float64(2.1)),
        (np.int64(2), "2.1"),
        (np.float32(2), np.float32(2.1)),
        (Fraction(2), Fraction(21, 10)),
    ],
)
def test_a_figure_may_be_a_decimal_an_int_a_str_or_a_float(previous, latest):
    found = direction_of_travel(previous, latest, "lower")
    assert found == direction_of_travel("2", "2.1", "lower")
    assert found.relative_change == Decimal("0.05")


@pytest.mark.parametrize("polarity", ["", "Higher", "up", "High", "-", None, "neither"])
def test_an_unknown_polarity_is_refused_with_the_known_ones(polarity):
    with pytest.raises(ValueError, match="higher, lower, neutral, representative"):
        direction_of_travel("1", "2", polarity)


@pytest.mark.parametrize("margin", [None, "", "5%", "-0.05", -1, math.nan, math.inf, "a lot"])
def test_a_margin_that_is_not_a_number_of_0_or_more_is_refused(margin):
    with pytest.raises(ValueError, match="margin"):
        direction_of_travel("1", "2", "higher", margin)


def test_a_margin_of_any_size_can_be_put_into_words():
    assert "more than the margin of 1e-298%" in direction_of_travel(2, 1, "higher", "1e-300").reason
    assert direction(2, -1, "higher", "1e300") == "declining_within_margin"


def test_every_number_is_read_exactly_as_it_is_written():
    for number in (0.1, "0.1", " 0.10 ", Decimal("0.1"), Fraction(1, 10), np.float64(0.1)):
        assert exact_number(number) == Fraction(1, 10)
    assert exact_number(0.1 + 0.2) == Fraction("0.30000000000000004")
    assert as_decimal(Fraction(1, 8)) == Decimal("0.125")


def test_a_bad_polarity_is_refused_even_where_a_figure_is_missing():
    with pytest.raises(ValueError, match="polarity"):
        direction_of_travel(None, None, "up")


@pytest.mark.parametrize(
    ("previous", "latest", "polarity", "words"),
    [
        ("94", "115", "higher", ["rose", "higher is better"]),
        ("368", "286", "lower", ["fell", "lower is better"]),
        ("67.4", "63.9", "higher", ["fell", "higher is better", "more than the margin of 5%"]),
        ("15.4", "15.7", "lower", ["rose", "lower is better", "within the margin of 5%"]),
        ("0", "3", "lower", ["rose from 0", "lower is better"]),
        ("28.1", "29.2", "neutral", ["rose", "neither way"]),
        ("29.2", "28.1", "neutral", ["fell", "neither way"]),
        ("1", "1", "higher", ["equal"]),
    ],
)
def test_the_reason_says_which_way_it_went_and_which_way_is_good(previous, latest, polarity, words):
    reason = direction_of_travel(previous, latest, polarity).reason
    for word in words:
        assert word in reason


def test_the_reason_names_the_plans_own_margin():
    assert "2.5%" in direction_of_travel("100", "90", "higher", "0.025").reason


# Beside the code: relative changes and sides of the margin, worked by hand twice.


@pytest.mark.parametrize("case", MARGIN_RULE, ids=lambda c: f"{c['previous']} to {c['latest']}")
def test_the_relative_change_is_what_was_worked_by_hand(case):
    polarity = case["good_direction"].replace("none", "neutral")
    found = direction_of_travel(case["previous"], case["latest"], polarity).relative_change
    if case["relative_change"] == "":
        assert found is None
    else:
        assert float(found) == pytest.approx(float(case["relative_change"]), rel=1e-9)


@pytest.mark.parametrize("as_number", [str, Decimal, float])
@pytest.mark.parametrize("case", MARGIN_RULE, ids=lambda c: f"{c['previous']} to {c['latest']}")
def test_a_change_for_the_worse_falls_on_the_side_of_the_margin_worked_by_hand(case, as_number):
    polarity = case["good_direction"].replace("none", "neutral")
    rise = Decimal(case["latest"]) - Decimal(case["previous"])
    good = {"higher": rise > 0, "lower": rise < 0, "neutral": False}[polarity]
    found = direction(as_number(case["previous"]), as_number(case["latest"]), polarity)
    if rise == 0:
        assert found == "no_change"
    elif polarity == "neutral":
        assert found == "rose"
    elif good:
        assert found == "improving"
    else:
        sides = {
            "worse": "declining",
            "no_clear_change": "declining_within_margin",
            "not_calculable": "declining",  # from 0
        }
        assert found == sides[case["expected_5pct_relative"]]


def test_the_cases_worked_by_hand_hold_some_that_binary_floats_get_wrong():
    assert sum(case["naive_float_is_wrong"] == "yes" for case in MARGIN_RULE) == 2


# LAIT paints an arrow green where a figure got better and red where it got worse, by however
# little, and black where it judges nothing. It gives the change; so the previous figure is the
# latest less the change.
PAINTED = {
    "green": ("improving",),
    "red": WORSE,
    "black": ("no_change", "rose", "fell", "not_comparable"),
}


def test_better_and_worse_are_as_lait_paints_its_arrows():
    assert len(LAIT) == 948
    for row in LAIT:
        polarity = {"High": "higher", "Low": "lower", "-": "neutral"}[row["polarity"]]
        before = float(row["value"]) - float(row["change"]) if row["change"] else None
        found = direction(before and round(before, 9), row["value"], polarity)
        assert found in PAINTED[row["arrow_colour"]], row
        if row["arrow"]:
            went = {"arrow-up": "rose", "arrow-down": "fell", "arrows-left-right": "no_change"}
            neutral = direction(before and round(before, 9), row["value"], "neutral")
            assert neutral == went[row["arrow"]], row


# What must hold of any two figures.

published = st.decimals(min_value=-(10**6), max_value=10**6, places=2)
margins = st.decimals(min_value=0, max_value=2, places=3)
finite = (
    st.floats(allow_nan=False, allow_infinity=False)
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.fractions()
)
floats = st.floats(allow_nan=False, allow_infinity=False)


@given(published, published, margins)
def test_reversing_the_polarity_swaps_better_and_worse(previous, latest, margin):
    one, other = (direction(previous, latest, p, margin) for p in ("higher", "lower"))
    assert (one == "improving") == (other in WORSE)
    assert (other == "improving") == (one in WORSE)
    assert (one == "no_change") == (other == "no_change") == (previous == latest)


@given(published, published, published, margins, st.integers(1, 10**6), st.sampled_from(POLARITIES))
def test_scaling_all_figures_changes_nothing(previous, latest, benchmark, margin, times, polarity):
    plain = direction_of_travel(previous, latest, polarity, margin, benchmark)
    scaled = direction_of_travel(
        previous * times, latest * times, polarity, margin, benchmark * times
    )
    assert scaled == plain


@given(published, published, st.sampled_from(POLARITIES))
def test_the_answer_never_depends_on_how_a_float_is_written(previous, latest, polarity):
    exact = direction_of_travel(previous, latest, polarity, benchmark="5")
    for write in (float, str, lambda n: f"{n}000", lambda n: f"{n:E}", np.float64):
        assert direction_of_travel(write(previous), write(latest), polarity, benchmark="5") == exact


@given(floats, floats, st.sampled_from(POLARITIES))
def test_any_float_counts_as_what_it_prints(previous, latest, polarity):
    as_floats = direction_of_travel(previous, latest, polarity, benchmark="5")
    printed = direction_of_travel(repr(previous), repr(latest), polarity, benchmark="5")
    assert as_floats == printed


@given(published, published, margins)
def test_mirroring_the_figures_is_reversing_the_polarity(previous, latest, margin):
    assert direction(previous, latest, "higher", margin) == direction(
        -previous, -latest, "lower", margin
    )


@given(finite, finite, finite, st.sampled_from(POLARITIES))
def test_no_finite_numbers_raise_or_go_without_an_answer(previous, latest, benchmark, polarity):
    found = direction_of_travel(previous, latest, polarity, benchmark=benchmark)
    assert found.direction != "not_comparable"
    assert found.reason.endswith(".")
    assert (found.relative_change is None) == (previous == 0)


@given(published, published, margins)
def test_neutral_is_never_judged(previous, latest, margin):
    found = direction(previous, latest, "neutral", margin)
    assert found == ("rose" if latest > previous else "fell" if latest < previous else "no_change")


@given(published, published, published, margins)
def test_what_is_within_a_margin_is_within_every_wider_one(previous, latest, benchmark, margin):
    for polarity in POLARITIES:
        narrow = direction(previous, latest, polarity, margin, benchmark=benchmark)
        wide = direction(previous, latest, polarity, margin + 1, benchmark=benchmark)
        assert narrow == wide or (narrow, wide) == ("declining", "declining_within_margin")
