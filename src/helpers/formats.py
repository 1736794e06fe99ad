"""Figures, changes and periods as readers see them: rounded here, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

_UNITS = {
    "percent": "{}%",
    "percentage_points": "{} percentage points",
    "points": "{} points",
    "number": "{}",
    "pounds": "£{}",
    "days": "{} days",
    "rate_per_10000": "{} per 10,000",
    "rate_per_100000": "{} per 100,000",
    "rank": "{}",
}


def format_value(value: Decimal | None, unit: str, decimals: int) -> str:
    """Write a figure as readers see it: rounded half up, thousands separated, with its unit.

    A whole number is written without decimals. A missing figure is 'not published'.

    Examples
    --------
    >>> format_value(Decimal("67.38"), "percent", 1), format_value(Decimal("10.0"), "percent", 1)
    ('67.4%', '10%')
    >>> format_value(Decimal("5469575"), "pounds", 0)
    '£5,469,575'
    """
    if value is None:
        return "not published"
    if unit == "rank":
        return _ordinal(int(value))
    number = rounded(value, decimals)
    words = _with_unit(number, unit)
    return f"−{words}" if number < 0 else words


def qualified(value: Decimal | None, unit: str, decimals: int, qualifier: str) -> str:
    """Write a figure with what its source says of how exact it is.

    Examples
    --------
    >>> qualified(Decimal("2600"), "number", 0, "about")
    'about 2,600'
    """
    words = {"about": "about ", "at_least": "at least ", "at_most": "at most "}
    return words.get(qualifier, "") + format_value(value, unit, decimals)


def format_change(change: Decimal | None, unit: str, decimals: int) -> str:
    """Write a change in the measure's unit with its sign; percentages change in points.

    Examples
    --------
    >>> format_change(Decimal("-3.5"), "percent", 1)
    '−3.5 percentage points'
    """
    if change is None:
        return "not calculable"
    number = rounded(change, decimals)
    unit = {"percent": "percentage_points"}.get(unit, unit)
    sign = "+" if number > 0 else "−" if number < 0 else ""
    return sign + _with_unit(number, unit)


def format_relative(relative_change: Decimal | None) -> str:
    """Write a relative change as a percentage of the earlier figure.

    Examples
    --------
    >>> format_relative(Decimal("-0.0519"))
    '−5.2%'
    """
    if relative_change is None:
        return "not calculable"
    number = rounded(100 * relative_change, 1)
    sign = "+" if number > 0 else "−" if number < 0 else ""
    return f"{sign}{abs(number):,f}%"


def told_apart(decimals: int, one: Decimal | None, other: Decimal | None) -> int:
    """Return how many decimals two different figures need so as not to read alike.

    Examples
    --------
    >>> told_apart(1, Decimal("97.69"), Decimal("97.72")), told_apart(1, Decimal(5), Decimal(6))
    (2, 1)
    """
    decimals = int(decimals)
    if one is None or other is None or one == other:
        return decimals
    exact = -min(one.as_tuple().exponent, other.as_tuple().exponent)
    while decimals < exact and rounded(one, decimals) == rounded(other, decimals):
        decimals += 1
    return decimals


def when(period: str) -> str:
    """Write a period as it stands in a sentence, with the word that goes before it.

    Parameters
    ----------
    period
        As `helpers.periods.Period` prints it.

    Examples
    --------
    >>> when("31 March 2023"), when("2022/23 academic year")
    ('on 31 March 2023', 'in the 2022/23 school year')
    >>> when("Autumn term 2022"), when("April 2022 to September 2022"), when("2022-23")
    ('in the autumn term 2022', 'from April 2022 to September 2022', 'in 2022-23')
    """
    period = period.replace("academic year", "school year")
    if re.match(r"\d{1,2} [A-Z][a-z]+ \d{4}$", period):
        return f"on {period}"
    if period.startswith("year to") or period.endswith(" year"):
        return f"in the {period}"
    if " term " in period:
        return f"in the {period[:1].lower()}{period[1:]}"
    return f"from {period}" if " to " in period else f"in {period}"


def named(period: str) -> str:
    """Write a period as a noun in a sentence.

    Examples
    --------
    >>> named("2021/22 academic year"), named("2022-23")
    ('the 2021/22 school year', '2022-23')
    """
    return when(period).split(" ", 1)[1]


def with_full_stop(text: str) -> str:
    """End a text with a full stop, as a sentence does.

    Examples
    --------
    >>> with_full_stop("Held by the council"), with_full_stop("Not stated.")
    ('Held by the council.', 'Not stated.')
    """
    return text if text.endswith(".") else f"{text}."


def join_words(words: Iterable[str]) -> str:
    """Join words as a sentence does: 'a, b and c'."""
    words = list(words)
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]


def _with_unit(number: Decimal, unit: str) -> str:
    words = _UNITS[unit].format(f"{abs(number):,f}")
    return words.removesuffix("s") if abs(number) == 1 and words.endswith("s") else words


def rounded(number: Decimal, decimals: int) -> Decimal:
    """Round half up; a whole number loses its decimals."""
    rounded = number.quantize(Decimal(1).scaleb(-int(decimals)), rounding=ROUND_HALF_UP)
    return rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded


def _ordinal(number: int) -> str:
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
