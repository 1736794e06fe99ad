"""Definitions: what each may hold, what it refuses, and what follows from it."""

from dataclasses import replace
from datetime import date

import pytest
from pydantic import ValidationError

from helpers.definitions import Area, Areas, Definitions, Quarter, Quarters
from helpers.plans import Part, Plan


def test_a_quarter_has_a_name_fit_for_a_folder():
    assert Quarter(quarter="2026-27 Q2", as_at=date(2026, 9, 30)).slug == "2026-27-q2"


def test_the_default_quarter_must_be_one_of_the_quarters():
    listed = [{"quarter": "2022-23 Q4", "as_at": date(2023, 12, 31)}]
    assert Quarters(default="2022-23 Q4", quarters=listed).default == "2022-23 Q4"
    with pytest.raises(ValidationError, match="'2022-23 Q3' is not among the quarters"):
        Quarters(default="2022-23 Q3", quarters=listed)


def test_a_date_that_is_none_is_refused():
    with pytest.raises(ValidationError, match="as_at"):
        Quarter(quarter="2022-23 Q4", as_at="2023-02-30")


def test_an_inferred_date_of_publication_needs_its_reason(make_source):
    with pytest.raises(ValidationError, match="precision_reason"):
        make_source(precision="inferred")
    assert make_source(precision="inferred", precision_reason="No date.").precision == "inferred"
    assert make_source(precision="month").precision_reason == ""


@pytest.mark.parametrize(
    ("frequency", "months"),
    [("annual", 24), ("quarterly", 9), ("termly", 9), ("monthly", 6), ("once", 24)],
)
def test_how_long_a_figure_is_current_follows_from_its_frequency(make_measure, frequency, months):
    assert make_measure("a", frequency=frequency).months_current == months


def test_a_definition_can_say_otherwise_for_how_long_a_figure_is_current(make_measure):
    assert make_measure("a", frequency="monthly", current_for_months=24).months_current == 24


@pytest.mark.parametrize("name", ["Care-Leavers", "care_leavers", "-care", "care--leavers", ""])
def test_an_id_that_is_not_in_small_letters_and_hyphens_is_refused(make_measure, name):
    with pytest.raises(ValidationError, match="id"):
        make_measure(name)


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        ("unit", "per cent"),
        ("decimals", 5),
        ("decimals", -1),
        ("decimals", 0.5),
        ("year_type", "school"),
        ("frequency", "yearly"),
        ("compare_with", "anything_earlier"),
        ("title", ""),
        ("of", None),
        ("colour", "blue"),
    ],
)
def test_a_measure_refuses_what_is_not_allowed(make_measure, entry, value):
    with pytest.raises(ValidationError, match=entry):
        make_measure("a", **{entry: value})


@pytest.mark.parametrize("entry", ["lait_code", "sum_of", "subject"])
def test_an_optional_name_may_be_a_number_and_no_yes_or_mapping(make_measure, entry):
    assert getattr(make_measure("a", **{entry: 12}), entry) == "12"
    assert getattr(make_measure("a"), entry) is None
    for value in (True, {"a": "b"}):
        with pytest.raises(ValidationError, match=entry):
            make_measure("a", **{entry: value})


def test_only_a_number_or_a_rate_may_count_events(make_measure):
    for unit in ("number", "rate_per_10000", "rate_per_100000"):
        assert make_measure("a", unit=unit, events=True).events
    assert not make_measure("a", unit="number").events
    assert not make_measure("a", unit="percent", events=False).events
    for unit in ("percent", "points", "days", "pounds", "rank"):
        with pytest.raises(ValidationError, match=f"only a number or a rate counts.*{unit}"):
            make_measure("a", unit=unit, events=True)


def test_a_break_may_start_in_a_bare_year(make_measure):
    breaks = [{"from": 2021, "reason": "Asked otherwise."}]
    assert make_measure("a", breaks=breaks).breaks[0].from_period == "2021"


def test_a_break_must_start_in_a_period_that_can_be_read(make_measure):
    breaks = [{"from": "2021/22", "reason": "Asked otherwise."}]
    assert make_measure("a", year_type="academic", breaks=breaks).breaks[0].from_period == "2021/22"
    with pytest.raises(ValidationError, match="'last spring' is not a period"):
        make_measure("a", breaks=[{"from": "last spring", "reason": "Asked otherwise."}])


def test_a_break_must_start_in_a_period_of_the_measures_own_year_type(make_measure):
    breaks = [{"from": "2021/22", "reason": "Asked otherwise."}]
    with pytest.raises(ValidationError, match="2021/22"):
        make_measure("a", year_type="calendar", breaks=breaks)


def test_a_measure_does_not_change_once_it_is_read(make_measure):
    with pytest.raises(ValidationError, match="frozen"):
        make_measure("a").unit = "number"


def test_a_quarter_is_found_by_name_or_not_at_all(make_definitions):
    quarter = Quarter(quarter="2022-23 Q4", as_at=date(2023, 12, 31))
    definitions = Definitions(
        **{
            **vars(make_definitions([])),
            "quarters": Quarters(default="2022-23 Q4", quarters=[quarter]),
        }
    )
    assert definitions.quarter("2022-23 Q4") == quarter
    assert definitions.quarter("2022-23 q4") is None
    assert definitions.reporting_area == "Hertfordshire"


def test_a_document_without_figures_is_cited_as_any_other(make_source):
    assert make_source(reader="none").reader == "none"
    with pytest.raises(ValidationError, match="reader"):
        make_source(reader="typed")


def test_an_area_may_be_a_part_of_the_county():
    assert Area(name="The north", kind="sub_county").kind == "sub_county"
    with pytest.raises(ValidationError, match="kind"):
        Area(name="The north", kind="village")


AREAS = Areas(
    reporting_area="Beeshire",
    areas=[
        Area(name="Antshire", kind="local_authority"),
        Area(name="Beeshire", kind="local_authority", neighbours=["Waspshire", "Antshire"]),
        Area(name="North Beeshire", kind="sub_county"),
        Area(name="Meadowland", kind="national"),
        Area(name="Waspshire", kind="local_authority"),
        Area(name="The Flats", kind="region"),
        Area(name="Hives like ours", kind="statistical_neighbours"),
    ],
)


def test_every_area_has_an_account_but_the_other_local_authorities():
    assert AREAS.accounts == [
        "Beeshire",
        "North Beeshire",
        "Meadowland",
        "The Flats",
        "Hives like ours",
    ]


def test_areas_are_found_by_kind_in_the_files_order():
    assert AREAS.of_kind("local_authority") == ["Antshire", "Beeshire", "Waspshire"]
    assert AREAS.of_kind("national") == ["Meadowland"]
    without = AREAS.model_copy(update={"areas": AREAS.areas[:2]})
    assert without.of_kind("national") == []


def test_an_area_is_found_by_its_name():
    assert AREAS.area("Beeshire").neighbours == ["Waspshire", "Antshire"]
    assert AREAS.area("The Flats") == Area(name="The Flats", kind="region")
    assert AREAS.area("Waspshire").neighbours == []


def test_the_plans_that_serve_another_are_found_in_order(make_definitions):
    def plan(plan_id, serves=""):
        return Plan(
            id=plan_id,
            title="A plan",
            short_title="Plan",
            starts=2021,
            ends=2026,
            margin="0.05",
            margin_basis="ours",
            source="report",
            serves=serves,
            parts_are="area",
            parts=[Part(id="1", title="A part", short_title="Part", page="page")],
        )

    plans = [plan("a", "c"), plan("b"), plan("c"), plan("d", "c"), plan("e", "a")]
    definitions = replace(make_definitions([]), plans={entry.id: entry for entry in plans})
    assert [entry.id for entry in definitions.serving("c")] == ["a", "d"]
    assert [entry.id for entry in definitions.serving("a")] == ["e"]
    assert definitions.serving("b") == []
