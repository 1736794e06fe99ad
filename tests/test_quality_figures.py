"""Checks of figures against one another: what each must find, and what it must let pass."""

import pytest
from quality_cases import cells, runner

from helpers.quality import figures


@pytest.fixture
def check(observations_table, make_measure, make_source, make_definitions):
    """Run one check over figures and definitions; return what it finds."""
    return runner(figures, observations_table, make_measure, make_source, make_definitions)


# ------------------------------------------------------------------- percentages and their counts


@pytest.mark.parametrize(
    ("published", "numerator", "denominator"),
    [
        ("63.9", 625, 978),  # 63.906
        ("12", 1, 8),  # 12.5 exactly, rounded down
        ("13", 1, 8),  # and rounded up: a published figure may do either
        ("64", 625, 978),
        ("63.91", 625, 978),
        ("0.0", 0, 41),
        ("100", 2, 2),
        ("10.0", 199, 2000),  # 9.95 exactly
    ],
)
def test_a_percentage_that_its_counts_give_when_rounded_as_published(
    check, published, numerator, denominator
):
    row = cells(published, numerator=numerator, denominator=denominator)
    assert check("percentages_from_counts", [row]) == []


@pytest.mark.parametrize(
    ("published", "numerator", "denominator", "expected"),
    [
        ("86.2", 3862, 4427, "87.237% (3,862 of 4,427)"),
        ("4.2", 435, 10486, "4.148% (435 of 10,486)"),  # rounds to 4.1
        ("64.0", 625, 978, "63.906% (625 of 978)"),  # 64, but not to one decimal
        ("13", 12499, 100000, "12.499% (12,499 of 100,000)"),  # just short of a half
    ],
)
def test_a_percentage_that_its_counts_do_not_give(
    check, published, numerator, denominator, expected
):
    row = cells(published, numerator=numerator, denominator=denominator, place="no. 5")
    (found,) = check("percentages_from_counts", [row])
    assert (found.found, found.expected) == (f"{published}%", expected)
    assert (found.check, found.severity) == ("percentage_from_counts", "contradiction")
    assert (found.measure_id, found.period) == ("children-in-county", "2022-23")
    assert (found.area, found.source, found.place) == ("Hertfordshire", "report", "no. 5")


@pytest.mark.parametrize(
    "row",
    [
        cells("70", numerator=1),
        cells("70", denominator=2),
        cells("70", numerator=1, denominator=0),
        cells(None, numerator=1, denominator=2, status="not_available"),
        cells("70", numerator=1, denominator=2, kind="change_percent"),
    ],
)
def test_without_both_counts_and_a_percentage_there_is_nothing_to_check(check, row):
    assert check("percentages_from_counts", [row]) == []


def test_counts_of_something_that_is_no_percentage_are_let_pass(check):
    row = cells("2", numerator=2, denominator=2)
    measures = {"children-in-county": {"unit": "number"}}
    assert check("percentages_from_counts", [row], measures) == []


# ------------------------------------------------------------------------------ totals and shares


WHOLE = {"special-places": {}, "special-places-in-all": {"sum_of": "special-places"}}


def total_of(total, *parts):
    rows = [
        cells(value, measure_id="special-places", period=period) for period, value in parts if value
    ]
    return [cells(total, measure_id="special-places-in-all", period="Apr 21 - Mar 23"), *rows]


def test_a_total_that_its_years_do_not_add_up_to(check):
    rows = total_of("237", ("2021-22", "117"), ("2022-23", "127"))
    (found,) = check("totals_of_parts", rows, WHOLE)
    assert (found.found, found.expected) == ("237", "244 (117 + 127)")
    assert found.measure_id == "special-places-in-all"


@pytest.mark.parametrize(
    "parts",
    [
        [("2021-22", "110"), ("2022-23", "127")],
        [("2021-22", "110"), ("2022-23", "127"), ("2020-21", "50"), ("2023-24", "50")],
        [],
    ],
)
def test_a_total_of_its_own_years_only_or_of_none(check, parts):
    assert check("totals_of_parts", total_of("237", *parts), WHOLE) == []


def test_a_total_is_not_made_of_another_areas_parts(check):
    rows = total_of("237", ("2021-22", "110"), ("2022-23", "127"))
    rows.append(cells("500", measure_id="special-places", period="2022-23", area="England"))
    assert check("totals_of_parts", rows, WHOLE) == []


SHARES = {name: {"shares_of": "family-assessments"} for name in ("others", "partners", "support")}


def shares(*values):
    return [
        cells(value, measure_id=name) for name, value in zip(SHARES, values, strict=False) if value
    ]


@pytest.mark.parametrize(
    ("values", "total", "missing"),
    [
        (("41", "54"), "95% (41% + 54%)", "5%"),
        (("33.3", "33.3", "33.2"), "99.8% (33.3% + 33.3% + 33.2%)", "0.2%"),
        (("60", "41.6"), "101.6% (60% + 41.6%)", "-1.6%"),
    ],
)
def test_shares_that_leave_something_out(check, values, total, missing):
    (found,) = check("shares_of_a_whole", shares(*values), SHARES)
    assert (found.found, found.expected, found.severity) == (total, "100%", "caution")
    assert found.explanation == f"{missing} of family assessments is not accounted for."


@pytest.mark.parametrize(
    "values",
    [
        ("46", "54"),
        ("33", "33", "33"),  # three whole numbers may lose 1.5 in rounding
        ("33.3", "33.3", "33.3"),
        ("45.5", "54.6"),  # 100.1: each may be half a tenth too high
        ("41",),  # one share alone says nothing of the rest
    ],
)
def test_shares_that_add_up_within_their_rounding(check, values):
    assert check("shares_of_a_whole", shares(*values), SHARES) == []


def test_shares_of_two_years_are_not_added_up(check):
    rows = shares("46", "54")
    rows.append(cells("50", measure_id="partners", period="2021-22"))
    assert check("shares_of_a_whole", rows, SHARES) == []


# --------------------------------------------------------------------------- limits and counts


BASED = {
    "met-locally": {"unit": "percent", "base_no_more_than": "in-mainstream"},
    "in-mainstream": {"unit": "number", "title": "In mainstream"},
}


@pytest.mark.parametrize(("base", "findings"), [("4318", 0), ("4319", 1), ("4427", 1)])
def test_a_base_is_no_larger_than_what_it_is_part_of(check, base, findings):
    rows = [
        cells("86.2", measure_id="met-locally", numerator="3862", denominator=base),
        cells("4318", measure_id="in-mainstream"),
    ]
    found = check("bases_that_exceed_their_limit", rows, BASED)
    assert len(found) == findings
    if found:
        assert found[0].expected == "at most 4,318 (in mainstream)"


ALIKE = {
    "in-county": {"unit": "percent", "of": "children looked after"},
    "moved-often": {"unit": "percent", "of": "children looked after"},
    "care-leavers-busy": {"unit": "percent", "of": "care leavers"},
}


@pytest.mark.parametrize(
    ("other", "base", "findings"),
    [
        ("moved-often", "979", 1),
        ("moved-often", "978", 0),
        ("care-leavers-busy", "790", 0),  # another group
    ],
)
def test_the_same_group_counted_twice_on_one_day(check, other, base, findings):
    rows = [
        cells("63.9", measure_id="in-county", numerator="625", denominator="978"),
        cells("10.0", measure_id=other, numerator="98", denominator=base),
    ]
    found = check("bases_that_differ", rows, ALIKE)
    assert len(found) == findings
    if found:
        assert (found[0].found, found[0].severity) == ("979 children looked after", "caution")


LIMITED = {
    "contacted": {"unit": "number", "no_more_than": "attempts"},
    "attempts": {"unit": "number", "title": "Attempts to contact"},
}


@pytest.mark.parametrize(("value", "findings"), [("1092", 0), ("1091", 0), ("1100", 1)])
def test_a_part_is_no_larger_than_its_whole(check, value, findings):
    rows = [cells(value, measure_id="contacted"), cells("1092", measure_id="attempts")]
    found = check("figures_that_exceed_their_limit", rows, LIMITED)
    assert len(found) == findings
    if found:
        assert (found[0].check, found[0].found) == ("exceeds_its_limit", "1,100")
        assert found[0].expected == "at most 1,092 (attempts to contact)"


def test_a_part_is_not_held_against_the_whole_of_another_year_or_area(check):
    rows = [
        cells("1100", measure_id="contacted"),
        cells("1092", measure_id="attempts", period="2021-22"),
        cells("1092", measure_id="attempts", area="England"),
    ]
    assert check("figures_that_exceed_their_limit", rows, LIMITED) == []


@pytest.mark.parametrize(
    ("numerator", "denominator"), [(42, 41), (-1, 41), (0, 0), (5, 0), (0, -1)]
)
def test_counts_that_cannot_be(check, numerator, denominator):
    row = cells("50", numerator=numerator, denominator=denominator)
    (found,) = check("figures_that_exceed_their_limit", [row])
    assert found.check == "impossible_counts"
    assert found.found == f"{numerator} of {denominator}"


def test_a_denominator_of_nothing_alone_cannot_be(check):
    (found,) = check("figures_that_exceed_their_limit", [cells("50", denominator=0)])
    assert found.check == "impossible_counts"


@pytest.mark.parametrize("row", [(0, 41), (41, 41)])
def test_none_and_all_are_counts_that_can_be(check, row):
    numerator, denominator = row
    row = cells("50", numerator=numerator, denominator=denominator)
    assert check("figures_that_exceed_their_limit", [row]) == []


# ------------------------------------------------------------------------- same share, unlike bases


TWO = {"first": {}, "second": {}}


def twice(value="54.2", **second):
    return [
        cells(value, measure_id="first", place="no. 12"),
        cells(value, **{"measure_id": "second", "place": "no. 15", **second}),
    ]


def test_the_same_fine_percentage_for_two_measures(check):
    (found,) = check("same_share_twice", twice(), TWO)
    assert (found.check, found.severity) == ("same_share_twice", "caution")
    assert (found.measure_id, found.found) == ("second", "54.2% here and in no. 12")


@pytest.mark.parametrize(
    "second",
    [
        {"period": "2021-22"},
        {"area": "England"},
        {"source": "july"},
        {"breakdown": "population"},
        {"statement": "commentary"},
        {"numerator": 542, "denominator": 1000},
    ],
)
def test_the_same_percentage_of_something_else_or_with_counts_is_let_pass(check, second):
    assert check("same_share_twice", twice(**second), TWO) == []


def test_the_same_percentage_given_twice_for_one_measure_is_let_pass(check):
    assert check("same_share_twice", twice(measure_id="first"), TWO) == []


def test_whole_percentages_are_alike_too_often_to_be_called_out(check):
    assert check("same_share_twice", twice("54"), TWO) == []


def test_whole_percentages_that_a_spreadsheet_writes_with_a_point_are_whole(check):
    # As in `sources_that_differ`: 8.0 among whole numbers only is taken as 8.
    rows = [
        *twice("8.0"),
        cells("30.0", measure_id="first", period="2021-22"),
        cells("9.0", measure_id="second", period="2021-22"),
    ]
    assert check("same_share_twice", rows, TWO) == []


def test_the_same_number_of_two_things_is_no_percentage(check):
    measures = {"first": {"unit": "number"}, "second": {"unit": "number"}}
    assert check("same_share_twice", twice("54.2"), measures) == []


@pytest.mark.parametrize(
    ("before", "now", "findings"),
    [(41, 456, 1), (100, 500, 1), (500, 100, 1), (100, 499, 0), (499, 100, 0), (0, 500, 0)],
)
def test_bases_at_least_five_times_each_other_and_those_just_under(check, before, now, findings):
    rows = [
        cells("80", period="2021-22", denominator=before),
        cells("70", period="2022-23", denominator=now),
    ]
    found = check("unlike_bases", rows)
    assert len(found) == findings
    if found:
        assert found[0].found == f"{before} in 2021-22, {now} in 2022-23"
        assert found[0].severity == "caution"


def test_bases_of_two_areas_or_measures_are_not_held_against_each_other(check):
    rows = [
        cells("80", period="2021-22", denominator=10),
        cells("70", period="2022-23", denominator=1000, area="England"),
        cells("70", period="2022-23", denominator=1000, measure_id="second"),
    ]
    assert check("unlike_bases", rows, {"children-in-county": {}, "second": {}}) == []
