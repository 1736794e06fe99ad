"""Periods: every spelling found in the documents and in the official data, worked by hand."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import PeriodError
from helpers.periods import (
    MONTHS_IN_PERIOD,
    YEAR_TYPES,
    Period,
    academic_year,
    calendar_year,
    figure_status,
    financial_year,
    month,
    parse_period,
    quarter,
    term,
)


def period(kind, start, end):
    return Period(kind, date.fromisoformat(start), date.fromisoformat(end))


# The performance report for 2022-23. Its measures over a financial year are 'financial', counts on
# 31 March are 'at_31_march', school figures are 'academic'.
REPORT = [
    ("March / Q4 2022", "financial", "financial_year", "2021-04-01", "2022-03-31"),
    ("March / Q4 2023", "financial", "financial_year", "2022-04-01", "2023-03-31"),
    ("March / Q4 2022", "at_31_march", "date", "2022-03-31", "2022-03-31"),
    ("March / Q4 2023", "at_31_march", "date", "2023-03-31", "2023-03-31"),
    ("March / Q4 2022", "month", "month", "2022-03-01", "2022-03-31"),
    ("March / Q4 2022", "quarter", "quarter", "2022-01-01", "2022-03-31"),
    ("March / Q4 2022", None, "quarter", "2022-01-01", "2022-03-31"),
    ("Q4 2022", None, "quarter", "2022-01-01", "2022-03-31"),
    ("Q4 2023", "financial", "quarter", "2023-01-01", "2023-03-31"),
    ("Q4 2022-23", "financial", "quarter", "2023-01-01", "2023-03-31"),
    ("2022-23", "financial", "financial_year", "2022-04-01", "2023-03-31"),
    ("2021-22", "financial", "financial_year", "2021-04-01", "2022-03-31"),
    ("2022-23", None, "financial_year", "2022-04-01", "2023-03-31"),
    ("2022/23", "financial", "financial_year", "2022-04-01", "2023-03-31"),
    ("2022/2023", "financial", "financial_year", "2022-04-01", "2023-03-31"),
    ("2023/2024", "financial", "financial_year", "2023-04-01", "2024-03-31"),
    ("2020/21", "financial", "financial_year", "2020-04-01", "2021-03-31"),
    ("2023-24", "financial", "financial_year", "2023-04-01", "2024-03-31"),
    ("2024-25", "financial", "financial_year", "2024-04-01", "2025-03-31"),
    ("Apr 21 – Mar 22", "financial", "financial_year", "2021-04-01", "2022-03-31"),
    ("Apr 22 – Mar 23", None, "financial_year", "2022-04-01", "2023-03-31"),
    ("April 2022 – March 2023", "range", "financial_year", "2022-04-01", "2023-03-31"),
    ("2018/19", "academic", "academic_year", "2018-09-01", "2019-08-31"),
    ("2021/22", "academic", "academic_year", "2021-09-01", "2022-08-31"),
    ("2021/22 academic year", None, "academic_year", "2021-09-01", "2022-08-31"),
    ("2022/23 academic year", "financial", "academic_year", "2022-09-01", "2023-08-31"),
    ("2022-23 academic year", "academic", "academic_year", "2022-09-01", "2023-08-31"),
    ("1 Sep 22 – 31 Aug 23", None, "academic_year", "2022-09-01", "2023-08-31"),
    ("2015-16", "academic", "academic_year", "2015-09-01", "2016-08-31"),
    ("2016-17", "academic", "academic_year", "2016-09-01", "2017-08-31"),
    ("2017-18", "academic", "academic_year", "2017-09-01", "2018-08-31"),
    ("2018-19", "academic", "academic_year", "2018-09-01", "2019-08-31"),
    ("2019-20", "academic", "academic_year", "2019-09-01", "2020-08-31"),
    ("2020-21", "academic", "academic_year", "2020-09-01", "2021-08-31"),
    ("January 2022", "january", "month", "2022-01-01", "2022-01-31"),
    ("January 2023", "january", "month", "2023-01-01", "2023-01-31"),
    ("Jan 23", "january", "month", "2023-01-01", "2023-01-31"),
    ("August 2022", "academic", "month", "2022-08-01", "2022-08-31"),
    ("August 2023", None, "month", "2023-08-01", "2023-08-31"),
    ("31 August 2022", "date", "date", "2022-08-31", "2022-08-31"),
    ("31st August 2022", "date", "date", "2022-08-31", "2022-08-31"),
    ("31 March 2023", "date", "date", "2023-03-31", "2023-03-31"),
    ("31st March 2023", "at_31_march", "date", "2023-03-31", "2023-03-31"),
    ("As of 31st March 2023", "date", "date", "2023-03-31", "2023-03-31"),
    ("3 October 2022", "date", "date", "2022-10-03", "2022-10-03"),
    ("Autumn 2021", "term", "term", "2021-09-01", "2021-12-31"),
    ("Autumn 2022", "term", "term", "2022-09-01", "2022-12-31"),
    ("late autumn 2023", None, "term", "2023-09-01", "2023-12-31"),
    ("early Spring 2024", None, "term", "2024-01-01", "2024-03-31"),
    ("Mar-22", "month", "month", "2022-03-01", "2022-03-31"),
    ("Apr-22", "month", "month", "2022-04-01", "2022-04-30"),
    ("May-22", "month", "month", "2022-05-01", "2022-05-31"),
    ("Jun-22", "month", "month", "2022-06-01", "2022-06-30"),
    ("Jul-22", "month", "month", "2022-07-01", "2022-07-31"),
    ("Aug-22", "month", "month", "2022-08-01", "2022-08-31"),
    ("Sep-22", "month", "month", "2022-09-01", "2022-09-30"),
    ("Oct-22", "month", "month", "2022-10-01", "2022-10-31"),
    ("Nov-22", "month", "month", "2022-11-01", "2022-11-30"),
    ("Dec-22", "month", "month", "2022-12-01", "2022-12-31"),
    ("Jan-23", "month", "month", "2023-01-01", "2023-01-31"),
    ("Feb-23", "month", "month", "2023-02-01", "2023-02-28"),
    ("Mar-23", "month", "month", "2023-03-01", "2023-03-31"),
    ("May 22", None, "month", "2022-05-01", "2022-05-31"),
    ("October 2022", None, "month", "2022-10-01", "2022-10-31"),
    ("November 2021", None, "month", "2021-11-01", "2021-11-30"),
    ("April 2023", None, "month", "2023-04-01", "2023-04-30"),
    ("September 2026", None, "month", "2026-09-01", "2026-09-30"),
    ("in March 2024", None, "month", "2024-03-01", "2024-03-31"),
    ("end of March 2025", None, "month", "2025-03-01", "2025-03-31"),
    ("Apr 22- Sept 22", "range", "range", "2022-04-01", "2022-09-30"),
    ("Oct 22 – Mar 23", "range", "range", "2022-10-01", "2023-03-31"),
    ("Jan – Dec 22", "calendar", "calendar_year", "2022-01-01", "2022-12-31"),
    ("2021", "calendar", "calendar_year", "2021-01-01", "2021-12-31"),
    ("2022", "calendar", "calendar_year", "2022-01-01", "2022-12-31"),
    ("2021 – 26", None, "years", "2021-01-01", "2026-12-31"),
    ("2021- 2026", None, "years", "2021-01-01", "2026-12-31"),
    ("2021-2026", None, "years", "2021-01-01", "2026-12-31"),
    ("2021-24", None, "years", "2021-01-01", "2024-12-31"),
    ("2020-23", None, "years", "2020-01-01", "2023-12-31"),
]

# The SEND quarterly update of January 2025.
UPDATE = [
    ("January 2025", None, "month", "2025-01-01", "2025-01-31"),
    ("Jan 2025", "month", "month", "2025-01-01", "2025-01-31"),
    ("September – October 2024", "range", "range", "2024-09-01", "2024-10-31"),
    ("Sep 23 to Nov 24", "range", "range", "2023-09-01", "2024-11-30"),
    ("October 2024", "month", "month", "2024-10-01", "2024-10-31"),
    ("As of October 2024", "month", "month", "2024-10-01", "2024-10-31"),
    ("September 2023", "month", "month", "2023-09-01", "2023-09-30"),
    ("December 2024", "month", "month", "2024-12-01", "2024-12-31"),
    ("2023", "calendar", "calendar_year", "2023-01-01", "2023-12-31"),
    ("2025", "calendar", "calendar_year", "2025-01-01", "2025-12-31"),
    (
        "the year to the end of December 2024",
        "calendar",
        "calendar_year",
        "2024-01-01",
        "2024-12-31",
    ),
    ("year to the end of December 2024", None, "calendar_year", "2024-01-01", "2024-12-31"),
    ("the year to Dec 2024", None, "calendar_year", "2024-01-01", "2024-12-31"),
    ("in the year to Dec 2024", None, "calendar_year", "2024-01-01", "2024-12-31"),
    ("Oct-Dec 2024", "quarter", "quarter", "2024-10-01", "2024-12-31"),
]

# The SEND strategy 2026-2029, the outcome bees and the improvement plan.
STRATEGY = [
    ("2026-2029", None, "years", "2026-01-01", "2029-12-31"),
    ("2024", "calendar", "calendar_year", "2024-01-01", "2024-12-31"),
    ("24/25", "financial", "financial_year", "2024-04-01", "2025-03-31"),
    ("22/23", "financial", "financial_year", "2022-04-01", "2023-03-31"),
    ("2024/25", "financial", "financial_year", "2024-04-01", "2025-03-31"),
    ("2025/26", "financial", "financial_year", "2025-04-01", "2026-03-31"),
    ("2020/21", "academic", "academic_year", "2020-09-01", "2021-08-31"),
    ("2023/24", "academic", "academic_year", "2023-09-01", "2024-08-31"),
    ("June 2025", "month", "month", "2025-06-01", "2025-06-30"),
    ("In June 2025", "month", "month", "2025-06-01", "2025-06-30"),
    ("July 2025", "month", "month", "2025-07-01", "2025-07-31"),
    ("Jul 2023", "month", "month", "2023-07-01", "2023-07-31"),
    ("Sep 2025", "month", "month", "2025-09-01", "2025-09-30"),
    ("Sept 2025", "month", "month", "2025-09-01", "2025-09-30"),
    ("September 2025", "month", "month", "2025-09-01", "2025-09-30"),
    ("since Sep 2023", "month", "month", "2023-09-01", "2023-09-30"),
    ("November 2025", "month", "month", "2025-11-01", "2025-11-30"),
    ("February 2026", "month", "month", "2026-02-01", "2026-02-28"),
    ("February 2025", "month", "month", "2025-02-01", "2025-02-28"),
    ("January 2024", "month", "month", "2024-01-01", "2024-01-31"),
    ("Dec 2024", "month", "month", "2024-12-01", "2024-12-31"),
    ("Autumn 24/25", "term", "term", "2024-09-01", "2024-12-31"),
    ("Autumn 2024", "term", "term", "2024-09-01", "2024-12-31"),
    ("Summer 2025", "term", "term", "2025-04-01", "2025-08-31"),
    ("Quarter 2 of 25/26", "quarter", "quarter", "2025-07-01", "2025-09-30"),
    ("Quarter 2 23/24", "quarter", "quarter", "2023-07-01", "2023-09-30"),
    ("Quarter 1 25/26", "quarter", "quarter", "2025-04-01", "2025-06-30"),
    ("Quarter 4 22/23", "quarter", "quarter", "2023-01-01", "2023-03-31"),
    ("Sep 2023 to Jun 2025", "range", "range", "2023-09-01", "2025-06-30"),
    ("Nov 2025 – Feb 2026", "range", "range", "2025-11-01", "2026-02-28"),
    ("2026-2031", None, "years", "2026-01-01", "2031-12-31"),
    ("2022-2026", None, "years", "2022-01-01", "2026-12-31"),
    ("2021 – 2026", None, "years", "2021-01-01", "2026-12-31"),
    ("2022 – 2025", None, "years", "2022-01-01", "2025-12-31"),
    ("2018 – 2033", None, "years", "2018-01-01", "2033-12-31"),
    ("2025-2028", None, "years", "2025-01-01", "2028-12-31"),
    ("2025-2030", None, "years", "2025-01-01", "2030-12-31"),
    ("2026 - 31", None, "years", "2026-01-01", "2031-12-31"),
    ("end of summer term 23", "term", "term", "2023-04-01", "2023-08-31"),
    ("by end of summer term 23", "term", "term", "2023-04-01", "2023-08-31"),
    ("December 23", None, "month", "2023-12-01", "2023-12-31"),
    ("by December 23", None, "month", "2023-12-01", "2023-12-31"),
    ("by August 23", None, "month", "2023-08-01", "2023-08-31"),
    ("by April 24", None, "month", "2024-04-01", "2024-04-30"),
    ("academic year 23/24", None, "academic_year", "2023-09-01", "2024-08-31"),
]

# Official data (LAIT): a bare year is what the series' year type says, and a bracket may follow.
OFFICIAL = [
    ("2016", "academic", "academic_year", "2015-09-01", "2016-08-31"),
    ("2025", "academic", "academic_year", "2024-09-01", "2025-08-31"),
    ("2015/16", "academic", "academic_year", "2015-09-01", "2016-08-31"),
    ("2018 (Rev)", "academic", "academic_year", "2017-09-01", "2018-08-31"),
    ("2018 (Revised)", "academic", "academic_year", "2017-09-01", "2018-08-31"),
    ("2025 (Rev)", "academic", "academic_year", "2024-09-01", "2025-08-31"),
    ("2020 (Final)", "academic", "academic_year", "2019-09-01", "2020-08-31"),
    ("2021 (Final)", "academic", "academic_year", "2020-09-01", "2021-08-31"),
    ("2025 (prov)", "academic", "academic_year", "2024-09-01", "2025-08-31"),
    ("2023(Prov)", "academic", "academic_year", "2022-09-01", "2023-08-31"),
    ("2023 (Prov)", "academic", "academic_year", "2022-09-01", "2023-08-31"),
    ("2023(prov)", "academic", "academic_year", "2022-09-01", "2023-08-31"),
    ("2016-17 (OT)", "academic", "academic_year", "2016-09-01", "2017-08-31"),
    ("2016", "financial", "financial_year", "2015-04-01", "2016-03-31"),
    ("2025", "financial", "financial_year", "2024-04-01", "2025-03-31"),
    ("2016", "at_31_march", "date", "2016-03-31", "2016-03-31"),
    ("2025", "at_31_march", "date", "2025-03-31", "2025-03-31"),
    ("2016", "calendar", "calendar_year", "2016-01-01", "2016-12-31"),
    ("2024", "calendar", "calendar_year", "2024-01-01", "2024-12-31"),
    ("2016", "year_to_september", "year_to_september", "2015-10-01", "2016-09-30"),
    ("2025", "year_to_september", "year_to_september", "2024-10-01", "2025-09-30"),
    ("2016", "january", "month", "2016-01-01", "2016-01-31"),
    ("2025", "january", "month", "2025-01-01", "2025-01-31"),
    ("2014-16", "calendar", "years", "2014-01-01", "2016-12-31"),
    ("2013/14-15/16", "academic", "range", "2013-09-01", "2016-08-31"),
]

# What any year type means for a bare year, and for two.
BY_YEAR_TYPE = [
    ("2022", "financial", "financial_year", "2021-04-01", "2022-03-31"),
    ("2021/22", "financial", "financial_year", "2021-04-01", "2022-03-31"),
    ("2021-22", "financial", "financial_year", "2021-04-01", "2022-03-31"),
    ("2022", "at_31_march", "date", "2022-03-31", "2022-03-31"),
    ("2021/22", "at_31_march", "date", "2022-03-31", "2022-03-31"),
    ("2021-22", "at_31_march", "date", "2022-03-31", "2022-03-31"),
    ("2022", "at_30_september", "date", "2022-09-30", "2022-09-30"),
    ("2021/22", "at_30_september", "date", "2022-09-30", "2022-09-30"),
    ("2022", "academic", "academic_year", "2021-09-01", "2022-08-31"),
    ("2021-22", "academic", "academic_year", "2021-09-01", "2022-08-31"),
    ("2022", "year_to_september", "year_to_september", "2021-10-01", "2022-09-30"),
    ("2021/22", "year_to_september", "year_to_september", "2021-10-01", "2022-09-30"),
    ("2021-22", "year_to_september", "year_to_september", "2021-10-01", "2022-09-30"),
    *(
        ("2022", year_type, "calendar_year", "2022-01-01", "2022-12-31")
        for year_type in ("calendar", "month", "quarter", "term", "date", "range", None)
    ),
    *(
        ("2021-22", year_type, "financial_year", "2021-04-01", "2022-03-31")
        for year_type in ("calendar", "january", "month", "quarter", "term", "date", "range", None)
    ),
]

# The same things written in other ways.
VARIANTS = [
    ("  march   2023 ", None, "month", "2023-03-01", "2023-03-31"),
    ("MARCH 2023", None, "month", "2023-03-01", "2023-03-31"),
    ("31\u00a0March\u00a02023", None, "date", "2023-03-31", "2023-03-31"),
    ("31 March, 2023", None, "date", "2023-03-31", "2023-03-31"),
    ("Sept. 2022", None, "month", "2022-09-01", "2022-09-30"),
    ("1st October 2024", None, "date", "2024-10-01", "2024-10-01"),
    ("2nd May 2024", None, "date", "2024-05-02", "2024-05-02"),
    ("3rd May 2024", None, "date", "2024-05-03", "2024-05-03"),
    ("29 February 2024", None, "date", "2024-02-29", "2024-02-29"),
    ("Apr 22—Mar 23", None, "financial_year", "2022-04-01", "2023-03-31"),
    ("Mar/Q4 2022", "financial", "financial_year", "2021-04-01", "2022-03-31"),
    ("2022-23 Q4", None, "quarter", "2023-01-01", "2023-03-31"),
    ("2022/23 Quarter 1", None, "quarter", "2022-04-01", "2022-06-30"),
    ("Q3 2022/23", None, "quarter", "2022-10-01", "2022-12-31"),
    ("Q2 of 2022-2023", None, "quarter", "2022-07-01", "2022-09-30"),
    ("Apr-Jun 2024", None, "quarter", "2024-04-01", "2024-06-30"),
    ("Jul-Sep 2024", None, "quarter", "2024-07-01", "2024-09-30"),
    ("Jan-Mar 2024", None, "quarter", "2024-01-01", "2024-03-31"),
    ("Sep 22 - Aug 23", None, "academic_year", "2022-09-01", "2023-08-31"),
    ("Oct 22 - Sep 23", None, "year_to_september", "2022-10-01", "2023-09-30"),
    ("Nov – Feb 2026", None, "range", "2025-11-01", "2026-02-28"),
    ("1 April 2022 to 31 March 2023", None, "financial_year", "2022-04-01", "2023-03-31"),
    ("3 October 2022 to 31 March 2023", None, "range", "2022-10-03", "2023-03-31"),
    ("year to 30 September 2024", None, "year_to_september", "2023-10-01", "2024-09-30"),
    ("year to September 2024", None, "year_to_september", "2023-10-01", "2024-09-30"),
    ("year to March 2024", None, "financial_year", "2023-04-01", "2024-03-31"),
    ("year to August 2024", None, "academic_year", "2023-09-01", "2024-08-31"),
    ("year to June 2024", None, "range", "2023-07-01", "2024-06-30"),
    ("Spring term 2025", None, "term", "2025-01-01", "2025-03-31"),
    ("Spring 24/25", None, "term", "2025-01-01", "2025-03-31"),
    ("Summer 24/25", None, "term", "2025-04-01", "2025-08-31"),
    ("Autumn term 2024/25", None, "term", "2024-09-01", "2024-12-31"),
    ("financial year 2022/23", "academic", "financial_year", "2022-04-01", "2023-03-31"),
    ("2022/23 financial year", None, "financial_year", "2022-04-01", "2023-03-31"),
    ("school year 2022/23", "financial", "academic_year", "2022-09-01", "2023-08-31"),
    ("2022/23 (academic year)", "academic", "academic_year", "2022-09-01", "2023-08-31"),
    ("calendar year 2022", "academic", "calendar_year", "2022-01-01", "2022-12-31"),
    ("1999/00", "academic", "academic_year", "1999-09-01", "2000-08-31"),
    ("2021/22 to 2022/23", "academic", "range", "2021-09-01", "2023-08-31"),
    ("2020/21 and 2023/24", "academic", "range", "2020-09-01", "2024-08-31"),
    ("2013/14-15/16", "financial", "range", "2013-04-01", "2016-03-31"),
]

SPELLINGS = [*REPORT, *UPDATE, *STRATEGY, *OFFICIAL, *BY_YEAR_TYPE, *VARIANTS]


@pytest.mark.parametrize(("spelling", "year_type", "kind", "start", "end"), SPELLINGS)
def test_every_spelling_is_read_as_worked_by_hand(spelling, year_type, kind, start, end):
    assert parse_period(spelling, year_type) == period(kind, start, end)


@pytest.mark.parametrize("year", range(2010, 2030))
@pytest.mark.parametrize(
    ("year_type", "first_month", "last_day"),
    [
        ("academic", 9, "08-31"),
        ("financial", 4, "03-31"),
        ("year_to_september", 10, "09-30"),
    ],
)
def test_a_bare_year_is_the_one_that_ends_in_it(year, year_type, first_month, last_day):
    read = parse_period(str(year), year_type)
    assert (read.start, read.end) == (
        date(year - 1, first_month, 1),
        date.fromisoformat(f"{year}-{last_day}"),
    )


def test_every_year_type_reads_a_bare_year():
    for year_type in YEAR_TYPES:
        assert parse_period("2022", year_type).end.year == 2022


@pytest.mark.parametrize(
    "spelling",
    [
        "0",  # LAIT's junk year
        "",
        " ",
        "a year ago",
        "the last 12 months",
        "over the last 12 months",
        "last year",
        "the preceding year",
        "the previous quarter",
        "the most recent quarter",
        "the last quarter of 2021/22",
        "mid-October",
        "November",
        "Autumn",
        "31 March",
        "Winter 2022",
        "Q4",
        "Q0 2022",
        "Q5 2022",
        "Quarter 4",
        "2024 estimates",
        "N/A",
        "2022-09-30",
        "30/09/2022",
        "30.09.2022",
        "2022-09",
        "Marsh 2022",
        "March 202",
        "March 20223",
        "1850",
        "2022 23",
        "2021/22/23",
        "2022 (draft)",
    ],
)
@pytest.mark.parametrize("year_type", [None, "financial", "month"])
def test_what_is_no_period_is_refused_by_name(spelling, year_type):
    with pytest.raises(PeriodError, match="is not a period") as refused:
        parse_period(spelling, year_type)
    assert f"'{spelling}'" in str(refused.value)


@pytest.mark.parametrize("not_text", [0, None, 2021.5])
def test_what_is_not_even_text_is_refused(not_text):
    with pytest.raises(PeriodError, match="is not a period"):
        parse_period(not_text)


def test_an_unknown_spelling_is_answered_with_spellings_that_are_known():
    with pytest.raises(PeriodError) as refused:
        parse_period("a year ago")
    for example in ("2022-23", "2021/22 academic year", "March 2023", "31 March 2023", "Autumn"):
        assert example in str(refused.value)
    assert "by hand" in str(refused.value)


@pytest.mark.parametrize(
    ("spelling", "year_type", "why"),
    [
        ("2021/22", None, "year type"),
        ("24/25", None, "year type"),
        ("2021/22", "calendar", "year type"),
        ("2021/22", "january", "year type"),
        ("2021/22", "month", "year type"),
        ("31 February 2022", None, "day"),
        ("29 February 2023", None, "day"),
        ("32 March 2022", None, "day"),
        ("0 March 2022", None, "day"),
        ("Mar 22 - Jan 22", None, "ends before it starts"),
        ("31 March 2022 to 1 March 2022", None, "ends before it starts"),
        ("2022/21", "academic", "second year"),
        ("2022-22", "financial", "second year"),
        ("2015/16-13/14", "academic", "ends before it starts"),
        ("2015/16 to 2015/16", "academic", "ends before it starts"),
        ("March / Q4 2022", "academic", "academic"),
        ("March / Q4 2022", "calendar", "calendar"),
        ("March 0000", None, "year"),
    ],
)
def test_what_cannot_be_a_period_is_refused_with_the_reason(spelling, year_type, why):
    with pytest.raises(PeriodError, match="is not a period") as refused:
        parse_period(spelling, year_type)
    assert f"'{spelling}'" in str(refused.value)
    assert why in str(refused.value).split(":", 1)[1]


@pytest.mark.parametrize(
    "spelling",
    [
        "2021/24 academic year",
        "2022/22 academic year",
        "academic year 24/23",
        "2021-24 financial year",
        "financial year 22/22",
        "Q2 2023/25",
        "Quarter 4 of 22/22",
        "2022-24 Q4",
        "Autumn 24/26",
        "2012/14-15/16",
        "2013/14-14/16",
    ],
)
def test_a_named_year_whose_second_half_does_not_follow_its_first_is_a_misprint(spelling):
    with pytest.raises(PeriodError, match="is not a period"):
        parse_period(spelling, "academic")


@pytest.mark.parametrize(
    ("spelling", "start", "end"),
    [
        ("1998-99", "1998-04-01", "1999-03-31"),
        ("1998/99 academic year", "1998-09-01", "1999-08-31"),
        ("1998-99 Q4", "1999-01-01", "1999-03-31"),
        ("1995-98", "1995-01-01", "1998-12-31"),
    ],
)
def test_a_short_second_year_belongs_to_the_century_of_the_first(spelling, start, end):
    read = parse_period(spelling)
    assert (read.start.isoformat(), read.end.isoformat()) == (start, end)


@pytest.mark.parametrize("number", ["20.25", "20,21", "2.022"])
def test_a_figure_that_slipped_into_the_period_column_is_not_a_year(number):
    with pytest.raises(PeriodError, match="is not a period"):
        parse_period(number, "academic")


@pytest.mark.parametrize("year_type", ["", "School year", "Academic", "academic year", "yearly"])
def test_an_unknown_year_type_is_refused_with_the_known_ones(year_type):
    with pytest.raises(PeriodError, match="unknown year type") as refused:
        parse_period("2022", year_type)
    assert f"'{year_type}'" in str(refused.value)
    for known in YEAR_TYPES:
        assert known in str(refused.value)


# Labels.


@pytest.mark.parametrize(
    ("of", "label"),
    [
        (period("date", "2023-03-31", "2023-03-31"), "31 March 2023"),
        (period("date", "2023-03-01", "2023-03-01"), "1 March 2023"),
        (period("month", "2022-09-01", "2022-09-30"), "September 2022"),
        (period("quarter", "2022-04-01", "2022-06-30"), "2022-23 Q1"),
        (period("quarter", "2022-07-01", "2022-09-30"), "2022-23 Q2"),
        (period("quarter", "2022-10-01", "2022-12-31"), "2022-23 Q3"),
        (period("quarter", "2023-01-01", "2023-03-31"), "2022-23 Q4"),
        (period("term", "2024-09-01", "2024-12-31"), "Autumn term 2024"),
        (period("term", "2025-01-01", "2025-03-31"), "Spring term 2025"),
        (period("term", "2025-04-01", "2025-08-31"), "Summer term 2025"),
        (period("financial_year", "2022-04-01", "2023-03-31"), "2022-23"),
        (period("financial_year", "1999-04-01", "2000-03-31"), "1999-00"),
        (period("academic_year", "2022-09-01", "2023-08-31"), "2022/23 academic year"),
        (period("calendar_year", "2022-01-01", "2022-12-31"), "2022"),
        (period("year_to_september", "2023-10-01", "2024-09-30"), "year to 30 September 2024"),
        (period("years", "2014-01-01", "2016-12-31"), "2014-16"),
        (period("range", "2022-04-01", "2022-09-30"), "April 2022 to September 2022"),
        (period("range", "2024-01-01", "2024-02-29"), "January 2024 to February 2024"),
        (period("range", "2022-10-03", "2023-03-31"), "3 October 2022 to 31 March 2023"),
    ],
)
def test_a_period_is_written_as_readers_see_it(of, label):
    assert str(of) == label


# Order.


def test_periods_are_ordered_by_their_last_day_then_their_first():
    in_order = [
        parse_period("2020/21", "academic"),  # to 31 August 2021
        parse_period("Autumn 2021"),  # to 31 December, from 1 September
        parse_period("Oct-Dec 2021"),  # to 31 December, from 1 October
        parse_period("2021-22"),  # to 31 March, from April
        parse_period("Q4 2022"),  # to 31 March, from January
        parse_period("March 2022"),  # to 31 March, from 1 March
        parse_period("31 March 2022"),
        parse_period("2021/22", "academic"),
        parse_period("2022"),
        parse_period("2021-26"),
    ]
    assert sorted(in_order[5:] + in_order[:5]) == in_order
    assert max(in_order) == in_order[-1]
    for earlier, later in combinations(in_order, 2):
        assert earlier < later
        assert later > earlier
        assert not later < earlier


def test_a_period_is_not_before_itself():
    assert not parse_period("2022-23") < parse_period("Apr 22 – Mar 23")
    assert parse_period("2022-23") == parse_period("Apr 22 – Mar 23")


def test_periods_of_the_same_days_but_different_kinds_are_different():
    assert parse_period("2021/22", "academic") != period("range", "2021-09-01", "2022-08-31")


# One year earlier, and just before.


@pytest.mark.parametrize(
    ("spelling", "earlier"),
    [
        pytest.param("31 March 2023", "31 March 2022", id="a day"),
        pytest.param("29 February 2024", "28 February 2023", id="a leap day"),
        pytest.param("March 2023", "March 2022", id="a month"),
        pytest.param("February 2024", "February 2023", id="from 29 days to 28"),
        pytest.param("February 2025", "February 2024", id="from 28 days to 29"),
        pytest.param("2022-23 Q4", "2021-22 Q4", id="a quarter"),
        pytest.param("Oct-Dec 2024", "Oct-Dec 2023", id="a quarter as its months"),
        pytest.param("Autumn 24/25", "Autumn 23/24", id="the autumn term"),
        pytest.param("Spring 2024", "Spring 2023", id="the spring term"),
        pytest.param("Summer 2025", "Summer 2024", id="the summer term"),
        pytest.param("2022-23", "2021-22", id="a financial year"),
        pytest.param("2023-24", "2022-23", id="a financial year with a leap day"),
        pytest.param("2022/23 academic year", "2021/22 academic year", id="a school year"),
        pytest.param("2025", "2024", id="a calendar year"),
        pytest.param(
            "year to 30 September 2024", "year to 30 September 2023", id="a year to September"
        ),
        pytest.param("Apr 22- Sept 22", "Apr 21 - Sept 21", id="half a year"),
        pytest.param("Nov 2025 – Feb 2026", "Nov 2024 – Feb 2025", id="months over the new year"),
        pytest.param("Nov 2024 – Feb 2025", "Nov 2023 – Feb 2024", id="months up to a leap day"),
        pytest.param("year to June 2024", "year to June 2023", id="any other twelve months"),
        pytest.param("2014-16", "2011-13", id="three years move by three"),
    ],
)
def test_a_year_earlier(spelling, earlier):
    assert parse_period(spelling).a_year_earlier() == parse_period(earlier)


@pytest.mark.parametrize(
    ("spelling", "earlier"),
    [
        ("2013/14-15/16", "2010/11-12/13"),
        ("2021/22 to 2022/23", "2019/20 to 2020/21"),
    ],
)
def test_a_span_of_school_years_moves_by_its_whole_length(spelling, earlier):
    moved = parse_period(spelling, "academic").a_year_earlier()
    assert moved == parse_period(earlier, "academic")


@pytest.mark.parametrize(
    ("spelling", "earlier"),
    [
        pytest.param("Sep 23 to Nov 24", "Sep 21 to Nov 22", id="fifteen months"),
        pytest.param(
            "31 March 2021 to 31 March 2022",
            "31 March 2019 to 31 March 2020",
            id="a year and a day",
        ),
    ],
)
def test_more_than_a_year_moves_by_two_years_so_as_not_to_overlap(spelling, earlier):
    assert parse_period(spelling).a_year_earlier() == parse_period(earlier)


@pytest.mark.parametrize(
    ("spelling", "before"),
    [
        pytest.param("March 2023", "February 2023", id="a month"),
        pytest.param("March 2024", "February 2024", id="a month after a leap day"),
        pytest.param("January 2023", "December 2022", id="a month over the new year"),
        pytest.param("2022-23 Q1", "2021-22 Q4", id="the first quarter"),
        pytest.param("2022-23 Q4", "2022-23 Q3", id="the last quarter"),
        pytest.param("2022-23", "2021-22", id="a financial year"),
        pytest.param("2022/23 academic year", "2021/22 academic year", id="a school year"),
        pytest.param("2022", "2021", id="a calendar year"),
        pytest.param(
            "year to 30 September 2024", "year to 30 September 2023", id="a year to September"
        ),
    ],
)
def test_the_preceding_period(spelling, before):
    assert parse_period(spelling).preceding() == parse_period(before)


@pytest.mark.parametrize(
    "spelling", ["31 March 2023", "Apr 22- Sept 22", "2014-16", "Sep 23 to Nov 24"]
)
def test_dates_and_ranges_have_no_preceding_period(spelling):
    assert parse_period(spelling).preceding() is None


# What must hold of any period.

years = st.integers(2001, 2090)
days = st.dates(date(2001, 1, 1), date(2090, 12, 31))


def month_range(start, months):
    last = start.year * 12 + start.month - 1 + months
    end = date(last // 12, last % 12 + 1, 1) - timedelta(days=1)
    return Period("range", start.replace(day=1), end)


KINDS = {
    "date": days.map(lambda day: Period("date", day, day)),
    "month": st.builds(month, years, st.integers(1, 12)),
    "quarter": st.builds(quarter, years, st.integers(1, 4)),
    "term": st.builds(term, years, st.sampled_from(["autumn", "spring", "summer"])),
    "financial_year": st.builds(financial_year, years),
    "academic_year": st.builds(academic_year, years),
    "calendar_year": st.builds(calendar_year, years),
    "year_to_september": years.map(
        lambda year: Period("year_to_september", date(year - 1, 10, 1), date(year, 9, 30))
    ),
    "years": st.builds(
        lambda year, more: Period("years", date(year, 1, 1), date(year + more, 12, 31)),
        years,
        st.integers(2, 9),
    ),
    # Not 3 or 12 months: those may be a quarter or a whole year, which are kinds of their own.
    "range": st.builds(
        month_range, days, st.integers(1, 40).filter(lambda months: months not in (3, 12))
    )
    | st.builds(
        lambda start, length: Period("range", start, start + timedelta(days=length)),
        days.filter(lambda day: day.day > 1),
        st.integers(1, 1200),
    ),
}
periods = st.one_of(*KINDS.values())


def test_periods_of_every_kind_are_generated():
    assert set(MONTHS_IN_PERIOD) < set(KINDS)
    assert {kind for _, _, kind, _, _ in SPELLINGS} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_a_label_is_read_back_as_the_same_period(kind, data):
    of_this_kind = data.draw(KINDS[kind])
    assert parse_period(str(of_this_kind)) == of_this_kind


@given(periods)
def test_a_year_earlier_is_of_the_same_kind_and_never_overlaps(later):
    earlier = later.a_year_earlier()
    assert earlier.kind == later.kind
    assert earlier.start <= earlier.end < later.start <= later.end
    assert earlier < later


@given(st.one_of(*(KINDS[kind] for kind in MONTHS_IN_PERIOD)))
def test_the_preceding_period_ends_the_day_before(later):
    before = later.preceding()
    assert before.kind == later.kind
    assert before.end + timedelta(days=1) == later.start


@given(st.one_of(*(KINDS[kind] for kind in MONTHS_IN_PERIOD)))
def test_going_back_a_whole_year_of_periods_is_a_year_earlier(later):
    before = later
    for _ in range(12 // MONTHS_IN_PERIOD[later.kind]):
        before = before.preceding()
    assert before == later.a_year_earlier()


@given(periods, periods, periods)
def test_the_order_is_consistent(one, two, three):
    assert (one < two) + (two < one) <= 1
    if one < two and two < three:
        assert one < three


@given(st.text(max_size=30), st.sampled_from([None, *YEAR_TYPES]))
def test_any_text_is_a_period_or_a_period_error(text, year_type):
    try:
        read = parse_period(text, year_type)
    except PeriodError:
        return
    assert read.start <= read.end


# What brackets say of the figure.


@pytest.mark.parametrize(
    ("spelling", "status"),
    [
        ("2025 (prov)", "provisional"),
        ("2023(Prov)", "provisional"),
        ("2023 (Prov)", "provisional"),
        ("2023(prov)", "provisional"),
        ("2024 (Provisional)", "provisional"),
        ("2018 (Rev)", "revised"),
        ("2018 (Revised)", "revised"),
        ("2018 (rev) ", "revised"),
        ("2020 (Final)", ""),
        ("2016-17 (OT)", ""),
        ("2022/23 (academic year)", ""),
        ("2022", ""),
        ("", ""),
        ("provisional", ""),
    ],
)
def test_what_a_bracket_says_of_the_figure(spelling, status):
    assert figure_status(spelling) == status


@pytest.mark.parametrize(
    ("spelling", "before"),
    [
        ("Autumn 2022", "Summer 2022"),
        ("Summer 2022", "Spring 2022"),
        ("Spring 2022", "Autumn 2021"),
    ],
)
def test_a_term_follows_the_term_before_it(spelling, before):
    assert parse_period(spelling).preceding() == parse_period(before)
