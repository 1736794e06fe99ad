"""Milestones: what was promised, by when, and what can be shown of it. All data is invented."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from invented import FIGURES, NORTH, NOW, THEN, account_of, figure, listed

from helpers.milestones import STATUSES, direction_status, note_status, number_status
from helpers.observations import read_table, write_table

DUE = date(2024, 12, 31)
BEFORE, AFTER = date(2024, 6, 30), date(2025, 3, 31)


# ------------------------------------------------------------------------------- a number by a date


@pytest.mark.parametrize(
    ("latest", "end", "as_at", "status"),
    [
        pytest.param("80", DUE, AFTER, "achieved", id="above"),
        pytest.param("75", DUE, AFTER, "achieved", id="exactly"),
        pytest.param("75", BEFORE, BEFORE, "achieved", id="before its date"),
        pytest.param("75", AFTER, AFTER, "achieved", id="late, but reached"),
        pytest.param("74.9", DUE, AFTER, "missed", id="just short on the day"),
        pytest.param("74.9", AFTER, AFTER, "missed", id="still short later"),
        pytest.param("74.9", BEFORE, AFTER, "no_evidence_yet", id="known for before only"),
        pytest.param("74.9", BEFORE, DUE, "behind", id="on its last day the date has not passed"),
        pytest.param("74.9", BEFORE, BEFORE, "behind", id="short before its date"),
        pytest.param(None, None, AFTER, "no_evidence_yet", id="no figure, date passed"),
        pytest.param(None, None, BEFORE, "no_evidence_yet", id="no figure, date to come"),
        pytest.param("0", BEFORE, BEFORE, "behind", id="a figure of 0 is a figure"),
    ],
)
def test_a_number_by_a_date(latest, end, as_at, status):
    latest = latest and Decimal(latest)
    assert number_status(Decimal(75), latest, end, DUE, as_at) == status


def test_a_number_without_a_date_is_reached_or_behind():
    assert number_status(Decimal(100), Decimal(100), BEFORE, None, AFTER) == "achieved"
    assert number_status(Decimal(100), Decimal(99), BEFORE, None, AFTER) == "behind"
    assert number_status(Decimal(100), None, None, None, AFTER) == "no_evidence_yet"


@pytest.mark.parametrize(
    ("latest", "end", "status"),
    [
        # From 40 on 1 January to 80 on 11 January is 4 a day: 60 on the 6th, 76 on the 10th.
        ("60", date(2024, 1, 6), "on_track"),
        ("59.9", date(2024, 1, 6), "behind"),
        ("60.1", date(2024, 1, 6), "on_track"),
        ("76", date(2024, 1, 10), "on_track"),
        ("75.9", date(2024, 1, 10), "behind"),
        ("40", date(2024, 1, 1), "on_track"),  # the baseline itself
    ],
)
def test_before_its_date_a_number_is_set_beside_the_straight_line(latest, end, status):
    found = number_status(
        Decimal(80),
        Decimal(latest),
        end,
        date(2024, 1, 11),
        date(2024, 1, 10),
        Decimal(40),
        date(2024, 1, 1),
    )
    assert found == status


@pytest.mark.parametrize(
    ("baseline", "end"),
    [(None, None), (Decimal(40), DUE), (Decimal(40), AFTER), (Decimal(40), None)],
)
def test_without_a_baseline_before_the_date_there_is_no_line_and_short_is_behind(baseline, end):
    found = number_status(Decimal(80), Decimal(79), BEFORE, DUE, BEFORE, baseline, end)
    assert found == "behind"


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
        ("70", "2023-24", "achieved"),
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
