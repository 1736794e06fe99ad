"""Charts: what they say, what they leave out, and that they are the same every time."""

import base64
import itertools
import re
from datetime import date
from decimal import Decimal
from html import unescape
from xml.etree import ElementTree

import matplotlib as mpl
import pandas as pd
import pytest

from helpers import charts

AREA = "Anyshire"
SVG = "{http://www.w3.org/2000/svg}"


def years(values, first=2016, statuses=None):
    """Return a table of figures at 31 March of consecutive years; None is missing."""
    ends = [date(first + i, 3, 31) for i in range(len(values))]
    return pd.DataFrame(
        {
            "period": [f"31 March {end.year}" for end in ends],
            "period_start": ends,
            "period_end": ends,
            "value": pd.Series(values, dtype=object),
            "status": statuses or [""] * len(values),
        }
    )


def level(*values):
    return [Decimal(str(value)) for value in values]


def lines_of(chart, role, width):
    """Return how many points each line has that is drawn in a role's colour at a width."""
    drawn = ("fill: none", f"stroke: {charts.PALETTE[role][0]}", f"stroke-width: {width}")
    return [
        len(re.findall(r"[ML]", path.get("d")))
        for path in ElementTree.fromstring(chart.svg).iter(f"{SVG}path")
        if all(words in path.get("style", "") for words in drawn)
    ]


def local_lines(chart):
    return lines_of(chart, "local", 3)


def texts(chart):
    """Return each line of text with the box it stands in, as laid out."""
    found = []
    for text in ElementTree.fromstring(chart.svg).iter(f"{SVG}text"):
        style = text.get("style")
        size = float(re.search(r"([\d.]+)px", style).group(1))
        bold = "700" in style or "bold" in style
        wide = charts._width(text.text, bold, size)
        x, y = float(text.get("x")), float(text.get("y"))
        anchor = re.search(r"text-anchor: (\w+)", style)
        x -= {"start": 0, "middle": wide / 2, "end": wide}[anchor.group(1) if anchor else "start"]
        found.append((text.text, x, y - size * 0.75, x + wide, y + size * 0.05))
    return found


def assert_nothing_overlaps(chart):
    width = float(re.search(r'viewBox="0 0 ([\d.]+)', chart.svg).group(1))
    boxes = texts(chart)
    for words, left, _, right, _ in boxes:
        assert left >= -1 and right <= width + 1, f"{words} is cut off"
    for one, two in itertools.combinations(boxes, 2):
        apart = one[3] <= two[1] or two[3] <= one[1] or one[4] <= two[2] or two[4] <= one[2]
        assert apart, f"{one[0]} overlaps {two[0]}"


def words_in(chart):
    return [text for text, *_ in texts(chart)]


def a_trend(**changes):
    options = {
        "series": years(level(38, 34, 33, 35, 36)),
        "measure": "Children looked after per 10,000",
        "area": AREA,
        "unit": "per 10,000 children",
    }
    return charts.trend(**(options | changes))


def two_periods(**columns):
    return pd.DataFrame({"period": ["2021-22", "2022-23"], "value": level(67.4, 63.9)} | columns)


def shares():
    return pd.DataFrame(
        {
            "measure": ["Under 25", "With a disability", "Women", "Women in senior posts"],
            "value": [Decimal("4.5"), Decimal("17.0"), Decimal("83.4"), Decimal("76.2")],
            "benchmark": [Decimal("11.1"), Decimal("17.0"), Decimal("50.9"), None],
        }
    )


def counts():
    return pd.DataFrame(
        [[9, 2, 3, 4, 0, 3, 2], [3, 0, 1, 1, 1, 0, 0], [0, 0, 0, 0, 0, 0, 1]],
        index=["Safe & close to home", "Mental health", "Adulthood"],
        columns=[
            "improving",
            "no_change",
            "declining_within_margin",
            "declining",
            "rose",
            "fell",
            "not_comparable",
        ],
    )


def four_lines():
    return a_trend(
        comparators={
            "England": years(level(60, 62, 64, 66, 36.5)),
            "Statistical neighbours": years(level(43, 47, 49, 54, 36.2)),
            "East of England": years(level(49, 49, 49, 51, 35.8)),
        },
        target=Decimal(36),
        breaks=[(date(2018, 3, 31), "Counted another way")],
    )


EVERY_KIND = {
    "trend": four_lines,
    "before_after": lambda: charts.before_after(
        two_periods(status=["", "provisional"]), "In the county", AREA, target=65
    ),
    "compare_areas": lambda: charts.compare_areas(
        pd.DataFrame({"area": [AREA, "England", "Region"], "value": level(36, 67, 49)}),
        "Rate",
        "31 March 2025",
        AREA,
    ),
    "benchmark_gap": lambda: charts.benchmark_gap(shares(), "Staff", "Population of the county"),
    "directions_by_group": lambda: charts.directions_by_group(counts()),
}


# --- Every kind ----------------------------------------------------------------------------------


@pytest.mark.parametrize("draw", EVERY_KIND.values(), ids=EVERY_KIND)
def test_drawing_twice_gives_the_same_bytes(draw):
    assert draw() == draw()


@pytest.mark.parametrize("draw", EVERY_KIND.values(), ids=EVERY_KIND)
def test_words_neither_overlap_nor_are_cut_off(draw):
    assert_nothing_overlaps(draw())


@pytest.mark.parametrize("draw", EVERY_KIND.values(), ids=EVERY_KIND)
def test_svg_stands_alone_and_has_no_date_or_drawn_glyphs(draw):
    svg = draw().svg
    ElementTree.fromstring(svg)
    assert "<text" in svg and "<metadata" not in svg and "<!DOCTYPE" not in svg
    addresses = set(re.findall(r"https?://[^\"'<> ]+", svg))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert not re.search(r"@import|url\((?!#)", svg)


@pytest.mark.parametrize("draw", EVERY_KIND.values(), ids=EVERY_KIND)
def test_every_colour_has_one_for_dark_pages(draw):
    svg = draw().svg
    assert "@media (prefers-color-scheme:dark)" in svg
    used = set(re.findall(r"(?:fill|stroke): (#[0-9a-f]{6})", svg.split("</style>", 1)[1]))
    assert used and used <= {light for light, _ in charts.PALETTE.values()}
    for light in used:
        assert f'[style*="fill: {light}"]' in svg or f'[style*="stroke: {light}"]' in svg


@pytest.mark.parametrize("draw", EVERY_KIND.values(), ids=EVERY_KIND)
def test_nothing_is_left_open_or_changed_in_matplotlib(draw):
    from matplotlib import pyplot

    before = dict(mpl.rcParams)
    draw()
    assert pyplot.get_fignums() == []
    assert dict(mpl.rcParams) == before


def test_light_colours_are_all_different():
    light = [colour for colour, _ in charts.PALETTE.values()]
    assert len(set(light)) == len(light)


@pytest.mark.parametrize("role", set(charts.PALETTE) - {"surface", "grid", "axis"})
@pytest.mark.parametrize("page", [0, 1], ids=["light", "dark"])
def test_colours_of_words_stand_out_from_the_page(role, page):
    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted(luminance(charts.PALETTE[name][page]) for name in (role, "surface"))
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_html_is_a_figure_with_alternative_and_caption_escaped():
    chart = charts.Chart("<svg/>", 'A "quoted" <b> & more', "5 < 6 & 7")
    image = base64.b64encode(b"<svg/>").decode()
    assert chart._repr_html_() == (
        f'<figure class="chart"><img src="data:image/svg+xml;base64,{image}" '
        'alt="A &quot;quoted&quot; &lt;b&gt; &amp; more">'
        "<figcaption>5 &lt; 6 &amp; 7</figcaption></figure>"
    )


def test_the_html_holds_the_image_that_was_drawn():
    chart = a_trend()
    image = re.search(r'base64,([^"]+)"', chart._repr_html_()).group(1)
    assert base64.b64decode(image).decode() == chart.svg
    assert unescape(re.search(r'alt="([^"]*)"', chart._repr_html_()).group(1)) == chart.alternative


def test_repr_leaves_the_image_out():
    assert "<svg" not in repr(a_trend())


def test_words_with_markup_and_dollars_are_drawn_as_they_are():
    chart = a_trend(unit="cost < $5 & > $3")
    assert "cost < $5 & > $3" in words_in(chart)


# --- Trend ---------------------------------------------------------------------------------------


def test_trend_says_measure_periods_and_finding():
    chart = a_trend(comparators={"England": years(level(60, 62, 64, 66, 67))}, target=Decimal(30))
    assert chart.alternative == (
        "Line chart. Children looked after per 10,000 in Anyshire: 38 at 31 March 2016, "
        "36 at 31 March 2020; highest 38 (at 31 March 2016), lowest 33 (at 31 March 2018). "
        "England: 67 at 31 March 2020. Target 30."
    )
    assert chart.caption == (
        "Children looked after per 10,000: Anyshire and England, 31 March 2016 to 31 March 2020."
    )


def test_given_alternative_and_caption_are_used():
    chart = a_trend(alternative="Mine.", caption="My caption.")
    assert (chart.alternative, chart.caption) == ("Mine.", "My caption.")


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


def test_provisional_points_are_hollow_and_said():
    chart = a_trend(series=years(level(38, 34, 33), statuses=["", "", "provisional"]))
    surface, local = charts.PALETTE["surface"][0], charts.PALETTE["local"][0]
    hollow = f"fill: {surface}; stroke: {local}"
    assert chart.svg.count(f'style="{hollow}') >= 1
    assert hollow not in a_trend().svg
    assert "33 at 31 March 2018 (provisional)" in chart.alternative
    assert chart.caption.endswith("Hollow points are provisional.")


def test_only_a_percentage_may_start_above_zero_and_then_says_so():
    high, wide = years(level(81, 84, 89)), years(level(10, 40, 80))
    assert "The vertical axis starts at 80." in a_trend(series=high, unit="% of pupils").caption
    assert "vertical axis" not in a_trend(series=wide, unit="% of pupils").caption
    assert "vertical axis" not in a_trend(series=high).caption


def test_a_small_change_is_not_blown_up():
    ticks, _ = charts._value_ticks([64.1, 63.9], percent=True)
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
    assert "(Mar 2018)" in " ".join(words_in(chart))
    assert "England: 64 at 31 March 2018." in chart.alternative


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
    assert chart.alternative.endswith("in Anyshire: 36 at 31 March 2016.")
    assert chart.caption.endswith("Anyshire, 31 March 2016.")


def test_values_are_written_by_the_given_function():
    chart = a_trend(
        series=years(level(1200, 1300)), format_value=lambda value: f"£{value / 1000:.1f} thousand"
    )
    assert "£1.2 thousand at 31 March 2016, £1.3 thousand at 31 March 2017" in chart.alternative


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
    ("period", "words", "tick"),
    [
        ("31 March 2016", "at 31 March 2016", "Mar 2016"),
        ("2021-22", "in 2021-22", "2021-22"),
        ("2021/22 academic year", "in the 2021/22 academic year", "2021/22"),
        ("year to 30 September 2024", "in the year to 30 September 2024", "Sep 2024"),
        ("Autumn term 2021", "in the autumn term 2021", "Autumn 2021"),
        ("January 2022", "in January 2022", "Jan 2022"),
        ("2022-23 Q4", "in 2022-23 Q4", "2022-23 Q4"),
        ("April 2021 to May 2021", "from April 2021 to May 2021", "Apr 2021 to May 2021"),
    ],
)
def test_periods_in_sentences_and_on_axes(period, words, tick):
    assert charts._when(period) == words
    assert charts._tick(period) == tick


# --- Bars ----------------------------------------------------------------------------------------


def bar_lengths(chart, role):
    """Return where the bars of a colour start and how long they are."""
    found = []
    for path in ElementTree.fromstring(chart.svg).iter(f"{SVG}path"):
        if f"fill: {charts.PALETTE[role][0]}" in path.get("style", ""):
            xs = [float(x) for x in re.findall(r"[ML] ([\d.]+) ", path.get("d"))]
            if xs:
                found.append((min(xs), max(xs) - min(xs)))
    return found


def test_before_and_after_says_both_periods_and_the_change():
    rows = two_periods(label=["67.4% (1 of 2)", "63.9%"])
    chart = charts.before_after(rows, "Children who live in the county", AREA, target=70)
    assert chart.alternative == (
        "Bar chart. Children who live in the county in Anyshire: 63.9% in 2022-23, "
        "down from 67.4% (1 of 2) in 2021-22. Target 70."
    )
    assert chart.caption == "Children who live in the county: Anyshire, 2021-22 and 2022-23."
    assert {"67.4% (1 of 2)", "63.9%", "Target 70", "2021-22"} <= set(words_in(chart))


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
        "Bar chart. Measure in Anyshire: not published in 2022-23, 5 in 2021-22."
    )


def test_a_value_never_stands_on_the_target_line():
    rows = two_periods(value=level(84.8, 84.2), label=["84.8%", "84.2%"])
    chart = charts.before_after(rows, "Measure", AREA, target=85)
    boxes = {text: box for text, *box in texts(chart)}
    target_x = (boxes["Target 85"][0] + boxes["Target 85"][2]) / 2
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


# --- Markers and stacks --------------------------------------------------------------------------


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


def test_directions_are_said_and_drawn_with_symbols_and_counts():
    chart = charts.directions_by_group(counts())
    assert (
        "Safe & close to home, 23 measures: 9 improving; 2 no change; 3 slightly worse, within "
        "the margin; 4 declining; 3 fell; 2 not comparable." in chart.alternative
    )
    assert "Adulthood, 1 measure: 1 not comparable." in chart.alternative
    shown = words_in(chart)
    assert {"↑ 9", "↓ 4", "n/a 1", "↑ Improving", "⇄ Slightly worse, within the margin"} <= set(
        shown
    )
    assert "Safe & close to home (23 measures)" in shown


def test_blocks_are_as_wide_as_their_counts_in_the_given_order():
    chart = charts.directions_by_group(counts()[["declining", "improving"]])
    declining, improving = (
        # The key's square comes first.
        bar_lengths(chart, role)[1]
        for role in ("declining", "improving")
    )
    assert declining[0] < improving[0]
    assert (improving[1] + 2) / (declining[1] + 2) == pytest.approx(9 / 4, rel=1e-3)


def test_directions_nobody_has_are_left_out_of_the_key():
    chart = charts.directions_by_group(counts().assign(rose=0))
    assert "▲ Rose" not in words_in(chart)


def test_an_unknown_direction_is_refused():
    with pytest.raises(ValueError, match="sideways"):
        charts.directions_by_group(counts().rename(columns={"rose": "sideways"}))


# --- Layout --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ([20, 80], [20, 80]),
        ([50, 50], [45, 55]),
        ([50, 48, 49], [59, 39, 49]),
        ([0, 2], [5, 15]),
        ([100, 99], [95, 85]),
    ],
)
def test_labels_move_apart_no_more_than_needed(wanted, expected):
    assert charts._spread(wanted, [10] * len(wanted), 0, 100) == pytest.approx(expected)


@pytest.mark.parametrize(
    "values", [[0], [0, 0], [5, 5], [0.09, 0.1], [-3, 4], [99.2, 99.9], [1, 2_000_000]]
)
def test_value_axis_holds_every_value_between_round_numbers(values):
    ticks, high = charts._value_ticks(values, percent=False)
    assert ticks[0] <= min(values) and max(values) <= high
    assert 2 <= len(ticks) <= 8
    assert len(set(charts._tick_words(ticks))) == len(ticks)
