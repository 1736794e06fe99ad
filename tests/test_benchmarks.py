"""Benchmarks: what LAIT's own functions give for 948 figures, and where we differ on purpose."""

import math
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from no_numbers import NO_NUMBERS

from helpers.benchmarks import (
    BANDS,
    change,
    implausible,
    neighbour_mean,
    quartile_bands,
    quartile_cuts,
    ranks,
)

DATA = Path(__file__).parent / "data"
ROWS = pd.read_csv(DATA / "peers" / "lait_benchmarks.csv", dtype=str)
NEIGHBOURS = pd.read_csv(DATA / "lait_neighbours.csv", index_col="area")
POLARITY = {"High": "higher", "Low": "lower", "-": "neutral"}
MEASURES = sorted(ROWS["measure_short"].unique())


def of(measure):
    rows = ROWS[ROWS["measure_short"] == measure].set_index("la")
    return rows, pd.to_numeric(rows["value"]), POLARITY[rows["polarity"].iloc[0]]


def same(ours, theirs):
    return math.isclose(ours, float(theirs), rel_tol=1e-9)


def test_there_are_as_many_rows_as_the_peer_gave():
    assert (len(ROWS), len(MEASURES)) == (948, 6)
    assert {of(measure)[2] for measure in MEASURES} == {"higher", "lower", "neutral"}


@pytest.mark.parametrize("measure", MEASURES)
def test_the_band_of_every_authority_is_as_laits(measure):
    rows, values, polarity = of(measure)
    expected = [band if band in BANDS else None for band in rows["quartile_band"]]
    assert list(quartile_bands(values, polarity)) == expected


@pytest.mark.parametrize("measure", MEASURES)
def test_the_rank_of_every_authority_is_as_laits(measure):
    rows, values, polarity = of(measure)
    found = ranks(values, polarity)
    ours = ["" if pd.isna(rank) else str(rank) for rank in found]
    theirs = ["" if pd.isna(rank) or rank == "-" else rank for rank in rows["rank"]]
    assert ours == theirs
    ranked = int(rows["n_las_with_value"].iloc[0])
    assert found.notna().sum() == (0 if polarity == "neutral" else ranked)


@pytest.mark.parametrize("measure", MEASURES)
def test_the_cuts_between_the_quarters_are_laits(measure):
    rows, values, _ = of(measure)
    theirs = rows[["q0", "q25", "q50", "q75", "q100"]]
    assert len(theirs.drop_duplicates()) == 1
    assert all(map(same, quartile_cuts(values), theirs.iloc[0]))


@pytest.mark.parametrize("measure", MEASURES)
def test_the_change_of_every_authority_is_laits(measure):
    # LAIT gives no previous figure; it is the latest less the change, to LAIT's own decimals.
    rows, values, _ = of(measure)
    year = int(rows["latest_period"].iloc[0])
    for authority, row in rows.iterrows():
        previous = round(values[authority] - float(row["change"]), 6)
        found, reason = change(year - 1, previous, year, row["value"])
        if pd.isna(row["change"]):
            assert (found, reason[:20]) == (None, "cannot be calculated"), authority
        else:
            assert math.isclose(found, float(row["change"]), rel_tol=1e-9, abs_tol=1e-12)
            assert reason == ""


@pytest.mark.parametrize("measure", MEASURES)
def test_no_published_national_figure_of_these_is_implausible(measure):
    rows, values, _ = of(measure)
    assert not implausible(float(rows["england"].iloc[0]), values)


@pytest.mark.parametrize("measure", MEASURES)
def test_the_mean_of_the_neighbours_of_every_authority_is_laits(measure):
    rows, values, _ = of(measure)
    for authority, row in rows.iterrows():
        mean, counted = neighbour_mean(values.reindex(NEIGHBOURS.loc[authority]))
        assert (same(mean, row["sn_mean"]), counted) == (True, int(row["sn_n"])), authority


# By hand.


def test_the_cuts_of_figures_by_hand():
    # A quarter of the way from the first of four to the last: three quarters past the first.
    assert quartile_cuts(pd.Series([40, 10, 30, 20])) == (10, 17.5, 25, 32.5, 40)
    assert quartile_cuts(pd.Series([7.0])) == (7, 7, 7, 7, 7)
    assert quartile_cuts(pd.Series([0.1] * 6)) == (0.1,) * 5


def test_a_figure_on_a_cut_belongs_to_the_band_below_it_in_value():
    # Of 1 to 5 the cuts are 2, 3 and 4 themselves.
    assert list(quartile_bands(pd.Series([1, 2, 3, 4, 5]), "lower")) == ["A", "A", "B", "C", "D"]
    assert list(quartile_bands(pd.Series([1, 2, 3, 4, 5]), "higher")) == ["D", "D", "C", "B", "A"]


def test_where_all_are_equal_all_are_first_and_in_the_band_below_the_cuts():
    values = pd.Series([0.1] * 6)
    assert list(ranks(values, "lower")) == [1] * 6
    assert list(quartile_bands(values, "lower")) == ["A"] * 6
    assert list(quartile_bands(values, "higher")) == ["D"] * 6


def test_ties_share_the_best_place_and_missing_and_infinite_figures_have_none():
    values = pd.Series([3, 1, 3, None, float("inf")], index=list("abcde"))
    found = ranks(values, "higher")
    assert list(found.index) == list("abcde")
    assert list(found[:3]) == [1, 3, 1]
    assert found[3:].isna().all()
    assert list(quartile_bands(values, "higher"))[3:] == [None, None]


def test_an_authority_that_stands_there_twice_keeps_both_places():
    values = pd.Series([30, 10, 20], index=["a", "b", "a"])
    assert list(ranks(values, "higher")) == [1, 3, 2]
    assert list(ranks(values, "higher").index) == ["a", "b", "a"]
    assert list(quartile_bands(values, "higher").index) == ["a", "b", "a"]


@pytest.mark.parametrize("polarity", ["neutral", "representative", "", None, "up"])
def test_where_no_way_is_better_nobody_is_ranked(polarity):
    values = pd.Series([1, 2, 3])
    assert ranks(values, polarity).isna().all()
    assert list(quartile_bands(values, polarity)) == [None] * 3


def test_the_mean_of_neighbours_leaves_missing_ones_out_and_counts_the_rest():
    assert neighbour_mean(pd.Series([10, None, 20, 30])) == (20.0, 3)
    assert neighbour_mean(pd.Series(["10.5", "-", "c", 11.5])) == (11.0, 2)


@pytest.mark.parametrize(
    ("benchmark", "expected"),
    [
        (5, False),
        (1, False),
        (9, False),
        ("8.9", False),
        (9.1, True),
        (Decimal(0), True),
    ],
)
def test_a_national_figure_outside_the_range_of_all_authorities_is_implausible(benchmark, expected):
    assert implausible(benchmark, pd.Series([1, 5, 9, None])) is expected


# The change from year to year, where we differ from LAIT on purpose: its documentation promises a
# change only between consecutive years, and its code takes whichever figure stands before.


@pytest.mark.parametrize(
    ("earlier", "later"), [(2019, 2022), (2022, 2024), (2024, 2024), (2025, 2024), (2024, 2023)]
)
def test_there_is_no_change_between_years_that_do_not_follow_each_other(earlier, later):
    reason = f"cannot be calculated: {earlier} and {later} do not follow each other"
    assert change(earlier, 91.7, later, 96.8) == (None, reason)


@pytest.mark.parametrize("write", [float, str, Decimal, Fraction])
def test_a_change_is_worked_out_in_decimals(write):
    # In binary 96.8 - 91.7 is 5.099999999999994, as LAIT has it.
    assert change(2023, write("91.7"), 2024, write("96.8")) == (5.1, "")
    assert change("2023", write("96.8"), 2024.0, write("91.7")) == (-5.1, "")
    assert change(2023, write("91.7"), 2024, write("91.70")) == (0, "")


# What nothing can be made of: a named answer, and never an exception or a number.

NOTHING = [
    None,
    *NO_NUMBERS,
    pd.Timestamp("2024-01-01"),
    "-",
    "..",
]
ids = "{!r:.20}".format


@pytest.mark.parametrize("polarity", ["higher", "lower"])
@pytest.mark.parametrize("nothing", NOTHING, ids=ids)
def test_what_is_no_figure_has_no_place_and_changes_nobody_elses(nothing, polarity):
    known = pd.Series([4.0, 8.0, 6.0, 2.0], index=list("abcd"))
    values = pd.Series([4, 8, nothing, 6, 2], index=list("abncd"), dtype=object)
    assert quartile_cuts(values) == quartile_cuts(known)
    assert quartile_bands(values, polarity)["n"] is None
    assert ranks(values, polarity)["n"] is pd.NA
    for place in (quartile_bands, ranks):
        assert place(values, polarity).drop("n").equals(place(known, polarity))
    assert neighbour_mean(values) == (5, 4)
    assert not implausible(5, values)


@pytest.mark.parametrize("nothing", NOTHING, ids=ids)
@pytest.mark.parametrize("length", [0, 1, 3])
def test_without_a_figure_there_are_no_places(nothing, length):
    values = pd.Series([nothing] * length, dtype=object)
    assert quartile_cuts(values) is None
    assert list(quartile_bands(values, "higher")) == [None] * length
    assert list(ranks(values, "higher")) == [pd.NA] * length
    assert neighbour_mean(values) == (None, 0)
    assert implausible(3, values) is False


@pytest.mark.parametrize("nothing", NOTHING, ids=ids)
def test_a_change_without_two_figures_and_two_years_says_why(nothing):
    no_figure = "cannot be calculated: a figure is missing, or is not a finite number"
    assert change(2023, nothing, 2024, 5) == (None, no_figure)
    assert change(2023, 5, 2024, nothing) == (None, no_figure)
    for year in (nothing, 2023.5, "2022/23"):
        no_year = "cannot be calculated: a year is missing, or is not a whole number"
        assert change(year, 5, 2024, 5) == (None, no_year)
        assert change(2023, 5, year, 5) == (None, no_year)
    too_far = "cannot be calculated: the figures are too far apart"
    assert change(2023, -1.7e308, 2024, 1.7e308) == (None, too_far)


@pytest.mark.parametrize(
    ("benchmark", "flagged"),
    [
        (None, False),
        (math.nan, False),
        (Decimal("sNaN"), False),
        (pd.NA, False),
        (math.inf, True),
        (Decimal("Infinity"), True),
        ("c", True),
        (True, True),
    ],
)
def test_a_missing_benchmark_is_not_flagged_but_one_that_cannot_be_read_is(benchmark, flagged):
    assert implausible(benchmark, pd.Series([1, 2])) is flagged


# What must hold of any figures.

fewer = settings(max_examples=40)
"""For what takes longer than most; the examples are the same on every run."""
figures = st.lists(st.one_of(st.none(), st.integers(-50, 50), st.floats(-1e6, 1e6)), max_size=30)
directed = st.sampled_from(["higher", "lower"])
OPPOSITE = {"higher": "lower", "lower": "higher"}
anything = st.one_of(
    st.none(), st.floats(), st.integers(), st.decimals(), st.booleans(), st.text(max_size=3)
)


@fewer
@given(figures, directed)
def test_reversing_the_polarity_turns_the_bands_round(values, polarity):
    series = pd.Series(values, dtype=object)
    turned = dict(zip(BANDS, BANDS[::-1], strict=True))
    ours, theirs = (quartile_bands(series, p) for p in (polarity, OPPOSITE[polarity]))
    assert [turned.get(band) for band in ours] == list(theirs)


@fewer
@given(figures, directed)
def test_reversing_the_polarity_counts_the_ranks_from_the_other_end(values, polarity):
    series = pd.Series(values, dtype=object)
    ours, theirs = (ranks(series, p) for p in (polarity, OPPOSITE[polarity]))
    ranked = ours.notna().sum()
    for place, other in zip(ours.dropna(), theirs.dropna(), strict=True):
        assert place + other + (ours == place).sum() == ranked + 2


@fewer
@given(figures, directed)
def test_mirroring_the_figures_is_reversing_the_polarity_of_a_rank(values, polarity):
    series = pd.Series(values, dtype=float)
    assert ranks(-series, OPPOSITE[polarity]).equals(ranks(series, polarity))


@fewer
@given(figures, directed)
def test_a_better_rank_is_never_in_a_worse_band(values, polarity):
    series = pd.Series(values, dtype=object)
    rank, band = ranks(series, polarity), quartile_bands(series, polarity)
    assert band[rank.dropna().sort_values().index].is_monotonic_increasing
    assert rank.isna().equals(band.isna())


@given(figures)
def test_the_cuts_rise_from_the_least_to_the_greatest_and_are_numpys(values):
    known = [value for value in values if value is not None]
    cuts = quartile_cuts(pd.Series(values, dtype=object))
    if not known:
        assert cuts is None
        return
    assert (cuts[0], cuts[-1]) == (min(known), max(known))
    assert list(cuts) == pytest.approx(np.quantile(known, [0, 0.25, 0.5, 0.75, 1]), abs=1e-9)


@fewer
@given(figures, st.randoms(), directed)
def test_the_order_of_the_authorities_changes_nothing(values, chance, polarity):
    series = pd.Series(values, dtype=object)
    names = list(series.index)
    chance.shuffle(names)
    for place in (ranks, quartile_bands):
        assert place(series[names], polarity).equals(place(series, polarity)[names])


@given(st.lists(anything, max_size=12), anything, directed)
def test_any_series_has_places_or_none_and_never_raises(values, benchmark, polarity):
    series = pd.Series(values, dtype=object)
    assert set(quartile_bands(series, polarity)) <= {*BANDS, None}
    placed = ranks(series, polarity).notna().sum()
    mean, counted = neighbour_mean(series)
    assert placed == counted
    assert (mean is None) == (quartile_cuts(series) is None) == (counted == 0)
    assert mean is None or math.isfinite(mean)
    assert implausible(benchmark, series) in (True, False)
    found, reason = change(2023, benchmark, 2024, values[0] if values else 1)
    assert (found is None) == reason.startswith("cannot be calculated: ")
