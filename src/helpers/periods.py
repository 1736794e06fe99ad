"""Every spelling of a period found in official figures, read into one ordered `Period`.

A bare year says too little by itself: `2025` is a calendar year in one table and the school year
that ends in 2025 in another, and `2021/22` is a school year here and a financial year there. The
measure's ``year_type`` decides.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from helpers.errors import PeriodError

YEAR_TYPES = (
    "financial",
    "at_31_march",
    "academic",
    "calendar",
    "year_to_september",
    "at_30_september",
    "january",
    "month",
    "quarter",
    "term",
    "date",
    "range",
)

MONTHS_IN_PERIOD = {
    "month": 1,
    "quarter": 3,
    "financial_year": 12,
    "academic_year": 12,
    "calendar_year": 12,
    "year_to_september": 12,
}
"""How many months a period of each kind lasts, for the kinds that follow on from one another."""


@dataclass(frozen=True)
class Period:
    """The time a figure describes.

    Periods are ordered by their last day, then their first.

    Parameters
    ----------
    kind
        ``date``, ``month``, ``quarter``, ``term``, ``financial_year``, ``academic_year``,
        ``calendar_year``, ``year_to_september``, ``years`` (several whole years) or ``range``.
        Only figures of one kind are ever compared.
    start, end
        First and last day, both included.

    Examples
    --------
    >>> str(parse_period("Apr 21 – Mar 22"))
    '2021-22'
    >>> parse_period("2021/22", "academic") < parse_period("31 March 2023")
    True
    """

    kind: str
    start: date
    end: date

    def __lt__(self, other: Period) -> bool:
        return (self.end, self.start) < (other.end, other.start)

    def __str__(self) -> str:
        return _LABELS[self.kind](self.start, self.end)

    def a_year_earlier(self) -> Period:
        """Return the period of the same kind one year before (28 February for 29 February).

        Spans of several years move by their whole length, so that they never overlap.
        """
        years = next(n for n in count(1) if _shift_years(self.end, -n) < self.start)
        return Period(self.kind, _shift_years(self.start, -years), _shift_years(self.end, -years))

    def preceding(self) -> Period | None:
        """Return the period just before of the same kind; None for dates and ranges.

        The term before the autumn term is the summer term of the same calendar year.
        """
        if self.kind == "term":
            season = {9: "summer", 1: "autumn", 4: "spring"}[self.start.month]
            return term(self.start.year, season)
        if self.kind not in MONTHS_IN_PERIOD:
            return None
        end = self.start - timedelta(days=1)
        return Period(self.kind, _months_later(self.start, -MONTHS_IN_PERIOD[self.kind]), end)


def parse_period(text: str, year_type: str | None = None) -> Period:
    """Read a period as official documents spell it.

    Parameters
    ----------
    text
        For example ``March 2023``, ``Mar-22``, ``31st August 2022``, ``Q4 2022``,
        ``Quarter 2 of 25/26``, ``Oct-Dec 2024``, ``Autumn 24/25``, ``2018/19``, ``2024 (Rev)``.
    year_type
        One of `YEAR_TYPES`; decides what a bare ``2025``, ``2021/22`` or ``March / Q4 2022`` is.

    Raises
    ------
    PeriodError
        Where the spelling is unknown, or needs a year type that was not given.

    Notes
    -----
    ``Q4 2022`` is the financial year's fourth quarter that ends in 2022: 2021-22 Q4. Terms are
    September to December, January to March and April to August. A bare ``2025`` of a school or
    financial year is the one that ends in 2025.

    Examples
    --------
    >>> str(parse_period("2025", "academic")), str(parse_period("2025", "calendar"))
    ('2024/25 academic year', '2025')
    >>> str(parse_period("March / Q4 2022", "at_31_march"))
    '31 March 2022'
    """
    if year_type is not None and year_type not in YEAR_TYPES:
        raise PeriodError(f"unknown year type '{year_type}'; it is one of {', '.join(YEAR_TYPES)}")
    spelling = _plain(text)
    for pattern, read in _SPELLINGS:
        match = pattern.fullmatch(spelling)
        if match:
            try:
                return read(match.groupdict(), year_type)
            except (ValueError, KeyError) as problem:
                raise PeriodError(f"'{text}' is not a period: {problem}") from None
    raise PeriodError(
        f"'{text}' is not a period spelling we know; write it like 2022-23, 2021/22 academic "
        "year, March 2023, 31 March 2023, 2022-23 Q4 or Autumn 2022 (a phrase such as "
        "'a year ago' is resolved by hand, with the original kept in as_published)"
    )


def figure_status(text: str) -> str:
    """Return what a period's bracket says of its figure: provisional, revised, or nothing.

    Examples
    --------
    >>> figure_status("2025 (prov)"), figure_status("2024 (Rev)"), figure_status("2020 (Final)")
    ('provisional', 'revised', '')
    """
    bracket = re.search(r"\(([A-Za-z]+)\)\s*$", text)
    word = bracket.group(1).lower() if bracket else ""
    if word.startswith("prov"):
        return "provisional"
    return "revised" if word.startswith("rev") else ""


def _shift_years(day: date, years: int) -> date:
    if day.month == 2 and day.day == calendar.monthrange(day.year, 2)[1]:
        return date(day.year + years, 2, calendar.monthrange(day.year + years, 2)[1])
    return day.replace(year=day.year + years)


def _months_later(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _year(digits: str) -> int:
    return 2000 + int(digits) if len(digits) == 2 else int(digits)


def _ending(first: str, second: str) -> int:
    """Return the second of two years that follow each other: 2022 for 2021/22."""
    start = _year(first)
    if not _full_year(second, start) == start + 1:
        raise ValueError("its second year does not follow its first")
    return start + 1


def _full_year(second: str, start: int) -> int:
    """Complete a short second year from the first: 1999 for the 99 of 1998-99."""
    return int(second) if len(second) == 4 else start + (int(second) - start) % 100


def _month_number(name: str) -> int:
    return _MONTH_NAMES.index(name[:3]) + 1


def financial_year(ending: int) -> Period:
    """Return the financial year, April to March, that ends in the given year."""
    return Period("financial_year", date(ending - 1, 4, 1), date(ending, 3, 31))


def academic_year(ending: int) -> Period:
    """Return the school year, September to August, that ends in the given year."""
    return Period("academic_year", date(ending - 1, 9, 1), date(ending, 8, 31))


def calendar_year(year: int) -> Period:
    """Return the calendar year."""
    return Period("calendar_year", date(year, 1, 1), date(year, 12, 31))


def month(year: int, number: int) -> Period:
    """Return one month."""
    return Period("month", date(year, number, 1), _month_end(year, number))


def quarter(ending: int, number: int) -> Period:
    """Return quarter `number` (1 to 4) of the financial year that ends in the given year."""
    start = _months_later(date(ending - 1, 4, 1), 3 * (number - 1))
    return Period("quarter", start, _month_end(start.year, start.month + 2))


def term(ending: int, season: str) -> Period:
    """Return a term of the school year that ends in the given year."""
    if season == "autumn":
        return Period("term", date(ending - 1, 9, 1), date(ending - 1, 12, 31))
    if season == "spring":
        return Period("term", date(ending, 1, 1), date(ending, 3, 31))
    return Period("term", date(ending, 4, 1), date(ending, 8, 31))


def _bare_year(year: int, year_type: str | None) -> Period:
    """Read a single year by the measure's year type."""
    match year_type:
        case "financial":
            return financial_year(year)
        case "academic":
            return academic_year(year)
        case "at_31_march":
            return Period("date", date(year, 3, 31), date(year, 3, 31))
        case "at_30_september":
            return Period("date", date(year, 9, 30), date(year, 9, 30))
        case "year_to_september":
            return Period("year_to_september", date(year - 1, 10, 1), date(year, 9, 30))
        case "january":
            return month(year, 1)
        case _:
            return calendar_year(year)


def _two_years(first: str, second: str, sign: str, year_type: str | None) -> Period:
    """Read 2021-22 or 2021/22 by year type; 2014-16 is a span of three whole years."""
    start = _year(first)
    end = _full_year(second, start)
    if not start < end < start + 50:
        raise ValueError("its second year is not after its first")
    if end - start > 1:
        return Period("years", date(start, 1, 1), date(end, 12, 31))
    if year_type in (
        "financial",
        "academic",
        "at_31_march",
        "year_to_september",
        "at_30_september",
    ):
        return _bare_year(end, year_type)
    if sign == "-":
        return financial_year(end)
    raise ValueError("it needs a year type (academic or financial)")


def _labelled_quarter(found: dict, year_type: str | None) -> Period:
    """Read 'March / Q4 2022', which stands for whatever the measure's year type says."""
    year = _year(found["year"])
    if year_type in ("financial", "at_31_march"):
        return _bare_year(year, year_type)
    if year_type == "month":
        return month(year, 3)
    if year_type in ("quarter", None):
        return quarter(year, 4)
    raise ValueError(f"a measure whose year type is {year_type} has no 'March / Q4'")


def _month_range(found: dict, year_type: str | None) -> Period:
    """Read a run of months; a whole year or quarter becomes that kind of period."""
    last_year = _year(found["year"])
    first_month, last_month = _month_number(found["first"]), _month_number(found["last"])
    if found["first_year"]:
        first_year = _year(found["first_year"])
    else:
        first_year = last_year if first_month <= last_month else last_year - 1
    start, end = date(first_year, first_month, 1), _month_end(last_year, last_month)
    return _named_range(start, end)


def _named_range(start: date, end: date) -> Period:
    """Give a range its proper kind where it is a whole year or quarter."""
    if end < start:
        raise ValueError("it ends before it starts")
    candidates = [
        financial_year(end.year),
        academic_year(end.year),
        calendar_year(end.year),
        Period("year_to_september", date(end.year - 1, 10, 1), date(end.year, 9, 30)),
        *(quarter(end.year + later, n) for later in (0, 1) for n in (1, 2, 3, 4)),
    ]
    for candidate in candidates:
        if (candidate.start, candidate.end) == (start, end):
            return candidate
    return Period("range", start, end)


def _day_range(found: dict, year_type: str | None) -> Period:
    return _named_range(
        date(_year(found["y1"]), _month_number(found["m1"]), int(found["d1"])),
        date(_year(found["y2"]), _month_number(found["m2"]), int(found["d2"])),
    )


def _single_date(found: dict, year_type: str | None) -> Period:
    day = date(_year(found["year"]), _month_number(found["month"]), int(found["day"]))
    return Period("date", day, day)


def _season_by_calendar(found: dict, year_type: str | None) -> Period:
    """Read 'Autumn 2022': the calendar year the term stands in."""
    year = _year(found["year"])
    return term(year + 1 if found["season"] == "autumn" else year, found["season"])


def _span_of_school_years(found: dict, year_type: str | None) -> Period:
    """Read '2021/22 to 2022/23', or LAIT's '2013/14-15/16', as one span."""
    kind = "financial" if year_type == "financial" else "academic"
    first, last = (_bare_year(_ending(found[f"start{n}"], found[f"end{n}"]), kind) for n in (1, 2))
    if last.end <= first.end:
        raise ValueError("it ends before it starts")
    return Period("range", first.start, last.end)


def _plain(text: str) -> str:
    """Fold dashes, brackets, ordinals, case and spaces, so that few patterns read many forms."""
    plain = re.sub(r"[‐‑‒–—]", "-", str(text)).strip().lower()
    plain = re.sub(r"\s*\((rev|revised|prov|provisional|final|ot|academic year)\)$", "", plain)
    plain = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", plain)
    plain = re.sub(r"\bsept\b", "sep", plain)
    plain = re.sub(r"^(in|as at|as of|by|on|during|since|to)\s+", "", plain)
    plain = re.sub(r"^(the\s+)?(end of|early|late)\s+", "", plain)
    return re.sub(r"\s+", " ", re.sub(r"(?<=[a-z])[,.]", "", plain))


_MONTH_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_M = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_Y = r"(?:\d{4}|\d{2})"
_PAIR = rf"(?P<first>{_Y})[-/](?P<second>{_Y})"
_SEASON = r"(?P<season>autumn|spring|summer)(?: term)?"
_Reader = Callable[[dict, str | None], Period]


def _spelling(pattern: str, read: _Reader) -> tuple[re.Pattern, _Reader]:
    return re.compile(pattern), read


_SPELLINGS: list[tuple[re.Pattern, _Reader]] = [
    _spelling(rf"mar(?:ch)? ?/ ?q4 (?P<year>{_Y})", _labelled_quarter),
    _spelling(
        rf"(?:q|quarter )(?P<n>[1-4]) (?:of )?{_PAIR}",
        lambda f, _: quarter(_ending(f["first"], f["second"]), int(f["n"])),
    ),
    _spelling(
        rf"{_PAIR} (?:q|quarter )(?P<n>[1-4])",
        lambda f, _: quarter(_ending(f["first"], f["second"]), int(f["n"])),
    ),
    _spelling(
        r"(?:q|quarter )(?P<n>[1-4]) (?:of )?(?P<year>\d{4})",
        lambda f, _: quarter(_year(f["year"]), int(f["n"])),
    ),
    _spelling(
        rf"{_SEASON} {_PAIR}",
        lambda f, _: term(_ending(f["first"], f["second"]), f["season"]),
    ),
    _spelling(rf"{_SEASON} (?P<year>{_Y})", _season_by_calendar),
    _spelling(
        rf"(?P<d1>\d{{1,2}}) (?P<m1>{_M}) (?P<y1>{_Y}) ?(?:-|to) ?"
        rf"(?P<d2>\d{{1,2}}) (?P<m2>{_M}) (?P<y2>{_Y})",
        _day_range,
    ),
    _spelling(rf"(?P<day>\d{{1,2}}) (?P<month>{_M}) (?P<year>{_Y})", _single_date),
    _spelling(
        rf"(?P<first>{_M})(?: (?P<first_year>{_Y}))? ?(?:-|to) ?(?P<last>{_M}) (?P<year>{_Y})",
        _month_range,
    ),
    _spelling(
        rf"(?:the )?year to (?:the )?(?:end of )?30 sep(?:tember)? (?P<year>{_Y})",
        lambda f, _: _bare_year(_year(f["year"]), "year_to_september"),
    ),
    _spelling(
        rf"(?:the )?year to (?:the )?(?:end of )?(?P<month>{_M}) (?P<year>{_Y})",
        lambda f, _: _twelve_months_to(_year(f["year"]), _month_number(f["month"])),
    ),
    _spelling(
        rf"(?P<month>{_M})[- ](?P<year>{_Y})",
        lambda f, _: month(_year(f["year"]), _month_number(f["month"])),
    ),
    _spelling(
        rf"(?P<start1>{_Y})/(?P<end1>{_Y}) ?(?:-|to|and) ?(?P<start2>{_Y})/(?P<end2>{_Y})",
        _span_of_school_years,
    ),
    *(
        _spelling(pattern, lambda f, _: academic_year(_ending(f["first"], f["second"])))
        for pattern in (rf"{_PAIR} (?:academic|school) year", rf"(?:academic|school) year {_PAIR}")
    ),
    *(
        _spelling(pattern, lambda f, _: financial_year(_ending(f["first"], f["second"])))
        for pattern in (rf"{_PAIR} financial year", rf"financial year {_PAIR}")
    ),
    _spelling(r"calendar year (?P<year>\d{4})", lambda f, _: calendar_year(_year(f["year"]))),
    _spelling(
        rf"(?P<first>{_Y}) ?(?P<sign>[-/]) ?(?P<second>{_Y})",
        lambda f, year_type: _two_years(f["first"], f["second"], f["sign"], year_type),
    ),
    _spelling(
        r"(?P<year>(?:19|20)\d{2})", lambda f, year_type: _bare_year(int(f["year"]), year_type)
    ),
]


def _twelve_months_to(year: int, number: int) -> Period:
    end = _month_end(year, number)
    return _named_range(_months_later(end.replace(day=1), -11), end)


def day_label(day: date) -> str:
    """Write a day as readers see it: 31 March 2023."""
    return f"{day.day} {day:%B} {day.year}"


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or the last of a shorter month.

    Examples
    --------
    >>> months_after(date(2024, 1, 31), 1), months_after(date(2024, 11, 5), 3)
    (datetime.date(2024, 2, 29), datetime.date(2025, 2, 5))
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _short_span(start: date, end: date, sign: str) -> str:
    return f"{start.year}{sign}{end.year % 100:02d}"


def _range_label(start: date, end: date) -> str:
    whole_months = start.day == 1 and end == _month_end(end.year, end.month)
    if whole_months:
        return f"{start:%B} {start.year} to {end:%B} {end.year}"
    return f"{day_label(start)} to {day_label(end)}"


def _term_label(start: date, end: date) -> str:
    season = {9: "Autumn", 1: "Spring", 4: "Summer"}[start.month]
    return f"{season} term {start.year}"


def _quarter_label(start: date, end: date) -> str:
    ending = end.year if end.month == 3 else end.year + 1
    number = {4: 1, 7: 2, 10: 3, 1: 4}[start.month]
    return f"{ending - 1}-{ending % 100:02d} Q{number}"


_LABELS: dict[str, Callable[[date, date], str]] = {
    "date": lambda start, end: day_label(end),
    "month": lambda start, end: f"{end:%B} {end.year}",
    "quarter": _quarter_label,
    "term": _term_label,
    "financial_year": lambda start, end: _short_span(start, end, "-"),
    "academic_year": lambda start, end: _short_span(start, end, "/") + " academic year",
    "calendar_year": lambda start, end: str(end.year),
    "year_to_september": lambda start, end: f"year to {day_label(end)}",
    "years": lambda start, end: _short_span(start, end, "-"),
    "range": _range_label,
}
