"""Every measure in one table: once for what is the same, with all places that use it."""

import json
import re
from dataclasses import replace

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from invented import account_of, indicator
from invented import listed as listed_measure
from page_words import by_heading, html_of

from helpers import blocks
from helpers.same_words import SameWords


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
    assert '<li data-plan="bee-page" data-part="bee-page/happy"' in markup
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


def uses_of(soup, measure):
    """Return the places that use a measure, by the part of the plan."""
    (row,) = [row for row in soup.select("tbody tr") if row.th.get_text() == measure]
    return {use["data-part"]: use for use in row.select("li")}


def test_a_row_has_its_indicators_title_as_an_attribute_and_not_as_text(listed):
    soup = BeautifulSoup(html_of(listed), "html.parser")
    uses = uses_of(soup, "Wait for dancing")
    assert uses["bee-page/happy"]["data-indicators"] == "Honey & waits"
    assert "Honey & waits" not in soup.get_text()


def test_an_indicators_number_may_be_text_as_in_a_table_that_was_read():
    of = account_of()
    used = of.all_assessments
    text = ["" if pd.isna(number) else f"{number:.0f}" for number in used["indicator"]]
    used = used.assign(indicator=text, line=range(len(used)))
    soup = BeautifulSoup(html_of(blocks.all_measures(of, used, "Everything")), "html.parser")
    assert uses_of(soup, "Wait for dancing")["bee-page/happy"]["data-indicators"] == "Honey & waits"


def test_a_place_where_a_measure_serves_no_indicator_has_no_title(listed):
    # Official in the strategy, where no indicator asks for it; the bee's indicator does.
    uses = uses_of(BeautifulSoup(html_of(listed), "html.parser"), "Hives with honey")
    assert "data-indicators" not in uses["hive-strategy/2"].attrs
    assert uses["bee-page/happy"]["data-indicators"] == "Honey & waits"


def test_two_indicators_of_one_part_that_share_a_measure_are_both_in_its_row():
    both = [
        indicator(1, "Sweetness", "up", 1, [listed_measure("honey", reference="happy-1")]),
        indicator(2, "Plenty", "up", 1, [listed_measure("honey", reference="happy-2")]),
    ]
    of = account_of(indicators=both)
    used = of.all_assessments
    used = used.assign(line=used.groupby("measure_id", sort=False).ngroup())
    soup = BeautifulSoup(html_of(blocks.all_measures(of, used, "Everything")), "html.parser")
    uses = uses_of(soup, "Hives with honey")
    assert uses["bee-page/happy"]["data-indicators"] == "Sweetness; Plenty"


def test_words_that_mean_the_same_stand_once_for_the_whole_table_and_are_no_text():
    of = account_of()
    same = (SameWords(term="hive", also=['bees’ "home"', "a <b>"]),)
    of = replace(of, definitions=replace(of.definitions, same_words=same))
    used = of.all_assessments
    used = used.assign(line=range(len(used)))
    soup = BeautifulSoup(html_of(blocks.all_measures(of, used, "Everything")), "html.parser")
    (whole,) = soup.select(".all-measures")
    assert json.loads(whole["data-same-words"]) == [["hive", 'bees’ "home"', "a <b>"]]
    assert "home" not in soup.get_text()
    assert len(soup.select("[data-same-words]")) == 1
