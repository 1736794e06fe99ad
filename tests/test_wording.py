"""Words: what readers are told, and what they must never be told."""

import re
from decimal import Decimal
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import wording
from helpers.direction import POLARITIES, direction_of_travel
from helpers.wording import (
    counts_sentence,
    currency_note,
    findings_sentence,
    format_change,
    format_relative,
    format_value,
    from_to,
    how_we_judged,
    join_words,
    opening_sentence,
    qualified,
    reproduced_sentence,
    sentence,
    summary_line,
    when,
)


def a_row(**changes):
    """Schools judged good: up from 90.4% to 91.5%, as the rule and the assessment give it."""
    row = {
        "title": "Schools judged good",
        "unit": "percent",
        "decimals": 1,
        "polarity": "higher",
        "polarity_basis": "implied",
        "latest_value": Decimal("91.5"),
        "latest_period": "31 March 2023",
        "latest_period_kind": "date",
        "latest_status": "",
        "latest_qualifier": "exact",
        "previous_value": Decimal("90.4"),
        "previous_period": "31 March 2022",
        "change": Decimal("1.1"),
        "relative_change": Decimal("0.01216814159"),
        "direction": "improving",
        "direction_reason": "It rose, and higher is better.",
        "benchmark": "",
        "benchmark_value": None,
        "benchmark_position": "",
        "currency": "current",
        "summary_group": "improving_or_good",
        "target_value": None,
        "target_kind": "",
        "target_met": "",
        "national_quartile": "",
        "computed_value": None,
        "latest_numerator": None,
        "latest_denominator": None,
        "preceding_period": "",
        "preceding_value": None,
    }
    assert set(changes) <= set(row), "a misspelt field would test nothing"
    return SimpleNamespace(**(row | changes))


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


# The sentence of a measure, in every direction.


def test_sentence_improving():
    assert sentence(a_row()) == (
        "Schools judged good: 91.5% on 31 March 2023, up from 90.4% on 31 March 2022. "
        "Higher is better, so this got better."
    )


def test_sentence_improving_by_going_down():
    row = a_row(
        title="Children stepped up to social care",
        unit="number",
        decimals=0,
        polarity="lower",
        latest_value=Decimal(286),
        latest_period="2022-23",
        latest_period_kind="financial_year",
        previous_value=Decimal(368),
        previous_period="2021-22",
    )
    assert sentence(row) == (
        "Children stepped up to social care: 286 in 2022-23, down from 368 in 2021-22. "
        "Lower is better, so this got better."
    )


def test_sentence_declining():
    row = a_row(
        title="Children looked after who live in the county",
        latest_value=Decimal("63.9"),
        previous_value=Decimal("67.4"),
        direction="declining",
    )
    assert sentence(row) == (
        "Children looked after who live in the county: 63.9% on 31 March 2023, "
        "down from 67.4% on 31 March 2022. Higher is better, so this got worse."
    )


def test_sentence_declining_within_the_margin():
    row = a_row(
        title="Staff who left by choice",
        polarity="lower",
        latest_value=Decimal("15.7"),
        latest_period="2022-23",
        latest_period_kind="financial_year",
        previous_value=Decimal("15.4"),
        previous_period="2021-22",
        direction="declining_within_margin",
    )
    assert sentence(row) == (
        "Staff who left by choice: 15.7% in 2022-23, up from 15.4% in 2021-22. "
        "Lower is better, so this got slightly worse, within the plan’s margin."
    )


def test_sentence_no_change():
    row = a_row(
        title="Gap at the end of primary school",
        unit="points",
        latest_value=Decimal("25.3"),
        latest_period="2021/22 academic year",
        latest_period_kind="academic_year",
        previous_value=Decimal("25.3"),
        previous_period="2018/19 academic year",
        direction="no_change",
    )
    assert sentence(row) == (
        "Gap at the end of primary school: 25.3 points in the 2021/22 school year, "
        "the same as in the 2018/19 school year."
    )


def test_sentence_no_change_of_a_representative_figure_that_crossed_its_benchmark():
    row = a_row(
        title="Staff with a disability",
        polarity="representative",
        latest_value=Decimal("14.8"),
        previous_value=Decimal("14.0"),
        direction="no_change",
        benchmark="population",
        benchmark_value=Decimal("14.4"),
        benchmark_position="above",
    )
    assert sentence(row) == (
        "Staff with a disability: 14.8% on 31 March 2023, up from 14% on 31 March 2022. "
        "Closer to the benchmark is better: as far from it as before."
    )


@pytest.mark.parametrize(
    ("direction", "latest", "moved"),
    [
        ("rose", "836", "836 in the 2022/23 school year, up from 496 in the 2021/22 school year"),
        ("fell", "49", "49 in the 2022/23 school year, down from 496 in the 2021/22 school year"),
    ],
)
def test_sentence_rose_and_fell_judge_nothing(direction, latest, moved):
    row = a_row(
        title="New places",
        unit="number",
        decimals=0,
        polarity="neutral",
        latest_value=Decimal(latest),
        latest_period="2022/23 academic year",
        latest_period_kind="academic_year",
        previous_value=Decimal(496),
        previous_period="2021/22 academic year",
        direction=direction,
    )
    assert sentence(row) == f"New places: {moved}. Neither way counts as better."


def test_sentence_not_comparable():
    row = a_row(
        title="Gap in the early years",
        unit="percentage_points",
        polarity="lower",
        latest_value=Decimal("26.8"),
        latest_period="2021/22 academic year",
        latest_period_kind="academic_year",
        previous_value=Decimal("24.4"),
        previous_period="2018/19 academic year",
        direction="not_comparable",
        direction_reason="The definition changed. It is now by free school meals.",
    )
    assert sentence(row) == (
        "Gap in the early years: 26.8 percentage points in the 2021/22 school year; "
        "24.4 percentage points in the 2018/19 school year. The two cannot be compared. "
        "The definition changed. It is now by free school meals."
    )


def test_sentence_not_comparable_says_so_even_where_the_two_figures_happen_to_be_equal():
    row = a_row(
        latest_value=Decimal("24.4"),
        previous_value=Decimal("24.4"),
        direction="not_comparable",
        direction_reason="The definition changed.",
    )
    assert "cannot be compared" in sentence(row)
    assert "The definition changed." in sentence(row)
    assert "the same as" not in sentence(row)


def test_sentence_without_a_latest_figure():
    row = a_row(
        title="Staff who are proud to work here",
        latest_value=None,
        latest_period="2022",
        latest_period_kind="calendar_year",
        previous_value=Decimal(73),
        previous_period="2021",
        direction="not_comparable",
        direction_reason="No figure was published for 2022.",
    )
    assert sentence(row) == (
        "Staff who are proud to work here: 73% in 2021. No figure was published for 2022."
    )


def test_sentence_without_any_figure():
    row = a_row(
        latest_value=None,
        latest_period="",
        latest_period_kind="",
        previous_value=None,
        previous_period="",
        direction="not_comparable",
        direction_reason="No figure had been published by 31 December 2023.",
    )
    assert sentence(row) == "Schools judged good: No figure had been published by 31 December 2023."


def test_sentence_without_a_previous_figure():
    row = a_row(
        previous_value=None,
        previous_period="",
        direction="not_comparable",
        direction_reason="There is no figure for 31 March 2022 to compare it with.",
    )
    assert sentence(row) == (
        "Schools judged good: 91.5% on 31 March 2023. "
        "There is no figure for 31 March 2022 to compare it with."
    )


@pytest.mark.parametrize(
    ("latest", "position", "place"),
    [
        ("8.5", "below", "5.9 percentage points below"),
        ("20.0", "above", "5.6 percentage points above"),
        ("14.4", "equal", "the same as"),
    ],
)
def test_sentence_beside_a_benchmark(latest, position, place):
    row = a_row(
        title="Staff with a disability",
        polarity="representative",
        latest_value=Decimal(latest),
        previous_value=None,
        previous_period="",
        direction="not_comparable",
        direction_reason="The figure beside it is a benchmark.",
        benchmark="population",
        benchmark_value=Decimal("14.4"),
        benchmark_position=position,
    )
    shown = latest.removesuffix(".0")
    assert sentence(row) == (
        f"Staff with a disability: {shown}% on 31 March 2023. That is {place} the benchmark "
        "(population: 14.4%). Closer is better, but there is no earlier figure to compare with."
    )


def test_sentence_of_a_provisional_figure_says_so_beside_its_period():
    row = a_row(
        latest_status="provisional",
        latest_period="2024/25 academic year",
        latest_period_kind="academic_year",
        previous_period="2023/24 academic year",
    )
    assert "91.5% in the 2024/25 school year (provisional), up from 90.4%" in sentence(row)


@pytest.mark.parametrize("status", ["", "revised"])
def test_sentence_of_any_other_figure_does_not_speak_of_provisional(status):
    assert "provisional" not in sentence(a_row(latest_status=status))


def test_sentence_of_an_inexact_figure_says_about():
    row = a_row(
        title="Children who are eligible",
        unit="number",
        decimals=0,
        polarity="neutral",
        latest_value=Decimal(2600),
        latest_qualifier="about",
        latest_period="2022-23",
        latest_period_kind="financial_year",
        previous_value=None,
        previous_period="",
        direction="not_comparable",
        direction_reason="It is a single figure, with none to compare it with.",
    )
    assert sentence(row) == (
        "Children who are eligible: about 2,600 in 2022-23. "
        "It is a single figure, with none to compare it with."
    )


def test_two_figures_that_differ_are_never_written_the_same():
    # Statistical neighbours' stable placements, 2024 and 2025, of a measure without decimals.
    row = a_row(decimals=0, previous_value=Decimal("66.9"), latest_value=Decimal("67.4"))
    latest, earlier = re.findall(r"[\d.]+%", sentence(row))
    assert latest != earlier


UNITS = ("percent", "percentage_points", "number", "pounds", "days", "rate_per_10000")
figures = st.decimals(min_value=-1000, max_value=1000, places=1)


@given(figures, figures, st.sampled_from(POLARITIES), st.sampled_from(UNITS))
def test_no_sentence_says_better_or_worse_unless_the_direction_does(
    previous, latest, polarity, unit
):
    found = direction_of_travel(previous, latest, polarity, benchmark="5")
    words = sentence(
        a_row(
            unit=unit,
            polarity=polarity,
            previous_value=previous,
            latest_value=latest,
            direction=found.direction,
            direction_reason=found.reason,
        )
    )
    # The rule itself is quoted ("Higher is better"); what is left may judge only as it judged.
    judgement = words.replace(wording.POLARITIES[polarity].rstrip("."), "")
    assert ("better" in judgement) == (found.direction == "improving")
    assert ("worse" in judgement) == found.direction.startswith("declining")
    assert ("slightly worse" in judgement) == (found.direction == "declining_within_margin")
    assert "improv" not in words.lower() and "declin" not in words.lower()
    assert ("up from" in words) == (latest > previous)
    assert ("down from" in words) == (latest < previous)
    assert "31 March 2023" in words and "31 March 2022" in words
    assert latest == previous or wording.POLARITIES[polarity].rstrip(".") in words


@given(figures | st.none(), figures | st.none(), st.sampled_from(POLARITIES))
def test_a_sentence_without_a_comparison_never_judges(previous, latest, polarity):
    row = a_row(
        polarity=polarity,
        previous_value=previous,
        latest_value=latest,
        direction="not_comparable",
        direction_reason="For a reason.",
    )
    words = sentence(row)
    assert words.endswith("For a reason.")
    for judged in ("better", "worse", "improv", "declin", "up from", "down from", "the same as"):
        assert judged not in words


# How it was judged, and other short texts.


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


def test_how_we_judged_gives_the_change_in_points_and_as_a_share():
    assert how_we_judged(a_row()) == (
        "Higher is better (implied by the plan’s report). Change: +1.1 percentage points, which is "
        "+1.2% of the earlier figure. It rose, and higher is better."
    )


def test_how_we_judged_a_neutral_measure():
    row = a_row(polarity="neutral", polarity_basis="ours", direction_reason="It rose.")
    assert how_we_judged(row).startswith("Neither way counts as better (our reading). Change: ")


def test_how_we_judged_where_the_change_cannot_be_calculated():
    row = a_row(change=Decimal(3), relative_change=None, direction_reason="It rose from 0.")
    row.polarity_basis = "stated"
    assert how_we_judged(row) == "Higher is better (the plan’s report says so). It rose from 0."


def test_from_to_writes_the_two_figures():
    assert from_to(a_row()) == "90.4% to 91.5%"
    assert from_to(a_row(latest_value=None)) == "90.4% to not published"


def test_a_currency_note_only_where_the_figure_is_old_or_absent():
    assert currency_note(a_row()) == ""
    old = currency_note(a_row(currency="old", latest_period="2021/22 academic year"))
    assert "2021/22 school year" in old and "academic" not in old
    assert currency_note(a_row(currency="no_figure")) == "There is no latest figure for this."


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "Schools judged good: up to 91.5% from 90.4%"),
        (
            {"latest_value": Decimal("63.9"), "direction": "declining", "summary_group": "x"},
            "Schools judged good: down to 63.9% from 90.4%",
        ),
        (
            {"latest_value": Decimal("90.4"), "direction": "no_change", "summary_group": "x"},
            "Schools judged good: still 90.4%",
        ),
        ({"latest_value": None}, "Schools judged good"),
        ({"previous_value": None}, "Schools judged good: 91.5%"),
        ({"direction": "not_comparable"}, "Schools judged good: 91.5%"),
        (
            {"direction": "declining_within_margin", "target_met": "yes"},
            "Schools judged good: up to 91.5% from 90.4% (target met)",
        ),
        (
            {
                "direction": "declining_within_margin",
                "target_met": "yes",
                "national_quartile": "top",
            },
            "Schools judged good: up to 91.5% from 90.4% "
            "(target met and reported in the best national quartile)",
        ),
    ],
)
def test_summary_line(changes, expected):
    assert summary_line(a_row(**changes)) == expected


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (["improving_or_good"], "Of 1 measure, 1 is improving or still good."),
        (
            ["improving_or_good", "improving_or_good", "to_be_improved"],
            "Of 3 measures, 2 are improving or still good and 1 is to be improved.",
        ),
        (
            ["little_change", "not_judged", "no_recent_figure"],
            "Of 3 measures, 1 has changed little, 1 is not judged and 1 has no recent figure.",
        ),
        (
            ["no_recent_figure", "not_judged", "little_change", "to_be_improved"] * 2,
            "Of 8 measures, 2 are to be improved, 2 have changed little, 2 are not judged "
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


# What stands beside the sentence.


def test_counts_that_give_another_percentage_stand_beside_it():
    row = a_row(
        latest_value=Decimal("86.2"),
        computed_value=Decimal("87.2374"),
        latest_numerator=Decimal(3862),
        latest_denominator=Decimal(4427),
    )
    assert wording.counts_sentence_of(row) == (
        "The counts published beside it (3,862 of 4,427) give 87.24%."
    )


@pytest.mark.parametrize("computed", [None, "91.45", "91.55", "91.5"])
def test_counts_that_give_the_percentage_when_rounded_are_not_mentioned(computed):
    row = a_row(computed_value=computed and Decimal(computed))
    assert wording.counts_sentence_of(row) == ""


@pytest.mark.parametrize(
    ("kind", "met", "expected"),
    [
        ("floor", "yes", "The target for 31 March 2023 was at least 85%. It was met."),
        ("ceiling", "no", "The target for 31 March 2023 was at most 85%. It was not met."),
    ],
)
def test_a_target_says_whether_it_was_met(kind, met, expected):
    row = a_row(target_value=Decimal("85"), target_kind=kind, target_met=met)
    assert wording.target_sentence(row) == expected


def test_without_a_target_nothing_is_said_of_one():
    assert wording.target_sentence(a_row()) == ""


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("53", "The period before, February 2023: 53% (−0.3 percentage points since)."),
        ("52.7", "The period before, February 2023: 52.7% (no change since)."),
    ],
)
def test_the_preceding_month_gets_a_difference_and_no_direction(before, expected):
    row = a_row(
        latest_value=Decimal("52.7"),
        preceding_period="February 2023",
        preceding_value=Decimal(before),
    )
    assert wording.preceding_sentence(row) == expected


def test_figures_that_round_alike_are_written_with_more_decimals():
    row = a_row(latest_value=Decimal("67.4"), previous_value=Decimal("66.9"), decimals=0)
    assert "67.4% on 31 March 2023, up from 66.9%" in sentence(row)
