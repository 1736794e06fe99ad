"""Checks of documents against one another: what each must find, and what it must let pass."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from quality_cases import APRIL, JULY, arrow, cells, from_two, plan_of, runner

from helpers.plans import Claim
from helpers.quality import documents


@pytest.fixture
def check(observations_table, make_measure, make_source, make_definitions):
    """Run one check over figures and definitions; return what it finds."""
    return runner(documents, observations_table, make_measure, make_source, make_definitions)


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


def test_the_short_titles_of_a_plan_that_serves_another_promise_nothing(check):
    plan = plan_of("Number of records audited", {"measure": "m"}, serves="another-plan")
    assert titles(check, plan, {"m": {"unit": "percent"}}) == []


def titles(check, plan, measures):
    """Run the one check that looks at definitions alone."""

    def run(table, definitions):
        return documents.titles_and_units(definitions)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(documents, "only_definitions", run, raising=False)
        return check("only_definitions", [], measures, plans=[plan])


# ------------------------------------------------------------------------------- published arrows


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
    (found,) = documents.published_arrows(table)
    assert (found.found, found.severity) == (printed, severity)
    assert words in found.expected
    assert found.place == "no. 7a, direction of travel"


def test_an_arrow_without_a_latest_figure_goes_against_the_reports_own_key():
    table = pd.DataFrame([arrow("no", "not_comparable", "⇄", latest=None)])
    assert [found.severity for found in documents.published_arrows(table)] == ["contradiction"]


@pytest.mark.parametrize("reproduced", ["yes", ""])
def test_an_arrow_that_the_rule_gives_or_that_was_not_printed(reproduced):
    assert list(documents.published_arrows(pd.DataFrame([arrow(reproduced)]))) == []


# ------------------------------------------------------------------------------ sources, revisions


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


def test_a_figure_in_running_text_is_held_against_the_official_one(check):
    quoted, official = from_two("54", "56.3")
    (found,) = check("sources_that_differ", [{**quoted, "statement": "commentary"}, official])
    assert (found.check, found.severity) == ("sources_differ", "contradiction")
    assert (found.found, found.expected) == ("54% (A report)", "56.3% (July)")


def test_where_a_source_gives_a_figure_twice_its_table_counts(check):
    table, official = from_two("36.1", "36")
    repeated = cells("39", statement="commentary", published=table["published"])
    assert check("sources_that_differ", [repeated, table, official]) == []
    assert check("sources_that_differ", [table, repeated, official]) == []


@pytest.mark.parametrize("kind", ["change_percent", "change_points", "unclear"])
def test_a_stated_change_is_not_held_against_a_figure(check, kind):
    stated, official = from_two("27", "56.3")
    assert check("sources_that_differ", [{**stated, "kind": kind}, official]) == []


# --------------------------------------------------------------------- comparisons of another year


def quoted(value, area="England", statement="commentary", **official):
    """Quote a figure for 2022-23, of which the department gives 50.3 before and 46.4 then."""
    return [
        cells(value, area=area, period="2022-23", statement=statement),
        cells("50.3", area=area, period="2021-22", source="july", published=JULY),
        cells("46.4", area=area, period="2022-23", source="july", published=JULY),
    ]


@pytest.mark.parametrize("value", ["50", "50.3"])
def test_a_comparison_quoted_with_the_figure_of_the_year_before(check, value):
    rows = quoted(value)
    (found,) = check("comparisons_of_another_year", rows)
    assert (found.check, found.severity) == ("comparison_of_another_year", "contradiction")
    assert found.found == f"{value}% for 2022-23"
    assert found.expected == "46.4% for 2022-23 (July)"
    assert found.explanation == "The figure quoted is the one of 2021-22: 50.3%."
    assert (found.area, found.source) == ("England", "report")
    # It is called out once, and not as two publishers that differ as well.
    assert check("sources_that_differ", rows) == []


@pytest.mark.parametrize("value", ["46.4", "46"])
def test_a_comparison_quoted_with_its_own_years_figure(check, value):
    assert check("comparisons_of_another_year", quoted(value)) == []
    assert check("sources_that_differ", quoted(value)) == []


@pytest.mark.parametrize("value", ["49", "51", "50.2"])
def test_a_comparison_that_is_neither_years_figure_only_differs(check, value):
    assert check("comparisons_of_another_year", quoted(value)) == []
    (found,) = check("sources_that_differ", quoted(value))
    assert found.check == "sources_differ"


def test_without_the_official_figure_of_the_year_before_it_only_differs(check):
    rows = [row for row in quoted("50") if row["value"] != Decimal("50.3")]
    assert check("comparisons_of_another_year", rows) == []
    assert len(check("sources_that_differ", rows)) == 1


def test_a_figure_of_our_own_area_that_is_last_years_still_differs(check):
    rows = quoted("50", area="Hertfordshire")
    found = check("comparisons_of_another_year", rows) + check("sources_that_differ", rows)
    assert len(found) == 1
    assert found[0].found.startswith("50%") and found[0].expected.startswith("46.4%")


def test_a_comparison_quoted_after_the_official_figure_came_out_is_found_too(check):
    quote, before, official = quoted("50")
    quote |= {"source": "report", "published": APRIL}
    rows = [quote, before, official]
    (found,) = check("comparisons_of_another_year", rows)
    assert found.source == "report" and found.found.startswith("50%")
    assert check("sources_that_differ", rows) == []


def test_a_revision_is_never_a_comparison_of_another_year(check):
    rows = [
        cells("50.3", area="England", period="2021-22", source="april", published=APRIL),
        *from_two("50.3", "46.4", ("july", "april"), area="England", period="2022-23"),
    ]
    assert check("comparisons_of_another_year", rows) == []
    (found,) = check("sources_that_differ", rows)
    assert found.check == "revised_figure"


# --------------------------------------------------------------------------------- what is claimed


@pytest.fixture
def claimed(make_definitions, make_source):
    """Find what documents claim otherwise; each claim is (document, value)."""

    def run(*claims, day=date(2026, 9, 30), subject="number of bees"):
        sources = [
            make_source("page", document="The page", published=APRIL),
            make_source("strategy", document="The strategy", published=APRIL),
            make_source("july", document="July", published=JULY),
        ]
        by_source = {}
        for place, (source, value) in enumerate(claims, 1):
            claim = Claim(
                subject=subject, value=value, place=f"page {place}", as_published=f"our {value}"
            )
            by_source.setdefault(source, []).append(claim)
        definitions = replace(make_definitions([], sources), claims=by_source)
        return list(documents.claims_that_differ(definitions, day))

    return run


def test_the_claim_that_most_places_do_not_share_is_found(claimed):
    (found,) = claimed(("strategy", "7"), ("strategy", "6"), ("page", "7"))
    assert (found.check, found.severity) == ("claims_that_differ", "contradiction")
    assert found.found == "number of bees: 6 (“our 6”)"
    assert found.expected.startswith("7")
    assert "page 1" in found.expected and "page 3" in found.expected
    assert (found.source, found.place) == ("strategy", "The strategy, page 2")


def test_one_document_can_contradict_itself(claimed):
    assert len(claimed(("strategy", "6"), ("strategy", "7"))) == 1


def test_two_that_stand_against_each_other_are_one_finding_with_both(claimed):
    (found,) = claimed(("page", "2031"), ("strategy", "2029"))
    years = re.findall(r"20\d\d", found.found)[:1] + re.findall(r"20\d\d", found.expected)[:1]
    assert sorted(years) == ["2029", "2031"]


def test_the_other_claim_is_quoted_with_its_document(claimed):
    (found,) = claimed(("page", "2031"), ("strategy", "2029"))
    assert "The page" in found.expected and "The strategy" in found.place


def test_three_that_all_differ_are_two_findings(claimed):
    assert len(claimed(("page", "5"), ("strategy", "6"), ("july", "7"))) == 2


@pytest.mark.parametrize("claims", [[], [("page", "7")], [("page", "7"), ("strategy", "7")]])
def test_claims_that_agree_or_stand_alone(claimed, claims):
    assert claimed(*claims) == []


@pytest.mark.parametrize(
    ("day", "findings"), [(date(2026, 4, 7), 0), (date(2026, 4, 8), 1), (date(2025, 7, 21), 0)]
)
def test_a_document_that_is_not_out_yet_claims_nothing(claimed, day, findings):
    assert len(claimed(("july", "6"), ("page", "7"), day=day)) == findings


def test_claims_on_two_subjects_are_not_held_against_each_other(make_definitions, make_source):
    claims = [
        Claim(subject=subject, value=value, place="-", as_published="-")
        for subject, value in (("first year", "2026"), ("last year", "2029"))
    ]
    definitions = replace(make_definitions([], [make_source("page")]), claims={"page": claims})
    assert list(documents.claims_that_differ(definitions, APRIL)) == []
