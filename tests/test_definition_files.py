"""Definition files: read whole, and every mistake named by its file, line, entry and remedy."""

from datetime import date
from decimal import Decimal

import pytest

from helpers.definition_files import read_definitions
from helpers.errors import DefinitionError
from helpers.plans import Content

MEASURES = "data/raw/measures/all.yml"
PLAN = "data/raw/plans/hive-plan-2022-27/plan.yml"
AMBITION_1 = "data/raw/plans/hive-plan-2022-27/ambition-1.yml"
AMBITION_2 = "data/raw/plans/hive-plan-2022-27/ambition-2.yml"
DIRECTIONS = "data/raw/sources/hive-report-2022-23/directions.csv"
CONTENT = "data/raw/plans/hive-plan-2022-27/content.yml"
BEE = "data/raw/plans/outcome-bees/bee-happy.yml"
AREA_1 = "data/raw/plans/wing-improvement-plan/area-1.yml"
CLAIMS = "data/raw/sources/wing-update-2025-01/claims.csv"


# -------------------------------------------------------------------------------- all is well


def test_the_small_project_is_read_whole(project):
    definitions = read_definitions(project.root)
    assert definitions.root == project.root
    assert definitions.quarters.default == "2025-26 Q1"
    assert definitions.quarter("2023-24 Q4").as_at == date(2024, 7, 31)
    assert definitions.areas.names == ["Beeshire", "Meadowland"]
    assert definitions.reporting_area == "Beeshire"
    assert {source_id: source.reader for source_id, source in definitions.sources.items()} == {
        "bees-page": "none",
        "hive-report-2022-23": "published",
        "statistics-2024-06-20": "lait",
        "statistics-2025-06-19": "lait",
        "wing-improvement-plan": "none",
        "wing-update-2025-01": "published",
    }
    assert len(definitions.measures) == 7 + 3
    assert list(definitions.plans) == ["hive-plan-2022-27", "outcome-bees", "wing-improvement-plan"]
    assert definitions.measures["looked-after-rate"].lait_code == "LAC"
    assert definitions.published_directions == {
        "hive-report-2022-23": {"1": "↓", "2": "⇄", "3": "N/A", "4": "↑", "5": "↓"}
    }
    summary = definitions.executive_summaries["hive-report-2022-23"]
    assert [item.references for item in summary.good] == [["4"]]
    assert {name: [c.subject for c in said] for name, said in definitions.claims.items()} == {
        "bees-page": ["number of outcome bees"],
        "wing-update-2025-01": ["number of outcome bees", "wing plan: last year"],
    }


def test_a_plan_gathers_its_ambitions_from_their_files(project):
    plan = read_definitions(project.root).plans["hive-plan-2022-27"]
    assert plan.margin == Decimal("0.05")
    assert [ambition.short_title for ambition in plan.ambitions] == ["Close to home", "Learning"]
    assert [indicator.number for indicator in plan.indicators] == [1, 2, 3, 4, 5]
    first = plan.indicators[0]
    assert first.measures[0].reference == "1"
    assert first.further[0].measure == "children-next-door"
    assert first.commentary.reasons == ["Two homes closed & one moved."]
    assert plan.indicators[2].measures[0].targets[0].value == Decimal(30)
    assert (plan.margin_basis, plan.serves) == ("stated", "")
    assert [ambition.page for ambition in plan.ambitions] == ["ambition-1", "ambition-2"]


def test_the_parts_of_a_plan_are_in_the_files_named_by_what_they_are(project):
    plans = read_definitions(project.root).plans
    bees, wings = plans["outcome-bees"], plans["wing-improvement-plan"]
    assert (bees.parts_are, bees.serves, bees.ambitions) == ("bee", "hive-plan-2022-27", [])
    assert bees.part("happy").aim == "Young bees are happy."
    assert bees.indicators[0].measures[0].baseline == "2022"
    assert (wings.parts_are, wings.margin_basis) == ("area", "ours")
    part = wings.part("1")
    assert (part.title, part.page, part.ambition) == ("Wings that carry", "improvement-area-1", 2)
    assert [entry.measure for entry in part.progress] == ["staff-trained"]
    assert [milestone.number for milestone in part.milestones] == [1, 2, 3, 4, 5]
    assert [target.value for target in part.milestones[0].targets] == [Decimal(55), Decimal(70)]
    assert part.milestones[2].notes[0].shows == "in_place"
    assert part.delivered[0].when == "October 2024"


def test_what_a_plan_says_beside_its_figures_stands_in_its_content_file(project):
    plans = read_definitions(project.root).plans
    content = plans["hive-plan-2022-27"].content
    assert content.mission.text == "Every young bee has a home."
    assert [(said.ambition, said.measures) for said in content.commitments] == [
        (2, ["achievement-gap"])
    ]
    assert [said.place for said in content.priorities] == ["Section 3, first point"]
    assert content.promises == []
    assert plans["outcome-bees"].content == Content()


def test_official_statistics_of_an_ambition_stand_beside_its_indicators(project):
    with (project.root / AMBITION_2).open("a", encoding="utf-8") as file:
        file.write(
            "\nofficial:\n"
            "  - {measure: care-leavers-busy, polarity: higher, polarity_basis: ours}\n"
        )
    plan = read_definitions(project.root).plans["hive-plan-2022-27"]
    assert [entry.measure for entry in plan.ambitions[1].official] == ["care-leavers-busy"]


# ---------------------------------------------------------------------------- files and YAML


def test_a_file_that_is_missing(project):
    (project.root / "data/raw/areas.yml").unlink()
    problem = project.only_problem()
    assert problem.place == "data/raw/areas.yml, file"
    assert problem.found == "it does not exist"
    assert "restore" in problem.remedy


@pytest.mark.parametrize("name", [AMBITION_2, BEE, AREA_1])
def test_a_part_without_a_file_is_missed_by_the_name_it_should_have(project, name):
    (project.root / name).unlink()
    # The documents speak of references that stood there, which is not reported again.
    problem = project.only_problem()
    assert (problem.place, problem.found) == (f"{name}, file", "it does not exist")


@pytest.mark.parametrize("name", ["bee-safe.yml", "contents.yml", "area-happy.yml", "notes.yaml"])
def test_a_file_in_a_plans_folder_that_nothing_reads(project, name):
    (project.root / BEE).with_name(name).write_text("indicators: nonsense\n")
    problem = project.only_problem()
    assert problem.place == f"data/raw/plans/outcome-bees/{name}, file"
    assert problem.found == "nothing reads it"
    assert problem.remedy == "list its part in plan.yml, correct the file's name, or remove it"


def test_a_plans_folder_without_its_plan(project):
    (project.root / "data/raw/plans/long-lost-plan").mkdir()
    (project.root / "data/raw/plans/long-lost-plan/area-1.yml").write_text("aim: To fly.\n")
    problem = project.only_problem()
    assert problem.place == "data/raw/plans/long-lost-plan, folder"
    assert problem.found == "no plan.yml in it"


@pytest.mark.parametrize("entry", ["id", "title", "short_title", "page"])
def test_what_stands_in_the_plans_file_does_not_stand_in_a_parts_own(project, entry):
    project.edit(BEE, "place: Be Happy\n", f"place: Be Happy\n{entry}: elsewhere\n")
    problem = project.only_problem()
    assert problem.place == f"{BEE}, line 3, {entry}"
    assert problem.found == f"'elsewhere': the {entry} of a part stands in plan.yml"
    assert problem.remedy == "write it there, and remove it here"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("- title", "no 'id'"),
        ('- id: ""\n    title', "String should have at least 1 character"),
        ("- id:\n    title", "nothing where text should be"),
    ],
)
def test_a_part_without_an_id_has_no_file_that_could_be_missing(project, written, found):
    name = "data/raw/plans/outcome-bees/plan.yml"
    project.edit(name, "- id: happy\n    title", written)
    problem = project.only_problem()
    assert problem.place.startswith(f"{name}, line ")
    assert problem.found == found


def test_a_part_without_an_id_does_not_hide_a_mistake_in_the_file_of_another(project):
    project.edit(PLAN, '- id: "2"\n    title', "- title")
    project.edit(AMBITION_1, "polarity: lower", "polarity: down")
    assert [problem.place.split(",")[0] for problem in project.problems()] == [AMBITION_1, PLAN]


def test_a_plan_without_parts(project):
    name = "data/raw/plans/outcome-bees/plan.yml"
    text = (project.root / name).read_text(encoding="utf-8")
    (project.root / name).write_text(text.split("parts:")[0] + "parts: []\n", encoding="utf-8")
    problem = project.only_problem()
    assert problem.place == f"{name}, line {project.line_with(name, 'parts: []')}, parts"
    assert (problem.found, problem.remedy) == ("a list with nothing in it", "list at least one")


def test_parts_that_are_called_something_else_are_looked_for_under_that_name(project):
    name = "data/raw/plans/outcome-bees/plan.yml"
    project.edit(name, "parts_are: bee", "parts_are: area")
    missing, unread = project.problems()
    assert missing.place == "data/raw/plans/outcome-bees/area-happy.yml, file"
    assert missing.found == "it does not exist"
    assert (unread.place, unread.found) == (f"{BEE}, file", "nothing reads it")


def test_parts_that_are_none_of_the_three_are_refused(project):
    name = "data/raw/plans/outcome-bees/plan.yml"
    project.edit(name, "parts_are: bee", "parts_are: wing")
    line = project.line_with(name, "parts_are: wing")
    problem = project.only_problem()
    assert problem.place == f"{name}, line {line}, parts_are"
    assert problem.remedy == "write 'ambition', 'bee' or 'area'"


def test_a_plan_that_does_not_say_what_its_parts_are(project):
    name = "data/raw/plans/outcome-bees/plan.yml"
    project.edit(name, "parts_are: bee\n", "")
    problem = project.only_problem()
    assert problem.place.startswith(name)
    assert (problem.found, problem.remedy) == ("no 'parts_are'", "add 'parts_are'")


def test_broken_yaml_is_placed_by_line_and_column(project):
    project.edit(MEASURES, "unit: rate_per_10000", "unit: rate: per 10,000")
    problem = project.only_problem()
    line = project.line_with(MEASURES, "unit: rate: per")
    assert problem.place.startswith(f"{MEASURES}, line {line}, column ")
    assert problem.found == "mapping values are not allowed in this context"
    assert "quotes" in problem.remedy


def test_the_same_entry_twice_in_one_mapping(project):
    project.edit(MEASURES, "  decimals: 1\n", "  decimals: 1\n  decimals: 2\n")
    problem = project.only_problem()
    assert problem.place.startswith(f"{MEASURES}, line ")
    assert 'duplicate key "decimals"' in problem.found


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("as_at: 2024-07-31", "as_at: 2024-02-30", "'2024-02-30' cannot be read: day"),
        ("as_at: 2024-07-31", "? [a, list]\n    : 2024-07-31", "a list or a mapping where"),
        ("as_at: 2024-07-31", "{a: mapping}: 2024-07-31", "a list or a mapping where"),
    ],
    ids=["a date that does not exist", "a list as a name", "a mapping as a name"],
)
def test_what_python_cannot_make_of_yaml_is_placed_by_line_and_column(project, old, new, found):
    name = "data/raw/quarters.yml"
    text = "default: 2025-26 Q1\nquarters:\n  - quarter: 2023-24 Q4\n    as_at: 2024-07-31\n"
    (project.root / name).write_text(text, encoding="utf-8")
    project.edit(name, old, new)
    problem = project.only_problem()
    assert problem.place.startswith(f"{name}, line 4, column ")
    assert problem.found.startswith(found)


def test_a_file_that_is_not_utf_8(project):
    path = project.root / AMBITION_1
    path.write_bytes(path.read_bytes().replace(b"one knows", b"one caf\xe9s"))
    problem = project.only_problem()
    assert problem.place.startswith(AMBITION_1)
    assert "UTF-8" in problem.found


@pytest.mark.parametrize(
    "name",
    [
        "data/raw/quarters.yml",
        "data/raw/areas.yml",
        "data/raw/outcome-bees.yml",
        "data/raw/sources/hive-report-2022-23/source.yml",
        "data/raw/sources/hive-report-2022-23/executive-summary.yml",
        PLAN,
        AMBITION_1,
        CONTENT,
        BEE,
        AREA_1,
    ],
)
@pytest.mark.parametrize("contents", ["", "# nothing but a comment\n", "- a list\n", "words\n"])
def test_a_file_that_is_empty_or_no_mapping_is_a_problem_of_that_file(project, name, contents):
    (project.root / name).write_text(contents, encoding="utf-8")
    assert name in {problem.place.split(",")[0] for problem in project.problems()}


def test_a_measures_file_that_is_no_list(project):
    (project.root / MEASURES).write_text("id: children-in-county\n", encoding="utf-8")
    problem = project.only_problem()
    assert (problem.place, problem.found) == (f"{MEASURES}, file", "it is not a list")


def test_a_part_of_the_plan_that_is_only_a_title(project):
    project.edit(
        PLAN,
        """  - id: "2"
    title: To learn, and to be heard
    short_title: Learning
    page: ambition-2
""",
        "  - To learn and to be heard\n",
    )
    assert project.problems()[0].place.startswith(f"{PLAN}, line ")


# ------------------------------------------------------------------------- entries and values


def test_a_polarity_that_is_missing_is_named_with_its_indicator_and_measure(project):
    project.edit(AMBITION_1, "        polarity: higher\n", "")
    problem = project.only_problem()
    line = project.line_with(AMBITION_1, '- reference: "1"')
    assert problem.place == (
        f"{AMBITION_1}, line {line}, indicators '1', measures 'children-in-county', polarity"
    )
    assert problem.found == "no 'polarity'"
    assert problem.remedy == "add 'polarity': higher, lower, neutral or representative"


def test_a_polarity_that_is_none_of_the_four(project):
    project.edit(AMBITION_1, "polarity: lower", "polarity: down")
    problem = project.only_problem()
    line = project.line_with(AMBITION_1, "polarity: down")
    assert problem.place.startswith(f"{AMBITION_1}, line {line}, indicators '2'")
    assert problem.found.startswith("'down'")
    assert problem.remedy == "write 'higher', 'lower', 'neutral' or 'representative'"


def test_an_entry_that_is_misspelt_gets_a_suggestion(project):
    project.edit(MEASURES, "  frequency: annual\n", "  freqency: annual\n")
    missing, unknown = project.problems()
    assert "entry 'children-in-county'" in missing.place
    assert missing.found == "no 'frequency'"
    line = project.line_with(MEASURES, "freqency")
    assert unknown.place == f"{MEASURES}, line {line}, entry 'children-in-county', freqency"
    assert unknown.found == "unknown entry 'freqency'"
    assert unknown.remedy == "did you mean 'frequency'?"


def test_an_entry_deep_in_an_ambition_that_is_misspelt(project):
    project.edit(AMBITION_1, "        note:", "        notes:")
    problem = project.only_problem()
    line = project.line_with(AMBITION_1, "notes:")
    assert problem.place == (
        f"{AMBITION_1}, line {line}, indicators '2', measures 'looked-after-rate', notes"
    )
    assert problem.found == "unknown entry 'notes'"


def test_a_measure_without_an_id_is_placed_by_its_number(project):
    project.edit(MEASURES, "- id: children-next-door\n  title", "- title")
    place = project.problems()[0].place
    line = project.line_with(MEASURES, "next door to Beeshire")
    assert place == f"{MEASURES}, line {line}, entry 2, id"


@pytest.mark.parametrize(
    ("written", "found", "remedy"),
    [
        (
            "Help settings: to give children",
            "'Help settings: to give children': an entry with a value of its own where text "
            "should be",
            "put quotation marks around it: a colon followed by a space makes a new entry",
        ),
        (
            "[Ask]",
            "'Ask': a list where text should be",
            "put quotation marks around it: square brackets, or '- ', make a list",
        ),
        (
            "true",
            "'true': a value that is no text where text should be",
            "put quotation marks around it",
        ),
        ("~", "nothing where text should be", "write the text, or remove the entry"),
    ],
    ids=["an unquoted colon", "a list", "a yes or no", "nothing"],
)
def test_what_is_no_text_is_never_turned_into_it_and_published(project, written, found, remedy):
    project.edit(AREA_1, "  - Ask the young bees.", f"  - {written}")
    problem = project.only_problem()
    assert problem.place.startswith(f"{AREA_1}, line {project.line_with(AREA_1, written)}, actions")
    assert (problem.found, problem.remedy) == (found, remedy)


def test_an_unquoted_colon_in_a_note_that_may_be_left_out(project):
    project.edit(AMBITION_1, "note: The report", "note:\n          The report: it")
    problem = project.only_problem()
    assert problem.place.endswith("measures 'looked-after-rate', note")
    assert problem.remedy.endswith("a colon followed by a space makes a new entry")


def test_a_day_and_a_year_without_quotation_marks_are_taken_as_written(project):
    project.edit(BEE, 'baseline: "2022"', "baseline: 2022")
    project.edit(AREA_1, "due_as_published: end of summer 23", "due_as_published: 2023-08-31")
    plans = read_definitions(project.root).plans
    assert plans["outcome-bees"].indicators[0].measures[0].baseline == "2022"
    milestone = plans["wing-improvement-plan"].part("1").milestones[2]
    assert milestone.due_as_published == "2023-08-31"


def test_text_where_a_list_or_entries_should_be(project):
    project.edit(CONTENT, "measures: [achievement-gap]", "measures: soon")
    project.edit(CONTENT, "{text: Every young bee has a home., place: Foreword}", "A home.")
    mission, measures = project.problems()
    assert mission.found == "'A home.': text where entries should be"
    assert mission.remedy.startswith("write each entry as 'name: value'")
    assert measures.found == "'soon': text where a list should be"
    assert measures.remedy == "start each on a line of its own with '- ', or write [one, another]"


def test_a_break_that_starts_in_no_known_period(project):
    project.edit(MEASURES, "- from: 2021/22", "- from: when it changed")
    problem = project.only_problem()
    assert problem.place.startswith(f"{MEASURES}, line ")
    assert "entry 'achievement-gap'" in problem.place
    assert "'when it changed' is not a period" in problem.found


def test_an_inferred_date_without_its_reason(project):
    name = "data/raw/sources/hive-report-2022-23/source.yml"
    project.edit(name, "precision_reason: The report has no date; it speaks", "section: It")
    # Taking out the reason leaves a second 'section', which is the first problem to be met.
    project.edit(name, "section: The table of indicators\n", "")
    problem = project.only_problem()
    assert problem.place.startswith(name)
    assert "needs a precision_reason" in problem.found


def test_a_measure_defined_twice_even_in_two_files(project):
    text = (project.root / MEASURES).read_text(encoding="utf-8")
    second = text.split("\n\n")[1]
    (project.root / "data/raw/measures/more.yml").write_text(second, encoding="utf-8")
    problem = project.only_problem()
    assert problem.place == "data/raw/measures/more.yml, measure 'children-next-door'"
    assert problem.found == "defined twice"
    assert problem.remedy == "keep one of them"


# ------------------------------------------------------------------------- published arrows


def test_a_published_arrow_that_is_none(project):
    project.edit(DIRECTIONS, "4,↑,", "4,up,")
    problem = project.only_problem()
    assert problem.place == f"{DIRECTIONS}, row 5, column direction"
    assert "'up'" in problem.found
    assert problem.remedy == "known: ↑, ↓, ⇄, ↔, N/A"


def test_two_published_arrows_for_one_reference(project):
    project.edit(DIRECTIONS, "4,↑,", "2,↑,")
    problem = project.only_problem()
    assert problem.place == f"{DIRECTIONS}, row 5, column reference"
    assert problem.found == "'2' again"


# ---------------------------------------------------- milestones, statements and parts of plans


def test_a_milestone_without_its_targets_is_named_with_its_file_and_number(project):
    targets = """    targets:
      - {value: "12", unit: places, working: 3 hives of 4 places each}
"""
    project.edit(AREA_1, targets, "")
    problem = project.only_problem()
    line = project.line_with(AREA_1, "- number: 2")
    assert problem.place == f"{AREA_1}, line {line}, milestones '2'"
    assert problem.found.endswith("a milestone of kind places_or_things needs its targets")


def test_a_milestone_of_a_kind_there_is_not(project):
    project.edit(AREA_1, "kind: in_place", "kind: in_its_place")
    problem = project.only_problem()
    line = project.line_with(AREA_1, "kind: in_its_place")
    assert problem.place == f"{AREA_1}, line {line}, milestones '3', kind"
    assert problem.remedy.startswith("write 'number_by_date', 'places_or_things', 'in_place', ")


def test_a_note_that_shows_what_no_note_can_show(project):
    project.edit(AREA_1, "shows: progress", "shows: achieved")
    problem = project.only_problem()
    line = project.line_with(AREA_1, "shows: achieved")
    assert problem.place.startswith(f"{AREA_1}, line {line}, milestones '5', notes '1'")
    assert problem.remedy == "write 'in_place', 'evidence' or 'progress'"


def test_an_arrow_that_a_bee_cannot_want(project):
    project.edit(BEE, "wanted: down", "wanted: lower")
    problem = project.only_problem()
    assert problem.place == (
        f"{BEE}, line {project.line_with(BEE, 'wanted: lower')}, indicators '2', wanted"
    )


def test_a_kind_of_period_that_no_figure_can_follow(project):
    project.edit(BEE, "follows: month", "follows: week")
    problem = project.only_problem()
    line = project.line_with(BEE, "follows: week")
    assert problem.place == (
        f"{BEE}, line {line}, indicators '1', measures 'plans-in-time', follows"
    )


@pytest.mark.parametrize(
    ("old", "new", "place", "found"),
    [
        ("text: Bees learn", "txt: Bees learn", "commitments '1', text", "no 'text'"),
        ("place: Foreword", "where: Foreword", "mission, place", "no 'place'"),
        ("ambition: 2", "ambition: two", "commitments '1', ambition", "'two': "),
        ("measures: [achievement-gap]", "measures: soon", "commitments '1', measures", "'soon': "),
        ("priorities:", "prioritys:", "prioritys", "unknown entry 'prioritys'"),
        ("place: Foreword}", 'place: ""}', "mission, place", "String should have at least 1"),
    ],
)
def test_a_mistake_in_what_a_plan_says_is_named_by_file_line_and_entry(
    project, old, new, place, found
):
    line = project.line_with(CONTENT, old)
    project.edit(CONTENT, old, new)
    problem = project.problems()[0]
    assert problem.place == f"{CONTENT}, line {line}, {place}"
    assert found in problem.found


def test_a_content_file_with_broken_yaml(project):
    project.edit(CONTENT, "commitments:", "commitments: [")
    assert project.only_problem().place.startswith(f"{CONTENT}, line ")


def test_a_misspelt_kind_of_statement_gets_a_suggestion(project):
    project.edit(CONTENT, "priorities:", "prioritys:")
    assert project.only_problem().remedy == "did you mean 'priorities'?"


# -------------------------------------------------------- what documents say of the documents


def test_a_claim_is_read_with_its_place_and_its_own_words(project):
    claims = read_definitions(project.root).claims["wing-update-2025-01"]
    assert claims[1].model_dump() == {
        "subject": "wing plan: last year",
        "value": "2025",
        "place": "title",
        "as_published": "the plan, which ends in 2025",
    }


@pytest.mark.parametrize(
    ("old", "new", "row", "column"),
    [
        ("number of outcome bees,2", ",2", 2, "subject"),
        ("number of outcome bees,2", "number of outcome bees,", 2, "value"),
        ("2025,title", "2025, ", 3, "place"),
        ('"the plan, which ends in 2025"', "", 3, "as_published"),
    ],
)
def test_a_claim_with_an_empty_cell(project, old, new, row, column):
    project.edit(CLAIMS, old, new)
    problem = project.only_problem()
    assert problem.place == f"{CLAIMS}, row {row}, column {column}"
    assert problem.found == "it is empty"


def test_claims_under_a_wrong_header(project):
    project.edit(CLAIMS, "subject,value", "subjct,value")
    missing, unknown = project.problems()
    assert (missing.place, missing.found) == (f"{CLAIMS}, row 1", "no column subject")
    assert unknown.place == f"{CLAIMS}, row 1, column subjct"
    assert unknown.remedy == "did you mean 'subject'?"


def test_claims_with_an_unquoted_comma(project):
    project.edit(CLAIMS, '"the plan, which ends in 2025"', "the plan, which ends in 2025")
    problem = project.only_problem()
    assert problem.place == f"{CLAIMS}, row 3"
    assert problem.found == "5 cells where the header has 4"


def test_a_claim_that_stands_twice(project):
    with (project.root / CLAIMS).open("a", encoding="utf-8") as file:
        file.write("number of outcome bees,2,last page,both outcome bees\n")
    problem = project.only_problem()
    assert problem.place == f"{CLAIMS}, row 4"
    assert problem.found == "a claim that stands twice"


@pytest.mark.parametrize(
    ("name", "contents", "found"),
    [
        ("directions.csv", "reference,direction,place\n1,↓,table\n", "published arrows"),
        ("executive-summary.yml", "good: []\nto_improve: []\n", "an executive summary"),
    ],
)
def test_arrows_and_a_summary_without_a_citation(project, name, contents, found):
    folder = project.root / "data/raw/sources/long-lost-page"
    folder.mkdir()
    (folder / name).write_text(contents, encoding="utf-8")
    problem = project.only_problem()
    assert problem.place == "data/raw/sources/long-lost-page, folder"
    assert problem.found == f"{found} without a source.yml"


def test_claims_without_a_citation(project):
    folder = "data/raw/sources/long-lost-page"
    (project.root / folder).mkdir()
    (project.root / folder / "claims.csv").write_text(
        "subject,value,place,as_published\nnumber of outcome bees,7,title,seven\n", "utf-8"
    )
    assert project.only_problem().place.startswith(folder)


# ------------------------------------------------------------------------------ all at once


def test_mistakes_in_several_files_are_all_reported_at_once(project):
    project.edit(MEASURES, "unit: number", "unit: bees")
    project.edit(MEASURES, "unit: rate_per_10000", "unit: honey")
    project.edit(AMBITION_1, "polarity: lower", "polarity: down")
    project.edit(AMBITION_2, "    why: Trained staff help better.\n", "")
    project.edit(DIRECTIONS, "4,↑,", "4,up,")
    (project.root / "data/raw/outcome-bees.yml").unlink()
    places = [problem.place.split(",")[0] for problem in project.problems()]
    assert sorted(places) == sorted(
        [MEASURES, MEASURES, AMBITION_1, AMBITION_2, DIRECTIONS, "data/raw/outcome-bees.yml"]
    )


def test_the_message_counts_the_problems_and_says_where_what_and_what_to_do(project):
    project.edit(AMBITION_1, "[safe, happy]", "[saef, hapy]")
    with pytest.raises(DefinitionError) as raised:
        read_definitions(project.root)
    assert str(raised.value) == (
        "2 definition problems found\n"
        f"{AMBITION_1}, indicator 2\n"
        "    found: unknown outcome bee 'saef'\n"
        "    to do: did you mean 'safe'?\n"
        f"{AMBITION_1}, indicator 2\n"
        "    found: unknown outcome bee 'hapy'\n"
        "    to do: did you mean 'happy'?"
    )


# ------------------------------------------------------------------- ids, folders and quarters


def test_a_source_with_the_id_of_another_would_hide_it(project):
    name = "data/raw/sources/statistics-2024-06-20/source.yml"
    project.edit(name, "id: statistics-2024-06-20", "id: statistics-2025-06-19")
    problem = project.only_problem()
    assert problem.place == "data/raw/sources/statistics-2024-06-20, id"
    assert problem.remedy == "write the folder's name, 'statistics-2024-06-20'"


def test_figures_without_a_citation(project):
    (project.root / "data/raw/sources/statistics-2024-06-20/source.yml").unlink()
    problem = project.only_problem()
    assert problem.found == "figures without a source.yml"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("quarter: 2023-24 Q4", "quarter: 2025-26 Q1", "once each"),
        ("as_at: 2024-07-31", "as_at: 2026-07-31", "rising as_at dates"),
        ("quarter: 2023-24 Q4", "quarter: ../../elsewhere", "pattern"),
    ],
)
def test_quarters_that_would_overwrite_one_another_or_stand_out_of_order(project, old, new, found):
    project.edit("data/raw/quarters.yml", old, new)
    assert found in project.only_problem().found


def test_a_missing_polarity_does_not_hide_an_unknown_bee_in_another_file(project):
    text = (project.root / AMBITION_2).read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.strip().startswith("polarity:"))
    project.edit(AMBITION_2, line + "\n", "")
    project.edit(AMBITION_1, "outcome_bees: [safe, happy]", "outcome_bees: [safe, hapy]")
    found = {problem.found for problem in project.problems()}
    assert {"no 'polarity'", "unknown outcome bee 'hapy'"} <= found
