"""The short version's sentences, worked out by hand; nothing is said that is not so."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from helpers.assessment import SUMMARY_GROUPS
from helpers.definitions import Unit
from helpers.plain_words import LONGEST_SENTENCE
from helpers.wording import DIRECTIONS
from helpers.wording.plain import (
    GROUPS,
    LEADS,
    NOT_KNOWN,
    count_sentences,
    group_of,
    in_simple_numbers,
    plain_when,
    sentences_of,
)


def row(latest="56.3", previous="40.2", **changes):
    entries = {
        "unit": "percent",
        "decimals": 1,
        "latest_value": None if latest is None else Decimal(latest),
        "latest_period": "2024",
        "latest_status": "",
        "latest_qualifier": "exact",
        "previous_value": None if previous is None else Decimal(previous),
        "previous_period": "2023" if previous is not None else "",
        "direction": "improving",
        "change_in_words": "",
        "currency": "current",
        "summary_group": "improving_or_good",
    }
    return SimpleNamespace(**entries | changes)


def shares(*percents):
    return in_simple_numbers([Decimal(percent) / 100 for percent in percents])


# ---------------------------------------------------------------------------------- the groups


@pytest.mark.parametrize(
    ("given", "group"),
    [
        ({}, "better"),
        ({"direction": "declining", "summary_group": "to_be_improved"}, "worse"),
        ({"direction": "declining_within_margin", "summary_group": "little_change"}, "same"),
        ({"direction": "no_change", "summary_group": "little_change"}, "same"),
        ({"direction": "rose", "summary_group": "not_judged"}, "watched"),
        ({"direction": "fell", "summary_group": "not_judged"}, "watched"),
        ({"direction": "not_comparable", "summary_group": "not_judged"}, "single"),
        ({"currency": "old", "summary_group": "no_recent_figure"}, "old"),
    ],
)
def test_a_measure_stands_where_its_verdict_puts_it(given, group):
    assert group_of(row(**given)) == group


def test_an_old_figure_that_got_better_is_not_news():
    old = row(currency="old", summary_group="no_recent_figure")
    assert sentences_of(old) == ["In 2024, it was about 56 in 100."]


def test_without_a_figure_a_stated_change_is_told_and_else_nothing_is_known():
    nothing = {"direction": "not_comparable", "summary_group": "no_recent_figure"}
    empty = row(None, None, currency="no_figure", **nothing)
    assert (group_of(empty), sentences_of(empty)) == ("unknown", [])
    stated = row(None, None, change_in_words="up 19% (the document does not say since when)")
    assert (group_of(stated), sentences_of(stated)) == ("told", ["It went up."])
    old = row(None, None, change_in_words="down 69% from June 2023 to June 2024", currency="old")
    assert (group_of(old), sentences_of(old)) == ("old", ["It went down."])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("North: up 4.7% from 2023 to 2024; South: up 2% from 2023 to 2024", "It went up."),
        ("North: up 4.7% from 2023 to 2024; South: down 2% from 2023 to 2024", "It changed."),
        ("to about 3 times as many from 2021 to 2024", "It changed."),
        ("no change from 2023 to 2024", "It stayed the same."),
    ],
)
def test_a_stated_change_has_a_way_only_where_all_of_it_has(words, said):
    assert sentences_of(row(None, None, change_in_words=words)) == [said]


def test_every_group_has_a_sign_with_words_and_every_verdict_a_group():
    assert all(sign and words for sign, words in GROUPS.values())
    assert set(LEADS) <= set(GROUPS) and set(NOT_KNOWN) <= set(GROUPS)
    for direction in DIRECTIONS:
        for summary_group in SUMMARY_GROUPS:
            for currency in ("current", "old"):
                if (summary_group == "no_recent_figure") == (currency == "old"):
                    given = {"direction": direction, "currency": currency}
                    assert group_of(row(summary_group=summary_group, **given)) in GROUPS


# ------------------------------------------------------------------------------- the sentences


def test_a_change_names_both_times_and_both_figures_in_as_many():
    worse = row("24.5", "27.2", direction="declining", summary_group="to_be_improved")
    assert sentences_of(worse) == [
        "In 2023, it was about 27 in 100.",
        "In 2024, it was about 25 in 100.",
    ]


def test_a_small_change_for_the_worse_is_called_small_and_shown():
    same = row("69.8", "69.9", direction="declining_within_margin", summary_group="little_change")
    assert sentences_of(same) == [
        "This got a bit worse.",
        "In 2023, it was 699 in 1,000.",
        "In 2024, it was 698 in 1,000.",
    ]


def test_a_good_figure_that_did_not_improve_is_not_said_to_have():
    good = row("90", "90", direction="no_change")
    assert sentences_of(good)[0] == "This is good, as before."
    assert "In 2024, it was 9 in 10." in sentences_of(good)


def test_two_figures_that_must_not_be_compared_are_not_put_side_by_side():
    broken = row(direction="not_comparable", summary_group="not_judged")
    assert sentences_of(broken) == ["In 2024, it was about 56 in 100."]
    good = row(direction="not_comparable", summary_group="improving_or_good")
    assert len([line for line in sentences_of(good) if "in 100" in line]) == 1


def test_where_neither_way_is_good_it_only_went_up_or_down():
    watched = {"summary_group": "not_judged", "unit": "rate_per_10000"}
    up = row("22.1", "13.7", direction="rose", **watched)
    assert sentences_of(up) == [
        "This went up.",
        "In 2023, it was about 14 in 10,000.",
        "In 2024, it was about 22 in 10,000.",
    ]
    assert sentences_of(row("13.7", "22.1", direction="fell", **watched))[0] == "This went down."


@pytest.mark.parametrize(
    ("unit", "value", "said"),
    [
        ("number", "2000", "the number was 2,000"),
        ("points", "50.6", "the score was 50.6 points"),
        ("days", "6.3", "it was 6.3 days"),
        ("pounds", "5469575", "it was £5,469,575"),
        ("percentage_points", "19", "it was 19 percentage points"),
        ("rank", "3", "the place was 3rd"),
        ("percent", "60", "it was 6 in 10"),
        ("rate_per_10000", "36", "it was 36 in 10,000"),
        ("rate_per_100000", "150", "it was 15 in 10,000"),
    ],
)
def test_an_amount_is_written_in_its_unit(unit, value, said):
    assert unit in Unit.__args__
    decimals = 1 if "." in value else 0
    single = {"direction": "not_comparable", "summary_group": "not_judged"}
    shown = sentences_of(row(value, None, unit=unit, decimals=decimals, **single))
    assert shown == [f"In 2024, {said}."]


def test_a_bound_is_not_rounded_away():
    single = {"direction": "not_comparable", "summary_group": "not_judged"}
    at_least = row("2000", None, unit="number", decimals=0, latest_qualifier="at_least", **single)
    assert sentences_of(at_least) == ["In 2024, the number was at least 2,000."]
    share = row("56.3", None, latest_qualifier="at_least", **single)
    assert sentences_of(share) == ["In 2024, it was at least 56.3%."]


def test_a_percentage_above_a_hundred_is_not_so_many_in_ten():
    single = {"direction": "not_comparable", "summary_group": "not_judged"}
    assert sentences_of(row("120", None, **single)) == ["In 2024, it was 120%."]


def test_a_provisional_figure_may_still_change():
    assert sentences_of(row(latest_status="provisional"))[-1] == "This number may still change."


def test_no_sentence_is_longer_than_the_short_version_allows():
    periods = ["2024/25 academic year", "2024-25 Q1", "Autumn term 2024", "2023-26"]
    for period in [*periods, "year to 30 September 2025", "April 2022 to September 2022"]:
        for unit in Unit.__args__:
            found = sentences_of(row("56.3", "40.2", unit=unit, latest_period=period))
            assert all(len(line.split()) <= LONGEST_SENTENCE for line in found), found
    for line in " ".join(LEADS.values()).split(". "):
        assert len(line.split()) <= LONGEST_SENTENCE


# -------------------------------------------------------------------------- the simple numbers


@pytest.mark.parametrize(
    ("percent", "said"),
    [
        ("60", "6 in 10"),
        ("58", "about 6 in 10"),
        ("57.9", "about 58 in 100"),  # 6 in 10 would be more than 2 in 100 off
        ("9", "9 in 100"),  # 1 in 10 would be more than a tenth off
        ("99.9", "999 in 1,000"),  # not 10 in 10: one is missing
        ("100", "10 in 10"),
        ("0", "0 in 10"),
        ("0.088", "about 9 in 10,000"),
        ("0.0001", "less than 1 in 100,000"),
    ],
)
def test_one_share_is_in_as_few_as_still_tell_the_truth(percent, said):
    assert shares(percent) == [said]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("40", "60", ["4 in 10", "6 in 10"]),
        ("4.4", "4.5", ["44 in 1,000", "45 in 1,000"]),  # 4 and 5 in 100 would be ten times that
        ("2.8", "3.1", ["28 in 1,000", "31 in 1,000"]),
        ("6.74", "6.46", ["about 67 in 1,000", "about 65 in 1,000"]),
        ("6.20321", "7.86981", ["about 6 in 100", "about 8 in 100"]),
        ("50", "50", ["5 in 10", "5 in 10"]),
    ],
)
def test_two_shares_are_in_as_few_as_show_the_change_as_large_as_it_is(before, after, said):
    assert shares(before, after) == said


# ----------------------------------------------------------------------- the times, the counts


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("1999/00 academic year", "in the school year 1999 to 2000"),
        ("2024-25 Q1", "from April to June 2024"),
        ("2024-25 Q4", "from January to March 2025"),
        ("2022-23", "in the year to March 2023"),
        ("2023-26", "from 2023 to 2026"),
        ("Autumn term 2024", "in the autumn term 2024"),
        ("June 2025", "in June 2025"),
        ("year to 30 September 2025", "in the year to 30 September 2025"),
    ],
)
def test_a_time_is_said_so_that_nobody_must_know_how_reports_write_years(period, said):
    assert plain_when(period) == said


def test_things_are_counted_and_what_nobody_knows_is_added_up():
    counts = {"better": 1, "worse": 0, "same": 3, "single": 1, "told": 1, "old": 2, "unknown": 4}
    assert count_sentences(counts) == {
        "better": "1 thing got better.",
        "same": "3 things stayed much the same.",
        "unknown": "For 8 things, we do not know.",
    }
    assert count_sentences({"unknown": 1}) == {"unknown": "For 1 thing, we do not know."}
    assert count_sentences({"watched": 2}) == {"watched": "2 things went up or down."}
    assert count_sentences({}) == {}
