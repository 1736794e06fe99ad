"""Evidence: the answers of statsmodels and R, and counts that say nothing."""

import json
import math
from pathlib import Path

import pytest

from helpers.evidence import two_counts, two_proportions

CASES = json.loads(
    (Path(__file__).parent / "data" / "peers" / "two_proportions.json").read_text(encoding="utf-8")
)


def expected_counts(case):
    pooled = (case["x1"] + case["x2"]) / (case["n1"] + case["n2"])
    return [n * share for n in (case["n1"], case["n2"]) for share in (pooled, 1 - pooled)]


def test_there_are_as_many_cases_as_the_peers_gave():
    assert len(CASES) == 12
    assert any(min(expected_counts(case)) < 5 for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_two_proportions_are_as_statsmodels_and_r(case):
    found = two_proportions(case["x1"], case["n1"], case["x2"], case["n2"])
    if min(expected_counts(case)) < 5:
        assert (found.verdict, found.p_value) == ("too_few_to_judge", None)
        return
    assert math.isclose(found.p_value, case["statsmodels_p"], rel_tol=1e-9, abs_tol=1e-12)
    lower, upper = case["newcombe_diff95"]
    assert math.isclose(found.lower, lower, rel_tol=1e-9, abs_tol=1e-12)
    assert math.isclose(found.upper, upper, rel_tol=1e-9, abs_tol=1e-12)
    clear = case["r_prop_test_p"] < 0.05
    assert found.verdict == ("clear" if clear else "could_be_chance")


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ((None, 10, 5, 10), "a count is missing"),
        ((5, 10, 5, 0), "a base of 0 is not above zero"),
        ((5, 10, -1, 10), "a count of -1 is negative"),
        ((11, 10, 5, 10), "11 of 10 is more than all"),
        ((5, 10, math.nan, 10), "nan of 10 are not finite numbers"),
    ],
)
def test_impossible_counts_are_not_testable_and_the_reason_is_named(counts, reason):
    found = two_proportions(*counts)
    assert (found.verdict, found.reason) == ("not_testable", f"cannot be calculated: {reason}")


def test_all_or_none_in_both_years_is_too_few_and_never_an_exception():
    assert two_proportions(0, 500, 0, 500).verdict == "too_few_to_judge"
    assert two_proportions(500, 500, 500, 500).verdict == "too_few_to_judge"


def test_two_counts_by_hand():
    # Of 20 cases, 5 or fewer on one side: 2 * 21,700 / 2**20, from the binomial coefficients
    # 1 + 20 + 190 + 1140 + 4845 + 15504.
    found = two_counts(15, 5)
    assert found.p_value == pytest.approx(2 * 21_700 / 2**20)
    assert found.verdict == "clear"
    # Of 12 cases, 3 on one side: 2 * (1 + 12 + 66 + 220) / 2**12 = 0.146.
    found = two_counts(9, 3)
    assert found.p_value == pytest.approx(598 / 4096)
    assert found.verdict == "could_be_chance"


def test_rates_are_compared_by_their_populations():
    # Twice as many of twice as many people is no difference.
    assert two_counts(20, 40, 1000, 2000).p_value == pytest.approx(1)


def test_few_cases_are_not_judged():
    assert two_counts(3, 5).verdict == "too_few_to_judge"
    assert two_counts(0, 0).verdict == "too_few_to_judge"


def test_a_count_that_is_not_whole_is_not_testable():
    found = two_counts(10.5, 20)
    assert (found.verdict, found.reason) == (
        "not_testable",
        "cannot be calculated: a count is not whole",
    )


def test_the_order_of_the_years_does_not_change_the_verdict():
    there, back = two_proportions(120, 400, 180, 420), two_proportions(180, 420, 120, 400)
    assert there.p_value == pytest.approx(back.p_value)
    assert (there.lower, there.upper) == pytest.approx((-back.upper, -back.lower))
