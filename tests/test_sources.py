"""Every source's figures in one table, and documents that have none."""

from datetime import date
from decimal import Decimal

import pytest

from helpers.errors import FigureError
from helpers.observations import COLUMNS as OBSERVATION_COLUMNS
from helpers.sources import READERS, read_observations
from helpers.sources.published import COLUMNS

IN_COUNTY = "children-in-county"


def a_row(**changes):
    row = dict.fromkeys(COLUMNS, "") | {
        "measure_id": IN_COUNTY,
        "area": "Hertfordshire",
        "period": "March / Q4 2023",
        "value": "63.9",
        "place": "no. 1, latest data",
        "as_published": "63.9% (625/978)",
    }
    return row | changes


def test_all_problems_of_all_files_are_raised_together(
    make_definitions, make_measure, make_source, write_figures
):
    measure = make_measure(IN_COUNTY)
    sources = [make_source("report"), make_source("update"), make_source("absent")]
    definitions = make_definitions([measure], sources)
    for source in ("report", "update"):
        write_figures(COLUMNS, [list(a_row(value="67.4%").values())], source)
    with pytest.raises(FigureError) as raised:
        read_observations(definitions)
    message = str(raised.value)
    assert len(raised.value.problems) == 3
    assert message.startswith("3 figure problems found")
    for source in ("report", "update", "absent"):
        assert f"data/raw/sources/{source}/figures.csv" in message
    assert "to do:" in message


def test_the_observations_of_all_sources_make_one_table(
    make_definitions, make_measure, make_source, write_figures
):
    measure = make_measure(IN_COUNTY, lait_code="CLA")
    later = make_source("lait", reader="lait", published=date(2026, 4, 8))
    definitions = make_definitions([measure], [make_source(), later])
    write_figures(COLUMNS, [list(a_row().values())])
    write_figures(
        [
            "edition",
            "lait_code",
            "title",
            "unit",
            "polarity",
            "year_type",
            "year",
            "area",
            "value",
        ],
        [["2026-04-08", "CLA", "t", "%", "Low", "Annual", "2023", "Hertfordshire", "64"]],
        "lait",
    )
    table = read_observations(definitions)
    assert list(table.columns) == OBSERVATION_COLUMNS
    assert list(table["source"]) == ["report", "lait"]
    assert list(table["published"]) == [date(2023, 10, 31), date(2026, 4, 8)]
    assert list(table["value"]) == [Decimal("63.9"), Decimal("64")]
    assert set(table["period"]) == {"31 March 2023"}


# ------------------------------------------------------------------- documents without figures


@pytest.fixture
def with_a_page(make_definitions, make_measure, make_source):
    """Make definitions of a report with figures and of a page without any."""
    sources = [make_source("page", reader="none"), make_source("report")]
    return make_definitions([make_measure(IN_COUNTY)], sources)


def test_a_document_without_figures_adds_none(with_a_page, write_figures):
    write_figures(COLUMNS, [list(a_row().values())], "report")
    table = read_observations(with_a_page)
    assert list(table["source"]) == ["report"]
    assert list(table["value"]) == [Decimal("63.9")]


def test_documents_without_figures_alone_make_an_empty_table(make_definitions, make_source):
    table = read_observations(make_definitions([], [make_source("page", reader="none")]))
    assert len(table) == 0
    assert list(table.columns) == OBSERVATION_COLUMNS


@pytest.mark.parametrize("rows", [[], [list(a_row().values())]], ids=["only a header", "a figure"])
def test_figures_of_a_document_that_is_said_to_have_none_are_caught(
    with_a_page, write_figures, rows
):
    write_figures(COLUMNS, [list(a_row().values())], "report")
    write_figures(COLUMNS, rows, "page")
    with pytest.raises(FigureError) as raised:
        read_observations(with_a_page)
    (problem,) = raised.value.problems
    assert problem.place == "data/raw/sources/page/figures.csv"
    assert problem.found == "figures of a source whose reader is 'none'"
    assert problem.remedy.startswith("write 'reader: published' in its source.yml")


def test_figures_that_may_not_be_do_not_hide_another_files_problems(with_a_page, write_figures):
    write_figures(COLUMNS, [list(a_row(value="67.4%").values())], "report")
    write_figures(COLUMNS, [list(a_row().values())], "page")
    with pytest.raises(FigureError) as raised:
        read_observations(with_a_page)
    places = [problem.place.split(",")[0] for problem in raised.value.problems]
    assert places == [
        "data/raw/sources/page/figures.csv",
        "data/raw/sources/report/figures.csv",
    ]


@pytest.mark.parametrize("reader", ["published", "lait", "none"])
def test_every_kind_of_source_is_read_or_has_nothing_to_read(make_source, reader):
    assert (make_source(reader=reader).reader in READERS) == (reader != "none")
