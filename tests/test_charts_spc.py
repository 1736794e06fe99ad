"""SPC charts: what is drawn of the usual range, what is marked, and what is said of it.

Figures that go to and fro between 10 and 14 have the average 12 and moving ranges of 4, so that
their limits are 12 ± 2.66 × 4: 1.36 and 22.64.
"""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from test_charts import (
    SVG,
    an_spc_chart,
    assert_nothing_overlaps,
    level,
    lines_of,
    months,
    texts,
    words_in,
)

from helpers import charts
from helpers.charts.spc import CAUSES
from helpers.formats import format_value
from helpers.spc import SPECIAL_CAUSES, xmr_chart

TO_AND_FRO = [10, 14] * 7
# The mean is 198 / 15 = 13.2. The last moving range, 16, is more than 3.267 times the average
# 68 / 14; without it the average is 4 again, and the limits are 13.2 ± 10.64: 2.56 and 23.84.
ONE_HIGH = [*TO_AND_FRO, 30]
# 764 / 15 = 50.9; 18 is more than 3.267 times 70 / 14; the limits are 50.9 ± 10.64.
ONE_LOW = [*[50, 54] * 7, 36]


def heights(chart, role, thickness):
    """Return how far up each level line of a role's colour and thickness stands."""
    drawn = ("fill: none", f"stroke: {charts.PALETTE[role][0]}", f"stroke-width: {thickness}")
    found = []
    for path in ElementTree.fromstring(chart.svg).iter(f"{SVG}path"):
        if all(words in path.get("style", "") for words in drawn):
            numbers = [float(number) for number in re.findall(r"[\d.]+", path.get("d"))]
            found.append(-numbers[1])
    return found


def shapes(chart, role):
    """Return the outlines of the points of a role's colour."""
    style = f'style="[^"]*(?:fill|stroke): {charts.PALETTE[role][0]}[^"]*"'
    used = set(re.findall(rf'<use xlink:href="#(\w+)"[^>]*{style}', chart.svg))
    return [re.search(rf'<path id="{name}" d="([^"]+)"', chart.svg).group(1) for name in used]


def said_by(chart):
    return " ".join(words_in(chart)).replace("\N{NO-BREAK SPACE}", " ")


def test_a_usual_series_says_its_average_its_range_and_that_all_is_usual():
    chart = an_spc_chart(level(*TO_AND_FRO))
    assert chart.alternative == (
        "Line chart with the range of usual ups and downs. Waiting, Anyshire, "
        "January 2022 to February 2023: latest 14 in February 2023. "
        "Average 12, usual range 1.4 to 22.6. "
        "All 14 months are within the usual range. Lower is better."
    )
    assert chart.caption == (
        "Waiting: Anyshire, January 2022 to February 2023, each month with the range of its usual "
        "ups and downs (shaded)."
    )


def test_lines_are_named_at_their_right_ends_in_plain_words():
    said = said_by(an_spc_chart(level(*TO_AND_FRO), target=20))
    for words in ("Usual upper limit 22.6", "Average 12", "Usual lower limit 1.4", "Target 20"):
        assert words in said
    assert "Anyshire 14" in said


def test_average_and_limits_stand_where_the_figures_scale_puts_them():
    chart = an_spc_chart(level(*TO_AND_FRO))
    lower, average, upper = sorted(heights(chart, "muted", 1.3))
    (ten,) = heights(chart, "local", 1.8)
    # From 10, the first figure, to the average are 2; from limit to limit 21.28.
    unit = (average - ten) / 2
    assert (upper - lower) / unit == pytest.approx(21.28, rel=1e-3)
    assert (upper - average) / unit == pytest.approx(10.64, rel=1e-3)


def test_limits_are_dashed_and_the_average_is_not():
    svg = an_spc_chart(level(*TO_AND_FRO)).svg
    muted = charts.PALETTE["muted"][0]
    lines = re.findall(rf'style="(fill: none; [^"]*stroke: {muted}; stroke-width: 1.3[^"]*)"', svg)
    assert sorted("dasharray" in style for style in lines) == [False, True, True]


@pytest.mark.parametrize(
    ("polarity", "meaning", "role"),
    [
        ("higher", "better than usual", "improving"),
        ("lower", "worse than usual", "declining"),
        ("neutral", "higher than usual", "rose"),
    ],
)
def test_a_high_point_is_marked_and_said_by_its_meaning(polarity, meaning, role):
    chart = an_spc_chart(level(*ONE_HIGH), polarity=polarity)
    assert (
        f"Average 13.2, usual range 2.6 to 23.8. March 2023 (30) is above the usual range: "
        f"{meaning}. Nothing unusual in the other 14 months." in chart.alternative
    )
    assert len(shapes(chart, role)) == 1
    assert meaning.capitalize() in words_in(chart), "a key says what the shape means"
    assert {"Mar 2023", "30"} <= set(words_in(chart)), "it has its month and value beside it"


def test_a_low_point_of_a_neutral_measure_is_marked_the_other_way():
    chart = an_spc_chart(level(*ONE_LOW), polarity="neutral")
    assert "March 2023 (36) is below the usual range: lower than usual." in chart.alternative
    assert len(shapes(chart, "fell")) == 1 and not shapes(chart, "rose")


def test_each_type_of_point_has_a_shape_of_its_own():
    drawn = [
        shapes(an_spc_chart(level(*ONE_HIGH), polarity="higher"), "improving"),
        shapes(an_spc_chart(level(*ONE_HIGH), polarity="lower"), "declining"),
        shapes(an_spc_chart(level(*ONE_HIGH), polarity="neutral"), "rose"),
        shapes(an_spc_chart(level(*ONE_LOW), polarity="neutral"), "fell"),
        shapes(an_spc_chart(level(*ONE_HIGH), polarity="neutral"), "local"),
    ]
    assert all(len(outlines) == 1 for outlines in drawn)
    assert len({outline for (outline,) in drawn}) == 5


def test_a_run_is_named_by_its_first_and_last_month():
    # Seven at 20, then 10 and 12 in turn: the mean is 216 / 14 = 15.43; the moving ranges are six
    # of 0, one of 10 and six of 2, on average 22 / 13. The 10 is left out, and 12 / 12 = 1: the
    # limits are 15.43 ± 2.66, and every figure is outside.
    values = [*[20] * 7, 10, 12, 10, 12, 10, 12, 10]
    said = an_spc_chart(level(*values)).alternative
    assert "Average 15.4, usual range 12.8 to 18.1." in said
    assert (
        "January 2022 to July 2022 are above the usual range: worse than usual. "
        "August 2022 to February 2023 are below the usual range: better than usual." in said
    )
    assert "other" not in said


def test_many_unusual_points_have_a_key_but_no_words_beside_them():
    chart = an_spc_chart(level(*[20] * 7, *[10, 12] * 3, 10))
    assert {"Better than usual", "Worse than usual"} <= set(words_in(chart))
    assert words_in(chart).count("Jan 2022") <= 1, "at most once, on the axis"


def test_every_special_cause_has_its_words():
    assert set(CAUSES) == set(SPECIAL_CAUSES)


def test_a_trend_is_getting_better_or_worse_not_better_than_usual():
    # To and fro with moving ranges of 10, then seven that rise by 1 from below the average.
    values = [*[10, 20] * 9, 11, 12, 13, 14, 15, 16, 17]
    chart = an_spc_chart(level(*values), polarity="higher")
    assert (
        "July 2023 to January 2024 are part of a rise without a break over seven or more "
        "figures: getting better." in chart.alternative
    )
    assert "Getting better" in words_in(chart)
    assert "Getting worse" in words_in(an_spc_chart(level(*values), polarity="lower"))
    assert "Rising" in words_in(an_spc_chart(level(*values), polarity="neutral"))


def test_one_phase_after_another_has_its_own_level_and_both_are_said():
    # The second to and fro has the average 32 and the limits 32 ± 10.64: 21.36 and 42.64.
    values = level(*TO_AND_FRO, *[30, 34] * 7)
    chart = an_spc_chart(values, rebase_at=[14])
    assert (
        "January 2022 to February 2023: average 12, usual range 1.4 to 22.6. "
        "March 2023 to April 2024: average 32, usual range 21.4 to 42.6. "
        "All 28 months are within the usual range." in chart.alternative
    )
    assert lines_of(chart, "muted", 1.3) == [2] * 6
    assert "Average 32" in said_by(chart) and "Average 12" not in said_by(chart)
    # Without the second phase, every figure is on one side of the mean of all for too long.
    assert "All" not in an_spc_chart(values).alternative


def test_a_missing_month_breaks_the_line_and_is_said():
    chart = an_spc_chart([*level(*[10, 14] * 4), None, *level(*[10, 14] * 3)])
    assert lines_of(chart, "local", 1.8) == [8, 6]
    assert "All 14 months are within the usual range. No figure for September 2022." in (
        chart.alternative
    )


def test_a_missing_latest_month_leaves_the_last_figure_dated():
    chart = an_spc_chart([*level(*TO_AND_FRO), None])
    assert "latest 14 in February 2023. " in chart.alternative
    assert "Anyshire 14 (Feb 2023)" in said_by(chart)


def test_provisional_figures_are_hollow_and_said():
    chart = an_spc_chart(level(*TO_AND_FRO), statuses=[*[""] * 13, "provisional"])
    assert "latest 14 in February 2023 (provisional)." in chart.alternative
    assert chart.caption.endswith("Hollow points are provisional.")
    surface, local = charts.PALETTE["surface"][0], charts.PALETTE["local"][0]
    assert f"fill: {surface}; stroke: {local}" in chart.svg


def test_figures_that_do_not_vary_have_an_average_but_no_range_and_the_reason_is_said():
    chart = an_spc_chart(level(*[5] * 13))
    assert lines_of(chart, "muted", 1.3) == [2]
    assert charts.PALETTE["band"][0] not in chart.svg
    assert "limit" not in said_by(chart)
    assert chart.caption == (
        "Waiting: Anyshire, January 2022 to January 2023, each month without a usual range. "
        "Limits cannot be calculated: the figures do not vary."
    )
    assert chart.alternative == (
        "Line chart. Waiting, Anyshire, January 2022 to January 2023: latest 5 in January 2023. "
        "Average 5, no usual range. Limits cannot be calculated: the figures do not vary. "
        "Lower is better."
    )


def test_nothing_is_marked_where_limits_were_taken_away():
    xmr = xmr_chart(level(*ONE_HIGH), "lower")
    nan = float("nan")
    short = replace(xmr, points=xmr.points.assign(lower_limit=nan, upper_limit=nan), reason="Few.")
    chart = charts.spc_chart(months(level(*ONE_HIGH)), short, "Waiting", "Anyshire")
    assert "above" not in chart.alternative and words_in(chart).count("Mar 2023") == 1
    assert not shapes(chart, "declining")
    assert chart.caption.endswith("without a usual range. Few.")


def test_a_phase_without_limits_beside_one_with_says_which():
    chart = an_spc_chart(level(*TO_AND_FRO, 50), rebase_at=[14])
    assert "March 2023: average 50, no usual range." in chart.alternative
    assert "Limits cannot be calculated: no two figures follow each other." in chart.caption
    assert "Usual upper limit 22.6" in said_by(chart), "the limits of the phase that has them"
    assert "All 14 months are within the usual range." in chart.alternative


def test_a_limit_beyond_what_can_be_is_named_but_the_axis_does_not_go_there():
    # Average 98, moving ranges of 2: 98 ± 5.32.
    chart = an_spc_chart(
        level(*[97, 99] * 7), unit="% of pupils", format_value="{}%".format, polarity="higher"
    )
    assert "Usual upper limit 103.3" in said_by(chart)
    assert not {"101", "102", "104", "105"} & set(words_in(chart))
    assert "A limit that no figure can reach is not drawn." in chart.caption
    below = an_spc_chart(level(*[0, 4] * 7))
    assert "Usual lower limit −8.6" in said_by(below)
    assert not any(words.startswith("−") and words != "−8.6" for words in words_in(below))


def test_limits_inside_the_axis_need_no_note():
    assert "not drawn" not in an_spc_chart(level(*TO_AND_FRO)).caption


def test_an_axis_that_starts_above_zero_says_so():
    assert "does not start at zero" in an_spc_chart(level(*[110, 114] * 7)).caption
    assert "does not start at zero" not in an_spc_chart(level(*TO_AND_FRO)).caption


def test_the_target_is_drawn_named_and_said():
    chart = an_spc_chart(level(*TO_AND_FRO), target=20)
    assert len(heights(chart, "target", 1.4)) == 1
    assert chart.alternative.endswith(" Target 20. Lower is better.")


def test_average_and_limits_are_rounded_by_the_given_function():
    chart = an_spc_chart(
        level(*ONE_HIGH), format_value=lambda value: format_value(value, "days", 2)
    )
    assert "Average 13.20 days, usual range 2.56 days to 23.84 days." in chart.alternative


@pytest.mark.parametrize("name", ["Cambridgeshire and Peterborough Combined Authority", "Ayr"])
@pytest.mark.parametrize("place", range(0, 18, 4))
@pytest.mark.parametrize("size", [-60, 60])
def test_words_of_unusual_points_overlap_nothing_wherever_they_are(name, place, size):
    values = [60 + (-1) ** n for n in range(17)]
    values[place] += size
    chart = an_spc_chart(level(*values), area=name, target=70)
    assert len(texts(chart)) > 8
    assert_nothing_overlaps(chart)


def test_words_of_neighbouring_points_never_overlap():
    assert_nothing_overlaps(an_spc_chart(level(*TO_AND_FRO, 40, 41, *TO_AND_FRO)))


def test_quarters_and_terms_are_called_so():
    quarters = months(level(*TO_AND_FRO)).assign(
        period=[f"20{20 + n // 4}-{21 + n // 4} Q{n % 4 + 1}" for n in range(14)]
    )
    xmr = xmr_chart(level(*TO_AND_FRO))
    chart = charts.spc_chart(quarters, xmr, "Waiting", "Anyshire")
    assert "All 14 quarters are within the usual range." in chart.alternative
    assert "each quarter with" in chart.caption


@pytest.mark.parametrize(
    ("series", "values", "message"),
    [
        (months([None, None]), [None, None], "no figure to draw for Waiting, Anyshire"),
        (months(level(1, 2)), level(1), "of other values"),
        (months(level(1, 2)), level(1, 3), "of other values"),
        (months(level(1, 2)), [1, None], "of other values"),
        (months(level(1, 2)).iloc[::-1], level(1, 2), "not in date order"),
    ],
    ids=["no figure", "fewer limits", "another value", "another gap", "newest first"],
)
def test_what_cannot_be_drawn_is_refused(series, values, message):
    with pytest.raises(ValueError, match=message):
        charts.spc_chart(series, xmr_chart(values), "Waiting", "Anyshire")


def test_an_unknown_polarity_is_refused():
    with pytest.raises(ValueError, match="unknown polarity 'up'"):
        charts.spc_chart(months([1]), xmr_chart([1]), "Waiting", "Anyshire", polarity="up")


def test_infinite_figures_are_missing_ones():
    values = [*TO_AND_FRO, float("inf")]
    assert "No figure for March 2023." in an_spc_chart(values).alternative
