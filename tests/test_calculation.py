"""A whole calculation: its JSON, exact and enough to redo the project's own verdicts by hand."""

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import isclose
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import account_of, figure
from one_calculation import calculation_of, counted, two

from helpers.calculation import QUESTIONS, Calculation, calculation_path
from helpers.calculation.whole import _json
from helpers.quarter_tables import write_calculations

QUARTER = "2026-27 Q2"


# ------------------------------------------------------------------------------------- the whole


def test_a_calculation_names_the_measure_the_rule_and_the_documents():
    made = calculation_of(two("40", "50"), "lower", {"polarity_basis": "ours"})
    assert (made.plan, made.part, made.measure_id) == ("hive-strategy", "1", "nectar")
    assert (made.polarity, made.polarity_basis) == ("lower", "ours")
    assert (made.margin, made.margin_basis) == (Decimal("0.05"), "ours")
    assert (made.quarter, made.as_at, made.area) == ("2025-26 Q1", date(2025, 7, 31), "Beeshire")
    assert [source.document for source in made.sources] == ["Statistics"]


def test_documents_of_places_elsewhere_are_cited_too_the_oldest_first():
    elsewhere = figure("nectar", "2023-24", "30", "hive-strategy", area="Meadowland")
    made = calculation_of([*two("40", "50"), elsewhere])
    assert [source.id for source in made.sources] == ["statistics", "hive-strategy"]


def test_the_steps_come_in_the_order_of_the_questions_each_with_its_question_and_an_answer():
    figures = [counted("2022-23", "50", 50, 100), counted("2023-24", "40", 40, 100)]
    made = calculation_of(figures, entry={"targets": [target(45)]})
    assert [step.rule for step in made.steps] == [
        *("figures", "computed", "direction", "other_readings", "interval", "evidence"),
        *("recent_trend", "elsewhere", "target", "recency"),
    ]
    assert all(step.question == QUESTIONS[step.rule] for step in made.steps)
    assert all(step.in_words.endswith(".") for step in made.steps)
    assert made.step("usual_range") is None


def target(value):
    return {"period": "2025-26", "value": value, "kind": "floor"}


def test_a_rule_that_can_be_applied_has_its_step_also_where_there_is_no_verdict():
    # One figure only, with counts, a target and a figure elsewhere.
    elsewhere = figure("nectar", "2023-24", "30", area="Meadowland")
    figures = [counted("2023-24", "40", 40, 100), elsewhere]
    made = calculation_of(figures, entry={"targets": [target(45)]})
    assert [step.rule for step in made.steps] == [
        *("figures", "computed", "direction", "interval", "elsewhere", "target", "recency"),
    ]


def test_each_entry_of_a_measure_has_a_file_of_its_own():
    account = account_of()
    names = ["on-time, month", "on-time, calendar_year"]
    paths = [calculation_path(account.measure(name)) for name in names]
    assert paths == [
        "data/calculations/hive-strategy/2-measure-on-time-month.json",
        "data/calculations/hive-strategy/2-measure-on-time-calendar-year.json",
    ]
    assert [calculation_path(account.calculation(name)) for name in names] == paths


# -------------------------------------------------------------------------------------- as JSON


def read_exactly(text):
    return json.loads(text, parse_float=Decimal)


def plainly(value):
    """Return what JSON can hold of a value: days as text, and nothing else changed."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: plainly(entry) for name, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plainly(entry) for entry in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: plainly(getattr(value, name)) for name in value.__dataclass_fields__}
    return value


def test_json_holds_everything_exactly_and_comes_out_the_same():
    figures = [counted("2022-23", "50.0", 50, 100), counted("2023-24", "40.00", 40, 100)]
    made = calculation_of(figures)
    text = made.as_json()
    assert read_exactly(text) == plainly(made)
    assert text == calculation_of(figures).as_json()
    assert text.endswith("}\n") and not text.endswith("\n\n")
    assert '"latest": 40.00,' in text  # as published, and not as a float
    assert list(read_exactly(text)) == list(Calculation.__dataclass_fields__)


def test_json_is_indented_by_two_and_keeps_the_figures_of_a_series_on_their_lines():
    assert _json({"series": [["2023", Decimal("4.10"), None], ["2024", 5, None]], "none": []}) == (
        '{\n  "series": [\n    ["2023", 4.10, null],\n    ["2024", 5, null]\n  ],\n  "none": []\n}'
    )


VALUES = st.recursive(
    st.none()
    | st.text()
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False, places=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_any_value_comes_back_from_json_as_it_went_in(value):
    assert read_exactly(_json(value)) == value


# --------------------------------------------------------- the project's own verdicts, by hand


@pytest.fixture(scope="module")
def files(real_definitions, real_tables, tmp_path_factory):
    """Write the real calculations of a quarter; return each file's name and what it holds."""
    pages = tmp_path_factory.mktemp("pages")
    quarter = real_definitions.quarter(QUARTER)
    area = real_definitions.reporting_area
    write_calculations(real_definitions, real_tables / quarter.slug, quarter, area, pages)
    return {
        path.relative_to(pages).as_posix(): json.loads(
            path.read_text(encoding="utf-8"), parse_float=Fraction, parse_int=Fraction
        )
        for path in sorted(pages.rglob("*.json"))
    }


@pytest.fixture(scope="module")
def rows(real_definitions, table):
    """Return the reporting area's real assessments of the quarter."""
    found = table(QUARTER, "assessments")
    return list(found[found["area"] == real_definitions.reporting_area].itertuples())


def steps_of(made):
    return {step["rule"]: SimpleNamespace(**step) for step in made["steps"]}


def test_every_assessment_has_a_file_and_every_file_an_assessment(files, rows):
    assert sorted(files) == sorted(calculation_path(row) for row in rows)


def test_every_result_that_is_a_column_of_the_assessments_says_the_same(files, rows):
    compared = Counter()
    for row in rows:
        for rule, step in steps_of(files[calculation_path(row)]).items():
            for name, found in step.result.items():
                if name == "latest_computed_value":
                    assert found == row.computed_value, (row.page, name)
                elif hasattr(row, name):
                    expected = getattr(row, name)
                    expected = expected.isoformat() if isinstance(expected, date) else expected
                    assert (found or None) == (expected or None), (row.page, name)
                    compared[rule] += 1
    assert set(compared) == set(QUESTIONS) - {"computed"}
    assert compared["direction"] == 3 * len(rows)


def test_every_verdict_follows_from_its_file_alone(files, rows):
    judged = Counter()
    for row in rows:
        step = steps_of(files[calculation_path(row)])["direction"]
        if step.working:
            assert direction_by_hand(**step.inputs) == row.direction, row.page
            judged[row.direction] += 1
        else:
            assert row.direction == "not_comparable" and step.in_words == row.direction_reason
    assert sum(judged.values()) > 50 and len(judged) >= 5


def direction_by_hand(latest, previous, polarity, margin, benchmark=None):
    change = latest - previous
    if polarity == "neutral":
        return "no_change" if not change else "rose" if change > 0 else "fell"
    worse = {"higher": -change, "lower": change}.get(polarity)
    if polarity == "representative":
        worse = abs(latest - benchmark) - abs(previous - benchmark)
    if worse <= 0:
        return "improving" if worse else "no_change"
    within = previous and worse <= margin * abs(previous)
    return "declining_within_margin" if within else "declining"


def test_every_reading_follows_from_its_own_figures_and_margin(files):
    checked = 0
    for made in files.values():
        step = steps_of(made).get("other_readings")
        for reading in step.result["readings"] if step and step.working else []:
            margin = reading["margin"]
            if reading["reading"] == "percentage points":
                margin = margin / abs(reading["previous"]) if reading["previous"] else 0
            given = (reading["latest"], reading["previous"], reading["polarity"], margin)
            assert direction_by_hand(*given) == reading["direction"]
            checked += 1
    assert checked > 400


def test_every_z_statistic_follows_from_the_counts_in_its_file(files):
    tested = 0
    for made in files.values():
        step = steps_of(made).get("evidence")
        if step is None or step.result.get("z") is None:
            continue
        x1, n1, x2, n2 = (
            step.inputs[f"{time}_{part}"]
            for time in ("previous", "latest")
            for part in ("numerator", "denominator")
        )
        pooled = (x1 + x2) / (n1 + n2)
        squared = (x2 / n2 - x1 / n1) ** 2 / (pooled * (1 - pooled) * (1 / n1 + 1 / n2))
        assert isclose(step.result["z"] ** 2, squared, rel_tol=0.00001)
        assert (step.result["z"] > 0) == (x2 / n2 > x1 / n1)
        clear = squared > Fraction("1.959964") ** 2
        assert (step.result["evidence"] == "clear") == clear
        tested += 1
    assert tested >= 8


def test_every_interval_and_usual_range_follows_from_the_numbers_in_its_file(files):
    intervals = ranges = 0
    for made in files.values():
        steps = steps_of(made)
        if "interval" in steps and steps["interval"].working and made["unit"] == "percent":
            found = steps["interval"]
            x, n = found.inputs["latest_numerator"], found.inputs["latest_denominator"]
            if found.result["latest_lower"] is not None:
                # Each bound is where the share is z of its own standard errors away.
                for bound in (found.result["latest_lower"], found.result["latest_upper"]):
                    p = bound / 100
                    z = float(x / n - p) / float(p * (1 - p) / n) ** 0.5
                    assert isclose(abs(z), found.inputs["z"], abs_tol=0.001)
                    intervals += 1
        if "usual_range" in steps and steps["usual_range"].working:
            found = steps["usual_range"]
            values = [value for _, value in found.inputs["figures"] if value is not None]
            mean = sum(values) / len(values)
            kept = found.result["moving_ranges"]
            screen = found.inputs["screen"] * sum(kept) / len(kept)
            kept = [size for size in kept if size < screen]
            reach = found.inputs["limit"] * sum(kept) / len(kept)
            assert isclose(found.result["usual_upper"], mean + reach, abs_tol=0.0001)
            assert isclose(found.result["usual_lower"], mean - reach, abs_tol=0.0001)
            ranges += 1
    assert intervals >= 10 and ranges >= 1


def test_every_step_has_arithmetic_or_says_why_not(files):
    for name, made in files.items():
        for step in made["steps"]:
            assert step["in_words"].endswith("."), (name, step)
            if not step["working"]:
                assert step["in_words"] not in ("", "Yes.", "No.", "They do."), (name, step)
            for line in step["working"]:
                assert "None" not in line and "nan" not in line and "E+" not in line, (name, line)
