"""Indicators on a page: what each asks for, which have figures, and what nobody can tell."""

from datetime import date

import pytest
from invented import FIGURES, INDICATORS, NOW, account_of, figure
from page_words import by_heading, html_of, words_of

from helpers import blocks
from helpers.blocks import opening

HAPPY, HUB, HONEY = INDICATORS


def test_an_indicator_opens_with_why_it_matters_what_is_wanted_and_what_it_serves():
    part = blocks.indicator_opening(account_of("bee-page"), HAPPY)
    words = words_of(part)
    assert words.startswith("Bees who feel happy matters & counts.")
    assert "Should go up" in words and "No figure in our sources" in words
    assert "It serves ambition 1, Listening & hearing" in words
    assert "(our mapping: Happy bees are heard)" in words
    assert '<a href="strategy-1.html">Listening &amp; hearing</a>' in html_of(part)


@pytest.mark.parametrize(
    ("indicator", "wanted", "figures"),
    [
        (HAPPY, "Should go up", "No figure in our sources"),
        (HUB, "Should go up", "Has published figures"),  # a change counts
        (HONEY, "Watched, not judged", "Figures for a part of it"),
    ],
)
def test_the_tags_of_an_indicator(indicator, wanted, figures):
    words = words_of(blocks.indicator_opening(account_of("bee-page"), indicator))
    assert wanted in words and figures in words


def test_without_a_reason_the_mapping_has_none():
    words = words_of(blocks.indicator_opening(account_of("bee-page"), HUB))
    assert "(our mapping)." in words


def test_an_indicator_that_serves_no_ambition_says_nothing_of_one():
    none = HUB.model_copy(update={"ambition": None})
    of = account_of("bee-page", indicators=[none])
    words = words_of(blocks.indicator_opening(of, none))
    assert "serves" not in words


def test_what_is_missing_says_what_it_would_take_and_who_would_hold_it():
    assert words_of(blocks.missing(HAPPY)) == (
        "What it would take: A survey of every bee. Who would hold it: the hive."
    )
    assert blocks.missing(HUB) is None


def test_where_nobody_is_known_to_hold_it_nothing_is_said_of_a_holder():
    words = words_of(blocks.missing(HONEY))
    assert words == "What it would take: How long each bee waited."


def test_an_indicator_is_shown_whole(monkeypatch):
    parts = []
    monkeypatch.setattr(opening, "display", parts.append)
    blocks.indicator_block(account_of("bee-page"), 3, "happy")
    # The opening; honey's finding, chart and table; the wait's finding alone; what is missing.
    kinds = [type(part).__name__ for part in parts]
    assert kinds == ["HTML", "HTML", "Chart", "Table", "HTML", "HTML"]
    assert "Wait for dancing" in words_of(parts[4])


def test_indicators_are_listed_with_what_is_wanted_and_what_there_is():
    table = blocks.indicator_table(account_of("bee-page"), INDICATORS, "All")
    happy, hub, honey = by_heading(table)
    assert happy == {
        "Indicator": "Bees who feel happy",
        "Wanted": "Should go up",
        "Figures": "No figure in our sources",
        "What they show": "Nothing published yet.",
    }
    assert hub["Figures"] == "Has published figures"
    assert "Use of the hub: up 19%" in hub["What they show"]
    assert honey["Figures"] == "Figures for a part of it"
    assert "Declining Hives with honey: down to 24% from 27%" in honey["What they show"]
    assert "Wait for dancing" not in honey["What they show"]
    assert '<a href="indicators/bee-page/happy-3.html">Honey &amp; waits</a>' in html_of(table)


def test_indicators_can_be_listed_on_the_page_of_the_plan_that_they_serve():
    (row,) = by_heading(blocks.indicator_table(account_of(), [HUB], "Hub"))
    assert "up 19%" in row["What they show"]


# ----------------------------------------------------------------------- what nobody can tell


def test_what_is_not_known_is_listed_by_why():
    of = account_of("bee-page", figures=[*FIGURES[:-2], figure("honey", "2021-22", "20")])
    words = words_of(blocks.not_known(of, of.assessments, INDICATORS))
    none, part = (
        words.index("Our sources have no figure"),
        words.index("Only a part has figures"),
    )
    assert none < words.index("Bees who feel happy.") < part < words.index("Honey & waits.")
    assert none < words.index("Use of the hub.") < part  # the change was left out here
    assert "It would take: A survey of every bee." in words
    assert "The newest figure is old" not in words


def test_old_figures_are_named_with_their_newest_period_once():
    # As at 31 July 2025 a yearly figure is old from 24 months after its year: 2021-22.
    of = account_of(figures=[figure("nectar", "2021-22", "20"), figure("honey", "2023-24", "24")])
    rows = of.assessments[of.assessments["measure_id"].isin(["nectar", "honey"])]
    twice = rows.loc[[*rows.index, *rows.index]]
    words = words_of(blocks.not_known(of, twice))
    assert words == "The newest figure is old Hives with nectar: nothing newer than 2021-22."


def test_an_old_change_without_figures_is_named_with_the_period_up_to_which_it_is():
    of = account_of("bee-page", quarter=NOW.model_copy(update={"as_at": date(2026, 9, 30)}))
    rows = of.assessments[of.assessments["measure_id"] == "hub-use"]
    words = words_of(blocks.not_known(of, rows))
    assert words.endswith("Use of the hub: nothing newer than January 2025.")


def test_a_measure_of_the_page_without_a_figure_is_named_beside_its_indicators_once():
    of = account_of("bee-page", figures=[])
    words = words_of(blocks.not_known(of, of.assessments, INDICATORS))
    # The swarms are official figures near an indicator, and no indicator's own measure.
    assert words.count("Swarms & clusters: no figure for Beeshire.") == 1
    assert words.count("Bees who feel happy.") == 1 and words.count("Use of the hub.") == 1


def test_where_everything_has_a_recent_figure_it_says_so():
    of = account_of()
    rows = of.assessments[of.assessments["measure_id"] == "nectar"]
    assert words_of(blocks.not_known(of, rows, [HUB])) == (
        "Everything this page asks about has a recent published figure."
    )
