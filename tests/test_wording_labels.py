"""Every name that the tables may hold has its words."""

from importlib import import_module
from pkgutil import iter_modules
from typing import get_args

import pytest

from helpers import assessment, wording
from helpers.direction import POLARITIES
from helpers.milestones import STATUSES
from helpers.periods import parse_period
from helpers.plans import Indicator, Milestone, PlanMeasure
from helpers.wording import labels


def test_every_direction_and_polarity_has_its_words():
    assert set(wording.DIRECTIONS) == {
        "improving",
        "declining",
        "declining_within_margin",
        "no_change",
        "rose",
        "fell",
        "not_comparable",
    }
    assert set(wording.POLARITIES) == set(POLARITIES)
    symbols = [symbol for symbol, _ in wording.DIRECTIONS.values()]
    assert symbols == ["↑", "↓", "⇄", "↔", "▲", "▽", "n/a"]


def test_every_kind_and_status_of_a_milestone_has_its_words():
    assert set(wording.MILESTONE_STATUSES) == set(STATUSES)
    symbols, words = zip(*wording.MILESTONE_STATUSES.values(), strict=True)
    assert len(set(symbols)) == len(set(words)) == len(STATUSES)
    kinds = Milestone.model_fields["kind"].annotation
    assert set(wording.MILESTONE_KINDS) == set(get_args(kinds))


def test_every_direction_wanted_and_every_state_of_figures_has_its_words():
    assert set(wording.WANTED) == set(get_args(Indicator.model_fields["wanted"].annotation))
    assert set(wording.FIGURES) == {"all", "part", "none"}
    assert set(wording.NOT_KNOWN) == {"part", "none", "old"}
    assert set(wording.HOME_GROUPS) == {"better", "worse", "watched", "unknown"}


@pytest.mark.parametrize(
    "period",
    [
        "31 March 2023",
        "March 2023",
        "2022-23 Q4",
        "Autumn term 2022",
        "2022-23",
        "2022/23 academic year",
        "2022",
        "year to 30 September 2024",
        "2014-16",
        "April 2022 to September 2022",
    ],
)
def test_every_kind_of_period_has_its_words(period):
    assert wording.PERIOD_KINDS[parse_period(period).kind]


def test_every_group_of_the_summary_and_every_basis_of_a_polarity_has_its_words():
    assert set(wording.SUMMARY_GROUPS) == set(assessment.SUMMARY_GROUPS)
    bases = PlanMeasure.model_fields["polarity_basis"].annotation
    assert set(wording.POLARITY_BASES) == set(get_args(bases))


@pytest.mark.parametrize(
    "module",
    [
        found.name
        for found in iter_modules(wording.__path__)
        if found.name != "plain"  # which is asked for by its own name
    ],
)
def test_the_package_offers_every_sentence_of_its_modules(module):
    own = import_module(f"helpers.wording.{module}")
    made_here = {
        name
        for name, thing in vars(own).items()
        if getattr(thing, "__module__", "") == own.__name__
    }
    public = {name for name in made_here if not name.startswith("_")}
    assert public <= set(wording.__all__)
    assert all(getattr(wording, name) is getattr(own, name) for name in public)


def test_the_package_offers_every_label():
    assert {name for name in vars(labels) if name.isupper()} <= set(wording.__all__)
    assert {"BANDS", "EVIDENCE"} <= set(wording.__all__)
    assert all(hasattr(wording, name) for name in wording.__all__)
