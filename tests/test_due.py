"""What is due when; all promises and figures are invented."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pandas as pd
import pytest
from invented import AREA, NOW, THEN, definitions_of, figure, measure, plan, source
from one_measure import listed_as, make_indicator, make_part

from helpers.comparison import currency_of
from helpers.due import Due, current_until, target_status, whats_due, when_due
from helpers.observations import COLUMNS
from helpers.plans import Milestone

HONEY = listed_as(
    "honey",
    reference="7",
    targets=[
        {"period": "2023-24", "value": "25", "kind": "floor"},
        {"period": "2025-26", "value": "30", "kind": "ceiling"},
    ],
)
PROMISED = Milestone(
    number=2,
    text="Schools are trained.",
    kind="number_by_date",
    targets=[{"value": "70", "unit": "percent", "due": "31 August 2025"}],
)
PLAN = plan(
    "hive-strategy",
    "Hive Strategy",
    [make_part("1", indicators=[make_indicator(measures=[HONEY])], milestones=[PROMISED])],
    source="first-update",
)
DEFINITIONS = definitions_of([PLAN])
STATUS = {
    "plan": "hive-strategy",
    "area": "1",
    "reference": "1-2",
    "text": "Schools are trained.",
    "target": "70%",
    "due": date(2025, 8, 31),
    "status": "no_evidence_yet",
}


def assessment(**cells):
    row = {
        "measure_id": "honey",
        "title": "Hives with honey",
        "role": "plan",
        "follows": "",
        "page": "ambition-1.html#measure-7",
        "currency": "current",
        "latest_value": Decimal(24),
        "latest_period": "2023-24",
        "latest_period_end": date(2024, 3, 31),
    }
    return row | cells


def due(milestones=(), figures=(), assessments=(), quarter=NOW, definitions=DEFINITIONS):
    return whats_due(
        definitions,
        quarter,
        AREA,
        pd.DataFrame([*milestones], columns=list(STATUS), dtype=object),
        pd.DataFrame([*figures], columns=COLUMNS, dtype=object),
        pd.DataFrame([*assessments], columns=list(assessment()), dtype=object),
    )


def of_kind(kind, **tables):
    return [entry for entry in due(**tables) if entry.kind == kind]


# --------------------------------------------------------------------------------------- promises


def test_a_promise_is_due_on_its_day_with_its_target_status_and_place():
    (entry,) = of_kind("promise", milestones=[STATUS])
    assert entry == Due(
        date(2025, 8, 31),
        "promise",
        "hive-strategy 1-2",
        "Schools are trained. Wanted: 70%.",
        "Hive Strategy",
        "ambition-1.html#milestone-hive-strategy-1-2",
        "no_evidence_yet",
    )


def test_a_promise_without_a_date_is_due_on_none():
    assert of_kind("promise", milestones=[{**STATUS, "due": None}]) == []


def test_what_a_plan_promises_is_not_known_before_its_document_is_published():
    later = definitions_of([PLAN], sources=[source("first-update", date(2025, 8, 1))])
    found = due([STATUS], definitions=later)
    assert {entry.kind for entry in found} == {"account"}


# ---------------------------------------------------------------------------------------- targets


def test_a_target_is_due_on_the_last_day_of_its_period():
    first, second = of_kind("target")
    assert (first.day, second.day) == (date(2024, 3, 31), date(2026, 3, 31))
    assert first.what == "Hives with honey: at least 25% for 2023-24"
    assert second.what == "Hives with honey: at most 30% for 2025-26"
    assert (first.page, first.plan) == ("ambition-1.html#measure-7", "Hive Strategy")


@pytest.mark.parametrize(
    ("figures", "status"),
    [
        ([], "no_evidence_yet"),
        ([("2022-23", "90", {})], "no_evidence_yet"),
        ([("2023-24", "25", {})], "achieved"),
        ([("2023-24", "24.9", {})], "missed"),
        ([("2023-24", None, {})], "no_evidence_yet"),
        ([("2023-24", "90", {"area": "Meadowland"})], "no_evidence_yet"),
        ([("2023-24", "90", {"breakdown": "drones"})], "no_evidence_yet"),
    ],
)
def test_a_target_is_reached_or_not_by_the_figure_for_its_own_period(figures, status):
    rows = [figure("honey", period, value, **cells) for period, value, cells in figures]
    assert of_kind("target", figures=rows)[0].status == status


def test_a_ceiling_is_reached_at_or_below_it():
    statuses = [target_status(Decimal(value), Decimal(30), "ceiling") for value in (29, 30, 31)]
    assert statuses == ["achieved", "achieved", "missed"]


# ---------------------------------------------------------------------------- figures and accounts


def test_a_recent_figure_grows_old_when_its_time_is_over():
    (entry,) = of_kind("figure", assessments=[assessment()])
    # Of a yearly measure: 24 months after the end of its period.
    assert (entry.day, entry.page) == (date(2026, 3, 31), "ambition-1.html#measure-7")
    assert entry.what == (
        "Hives with honey: the figure for 2023-24 counts as recent until this day"
    )


def test_an_entry_that_follows_months_grows_old_as_monthly_figures_do():
    monthly = assessment(follows="month", latest_period_end=date(2025, 5, 31))
    (entry,) = of_kind("figure", assessments=[monthly])
    assert entry.day == date(2025, 11, 30)


def test_old_figures_missing_ones_and_context_grow_no_older():
    rows = [
        assessment(currency="old"),
        assessment(currency="no_figure", latest_value=None, latest_period_end=None),
        assessment(latest_value=None),
        assessment(role="context"),
    ]
    assert of_kind("figure", assessments=rows) == []


def test_a_measure_that_several_plans_list_grows_old_once():
    rows = [assessment(), assessment(page="bee-happy.html#measure-happy-1")]
    assert len(of_kind("figure", assessments=rows)) == 1


def test_a_figure_beside_the_plans_own_has_no_place_to_link_to():
    (entry,) = of_kind("figure", assessments=[assessment(role="further")])
    assert entry.page == ""


def test_an_account_knows_the_accounts_up_to_its_own():
    days = {q.quarter: [e.day for e in of_kind("account", quarter=q)] for q in (THEN, NOW)}
    assert days == {
        THEN.quarter: [date(2025, 3, 31)],
        NOW.quarter: [date(2025, 3, 31), date(2025, 7, 31)],
    }


def test_everything_is_listed_by_its_day_and_promises_first():
    entries = due([{**STATUS, "due": date(2024, 3, 31)}], assessments=[assessment()])
    assert [(entry.day, entry.kind) for entry in entries] == [
        (date(2024, 3, 31), "promise"),
        (date(2024, 3, 31), "target"),
        (date(2025, 3, 31), "account"),
        (date(2025, 7, 31), "account"),
        (date(2026, 3, 31), "target"),
        (date(2026, 3, 31), "figure"),
    ]


@pytest.mark.parametrize("frequency", ["annual", "termly", "quarterly", "monthly"])
@pytest.mark.parametrize(
    "end", [date(2024, 2, 29), date(2023, 2, 28), date(2025, 1, 15), date(2024, 8, 31)]
)
def test_a_figure_is_current_on_the_last_day_and_old_on_the_next(frequency, end):
    definition = measure("honey", "Honey", frequency=frequency)
    latest = SimpleNamespace(value=Decimal(1), period_end=end)
    last = current_until(end, definition.months_current)
    assert currency_of(latest, definition, last) == "current"
    assert currency_of(latest, definition, last + timedelta(days=1)) == "old"


# ------------------------------------------------------------------------------------ from a day on


@pytest.mark.parametrize(
    ("day", "status", "expected"),
    [
        (date(2025, 7, 30), "no_evidence_yet", "open"),
        (date(2025, 7, 30), "missed", "past"),
        (date(2025, 7, 30), "", "past"),
        (date(2025, 7, 31), "no_evidence_yet", "next"),
        (date(2026, 1, 31), "no_evidence_yet", "next"),
        (date(2026, 2, 1), "no_evidence_yet", "later"),
    ],
)
def test_where_something_stands_from_an_account(day, status, expected):
    assert when_due(Due(day, "promise", "-", "-", status=status), date(2025, 7, 31)) == expected
