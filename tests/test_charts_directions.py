"""Directions of travel: their symbols, counts and words."""

import pytest
from test_charts import bar_lengths, counts, texts, words_in

from helpers import charts


def test_directions_are_said_and_drawn_with_symbols_and_counts():
    chart = charts.directions_by_group(counts())
    assert (
        "Safe & close to home, 23 measures: 9 improving; 2 no change; 3 slightly worse, within "
        "the margin; 4 declining; 3 fell; 2 not comparable." in chart.alternative
    )
    assert "Adulthood, 1 measure: 1 not comparable." in chart.alternative
    shown = words_in(chart)
    assert {"↑ 9", "↓ 4", "n/a 1", "↑ Improving", "⇄ Slightly worse, within the margin"} <= set(
        shown
    )
    assert "Safe & close to home (23 measures)" in shown


def test_blocks_are_as_wide_as_their_counts_in_the_given_order():
    chart = charts.directions_by_group(counts()[["declining", "improving"]])
    declining, improving = (
        # The key's square comes first.
        bar_lengths(chart, role)[1]
        for role in ("declining", "improving")
    )
    assert declining[0] < improving[0]
    assert (improving[1] + 2) / (declining[1] + 2) == pytest.approx(9 / 4, rel=1e-3)


def test_directions_nobody_has_are_left_out_of_the_key():
    chart = charts.directions_by_group(counts().assign(rose=0))
    assert "▲ Rose" not in words_in(chart)


def test_a_block_narrower_than_its_words_has_none_and_is_still_said():
    many = counts().assign(improving=[90, 3, 0], fell=[1, 0, 0])
    chart = charts.directions_by_group(many)
    shown = [text for text, *_ in texts(chart)]
    assert "↑ 90" in shown
    assert shown.count("▽") == shown.count("⇄") == 0
    assert "1 fell" in chart.alternative
    # On a phone, where the image is 0.7 times as wide, no letters are smaller than 10 pixels.
    assert round(min(bottom - top for *_, top, _, bottom in texts(chart)) / 0.8, 6) >= 14.5


def test_an_unknown_direction_is_refused():
    with pytest.raises(ValueError, match="sideways"):
        charts.directions_by_group(counts().rename(columns={"rose": "sideways"}))
