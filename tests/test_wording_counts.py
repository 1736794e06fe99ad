"""How many of many: sentences that count measures, indicators, findings."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import wording
from helpers.wording.counts import (
    counts_sentence,
    findings_sentence,
    home_sentence,
    indicators_sentence,
    opening_sentence,
    recent_sentence,
    reproduced_sentence,
)


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (["improving_or_good"], "Of 1 measure, 1 is improving or still good."),
        (
            ["improving_or_good", "improving_or_good", "to_be_improved"],
            "Of 3 measures, 2 are improving or still good and 1 got worse.",
        ),
        (
            ["little_change", "not_judged", "no_recent_figure"],
            "Of 3 measures, 1 has changed little, 1 is not judged and 1 has no recent figure.",
        ),
        (
            ["no_recent_figure", "not_judged", "little_change", "to_be_improved"] * 2,
            "Of 8 measures, 2 got worse, 2 have changed little, 2 are not judged "
            "and 2 have no recent figure.",
        ),
    ],
)
def test_counts_sentence_in_the_singular_and_the_plural(groups, expected):
    assert counts_sentence(groups) == expected


@given(st.lists(st.sampled_from(list(wording.SUMMARY_GROUPS)), min_size=1))
def test_counts_sentence_counts_every_measure_once(groups):
    if set(groups) == {"no_recent_figure"}:
        assert counts_sentence(groups).endswith("none has a recent figure.")
        return
    total, *parts = map(int, re.findall(r"\d+", counts_sentence(iter(groups))))
    assert total == len(groups) == sum(parts)


def assessments(*pairs):
    return pd.DataFrame(pairs, columns=["summary_group", "currency"])


def test_opening_sentence_where_none_is_recent():
    rows = assessments(("no_recent_figure", "old"), ("no_recent_figure", "no_figure"))
    assert opening_sentence(rows) == (
        "The plan has 2 measures. None has a recent figure: our sources do not say how it is going."
    )


def test_opening_sentence_where_all_are_recent():
    rows = assessments(
        ("improving_or_good", "current"),
        ("improving_or_good", "current"),
        ("to_be_improved", "current"),
    )
    assert opening_sentence(rows) == (
        "The plan has 3 measures: 2 improving or still good and 1 getting worse."
    )


def test_opening_sentence_where_some_are_recent():
    rows = assessments(
        ("improving_or_good", "current"),
        ("little_change", "current"),
        ("no_recent_figure", "old"),
        ("no_recent_figure", "no_figure"),
        ("no_recent_figure", "old"),
    )
    assert opening_sentence(rows) == (
        "The plan has 5 measures, and 2 of them have a recent figure: 1 improving or still good "
        "and 1 much the same. For the other 3, our sources do not say how things are now."
    )


def test_opening_sentence_where_one_is_recent():
    rows = assessments(("not_judged", "current"), ("no_recent_figure", "old"))
    assert "1 of them has a recent figure" in opening_sentence(rows)


def test_reproduced_sentence():
    assert reproduced_sentence(["yes", "yes", "no"]) == (
        "The report prints an arrow or N/A for each of 3 measures. The rule, as we apply it, gives "
        "the same for 2 and something else for 1."
    )


def test_findings_sentence_in_the_singular_and_the_plural():
    assert findings_sentence(["caution", "contradiction", "contradiction", "revision"]) == (
        "The checks found 2 contradictions, 1 caution and 1 revised figure."
    )


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (
            ["all", "all", "part", "part", "none"],
            "Of 5 indicators, our sources have figures for 2, for a part of 2 more, and none for "
            "1.",
        ),
        (
            ["none"],
            "Of 1 indicator, our sources have figures for 0, for a part of 0 more, and none for 1.",
        ),
    ],
)
def test_indicators_sentence_in_the_singular_and_the_plural(states, expected):
    assert indicators_sentence(iter(states)) == expected


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([], "Nothing is measured yet."),
        (["no_recent_figure"], "Of 1 measure, none has a recent figure."),
        (["improving_or_good"], "Of 1 measure, 1 got better."),
        (
            ["improving_or_good", "improving_or_good", "to_be_improved"],
            "Of 3 measures, 2 got better and 1 got worse.",
        ),
        (
            ["not_judged", "little_change", "no_recent_figure", "no_recent_figure"],
            "Of 4 measures, 1 hardly changed, 1 cannot be judged, and 2 cannot be told: no recent "
            "figure.",
        ),
    ],
)
def test_recent_sentence(groups, expected):
    assert recent_sentence(iter(groups)) == expected


def test_home_sentence_names_what_is_only_watched_where_there_is_any():
    assert home_sentence(1, 0, 2, 3) == (
        "Of 6 things to follow, 1 got better, 0 did not, 2 are only watched, and 3 nobody can tell "
        "yet."
    )


def test_home_sentence_counts_everything_once():
    assert home_sentence(17, 7, 0, 44) == (
        "Of 68 things to follow, 17 got better, 7 did not, and 44 nobody can tell yet."
    )
