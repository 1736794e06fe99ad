"""Words that stand on an indicator's own page alone: what is good, what is counted, how final."""

from datetime import date
from decimal import Decimal

import pytest
from wording_rows import a_row, only_a_change

from helpers import wording
from helpers.plans import NationalQuartile, Target

MARGIN = Decimal("0.05")


@pytest.fixture
def measure(make_measure):
    return make_measure("schools", of="schools", definition="Schools judged good, as a share.")


# ----------------------------------------------------------------------------- what good looks like


@pytest.mark.parametrize(
    ("polarity", "basis", "first"),
    [
        ("higher", "stated", "Higher is better (the document says so)."),
        ("lower", "implied", "Lower is better (implied by the document)."),
        ("representative", "stated", "Closer to the benchmark is better (the document says so)."),
    ],
)
def test_which_way_is_good_comes_with_who_says_so_and_with_the_margin(polarity, basis, first):
    said = wording.what_is_good(a_row(polarity=polarity, polarity_basis=basis), MARGIN, "stated")
    assert said == [
        first,
        "A change for the worse of no more than 5% of the earlier figure is called slightly worse "
        "(the plan says so).",
    ]


def test_where_neither_way_is_better_there_is_no_margin():
    said = wording.what_is_good(a_row(polarity="neutral", polarity_basis="ours"), MARGIN, "ours")
    assert said == ["Neither way counts as better (our reading)."]


def test_a_margin_of_ours_is_said_to_be_ours():
    said = wording.what_is_good(a_row(), Decimal("0.025"), "ours")
    assert said[-1].endswith("2.5% of the earlier figure is called slightly worse (our choice).")


def test_a_benchmark_is_named_with_its_figure_and_a_stated_quarter_with_its_period():
    row = a_row(polarity="representative", benchmark="all pupils", benchmark_value=Decimal("88.5"))
    assert "The benchmark is all pupils: 88.5%." in wording.what_is_good(row, MARGIN, "stated")
    said = wording.what_is_good(a_row(national_quartile="top"), MARGIN, "stated")
    assert said[-1] == (
        "The report says that it was in the best quarter of all areas on 31 March 2023."
    )


def test_every_stated_quarter_of_the_country_has_its_words():
    for quartile in NationalQuartile.model_fields["quartile"].annotation.__args__:
        assert "quarter of all areas" in " ".join(
            wording.what_is_good(a_row(national_quartile=quartile), MARGIN, "stated")
        )


# ----------------------------------------------------------------------------------------- targets


def test_targets_are_listed_with_their_periods_and_never_rounded(measure):
    targets = [
        Target(period="2024", value="82.55", kind="floor"),
        Target(period="2025", value="90", kind="floor"),
    ]
    assert wording.targets_sentence(targets, measure) == (
        "The targets: at least 82.55% on 31 March 2024 and at least 90% on 31 March 2025."
    )
    ceiling = Target(period="2024", value="5", kind="ceiling")
    assert wording.targets_sentence([ceiling], measure) == (
        "The target: at most 5% on 31 March 2024."
    )


def test_where_no_target_is_set_nothing_can_be_called_good_enough(measure):
    assert wording.targets_sentence([], measure).startswith("Our sources give no target for it.")


# --------------------------------------------------------------------------------- what is counted


def test_a_share_has_its_two_parts_with_their_numbers(measure):
    row = a_row(latest_numerator=Decimal(1830), latest_denominator=Decimal(2000))
    row.covers = ""
    assert wording.what_is_counted(row, measure) == [
        ("Definition", "Schools judged good, as a share."),
        ("Numerator", "Those of them that the definition counts: 1,830 on 31 March 2023."),
        ("Denominator", "Schools: 2,000 on 31 March 2023."),
        ("How often", "Once a year."),
    ]


def test_numbers_that_are_not_published_are_said_not_to_be(measure):
    row = a_row()
    row.covers = "good ones only"
    facts = dict(wording.what_is_counted(row, measure))
    assert facts["Denominator"] == "Schools. Our sources do not give the number."
    assert facts["A part only"] == "It is a part of what is asked for: good ones only."


def test_without_a_figure_there_is_no_number_to_miss(measure):
    row = only_a_change()
    row.covers = ""
    facts = dict(wording.what_is_counted(row, measure))
    assert facts["Denominator"] == "Schools."
    assert facts["Numerator"] == "Those of them that the definition counts."


def test_what_is_no_share_says_of_what_it_is_and_when_its_definition_changed(make_measure):
    row = a_row()
    row.covers = ""
    days = make_measure(
        "wait",
        unit="days",
        of="children who wait",
        frequency="monthly",
        breaks=[{"from": "2022", "reason": "Counted otherwise."}],
    )
    facts = wording.what_is_counted(row, days)[1:]
    assert facts == [
        ("Of what", "Children who wait."),
        ("How often", "Once a month."),
        ("New definition from 2022", "Counted otherwise."),
    ]


def test_a_rate_counts_cases(make_measure):
    row = a_row(latest_numerator=Decimal(56))
    row.covers = ""
    rate = make_measure("rate", unit="rate_per_10000", of="children")
    facts = dict(wording.what_is_counted(row, rate))
    assert facts["Numerator"] == "The cases that the definition counts: 56 on 31 March 2023."


# ---------------------------------------------------------------------------------- how final it is


@pytest.mark.parametrize(
    ("status", "revised_from", "new_definition", "words"),
    [
        ("", "", "", "As published"),
        ("not_available", "", "", "Not available"),
        ("provisional", "", "", "Provisional"),
        # One that our sources do not have yet.
        ("suppressed", "", "", "Suppressed"),
        ("", "51 (June)", "", "Revised: it was 51 (June)"),
        ("revised", "51 (June)", "", "Revised: it was 51 (June)"),
        ("provisional", "51 (June)", "", "Provisional. Revised: it was 51 (June)"),
        ("revised", "", "", "Revised"),
        ("", "", "Other groups.", "As published. New definition: Other groups."),
    ],
)
def test_how_final_a_figure_is(status, revised_from, new_definition, words):
    assert wording.status_words(status, revised_from, new_definition) == words


def test_nothing_published_is_said_with_the_day():
    assert wording.no_figure_sentence(date(2026, 9, 30)).startswith(
        "Our sources published by 30 September 2026 "
    )
