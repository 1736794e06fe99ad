"""Checks of the published figures: for each, what it must find, and what it must let pass."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from helpers import quality
from helpers.definitions import Ambition, Indicator, Plan
from helpers.wording import CHECKS

JULY, APRIL = date(2025, 7, 22), date(2026, 4, 8)


def cells(value=None, **given):
    """Return a row's cells; numbers are written as text, as they are published."""
    for name in ("numerator", "denominator"):
        if name in given:
            given[name] = Decimal(given[name])
    return {"value": None if value is None else Decimal(value), **given}


@pytest.fixture
def check(observations_table, make_measure, make_source, make_definitions):
    """Run one check over figures and definitions; return what it finds."""

    def run(name, rows, measures=None, plans=(), year_type="financial"):
        measures = measures or {"children-in-county": {}}
        sources = [
            make_source("report"),
            make_source("copy", publisher="A council", published=JULY),
            make_source("july", publisher="A department", published=JULY, document="July"),
            make_source("april", publisher="A department", published=APRIL, document="April"),
        ]
        defined = [make_measure(key, **entries) for key, entries in measures.items()]
        definitions = replace(
            make_definitions(defined, sources), plans={plan.id: plan for plan in plans}
        )
        table = observations_table(*rows, year_type=year_type)
        return list(getattr(quality, name)(table, definitions))

    return run


def plan_of(title, *measures):
    """Make a plan of one indicator."""
    entries = [{"polarity": "higher", "polarity_basis": "ours", **measure} for measure in measures]
    indicator = Indicator(
        number=34, title=title, outcome_bees=[], corporate_priorities=[], why="-", measures=entries
    )
    ambition = Ambition(number=1, title="-", short_title="-", indicators=[indicator])
    return Plan(
        id="plan",
        title="A plan",
        starts=2021,
        ends=2026,
        margin="0.05",
        source="report",
        corporate_priorities=[],
        ambitions=[ambition],
    )


# ------------------------------------------------------------------- percentages and their counts


@pytest.mark.parametrize(
    ("published", "numerator", "denominator"),
    [
        ("63.9", 625, 978),  # 63.906
        ("12", 1, 8),  # 12.5 exactly, rounded down
        ("13", 1, 8),  # and rounded up: a published figure may do either
        ("64", 625, 978),
        ("63.91", 625, 978),
        ("0.0", 0, 41),
        ("100", 2, 2),
        ("10.0", 199, 2000),  # 9.95 exactly
    ],
)
def test_a_percentage_that_its_counts_give_when_rounded_as_published(
    check, published, numerator, denominator
):
    row = cells(published, numerator=numerator, denominator=denominator)
    assert check("percentages_from_counts", [row]) == []


@pytest.mark.parametrize(
    ("published", "numerator", "denominator", "expected"),
    [
        ("86.2", 3862, 4427, "87.237% (3,862 of 4,427)"),
        ("4.2", 435, 10486, "4.148% (435 of 10,486)"),  # rounds to 4.1
        ("64.0", 625, 978, "63.906% (625 of 978)"),  # 64, but not to one decimal
        ("13", 12499, 100000, "12.499% (12,499 of 100,000)"),  # just short of a half
    ],
)
def test_a_percentage_that_its_counts_do_not_give(
    check, published, numerator, denominator, expected
):
    row = cells(published, numerator=numerator, denominator=denominator, place="no. 5")
    (found,) = check("percentages_from_counts", [row])
    assert (found.found, found.expected) == (f"{published}%", expected)
    assert (found.check, found.severity) == ("percentage_from_counts", "contradiction")
    assert (found.measure_id, found.period) == ("children-in-county", "2022-23")
    assert (found.area, found.source, found.place) == ("Hertfordshire", "report", "no. 5")


@pytest.mark.parametrize(
    "row",
    [
        cells("70", numerator=1),
        cells("70", denominator=2),
        cells("70", numerator=1, denominator=0),
        cells(None, numerator=1, denominator=2, status="not_available"),
        cells("70", numerator=1, denominator=2, kind="change_percent"),
    ],
)
def test_without_both_counts_and_a_percentage_there_is_nothing_to_check(check, row):
    assert check("percentages_from_counts", [row]) == []


def test_counts_of_something_that_is_no_percentage_are_let_pass(check):
    row = cells("2", numerator=2, denominator=2)
    measures = {"children-in-county": {"unit": "number"}}
    assert check("percentages_from_counts", [row], measures) == []


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
    assert len(check("stated_changes", rows, plans=[plan])) == findings


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


# ------------------------------------------------------------------------------ totals and shares


WHOLE = {"special-places": {}, "special-places-in-all": {"sum_of": "special-places"}}


def total_of(total, *parts):
    rows = [
        cells(value, measure_id="special-places", period=period) for period, value in parts if value
    ]
    return [cells(total, measure_id="special-places-in-all", period="Apr 21 - Mar 23"), *rows]


def test_a_total_that_its_years_do_not_add_up_to(check):
    rows = total_of("237", ("2021-22", "117"), ("2022-23", "127"))
    (found,) = check("totals_of_parts", rows, WHOLE)
    assert (found.found, found.expected) == ("237", "244 (117 + 127)")
    assert found.measure_id == "special-places-in-all"


@pytest.mark.parametrize(
    "parts",
    [
        [("2021-22", "110"), ("2022-23", "127")],
        [("2021-22", "110"), ("2022-23", "127"), ("2020-21", "50"), ("2023-24", "50")],
        [],
    ],
)
def test_a_total_of_its_own_years_only_or_of_none(check, parts):
    assert check("totals_of_parts", total_of("237", *parts), WHOLE) == []


def test_a_total_is_not_made_of_another_areas_parts(check):
    rows = total_of("237", ("2021-22", "110"), ("2022-23", "127"))
    rows.append(cells("500", measure_id="special-places", period="2022-23", area="England"))
    assert check("totals_of_parts", rows, WHOLE) == []


SHARES = {name: {"shares_of": "family-assessments"} for name in ("others", "partners", "support")}


def shares(*values):
    return [
        cells(value, measure_id=name) for name, value in zip(SHARES, values, strict=False) if value
    ]


@pytest.mark.parametrize(
    ("values", "total", "missing"),
    [
        (("41", "54"), "95% (41% + 54%)", "5%"),
        (("33.3", "33.3", "33.2"), "99.8% (33.3% + 33.3% + 33.2%)", "0.2%"),
        (("60", "41.6"), "101.6% (60% + 41.6%)", "-1.6%"),
    ],
)
def test_shares_that_leave_something_out(check, values, total, missing):
    (found,) = check("shares_of_a_whole", shares(*values), SHARES)
    assert (found.found, found.expected, found.severity) == (total, "100%", "caution")
    assert found.explanation == f"{missing} of family assessments is not accounted for."


@pytest.mark.parametrize(
    "values",
    [
        ("46", "54"),
        ("33", "33", "33"),  # three whole numbers may lose 1.5 in rounding
        ("33.3", "33.3", "33.3"),
        ("45.5", "54.6"),  # 100.1: each may be half a tenth too high
        ("41",),  # one share alone says nothing of the rest
    ],
)
def test_shares_that_add_up_within_their_rounding(check, values):
    assert check("shares_of_a_whole", shares(*values), SHARES) == []


def test_shares_of_two_years_are_not_added_up(check):
    rows = shares("46", "54")
    rows.append(cells("50", measure_id="partners", period="2021-22"))
    assert check("shares_of_a_whole", rows, SHARES) == []


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


# --------------------------------------------------------------------------- limits, counts, words


BASED = {
    "met-locally": {"unit": "percent", "base_no_more_than": "in-mainstream"},
    "in-mainstream": {"unit": "number", "title": "In mainstream"},
}


@pytest.mark.parametrize(("base", "findings"), [("4318", 0), ("4319", 1), ("4427", 1)])
def test_a_base_is_no_larger_than_what_it_is_part_of(check, base, findings):
    rows = [
        cells("86.2", measure_id="met-locally", numerator="3862", denominator=base),
        cells("4318", measure_id="in-mainstream"),
    ]
    found = check("bases_that_exceed_their_limit", rows, BASED)
    assert len(found) == findings
    if found:
        assert found[0].expected == "at most 4,318 (in mainstream)"


ALIKE = {
    "in-county": {"unit": "percent", "of": "children looked after"},
    "moved-often": {"unit": "percent", "of": "children looked after"},
    "care-leavers-busy": {"unit": "percent", "of": "care leavers"},
}


@pytest.mark.parametrize(
    ("other", "base", "findings"),
    [
        ("moved-often", "979", 1),
        ("moved-often", "978", 0),
        ("care-leavers-busy", "790", 0),  # another group
    ],
)
def test_the_same_group_counted_twice_on_one_day(check, other, base, findings):
    rows = [
        cells("63.9", measure_id="in-county", numerator="625", denominator="978"),
        cells("10.0", measure_id=other, numerator="98", denominator=base),
    ]
    found = check("bases_that_differ", rows, ALIKE)
    assert len(found) == findings
    if found:
        assert (found[0].found, found[0].severity) == ("979 children looked after", "caution")


LIMITED = {
    "contacted": {"unit": "number", "no_more_than": "attempts"},
    "attempts": {"unit": "number", "title": "Attempts to contact"},
}


@pytest.mark.parametrize(("value", "findings"), [("1092", 0), ("1091", 0), ("1100", 1)])
def test_a_part_is_no_larger_than_its_whole(check, value, findings):
    rows = [cells(value, measure_id="contacted"), cells("1092", measure_id="attempts")]
    found = check("figures_that_exceed_their_limit", rows, LIMITED)
    assert len(found) == findings
    if found:
        assert (found[0].check, found[0].found) == ("exceeds_its_limit", "1,100")
        assert found[0].expected == "at most 1,092 (attempts to contact)"


def test_a_part_is_not_held_against_the_whole_of_another_year_or_area(check):
    rows = [
        cells("1100", measure_id="contacted"),
        cells("1092", measure_id="attempts", period="2021-22"),
        cells("1092", measure_id="attempts", area="England"),
    ]
    assert check("figures_that_exceed_their_limit", rows, LIMITED) == []


@pytest.mark.parametrize(
    ("numerator", "denominator"), [(42, 41), (-1, 41), (0, 0), (5, 0), (0, -1)]
)
def test_counts_that_cannot_be(check, numerator, denominator):
    row = cells("50", numerator=numerator, denominator=denominator)
    (found,) = check("figures_that_exceed_their_limit", [row])
    assert found.check == "impossible_counts"
    assert found.found == f"{numerator} of {denominator}"


def test_a_denominator_of_nothing_alone_cannot_be(check):
    (found,) = check("figures_that_exceed_their_limit", [cells("50", denominator=0)])
    assert found.check == "impossible_counts"


@pytest.mark.parametrize("row", [(0, 41), (41, 41)])
def test_none_and_all_are_counts_that_can_be(check, row):
    numerator, denominator = row
    row = cells("50", numerator=numerator, denominator=denominator)
    assert check("figures_that_exceed_their_limit", [row]) == []


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


# ----------------------------------------------------------------------------------------- titles


@pytest.mark.parametrize(
    ("title", "units", "promised"),
    [
        ("Number of records audited", ["percent"], "a number"),
        ("Numbers of young people", ["percent", "percent"], "a number"),
        ("Percentage of family outcomes", ["number"], "a percentage"),
        ("Proportion of schools", ["rate_per_10000"], "a percentage"),
        ("Quartile performance on the rate", ["rate_per_10000"], "a quartile"),
    ],
)
def test_a_title_that_promises_another_kind_of_figure(check, title, units, promised):
    measures = {f"m{number}": {"unit": unit} for number, unit in enumerate(units)}
    plan = plan_of(title, *({"measure": name} for name in measures))
    (found,) = titles(check, plan, measures)
    assert (found.check, found.expected) == ("title_and_figure", promised)
    assert (found.place, found.source) == ("no. 34", "report")
    assert f"“{title}”" in found.found


@pytest.mark.parametrize(
    ("title", "units"),
    [
        ("Number of records audited", ["number"]),
        ("Percentage of records audited", ["percent"]),
        ("Number and percentage of places", ["percent", "number"]),
        ("Number of places, and the share taken", ["percent", "number"]),
        ("Take-up of early education", ["percent"]),
        ("Numbering of ofsted visits", ["percent"]),
    ],
)
def test_a_title_that_keeps_its_promise_or_makes_none(check, title, units):
    measures = {f"m{number}": {"unit": unit} for number, unit in enumerate(units)}
    assert titles(check, plan_of(title, *({"measure": name} for name in measures)), measures) == []


def titles(check, plan, measures):
    """Run the one check that looks at definitions alone."""

    def run(table, definitions):
        return quality.titles_and_units(definitions)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quality, "only_definitions", run, raising=False)
        return check("only_definitions", [], measures, plans=[plan])


# ------------------------------------------------------------------------------- published arrows


def arrow(reproduced, direction="declining", printed="↑", latest=Decimal("70")):
    return {
        "reproduced": reproduced,
        "latest_value": latest,
        "direction": direction,
        "published_direction": printed,
        "measure_id": "m",
        "latest_period": "2022-23",
        "area": "Hertfordshire",
        "difference_reason": "Why.",
        "source": "report",
        "reference": "7a",
    }


@pytest.mark.parametrize(
    ("direction", "printed", "severity", "words"),
    [
        ("declining_within_margin", "↓", "contradiction", "within the margin"),
        ("not_comparable", "⇄", "caution", "Not comparable"),
        ("fell", "↔", "caution", "Fell"),
        ("rose", "N/A", "caution", "Rose"),
        ("no_change", "N/A", "caution", "No change"),
    ],
)
def test_an_arrow_that_the_rule_does_not_give(direction, printed, severity, words):
    table = pd.DataFrame([arrow("no", direction, printed)])
    (found,) = quality.published_arrows(table)
    assert (found.found, found.severity) == (printed, severity)
    assert words in found.expected
    assert found.place == "no. 7a, direction of travel"


def test_an_arrow_without_a_latest_figure_goes_against_the_reports_own_key():
    table = pd.DataFrame([arrow("no", "not_comparable", "⇄", latest=None)])
    assert [found.severity for found in quality.published_arrows(table)] == ["contradiction"]


@pytest.mark.parametrize("reproduced", ["yes", ""])
def test_an_arrow_that_the_rule_gives_or_that_was_not_printed(reproduced):
    assert list(quality.published_arrows(pd.DataFrame([arrow(reproduced)]))) == []


# ------------------------------------------------------------------------------ sources, revisions


def from_two(first, second, sources=("report", "july"), **both):
    published = {"report": date(2023, 10, 31), "july": JULY, "april": APRIL, "copy": JULY}
    return [
        cells(value, source=source, published=published[source], **both)
        for value, source in zip((first, second), sources, strict=True)
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [("203.40", "208.1"), ("213.1", "212.8"), ("36.1", "35"), ("36.4", "35.8")],
)
def test_two_publishers_that_differ_by_more_than_the_coarser_rounds(check, first, second):
    (found,) = check("sources_that_differ", from_two(first, second))
    assert (found.check, found.severity) == ("sources_differ", "contradiction")
    assert found.found.startswith(f"{first}% (A report)")
    assert found.expected.startswith(f"{second}% (July)")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("36.1", "36"),
        ("36.1", "36.0"),  # 36.0 among whole numbers only is taken as 36
        ("36.5", "36"),  # a half may be rounded either way
        ("36", "36.4"),
        ("8.6", "8.58"),
        ("8.6", "8.60"),
    ],
)
def test_two_publishers_that_differ_only_in_how_they_round(check, first, second):
    assert check("sources_that_differ", from_two(first, second)) == []


def test_a_source_that_gives_decimals_elsewhere_means_its_point_nought(check):
    finer = cells("35.7", source="july", published=JULY, period="2021-22")
    (found,) = check("sources_that_differ", [*from_two("36.1", "36.0"), finer])
    assert found.period == "2022-23"


def test_two_figures_that_differ_by_less_than_a_half_differ_where_both_sources_are_finer(check):
    rows = [*from_two("203.40", "208.1", period="2021-22"), *from_two("213.0", "212.8")]
    found = check("sources_that_differ", rows)
    assert [finding.period for finding in found] == ["2021-22", "2022-23"]


def test_a_source_that_gives_decimals_for_another_area_may_still_round_here(check):
    finer = cells("35.7", source="july", published=JULY, area="England")
    assert check("sources_that_differ", [*from_two("36.1", "36.0"), finer]) == []


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [("36", "35", ("36%", "35%")), ("6.20321", "6.20320", ("6.20321%", "6.20320%"))],
)
def test_a_later_edition_revises_even_by_a_hair(check, first, second, shown):
    (found,) = check("sources_that_differ", from_two(first, second, ("july", "april")))
    assert (found.check, found.severity) == ("revised_figure", "revision")
    assert (found.found, found.expected) == (f"{shown[0]} (July)", f"{shown[1]} (April)")


@pytest.mark.parametrize("second", ["36", "36.0", "36.000"])
def test_a_later_edition_that_only_writes_a_figure_otherwise_revises_nothing(check, second):
    assert check("sources_that_differ", from_two("36", second, ("july", "april"))) == []


@pytest.mark.parametrize(
    "other", [{"area": "England"}, {"period": "2021-22"}, {"breakdown": "population"}]
)
def test_sources_are_compared_for_the_same_figure_only(check, other):
    first, second = from_two("36", "30")
    assert check("sources_that_differ", [first, {**second, **other}]) == []


def test_three_sources_are_compared_each_with_the_one_before(check):
    rows = [*from_two("36.1", "35"), *from_two("35", "34", ("july", "april"))[1:]]
    kinds = [finding.check for finding in check("sources_that_differ", rows)]
    assert kinds == ["sources_differ", "revised_figure"]


# ------------------------------------------------------------------------- same share, unlike bases


TWO = {"first": {}, "second": {}}


def twice(value="54.2", **second):
    return [
        cells(value, measure_id="first", place="no. 12"),
        cells(value, **{"measure_id": "second", "place": "no. 15", **second}),
    ]


def test_the_same_fine_percentage_for_two_measures(check):
    (found,) = check("same_share_twice", twice(), TWO)
    assert (found.check, found.severity) == ("same_share_twice", "caution")
    assert (found.measure_id, found.found) == ("second", "54.2% here and in no. 12")


@pytest.mark.parametrize(
    "second",
    [
        {"period": "2021-22"},
        {"area": "England"},
        {"source": "july"},
        {"breakdown": "population"},
        {"statement": "commentary"},
        {"numerator": 542, "denominator": 1000},
    ],
)
def test_the_same_percentage_of_something_else_or_with_counts_is_let_pass(check, second):
    assert check("same_share_twice", twice(**second), TWO) == []


def test_the_same_percentage_given_twice_for_one_measure_is_let_pass(check):
    assert check("same_share_twice", twice(measure_id="first"), TWO) == []


def test_whole_percentages_are_alike_too_often_to_be_called_out(check):
    assert check("same_share_twice", twice("54"), TWO) == []


def test_the_same_number_of_two_things_is_no_percentage(check):
    measures = {"first": {"unit": "number"}, "second": {"unit": "number"}}
    assert check("same_share_twice", twice("54.2"), measures) == []


@pytest.mark.parametrize(
    ("before", "now", "findings"),
    [(41, 456, 1), (100, 500, 1), (500, 100, 1), (100, 499, 0), (499, 100, 0), (0, 500, 0)],
)
def test_bases_at_least_five_times_each_other_and_those_just_under(check, before, now, findings):
    rows = [
        cells("80", period="2021-22", denominator=before),
        cells("70", period="2022-23", denominator=now),
    ]
    found = check("unlike_bases", rows)
    assert len(found) == findings
    if found:
        assert found[0].found == f"{before} in 2021-22, {now} in 2022-23"
        assert found[0].severity == "caution"


def test_bases_of_two_areas_or_measures_are_not_held_against_each_other(check):
    rows = [
        cells("80", period="2021-22", denominator=10),
        cells("70", period="2022-23", denominator=1000, area="England"),
        cells("70", period="2022-23", denominator=1000, measure_id="second"),
    ]
    assert check("unlike_bases", rows, {"children-in-county": {}, "second": {}}) == []


# ---------------------------------------------------------------------------------- all together


@pytest.fixture
def all_checks(observations_table, make_measure, make_source, make_definitions):
    """Run every check; the assessments of the report are given."""

    def run(rows, assessments):
        definitions = make_definitions(
            [make_measure("children-in-county")],
            [
                make_source("report"),
                make_source("july", publisher="A department", published=JULY),
                make_source("april", publisher="A department", published=APRIL),
            ],
        )
        return quality.data_quality(
            observations_table(*rows), definitions, pd.DataFrame(assessments)
        )

    return run


def test_contradictions_come_first_then_cautions_then_revisions(all_checks):
    rows = [
        *from_two("36", "35", ("july", "april"), period="2023-24"),
        cells("80", period="2021-22", denominator=10),
        cells("70", period="2022-23", numerator=1, denominator=1000),
    ]
    table = all_checks(rows, [arrow("no", "fell", "↔")])
    assert list(table["severity"]) == ["contradiction", "caution", "caution", "revision"]
    assert list(table["check"]) == [
        "percentage_from_counts",
        "published_arrow",
        "unlike_bases",
        "revised_figure",
    ]


def test_where_nothing_is_wrong_the_table_is_empty_and_keeps_its_columns(all_checks):
    table = all_checks([cells("70")], [arrow("yes")])
    assert len(table) == 0
    assert {"check", "measure_id", "period", "found", "expected", "severity"} <= set(table.columns)


def test_before_anything_was_published_there_is_nothing_to_find(all_checks):
    assert len(all_checks([], [arrow("yes")])) == 0


def test_every_check_has_words_for_its_caption():
    names = {
        "percentage_from_counts",
        "stated_change",
        "stated_difference",
        "total_of_parts",
        "shares_of_a_whole",
        "restated_figure",
        "exceeds_its_limit",
        "base_exceeds_its_limit",
        "bases_that_differ",
        "impossible_counts",
        "words_of_figure",
        "quarter_in_words",
        "title_and_figure",
        "published_arrow",
        "sources_differ",
        "revised_figure",
        "same_share_twice",
        "unlike_bases",
    }
    assert names == set(CHECKS)
