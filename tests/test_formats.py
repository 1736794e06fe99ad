"""Figures, changes and periods as readers see them: rounding, units, signs, and their words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.formats import (
    format_change,
    format_relative,
    format_value,
    join_words,
    named,
    qualified,
    rounded,
    told_apart,
    when,
)

# Figures.


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "expected"),
    [
        ("67.4", "percent", 1, "67.4%"),
        ("2.5", "percentage_points", 1, "2.5 percentage points"),
        ("25.3", "points", 1, "25.3 points"),
        ("1221", "number", 0, "1,221"),
        ("5469575", "pounds", 0, "£5,469,575"),
        ("5.6", "days", 1, "5.6 days"),
        ("203.40", "rate_per_10000", 2, "203.40 per 10,000"),
        ("137", "rate_per_100000", 0, "137 per 100,000"),
        ("7", "rank", 0, "7th"),
    ],
)
def test_each_unit_is_written_as_readers_see_it(value, unit, decimals, expected):
    assert format_value(Decimal(value), unit, decimals) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        # Binary floats, and rounding to even, would give 67.3, 2, 0.2 and 1.00.
        ("67.35", 1, "67.4"),
        ("2.5", 0, "3"),
        ("0.25", 1, "0.3"),
        ("1.005", 2, "1.01"),
        ("67.34999", 1, "67.3"),
        ("0.4999", 0, "0"),
        ("99.95", 1, "100"),
        ("999.5", 0, "1,000"),
        ("-2.5", 0, "−3"),
    ],
)
def test_figures_are_rounded_half_up(value, decimals, expected):
    assert format_value(Decimal(value), "number", decimals) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        ("10.0", 1, "10"),
        ("213.0", 2, "213"),
        ("9.97", 1, "10"),
        ("100", 1, "100"),
        ("1E+3", 0, "1,000"),
        ("203.40", 2, "203.40"),
        ("0.00", 2, "0"),
    ],
)
def test_whole_numbers_have_no_decimals_and_others_keep_theirs(value, decimals, expected):
    assert format_value(Decimal(value), "number", decimals) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("-3.5", "percent", "−3.5%"),
        ("-1200", "pounds", "−£1,200"),
        ("-0.04", "percent", "0%"),
        ("0", "pounds", "£0"),
    ],
)
def test_figures_below_0_have_a_real_minus_and_0_has_none(value, unit, expected):
    assert format_value(Decimal(value), unit, 1) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("1", "days", "1 day"),
        ("1.0", "percentage_points", "1 percentage point"),
        ("1", "points", "1 point"),
        ("1.1", "days", "1.1 days"),
        ("0", "days", "0 days"),
    ],
)
def test_one_of_a_unit_is_singular(value, unit, expected):
    assert format_value(Decimal(value), unit, 1) == expected


def test_a_change_by_one_point_is_singular():
    assert format_change(Decimal("-1.0"), "percent", 1) == "−1 percentage point"


@pytest.mark.parametrize(
    ("rank", "expected"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (10, "10th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (20, "20th"),
        (21, "21st"),
        (22, "22nd"),
        (101, "101st"),
        (111, "111th"),
        (113, "113th"),
        (123, "123rd"),
    ],
)
def test_a_rank_is_an_ordinal(rank, expected):
    assert format_value(Decimal(rank), "rank", 0) == expected


def test_a_missing_figure_is_not_published():
    assert format_value(None, "percent", 1) == "not published"


@pytest.mark.parametrize(
    ("qualifier", "expected"),
    [
        ("exact", "2,600"),
        ("about", "about 2,600"),
        ("at_least", "at least 2,600"),
        ("at_most", "at most 2,600"),
    ],
)
def test_a_qualifier_is_said(qualifier, expected):
    assert qualified(Decimal("2600"), "number", 0, qualifier) == expected


@pytest.mark.parametrize(
    ("change", "unit", "decimals", "expected"),
    [
        ("-3.5", "percent", 1, "−3.5 percentage points"),
        ("2.4", "percentage_points", 1, "+2.4 percentage points"),
        ("0.4", "points", 1, "+0.4 points"),
        ("-82", "number", 0, "−82"),
        ("2248379", "pounds", 0, "+£2,248,379"),
        ("-1000", "pounds", 0, "−£1,000"),
        ("0.7", "days", 1, "+0.7 days"),
        ("9.60", "rate_per_10000", 2, "+9.60 per 10,000"),
        ("0", "percent", 1, "0 percentage points"),
        ("-0.04", "percent", 1, "0 percentage points"),
        ("0.25", "days", 1, "+0.3 days"),
        ("-0.25", "days", 1, "−0.3 days"),
    ],
)
def test_a_change_has_its_sign_and_its_unit(change, unit, decimals, expected):
    assert format_change(Decimal(change), unit, decimals) == expected


@pytest.mark.parametrize(
    ("relative", "expected"),
    [
        # No. 1: -3.5 / 67.4; no. 4: 21 / 94, published as 22.3%; 12.34 / 10.
        ("-0.0519287833", "−5.2%"),
        ("0.2234042553", "+22.3%"),
        ("0.05", "+5%"),
        ("-1", "−100%"),
        ("12.34", "+1,234%"),
        ("0", "0%"),
        ("0.0004", "0%"),
        ("0.0005", "+0.1%"),
    ],
)
def test_a_relative_change_is_a_percentage_with_its_sign(relative, expected):
    assert format_relative(Decimal(relative)) == expected


def test_a_change_that_cannot_be_calculated_says_so():
    assert format_relative(None) == "not calculable"
    assert format_change(None, "percent", 1) == "not calculable"


# Figures side by side.


@pytest.mark.parametrize(
    ("decimals", "one", "other", "expected"),
    [
        # 67.4 and 66.9 are both 67; 97.69 and 97.72 both 97.7.
        (0, "67.4", "66.9", 1),
        (1, "97.69", "97.72", 2),
        # Both are 1, 1.0, 1.00 and 1.000; then 1.0004 and 1.0001.
        (0, "1.0004", "1.0001", 4),
        # 2.5 is rounded up to 3, and 2.4 down to 2.
        (0, "2.5", "2.4", 0),
        # Below 0 half goes away from 0: -2.5 is -3, and so is -2.6.
        (0, "-2.5", "-2.6", 1),
        # One of them has no decimals at all.
        (0, "1E+3", "1000.4", 1),
        (1, "56.3", "46.4", 1),
    ],
)
def test_figures_that_differ_get_the_decimals_that_tell_them_apart(decimals, one, other, expected):
    assert told_apart(decimals, Decimal(one), Decimal(other)) == expected
    assert told_apart(decimals, Decimal(other), Decimal(one)) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("5.25", "5.25"), ("5", "5.00"), (None, "5.25"), ("5.25", None), (None, None)],
)
def test_equal_figures_and_missing_ones_keep_their_decimals(one, other):
    assert told_apart(1, one and Decimal(one), other and Decimal(other)) == 1


def test_the_number_of_decimals_may_be_text_as_a_written_table_gives_it():
    assert told_apart("1", Decimal("97.69"), Decimal("97.72")) == 2


@given(st.decimals(-1000, 1000, places=4), st.decimals("-0.2", "0.2", places=4), st.integers(0, 3))
def test_figures_told_apart_read_alike_only_where_they_are_equal(one, apart, decimals):
    other = one + apart
    needed = told_apart(decimals, one, other)
    alike = format_value(one, "number", needed) == format_value(other, "number", needed)
    assert alike == (one == other)
    assert needed >= decimals


# Periods in a sentence.


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("31 March 2023", "on 31 March 2023"),
        ("March 2023", "in March 2023"),
        ("2022-23 Q4", "in 2022-23 Q4"),
        ("Autumn term 2022", "in the autumn term 2022"),
        ("2022-23", "in 2022-23"),
        ("2022/23 academic year", "in the 2022/23 school year"),
        ("2022", "in 2022"),
        (
            "year to 30 September 2024",
            "in the year to 30 September 2024",
        ),
        ("2014-16", "in 2014-16"),
        ("April 2022 to September 2022", "from April 2022 to September 2022"),
    ],
)
def test_every_kind_of_period_has_the_word_that_goes_before_it(period, expected):
    assert when(period) == expected


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("31 March 2023", "31 March 2023"),
        ("March 2023", "March 2023"),
        ("Autumn term 2022", "the autumn term 2022"),
        ("2022-23", "2022-23"),
        ("2022-23 Q4", "2022-23 Q4"),
        ("2022/23 academic year", "the 2022/23 school year"),
        ("year to 30 September 2024", "the year to 30 September 2024"),
        ("April 2022 to September 2022", "April 2022 to September 2022"),
    ],
)
def test_every_kind_of_period_can_be_named(period, expected):
    assert named(period) == expected


@pytest.mark.parametrize(
    ("number", "decimals", "expected"),
    [
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("9.97", 1, "10"),
        ("203.40", 2, "203.40"),
        ("0.04", 1, "0"),
    ],
)
def test_rounding_is_half_up_away_from_0_and_drops_needless_decimals(number, decimals, expected):
    assert str(rounded(Decimal(number), decimals)) == expected


# Words in a row.


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (iter(["a", "b"]), "a and b"),
    ],
)
def test_words_are_joined_as_in_a_sentence(words, expected):
    assert join_words(words) == expected
