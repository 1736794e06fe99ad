"""Plans: what each entry may hold, what it refuses, and what follows from it."""

from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from helpers.definitions import CURRENT_FOR_MONTHS
from helpers.plans import (
    FREQUENCY_OF_KIND,
    Claim,
    Content,
    EvidenceNote,
    Indicator,
    Milestone,
    MilestoneTarget,
    NationalQuartile,
    Part,
    Plan,
    PlanMeasure,
    Statement,
    Target,
)


@pytest.fixture
def make_indicator():
    """Make an indicator of one measure."""

    def make(number, **changes):
        entries = {
            "number": number,
            "title": "Children who live in the county",
            "outcome_bees": ["safe"],
            "corporate_priorities": ["lives"],
            "why": "It matters.",
            "measures": [{"measure": "in-county", "polarity": "higher", "polarity_basis": "ours"}],
        }
        return Indicator(**{**entries, **changes})

    return make


def plan_measure(**changes):
    entries = {"measure": "in-county", "polarity": "higher", "polarity_basis": "ours"}
    return PlanMeasure(**{**entries, **changes})


@pytest.mark.parametrize("value", ["0.1", 0.1])
def test_a_targets_value_is_exact_however_it_is_written(value):
    target = Target(period="2022-23", value=value, kind="floor")
    assert target.value == Decimal("0.1")


def test_a_target_is_a_floor_or_a_ceiling():
    with pytest.raises(ValidationError, match="kind"):
        Target(period="2022-23", value="1", kind="about")


def test_a_national_quartile_is_in_words():
    with pytest.raises(ValidationError, match="quartile"):
        NationalQuartile(period="2022-23", quartile="A")


def test_a_representative_measure_needs_a_benchmark():
    with pytest.raises(ValidationError, match="needs a benchmark"):
        plan_measure(polarity="representative")
    assert plan_measure(polarity="representative", benchmark="population").benchmark == "population"


@pytest.mark.parametrize(
    ("entry", "value"), [("polarity", "up"), ("polarity", None), ("polarity_basis", "guessed")]
)
def test_which_way_is_good_is_said_in_fixed_words(entry, value):
    with pytest.raises(ValidationError, match=entry):
        plan_measure(**{entry: value})


def test_which_way_is_good_must_be_said():
    with pytest.raises(ValidationError, match="polarity"):
        PlanMeasure(measure="in-county", polarity_basis="ours")


def test_an_indicator_needs_at_least_one_measure(make_indicator):
    with pytest.raises(ValidationError, match="measures"):
        make_indicator(1, measures=[])


def part(part_id, **changes):
    entries = {"id": part_id, "title": "A part", "short_title": "Part", "page": "page"}
    return Part(**{**entries, **changes})


def plan(**changes):
    entries = {
        "id": "plan",
        "title": "A plan",
        "short_title": "Plan",
        "starts": 2021,
        "ends": 2026,
        "margin": 0.05,
        "margin_basis": "ours",
        "source": "report",
        "parts_are": "ambition",
        "parts": [part("1")],
    }
    return Plan(**{**entries, **changes})


def milestone(kind, **changes):
    return Milestone(**{"number": 1, "text": "More of it.", "kind": kind, **changes})


DATED = {"value": "70", "unit": "percent", "due": "31 August 2023"}
UNDATED = {"value": "70", "unit": "percent"}


# ------------------------------------------------------------------------- plans and their parts


def test_a_plan_gives_its_indicators_in_order_across_its_parts(make_indicator):
    first = part("1", indicators=[make_indicator(1), make_indicator(2)])
    second = part("2", indicators=[make_indicator(3)])
    both = plan(parts=[first, second])
    assert [indicator.number for indicator in both.indicators] == [1, 2, 3]
    assert both.part("2") == second
    assert both.margin == Decimal("0.05")


@pytest.mark.parametrize(
    ("parts_are", "ambitions"), [("ambition", ["1", "2"]), ("bee", []), ("area", [])]
)
def test_the_ambitions_are_the_numbered_parts_of_a_plan_of_ambitions(parts_are, ambitions):
    parts = [part("1"), part("context"), part("2")]
    found = plan(parts_are=parts_are, parts=parts).ambitions
    assert [entry.id for entry in found] == ambitions


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        ("margin", "-0.01"),
        ("margin", "1.01"),
        ("margin", "five percent"),
        ("margin_basis", "implied"),
        ("parts_are", "context"),
        ("parts_are", None),
        ("parts", []),
        ("short_title", ""),
        ("ambitions", []),
        ("starts", "soon"),
    ],
)
def test_a_plan_refuses_what_is_not_allowed(entry, value):
    with pytest.raises(ValidationError, match=entry):
        plan(**{entry: value})


@pytest.mark.parametrize("entry", ["short_title", "margin_basis", "parts_are", "parts", "source"])
def test_a_plan_must_say_what_it_is(entry):
    entries = plan().model_dump()
    del entries[entry]
    with pytest.raises(ValidationError, match=entry):
        Plan(**entries)


def test_a_margin_may_be_none_or_all_and_is_exact():
    assert plan(margin="0").margin == 0
    assert plan(margin=1).margin == 1
    assert plan(margin=0.1).margin == Decimal("0.1")


@pytest.mark.parametrize("entry", ["id", "title", "short_title", "page"])
def test_a_part_must_be_named_and_have_a_page(entry):
    with pytest.raises(ValidationError, match=entry):
        Part(**{**part("1").model_dump(), entry: ""})


def test_a_parts_id_is_text_however_it_is_written():
    assert part(1).id == "1"


# --------------------------------------------------------------------- measures within a plan


@pytest.mark.parametrize(
    ("value", "text"),
    [(2023, "2023"), (0, "0"), (Decimal("0.10"), "0.10"), (date(2023, 8, 31), "2023-08-31")],
)
def test_optional_text_takes_a_number_or_a_date_as_it_is_written(value, text):
    assert plan_measure(baseline=value).baseline == text
    assert plan_measure(polarity="representative", benchmark=value).benchmark == text


@pytest.mark.parametrize("value", [{"Help settings": "to give children"}, ["a"], True, None])
@pytest.mark.parametrize("entry", ["baseline", "note", "measure"])
def test_text_refuses_what_only_looks_like_text_once_it_is_turned_into_it(entry, value):
    with pytest.raises(ValidationError, match=f"{entry}\n  Input should be a valid string"):
        plan_measure(**{entry: value})


def test_an_entry_without_more_follows_every_period_and_covers_all():
    entry = plan_measure()
    assert (entry.follows, entry.covers, entry.baseline, entry.ambition) == ("", "", "", None)


def test_an_entry_may_follow_any_kind_of_period_but_not_a_range():
    kinds = ["month", "quarter", "term"]
    kinds += ["calendar_year", "financial_year", "academic_year", "date"]
    for kind in kinds:
        assert plan_measure(follows=kind).follows == kind
    assert list(FREQUENCY_OF_KIND) == kinds
    with pytest.raises(ValidationError, match="follows"):
        plan_measure(follows="range")


def test_the_frequency_of_every_kind_has_a_limit_for_how_long_it_is_current():
    assert set(FREQUENCY_OF_KIND.values()) <= set(CURRENT_FOR_MONTHS)


@pytest.mark.parametrize(
    ("entry", "value"), [("wanted", "increase"), ("ambition", "one"), ("number", "first")]
)
def test_an_indicator_refuses_what_is_not_allowed(make_indicator, entry, value):
    with pytest.raises(ValidationError, match=entry):
        make_indicator(**{"number": 1, entry: value})


@pytest.mark.parametrize("wanted", ["", "up", "down", "monitor"])
def test_an_indicator_wants_what_its_arrow_says_or_nothing(make_indicator, wanted):
    assert make_indicator(1, wanted=wanted).wanted == wanted


# ---------------------------------------------------------------------------------- milestones


@pytest.mark.parametrize("kind", ["number_by_date", "places_or_things"])
def test_a_milestone_of_a_number_needs_its_targets(kind):
    with pytest.raises(ValidationError, match=f"of kind {kind} needs its targets"):
        milestone(kind)
    assert milestone(kind, targets=[DATED]).targets[0].value == Decimal(70)


def test_a_number_by_a_date_needs_the_date_of_every_target():
    with pytest.raises(ValidationError, match="needs its due date"):
        milestone("number_by_date", targets=[DATED, UNDATED])
    assert len(milestone("number_by_date", targets=[DATED, DATED]).targets) == 2


def test_a_number_of_places_may_be_without_a_date():
    assert milestone("places_or_things", targets=[UNDATED]).targets[0].due == ""


def test_a_direction_must_be_named():
    with pytest.raises(ValidationError, match="needs 'wanted': increase or decrease"):
        milestone("direction")
    with pytest.raises(ValidationError, match="wanted"):
        milestone("direction", wanted="up")
    assert milestone("direction", wanted="decrease").wanted == "decrease"


@pytest.mark.parametrize("kind", ["in_place", "qualitative_evidence"])
def test_a_thing_in_place_and_evidence_in_words_need_no_number_and_no_direction(kind):
    assert milestone(kind).targets == []


MEASURED = {"measure": "waits", "polarity": "lower", "polarity_basis": "ours"}


def shown(*shows):
    note = {"source": "update", "place": "page 1", "text": "It is open."}
    return [{**note, "shows": name} for name in shows]


NEEDED = {
    "number_by_date": {"targets": [DATED]},
    "places_or_things": {"targets": [UNDATED]},
    "direction": {"wanted": "decrease"},
    "in_place": {},
    "qualitative_evidence": {},
}
"""What a milestone of each kind cannot be without."""


@pytest.mark.parametrize(
    "kind", ["number_by_date", "places_or_things", "in_place", "qualitative_evidence"]
)
def test_only_a_direction_is_wanted(kind):
    with pytest.raises(ValidationError, match=f"of kind {kind} has no 'wanted'"):
        milestone(kind, **NEEDED[kind], wanted="increase")


@pytest.mark.parametrize("kind", ["direction", "in_place", "qualitative_evidence"])
def test_only_a_number_has_targets(kind):
    with pytest.raises(ValidationError, match=f"of kind {kind} has no targets"):
        milestone(kind, **NEEDED[kind], targets=[DATED])


@pytest.mark.parametrize("kind", ["in_place", "qualitative_evidence"])
def test_what_only_a_note_settles_has_no_measures_as_evidence(kind):
    with pytest.raises(ValidationError, match=f"of kind {kind} has no measures as evidence"):
        milestone(kind, evidence=[MEASURED])
    assert milestone(kind, nearest=[{"measure": "waits", "why": "is near"}]).evidence == []


@pytest.mark.parametrize("kind", ["number_by_date", "places_or_things", "direction"])
def test_a_number_or_a_direction_may_have_a_measure_as_evidence(kind):
    assert milestone(kind, **NEEDED[kind], evidence=[MEASURED]).evidence[0].measure == "waits"


@pytest.mark.parametrize("kind", ["number_by_date", "places_or_things", "direction"])
def test_evidence_has_no_reference_of_its_own(kind):
    with pytest.raises(ValidationError, match="evidence 'waits' has the reference '5-1'"):
        milestone(kind, **NEEDED[kind], evidence=[{**MEASURED, "reference": "5-1"}])


@pytest.mark.parametrize(
    ("kind", "allowed"),
    [
        ("number_by_date", {"progress"}),
        ("places_or_things", {"progress"}),
        ("direction", {"progress"}),
        ("in_place", {"progress", "in_place"}),
        ("qualitative_evidence", {"progress", "evidence"}),
    ],
)
def test_notes_show_only_what_can_settle_a_milestone_of_its_kind_or_progress(kind, allowed):
    good = milestone(kind, **NEEDED[kind], notes=shown(*sorted(allowed)))
    assert {note.shows for note in good.notes} == allowed
    for other in {"progress", "in_place", "evidence"} - allowed:
        with pytest.raises(ValidationError, match=f"a note that shows '{other}': use"):
            milestone(kind, **NEEDED[kind], notes=shown("progress", other))


def test_a_milestone_has_as_many_targets_as_there_are_letters_and_no_more():
    assert len(milestone("number_by_date", targets=[DATED] * 26).targets) == 26
    with pytest.raises(ValidationError, match="targets"):
        milestone("number_by_date", targets=[DATED] * 27)


def test_a_milestones_target_is_a_floor_unless_it_says_ceiling():
    assert MilestoneTarget(**UNDATED).kind == "floor"
    assert MilestoneTarget(**UNDATED, kind="ceiling").kind == "ceiling"
    with pytest.raises(ValidationError, match="kind"):
        MilestoneTarget(**UNDATED, kind="lid")


def test_a_milestone_of_a_kind_there_is_not_is_refused():
    with pytest.raises(ValidationError, match="kind"):
        milestone("hope")


def test_a_milestones_numbers_are_exact_and_may_be_a_range():
    target = MilestoneTarget(value=7.1, up_to="10", unit="places")
    assert (target.value, target.up_to) == (Decimal("7.1"), Decimal(10))
    assert MilestoneTarget(value="7", unit="places").up_to is None


@pytest.mark.parametrize(
    ("entry", "value"), [("unit", "number"), ("value", "many"), ("value", None), ("up_to", "more")]
)
def test_a_milestones_target_refuses_what_is_not_allowed(entry, value):
    with pytest.raises(ValidationError, match=entry):
        MilestoneTarget(**{**UNDATED, entry: value})


@pytest.mark.parametrize(("entry", "value"), [("shows", "achieved"), ("place", ""), ("source", "")])
def test_a_note_says_where_it_stands_and_what_it_shows(entry, value):
    good = {"source": "update", "place": "page 1", "text": "It is open.", "shows": "in_place"}
    assert EvidenceNote(**good).shows == "in_place"
    with pytest.raises(ValidationError, match=entry):
        EvidenceNote(**{**good, entry: value})


# ------------------------------------------------------------------- statements and claims


@pytest.mark.parametrize("entry", ["text", "place"])
def test_a_statement_needs_its_words_and_its_place(entry):
    good = {"text": "We listen.", "place": "page 1"}
    assert Statement(**good).measures == []
    with pytest.raises(ValidationError, match=entry):
        Statement(**{**good, entry: ""})


def test_a_plan_may_say_nothing_beside_its_figures():
    content = plan().content
    assert content.mission is None
    said = content.model_dump(exclude={"mission"})
    assert all(listed == [] for listed in said.values())
    assert len(said) == 7


def test_what_a_plan_says_of_an_unknown_kind_is_refused():
    with pytest.raises(ValidationError, match="promise"):
        Content(promise=[])


def test_a_claims_number_is_kept_as_it_is_written():
    claim = Claim(subject="number of bees", value=7, place="title", as_published="seven")
    assert claim.value == "7"
