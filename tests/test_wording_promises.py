"""The words of promises: what is near, what was wanted, and when it was due."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from wording_rows import only_a_change, since

from helpers.wording.promises import (
    dates_sentence,
    due_in_words,
    milestone_evidence,
    milestone_target,
    nearest,
    promises_of_kind,
    without_date,
)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (since(), "Plans on time: up from 38% in July 2023 to 89% in September 2025."),
        (
            since(baseline_value=None, baseline_period="", since_baseline=None),
            "Plans on time: 89% in September 2025.",
        ),
        (only_a_change(), "Children who wait: down 63% from September 2023 to October 2024."),
        (only_a_change(change_in_words=""), ""),
    ],
)
def test_milestone_evidence(row, expected):
    assert milestone_evidence(row) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (since(), "Plans on time: 89% in September 2025."),
        (
            since(latest_value=Decimal(2000), unit="number", latest_qualifier="at_least"),
            "Plans on time: at least 2,000 in September 2025.",
        ),
        (only_a_change(), "Children who wait: down 63% from September 2023 to October 2024."),
        (only_a_change(change_in_words=""), "Children who wait: no figure yet."),
    ],
)
def test_nearest_figure(row, expected):
    assert nearest(row) == expected


@pytest.mark.parametrize(
    ("value", "up_to", "unit", "working", "expected"),
    [
        ("70", None, "percent", "", "70%"),
        ("100", None, "places", "", "100 places"),
        ("108", None, "places", "9 of 12 each", "108 places (9 of 12 each)"),
        ("7", "10", "places", "", "7 to 10 places"),
        ("1200", None, "places", "", "1,200 places"),
    ],
)
def test_the_number_that_a_milestone_wants(value, up_to, unit, working, expected):
    target = SimpleNamespace(
        value=Decimal(value), up_to=up_to and Decimal(up_to), unit=unit, working=working
    )
    assert milestone_target(target) == expected


def test_a_milestone_without_a_number_has_no_words_for_one():
    assert milestone_target(None) == ""


# How long ago a promise was due, and how many name no date.


@pytest.mark.parametrize(
    ("due", "as_at", "words"),
    [
        ((2024, 3, 31), (2026, 9, 30), "due 2 years and 6 months before this account"),
        ((2023, 8, 31), (2026, 9, 30), "due 3 years and 1 month before this account"),
        ((2025, 9, 30), (2026, 9, 30), "due 1 year before this account"),
        # 1 September to 1 December are 3 months; 30 more days of 31 make nearly a fourth.
        ((2023, 9, 1), (2023, 12, 31), "due 4 months before this account"),
        # To 10 February is a month of 28 days to 10 March: 13 days are less than half, 14 are half.
        ((2023, 1, 10), (2023, 2, 23), "due 1 month before this account"),
        ((2023, 1, 10), (2023, 2, 24), "due 2 months before this account"),
        # Eleven months and 30 of 31 days: the year is full.
        ((2023, 1, 1), (2023, 12, 31), "due 1 year before this account"),
        ((2024, 1, 31), (2024, 2, 29), "due 1 month before this account"),
        ((2024, 1, 30), (2024, 2, 28), "due 29 days before this account"),
        ((2023, 12, 30), (2023, 12, 31), "due 1 day before this account"),
        ((2023, 12, 31), (2023, 12, 31), "due on the day of this account"),
        ((2024, 1, 1), (2023, 12, 31), "due in 1 day"),
        ((2024, 3, 31), (2023, 12, 31), "due in 3 months"),
        ((2024, 4, 30), (2023, 12, 31), "due in 4 months"),
        ((2026, 2, 28), (2023, 12, 31), "due in 2 years and 2 months"),
    ],
)
def test_how_long_before_an_account_or_after_it_something_was_due(due, as_at, words):
    assert due_in_words(date(*due), date(*as_at)) == words


def test_how_many_promises_name_no_date():
    assert without_date(1) == "1 promise names no date:"
    assert without_date(63) == "63 promises name no date:"


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        (["achieved"], "1, achieved"),
        (["behind"] * 2, "2, all behind"),
        (["no_evidence_yet"] * 3, "3, all with no evidence yet"),
        (
            ["no_evidence_yet", "missed", "on_track", "missed"],
            "4 (1 on track, 2 missed and 1 with no evidence yet)",
        ),
    ],
)
def test_promises_of_a_kind_are_counted_by_status_in_the_order_of_the_statuses(statuses, words):
    expected = f"A change for the better: {words}"
    assert promises_of_kind("direction", statuses) == expected


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((0, 0, 0), "No promise and no target names a date."),
        ((0, 0, 1), "No promise or target was due yet. 1 lies ahead."),
        ((1, 0, 2), "The date of 1 promise or target has passed. 2 lie ahead."),
    ],
)
def test_dates_are_counted(counts, words):
    assert dates_sentence(*counts) == words
