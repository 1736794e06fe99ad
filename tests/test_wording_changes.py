"""Changes since a baseline, and those that documents state without figures; never with an arrow."""

import re
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wording_rows import UNITS, figures, since

from helpers.direction import POLARITIES
from helpers.wording.changes import since_baseline, stated_change, unclear_statement
from helpers.wording.lines import summary_line

# Change since a baseline.


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "Up from 38% in July 2023 to 89% in September 2025."),
        (
            {"latest_value": Decimal(30), "since_baseline": Decimal(-8)},
            "Down from 38% in July 2023 to 30% in September 2025.",
        ),
        (
            {"latest_value": Decimal(38), "since_baseline": Decimal(0)},
            "The same as at the start: 38% in July 2023 and 38% in September 2025.",
        ),
        ({"latest_qualifier": "about"}, "Up from 38% in July 2023 to about 89% in September 2025."),
        ({"baseline_value": None, "baseline_period": "", "since_baseline": None}, ""),
    ],
)
def test_since_baseline_names_both_figures_and_both_periods(changes, expected):
    assert since_baseline(since(**changes)) == expected


def test_since_baseline_of_another_kind_compares_nothing():
    row = since(
        latest_value=Decimal(58),
        latest_period="July 2025",
        baseline_value=Decimal(15),
        baseline_period="2023",
        since_baseline=None,
        baseline_reason="2023 and July 2025 are different kinds of period.",
    )
    words = since_baseline(row)
    assert words == (
        "The document sets 58% in July 2025 beside 15% in 2023. We do not compare the two: "
        "2023 and July 2025 are different kinds of period."
    )


@given(figures, figures, st.sampled_from(POLARITIES), st.sampled_from(UNITS))
def test_change_since_a_baseline_never_judges_and_has_no_arrow(before, latest, polarity, unit):
    row = since(
        polarity=polarity,
        unit=unit,
        latest_value=latest,
        baseline_value=before,
        since_baseline=latest - before,
        decimals=1,
    )
    for words in (since_baseline(row), summary_line(row)):
        for judged in ("better", "worse", "improv", "declin", *"↑↓⇄↔▲▽"):
            assert judged not in words.lower()
        assert ("up from" in words.lower()) == (latest > before)
        assert ("down from" in words.lower()) == (latest < before), words


def test_figures_that_round_alike_are_not_said_to_have_moved_between_the_same_two_figures():
    row = since(
        latest_value=Decimal("38.4"), baseline_value=Decimal("37.6"), since_baseline=Decimal("0.8")
    )
    latest, before = re.findall(r"[\d.]+%", since_baseline(row))
    assert latest != before


# Changes that are stated without figures.


def a_change(value, **changes):
    row = {
        "kind": "change_percent",
        "value": Decimal(value),
        "qualifier": "exact",
        "area": "Beeshire",
        "period": "November 2024",
        "against": "September 2023",
    }
    return SimpleNamespace(**(row | changes))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (a_change("-99"), "down 99% from September 2023 to November 2024"),
        (a_change("8.7"), "up 8.7% from September 2023 to November 2024"),
        (
            a_change("200", qualifier="about"),
            "to about 3 times as many from September 2023 to November 2024",
        ),
        (
            a_change("14.4", kind="change_points"),
            "up 14.4 percentage points from September 2023 to November 2024",
        ),
        (
            a_change("-1", kind="change_points"),
            "down 1 percentage point from September 2023 to November 2024",
        ),
        (a_change("19", against="not stated"), "up 19% (the document does not say since when)"),
        (
            a_change("82", against="2022/23 academic year", period="2024/25 academic year"),
            "up 82% from the 2022/23 school year to the 2024/25 school year",
        ),
    ],
)
def test_a_stated_change_is_worded_with_both_periods(change, expected):
    assert stated_change([change], "Beeshire") == expected


def test_changes_of_parts_of_the_area_name_the_part():
    changes = [a_change("4.7", area="North"), a_change("8.7", area="South")]
    assert stated_change(changes, "Beeshire") == (
        "North: up 4.7% from September 2023 to November 2024; "
        "South: up 8.7% from September 2023 to November 2024"
    )


def test_no_stated_change_is_no_words():
    assert stated_change([], "Beeshire") == ""


def test_a_change_of_nothing_is_not_called_down():
    words = stated_change([a_change("0")], "Beeshire")
    assert "down" not in words and "up" not in words


def test_a_statement_that_can_be_read_in_two_ways_is_quoted_with_its_document_and_its_note():
    said = SimpleNamespace(
        period="2021/22 academic year",
        as_published="a 14.4% improvement",
        note="It can be read in two ways.",
    )
    assert unclear_statement(said, "the update") == (
        "Of the 2021/22 school year, the update says: “a 14.4% improvement”. "
        "It can be read in two ways."
    )
    said.note = ""
    assert unclear_statement(said, "the update").endswith("improvement”.")
