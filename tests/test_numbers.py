"""Numbers: how exactly one was published."""

from decimal import Decimal

import pytest

from helpers.numbers import half_a_place


@pytest.mark.parametrize(
    ("value", "half"),
    [
        ("86.2", "0.05"),
        ("86.20", "0.005"),
        ("36", "0.5"),
        ("36.0", "0.05"),
        ("1000", "0.5"),
        ("1E+3", "0.5"),  # a round number is not known to the nearest thousand only
        ("-3.5", "0.05"),
        ("0", "0.5"),
    ],
)
def test_half_of_the_last_published_place(value, half):
    assert half_a_place(Decimal(value)) == Decimal(half)
