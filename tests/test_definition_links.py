"""Names in the definitions: each must be the name of something, and stand once."""

import pytest

from helpers.definition_files import read_definitions

MEASURES = "data/raw/measures/all.yml"
PLAN = "data/raw/plans/hive-plan-2022-27/plan.yml"
AMBITION_1 = "data/raw/plans/hive-plan-2022-27/ambition-1.yml"
AMBITION_2 = "data/raw/plans/hive-plan-2022-27/ambition-2.yml"
DIRECTIONS = "data/raw/sources/hive-report-2022-23/directions.csv"
CONTENT = "data/raw/plans/hive-plan-2022-27/content.yml"
BEES = "data/raw/plans/outcome-bees/plan.yml"
BEE = "data/raw/plans/outcome-bees/bee-happy.yml"
AREA_1 = "data/raw/plans/wing-improvement-plan/area-1.yml"
AREAS = "data/raw/areas.yml"

LEARN = "statement 2 ('Bees learn near their hive.')"
"""How the commitment in the content file is named: the mission is the first statement."""


# --------------------------------------------------------------- plans of ambitions, and measures


def test_a_target_for_a_period_that_cannot_be_read(project):
    project.edit(AMBITION_2, "{period: 2022-23, value", "{period: next year, value")
    problem = project.only_problem()
    assert problem.place.startswith(AMBITION_2)
    assert "'next year' is not a period" in problem.found


def test_a_quartile_for_a_period_that_cannot_be_read(project):
    project.edit(AMBITION_1, "{period: 2023, quartile", "{period: soon, quartile")
    problem = project.only_problem()
    assert problem.place.startswith(AMBITION_1)
    assert "'soon' is not a period" in problem.found


def test_an_unknown_outcome_bee_gets_a_suggestion(project):
    project.edit(AMBITION_1, "outcome_bees: [safe, happy]", "outcome_bees: [safe, hapy]")
    problem = project.only_problem()
    assert problem.place == f"{AMBITION_1}, indicator 2"
    assert problem.found == "unknown outcome bee 'hapy'"
    assert problem.remedy == "did you mean 'happy'?"


def test_an_unknown_name_that_resembles_none_gets_the_list(project):
    project.edit(AMBITION_1, "[warm-hives]", "[zzz]")
    problem = project.only_problem()
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
def test_an_unknown_measure_source_or_area_gets_a_suggestion(project, name, old, new, place):
    project.edit(name, old, new)
    problem = project.only_problem()
    assert problem.place.startswith(f"{name}, {place}")
    assert new.split(": ")[1] in problem.found
    assert problem.remedy == f"did you mean '{old.split(': ')[1]}'?"


@pytest.mark.parametrize("entry", ["sum_of", "no_more_than"])
def test_a_measure_that_is_checked_against_one_nobody_defined(project, entry):
    project.edit(MEASURES, "  lait_code: BUSY\n", f"  lait_code: BUSY\n  {entry}: bees\n")
    problem = project.only_problem()
    assert problem.place == "data/raw/measures, measure 'care-leavers-busy'"
    assert problem.found == "unknown measure 'bees'"


def test_an_executive_summary_that_speaks_of_a_reference_no_plan_has(project):
    name = "data/raw/sources/hive-report-2022-23/executive-summary.yml"
    project.edit(name, 'references: ["4"]', 'references: ["44"]')
    problem = project.only_problem()
    assert problem.place.startswith(name)
    assert "'44'" in problem.found


def test_a_published_arrow_for_a_reference_no_plan_has(project):
    project.edit(DIRECTIONS, "4,↑,", "44,↑,")
    problem = project.only_problem()
    assert problem.place.startswith(DIRECTIONS)
    assert "'44'" in problem.found


def test_two_measures_with_the_code_of_one_official_series(project):
    project.edit(MEASURES, "lait_code: BUSY", "lait_code: LAC")
    problem = project.only_problem()
    assert problem.place == "data/raw/measures, measure 'care-leavers-busy'"
    assert problem.found == "lait_code 'LAC' also stands in measure 'looked-after-rate'"


def test_a_reference_used_twice_names_both_places(project):
    project.edit(AMBITION_2, 'reference: "4"', 'reference: "1"')
    problem = project.only_problem()
    assert problem.place == f"{AMBITION_2}, indicator 4"
    assert problem.found == f"reference '1' also stands in {AMBITION_1}, indicator 1"


def test_unknown_names_in_several_files_are_all_reported_at_once(project):
    project.edit(AMBITION_1, "[safe, happy]", "[saef, hapy]")
    project.edit(AMBITION_2, "measure: staff-trained", "measure: staff-traind")
    assert [problem.found for problem in project.problems()] == [
        "unknown outcome bee 'saef'",
        "unknown outcome bee 'hapy'",
        "unknown measure 'staff-traind'",
    ]


# ---------------------------------------------------------------------- areas, and who is like whom


def write_areas(project, neighbours="", more=(), everything=False):
    """Give Beeshire neighbours, and list more authorities after it."""
    project.edit(
        AREAS,
        "areas:\n  - {name: Beeshire, kind: local_authority}\n",
        f"{'all_authorities: true' if everything else ''}\nareas:\n"
        f"  - {{name: Beeshire, kind: local_authority, neighbours: [{neighbours}]}}\n"
        + "".join(f"  - {{name: {name}, kind: local_authority}}\n" for name in more),
    )


def test_neighbours_are_local_authorities_that_are_listed(project):
    write_areas(project, "Waspshire, Antshire", ["Antshire", "Waspshire"], everything=True)
    areas = read_definitions(project.root).areas
    assert areas.area("Beeshire").neighbours == ["Waspshire", "Antshire"]
    assert areas.all_authorities


def test_an_unknown_neighbour_gets_a_suggestion(project):
    write_areas(project, "Antshire, Wasphire", ["Antshire", "Waspshire"])
    problem = project.only_problem()
    assert problem.place == f"{AREAS}, neighbours of 'Beeshire'"
    assert problem.found == "unknown local authority 'Wasphire'"
    assert problem.remedy == "did you mean 'Waspshire'?"


@pytest.mark.parametrize(
    ("neighbours", "found", "remedy"),
    [
        ("Antshire, Meadowland", "'Meadowland' is of kind national", "name local authorities only"),
        ("Antshire, Beeshire", "'Beeshire' itself", "name other authorities only"),
        ("Antshire, Antshire", "neighbour 'Antshire' stands twice", "keep one"),
    ],
)
def test_what_cannot_be_a_neighbour_is_named(project, neighbours, found, remedy):
    write_areas(project, neighbours, ["Antshire"])
    problem = project.only_problem()
    assert problem.place == f"{AREAS}, neighbours of 'Beeshire'"
    assert (problem.found, problem.remedy) == (found, remedy)


def test_an_area_that_is_listed_twice(project):
    write_areas(project, more=["Antshire", "Antshire"])
    problem = project.only_problem()
    assert (problem.place, problem.remedy) == (AREAS, "keep one")
    assert problem.found == "area 'Antshire' stands twice"


def test_all_authorities_are_more_than_one(project):
    write_areas(project, everything=True)
    problem = project.only_problem()
    assert problem.place == f"{AREAS}, all_authorities"
    assert problem.found == "it is true, with 1 of kind local_authority"
    assert problem.remedy == "list every local authority of the country, or leave it out"


def test_two_authorities_can_be_all_of_them(project):
    write_areas(project, more=["Antshire"], everything=True)
    assert read_definitions(project.root).areas.of_kind("local_authority") == [
        "Beeshire",
        "Antshire",
    ]


# ------------------------------------------------------------------ plans that serve another one


def test_a_plan_that_serves_a_plan_nobody_has(project):
    project.edit(BEES, "serves: hive-plan-2022-27", "serves: hive-plan-2022")
    problem = project.only_problem()
    assert problem.place == f"{BEES}, serves"
    assert problem.found == "unknown plan 'hive-plan-2022'"
    assert problem.remedy == "did you mean 'hive-plan-2022-27'?"


@pytest.mark.parametrize(
    ("name", "old", "new", "place"),
    [
        (AREA_1, "ambition: 2\nactions", "ambition: 3\nactions", ""),
        (AREA_1, "polarity_basis: ours}", "polarity_basis: ours, ambition: 3}", ", measure 'staff"),
        (AREA_1, "    ambition: 1\n    targets", "    ambition: 3\n    targets", ", milestone 1"),
        (AREA_1, "ambition: 1\n    measures", "ambition: 3\n    measures", ", delivered 1"),
        (AREA_1, "stated}", "stated, ambition: 3}", ", milestone 4"),
        (BEE, "    ambition: 2\n", "    ambition: 3\n", ", indicator 2"),
        (BEE, "long-waits, ", "long-waits, ambition: 3, ", ", indicator 2"),
        (CONTENT, "ambition: 2", "ambition: 3", f", {LEARN}"),
    ],
    ids=[
        "of a part",
        "of a figure of progress",
        "of a milestone",
        "of something delivered",
        "of a milestone's evidence",
        "of an indicator",
        "of an indicator's measure",
        "of a statement",
    ],
)
def test_an_ambition_that_the_served_plan_does_not_have(project, name, old, new, place):
    project.edit(name, old, new)
    problem = project.only_problem()
    assert problem.place.startswith(f"{name}{place}")
    assert problem.found == "unknown ambition of Hive plan '3'"
    assert problem.remedy == "known: 1, 2"


def test_a_plan_of_ambitions_serves_its_own(project):
    project.edit(AMBITION_1, "indicators:", "ambition: 2\nindicators:")
    part = read_definitions(project.root).plans["hive-plan-2022-27"].part("1")
    assert part.ambition == 2
    project.edit(AMBITION_1, "ambition: 2", "ambition: 7")
    assert project.only_problem().found == "unknown ambition of Hive plan '7'"


def test_a_reference_used_twice_in_a_plan_of_bees(project):
    project.edit(BEE, "reference: happy-3", "reference: happy-2")
    problem = project.only_problem()
    assert problem.place == f"{BEE}, indicator 3"
    assert problem.found == f"reference 'happy-2' also stands in {BEE}, indicator 2"


@pytest.mark.parametrize(
    ("serves", "found"),
    [
        ("wing-improvement-plan", "is the plan itself"),
        ("outcome-bees", "itself serves 'hive-plan-2022-27'"),
    ],
)
def test_a_plan_that_serves_itself_or_one_that_serves_another(project, serves, found):
    name = "data/raw/plans/wing-improvement-plan/plan.yml"
    project.edit(name, "serves: hive-plan-2022-27", f"serves: {serves}")
    # Its parts name ambitions, none of which can be right; that is not reported again.
    problem = project.only_problem()
    assert problem.place == f"{name}, serves"
    assert problem.found == f"'{serves}' {found}"
    assert problem.remedy == "name the plan whose ambitions the parts serve, or remove 'serves'"


def test_a_plan_that_serves_a_plan_without_ambitions(project):
    project.edit(BEES, "serves: hive-plan-2022-27\n", "")
    bee = project.root / BEE
    lines = bee.read_text(encoding="utf-8").splitlines(keepends=True)
    bee.write_text("".join(x for x in lines if "ambition" not in x), encoding="utf-8")
    name = "data/raw/plans/wing-improvement-plan/plan.yml"
    project.edit(name, "serves: hive-plan-2022-27", "serves: outcome-bees")
    problem = project.only_problem()
    assert problem.place == f"{name}, serves"
    assert problem.found == "'outcome-bees' has no ambitions to serve"


def test_an_indicators_measure_without_a_reference(project):
    project.edit(BEE, "{reference: happy-2, measure", "{measure")
    project.edit(BEE, "{reference: happy-3, measure", "{measure")
    # Two without one are not two with the same.
    assert [(problem.place, problem.found) for problem in project.problems()] == [
        (f"{BEE}, indicator 2", "measure 'long-waits' has no reference"),
        (f"{BEE}, indicator 3", "measure 'bees-that-sing' has no reference"),
    ]


# ------------------------------------------------------- a page of its own for every indicator


def test_measures_of_one_indicator_whose_references_have_nothing_in_common(project):
    project.edit(BEE, "reference: happy-1b", "reference: joy-1b")
    problem = project.only_problem()
    assert problem.place == f"{BEE}, indicator 1"
    assert problem.found == "its measures' references do not share a name: happy-1, joy-1"
    assert problem.remedy == "give them one reference, with a letter at the end for each measure"


def test_two_indicators_whose_pages_would_have_one_name(project):
    project.edit(BEE, "reference: happy-2", "reference: happy-1c")
    problem = project.only_problem()
    assert problem.place == f"{BEE}, indicator 2"
    assert problem.found == f"its page, 'happy-1', is that of {BEE}, indicator 1"


def test_a_reference_that_cannot_be_the_name_of_a_file(project):
    project.edit(BEE, "reference: happy-3", "reference: happy/3")
    problem = project.only_problem()
    assert problem.place == f"{BEE}, indicator 3"
    assert problem.found == "'happy/3' names its page, and cannot be the name of a file"


# ------------------------------------------------------ one place on the site for every measure

OURS = "polarity: higher, polarity_basis: ours"
SAY = "measure: children-have-their-say"
BUSY = "measure: care-leavers-busy"


@pytest.mark.parametrize(
    ("edits", "entry", "first", "anchor"),
    [
        pytest.param(
            [(AREA_1, "delivered:", f"official: [{{measure: staff-trained, {OURS}}}]\ndelivered:")],
            f"{AREA_1}, measure 'staff-trained'",
            f"{AREA_1}, measure 'staff-trained'",
            "improvement-area-1.html#measure-staff-trained",
            id="one measure as progress and as official",
        ),
        pytest.param(
            [(BEE, "    ambition: 2\n", f"    ambition: 2\n    official: [{{{SAY}, {OURS}}}]\n")],
            f"{BEE}, indicator 2, measure 'children-have-their-say'",
            f"{BEE}, indicator 1, measure 'children-have-their-say'",
            "bee-happy.html#measure-children-have-their-say",
            id="one measure beside two indicators",
        ),
        pytest.param(
            [
                (PLAN, "page: ambition-2", "page: ambition-1"),
                (AMBITION_2, "indicators:", f"official: [{{{BUSY}, {OURS}}}]\nindicators:"),
            ],
            f"{AMBITION_2}, measure 'care-leavers-busy'",
            f"{AMBITION_1}, indicator 2, measure 'care-leavers-busy'",
            "ambition-1.html#measure-care-leavers-busy",
            id="one measure in two parts of one page",
        ),
        pytest.param(
            [(AREA_1, "stated}", f"stated}}\n      - {{measure: staff-trained, {OURS}}}")],
            f"{AREA_1}, measure 'staff-trained'",
            f"{AREA_1}, measure 'long-waits'",
            "improvement-area-1.html#measure-1-4",
            id="two measures as evidence of one milestone, whose number they have",
        ),
        pytest.param(
            [(AMBITION_1, 'reference: "1"', "reference: care-leavers-busy")],
            f"{AMBITION_1}, indicator 2, measure 'care-leavers-busy'",
            f"{AMBITION_1}, indicator 1, measure 'children-in-county'",
            "ambition-1.html#measure-care-leavers-busy",
            id="a reference that is the id of another measure",
        ),
    ],
)
def test_two_entries_of_a_plan_that_share_a_place_on_a_page(project, edits, entry, first, anchor):
    for name, old, new in edits:
        project.edit(name, old, new)
    problem = project.only_problem()
    assert problem.place == entry
    assert problem.found == f"its place on the site, '{anchor}', is that of {first}"
    assert problem.remedy == "keep one of the two, or tell them apart by 'reference' or 'follows'"


def test_one_measure_for_two_kinds_of_period_has_two_places(project):
    entry = "{measure: staff-trained, follows: KIND, polarity: higher, polarity_basis: ours}"
    month, year = (entry.replace("KIND", kind) for kind in ("month", "financial_year"))
    project.edit(AREA_1, "delivered:", f"official: [{month}, {year}]\ndelivered:")
    plan = read_definitions(project.root).plans["wing-improvement-plan"]
    assert len(plan.part("1").official) == 2


def test_one_measure_in_two_parts_with_a_page_each_has_two_places(project):
    project.edit(AMBITION_2, "indicators:", f"official: [{{{BUSY}, {OURS}}}]\nindicators:")
    plan = read_definitions(project.root).plans["hive-plan-2022-27"]
    assert plan.part("2").official[0].measure == "care-leavers-busy"


# --------------------------------------------------------- what parts, milestones and texts name


@pytest.mark.parametrize(
    ("name", "old", "new", "place", "found"),
    [
        (AREA_1, "- {measure: staff-trained", "- {measure: staff", "measure 'staff'", "measure"),
        (AREA_1, "measure: plans-in-time", "measure: plans", "milestone 1", "measure"),
        (AREA_1, "measure: long-waits", "measure: waits", "milestone 4", "measure"),
        (AREA_1, "measures: [staff-trained]", "measures: [staff]", "delivered 1", "measure"),
        (AREA_1, "source: wing-update-2025-01", "source: wing-news", "milestone 3", "source"),
        (BEE, "measure: children-have-their-say", "measure: say", "indicator 1", "measure"),
        (
            BEE,
            "outcome_bees: [happy, safe]",
            "outcome_bees: [hungry]",
            "indicator 2",
            "outcome bee",
        ),
        (
            CONTENT,
            "achievement-gap",
            "gap",
            "statement 2 ('Bees learn near their hive.')",
            "measure",
        ),
    ],
)
def test_a_name_in_a_part_a_milestone_or_a_statement_that_nothing_defines(
    project, name, old, new, place, found
):
    project.edit(name, old, new)
    problem = project.only_problem()
    assert problem.place == f"{name}, {place}"
    unknown = new.split(": ")[-1].strip("[]")
    assert problem.found == f"unknown {found} '{unknown}'"


def test_a_measure_near_a_milestone_that_nothing_defines(project):
    project.edit(AREA_1, "{measure: staff-trained, why", "{measure: staff-traind, why")
    problem = project.only_problem()
    assert problem.place == f"{AREA_1}, milestone 2"
    assert problem.remedy == "did you mean 'staff-trained'?"


UNLISTED = """
- id: bees-counted
  title: Bees counted
  unit: number
  decimals: 0
  of: bees
  definition: All bees.
  year_type: calendar
  frequency: annual
"""


@pytest.mark.parametrize(
    ("name", "old", "new", "place"),
    [
        (AREA_1, "measures: [staff-trained]", "measures: [bees-counted]", "delivered 1"),
        (AREA_1, "{measure: staff-trained, why", "{measure: bees-counted, why", "milestone 2"),
        (CONTENT, "[achievement-gap]", "[achievement-gap, bees-counted]", LEARN),
    ],
)
def test_a_measure_that_is_known_but_that_no_plan_lists(project, name, old, new, place):
    with (project.root / MEASURES).open("a", encoding="utf-8") as file:
        file.write(UNLISTED)
    assert "bees-counted" in read_definitions(project.root).measures
    project.edit(name, old, new)
    problem = project.only_problem()
    assert problem.place == f"{name}, {place}"
    assert problem.found == "measure 'bees-counted', which no plan lists"
    assert problem.remedy.startswith("list it in the part")


def test_a_measure_that_is_only_a_milestones_evidence_is_listed(project):
    with (project.root / MEASURES).open("a", encoding="utf-8") as file:
        file.write(UNLISTED)
    project.edit(AREA_1, "{measure: long-waits, ", "{measure: bees-counted, ")
    project.edit(AREA_1, "measures: [staff-trained]", "measures: [bees-counted]")
    assert "wing-improvement-plan" in read_definitions(project.root).plans


def test_a_listed_measure_in_a_file_that_cannot_be_read_is_not_missed(project):
    # achievement-gap is listed in this file alone, and the content file speaks of it.
    project.edit(AMBITION_2, "    why: Trained staff help better.\n", "")
    assert project.only_problem().found == "no 'why'"


def test_every_figure_a_part_lists_is_checked(project):
    project.edit(
        AREA_1,
        "delivered:",
        "context:\n"
        "  - {measure: nowhere, polarity: higher, polarity_basis: ours}\n"
        "official:\n"
        "  - {measure: never, polarity: higher, polarity_basis: ours}\n"
        "delivered:",
    )
    assert [problem.found for problem in project.problems()] == [
        "unknown measure 'nowhere'",
        "unknown measure 'never'",
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "place", "found"),
    [
        (AREA_1, "due: 31 August 2023", "due: in summer", "milestone 3, due", "in summer"),
        (AREA_1, "due: 31 December 2024", "due: 2 weeks", "milestone 1, due", "2 weeks"),
        (AREA_1, "due: 31 August 2023", "due: 31 June 2023", "milestone 3, due", "31 June 2023"),
        (
            AREA_1,
            'baseline: "2022"',
            "baseline: the start",
            "milestone 1, measure 'plans-in-time'",
            "the start",
        ),
        (
            BEE,
            'baseline: "2022"',
            "baseline: the start",
            "indicator 1, measure 'plans-in-time'",
            "the start",
        ),
    ],
)
def test_a_due_date_or_a_baseline_that_cannot_be_read(project, name, old, new, place, found):
    project.edit(name, old, new)
    problem = project.only_problem()
    assert problem.place == f"{name}, {place}"
    assert f"'{found}'" in problem.found


def places_evidence(measure):
    entry = f"{{measure: {measure}, polarity: higher, polarity_basis: ours}}"
    return f"4 places each}}\n    evidence:\n      - {entry}\n"


@pytest.mark.parametrize(
    ("old", "new", "number", "found", "unit"),
    [
        pytest.param(
            "measure: plans-in-time",
            "measure: long-waits",
            1,
            "a target in percent, and evidence 'long-waits' in number",
            "percent",
            id="percent, by a number",
        ),
        pytest.param(
            "4 places each}\n",
            places_evidence("plans-in-time"),
            2,
            "a target in places, and evidence 'plans-in-time' in percent",
            "number",
            id="places, by a percentage",
        ),
    ],
)
def test_evidence_in_another_unit_than_the_target(project, old, new, number, found, unit):
    project.edit(AREA_1, old, new)
    problem = project.only_problem()
    assert (problem.place, problem.found) == (f"{AREA_1}, milestone {number}", found)
    assert problem.remedy.startswith(f"use a measure whose unit is {unit}, or ")


def test_places_by_a_measure_that_counts_are_no_problem(project):
    project.edit(AREA_1, "4 places each}\n", places_evidence("long-waits"))
    plan = read_definitions(project.root).plans["wing-improvement-plan"]
    assert plan.part("1").milestones[1].evidence[0].measure == "long-waits"


def test_more_than_one_measure_as_evidence_of_a_number(project):
    project.edit(
        AREA_1,
        "    evidence:\n      - measure: plans-in-time",
        "    evidence:\n      - {measure: plans-in-time, polarity: higher, polarity_basis: ours}\n"
        "      - measure: plans-in-time",
    )
    problem = project.only_problem()
    assert problem.place == f"{AREA_1}, milestone 1"
    assert problem.found == "2 measures as evidence of one number"


@pytest.mark.parametrize("due", ["31 August 2023", "August 2023"])
def test_a_milestone_is_due_on_a_day_or_in_a_month(project, due):
    project.edit(AREA_1, "due: 31 August 2023", f"due: {due}")
    plan = read_definitions(project.root).plans["wing-improvement-plan"]
    assert plan.part("1").milestones[2].due == due


def test_a_baseline_is_read_by_the_measures_own_year_type(project):
    # 2021/22 is a school year, and plans are counted by calendar year or by month.
    project.edit(BEE, 'baseline: "2022"', "baseline: 2021/22")
    problem = project.only_problem()
    assert problem.place == f"{BEE}, indicator 1, measure 'plans-in-time'"
    assert problem.remedy == "the year_type of measure 'plans-in-time' is calendar"
