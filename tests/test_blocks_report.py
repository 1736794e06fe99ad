"""A published report beside the rule: purpose, commentary, summary, arrows and errors."""

import pandas as pd
import pytest
from page_words import THEN, by_heading, html_of, opener, rows_of, words_of

from helpers import blocks
from helpers.plans import SummaryItem


@pytest.fixture
def account(finished_small_project, monkeypatch):
    """Open an account of the small project by quarter, the later one unless asked."""
    return opener(finished_small_project, monkeypatch)


def test_the_purpose_says_why_and_names_outcomes_and_priorities(account):
    words = words_of(blocks.purpose(account(), 2))
    assert words.startswith("Most children do best at home.")
    assert "Outcome Bee: Be Safe" in words and "Outcome Bee: Be Happy" in words
    assert "Priority: Warm hives" in words


def test_commentary_gives_reasons_and_actions_escaped_and_says_whose_words_they_are(account):
    part = blocks.commentary(account(), 1)
    words = words_of(part)
    assert "What the report said for 2022-23" in words
    assert "What it says about the figures: Two homes closed & one moved." in words
    assert "What was being done, or planned: Open a new home." in words
    assert "In our words, from Plan for the Young Bees of Beeshire 2022-27" in words
    assert "closed &amp; one" in html_of(part)


def test_the_report_speaks_for_its_own_area_only(account):
    assert blocks.commentary(account(area="Meadowland"), 1) is None


def test_without_commentary_it_is_awaited_and_none_is_invented(account):
    words = words_of(blocks.commentary(account(), 3))
    assert words == (
        "The report states no reasons or actions for this indicator. Commentary is awaited."
    )


def test_further_figures_are_listed_for_their_own_indicators(account):
    table = blocks.further_figures(account(), [1])
    (row,) = by_heading(table)
    assert row["Measure"] == "Children looked after who live next door to Beeshire"
    assert "12" in row["Latest"]
    assert blocks.further_figures(account(), [2, 3]) is None
    assert blocks.further_figures(account(area="Meadowland"), [1]) is None


def test_the_published_summary_stands_beside_the_rule_then_and_now(account):
    of = account()
    items = [
        SummaryItem(text="Fewer live in Beeshire.", references=["1"]),
        SummaryItem(text="More & more.", official=["care-leavers-busy"]),
        SummaryItem(text="Something else."),
    ]
    one, two, none = rows_of(blocks.summary_items(of, items, "To be improved"))
    assert one[0] == "Fewer live in Beeshire."
    assert "Declining" in one[2] and "Declining" in one[3]
    assert one[3].endswith("(31 March 2023, old)")
    assert two[2] == "no indicator" and two[3].endswith("(2024-25)")
    assert none[1] == "No figure was published for this."


def test_differences_from_the_published_arrows_are_listed_with_the_reason(account):
    rows = account(THEN).assessments.query("reproduced == 'no'")
    (row,) = rows_of(blocks.difference_list(rows))
    assert row[0].startswith("5. Gap in achievement")
    assert "The groups were drawn otherwise before." in row[0]
    assert row[1] == "↓" and "Not comparable" in row[2]


def test_a_quality_table_lists_findings_under_the_measures_title(account):
    of = account()
    findings = of.data_quality.query("check == 'revised_figure'")
    table = blocks.quality_table(of, findings, "revised_figure")
    assert table.caption.startswith("Figures that a later edition changed")
    (row,) = rows_of(table)
    assert row[:2] == ["Children looked after", "31 March 2024"]
    assert row[2].startswith("51 per 10,000") and row[3].startswith("52 per 10,000")


def test_columns_of_a_quality_table_that_say_nothing_are_left_out(account):
    of = account()
    findings = of.data_quality.query("check == 'revised_figure'")
    both = pd.concat([findings, findings.assign(area="Meadowland")])
    assert "Area" in words_of(blocks.quality_table(of, both, "revised_figure"))
    assert "Area" not in words_of(blocks.quality_table(of, findings, "revised_figure"))
    bare = findings.assign(period="")
    assert "Period" not in words_of(blocks.quality_table(of, bare, "revised_figure"))
