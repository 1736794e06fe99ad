"""The list of fields: that it says of every column of every table what it holds, and rightly."""

import csv
from datetime import date
from decimal import Decimal
from typing import get_args

import pytest

from helpers import wording
from helpers.assessment import SUMMARY_GROUPS
from helpers.definitions import Unit
from helpers.downloads.fields import in_words, tables
from helpers.milestones import STATUSES as PROMISES
from helpers.observations import KINDS, QUALIFIERS, STATEMENTS, STATUSES, read_table
from helpers.plans import Polarity, PolarityBasis
from helpers.wording import DIRECTIONS, MILESTONE_KINDS

NAMES = ["assessments", "observations", "milestones", "data_quality"]
NOW = "2026-27 Q2"

every_table = pytest.mark.parametrize("name", NAMES)


def test_every_table_that_a_run_makes_is_in_the_list(finished_small_project):
    made = finished_small_project / "data" / "processed" / "2025-26-q1"
    # The list of a site's quarters is for the run itself.
    names = {path.stem for path in made.glob("*.csv")} - {"editions"}
    assert sorted(tables()) == sorted(names) == sorted(NAMES)


@every_table
def test_every_column_is_described_in_the_order_of_the_file(real_tables, name):
    with (real_tables / "2026-27-q2" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert list(tables()[name].columns) == header


@every_table
def test_every_description_is_a_sentence_and_no_two_columns_share_a_heading(name):
    columns = tables()[name].columns
    for column, means in columns.items():
        assert means.means.endswith(".") and len(means.means.split()) > 1, column
        assert means.type in ("string", "integer", "number", "date"), column
        assert bool(means.unit) == (means.type == "number") or means.type == "integer", column
    headings = [means.name for means in columns.values()]
    assert len(set(headings)) == len(headings)


@every_table
def test_a_column_is_of_the_type_that_its_cells_are_read_as(real_tables, name):
    for slug in ("2022-23-q4", "2026-27-q2"):
        table = read_table(real_tables / slug / f"{name}.csv")
        for column, means in tables()[name].columns.items():
            found = {type(value) for value in table[column] if value is not None}
            if means.type == "number":
                assert found <= {Decimal}, column
            elif means.type == "date":
                assert found <= {date}, column
            else:
                assert not found & {date}, column
                assert means.type == "integer" or Decimal not in found, column


@every_table
def test_every_code_that_stands_in_a_table_is_listed(real_tables, name):
    for slug in ("2022-23-q4", "2024-25-q3", "2025-26-q2", "2026-27-q2"):
        table = read_table(real_tables / slug / f"{name}.csv")
        for column, means in tables()[name].columns.items():
            if means.values:
                assert set(table[column]) - {""} <= set(means.values), (slug, column)
            if means.required:
                assert "" not in set(table[column]), (slug, column)


@pytest.mark.parametrize(
    ("name", "column", "codes"),
    [
        ("assessments", "direction", DIRECTIONS),
        ("assessments", "summary_group", SUMMARY_GROUPS),
        ("assessments", "unit", get_args(Unit)),
        ("assessments", "polarity", get_args(Polarity)),
        ("assessments", "polarity_basis", get_args(PolarityBasis)),
        ("assessments", "evidence", wording.EVIDENCE),
        ("assessments", "latest_period_kind", wording.PERIOD_KINDS),
        ("observations", "period_kind", wording.PERIOD_KINDS),
        ("observations", "kind", KINDS),
        ("observations", "qualifier", QUALIFIERS),
        ("observations", "statement", STATEMENTS),
        ("observations", "status", [status for status in STATUSES if status]),
        ("milestones", "status", PROMISES),
        ("milestones", "kind", MILESTONE_KINDS),
    ],
)
def test_the_codes_are_all_those_that_the_program_can_write(name, column, codes):
    assert set(tables()[name].columns[column].values) == set(codes)


def test_codes_that_read_alike_in_yaml_stay_words():
    assert tables()["milestones"].columns["due_passed"].values == {"yes": "yes", "no": "no"}


def test_a_column_in_one_line_says_its_unit_and_its_codes():
    columns = tables()["assessments"].columns
    assert in_words(columns["latest_value"]).endswith("Unit: of the measure.")
    assert "floor: at least; ceiling: at most." in in_words(columns["target_kind"])
    assert in_words(columns["note"]) == columns["note"].means
