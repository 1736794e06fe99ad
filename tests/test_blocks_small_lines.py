"""A measure's small line in a table: which figures it has, and what stands where there is none."""

from html import unescape

import pytest
from invented import FIGURES, account_of

from helpers import blocks


def line_of(measure_id, figures=FIGURES, follows="", plan="hive-strategy"):
    of = account_of(plan, figures=figures)
    rows = of.assessments
    (row,) = rows[(rows["measure_id"] == measure_id) & (rows["follows"] == follows)].itertuples()
    return unescape(blocks.small_line(of, row))


def test_it_says_what_it_shows():
    assert (
        'aria-label="Hives with nectar, 2022-23 and 2023-24: from 24% to 30%. Improving."'
        in line_of("nectar")
    )


def test_it_has_figures_of_one_kind_of_period_alone():
    # Three years, and a month that is not compared with them.
    assert "2022 to 2024: from 30% to 54%" in line_of("on-time", follows="calendar_year")
    assert line_of("on-time", follows="month") == '<span class="period">one figure</span>'


def test_two_figures_that_must_not_be_compared_are_not_drawn():
    of = account_of()
    (row,) = of.assessments[of.assessments["measure_id"] == "nectar"].itertuples()
    shown = blocks.small_line(of, row._replace(direction="not_comparable"))
    assert shown == '<span class="period">two figures, not comparable</span>'
    # Without a figure of the year before there is nothing that would be compared with it.
    apart = row._replace(direction="not_comparable", previous_value=None)
    assert "<svg" in blocks.small_line(of, apart)


@pytest.mark.parametrize(("measure", "plan"), [("happy", "bee-page"), ("hub-use", "bee-page")])
def test_without_figures_it_says_so(measure, plan):
    assert line_of(measure, plan=plan) == '<span class="period">no figure</span>'
