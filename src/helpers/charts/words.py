"""The words of charts: numbers and periods as they stand in text alternatives and on axes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

import pandas as pd

Format = Callable[[Decimal], str]
"""Writes a value as readers see it."""

NOT_PUBLISHED = "not published"
"""What stands for a missing value."""

_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"


def plain_number(value: Decimal) -> str:
    """Write a number with thousands separators and the decimals it has.

    Examples
    --------
    >>> plain_number(Decimal("1234.50"))
    '1,234.50'
    """
    return f"{value:,f}".replace("-", "−")


def exact(value: object) -> Decimal | None:
    """Return a table's value as an exact number, or None where it is missing or infinite."""
    number = None if pd.isna(value) else Decimal(str(value))
    return number if number is not None and number.is_finite() else None


def sign(number: Decimal) -> int:
    """Return 1 for a number above zero, 0 for zero and -1 for one below."""
    return (number > 0) - (number < 0)


def lower_first(words: str) -> str:
    """Lower the first letter, unless the word is an abbreviation or a single letter.

    Examples
    --------
    >>> lower_first("New census"), lower_first("LGBT+")
    ('new census', 'LGBT+')
    """
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def span(periods: Sequence[str]) -> str:
    """Say from when to when: one period, two, or the first and the last of more.

    Examples
    --------
    >>> span(["2021", "2022"]), span(["2021", "2022", "2023"])
    ('2021 and 2022', '2021 to 2023')
    """
    first, last = periods[0], periods[-1]
    if first == last:
        return first
    return f"{first} and {last}" if len(periods) == 2 else f"{first} to {last}"


def counted(periods: Sequence[str]) -> str:
    """Say what periods are, one of them: a month, a quarter, a term, a year; else a figure.

    Examples
    --------
    >>> counted(["May 2022", "June 2022"]), counted(["31 March 2022", "31 March 2023"])
    ('month', 'figure')
    """
    kinds = {
        "month": r"[A-Z][a-z]+ \d{4}",
        "quarter": r".*\bQ\d",
        "term": r"[A-Z][a-z]+ term \d{4}",
        "year": r"\d{4}([-/]\d\d)?( academic year)?",
    }
    for kind, pattern in kinds.items():
        if all(re.fullmatch(pattern, period) for period in periods):
            return kind
    return "figure"


def tick(period: str) -> str:
    """Shorten a printed period for an axis.

    Examples
    --------
    >>> tick("31 March 2016"), tick("2021/22 academic year")
    ('Mar 2016', '2021/22')
    """
    words = re.sub(r"^(year to )?(\d{1,2} (?=[A-Z]))?", "", period)
    words = re.sub(r" (academic year|term)\b", "", words)
    return re.sub(rf"\b({_MONTHS})[a-z]*", r"\1", words)
