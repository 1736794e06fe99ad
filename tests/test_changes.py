"""What is not as it was in the account before; all figures are invented, and few."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pandas as pd
import pytest
from invented import FIGURES, account_of, definitions_of, figure
from one_measure import make_part, make_plan

from helpers.changes import (
    changed_figures,
    changed_promises,
    changed_verdicts,
    new_plans,
    news,
    why_turned,
)
from helpers.observations import COLUMNS


def known(*figures):
    return pd.DataFrame(figures, columns=COLUMNS, dtype=object)


# ---------------------------------------------------------------------------------------- figures


def changes(before, now):
    found = changed_figures(known(*before), known(*now))
    return [
        (row.measure_id, row.period, row.change, row.value_before, row.value, row.difference)
        for row in found.itertuples()
    ]


def test_a_figure_for_another_period_is_new():
    before = [figure("honey", "2022-23", "27")]
    assert changes(before, [*before, figure("honey", "2023-24", "24")]) == [
        ("honey", "2023-24", "new", None, Decimal(24), None)
    ]


def test_a_figure_published_again_and_different_is_revised_by_the_difference():
    assert changes([figure("honey", "2022-23", "27")], [figure("honey", "2022-23", "26.5")]) == [
        ("honey", "2022-23", "revised", Decimal(27), Decimal("26.5"), Decimal("-0.5"))
    ]


def test_a_figure_published_again_with_more_decimals_and_the_same_has_not_changed():
    assert changes([figure("honey", "2022-23", "27")], [figure("honey", "2022-23", "27.0")]) == []


@pytest.mark.parametrize("now", [[], [figure("honey", "2022-23", None)]], ids=["", "no value"])
def test_a_figure_that_is_no_longer_published_is_gone_and_keeps_its_own_source(now):
    before = [figure("honey", "2022-23", "27", "first-update")]
    assert changes(before, now) == [("honey", "2022-23", "gone", Decimal(27), None, None)]
    assert changed_figures(known(*before), known(*now))["source"].to_list() == ["first-update"]


def test_a_figure_that_was_not_available_before_is_new_and_one_that_never_was_is_nothing():
    without = figure("honey", "2022-23", None)
    assert [row[2] for row in changes([without], [figure("honey", "2022-23", "0")])] == ["new"]
    assert changes([without], [without]) == changes([], [without]) == changes([without], []) == []


def test_figures_of_other_areas_breakdowns_and_kinds_of_period_are_other_figures():
    # December ends on the day on which the year does.
    before = [figure("on-time", "2024", "50")]
    now = [
        *before,
        figure("on-time", "2024", "60", area="Meadowland"),
        figure("on-time", "2024", "70", breakdown="drones"),
        figure("on-time", "December 2024", "80"),
    ]
    assert [row[2:5] for row in changes(before, now)] == [
        ("new", None, Decimal(80)),
        ("new", None, Decimal(70)),
        ("new", None, Decimal(60)),
    ]


def test_what_changed_is_listed_by_measure_and_period_whatever_the_order_of_the_tables():
    now = [
        figure("nectar", "2022-23", "1"),
        figure("honey", "2023-24", "2"),
        figure("honey", "2022-23", "3"),
    ]
    listed = [("honey", "2022-23"), ("honey", "2023-24"), ("nectar", "2022-23")]
    assert [row[:2] for row in changes([], now)] == listed
    assert [row[:2] for row in changes([], now[::-1])] == listed


def test_of_no_figures_at_all_none_has_changed():
    assert changes([], []) == []


# --------------------------------------------------------------------------------------- verdicts


def assessed(**cells):
    """Make an assessment; what a test does not care about has a default."""
    row = {
        "plan": "hive-strategy",
        "role": "plan",
        "reference": "1",
        "measure_id": "honey",
        "follows": "",
        "latest_period": "2023-24",
        "latest_value": Decimal(24),
        "previous_period": "2022-23",
        "previous_value": Decimal(27),
        "change_in_words": "",
        "direction": "declining",
        "currency": "current",
    }
    return row | cells


NONE = {"latest_period": "", "latest_value": None, "currency": "no_figure"}
NEWER = {"latest_period": "2024-25", "latest_value": Decimal(30), "direction": "improving"}
WHY = [
    (NEWER, "new_figure"),
    ({"change_in_words": "up 5%"}, "new_figure"),
    ({"latest_value": Decimal(29)}, "revision"),
    ({"previous_value": Decimal(20)}, "revision"),
    ({"previous_period": "2021-22"}, "other_comparison"),
    ({}, "rule"),
]


@pytest.mark.parametrize(("now", "why"), WHY)
def test_why_a_verdict_turned(now, why):
    row = assessed(**{"direction": "improving", **now})
    assert why_turned(SimpleNamespace(**assessed()), SimpleNamespace(**row)) == why
    found = changed_verdicts(pd.DataFrame([assessed()]), pd.DataFrame([row]))
    assert found[["direction_before", "direction", "why"]].to_numpy().tolist() == [
        ["declining", "improving", why]
    ]


def test_a_verdict_that_stays_has_not_turned_whatever_the_figures():
    now = assessed(latest_period="2024-25", latest_value=Decimal(10))
    assert changed_verdicts(pd.DataFrame([assessed()]), pd.DataFrame([now])).empty


def test_a_measure_listed_elsewhere_or_for_the_first_time_has_no_verdict_to_turn():
    before = pd.DataFrame([assessed()])
    for place in ({"plan": "bee-page"}, {"reference": "2"}, {"follows": "month"}):
        assert changed_verdicts(before, pd.DataFrame([assessed(**NEWER, **place)])).empty


def test_verdicts_that_turned_keep_the_columns_and_order_of_the_table():
    now = pd.DataFrame(
        [
            assessed(reference="2", direction="improving"),
            assessed(),
            assessed(reference="1", measure_id="nectar", direction="rose"),
        ]
    )
    before = now.assign(direction=["declining", "declining", "fell"])
    found = changed_verdicts(before, now)
    assert found["reference"].to_list() == ["2", "1"]
    assert list(found.columns) == [*now.columns, "direction_before", "why"]
    assert list(changed_verdicts(now, now).columns) == list(found.columns)


# ------------------------------------------------------------------------------------ news of each


@pytest.mark.parametrize(
    ("before", "now", "kind"),
    [
        (None, {}, "new_measure"),
        ({}, {}, ""),
        (NONE, {}, "first_figure"),
        (NONE, {**NONE, "change_in_words": "up 5%"}, "first_figure"),
        ({}, NEWER, "new_figure"),
        ({**NONE, "change_in_words": "up 5%"}, {**NONE, "change_in_words": "up 7%"}, "new_figure"),
        ({}, {"latest_value": Decimal(25)}, "revised_figure"),
        # A revision that turns the verdict is told as a revision.
        ({}, {"latest_value": Decimal(28), "direction": "improving"}, "revised_figure"),
        ({}, {"latest_value": None}, "without_figure"),
        ({}, {"latest_period": "2024-25", "latest_value": None}, "without_figure"),
        ({}, {"previous_value": Decimal(23), "direction": "improving"}, "turned"),
        ({}, {"currency": "old"}, "grown_old"),
        # No figure, then one that is announced and not there: nothing that a reader could know.
        (NONE, NONE, ""),
    ],
)
def test_what_is_new_of_a_measure(before, now, kind):
    was = None if before is None else SimpleNamespace(**assessed(**before))
    assert news(was, SimpleNamespace(**assessed(**now))) == kind


def test_the_news_of_an_account_are_those_that_its_own_tables_give():
    of = account_of("bee-page", figures=FIGURES)
    found = {row.measure_id: news(of.before(row), row) for row in of.assessments.itertuples()}
    # Both were known by March 2025, and nothing of them came out by July.
    assert (found["honey"], found["hub-use"], found["happy"]) == ("", "", "")


# --------------------------------------------------------------------------------------- promises


def promise(reference, status, due_passed="", **cells):
    row = {"plan": "swarm-plan", "area": "5", "reference": reference, "text": "More honey."}
    return row | {"status": status, "due_passed": due_passed} | cells


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        (("on_track", "no"), ("achieved", "no"), "met"),
        (("on_track", "no"), ("missed", "yes"), "missed"),
        (("on_track", ""), ("behind", ""), "other_status"),
        (("achieved", ""), ("on_track", ""), "other_status"),
        (("no_evidence_yet", "no"), ("no_evidence_yet", "yes"), "date_passed"),
        (None, ("on_track", ""), "new"),
        (("on_track", ""), None, "gone"),
        (("missed", "yes"), ("missed", "yes"), None),
    ],
)
def test_what_happened_to_a_promise(before, now, change):
    same = promise("5-9", "behind")
    then = pd.DataFrame([same, *([promise("5-1", *before)] if before else [])])
    later = pd.DataFrame([same, *([promise("5-1", *now)] if now else [])])
    found = changed_promises(then, later)
    expected = [] if change is None else [(change, before[0] if before else "")]
    assert list(zip(found["change"], found["status_before"], strict=True)) == expected
    assert found["reference"].to_list() == ["5-1"] * len(expected)


def test_promises_of_two_plans_with_one_number_are_two_promises():
    then = pd.DataFrame([promise("5-1", "behind"), promise("5-1", "missed", plan="comb-plan")])
    later = then.assign(status=["behind", "achieved"])
    assert changed_promises(then, later)["plan"].to_list() == ["comb-plan"]


def test_of_no_promises_none_has_changed():
    none = pd.DataFrame(columns=list(promise("5-1", "behind")), dtype=object)
    assert changed_promises(none, none).empty


# ------------------------------------------------------------------------------------------ plans


def test_a_plan_is_new_where_its_document_came_out_after_one_account_and_by_the_next():
    plans = [make_plan(make_part("1"), id=name, source=name) for name in ("hive-strategy",)]
    definitions = definitions_of(plans)  # published on 30 June 2025
    day = date(2025, 6, 30)

    def found(before, now):
        return [plan.id for plan in new_plans(definitions, before, now)]

    assert found(date(2025, 3, 31), day) == ["hive-strategy"]
    assert found(day, date(2025, 9, 30)) == []
    assert found(date(2025, 3, 31), date(2025, 6, 29)) == []
