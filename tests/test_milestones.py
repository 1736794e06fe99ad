"""Milestones: what was promised, by when, and what can be shown of it. All data is invented."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pandas as pd
import pytest
from invented import (
    AREA,
    FIGURES,
    NORTH,
    NOW,
    THEN,
    account_of,
    definitions_of,
    figure,
    indicator,
    listed,
    swarm_plan,
)

from helpers.assessment import assess
from helpers.comparison import KnownFigures
from helpers.milestones import (
    STATUSES,
    assess_milestones,
    direction_status,
    note_status,
)
from helpers.observations import COLUMNS, read_table, stated_changes, write_table

DUE = date(2024, 12, 31)
AFTER = date(2025, 3, 31)


# -------------------------------------------------------------------------------------- a direction


@pytest.mark.parametrize(
    ("wanted", "changes", "status"),
    [
        ("increase", ["3"], "achieved"),
        ("increase", ["0.1", "61"], "achieved"),
        ("increase", ["-3"], "behind"),
        ("increase", ["0"], "behind"),
        ("increase", ["3", "-1"], "behind"),
        ("increase", ["3", "0"], "behind"),
        ("decrease", ["-3"], "achieved"),
        ("decrease", ["3"], "behind"),
        ("decrease", ["-3", "1"], "behind"),
        ("decrease", ["0"], "behind"),
        ("increase", [], "no_evidence_yet"),
        ("decrease", [], "no_evidence_yet"),
    ],
)
def test_every_figure_must_have_moved_as_was_promised(wanted, changes, status):
    changes = [Decimal(change) for change in changes]
    assert direction_status(wanted, changes, None, AFTER) == status


@pytest.mark.parametrize(
    ("changes", "as_at", "status"),
    [
        ([Decimal(-1)], DUE, "behind"),
        ([Decimal(-1)], AFTER, "missed"),
        ([Decimal(1)], AFTER, "achieved"),
        ([], AFTER, "no_evidence_yet"),
    ],
)
def test_a_direction_by_a_date(changes, as_at, status):
    assert direction_status("increase", changes, DUE, as_at) == status


# -------------------------------------------------------------------------------------------- notes


@pytest.mark.parametrize(
    ("kind", "shows", "status"),
    [
        ("in_place", ["in_place"], "achieved"),
        ("in_place", ["progress", "in_place"], "achieved"),
        ("in_place", ["progress"], "no_evidence_yet"),
        ("in_place", ["evidence"], "no_evidence_yet"),
        ("in_place", [], "no_evidence_yet"),
        ("qualitative_evidence", ["evidence"], "achieved"),
        ("qualitative_evidence", ["in_place"], "no_evidence_yet"),
        ("qualitative_evidence", ["progress"], "no_evidence_yet"),
        ("direction", ["in_place"], "no_evidence_yet"),
    ],
)
def test_what_a_note_settles(kind, shows, status):
    notes = [SimpleNamespace(shows=name) for name in shows]
    assert note_status(kind, notes) == status


# ----------------------------------------------------------------------------- milestones of a plan


def milestone(number, kind, **changes):
    entry = {"number": number, "text": f"Promise {number} & more.", "kind": kind}
    return entry | changes


def note(source_id="hive-strategy", shows="in_place", text="It is there"):
    return {"source": source_id, "place": "page 2", "text": text, "shows": shows}


def rows_for(*milestones, figures=FIGURES, quarter=NOW):
    table = account_of("swarm-plan", figures, milestones=milestones, quarter=quarter).milestones
    return list(table.itertuples())


def test_a_milestone_without_figures_or_notes_says_plainly_that_there_is_no_evidence():
    needed = "The charter itself. Held by the hive."
    (row,) = rows_for(milestone(1, "in_place", ambition=2, no_evidence=needed))
    assert (row.area, row.area_title, row.reference) == ("5", "Schools", "5-1")
    assert (row.kind, row.text, row.ambition) == ("in_place", "Promise 1 & more.", 2)
    assert (row.status, row.evidence) == ("no_evidence_yet", "No evidence has been published.")
    assert row.needed == needed
    assert (row.due, row.due_as_published, row.due_passed) == (None, "", "")
    assert (row.quarter, row.plan) == ("2025-26 Q1", "swarm-plan")


def test_several_dated_targets_are_a_row_each_with_a_letter():
    targets = [
        {
            "value": "70",
            "unit": "percent",
            "due": "31 August 2023",
            "due_as_published": "May 23",
        },
        {"value": "75", "unit": "percent", "due": "31 July 2025", "due_as_published": "July 25"},
        {"value": "80", "unit": "percent", "due": "2026", "due_as_published": "2026"},
    ]
    first, second, third = rows_for(milestone(1, "number_by_date", targets=targets))
    assert [row.reference for row in (first, second, third)] == ["5-1a", "5-1b", "5-1c"]
    assert [row.target for row in (first, second, third)] == ["70%", "75%", "80%"]
    assert [row.due for row in (first, second, third)] == [
        date(2023, 8, 31),
        date(2025, 7, 31),
        date(2026, 12, 31),
    ]
    # The quarter is as at 31 July 2025: on its last day a date has not passed.
    assert [row.due_passed for row in (first, second, third)] == ["yes", "no", "no"]
    assert first.due_as_published == "May 23"
    assert first.evidence == (
        "No evidence has been published. Its date, 31 August 2023, has passed."
    )
    assert second.evidence == "No evidence has been published."


def test_one_dated_target_has_no_letter():
    targets = [{"value": "25", "unit": "percent", "due": "30 April 2024"}]
    (row,) = rows_for(milestone(4, "number_by_date", targets=targets))
    assert (row.reference, row.due_passed) == ("5-4", "yes")


@pytest.mark.parametrize(
    ("value", "period", "status"),
    [
        ("70", "2022-23", "achieved"),
        ("70", "2023-24", "missed"),  # only later
        ("69", "2024-25", "missed"),
        ("69", "2022-23", "no_evidence_yet"),  # of before the date
    ],
)
def test_a_figure_decides_whether_a_number_was_reached(value, period, status):
    targets = [{"value": "70", "unit": "percent", "due": "31 August 2023"}]
    promised = milestone(1, "number_by_date", targets=targets, evidence=[listed("trained")])
    (row,) = rows_for(promised, figures=[figure("trained", period, value)])
    assert row.status == status
    assert row.measure_id == "trained"
    assert row.evidence.startswith(f"Schools trained: {value}% in {period}.")
    assert row.evidence.endswith("(Statistics, page 7)")


TRAINED = [
    figure("trained", "2021-22", "60"),
    figure("trained", "2022-23", "71", "first-update"),
    figure("trained", "2023-24", "69"),
]
"""Figures to 31 March 2022, 2023 and 2024, published as at both quarters."""


@pytest.mark.parametrize(
    ("due", "status", "decides"),
    [
        ("31 March 2022", "missed", "60% in 2021-22. (Statistics, page 7)"),
        ("31 March 2023", "achieved", "71% in 2022-23. (First Update, page 7)"),
        ("30 March 2023", "missed", "60% in 2021-22. (Statistics, page 7)"),
        ("31 March 2024", "achieved", "71% in 2022-23. (First Update, page 7)"),
        ("31 December 2025", "achieved", "71% in 2022-23. (First Update, page 7)"),
    ],
)
def test_the_figure_that_decides_is_named_where_it_is_not_the_newest(due, status, decides):
    targets = [{"value": "70", "unit": "percent", "due": due}]
    promised = milestone(1, "number_by_date", targets=targets, evidence=[listed("trained")])
    (row,) = rows_for(promised, figures=TRAINED)
    assert row.status == status
    newest = "Schools trained: 69% in 2023-24. (Statistics, page 7)"
    assert row.evidence == f"{newest} The figure that decides: {decides}"


def test_the_newest_figure_is_not_named_twice():
    targets = [{"value": "75", "unit": "percent", "due": "31 March 2024"}]
    promised = milestone(1, "number_by_date", targets=targets, evidence=[listed("trained")])
    (row,) = rows_for(promised, figures=TRAINED)
    assert row.status == "missed"
    assert row.evidence == "Schools trained: 69% in 2023-24. (Statistics, page 7)"


def test_a_newest_period_without_a_figure_leaves_the_one_before_it_to_decide():
    targets = [{"value": "70", "unit": "percent", "due": "31 March 2023"}]
    promised = milestone(1, "number_by_date", targets=targets, evidence=[listed("trained")])
    missing = figure("trained", "2023-24", None, status="not_available")
    (row,) = rows_for(promised, figures=[*TRAINED[:2], missing])
    assert row.status == "achieved"
    assert row.evidence == "The figure that decides: 71% in 2022-23. (First Update, page 7)"


def test_figures_of_another_area_a_breakdown_or_a_later_document_do_not_decide():
    targets = [{"value": "70", "unit": "percent", "due": "31 March 2023"}]
    promised = milestone(1, "number_by_date", targets=targets, evidence=[listed("trained")])
    others = [
        figure("trained", "2022-23", "80", area=NORTH),
        figure("trained", "2022-23", "80", breakdown="large"),
        figure("trained", "2022-23", "80", "hive-strategy"),
    ]
    figures = [*TRAINED[:1], *others, TRAINED[2]]
    (row,) = rows_for(promised, figures=figures, quarter=THEN)  # the strategy came later
    assert row.status == "missed"
    (row,) = rows_for(promised, figures=figures)
    assert row.status == "achieved"


@pytest.mark.parametrize(
    ("follows", "status"), [("calendar_year", "missed"), ("month", "achieved"), ("", "achieved")]
)
def test_only_figures_of_the_kind_of_period_that_is_followed_decide(follows, status):
    targets = [{"value": "60", "unit": "percent", "due": "31 December 2024"}]
    entry = listed("on-time", follows=follows)
    promised = milestone(1, "number_by_date", targets=targets, evidence=[entry])
    figures = [figure("on-time", "2024", "54"), figure("on-time", "November 2024", "61")]
    (row,) = rows_for(promised, figures=figures)
    assert row.status == status


def test_a_baseline_of_another_kind_of_period_gives_a_number_no_line():
    # By a line from 40 at the end of 2023 to 90 at the end of 2025, 89 in June 2025 is on track.
    targets = [{"value": "90", "unit": "percent", "due": "31 December 2025"}]
    entry = listed("on-time", follows="month", baseline="2023")
    promised = milestone(1, "number_by_date", targets=targets, evidence=[entry])
    (row,) = rows_for(promised)
    assert row.status == "behind"


def test_a_number_before_its_date_is_beside_the_line_from_its_baseline():
    # 30 in 2022 and 54 in 2024: by a line to 78 at the end of 2026, 54 was to be reached (731 of
    # 1,461 days, so 54.02); to 77 it was 53.52.
    entry = listed("on-time", follows="calendar_year", baseline="2022")
    targets = [
        {"value": value, "unit": "percent", "due": "31 December 2026"} for value in ("78", "77")
    ]
    promised = milestone(1, "number_by_date", targets=targets, evidence=[entry])
    assert [row.status for row in rows_for(promised)] == ["behind", "on_track"]


def test_a_ceiling_is_written_as_at_most():
    targets = [
        {"value": "70", "unit": "percent", "due": "31 March 2024", "kind": "ceiling"},
        {"value": "59", "unit": "percent", "due": "31 March 2024", "kind": "ceiling"},
    ]
    promised = milestone(1, "number_by_date", targets=targets, evidence=[listed("trained")])
    first, second = rows_for(promised, figures=TRAINED)  # 60, 71, 69
    assert (first.target, first.status) == ("at most 70%", "achieved")
    assert (second.target, second.status) == ("at most 59%", "missed")


def test_as_many_targets_as_there_are_letters_are_a_row_each():
    targets = [{"value": "70", "unit": "percent", "due": "31 August 2023"}] * 26
    rows = rows_for(milestone(1, "number_by_date", targets=targets))
    assert [rows[place].reference for place in (0, 8, 25)] == ["5-1a", "5-1i", "5-1z"]


def test_an_indicators_measure_with_the_milestones_reference_is_not_its_evidence():
    entry = listed("nectar", reference="5-2", baseline="2022-23")
    indicators = [indicator(1, "Nectar", "up", 1, [entry])]
    promised = milestone(2, "direction", wanted="increase")
    definitions = definitions_of([swarm_plan([promised])])
    plan = definitions.plans["swarm-plan"]
    plan = plan.model_copy(
        update={"parts": [plan.parts[0].model_copy(update={"indicators": indicators})]}
    )
    definitions = replace(definitions, plans={plan.id: plan})
    observations = pd.DataFrame(FIGURES, columns=COLUMNS)
    assessments = assess(definitions, observations, NOW, AREA)
    assert list(assessments["reference"]) == ["5-2"]
    table = assess_milestones(definitions, assessments, observations, NOW)
    (row,) = table.itertuples()
    assert (row.status, row.measure_id) == ("no_evidence_yet", "")


def test_what_was_known_by_the_day_can_be_given_instead_of_the_whole_table():
    entry = listed("nectar", baseline="2022-23")
    promised = milestone(2, "direction", wanted="increase", evidence=[entry])
    definitions = definitions_of([swarm_plan([promised])])
    observations = pd.DataFrame(FIGURES, columns=COLUMNS)
    assessments = assess(definitions, observations, NOW, AREA)
    from_table = assess_milestones(definitions, assessments, observations, NOW)
    known = KnownFigures(observations, NOW.as_at)
    assert list(from_table["measure_id"]) == ["nectar"]
    assert assess_milestones(definitions, assessments, known, NOW).equals(from_table)


def test_places_without_a_date_are_never_missed():
    targets = [{"value": "100", "unit": "places"}]
    promised = milestone(1, "places_or_things", targets=targets, evidence=[listed("waiting")])
    figures = [figure("waiting", "May 2025", "99")]
    (row,) = rows_for(promised, figures=figures)
    assert (row.status, row.target, row.due_passed) == ("behind", "100 places", "")
    (row,) = rows_for(milestone(1, "places_or_things", targets=targets))
    assert row.status == "no_evidence_yet"


def test_a_direction_is_shown_by_the_change_since_the_baseline():
    fewer = milestone(
        2,
        "direction",
        wanted="decrease",
        evidence=[listed("complaint-rate", "lower", baseline="2022-23 Q4")],
    )
    (row,) = rows_for(fewer)
    assert row.status == "achieved"
    assert row.evidence == (
        "Complaint rate: down from 6.7% in 2022-23 Q4 to 3.7% in 2024-25 Q4. "
        "(Hive Strategy, page 14)"
    )
    (row,) = rows_for(fewer | {"wanted": "increase"})
    assert row.status == "behind"


def test_a_single_figure_shows_no_direction():
    more = milestone(2, "direction", wanted="increase", evidence=[listed("trained")])
    (row,) = rows_for(more, figures=[figure("trained", "2023-24", "50")])
    assert row.status == "no_evidence_yet"
    assert "Schools trained: 50% in 2023-24." in row.evidence


def test_a_baseline_of_another_kind_of_period_shows_no_direction():
    entry = listed("on-time", follows="month", baseline="2023")
    (row,) = rows_for(milestone(2, "direction", wanted="increase", evidence=[entry]))
    assert row.status == "no_evidence_yet"
    assert "We do not compare the two" in row.evidence


def test_several_figures_must_all_have_moved():
    entries = [
        listed("nectar", baseline="2022-23"),  # 24 to 30
        listed("honey", baseline="2022-23"),  # 27 to 24
    ]
    more = milestone(2, "direction", wanted="increase", evidence=entries)
    (row,) = rows_for(more)
    assert (row.status, row.measure_id) == ("behind", "nectar; honey")
    (row,) = rows_for(more | {"evidence": entries[:1]})
    assert row.status == "achieved"


def test_a_stated_change_of_a_part_of_the_area_is_evidence_of_a_direction():
    more = milestone(6, "direction", wanted="increase", evidence=[listed("checks")])
    (row,) = rows_for(more)
    assert row.status == "achieved"
    assert row.evidence == (
        f"Health checks: {NORTH}: up 4.7% (the document does not say since when). "
        "(First Update, page 6)"
    )


def test_figures_for_a_part_of_what_was_promised_show_it_on_track_and_not_achieved():
    entry = listed("nectar", baseline="2022-23", covers="hives in the north")  # 24 to 30
    more = milestone(2, "direction", wanted="increase", evidence=[entry])
    (row,) = rows_for(more)
    assert row.status == "on_track"
    assert row.evidence.endswith("That is a part of what was promised: hives in the north.")
    (row,) = rows_for(more | {"evidence": [listed("nectar", baseline="2022-23")]})
    assert row.status == "achieved"
    (row,) = rows_for(more | {"wanted": "decrease"})
    assert row.status == "behind"
    (row,) = rows_for(more | {"wanted": "decrease", "due": "31 March 2024"})
    assert row.status == "missed"


def test_one_of_several_figures_that_covers_a_part_keeps_it_from_being_achieved():
    entries = [
        listed("nectar", baseline="2022-23"),  # 24 to 30
        listed("complaint-rate", baseline="2024-25 Q4", covers="a part"),
    ]
    more = milestone(2, "direction", wanted="increase", evidence=entries)
    (row,) = rows_for(more)
    assert row.status == "on_track"


def test_a_stated_change_for_a_part_of_what_was_promised_is_on_track():
    entry = listed("checks", covers="two parts of the county")
    (row,) = rows_for(milestone(6, "direction", wanted="increase", evidence=[entry]))
    assert row.status == "on_track"


def stated(value, area=AREA, **changes):
    return figure(
        "checks",
        "2023-24",
        value,
        kind="change_percent",
        against="2022-23",
        area=area,
        **changes,
    )


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        pytest.param([stated("5"), stated("-1", NORTH)], "achieved", id="own before its parts"),
        pytest.param([stated("-5"), stated("1", NORTH)], "behind", id="own fall, a part's rise"),
        pytest.param([stated("-1", NORTH)], "behind", id="a part's where there is no own"),
        pytest.param(
            [stated("5"), stated("-5") | {"published": date(2025, 3, 2)}],
            "behind",
            id="the own one published last",
        ),
        pytest.param([stated("5", breakdown="young")], "no_evidence_yet", id="of a breakdown"),
        pytest.param([stated("5") | {"against": "target"}], "no_evidence_yet", id="from a target"),
    ],
)
def test_the_changes_that_count_are_those_that_the_measures_assessment_words(changes, status):
    more = milestone(6, "direction", wanted="increase", evidence=[listed("checks")])
    (row,) = rows_for(more, figures=changes)
    assert row.status == status
    assert row.evidence.startswith("No evidence") == (status == "no_evidence_yet")


def test_the_changes_of_parts_come_with_the_newest_last_and_only_the_newest_of_each():
    rows = [
        stated("1", "West"),
        stated("2", NORTH, source_id="first-update"),
        stated("3", "West", source_id="hive-strategy"),
        stated("4", "Meadowland"),
    ]
    table = pd.DataFrame(rows, columns=COLUMNS)
    found = stated_changes(table, AREA, [NORTH, "West"])
    assert {name: [row.value for row in changes] for name, changes in found.items()} == {
        "checks": [Decimal(2), Decimal(3)]
    }
    assert stated_changes(table, AREA) == {}


def test_a_change_counts_where_the_kind_of_period_that_is_followed_has_no_figures():
    change = figure("on-time", "2024", "5", kind="change_points", against="2023")
    monthly = figure("on-time", "June 2025", "89")
    entry = listed("on-time", follows="calendar_year")
    more = milestone(6, "direction", wanted="increase", evidence=[entry])
    (row,) = rows_for(more, figures=[change, monthly])
    assert row.status == "achieved"
    entry = listed("on-time", follows="month")
    (row,) = rows_for(more | {"evidence": [entry]}, figures=[change, monthly])
    assert row.status == "no_evidence_yet"


def test_a_stated_change_of_another_area_is_no_evidence():
    elsewhere = figure(
        "checks", "2023-24", "4.7", kind="change_percent", against="2022-23", area="Meadowland"
    )
    more = milestone(6, "direction", wanted="increase", evidence=[listed("checks")])
    (row,) = rows_for(more, figures=[elsewhere])
    assert (row.status, row.evidence) == ("no_evidence_yet", "No evidence has been published.")


def test_a_stated_change_beside_figures_is_left_to_the_figures():
    stated = figure("honey", "2023-24", "50", kind="change_percent", against="2022-23")
    entry = listed("honey", baseline="2022-23")
    more = milestone(6, "direction", wanted="increase", evidence=[entry])
    (row,) = rows_for(more, figures=[*FIGURES, stated])  # 27 to 24
    assert row.status == "behind"


def test_a_note_that_settles_it_is_cited_with_its_place():
    (row,) = rows_for(milestone(3, "in_place", notes=[note()]))
    assert (row.status, row.needed) == ("achieved", "")
    assert row.evidence == "It is there. (Hive Strategy, page 2)"


def test_a_note_of_progress_settles_nothing_and_is_shown():
    entry = milestone(3, "in_place", notes=[note(shows="progress")], no_evidence="The thing.")
    (row,) = rows_for(entry)
    assert (row.status, row.needed) == ("no_evidence_yet", "The thing.")
    assert row.evidence.startswith("No evidence has been published.")
    assert row.evidence.endswith("It is there. (Hive Strategy, page 2)")


def test_a_note_and_a_figure_of_a_later_document_do_not_exist_yet():
    entries = [
        milestone(3, "in_place", notes=[note()]),
        milestone(
            2,
            "direction",
            wanted="decrease",
            evidence=[listed("complaint-rate", "lower", baseline="2022-23 Q4")],
        ),
        milestone(6, "direction", wanted="increase", evidence=[listed("checks")]),
    ]
    then = [row.status for row in rows_for(*entries, quarter=THEN)]  # the strategy came later
    assert then == ["no_evidence_yet", "no_evidence_yet", "achieved"]
    assert {row.status for row in rows_for(*entries)} == {"achieved"}


@pytest.mark.parametrize(("day", "status"), [(29, "no_evidence_yet"), (30, "achieved")])
def test_a_note_counts_from_the_day_its_document_was_published(day, status):
    quarter = NOW.model_copy(update={"as_at": date(2025, 6, day)})
    (row,) = rows_for(milestone(3, "in_place", notes=[note()]), quarter=quarter)
    assert row.status == status


def test_a_near_figure_is_shown_with_the_reason_and_settles_nothing():
    near = [{"measure": "honey", "why": "counts hives, not bees"}]
    (row,) = rows_for(milestone(7, "direction", wanted="increase", nearest=near))
    assert row.status == "no_evidence_yet"
    assert row.nearest == "Hives with honey: 24% in 2023-24. It counts hives, not bees."
    assert row.evidence == "No evidence has been published."


def test_a_near_measure_without_a_figure_says_so():
    near = [{"measure": "dance-wait", "why": "counts days."}]
    (row,) = rows_for(milestone(7, "in_place", nearest=near))
    assert row.nearest == "Wait for dancing: no figure yet. It counts days."


def test_the_milestones_own_date_counts_where_its_targets_have_none():
    entry = milestone(3, "in_place", due="1 September 2023", due_as_published="school year 23/24")
    (row,) = rows_for(entry)
    assert (row.due, row.due_passed) == (date(2023, 9, 1), "yes")
    assert row.due_as_published == "school year 23/24"
    assert row.evidence.endswith("Its date, 1 September 2023, has passed.")


def test_rows_come_in_the_plans_order_and_survive_the_table(tmp_path):
    targets = [{"value": "70", "unit": "percent", "due": "31 August 2023"}]
    entries = [
        milestone(2, "in_place"),
        milestone(1, "number_by_date", targets=targets),
        milestone(10, "qualitative_evidence", notes=[note(shows="evidence")]),
    ]
    table = account_of("swarm-plan", milestones=entries).milestones
    assert list(table["reference"]) == ["5-2", "5-1", "5-10"]
    assert set(table["status"]) <= set(STATUSES)
    write_table(table, tmp_path / "milestones.csv")
    back = read_table(tmp_path / "milestones.csv")
    assert list(back["due"]) == [None, date(2023, 8, 31), None]
    assert list(back["reference"]) == list(table["reference"])


def test_a_plan_without_milestones_gives_an_empty_table_with_its_columns():
    table = account_of("swarm-plan").milestones
    assert table.empty
    wanted = {"area", "reference", "text", "kind", "due", "status", "evidence"}
    assert wanted <= set(table.columns)
