"""What is new since the quarter before, in words."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from helpers.changes import NEWS, PROMISE_CHANGES, REASONS
from helpers.wording import news as wording_news
from helpers.wording import news_sentence


def row(**cells):
    entries = {
        "title": "Hives with honey",
        "unit": "percent",
        "decimals": 0,
        "polarity": "higher",
        "latest_value": Decimal(24),
        "latest_period": "2023-24",
        "latest_period_kind": "financial_year",
        "latest_status": "",
        "latest_qualifier": "exact",
        "previous_value": Decimal(27),
        "previous_period": "2022-23",
        "relative_change": Decimal("-0.11"),
        "direction": "declining",
        "direction_reason": "",
        "benchmark_value": None,
        "benchmark_position": "",
        "change_in_words": "",
    }
    return SimpleNamespace(**entries | cells)


WORSE = (
    "Hives with honey: 24% in 2023-24, down from 27% in 2022-23. Higher is better, so this got "
    "worse."
)


@pytest.mark.parametrize(
    ("kind", "start"),
    [
        ("first_figure", "First figure."),
        ("new_figure", "New figure."),
        ("turned", "Another verdict."),
    ],
)
def test_a_finding_follows_what_is_new_about_it(kind, start):
    assert news_sentence(kind, row(), row()) == f"{start} {WORSE}"


def test_a_verdict_that_turned_says_what_it_was():
    said = news_sentence("new_figure", row(), row(direction="no_change"))
    assert said == f"New figure. {WORSE} Last time: no change."


def test_where_there_was_no_verdict_last_time_it_says_nothing_of_it():
    said = news_sentence("new_figure", row(), row(direction="not_comparable"))
    assert said == f"New figure. {WORSE}"


def test_a_revised_figure_says_what_it_was():
    said = news_sentence("revised_figure", row(), row(latest_value=Decimal(26)))
    assert said == f"Revised figure. {WORSE} Before the revision it was 26%."


def test_a_revision_smaller_than_the_rounding_is_told_with_more_decimals():
    said = news_sentence("revised_figure", row(), row(latest_value=Decimal("24.3")))
    assert said.endswith("Before the revision it was 24.3%.")


def test_a_change_in_words_that_was_newly_stated_has_no_figure_to_tell():
    stated = {"latest_value": None, "latest_period": "", "change_in_words": "up 5%"}
    now = row(**stated, direction="not_comparable", direction_reason="No figures.")
    before = row(**stated, direction="not_comparable")
    assert news_sentence("new_figure", now, before) == (
        "New figure. Hives with honey: up 5%. No figures."
    )


def test_a_figure_that_was_not_published_is_told_by_its_reason():
    now = row(latest_value=None, direction_reason="No figure was published for 2024-25.")
    said = news_sentence("without_figure", now, row())
    assert said == "Hives with honey: 27% in 2022-23. No figure was published for 2024-25."


def test_a_new_measure_and_one_that_grew_old():
    assert news_sentence("new_measure", row(), None) == "New here: Hives with honey."
    assert news_sentence("grown_old", row(), row()) == (
        "Hives with honey: now counted as having no recent figure."
    )


def test_everything_that_can_change_has_words():
    for kind in NEWS:
        assert news_sentence(kind, row(), row())
    assert set(wording_news.TURNED_BECAUSE) == set(REASONS)
    assert set(wording_news.PROMISE_CHANGES) == set(PROMISE_CHANGES)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((1, 2, 1, 1), "1 figure is new, 2 were revised, 1 verdict turned, and 1 promise moved."),
        (
            (0, 0, 0, 0),
            "no figures are new, none was revised, no verdicts turned, and no promises moved.",
        ),
        (
            (12, 1, 3, 2),
            "12 figures are new, 1 was revised, 3 verdicts turned, and 2 promises moved.",
        ),
    ],
)
def test_changes_are_counted(counts, words):
    assert wording_news.changes_sentence("2024-25 Q3", *counts) == f"Since 2024-25 Q3, {words}"
