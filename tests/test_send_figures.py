"""The SEND documents' own figures and lists: what the project holds, against what is printed.

`data/send_published.csv` was typed from the SEND Strategy 2026-29 and the quarterly update of
January 2025 by itself, not from `data/raw`. The lists below were counted in the documents, and
findings and later values worked out by hand.
"""

import csv
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

HERE = Path(__file__).parent
STRATEGY = "send-strategy-2026-29"
UPDATE = "send-quarterly-update-2025-01"
IMPROVEMENT = "send-improvement-plan"
BEES = "outcome-bees"
TIMELINESS = "ehc-plans-in-20-weeks-without-exceptions"
FIRST, UPDATE_IS_NEW, STRATEGY_NOT_OUT, NOW = (
    "2022-23 Q4",
    "2024-25 Q3",
    "2025-26 Q2",
    "2026-27 Q2",
)

with (HERE / "data" / "send_published.csv").open(encoding="utf-8", newline="") as file:
    PUBLISHED = list(csv.DictReader(file))

# The arrows of the page: up, down, and "Monitor".
WANTED = {
    "happy": "up up up",
    "ambitious": "up up up up down up up",
    "healthy": "up up up up down up",
    "independent": "up up up up up up",
    "safe": "monitor down monitor",
    "included": "up up down down up",
    "resilient": "up up up up",
}

ACTIONS = {"1": 4, "2": 5, "3": 5, "4": 5, "5": 3, "6": 4, "7": 0, "8": 4, "9": 6}
MILESTONES = {"1": 7, "2": 6, "3": 5, "4": 9, "5": 9, "6": 6, "7": 12, "8": 6, "9": 7}

KINDS = {
    "number_by_date": "5-1 5-2 5-4",
    "places_or_things": "7-1 7-2 7-3 7-5 7-6 7-8 7-9 7-10 7-11",
    "in_place": "1-2 1-6 2-4 3-1 4-3 4-7 4-8 5-3 5-5 5-6 5-8 5-9 7-7 7-12 9-3",
    "qualitative_evidence": "2-5 2-6 3-5 9-6 9-7",
}
"""All others promise a direction."""

# "A reduction", "reduced", "a decrease"; everything else that promises a direction goes up.
TO_DECREASE = {"2-3", "3-2", "5-7", "6-2", "6-6", "7-4", "8-2"}
# Worded as quicker or better; which way its figure would go depends on what is counted.
WORDED_OTHERWISE = {"9-5"}

# As printed: the number, the upper end of a range, the last day, and the words for it.
TARGETS = {
    "5-1": [("70", "2023-08-31", "end of summer term 23"), ("75", "2023-12-31", "December 23")],
    "5-2": [("50", "2023-08-31", "August 23"), ("60", "2023-12-31", "December 23")],
    "5-4": [("25", "2024-04-30", "April 24")],
}
PLACES = {
    "7-1": (100, None),
    "7-2": (100, None),
    "7-3": (100, None),
    "7-5": (25, None),
    "7-6": (7, 10),
    "7-8": (60, None),
    "7-9": (60, None),
    "7-10": (80, None),  # 4 provisions, each of 20
    "7-11": (108, None),  # 9 provisions, each of 12
}


@pytest.fixture(scope="session")
def row_of(table):
    """Give the row of a measure in one plan, for the county."""

    def of(quarter, plan, measure, follows=""):
        rows = table(quarter, "assessments")
        rows = rows[(rows["area"] == "Hertfordshire") & (rows["plan"] == plan)]
        rows = rows[(rows["measure_id"] == measure) & (rows["follows"] == follows)]
        assert len(rows) == 1, f"{measure} {follows} in {plan}"
        return next(rows.itertuples())

    return of


def findings(table, quarter, check):
    rows = table(quarter, "data_quality")
    return list(rows[rows["check"] == check].itertuples())


# ---------------------------------------------------------------------- figures as they are printed


def test_57_figures_of_the_strategy_and_21_of_the_update_are_typed():
    assert Counter(row["document"] for row in PUBLISHED) == {STRATEGY: 57, UPDATE: 21}


@pytest.mark.parametrize("document", [STRATEGY, UPDATE])
def test_every_figure_of_a_document_is_held_and_no_other(table, document):
    fields = ("measure_id", "area", "period", "kind", "qualifier", "against")
    held = table(NOW, "observations")
    held = Counter(
        (*(getattr(row, name) for name in fields), row.value)
        for row in held[held["source"] == document].itertuples()
    )
    printed = Counter(
        (*(row[name] for name in fields), Decimal(row["value"]))
        for row in PUBLISHED
        if row["document"] == document
    )
    assert held == printed


def test_every_figure_quotes_the_document_and_names_its_place(table):
    rows = table(NOW, "observations")
    rows = rows[rows["source"].isin([STRATEGY, UPDATE])]
    assert (rows["place"] != "").all()
    # "Tripled" and the four colleges, nine areas are printed in words.
    in_words = {"200": "tripled", "4": "four", "9": "nine"}
    for row in rows.itertuples():
        digits = f"{abs(row.value):f}"
        printed = row.as_published.replace(",", "")
        shown = re.search(rf"(?<![\d.]){re.escape(digits)}(?![\d.]*\d)", printed)
        assert shown or in_words[digits] in printed, row.as_published


# ------------------------------------------------------------------------- the strategy's own words


def test_six_ambitions_ten_commitments_eight_promises_and_sixteen_priorities(real_definitions):
    plan = real_definitions.plans[STRATEGY]
    assert [ambition.id for ambition in plan.ambitions] == list("123456")
    assert [ambition.title for ambition in plan.ambitions] == [
        "Listen, Engage, Collaborate, Evolve",
        "Early Identification & Support",
        "Local Provision for Children & Young People",
        "Aspirational for All",
        "Preparing for the Future",
        "Strong Foundations",
    ]
    content = plan.content
    counts = (len(content.commitments), len(content.promises), len(content.priorities))
    assert counts == (10, 8, 16)
    assert content.mission is not None


def test_every_priority_belongs_to_one_of_the_six_ambitions(real_definitions):
    content = real_definitions.plans[STRATEGY].content
    numbers = {statement.ambition for statement in [*content.priorities, *content.commitments]}
    assert numbers <= set(range(1, 7)) and None not in numbers


def test_three_documents_serve_the_strategy(real_definitions):
    serving = {plan.id for plan in real_definitions.serving(STRATEGY)}
    assert serving == {BEES, IMPROVEMENT, "send-quarterly-update"}


# --------------------------------------------------------------------------------- the outcome bees


def test_34_indicators_under_seven_bees_each_with_the_arrow_that_is_printed(real_definitions):
    found = {
        part.id: " ".join(indicator.wanted for indicator in part.indicators)
        for part in real_definitions.plans[BEES].parts
    }
    assert found == WANTED
    assert [len(arrows.split()) for arrows in WANTED.values()] == [3, 7, 6, 6, 3, 5, 4]


def test_the_polarity_of_every_indicators_measures_is_what_its_arrow_wants(real_definitions):
    # Happy-3 wants satisfaction up: fewer complaints, more compliments. Ambitious-4 wants
    # attendance up, and only absence is published. Healthy-2 wants equity, and stable waits.
    otherwise = {"happy-3a", "ambitious-4a", "ambitious-4b", "ambitious-4c", "healthy-2a"}
    otherwise |= {"healthy-2b"}
    polarities = {"up": "higher", "down": "lower", "monitor": "neutral"}
    for indicator in real_definitions.plans[BEES].indicators:
        for entry in indicator.measures:
            if entry.reference not in otherwise:
                assert entry.polarity == polarities[indicator.wanted], entry.reference
            elif entry.reference != "healthy-2b":
                assert entry.polarity == "lower", entry.reference


def test_references_run_from_happy_1_to_resilient_4_in_the_pages_order(table):
    rows = table(NOW, "assessments")
    rows = rows[
        (rows["area"] == "Hertfordshire") & (rows["plan"] == BEES) & (rows["role"] == "plan")
    ]
    references = list(rows["reference"])
    assert len(set(references)) == len(references)
    expected = [
        f"{bee}-{place}"
        for bee, arrows in WANTED.items()
        for place in range(1, len(arrows.split()) + 1)
    ]
    without_letter = [re.sub(r"[a-z]$", "", reference) for reference in references]
    assert list(dict.fromkeys(without_letter)) == expected
    # A letter is added where an indicator has several measures, and only there: a, b, c …
    for name in expected:
        own = [
            r.removeprefix(name)
            for r, bare in zip(references, without_letter, strict=True)
            if bare == name
        ]
        assert own == ([""] if len(own) == 1 else list("abcdefghijkl"[: len(own)]))


@pytest.mark.parametrize("quarter", [FIRST, UPDATE_IS_NEW, STRATEGY_NOT_OUT])
def test_every_indicator_has_its_row_in_every_quarter_figure_or_none(table, quarter):
    def references(name):
        rows = table(name, "assessments")
        return set(rows[rows["plan"] == BEES]["reference"])

    assert references(quarter) == references(NOW)


# ----------------------------------------------------------------------------- the improvement plan


def test_nine_areas_with_36_actions_and_67_measures_of_success(real_definitions):
    parts = real_definitions.plans[IMPROVEMENT].parts
    assert {part.id: len(part.actions) for part in parts} == ACTIONS
    assert {part.id: [m.number for m in part.milestones] for part in parts} == {
        area: list(range(1, count + 1)) for area, count in MILESTONES.items()
    }
    assert (sum(ACTIONS.values()), sum(MILESTONES.values())) == (36, 67)


def test_every_measure_of_success_is_of_its_kind(real_definitions):
    parts = real_definitions.plans[IMPROVEMENT].parts
    found = {f"{part.id}-{m.number}": m.kind for part in parts for m in part.milestones}
    by_hand = {r: kind for kind, listed in KINDS.items() for r in listed.split()}
    assert found == {reference: by_hand.get(reference, "direction") for reference in found}
    assert set(by_hand) <= set(found)


def test_every_promised_direction_is_the_one_that_is_printed(real_definitions):
    for part in real_definitions.plans[IMPROVEMENT].parts:
        for milestone in part.milestones:
            reference = f"{part.id}-{milestone.number}"
            if milestone.kind == "direction" and reference not in WORDED_OTHERWISE:
                expected = "decrease" if reference in TO_DECREASE else "increase"
                assert milestone.wanted == expected, reference


def test_five_targets_have_the_dates_that_are_printed(real_definitions, table):
    area = real_definitions.plans[IMPROVEMENT].part("5")
    found = {
        f"5-{m.number}": [(str(t.value), t.due_as_published) for t in m.targets]
        for m in area.milestones
        if m.targets
    }
    assert found == {r: [(v, words) for v, _, words in rows] for r, rows in TARGETS.items()}
    rows = table(NOW, "milestones")
    dated = rows[rows["kind"] == "number_by_date"]
    days = [day for rows in TARGETS.values() for _, day, _ in rows]
    assert [str(day) for day in dated["due"]] == days
    assert list(dated["reference"]) == ["5-1a", "5-1b", "5-2a", "5-2b", "5-4"]


def test_the_places_promised_are_those_printed_and_have_no_date(real_definitions):
    area = real_definitions.plans[IMPROVEMENT].part("7")
    found = {
        f"7-{m.number}": [(t.value, t.up_to, t.unit, t.due) for t in m.targets]
        for m in area.milestones
        if m.targets
    }
    assert found == {r: [(number, up_to, "places", "")] for r, (number, up_to) in PLACES.items()}


@pytest.mark.parametrize("quarter", [FIRST, UPDATE_IS_NEW, STRATEGY_NOT_OUT, NOW])
def test_69_rows_of_milestones_in_every_quarter(table, quarter):
    rows = table(quarter, "milestones")
    assert len(rows) == 69 and not rows["reference"].duplicated().any()
    assert set(rows["plan"]) == {IMPROVEMENT}


@pytest.mark.parametrize("quarter", [FIRST, UPDATE_IS_NEW, STRATEGY_NOT_OUT, NOW])
def test_every_milestone_has_evidence_or_says_plainly_that_there_is_none(table, quarter):
    for row in table(quarter, "milestones").itertuples():
        says_none = "No evidence has been published." in row.evidence
        cited = (
            row.evidence.rstrip(".").endswith(")") or "part of what was promised" in row.evidence
        )
        assert says_none or cited, row.reference
        # A single figure is cited, and does not yet show a direction.
        assert not says_none or row.status == "no_evidence_yet", row.reference


def test_every_milestone_without_evidence_says_what_it_would_take(table):
    rows = table(NOW, "milestones")
    rows = rows[rows["status"] == "no_evidence_yet"]
    # All 67 but 6-1 by figures, 1-1, 6-2, 6-4, 8-6 by figures for a part of it, and 2-5, 2-6 by
    # what was published; 5-1 and 5-2 have two dates each.
    assert len(rows) == 69 - 7
    assert [row.reference for row in rows.itertuples() if not row.needed] == []


@pytest.mark.parametrize(
    ("quarter", "achieved", "in_part"),
    [
        # Nothing of the partnership's own had been published but the plan itself; the official
        # statistics on timeliness came in July 2025.
        (FIRST, set(), set()),
        # The update: timeliness 40% to 54% in the calendar years, but the plan measures it from
        # 2022, of which nothing was known; annual reviews in 12 weeks, 15% to 20%; annual health
        # checks up in both parts of the county. The audits of Oct-Dec 2024 have no baseline yet.
        (UPDATE_IS_NEW, set(), {"6-4", "8-6"}),
        # The first edition of the statistics: 32.6% in 2022 to 56.3% in 2024.
        (STRATEGY_NOT_OUT, {"6-1"}, {"6-4", "8-6"}),
        # The strategy: audits 5% to 66%, complaints 6.7% to 3.7%.
        (NOW, {"6-1"}, {"1-1", "6-2", "6-4", "8-6"}),
    ],
)
def test_what_figures_show_of_a_promised_direction_and_when(table, quarter, achieved, in_part):
    rows = table(quarter, "milestones")
    directions = rows[rows["kind"] == "direction"]
    for status, expected in (("achieved", achieved), ("on_track", in_part)):
        assert set(directions[directions["status"] == status]["reference"]) == expected
    assert set(directions["status"]) <= {"achieved", "on_track", "no_evidence_yet"}


@pytest.mark.parametrize(
    ("quarter", "passed"),
    [(FIRST, {"5-1a", "5-2a", "5-3"}), (NOW, {"5-1a", "5-1b", "5-2a", "5-2b", "5-3", "5-4"})],
)
def test_which_dates_have_passed_and_on_their_last_day_none_has(table, quarter, passed):
    rows = table(quarter, "milestones")
    # The first quarter ends on 31 December 2023, itself the last day of two of the targets.
    assert set(rows[rows["due_passed"] == "yes"]["reference"]) == passed


# ------------------------------------------------------------------------------ what was known when


@pytest.mark.parametrize(
    ("quarter", "sources"),
    [
        (FIRST, set()),
        (UPDATE_IS_NEW, {UPDATE}),
        (STRATEGY_NOT_OUT, {UPDATE}),
        (NOW, {UPDATE, STRATEGY}),
    ],
)
def test_a_quarter_knows_only_the_documents_that_were_out(table, quarter, sources):
    known = set(table(quarter, "observations")["source"])
    assert known & {UPDATE, STRATEGY} == sources


@pytest.mark.parametrize(
    ("measure", "follows", "period", "value", "baseline", "before", "since"),
    [
        (TIMELINESS, "month", "September 2025", "89", "July 2023", "38", "51"),
        ("ehc-plan-audits-good-or-outstanding", "", "2025-26 Q2", "66", "2023-24 Q2", "5", "61"),
        ("complaint-rate", "", "2025-26 Q1", "3.7", "2022-23 Q4", "6.7", "-3.0"),
        ("compliment-rate", "", "2025-26 Q1", "4.8", "2022-23 Q4", "1.7", "3.1"),
    ],
)  # fmt: skip
def test_changes_since_a_baseline_have_both_figures_and_no_arrow(
    row_of, measure, follows, period, value, baseline, before, since
):
    row = row_of(NOW, STRATEGY, measure, follows)
    assert (row.latest_period, row.latest_value) == (period, Decimal(value))
    assert (row.baseline_period, row.baseline_value) == (baseline, Decimal(before))
    assert (row.since_baseline, row.baseline_reason) == (Decimal(since), "")
    assert (row.direction, row.previous_value) == ("not_comparable", None)


def test_annual_reviews_of_a_month_are_set_beside_a_year_and_not_compared(row_of):
    row = row_of(NOW, STRATEGY, "annual-reviews-in-12-weeks", "month")
    assert (row.latest_period, row.latest_value) == ("July 2025", Decimal(58))
    assert (row.baseline_period, row.baseline_value) == ("2023", Decimal(15))
    assert row.since_baseline is None and row.baseline_reason
    by_year = row_of(NOW, "send-quarterly-update", "annual-reviews-in-12-weeks", "calendar_year")
    assert (by_year.previous_value, by_year.latest_value) == (Decimal(15), Decimal(20))
    assert by_year.direction == "improving"


@pytest.mark.parametrize(
    ("quarter", "latest", "source"),
    [
        (UPDATE_IS_NEW, "54", UPDATE),
        (STRATEGY_NOT_OUT, "56.3", "lait-2025-07-22"),
        (NOW, "56.3", "lait-2026-04-08"),
    ],
)
def test_timeliness_of_2024_is_the_figure_published_last(row_of, quarter, latest, source):
    row = row_of(quarter, BEES, TIMELINESS, "calendar_year")
    assert (row.latest_period, row.latest_value, row.source) == ("2024", Decimal(latest), source)
    assert row.direction == "improving"  # on 40, and on 40.2


def test_changes_of_the_two_parts_of_the_county_stand_for_the_county(row_of):
    row = row_of(NOW, BEES, "annual-health-checks-from-age-14")
    assert row.latest_value is None and row.direction == "not_comparable"
    assert re.findall(r"[\d.]+%", row.change_in_words) == ["4.7%", "8.7%"]
    assert "East and North Hertfordshire" in row.change_in_words
    assert "South and West Hertfordshire" in row.change_in_words


def test_a_change_from_an_unknown_start_says_that_the_start_is_not_stated(row_of):
    words = row_of(NOW, STRATEGY, "children-waiting-over-two-years-for-a-placement").change_in_words
    assert words == "down 69% (the document does not say since when)"


# ----------------------------------------------------------------------------------------- findings


def test_six_and_seven_bees(table):
    (found,) = [f for f in findings(table, NOW, "claims_that_differ") if "bees" in f.found]
    assert found.found.startswith("number of outcome bees: 6")
    assert "our six Outcome Bee areas" in found.found
    assert found.expected.startswith("7")
    assert (found.severity, found.source) == ("contradiction", STRATEGY)


def test_a_strategy_that_ends_in_2029_and_in_2031(table):
    (found,) = [f for f in findings(table, NOW, "claims_that_differ") if "last year" in f.found]
    assert {"2029", "2031"} <= set(re.findall(r"\d{4}", f"{found.found} {found.expected}"))
    assert found.severity == "contradiction"


def test_both_agree_on_the_first_year_and_on_nothing_else_do_documents_differ(table):
    assert len(findings(table, NOW, "claims_that_differ")) == 2


@pytest.mark.parametrize("quarter", [STRATEGY_NOT_OUT, NOW])
def test_englands_50_percent_belongs_to_2023(table, quarter):
    (found,) = findings(table, quarter, "comparison_of_another_year")
    assert (found.measure_id, found.area) == (TIMELINESS, "England")
    assert "50%" in found.found and "2024" in found.found
    assert "46.4%" in found.expected and "2024" in found.expected
    assert "2023" in found.explanation and "50.3%" in found.explanation
    assert found.source == UPDATE


@pytest.mark.parametrize("quarter", [STRATEGY_NOT_OUT, NOW])
def test_54_against_56_3_and_4_1_against_4_4_and_nothing_else_of_the_update(table, quarter):
    found = {
        (f.measure_id, f.period, f.area): (f.found.split()[0], f.expected.split()[0], f.severity)
        for f in findings(table, quarter, "sources_differ")
        if f.source == UPDATE
    }
    # 40% and 40.2% of 2023 only round otherwise; 4.5% of 2023 is the same in both.
    assert found == {
        (TIMELINESS, "2024", "Hertfordshire"): (
            "54%",
            "56.3%",
            "contradiction",
        ),
        ("appeal-rate", "2024", "Hertfordshire"): ("4.1%", "4.4%", "contradiction"),
    }


@pytest.mark.parametrize("quarter", [UPDATE_IS_NEW, STRATEGY_NOT_OUT, NOW])
def test_14_4_percent_has_two_readings(table, quarter):
    (found,) = findings(table, quarter, "two_readings")
    # 50.6 less 14.4, and 50.6 / 1.144 = 44.23.
    assert "36.2% in 2024-25 Q2" in found.expected and "44.2%" in found.expected
    assert "14.4% improvement on the previous quarter" in found.found
    assert (found.severity, found.source) == ("caution", UPDATE)


def test_a_baseline_of_another_kind(table):
    (found,) = findings(table, NOW, "baseline_of_another_kind")
    assert found.measure_id == "annual-reviews-in-12-weeks"
    assert "58" in found.found and "July 2025" in found.found
    assert "15" in found.found and "2023" in found.found
    assert found.severity == "caution"


def test_what_later_publications_show_is_not_found_before_them(table):
    assert not set(table(FIRST, "data_quality")["check"]) & {"two_readings"}
    later = {
        "claims_that_differ",
        "comparison_of_another_year",
        "sources_differ",
        "revised_figure",
        "baseline_of_another_kind",
    }
    for quarter in (FIRST, UPDATE_IS_NEW):
        assert not set(table(quarter, "data_quality")["check"]) & later
    # The strategy and its page came out in 2026.
    found = set(table(STRATEGY_NOT_OUT, "data_quality")["check"])
    assert not found & {"claims_that_differ", "baseline_of_another_kind", "revised_figure"}


def test_the_update_and_the_strategy_do_not_contradict_each_other_in_figures(table):
    # Both print a rise of 27% in assessments agreed, and 15% of annual reviews in 2023.
    own = {
        (f.check, f.measure_id)
        for f in table(NOW, "data_quality").itertuples()
        if f.source in (UPDATE, STRATEGY)
    }
    assert own == {
        ("sources_differ", TIMELINESS),
        ("sources_differ", "appeal-rate"),
        ("comparison_of_another_year", TIMELINESS),
        ("two_readings", "ehc-plan-audits-good-or-outstanding"),
        ("baseline_of_another_kind", "annual-reviews-in-12-weeks"),
        ("claims_that_differ", ""),
    }


def test_official_statistics_of_whole_percentages_are_not_called_copies(table):
    # Key stage 2 and the good level of development of 2019 are whole numbers, written 8.0 by the
    # spreadsheet; 8 and 8 happen to be the same.
    copied = findings(table, NOW, "same_share_twice")
    assert [f.source for f in copied if f.source.startswith("lait")] == []
