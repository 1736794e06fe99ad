"""A measure on a page: its finding, its history as a chart, and every figure in a table."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from invented import (
    AREA,
    FIGURES,
    NOW,
    account_of,
    definitions_of,
    figure,
    indicator,
    listed,
    measure,
    part,
    plan,
    with_tables,
)
from page_words import THEN, by_heading, html_of, opener, rows_of, words_of

from helpers import blocks, charts
from helpers.assessment import assess
from helpers.blocks import opening
from helpers.definitions import Area, Areas
from helpers.periods import month


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


def test_a_finding_leads_to_the_own_page_of_its_indicator(account):
    markup = html_of(blocks.finding(account(), "2"))
    link = '<a href="indicators/hive-plan-2022-27/2.html">Indicator 2 on a page of its own</a>'
    assert link in markup
    # Of one among several it leads to its place there.
    markup = html_of(blocks.finding(account(plan="outcome-bees"), "happy-1b"))
    assert '<a href="indicators/outcome-bees/happy-1.html#measure-happy-1b">' in markup


@pytest.mark.parametrize("name", ["care-leavers-busy", "1-1"])
def test_what_no_indicator_asks_for_has_no_page_of_its_own(account, name):
    # Official statistics, and the evidence of a promise.
    found = blocks.finding(account(plan="wing-improvement-plan"), name)
    assert "page of its own" not in html_of(found)


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
    # Wilson's interval of 70 of 100: (70 + 1.92 ± 1.96 √(21 + 0.96)) ÷ 103.84.
    assert rows_of(blocks.figures_table(account(), "1")) == [
        ["31 March 2023", "70% (70 of 100; likely range 60.4% to 78.1%)"],
        ["31 March 2022", "80% (80 of 100; likely range 71.1% to 86.7%)"],
    ]
    assert rows_of(blocks.figures_table(account(), "care-leavers-busy"))[1] == [
        "2023-24",
        "62%",
        "not published",
    ]


def test_without_figures_there_is_no_table(account):
    only_here = account(area="Meadowland")
    assert blocks.figures_table(only_here, "2") is not None
    of_beeshire = "70% (70 of 100; likely range 60.4% to 78.1%)"
    assert rows_of(blocks.figures_table(only_here, "1"))[0][1:] == [of_beeshire]


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


# ---------------------------------------------- usual ups and downs, likely ranges, and targets

MONTHS = [str(month(2024, number)) for number in range(1, 13)]
MONTHS += [str(month(2025, number)) for number in range(1, 3)]

# 11, then 10 and 12 in turn: 13 of them average 11. They move by 1 and eleven times by 2, 23/12 on
# average; 2.66 times that is 5.098, so that the usual range is 5.902 to 16.098.
UPS_AND_DOWNS = ["11", *["10", "12"] * 6]
USUAL = "Average 11, usual range 5.90 to 16.10"


def one_measure(figures, polarity="higher", areas=(), area=AREA, entry=(), **changes):
    """Open an account of one measure, nectar; what a test does not care about has a default.

    Parameters
    ----------
    figures
        Rows of `invented.figure`.
    areas
        More places, each with its kind.
    """
    of = account_of(figures=figures)
    of_plan = part("1", "Flowers", "flowers", progress=[listed("nectar", polarity, **dict(entry))])
    plans = [plan("hive-strategy", "Hive Strategy", [of_plan])]
    definitions = definitions_of(plans, [measure("nectar", "Hives with nectar", **changes)])
    more = [Area(name=name, kind=kind) for name, kind in areas]
    listed_areas = Areas(reporting_area=AREA, areas=[*definitions.areas.areas, *more])
    definitions = replace(definitions, areas=listed_areas)
    rows = assess(definitions, of.observations, NOW, area)
    return replace(
        with_tables(of, assessments=rows), definitions=definitions, plan=plans[0], area=area
    )


def by_month(periods, values, **changes):
    """Open an account of a monthly number with two decimals."""
    figures = [figure("nectar", *pair) for pair in zip(periods, values, strict=True)]
    return one_measure(figures, unit="number", decimals=2, frequency="monthly", **changes)


def told(account):
    return blocks.history(account, "nectar").alternative


def test_thirteen_months_are_drawn_in_the_range_of_their_usual_ups_and_downs():
    words = told(by_month(MONTHS[:13], UPS_AND_DOWNS))
    assert words.startswith("Line chart with the range of usual ups and downs. Hives with nectar")
    assert USUAL in words
    assert "All 13 months are within the usual range" in words


def test_twelve_months_are_an_ordinary_line():
    words = told(by_month(MONTHS[:12], UPS_AND_DOWNS[1:]))
    assert words.startswith("Line chart. Hives with nectar, Beeshire: 10 in January 2024, 12 ")
    assert "usual" not in words


def test_thirteen_years_are_an_ordinary_line():
    years = [f"{year}-{year % 100 + 1}" for year in range(2011, 2024)]
    figures = [figure("nectar", *pair) for pair in zip(years, UPS_AND_DOWNS, strict=True)]
    words = told(one_measure(figures, unit="number", decimals=1))
    assert words.startswith("Line chart. ") and "usual" not in words


def test_usual_ups_and_downs_are_those_from_a_new_definition_on():
    breaks = [{"from": "February 2024", "reason": "Flowers were counted otherwise before."}]
    words = told(by_month(MONTHS, ["90", *UPS_AND_DOWNS], breaks=breaks))
    assert "February 2024 to February 2025" in words and USUAL in words
    assert "January 2024" not in words
    # Without the break, all 14 are one series.
    assert "January 2024 to February 2025" in told(by_month(MONTHS, ["90", *UPS_AND_DOWNS]))


def test_fewer_than_thirteen_figures_since_a_new_definition_are_a_line_with_those_before():
    breaks = [{"from": "March 2024", "reason": "Flowers were counted otherwise before."}]
    words = told(by_month(MONTHS, ["90", *UPS_AND_DOWNS], breaks=breaks))
    assert words.startswith("Line chart. ") and "90 in January 2024" in words
    assert "From March 2024 on, not comparable with before: new definition" in words


@pytest.mark.parametrize("kept", [True, False], ids=["an empty row", "no row at all"])
def test_a_month_without_a_figure_is_named_and_does_not_count(kept):
    values = [*UPS_AND_DOWNS[:5], None, *UPS_AND_DOWNS[5:]]
    pairs = [pair for pair in zip(MONTHS, values, strict=True) if kept or pair[1] is not None]
    words = told(by_month(*zip(*pairs, strict=True)))
    assert words.startswith("Line chart with the range of usual ups and downs")
    # The gap takes away the move from May to July, from 12 to 10: 21/11 times 2.66 is 5.078.
    assert "Average 11, usual range 5.92 to 16.08" in words
    assert "No figure for June 2024" in words
    fewer = told(by_month(*zip(*pairs[:-1], strict=True)))
    assert fewer.startswith("Line chart. ") and "usual" not in fewer


def test_figures_with_counts_have_their_likely_ranges_in_the_charts_words(account):
    # As in the table: Wilson's intervals of 80 and of 70 of 100.
    words = blocks.history(account(), "1").alternative
    assert "80% on 31 March 2022 (likely between 71.1% and 86.7%)" in words
    assert "70% on 31 March 2023 (likely between 60.4% and 78.1%)" in words
    assert "likely" not in blocks.history(account(), "2").alternative


def test_a_line_has_the_likely_ranges_of_those_figures_that_have_counts():
    counts = {"numerator": Decimal(70), "denominator": Decimal(100)}
    figures = [*TO_THE_TARGET[:2], figure("nectar", "2023-24", "70", **counts)]
    words = told(one_measure(figures, decimals=1))
    assert "70% in 2023-24 (likely between 60.4% and 78.1%)" in words
    assert words.count("likely") == 1


TO_THE_TARGET = [
    figure("nectar", "2021-22", "20"),
    figure("nectar", "2022-23", "24"),
    figure("nectar", "2023-24", "34"),
]
TARGET = {"targets": [{"period": "2025-26", "value": "40", "kind": "floor"}]}


def test_a_target_two_years_ahead_and_a_baseline_draw_the_way_from_the_one_to_the_other():
    words = told(one_measure(TO_THE_TARGET, entry=TARGET | {"baseline": "2021-22"}))
    assert words.endswith(
        "Target 40% by 31 March 2026; a dashed line leads there from 20% on 31 March 2022."
    )
    assert words.count("Target") == 1


def test_a_target_without_a_baseline_is_a_level_line():
    entry = {"targets": [{"period": "2023-24", "value": "40", "kind": "floor"}]}
    words = told(one_measure(TO_THE_TARGET, entry=entry))
    assert words.endswith(". Target 40%.") and "dashed" not in words


def test_a_later_target_without_a_baseline_is_not_drawn_over_the_years_before_it():
    assert "Target" not in told(one_measure(TO_THE_TARGET, entry=TARGET))


def test_a_target_beside_usual_ups_and_downs_is_a_level_line():
    entry = {"targets": [{"period": "January 2025", "value": "14", "kind": "floor"}]}
    words = told(by_month(MONTHS[:13], UPS_AND_DOWNS, entry=entry | {"baseline": "January 2024"}))
    assert "usual range" in words and ". Target 14. " in words and "dashed" not in words


# --------------------------------------------------------- what stands beside a finding's verdict


def seen(account):
    """Return what a finding says before the reader opens how it was judged, where more is said."""
    return words_of(blocks.finding(account, "nectar")).partition("How we judged this")[0]


def test_a_finding_says_whether_chance_could_have_made_the_change():
    # From 20 to 24 of 100: pooled 22%, standard error 5.9 points, z = 0.68.
    counts = {"denominator": Decimal(100)}
    figures = [
        figure("nectar", "2022-23", "20", numerator=Decimal(20), **counts),
        figure("nectar", "2023-24", "24", numerator=Decimal(24), **counts),
    ]
    words = seen(one_measure(figures))
    assert "Based on 100 bees: a change of this size could be chance." in words
    bare = seen(one_measure(TO_THE_TARGET))
    assert "Not tested for chance: our sources give no numbers of cases." in bare


PLACES = [("The Flats", "region"), ("Hives like ours", "statistical_neighbours")]


def elsewhere(area=AREA, places=PLACES):
    """Return the words of a finding where Beeshire has 50%, and each other place its own."""
    values = {AREA: "50", "Meadowland": "46", "The Flats": "60", "Hives like ours": "58"}
    figures = [figure("nectar", "2023-24", value, area=name) for name, value in values.items()]
    return seen(one_measure(figures, areas=places, area=area))


def test_a_finding_calls_the_places_it_compares_with_by_their_names():
    assert (
        "Compared with elsewhere in 2023-24: better than Meadowland (46%); worse than "
        "The Flats (60%) and hives like ours (58%)."
    ) in elsewhere()


def test_what_a_definition_says_of_comparing_stands_after_the_comparison_or_nowhere():
    said = "Elsewhere hives are counted in May."
    figures = [
        figure("nectar", "2023-24", "50"),
        figure("nectar", "2023-24", "46", area="Meadowland"),
    ]
    words = seen(one_measure(figures, elsewhere=said))
    assert f"better than Meadowland (46%). {said}" in words
    alone = seen(one_measure(figures[:1], elsewhere=said))
    assert said not in alone


def test_the_whole_countrys_own_account_compares_with_the_others_and_never_with_itself():
    words = elsewhere("Meadowland")
    assert (
        "Compared with elsewhere in 2023-24: worse than The Flats (60%) and hives like ours (58%)."
    ) in words
    assert "Meadowland (" not in words and "Beeshire" not in words
    assert "elsewhere" not in elsewhere("Meadowland", places=())


def test_an_account_of_one_of_two_regions_compares_with_the_other():
    places = [("The Flats", "region"), ("Hives like ours", "region")]
    assert "better than Meadowland (46%) and Hives like ours (58%)." in elsewhere(
        "The Flats", places
    )


def test_a_finding_says_whether_the_latest_figure_is_usual():
    said = "The figure for January 2025 is within its usual ups and downs, 5.90 to 16.10."
    assert said in seen(by_month(MONTHS[:13], UPS_AND_DOWNS))
    assert "usual" not in seen(by_month(MONTHS[:12], UPS_AND_DOWNS[1:]))


def test_a_finding_says_how_far_it_is_to_a_target_and_where_the_line_to_it_stands():
    # From 20 on 31 March 2022 to 40 on 31 March 2026; half of that time, and 30, on 31 March 2024.
    words = seen(one_measure(TO_THE_TARGET, entry=TARGET | {"baseline": "2021-22"}))
    assert "The target for 2025-26 is at least 40%: still 6 percentage points short." in words
    assert (
        "A straight line from the start to the target passes 30% in 2023-24: the figure is "
        "4 percentage points ahead."
    ) in words
    without = seen(one_measure(TO_THE_TARGET, entry=TARGET))
    assert "still 6 percentage points short." in without and "straight line" not in without


def nectar_of(measure, **changes):
    entry = listed(measure, reference="bee-1", **changes)
    return indicator(1, "Nectar", "up", 2, [entry])
