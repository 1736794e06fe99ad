"""Days as iCalendar, which calendar programs open."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date

from helpers.due import Due


def icalendar(dues: Iterable[Due], as_at: date) -> str:
    """Write days as iCalendar (RFC 5545), which calendar programs open: one all-day entry each.

    Figures that grow old on one day are one entry. The same days give the same text, whenever it
    is written: its stamp is the account's own date.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Waggle//What is due when//EN"]
    for name, day, summary, details in _entries(list(dues)):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{uuid.uuid5(uuid.NAMESPACE_OID, f'waggle {name}')}",
            f"DTSTAMP:{as_at:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"SUMMARY:{_escaped(summary)}",
            *([f"DESCRIPTION:{_escaped(details)}"] if details else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _entries(dues: list[Due]) -> list[tuple[str, date, str, str]]:
    entries = []
    for due in dues:
        if due.kind != "figure":
            entries.append((f"{due.kind} {due.name}", due.day, due.what, due.plan))
    by_day: dict[date, list[Due]] = {}
    for due in dues:
        if due.kind == "figure":
            by_day.setdefault(due.day, []).append(due)
    for day, figures in by_day.items():
        one = len(figures) == 1
        words = (
            f"{len(figures)} {'figure counts' if one else 'figures count'} as recent until today"
        )
        details = "\n".join(due.what.rpartition(" counts as recent")[0] for due in figures)
        entries.append((f"figures {day}", day, words, details))
    return sorted(entries, key=lambda entry: entry[1])


def _escaped(text: str) -> str:
    r"""Escape what has a meaning in iCalendar.

    Examples
    --------
    >>> print(_escaped("70%, then 75%; both"))
    70%\, then 75%\; both
    """
    text = text.replace("\\", "\\\\").replace("\n", "\\n")
    return text.replace(",", "\\,").replace(";", "\\;")


def _folded(line: str) -> str:
    """Break a line before its 76th byte, as RFC 5545 asks; what goes on starts with a space."""
    parts, length = [""], 0
    for letter in line:
        size = len(letter.encode())
        if length + size > 75:
            parts.append(" ")
            length = 1
        parts[-1] += letter
        length += size
    return "\r\n".join(parts)
