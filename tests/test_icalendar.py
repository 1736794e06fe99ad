"""Days as iCalendar, read back by hand as RFC 5545 has it."""

from datetime import date

import pytest

from helpers.due import Due
from helpers.icalendar import icalendar

AS_AT = date(2025, 7, 31)
PROMISE = Due(date(2025, 8, 31), "promise", "plan 1-2", "Schools, all of them; trained", "The plan")


def entries(text):
    """Return the events, each a list of (name, text), with folded lines put together."""
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
    found, event = [], None
    for line in lines[1:-1]:
        if line == "BEGIN:VEVENT":
            event = []
        elif line == "END:VEVENT":
            found.append(dict(event))
            event = None
        elif event is not None:
            event.append(tuple(line.split(":", 1)))
    return found


def test_a_promise_is_an_event_of_a_whole_day():
    (event,) = entries(icalendar([PROMISE], AS_AT))
    assert event["DTSTART;VALUE=DATE"] == "20250831"
    assert event["SUMMARY"] == r"Schools\, all of them\; trained"
    assert event["DESCRIPTION"] == "The plan"
    assert event["DTSTAMP"] == "20250731T000000Z"


def test_a_calendar_says_which_version_it_is_and_who_made_it():
    head = icalendar([PROMISE], AS_AT).split("BEGIN:VEVENT")[0]
    assert "VERSION:2.0\r\n" in head and "PRODID:" in head


def test_an_event_keeps_its_id_from_account_to_account_and_two_have_two():
    other = Due(date(2025, 8, 31), "promise", "plan 1-3", "Schools, all of them; trained")
    first, second = entries(icalendar([PROMISE, other], AS_AT))
    (later,) = entries(icalendar([PROMISE], date(2026, 7, 31)))
    assert first["UID"] == later["UID"] != second["UID"]


def test_figures_that_grow_old_on_one_day_are_one_event():
    words = "{}: the figure for 2024 counts as recent until this day"
    day = date(2026, 3, 31)
    figures = [Due(day, "figure", name, words.format(name)) for name in ("Honey", "Wax")]
    (event,) = entries(icalendar(figures, AS_AT))
    assert event["SUMMARY"] == "2 figures count as recent until today"
    assert event["DESCRIPTION"] == r"Honey: the figure for 2024\nWax: the figure for 2024"
    (one,) = entries(icalendar(figures[:1], AS_AT))
    assert one["SUMMARY"] == "1 figure counts as recent until today"


def test_events_stand_by_their_day():
    account = Due(date(2025, 1, 1), "account", "2024-25 Q3", "The account")
    grown = Due(date(2025, 5, 1), "figure", "Honey", "Honey counts as recent until this day")
    days = [e["DTSTART;VALUE=DATE"] for e in entries(icalendar([PROMISE, grown, account], AS_AT))]
    assert days == ["20250101", "20250501", "20250831"]


@pytest.mark.parametrize("letter", ["a", "é", "’", "🐝"])
def test_no_line_is_longer_than_75_bytes_and_no_letter_is_broken(letter):
    text = icalendar([Due(AS_AT, "account", "-", letter * 200)], AS_AT)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    (event,) = entries(text)
    assert event["SUMMARY"] == letter * 200


def test_a_line_break_or_backslash_in_a_text_breaks_nothing():
    (event,) = entries(icalendar([Due(AS_AT, "account", "-", "a\nb\\c")], AS_AT))
    assert event["SUMMARY"] == "a\\nb\\\\c"
