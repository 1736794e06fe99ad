"""A quarter's account as a notebook opens it, on the small, invented project."""

from datetime import date
from decimal import Decimal

import pytest

from helpers.account import open_account
from helpers.errors import ProblemsFound
from helpers.project import PROCESSED_VARIABLE


@pytest.fixture
def in_project(finished_small_project, monkeypatch):
    """Stand where notebooks stand, after a run."""
    monkeypatch.setenv(PROCESSED_VARIABLE, "")
    monkeypatch.chdir(finished_small_project / "notebooks")
    return finished_small_project


@pytest.fixture
def now(in_project):
    """Open the account of the later quarter."""
    return open_account("2025-26 Q1")


@pytest.fixture
def then(in_project):
    """Open the account of the earlier quarter."""
    return open_account("2023-24 Q4")


def problems_with(*asked):
    with pytest.raises(ProblemsFound) as raised:
        open_account(*asked)
    return raised.value.problems


# ------------------------------------------------------------------------------------- opening


def test_without_an_area_it_is_of_the_reporting_area(now):
    assert now.area == "Beeshire"
    assert now.quarter.quarter == "2025-26 Q1"
    assert set(now.assessments["area"]) == {"Beeshire"}
    assert set(now.assessments["quarter"]) == {"2025-26 Q1"}


@pytest.mark.parametrize("folder", [".", "notebooks", "data/raw/measures"])
def test_it_opens_from_any_folder_of_the_project(in_project, monkeypatch, folder):
    monkeypatch.chdir(in_project / folder)
    assert open_account("2025-26 Q1").plan.id == "hive-plan-2022-27"


def test_an_unknown_quarter_and_an_unknown_area_are_refused_together(in_project):
    quarter, area = problems_with("2025-26 Q9", "Waspshire")
    assert quarter.place == "parameter quarter"
    assert quarter.found == "'2025-26 Q9' is not listed"
    assert quarter.remedy.startswith("use one of 2023-24 Q4, 2025-26 Q1")
    assert area.place == "parameter area"
    assert area.found == "'Waspshire' is not listed"
    assert area.remedy == "use one of Beeshire, Meadowland"


def test_a_quarter_without_tables_says_which_command_makes_them(small_project):
    (problem,) = problems_with("2025-26 Q1")
    assert problem.place == "the tables of 2025-26 Q1"
    assert problem.remedy == 'run: waggle run --quarter "2025-26 Q1" --until assessments'


def test_the_tables_of_the_run_that_executes_the_notebook_are_used(in_project, monkeypatch):
    monkeypatch.setenv(PROCESSED_VARIABLE, str(in_project / "earlier" / "processed"))
    assert open_account("2025-26 Q1").area == "Beeshire"
    monkeypatch.setenv(PROCESSED_VARIABLE, str(in_project / "nowhere"))
    assert problems_with("2025-26 Q1")[0].place == "the tables of 2025-26 Q1"


# ------------------------------------------------------------------------ what each quarter knows


def test_each_quarter_knows_only_what_had_been_published_by_its_date(then, now):
    assert set(then.observations["source"]) == {"hive-report-2022-23", "statistics-2024-06-20"}
    assert set(now.observations["source"]) == {
        "hive-report-2022-23",
        "statistics-2024-06-20",
        "statistics-2025-06-19",
    }
    assert len(then.observations) == 12 + 10
    assert len(now.observations) == 12 + 10 + 14


def test_a_revised_figure_is_the_later_one_only_once_it_was_published(then, now):
    def rate_in_2024(account):
        figures = account.figures("2")
        return figures[figures["period"] == "31 March 2024"]["value"].iloc[0]

    assert rate_in_2024(then) == 51
    assert rate_in_2024(now) == 52


def test_a_measures_figures_come_oldest_first_and_exact(now):
    figures = now.figures("2")
    assert list(figures["period"]) == [f"31 March {year}" for year in (2022, 2023, 2024, 2025)]
    # For 2022 and 2023 the later source counts before the report (50.0 and 52.5).
    assert list(figures["value"]) == [Decimal(v) for v in ("50.0", "53.0", "52.0", "56.0")]
    assert figures["period_end"].iloc[-1] == date(2025, 3, 31)


def test_the_first_quarter_has_none_before_it(then):
    assert then.last_quarter is None
    assert len(then.last_assessments) == 0
    assert "direction" in then.last_assessments.columns


def test_a_later_quarter_has_the_assessments_of_the_one_before(now):
    assert now.last_quarter.quarter == "2023-24 Q4"
    last = now.last_assessments.set_index("reference").loc["2"]
    assert (last["latest_value"], last["direction"]) == (51, "improving")
    assert (now.measure("2")["latest_value"], now.measure("2")["direction"]) == (56, "declining")


def test_the_reports_assessments_are_those_of_the_first_quarter_after_it(then, now):
    for account in (then, now):
        assert set(account.report_assessments["quarter"]) == {"2023-24 Q4"}


def test_the_quality_findings_are_those_of_the_quarter(then, now):
    assert list(then.data_quality["check"]) == ["published_arrow"]
    assert list(now.data_quality["check"]) == ["published_arrow", "revised_figure"]


# ------------------------------------------------------------------------------ finding one's way


def test_a_measure_is_found_by_its_reference_or_its_id(now):
    assert now.measure("2")["measure_id"] == "looked-after-rate"
    assert now.measure("looked-after-rate")["reference"] == "2"
    assert now.measure("care-leavers-busy")["role"] == "official"


@pytest.mark.parametrize("name", ["6", "looked-after"])
def test_a_measure_that_the_plan_does_not_have(now, name):
    with pytest.raises(KeyError, match=f"no measure '{name}' in Plan for the Young Bees"):
        now.measure(name)


def test_an_ambitions_measures_come_in_the_plans_order(now):
    assert list(now.ambition(1)["measure_id"]) == [
        "children-in-county",
        "children-next-door",
        "looked-after-rate",
        "care-leavers-busy",
    ]
    assert list(now.ambition(2)["reference"]) == ["3", "4", "5"]
    assert len(now.ambition(3)) == 0


def test_numbers_are_exact_and_places_are_whole_numbers(now):
    row = now.measure("1")
    assert (row["ambition"], row["decimals"]) == (1, 1)
    assert row["latest_value"] == Decimal("70.0")
    assert row["relative_change"] == Decimal("-0.125")
    assert row["indicator"] == "1"


def test_other_areas_are_those_that_have_figures(now):
    assert list(now.comparison_areas("2")) == ["Meadowland"]
    assert list(now.comparison_areas("2")["Meadowland"]["value"]) == [70, 71, 70, 69]
    assert now.comparison_areas("1") == {}


def test_a_figure_that_was_not_available_stays_an_empty_one(now):
    figures = now.comparison_areas("care-leavers-busy")["Meadowland"]
    assert list(figures["value"]) == [55, None, 57]
    assert list(figures["status"]) == ["", "not_available", ""]


def test_from_another_area_the_first_is_the_comparison(in_project):
    account = open_account("2025-26 Q1", "Meadowland")
    assert list(account.comparison_areas("2")) == ["Beeshire"]
    row = account.measure("2")
    assert (row["previous_value"], row["latest_value"], row["direction"]) == (70, 69, "improving")
    assert account.measure("1")["direction_reason"] == (
        "Our sources published by 31 July 2025 have no figure for it."
    )


def test_a_breakdown_without_figures_is_empty(now):
    assert len(now.figures("1", breakdown="population")) == 0


def test_indicators_and_the_published_summary_are_at_hand(now):
    assert now.indicator(3).title == "Number of staff who were trained"
    summary = now.published_summary()
    assert [item.text for item in summary["good"]] == ["More children have their say."]
    assert [item.references for item in summary["to_improve"]] == [["1"]]
    assert now.margin == Decimal("0.05")
