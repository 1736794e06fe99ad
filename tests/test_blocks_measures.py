"""A measure on a page: its finding, its history as a chart, and every figure in a table."""

import re

import pytest
from invented import FIGURES, account_of, figure, indicator, listed
from page_words import THEN, by_heading, html_of, opener, rows_of, words_of

from helpers import blocks, charts
from helpers.blocks import opening


@pytest.fixture
def account(finished_small_project, monkeypatch):
    """Open an account of the small project by quarter, the later one unless asked."""
    return opener(finished_small_project, monkeypatch)


@pytest.fixture
def shown(monkeypatch):
    """Gather what is shown instead of showing it."""
    parts = []
    monkeypatch.setattr(opening, "display", parts.append)
    return parts


def test_a_finding_says_the_sentence_and_the_direction_in_words(account):
    words = words_of(blocks.finding(account(), "2"))
    assert "Declining" in words
    assert (
        "Children looked after: 56 per 10,000 on 31 March 2025, up from 52 per 10,000 on "
        "31 March 2024. Lower is better, so this got worse."
    ) in words


def test_a_finding_defines_the_measure_and_cites_its_source(account):
    words = words_of(blocks.finding(account(), "2"))
    assert "How we judged this" in words
    assert "Children looked after on 31 March, for every 10,000 children." in words
    assert "Change: +4 per 10,000, which is +7.7% of the earlier figure." in words
    assert "The report judges this by the quartile." in words
    assert (
        "Source: Meadowland Statistics Office (invented), Statistics of Meadowland, edition of "
        "2025-06-19 (invented), published 19 June 2025; series LAC, 2025."
    ) in words


def test_the_same_measure_in_an_earlier_quarter_says_what_was_known_then(account):
    words = words_of(blocks.finding(account(THEN), "2"))
    assert "51 per 10,000 on 31 March 2024, down from 53 per 10,000 on 31 March 2023" in words
    assert "this got better" in words


def test_an_inferred_date_of_publication_is_only_about(account):
    words = words_of(blocks.finding(account(THEN), "1"))
    assert "published about 31 October 2023; no. 1, latest data." in words


def test_an_old_figure_is_said_to_be_old_and_a_current_one_is_not(account):
    old = "Our sources have nothing newer than 31 March 2023, so this may be out of date."
    assert old in words_of(blocks.finding(account(), "1"))
    assert "newer" not in words_of(blocks.finding(account(THEN), "1"))


def test_a_finding_says_whether_its_target_was_met(account):
    words = words_of(blocks.finding(account(), "3"))
    assert "The target for 2022-23 was at least 30. It was met." in words
    assert "target" not in words_of(blocks.finding(account(), "4"))


def test_a_finding_explains_an_arrow_that_the_rule_does_not_give(account):
    words = words_of(blocks.finding(account(THEN), "5"))
    assert "The two figures cannot be compared by the rule." in words
    assert "The groups were drawn otherwise before." in words


def test_a_finding_without_any_figure_says_so_and_names_no_source(account):
    words = words_of(blocks.finding(account(area="Meadowland"), "1"))
    assert "Our sources published by 31 July 2025 have no figure for it." in words
    assert "Source: none yet." in words


def test_three_figures_make_a_line_with_an_alternative_in_words(account):
    chart = blocks.history(account(THEN), "2")
    assert isinstance(chart, charts.Chart)
    assert "Beeshire" in chart.alternative
    for value in ("50", "53", "51"):
        assert re.search(rf"\b{value}\b", chart.alternative), value


def test_comparison_areas_are_drawn_beside_unless_left_out(account):
    assert "Meadowland" in blocks.history(account(), "2").alternative
    assert "Meadowland" not in blocks.history(account(), "2", compare=False).alternative


def test_two_figures_are_set_side_by_side(account):
    chart = blocks.history(account(), "1")
    assert "80%" in chart.alternative and "70%" in chart.alternative


def test_one_figure_or_none_makes_no_chart(account):
    assert blocks.history(account(), "3") is None
    assert blocks.history(account(area="Meadowland"), "1") is None


def test_two_figures_that_must_not_be_compared_are_not_drawn_side_by_side(account):
    assert blocks.history(account(), "5") is None


def test_every_figure_stands_in_the_table_newest_first_for_every_area(account):
    table = blocks.figures_table(account(), "2")
    rows = [[cell.split()[0] for cell in row[1:]] for row in rows_of(table)]
    assert rows == [["56", "69"], ["52", "70"], ["53", "71"], ["50", "70"]]
    assert [row[0] for row in rows_of(table)] == [
        f"31 March {year}" for year in (2025, 2024, 2023, 2022)
    ]
    assert "per 10,000" in words_of(table)


def test_counts_and_missing_figures_are_shown_in_the_table(account):
    assert rows_of(blocks.figures_table(account(), "1")) == [
        ["31 March 2023", "70% (70 of 100)"],
        ["31 March 2022", "80% (80 of 100)"],
    ]
    assert rows_of(blocks.figures_table(account(), "care-leavers-busy"))[1] == [
        "2023-24",
        "62%",
        "not published",
    ]


def test_without_figures_there_is_no_table(account):
    only_here = account(area="Meadowland")
    assert blocks.figures_table(only_here, "2") is not None
    assert rows_of(blocks.figures_table(only_here, "1"))[0][1:] == ["70% (70 of 100)"]


def test_a_measure_block_shows_the_finding_the_chart_and_the_table(account, shown):
    blocks.measure_block(account(), "2")
    assert [type(part).__name__ for part in shown] == ["HTML", "Chart", "Table"]


def test_a_measure_block_of_a_single_figure_has_no_chart(account, shown):
    blocks.measure_block(account(), "3")
    assert [type(part).__name__ for part in shown] == ["HTML", "Table"]


# -------------------------------------------------- changes since a baseline, and without figures


def test_a_finding_says_how_far_a_measure_has_come_since_its_baseline():
    words = words_of(blocks.finding(account_of(), "complaint-rate"))
    assert "Down from 6.7% in 2022-23 Q4 to 3.7% in 2024-25 Q4." in words
    assert "Not comparable" in words and "got better" not in words


def test_a_baseline_that_is_the_figure_before_is_not_said_twice():
    indicators = [nectar_of("nectar", baseline="2022-23")]
    words = words_of(blocks.finding(account_of("bee-page", indicators=indicators), "bee-1"))
    assert words.count("24%") == 1 and "up from 24% in 2022-23" in words


def test_a_finding_sets_a_baseline_of_another_kind_beside_and_compares_nothing():
    words = words_of(blocks.finding(account_of(), "on-time, month"))
    assert "The document sets 89% in June 2025 beside 40% in 2023." in words
    assert "We do not compare the two" in words


def test_a_measure_is_shown_for_the_kind_of_period_that_is_asked_for():
    of = account_of()
    assert "54% in 2024, up from 40% in 2023" in words_of(
        blocks.finding(of, "on-time, calendar_year")
    )
    assert "89% in June 2025" in words_of(blocks.finding(of, "on-time, month"))
    anchors = [
        re.search(r'id="([^"]+)"', html_of(blocks.finding(of, f"on-time, {kind}"))).group(1)
        for kind in ("month", "calendar_year")
    ]
    assert len(set(anchors)) == 2


def test_a_finding_of_a_change_without_figures_says_so_and_cites_it():
    words = words_of(blocks.finding(account_of("bee-page"), "happy-2"))
    assert "Use of the hub: up 19% (the document does not say since when)." in words
    assert "published 31 January 2025; page 7." in words
    assert "nothing newer" not in words


def test_a_finding_names_the_part_that_a_measure_covers():
    indicators = [nectar_of("nectar", covers="hives in the north")]
    words = words_of(blocks.finding(account_of("bee-page", indicators=indicators), "bee-1"))
    assert "This is a part of what is asked for: hives in the north." in words
    whole = words_of(
        blocks.finding(account_of("bee-page", indicators=[nectar_of("nectar")]), "bee-1")
    )
    assert "a part of what is asked for" not in whole


def test_a_finding_quotes_a_statement_that_can_be_read_in_two_ways():
    said = figure(
        "nectar",
        "2023-24",
        "14.4",
        kind="unclear",
        against="2022-23",
        as_published="a 14.4% <rise>",
        note="It can be read in two ways.",
    )
    part = blocks.finding(account_of(figures=[*FIGURES, said]), "nectar")
    assert (
        "Of 2023-24, Statistics says: “a 14.4% <rise>”. It can be read in two ways."
    ) in words_of(part)
    assert "<rise>" not in html_of(part)
    assert " says: " not in words_of(blocks.finding(account_of(), "nectar"))


def test_the_history_holds_figures_of_one_kind_of_period_only():
    of = account_of()
    by_year = blocks.history(of, "on-time, calendar_year").alternative
    assert "30% in 2022" in by_year and "54% in 2024" in by_year and "89%" not in by_year
    assert blocks.history(of, "on-time, month") is None  # one month only


def test_yearly_figures_of_a_monthly_measure_have_no_gaps_between_them():
    by_year = blocks.history(account_of(), "on-time, calendar_year").alternative
    assert "No figures between" not in by_year


def test_a_change_without_figures_makes_no_chart_and_no_table():
    of = account_of("bee-page")
    assert blocks.history(of, "happy-2") is None
    assert blocks.figures_table(of, "happy-2") is None
    assert blocks.joined_series(of, "happy-2") is None


# ------------------------------------------------------------------------- what is joined to what


def test_a_joined_series_says_of_each_figure_its_kind_of_period_and_its_document():
    rows = by_heading(blocks.joined_series(account_of(), "on-time, month"))
    assert [(row["Period"], row["Figure"], row["Kind of period"]) for row in rows] == [
        ("2024", "54%", "a calendar year"),
        ("2023", "40%", "a calendar year"),
        ("2022", "30%", "a calendar year"),
        ("June 2025", "89%", "a month"),
    ]
    assert [row["Document"].split(";")[0] for row in rows] == [
        "First Update",
        "Statistics",
        "Statistics",
        "Hive Strategy",
    ]
    assert "one series from 3 documents" in words_of(
        blocks.joined_series(account_of(), "on-time, month")
    )


@pytest.mark.parametrize("name", ["nectar", "complaint-rate", "happy-1"])
def test_one_publisher_and_one_kind_of_period_join_nothing(name):
    assert blocks.joined_series(account_of(), name) is None


def test_two_publishers_of_one_kind_of_period_are_joined():
    figures = [*FIGURES, figure("nectar", "2021-22", "20", "first-update")]
    assert len(rows_of(blocks.joined_series(account_of(figures=figures), "nectar"))) == 3


def test_a_figure_that_is_not_available_joins_nothing():
    figures = [*FIGURES, figure("nectar", "2021-22", None, "first-update")]
    assert blocks.joined_series(account_of(figures=figures), "nectar") is None


def test_a_qualified_figure_is_qualified_in_the_table():
    (row,) = rows_of(blocks.figures_table(account_of(), "swarms"))
    assert row == ["2023-24", "at least 130"]


def test_a_measure_block_of_a_joined_series_ends_with_where_each_figure_comes_from(shown):
    blocks.measure_block(account_of(), "on-time, calendar_year")
    assert [type(part).__name__ for part in shown] == ["HTML", "Chart", "Table", "Table"]


def nectar_of(measure, **changes):
    entry = listed(measure, reference="bee-1", **changes)
    return indicator(1, "Nectar", "up", 2, [entry])
