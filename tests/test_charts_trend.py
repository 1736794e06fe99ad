"""Lines over time: what parts a line, what is said of it, and how its axes are chosen."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from test_charts import (
    a_trend,
    assert_nothing_overlaps,
    four_lines,
    level,
    lines_of,
    local_lines,
    words_in,
    years,
)

from helpers import charts
from helpers.charts.lines import tick_words, value_ticks


def test_trend_says_measure_periods_and_finding():
    chart = a_trend(comparators={"England": years(level(60, 62, 64, 66, 67))}, target=Decimal(30))
    assert chart.alternative == (
        "Line chart. Children looked after per 10,000, Anyshire: 38 on 31 March 2016, "
        "36 on 31 March 2020; highest 38 (on 31 March 2016), lowest 33 (on 31 March 2018). "
        "England: 67 on 31 March 2020. Target 30."
    )
    assert chart.caption == (
        "Children looked after per 10,000: Anyshire and England, 31 March 2016 to 31 March 2020."
    )


def test_a_given_caption_is_used_and_keeps_the_notes():
    assert a_trend(caption="My caption.").caption == "My caption."
    provisional = years(level(38, 34), statuses=["", "provisional"])
    chart = a_trend(series=provisional, caption="My caption.")
    assert chart.caption == "My caption. Hollow points are provisional."


def test_values_may_be_decimal_float_or_missing_and_rows_in_any_order():
    mixed = years([Decimal("38"), 34.0, float("nan"), None, Decimal("36")])
    assert a_trend(series=mixed.iloc[::-1]).svg == a_trend(series=mixed).svg


def test_a_missing_value_breaks_the_line_and_is_said():
    whole, gapped = a_trend(), a_trend(series=years([*level(38, 34), None, *level(35, 36)]))
    assert local_lines(whole) == [5]
    assert local_lines(gapped) == [2, 2]
    assert "No figure for 31 March 2018." in gapped.alternative


def test_a_missing_year_breaks_the_line_and_is_said():
    chart = a_trend(series=years(level(38, 34, 33, 35, 36)).drop(index=2))
    assert local_lines(chart) == [2, 2]
    assert "No figures between 31 March 2017 and 31 March 2019." in chart.alternative


def test_a_missing_month_breaks_a_monthly_line():
    months = pd.period_range("2022-01", "2022-06", freq="M")
    series = pd.DataFrame(
        {
            "period": [f"{month:%B %Y}" for month in months],
            "period_start": [month.start_time for month in months],
            "period_end": [month.end_time for month in months],
            "value": level(1, 2, 3, 4, 5, 6),
        }
    )
    assert local_lines(a_trend(series=series, frequency="monthly")) == [6]
    assert local_lines(a_trend(series=series.drop(index=2), frequency="monthly")) == [2, 3]


def test_a_change_of_definition_parts_every_line_and_is_labelled():
    chart = a_trend(
        breaks=[(date(2018, 3, 31), "New census")],
        comparators={"England": years(level(60, 62, 64, 66, 67))},
    )
    assert local_lines(chart) == [2, 3]
    assert lines_of(chart, "other_1", 1.8) == [2, 3]
    assert "New census" in words_in(chart)
    assert "From 31 March 2018 on, not comparable with before: new census." in chart.alternative


def test_a_change_of_definition_outside_the_figures_is_left_out():
    chart = a_trend(breaks=[(date(2012, 3, 31), "Long ago")])
    assert "Long ago" not in words_in(chart) and "ong ago" not in chart.alternative


def test_words_of_neighbouring_breaks_do_not_overlap():
    breaks = [(date(2017, 3, 31), "A first change of definition"), (date(2018, 3, 31), "A second")]
    chart = a_trend(breaks=breaks)
    assert local_lines(chart) == [1, 1, 3]
    assert_nothing_overlaps(chart)


def test_provisional_points_are_hollow_and_said():
    chart = a_trend(series=years(level(38, 34, 33), statuses=["", "", "provisional"]))
    surface, local = charts.PALETTE["surface"][0], charts.PALETTE["local"][0]
    hollow = f"fill: {surface}; stroke: {local}"
    assert chart.svg.count(f'style="{hollow}') >= 1
    assert hollow not in a_trend().svg
    assert "33 on 31 March 2018 (provisional)" in chart.alternative
    assert chart.caption.endswith("Hollow points are provisional.")


def test_only_a_percentage_may_start_above_zero_and_then_says_so():
    high, wide = years(level(81, 84, 89)), years(level(10, 40, 80))
    assert "The vertical axis starts at 80." in a_trend(series=high, unit="% of pupils").caption
    assert "vertical axis" not in a_trend(series=wide, unit="% of pupils").caption
    assert "vertical axis" not in a_trend(series=high).caption


def test_a_small_change_is_not_blown_up():
    ticks, _ = value_ticks([64.1, 63.9], percent=True)
    assert ticks[-1] - ticks[0] >= 5


def test_percent_axis_does_not_pass_100():
    chart = a_trend(series=years(level(60, 97, 99)), unit="% of pupils")
    assert "100" in words_in(chart) and not {"105", "110", "120"} & set(words_in(chart))


def test_labels_of_lines_that_end_together_do_not_overlap():
    chart = four_lines()
    assert_nothing_overlaps(chart)
    for label in ("England 36.5", "Target 36", "neighbours 36.2"):
        assert label in words_in(chart)


def test_a_comparator_that_ends_earlier_says_when():
    chart = a_trend(comparators={"England": years(level(60, 62, 64))})
    assert "(Mar\N{NO-BREAK SPACE}2018)" in " ".join(words_in(chart))
    assert "England: 64 on 31 March 2018." in chart.alternative


def test_a_comparator_keeps_its_colour_and_one_without_figures_is_left_out():
    other = years(level(60, 62, 64, 66, 67))
    alone = a_trend(comparators={"England": other})
    second = a_trend(comparators={"Region": years([None] * 5), "England": other})
    assert lines_of(alone, "other_1", 1.8) == lines_of(second, "other_1", 1.8) == [5]
    assert "Region" not in second.alternative


def test_period_labels_stay_apart_and_include_the_latest():
    chart = a_trend(series=years(level(*range(30, 50)), first=2005))
    assert_nothing_overlaps(chart)
    assert "Mar 2024" in words_in(chart)


def test_a_single_figure_is_drawn_and_said():
    chart = a_trend(series=years(level(36)))
    assert chart.alternative.endswith("per 10,000, Anyshire: 36 on 31 March 2016.")
    assert chart.caption.endswith("Anyshire, 31 March 2016.")


def test_values_are_written_by_the_given_function():
    chart = a_trend(
        series=years(level(1200, 1300)), format_value=lambda value: f"£{value / 1000:.1f} thousand"
    )
    assert "£1.2 thousand on 31 March 2016, £1.3 thousand on 31 March 2017" in chart.alternative


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"series": years([None, None])}, "no figure to draw for Children looked after"),
        ({"comparators": {name: years(level(1)) for name in "abcd"}}, "at most four lines"),
        ({"series": pd.concat([years(level(1)), years(level(2))])}, "two figures for 31 March"),
    ],
)
def test_what_cannot_be_drawn_is_refused(changes, message):
    with pytest.raises(ValueError, match=message):
        a_trend(**changes)


@pytest.mark.parametrize(
    "values", [[0], [0, 0], [5, 5], [0.09, 0.1], [-3, 4], [99.2, 99.9], [1, 2_000_000]]
)
def test_value_axis_holds_every_value_between_round_numbers(values):
    ticks, high = value_ticks(values, percent=False)
    assert ticks[0] <= min(values) and max(values) <= high
    assert 2 <= len(ticks) <= 8
    assert len(set(tick_words(ticks))) == len(ticks)
