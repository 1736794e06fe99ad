"""Benchmarks: bands and ranks as LAIT's own functions give them for 948 rows."""

from pathlib import Path

import pandas as pd
import pytest

from helpers.benchmarks import implausible, neighbour_mean, quartile_bands, ranks

ROWS = pd.read_csv(Path(__file__).parent / "data" / "peers" / "lait_benchmarks.csv", dtype=str)
POLARITY = {"High": "higher", "Low": "lower", "-": "neutral"}
MEASURES = sorted(ROWS["measure_short"].unique())


def of(measure):
    rows = ROWS[ROWS["measure_short"] == measure]
    return rows, pd.to_numeric(rows["value"]), POLARITY[rows["polarity"].iloc[0]]


def test_there_are_as_many_rows_as_the_peer_gave():
    assert (len(ROWS), len(MEASURES)) == (948, 6)
    assert {of(measure)[2] for measure in MEASURES} == {"higher", "lower", "neutral"}


@pytest.mark.parametrize("measure", MEASURES)
def test_the_band_of_every_authority_is_as_laits(measure):
    rows, values, polarity = of(measure)
    expected = [band if band in ("A", "B", "C", "D") else None for band in rows["quartile_band"]]
    assert list(quartile_bands(values, polarity)) == expected


@pytest.mark.parametrize("measure", MEASURES)
def test_the_rank_of_every_authority_is_as_laits(measure):
    rows, values, polarity = of(measure)
    ours = ["" if pd.isna(rank) else str(rank) for rank in ranks(values, polarity)]
    theirs = ["" if pd.isna(rank) or rank == "-" else rank for rank in rows["rank"]]
    assert ours == theirs


def test_a_figure_on_a_cut_belongs_to_the_band_below_it_in_value():
    # Of 1 to 5 the cuts are 2, 3 and 4 themselves.
    assert list(quartile_bands(pd.Series([1, 2, 3, 4, 5]), "lower")) == ["A", "A", "B", "C", "D"]
    assert list(quartile_bands(pd.Series([1, 2, 3, 4, 5]), "higher")) == ["D", "D", "C", "B", "A"]


def test_ties_share_the_best_place_and_missing_and_infinite_figures_have_none():
    values = pd.Series([3, 1, 3, None, float("inf")], index=list("abcde"))
    found = ranks(values, "higher")
    assert list(found.index) == list("abcde")
    assert list(found[:3]) == [1, 3, 1]
    assert found[3:].isna().all()
    assert list(quartile_bands(values, "higher"))[3:] == [None, None]


@pytest.mark.parametrize("polarity", ["neutral", "representative", ""])
def test_where_no_way_is_better_nobody_is_ranked(polarity):
    values = pd.Series([1, 2, 3])
    assert ranks(values, polarity).isna().all()
    assert list(quartile_bands(values, polarity)) == [None] * 3


def test_no_figures_give_no_bands():
    assert list(quartile_bands(pd.Series([None, None]), "higher")) == [None, None]


def test_the_mean_of_neighbours_leaves_missing_ones_out_and_counts_the_rest():
    assert neighbour_mean(pd.Series([10, None, 20, 30])) == (20.0, 3)
    assert neighbour_mean(pd.Series([None, None])) == (None, 0)


@pytest.mark.parametrize(
    ("benchmark", "expected"), [(5, False), (1, False), (9, False), (9.1, True), (0, True)]
)
def test_a_national_figure_outside_the_range_of_all_authorities_is_implausible(benchmark, expected):
    assert implausible(benchmark, pd.Series([1, 5, 9, None])) is expected


def test_without_figures_nothing_is_implausible():
    assert not implausible(None, pd.Series([1, 2]))
    assert not implausible(3, pd.Series([None]))
