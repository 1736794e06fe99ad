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
from helpers.charts.layout import width
from helpers.spc import xmr_chart

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


def lines_of(chart, role, thickness):
    """Return how many points each line has that is drawn in a role's colour and thickness."""
    drawn = ("fill: none", f"stroke: {charts.PALETTE[role][0]}", f"stroke-width: {thickness}")
    return [
        len(re.findall(r"[ML]", path.get("d")))
        for path in ElementTree.fromstring(chart.svg).iter(f"{SVG}path")
        if all(words in path.get("style", "") for words in drawn)
    ]


def local_lines(chart):
    return lines_of(chart, "local", 3)


def bar_lengths(chart, role):
    """Return where the bars of a colour start and how long they are."""
    found = []
    for path in ElementTree.fromstring(chart.svg).iter(f"{SVG}path"):
        if f"fill: {charts.PALETTE[role][0]}" in path.get("style", ""):
            xs = [float(x) for x in re.findall(r"[ML] ([\d.]+) ", path.get("d"))]
            if xs:
                found.append((min(xs), max(xs) - min(xs)))
    return found


def texts(chart):
    """Return each line of text with the box it stands in, as laid out."""
    found = []
    for text in ElementTree.fromstring(chart.svg).iter(f"{SVG}text"):
        style = text.get("style")
        size = float(re.search(r"([\d.]+)px", style).group(1))
        bold = "700" in style or "bold" in style
        wide = width(text.text, bold, size)
        x, y = float(text.get("x")), float(text.get("y"))
        anchor = re.search(r"text-anchor: (\w+)", style)
        x -= {"start": 0, "middle": wide / 2, "end": wide}[anchor.group(1) if anchor else "start"]
        found.append((text.text, x, y - size * 0.75, x + wide, y + size * 0.05))
    return found


def assert_nothing_overlaps(chart):
    edge = float(re.search(r'viewBox="0 0 ([\d.]+)', chart.svg).group(1))
    boxes = texts(chart)
    for words, left, _, right, _ in boxes:
        assert left >= -1 and right <= edge + 1, f"{words} is cut off"
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


def months(values, first="2022-01", statuses=None):
    """Return a table of figures of consecutive months; None is missing."""
    each = pd.period_range(first, periods=len(values), freq="M")
    return pd.DataFrame(
        {
            "period": [f"{month:%B %Y}" for month in each],
            "period_start": [month.start_time for month in each],
            "period_end": [month.end_time.normalize() for month in each],
            "value": pd.Series(values, dtype=object),
            "status": statuses or [""] * len(values),
        }
    )


def an_spc_chart(values, rebase_at=(), statuses=None, **changes):
    """Return an SPC chart of months from January 2022 on."""
    options = {"measure": "Waiting", "area": AREA, "unit": "days", "polarity": "lower"} | changes
    xmr = xmr_chart(values, options["polarity"], rebase_at=rebase_at)
    return charts.spc_chart(months(values, statuses=statuses), xmr, **options)


EVERY_KIND = {
    "trend": four_lines,
    "trend_to_target": lambda: a_trend(
        series=years(level(38, 34)).assign(lower=level(33, 30), upper=level(43, 39)),
        trajectory=((date(2016, 3, 31), 38), (date(2020, 3, 31), 30)),
    ),
    "spc_chart": lambda: an_spc_chart(
        [*level(*[10, 14] * 7, 30, 12, 1, 14), None],
        statuses=[*[""] * 17, "provisional", ""],
        target=20,
    ),
    "before_after": lambda: charts.before_after(
        two_periods(status=["", "provisional"], lower=level(64.5, 60.8), upper=level(70.2, 66.9)),
        "In the county",
        AREA,
        target=65,
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


def contrast(one, two):
    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("role", sorted(set(charts.PALETTE) - {"surface", "grid", "axis", "band"}))
@pytest.mark.parametrize("page", [0, 1], ids=["light", "dark"])
def test_colours_of_words_stand_out_from_the_page(role, page):
    assert contrast(charts.PALETTE[role][page], charts.PALETTE["surface"][page]) >= 4.5


@pytest.mark.parametrize(
    "role", ["local", "muted", "target", "improving", "declining", "rose", "fell"]
)
@pytest.mark.parametrize("page", [0, 1], ids=["light", "dark"])
def test_lines_and_points_stand_out_from_the_band_of_the_usual_range(role, page):
    assert contrast(charts.PALETTE[role][page], charts.PALETTE["band"][page]) >= 3


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
