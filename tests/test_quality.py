"""All checks together: their order, their names, and the words for each."""

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from quality_cases import APRIL, JULY, arrow, cells, from_two

from helpers import quality
from helpers.quality import data_quality
from helpers.wording import CHECKS

NAMES = {
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
    "comparison_of_another_year",
    "claims_that_differ",
    "two_readings",
    "baseline_of_another_kind",
}


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
        return data_quality(
            observations_table(*rows),
            definitions,
            pd.DataFrame(columns=["baseline_reason", "measure_id"]),
            pd.DataFrame(assessments),
            date(2026, 9, 30),
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
    assert set(CHECKS) == NAMES
    assert all(CHECKS.values()) and len(set(CHECKS.values())) == len(CHECKS)


def test_every_name_that_a_check_gives_has_words():
    folder = Path(quality.__file__).parent
    text = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    given = set(re.findall(r'(?:check=|finding_of\(\s*)"(\w+)"', text))
    # One check gives either of two names.
    assert given | {"revised_figure", "sources_differ"} == NAMES
    assert '"revised_figure" if revised else "sources_differ"' in text


def test_every_check_of_the_modules_is_among_those_that_are_run():
    source = Path(quality.__file__).read_text(encoding="utf-8")
    body = source[source.index("findings = [") :]
    for name in ("documents", "figures", "statements"):
        text = (Path(quality.__file__).parent / f"{name}.py").read_text(encoding="utf-8")
        checks = re.findall(r"^def ([a-z]\w+)\([^)]*\) -> Iterator\[Finding\]", text, re.MULTILINE)
        assert len(checks) > 3
        for check in checks:
            assert f"*{check}(" in body, check


def test_a_finding_on_a_baseline_comes_from_the_quarters_own_assessments(
    observations_table, make_definitions
):
    row = {
        "baseline_reason": "A month and a year.",
        "measure_id": "m",
        "latest_period": "July 2025",
        "latest_period_kind": "month",
        "area": "Hertfordshire",
        "latest_value": 58,
        "baseline_value": 15,
        "baseline_period": "2023",
        "source": "report",
        "place": "p",
    }
    definitions = make_definitions([])
    none = pd.DataFrame(columns=[*row, "reproduced"])
    table = observations_table()
    found = data_quality(table, definitions, pd.DataFrame([row]), none, APRIL)
    assert list(found["check"]) == ["baseline_of_another_kind"]
    assert data_quality(table, definitions, none, none, APRIL).empty
