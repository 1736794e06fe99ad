"""How periods read on axes, and how labels move apart."""

import pytest

from helpers.charts.layout import spread
from helpers.charts.words import tick


@pytest.mark.parametrize(
    ("period", "axis"),
    [
        ("31 March 2016", "Mar 2016"),
        ("2021-22", "2021-22"),
        ("2021/22 academic year", "2021/22"),
        ("year to 30 September 2024", "Sep 2024"),
        ("Autumn term 2021", "Autumn 2021"),
        ("January 2022", "Jan 2022"),
        ("2022-23 Q4", "2022-23 Q4"),
        ("April 2021 to May 2021", "Apr 2021 to May 2021"),
    ],
)
def test_periods_on_axes_are_short(period, axis):
    assert tick(period) == axis


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
    assert spread(wanted, [10] * len(wanted), 0, 100) == pytest.approx(expected)
