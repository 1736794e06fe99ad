"""Definition files: read whole, and every mistake named by its file, line, entry and remedy."""

from datetime import date
from decimal import Decimal

import pytest

from helpers.definition_files import read_definitions
from helpers.errors import DefinitionError

MEASURES = "data/raw/measures/all.yml"
PLAN = "data/raw/plans/hive-plan-2022-27/plan.yml"
AMBITION_1 = "data/raw/plans/hive-plan-2022-27/ambition-1.yml"
AMBITION_2 = "data/raw/plans/hive-plan-2022-27/ambition-2.yml"
DIRECTIONS = "data/raw/sources/hive-report-2022-23/directions.csv"


def edit(root, name, old, new):
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"the small project has no {old!r} in {name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def line_with(root, name, words):
    lines = (root / name).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if words in line)


def problems_in(root):
    with pytest.raises(DefinitionError) as raised:
        read_definitions(root)
    return raised.value.problems


def only_problem_in(root):
    problems = problems_in(root)
    assert len(problems) == 1, problems
    return problems[0]


# -------------------------------------------------------------------------------- all is well


def test_the_small_project_is_read_whole(small_project):
    definitions = read_definitions(small_project)
    assert definitions.root == small_project
    assert definitions.quarters.default == "2025-26 Q1"
    assert definitions.quarter("2023-24 Q4").as_at == date(2024, 7, 31)
    assert definitions.areas.names == ["Beeshire", "Meadowland"]
    assert definitions.reporting_area == "Beeshire"
    assert list(definitions.sources) == [
        "hive-report-2022-23",
        "statistics-2024-06-20",
        "statistics-2025-06-19",
    ]
    assert len(definitions.measures) == 7
    assert definitions.measures["looked-after-rate"].lait_code == "LAC"
    assert definitions.published_directions == {
        "hive-report-2022-23": {"1": "↓", "2": "⇄", "3": "N/A", "4": "↑", "5": "↓"}
    }
    summary = definitions.executive_summaries["hive-report-2022-23"]
    assert [item.references for item in summary.good] == [["4"]]


def test_a_plan_gathers_its_ambitions_from_their_files(small_project):
    plan = read_definitions(small_project).plans["hive-plan-2022-27"]
    assert plan.margin == Decimal("0.05")
    assert [ambition.short_title for ambition in plan.ambitions] == ["Close to home", "Learning"]
    assert [indicator.number for indicator in plan.indicators] == [1, 2, 3, 4, 5]
    first = plan.indicators[0]
    assert first.measures[0].reference == "1"
    assert first.further[0].measure == "children-next-door"
    assert first.commentary.reasons == ["Two homes closed & one moved."]
    assert plan.indicators[2].measures[0].targets[0].value == Decimal(30)


def test_official_statistics_of_an_ambition_stand_beside_its_indicators(small_project):
    with (small_project / AMBITION_2).open("a", encoding="utf-8") as file:
        file.write(
            "\nofficial:\n"
            "  - {measure: care-leavers-busy, polarity: higher, polarity_basis: ours}\n"
        )
    plan = read_definitions(small_project).plans["hive-plan-2022-27"]
    assert [entry.measure for entry in plan.ambitions[1].official] == ["care-leavers-busy"]


# ---------------------------------------------------------------------------- files and YAML


def test_a_file_that_is_missing(small_project):
    (small_project / "data/raw/areas.yml").unlink()
    problem = only_problem_in(small_project)
    assert problem.place == "data/raw/areas.yml, file"
    assert problem.found == "it does not exist"
    assert "restore" in problem.remedy


def test_an_ambition_without_a_file(small_project):
    (small_project / AMBITION_2).unlink()
    assert only_problem_in(small_project).place == f"{AMBITION_2}, file"


def test_broken_yaml_is_placed_by_line_and_column(small_project):
    edit(small_project, MEASURES, "unit: rate_per_10000", "unit: rate: per 10,000")
    problem = only_problem_in(small_project)
    line = line_with(small_project, MEASURES, "unit: rate: per")
    assert problem.place.startswith(f"{MEASURES}, line {line}, column ")
    assert problem.found == "mapping values are not allowed here"
    assert "quotes" in problem.remedy


def test_the_same_entry_twice_in_one_mapping(small_project):
    edit(small_project, MEASURES, "  decimals: 1\n", "  decimals: 1\n  decimals: 2\n")
    problem = only_problem_in(small_project)
    assert problem.place.startswith(f"{MEASURES}, line ")
    assert 'duplicate key "decimals"' in problem.found


def test_a_file_that_is_not_utf_8(small_project):
    path = small_project / AMBITION_1
    path.write_bytes(path.read_bytes().replace(b"one knows", b"one caf\xe9s"))
    problem = only_problem_in(small_project)
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
    ],
)
@pytest.mark.parametrize("contents", ["", "# nothing but a comment\n", "- a list\n", "words\n"])
def test_a_file_that_is_empty_or_no_mapping_is_a_problem_of_that_file(
    small_project, name, contents
):
    (small_project / name).write_text(contents, encoding="utf-8")
    assert name in {problem.place.split(",")[0] for problem in problems_in(small_project)}


def test_a_measures_file_that_is_no_list(small_project):
    (small_project / MEASURES).write_text("id: children-in-county\n", encoding="utf-8")
    problem = only_problem_in(small_project)
    assert (problem.place, problem.found) == (f"{MEASURES}, file", "it is not a list")


def test_an_ambition_in_the_plan_that_is_only_a_title(small_project):
    edit(
        small_project,
        PLAN,
        "  - number: 2\n    title: To learn, and to be heard\n    short_title: Learning\n",
        "  - To learn and to be heard\n",
    )
    assert problems_in(small_project)[0].place.startswith(f"{PLAN}, line ")


# ------------------------------------------------------------------------- entries and values


def test_a_polarity_that_is_missing_is_named_with_its_indicator_and_measure(small_project):
    edit(small_project, AMBITION_1, "        polarity: higher\n", "")
    problem = only_problem_in(small_project)
    line = line_with(small_project, AMBITION_1, '- reference: "1"')
    assert problem.place == (
        f"{AMBITION_1}, line {line}, indicators '1', measures 'children-in-county', polarity"
    )
    assert problem.found == "no 'polarity'"
    assert problem.remedy == "add 'polarity': higher, lower, neutral or representative"


def test_a_polarity_that_is_none_of_the_four(small_project):
    edit(small_project, AMBITION_1, "polarity: lower", "polarity: down")
    problem = only_problem_in(small_project)
    line = line_with(small_project, AMBITION_1, "polarity: down")
    assert problem.place.startswith(f"{AMBITION_1}, line {line}, indicators '2'")
    assert problem.found.startswith("'down'")
    assert problem.remedy == "write 'higher', 'lower', 'neutral' or 'representative'"


def test_an_entry_that_is_misspelt_gets_a_suggestion(small_project):
    edit(small_project, MEASURES, "  frequency: annual\n", "  freqency: annual\n")
    missing, unknown = problems_in(small_project)
    assert "entry 'children-in-county'" in missing.place
    assert missing.found == "no 'frequency'"
    line = line_with(small_project, MEASURES, "freqency")
    assert unknown.place == f"{MEASURES}, line {line}, entry 'children-in-county', freqency"
    assert unknown.found == "unknown entry 'freqency'"
    assert unknown.remedy == "did you mean 'frequency'?"


def test_an_entry_deep_in_an_ambition_that_is_misspelt(small_project):
    edit(small_project, AMBITION_1, "        note:", "        notes:")
    problem = only_problem_in(small_project)
    line = line_with(small_project, AMBITION_1, "notes:")
    assert problem.place == (
        f"{AMBITION_1}, line {line}, indicators '2', measures 'looked-after-rate', notes"
    )
    assert problem.found == "unknown entry 'notes'"


def test_a_measure_without_an_id_is_placed_by_its_number(small_project):
    edit(small_project, MEASURES, "- id: children-next-door\n  title", "- title")
    place = problems_in(small_project)[0].place
    line = line_with(small_project, MEASURES, "next door to Beeshire")
    assert place == f"{MEASURES}, line {line}, entry 2, id"


def test_a_break_that_starts_in_no_known_period(small_project):
    edit(small_project, MEASURES, "- from: 2021/22", "- from: when it changed")
    problem = only_problem_in(small_project)
    assert problem.place.startswith(f"{MEASURES}, line ")
    assert "entry 'achievement-gap'" in problem.place
    assert "'when it changed' is not a period" in problem.found


def test_a_target_for_a_period_that_cannot_be_read(small_project):
    edit(small_project, AMBITION_2, "{period: 2022-23, value", "{period: next year, value")
    problem = only_problem_in(small_project)
    assert problem.place.startswith(AMBITION_2)
    assert "'next year' is not a period" in problem.found


def test_a_quartile_for_a_period_that_cannot_be_read(small_project):
    edit(small_project, AMBITION_1, "{period: 2023, quartile", "{period: soon, quartile")
    problem = only_problem_in(small_project)
    assert problem.place.startswith(AMBITION_1)
    assert "'soon' is not a period" in problem.found


def test_an_inferred_date_without_its_reason(small_project):
    name = "data/raw/sources/hive-report-2022-23/source.yml"
    edit(small_project, name, "precision_reason: The report has no date; it speaks", "section: It")
    # Taking out the reason leaves a second 'section', which is the first problem to be met.
    edit(small_project, name, "section: The table of indicators\n", "")
    problem = only_problem_in(small_project)
    assert problem.place.startswith(name)
    assert "needs a precision_reason" in problem.found


# --------------------------------------------------------------------- names nothing defines


def test_an_unknown_outcome_bee_gets_a_suggestion(small_project):
    edit(small_project, AMBITION_1, "outcome_bees: [safe, happy]", "outcome_bees: [safe, hapy]")
    problem = only_problem_in(small_project)
    assert problem.place == f"{AMBITION_1}, indicator 2"
    assert problem.found == "unknown outcome bee 'hapy'"
    assert problem.remedy == "did you mean 'happy'?"


def test_an_unknown_name_that_resembles_none_gets_the_list(small_project):
    edit(small_project, AMBITION_1, "[warm-hives]", "[zzz]")
    problem = only_problem_in(small_project)
    assert problem.found == "unknown corporate priority 'zzz'"
    assert problem.remedy == "known: warm-hives"


@pytest.mark.parametrize(
    ("name", "old", "new", "place"),
    [
        (AMBITION_1, "measure: looked-after-rate", "measure: looked-after-rat", "indicator 2"),
        (AMBITION_1, "measure: children-next-door", "measure: children-next-dor", "indicator 1"),
        (AMBITION_1, "measure: care-leavers-busy", "measure: care-leavers-bussy", "indicator 2"),
        (PLAN, "source: hive-report-2022-23", "source: hive-report-2022", "source"),
        ("data/raw/areas.yml", "reporting_area: Beeshire", "reporting_area: Beshire", "reporting"),
    ],
)
def test_an_unknown_measure_source_or_area_gets_a_suggestion(small_project, name, old, new, place):
    edit(small_project, name, old, new)
    problem = only_problem_in(small_project)
    assert problem.place.startswith(f"{name}, {place}")
    assert new.split(": ")[1] in problem.found
    assert problem.remedy == f"did you mean '{old.split(': ')[1]}'?"


@pytest.mark.parametrize("entry", ["sum_of", "no_more_than"])
def test_a_measure_that_is_checked_against_one_nobody_defined(small_project, entry):
    edit(small_project, MEASURES, "  lait_code: BUSY\n", f"  lait_code: BUSY\n  {entry}: bees\n")
    problem = only_problem_in(small_project)
    assert problem.place == "data/raw/measures, measure 'care-leavers-busy'"
    assert problem.found == "unknown measure 'bees'"


def test_an_executive_summary_that_speaks_of_a_reference_no_plan_has(small_project):
    name = "data/raw/sources/hive-report-2022-23/executive-summary.yml"
    edit(small_project, name, 'references: ["4"]', 'references: ["44"]')
    problem = only_problem_in(small_project)
    assert problem.place.startswith(name)
    assert "'44'" in problem.found


def test_a_published_arrow_for_a_reference_no_plan_has(small_project):
    edit(small_project, DIRECTIONS, "4,↑,", "44,↑,")
    problem = only_problem_in(small_project)
    assert problem.place.startswith(DIRECTIONS)
    assert "'44'" in problem.found


def test_two_measures_with_the_code_of_one_official_series(small_project):
    edit(small_project, MEASURES, "lait_code: BUSY", "lait_code: LAC")
    problem = only_problem_in(small_project)
    assert problem.place == "data/raw/measures, measure 'care-leavers-busy'"
    assert problem.found == "lait_code 'LAC' also stands in measure 'looked-after-rate'"


def test_a_measure_defined_twice_even_in_two_files(small_project):
    text = (small_project / MEASURES).read_text(encoding="utf-8")
    second = text.split("\n\n")[1]
    (small_project / "data/raw/measures/more.yml").write_text(second, encoding="utf-8")
    problem = only_problem_in(small_project)
    assert problem.place == "data/raw/measures/more.yml, measure 'children-next-door'"
    assert problem.found == "defined twice"
    assert problem.remedy == "keep one of them"


def test_a_reference_used_twice_names_both_places(small_project):
    edit(small_project, AMBITION_2, 'reference: "4"', 'reference: "1"')
    problem = only_problem_in(small_project)
    assert problem.place == f"{AMBITION_2}, indicator 4"
    assert problem.found == f"reference '1' also stands in {AMBITION_1}, indicator 1"


# ------------------------------------------------------------------------- published arrows


def test_a_published_arrow_that_is_none(small_project):
    edit(small_project, DIRECTIONS, "4,↑,", "4,up,")
    problem = only_problem_in(small_project)
    assert problem.place == f"{DIRECTIONS}, row 5, column direction"
    assert "'up'" in problem.found
    assert problem.remedy == "known: ↑, ↓, ⇄, ↔, N/A"


def test_two_published_arrows_for_one_reference(small_project):
    edit(small_project, DIRECTIONS, "4,↑,", "2,↑,")
    problem = only_problem_in(small_project)
    assert problem.place == f"{DIRECTIONS}, row 5, column reference"
    assert problem.found == "'2' again"


# ------------------------------------------------------------------------------ all at once


def test_mistakes_in_several_files_are_all_reported_at_once(small_project):
    edit(small_project, MEASURES, "unit: number", "unit: bees")
    edit(small_project, MEASURES, "unit: rate_per_10000", "unit: honey")
    edit(small_project, AMBITION_1, "polarity: lower", "polarity: down")
    edit(small_project, AMBITION_2, "    why: Trained staff help better.\n", "")
    edit(small_project, DIRECTIONS, "4,↑,", "4,up,")
    (small_project / "data/raw/outcome-bees.yml").unlink()
    places = [problem.place.split(",")[0] for problem in problems_in(small_project)]
    assert sorted(places) == sorted(
        [MEASURES, MEASURES, AMBITION_1, AMBITION_2, DIRECTIONS, "data/raw/outcome-bees.yml"]
    )


def test_unknown_names_in_several_files_are_all_reported_at_once(small_project):
    edit(small_project, AMBITION_1, "[safe, happy]", "[saef, hapy]")
    edit(small_project, AMBITION_2, "measure: staff-trained", "measure: staff-traind")
    assert [problem.found for problem in problems_in(small_project)] == [
        "unknown outcome bee 'saef'",
        "unknown outcome bee 'hapy'",
        "unknown measure 'staff-traind'",
    ]


def test_the_message_counts_the_problems_and_says_where_what_and_what_to_do(small_project):
    edit(small_project, AMBITION_1, "[safe, happy]", "[saef, hapy]")
    with pytest.raises(DefinitionError) as raised:
        read_definitions(small_project)
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


def test_a_source_with_the_id_of_another_would_hide_it(small_project):
    name = "data/raw/sources/statistics-2024-06-20/source.yml"
    edit(small_project, name, "id: statistics-2024-06-20", "id: statistics-2025-06-19")
    problem = only_problem_in(small_project)
    assert problem.place == "data/raw/sources/statistics-2024-06-20, id"
    assert problem.remedy == "write the folder's name, 'statistics-2024-06-20'"


def test_figures_without_a_citation(small_project):
    (small_project / "data/raw/sources/statistics-2024-06-20/source.yml").unlink()
    problem = only_problem_in(small_project)
    assert problem.found == "figures without a source.yml"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("quarter: 2023-24 Q4", "quarter: 2025-26 Q1", "once each"),
        ("as_at: 2024-07-31", "as_at: 2026-07-31", "rising as_at dates"),
        ("quarter: 2023-24 Q4", "quarter: ../../elsewhere", "pattern"),
    ],
)
def test_quarters_that_would_overwrite_one_another_or_stand_out_of_order(
    small_project, old, new, found
):
    edit(small_project, "data/raw/quarters.yml", old, new)
    assert found in only_problem_in(small_project).found


def test_a_missing_polarity_does_not_hide_an_unknown_bee_in_another_file(small_project):
    text = (small_project / AMBITION_2).read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.strip().startswith("polarity:"))
    edit(small_project, AMBITION_2, line + "\n", "")
    edit(small_project, AMBITION_1, "outcome_bees: [safe, happy]", "outcome_bees: [safe, hapy]")
    found = {problem.found for problem in problems_in(small_project)}
    assert {"no 'polarity'", "unknown outcome bee 'hapy'"} <= found
