"""Words that mean the same: read from one file, whose mistakes are told with their place."""

import json

import pytest

from helpers.definition_files import read_definitions
from helpers.same_words import (
    SameWords,
    same_words_json,
    same_words_problems,
    spelt,
    write_same_words,
)

HIVE = "- term: hive\n  also:\n    - bees’ home\n"


@pytest.fixture
def spoilt(project):
    """Write the file into the small project, and return what is found of it."""
    path = project.root / "data" / "raw" / "same-words.yml"

    def write(text):
        path.write_text(text, encoding="utf-8")
        return project

    return write


def test_a_project_need_not_have_the_file(project):
    assert read_definitions(project.root).same_words == ()


def test_a_term_and_its_other_names_are_read_in_their_order(spoilt):
    text = HIVE + "- term: KS2\n  also: [key stage 2, 2]\n"
    hive, stage = read_definitions(spoilt(text).root).same_words
    assert hive.names == ("hive", "bees’ home")
    # A number in YAML is a word here.
    assert stage.names == ("KS2", "key stage 2", "2")


@pytest.mark.parametrize(
    ("text", "place", "found", "remedy"),
    [
        ("- term: hive\n", "line 1, entry 1", "no 'also'", "add 'also'"),
        ("- term: hive\n  also: []\n", "line 2, entry 1, also", "nothing in it", "at least one"),
        ("- term: hive\n  also: home\n", "line 2, entry 1, also", "a list", "with '- '"),
        (HIVE + "- also: [x]\n", "line 4, entry 2", "no 'term'", "add 'term'"),
        (HIVE + "  alsso: [x]\n", "line 4, entry 1, alsso", "unknown entry", "'also'"),
        ("- term: hive\n  also:\n    - ' - '\n", "line 3", "no letter or number", "correct it"),
        ("term: hive\n", "file", "it is not a list", "start every entry with '- '"),
        (HIVE + "- term: hive\n  also: [x]\n", "entry 'hive'", "'hive' again", "one place"),
        (
            HIVE + "- term: x\n  also: [Bees home]\n",
            "entry 'x'",
            "stands under 'hive'",
            "one place",
        ),
    ],
)
def test_a_mistake_is_told_with_its_file_its_place_and_what_to_do(
    spoilt, text, place, found, remedy
):
    problem = spoilt(text).only_problem()
    assert problem.place.startswith("data/raw/same-words.yml, ")
    assert place in problem.place
    assert found in problem.found
    assert remedy in problem.remedy


def test_a_mistake_in_it_and_one_in_a_plan_are_told_together(spoilt):
    project = spoilt(HIVE + HIVE)
    plan = "data/raw/plans/hive-plan-2022-27/ambition-1.yml"
    project.edit(plan, "measure: looked-after-rate", "measure: nobody-knows")
    files = {problem.place.split(",")[0] for problem in project.problems()}
    assert {plan, "data/raw/same-words.yml"} <= files


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("EHC plan", "ehc PLAN"),
        ("looked-after children", "looked after children"),
        ("education, health and care plan", "education health and care plan"),
        ("children’s home", "children's home"),
    ],
)
def test_capitals_hyphens_commas_and_apostrophes_make_no_other_word(one, other):
    assert spelt(one) == spelt(other)
    groups = [SameWords(term=one, also=["x"]), SameWords(term="y", also=[other])]
    (problem,) = same_words_problems(groups)
    assert other in problem.found and one in problem.found


def test_words_in_another_order_or_number_are_other_words():
    assert len({spelt(t) for t in ("children looked after", "looked-after children", "SEN")}) == 3


def test_a_name_given_twice_in_one_entry_is_told_once():
    (problem,) = same_words_problems([SameWords(term="hive", also=["home", "Home"])])
    assert "'Home' again: it stands under 'hive'" in problem.found


def test_the_scripts_get_lists_of_names(tmp_path):
    groups = [SameWords(term="hive", also=["bees’ “home”"]), SameWords(term="A", also=["B", "C"])]
    assert json.loads(same_words_json(groups)) == [["hive", "bees’ “home”"], ["A", "B", "C"]]
    assert same_words_json([]) == "[]"
    write_same_words(groups, tmp_path / "words.json")
    assert json.loads((tmp_path / "words.json").read_text("utf-8"))[1] == ["A", "B", "C"]


def test_a_run_puts_them_where_the_search_asks_for_them_and_again_when_they_alone_change(
    spoilt, waggle
):
    made = spoilt(HIVE).root / "reports" / "data" / "same-words.json"
    assert waggle("run", "--until", "notebooks").code == 0
    assert json.loads(made.read_text("utf-8")) == [["hive", "bees’ home"]]
    spoilt(HIVE.replace("home", "house"))
    assert waggle("run", "--until", "notebooks").code == 0
    assert json.loads(made.read_text("utf-8")) == [["hive", "bees’ house"]]


# --------------------------------------------------------------------------------- the real file


def test_what_people_call_a_plan_or_children_in_care_is_known(real_definitions):
    groups = {group.term: {spelt(n) for n in group.names} for group in real_definitions.same_words}
    assert {"ehcp", "ehc plan", "education health and care plan"} <= groups["EHC plan"]
    assert {"lac", "cla", "children in care"} <= groups["children looked after"]


@pytest.mark.parametrize(
    ("one", "other"), [("attendance", "absence"), ("exclusion", "suspension"), ("EET", "NEET")]
)
def test_what_is_only_near_does_not_mean_the_same(real_definitions, one, other):
    for group in real_definitions.same_words:
        assert not {spelt(one), spelt(other)} <= {spelt(name) for name in group.names}
