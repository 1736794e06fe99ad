"""How much weight a verdict bears: each method applied to a measure's own figures.

The figures are invented; expected answers are worked out in the test, or are the field's own
software's (tests/data/peers).
"""

from dataclasses import fields
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from one_measure import QUARTER, counted, floors, level, listed_as

from helpers.comparison import KnownFigures
from helpers.definitions import Area, Areas, Quarter
from helpers.observations import latest_known, read_table, write_table
from helpers.plans import PlanMeasure
from helpers.weight import (
    Weight,
    computed_from_counts,
    counts_disagree,
    interval_of,
    since_last_break,
    standing,
    trend_of_years,
    usual_range,
    without_gaps,
)

MEASURE = "children-in-county"


@pytest.fixture
def rows(observations_table):
    """Make one measure's figures, oldest first, as rows of the tidy table."""

    def make(*cells, year_type="financial"):
        return list(latest_known(observations_table(*cells, year_type=year_type)).itertuples())

    return make


@pytest.fixture
def one_row(rows):
    """Make a figure from its counts; its value matters only to an interval."""

    def make(numerator, denominator, value="1"):
        cells = {"numerator": number(numerator), "denominator": number(denominator)}
        return rows(level("2022-23", value, **cells))[0]

    return make


def number(text):
    return None if text is None else Decimal(text)


# ----------------------------------------------------------------------- the fields of a weight


def test_every_field_of_a_weight_is_a_column_of_the_assessments_and_stands_at_their_end(
    assess_one,
):
    names = [field.name for field in fields(Weight)]
    row = assess_one([level("2021-22", "50"), level("2022-23", "45")])
    assert list(row.index[-len(names) :]) == names
    assert len(set(row.index)) == len(row.index)


def test_of_a_measure_without_figures_nothing_is_weighed(assess_one):
    targets = [{"period": "2022-23", "value": "85", "kind": "floor"}]
    row = assess_one([], entry={"targets": targets})
    assert {row[field.name] for field in fields(Weight)} == {None, ""}


@pytest.mark.parametrize(
    "name", [field.name for field in fields(Weight) if field.type.split(" |")[0] != "str"]
)
def test_a_number_or_a_day_among_them_is_one_again_when_the_table_is_read(tmp_path, name):
    wanted = {"Decimal": Decimal("2.50"), "int": 3, "date": date(2026, 3, 31)}
    kind = next(field.type.split(" |")[0] for field in fields(Weight) if field.name == name)
    write_table(pd.DataFrame({name: [wanted[kind], None]}, dtype=object), tmp_path / "table.csv")
    assert list(read_table(tmp_path / "table.csv")[name]) == [wanted[kind], None]


# ------------------------------------------------------------------------ what the counts give


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
    one_row, make_measure, numerator, denominator, percentage
):
    found = computed_from_counts(one_row(numerator, denominator), make_measure("a"))
    assert found == (None if percentage is None else Decimal(percentage))


@pytest.mark.parametrize(
    ("unit", "rate"),
    [
        ("rate_per_10000", "5.5219"),  # 1,510,000 / 273,455 = 5.52193…
        ("rate_per_100000", "55.2193"),  # 55.21932…
        ("number", None),
        ("points", None),
        ("percentage_points", None),
    ],
)
def test_a_rate_is_made_of_its_counts_too_and_nothing_else_is(one_row, make_measure, unit, rate):
    found = computed_from_counts(one_row(151, 273455), make_measure("a", unit=unit))
    assert found == number(rate)


def test_without_a_figure_the_counts_give_nothing(make_measure):
    assert computed_from_counts(None, make_measure("a")) is None


def test_counts_of_something_that_is_no_percentage_give_no_percentage(assess_one):
    row = assess_one(
        [level("2022-23", "2", numerator=Decimal(2), denominator=Decimal(2))], unit="number"
    )
    assert row["computed_value"] is None
    assert (row["latest_numerator"], row["latest_denominator"]) == (2, 2)


# ----------------------------------------------------------------------------------- intervals


@pytest.mark.parametrize(
    ("unit", "value", "counts", "lower", "upper"),
    [
        # Wilson: 0.257167671956 and 0.346637245778 (two_proportions.json), as percentages.
        ("percent", "30", (120, 400), "25.7168", "34.6637"),
        # Of none, 0 and 0.161125158052819; of one in three, 0.0614919… and 0.7923403…
        ("percent", "0", (0, 20), "0.0000", "16.1125"),
        ("percent", "33.3", (1, 3), "6.1492", "79.2340"),
        # 5 in 100, exact: 16.2348639261842 and 116.683320793227 in 1,000 (poisson_rate.csv).
        ("rate_per_10000", "500", (5, 100), "162.3486", "1166.8332"),
        # 10 in 25,000, Byar's: 0.191497996558703 and 0.735658344230259 in 1,000.
        ("rate_per_10000", "4", (10, 25000), "1.9150", "7.3566"),
        ("rate_per_100000", "40", (10, 25000), "19.1498", "73.5658"),
    ],
)
def test_the_interval_of_a_percentage_or_a_rate_is_in_its_own_unit(
    one_row, make_measure, unit, value, counts, lower, upper
):
    found = interval_of(one_row(*counts, value=value), make_measure("a", unit=unit))
    assert found == (Decimal(lower), Decimal(upper))


@pytest.mark.parametrize(
    ("unit", "value", "counts"),
    [
        ("percent", "30", (None, 400)),
        ("percent", "30", (120, None)),
        # What the counts give is 166.7%, and −5%.
        ("percent", "166.7", (5, 3)),
        ("percent", "0", (0, 0)),
        ("percent", "-5", (-1, 20)),
        ("rate_per_10000", "500", (None, 100)),
        ("rate_per_10000", "500", (5, 0)),
        ("rate_per_100000", "-5000", (-5, 100)),
        ("number", "30", (120, 400)),
        ("points", "30", (120, 400)),
        ("days", "30", (120, 400)),
    ],
)
def test_without_usable_counts_or_of_another_unit_there_is_no_interval(
    one_row, make_measure, unit, value, counts
):
    figure = one_row(*counts, value=value)
    assert interval_of(figure, make_measure("a", unit=unit)) == (None, None)


@pytest.mark.parametrize(
    ("unit", "value", "counts", "disagrees"),
    [
        # 625 of 978 is 63.9059…%; half of the last place is 0.05, and of none 0.5.
        ("percent", "63.9", (625, 978), False),
        ("percent", "64", (625, 978), False),
        ("percent", "63.8", (625, 978), True),
        ("percent", "63", (625, 978), True),
        # 639 of 1,000 is 63.9%: 63.85 is 0.05 away, and two decimals allow 0.005.
        ("percent", "63.85", (639, 1000), True),
        # 129 of 200 is 64.5%, which either whole number may be rounded from.
        ("percent", "64", (129, 200), False),
        ("percent", "65", (129, 200), False),
        # A hundred is not a figure rounded to hundreds.
        ("percent", "1E+2", (99, 100), True),
        # 151 of 273,455 are 5.5219… in 10,000, and 55.219… in 100,000.
        ("rate_per_10000", "5.5", (151, 273455), False),
        ("rate_per_10000", "55.2", (151, 273455), True),
        ("rate_per_100000", "55.2", (151, 273455), False),
        # No figure, no counts, no base, or a unit that counts do not make.
        ("percent", None, (625, 978), False),
        ("percent", "10", (None, 978), False),
        ("percent", "10", (625, None), False),
        ("percent", "10", (625, 0), False),
        ("points", "10", (625, 978), False),
        ("number", "10", (625, 978), False),
    ],
)
def test_counts_disagree_where_they_give_a_figure_further_off_than_its_rounding(
    one_row, make_measure, unit, value, counts, disagrees
):
    figure = one_row(*counts, value=value)
    assert counts_disagree(figure, make_measure("a", unit=unit)) == disagrees


@pytest.mark.parametrize(("unit", "value"), [("percent", "30.1"), ("rate_per_10000", "3000.1")])
def test_a_figure_that_its_own_counts_do_not_give_has_no_interval(
    one_row, make_measure, unit, value
):
    # 120 of 400 are 30% and 3,000 in 10,000: those have one, and 0.1 off they have none.
    measure = make_measure("a", unit=unit)
    assert interval_of(one_row(120, 400, value=value), measure) == (None, None)
    assert None not in interval_of(one_row(120, 400, value=value.split(".")[0]), measure)


def test_without_a_figure_there_is_no_interval(one_row, make_measure):
    assert interval_of(None, make_measure("a")) == (None, None)
    assert interval_of(one_row(120, 400, value=None), make_measure("a")) == (None, None)


def test_both_figures_of_an_assessment_have_their_interval(assess_one):
    rows = [counted("2021-22", "0.0", 0, 20), counted("2022-23", "30.0", 120, 400)]
    row = assess_one(rows)
    assert (row["previous_lower"], row["previous_upper"]) == (0, Decimal("16.1125"))
    assert (row["latest_lower"], row["latest_upper"]) == (Decimal("25.7168"), Decimal("34.6637"))


# ------------------------------------------------------------------- the evidence behind an arrow


def test_a_change_with_counts_says_whether_chance_could_have_made_it(assess_one):
    # 120 of 400 to 180 of 420: p = 0.000133069649564, Newcombe's interval of the difference
    # 0.0627346534754 to 0.192728027451 (statsmodels and R, tests/data/peers).
    rows = [counted("2021-22", "30.0", 120, 400), counted("2022-23", "42.9", 180, 420)]
    row = assess_one(rows)
    assert (row["direction"], row["evidence"]) == ("improving", "clear")
    assert row["evidence_p_value"] == Decimal("0.0001331")
    assert row["difference_lower"] == Decimal("6.2735")
    assert row["difference_upper"] == Decimal("19.2728")


def test_the_difference_is_latest_less_previous_so_its_interval_turns_with_them(assess_one):
    rows = [counted("2021-22", "42.9", 180, 420), counted("2022-23", "30.0", 120, 400)]
    row = assess_one(rows)
    assert row["difference_lower"] == Decimal("-19.2728")
    assert row["difference_upper"] == Decimal("-6.2735")


def test_the_evidence_never_changes_the_arrow(assess_one):
    # 10 of 20 to 9 of 20 is 10% less, and a difference of one child.
    rows = [counted("2021-22", "50.0", 10, 20), counted("2022-23", "45.0", 9, 20)]
    row = assess_one(rows)
    assert (row["direction"], row["evidence"]) == ("declining", "could_be_chance")


def test_with_few_cases_nothing_is_judged_by_them(assess_one):
    rows = [counted("2021-22", "10.0", 1, 10), counted("2022-23", "20.0", 2, 10)]
    row = assess_one(rows)
    assert (row["evidence"], row["evidence_p_value"]) == ("too_few_to_judge", None)
    assert (row["difference_lower"], row["difference_upper"]) == (None, None)


def test_of_a_rate_the_cases_are_shared_out_by_the_sizes_of_the_two_populations(assess_one):
    # 15 of 20,000, then 0 of 10,000. By chance each of the 15 falls to the second with 1 in 3.
    # As unlikely or more as none: none, 2^15 ways, and 11 or more of 15, 1,365 x 16 + 455 x 8
    # + 105 x 4 + 15 x 2 + 1 ways, of 3^15 = 14,348,907: 58,699 of them, 0.0040908…
    rows = [counted("2021-22", "7.5", 15, 20000), counted("2022-23", "0", 0, 10000)]
    row = assess_one(rows, polarity="lower", unit="rate_per_10000", events=True)
    assert (row["direction"], row["evidence"]) == ("improving", "clear")
    assert row["evidence_p_value"] == Decimal("0.004091")
    assert (row["difference_lower"], row["difference_upper"]) == (None, None)


def test_a_case_may_count_more_than_once_in_a_rate(assess_one):
    # 20 cases of 10 people, then 21: of 41 no share is more equal, so chance makes it always.
    rows = [counted("2021-22", "20000", 20, 10), counted("2022-23", "21000", 21, 10)]
    row = assess_one(rows, unit="rate_per_10000", events=True)
    assert (row["evidence"], row["evidence_p_value"]) == ("could_be_chance", 1)


@pytest.mark.parametrize(
    ("previous", "latest", "verdict", "p_value", "reason"),
    [
        # All of ten on one side, either side: 2 of 1,024.
        ("10", "0", "clear", "0.001953", ""),
        # All but five against five, 252 of 1,024: 772 of 1,024 are 0.75390625.
        ("6", "4", "could_be_chance", "0.7539", ""),
        ("5", "4", "too_few_to_judge", None, "cases"),
        ("12.5", "30", "not_testable", None, "not whole"),
    ],
)
def test_of_numbers_that_count_events_chance_shares_them_out_equally(
    assess_one, previous, latest, verdict, p_value, reason
):
    rows = [level("2021-22", previous), level("2022-23", latest)]
    row = assess_one(rows, unit="number", events=True)
    assert (row["evidence"], row["evidence_p_value"]) == (verdict, number(p_value))
    assert reason in row["evidence_reason"] and bool(reason) == bool(row["evidence_reason"])


@pytest.mark.parametrize(
    ("unit", "reason"),
    [
        ("percent", "our sources give no numbers of cases"),
        ("rate_per_10000", "our sources give no numbers of cases"),
        ("rate_per_100000", "our sources give no numbers of cases"),
        ("number", "it does not count separate events"),
        ("pounds", "it is a sum of money"),
        ("rank", "it is a place in a list"),
        ("points", "our sources do not say how much single results differ"),
        ("days", "our sources do not say how much single results differ"),
    ],
)
def test_without_counts_a_change_is_not_testable_and_the_reason_says_what_is_missing(
    assess_one, unit, reason
):
    row = assess_one([level("2021-22", "50"), level("2022-23", "45")], unit=unit)
    assert (row["evidence"], row["evidence_p_value"]) == ("not_testable", None)
    assert row["evidence_reason"] == reason


@pytest.mark.parametrize("unit", ["percent", "rate_per_10000"])
@pytest.mark.parametrize("missing", ["numerator", "denominator"])
def test_with_one_of_the_four_counts_missing_a_change_is_not_testable(assess_one, unit, missing):
    rows = [counted("2021-22", "50.0", 10, 20), counted("2022-23", "45.0", 9, 20)]
    rows[0][missing] = None
    assert assess_one(rows, unit=unit)["evidence"] == "not_testable"


@pytest.mark.parametrize(("before", "after"), [("31", "42.9"), ("30.0", "43.1"), ("31", "43.1")])
def test_where_counts_give_another_figure_than_was_published_nothing_is_tested(
    assess_one, before, after
):
    # 120 of 400 are 30%, and 180 of 420 are 42.86%.
    rows = [counted("2021-22", before, 120, 400), counted("2022-23", after, 180, 420)]
    row = assess_one(rows)
    assert (row["direction"], row["evidence"]) == ("improving", "not_testable")
    assert row["evidence_reason"] == "its own counts do not give the published figure"
    assert (row["evidence_p_value"], row["difference_lower"]) == (None, None)


def test_a_rate_that_does_not_count_separate_events_is_not_tested_for_chance(assess_one):
    # 20 and 45 of 10,000, each with its counts: an interval, and no test.
    rows = [counted("2021-22", "20", 20, 10000), counted("2022-23", "45", 45, 10000)]
    row = assess_one(rows, unit="rate_per_10000")
    assert (row["evidence"], row["evidence_reason"]) == (
        "not_testable",
        "it does not count separate events",
    )
    assert row["latest_lower"] is not None
    assert assess_one(rows, unit="rate_per_10000", events=True)["evidence"] == "clear"


def test_counts_that_cannot_be_are_not_tested_and_the_reason_names_them(assess_one):
    rows = [counted("2021-22", "50.0", 10, 20), counted("2022-23", "105.0", 21, 20)]
    row = assess_one(rows)
    assert row["evidence"] == "not_testable"
    assert "21 of 20 is more than all" in row["evidence_reason"]


def test_counts_of_something_that_is_no_share_are_not_tested_as_one(assess_one):
    rows = [counted("2021-22", "50", 10, 20), counted("2022-23", "45", 9, 20)]
    assert assess_one(rows, unit="number")["evidence"] == "not_testable"


@pytest.mark.parametrize("qualifier", ["about", "at_least", "at_most"])
@pytest.mark.parametrize("which", [0, 1])
def test_between_figures_of_which_one_is_not_exact_nothing_is_tested(assess_one, qualifier, which):
    rows = [counted("2021-22", "30.0", 120, 400), counted("2022-23", "42.9", 180, 420)]
    rows[which]["qualifier"] = qualifier
    row = assess_one(rows)
    assert row["evidence"] == "not_testable"
    assert row["evidence_reason"] == "one of the two figures is not exact"


def test_a_change_that_is_not_judged_is_tested_all_the_same(assess_one):
    rows = [counted("2021-22", "30.0", 120, 400), counted("2022-23", "42.9", 180, 420)]
    row = assess_one(rows, polarity="neutral")
    assert (row["direction"], row["evidence"]) == ("rose", "clear")


@pytest.mark.parametrize(
    "rows",
    [
        [level("2022-23", "45")],
        [counted("2021-22", "50.0", 10, 20), counted("2022-23", "50.0", 11, 22)],
    ],
)
def test_where_nothing_changed_or_nothing_is_compared_there_is_no_evidence(assess_one, rows):
    row = assess_one(rows)
    assert (row["evidence"], row["evidence_reason"], row["borderline"]) == ("", "", "")


# ------------------------------------------------------------------ other readings of the rule


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


@pytest.mark.parametrize(
    ("previous", "latest", "rounding_matters"),
    [
        # To one decimal 50.0 is at most 50.05, and 50.2 at least 50.15.
        ("50.0", "50.2", False),
        # To a whole number 50 is at most 50.5, and 51 at least 50.5; each goes by its own decimals.
        ("50", "50.2", True),
        ("50.4", "51", False),
        ("50.6", "51", True),
        ("50", "52", False),
        ("1E+2", "101.5", False),
    ],
)
def test_how_far_rounding_can_turn_a_verdict_goes_by_the_decimals_published(
    assess_one, previous, latest, rounding_matters
):
    rows = [level("2021-22", previous), level("2022-23", latest)]
    borderline = assess_one(rows, unit="points")["borderline"]
    assert ("Within the rounding" in borderline) == rounding_matters


@pytest.mark.parametrize("unit", ["number", "pounds", "rank"])
def test_a_number_of_things_or_of_pounds_and_a_place_were_not_rounded(assess_one, unit):
    # Were 50 rounded, it could be 50.5, and the 50.2 after it 49.7.
    rows = [level("2021-22", "50"), level("2022-23", "50.2")]
    assert assess_one(rows, unit=unit)["borderline"] == ""
    # Other margins are other readings all the same: 4% less.
    rows = [level("2021-22", "50"), level("2022-23", "48")]
    found = assess_one(rows, unit=unit)["borderline"]
    assert found == "At a margin of 3% it would be declining."


# --------------------------------------------------------------------------- five years of figures

# 10% to 22% of 1,000. By hand: N = 5,000, R = 800, sum of rt 2,700, of nt 15,000, of ntt 55,000:
# X2 = 5,000 x (13,500,000 - 12,000,000)^2 / (800 x 4,200 x 50,000,000) = 66.96, above 9.55.
RISING = [counted(str(2018 + t), str(10 + 3 * t), 100 + 30 * t, 1000) for t in range(5)]


@pytest.fixture
def trend(rows, make_measure):
    """Say whether figures of calendar years go one way, and why."""

    def of(*cells, unit="percent", breaks=(), year_type="calendar"):
        measure = make_measure("a", unit=unit, breaks=list(breaks), year_type=year_type)
        return trend_of_years(rows(*cells, year_type=year_type), measure)

    return of


def test_five_years_that_rise_are_a_trend(trend, assess_one):
    found = trend(*RISING)
    assert found.trend == "increasing"
    assert found.chi_square == pytest.approx(1.125e16 / 1.68e14)
    row = assess_one(RISING, year_type="calendar")
    assert (row["recent_trend"], row["recent_trend_reason"]) == ("increasing", found.reason)


def test_figures_as_at_a_day_of_each_year_are_yearly_too(trend):
    points = [{**cells, "period": f"31 March {cells['period']}"} for cells in RISING]
    assert trend(*points, year_type="at_31_march").trend == "increasing"


@pytest.mark.parametrize(
    ("start", "answer"),
    [("2018", "increasing"), ("2019", "there are 4 years"), ("2021", "there are 2 years")],
)
def test_a_trend_starts_anew_where_the_definition_changed(trend, start, answer):
    older = [counted("2016", "60", 600, 1000), counted("2017", "61", 610, 1000)]
    found = trend(*older, *RISING, breaks=[{"from": start, "reason": "Asked otherwise."}])
    assert answer in f"{found.trend}: {found.reason}"
    assert (found.trend == "cannot_be_calculated") == (start != "2018")


def test_four_years_are_too_few(trend):
    found = trend(*RISING[:4])
    assert found.trend == "cannot_be_calculated"
    assert found.reason == "cannot be calculated: there are 4 years, and five are needed"


@pytest.mark.parametrize("missing", ["numerator", "denominator"])
def test_without_the_counts_of_one_of_the_five_years_there_is_no_trend(trend, missing):
    found = trend(*RISING[:2], {**RISING[2], missing: None}, *RISING[3:])
    assert found.trend == "cannot_be_calculated"
    assert found.reason == (
        "cannot be calculated: our sources give no numbers of cases for all five years"
    )


def test_counts_of_a_sixth_year_back_are_not_needed(trend):
    assert trend(level("2017", "12"), *RISING).trend == "increasing"


def test_a_year_without_a_figure_leaves_a_gap(trend):
    without = [*RISING[:2], level("2020", None, status="not_available"), *RISING[3:]]
    found = trend(counted("2017", "8", 80, 1000), *without)
    assert found.trend == "cannot_be_calculated"
    assert "do not follow one another" in found.reason


def test_a_latest_year_without_a_figure_is_left_out(trend):
    assert trend(*RISING, level("2023", None, status="not_available")).trend == "increasing"


def test_months_among_the_years_are_no_years(trend):
    # 50% in one month, between the figures for the years 2021 and 2022.
    assert trend(counted("June 2022", "50", 500, 1000), *RISING).trend == "increasing"


@pytest.mark.parametrize(
    ("year_type", "period"),
    [
        ("month", "June 2022"),
        ("quarter", "2022-23 Q1"),
        ("term", "Autumn 2022"),
        ("range", "Apr 22 - Sept 22"),
        ("calendar", "2014-16"),
    ],
)
def test_figures_that_are_not_for_years_have_no_trend_of_years(trend, year_type, period):
    assert trend(level(period, "1"), year_type=year_type) is None


def test_a_rate_is_tested_by_its_limits_and_not_as_a_share(trend):
    # 100, 150 ... 300 cases of 10,000: one of 100, with a wide interval, and four that stand apart.
    rates = [counted(str(2018 + t), str(100 + 50 * t), 100 + 50 * t, 10_000) for t in range(5)]
    found = trend(*rates, unit="rate_per_10000")
    assert found.trend == "increasing"
    assert found.chi_square != pytest.approx(trend(*rates).chi_square, rel=0.01)


@pytest.mark.parametrize("unit", ["number", "points", "days", "pounds"])
def test_what_is_not_a_share_or_a_rate_has_no_trend_and_says_why(trend, unit):
    found = trend(*RISING, unit=unit)
    assert (found.trend, found.chi_square) == ("cannot_be_calculated", None)
    assert found.reason == "cannot be calculated: it is not a share or a rate of a counted whole"


def test_no_figures_have_no_trend(trend):
    assert trend() is None


# ------------------------------------------------------------------- the usual range of a series

# Their average is 167 / 13 = 12.8462. The twelve moving ranges add up to 36; the last of them, 18,
# is above 3.267 x 36 / 12 and left out: limits are 2.66 x 18 / 11 = 4.3527 from the average.
TWELVE_AND_A_LEAP = ["10", "12", "11", "13", "10", "12", "11", "12", "10", "11", "13", "12", "30"]


def months(values, first=(2022, 1)):
    """Return figures of one month after the other; a month that is '-' is not there at all."""
    year, month = first
    names = [
        f"{date(year + (month - 1 + n) // 12, (month - 1 + n) % 12 + 1, 1):%B %Y}"
        for n in range(len(values))
    ]
    pairs = zip(names, values, strict=True)
    return [level(name, value) for name, value in pairs if value != "-"]


@pytest.fixture
def usual(rows, make_measure):
    """Make the chart of figures that come within a year, and the reason if there is none."""

    def of(*cells, polarity="higher", goal=None, year_type="month", breaks=()):
        measure = make_measure("a", year_type=year_type, breaks=list(breaks))
        return usual_range(rows(*cells, year_type=year_type), measure, polarity, goal)

    return of


def test_thirteen_months_have_an_average_limits_and_a_verdict_on_the_latest(usual):
    chart, reason = usual(*months(TWELVE_AND_A_LEAP))
    assert reason == ""
    assert chart.variation == "special_cause_improvement"
    latest = chart.points.iloc[-1]
    assert latest["mean"] == pytest.approx(167 / 13)
    assert latest["lower_limit"] == pytest.approx(167 / 13 - 2.66 * 18 / 11)
    assert latest["upper_limit"] == pytest.approx(167 / 13 + 2.66 * 18 / 11)


def test_they_stand_in_the_assessment_to_four_decimals(assess_one):
    rows = months(TWELVE_AND_A_LEAP)
    after = Quarter(quarter="2022-23 Q4", as_at=date(2023, 12, 31))
    row = assess_one(rows, polarity="lower", year_type="month", frequency="monthly", quarter=after)
    assert row["variation"] == "special_cause_concern"
    assert (row["usual_average"], row["variation_reason"]) == (Decimal("12.8462"), "")
    # 12.846154 less and plus 4.352727
    assert row["usual_lower"] == Decimal("8.4934")
    assert row["usual_upper"] == Decimal("17.1989")
    assert (row["recent_trend"], row["recent_trend_reason"]) == ("", "")


def test_twelve_months_are_too_few_and_the_reason_says_so(usual, assess_one):
    rows = months(TWELVE_AND_A_LEAP[1:])
    chart, reason = usual(*rows)
    assert chart is None
    assert reason.startswith("cannot be calculated: ")
    assert {word for word in reason.replace(",", "").split() if word.isdigit()} == {"12", "13"}
    row = assess_one(rows, year_type="month", frequency="monthly")
    assert (row["variation"], row["usual_average"]) == ("", None)
    assert row["variation_reason"] == reason


def test_thirteen_months_of_which_one_has_no_figure_are_too_few(usual):
    assert usual(*months([*TWELVE_AND_A_LEAP[:5], None, *TWELVE_AND_A_LEAP[6:]]))[0] is None


LOW = ["0", "4", "0", "4", "0", "4", "0"]
"""All below the average of 5 that they have with a run of 10 and 6; limits are 12 away."""


def test_seven_months_above_the_average_are_more_than_chance(usual):
    chart, _ = usual(*months([*LOW, "10", "6", "10", "6", "10", "6", "10"]))
    assert chart.points["special_cause"].iloc[-1] == "7 Points Above CL"
    assert chart.variation == "special_cause_improvement"


@pytest.mark.parametrize("missing", ["-", None])
def test_a_missing_month_breaks_a_run(usual, missing):
    # The same figures; but three, a month without one, and four are no seven in a row.
    chart, _ = usual(*months([*LOW, "10", "6", "10", missing, "6", "10", "6", "10"]))
    assert len(chart.points) == 15
    assert chart.points["special_cause"].iloc[0] == "7 Points Below CL"
    assert chart.points["special_cause"].iloc[-1] == ""
    assert chart.variation == "common_cause"


def test_a_latest_month_without_a_figure_has_no_verdict(usual):
    chart, reason = usual(*months([*TWELVE_AND_A_LEAP, None]))
    assert (chart.variation, reason) == ("", "")


@pytest.mark.parametrize(("first", "enough"), [("March 2022", True), ("April 2022", False)])
def test_after_a_change_of_definition_the_figures_start_anew(usual, first, enough):
    # 100 in January and February 2022; from March on there are 13 months, from April on 12.
    figures = months(["100", "100", *TWELVE_AND_A_LEAP])
    chart, reason = usual(*figures, breaks=[{"from": first, "reason": "Asked otherwise."}])
    assert (chart is not None) == enough
    if enough:
        assert chart.points["mean"].iloc[0] == pytest.approx(167 / 13)
    else:
        assert " 12" in reason


def test_figures_that_do_not_vary_have_no_limits_and_a_reason(usual, assess_one):
    rows = months(["5"] * 13)
    _, reason = usual(*rows)
    assert reason == "Limits cannot be calculated: the figures do not vary."
    row = assess_one(rows, year_type="month", frequency="monthly")
    assert row["variation_reason"] == reason
    assert (row["usual_lower"], row["usual_upper"]) == (None, None)
    assert row["variation"] in ("", "common_cause")


@pytest.mark.parametrize("polarity", ["neutral", "representative"])
def test_where_no_way_is_better_a_leap_is_high_and_not_good(usual, polarity):
    chart, _ = usual(*months(TWELVE_AND_A_LEAP), polarity=polarity, goal=Decimal(20))
    assert chart.variation == "special_cause_neutral_high"
    assert chart.assurance == ""


@pytest.mark.parametrize(
    ("goal", "polarity", "assurance"),
    [
        # The limits are 8.49 and 17.20.
        ("20", "higher", "consistent_fail"),
        ("20", "lower", "consistent_pass"),
        ("8", "higher", "consistent_pass"),
        ("9", "higher", "inconsistent"),
        (None, "higher", ""),
    ],
)
def test_a_target_is_set_against_the_limits(usual, goal, polarity, assurance):
    chart, _ = usual(*months(TWELVE_AND_A_LEAP), polarity=polarity, goal=number(goal))
    assert chart.assurance == assurance


def test_the_target_of_an_assessment_is_the_one_for_the_latest_month_or_the_next(assess_one):
    targets = [
        {"period": "December 2022", "value": "9", "kind": "floor"},
        {"period": "March 2023", "value": "20", "kind": "floor"},
    ]
    months_of_figures = {"year_type": "month", "frequency": "monthly"}
    row = assess_one(months(TWELVE_AND_A_LEAP), entry={"targets": targets}, **months_of_figures)
    assert row["assurance"] == "consistent_fail"


@pytest.mark.parametrize(
    ("year_type", "periods"),
    [
        (
            "quarter",
            [f"20{20 + n // 4}-{21 + n // 4} Q{n % 4 + 1}" for n in range(13)],
        ),
        (
            "term",
            [f"{('Spring', 'Summer', 'Autumn')[n % 3]} {2019 + n // 3}" for n in range(13)],
        ),
    ],
)
def test_quarters_and_terms_have_a_usual_range_as_months_have(usual, year_type, periods):
    pairs = list(zip(periods, TWELVE_AND_A_LEAP, strict=True))
    chart, reason = usual(*(level(*pair) for pair in pairs), year_type=year_type)
    assert reason == ""
    assert len(chart.points) == 13
    assert chart.points["upper_limit"].iloc[-1] == pytest.approx(167 / 13 + 2.66 * 18 / 11)
    assert usual(*(level(*pair) for pair in pairs[1:]), year_type=year_type)[0] is None


def test_years_before_the_months_are_not_months_without_a_figure(usual):
    cells = [level("2020", "5"), *months(TWELVE_AND_A_LEAP)]
    chart, _ = usual(*cells, year_type="calendar")
    assert len(chart.points) == 13


@pytest.mark.parametrize(
    ("year_type", "period"),
    [
        ("calendar", "2022"),
        ("financial", "2022-23"),
        ("date", "31 March 2022"),
        ("range", "Apr 22 - Sept 22"),
    ],
)
def test_figures_that_do_not_come_within_a_year_have_no_usual_range(usual, year_type, period):
    assert usual(level(period, "1"), year_type=year_type) == (None, "")


def test_no_figures_have_no_usual_range(usual):
    assert usual() == (None, "")


def test_an_entry_that_follows_one_kind_of_period_is_weighed_by_that_kind_only(assess_one):
    # Five years, and thirteen months, of which the last is later than any of the years.
    rows = [*RISING, *months(TWELVE_AND_A_LEAP, first=(2022, 3))]
    after = Quarter(quarter="2022-23 Q4", as_at=date(2023, 12, 31))
    found = {
        follows: assess_one(rows, entry={"follows": follows}, quarter=after, year_type="calendar")
        for follows in ("calendar_year", "month")
    }
    weighed = {follows: (row["recent_trend"], row["variation"]) for follows, row in found.items()}
    assert weighed == {
        "calendar_year": ("increasing", ""),
        "month": ("", "special_cause_improvement"),
    }
    # And the other way round: years that end after the last of the months.
    earlier = [*months(TWELVE_AND_A_LEAP, first=(2021, 3)), *RISING]
    row = assess_one(earlier, entry={"follows": "month"}, quarter=after, year_type="calendar")
    assert row["variation"] == "special_cause_improvement"


# ------------------------------------------------------------------------------- one series


@pytest.mark.parametrize(
    ("breaks", "kept"),
    [
        ([], ["2019", "2020", "2021", "2022"]),
        (["2021"], ["2021", "2022"]),
        (["2020", "2022"], ["2022"]),
        (["2022", "2020"], ["2022"]),
        # Not yet in force for any figure that there is.
        (["2020", "2023"], ["2020", "2021", "2022"]),
    ],
)
def test_from_the_latest_definition_on_figures_are_one_series(rows, make_measure, breaks, kept):
    listed = [{"from": start, "reason": "Asked otherwise."} for start in breaks]
    measure = make_measure("a", year_type="calendar", breaks=listed)
    figures = rows(*(level(str(year), "1") for year in range(2019, 2023)), year_type="calendar")
    assert [row.period for row in since_last_break(figures, measure)] == kept


def test_a_month_without_a_row_stands_as_one_without_a_figure(rows):
    figures = rows(*months(["1", "-", None, "4"], first=(2022, 11)), year_type="month")
    found = [(str(period), value) for period, value in without_gaps(figures)]
    assert found == [
        ("November 2022", 1),
        ("December 2022", None),
        ("January 2023", None),
        ("February 2023", 4),
    ]


def test_the_term_before_autumn_is_the_summer_of_the_school_year_before(rows):
    figures = rows(level("Spring 2022", "1"), level("Autumn 2022", "2"), year_type="term")
    found = [(str(period), value) for period, value in without_gaps(figures)]
    assert found == [("Spring term 2022", 1), ("Summer term 2022", None), ("Autumn term 2022", 2)]


def test_a_single_figure_has_no_gaps(rows):
    assert [value for _, value in without_gaps(rows(*months(["7"]), year_type="month"))] == [7]


# ------------------------------------------------------------------ beside other places

PLACES = {
    "Beeshire": "local_authority",
    "Antshire": "local_authority",
    "Waspshire": "local_authority",
    "Mothshire": "local_authority",
    "North Beeshire": "sub_county",
    "Meadowland": "national",
    "The East": "region",
    "Places like Beeshire": "statistical_neighbours",
}


@pytest.fixture
def stand(observations_table):
    """Set the latest figure of a place beside those of the others, given as place -> value."""

    def among(
        values=(),
        *,
        more=(),
        polarity="higher",
        neighbours=(),
        all_authorities=True,
        area="Beeshire",
        day=date(2023, 12, 31),
        year_type="financial",
    ):
        listed = [level("2022-23", value, area=name) for name, value in dict(values).items()]
        known = KnownFigures(observations_table(*listed, *more, year_type=year_type), day)
        areas = Areas(
            reporting_area="Beeshire",
            all_authorities=all_authorities,
            areas=[
                Area(name=name, kind=kind, neighbours=neighbours if name == "Beeshire" else [])
                for name, kind in PLACES.items()
            ],
        )
        own = known.of(MEASURE, area)
        entry = PlanMeasure(**listed_as(polarity=polarity, benchmark="x"))
        return standing(own[-1] if own else None, entry, known, areas, area)

    return among


def benchmarks(found):
    return tuple(found[f"{kind}_value"] for kind in ("national", "region", "neighbours"))


def ranking(found):
    return found["authority_rank"], found["authorities_ranked"], found["quartile_band"]


ELSEWHERE = {"Meadowland": "50.5", "The East": "51", "Places like Beeshire": "49.5"}
FOUR = {"Beeshire": "50", "Antshire": "60", "Waspshire": "40", "Mothshire": "55"}


def test_figures_elsewhere_for_the_same_period_are_kept_as_published(stand):
    found = stand({**FOUR, **ELSEWHERE})
    assert benchmarks(found) == (Decimal("50.5"), 51, Decimal("49.5"))
    # The neighbours' mean was published, so nobody had to be counted.
    assert (found["neighbours_counted"], found["benchmark_left_out"]) == (None, "")


def test_its_answers_are_the_fields_of_a_weight(stand):
    assert set(stand(FOUR)) < {field.name for field in fields(Weight)}
    assert set(stand({})) == set(stand(FOUR))


@pytest.mark.parametrize(
    "other",
    [
        level("2021-22", "50", area="Meadowland"),
        level("2022-23 Q4", "50", area="Meadowland"),
        level("2022-23", "50", area="Meadowland", breakdown="girls"),
        level("2022-23", "50", area="Meadowland", measure_id="another"),
        level("2022-23", "5", area="Meadowland", kind="change_percent", against="2021-22"),
        level("2022-23", "50", area="Meadowland", published=date(2024, 1, 1)),
        level("2022-23", None, area="Meadowland", status="not_available"),
    ],
    ids=["year", "kind", "breakdown", "measure", "change", "published-later", "not-available"],
)
def test_a_figure_for_anything_else_is_no_benchmark(stand, other):
    assert benchmarks(stand({"Beeshire": "50"}, more=[other])) == (None, None, None)


def test_a_figure_that_ends_on_the_same_day_but_starts_on_another_is_no_benchmark(stand):
    more = [level("2014-16", "50"), level("2013-16", "50", area="Meadowland")]
    more = [{"area": "Beeshire", **cells} for cells in more]
    assert benchmarks(stand(more=more, year_type="calendar")) == (None, None, None)


def test_without_a_figure_of_its_own_a_place_is_set_beside_nothing(stand):
    others = {**FOUR, **ELSEWHERE, "Beeshire": None}
    for found in (stand(others), stand({"Meadowland": "50"})):
        assert set(found.values()) == {None, ""}


@pytest.mark.parametrize(
    ("area", "column"),
    [
        ("Meadowland", "national_value"),
        ("The East", "region_value"),
        ("Places like Beeshire", "neighbours_value"),
    ],
)
def test_a_place_is_never_its_own_benchmark(stand, area, column):
    found = stand({**FOUR, **ELSEWHERE}, area=area)
    assert found[column] is None
    assert sum(value is not None for value in benchmarks(found)) == 2
    assert ranking(found) == (None, None, "")


# The neighbours' own figures.


def test_the_neighbours_own_figures_are_averaged_and_counted(stand):
    # (60 + 40 + 55) / 3 = 51.6667
    found = stand(FOUR, neighbours=["Antshire", "Waspshire", "Mothshire"])
    assert found["neighbours_value"] == Decimal("51.6667")
    assert found["neighbours_counted"] == 3


def test_neighbours_without_a_figure_are_left_out_of_mean_and_count(stand):
    figures = {"Beeshire": "50", "Antshire": "60", "Waspshire": "40", "Mothshire": None}
    found = stand(figures, neighbours=["Antshire", "Waspshire", "Mothshire"])
    assert (found["neighbours_value"], found["neighbours_counted"]) == (50, 2)


def test_where_no_neighbour_has_a_figure_there_is_no_mean_and_no_count(stand):
    found = stand({"Beeshire": "50", "Antshire": None}, neighbours=["Antshire", "Mothshire"])
    assert (found["neighbours_value"], found["neighbours_counted"]) == (None, None)


def test_a_published_mean_of_the_neighbours_goes_before_ours(stand):
    found = stand({**FOUR, **ELSEWHERE}, neighbours=["Antshire", "Waspshire"])
    assert (found["neighbours_value"], found["neighbours_counted"]) == (Decimal("49.5"), None)


def test_neighbours_do_not_need_every_authority_to_be_listed(stand):
    found = stand(FOUR, neighbours=["Antshire", "Waspshire"], all_authorities=False)
    assert (found["neighbours_value"], found["neighbours_counted"]) == (50, 2)


# Rank and quarter.


@pytest.mark.parametrize(
    ("polarity", "area", "expected"),
    [
        # 60, 55, 50, 40. The cuts are 47.5, 52.5 and 56.25.
        ("higher", "Antshire", (1, 4, "A")),
        ("higher", "Mothshire", (2, 4, "B")),
        ("higher", "Beeshire", (3, 4, "C")),
        ("higher", "Waspshire", (4, 4, "D")),
        ("lower", "Antshire", (4, 4, "D")),
        ("lower", "Beeshire", (2, 4, "B")),
        ("lower", "Waspshire", (1, 4, "A")),
    ],
)
def test_rank_and_quarter_count_from_the_best(stand, polarity, area, expected):
    assert ranking(stand(FOUR, polarity=polarity, area=area)) == expected


def test_authorities_that_tie_share_the_best_of_their_places(stand):
    figures = {"Beeshire": "50", "Antshire": "50.0", "Waspshire": "60", "Mothshire": "40"}
    assert ranking(stand(figures))[:2] == (2, 4)
    assert ranking(stand(figures, area="Antshire"))[:2] == (2, 4)
    assert ranking(stand(figures, area="Mothshire"))[:2] == (4, 4)


def test_only_authorities_with_a_figure_are_ranked(stand):
    figures = {**FOUR, "Waspshire": None, **ELSEWHERE, "North Beeshire": "99"}
    assert ranking(stand(figures))[:2] == (3, 3)


@pytest.mark.parametrize(
    ("others", "expected"),
    [([], (None, None, "")), (["Antshire"], (2, 2, "D")), (["Antshire", "Mothshire"], (3, 3, "D"))],
)
def test_a_measure_without_figures_for_half_of_all_authorities_ranks_nobody(
    stand, others, expected
):
    # Of four authorities: 50 of its own, and then 60 and 55, both better.
    figures = {name: value for name, value in FOUR.items() if name in ("Beeshire", *others)}
    assert ranking(stand(figures)) == expected


def test_a_measure_that_only_one_authority_has_leaves_no_benchmark_out(stand):
    found = stand({"Beeshire": "50", **ELSEWHERE})
    assert benchmarks(found) == (Decimal("50.5"), 51, Decimal("49.5"))
    assert found["benchmark_left_out"] == ""


@pytest.mark.parametrize("polarity", ["neutral", "representative"])
def test_where_no_way_is_better_nobody_is_ranked(stand, polarity):
    assert ranking(stand(FOUR, polarity=polarity)) == (None, None, "")


def test_without_every_authority_listed_nobody_is_ranked(stand):
    assert ranking(stand(FOUR, all_authorities=False)) == (None, None, "")


def test_a_part_of_an_authority_is_not_ranked_among_them(stand):
    found = stand({**FOUR, **ELSEWHERE, "North Beeshire": "58"}, area="North Beeshire")
    assert ranking(found) == (None, None, "")
    assert benchmarks(found) == (Decimal("50.5"), 51, Decimal("49.5"))


# Benchmarks that cannot be.


@pytest.mark.parametrize(
    ("place", "column"),
    [
        ("Meadowland", "national_value"),
        ("The East", "region_value"),
        ("Places like Beeshire", "neighbours_value"),
    ],
)
@pytest.mark.parametrize(("value", "left_out"), [("60.1", True), ("39", True), ("60", False)])
def test_an_average_outside_the_range_of_all_authorities_is_left_out_and_named(
    stand, place, column, value, left_out
):
    found = stand({**FOUR, **ELSEWHERE, place: value})
    assert found[column] == (None if left_out else Decimal(value))
    assert sum(value is None for value in benchmarks(found)) == left_out
    assert found["benchmark_left_out"].startswith(f"{place}, {value}: " if left_out else "")
    assert bool(found["benchmark_left_out"]) == left_out


def test_all_that_were_left_out_are_named(stand):
    found = stand({**FOUR, **ELSEWHERE, "Meadowland": "606", "The East": "0"})
    assert "Meadowland, 606" in found["benchmark_left_out"]
    assert "The East, 0" in found["benchmark_left_out"]


def test_instead_of_a_published_mean_that_cannot_be_the_neighbours_own_figures_count(stand):
    figures = {**FOUR, "Places like Beeshire": "495"}
    found = stand(figures, neighbours=["Antshire", "Waspshire"])
    assert (found["neighbours_value"], found["neighbours_counted"]) == (50, 2)
    assert "495" in found["benchmark_left_out"]


def test_without_every_authority_listed_nothing_is_known_to_be_outside_their_range(stand):
    found = stand({**FOUR, **ELSEWHERE, "Meadowland": "99"}, all_authorities=False)
    assert (found["national_value"], found["benchmark_left_out"]) == (99, "")


# ------------------------------------------------------------------------------- targets


# From 40 by 31 March 2020 to 80 by 31 March 2024 are 1,461 days; half of the way, on 31 March 2022,
# 730 of them have gone.
START = {"baseline": "2019-20", "targets": floors("2023-24")}
ON_THE_WAY = [level("2019-20", "40"), level("2020-21", "45"), level("2021-22", "50")]
THEN = Quarter(quarter="2021-22 Q4", as_at=date(2023, 12, 31))


def test_progress_to_a_target_is_worked_out_from_the_baseline(assess_one):
    row = assess_one(ON_THE_WAY, entry=START, quarter=THEN)
    assert (row["target_period"], row["target_status"], row["target_gap"]) == (
        "2023-24",
        "behind",
        30,
    )
    # 40 + 40 x 730 / 1,461 = 59.98631…; 50 is 9.98631… short of it.
    assert round(row["expected_value"], 3) == Decimal("59.986")
    assert round(row["expected_gap"], 3) == Decimal("9.986")
    # 30 in 731 days; so far 5 in 365 days: 14.98974… and 5.00342… in a year of 365.25 days.
    assert round(row["pace_needed"], 3) == Decimal("14.990")
    assert round(row["pace_so_far"], 3) == Decimal("5.003")
    # At 5 in 365 days 30 take 2,190 days: 6 years, of which two are leap years, less two days.
    assert row["projected"] == date(2028, 3, 29)
    # All figures are on one line, so there is no range.
    assert (row["projected_earliest"], row["projected_latest"]) == (row["projected"],) * 2


def test_a_ceiling_is_approached_from_above(assess_one):
    targets = [{"period": "2023-24", "value": "20", "kind": "ceiling"}]
    row = assess_one(ON_THE_WAY, polarity="lower", entry={"targets": targets}, quarter=THEN)
    assert (row["target_status"], row["target_gap"]) == ("behind", 30)
    assert row["projected"] is None


def test_a_target_is_the_reporting_areas_own_and_another_area_has_none(assess_one):
    # 85 against at least 80: achieved in the reporting area, and not asked of England.
    entry = {"targets": floors("2022-23")}
    for area, status, met in (("Hertfordshire", "achieved", "yes"), ("England", "", "")):
        row = assess_one([level("2022-23", "85", area=area)], entry=entry, area=area)
        assert (row["latest_value"], row["target_status"], row["target_met"]) == (85, status, met)
        assert (row["target_period"] == "") == (row["target_value"] is None) == (not met)


def test_without_a_target_there_is_no_progress(assess_one):
    row = assess_one(ON_THE_WAY, entry={"baseline": "2019-20"}, quarter=THEN)
    assert (row["target_period"], row["target_status"], row["target_gap"]) == ("", "", None)
    assert (row["expected_value"], row["pace_so_far"], row["projected"]) == (None, None, None)


def test_a_baseline_that_must_not_be_compared_gives_nothing_to_expect(assess_one):
    breaks = [{"from": "2020-21", "reason": "Asked otherwise."}]
    row = assess_one(ON_THE_WAY, entry=START, quarter=THEN, breaks=breaks)
    assert row["baseline_reason"] == "Asked otherwise."
    assert (row["target_status"], row["target_gap"]) == ("behind", 30)
    assert (row["expected_value"], row["expected_gap"]) == (None, None)
    # The two figures since then are too few for a pace.
    assert (row["pace_so_far"], row["projected"]) == (None, None)


def test_a_figure_from_before_a_change_of_definition_did_not_reach_the_target(assess_one):
    breaks = [{"from": "2020-21", "reason": "Asked otherwise."}]
    figures = [level("2019-20", "90"), *ON_THE_WAY[1:]]
    row = assess_one(figures, entry=START, quarter=THEN, breaks=breaks)
    assert row["target_status"] == "behind"


def test_figures_of_another_kind_of_period_are_not_on_the_way(assess_one):
    # 90 in one month of a year for which the figure is 45.
    rows = [level("2020", "40"), level("June 2021", "90"), level("2021", "45"), level("2022", "50")]
    targets = floors("2024")
    row = assess_one(rows, entry={"targets": targets}, year_type="calendar", quarter=THEN)
    assert row["target_status"] == "behind"
    assert round(row["pace_so_far"], 3) == Decimal("5.003")


@pytest.mark.parametrize(
    ("value", "met", "status", "gap"),
    [("80", "yes", "achieved", 0), ("79.9", "no", "missed", Decimal("0.1"))],
)
def test_for_its_own_period_a_target_is_achieved_or_missed_as_it_is_met_or_not(
    assess_one, value, met, status, gap
):
    rows = [level("2021-22", "50"), level("2022-23", value)]
    row = assess_one(rows, entry={"targets": floors("2022-23")})
    assert (row["target_met"], row["target_status"], row["target_gap"]) == (met, status, gap)


@pytest.mark.parametrize(("period", "status"), [("2022-23", "missed"), ("2023-24", "behind")])
def test_a_target_of_a_year_is_not_reached_by_the_figure_of_an_earlier_one(
    assess_one, period, status
):
    # 85 two years before, and 70 now, against at least 80.
    rows = [level("2020-21", "85"), level("2021-22", "78"), level("2022-23", "70")]
    row = assess_one(rows, entry={"targets": floors(period)})
    assert (row["target_status"], row["target_gap"]) == (status, 10)


def test_the_target_of_a_later_period_is_shown_and_neither_met_nor_missed(assess_one):
    row = assess_one([level("2022-23", "70")], entry={"targets": floors("2023-24")})
    assert (row["target_value"], row["target_period"], row["target_met"]) == (80, "2023-24", "")


def test_the_day_of_the_account_decides_what_is_behind_and_what_is_missed(assess_one):
    # The figure is of the year to 31 March 2023, the target of the quarter to 30 June 2023.
    entry = {"targets": floors("30 June 2023")}
    rows = [level("31 March 2023", "70", published=date(2023, 5, 1))]
    for day, status in ((date(2023, 6, 30), "behind"), (date(2023, 7, 1), "no_evidence_yet")):
        quarter = Quarter(quarter=QUARTER.quarter, as_at=day)
        row = assess_one(rows, entry=entry, quarter=quarter, year_type="date")
        assert row["target_status"] == status
