"""The steps of a calculation on a page: questions, answers and arithmetic, nothing said twice."""

from html import escape
from xml.etree import ElementTree

import pytest
from invented import FIGURES, account_of, figure, listed
from invented import indicator as make_indicator
from page_words import html_of, words_of

from helpers import blocks
from helpers.account import Account


def account(figures=FIGURES, measure="nectar", **changes) -> Account:
    entry = listed(measure, reference="bee-1", **changes)
    return account_of("bee-page", figures, [make_indicator(1, "Nectar", "up", 2, [entry])])


def items(part):
    """Return the listed steps: question, sentence, and lines of arithmetic."""
    root = ElementTree.fromstring(f"<div>{html_of(part)}</div>")
    found = []
    for item in root.find("ol"):
        lines = [line.text for line in item.findall("div/div")]
        found.append((item.find("strong").text, (item.find("strong").tail or "").strip(), lines))
    return found


def test_each_step_is_a_question_with_its_answer_and_its_arithmetic():
    found = {question: (words, lines) for question, words, lines in items(steps())}
    assert found["Which way did it go?"] == (
        "It rose, and higher is better.",
        [
            "30 − 24 = 6",
            "6 ÷ 24 = 0.25, that is +25%",
            "higher is better, and a change for the better counts however small it is",
        ],
    )
    assert found["Is the figure recent?"][0] == "Yes."


def steps(said="", **changes):
    return blocks.calculation_steps(account(**changes), "bee-1", said)


def test_what_stands_above_is_not_said_again_but_answered_in_a_word():
    said = "<p>It rose, and higher is better.</p>"
    found = {question: words for question, words, _ in items(steps(said))}
    assert found["Which way did it go?"] == "Improving."


def test_an_answer_of_one_word_stays_whatever_stands_above():
    found = {question: words for question, words, _ in items(steps("<p>Yes. No. 7 says so.</p>"))}
    assert found["Is the figure recent?"] == "Yes."
    assert found["Would another reading of the rule say otherwise?"] == "No."


def test_an_old_figure_that_is_said_to_be_old_is_answered_with_no():
    figures = [figure("nectar", "2021-22", "24"), figure("nectar", "2022-23", "30")]
    note = "Our sources have nothing newer than 2022-23, so this may be out of date."
    found = {q: words for q, words, _ in items(steps(escape(note), figures=figures))}
    assert found["Is the figure recent?"] == "No."
    found = {q: words for q, words, _ in items(steps(figures=figures))}
    assert found["Is the figure recent?"] == note


def test_rules_that_cannot_be_applied_stand_last_and_those_of_one_reason_together():
    found = items(steps())
    without = [(question, words) for question, words, lines in found if not lines]
    assert without == [
        (
            "Do the counts give the published figure? How far off could the figures be? "
            "Could chance have made it?",
            "Cannot be calculated: our sources give no numbers of cases.",
        ),
        (
            "Do five years go one way?",
            "Cannot be calculated: there are 2 years, and five are needed.",
        ),
        (
            "How is it elsewhere?",
            "Cannot be calculated: our sources have no figure of another place for the same "
            "period.",
        ),
    ]
    assert found[-3:] == [(*entry, []) for entry in without]


def test_a_reason_that_stands_above_is_not_given_again():
    figures = [figure("nectar", "2023-24", "30")]
    reason = "There is no figure for 2022-23 to compare it with."
    assert reason in words_of(steps(figures=figures))
    assert [question for question, _, _ in items(steps(reason, figures=figures))] == [
        "Is the figure recent?"
    ]


def test_the_link_leads_to_the_same_as_json():
    root = ElementTree.fromstring(f"<div>{html_of(steps())}</div>")
    (link,) = root.iter("a")
    assert link.text == "This calculation as a data file (JSON)"
    assert link.get("href") == "data/calculations/bee-page/happy-measure-bee-1.json"


def test_what_a_source_says_is_escaped():
    figures = [figure("nectar", "2022-23", "24", place="<b>"), figure("nectar", "2023-24", "30")]
    assert "<b>" not in html_of(steps(figures=figures))
    assert "&lt;b&gt;" in html_of(steps(figures=figures))


@pytest.mark.parametrize("name", ["bee-1", "nectar"])
def test_a_finding_opens_the_steps_and_says_nothing_twice(name):
    words = words_of(blocks.finding(account(), name))
    start, _, judged = words.partition("How we judged this")
    assert "6 ÷ 24 = 0.25, that is +25%" in judged
    assert "This calculation as a data file (JSON)" in judged and "JSON" not in start
    assert judged.count("It rose, and higher is better.") == 1


def test_the_steps_are_of_the_row_that_the_finding_shows():
    of = account_of()
    for kind in ("month", "calendar_year"):
        link = f"2-measure-on-time-{kind.replace('_', '-')}.json"
        assert link in html_of(blocks.finding(of, f"on-time, {kind}"))
