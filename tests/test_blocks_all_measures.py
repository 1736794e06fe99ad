"""Every measure in one table: once for what is the same, with all places that use it."""

import re

import pytest
from invented import account_of
from page_words import by_heading, html_of

from helpers import blocks


@pytest.fixture
def listed():
    """List the measures of the invented plans; those that say the same share a line."""
    of = account_of()
    used = of.all_assessments
    same = ["measure_id", "follows", "direction", "latest_period"]
    used = used.assign(line=used.groupby(same, sort=False, dropna=False).ngroup())
    return blocks.all_measures(of, used, "Everything")


def test_each_measure_stands_once_with_all_places_that_use_it(listed):
    rows = {row["Measure"]: row for row in by_heading(listed)}
    # In the strategy as official, and an indicator of the bee.
    honey = rows["Hives with honey"]["Used in"]
    assert "Hive Strategy: 2. Early help" in honey and "Bee Page: Be Happy" in honey
    assert [row["Measure"] for row in by_heading(listed)].count("Hives with honey") == 1


def test_one_measure_for_two_kinds_of_period_stands_twice(listed):
    names = [row["Measure"] for row in by_heading(listed) if "Plans on time" in row["Measure"]]
    assert sorted(names) == ["Plans on time (a calendar year)", "Plans on time (a month)"]


def test_places_are_named_for_the_script_by_plan_and_part(listed):
    markup = html_of(listed)
    assert '<li data-plan="bee-page" data-part="bee-page/happy">' in markup
    assert '<a href="strategy-2.html">' in markup


def test_figures_can_be_sorted_by_the_day_their_period_ended(listed):
    markup = html_of(listed)
    assert '<span data-order="2024-03-31">24%' in markup
    assert '<span data-order="">none' in markup


def test_a_measure_without_a_figure_has_no_direction(listed):
    rows = {row["Measure"]: row for row in by_heading(listed)}
    assert rows["Bees who feel happy"]["Direction"] == "no figure"
    assert rows["Bees who feel happy"]["Evidence"] == "no change to test"


def test_a_name_leads_to_the_place_that_a_page_has_for_it_not_to_mere_context(listed):
    markup = html_of(listed)
    # Context in the strategy, official on the bee's page.
    assert re.search(r'<a href="bee-happy.html#measure-swarms">Swarms &amp; clusters</a>', markup)
