"""Sensitivity: which other readings of the rule would turn a verdict, worked by hand."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from no_numbers import NO_NUMBERS

from helpers.direction import direction_of_travel
from helpers.sensitivity import borderline_reasons, readings, turns


def reasons(previous, latest, polarity="higher", **changes):
    return borderline_reasons(Decimal(previous), Decimal(latest), polarity, **changes)


def test_a_clear_decline_is_firm():
    assert reasons("67.4", "50.0", places=1) == []
    assert reasons("67.4", "50.0", places=1, percentage=True) == []


def test_a_clear_improvement_is_firm():
    assert reasons("50.0", "67.4", places=1, percentage=True) == []


def test_a_decline_of_four_percent_would_be_declining_at_a_margin_of_three():
    assert reasons("50.0", "48.0", places=1) == ["At a margin of 3% it would be declining."]


def test_a_decline_of_two_percent_is_firm_at_every_margin():
    assert reasons("50.0", "49.0", places=1) == []


def test_at_a_plans_own_margin_the_other_margins_stay_the_same():
    # 8% down: within a margin of 20%, and beyond 3%; 10% holds it too.
    found = reasons("50.0", "46.0", places=1, margin=Decimal("0.2"))
    assert found == ["At a margin of 3% it would be declining."]
    # 14% down is beyond both.
    found = reasons("50.0", "43.0", places=1, margin=Decimal("0.2"))
    assert found[1:] == ["At a margin of 10% it would be declining."]


def test_a_small_change_of_a_large_percentage_is_large_in_points():
    # 120 is possible where the base is another year's. 5 points of 160 are 3%, 6 points 4%.
    found = reasons("160", "154", percentage=True)
    assert "At a margin of 5 percentage points it would be declining." in found
    found = reasons("160", "155", percentage=True)
    assert not any("points" in reason for reason in found)
    # A decline beyond the margin stays worse, however few the points.
    assert reasons("20.0", "18.0", percentage=True, places=1) == []


def test_a_small_decline_of_a_high_percentage_is_a_large_rise_of_what_is_left():
    # 96% to 94% is 2% less; the 4% that were left became 6%, half as many again.
    found = reasons("96.0", "94.0", percentage=True, places=1)
    assert found == ["Seen as the share that is left, it would be declining."]


@pytest.mark.parametrize(("previous", "latest"), [("103.0", "101.0"), ("101.0", "99.0")])
def test_above_100_percent_there_is_no_share_that_is_left(previous, latest):
    assert reasons(previous, latest, percentage=True, places=1) == []


def test_nothing_left_before_makes_any_decline_one_beyond_the_margin():
    # From 100% to 99% is 1% less, but what is left rose from 0.
    found = reasons("100.0", "99.0", percentage=True, places=1)
    assert found == ["Seen as the share that is left, it would be declining."]


def test_where_the_coarser_figures_rounding_hides_which_way_it_went():
    # 10, printed as a whole number, may be 10.5; then 10.4, or 9.9, is less.
    found = reasons("10", "10.4", places=0)
    assert found == ["Within the rounding of the figures it could be declining."]


def test_two_whole_numbers_that_differ_cannot_turn_round_by_rounding():
    # 50 may be 50.5 and 51 may be 50.5 too, but no more than that.
    assert reasons("50", "51", polarity="lower", places=0) == []


def test_figures_rounded_to_tens_may_be_five_off():
    # 200 may be 205, and 190 may be 185: 9.8% less instead of 5%.
    assert "Within the rounding of the figures it could be declining." in reasons(
        "200", "190", places=-1
    )


def test_a_decline_just_inside_the_margin_could_be_outside_it_by_rounding():
    # 20.0 to 19.0 is 5%; 20.05 to 18.95 is 5.5%.
    found = reasons("20.0", "19.0", places=1)
    assert "Within the rounding of the figures it could be declining." in found
    assert "At a margin of 3% it would be declining." in found


def test_long_figures_are_not_rounded_on_the_way():
    # 30 places: half a place is still seen, and exactly 5% is still within the margin.
    previous = Decimal("1" + "0" * 29 + ".0")
    latest = previous.scaleb(-2) * 95
    assert "Within the rounding of the figures it could be declining." in borderline_reasons(
        previous, latest, "higher", places=1
    )
    assert direction_of_travel(previous, latest, "higher").direction == "declining_within_margin"


@pytest.mark.parametrize("polarity", ["neutral", "representative", "", None, "up"])
def test_without_a_verdict_nothing_is_borderline(polarity):
    assert reasons("50", "48", polarity=polarity) == []


def test_equal_figures_are_no_change_whatever_the_margin():
    assert reasons("50.0", "50.0", places=1) == []


@pytest.mark.parametrize("write", [Decimal, str, float, Fraction])
def test_figures_may_be_written_as_any_number(write):
    assert borderline_reasons(write("96.0"), write("94.0"), "higher", write("0.05"), True, 1) == [
        "Seen as the share that is left, it would be declining."
    ]


# Every other reading, whether or not it turns the verdict.


def test_the_readings_of_a_percentage_in_their_order_with_what_each_applies_the_rule_to():
    # 60 to 55, higher better, is 8.3% less: beyond 3% and within 10%; 5 points are within 5. What
    # is left rose from 40 to 45, by 12.5%. Half a place is 0.5: from 59.5 to 54.5 is 8.4% less, to
    # 55.5 6.7%; from 60.5 9.9% and 8.3%.
    found = readings(Decimal(60), Decimal(55), "higher", Decimal("0.05"), True, 0)
    declining, within = "declining", "declining_within_margin"
    half = Decimal("0.5")
    assert [tuple(vars(reading).values())[:-1] for reading in found] == [
        ("other margin", 60, 55, "higher", Decimal("0.03"), declining),
        ("other margin", 60, 55, "higher", Decimal("0.10"), within),
        ("percentage points", 60, 55, "higher", 5, within),
        ("share that is left", 40, 45, "lower", Decimal("0.05"), declining),
        ("rounding", 60 - half, 55 - half, "higher", Decimal("0.05"), declining),
        ("rounding", 60 - half, 55 + half, "higher", Decimal("0.05"), declining),
        ("rounding", 60 + half, 55 - half, "higher", Decimal("0.05"), declining),
        ("rounding", 60 + half, 55 + half, "higher", Decimal("0.05"), declining),
    ]


def test_each_reading_says_its_direction_in_words():
    found = readings(Decimal(60), Decimal(55), "higher", Decimal("0.05"), True, 0)
    assert [reading.words for reading in found][:5] == [
        "At a margin of 3% it would be declining.",
        "At a margin of 10% it would be slightly worse, within the margin.",
        "At a margin of 5 percentage points it would be slightly worse, within the margin.",
        "Seen as the share that is left, it would be declining.",
        "Within the rounding of the figures it could be declining.",
    ]


def test_what_is_no_percentage_has_only_other_margins_and_its_rounding():
    found = readings(Decimal(60), Decimal(55), "higher", Decimal("0.05"), False, 0)
    assert [reading.name for reading in found] == ["other margin"] * 2 + ["rounding"] * 4


@pytest.mark.parametrize("percentage", [True, False])
def test_figures_that_were_not_rounded_have_every_reading_but_those(percentage):
    rounded, exact = (
        list(readings(Decimal(60), Decimal(55), "higher", Decimal("0.05"), percentage, places))
        for places in (0, None)
    )
    assert exact == [reading for reading in rounded if reading.name != "rounding"]
    assert len(rounded) - len(exact) == 4


def test_each_figure_may_have_decimals_of_its_own():
    # 50.4 is 50.35 to 50.45, and 51 is 50.5 to 51.5: never less. 50.6 may be 50.65.
    assert reasons("50.4", "51", places=(1, 0)) == []
    words = "Within the rounding of the figures it could be slightly worse, within the margin."
    assert reasons("50.6", "51", places=(1, 0)) == [words]
    found = readings(Decimal("50.6"), Decimal(51), "higher", Decimal("0.05"), False, (1, 0))
    assert [(r.previous, r.latest) for r in found if r.name == "rounding"] == [
        (Decimal(before), Decimal(after))
        for before in ("50.55", "50.65")
        for after in ("50.5", "51.5")
    ]


@pytest.mark.parametrize(
    ("previous", "latest", "percentage", "corners"),
    [
        # No percentage of 0 to 100 was rounded from less than nothing, or more than all.
        ("100", "0", True, [("99.5", "100"), ("0", "0.5")]),
        ("99.8", "0.3", True, [("99.3", "100"), ("0", "0.8")]),
        # One that is itself beyond them may be; and what is no percentage knows no such ends.
        ("101", "-1", True, [("100.5", "101.5"), ("-1.5", "-0.5")]),
        ("100", "0", False, [("99.5", "100.5"), ("-0.5", "0.5")]),
    ],
)
def test_a_percentage_was_not_rounded_from_beyond_nothing_or_all(
    previous, latest, percentage, corners
):
    margin = Decimal("0.05")
    found = readings(Decimal(previous), Decimal(latest), "higher", margin, percentage, 0)
    befores, afters = ([Decimal(end) for end in ends] for ends in corners)
    assert [(r.previous, r.latest) for r in found if r.name == "rounding"] == [
        (before, after) for before in befores for after in afters
    ]


def test_the_rounding_turns_nothing_where_there_is_none():
    # As counts, 20 to 19 is 5% less and no more; rounded, it could be 20.5 to 18.5.
    found = reasons("20", "19", places=None)
    assert found == ["At a margin of 3% it would be declining."]
    assert "Within the rounding of the figures it could be declining." in reasons("20", "19")


@pytest.mark.parametrize(
    ("ours", "other"),
    [
        ("improving", "declining"),
        ("improving", "declining_within_margin"),
        ("declining", "improving"),
        ("declining_within_margin", "improving"),
        ("declining_within_margin", "declining"),
    ],
)
def test_better_into_worse_worse_into_better_and_a_small_decline_into_a_decline_turn(ours, other):
    assert turns(ours, other)


@pytest.mark.parametrize(
    ("ours", "other"),
    [
        ("declining", "declining_within_margin"),
        ("declining", "no_change"),
        ("improving", "no_change"),
        ("no_change", "improving"),
        ("no_change", "declining"),
        ("improving", "improving"),
    ],
)
def test_a_milder_reading_and_one_of_equal_figures_turn_nothing(ours, other):
    assert not turns(ours, other)


# What has no verdict has nothing to turn: no reasons, and never an exception.


@pytest.mark.parametrize(
    "nothing",
    [None, *NO_NUMBERS, Decimal("1E+999999")],
    ids="{!r:.20}".format,
)
@pytest.mark.parametrize("percentage", [True, False])
def test_what_is_no_figure_is_not_borderline(nothing, percentage):
    for pair in [(nothing, Decimal(5)), (Decimal(5), nothing), (nothing, nothing)]:
        assert borderline_reasons(*pair, "higher", percentage=percentage) == []


@pytest.mark.parametrize("margin", [None, "-0.01", Decimal("NaN"), math.inf, "a lot"])
def test_a_margin_that_is_none_is_refused_as_by_the_rule_itself(margin):
    with pytest.raises(ValueError, match="margin"):
        borderline_reasons(Decimal(5), Decimal(4), "higher", margin)


# What must hold of any figures.

directed = st.sampled_from(["higher", "lower"])
figures = st.decimals(allow_nan=False, allow_infinity=False) | st.decimals(-150, 150, places=1)
percentages = st.decimals(0, 100, places=1)
OPPOSITE = {"higher": "lower", "lower": "higher"}


@given(figures, figures, directed, st.booleans(), st.integers(0, 6))
def test_any_figures_are_firm_or_have_reasons_in_sentences(
    previous, latest, polarity, percentage, places
):
    found = borderline_reasons(previous, latest, polarity, Decimal("0.05"), percentage, places)
    assert len(set(found)) == len(found)
    assert all(reason.endswith(".") for reason in found)
    if direction_of_travel(previous, latest, polarity).direction in ("no_change", "declining"):
        # No wider margin, and no other reading of equal figures, makes these worse than they are.
        assert not any("At a margin" in reason for reason in found)


@given(percentages, percentages, directed, st.booleans(), st.integers(-1, 3))
def test_decimals_and_fractions_have_the_same_readings(
    previous, latest, polarity, percentage, places
):
    of_decimals, of_fractions = (
        list(readings(kind(previous), kind(latest), polarity, kind("0.05"), percentage, places))
        for kind in (Decimal, Fraction)
    )
    assert of_decimals == of_fractions
    assert {type(reading.previous) for reading in of_fractions} == {Fraction}


@given(figures, figures, directed, st.integers(0, 3))
def test_mirroring_the_figures_is_reversing_the_polarity(previous, latest, polarity, places):
    ours = borderline_reasons(previous, latest, polarity, places=places)
    mirrored = borderline_reasons(-previous, -latest, OPPOSITE[polarity], places=places)
    assert sorted(ours) == sorted(mirrored)


@given(percentages, percentages, directed)
def test_an_improvement_is_never_worse_at_another_margin_or_in_points_or_as_what_is_left(
    previous, latest, polarity
):
    found = borderline_reasons(previous, latest, polarity, percentage=True, places=9)
    if direction_of_travel(previous, latest, polarity).direction == "improving":
        assert found == []
