"""What findings are made of: limits, and the rows that a check looks at."""

from datetime import date
from decimal import Decimal
from operator import attrgetter

import pytest
from quality_cases import cells, plan_of

from helpers.quality.finding import (
    Published,
    as_figure,
    at_most,
    finding_of,
    indicators_of,
    sharing,
)


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "words"),
    [
        ("54", "percent", 0, "54%"),
        ("56.3", "percent", 0, "56.3%"),  # published more finely than the measure shows
        ("208.10", "rate_per_10000", 1, "208.10 per 10,000"),
        ("6.20321", "percent", 2, "6.20321%"),
        ("1221", "number", 0, "1,221"),
    ],
)
def test_a_figure_is_written_with_every_place_that_was_published(
    make_measure, value, unit, decimals, words
):
    measure = make_measure("m", unit=unit, decimals=decimals)
    assert as_figure(Decimal(value), measure) == words


def test_a_limit_is_named_after_the_measure_that_sets_it(make_measure):
    measure = make_measure("m", title="Attempts to contact SEND families")
    assert at_most(Decimal(1092), measure) == "at most 1,092 (attempts to contact SEND families)"


def test_a_finding_takes_its_place_from_the_row_it_is_of(observations_table):
    (row,) = observations_table(cells("50", area="England", place="page 3")).itertuples()
    found = finding_of("two_readings", row, "this", "that", "Why.")
    assert (found.check, found.found, found.expected) == ("two_readings", "this", "that")
    assert (found.measure_id, found.period, found.area) == (
        "children-in-county",
        "2022-23",
        "England",
    )
    assert (found.source, found.place, found.explanation) == ("report", "page 3", "Why.")
    assert found.severity == "contradiction"
    assert finding_of("x", row, "", "", "", severity="caution").severity == "caution"


def test_rows_that_share_a_key_come_together_and_single_ones_not_at_all(observations_table):
    published = Published(
        observations_table(
            cells("1", area="England"),
            cells("2"),
            cells("3", area="England", period="2021-22"),
            cells("4", area="England"),
        )
    )
    for names, together in ((["area", "period"], [[1, 4]]), (["area"], [[1, 3, 4]])):
        found = sharing(published.rows, attrgetter(*names))
        assert [[int(row.value) for row in rows] for rows in found] == together


def test_levels_are_figures_and_not_changes_nor_gaps(observations_table):
    table = observations_table(
        cells("1"), cells("2", kind="change_percent"), cells(None), cells("3", kind="unclear")
    )
    published = Published(table)
    assert [int(row.value) for row in published.levels] == [1]
    assert len(published.rows) == 4


def test_known_are_the_levels_published_last_also_those_without_a_value(observations_table):
    table = observations_table(
        cells("35", published=date(2026, 4, 8)),
        cells("36", published=date(2025, 7, 22)),
        cells(None, area="England"),
        cells("8", kind="change_points", area="East of England"),
    )
    assert [(row.area, row.value) for row in Published(table).known] == [
        ("England", None),
        ("Hertfordshire", Decimal(35)),
    ]


def test_what_one_source_gives_of_a_period_are_its_figures_and_changes_with_a_value(
    observations_table,
):
    published = Published(
        observations_table(
            cells("35"),
            cells("8", kind="change_points"),
            cells(None, kind="unclear"),
            cells("36", source="july"),
            cells("37", period="2021-22"),
            cells("38", area="England"),
        )
    )
    place = ("children-in-county", "Hertfordshire", "2022-23")
    assert [int(row.value) for row in published.given("report", *place)] == [35, 8]
    assert published.given("april", *place) == []


def test_values_are_those_published_last_and_of_no_breakdown(observations_table):
    table = observations_table(
        cells("35", published=date(2026, 4, 8)),
        cells("36", published=date(2025, 7, 22)),
        cells("99", breakdown="population"),
        cells("7", area="England"),
        cells("8", kind="change_points", area="East of England"),
        cells(None, period="2021-22"),
    )
    assert Published(table).values == {
        ("children-in-county", "Hertfordshire", "2022-23"): Decimal(35),
        ("children-in-county", "England", "2022-23"): Decimal(7),
    }


def test_every_indicator_comes_with_its_plan(make_definitions):
    definitions = make_definitions([])
    one = plan_of("One", {"measure": "m"}, id="first")
    two = plan_of("Two", {"measure": "m"}, id="second")
    definitions.plans.update(first=one, second=two)
    found = [(plan.id, indicator.title) for plan, indicator in indicators_of(definitions)]
    assert found == [("first", "One"), ("second", "Two")]
