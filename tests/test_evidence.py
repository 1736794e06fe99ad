"""Evidence: the answers of statsmodels and R, and counts that say nothing."""

import json
import math
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from no_numbers import NO_NUMBERS
from scipy.stats import binomtest

from helpers.evidence import MOST_ADDED_UP, two_counts, two_proportions

CASES = json.loads(
    (Path(__file__).parent / "data" / "peers" / "two_proportions.json").read_text(encoding="utf-8")
)

# Methods 2 tests no two shares of which one has fewer than five expected cases, and so gives no
# answer where the peers give one that they warn of.
TOO_FEW = ("zero_zero", "all_vs_some")


def same(ours, theirs):
    return math.isclose(ours, theirs, rel_tol=1e-9)


def test_there_are_as_many_cases_as_the_peers_gave():
    assert len(CASES) == 12
    assert {case["id"] for case in CASES} >= set(TOO_FEW)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_two_proportions_are_as_statsmodels_and_r(case):
    found = two_proportions(case["x1"], case["n1"], case["x2"], case["n2"])
    if case["id"] in TOO_FEW:
        assert (found.verdict, found.p_value, found.lower) == ("too_few_to_judge", None, None)
        return
    z = case["statsmodels_pooled_z"]
    assert same(found.p_value, math.erfc(abs(z) / math.sqrt(2)))
    assert same(found.p_value, case["statsmodels_p"])
    assert same(found.p_value, case["r_prop_test_p"])
    assert all(map(same, (found.lower, found.upper), case["newcombe_diff95"]))
    middle = case["x2"] / case["n2"] - case["x1"] / case["n1"]
    assert found.lower < middle < found.upper
    assert middle * z >= 0
    assert found.verdict == ("clear" if case["r_prop_test_p"] < 0.05 else "could_be_chance")


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


def test_two_rates_are_as_in_the_manual_of_r():
    # The example of R's poisson.test: 11 cases in 800 person-years and 21 in 3011, p = 0.07967.
    found = two_counts(11, 21, 800, 3011)
    assert found.p_value == pytest.approx(0.07967, abs=5e-6)
    assert found.verdict == "could_be_chance"


@pytest.mark.parametrize(
    ("first", "second", "sizes"),
    [(15, 5, (1, 1)), (30, 60, (1, 1)), (11, 21, (800, 3011)), (40, 8, (3, 1)), (25, 90, (2, 5))],
)
def test_the_exact_test_adds_up_every_outcome_that_is_no_likelier_than_ours(first, second, sizes):
    together, share = first + second, Fraction(sizes[1], sum(sizes))
    chances = [
        math.comb(together, k) * share**k * (1 - share) ** (together - k)
        for k in range(together + 1)
    ]
    # R and scipy count outcomes as equally likely that differ by a ten-millionth.
    no_likelier = chances[second] * (1 + Fraction(1, 10**7))
    expected = sum(chance for chance in chances if chance <= no_likelier)
    assert two_counts(first, second, *sizes).p_value == pytest.approx(float(expected), rel=1e-9)


@pytest.mark.parametrize("more", [0, 1, 2])
@pytest.mark.parametrize("sizes", [(1, 1), (2, 3), (900, 1)])
def test_the_exact_test_is_scipys_where_chances_are_added_up_and_where_they_are_too_many(
    sizes, more
):
    together = MOST_ADDED_UP + more
    fair = round(together * sizes[1] / sum(sizes))
    for second in (fair, fair + 3, fair + 60, max(0, fair - 200)):
        found = two_counts(together - second, second, *sizes).p_value
        share = sizes[1] / sum(sizes)
        assert found == pytest.approx(binomtest(second, together, share).pvalue, rel=1e-8)


def test_rates_are_compared_by_their_populations():
    # Twice as many of twice as many people is no difference.
    assert two_counts(20, 40, 1000, 2000).p_value == pytest.approx(1)


def test_large_counts_are_tested_too():
    assert two_counts(10**15, 10**15).verdict == "could_be_chance"
    # Their difference has an error of about 45 million.
    assert two_counts(10**15, 10**15 + 2 * 10**8).verdict == "clear"
    assert two_proportions(10**15, 3 * 10**15, 2 * 10**15, 3 * 10**15).p_value == 0


def test_five_expected_cases_are_enough():
    assert two_counts(5, 5).p_value == pytest.approx(1)
    assert two_counts(5, 4).verdict == "too_few_to_judge"
    assert two_proportions(5, 10, 5, 10).p_value == pytest.approx(1)
    assert two_proportions(5, 10, 4, 10).verdict == "too_few_to_judge"


def test_few_cases_are_not_judged_and_the_number_expected_is_never_rounded_up_to_five():
    assert two_counts(3, 5).reason == "fewer than five cases are expected (4)"
    assert two_counts(0, 0).reason == "fewer than five cases are expected (0)"
    # Of 100 cases 4.98 fall to a population of 83 in 1,667.
    found = two_counts(90, 10, 1584, 83)
    assert found.reason == "fewer than five cases are expected (4.9)"
    assert (found.verdict, found.p_value) == ("too_few_to_judge", None)


def test_all_or_none_in_both_years_is_too_few_and_never_an_exception():
    assert two_proportions(0, 500, 0, 500).verdict == "too_few_to_judge"
    assert two_proportions(500, 500, 500, 500).verdict == "too_few_to_judge"


# Counts that cannot be tested: a reason each, and never an exception or a number.

UNUSABLE = [
    (None, "a count is missing"),
    *[(nothing, "a count is not a finite number") for nothing in [*NO_NUMBERS, "many"]],
    (10**20, "a count is too large or too small to work with"),
    (1e-300, "a count is too large or too small to work with"),
    (-1, "a {} of -1 is {}"),
    (Decimal("-20.5"), "a {} of -20.5 is {}"),
]


@pytest.mark.parametrize("position", range(4))
@pytest.mark.parametrize(("value", "reason"), UNUSABLE, ids=lambda value: f"{value!r:.20}")
def test_unusable_counts_are_not_testable_and_the_reason_is_named(value, reason, position):
    base = position in (1, 3)
    words = reason.format(*(("base", "not above zero") if base else ("count", "negative")))
    counts = [20, 40, 30, 40]
    counts[position] = value
    previous, previous_base, latest, latest_base = counts
    for found in (
        two_proportions(*counts),
        two_counts(previous, latest, previous_base, latest_base),
    ):
        assert (found.verdict, found.p_value) == ("not_testable", None)
        assert found.reason == f"cannot be calculated: {words}"


@pytest.mark.parametrize(
    ("test", "counts", "reason"),
    [
        (two_proportions, (5, 10, 5, 0), "a base of 0 is not above zero"),
        (two_proportions, (5, 0, 5, 10), "a base of 0 is not above zero"),
        (two_proportions, (11, 10, 5, 10), "11 of 10 is more than all"),
        (two_proportions, (5, 10, 10.5, 10), "10.5 of 10 is more than all"),
        (two_counts, (5, 5, 0, 10), "a base of 0 is not above zero"),
        (two_counts, (5, 5, 10, 0), "a base of 0 is not above zero"),
        (two_counts, (10.5, 20), "a count is not whole"),
        (two_counts, (20, Decimal("10.5")), "a count is not whole"),
    ],
)
def test_impossible_counts_are_not_testable_and_the_reason_is_named(test, counts, reason):
    found = test(*counts)
    assert (found.verdict, found.reason) == ("not_testable", f"cannot be calculated: {reason}")


# What must hold of any counts.

fewer = settings(max_examples=40)
"""For what takes longer than most; the examples are the same on every run."""
pairs = st.integers(1, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
anything = st.one_of(
    st.none(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.integers(0, 200),
    st.floats(0, 200),
)


@fewer
@given(pairs, pairs)
def test_the_order_of_the_years_does_not_change_the_evidence_of_two_proportions(one, other):
    there, back = two_proportions(*one, *other), two_proportions(*other, *one)
    assert (there.verdict, there.reason) == (back.verdict, back.reason)
    if there.p_value is not None:
        assert there.p_value == pytest.approx(back.p_value)
        assert (there.lower, there.upper) == pytest.approx((-back.upper, -back.lower))


@fewer
@given(pairs, pairs)
def test_what_is_left_differs_as_much_as_what_is_counted(one, other):
    counted = two_proportions(*one, *other)
    left = two_proportions(one[1] - one[0], one[1], other[1] - other[0], other[1])
    assert counted.verdict == left.verdict
    if counted.p_value is not None:
        assert counted.p_value == pytest.approx(left.p_value)
        assert counted.lower == pytest.approx(-left.upper, abs=1e-12)


@fewer
@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 5_000), st.integers(1, 5_000))
def test_the_order_of_the_years_does_not_change_the_evidence_of_two_counts(x1, x2, n1, n2):
    there, back = two_counts(x1, x2, n1, n2), two_counts(x2, x1, n2, n1)
    assert there.verdict == back.verdict
    if there.p_value is not None:
        assert there.p_value == pytest.approx(back.p_value)


@fewer
@given(
    st.integers(0, 300), st.integers(0, 300), st.integers(1, 5_000), st.sampled_from([2, 8, 0.5])
)
def test_only_the_ratio_of_the_populations_counts(x1, x2, n, times):
    assert two_counts(x1, x2, 1000, n) == two_counts(x1, x2, 1000 * times, n * times)


@fewer
@given(st.integers(0, 100), st.integers(5, 1_000))
def test_equal_shares_are_never_a_clear_change_however_many_cases(percent, hundreds):
    found = two_proportions(percent, 100, percent * hundreds, 100 * hundreds)
    assert found.verdict in ("could_be_chance", "too_few_to_judge")


@given(anything, anything, anything, anything)
def test_any_numbers_and_gaps_have_a_verdict_or_a_reason(x1, n1, x2, n2):
    for found in (two_proportions(x1, n1, x2, n2), two_counts(x1, x2, n1, n2)):
        if found.p_value is None:
            assert found.verdict in ("not_testable", "too_few_to_judge")
            assert found.reason
        else:
            assert 0 <= found.p_value <= 1
            assert found.verdict == ("clear" if found.p_value < 0.05 else "could_be_chance")
