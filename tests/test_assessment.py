"""Assessments: which two figures are compared, what is said of them, and what is left unsaid.

The figures are invented and small; every expected answer is worked out in the test.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from helpers.assessment import (
    SUMMARY_GROUPS,
    anchor,
    assess,
    break_between,
    computed_percentage,
    currency_of,
    explain_difference,
    find_previous,
    listed_measures,
    report_quarter,
    summary_group,
)
from helpers.definitions import Area, Areas, Quarter, Quarters
from helpers.observations import latest_known, series
from helpers.periods import parse_period
from helpers.plans import Indicator, Part, Plan, PlanMeasure

QUARTER = Quarter(quarter="2022-23 Q4", as_at=date(2023, 12, 31))


@pytest.fixture
def figures(observations_table):
    """Make one measure's figures, oldest first, from pairs of a period and a value."""

    def make(year_type, *pairs):
        rows = [
            {"period": period, "value": None if value is None else Decimal(value)}
            for period, value in pairs
        ]
        known = latest_known(observations_table(*rows, year_type=year_type))
        return series(known, "children-in-county", "Hertfordshire")

    return make


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


@pytest.fixture
def assess_one(observations_table, make_measure, make_source, make_definitions):
    """Assess one measure of a plan of one indicator; return its row."""

    def make(rows, polarity="higher", entry=(), arrows=(), quarter=QUARTER, area=None, **measure):
        defined = make_measure("children-in-county", **{"year_type": "financial", **measure})
        plan = one_measure_plan(polarity, dict(entry))
        definitions = replace(
            make_definitions([defined], [make_source(), make_source("later")]),
            plans={plan.id: plan},
            published_directions={"report": dict(arrows)},
        )
        table = observations_table(*rows, year_type=defined.year_type)
        return assess(definitions, table, quarter, area or "Hertfordshire").iloc[0]

    return make


def one_measure_plan(polarity="higher", entry=()):
    measure = {
        "reference": "7a",
        "measure": "children-in-county",
        "polarity": polarity,
        "polarity_basis": "ours",
        **dict(entry),
    }
    return make_plan(make_part("2", indicators=[make_indicator(measures=[measure])]))


def make_plan(*parts, **changes):
    entries = {
        "id": "plan",
        "title": "A plan",
        "short_title": "Plan",
        "starts": 2021,
        "ends": 2026,
        "margin": "0.05",
        "margin_basis": "stated",
        "source": "report",
        "parts_are": "ambition",
        "parts": parts,
    }
    return Plan(**{**entries, **changes})


def make_part(part_id, **changes):
    entries = {
        "id": part_id,
        "title": "An ambition",
        "short_title": "Ambition",
        "page": f"ambition-{part_id}",
    }
    return Part(**{**entries, **changes})


def make_indicator(**changes):
    entries = {
        "number": 7,
        "title": "Percentage of children who live in the county",
        "outcome_bees": [],
        "why": "It matters.",
        "measures": [listed_as()],
    }
    return Indicator(**{**entries, **changes})


def listed_as(measure="children-in-county", **changes):
    return {"measure": measure, "polarity": "higher", "polarity_basis": "ours", **changes}


def level(period, value, **cells):
    return {"period": period, "value": None if value is None else Decimal(value), **cells}


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


# ----------------------------------------------------------------------------- a whole assessment


def test_an_assessment_names_both_figures_and_works_out_the_change(assess_one):
    row = assess_one(
        [
            level("2021-22", "80.0", numerator=Decimal(80), denominator=Decimal(100)),
            level("2022-23", "70.0", numerator=Decimal(70), denominator=Decimal(100)),
        ]
    )
    assert row["quarter"] == "2022-23 Q4"
    assert (row["part"], row["ambition"]) == ("2", 2)
    assert (row["indicator"], row["reference"]) == (7, "7a")
    assert (row["role"], row["plan"], row["area"]) == ("plan", "plan", "Hertfordshire")
    assert (row["previous_period"], row["previous_value"]) == ("2021-22", Decimal("80.0"))
    assert (row["latest_period"], row["latest_value"]) == ("2022-23", Decimal("70.0"))
    assert row["latest_period_end"] == date(2023, 3, 31)
    assert (row["latest_numerator"], row["latest_denominator"]) == (70, 100)
    assert (row["previous_numerator"], row["previous_denominator"]) == (80, 100)
    assert row["change"] == Decimal("-10.0")
    assert row["relative_change"] == Decimal("-0.125")
    assert row["direction"] == "declining"
    assert row["summary_group"] == "to_be_improved"
    assert (row["source"], row["published"]) == ("report", date(2023, 10, 31))
    assert row["page"] == "ambition-2.html#measure-7a"


def test_the_arrow_uses_the_published_figures_and_the_counts_stand_beside(assess_one):
    # By the counts 6 of 9 (66.7%) became 2 of 3 (the same); as published it fell by 0.1.
    row = assess_one(
        [
            level("2021-22", "66.7", numerator=Decimal(6), denominator=Decimal(9)),
            level("2022-23", "66.6", numerator=Decimal(2), denominator=Decimal(3)),
        ]
    )
    assert row["direction"] == "declining_within_margin"
    assert row["computed_value"] == Decimal("66.6667")


def test_counts_of_something_that_is_no_percentage_give_no_percentage(assess_one):
    row = assess_one(
        [level("2022-23", "2", numerator=Decimal(2), denominator=Decimal(2))], unit="number"
    )
    assert row["computed_value"] is None
    assert (row["latest_numerator"], row["latest_denominator"]) == (2, 2)


def test_a_measure_without_any_figure_has_a_row_that_says_so(assess_one):
    row = assess_one([level("2022-23", "70", area="England")])
    assert (row["latest_period"], row["latest_value"]) == ("", None)
    assert (row["direction"], row["currency"]) == ("not_comparable", "no_figure")
    assert (
        row["direction_reason"]
        == "Our sources published by 31 December 2023 have no figure for it."
    )
    assert row["summary_group"] == "no_recent_figure"
    assert row["source"] == ""


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


def test_what_a_source_says_of_how_exact_and_how_final_a_figure_is_is_kept(assess_one):
    row = assess_one([level("2022-23", "70", qualifier="about", status="provisional")])
    assert (row["latest_qualifier"], row["latest_status"]) == ("about", "provisional")


def test_further_figures_and_official_statistics_have_rows_after_the_plans_own(
    observations_table, make_measure, make_source, make_definitions
):
    other = listed_as("other", polarity="neutral")
    indicator = make_indicator(
        measures=[listed_as(reference="7a")], further=[other], official=[other]
    )
    figures = {"progress": [other], "context": [other], "official": [other]}
    plan = make_plan(make_part("2", indicators=[indicator], **figures))
    definitions = replace(
        make_definitions(
            [make_measure("children-in-county"), make_measure("other")], [make_source()]
        ),
        plans={"plan": plan},
    )
    table = assess(definitions, observations_table(), QUARTER, "Hertfordshire")
    assert list(table["role"]) == [
        *("plan", "further", "official"),
        *("progress", "context", "official"),
    ]
    assert list(table["indicator"]) == [7, 7, 7, None, None, None]
    assert list(table["reference"]) == ["7a", "", "", "", "", ""]
    assert set(table["part"]) == {"2"}


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


def test_what_the_measure_covers_of_the_indicator_is_kept(assess_one):
    row = assess_one([level("2022-23", "70")], entry={"covers": "ages 16 and 17 only"})
    assert row["covers"] == "ages 16 and 17 only"


# ------------------------------------------------------------------------- change since a baseline


def since_baseline(row):
    return tuple(
        row[name]
        for name in ("baseline_period", "baseline_value", "since_baseline", "baseline_reason")
    )


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


# ------------------------------------------------------- which ambition a row serves, and its page


@pytest.mark.parametrize(
    ("of_entry", "of_indicator", "of_part", "serves", "ambition"),
    [
        (5, 4, 3, "other", 5),
        (None, 4, 3, "other", 4),
        (None, None, 3, "other", 3),
        (None, None, None, "other", None),
        (5, None, 3, "other", 5),
        (5, None, None, "", 5),
        (None, 4, None, "", 4),
        (None, None, None, "", 2),
    ],
)
def test_the_ambition_is_that_of_the_entry_or_else_its_indicator_or_else_its_part(
    of_entry, of_indicator, of_part, serves, ambition
):
    indicator = make_indicator(ambition=of_indicator, measures=[listed_as(ambition=of_entry)])
    part = make_part("2", ambition=of_part, indicators=[indicator])
    (listed,) = listed_measures(make_plan(part, serves=serves))
    assert listed.ambition == ambition


@pytest.mark.parametrize(
    ("parts_are", "part_id", "ambition"),
    [("ambition", "2", 2), ("ambition", "context", None), ("area", "2", None), ("bee", "2", None)],
)
def test_a_part_is_its_own_ambition_only_if_it_is_a_numbered_one(parts_are, part_id, ambition):
    part = make_part(part_id, progress=[listed_as()])
    (listed,) = listed_measures(make_plan(part, parts_are=parts_are))
    assert listed.ambition == ambition


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"reference": "happy-3a"}, "measure-happy-3a"),
        ({}, "measure-children-in-county"),
        ({"follows": "month"}, "measure-children-in-county-month"),
        ({"follows": "calendar_year"}, "measure-children-in-county-calendar-year"),
        ({"reference": "happy-3a", "follows": "month"}, "measure-happy-3a"),
    ],
)
def test_a_measures_place_on_its_page_has_a_name(entry, expected):
    assert anchor(PlanMeasure(**listed_as(**entry))) == expected
    part = make_part("2", page="bee-happy", context=[listed_as(**entry)])
    (listed,) = listed_measures(make_plan(part))
    assert listed.page == f"bee-happy.html#{expected}"


# ----------------------------------------------------------------- the evidence of a milestone


def test_evidence_of_a_milestone_has_the_areas_and_the_milestones_numbers_as_its_reference():
    dated = {"value": "75", "unit": "percent", "due": "31 August 2023"}
    milestones = [
        {
            "number": 4,
            "text": "Three in four live in the county.",
            "kind": "number_by_date",
            "ambition": 1,
            "targets": [dated],
            "evidence": [listed_as(), listed_as(ambition=6)],
        },
        {"number": 5, "text": "A home is open.", "kind": "in_place"},
        {
            "number": 6,
            "text": "More of them.",
            "kind": "direction",
            "wanted": "increase",
            "evidence": [listed_as()],
        },
    ]
    part = make_part("9", ambition=3, milestones=milestones, progress=[listed_as()])
    listed = listed_measures(make_plan(part, parts_are="area", serves="other"))
    found = [(entry.role, entry.entry.reference, entry.ambition) for entry in listed]
    # The milestone's own ambition counts before its part's, the entry's own before both.
    assert found == [
        ("progress", "", 3),
        ("plan", "9-4", 1),
        ("plan", "9-4", 6),
        ("plan", "9-6", 3),
    ]
    assert {entry.indicator for entry in listed} == {None}


def test_evidence_of_a_milestone_is_assessed_as_any_other_measure(
    observations_table, make_measure, make_source, make_definitions
):
    evidence = listed_as(baseline="2020-21")
    milestone = {
        "number": 4,
        "text": "More of them.",
        "kind": "direction",
        "wanted": "increase",
        "evidence": [evidence],
    }
    part = make_part("9", milestones=[milestone], page="improvement-area-9")
    definitions = replace(
        make_definitions([make_measure("children-in-county", year_type="financial")]),
        sources={"report": make_source()},
        plans={"plan": make_plan(part, parts_are="area")},
    )
    table = observations_table(level("2020-21", "38"), level("2022-23", "89"))
    row = assess(definitions, table, QUARTER, "Hertfordshire").iloc[0]
    assert (row["part"], row["reference"], row["role"]) == ("9", "9-4", "plan")
    assert (row["indicator"], row["ambition"]) == (None, None)
    assert since_baseline(row) == ("2020-21", 38, 51, "")
    assert row["page"] == "improvement-area-9.html#measure-9-4"


# -------------------------------------------------------------- benchmarks, targets, quartiles


def representative(**entry):
    return {"polarity": "representative", "entry": {"benchmark": "population", **entry}}


@pytest.mark.parametrize(
    ("value", "position"), [("4.5", "below"), ("11.6", "equal"), ("20", "above")]
)
def test_beside_a_benchmark_alone_there_is_a_position_and_no_direction(assess_one, value, position):
    row = assess_one(
        [level("2021-22", "11.6", breakdown="population"), level("2022-23", value)],
        **representative(),
    )
    assert row["direction"] == "not_comparable"
    assert row["direction_reason"] == (
        "The figure beside it is a benchmark (population), not an earlier figure of the same thing."
    )
    assert (row["previous_period"], row["previous_value"]) == ("", None)
    assert (row["benchmark"], row["benchmark_value"]) == ("population", Decimal("11.6"))
    assert row["benchmark_position"] == position


def test_with_an_earlier_figure_nearer_to_the_benchmark_is_better(assess_one):
    rows = [
        level("2021-22", "50", breakdown="population"),
        level("2021-22", "80"),
        level("2022-23", "70"),
    ]
    row = assess_one(rows, **representative())
    assert (row["direction"], row["benchmark_position"]) == ("improving", "above")


def test_without_its_benchmark_a_representative_measure_is_not_judged(assess_one):
    row = assess_one([level("2021-22", "80"), level("2022-23", "70")], **representative())
    assert row["direction"] == "not_comparable"
    assert row["direction_reason"] == "There is no benchmark to be near."
    assert (row["benchmark_value"], row["benchmark_position"]) == (None, "")


@pytest.mark.parametrize(
    ("kind", "value", "met"),
    [
        ("floor", "84.9", "no"),
        ("floor", "85", "yes"),
        ("floor", "85.1", "yes"),
        ("ceiling", "84.9", "yes"),
        ("ceiling", "85.0", "yes"),
        ("ceiling", "85.1", "no"),
    ],
)
def test_a_floor_is_met_from_below_and_a_ceiling_from_above_both_inclusive(
    assess_one, kind, value, met
):
    targets = [{"period": "2022-23", "value": "85", "kind": kind}]
    row = assess_one([level("2022-23", value)], entry={"targets": targets})
    assert (row["target_value"], row["target_kind"], row["target_met"]) == (85, kind, met)


def test_only_the_target_of_the_latest_figures_own_period_counts(assess_one):
    targets = [
        {"period": "2021-22", "value": "60", "kind": "floor"},
        {"period": "Apr 22 - Mar 23", "value": "90", "kind": "floor"},
        {"period": "2023-24", "value": "60", "kind": "floor"},
    ]
    row = assess_one([level("2022-23", "70")], entry={"targets": targets})
    assert (row["target_value"], row["target_met"]) == (90, "no")
    row = assess_one([level("2024-25", "70")], entry={"targets": targets})
    assert (row["target_value"], row["target_kind"], row["target_met"]) == (None, "", "")


def test_a_target_without_a_figure_is_neither_met_nor_missed(assess_one):
    targets = [{"period": "2022-23", "value": "85", "kind": "floor"}]
    rows = [level("2022-23", None, status="not_available")]
    row = assess_one(rows, entry={"targets": targets})
    assert (row["target_value"], row["target_met"]) == (85, "")


def test_the_national_quartile_counts_for_its_own_period_only(assess_one):
    stated = {"national_quartile": [{"period": "2022-23", "quartile": "top"}]}
    rows = [level("2021-22", "50"), level("2022-23", "49")]
    row = assess_one(rows, entry=stated)
    assert (row["direction"], row["national_quartile"]) == ("declining_within_margin", "top")
    assert row["summary_group"] == "improving_or_good"
    row = assess_one([*rows, level("2023-24", "48")], entry=stated)
    assert (row["national_quartile"], row["summary_group"]) == ("", "little_change")


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


def test_an_old_figure_keeps_its_arrow_and_is_counted_under_no_recent_figure(assess_one):
    rows = [level("2021-22", "80"), level("2022-23", "70")]
    later = Quarter(quarter="2025-26 Q2", as_at=date(2025, 9, 30))
    row = assess_one(rows, quarter=later)
    assert (row["direction"], row["currency"]) == ("declining", "old")
    assert row["summary_group"] == "no_recent_figure"


# ------------------------------------------------------------------------ the executive summary


DIRECTIONS = (
    "improving",
    "declining",
    "declining_within_margin",
    "no_change",
    "rose",
    "fell",
    "not_comparable",
)


@pytest.mark.parametrize(
    ("direction", "plain", "with_target_met"),
    [
        ("improving", "improving_or_good", "improving_or_good"),
        ("declining", "to_be_improved", "to_be_improved"),
        ("declining_within_margin", "little_change", "improving_or_good"),
        ("no_change", "little_change", "improving_or_good"),
        ("rose", "not_judged", "improving_or_good"),
        ("fell", "not_judged", "improving_or_good"),
        ("not_comparable", "not_judged", "improving_or_good"),
    ],
)
def test_the_heading_of_every_direction_with_and_without_a_reason_to_call_it_good(
    direction, plain, with_target_met
):
    assert summary_group(direction, "current") == plain
    assert summary_group(direction, "current", target_met="no") == plain
    assert summary_group(direction, "current", national_quartile="second") == plain
    assert summary_group(direction, "current", target_met="yes") == with_target_met
    assert summary_group(direction, "current", national_quartile="top") == with_target_met


@pytest.mark.parametrize("currency", ["old", "no_figure"])
@pytest.mark.parametrize("direction", DIRECTIONS)
def test_what_is_not_current_is_never_news_however_good(direction, currency):
    assert summary_group(direction, currency, "yes", "top") == "no_recent_figure"


def test_every_heading_is_one_of_those_listed():
    given = {
        summary_group(direction, currency, met)
        for direction in DIRECTIONS
        for currency in ("current", "old")
        for met in ("", "yes")
    }
    assert given == set(SUMMARY_GROUPS)


# ----------------------------------------------------------------------------- published arrows


@pytest.mark.parametrize(
    ("published", "direction"),
    [
        ("↑", "improving"),
        ("↓", "declining"),
        ("⇄", "declining_within_margin"),
        ("↔", "no_change"),
        ("↔", "declining_within_margin"),
        ("N/A", "not_comparable"),
        ("", "declining"),
    ],
)
def test_an_arrow_that_the_rule_gives_needs_no_explanation(published, direction):
    assert explain_difference(published, direction, "It fell.", "higher") == ""


@pytest.mark.parametrize(
    ("published", "direction", "polarity", "words"),
    [
        ("↓", "not_comparable", "higher", "The two figures cannot be compared by the rule. Why."),
        ("⇄", "not_comparable", "neutral", "The two figures cannot be compared by the rule. Why."),
        ("↓", "declining_within_margin", "lower", "By the report's own key: why. The report pri"),
        ("⇄", "declining", "lower", "By the report's own key: why. The report prints ⇄."),
        ("⇄", "no_change", "lower", "By the report's own key: why. The report prints ⇄."),
        ("↔", "improving", "lower", "By the report's own key: why. The report prints ↔."),
        ("↔", "declining", "higher", "By the report's own key: why. The report prints ↔."),
        ("↑", "declining", "higher", "By the report's own key: why. The report prints ↑."),
        ("↔", "fell", "neutral", "we report that it fell and judge nothing; the report prints ↔."),
        ("N/A", "rose", "neutral", "we report that it rose and judge nothing; the report prints N"),
        ("N/A", "improving", "higher", "Both figures are published, so the rule gives an answer"),
    ],
)
def test_an_arrow_that_the_rule_does_not_give_is_explained(published, direction, polarity, words):
    assert words in explain_difference(published, direction, "Why.", polarity)


def test_a_neutral_measure_that_did_not_change_is_not_said_to_have_moved():
    words = explain_difference("↑", "no_change", "The two figures are equal.", "neutral")
    assert "it no_change" not in words
    assert "equal" in words


@pytest.mark.parametrize(
    ("arrow", "reproduced"), [("↓", "yes"), ("↑", "no"), ("⇄", "no"), ("N/A", "no")]
)
def test_a_printed_arrow_is_kept_and_set_against_the_rules(assess_one, arrow, reproduced):
    row = assess_one([level("2021-22", "80"), level("2022-23", "70")], arrows=[("7a", arrow)])
    assert (row["published_direction"], row["reproduced"]) == (arrow, reproduced)
    assert bool(row["difference_reason"]) == (reproduced == "no")
    assert row["direction"] == "declining"


def test_without_a_printed_arrow_nothing_is_reproduced_or_explained(assess_one):
    row = assess_one([level("2021-22", "80"), level("2022-23", "70")], arrows=[("8", "↑")])
    assert (row["published_direction"], row["reproduced"]) == ("", "")
    assert row["difference_reason"] == ""


def test_the_report_prints_arrows_for_its_own_area_only(assess_one):
    rows = [level("2021-22", "80", area="England"), level("2022-23", "70", area="England")]
    row = assess_one(rows, arrows=[("7a", "↓")], area="England")
    assert row["direction"] == "declining"
    assert (row["published_direction"], row["reproduced"]) == ("", "")


def test_before_the_report_was_out_there_was_no_printed_arrow(assess_one):
    rows = [level("2021-22", "80"), level("2022-23", "70", published=date(2023, 6, 30))]
    before = Quarter(quarter="2022-23 Q3", as_at=date(2023, 10, 30))
    row = assess_one(rows, arrows=[("7a", "↓")], quarter=before)
    assert (row["published_direction"], row["reproduced"]) == ("", "")
    assert row["difference_reason"] == ""


def test_once_newer_figures_exist_the_printed_arrow_speaks_of_others(assess_one):
    rows = [
        level("2021-22", "80"),
        level("2022-23", "70"),
        level("2023-24", "75", source="later", published=date(2023, 12, 1)),
    ]
    row = assess_one(rows, arrows=[("7a", "↓")])
    assert row["direction"] == "improving"
    assert (row["published_direction"], row["reproduced"]) == ("↓", "")
    assert row["difference_reason"] == ""


# ------------------------------------------------------------------------------ the small pieces


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (date(2023, 10, 31), "2022-23 Q4"),
        (date(2023, 12, 31), "2022-23 Q4"),
        (date(2024, 1, 1), "2024-25 Q3"),
        (date(2026, 1, 1), None),
    ],
)
def test_the_reports_quarter_is_the_first_in_which_it_was_out(
    make_definitions, make_source, published, expected
):
    listed = [
        Quarter(quarter="2021-22 Q4", as_at=date(2022, 12, 31)),
        QUARTER,
        Quarter(quarter="2024-25 Q3", as_at=date(2025, 1, 31)),
    ]
    definitions = replace(
        make_definitions([], [make_source(published=published)]),
        quarters=Quarters(default="2022-23 Q4", quarters=listed),
    )
    quarter = report_quarter(definitions, one_measure_plan())
    assert (quarter.quarter if quarter else None) == expected


@pytest.mark.parametrize(
    ("numerator", "denominator", "percentage"),
    [
        (625, 978, "63.9059"),  # 63.90593…
        (1, 3, "33.3333"),
        (2, 3, "66.6667"),
        (0, 41, "0.0000"),
        (41, 41, "100.0000"),
        (None, 978, None),
        (625, None, None),
        (625, 0, None),
        (0, 0, None),
        (None, None, None),
    ],
)
def test_what_the_counts_give_or_nothing_where_they_give_nothing(
    numerator, denominator, percentage
):
    counts = [None if count is None else Decimal(count) for count in (numerator, denominator)]
    found = computed_percentage(*counts)
    assert found == (None if percentage is None else Decimal(percentage))


# ------------------------------------------------------------------- the evidence behind an arrow


def counted(period, value, numerator, denominator):
    counts = {"numerator": Decimal(numerator), "denominator": Decimal(denominator)}
    return level(period, value, **counts)


def test_a_change_with_counts_says_whether_chance_could_have_made_it(assess_one):
    # 120 of 400 to 180 of 420: p = 0.0001 (statsmodels and R, tests/data/peers).
    rows = [counted("2021-22", "30.0", 120, 400), counted("2022-23", "42.9", 180, 420)]
    row = assess_one(rows)
    assert (row["direction"], row["evidence"]) == ("improving", "clear")
    assert row["evidence_p_value"] == Decimal("0.0001")


def test_the_evidence_never_changes_the_arrow(assess_one):
    # 10 of 20 to 9 of 20 is 10% less, and a difference of one child.
    rows = [counted("2021-22", "50.0", 10, 20), counted("2022-23", "45.0", 9, 20)]
    row = assess_one(rows)
    assert (row["direction"], row["evidence"]) == ("declining", "could_be_chance")


def test_with_few_cases_nothing_is_judged_by_them(assess_one):
    rows = [counted("2021-22", "10.0", 1, 10), counted("2022-23", "20.0", 2, 10)]
    row = assess_one(rows)
    assert (row["evidence"], row["evidence_p_value"]) == ("too_few_to_judge", None)


def test_without_counts_a_change_is_not_testable(assess_one):
    row = assess_one([level("2021-22", "50"), level("2022-23", "45")])
    assert (row["evidence"], row["evidence_p_value"]) == ("not_testable", None)


def test_counts_of_something_that_is_no_share_are_not_tested_as_one(assess_one):
    rows = [counted("2021-22", "50", 10, 20), counted("2022-23", "45", 9, 20)]
    assert assess_one(rows, unit="number")["evidence"] == "not_testable"


@pytest.mark.parametrize(
    "rows",
    [
        [level("2022-23", "45")],
        [counted("2021-22", "50.0", 10, 20), counted("2022-23", "50.0", 11, 22)],
    ],
)
def test_where_nothing_changed_or_nothing_is_compared_there_is_no_evidence(assess_one, rows):
    row = assess_one(rows)
    assert (row["evidence"], row["borderline"]) == ("", "")


def test_a_verdict_that_another_margin_would_turn_is_borderline(assess_one):
    # 4% less: within the margin of 5%, beyond one of 3%.
    row = assess_one([level("2021-22", "50.0"), level("2022-23", "48.0")], unit="number")
    assert row["direction"] == "declining_within_margin"
    assert row["borderline"] == "At a margin of 3% it would be declining."


def test_the_share_that_is_left_is_another_reading_of_a_percentage_only(assess_one):
    rows = [level("2021-22", "96.0"), level("2022-23", "94.0")]
    left = "Seen as the share that is left, it would be declining."
    assert assess_one(rows)["borderline"] == left
    assert assess_one(rows, unit="number")["borderline"] == ""
