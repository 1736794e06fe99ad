"""What stands at the top of a page, and remarks on it."""

from dataclasses import replace
from datetime import date

import pytest
from invented import FIGURES, THEN, account_of
from page_words import html_of, opener, plan_rows, words_of

from helpers import blocks
from helpers.blocks import opening

LATER = "after this quarter"


@pytest.fixture
def account(finished_small_project, monkeypatch):
    """Open an account of the small project by quarter, the later one unless asked."""
    return opener(finished_small_project, monkeypatch)


@pytest.fixture
def shown(monkeypatch):
    """Gather what is shown instead of showing it."""
    parts = []
    monkeypatch.setattr(opening, "display", parts.append)
    return parts


def test_parts_are_shown_in_order_and_none_is_left_out(shown):
    blocks.show("one", None, "two")
    assert shown == ["one", "two"]


def test_the_quarter_note_names_quarter_area_and_day(account):
    words = words_of(blocks.quarter_note(account()))
    assert "2025-26 Q1" in words and "Beeshire" in words and "31 July 2025" in words


@pytest.mark.parametrize("block", [blocks.lede, blocks.note])
def test_words_are_escaped(block):
    assert "&lt;b&gt; &amp; more" in html_of(block("<b> & more"))


def test_a_plans_page_opens_with_the_plan_the_report_and_the_quarter(account):
    of = account()
    words = words_of(blocks.plan_opening(of, plan_rows(of)))
    assert "The plan has 5 measures, and 1 of them has a recent figure: 1 getting worse." in words
    assert "Plan for the Young Bees of Beeshire 2022-27" in words
    assert "Report on the Plan for the Young Bees 2022-23 (invented)" in words
    assert "31 July 2025" in words


def test_before_the_plans_document_was_out_the_quarter_note_says_so():
    words = words_of(blocks.quarter_note(account_of(quarter=THEN)))
    assert "30 June 2025, after this quarter. This page looks at what was known before." in words
    assert "Hive Strategy: published" in words
    assert LATER not in words_of(blocks.quarter_note(account_of()))


def test_a_day_of_publication_that_is_known_is_not_only_about():
    # As where a finding cites its source: the invented strategy is dated to the day.
    words = words_of(blocks.quarter_note(account_of(quarter=THEN)))
    assert "published 30 June 2025" in words and "about" not in words


def test_on_the_day_of_its_publication_a_document_is_out():
    day = replace_as_at(date(2025, 6, 30))
    assert LATER not in words_of(blocks.quarter_note(account_of(quarter=day)))
    before = replace_as_at(date(2025, 6, 29))
    assert LATER in words_of(blocks.quarter_note(account_of(quarter=before)))


def replace_as_at(day):
    return THEN.model_copy(update={"as_at": day})


def test_the_quarter_note_names_the_newest_publication_and_not_the_newest_period():
    assert "newest publication used is of 30 June 2025" in words_of(
        blocks.quarter_note(account_of())
    )
    only_old = [row for row in FIGURES if row["source"] == "first-update"]
    words = words_of(blocks.quarter_note(account_of(figures=only_old)))
    assert "newest publication used is of 31 January 2025" in words


def test_where_nothing_was_published_the_quarter_note_names_no_publication():
    nothing = account_of(figures=[], quarter=THEN)
    words = words_of(blocks.quarter_note(nothing))
    assert "newest publication used" not in words and LATER in words


def test_a_title_in_the_opening_is_escaped():
    of = account_of()
    of = replace(of, plan=of.plan.model_copy(update={"title": "Hive & <b>Strategy</b>"}))
    assert "Hive &amp; &lt;b&gt;" in html_of(blocks.plan_opening(of, of.assessments))
