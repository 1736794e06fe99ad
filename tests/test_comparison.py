"""Comparisons: which two figures are set side by side, and what is left uncompared, and why.

The figures are invented and small; every expected answer is worked out in the test.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from one_measure import QUARTER, floors, level, listed_as, one_measure_plan, since_baseline

from helpers.assessment import assess
from helpers.comparison import KnownFigures, break_between, currency_of, find_previous, target_for
from helpers.definitions import Area, Areas, Quarter
from helpers.periods import parse_period
from helpers.plans import PlanMeasure


@pytest.fixture
def compared(figures, make_measure):
    """Say which period the latest figure is compared with; None where there is none."""

    def find(year_type, *periods, **definition):
        listed = figures(year_type, *((period, "1") for period in periods))
        rows = list(listed.itertuples())
        measure = make_measure("children-in-county", year_type=year_type, **definition)
        previous = find_previous(rows, rows[-1], measure)
        return previous.period if previous else None

    return find


# ---------------------------------------------------------------------- what was known on a day

DAY = date(2023, 12, 31)
MEASURE = "children-in-county"


def test_figures_are_known_by_measure_area_and_breakdown_oldest_first(observations_table):
    table = observations_table(
        level("2022-23", "3"),
        level("2021-22", "2"),
        level("2022-23", "30", area="England"),
        level("2022-23", "300", breakdown="girls"),
        level("2022-23", "3000", measure_id="another"),
    )
    known = KnownFigures(table, DAY)
    assert [row.value for row in known.of(MEASURE, "Hertfordshire")] == [2, 3]
    assert [row.value for row in known.of(MEASURE, "England")] == [30]
    assert [row.value for row in known.of(MEASURE, "Hertfordshire", "girls")] == [300]
    assert known.of(MEASURE, "England", "girls") == []
    assert known.of("a-third", "England") == []


def test_of_two_editions_the_one_published_last_by_the_day_is_known(observations_table):
    table = observations_table(
        level("2022-23", "2", published=date(2023, 12, 31)),
        level("2022-23", "1", published=date(2023, 10, 31)),
        level("2022-23", "3", published=date(2024, 1, 1)),
    )
    assert [row.value for row in KnownFigures(table, DAY).of(MEASURE, "Hertfordshire")] == [2]


def test_beside_a_figure_stand_those_of_all_areas_for_its_own_period(observations_table):
    table = observations_table(
        level("2022-23", "1"),
        level("2022-23", "2", area="England"),
        level("2021-22", "3", area="England"),
        level("31 March 2023", "4", area="Wales"),
        level("2022-23", "5", area="Scotland", breakdown="girls"),
    )
    known = KnownFigures(table, DAY)
    (own,) = known.of(MEASURE, "Hertfordshire")
    found = {area: row.value for area, row in known.beside(own).items()}
    assert found == {"Hertfordshire": 1, "England": 2}


def test_stated_changes_are_known_for_one_area_at_a_time(observations_table):
    change = {"kind": "change_percent", "against": "2021-22"}
    table = observations_table(
        level("2022-23", "1", **change),
        level("2022-23", "2", area="England", **change),
        level("2022-23", "3", area="England", published=date(2024, 1, 1), **change),
    )
    known = KnownFigures(table, DAY)
    for _ in range(2):  # asked again, the answers are the same
        assert [row.value for row in known.changes(MEASURE, "Hertfordshire", [])] == [1]
        assert [row.value for row in known.changes(MEASURE, "England", [])] == [2]
    assert known.changes("another", "England", []) == []


def test_stated_changes_of_parts_are_known_for_those_parts_alone(observations_table):
    change = {"kind": "change_percent", "against": "2021-22", "area": "East"}
    known = KnownFigures(observations_table(level("2022-23", "1", **change)), DAY)
    for within, found in (([], []), (["East"], [1]), (["West"], [])):
        assert [row.value for row in known.changes(MEASURE, "Hertfordshire", within)] == found


# ------------------------------------------------------------------------ the previous figure


@pytest.mark.parametrize(
    ("year_type", "earlier", "latest"),
    [
        ("financial", "2021-22", "2022-23"),
        ("academic", "2021/22", "2022/23"),
        ("calendar", "2021", "2022"),
        ("year_to_september", "2021", "2022"),
        ("at_31_march", "2022", "2023"),
        ("january", "2022", "2023"),
        ("date", "31 August 2021", "31 August 2022"),
        ("term", "Autumn 2021", "Autumn 2022"),
        ("quarter", "2021-22 Q4", "2022-23 Q4"),
        ("month", "March 2022", "March 2023"),
        ("range", "Apr 21 - Sept 21", "Apr 22 - Sept 22"),
    ],
)
def test_the_previous_figure_is_the_one_a_year_earlier(compared, year_type, earlier, latest):
    assert compared(year_type, earlier, latest) == str(parse_period(earlier, year_type))


def test_a_month_is_compared_with_the_same_month_a_year_earlier_not_the_month_before(compared):
    assert compared("month", "March 2022", "February 2023", "March 2023") == "March 2022"
    assert compared("month", "February 2023", "March 2023") is None


def test_a_quarter_is_compared_with_the_same_quarter_a_year_earlier(compared):
    assert compared("quarter", "2021-22 Q4", "2022-23 Q3", "2022-23 Q4") == "2021-22 Q4"
    assert compared("quarter", "2022-23 Q3", "2022-23 Q4") is None


def test_a_term_is_compared_with_the_same_term_a_year_earlier(compared):
    assert compared("term", "Autumn 2021", "Summer 2022", "Autumn 2022") == "Autumn term 2021"
    assert compared("term", "Summer 2022", "Autumn 2022") is None


def test_a_date_is_compared_only_with_the_same_day_a_year_earlier(compared):
    assert compared("date", "30 August 2021", "31 August 2022") is None


def test_the_last_day_of_february_is_compared_with_that_of_the_year_before(compared):
    assert compared("date", "28 February 2023", "29 February 2024") == "28 February 2023"
    assert compared("date", "29 February 2024", "28 February 2025") == "29 February 2024"


def test_a_gap_in_the_years_leaves_nothing_to_compare_with(compared):
    assert compared("academic", "2018/19", "2021/22") is None


def test_the_nearest_earlier_figure_counts_only_where_the_definition_allows_it(compared):
    allowed = {"compare_with": "nearest_earlier"}
    assert compared("academic", "2017/18", "2018/19", "2021/22", **allowed) == (
        "2018/19 academic year"
    )
    assert compared("date", "31 August 2022", "31 March 2023", **allowed) == "31 August 2022"


def test_a_year_earlier_is_preferred_to_the_nearest_earlier(compared):
    allowed = {"compare_with": "nearest_earlier"}
    assert compared("month", "March 2022", "February 2023", "March 2023", **allowed) == "March 2022"


@pytest.mark.parametrize("compare_with", ["a_year_earlier", "nearest_earlier"])
@pytest.mark.parametrize(
    ("year_type", "other_kind", "latest"),
    [
        ("month", "2021", "March 2023"),
        ("month", "2021-22", "March 2023"),
        ("date", "March 2022", "31 March 2023"),
        ("date", "2021-22", "31 March 2023"),
        ("calendar", "December 2022", "2023"),
        ("calendar", "2014-16", "2017"),
    ],
)
def test_periods_of_two_kinds_are_never_compared(
    compared, compare_with, year_type, other_kind, latest
):
    assert compared(year_type, other_kind, latest, compare_with=compare_with) is None


def test_spans_of_years_are_compared_with_the_span_before_and_never_overlap(compared):
    assert compared("calendar", "2011-13", "2013-15", "2014-16") == "2011-13"
    assert compared("calendar", "2013-15", "2014-16") is None


# ------------------------------------------------------------------ where the definition changed


@pytest.mark.parametrize(
    ("previous", "latest", "crossed"),
    [
        ("2018/19", "2021/22", True),
        ("2020/21", "2021/22", True),
        ("2020/21", "2022/23", True),
        ("2018/19", "2020/21", False),
        ("2021/22", "2022/23", False),
    ],
)
def test_a_break_separates_what_is_before_its_first_period_from_that_period_on(
    make_measure, previous, latest, crossed
):
    breaks = [{"from": "2021/22", "reason": "Asked otherwise."}]
    measure = make_measure("a", year_type="academic", breaks=breaks)
    periods = [parse_period(text, "academic") for text in (previous, latest)]
    assert break_between(*periods, measure) == ("Asked otherwise." if crossed else "")


def test_across_a_break_nothing_is_judged_but_both_figures_are_shown(assess_one):
    row = assess_one(
        [level("2021-22", "10"), level("2022-23", "20")],
        breaks=[{"from": "2022-23", "reason": "Asked otherwise."}],
    )
    assert row["direction"] == "not_comparable"
    assert row["direction_reason"] == "Asked otherwise."
    assert (row["previous_value"], row["latest_value"]) == (Decimal(10), Decimal(20))
    assert row["relative_change"] is None


# ------------------------------------------------------ which figures a verdict rests on


def test_before_anything_was_published_every_measure_says_so(assess_one):
    before = Quarter(quarter="2021-22 Q4", as_at=date(2023, 10, 30))
    row = assess_one([level("2022-23", "70")], quarter=before)
    assert (
        row["direction_reason"] == "Our sources published by 30 October 2023 have no figure for it."
    )


def test_a_figure_published_on_the_very_day_counts(assess_one):
    that_day = Quarter(quarter="2022-23 Q4", as_at=date(2023, 10, 31))
    assert assess_one([level("2022-23", "70")], quarter=that_day)["latest_value"] == 70


def test_figures_published_later_do_not_exist_yet(assess_one):
    rows = [
        level("2021-22", "70"),
        level("2022-23", "60"),
        level("2023-24", "50", published=date(2024, 10, 31), source="later"),
        level("2022-23", "65", published=date(2024, 10, 31), source="later"),
    ]
    then = assess_one(rows)
    assert (then["latest_period"], then["latest_value"]) == ("2022-23", 60)
    now = assess_one(rows, quarter=Quarter(quarter="2024-25 Q4", as_at=date(2025, 3, 31)))
    assert (now["latest_period"], now["latest_value"]) == ("2023-24", 50)
    assert now["previous_value"] == 65


def test_a_latest_figure_that_is_not_available_is_not_replaced_by_an_older_one(assess_one):
    row = assess_one([level("2021-22", "70"), level("2022-23", None, status="not_available")])
    assert (row["latest_period"], row["latest_value"]) == ("2022-23", None)
    assert (row["previous_period"], row["previous_value"]) == ("2021-22", 70)
    assert row["direction"] == "not_comparable"
    assert row["direction_reason"] == "No figure was published for 2022-23."
    assert (row["currency"], row["change"]) == ("no_figure", None)
    assert row["summary_group"] == "no_recent_figure"


def test_a_previous_figure_that_is_not_available_leaves_nothing_to_compare_with(assess_one):
    row = assess_one([level("2021-22", None, status="not_available"), level("2022-23", "70")])
    assert (row["previous_period"], row["previous_value"]) == ("2021-22", None)
    assert row["direction_reason"] == "No figure was published for 2021-22."
    assert (row["change"], row["relative_change"]) == (None, None)
    assert (row["currency"], row["summary_group"]) == ("current", "not_judged")


def test_a_first_figure_says_which_period_is_missing(assess_one):
    row = assess_one([level("2022-23", "70")])
    assert row["direction_reason"] == "There is no figure for 2021-22 to compare it with."
    assert row["previous_period"] == ""


def test_a_measure_taken_once_has_nothing_to_compare_it_with(assess_one):
    row = assess_one([level("2022-23", "70")], frequency="once")
    assert row["direction_reason"] == "It is a single figure, with none to compare it with."


def test_the_previous_month_stands_beside_without_an_arrow_of_its_own(assess_one):
    # Up on the year (50 to 55), down on the month (58 to 55): the arrow is the year's.
    row = assess_one(
        [level("March 2022", "50"), level("February 2023", "58"), level("March 2023", "55")],
        year_type="month",
        frequency="monthly",
    )
    assert row["direction"] == "improving"
    assert (row["preceding_period"], row["preceding_value"]) == ("February 2023", 58)


def test_a_month_without_one_a_year_earlier_gets_no_arrow_from_the_month_before(assess_one):
    row = assess_one(
        [level("February 2023", "58"), level("March 2023", "55")],
        year_type="month",
        frequency="monthly",
    )
    assert row["direction"] == "not_comparable"
    assert row["direction_reason"] == "There is no figure for March 2022 to compare it with."
    assert (row["preceding_period"], row["preceding_value"]) == ("February 2023", 58)


def test_the_quarter_before_stands_beside_too(assess_one):
    row = assess_one(
        [level("2022-23 Q3", "58"), level("2022-23 Q4", "55")],
        year_type="quarter",
        frequency="quarterly",
    )
    assert (row["preceding_period"], row["preceding_value"]) == ("2022-23 Q3", 58)


@pytest.mark.parametrize(
    ("year_type", "periods"),
    [("financial", ("2021-22", "2022-23")), ("month", ("January 2023", "March 2023"))],
)
def test_nothing_precedes_a_year_or_a_month_after_a_gap(assess_one, year_type, periods):
    row = assess_one([level(period, "1") for period in periods], year_type=year_type)
    assert (row["preceding_period"], row["preceding_value"]) == ("", None)


def test_other_areas_and_breakdowns_are_not_mixed_in(assess_one):
    rows = [
        level("2021-22", "10", area="England"),
        level("2021-22", "20", breakdown="population"),
        level("2022-23", "70"),
    ]
    assert assess_one(rows)["previous_value"] is None
    assert assess_one(rows, area="England")["latest_value"] == 10


def test_a_stated_change_is_not_taken_for_a_figure(assess_one):
    row = assess_one(
        [level("2021-22", "70"), level("2022-23", "5", kind="change_percent", against="2021-22")]
    )
    assert (row["latest_period"], row["latest_value"]) == ("2021-22", 70)


# ------------------------------------------------------- two kinds of period in one series

YEARS_AND_MONTHS = [
    level("2022", "40"),
    level("September 2022", "45"),
    level("2023", "50"),
    level("September 2023", "30"),
]
"""By the years it rose from 40 to 50, by the months it fell from 45 to 30."""

AFTER = Quarter(quarter="2023-24 Q3", as_at=date(2024, 3, 31))


@pytest.mark.parametrize(
    ("follows", "previous", "latest", "direction"),
    [
        ("calendar_year", ("2022", 40), ("2023", 50), "improving"),
        ("month", ("September 2022", 45), ("September 2023", 30), "declining"),
    ],
)
def test_an_entry_sees_only_the_kind_of_period_that_it_follows(
    assess_one, follows, previous, latest, direction
):
    row = assess_one(
        YEARS_AND_MONTHS, entry={"follows": follows}, year_type="calendar", quarter=AFTER
    )
    assert (row["previous_period"], row["previous_value"]) == previous
    assert (row["latest_period"], row["latest_value"]) == latest
    assert (row["follows"], row["latest_period_kind"]) == (follows, follows)
    assert row["direction"] == direction


def test_without_a_figure_of_the_kind_that_it_follows_an_entry_has_none(assess_one):
    row = assess_one(
        YEARS_AND_MONTHS, entry={"follows": "term"}, year_type="calendar", quarter=AFTER
    )
    assert (row["latest_value"], row["currency"]) == (None, "no_figure")
    assert (
        row["direction_reason"] == "Our sources published by 31 March 2024 have no figure for it."
    )


def test_the_month_before_is_looked_for_among_months_only(assess_one):
    rows = [*YEARS_AND_MONTHS, level("August 2023", "33"), level("2023-24 Q2", "35")]
    row = assess_one(rows, entry={"follows": "month"}, year_type="calendar", quarter=AFTER)
    assert (row["preceding_period"], row["preceding_value"]) == ("August 2023", 33)


@pytest.mark.parametrize(
    ("follows", "last_current", "first_old"),
    [
        ("", date(2025, 9, 30), date(2025, 10, 1)),
        ("month", date(2024, 3, 31), date(2024, 4, 1)),
        ("quarter", date(2024, 6, 30), date(2024, 7, 1)),
        ("term", date(2024, 6, 30), date(2024, 7, 1)),
        ("calendar_year", date(2025, 9, 30), date(2025, 10, 1)),
        ("financial_year", date(2025, 9, 30), date(2025, 10, 1)),
        ("academic_year", date(2025, 9, 30), date(2025, 10, 1)),
        ("date", date(2025, 9, 30), date(2025, 10, 1)),
    ],
)
def test_how_long_a_figure_is_current_goes_by_the_kind_of_period_followed(
    make_measure, follows, last_current, first_old
):
    # The figure is of 30 September 2023; the measure is annual, so 24 months, but a month counts
    # for 6 and a quarter or a term for 9.
    measure = make_measure("a", frequency="annual")
    figure = in_period(date(2023, 9, 30))
    assert currency_of(figure, measure, last_current, follows) == "current"
    assert currency_of(figure, measure, first_old, follows) == "old"


def test_of_one_series_the_years_figure_may_be_current_and_the_months_old(assess_one):
    later = Quarter(quarter="2024-25 Q1", as_at=date(2024, 7, 31))
    found = {
        follows: assess_one(
            YEARS_AND_MONTHS, entry={"follows": follows}, year_type="calendar", quarter=later
        )["currency"]
        for follows in ("calendar_year", "month")
    }
    assert found == {"calendar_year": "current", "month": "old"}


# ------------------------------------------------------------------------- change since a baseline


def test_change_since_a_baseline_of_the_same_kind_is_latest_less_baseline(assess_one):
    rows = [level("2020-21", "38"), level("2021-22", "90"), level("2022-23", "89.5")]
    row = assess_one(rows, entry={"baseline": "2020-21"})
    assert since_baseline(row) == ("2020-21", 38, Decimal("51.5"), "")
    # The direction goes by the previous figure all the same.
    assert (row["previous_period"], row["direction"]) == ("2021-22", "declining_within_margin")


def test_a_baseline_is_found_however_its_period_is_spelt(assess_one):
    rows = [level("2020-21", "38"), level("2022-23", "30")]
    row = assess_one(rows, entry={"baseline": "Apr 20 - Mar 21"})
    assert since_baseline(row) == ("2020-21", 38, -8, "")


def test_a_baseline_of_another_kind_of_period_is_shown_with_a_reason_and_no_change(assess_one):
    row = assess_one(
        YEARS_AND_MONTHS,
        entry={"follows": "calendar_year", "baseline": "September 2022"},
        year_type="calendar",
        quarter=AFTER,
    )
    period, value, change, reason = since_baseline(row)
    assert (period, value, change) == ("September 2022", 45, None)
    assert reason == "September 2022 and 2023 are different kinds of period."
    assert row["direction"] == "improving"


def test_a_baseline_before_a_change_of_definition_gives_the_reason_and_no_change(assess_one):
    row = assess_one(
        [level("2020-21", "10"), level("2021-22", "20"), level("2022-23", "21")],
        entry={"baseline": "2020-21"},
        breaks=[{"from": "2021-22", "reason": "Asked otherwise."}],
    )
    assert since_baseline(row) == ("2020-21", 10, None, "Asked otherwise.")
    assert row["direction"] == "improving"


@pytest.mark.parametrize(
    ("baseline", "why"),
    [
        ("2022-23", "the latest figure is its own"),
        ("2023-24", "it is later than the latest figure"),
        ("2019-20", "there is no figure for it"),
        ("2020-21", "its figure is not available"),
        ("", "the document names none"),
    ],
    ids=lambda text: text.replace(" ", "-"),
)
def test_there_is_no_change_since_a_baseline(assess_one, baseline, why):
    rows = [
        level("2020-21", None, status="not_available"),
        level("2021-22", "70"),
        level("2022-23", "75"),
    ]
    row = assess_one(rows, entry={"baseline": baseline})
    assert since_baseline(row) == ("", None, None, ""), why


def test_without_a_latest_figure_there_is_no_change_since_the_baseline(assess_one):
    rows = [level("2020-21", "38"), level("2022-23", None, status="not_available")]
    assert since_baseline(assess_one(rows, entry={"baseline": "2020-21"})) == ("", None, None, "")


def test_no_change_since_the_baseline_is_a_change_of_nought(assess_one):
    rows = [level("2020-21", "38.0"), level("2022-23", "38")]
    assert since_baseline(assess_one(rows, entry={"baseline": "2020-21"}))[2] == 0


# ------------------------------------------------------- changes that documents state, no figures


@pytest.fixture
def assess_changes(observations_table, make_measure, make_source, make_definitions):
    """Assess one measure in a county of two parts; return its row for an area."""

    def make(rows, area="Hertfordshire", quarter=QUARTER, **entry):
        kinds = {
            "Hertfordshire": "local_authority",
            "The north": "sub_county",
            "The south": "sub_county",
            "England": "national",
        }
        listed = [Area(name=name, kind=kind) for name, kind in kinds.items()]
        definitions = replace(
            make_definitions([make_measure("children-in-county", year_type="financial")]),
            sources={name: make_source(name) for name in ("report", "later")},
            areas=Areas(reporting_area="Hertfordshire", areas=listed),
            plans={"plan": one_measure_plan(entry=entry)},
        )
        return assess(definitions, observations_table(*rows), quarter, area).iloc[0]

    return make


def change(period, value, **cells):
    return level(period, value, **{"kind": "change_percent", "against": "2020-21", **cells})


def test_a_stated_change_stands_where_there_is_no_figure_and_gets_no_arrow(assess_changes):
    row = assess_changes([change("2022-23", "-99", place="key facts")])
    assert row["change_in_words"] == "down 99% from 2020-21 to 2022-23"
    assert row["stated_period"] == "2022-23"
    assert (row["latest_period"], row["latest_value"], row["change"]) == ("", None, None)
    assert row["direction"] == "not_comparable"
    assert row["direction_reason"] == (
        "Only a change was published, without the figures that it is between."
    )
    assert (row["source"], row["place"]) == ("report", "key facts")
    assert row["published"] == date(2023, 10, 31)
    assert (row["currency"], row["summary_group"]) == ("current", "not_judged")


def test_a_stated_change_grows_old_as_a_figure_does(assess_changes):
    # Of an annual measure, to 31 March 2023: current for 24 months.
    last = Quarter(quarter="2024-25 Q3", as_at=date(2025, 3, 31))
    after = Quarter(quarter="2024-25 Q4", as_at=date(2025, 4, 1))
    rows = [change("2022-23", "-99")]
    assert assess_changes(rows, quarter=last)["currency"] == "current"
    assert assess_changes(rows, quarter=after)["currency"] == "old"
    assert assess_changes(rows, quarter=after)["summary_group"] == "no_recent_figure"


def test_a_change_whose_start_is_not_stated_is_kept_as_that(assess_changes):
    row = assess_changes([change("2022-23", "-50", against="not stated")])
    assert "50%" in row["change_in_words"] and "since when" in row["change_in_words"]
    assert "not stated" not in row["change_in_words"]


def test_a_stated_change_is_not_shown_beside_a_figure(assess_changes):
    row = assess_changes([change("2022-23", "-99"), level("2020-21", "70")])
    assert (row["latest_period"], row["latest_value"]) == ("2020-21", 70)
    assert (row["change_in_words"], row["stated_period"]) == ("", "")
    assert row["direction_reason"] == "There is no figure for 2019-20 to compare it with."


@pytest.mark.parametrize("kind", ["unclear", "difference_points"])
def test_only_a_change_over_time_is_a_stated_change(assess_changes, kind):
    row = assess_changes([change("2022-23", "14.4", kind=kind, against="England")])
    assert (row["change_in_words"], row["currency"]) == ("", "no_figure")


def test_a_stated_change_is_not_known_before_it_is_published(assess_changes):
    before = Quarter(quarter="2022-23 Q3", as_at=date(2023, 10, 30))
    row = assess_changes([change("2022-23", "-99")], quarter=before)
    assert (row["change_in_words"], row["stated_period"], row["source"]) == ("", "", "")
    assert row["direction_reason"].startswith("Our sources published by 30 October 2023 have no")


def test_of_two_stated_changes_the_one_published_last_counts(assess_changes):
    rows = [
        change("2022-23", "-40", published=date(2023, 11, 30), source="later"),
        change("2021-22", "-10"),
        change("2022-23", "-20"),
    ]
    row = assess_changes(rows)
    assert row["change_in_words"] == "down 40% from 2020-21 to 2022-23"
    assert row["source"] == "later"


def test_of_two_stated_changes_of_one_day_the_one_of_the_later_period_counts(assess_changes):
    row = assess_changes([change("2022-23", "-20"), change("2021-22", "-10")])
    assert (row["stated_period"], row["change_in_words"][:8]) == ("2022-23", "down 20%")


NORTH = change("2022-23", "-10", area="The north")
SOUTH = change("2022-23", "25", area="The south")


def test_changes_stated_for_parts_of_the_county_only_are_named_by_the_part(assess_changes):
    row = assess_changes([NORTH, SOUTH, change("2022-23", "-3", area="England")])
    assert row["change_in_words"] == (
        "The north: down 10% from 2020-21 to 2022-23; The south: up 25% from 2020-21 to 2022-23"
    )
    assert row["stated_period"] == "2022-23"
    assert (row["direction"], row["currency"]) == ("not_comparable", "current")


def test_of_each_part_of_the_county_the_change_published_last_counts(assess_changes):
    newer = {"published": date(2023, 11, 30), "source": "later"}
    row = assess_changes([NORTH, SOUTH, change("2022-23", "-12", area="The north", **newer)])
    assert "The north: down 12%" in row["change_in_words"]
    assert "The south: up 25%" in row["change_in_words"]
    assert "10%" not in row["change_in_words"]


def test_a_change_stated_for_the_county_counts_before_those_of_its_parts(assess_changes):
    newer = {"published": date(2023, 11, 30), "source": "later"}
    rows = [change("2022-23", "-7"), {**NORTH, **newer}, {**SOUTH, **newer}]
    assert assess_changes(rows)["change_in_words"] == "down 7% from 2020-21 to 2022-23"


def test_a_part_of_the_county_has_its_own_stated_change_only(assess_changes):
    row = assess_changes([NORTH, SOUTH], area="The north")
    assert row["change_in_words"] == "down 10% from 2020-21 to 2022-23"


def test_another_area_has_no_stated_change_of_the_countys_parts(assess_changes):
    row = assess_changes([NORTH, SOUTH], area="England")
    assert (row["change_in_words"], row["currency"]) == ("", "no_figure")


def test_a_figure_for_a_part_of_the_county_is_none_of_the_county(assess_changes):
    row = assess_changes([level("2022-23", "70", area="The north")])
    assert (row["latest_value"], row["currency"]) == (None, "no_figure")


def test_a_change_stated_for_a_breakdown_is_not_one_of_the_whole(assess_changes):
    row = assess_changes([change("2022-23", "-99", breakdown="girls")])
    assert row["change_in_words"] == ""


# ------------------------------------------------------------------------------ current or old


def in_period(end, value="1"):
    """Return a figure as `currency_of` meets it: its value, and when its period ended."""
    return type("Figure", (), {"value": value, "period_end": end})()


@pytest.mark.parametrize(
    ("months", "end", "last_current", "first_old"),
    [
        # Whole years and half years, ending and counted at month ends of all lengths.
        (24, date(2023, 3, 31), date(2025, 3, 31), date(2025, 4, 1)),
        (24, date(2022, 8, 31), date(2024, 8, 31), date(2024, 9, 1)),
        (24, date(2022, 2, 28), date(2024, 2, 29), date(2024, 3, 1)),
        (24, date(2024, 2, 29), date(2026, 2, 28), date(2026, 3, 1)),
        (9, date(2022, 12, 31), date(2023, 9, 30), date(2023, 10, 1)),
        (9, date(2023, 6, 30), date(2024, 3, 31), date(2024, 4, 1)),
        (6, date(2023, 8, 31), date(2024, 2, 29), date(2024, 3, 1)),
        (6, date(2023, 2, 28), date(2023, 8, 31), date(2023, 9, 1)),
        # Days inside a month.
        (6, date(2023, 1, 15), date(2023, 7, 15), date(2023, 7, 16)),
        (24, date(2021, 11, 10), date(2023, 11, 10), date(2023, 11, 11)),
        (6, date(2023, 8, 30), date(2024, 2, 29), date(2024, 3, 1)),
    ],
)
def test_a_figure_is_current_on_the_last_day_of_its_limit_and_old_the_day_after(
    make_measure, months, end, last_current, first_old
):
    measure = make_measure("a", current_for_months=months)
    assert currency_of(in_period(end), measure, last_current) == "current"
    assert currency_of(in_period(end), measure, first_old) == "old"


@pytest.mark.parametrize("day", [2, 10, 15, 28, 29])
def test_an_old_figure_does_not_become_current_again_in_the_middle_of_a_month(make_measure, day):
    annual = make_measure("a", frequency="annual")
    assert currency_of(in_period(date(2023, 3, 31)), annual, date(2025, 4, day)) == "old"


@pytest.mark.parametrize(
    ("frequency", "current", "old"),
    [
        ("annual", date(2025, 3, 31), date(2025, 4, 30)),
        ("quarterly", date(2023, 12, 31), date(2024, 1, 31)),
        ("termly", date(2023, 12, 31), date(2024, 1, 31)),
        ("monthly", date(2023, 9, 30), date(2023, 10, 31)),
    ],
)
def test_the_limit_follows_from_the_frequency(make_measure, frequency, current, old):
    measure = make_measure("a", frequency=frequency)
    ended = in_period(date(2023, 3, 31))
    assert currency_of(ended, measure, current) == "current"
    assert currency_of(ended, measure, old) == "old"


def test_a_period_that_has_not_ended_yet_is_current(make_measure):
    assert currency_of(in_period(date(2024, 3, 31)), make_measure("a"), date(2023, 12, 31)) == (
        "current"
    )


def test_no_figure_and_an_empty_one_are_neither_current_nor_old(make_measure):
    assert currency_of(None, make_measure("a"), date(2023, 12, 31)) == "no_figure"
    empty = in_period(date(2023, 3, 31), value=None)
    assert currency_of(empty, make_measure("a"), date(2023, 12, 31)) == "no_figure"


# ------------------------------------------------------------------------------- targets


@pytest.mark.parametrize(
    ("periods", "chosen"),
    [
        (["2021-22", "2022-23", "2023-24"], "2022-23"),
        (["2024-25", "2021-22", "2023-24"], "2023-24"),
        (["Apr 22 - Mar 23", "2023-24"], "Apr 22 - Mar 23"),
        (["2020-21", "2021-22"], None),
        ([], None),
    ],
    ids=["the-same-period", "the-next-of-several", "spelt-otherwise", "only-past-ones", "none"],
)
def test_the_target_is_that_of_the_latest_period_or_else_the_next(
    figures, make_measure, periods, chosen
):
    entry = PlanMeasure(**listed_as(targets=floors(*periods)))
    (latest,) = figures("financial", ("2022-23", "70")).itertuples()
    found = target_for(entry, latest, make_measure("a", year_type="financial"))
    assert (found.period if found else None) == chosen


def test_without_a_figure_there_is_no_target_to_set_it_against(make_measure):
    entry = PlanMeasure(**listed_as(targets=floors("2022-23")))
    assert target_for(entry, None, make_measure("a")) is None
