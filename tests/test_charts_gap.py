"""Shares beside their benchmarks: what is said of each pair."""

from test_charts import assert_nothing_overlaps, shares, words_in

from helpers import charts


def test_benchmark_gap_says_each_pair_and_which_way():
    chart = charts.benchmark_gap(
        shares(),
        "Staff",
        "Population of the county",
        period="March 2023",
        format_value=lambda v: f"{v}%",
    )
    assert chart.alternative == (
        "Dot chart. Staff beside population of the county, March 2023. "
        "Under 25: staff 4.5%, population of the county 11.1% (below). "
        "With a disability: staff 17.0%, population of the county 17.0% (equal). "
        "Women: staff 83.4%, population of the county 50.9% (above). "
        "Women in senior posts: staff 76.2%, population of the county not published."
    )
    assert {"Staff", "Population of the county", "4.5%", "11.1%", "Women"} <= set(words_in(chart))
    assert "not published" in " ".join(words_in(chart))


def test_benchmark_gap_with_long_names_keeps_them_in_the_picture():
    rows = shares().assign(measure=["A long name for what is measured " * 3] * 4)
    chart = charts.benchmark_gap(
        rows, "Staff who work for the council", "People who live in the county and work"
    )
    assert_nothing_overlaps(chart)
