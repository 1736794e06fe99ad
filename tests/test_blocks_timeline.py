"""What was due when: the order of promises by their dates, and where the account stands."""

import re
from datetime import date
from xml.etree import ElementTree

import pandas as pd
import pytest
from page_words import html_of, words_of

from helpers import blocks, wording

ACCOUNT = date(2025, 3, 31)


def a_milestone(reference, due=None, **changes):
    return {
        "plan": "swarm-plan",
        "reference": reference,
        "text": f"Promise {reference} & <more>.",
        "kind": "in_place",
        "target": "",
        "due": due,
        "due_as_published": "",
        "status": "no_evidence_yet",
    } | changes


def timeline(*rows, as_at=ACCOUNT, page=""):
    return blocks.milestone_timeline(pd.DataFrame(list(rows), dtype=object), as_at, page)


def entries(part):
    """Return the entries of the line: class, label, and the lines of each promise under it."""
    tree = ElementTree.fromstring(f"<div>{html_of(part)}</div>")
    found = []
    for entry in tree.findall("ol/li"):
        label = " ".join("".join(entry.find("p").itertext()).split())
        items = entry.findall("ul/li")
        below = [["".join(lines.itertext()).strip() for lines in item] for item in items]
        found.append((entry.get("class"), label, below))
    return found


def labels(part):
    return [label for _, label, _ in entries(part)]


# ---------------------------------------------------------------------------------- the order


def test_dates_stand_oldest_first_with_the_account_between_past_and_future():
    part = timeline(
        a_milestone("1-1", date(2025, 9, 30)),
        a_milestone("1-2", date(2023, 3, 31)),
        a_milestone("2-1", date(2024, 12, 31)),
    )
    assert [(kind, label) for kind, label, _ in entries(part)] == [
        ("passed", "31 March 2023 due 2 years before this account"),
        ("passed", "31 December 2024 due 3 months before this account"),
        ("account", "This account: 31 March 2025"),
        ("ahead", "30 September 2025 due in 6 months"),
    ]


def test_promises_of_one_day_stand_under_it_together_in_the_plans_order():
    day, other = date(2024, 3, 31), date(2023, 3, 31)
    part = timeline(a_milestone("2-1", day), a_milestone("1-9", other), a_milestone("1-1", day))
    below = [[lines[-1] for lines in items] for *_, items in entries(part)]
    assert below == [["Promise 1-9"], ["Promise 2-1", "Promise 1-1"], []]


def test_when_all_dates_have_passed_the_account_stands_last():
    assert labels(timeline(a_milestone("1-1", date(2024, 3, 31))))[-1].startswith("This account")


def test_when_all_dates_are_ahead_the_account_stands_first():
    part = timeline(a_milestone("1-1", date(2025, 6, 30)))
    assert labels(part) == ["This account: 31 March 2025", "30 June 2025 due in 3 months"]


def test_a_date_on_the_accounts_own_day_has_not_passed_and_stands_after_it():
    assert [(kind, label) for kind, label, _ in entries(timeline(a_milestone("1-1", ACCOUNT)))] == [
        ("account", "This account: 31 March 2025"),
        ("ahead", "31 March 2025 due on the day of this account"),
    ]


# ------------------------------------------------------------------------------- one promise


def test_a_promise_shows_its_status_its_text_what_was_wanted_and_the_date_as_printed():
    row = a_milestone(
        "5-1a",
        date(2023, 8, 31),
        text="Schools are trained.",
        target="70%",
        due_as_published="end of summer term 23",
        status="missed",
    )
    ((_, _, items), _) = entries(timeline(row))
    assert items == [
        [
            "✗ Missed",
            "Schools are trained.",
            "Wanted: 70%. Date as printed: end of summer term 23. Promise 5-1a",
        ]
    ]


def test_a_promise_without_a_number_shows_none():
    ((_, _, (lines,)), _) = entries(timeline(a_milestone("5-3", date(2023, 9, 1), text="It is.")))
    assert lines == ["? No evidence yet", "It is.", "Promise 5-3"]


def test_a_long_text_is_never_shortened():
    long = "Every bee of every hive has been asked what it thinks of the flowers. " * 20
    assert long.strip() in words_of(timeline(a_milestone("1-1", date(2024, 1, 1), text=long)))


@pytest.mark.parametrize("status", wording.MILESTONE_STATUSES)
def test_every_status_has_its_badge_with_words(status):
    part = timeline(a_milestone("1-1", date(2024, 1, 1), status=status))
    assert blocks.milestone_badge(status) in html_of(part)


def test_what_was_promised_and_wanted_and_the_date_are_escaped():
    row = a_milestone("1-1", date(2024, 1, 1), text="<i>", target="<b>", due_as_published="<u>")
    assert not re.search("<[ibu]>", html_of(timeline(row)))
    assert "<i>" in words_of(timeline(row))


# ------------------------------------------------------------------------------------ links


def test_each_promise_links_to_its_place_on_this_page_or_on_another():
    row = a_milestone("5-1a", date(2024, 1, 1))
    assert 'href="#milestone-swarm-plan-5-1a"' in html_of(timeline(row))
    other = timeline(row, page="swarm.html")
    assert 'href="swarm.html#milestone-swarm-plan-5-1a"' in html_of(other)


def test_every_link_leads_to_a_place_of_its_own_also_where_two_plans_share_a_reference():
    rows = [
        a_milestone("1-1", date(2024, 1, 1)),
        a_milestone("1-1", date(2024, 1, 1), plan="wing-plan"),
        a_milestone("1-2", date(2024, 1, 1)),
    ]
    places = "".join(map(blocks.milestone_place, pd.DataFrame(rows).itertuples()))
    ids = re.findall(r'id="([^"]+)"', places)
    assert re.findall(r'href="#([^"]+)"', html_of(timeline(*rows))) == ids
    assert len(set(ids)) == 3


def test_days_are_given_to_programs_too_and_the_account_is_marked_for_screen_readers():
    markup = html_of(timeline(a_milestone("1-1", date(2024, 1, 1))))
    assert '<time datetime="2024-01-01">1 January 2024</time>' in markup
    assert 'aria-current="date"' in markup


# ------------------------------------------------------------------------------ without a date


def test_promises_without_a_date_are_counted_by_kind_in_the_order_of_the_kinds():
    part = timeline(
        a_milestone("1-1", date(2024, 1, 1)),
        a_milestone("1-2", kind="direction", status="achieved"),
        a_milestone("1-3", kind="direction"),
        a_milestone("1-4", kind="direction"),
        a_milestone("1-5", kind="places_or_things"),
    )
    assert words_of(part).endswith(
        "4 promises name no date: A number of places: 1, with no evidence yet "
        "A change for the better: 3 (1 achieved and 2 with no evidence yet)"
    )
    assert "1-2" not in html_of(part)


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NaT])
def test_where_none_has_a_date_there_is_no_line(missing):
    part = timeline(a_milestone("1-1", missing), a_milestone("1-2", missing))
    assert words_of(part) == (
        "2 promises name no date: Something in place: 2, all with no evidence yet"
    )
    assert "<ol" not in html_of(part)


def test_where_all_have_a_date_nothing_is_said_of_others():
    assert "no date" not in words_of(timeline(a_milestone("1-1", date(2024, 1, 1))))


@pytest.mark.parametrize("columns", [[], ["due", "status"]])
def test_without_promises_it_says_so(columns):
    part = blocks.milestone_timeline(pd.DataFrame(columns=columns), ACCOUNT)
    assert words_of(part) == "No promise is listed here."
