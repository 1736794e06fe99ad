"""Intervals: the answers of the field's own software, and counts of which nothing can be made."""

import csv
import json
import math
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from no_numbers import NO_NUMBERS

from helpers.intervals import poisson_rate, why_not, wilson

PEERS = Path(__file__).parent / "data" / "peers"
NOTHING = (None, None, None)


def cases(name):
    with (PEERS / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def number(text):
    return float(text) if text else None


def same(ours, theirs):
    if theirs is None or ours is None:
        return ours is None and theirs is None
    return math.isclose(ours, theirs, rel_tol=1e-9)


PROPORTIONS, RATES = cases("wilson_proportion.csv"), cases("poisson_rate.csv")
PAIRS = json.loads((PEERS / "two_proportions.json").read_text(encoding="utf-8"))


def test_there_are_as_many_cases_as_the_peers_gave():
    assert (len(PROPORTIONS), len(RATES), len(PAIRS)) == (114, 90, 12)
    for cases_of_one in (PROPORTIONS, RATES):
        assert {case["confidence_level"] for case in cases_of_one} >= {"0.95", "0.998"}
        assert len({case["multiplier"] for case in cases_of_one}) > 1


@pytest.mark.parametrize("case", PROPORTIONS, ids=lambda case: case["case_id"])
def test_wilson_is_as_public_health_englands(case):
    found = wilson(number(case["x"]), number(case["n"]), number(case["confidence_level"]))
    scaled = [None if v is None else v * float(case["multiplier"]) for v in found]
    expected = [number(case[name]) for name in ("value", "lower", "upper")]
    assert all(map(same, scaled, expected)), (scaled, expected)


@pytest.mark.parametrize("case", PAIRS, ids=lambda case: case["id"])
def test_wilson_is_as_statsmodels(case):
    for which in "12":
        _, lower, upper = wilson(case[f"x{which}"], case[f"n{which}"])
        assert all(map(same, (lower, upper), case[f"wilson{which}"]))


@pytest.mark.parametrize("case", RATES, ids=lambda case: case["case_id"])
def test_rates_are_as_public_health_englands(case):
    found = poisson_rate(
        number(case["x"]),
        number(case["n"]),
        number(case["multiplier"]),
        number(case["confidence_level"]),
    )
    expected = [number(case[name]) for name in ("value", "lower", "upper")]
    assert all(map(same, found, expected)), (found, expected)
    method = "Exact" if case["x"] and float(case["x"]) < 10 else "Byars"
    assert case["method"] in (method, "")


# What the intervals are by definition, whatever the formula.


@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.998])
@pytest.mark.parametrize(("x", "n"), [(1, 20), (7, 20), (19, 20), (300, 7564), (0.445, 1)])
def test_a_wilson_bound_is_the_share_from_which_ours_is_just_so_many_errors_away(x, n, confidence):
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    for bound in wilson(x, n, confidence)[1:]:
        error = math.sqrt(bound * (1 - bound) / n)
        assert abs(x / n - bound) == pytest.approx(z * error)


def chance_of_at_most(count, expected):
    return sum(math.exp(-expected) * expected**k / math.factorial(k) for k in range(count + 1))


@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.998])
@pytest.mark.parametrize("count", range(1, 10))
def test_an_exact_bound_is_the_number_expected_where_ours_is_just_that_rare(count, confidence):
    _, lower, upper = poisson_rate(count, 1, confidence=confidence)
    tail = (1 - confidence) / 2
    assert 1 - chance_of_at_most(count - 1, lower) == pytest.approx(tail)
    assert chance_of_at_most(count, upper) == pytest.approx(tail)


def test_no_event_at_all_has_an_upper_bound_by_hand():
    # None is seen with a chance of e**-u; at 95% that is 2.5%, so u = ln 40.
    assert poisson_rate(0, 1) == (0, 0, pytest.approx(math.log(40)))


# Counts of which nothing can be made: a reason each, and never an exception or a number.

IMPOSSIBLE = [
    (None, 10, "a count is missing"),
    (1, None, "a count is missing"),
    (-1, 10, "a count of -1 is negative"),
    (Decimal("-0.5"), 10, "a count of -0.5 is negative"),
    (1, 0, "a base of 0 is not above zero"),
    (0, 0, "a base of 0 is not above zero"),
    (1, 0.0, "a base of 0.0 is not above zero"),
    (1, -5, "a base of -5 is not above zero"),
    *[
        pair
        for nothing in [*NO_NUMBERS, np.float64("nan"), np.False_, "many"]
        for pair in [
            (nothing, 10, "a count is not a finite number"),
            (1, nothing, "a count is not a finite number"),
        ]
    ],
    (2**53 + 1, 2**60, "a count is too large or too small to work with"),
    (1, 2**60, "a count is too large or too small to work with"),
    (0, 1e-300, "a count is too large or too small to work with"),
    (5e-324, 1, "a count is too large or too small to work with"),
]
MORE_THAN_ALL = [(11, 10), (10.001, 10), (Decimal("1.1"), 1), (2**53, 1)]


@pytest.mark.parametrize(
    ("count", "base", "reason"), IMPOSSIBLE, ids=lambda value: f"{value!r:.20}"
)
def test_of_impossible_counts_nothing_is_calculated_and_the_reason_is_named(count, base, reason):
    assert wilson(count, base) == NOTHING
    assert poisson_rate(count, base) == NOTHING
    assert why_not(count, base) == f"cannot be calculated: {reason}"
    assert why_not(count, base, proportion=False) == f"cannot be calculated: {reason}"


@pytest.mark.parametrize(("count", "base"), MORE_THAN_ALL)
def test_a_share_of_more_than_all_is_none_but_a_rate_may_have_more_events_than_people(count, base):
    assert wilson(count, base) == NOTHING
    assert why_not(count, base) == f"cannot be calculated: {count} of {base} is more than all"
    value, lower, upper = poisson_rate(count, base)
    assert lower < value < upper
    assert why_not(count, base, proportion=False) == ""


@pytest.mark.parametrize("write", [Decimal, float, str, Fraction, np.int64, np.float32])
def test_a_count_may_be_written_as_any_number(write):
    assert wilson(write(5), write(20)) == wilson(5, 20)
    assert poisson_rate(write(5), write(20), write(1000)) == poisson_rate(5, 20, 1000)


@pytest.mark.parametrize("confidence", [0, 1, -0.5, 95, math.nan, math.inf, None, "high", True])
def test_a_confidence_that_is_none_is_refused_whatever_the_counts(confidence):
    for counts in [(1, 2), (None, None)]:
        with pytest.raises(ValueError, match="not between 0 and 1"):
            wilson(*counts, confidence)
        with pytest.raises(ValueError, match="not between 0 and 1"):
            poisson_rate(*counts, confidence=confidence)


@pytest.mark.parametrize("multiplier", [0, -100, math.nan, math.inf, None, "per head", 10**400])
def test_a_multiplier_that_is_none_is_refused(multiplier):
    with pytest.raises(ValueError, match="multiplier"):
        poisson_rate(1, 2, multiplier)


# What must hold of any counts.

counts_of_a_base = st.integers(1, 10_000).flatmap(
    lambda n: st.tuples(st.integers(0, n), st.just(n))
)
confidences = st.sampled_from([0.5, 0.9, 0.95, 0.998, 1 - 2**-53])
anything = st.one_of(
    st.none(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.fractions(),
    st.integers(0, 30),
    st.floats(0, 30),
)


@given(counts_of_a_base, st.floats(1e-15, 0.01))
def test_at_hardly_any_confidence_the_interval_still_contains_its_value(counts, confidence):
    value, lower, upper = wilson(*counts, confidence)
    assert 0 <= lower <= value <= upper <= 1
    assert upper - lower < 0.02


@given(counts_of_a_base, confidences)
def test_an_interval_contains_its_value_and_narrows_with_more_cases(counts, confidence):
    x, n = counts
    value, lower, upper = wilson(x, n, confidence)
    assert 0 <= lower <= value <= upper <= 1
    _, closer, nearer = wilson(4 * x, 4 * n, confidence)
    assert nearer - closer < upper - lower


@given(st.integers(0, 100_000), st.integers(1, 1_000_000), confidences)
def test_a_rates_interval_contains_its_value_and_narrows_with_more_events(x, n, confidence):
    value, lower, upper = poisson_rate(x, n, 1000, confidence)
    assert lower <= value <= upper
    _, closer, nearer = poisson_rate(4 * x, 4 * n, 1000, confidence)
    assert nearer - closer < upper - lower


@given(counts_of_a_base)
def test_more_confidence_takes_a_wider_interval(counts):
    for interval in (wilson, poisson_rate):
        _, lower, upper = interval(*counts, confidence=0.95)
        _, lowest, highest = interval(*counts, confidence=0.998)
        assert lowest <= lower <= upper <= highest
        assert highest - lowest > upper - lower


@given(counts_of_a_base)
def test_what_is_left_has_the_mirrored_interval(counts):
    x, n = counts
    value, lower, upper = wilson(x, n)
    mirrored = (1 - value, 1 - upper, 1 - lower)
    assert wilson(n - x, n) == pytest.approx(mirrored, abs=1e-12)


@given(anything, anything, st.floats(1e-15, 1 - 1e-15))
def test_any_numbers_and_gaps_have_an_interval_or_a_reason(count, base, confidence):
    for proportion, found in [
        (True, wilson(count, base, confidence)),
        (False, poisson_rate(count, base, 100_000, confidence)),
    ]:
        reason = why_not(count, base, proportion)
        if reason:
            assert reason.startswith("cannot be calculated: ")
            assert found == NOTHING
        else:
            value, lower, upper = found
            assert all(map(math.isfinite, found))
            assert lower <= value <= upper
