"""Small lines: where they are drawn and where not, their marks, and their words."""

import re
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pandas as pd
import pytest

from helpers.charts.series import points
from helpers.charts.sparkline import sparkline, sparkline_words


def drawn(values, years=None, breaks=(), statuses=None):
    """Draw figures of 31 March of some years, from 2016 on unless given; return the SVG's root."""
    years = years or range(2016, 2016 + len(values))
    ends = [date(year, 3, 31) for year in years]
    table = pd.DataFrame(
        {
            "period": [f"31 March {end.year}" for end in ends],
            "period_start": ends,
            "period_end": ends,
            "value": pd.Series([v if v is None else Decimal(v) for v in values], dtype=object),
            "status": statuses or [""] * len(values),
        }
    )
    lines = points(table, "Beeshire", [day.toordinal() for day in breaks], longest=430)
    return ElementTree.fromstring(sparkline(lines, 'Bees & "hives"'))


def paths(root):
    return [
        [tuple(map(float, point.split(","))) for point in path.get("d")[1:].split("L")]
        for path in root.findall("path")
    ]


def marks(root):
    return [
        (circle.get("class"), float(circle.get("cx")), float(circle.get("cy")))
        for circle in root.findall("circle")
    ]


def test_figures_go_from_edge_to_edge_and_the_highest_is_at_the_top():
    # 2015 to 2017 are 366 and 365 days apart; the picture is 120 by 30, with 5 left free around.
    (line,) = paths(drawn(["10", "30", "20"], years=[2015, 2016, 2017]))
    assert line == [(5, 25), (60.1, 5), (115, 15)]


def test_time_is_to_scale():
    (line,) = paths(drawn(["1", "2", "3"], years=[2016, 2017, 2018]))
    middle = 5 + 110 * 365 / 730
    assert line[1][0] == pytest.approx(middle, abs=0.05)


def test_the_last_figure_alone_is_marked():
    assert marks(drawn(["10", "30", "20"], years=[2015, 2016, 2017])) == [("mark", 115, 15)]


def test_figures_that_never_change_lie_in_the_middle():
    (line,) = paths(drawn(["7", "7"]))
    assert [y for _, y in line] == [15, 15]


def test_no_line_runs_across_a_missing_figure():
    lines = paths(drawn(["1", "2", None, "3", "4"]))
    assert [len(line) for line in lines] == [2, 2]


def test_no_line_runs_across_years_that_are_left_out():
    lines = paths(drawn(["1", "2", "3", "4"], years=[2010, 2011, 2015, 2016]))
    assert [len(line) for line in lines] == [2, 2]


def test_no_line_runs_across_a_change_of_definition():
    lines = paths(drawn(["1", "2", "3", "4"], breaks=[date(2018, 1, 1)]))
    assert [len(line) for line in lines] == [2, 2]


def test_a_figure_alone_between_gaps_has_a_mark_of_its_own():
    root = drawn(["1", "2", None, "3", None, "2", "1"])
    assert [len(line) for line in paths(root)] == [2, 2]
    assert [kind for kind, _, _ in marks(root)] == ["mark", "mark"]
    assert marks(root)[0][2] == 5


def test_provisional_figures_are_hollow():
    root = drawn(["1", "2", "3"], statuses=["", "", "provisional"])
    assert [kind for kind, _, _ in marks(root)] == ["hollow"]
    root = drawn(["1", "2", "3"], statuses=["", "provisional", ""])
    assert [kind for kind, _, _ in marks(root)] == ["hollow", "mark"]


def test_a_missing_last_figure_leaves_the_mark_on_the_last_one_there_is():
    assert len(marks(drawn(["1", "2", None]))) == 1
    assert marks(drawn(["1", "2", None]))[0][1] == 115


def test_one_figure_is_a_mark_in_the_middle():
    root = drawn(["5"])
    assert paths(root) == [] and marks(root) == [("mark", 60, 15)]


def test_without_a_figure_there_is_nothing_to_draw():
    with pytest.raises(ValueError, match="no figure"):
        drawn([None, None])


def test_it_is_an_image_with_words_and_without_styles_that_a_page_may_not_have():
    root = drawn(["1", "2"])
    assert root.get("role") == "img" and root.get("aria-label") == 'Bees & "hives"'
    assert not [e for e in root.iter() if e.get("style") or e.get("id") or e.tag == "style"]


def words(**changes):
    lines = pd.DataFrame(
        {"period": ["2019", "2020", "2021"], "value": [5, None, 4], "provisional": False}
    )
    said = {"finding": "Improving", "definition_changed": False} | changes
    return sparkline_words("Absence", said.pop("lines", lines), "5%", "4%", **said)


def test_the_words_name_the_measure_its_periods_both_ends_and_the_finding():
    assert words() == "Absence, 2019 and 2021: from 5% to 4%. Improving."


def test_the_words_say_that_the_definition_changed_and_that_the_last_figure_may():
    lines = pd.DataFrame(
        {"period": ["2019", "2020"], "value": [5, 4], "provisional": [False, True]}
    )
    said = words(lines=lines, definition_changed=True)
    assert re.findall(r"[A-Z][^.]*\.", said)[1:] == [
        "The definition changed in between.",
        "The last figure is provisional.",
        "Improving.",
    ]
