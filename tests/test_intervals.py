"""Intervals: the answers of the field's own software, and counts of which nothing can be made."""

import csv
import math
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.intervals import poisson_rate, why_not, wilson

PEERS = Path(__file__).parent / "data" / "peers"


def cases(name):
    with (PEERS / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def number(text):
    return float(text) if text else None


def same(ours, theirs):
    if theirs is None or ours is None:
        return ours is None and theirs is None
    return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-12)


PROPORTIONS, RATES = cases("wilson_proportion.csv"), cases("poisson_rate.csv")


def test_there_are_as_many_cases_as_the_peers_gave():
    assert (len(PROPORTIONS), len(RATES)) == (114, 90)


@pytest.mark.parametrize("case", PROPORTIONS, ids=lambda case: case["case_id"])
def test_wilson_is_as_public_health_englands(case):
    found = wilson(number(case["x"]), number(case["n"]), number(case["confidence_level"]))
    scaled = [None if v is None else v * float(case["multiplier"]) for v in found]
    expected = [number(case[name]) for name in ("value", "lower", "upper")]
    assert all(map(same, scaled, expected)), (scaled, expected)


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


@pytest.mark.parametrize(
    ("count", "base", "reason"),
    [
        (None, 10, "a count is missing"),
        (1, None, "a count is missing"),
        (-1, 10, "a count of -1 is negative"),
        (1, 0, "a base of 0 is not above zero"),
        (1, -5, "a base of -5 is not above zero"),
        (11, 10, "11 of 10 is more than all"),
        (math.inf, 10, "inf of 10 are not finite numbers"),
        (1, math.nan, "1 of nan are not finite numbers"),
    ],
)
def test_of_impossible_counts_nothing_is_calculated_and_the_reason_is_named(count, base, reason):
    assert wilson(count, base) == (None, None, None)
    assert why_not(count, base) == f"cannot be calculated: {reason}"


def test_a_rate_may_have_more_events_than_people():
    value, lower, upper = poisson_rate(12, 10)
    assert value == 1.2
    assert lower < value < upper
    assert why_not(12, 10, proportion=False) == ""


def test_decimals_are_taken_as_well():
    assert wilson(Decimal(5), Decimal(20)) == wilson(5, 20)


@pytest.mark.parametrize("confidence", [0, 1, -0.5, 95])
def test_a_confidence_that_is_none_is_refused(confidence):
    with pytest.raises(ValueError, match="not between 0 and 1"):
        wilson(1, 2, confidence)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_contains_its_value_and_narrows_with_more_cases(counts):
    x, n = counts
    value, lower, upper = wilson(x, n)
    assert 0 <= lower <= value <= upper <= 1
    _, closer, nearer = wilson(4 * x, 4 * n)
    assert nearer - closer < upper - lower


@given(st.integers(0, 100_000), st.integers(1, 1_000_000))
def test_a_rates_interval_contains_its_value(count, population):
    value, lower, upper = poisson_rate(count, population, 1000)
    assert lower <= value <= upper
