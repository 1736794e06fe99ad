"""Bars from zero: their lengths, their order, and what is said of them."""

from decimal import Decimal

import pandas as pd
import pytest
from test_charts import AREA, bar_lengths, level, texts, two_periods, words_in

from helpers import charts


def test_before_and_after_says_both_periods_and_the_change():
    chart = charts.before_after(
        two_periods(),
        "Children who live in the county",
        AREA,
        target=70,
        format_value=lambda value: f"{value}%",
    )
    assert chart.alternative == (
        "Bar chart. Children who live in the county, Anyshire: 63.9% in 2022-23, "
        "down from 67.4% in 2021-22. Target 70%."
    )
    assert chart.caption == "Children who live in the county: Anyshire, 2021-22 and 2022-23."
    assert {"67.4%", "63.9%", "Target 70%", "2021-22"} <= set(words_in(chart))


@pytest.mark.parametrize(
    ("values", "words"), [((5, 6), "up from"), ((6, 5), "down from"), ((5, 5), "the same as")]
)
def test_before_and_after_names_the_way_it_went(values, words):
    rows = two_periods(value=level(*values))
    assert f"in 2022-23, {words} {values[0]} in" in charts.before_after(rows, "M", AREA).alternative


def test_bars_start_at_zero_and_the_latest_has_the_accent():
    chart = charts.before_after(two_periods(), "Measure", AREA)
    (start, length), (other_start, other_length) = (
        bar_lengths(chart, "local")[0],
        bar_lengths(chart, "other_2")[0],
    )
    assert start == pytest.approx(other_start)
    assert length / other_length == pytest.approx(63.9 / 67.4, rel=1e-4)


def test_a_missing_period_keeps_its_row_and_says_so():
    rows = two_periods(value=[Decimal(5), None])
    chart = charts.before_after(rows, "Measure", AREA)
    assert "not published" in words_in(chart)
    assert chart.alternative == (
        "Bar chart. Measure, Anyshire: not published in 2022-23, 5 in 2021-22."
    )


def test_a_value_never_stands_on_the_target_line():
    rows = two_periods(value=level(84.8, 84.2))
    chart = charts.before_after(
        rows, "Measure", AREA, target=85, format_value=lambda value: f"{value}%"
    )
    boxes = {text: box for text, *box in texts(chart)}
    target_x = (boxes["Target 85%"][0] + boxes["Target 85%"][2]) / 2
    assert all(not boxes[t][0] <= target_x <= boxes[t][2] for t in ("84.8%", "84.2%"))


def test_no_figures_at_all_is_refused():
    with pytest.raises(ValueError, match="no figure"):
        charts.before_after(two_periods(value=[None, None]), "Measure", AREA)


def areas(*values):
    return pd.DataFrame(
        {"area": [AREA, "England", "Region"], "value": pd.Series(values, dtype=object)}
    )


@pytest.mark.parametrize(
    ("values", "finding"),
    [
        (level(36, 67, 49), "Anyshire is the lowest."),
        (level(90, 67, 49), "Anyshire is the highest."),
        (level(50, 67, 49), "The figure is higher in 1 and lower in 1."),
        (level(67, 67, 49), "The figure is higher in 0, the same in 1 and lower in 1."),
    ],
)
def test_comparing_areas_says_where_the_area_stands(values, finding):
    chart = charts.compare_areas(areas(*values), "Rate", "31 March 2025", AREA)
    assert chart.alternative.startswith("Bar chart. Rate, 31 March 2025, highest first: ")
    assert chart.alternative.endswith(finding)


def test_areas_are_drawn_highest_first_with_missing_ones_last():
    chart = charts.compare_areas(areas(Decimal(36), None, Decimal(49)), "Rate", "2024", AREA)
    names = [t for t, *_ in sorted(texts(chart), key=lambda box: box[2])]
    order = [name for name in names if name in (AREA, "England", "Region")]
    assert order == ["Region", AREA, "England"]
    assert "England not published" in chart.alternative
    assert len(bar_lengths(chart, "local")) == 1
