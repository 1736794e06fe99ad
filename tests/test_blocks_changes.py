"""What is not as it was in the account before, on a page."""

import pandas as pd
import pytest
from invented import FIGURES, account_of, figure, with_tables
from page_words import THEN, by_heading, opener, plan_rows, words_of

from helpers import blocks


@pytest.fixture
def account(finished_small_project, monkeypatch):
    """Open an account of the small project by quarter, the later one unless asked."""
    return opener(finished_small_project, monkeypatch)


def test_in_the_first_quarter_there_is_nothing_to_compare_with(account):
    of = account(THEN)
    words = words_of(blocks.what_changed(of, plan_rows(of)))
    assert words == "This is the first quarter there is an account of."


def test_newer_figures_and_figures_grown_old_are_what_changed(account):
    of = account()
    words = words_of(blocks.what_changed(of, plan_rows(of)))
    assert words.startswith("Since 2023-24 Q4:")
    assert "New figure. Children looked after: 56 per 10,000 on 31 March 2025" in words
    for grown_old in (
        "Children looked after who live in Beeshire",
        "Staff who were trained",
        "Gap in achievement",
    ):
        assert f"{grown_old}: now counted as having no recent figure." in words
    # Monthly: old then, and old now.
    assert "Children who have their say" not in words


def test_a_measure_that_was_not_there_before_is_new(account):
    of = account()
    rows = plan_rows(of).assign(reference=lambda table: table["reference"] + "x")
    words = words_of(blocks.what_changed(of, rows))
    assert "New here: Children looked after." in words


def test_where_nothing_changed_it_says_so(account):
    of = account()
    words = words_of(blocks.what_changed(of, plan_rows(of).query("reference == '4'")))
    assert words == "Nothing has changed since 2023-24 Q4: no newer figure was published."


def test_what_changed_tells_two_kinds_of_period_of_one_measure_apart():
    of = account_of()
    rows = of.assessments[of.assessments["measure_id"] == "on-time"]
    words = words_of(blocks.what_changed(of, rows))
    # The month came with the strategy, after the quarter before; the year was known already.
    assert "First figure. Plans on time (a month): 89% in June 2025" in words
    assert "54%" not in words


def test_a_changed_statement_is_what_changed():
    newer = figure(
        "hub-use", "May 2025", "25", "hive-strategy", kind="change_percent", against="not stated"
    )
    of = account_of("bee-page", figures=[*FIGURES, newer])
    rows = of.assessments[of.assessments["measure_id"] == "hub-use"]
    words = words_of(blocks.what_changed(of, rows))
    assert "New figure. Use of the hub: up 25%" in words
    same = account_of("bee-page")
    assert "Nothing has changed" in words_of(blocks.what_changed(same, same.assessments[:2]))


def test_a_plan_that_was_not_there_before_is_new_and_not_compared_with_another_plans_rows():
    of = account_of()
    before = of.last_assessed(plan="bee-page")
    words = words_of(blocks.what_changed(with_tables(of, last=before), of.assessments))
    assert words.count("New here:") == len(of.assessments)


def test_a_verdict_that_turned_is_told_with_the_one_before(account):
    of = account()
    words = words_of(blocks.what_changed(of, plan_rows(of).query("reference == '2'")))
    # 51 against 53 was better; 56 against 52 is worse.
    assert words.endswith("Lower is better, so this got worse. Last time: improving.")


# --------------------------------------------------------------------------------------- promises


def promise(**cells):
    row = {"reference": "5-1", "text": "More <honey>.", "change": "met"}
    return row | {"status": "achieved", "status_before": "on_track"} | cells


def test_a_promise_stands_with_both_statuses_and_what_happened():
    changed = pd.DataFrame([promise(), promise(reference="5-2", change="date_passed")])
    rows = by_heading(blocks.promises_changed(changed, "Changed"))
    assert rows[0] == {
        "What was promised": "5-1. More <honey>.",
        "What happened": "Met",
        "Last time": "↗ On track",
        "Now": "✓ Achieved",
    }
    assert rows[1]["What happened"] == "Its date has passed"


def test_a_promise_that_is_new_or_gone_was_or_is_not_listed():
    changed = pd.DataFrame(
        [promise(change="new", status_before=""), promise(change="gone", status="behind")]
    )
    rows = by_heading(blocks.promises_changed(changed, "Changed"))
    assert [(row["Last time"], row["Now"]) for row in rows] == [
        ("Not listed", "✓ Achieved"),
        ("↗ On track", "Not listed"),
    ]


def test_where_no_promise_changed_it_says_so():
    none = pd.DataFrame([promise()]).iloc[:0]
    words = words_of(blocks.promises_changed(none, "Changed"))
    assert words == "No promise stands differently than in the account before."
