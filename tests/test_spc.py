"""SPC charts: the answers of NHSRplotthedots point by point, and where we differ on purpose."""

import json
import math
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from no_numbers import NO_NUMBERS

from helpers.spc import FEWEST_POINTS, close_to_limits, limits, outside_limits, trend, xmr_chart

SERIES = json.loads(
    (Path(__file__).parent / "data" / "peers" / "spc.json").read_text(encoding="utf-8")
)
POLARITY = {"increase": "higher", "decrease": "lower", "neutral": "neutral"}

# The peer fails on a trend with a missing point; methods 4 says what holds there.
WITHOUT_ANSWER = ("trend7_na",)
# The peer calls a missing point common cause; to methods 4 it is no point. All others are compared.
WITH_A_MISSING_POINT = ("na_in_run", "na_last", "na_first")


def chart_of(given_series):
    asked = given_series["input"]
    order = sorted(range(len(asked["y"])), key=lambda n: asked["dates"][n])
    dates = [asked["dates"][n] for n in order]
    return xmr_chart(
        [asked["y"][n] for n in order],
        POLARITY[asked["improvement_direction"]],
        asked["target"],
        asked["screen_outliers"],
        asked["fix_after_n_points"],
        [dates.index(day) for day in asked["rebase"]],
    )


def listed(value):
    return value if isinstance(value, list) else [value]


def same(ours, theirs):
    if theirs is None:
        return math.isnan(ours)
    return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-12)


def by_id(name):
    (series,) = [series for series in SERIES if series["id"] == name]
    return series


def test_there_are_as_many_series_as_the_peer_gave():
    assert len(SERIES) == 66
    assert [series["id"] for series in SERIES if "expected" not in series] == [*WITHOUT_ANSWER]
    gaps = [series["id"] for series in SERIES if None in series["input"]["y"]]
    assert sorted(gaps) == sorted(WITHOUT_ANSWER + WITH_A_MISSING_POINT)


@pytest.mark.parametrize(
    "series", [s for s in SERIES if s["id"] not in WITHOUT_ANSWER], ids=lambda series: series["id"]
)
def test_every_point_is_as_making_data_counts(series):
    chart, expected = chart_of(series), series["expected"]
    points = chart.points
    known = points["value"].notna()
    assert known.all() or series["id"] in WITH_A_MISSING_POINT

    def compared(ours, name):
        theirs = listed(expected[name])
        assert len(ours) == len(theirs)
        return zip(np.array(ours)[known], np.array(theirs, dtype=object)[known], strict=True)

    for ours, theirs in compared(points["phase"], "phase"):
        assert ours == theirs
    for ours, theirs in (("mean", "mean"), ("lower_limit", "lpl"), ("upper_limit", "upl")):
        assert all(same(*pair) for pair in compared(points[ours], theirs)), ours
    for ours, theirs in compared(points["special_cause"], "special_cause_type"):
        assert (ours or "Common Cause") == theirs
    for ours, theirs in compared(points["point_type"], "point_type"):
        assert ours == theirs
    for ours, theirs in compared(np.sign(points["value"] - points["mean"]), "relative_to_mean"):
        assert ours == theirs
    if known.iloc[-1]:
        assert chart.variation == expected["variation_type"]
    assert (chart.assurance or None) == expected["assurance_type"]


@pytest.mark.parametrize(
    "series", [s for s in SERIES if s["id"] not in WITHOUT_ANSWER], ids=lambda series: series["id"]
)
def test_what_is_outside_or_close_to_the_limits_is_as_in_making_data_count(series):
    asked, expected = series["input"], series["expected"]
    points = chart_of(series).points
    for phase, rows in points.groupby("phase"):
        numbers = [*rows["value"]]
        mean, average_range, _ = limits(
            numbers, asked["screen_outliers"], asked["fix_after_n_points"]
        )
        outside = map(bool, outside_limits(numbers, mean, average_range))
        close = close_to_limits(numbers, mean, average_range)
        for row, out, near in zip(rows.index, outside, close, strict=True):
            # Theirs are missing without limits, and for a missing point; nothing is outside then.
            assert out == bool(listed(expected["outside_limits"])[row])
            assert near == bool(listed(expected["close_to_limits"])[row])
            # The peer warns of phases in which callers of ours show no limits.
            short = listed(expected["short_group_warning"])[row]
            assert short == (len(rows) < FEWEST_POINTS), phase


def test_a_missing_point_breaks_a_trend_where_the_peer_fails():
    points = chart_of(by_id("trend7_na")).points
    # 47, 48, 49, nothing, 50, 51, 52, 53: neither side has seven points.
    assert not points["special_cause"].str.contains("Trend").any()
    assert points["point_type"].iloc[15] == ""


def test_a_missing_point_breaks_a_shift_and_has_no_type():
    points = chart_of(by_id("na_in_run")).points
    # 52, 53, 52, nothing, 54, 53, 52, 53, 52 above the mean: neither side has seven points.
    assert (points["special_cause"] == "").all()
    assert [*points.index[points["point_type"] == ""]] == [7]


def test_a_missing_last_point_leaves_no_latest_variation():
    chart = chart_of(by_id("na_last"))
    assert chart.variation == ""
    assert chart.points["special_cause"].iloc[-1] == ""


# By hand.


def test_limits_by_hand():
    # Ranges 2, 4 and 6: 4 on average; the mean is 12.
    assert limits([10, 12, 16, 10], screen_outliers=False) == (12, 4, "")
    points = xmr_chart([10, 12, 16, 10], screen_outliers=False).points
    assert [*points["upper_limit"]] == [pytest.approx(12 + 2.66 * 4)] * 4
    assert [*points["lower_limit"]] == [pytest.approx(12 - 2.66 * 4)] * 4


def test_a_range_of_3_267_times_the_average_is_left_out_of_the_limits_by_hand():
    # Nine ranges of 1 and one of 5: 1.4 on average, and 3.267 times that is 4.57.
    values = [0, 1] * 5 + [6]
    assert limits(values) == (pytest.approx(1), 1, "")
    assert limits(values, screen_outliers=False)[1] == pytest.approx(1.4)
    # One of 4: 1.3 on average, and 3.267 times that is 4.25.
    assert limits([0, 1] * 5 + [5])[1] == pytest.approx(1.3)
    # One of 3,267 and ten that add up to 7,733: 1,000 on average, and so just left out.
    ranges = [773, -773] * 4 + [773, -776, 3267]
    assert limits([sum(ranges[:n]) for n in range(12)])[1] == pytest.approx(773.3)


def test_limits_from_the_first_points_hold_for_all_that_follow():
    first = [48, 52] * 6
    points = xmr_chart([*first, 48, 90, 10], baseline_points=12).points
    assert [*points["mean"]] == [50] * 15
    assert [*points["upper_limit"]] == [pytest.approx(50 + 2.66 * 4)] * 15
    assert [*points["special_cause"]][-2:] == ["Above UCL", "Below LCL"]


def test_a_phase_counts_the_new_starts_until_then():
    assert [*xmr_chart([1, 2, 3, 4], rebase_at=[2]).points["phase"]] == [0, 0, 1, 1]
    assert [*xmr_chart([1, 2, 3, 4], rebase_at=(3, 1, 1)).points["phase"]] == [0, 1, 1, 2]
    # As in the peer, a start at the first point counts too.
    assert [*xmr_chart([1, 2], rebase_at=[0]).points["phase"]] == [1, 1]


def test_a_tie_breaks_a_trend_and_seven_points_make_one():
    assert trend([1, 2, 3, 4, 5, 6, 7]) == ["7 Point Trend (Increasing)"] * 7
    assert trend([1, 2, 3, 4, 5, 6]) == [""] * 6
    assert trend([1, 2, 3, 4, 4, 5, 6, 7]) == [""] * 8


UP, DOWN = "7 Point Trend (Increasing)", "7 Point Trend (Decreasing)"


@pytest.mark.parametrize(
    ("values", "names"),
    [
        pytest.param([1, 2, 3, 4, 5, 6, 7, 6], [UP] * 7 + [""], id="a single step back is no run"),
        pytest.param(
            [*range(1, 8), *range(6, 0, -1)], [UP] * 6 + [DOWN] * 7, id="a shared turning point"
        ),
        # The step from the seventh point to the eighth, which belongs to a trend too, goes down.
        pytest.param(
            [*range(1, 8), *range(1, 8)], [UP] * 6 + [DOWN] + [UP] * 7, id="a fall between rises"
        ),
        # The peer's test is whether that step rises; a tie does not.
        pytest.param(
            [*range(1, 8), *range(7, 14)], [UP] * 6 + [DOWN] + [UP] * 7, id="a tie between rises"
        ),
    ],
)
def test_the_last_point_of_a_run_that_another_follows_is_named_by_the_next_step(values, names):
    # Derived from ptd_special_cause_type() of NHSRplotthedots 0.2.2.
    assert trend(values) == names


def test_a_point_on_a_mean_that_no_float_holds_breaks_a_shift():
    # The twelve add up to 2.4, so the mean is 0.2 and the seventh is on it: six above, then it.
    values = [0.4, 0.5, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0, -0.1, -0.2, -0.3]
    chart = xmr_chart(values)
    assert (chart.points["mean"] == 0.2).all()
    assert not chart.points["special_cause"].str.contains("Points").any()


def test_points_and_targets_on_a_limit_are_inside_it():
    # Mean 50 and ranges of 2: limits at 50 ± 5.32, close to them from 50 ± 2 * 2.66 / 3 * 2.
    first = [49, 51] * 6
    near = 50 + 2 * (2.66 / 3) * 2
    values = [*first, 55.32, 44.68, near, math.nextafter(near, 60)]
    points = xmr_chart(values, baseline_points=12).points
    assert (points["special_cause"] == "").all()
    close = close_to_limits(values, 50, 2)
    assert close[-4:] == [True, True, False, True]
    for polarity in ("higher", "lower"):
        for target in (55.32, 44.68, "55.32", Decimal("44.68")):
            assert xmr_chart(first, polarity, target).assurance == "inconsistent"


@pytest.mark.parametrize(
    ("target", "polarity", "assurance"),
    [
        (55.33, "higher", "consistent_fail"),
        (55.33, "lower", "consistent_pass"),
        (44.67, "higher", "consistent_pass"),
        (44.67, "lower", "consistent_fail"),
        (50, "higher", "inconsistent"),
        (50, "lower", "inconsistent"),
        (55.33, "neutral", ""),
        (None, "higher", ""),
    ],
)
def test_the_target_against_the_limits_of_the_last_phase(target, polarity, assurance):
    values = [1000, 2000] * 7 + [49, 51] * 6
    assert xmr_chart(values, polarity, target, rebase_at=[14]).assurance == assurance


# What limits cannot be made of: a reason each, and never an exception or a number.

NO_FIGURE = [None, *NO_NUMBERS]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([], "there is no figure"),
        *[([nothing, nothing], "there is no figure") for nothing in NO_FIGURE],
        *[([1, nothing, 2], "no two figures follow each other") for nothing in NO_FIGURE],
        ([1], "no two figures follow each other"),
        ([1, None, 2, None, 3], "no two figures follow each other"),
        ([5] * 14, "the figures do not vary"),
        ([0.1] * 14, "the figures do not vary"),
        ([5, 5, None, 7, 7], "the figures do not vary"),
        ([1e308, -1e308, 1e308], "the figures are too far apart"),
        ([1e308, 0, 1e308], "the figures are too far apart"),
        ([1e308, -1e308, 1, 2, 3, 2, 1, 2, 3, 1], "the figures are too far apart"),
    ],
    ids=lambda value: f"{value!r:.24}",
)
def test_where_limits_cannot_be_made_there_are_none_and_the_reason_is_named(values, reason):
    for screen_outliers in (True, False):
        chart = xmr_chart(values, "higher", 6, screen_outliers)
        assert chart.reason == f"Limits cannot be calculated: {reason}."
        assert chart.points[["lower_limit", "upper_limit"]].isna().all(axis=None)
        assert chart.assurance == ""
        assert set(chart.points["special_cause"]) <= {""}


@pytest.mark.parametrize("nothing", NO_FIGURE, ids=lambda nothing: f"{nothing!r:.24}")
def test_what_is_no_figure_is_a_gap_like_any_other(nothing):
    with_it, with_a_gap = (xmr_chart([1, 3, 2, gap, 5, 2, 30], "lower") for gap in (nothing, None))
    pd.testing.assert_frame_equal(with_it.points, with_a_gap.points)
    assert math.isnan(with_it.points["value"].iloc[3])


def test_each_phase_without_limits_says_so_and_the_others_have_theirs():
    chart = xmr_chart([7, 7, 7, 1, 2, 3, None], rebase_at=[3, 6])
    assert chart.reason == (
        "Points 1 to 3: Limits cannot be calculated: the figures do not vary. "
        "Points 7 to 7: Limits cannot be calculated: there is no figure."
    )
    assert [*chart.points["upper_limit"].notna()] == [False] * 3 + [True] * 3 + [False]


@pytest.mark.parametrize("target", NO_FIGURE[1:], ids=lambda target: f"{target!r:.24}")
@pytest.mark.parametrize("polarity", ["higher", "lower", "neutral"])
def test_a_target_that_is_no_number_gives_no_assurance_and_is_named(target, polarity):
    chart = xmr_chart([49, 51] * 7, polarity, target)
    assert chart.assurance == ""
    assert chart.reason == "Assurance cannot be calculated: the target is not a finite number."
    assert chart.points["upper_limit"].notna().all()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"polarity": "up"}, "unknown polarity 'up'"),
        ({"polarity": None}, "unknown polarity 'None'"),
        ({"baseline_points": 11}, "11 baseline points; limits need at least 12"),
        ({"baseline_points": 0}, "0 baseline points; limits need at least 12"),
        ({"baseline_points": 12.5}, "12.5 baseline points; limits need at least 12"),
        ({"baseline_points": math.nan}, "nan baseline points"),
        ({"baseline_points": "12"}, "12 baseline points"),
        ({"rebase_at": [3]}, "a phase starts at 3, outside the 3 values"),
        ({"rebase_at": [-1]}, "a phase starts at -1, outside the 3 values"),
        ({"rebase_at": [1.5]}, "a phase starts at 1.5, outside"),
        ({"rebase_at": ["2022-04-01"]}, "a phase starts at 2022-04-01, outside"),
        ({"rebase_at": [None]}, "a phase starts at None, outside"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(changes, message):
    with pytest.raises(ValueError, match=message):
        xmr_chart([1, 2, 3], **changes)


@pytest.mark.parametrize(
    "write", [str, float, Decimal, Fraction, np.int64, lambda value: f" {value}.00 "]
)
@pytest.mark.parametrize("as_values", [list, tuple, iter, pd.Series, np.array])
def test_figures_may_be_written_and_listed_in_any_way(write, as_values):
    values = [10, 12, 11, 13, 10, 12, 11, 12, 10, 11, 13, 12, 30]
    written = as_values([write(value) for value in values])
    found = xmr_chart(written, "higher", write(11), rebase_at=np.array([1]))
    pd.testing.assert_frame_equal(
        found.points, xmr_chart(values, "higher", 11, rebase_at=[1]).points
    )
    assert found.assurance == "inconsistent"


# What must hold of any figures.

fewer = settings(max_examples=40)
"""For what takes longer than most; the examples are the same on every run."""
values_with_gaps = st.lists(st.one_of(st.none(), st.integers(-1000, 1000)), max_size=40)
directed = st.sampled_from(["higher", "lower"])
OPPOSITE = {"higher": "lower", "lower": "higher"}
SWAPPED = {
    "special_cause_improvement": "special_cause_concern",
    "special_cause_concern": "special_cause_improvement",
}


def types(values, polarity="higher", **changes):
    return list(xmr_chart(values, polarity, **changes).points["point_type"])


def causes(values, **changes):
    return list(xmr_chart(values, **changes).points["special_cause"])


@given(values_with_gaps, directed)
def test_reversing_the_polarity_swaps_improvement_and_concern(values, polarity):
    ours, theirs = types(values, polarity), types(values, OPPOSITE[polarity])
    assert [SWAPPED.get(kind, kind) for kind in ours] == theirs


@fewer
@given(values_with_gaps, directed)
def test_mirroring_the_figures_is_reversing_the_polarity(values, polarity):
    # A tie between two runs of seven falls to one side; see above.
    assume(all(a != b or a is None for a, b in pairwise(values)))
    mirrored = [None if value is None else -value for value in values]
    assert types(mirrored, polarity) == types(values, OPPOSITE[polarity])
    target = xmr_chart(values, polarity, 7).assurance
    assert xmr_chart(mirrored, OPPOSITE[polarity], -7).assurance == target


# The mean of sixteen whole numbers is exact in binary, and so is every figure on a limit; there
# rounding decides nothing.
sixteen = st.one_of(
    st.lists(st.integers(-1000, 1000), min_size=16, max_size=16),
    st.lists(st.integers(-4, 4), min_size=16, max_size=16),
    st.lists(st.integers(-2, 3), min_size=16, max_size=16).map(
        lambda steps: [sum(steps[: n + 1]) for n in range(16)]
    ),
)


@given(sixteen, st.sampled_from([0.25, 0.5, 2, 4, 1024]), st.integers(-5000, 5000))
def test_scaling_by_powers_of_two_and_shifting_changes_no_special_cause(values, factor, shift):
    moved = [value * factor + shift for value in values]
    for screen_outliers in (True, False):
        before = causes(values, screen_outliers=screen_outliers)
        assert causes(moved, screen_outliers=screen_outliers) == before


@fewer
@given(values_with_gaps, st.integers(-1000, 1000), st.sampled_from([2.0**-60, 2.0**60]), directed)
def test_scaling_by_powers_of_two_changes_nothing_but_the_scale(values, target, factor, polarity):
    scaled = [None if value is None else value * factor for value in values]
    ours = xmr_chart(values, polarity, target)
    theirs = xmr_chart(scaled, polarity, target * factor)
    assert (theirs.variation, theirs.assurance, theirs.reason) == (
        ours.variation,
        ours.assurance,
        ours.reason,
    )
    for name in ("value", "mean", "lower_limit", "upper_limit"):
        expected = ours.points[name].to_numpy(float) * factor
        np.testing.assert_array_equal(theirs.points[name].to_numpy(float), expected)
    assert [*theirs.points["special_cause"]] == [*ours.points["special_cause"]]


@fewer
@given(values_with_gaps, values_with_gaps, st.sampled_from([None, 12, 20]))
def test_a_phase_is_a_chart_of_its_own(first, second, baseline_points):
    assume(second)
    together = xmr_chart(
        first + second, "higher", baseline_points=baseline_points, rebase_at=[len(first)]
    )
    alone = [xmr_chart(part, "higher", None, True, baseline_points) for part in (first, second)]
    for name in ("mean", "lower_limit", "upper_limit", "special_cause", "point_type"):
        expected = [*alone[0].points[name], *alone[1].points[name]]
        np.testing.assert_array_equal([*together.points[name]], expected)
    assert together.variation == alone[1].variation


anything = st.one_of(
    st.none(),
    st.floats(),
    st.integers(),
    st.decimals(),
    st.booleans(),
    st.text(max_size=3),
    st.integers(-9, 9),
)


@given(st.lists(anything, max_size=30), directed, anything, st.booleans(), st.booleans())
def test_any_numbers_texts_and_gaps_have_limits_or_a_reason(
    values, polarity, target, screen_outliers, fixed
):
    chart = xmr_chart(values, polarity, target, screen_outliers, 12 if fixed else None)
    points = chart.points
    assert len(points) == len(values)
    if "Limits" in chart.reason:
        assert points["upper_limit"].isna().all()
        assert chart.assurance == ""
    else:
        assert (points["lower_limit"] <= points["upper_limit"]).all()
        assert np.isfinite(points[["lower_limit", "upper_limit"]].astype(float)).all(axis=None)
    assert ("Assurance" in chart.reason) <= (chart.assurance == "")
    assert ((points["point_type"] == "") == points["value"].isna()).all()
