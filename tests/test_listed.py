"""Where a plan lists a measure: which ambition it serves, its reference, its place on the site."""

import pytest
from one_measure import listed_as, make_indicator, make_part, make_plan

from helpers.listed import anchor, listed_measures
from helpers.plans import PlanMeasure

# ------------------------------------------------------- which ambition a row serves, and its page


@pytest.mark.parametrize(
    ("of_entry", "of_indicator", "of_part", "serves", "ambition"),
    [
        (5, 4, 3, "other", 5),
        (None, 4, 3, "other", 4),
        (None, None, 3, "other", 3),
        (None, None, None, "other", None),
        (5, None, 3, "other", 5),
        (5, None, None, "", 5),
        (None, 4, None, "", 4),
        (None, None, None, "", 2),
    ],
)
def test_the_ambition_is_that_of_the_entry_or_else_its_indicator_or_else_its_part(
    of_entry, of_indicator, of_part, serves, ambition
):
    indicator = make_indicator(ambition=of_indicator, measures=[listed_as(ambition=of_entry)])
    part = make_part("2", ambition=of_part, indicators=[indicator])
    (listed,) = listed_measures(make_plan(part, serves=serves))
    assert listed.ambition == ambition


@pytest.mark.parametrize(
    ("parts_are", "part_id", "ambition"),
    [("ambition", "2", 2), ("ambition", "context", None), ("area", "2", None), ("bee", "2", None)],
)
def test_a_part_is_its_own_ambition_only_if_it_is_a_numbered_one(parts_are, part_id, ambition):
    part = make_part(part_id, progress=[listed_as()])
    (listed,) = listed_measures(make_plan(part, parts_are=parts_are))
    assert listed.ambition == ambition


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"reference": "happy-3a"}, "measure-happy-3a"),
        ({}, "measure-children-in-county"),
        ({"follows": "month"}, "measure-children-in-county-month"),
        ({"follows": "calendar_year"}, "measure-children-in-county-calendar-year"),
        ({"reference": "happy-3a", "follows": "month"}, "measure-happy-3a"),
    ],
)
def test_a_measures_place_on_its_page_has_a_name(entry, expected):
    assert anchor(PlanMeasure(**listed_as(**entry))) == expected
    part = make_part("2", page="bee-happy", context=[listed_as(**entry)])
    (listed,) = listed_measures(make_plan(part))
    assert listed.page == f"bee-happy.html#{expected}"


def test_evidence_of_a_milestone_has_the_areas_and_the_milestones_numbers_as_its_reference():
    dated = {"value": "75", "unit": "percent", "due": "31 August 2023"}
    milestones = [
        {
            "number": 4,
            "text": "Three in four live in the county.",
            "kind": "number_by_date",
            "ambition": 1,
            "targets": [dated],
            "evidence": [listed_as(), listed_as(ambition=6)],
        },
        {"number": 5, "text": "A home is open.", "kind": "in_place"},
        {
            "number": 6,
            "text": "More of them.",
            "kind": "direction",
            "wanted": "increase",
            "evidence": [listed_as()],
        },
    ]
    part = make_part("9", ambition=3, milestones=milestones, progress=[listed_as()])
    listed = listed_measures(make_plan(part, parts_are="area", serves="other"))
    found = [(entry.role, entry.entry.reference, entry.ambition) for entry in listed]
    # The milestone's own ambition counts before its part's, the entry's own before both.
    assert found == [
        ("progress", "", 3),
        ("plan", "9-4", 1),
        ("plan", "9-4", 6),
        ("plan", "9-6", 3),
    ]
    assert {entry.indicator for entry in listed} == {None}
