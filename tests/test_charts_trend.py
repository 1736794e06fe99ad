"""Lines over time: what parts a line, what is said of it, and how its axes are chosen."""

import re
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pandas as pd
import pytest
from test_charts import (
    SVG,
    a_trend,
    assert_nothing_overlaps,
    four_lines,
    level,
    lines_of,
    local_lines,
    texts,
    words_in,
    years,
)

from helpers import charts
from helpers.charts.axes import tick_words, value_ticks


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


def test_the_same_words_of_breaks_too_close_for_them_stand_once_and_say_how_often():
    breaks = [(date(year, 3, 31), "New definition") for year in (2017, 2018, 2019, 2020)]
    chart = a_trend(series=years(level(*range(40, 60))), breaks=breaks)
    assert local_lines(chart) == [1, 1, 1, 1, 16]
    assert words_in(chart).count("New definition, 4 times") == 1
    assert "New definition" not in words_in(chart)
    assert_nothing_overlaps(chart)
    assert chart.alternative.count("not comparable with before: new definition") == 4


def test_the_same_words_of_breaks_far_apart_stand_over_each():
    series = years(level(*range(40, 60)))
    breaks = [(date(year, 3, 31), "New") for year in (2018, 2019, 2030)]
    assert [
        words for words in words_in(a_trend(series=series, breaks=breaks)) if "New" in words
    ] == [
        "New, 2 times",
        "New",
    ]


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


def days_of(chart, role, thickness):
    """Return the ends of the one line of a role's colour and thickness, as (x, y, x, y)."""
    (path,) = [
        path.get("d")
        for path in ElementTree.fromstring(chart.svg).iter(f"{SVG}path")
        if "fill: none" in (style := path.get("style", ""))
        and f"stroke: {charts.PALETTE[role][0]}; stroke-width: {thickness}" in style
    ]
    return tuple(map(float, re.findall(r"[\d.]+", path)))


def to_2024(**changes):
    """Return a trend of 2016 to 2020 on the way from 38 in 2016 to 30 in 2024."""
    way = ((date(2016, 3, 31), Decimal(38)), (date(2024, 3, 31), 30))
    return a_trend(**({"trajectory": way} | changes))


def test_a_trajectory_leads_from_the_baseline_to_the_target():
    chart = to_2024(target=Decimal(30))
    x0, y0, x1, y1 = days_of(chart, "target", 1.8)
    # The first figure is the baseline, 38 in 2016; the level line stands at the target, 30.
    assert (x0, y0) == pytest.approx(days_of(chart, "local", 3)[:2])
    assert y1 == pytest.approx(days_of(chart, "target", 1.4)[1])
    # From March 2020 to March 2024 is half of the way in time.
    axis = {words: x for x, words in years_on_axis(chart)}
    assert axis["Mar 2024"] == pytest.approx(x1, abs=0.5)
    assert 2 * (x1 - axis["Mar 2020"]) == pytest.approx(x1 - x0, abs=1)


def test_a_trajectory_is_dashed_and_ends_in_a_marker():
    chart, target = to_2024(), charts.PALETTE["target"][0]
    *_, x, y = days_of(chart, "target", 1.8)
    assert re.search(rf'stroke-dasharray: 3.6,3.6; [^"]*stroke: {target}; ', chart.svg)
    assert re.search(rf'<use [^>]*x="{x}" y="{y}" style="fill: {target}"', chart.svg)


def years_on_axis(chart):
    """Return the middle of each period's words along the foot, from the left."""
    return sorted(
        ((left + right) / 2, words)
        for words, left, _, right, _ in texts(chart)
        if words.startswith("Mar 20")
    )


def test_the_axis_goes_on_to_the_targets_day_and_names_it():
    assert [words for _, words in years_on_axis(to_2024())][-1] == "Mar 2024"
    assert [words for _, words in years_on_axis(a_trend())][-1] == "Mar 2020"


def test_a_target_on_a_past_day_does_not_move_the_axis():
    past = ((date(2016, 3, 31), 38), (date(2019, 3, 31), 30))
    chart = to_2024(trajectory=past, target_label="Target 30 in 2019")
    assert years_on_axis(chart) == years_on_axis(
        to_2024(trajectory=past, target_label="Target 30 in 2018")
    )
    assert [words for _, words in years_on_axis(chart)][-1] == "Mar 2020"
    assert "Target 30 in 2019" in words_in(chart)


def test_a_baseline_before_the_figures_is_on_the_axis():
    early = ((date(2010, 3, 31), 45), (date(2024, 3, 31), 30))
    assert "Mar 2010" in words_in(to_2024(trajectory=early))


def test_the_targets_words_are_those_given_or_made_from_its_day():
    assert "Target 30 in 2024" in words_in(to_2024(target_label="Target 30 in 2024"))
    assert "Target 30 by 31 March 2024" in " ".join(words_in(to_2024()))


def test_the_alternative_says_where_the_trajectory_starts_and_ends():
    said = to_2024(target_label="Target 30 in 2024").alternative
    assert said.endswith("Target 30 in 2024; a dashed line leads there from 38 on 31 March 2016.")


def test_a_level_target_and_a_trajectory_are_both_said_unless_they_are_the_same():
    both, same = to_2024(target=Decimal(33)), to_2024(target=Decimal(30))
    assert "Target 33. Target 30 by 31 March 2024; a dashed line" in both.alternative
    assert "Target 33" in words_in(both)
    assert same.alternative.count("Target 30") == 1
    assert " ".join(words_in(same)).count("Target") == 1
    assert len(lines_of(same, "target", 1.4)) == 1, "the level line stays"


def test_where_the_axis_goes_on_the_latest_figure_is_dated():
    assert "Anyshire 36 (Mar 2020)" in " ".join(words_in(to_2024())).replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_the_value_axis_holds_the_baseline_and_the_target():
    way = ((date(2016, 3, 31), 58), (date(2024, 3, 31), 87))
    chart = to_2024(series=years(level(70, 71, 72, 73, 74)), trajectory=way, unit="% of pupils")
    assert {"55", "90"} <= set(words_in(chart)) or {"50", "90"} <= set(words_in(chart))


def test_words_of_a_trajectory_do_not_overlap_those_of_four_lines():
    others = {"England": 37, "Statistical neighbours": 36.5, "East of England": 35.5}
    comparators = {name: years(level(60, 62, 64, 66, last)) for name, last in others.items()}
    assert_nothing_overlaps(to_2024(comparators=comparators, target=Decimal(31)))


@pytest.mark.parametrize(
    ("way", "message"),
    [
        (((date(2016, 3, 31), None), (date(2024, 3, 31), 30)), "needs the value"),
        (((date(2016, 3, 31), 38), (date(2024, 3, 31), float("nan"))), "needs the value"),
        (((date(2016, 3, 31), 38), (date(2024, 3, 31), float("inf"))), "needs the value"),
        (((date(2024, 3, 31), 38), (date(2024, 3, 31), 30)), "forward in time"),
    ],
    ids=["no baseline", "no target", "infinite", "on one day"],
)
def test_a_trajectory_that_leads_nowhere_is_refused(way, message):
    with pytest.raises(ValueError, match=message):
        to_2024(trajectory=way)


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
