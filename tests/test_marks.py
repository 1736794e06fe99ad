"""Marks: what a picture beside a name may hold, and how it stands in a page."""

import re

import pytest
from conftest import PROJECT

from helpers.marks import as_html, mark_file, mark_problem

HEX = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">{}</svg>\n'


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0h8" fill="currentColor"/>',
        '<g transform="rotate(9)"><circle cx="4" cy="4" r="2"/></g>',
        '\n  <rect x="1" y="1" width="2" height="2"/>\n',
    ],
)
def test_simple_shapes_are_a_mark(inside):
    assert mark_problem(HEX.format(inside)) == ""


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("<script>alert()</script>", "<script> in it"),
        ("<style>path{fill:red}</style>", "<style> in it"),
        ("<text>Bee</text>", "<text> in it"),
        ("<title>Bee</title>", "<title> in it"),
        ('<image href="x.png"/>', "<image> in it"),
        ('<path d="M0 0" id="a"/>', "the attribute id on <path>"),
        ('<path d="M0 0" style="fill:red"/>', "the attribute style on <path>"),
        ('<path d="M0 0" onclick="x()"/>', "the attribute onclick on <path>"),
        ("<g>words</g>", "words in <g>"),
        ("<path", "not an SVG picture"),
        ('<path d="' + "M0 0" * 1000 + '"/>', "more than 3,000"),
    ],
)
def test_what_could_reach_out_of_a_mark_is_refused(inside, found):
    assert found in mark_problem(HEX.format(inside))


@pytest.mark.parametrize(
    "svg",
    [
        HEX.replace(' viewBox="0 0 8 8"', "").format(""),
        "<html/>",
        '<?xml version="1.0"?>' + HEX.format(""),
    ],
)
def test_a_mark_starts_as_one(svg):
    assert mark_problem(svg)


def test_a_mark_has_no_size_of_its_own():
    sized = HEX.replace("viewBox", 'width="8" viewBox').format("")
    assert mark_problem(sized) == "a size of its own; the page sets it"


def test_in_a_page_it_is_hidden_from_those_who_hear_the_name_beside_it():
    shown = as_html(HEX.format('\n  <path d="M0 0"/>\n'))
    assert shown == (
        '<svg class="mark" aria-hidden="true" width="48" height="48" viewBox="0 0 8 8">'
        '<path d="M0 0"/></svg>'
    )


def test_each_of_the_seven_bees_has_a_mark_of_its_own(real_definitions):
    plan = real_definitions.plans["outcome-bees"]
    marks = [mark_file(PROJECT, plan, part).read_text(encoding="utf-8") for part in plan.parts]
    assert len(marks) == 7
    shapes = {tuple(re.findall(r' (?:d|points)="([^"]+)"', mark)) for mark in marks}
    assert len(shapes) == 7


PLAN = "data/raw/plans/outcome-bees/plan.yml"


def test_a_mark_that_is_not_there_is_named_with_its_part(project):
    project.edit(PLAN, "page: bee-happy", "page: bee-happy\n    mark: gone.svg")
    problem = project.only_problem()
    assert problem.place == f"{PLAN}, part 'happy', mark"
    assert problem.found == "'gone.svg': there is no such file"


def test_a_mark_that_cannot_stand_in_a_page_is_refused(project):
    project.edit(PLAN, "page: bee-happy", "page: bee-happy\n    mark: bad.svg")
    (project.root / PLAN).with_name("bad.svg").write_text(HEX.format("<script/>"))
    assert project.only_problem().found == "'bad.svg': <script> in it"


@pytest.mark.parametrize("name", ["../happy.svg", "happy.png", "/etc/happy.svg"])
def test_a_mark_is_a_picture_in_the_plans_own_folder(project, name):
    project.edit(PLAN, "page: bee-happy", f"page: bee-happy\n    mark: {name}")
    assert "mark" in project.only_problem().place
