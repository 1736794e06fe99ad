"""Recent trends: the answers that the Fingertips calculators agree on, and what has none."""

import json
from pathlib import Path

import pandas as pd
import pytest

from helpers.recent_trend import recent_trend

CASES = json.loads(
    (Path(__file__).parent / "data" / "peers" / "recent_trend.json").read_text(encoding="utf-8")
)
NAMES = {
    "Increasing": "increasing",
    "Decreasing": "decreasing",
    "No significant change": "no_significant_change",
}
KINDS = {"proportion_method": "proportion", "ci_method": "other"}

# Where the calculators differ among themselves there is no consensus, and nothing to meet.
AGREED = [
    (case, kind, NAMES[answer])
    for case in CASES
    for method, kind in KINDS.items()
    if (answer := case["consensus"].get(method))
]


def points_of(case):
    return pd.DataFrame(case["points"]).rename(columns={"lower95": "lower", "upper95": "upper"})


def test_there_are_as_many_cases_as_the_peers_gave():
    assert len(CASES) == 41
    assert len(AGREED) == 57


@pytest.mark.parametrize(
    ("case", "kind", "expected"), AGREED, ids=[f"{case['id']}-{kind}" for case, kind, _ in AGREED]
)
def test_the_trend_is_the_one_the_calculators_agree_on(case, kind, expected):
    assert recent_trend(points_of(case), kind).trend == expected


def years(counts, bases=1000, first=2019):
    bases = [bases] * len(counts) if isinstance(bases, int) else bases
    return pd.DataFrame(
        {
            "year": range(first, first + len(counts)),
            "numerator": counts,
            "denominator": bases,
        }
    )


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        (years([10, 20, 30, 40]), "there are 4 years, and five are needed"),
        (years([10, 20, None, 40, 50]), "a count is missing in one of the five years"),
        (years([0, 20, 30, 40, 50]), "none, or all, are counted in one of the five years"),
        (years([10, 20, 30, 40, 1000]), "none, or all, are counted in one of the five years"),
        (years([10, 20, 30, 40, 1001]), "a count is negative, or more than its base"),
        (years([-1, 20, 30, 40, 50]), "a count is negative, or more than its base"),
        (years([10, 20, 30, 40, 50], 0), "a count is negative, or more than its base"),
        (
            years([10, 20, 30, 40, 50]).assign(year=[2017, 2019, 2020, 2021, 2022]),
            "the five latest years do not follow one another",
        ),
    ],
)
def test_what_cannot_be_calculated_says_why(points, reason):
    found = recent_trend(points)
    assert (found.trend, found.chi_square) == ("cannot_be_calculated", None)
    assert found.reason == f"cannot be calculated: {reason}"


def test_years_may_come_in_any_order_and_only_the_five_latest_count():
    rising = years([500, 100, 130, 160, 190, 220])
    assert recent_trend(rising.iloc[::-1]).trend == "increasing"
    assert recent_trend(rising) == recent_trend(rising.tail(5))


def test_limits_without_width_and_missing_limits_are_not_calculated():
    values = years([1] * 5).assign(value=[1.0, 2, 3, 4, 5], lower=[0.5] * 5, upper=[0.5] * 5)
    assert "have no width" in recent_trend(values, "other").reason
    assert "is missing" in recent_trend(values.drop(columns="lower"), "other").reason


def test_a_single_year_that_makes_the_direction_is_no_trend():
    # Level for four years and twice as many in the last: significant, but without it nothing.
    found = recent_trend(years([100, 99, 98, 97, 200]))
    assert found.chi_square > 9.549536
    assert (found.trend, found.reason) == (
        "no_significant_change",
        "The direction hangs on a single year.",
    )


def test_an_unknown_kind_is_refused_by_name():
    with pytest.raises(ValueError, match="unknown kind 'rate'"):
        recent_trend(years([1] * 5), "rate")
