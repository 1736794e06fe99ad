"""Likely ranges: when a figure has one, how long its line is, and what is said of it."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pandas as pd
import pytest
from test_charts import (
    AREA,
    SVG,
    a_trend,
    assert_nothing_overlaps,
    bar_lengths,
    level,
    lines_of,
    texts,
    two_periods,
    words_in,
    years,
)

from helpers import charts
from helpers.charts.ranges import NOTE, likely_ranges

PERCENT = "{}%".format
NAN = float("nan")


def ranges(chart, role, thickness):
    """Return the ends of each line of a role's colour and thickness, as (x, y, x, y)."""
    drawn = ("fill: none", f"stroke: {charts.PALETTE[role][0]}", f"stroke-width: {thickness}")
    return [
        tuple(map(float, re.findall(r"[\d.]+", path.get("d"))))
        for path in ElementTree.fromstring(chart.svg).iter(f"{SVG}path")
        if all(words in path.get("style", "") for words in drawn)
        and path.get("clip-path", "") == ""
        and path.get("id") is None
    ]


def bars(**columns):
    rows = two_periods(lower=level(64.5, 60.8), upper=level(70.2, 66.9))
    return charts.before_after(rows.assign(**columns), "In the county", AREA, format_value=PERCENT)


def ranged(**columns):
    return years(level(62, 60, 64)).assign(**columns)


@pytest.mark.parametrize(
    ("value", "lower", "upper"),
    [
        (Decimal(5), 4, None),
        (Decimal(5), NAN, 6),
        (Decimal(5), 4, float("inf")),
        (Decimal(5), 6, 4),
        (None, 4, 6),
    ],
    ids=["no upper", "no lower", "infinite", "in the wrong order", "no figure"],
)
def test_what_is_not_a_whole_range_is_none(value, lower, upper):
    rows = pd.DataFrame({"lower": [lower], "upper": [upper]}, dtype=object)
    assert likely_ranges(rows, [value]).iloc[0].to_list() == [None, None]


def test_a_range_is_exact_and_may_have_no_width():
    rows = pd.DataFrame({"lower": ["4.1", 5], "upper": [6.2, 5]}, dtype=object)
    found = likely_ranges(rows, [Decimal(5), Decimal(5)])
    assert found["lower"].to_list() == level("4.1", 5)
    assert found["upper"].to_list() == level("6.2", 5)


@pytest.mark.parametrize("missing", [None, NAN])
def test_columns_without_any_bound_change_nothing(missing):
    empty = {"lower": [missing] * 3, "upper": [missing] * 3}
    assert a_trend(series=ranged(**empty)) == a_trend(series=ranged())
    plain = charts.before_after(two_periods(), "In the county", AREA, format_value=PERCENT)
    assert bars(lower=[missing] * 2, upper=[missing] * 2) == plain


def test_bars_name_both_ranges_and_the_caption_explains_them():
    chart = bars()
    assert chart.alternative == (
        "Bar chart. In the county, Anyshire: 63.9% in 2022-23 (likely between 60.8% and 66.9%), "
        "down from 67.4% in 2021-22 (likely between 64.5% and 70.2%)."
    )
    assert chart.caption == (
        "In the county: Anyshire, 2021-22 and 2022-23. The thin line at a figure shows its likely "
        "range: how far chance alone could move it."
    )


def test_a_bars_range_is_drawn_to_scale_and_the_value_stands_beyond_it():
    chart = bars()
    (zero, length), *_ = bar_lengths(chart, "local")
    # Whoever reads 63.9 off the bar's length reads 60.8 and 66.9 off the line's two ends.
    scale = length / 63.9
    _, (left, _, right, _) = ranges(chart, "ink", 1.5)
    assert (left - zero, right - zero) == pytest.approx((60.8 * scale, 66.9 * scale), rel=1e-3)
    starts = {words: x for words, x, *_ in texts(chart)}
    assert starts["63.9%"] >= right + 3
    assert_nothing_overlaps(chart)


def test_the_longest_range_fits_into_the_picture_with_its_value():
    chart = bars(upper=level(95, 99))
    assert_nothing_overlaps(chart)
    *_, right = max(ranges(chart, "ink", 1.5), key=lambda line: line[2])[:3]
    assert {words: x for words, x, *_ in texts(chart)}["63.9%"] >= right + 3


def test_a_bar_without_a_range_has_none_beside_one_that_has():
    chart = bars(lower=[None, Decimal("60.8")])
    assert len(ranges(chart, "ink", 1.5)) == 1
    assert "67.4% in 2021-22." in chart.alternative


def test_areas_may_have_ranges_too():
    rows = pd.DataFrame({"area": [AREA, "England"], "value": level(36, 67)})
    rows = rows.assign(lower=[Decimal(33), None], upper=level(39, 70))
    chart = charts.compare_areas(rows, "Rate", "2025", AREA)
    assert "England 67, Anyshire 36 (likely between 33 and 39)." in chart.alternative
    assert NOTE in chart.caption


def test_a_trend_names_the_ranges_of_the_figures_it_names():
    chart = a_trend(
        series=ranged(lower=[58, 55, 61], upper=[66, 65, 67]), unit="%", format_value=PERCENT
    )
    assert (
        "62% on 31 March 2016 (likely between 58% and 66%), "
        "64% on 31 March 2018 (likely between 61% and 67%); "
        "highest 64% (on 31 March 2018), "
        "lowest 60% (on 31 March 2017, likely between 55% and 65%)." in chart.alternative
    )
    assert chart.caption.endswith(NOTE)


def test_a_provisional_figure_says_both():
    series = ranged(lower=[None, None, *level(61)], upper=[None, None, *level(67)])
    series = series.assign(status=["", "", "provisional"])
    said = a_trend(series=series).alternative
    assert "64 on 31 March 2018 (provisional, likely between 61 and 67)" in said


def test_a_trends_ranges_are_drawn_to_scale_only_where_there_are_bounds():
    chart = a_trend(series=ranged(lower=[58, None, 62], upper=[68, None, 66]))
    # From 58 to 68 is two and a half times as long as from 62 to 66.
    first, last = (line[1] - line[3] for line in ranges(chart, "local", 1.3))
    assert first / last == pytest.approx(10 / 4, rel=1e-3)


def test_the_axis_holds_the_bounds():
    low = a_trend(series=ranged(lower=[41, 55, 61], upper=[66, 65, 78]), unit="% of pupils")
    assert {"40", "80"} <= set(words_in(low))
    assert "The vertical axis starts at 40." in low.caption


def test_other_areas_ranges_are_not_drawn_or_said():
    chart = a_trend(
        series=ranged(), comparators={"England": ranged(lower=[1, 1, 1], upper=[99, 99, 99])}
    )
    assert lines_of(chart, "other_1", 1.3) == lines_of(chart, "local", 1.3) == []
    assert "likely" not in chart.alternative + chart.caption
