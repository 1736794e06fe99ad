"""Checks of words against figures: what each must find, and what it must let pass."""

from decimal import Decimal

import pandas as pd
import pytest
from quality_cases import cells, plan_of, runner

from helpers.quality import statements


@pytest.fixture
def check(observations_table, make_measure, make_source, make_definitions):
    """Run one check over figures and definitions; return what it finds."""
    return runner(statements, observations_table, make_measure, make_source, make_definitions)


IN_FINANCIAL_YEARS = {"children-in-county": {"year_type": "financial"}}


# --------------------------------------------------------------------------------- stated changes


def changed(before, now, stated, kind="change_percent", against="2021-22"):
    return [
        cells(before, period="2021-22"),
        cells(now, period="2022-23"),
        cells(stated, period="2022-23", kind=kind, against=against, statement="commentary"),
    ]


@pytest.mark.parametrize(
    ("before", "now", "stated", "kind"),
    [
        ("94", "115", "22.3", "change_percent"),  # 22.34
        ("141", "151", "7", "change_percent"),  # 7.09
        ("200", "213", "6", "change_percent"),  # 6.5 exactly
        ("200", "213", "7", "change_percent"),
        ("151", "141", "-6.6", "change_percent"),  # a fall of 6.62
        ("67.4", "63.9", "-3.5", "change_points"),
        ("0", "5", "100", "change_percent"),  # no percentage can be made of a change from 0
    ],
)
def test_a_stated_change_that_the_figures_give(check, before, now, stated, kind):
    assert check("stated_changes", changed(before, now, stated, kind)) == []


@pytest.mark.parametrize(
    ("before", "now", "stated", "kind", "expected"),
    [
        ("94", "115", "22.4", "change_percent", "22.3% (from 94 to 115)"),
        ("141", "151", "10", "change_percent", "7.1% (from 141 to 151)"),
        ("67.4", "63.9", "-5.2", "change_points", "-3.5 percentage points (from 67.4 to 63.9)"),
        ("67.4", "63.9", "3.5", "change_points", "-3.5 percentage points (from 67.4 to 63.9)"),
        ("0", "5", "4", "change_points", "5.0 percentage points (from 0 to 5)"),
    ],
)
def test_a_stated_change_that_the_figures_do_not_give(check, before, now, stated, kind, expected):
    (found,) = check("stated_changes", changed(before, now, stated, kind))
    assert found.expected == expected
    assert found.check == "stated_change"
    assert found.found.startswith(f"a change of {stated}")


@pytest.mark.parametrize("left_out", [0, 1])
def test_a_stated_change_without_both_figures_is_let_pass(check, left_out):
    rows = changed("94", "115", "99")
    del rows[left_out]
    assert check("stated_changes", rows) == []


@pytest.mark.parametrize(("stated", "findings"), [("3.4", 0), ("4.3", 1)])
def test_a_change_against_the_plans_target(check, stated, findings):
    # 947 against 916 is 3.38% more.
    plan = plan_of(
        "Families",
        {
            "measure": "children-in-county",
            "targets": [
                {"period": "2021-22", "value": "815", "kind": "floor"},
                {"period": "2022-23", "value": "916", "kind": "floor"},
            ],
        },
    )
    rows = changed("919", "947", stated, against="target")
    assert len(check("stated_changes", rows, IN_FINANCIAL_YEARS, plans=[plan])) == findings


def families_plan(*targets, **changes):
    """Make a plan with floors for the children in the county, each a period and a value."""
    entries = [{"period": period, "value": value, "kind": "floor"} for period, value in targets]
    measure = {"measure": "children-in-county", "targets": entries}
    return plan_of("Families", measure, **changes)


@pytest.mark.parametrize("spelling", ["2022/23", "2023", "March / Q4 2023", "Apr 22 - Mar 23"])
def test_a_plans_target_is_found_however_its_period_is_spelt(check, spelling):
    plan = families_plan(("2021-22", "815"), (spelling, "916"))
    rows = changed("919", "947", "4.3", against="target")
    (found,) = check("stated_changes", rows, IN_FINANCIAL_YEARS, plans=[plan])
    assert found.expected == "3.4% (from 916 to 947)"


def test_a_target_for_a_school_year_is_none_for_the_financial_year(check):
    plan = families_plan(("2022/23 academic year", "916"))
    rows = changed("919", "947", "50", against="target")
    assert check("stated_changes", rows, IN_FINANCIAL_YEARS, plans=[plan]) == []


@pytest.mark.parametrize("own_first", [True, False])
def test_the_target_of_the_documents_own_plan_goes_before_another_plans(check, own_first):
    own = families_plan(("2022-23", "916"), id="own", source="report")
    other = families_plan(("2022-23", "800"), id="other", source="july")
    plans = [own, other] if own_first else [other, own]
    # 947 is 3.38% more than 916, and 18.4% more than 800.
    rows = changed("919", "947", "18.4", against="target")
    for row in rows:
        row["source"] = "report"
    (found,) = check("stated_changes", rows, IN_FINANCIAL_YEARS, plans=plans)
    assert found.expected == "3.4% (from 916 to 947)"


@pytest.mark.parametrize(("values", "findings"), [(("916", "916.0"), 1), (("916", "800"), 0)])
def test_targets_of_other_plans_count_only_where_they_agree(check, values, findings):
    plans = [
        families_plan(("2022-23", value), id=f"plan-{number}", source="july")
        for number, value in enumerate(values)
    ]
    rows = changed("919", "947", "50", against="target")
    assert len(check("stated_changes", rows, IN_FINANCIAL_YEARS, plans=plans)) == findings


def test_a_change_from_a_start_that_is_not_stated_is_let_pass(check):
    assert check("stated_changes", changed("94", "115", "99", against="not stated")) == []


def test_a_change_that_can_be_read_in_two_ways_is_not_checked_as_either(check):
    assert check("stated_changes", changed("94", "115", "99", kind="unclear")) == []


def test_a_change_against_a_target_nobody_set_is_let_pass(check):
    assert check("stated_changes", changed("919", "947", "50", against="target")) == []


# ----------------------------------------------------------------------------- stated differences


def differing(here, there, stated):
    return [
        cells(here),
        cells(there, area="England"),
        cells(stated, kind="difference_points", against="England", statement="commentary"),
    ]


@pytest.mark.parametrize(
    ("here", "there", "stated"),
    [("90.4", "87.9", "2.5"), ("84", "89.6", "-5.6"), ("9", "6.5", "2")],
)
def test_a_stated_difference_that_the_figures_give(check, here, there, stated):
    assert check("stated_differences", differing(here, there, stated)) == []


@pytest.mark.parametrize(
    ("here", "there", "stated"),
    [("90.4", "87.9", "2.6"), ("84", "89.6", "5.6"), ("9.1", "6.5", "2")],
)
def test_a_stated_difference_that_the_figures_do_not_give(check, here, there, stated):
    (found,) = check("stated_differences", differing(here, there, stated))
    assert found.found == f"{stated} percentage points from England"
    assert found.expected == f"{Decimal(here) - Decimal(there)} ({here} less {there})"


def test_a_stated_difference_without_the_other_areas_figure_is_let_pass(check):
    here, _, stated = differing("90.4", "87.9", "2.6")
    assert check("stated_differences", [here, stated]) == []


# ------------------------------------------------------------------------------- restated figures


def restated(value, **other):
    first = cells("63.9", place="no. 1, latest data")
    return [
        cells(value, statement="commentary", place="no. 1, commentary", **other),
        first,
    ]


@pytest.mark.parametrize("value", ["63.9", "63.90", "64"])
def test_a_figure_restated_alike_or_more_roughly(check, value):
    assert check("restated_figures", restated(value)) == []


@pytest.mark.parametrize("value", ["65.9", "63.8", "63", "63.95"])
def test_a_figure_restated_otherwise_is_set_against_the_table(check, value):
    (found,) = check("restated_figures", restated(value))
    assert found.found == f"{value} (no. 1, commentary)"
    assert found.expected == "63.9 (no. 1, latest data)"


@pytest.mark.parametrize(
    "other",
    [
        {"area": "England"},
        {"breakdown": "population"},
        {"period": "2021-22"},
        {"source": "july"},
        {"kind": "change_points"},
        {"measure_id": "other"},
    ],
)
def test_a_figure_of_something_else_is_no_restatement(check, other):
    assert check("restated_figures", restated("10", **other)) == []


# -------------------------------------------------------------------------------- words of figures


SUBJECTS = {
    "send-training": {"subject": "SEND"},
    "mental-health-training": {"subject": "mental health"},
    "other": {},
}


def test_a_figure_worded_as_another_measures_subject(check):
    words = "1,221 staff attended mental health training courses"
    rows = [cells("1221", measure_id="send-training", as_published=words)]
    (found,) = check("words_of_figures", rows, SUBJECTS)
    assert (found.found, found.expected) == (f"“{words}”", "words about SEND")
    assert found.explanation == "The figure stands under SEND, but is worded as mental health."


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        ("send-training", "1,221 staff attended send training courses"),
        ("send-training", "1,221 at SEND and mental health training"),
        ("send-training", "1,221"),
        ("mental-health-training", "903 staff at Mental Health training"),
        ("other", "12 staff at mental health training"),
    ],
)
def test_a_figure_worded_as_its_own_subject_or_as_none(check, measure, words):
    rows = [cells("12", measure_id=measure, as_published=words)]
    assert check("words_of_figures", rows, SUBJECTS) == []


def test_a_yearly_figure_worded_as_a_quarters(check):
    (found,) = check("quarters_in_words", [cells("947", as_published="In Q4 2022-23, 947 claims")])
    assert (found.found, found.expected) == ("“In Q4 2022-23, 947 claims”", "words about 2022-23")


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2022-23", "947 claims in 2022-23"),
        ("2021-22", "up from 919 by Q4 2022-23"),  # a quarter of another year
        ("2022-23 Q4", "In Q4 2022-23, 947 claims"),
        ("2022-23", "as at March / Q4 2023"),  # the report's own label for the whole year
    ],
)
def test_words_that_speak_of_the_figures_own_period(check, period, words):
    rows = [cells("947", period=period, as_published=words)]
    assert check("quarters_in_words", rows) == []


@pytest.mark.parametrize("words", ["In Q4 2022-99, 947 claims", "In Q1 2022/22", "Q4 9999-00"])
def test_words_with_a_quarter_that_cannot_be_are_let_pass(check, words):
    assert check("quarters_in_words", [cells("947", as_published=words)]) == []


def test_a_quarter_that_can_be_read_counts_after_one_that_cannot(check):
    words = "947 claims in Q4 2022-99 (Q4 2022-23)"
    (found,) = check("quarters_in_words", [cells("947", as_published=words)])
    assert found.found == f"“{words}”"


# ------------------------------------------------------------------------------- two readings


def unclear(value, now=None, **changes):
    words = f"a {value}% improvement on the year before"
    row = cells(value, kind="unclear", against="2021-22", as_published=words, **changes)
    return [row] if now is None else [row, cells(now)]


@pytest.mark.parametrize(
    ("value", "now", "points", "percent"),
    [
        ("14.4", "50.6", "36.2%", "44.2%"),  # 50.6 / 1.144 = 44.23
        ("25", "75", "50%", "60.0%"),  # 75 / 1.25
        ("-20", "40", "60%", "50.0%"),  # 40 / 0.8
    ],
)
def test_a_change_with_two_readings_says_what_each_would_mean(check, value, now, points, percent):
    (found,) = check("two_readings", unclear(value, now))
    assert (found.check, found.severity) == ("two_readings", "caution")
    assert found.found == f"“a {value}% improvement on the year before”"
    in_points, in_percent = found.expected.split("; ")
    assert in_points == f"{points} in 2021-22, if percentage points are meant"
    assert in_percent == f"{percent}, if percent"


@pytest.mark.parametrize(("value", "now"), [("14.4", None), ("-100", "0")])
def test_two_readings_without_a_figure_or_from_nothing_give_no_figures(check, value, now):
    (found,) = check("two_readings", unclear(value, now))
    assert not any(character.isdigit() for character in found.expected)


def test_a_figure_of_another_area_or_period_is_none_for_two_readings(check):
    rows = [*unclear("14.4"), cells("50.6", area="England"), cells("50.6", period="2021-22")]
    (found,) = check("two_readings", rows)
    assert not any(character.isdigit() for character in found.expected)


def test_changes_that_say_what_they_are_have_one_reading(check):
    assert check("two_readings", changed("94", "115", "22.3")) == []


# ------------------------------------------------------------------------ baselines of another kind


def beside_baseline(**changes):
    """Return an assessment whose latest figure the document sets beside an earlier one."""
    row = {
        "measure_id": "reviews",
        "area": "Hertfordshire",
        "latest_period": "July 2025",
        "latest_period_kind": "month",
        "latest_value": Decimal(58),
        "baseline_period": "2023",
        "baseline_value": Decimal(15),
        "baseline_reason": "2023 and July 2025 are different kinds of period.",
        "source": "report",
        "place": "page 9",
    }
    return row | changes


def baselines(*rows):
    return list(statements.baselines_of_another_kind(pd.DataFrame(rows)))


def test_a_baseline_of_another_kind_is_a_caution_with_both_figures():
    (found,) = baselines(beside_baseline())
    assert (found.check, found.severity) == ("baseline_of_another_kind", "caution")
    assert found.found == "58 in July 2025, beside 15 in 2023"
    assert found.explanation.startswith("2023 and July 2025 are different kinds of period.")
    assert (found.measure_id, found.period) == ("reviews", "July 2025")
    assert (found.source, found.place) == ("report", "page 9")


def test_a_baseline_that_is_compared_is_no_finding():
    assert baselines(beside_baseline(baseline_reason="")) == []


def test_a_measure_that_two_plans_list_is_found_once():
    assert len(baselines(beside_baseline(), beside_baseline())) == 1
    assert len(baselines(beside_baseline(), beside_baseline(measure_id="audits"))) == 2


def test_a_baseline_from_before_a_new_definition_is_not_of_another_kind_of_period():
    row = beside_baseline(
        baseline_period="July 2024", baseline_reason="The groups were drawn otherwise before."
    )
    assert baselines(row) == []
