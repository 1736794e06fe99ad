"""Arithmetic written out: exact numbers stay exact, and what is cut or rounded shows it."""

from decimal import Decimal
from fractions import Fraction

import pytest

from helpers.calculation.step import (
    about,
    not_possible,
    operand,
    plain,
    share_of,
    shortest,
    signed,
    significant,
)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (Decimal("67.40"), "67.40"),
        (Decimal("-3.5"), "−3.5"),
        (Decimal("5469575"), "5,469,575"),
        (Decimal("1E+2"), "100"),
        (1265, "1,265"),
    ],
)
def test_a_number_is_written_as_it_was_published_with_thousands_apart(number, words):
    assert plain(number) == words


def test_a_negative_number_after_a_sign_stands_in_brackets():
    assert (operand(Decimal("-2")), operand(Decimal("2")), operand(Decimal(0))) == (
        "(−2)",
        "2",
        "0",
    )


def test_a_difference_shows_its_sign_but_none_has_none():
    assert [signed(Decimal(number)) for number in ("1.5", "-1.5", "0")] == ["+1.5", "−1.5", "0"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (Fraction(-35, 674), "−0.05192…"),  # 0.051928…: cut, not rounded
        (Fraction(2, 3), "0.6666…"),
        (Fraction(-10, 80), "−0.125"),
        (Fraction(105, 95), "1.105…"),  # 1.10526…
        (Fraction(1000, 3), "333.333…"),
        (Fraction(0), "0"),
        (Fraction(200, 1), "200"),
    ],
)
def test_a_quotient_is_exact_or_is_cut_with_dots_after_it(number, words):
    assert share_of(number) == words


def test_idle_noughts_are_left_out_of_the_shortest_way_to_write_a_number():
    assert [shortest(Decimal(n)) for n in ("5.00", "200", "7.50")] == ["5", "200", "7.5"]


def test_a_computed_number_is_rounded_to_so_many_digits_and_never_written_with_an_exponent():
    assert significant(2 / 3) == Decimal("0.666667")
    assert str(significant(0.0000123456789, 4)) == "0.00001235"
    assert str(significant(1234567.0, 4)) == "1235000"
    assert significant(None) is None
    assert about(0.00001234567) == "0.000012346"


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("a count is missing", "Cannot be calculated: a count is missing."),
        ("cannot be calculated: a count is missing", "Cannot be calculated: a count is missing."),
        ("There is no change to test.", "There is no change to test."),
    ],
)
def test_a_rule_that_cannot_be_applied_has_a_reason_and_no_arithmetic(reason, words):
    step = not_possible("evidence", reason)
    assert (step.in_words, step.working) == (words, ())
