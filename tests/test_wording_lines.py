"""Findings as one short line, for lists, cards and summaries."""

from decimal import Decimal

import pytest
from wording_rows import a_row, only_a_change, since

from helpers.wording.lines import last_known_line, news_line, summary_line


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "Schools judged good: up to 91.5% from 90.4%"),
        (
            {"latest_value": Decimal("63.9"), "direction": "declining", "summary_group": "x"},
            "Schools judged good: down to 63.9% from 90.4%",
        ),
        (
            {"latest_value": Decimal("90.4"), "direction": "no_change", "summary_group": "x"},
            "Schools judged good: still 90.4%",
        ),
        ({"latest_value": None}, "Schools judged good"),
        ({"previous_value": None}, "Schools judged good: 91.5%"),
        ({"direction": "not_comparable"}, "Schools judged good: 91.5%"),
        (
            {"direction": "declining_within_margin", "target_met": "yes"},
            "Schools judged good: up to 91.5% from 90.4% (target met)",
        ),
        (
            {
                "direction": "declining_within_margin",
                "target_met": "yes",
                "national_quartile": "top",
            },
            "Schools judged good: up to 91.5% from 90.4% "
            "(target met and reported in the best national quartile)",
        ),
    ],
)
def test_summary_line(changes, expected):
    assert summary_line(a_row(**changes)) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (since(), "Plans on time: up from 38% in July 2023 to 89% in September 2025"),
        (only_a_change(), "Children who wait: down 63% from September 2023 to October 2024"),
        # The figure a year before goes first; the baseline has a sentence of its own.
        (
            since(
                previous_value=Decimal(50),
                previous_period="September 2024",
                direction="improving",
                summary_group="improving_or_good",
            ),
            "Plans on time: up to 89% from 50%",
        ),
    ],
)
def test_summary_line_of_a_baseline_and_of_a_change(row, expected):
    assert summary_line(row) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (a_row(), "Schools judged good: 91.5% on 31 March 2023, up from 90.4%"),
        (
            a_row(latest_value=Decimal("63.9"), direction="declining"),
            "Schools judged good: 63.9% on 31 March 2023, down from 90.4%",
        ),
        (
            a_row(latest_value=Decimal("90.4"), direction="no_change"),
            "Schools judged good: 90.4% on 31 March 2023, as before",
        ),
        (a_row(direction="not_comparable"), "Schools judged good: 91.5% on 31 March 2023"),
        (
            a_row(previous_value=None, latest_qualifier="at_least"),
            "Schools judged good: at least 91.5% on 31 March 2023",
        ),
        # Never "67%, up from 67%".
        (
            a_row(decimals=0, latest_value=Decimal("67.4"), previous_value=Decimal("66.9")),
            "Schools judged good: 67.4% on 31 March 2023, up from 66.9%",
        ),
    ],
)
def test_news_line_names_the_period_of_the_latest(row, expected):
    assert news_line(row) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            a_row(currency="old"),
            "Schools judged good: 91.5% on 31 March 2023, up from 90.4% on 31 March 2022; "
            "nothing newer",
        ),
        (
            a_row(latest_value=Decimal("90.4"), direction="no_change"),
            "Schools judged good: 90.4% on 31 March 2023, the same as on 31 March 2022",
        ),
        (a_row(direction="not_comparable"), "Schools judged good: 91.5% on 31 March 2023"),
        (
            since(currency="old"),
            "Plans on time: 89% in September 2025, up from 38% in July 2023; nothing newer",
        ),
        (
            since(latest_value=Decimal(30), since_baseline=Decimal(-8)),
            "Plans on time: 30% in September 2025, down from 38% in July 2023",
        ),
        (only_a_change(), "Children who wait: down 63% from September 2023 to October 2024"),
        (only_a_change(change_in_words=""), "Children who wait"),
    ],
)
def test_last_known_line(row, expected):
    assert last_known_line(row) == expected


def test_last_known_line_of_a_figure_that_has_not_moved_is_not_called_down():
    row = since(latest_value=Decimal(38), since_baseline=Decimal(0))
    assert "up" not in last_known_line(row) and "down" not in last_known_line(row)
