"""Sensitivity: which other readings of the rule would turn a verdict, worked by hand."""

from decimal import Decimal

import pytest

from helpers.sensitivity import borderline_reasons


def reasons(previous, latest, polarity="higher", **changes):
    return borderline_reasons(Decimal(previous), Decimal(latest), polarity, **changes)


def test_a_clear_decline_is_firm():
    assert reasons("67.4", "50.0", places=1) == []
    assert reasons("67.4", "50.0", places=1, percentage=True) == []


def test_a_clear_improvement_is_firm():
    assert reasons("50.0", "67.4", places=1, percentage=True) == []


def test_a_decline_of_four_percent_would_be_declining_at_a_margin_of_three():
    assert reasons("50.0", "48.0", places=1) == ["At a margin of 3% it would be declining."]


def test_a_decline_of_two_percent_is_firm_at_every_margin():
    assert reasons("50.0", "49.0", places=1) == []


def test_a_small_decline_of_a_high_percentage_is_a_large_rise_of_what_is_left():
    # 96% to 94% is 2% less; the 4% that were left became 6%, half as many again.
    found = reasons("96.0", "94.0", percentage=True, places=1)
    assert found == ["Seen as the share that is left, it would be declining."]


def test_where_the_coarser_figures_rounding_hides_which_way_it_went():
    # 10, printed as a whole number, may be 10.5; then 10.4, or 9.9, is less.
    found = reasons("10", "10.4", places=0)
    assert found == ["Within the rounding of the figures it could be declining."]


def test_two_whole_numbers_that_differ_cannot_turn_round_by_rounding():
    # 50 may be 50.5 and 51 may be 50.5 too, but no more than that.
    assert reasons("50", "51", polarity="lower", places=0) == []


def test_a_decline_just_inside_the_margin_could_be_outside_it_by_rounding():
    # 20.0 to 19.0 is 5%; 20.05 to 18.95 is 5.5%.
    found = reasons("20.0", "19.0", places=1)
    assert "Within the rounding of the figures it could be declining." in found
    assert "At a margin of 3% it would be declining." in found


@pytest.mark.parametrize("polarity", ["neutral", "representative"])
def test_without_a_verdict_nothing_is_borderline(polarity):
    assert reasons("50", "48", polarity=polarity) == []


def test_missing_figures_are_not_borderline():
    assert borderline_reasons(None, Decimal(5), "higher") == []
    assert borderline_reasons(Decimal(5), None, "higher") == []


def test_equal_figures_are_no_change_whatever_the_margin():
    assert reasons("50.0", "50.0", places=1) == []
