"""SPC charts: the answers of NHSRplotthedots point by point, and where we differ on purpose."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.spc import limits, trend, xmr_chart

SERIES = json.loads(
    (Path(__file__).parent / "data" / "peers" / "spc.json").read_text(encoding="utf-8")
)
POLARITY = {"increase": "higher", "decrease": "lower", "neutral": "neutral"}

# Methods 4 differs there on purpose: a missing point is no point, and breaks every run; figures
# that do not vary have no limits.
EXEMPT = ("trend7_na", "constant", "na_in_run", "na_last", "na_first")


def chart_of(given_series):
    asked = given_series["input"]
    order = sorted(range(len(asked["y"])), key=lambda n: asked["dates"][n])
    dates = [asked["dates"][n] for n in order]
    starts = [next(n for n, day in enumerate(dates) if day >= day_0) for day_0 in asked["rebase"]]
    return xmr_chart(
        [asked["y"][n] for n in order],
        POLARITY[asked["improvement_direction"]],
        asked["target"],
        asked["screen_outliers"],
        asked["fix_after_n_points"],
        starts,
    )


def listed(value):
    return value if isinstance(value, list) else [value]


def same(ours, theirs):
    if theirs is None:
        return math.isnan(ours)
    return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-9)


def test_there_are_as_many_series_as_the_peer_gave():
    assert len(SERIES) == 66
    assert {series["id"] for series in SERIES} >= set(EXEMPT)


@pytest.mark.parametrize(
    "series", [s for s in SERIES if s["id"] not in EXEMPT], ids=lambda series: series["id"]
)
def test_every_point_is_as_making_data_counts(series):
    chart, expected = chart_of(series), series["expected"]
    causes = [cause or "Common Cause" for cause in chart.points["special_cause"]]
    assert causes == listed(expected["special_cause_type"])
    assert list(chart.points["point_type"]) == listed(expected["point_type"])
    for ours, theirs in (("mean", "mean"), ("lower_limit", "lpl"), ("upper_limit", "upl")):
        assert all(map(same, chart.points[ours], listed(expected[theirs]))), ours
    assert chart.variation == expected["variation_type"]
    assert (chart.assurance or None) == expected["assurance_type"]


def test_a_missing_point_breaks_a_trend_where_the_peer_fails():
    (series,) = [s for s in SERIES if s["id"] == "trend7_na"]
    assert "expected" not in series
    points = chart_of(series).points
    # 47, 48, 49, nothing, 50, 51, 52, 53: neither side has seven points.
    assert not points["special_cause"].str.contains("Trend").any()
    assert points["point_type"].iloc[15] == ""


def test_a_missing_last_point_leaves_no_latest_variation():
    (series,) = [s for s in SERIES if s["id"] == "na_last"]
    chart = chart_of(series)
    assert chart.variation == ""
    assert chart.points["special_cause"].iloc[-1] == ""


def test_figures_that_do_not_vary_have_no_limits_and_say_why():
    chart = xmr_chart([5] * 14, "higher", target=6)
    assert chart.points["upper_limit"].isna().all()
    assert (chart.points["mean"] == 5).all()
    assert chart.reason == "Limits cannot be calculated: the figures do not vary."
    assert chart.assurance == ""


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([], "there is no figure"),
        ([None, None], "there is no figure"),
        ([1], "no two figures follow each other"),
        ([1, None, 2, None, 3], "no two figures follow each other"),
        ([math.inf, math.nan], "there is no figure"),
    ],
)
def test_too_few_figures_have_no_limits_and_say_why(values, reason):
    assert xmr_chart(values).reason == f"Limits cannot be calculated: {reason}."


def test_limits_by_hand():
    # Ranges 2, 4 and 6: 4 on average; the mean is 12.
    mean, half_width, reason = limits([10, 12, 16, 10], screen_outliers=False)
    assert (mean, reason) == (12, "")
    assert half_width == pytest.approx(2.66 * 4)


def test_a_tie_breaks_a_trend_and_seven_points_make_one():
    assert trend([1, 2, 3, 4, 5, 6, 7]) == ["7 Point Trend (Increasing)"] * 7
    assert trend([1, 2, 3, 4, 5, 6]) == [""] * 6
    assert trend([1, 2, 3, 4, 4, 5, 6, 7]) == [""] * 8


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"polarity": "up"}, "unknown polarity 'up'"),
        ({"baseline_points": 11}, "11 baseline points; limits need at least 12"),
        ({"rebase_at": [3]}, "a phase starts at 3, outside the 3 values"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(changes, message):
    with pytest.raises(ValueError, match=message):
        xmr_chart([1, 2, 3], **changes)


values_with_gaps = st.lists(st.one_of(st.none(), st.integers(-1000, 1000)), max_size=40)


@given(values_with_gaps, st.sampled_from(["higher", "lower"]))
def test_reversing_the_polarity_swaps_improvement_and_concern(values, polarity):
    other = {"higher": "lower", "lower": "higher"}[polarity]
    swapped = {
        "special_cause_improvement": "special_cause_concern",
        "special_cause_concern": "special_cause_improvement",
    }
    ours, theirs = (list(xmr_chart(values, p).points["point_type"]) for p in (polarity, other))
    assert [swapped.get(kind, kind) for kind in ours] == theirs


@given(values_with_gaps, st.sampled_from([2, 4, 8]), st.integers(-500, 500))
def test_scaling_by_powers_of_two_and_shifting_changes_no_special_cause(values, factor, shift):
    known = [value for value in values if value is not None]
    if sum(known) % max(len(known), 1):
        return  # the mean of the shifted series is rounded elsewhere, and a tie may fall either way
    moved = [None if value is None else value * factor + shift for value in values]
    before, after = (list(xmr_chart(v).points["special_cause"]) for v in (values, moved))
    assert before == after


@given(st.lists(st.one_of(st.none(), st.floats(-1e100, 1e100), st.just(math.nan)), max_size=30))
def test_no_finite_numbers_and_gaps_raise(values):
    chart = xmr_chart(values, "lower", target=0)
    assert len(chart.points) == len(values)
