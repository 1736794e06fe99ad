"""Recent trends: the answers that the Fingertips calculators agree on, and what has none."""

import json
import math
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from no_numbers import NO_NUMBERS

from helpers.recent_trend import COLUMNS, recent_trend

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

# The chi-squares of the calculator in R, which takes a 95% interval to be 2 * 1.959964 standard
# errors wide as methods 3 does; Fingertips' own takes 3.92. In "tiny" all are counted in one year,
# for which methods 3 has no answer.
CHI_SQUARES = [
    (case, kind, case["peers"][peer])
    for case in CASES
    for peer, kind in (("dhsc_r_proportion", "proportion"), ("dhsc_r_ci", "other"))
    if case["peers"].get(peer, {}).get("chi2") is not None
    and (case["id"], kind) != ("tiny", "proportion")
]


def points_of(case):
    return pd.DataFrame(case["points"]).rename(columns={"lower95": "lower", "upper95": "upper"})


def named(entries):
    return [f"{case['id']}-{kind}" for case, kind, _ in entries]


def test_there_are_as_many_cases_as_the_peers_gave():
    assert len(CASES) == 41
    assert len(AGREED) == 57
    assert len(CHI_SQUARES) == 61


@pytest.mark.parametrize(("case", "kind", "expected"), AGREED, ids=named(AGREED))
def test_the_trend_is_the_one_the_calculators_agree_on(case, kind, expected):
    assert recent_trend(points_of(case), kind).trend == expected


@pytest.mark.parametrize(("case", "kind", "peer"), CHI_SQUARES, ids=named(CHI_SQUARES))
def test_the_chi_square_and_the_trend_are_as_the_calculators_in_r(case, kind, peer):
    found = recent_trend(points_of(case), kind)
    assert math.isclose(found.chi_square, peer["chi2"], rel_tol=1e-6, abs_tol=1e-12)
    assert found.trend == NAMES[peer["trend"]]


def test_all_counted_in_one_year_has_no_answer_as_in_fingertips():
    (tiny,) = [case for case in CASES if case["id"] == "tiny"]
    assert tiny["peers"]["fingertips_2020_proportions"]["trend"] == "Cannot be calculated"
    assert recent_trend(points_of(tiny)).trend == "cannot_be_calculated"


def years(counts, bases=1000, first=2019):
    bases = [bases] * len(counts) if isinstance(bases, int) else bases
    return pd.DataFrame(
        {
            "year": range(first, first + len(counts)),
            "numerator": counts,
            "denominator": bases,
        }
    )


def values(figures, half_width=0.5, first=2019):
    table = pd.DataFrame({"year": range(first, first + len(figures)), "value": figures})
    return table.assign(lower=table["value"] - half_width, upper=table["value"] + half_width)


def test_a_proportion_by_hand():
    # R = 15, N = 50, sum(rt) = 55, sum(nt) = 150, sum(nt²) = 550:
    # 50 (50 * 55 - 15 * 150)² / (15 * 35 (50 * 550 - 150²)) = 12,500,000 / 2,625,000.
    found = recent_trend(years([1, 2, 3, 4, 5], 10))
    assert found.chi_square == pytest.approx(100 / 21, rel=1e-12)
    assert found.trend == "no_significant_change"


def test_values_by_hand():
    # Limits 1.959964 away are one standard error; the slope is 1, its variance 1 / 10.
    found = recent_trend(values([1, 2, 3, 4, 5], 1.959964), "other")
    assert (found.trend, found.chi_square) == ("increasing", pytest.approx(10, rel=1e-12))
    # Limits of twice the width: a quarter of it.
    found = recent_trend(values([1, 2, 3, 4, 5], 2 * 1.959964), "other")
    assert (found.trend, found.chi_square) == ("no_significant_change", pytest.approx(2.5))


@pytest.mark.parametrize("kind", ["proportion", "other"])
def test_figures_that_do_not_change_have_no_trend(kind):
    table = years([333] * 5).assign(value=1 / 3, lower=0.3, upper=[0.4, 0.35, 0.34, 0.38, 0.41])
    found = recent_trend(table, kind)
    assert (found.trend, found.chi_square) == ("no_significant_change", 0)


def test_years_may_come_in_any_order_and_only_the_five_latest_count():
    rising = years([500, 100, 130, 160, 190, 220])
    assert recent_trend(rising.iloc[::-1]).trend == "increasing"
    assert recent_trend(rising) == recent_trend(rising.tail(5))
    # Before them may be a gap, or a figure that is missing.
    older = pd.concat([years([None], first=1999), rising])
    assert recent_trend(older) == recent_trend(rising)


@pytest.mark.parametrize("write", [str, float, np.int64, Decimal, lambda year: f"{year}.0"])
def test_a_year_may_be_written_as_any_number(write):
    table = years([100, 130, 160, 190, 220], first=8)
    as_written = table.assign(year=[write(year) for year in table["year"]])
    # As text, "10" would come before "8".
    assert recent_trend(as_written) == recent_trend(table)


def test_negative_values_and_limits_have_a_trend_too():
    found = recent_trend(values([-5, -4, -3, -2, -1]), "other")
    assert found.trend == "increasing"


def test_a_single_year_that_makes_the_direction_is_no_trend():
    # Level for four years and twice as many in the last: significant, but without it nothing.
    for counts in ([100, 99, 98, 97, 200], [100, 100, 100, 100, 200], [200, 100, 100, 100, 100]):
        found = recent_trend(years(counts))
        assert found.chi_square > 9.549536
        assert (found.trend, found.reason) == (
            "no_significant_change",
            "The direction hangs on a single year.",
        )


# What cannot be calculated: a reason each, and never an exception or a number.

FIVE = years([10, 20, 30, 40, 50])
FIVE_VALUES = values([1.0, 2, 3, 4, 5])
MISSING = "a figure is missing, or is not a finite number, in one of the five years"
NO_YEAR = "a year is missing, or is not a whole number"
NOTHING = [None, *NO_NUMBERS]


def with_cell(table, column, value, row=2):
    changed = table.astype({column: object})
    changed.loc[row, column] = value
    return changed


IMPOSSIBLE = [
    ("proportion", pd.DataFrame(), "there are 0 years, and five are needed"),
    ("other", pd.DataFrame(), "there are 0 years, and five are needed"),
    ("proportion", FIVE.head(0), "there are 0 years, and five are needed"),
    ("proportion", FIVE.head(1), "there is 1 year, and five are needed"),
    ("other", FIVE_VALUES.head(4), "there are 4 years, and five are needed"),
    ("proportion", FIVE.assign(year=[2017, *range(2019, 2023)]), "do not follow one another"),
    ("other", FIVE_VALUES.assign(year=range(2014, 2023, 2)), "do not follow one another"),
    ("proportion", FIVE.assign(year=[2019, 2020, 2020, 2021, 2022]), "the year 2020 stands there"),
    ("proportion", years([9] * 6).assign(year=[2018, *range(2018, 2023)]), "the year 2018 stands"),
    ("proportion", FIVE.assign(year=[y + 0.5 for y in FIVE["year"]]), NO_YEAR),
    ("proportion", FIVE.assign(year=[f"{y}/{y + 1}" for y in FIVE["year"]]), NO_YEAR),
    *[("proportion", with_cell(FIVE, "year", nothing), NO_YEAR) for nothing in NOTHING],
    *[
        ("proportion", with_cell(FIVE, column, nothing), MISSING)
        for column in ("numerator", "denominator")
        for nothing in NOTHING
    ],
    *[
        ("other", with_cell(FIVE_VALUES, column, nothing), MISSING)
        for column in ("value", "lower", "upper")
        for nothing in NOTHING
    ],
    ("proportion", years([0, 20, 30, 40, 50]), "none, or all, are counted"),
    ("proportion", years([0] * 5), "none, or all, are counted"),
    ("proportion", years([10, 20, 30, 40, 1000]), "none, or all, are counted"),
    ("proportion", years([1000] * 5), "none, or all, are counted"),
    ("proportion", years([10, 20, 30, 40, 1001]), "a count is negative, or more than its base"),
    ("proportion", years([-1, 20, 30, 40, 50]), "a count is negative, or more than its base"),
    ("proportion", years([0] * 5, 0), "a count is negative, or more than its base"),
    ("proportion", years([10] * 5, [100, 100, 0, 100, 100]), "a count is negative, or more"),
    ("proportion", years([10] * 5, -1000), "a count is negative, or more than its base"),
    ("other", values([1.0, 2, 3, 4, 5], 0), "the limits of one of the five years have no width"),
    ("other", values([1.0, 2, 3, 4, 5], -1), "a lower limit is above its upper limit"),
    ("other", values([1e200, 2e200, 3e200, 4e200, 5e200]).assign(lower=0, upper=1e-200), "narrow"),
]


@pytest.mark.parametrize(("kind", "points", "reason"), IMPOSSIBLE)
def test_what_cannot_be_calculated_says_why(kind, points, reason):
    found = recent_trend(points, kind)
    assert (found.trend, found.chi_square) == ("cannot_be_calculated", None)
    assert found.reason.startswith("cannot be calculated: ")
    assert reason in found.reason


@pytest.mark.parametrize(
    ("kind", "column"), [(kind, column) for kind in COLUMNS for column in COLUMNS[kind]]
)
def test_a_table_without_a_column_that_is_needed_is_refused_by_its_name(kind, column):
    table = FIVE if kind == "proportion" else FIVE_VALUES
    with pytest.raises(ValueError, match=f"no column {column}; {kind} needs {COLUMNS[kind][0]}"):
        recent_trend(table.drop(columns=column), kind)


def test_an_unknown_kind_is_refused_by_name():
    with pytest.raises(ValueError, match="unknown kind 'rate'"):
        recent_trend(FIVE, "rate")


# What must hold of any figures.

fewer = settings(max_examples=40)
"""For what takes longer than most; the examples are the same on every run."""
OPPOSITE = {"increasing": "decreasing", "decreasing": "increasing"}
shares = st.integers(2, 2_000).flatmap(lambda n: st.tuples(st.integers(1, n - 1), st.just(n)))
limited = st.tuples(st.integers(-500, 500), st.integers(1, 200), st.integers(1, 200))
anything = st.one_of(
    st.none(), st.integers(), st.floats(), st.decimals(), st.text(max_size=3), st.integers(1, 9)
)


def table_of_shares(pairs):
    return years([r for r, _ in pairs], [n for _, n in pairs])


def table_of_values(rows):
    table = [(2019 + t, v, v - below, v + above) for t, (v, below, above) in enumerate(rows)]
    return pd.DataFrame(table, columns=COLUMNS["other"])


tables = st.one_of(
    st.tuples(st.lists(shares, min_size=5, max_size=7).map(table_of_shares), st.just("proportion")),
    st.tuples(st.lists(limited, min_size=5, max_size=7).map(table_of_values), st.just("other")),
)


def turned(found, back):
    assert back.trend == OPPOSITE.get(found.trend, found.trend)
    assert back.chi_square == pytest.approx(found.chi_square, rel=1e-9)


@fewer
@given(tables, st.randoms())
def test_the_order_of_the_rows_changes_nothing(asked, chance):
    table, kind = asked
    rows = list(range(len(table)))
    chance.shuffle(rows)
    assert recent_trend(table.iloc[rows], kind) == recent_trend(table, kind)


@fewer
@given(tables)
def test_mirroring_the_years_turns_increasing_into_decreasing(asked):
    table, kind = asked
    five = table.tail(5)
    turned(recent_trend(five, kind), recent_trend(five.assign(year=-five["year"]), kind))


@fewer
@given(st.lists(shares, min_size=5, max_size=5))
def test_what_is_left_goes_the_other_way(pairs):
    left = [(n - r, n) for r, n in pairs]
    turned(recent_trend(table_of_shares(pairs)), recent_trend(table_of_shares(left)))


@fewer
@given(st.lists(limited, min_size=5, max_size=5), st.sampled_from([2, 100, Decimal("0.01")]))
def test_another_unit_changes_nothing(rows, times):
    scaled = [tuple(cell * times for cell in row) for row in rows]
    ours, found = (recent_trend(table_of_values(of), "other") for of in (rows, scaled))
    assert (found.trend, found.chi_square, found.reason) == (
        ours.trend,
        ours.chi_square,
        ours.reason,
    )
    assert found.slopes == pytest.approx([float(times) * slope for slope in ours.slopes])


@fewer
@given(
    st.lists(st.tuples(*[anything] * 5), max_size=6),
    st.sampled_from(["proportion", "other"]),
    st.booleans(),
)
def test_any_rows_have_a_trend_or_a_reason(rows, kind, in_order):
    table = pd.DataFrame(
        rows, columns=["numerator", "denominator", "value", "lower", "upper"], dtype=object
    )
    table["year"] = range(2019, 2019 + len(rows)) if in_order else table["value"]
    found = recent_trend(table, kind)
    assert found.reason
    if found.chi_square is None:
        assert found.trend == "cannot_be_calculated"
        assert found.reason.startswith("cannot be calculated: ")
    else:
        assert 0 <= found.chi_square < math.inf


finite = st.floats(allow_nan=False, allow_infinity=False)
positive = st.floats(min_value=0, exclude_min=True, allow_infinity=False)


@settings(max_examples=15)  # exact arithmetic with numbers of 600 places takes its time
@given(st.lists(st.tuples(positive, positive, finite, finite, finite), min_size=5, max_size=5))
def test_finite_figures_of_any_size_have_a_trend_or_a_reason(rows):
    figures = [(min(r, n), max(r, n), v, *sorted(limits)) for r, n, v, *limits in rows]
    table = pd.DataFrame(figures, columns=["numerator", "denominator", "value", "lower", "upper"])
    for kind in COLUMNS:
        found = recent_trend(table.assign(year=range(5)), kind)
        assert (found.chi_square is None) == (found.trend == "cannot_be_calculated")
        assert found.reason
