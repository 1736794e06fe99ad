"""A quarter's account as a notebook opens it, on the small, invented project."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from invented import with_tables

from helpers.account import account_of, open_account
from helpers.calculation import calculation_path
from helpers.definition_files import read_definitions
from helpers.definitions import Area
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
def of_bees(in_project):
    """Open the later quarter's account of the plan of outcomes, which serves the first plan."""
    return open_account("2025-26 Q1", plan="outcome-bees")


@pytest.fixture
def of_wings(in_project):
    """Open the later quarter's account of the plan for improvement, which serves it too."""
    return open_account("2025-26 Q1", plan="wing-improvement-plan")


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


def test_the_account_is_of_the_first_plan_unless_another_is_asked_for(now, of_bees):
    assert now.plan.id == "hive-plan-2022-27"
    assert set(now.assessments["plan"]) == {"hive-plan-2022-27"}
    assert of_bees.plan.id == "outcome-bees"
    assert set(of_bees.assessments["plan"]) == {"outcome-bees"}
    every = ["hive-plan-2022-27"] * 7 + ["outcome-bees"] * 5 + ["wing-improvement-plan"] * 3
    assert list(now.all_assessments["plan"]) == every
    assert list(of_bees.all_assessments["plan"]) == every


def test_an_unknown_plan_is_refused_with_the_known_ones(in_project):
    (problem,) = problems_with("2025-26 Q1", "", "outcome-wasps")
    assert problem.place == "plan of open_account"
    assert problem.found == "'outcome-wasps' is not there"
    assert problem.remedy == "use one of hive-plan-2022-27, outcome-bees, wing-improvement-plan"


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
        "wing-update-2025-01",
    }
    assert len(then.observations) == 12 + 10
    assert len(now.observations) == 12 + 10 + 14 + 7


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
    assert len(then.last_assessed()) == 0
    assert "direction" in then.last_assessed().columns


def test_a_later_quarter_has_the_assessments_of_the_one_before(now):
    assert now.last_quarter.quarter == "2023-24 Q4"
    last = now.last_assessed().set_index("reference").loc["2"]
    assert (last["latest_value"], last["direction"]) == (51, "improving")
    assert (now.measure("2")["latest_value"], now.measure("2")["direction"]) == (56, "declining")


def test_the_reports_assessments_are_those_of_the_first_quarter_after_it(then, now):
    for account in (then, now):
        assert set(account.report_assessments["quarter"]) == {"2023-24 Q4"}


def test_the_reports_assessments_of_a_plan_without_a_report_are_of_its_own_document(of_bees):
    # Its page was out by the first of the quarters.
    assert set(of_bees.report_assessments["quarter"]) == {"2023-24 Q4"}
    assert set(of_bees.report_assessments["plan"]) == {"outcome-bees"}


def test_what_can_be_shown_of_every_milestone_is_at_hand(then, now, of_bees):
    def statuses(account):
        return dict(zip(account.milestones["reference"], account.milestones["status"], strict=True))

    # 50% in 2023, short of 55% when that was due; 60% in 2024, short of 70%.
    assert statuses(now) == {
        "1-1a": "missed",
        "1-1b": "missed",
        "1-2": "no_evidence_yet",
        "1-3": "achieved",
        "1-4": "achieved",
        "1-5": "no_evidence_yet",
    }
    # The update of January 2025 is all the evidence there is.
    assert set(statuses(then).values()) == {"no_evidence_yet"}
    assert len(then.milestones) == 6
    assert statuses(of_bees) == statuses(now)
    assert list(now.milestones["due"])[:3] == [date(2023, 12, 31), date(2024, 12, 31), None]


def test_the_quality_findings_are_those_of_the_quarter(then, now):
    assert list(then.data_quality["check"]) == ["published_arrow"]
    assert list(now.data_quality["check"]) == ["published_arrow", "revised_figure"]


# ------------------------------------------------------------------------------ finding one's way


def test_a_measure_is_found_by_its_reference_or_its_id(now):
    assert now.measure("2")["measure_id"] == "looked-after-rate"
    assert now.measure("looked-after-rate")["reference"] == "2"
    assert now.measure("care-leavers-busy")["role"] == "official"


@pytest.mark.parametrize(
    "name", ["6", "looked-after", "plans-in-time, week", "looked-after, month"]
)
def test_a_measure_that_no_plan_has(now, name):
    with pytest.raises(KeyError, match=f"no measure '{name}' in Plan for the Young Bees.*or any"):
        now.measure(name)


def test_a_measure_that_only_another_plan_lists_is_found_there(now):
    assert now.measure("happy-2")["measure_id"] == "long-waits"
    assert now.measure("bees-that-sing")["plan"] == "outcome-bees"
    assert now.measure("1-4")["plan"] == "wing-improvement-plan"


def test_a_measure_of_several_plans_is_the_one_of_the_accounts_own(now, of_wings):
    assert (now.measure("staff-trained")["role"], now.measure("staff-trained")["reference"]) == (
        "plan",
        "3",
    )
    assert of_wings.measure("staff-trained")["role"] == "progress"
    assert now.measure("long-waits")["reference"] == "happy-2"
    assert of_wings.measure("long-waits")["reference"] == "1-4"


def test_a_measure_that_is_followed_twice_is_found_by_its_kind_of_period(now):
    month, year = now.measure("plans-in-time, month"), now.measure("plans-in-time, calendar_year")
    assert (month["reference"], month["latest_period"]) == ("happy-1b", "November 2024")
    assert (month["previous_value"], month["latest_value"], month["currency"]) == (45, 63, "old")
    assert (year["reference"], year["latest_period"]) == ("happy-1a", "2024")
    assert (year["previous_value"], year["latest_value"], year["currency"]) == (50, 60, "current")
    assert (year["baseline_period"], year["since_baseline"]) == ("2022", 20)
    assert now.measure("plans-in-time")["reference"] == "happy-1a"


def test_a_measure_is_listed_once_for_each_kind_of_period(now, of_wings):
    assert list(now.listed("plans-in-time")["follows"]) == ["calendar_year", "month"]
    assert list(of_wings.listed("plans-in-time")["reference"]) == ["1-1"]
    assert list(now.listed("staff-trained")["plan"]) == ["hive-plan-2022-27"]
    with pytest.raises(KeyError, match="no measure 'plans' in any plan"):
        now.listed("plans")


def test_a_change_that_a_document_states_stands_where_there_is_no_figure(now, then):
    row = now.measure("happy-2")
    assert (row["latest_value"], row["stated_period"]) == (None, "November 2024")
    assert row["change_in_words"].startswith("down 50%")
    assert (row["direction"], row["source"]) == ("not_comparable", "wing-update-2025-01")
    assert then.measure("happy-2")["change_in_words"] == ""


def test_an_indicator_without_any_figure_has_its_row(now):
    row = now.measure("happy-3")
    assert (row["latest_value"], row["currency"], row["change_in_words"]) == (None, "no_figure", "")


def test_a_measures_figures_are_those_of_every_kind_of_period(now):
    for name in ("plans-in-time", "plans-in-time, month", "happy-1b"):
        assert list(now.figures(name)["value"]) == [40, 45, 50, 63, 60]
    assert list(now.figures("happy-3")["value"]) == []


@pytest.mark.parametrize("name", ["1", "staff-trained", "plans-in-time, month", "1-4", "happy-3"])
def test_a_measures_calculation_is_that_of_the_assessment_found_by_the_same_name(
    now, of_wings, name
):
    for account in (now, of_wings):
        row, made = account.measure(name), account.calculation(name)
        assert (made.plan, made.page, made.follows) == (row["plan"], row["page"], row["follows"])
        assert (made.quarter, made.area) == (row["quarter"], row["area"])
        direction = made.step("direction").result
        assert direction["direction"] == row["direction"]
        assert direction["relative_change"] == row["relative_change"]


def test_a_calculation_is_the_one_that_the_site_has_as_a_file(now, in_project):
    for row in now.all_assessments.itertuples():
        made = replace(now, plan=now.definitions.plans[row.plan]).within(row.part)
        name = f"{row.measure_id}, {row.follows}" if row.follows else row.measure_id
        text = (in_project / "reports" / calculation_path(row)).read_text(encoding="utf-8")
        assert made.calculation(row.reference or name).as_json() == text


def test_a_calculation_of_a_measure_that_no_plan_has(now):
    with pytest.raises(KeyError, match="no measure 'bees'"):
        now.calculation("bees")


def test_an_ambitions_measures_come_in_the_plans_order(now):
    assert list(now.ambition(1)["measure_id"]) == [
        "children-in-county",
        "children-next-door",
        "looked-after-rate",
        "care-leavers-busy",
    ]
    assert list(now.ambition(2)["reference"]) == ["3", "4", "5"]
    assert len(now.ambition(3)) == 0


def test_a_parts_measures_come_in_the_plans_order(now, of_bees, of_wings):
    assert list(now.part("2")["reference"]) == ["3", "4", "5"]
    assert list(of_bees.part("happy")["reference"]) == [
        *("happy-1a", "happy-1b", "", "happy-2", "happy-3")
    ]
    assert list(of_wings.part("1")["reference"]) == ["", "1-1", "1-4"]
    assert len(of_bees.part("1")) == 0
    assert of_bees.definition("happy").aim == "Young bees are happy."


def test_each_measure_serves_an_ambition_once_and_stands_with_the_first_plan_that_has_it(now):
    # plans-in-time is evidence of a milestone too; the improvement plan comes after the bees.
    served = now.serving(1)
    assert list(zip(served["measure_id"], served["follows"], served["plan"], strict=True)) == [
        ("children-in-county", "", "hive-plan-2022-27"),
        ("children-next-door", "", "hive-plan-2022-27"),
        ("looked-after-rate", "", "hive-plan-2022-27"),
        ("care-leavers-busy", "", "hive-plan-2022-27"),
        ("plans-in-time", "calendar_year", "outcome-bees"),
        ("plans-in-time", "month", "outcome-bees"),
        ("bees-that-sing", "", "outcome-bees"),
    ]
    # The plan's own row of staff-trained, not the improvement plan's; long-waits is of both others.
    served = now.serving(2)
    assert list(zip(served["measure_id"], served["plan"], strict=True)) == [
        ("staff-trained", "hive-plan-2022-27"),
        ("children-have-their-say", "hive-plan-2022-27"),
        ("achievement-gap", "hive-plan-2022-27"),
        ("long-waits", "outcome-bees"),
    ]
    assert len(now.serving(3)) == 0


def test_what_only_another_plan_lists_as_official_serves_no_ambition(now):
    # The bees list it beside an indicator of the first ambition; the plan itself has its own.
    assert "children-have-their-say" not in set(now.serving(1)["measure_id"])
    own = now.serving(1).set_index("measure_id").loc["care-leavers-busy"]
    assert (own["role"], own["plan"]) == ("official", "hive-plan-2022-27")


def test_a_plan_that_no_plan_serves_has_no_ambitions_served(of_bees):
    # It serves the ambitions of another plan itself, and these are its own rows.
    assert set(of_bees.serving(1)["plan"]) == {"outcome-bees"}
    assert of_bees.indicators_serving(1) == []


def test_an_indicators_rows_are_found_from_any_account(now, of_bees):
    first, second, third = of_bees.plan.indicators
    for account in (now, of_bees):
        assert list(account.indicator_rows(first)["reference"]) == ["happy-1a", "happy-1b"]
        assert list(account.indicator_rows(second)["measure_id"]) == ["long-waits"]
        assert list(account.indicator_rows(third)["currency"]) == ["no_figure"]


def test_a_reference_that_two_plans_use_does_not_mix_their_indicators(now):
    rows = now.all_assessments
    renamed = rows.assign(reference=rows["reference"].replace("happy-3", "5"))
    account = with_tables(now, assessments=renamed)
    assert list(account.indicator_rows(now.indicator(5))["plan"]) == ["hive-plan-2022-27"]


def test_the_indicators_that_serve_an_ambition_and_the_ambition_that_one_serves(now, of_bees):
    assert [indicator.number for indicator in now.indicators_serving(1)] == [1, 3]
    assert [indicator.number for indicator in now.indicators_serving(2)] == [2]
    assert now.indicators_serving(3) == []
    first, second, _ = of_bees.plan.indicators
    assert of_bees.served_ambition(first).short_title == "Close to home"
    assert of_bees.served_ambition(second).short_title == "Learning"
    assert now.served_ambition(now.indicator(1)) is None


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


def test_other_local_authorities_are_not_among_the_areas_to_compare_with(now):
    # Their figures are there for ranks; beside the own ones they would be 150 more columns.
    of_meadowland = now.published(area="Meadowland")
    published = pd.concat([now.observations, of_meadowland.assign(area="Waspshire")])

    def with_waspshire(kind, area="Beeshire"):
        areas = now.definitions.areas
        areas = areas.model_copy(
            update={"areas": [*areas.areas, Area(name="Waspshire", kind=kind)]}
        )
        definitions = replace(now.definitions, areas=areas)
        return replace(with_tables(now, observations=published), definitions=definitions, area=area)

    other = with_waspshire("local_authority")
    assert len(other.figures("2", area="Waspshire")) == 4
    assert list(other.comparison_areas("2")) == ["Meadowland"]
    assert list(with_waspshire("local_authority", "Meadowland").comparison_areas("2")) == [
        "Beeshire"
    ]
    # It is its kind that leaves it out.
    assert list(with_waspshire("region").comparison_areas("2")) == ["Meadowland", "Waspshire"]


def test_another_local_authority_has_no_account(project):
    listed = "  - {name: Meadowland, kind: national}\n"
    more = "  - {name: Waspshire, kind: local_authority}\n"
    project.edit("data/raw/areas.yml", listed, listed + more)
    (problem,) = problems_with("2025-26 Q1", "Waspshire")
    assert problem.found == "'Waspshire' is not listed"
    assert problem.remedy == "use one of Beeshire, Meadowland"


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


def test_a_statement_that_can_be_read_in_two_ways_is_found_for_its_measure_and_area(now):
    table = now.observations
    waits = table[table["measure_id"] == "long-waits"]
    said = waits.assign(kind="unclear", as_published="14.4% better")
    elsewhere = said.assign(area="Meadowland")
    account = with_tables(now, observations=pd.concat([table, said, elsewhere]))
    assert [row.as_published for row in account.unclear("happy-2")] == ["14.4% better"]
    assert account.unclear("happy-1a") == []
    assert now.unclear("happy-2") == []


def test_figures_everywhere_are_those_of_every_area_as_known(now):
    found = now.figures_everywhere("looked-after-rate")
    assert list(found["area"]) == ["Beeshire"] * 4 + ["Meadowland"] * 4
    # 51 as first published for 31 March 2024, and 52 as revised: the later one alone.
    assert list(found["value"])[:4] == [Decimal(v) for v in ("50.0", "53.0", "52.0", "56.0")]
    both = now.figures_everywhere(["looked-after-rate", "staff-trained"])
    assert set(both["measure_id"]) == {"looked-after-rate", "staff-trained"}


def test_rows_are_chosen_by_what_their_columns_hold_in_the_tables_order(now):
    chosen = now.assessed(measure_id=["plans-in-time", "looked-after-rate"], role="plan")
    every = now.all_assessments
    wanted = every[every["measure_id"].isin(["plans-in-time", "looked-after-rate"])]
    assert list(chosen["page"]) == list(wanted[wanted["role"] == "plan"]["page"])
    assert list(chosen.index) == list(range(len(chosen)))
    assert list(now.promises(kind="number_by_date")["reference"])[:2] == ["1-1a", "1-1b"]
    assert list(now.findings(check="revised_figure")["measure_id"]) == ["looked-after-rate"]
    assert set(now.published(source="wing-update-2025-01")["source"]) == {"wing-update-2025-01"}
    assert len(now.assessed(measure_id=[])) == 0


def test_last_quarters_assessment_of_an_entry_is_found_or_there_is_none(now, then):
    (row,) = now.assessed(plan="hive-plan-2022-27", reference="2").itertuples()
    assert now.before(row).latest_value == 51
    assert then.before(row) is None
    assert now.before(row._replace(follows="month")) is None
    assert list(now.last_assessed(reference="2")["latest_value"]) == [51]
    assert len(then.last_assessed(reference="2")) == 0


def test_in_the_account_of_a_part_the_parts_own_measures_go_first(of_bees):
    part = of_bees.within("happy")
    assert list(part.assessments["part"].unique()) == ["happy"]
    assert part.measure("long-waits")["part"] == "happy"
    assert of_bees.within("nowhere").measure("staff-trained")["plan"] == "hive-plan-2022-27"


def test_a_row_or_table_that_was_changed_does_not_change_the_account(now):
    row, figures, rows = now.measure("1"), now.figures("1"), now.all_assessments
    row["title"] = rows["title"] = "x"
    figures["value"] = 0
    assert now.measure("1")["title"] != "x"
    assert now.figures("1")["value"].iloc[-1] != 0
    assert "x" not in set(now.all_assessments["title"])


# ------------------------------------------------------------------------------- over the quarters


def test_what_every_quarter_up_to_this_one_has_of_a_measure_comes_oldest_first(now, then):
    def latest(account):
        said = account.over_quarters(account.measure("2"))
        return [(quarter.quarter, row.latest_value, row.direction) for quarter, row in said]

    assert latest(now) == [
        ("2023-24 Q4", Decimal("51.0"), "improving"),
        ("2025-26 Q1", Decimal("56.0"), "declining"),
    ]
    assert latest(then) == [("2023-24 Q4", Decimal("51.0"), "improving")]


def test_one_measure_listed_for_two_kinds_of_period_has_its_own_quarters_for_each(of_bees):
    for name, value in (("happy-1a", 60), ("happy-1b", 63)):
        (_, before), (_, row) = of_bees.over_quarters(of_bees.measure(name))
        assert (before.latest_value, row.latest_value) == (None, value)


def test_a_quarter_that_does_not_list_the_measure_is_left_out(now):
    row = now.measure("2").copy()
    row["reference"] = "2x"
    assert now.over_quarters(row) == []


def test_an_account_can_be_put_together_without_reading_the_definitions_again(in_project):
    definitions = read_definitions(in_project)
    quarter, plan = definitions.quarters.quarters[1], definitions.plans["outcome-bees"]
    folder = in_project / "data" / "processed"
    account = account_of(definitions, folder, quarter, "Meadowland", plan)
    assert account.measure("happy-1a")["latest_value"] == 55
    assert account.last_quarter.quarter == "2023-24 Q4"
    with pytest.raises(ProblemsFound, match="the tables of 2025-26 Q1"):
        account_of(definitions, in_project / "nowhere", quarter, "Meadowland", plan)


def test_a_quarter_of_which_no_site_was_made_yet_stands_alone(now, then):
    # The small project's default quarter has a site here, and the other one elsewhere.
    assert now.editions.to_numpy().tolist() == [["2025-26 Q1", "2025-07-31", "", "yes"]]
    assert then.editions.to_numpy().tolist() == [["2023-24 Q4", "2024-07-31", "", "yes"]]
