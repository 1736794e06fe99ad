"""Figures of DfE's Local Authority Interactive Tool: what is read, and what is caught."""

from datetime import date
from decimal import Decimal

import pytest

from helpers.observations import COLUMNS as OBSERVATION_COLUMNS
from helpers.sources.lait import COLUMNS, YEAR_TYPES, read

# What LAIT's year types mean for the year 2024, worked by hand.
YEARS_2024 = {
    ("Academic Year", "academic"): ("2023-09-01", "2024-08-31"),
    ("Financial Year", "financial"): ("2023-04-01", "2024-03-31"),
    ("Financial Year", "at_31_march"): ("2024-03-31", "2024-03-31"),
    ("Calendar Year", "calendar"): ("2024-01-01", "2024-12-31"),
    ("Annual", "at_31_march"): ("2024-03-31", "2024-03-31"),
    ("Annual", "financial"): ("2023-04-01", "2024-03-31"),
    ("Annual (end of Sept)", "year_to_september"): ("2023-10-01", "2024-09-30"),
    ("Annual (end of Sept)", "at_30_september"): ("2024-09-30", "2024-09-30"),
    ("Annual - January", "january"): ("2024-01-01", "2024-01-31"),
}


@pytest.fixture
def read_rows(make_definitions, make_measure, make_source, write_figures):
    """Read rows that are given by what is special about them."""
    source = make_source("lait-2026-04-08", reader="lait", published=date(2026, 4, 8))

    def read_them(*rows, year_type="at_31_march"):
        measures = [
            make_measure("children-in-need", unit="points", lait_code="CIN", year_type=year_type),
            make_measure("absence", unit="points", lait_code="Absence", year_type="academic"),
            make_measure("not-in-lait"),
        ]
        definitions = make_definitions(measures, [source])
        lines = [[a_row(**row)[name] for name in COLUMNS] for row in rows]
        return read(write_figures(COLUMNS, lines, source.id), source, definitions)

    return read_them


def a_row(**changes):
    row = {
        "edition": "2026-04-08",
        "lait_code": "CIN",
        "title": "Children in Need rate per 10,000",
        "unit": "Rate per 10,000",
        "polarity": "-",
        "year_type": "Annual",
        "year": "2024",
        "area": "Hertfordshire",
        "value": "203.40",
    }
    assert set(changes) <= set(row), "a misspelt column would test nothing"
    return row | changes


def only(problems):
    assert len(problems) == 1, problems
    return problems[0]


def place(row, column=""):
    name = f"data/raw/sources/lait-2026-04-08/figures.csv, row {row}"
    return name + (column and f", column {column}")


# Good rows.


def test_a_row_becomes_a_row_of_the_tidy_table(read_rows):
    rows, problems = read_rows({})
    assert problems == []
    assert rows == [
        {
            "measure_id": "children-in-need",
            "area": "Hertfordshire",
            "breakdown": "",
            "period": "31 March 2024",
            "period_kind": "date",
            "period_start": date(2024, 3, 31),
            "period_end": date(2024, 3, 31),
            "kind": "level",
            "against": "",
            "qualifier": "exact",
            "value": Decimal("203.40"),
            "numerator": None,
            "denominator": None,
            "status": "",
            "statement": "table",
            "published": date(2026, 4, 8),
            "source": "lait-2026-04-08",
            "place": "series CIN, 2024",
            "as_published": "203.40",
            "note": "",
        }
    ]
    assert set(rows[0]) == set(OBSERVATION_COLUMNS)
    assert str(rows[0]["value"]) == "203.40"


@pytest.mark.parametrize(("lait_year_type", "year_type"), YEARS_2024)
def test_a_year_is_what_laits_year_type_says(read_rows, lait_year_type, year_type):
    rows, problems = read_rows({"year_type": lait_year_type}, year_type=year_type)
    assert problems == []
    found = (rows[0]["period_start"].isoformat(), rows[0]["period_end"].isoformat())
    assert found == YEARS_2024[lait_year_type, year_type]


def test_every_year_type_of_lait_is_worked_by_hand_above():
    known = {(name, ours) for name, allowed in YEAR_TYPES.items() for ours in allowed}
    assert known == set(YEARS_2024)


@pytest.mark.parametrize(
    ("written", "exactly"),
    [
        ("0", "0"),
        ("-3.5", "-3.5"),
        ("13.0", "13.0"),
        ("9.3699999999999992", "9.3699999999999992"),
        ("4.798E-2", "0.04798"),
    ],
)
def test_a_figure_is_kept_exactly_as_lait_prints_it(read_rows, written, exactly):
    rows, problems = read_rows({"value": written})
    assert problems == []
    assert str(rows[0]["value"]) == exactly
    assert rows[0]["as_published"] == written


def years_of(*values, **changes):
    """Give a series' figures of 2015 on."""
    return [{"year": str(2015 + n), "value": value, **changes} for n, value in enumerate(values)]


def test_five_figures_or_more_without_decimals_are_whole_numbers(read_rows):
    rows, problems = read_rows(*years_of("36.0", "41.00", "0.0", "1E+2", "38"))
    assert problems == []
    assert [str(row["value"]) for row in rows] == ["36", "41", "0", "100", "38"]
    # What LAIT prints stays as it is.
    assert [row["as_published"] for row in rows] == ["36.0", "41.00", "0.0", "1E+2", "38"]


@pytest.mark.parametrize(
    "values",
    [
        # Four are too few to tell, and a missing one is none.
        ("36.0", "41.0", "50.0", "38.0"),
        ("36.0", "41.0", "50.0", "38.0", "-"),
        # One with a decimal, and all are published to one.
        ("36.0", "41.0", "50.0", "38.0", "37.0", "36.5"),
    ],
)
def test_fewer_figures_and_those_of_which_one_has_a_decimal_keep_theirs(read_rows, values):
    rows, problems = read_rows(*years_of(*values))
    assert problems == []
    known = [str(row["value"]) for row in rows if row["value"] is not None]
    assert known == [value for value in values if value != "-"]


def test_each_area_and_each_measure_is_a_series_of_its_own(read_rows):
    # England's mean has decimals; of the other measure there are four figures.
    whole = ("36.0", "41.0", "50.0", "38.0", "37.0")
    other = {"lait_code": "Absence", "year_type": "Academic Year"}
    rows, problems = read_rows(
        *years_of(*whole),
        *years_of("36.0", "41.0", "50.0", "38.0", "37.4", area="England"),
        *years_of("36.0", "41.0", "50.0", "38.0", **other),
    )
    assert problems == []
    found = {}
    for row in rows:
        found.setdefault((row["measure_id"], row["area"]), []).append(str(row["value"]))
    assert list(found.values()) == [
        ["36", "41", "50", "38", "37"],
        ["36.0", "41.0", "50.0", "38.0", "37.4"],
        ["36.0", "41.0", "50.0", "38.0"],
    ]


@pytest.mark.parametrize("written", ["-", "..", "c"])
def test_laits_signs_for_a_missing_figure_make_it_not_available(read_rows, written):
    rows, problems = read_rows({"value": written})
    assert problems == []
    assert (rows[0]["value"], rows[0]["status"]) == (None, "not_available")
    assert rows[0]["as_published"] == written


@pytest.mark.parametrize(
    ("year", "status"),
    [
        ("2024", ""),
        ("2024 (Rev)", "revised"),
        ("2024 (Revised)", "revised"),
        ("2024 (prov)", "provisional"),
        ("2024(Prov)", "provisional"),
        ("2024 (Final)", ""),
    ],
)
def test_a_bracket_after_the_year_is_the_figures_status(read_rows, year, status):
    rows, problems = read_rows({"year": year})
    assert problems == []
    assert (rows[0]["period"], rows[0]["status"]) == ("31 March 2024", status)
    assert rows[0]["place"] == f"series CIN, {year}"


def test_a_missing_figure_of_a_revised_year_is_not_available_not_revised(read_rows):
    rows, _ = read_rows({"year": "2024 (Rev)", "value": "-"})
    assert rows[0]["status"] == "not_available"


def test_three_years_together_are_one_span(read_rows):
    rows, problems = read_rows(
        {"lait_code": "Absence", "year_type": "Academic Year", "year": "2013/14-15/16"}
    )
    assert problems == []
    assert (rows[0]["period_start"], rows[0]["period_end"]) == (
        date(2013, 9, 1),
        date(2016, 8, 31),
    )


@pytest.mark.parametrize(
    "apart",
    [
        {"lait_code": "Absence", "year_type": "Academic Year"},
        {"area": "England"},
        {"year": "2023"},
    ],
    ids=lambda apart: "-".join(apart),
)
def test_figures_of_something_else_are_not_duplicates(read_rows, apart):
    rows, problems = read_rows({}, apart)
    assert problems == [] and len(rows) == 2


# Mistakes.


@pytest.mark.parametrize("written", ["nan", "inf", "67.4%", "£5", "1,221", "z", "x", "low", "N/A"])
def test_what_is_not_a_number_is_caught(read_rows, written):
    rows, problems = read_rows({"value": written})
    problem = only(problems)
    assert rows == []
    assert problem.place == place(2, "value")
    assert f"'{written}'" in problem.found


def test_an_empty_value_is_caught_lait_prints_a_dash(read_rows):
    rows, problems = read_rows({"value": ""})
    problem = only(problems)
    assert rows == []
    assert problem.place == place(2, "value")
    assert "-" in problem.remedy


def test_an_unknown_series_is_caught_with_a_suggestion(read_rows):
    rows, problems = read_rows({"lait_code": "CIN "}, {"lait_code": "Absense"})
    problem = only(problems)
    assert len(rows) == 1
    assert problem.place == place(3, "lait_code")
    assert problem.remedy == "did you mean 'Absence'?"


def test_a_measure_without_a_series_is_not_found_by_its_own_name(read_rows):
    assert only(read_rows({"lait_code": "not-in-lait"})[1]).place == place(2, "lait_code")


def test_an_unknown_area_is_caught(read_rows):
    problem = only(read_rows({"area": "Hertforshire"})[1])
    assert problem.place == place(2, "area")
    assert problem.remedy == "did you mean 'Hertfordshire'?"


@pytest.mark.parametrize("year", ["0", "", "24", "2024 (draft)"])
def test_an_unreadable_year_is_caught(read_rows, year):
    rows, problems = read_rows({"year": year})
    problem = only(problems)
    assert rows == []
    assert problem.place == place(2, "year")
    assert f"'{year}'" in problem.found


@pytest.mark.parametrize(
    ("lait_year_type", "year_type"),
    [
        ("Academic Year", "financial"),
        ("Financial Year", "academic"),
        ("Calendar Year", "financial"),
        ("Annual", "academic"),
        ("Annual (end of Sept)", "calendar"),
        ("Annual - January", "calendar"),
        ("Fiscal Year", "financial"),
        ("", "financial"),
    ],
)
def test_a_year_type_that_is_not_the_definitions_is_caught(read_rows, lait_year_type, year_type):
    rows, problems = read_rows({"year_type": lait_year_type}, year_type=year_type)
    problem = only(problems)
    assert rows == []
    assert problem.place == place(2, "year_type")
    assert f"'{lait_year_type}'" in problem.found
    assert "children-in-need" in problem.found and year_type in problem.found


@pytest.mark.parametrize(
    "again",
    [
        pytest.param({}, id="the very same row"),
        pytest.param({"value": "213.0"}, id="with another value"),
        pytest.param({"value": "-"}, id="without a value"),
        pytest.param({"year": "2024 (Rev)"}, id="revised within one edition"),
    ],
)
def test_a_figure_given_twice_in_one_edition_is_caught_with_both_row_numbers(read_rows, again):
    rows, problems = read_rows({"year": "2023"}, {}, again)
    problem = only(problems)
    assert problem.place == place(4)
    assert "row 3" in problem.found and "CIN" in problem.found
    assert len(rows) == 2


def test_every_problem_of_a_file_is_listed_at_once(read_rows):
    rows, problems = read_rows(
        {"area": "Herts", "value": "z"},
        {"lait_code": "zzz", "area": "Herts"},
        {"year_type": "Academic Year", "year": "0"},
        {},
        {},
    )
    assert [problem.place for problem in problems] == [
        place(2, "area"),
        place(2, "value"),
        place(3, "area"),
        place(3, "lait_code"),
        place(4, "year_type"),
        place(4, "year"),
        place(6),
    ]
    assert len(rows) == 1


def test_a_missing_column_is_caught(make_definitions, make_source, write_figures):
    source = make_source("lait-2026-04-08", reader="lait")
    names = [name for name in COLUMNS if name != "year_type"]
    path = write_figures(names, [[a_row()[name] for name in names]], source.id)
    rows, problems = read(path, source, make_definitions([], [source]))
    assert rows == []
    assert "year_type" in only(problems).found


def test_a_published_documents_columns_are_not_laits(make_definitions, make_source, write_figures):
    source = make_source("lait-2026-04-08", reader="lait")
    path = write_figures(["measure_id", "area", "period", "value"], [], source.id)
    problems = read(path, source, make_definitions([], [source]))[1]
    found = " ".join(problem.found + problem.place for problem in problems)
    for name in ("lait_code", "year_type", "measure_id", "period"):
        assert name in found
