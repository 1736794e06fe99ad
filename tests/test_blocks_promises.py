"""What a plan promised and said: statements, milestones, and what figures there are of them."""

import re

import pandas as pd
import pytest
from invented import account_of, figure
from page_words import by_heading, html_of, rows_of, words_of

from helpers import blocks, wording
from helpers.plans import Statement


def said(text="Be kind & <open>.", **changes):
    return Statement(**{"text": text, "place": "Page 4 & 5", **changes})


# --------------------------------------------------------------------------------- statements


def test_a_statement_stands_with_its_time_and_its_place():
    part = blocks.statements([said(when="June 2025"), said("Second.")])
    assert words_of(part) == "Be kind & <open>. (June 2025) Page 4 & 5 Second. Page 4 & 5"
    assert "<open>" not in html_of(part)


def test_places_can_be_left_out():
    assert words_of(blocks.statements([said("One.")], cite=False)) == "One."


def test_points_are_a_list_and_escaped():
    part = blocks.points(["One & two", "<b>three</b>"])
    assert html_of(part).count("<li>") == 2
    assert "&lt;b&gt;three" in html_of(part)


# ------------------------------------------------------------------------ what the figures show


def test_beside_what_was_said_stands_what_the_figures_show():
    statements = [
        said("Help us early.", measures=["nectar", "honey"]),
        said("Hear us.", measures=["complaint-rate"]),
        said("Tell us about the hub.", measures=["hub-use"]),
    ]
    first, second, third = rows_of(blocks.said_and_shown(account_of(), statements, "Said"))
    assert first[0] == "Help us early."
    assert "Improving Hives with nectar: 30% in 2023-24, up from 24%" in first[1]
    assert "Declining Hives with honey: 24% in 2023-24, down from 27%" in first[1]
    # What cannot be judged has no badge.
    assert second[1] == "Complaint rate: 3.7% in 2024-25 Q4, down from 6.7% in 2022-23 Q4"
    assert third[1] == "Use of the hub: up 19% (the document does not say since when)"


def test_an_old_figure_is_said_to_be_old_whether_judged_or_not():
    old = [figure("nectar", "2020-21", "24"), figure("nectar", "2021-22", "30")]
    old += [figure("honey", "2021-22", "20")]
    of = account_of(figures=old)
    judged, single = rows_of(
        blocks.said_and_shown(of, [said(measures=["nectar"]), said(measures=["honey"])], "Said")
    )
    assert judged[1] == (
        "↑ Improving Hives with nectar: 30% in 2021-22, up from 24%; nothing newer"
    )
    assert single[1] == "Hives with honey: 20% in 2021-22; nothing newer"


def test_where_statements_belong_to_several_ambitions_each_names_its_own():
    both = [said("One.", ambition=1), said("Two.", ambition=2)]
    table = blocks.said_and_shown(account_of(), both, "Said")
    assert [row[0] for row in rows_of(table)] == ["One. Ambition 1", "Two. Ambition 2"]
    assert '<a href="strategy-2.html">' in html_of(table)
    one = blocks.said_and_shown(account_of(), both[:1], "Said")
    assert rows_of(one)[0][0] == "One."


@pytest.mark.parametrize("measures", [[], ["happy"], ["happy", "dance-wait"]])
def test_without_a_figure_it_says_so(measures):
    table = blocks.said_and_shown(account_of(), [said(measures=measures)], "Said")
    assert rows_of(table)[0][1] == "No figure in our sources."


def test_a_measure_without_a_figure_is_left_out_beside_one_with():
    table = blocks.said_and_shown(account_of(), [said(measures=["happy", "nectar"])], "Said")
    shown = rows_of(table)[0][1]
    assert "nectar" in shown and "happy" not in shown


def test_a_measure_followed_by_two_kinds_of_period_is_shown_for_each():
    table = blocks.said_and_shown(account_of(), [said(measures=["on-time"])], "Said")
    shown = rows_of(table)[0][1]
    assert "89% in June 2025" in shown and "54% in 2024, up from 40%" in shown


def test_what_is_shown_links_to_the_measures_place_and_what_was_said_is_escaped():
    table = blocks.said_and_shown(account_of(), [said(measures=["nectar"])], "Said")
    assert 'href="strategy-2.html#measure-nectar"' in html_of(table)
    assert "<open>" not in html_of(table)


# --------------------------------------------------------------------------------- milestones


def a_milestone(**changes):
    row = {
        "reference": "5-1",
        "text": "Schools are trained & ready.",
        "kind": "in_place",
        "target": "",
        "due": None,
        "due_as_published": "",
        "due_passed": "",
        "status": "no_evidence_yet",
        "evidence": "No evidence has been published.",
        "nearest": "",
        "needed": "",
    }
    return row | changes


def milestones(*rows):
    return pd.DataFrame([a_milestone(**row) for row in rows])


def test_milestones_are_counted_by_kind_and_status_with_totals():
    table = milestones(
        {"kind": "direction", "status": "achieved"},
        {"kind": "direction", "status": "no_evidence_yet"},
        {"kind": "direction", "status": "no_evidence_yet"},
        {"kind": "number_by_date", "status": "missed"},
        {"kind": "in_place", "status": "no_evidence_yet"},
    )
    counts = by_heading(blocks.milestone_counts(table, "Milestones"))
    achieved, missed, none = "✓ Achieved", "✗ Missed", "? No evidence yet"
    # Kinds and statuses in the order of their lists, those that do not occur left out.
    assert counts == [
        {"Promised": "A number by a date", achieved: "0", missed: "1", none: "0", "All": "1"},
        {"Promised": "Something in place", achieved: "0", missed: "0", none: "1", "All": "1"},
        {"Promised": "A change for the better", achieved: "1", missed: "0", none: "2", "All": "3"},
        {"Promised": "All", achieved: "1", missed: "1", none: "3", "All": "5"},
    ]


def test_a_milestone_shows_what_was_promised_its_status_and_what_can_be_shown():
    table = milestones(
        {
            "reference": "5-1a",
            "kind": "number_by_date",
            "target": "70%",
            "due_as_published": "August 23",
            "needed": "How many were trained.",
            "nearest": "Staff trained: 40.",
        }
    )
    (row,) = by_heading(blocks.milestone_table(table, "Milestones"))
    assert row["What was promised"] == "5-1a. Schools are trained & ready. 70%, by August 23"
    assert row["Status"] == "? No evidence yet"
    # The badge says that there is no evidence; it is not said again.
    assert row["What can be shown"].startswith("It would take: How many were trained.")
    assert "Near, but not the same: Staff trained: 40." in row["What can be shown"]


def test_a_milestone_without_number_date_or_anything_near_says_only_what_it_is():
    (row,) = by_heading(blocks.milestone_table(milestones({}), "Milestones"))
    assert row["What was promised"] == "5-1. Schools are trained & ready."
    assert row["What can be shown"] != "", "an empty cell tells a screen reader nothing"


def test_a_time_that_is_no_deadline_is_given_in_the_documents_own_words():
    table = milestones({"due_as_published": "school year 23/24"})
    (row,) = by_heading(blocks.milestone_table(table, "Milestones"))
    assert row["What was promised"].endswith("ready. school year 23/24")


def test_milestones_are_escaped():
    table = milestones({"text": "<i>", "evidence": "<b>", "needed": "<u>", "nearest": "<s>"})
    markup = html_of(blocks.milestone_table(table, "Milestones"))
    assert not re.search("<[ibus]>", markup)


@pytest.mark.parametrize("status", wording.MILESTONE_STATUSES)
def test_a_status_never_stands_without_its_words(status):
    symbol, words = wording.MILESTONE_STATUSES[status]
    badge = blocks.milestone_badge(status)
    assert re.sub(r"<[^>]+>", "", badge) == f"{symbol} {words}"
    assert f'<span aria-hidden="true">{symbol}</span>' in badge


def test_a_milestones_place_has_its_number_and_text_escaped_and_an_id_of_its_plan():
    (row,) = milestones({"plan": "swarm-plan", "reference": "5-1a", "text": "<i>"}).itertuples()
    assert blocks.milestone_place(row) == (
        '<span id="milestone-swarm-plan-5-1a">5-1a. &lt;i&gt;</span>'
    )


def test_the_milestones_of_an_account_make_a_table():
    entry = {
        "number": 1,
        "text": "Fewer complaints.",
        "kind": "direction",
        "wanted": "decrease",
        "evidence": [
            {
                "measure": "complaint-rate",
                "polarity": "lower",
                "polarity_basis": "stated",
                "baseline": "2022-23 Q4",
            }
        ],
    }
    (row,) = by_heading(
        blocks.milestone_table(account_of("swarm-plan", milestones=[entry]).milestones, "All")
    )
    assert row["Status"] == "✓ Achieved"
    assert "down from 6.7% in 2022-23 Q4 to 3.7% in 2024-25 Q4" in row["What can be shown"]
