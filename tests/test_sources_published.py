"""Figures typed from a published document: what is read, and every mistake that is caught."""

import csv
from datetime import date
from decimal import Decimal

import pytest

from helpers.observations import COLUMNS as OBSERVATION_COLUMNS
from helpers.observations import KINDS, QUALIFIERS, STATEMENTS, STATUSES
from helpers.sources.published import COLUMNS, read

IN_COUNTY = "children-in-county"
RETURNED = "children-returned-home"


@pytest.fixture
def definitions(make_definitions, make_measure, make_source):
    measures = [
        make_measure(IN_COUNTY),
        make_measure(RETURNED, unit="number", decimals=0, year_type="financial"),
    ]
    return make_definitions(measures, [make_source()])


@pytest.fixture
def read_rows(definitions, write_figures):
    """Read rows that are given by what is special about them."""

    def read_them(*rows):
        lines = [[a_row(**row)[name] for name in COLUMNS] for row in rows]
        path = write_figures(COLUMNS, lines)
        return read(path, definitions.sources["report"], definitions)

    return read_them


@pytest.fixture
def read_text(definitions, write_figures):
    """Read a file that consists of just these bytes."""

    def read_it(content):
        path = write_figures([], [])
        path.write_bytes(content)
        return read(path, definitions.sources["report"], definitions)

    return read_it


def a_row(**changes):
    row = dict.fromkeys(COLUMNS, "") | {
        "measure_id": IN_COUNTY,
        "area": "Hertfordshire",
        "period": "March / Q4 2023",
        "value": "63.9",
        "place": "no. 1, latest data",
        "as_published": "63.9% (625/978)",
    }
    assert set(changes) <= set(row), "a misspelt column would test nothing"
    return row | changes


def only(problems):
    assert len(problems) == 1, problems
    return problems[0]


def place(row, column=""):
    return f"data/raw/sources/report/figures.csv, row {row}" + (column and f", column {column}")


# Good rows.


def test_a_row_becomes_a_row_of_the_tidy_table(read_rows):
    rows, problems = read_rows({"numerator": "625", "denominator": "978", "note": "ours"})
    assert problems == []
    assert rows == [
        {
            "measure_id": IN_COUNTY,
            "area": "Hertfordshire",
            "breakdown": "",
            "period": "31 March 2023",
            "period_kind": "date",
            "period_start": date(2023, 3, 31),
            "period_end": date(2023, 3, 31),
            "kind": "level",
            "against": "",
            "qualifier": "exact",
            "value": Decimal("63.9"),
            "numerator": Decimal(625),
            "denominator": Decimal(978),
            "status": "",
            "statement": "table",
            "published": date(2023, 10, 31),
            "source": "report",
            "place": "no. 1, latest data",
            "as_published": "63.9% (625/978)",
            "note": "ours",
        }
    ]
    assert set(rows[0]) == set(OBSERVATION_COLUMNS)


@pytest.mark.parametrize("written", ["67.4", "203.40", "213.0", "0", "3221196", "007"])
def test_numbers_are_kept_exactly_as_published(read_rows, written):
    cells = {"measure_id": RETURNED, "period": "2022-23", "denominator": ""}
    rows, problems = read_rows({**cells, "value": written, "numerator": written})
    assert problems == []
    assert rows[0]["value"] == Decimal(written)
    assert str(rows[0]["value"]) == str(Decimal(written))
    assert rows[0]["denominator"] is None


def test_a_period_is_read_by_the_year_type_of_the_rows_measure(read_rows):
    rows, problems = read_rows(
        {"measure_id": IN_COUNTY}, {"measure_id": RETURNED}, {"period": "2021/22"}
    )
    assert problems == []
    assert [row["period"] for row in rows] == ["31 March 2023", "2022-23", "31 March 2022"]


def test_a_stated_change_is_kept_with_the_period_it_is_measured_from(read_rows):
    rows, problems = read_rows(
        {
            "measure_id": RETURNED,
            "value": "22.3",
            "kind": "change_percent",
            "against": "March / Q4 2022",
            "statement": "commentary",
        }
    )
    assert problems == []
    assert (rows[0]["kind"], rows[0]["against"]) == ("change_percent", "2021-22")
    assert rows[0]["statement"] == "commentary"


def test_a_change_may_be_measured_from_a_target(read_rows):
    rows, problems = read_rows({"kind": "change_percent", "against": "target", "value": "3.4"})
    assert problems == [] and rows[0]["against"] == "target"


@pytest.mark.parametrize("kind", ["change_percent", "change_points"])
def test_a_change_whose_start_the_document_does_not_state_says_so(read_rows, kind):
    rows, problems = read_rows({"kind": kind, "against": "not stated", "value": "-50"})
    assert problems == []
    assert (rows[0]["against"], rows[0]["value"]) == ("not stated", Decimal(-50))


def test_a_change_from_a_stated_start_and_one_from_no_stated_start_are_two(read_rows):
    change = {"kind": "change_percent", "value": "-50"}
    rows, problems = read_rows(
        {**change, "against": "March / Q4 2022"}, {**change, "against": "not stated"}
    )
    assert problems == [] and len(rows) == 2


def test_a_difference_is_measured_from_another_area(read_rows):
    rows, problems = read_rows({"kind": "difference_points", "against": "England", "value": "2.5"})
    assert problems == [] and rows[0]["against"] == "England"


def test_a_figure_that_is_not_available_has_no_value(read_rows):
    rows, problems = read_rows({"value": "", "status": "not_available", "as_published": "N/A"})
    assert problems == []
    assert (rows[0]["value"], rows[0]["status"]) == (None, "not_available")


@pytest.mark.parametrize(
    ("column", "known"),
    [
        ("qualifier", QUALIFIERS),
        ("status", [status for status in STATUSES if status != "not_available"]),
        ("statement", STATEMENTS),
    ],
)
def test_every_known_word_is_accepted(read_rows, column, known):
    for word in known:
        rows, problems = read_rows({column: word})
        assert problems == []
        assert rows[0][column] == word


def test_a_figure_stated_twice_in_one_document_has_two_rows(read_rows):
    rows, problems = read_rows({"statement": "table"}, {"statement": "commentary"})
    assert problems == [] and len(rows) == 2


@pytest.mark.parametrize(
    "apart",
    [
        {"measure_id": RETURNED},
        {"area": "England"},
        {"breakdown": "population"},
        {"period": "March / Q4 2022"},
        {"kind": "unclear", "against": "March / Q4 2022"},
        {"kind": "change_points", "against": "March / Q4 2022"},
    ],
    ids=lambda apart: "-".join(apart),
)
def test_figures_of_something_else_are_not_duplicates(read_rows, apart):
    rows, problems = read_rows({}, apart)
    assert problems == [] and len(rows) == 2


def test_cells_are_stripped_and_empty_lines_skipped(read_text):
    header = ",".join(COLUMNS)
    line = f" {IN_COUNTY} , Hertfordshire ,, 31 March 2023 , 63.9 ,,,,,,,, no. 1 ,,"
    rows, problems = read_text(f"{header}\n\n{line}\n,,,,,,,,,,,,,,\n\n".encode())
    assert problems == []
    assert [(row["measure_id"], row["value"], row["place"]) for row in rows] == [
        (IN_COUNTY, Decimal("63.9"), "no. 1")
    ]


def test_columns_may_stand_in_any_order(definitions, write_figures):
    names = sorted(COLUMNS)
    path = write_figures(names, [[a_row()[name] for name in names]])
    rows, problems = read(path, definitions.sources["report"], definitions)
    assert problems == [] and rows[0]["value"] == Decimal("63.9")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_byte_order_mark_and_windows_line_ends_are_accepted(read_text, encoding, line_end):
    lines = [",".join(COLUMNS), f"{IN_COUNTY},Hertfordshire,,2023,63.9,,,,,,,,⇄ – é,,"]
    rows, problems = read_text((line_end.join(lines) + line_end).encode(encoding))
    assert problems == []
    assert (rows[0]["measure_id"], rows[0]["place"]) == (IN_COUNTY, "⇄ – é")


def test_a_file_with_only_a_header_has_lost_its_figures(read_rows):
    rows, problems = read_rows()
    assert rows == []
    assert [problem.found for problem in problems] == ["no row below the header"]


@pytest.mark.parametrize("value", ["0", "100", "100.0"])
def test_a_percentage_may_be_none_or_all(read_rows, value):
    assert read_rows({"value": value})[1] == []


@pytest.mark.parametrize(
    ("cells", "column", "found"),
    [
        ({"value": "639"}, "value", "639 is more than 100%"),
        ({"value": "-63.9"}, "value", "-63.9 is negative"),
        ({"period": "March / Q4 2032"}, "period", "31 March 2032 begins after the source was"),
        ({"numerator": "694", "denominator": "0"}, "denominator", "0"),
        ({"numerator": "-1", "denominator": "10"}, "numerator", "-1"),
    ],
)
def test_a_figure_that_cannot_be_is_caught(read_rows, cells, column, found):
    rows, problems = read_rows(cells)
    assert rows == []
    (problem,) = problems
    assert problem.place.endswith(f"row 2, column {column}")
    assert problem.found.startswith(found)


def test_a_stated_fall_of_more_than_100_percent_is_a_change_and_no_level(read_rows):
    cells = {"value": "-120", "kind": "change_points", "against": "March / Q4 2022"}
    assert read_rows(cells)[1] == []


# Mistakes in a cell.


@pytest.mark.parametrize("column", ["value", "numerator", "denominator"])
@pytest.mark.parametrize(
    "written",
    [
        "67.4%",
        "£3,221,196",
        "3,221,196",
        "nan",
        "NaN",
        "inf",
        "-Infinity",
        "N/A",
        "-",
        "67,4",
        "1 221",
        "1_221",
        "sixty",
        "63.9*",
    ],
)
def test_what_is_not_a_number_is_caught(read_rows, column, written):
    rows, problems = read_rows({}, {"period": "2022", column: written})
    problem = only(problems)
    assert problem.place == place(3, column)
    assert f"'{written}'" in problem.found and "not a number" in problem.found
    assert "67.4" in problem.remedy
    assert len(rows) == 1


def test_an_unknown_measure_is_caught_with_a_suggestion(read_rows):
    rows, problems = read_rows({"measure_id": "children-in-the-county"})
    problem = only(problems)
    assert rows == []
    assert problem.place == place(2, "measure_id")
    assert "'children-in-the-county'" in problem.found
    assert problem.remedy == f"did you mean '{IN_COUNTY}'?"


def test_an_unknown_measure_like_no_other_is_answered_with_the_known_ones(read_rows):
    problem = only(read_rows({"measure_id": "zzz"})[1])
    assert IN_COUNTY in problem.remedy and RETURNED in problem.remedy


def test_a_missing_measure_is_caught(read_rows):
    assert only(read_rows({"measure_id": ""})[1]).place == place(2, "measure_id")


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("Hertforshire", "did you mean 'Hertfordshire'?"),
        ("england", "did you mean 'England'?"),
        ("", "known: Hertfordshire, England, Statistical neighbours"),
    ],
)
def test_an_unknown_area_is_caught(read_rows, written, remedy):
    problem = only(read_rows({"area": written})[1])
    assert problem.place == place(2, "area")
    assert problem.found == f"unknown area '{written}'"
    assert problem.remedy == remedy


@pytest.mark.parametrize("written", ["a year ago", "", "31 February 2022", "Mar 22 - Jan 22"])
def test_an_unreadable_period_is_caught_with_the_measures_year_type(read_rows, written):
    problem = only(read_rows({"period": written})[1])
    assert problem.place == place(2, "period")
    assert f"'{written}'" in problem.found
    assert "at_31_march" in problem.remedy


@pytest.mark.parametrize(
    ("column", "written", "remedy"),
    [
        ("qualifier", "abuot", "did you mean 'about'?"),
        ("qualifier", "roughly", "known: exact, about, at_least, at_most"),
        ("kind", "change_percentage", "did you mean 'change_percent'?"),
        ("status", "provisonal", "did you mean 'provisional'?"),
        ("status", "N/A", "known: (empty), not_available, provisional, revised"),
        ("statement", "comentary", "did you mean 'commentary'?"),
    ],
)
def test_an_unknown_word_is_caught(read_rows, column, written, remedy):
    problem = only(read_rows({column: written})[1])
    assert problem.place == place(2, column)
    assert f"'{written}'" in problem.found
    assert problem.remedy == remedy


@pytest.mark.parametrize("status", ["", "provisional", "revised"])
def test_a_missing_value_is_caught_unless_it_is_not_available(read_rows, status):
    problem = only(read_rows({"value": "", "status": status})[1])
    assert problem.place == place(2, "value")
    assert problem.found == "no figure"
    assert "not_available" in problem.remedy


def test_a_value_that_is_said_to_be_not_available_is_caught(read_rows):
    rows, problems = read_rows({"value": "63.9", "status": "not_available"})
    assert rows == []
    assert only(problems).place.startswith(place(2))


@pytest.mark.parametrize("kind", ["change_percent", "change_points"])
@pytest.mark.parametrize("against", ["", "last year", "not given", "Not Stated"])
def test_a_change_from_no_readable_period_is_caught(read_rows, kind, against):
    problem = only(read_rows({"kind": kind, "against": against})[1])
    assert problem.place == place(2, "against")


@pytest.mark.parametrize("against", ["", "Englund", "2021-22", "not stated"])
def test_a_difference_from_no_known_area_is_caught(read_rows, against):
    problem = only(read_rows({"kind": "difference_points", "against": against})[1])
    assert problem.place == place(2, "against")


@pytest.mark.parametrize("against", ["March / Q4 2022", "not stated"])
def test_a_level_against_something_is_caught(read_rows, against):
    problem = only(read_rows({"against": against})[1])
    assert problem.place == place(2, "against")
    assert "kind" in problem.remedy


def test_every_kind_is_known(read_rows):
    against = {"level": "", "difference_points": "England"}
    for kind in KINDS:
        assert read_rows({"kind": kind, "against": against.get(kind, "2022")})[1] == []


# Stated changes and differences that cannot be.


NOT_LEVELS = [
    {"kind": "change_percent", "against": "March / Q4 2022"},
    {"kind": "change_points", "against": "March / Q4 2022"},
    {"kind": "difference_points", "against": "England"},
    {"kind": "unclear", "against": "March / Q4 2022"},
]


@pytest.mark.parametrize("cells", NOT_LEVELS, ids=lambda cells: cells["kind"])
@pytest.mark.parametrize("status", ["", "provisional", "not_available"])
def test_what_is_no_level_needs_a_number_whatever_its_status(read_rows, cells, status):
    rows, problems = read_rows({**cells, "value": "", "status": status})
    problem = only(problems)
    assert rows == []
    assert problem.place == place(2, "value")
    assert problem.found == f"no figure beside the kind {cells['kind']}"
    assert "not_available" not in problem.remedy


@pytest.mark.parametrize("against", ["March / Q4 2022", "not stated", "target"])
@pytest.mark.parametrize("value", ["-100.1", "-250"])
def test_a_fall_of_more_than_100_percent_is_caught(read_rows, against, value):
    rows, problems = read_rows({"kind": "change_percent", "against": against, "value": value})
    problem = only(problems)
    assert rows == []
    assert problem.place == place(2, "value")
    assert problem.found.startswith(f"{value}% is a fall")


@pytest.mark.parametrize("value", ["-100", "-100.0", "0", "250"])
def test_a_fall_to_nothing_and_a_rise_of_more_than_100_percent_can_be(read_rows, value):
    change = {"kind": "change_percent", "against": "March / Q4 2022", "value": value}
    assert read_rows(change)[1] == []


def test_an_unclear_fall_of_more_than_100_may_be_in_points(read_rows):
    change = {"kind": "unclear", "against": "March / Q4 2022", "value": "-120"}
    assert read_rows(change)[1] == []


@pytest.mark.parametrize("kind", ["change_percent", "change_points", "unclear"])
@pytest.mark.parametrize(
    ("against", "read_as"),
    [
        pytest.param("March / Q4 2023", "31 March 2023", id="the same period"),
        pytest.param("2022/23", "31 March 2023", id="the same period in another spelling"),
        pytest.param("March / Q4 2024", "31 March 2024", id="a later period"),
        pytest.param("1 April 2023", "1 April 2023", id="the day after"),
    ],
)
def test_a_change_from_no_earlier_period_is_caught(read_rows, kind, against, read_as):
    rows, problems = read_rows({"kind": kind, "against": against})
    problem = only(problems)
    assert rows == []
    assert problem.place == place(2, "against")
    assert problem.found == f"{read_as} is not before the row's period, 31 March 2023"


@pytest.mark.parametrize("kind", ["change_percent", "change_points", "unclear"])
def test_a_change_from_the_day_before_is_from_an_earlier_period(read_rows, kind):
    assert read_rows({"kind": kind, "against": "30 March 2023"})[1] == []


@pytest.mark.parametrize("cells", NOT_LEVELS, ids=lambda cells: cells["kind"])
def test_what_is_no_level_cannot_be_of_a_time_not_yet_begun_either(read_rows, cells):
    # The report was published on 31 October 2023.
    rows, problems = read_rows({**cells, "period": "1 November 2023"})
    problem = only(problems)
    assert rows == []
    assert problem.place == place(2, "period")
    assert problem.found.startswith("1 November 2023 begins after the source was published")


@pytest.mark.parametrize("cells", NOT_LEVELS, ids=lambda cells: cells["kind"])
def test_what_is_no_level_may_be_of_the_day_of_publication(read_rows, cells):
    assert read_rows({**cells, "period": "31 October 2023"})[1] == []


@pytest.fixture
def read_change_of_unit(make_definitions, make_measure, make_source, write_figures):
    """Read one row, a change by 5 of a measure in the given unit; return the problems."""

    def read_it(unit, kind):
        measures = [make_measure(IN_COUNTY, unit=unit)]
        definitions = make_definitions(measures, [make_source()])
        row = a_row(kind=kind, against="March / Q4 2022", value="5")
        path = write_figures(COLUMNS, [[row[name] for name in COLUMNS]])
        return read(path, definitions.sources["report"], definitions)[1]

    return read_it


@pytest.mark.parametrize("unit", ["percent", "percentage_points", "points"])
def test_percentages_and_points_can_change_by_points(read_change_of_unit, unit):
    assert read_change_of_unit(unit, "change_points") == []


@pytest.mark.parametrize("unit", ["number", "pounds", "days", "rate_per_10000", "rank"])
def test_a_change_by_points_of_what_has_none_is_caught(read_change_of_unit, unit):
    problem = only(read_change_of_unit(unit, "change_points"))
    assert problem.place == place(2, "kind")
    assert problem.found == f"change_points of a measure in {unit}"
    assert "change_percent" in problem.remedy


@pytest.mark.parametrize("kind", ["change_percent", "unclear"])
def test_a_number_can_change_in_percent_or_unclearly(read_change_of_unit, kind):
    assert read_change_of_unit("number", kind) == []


@pytest.mark.parametrize("area", ["Hertfordshire", "England"])
def test_a_difference_from_the_rows_own_area_is_caught(read_rows, area):
    rows, problems = read_rows({"kind": "difference_points", "area": area, "against": area})
    problem = only(problems)
    assert rows == []
    assert problem.place == place(2, "against")
    assert problem.found == f"'{area}' is the row's own area"


@pytest.mark.parametrize("against", ["", "target", "England", "last year", "Not stated"])
def test_an_unclear_change_from_no_readable_period_is_caught(read_rows, against):
    rows, problems = read_rows({"kind": "unclear", "against": against})
    assert rows == []
    assert only(problems).place == place(2, "against")


@pytest.mark.parametrize(
    ("against", "kept"), [("March / Q4 2022", "31 March 2022"), ("not stated", "not stated")]
)
def test_an_unclear_change_is_kept_with_the_period_it_is_measured_from(read_rows, against, kept):
    rows, problems = read_rows({"kind": "unclear", "against": against, "value": "14.4"})
    assert problems == [] and rows[0]["against"] == kept


# The same figure twice.


@pytest.mark.parametrize(
    "again",
    [
        pytest.param({}, id="the very same row"),
        pytest.param({"value": "64.0"}, id="with another value"),
        pytest.param({"period": "31st March 2023"}, id="with its period in another spelling"),
        pytest.param({"statement": "table", "kind": "level"}, id="with its defaults written out"),
        pytest.param({"place": "no. 1, previous data"}, id="from another place"),
    ],
)
def test_a_figure_given_twice_is_caught_with_both_row_numbers(read_rows, again):
    rows, problems = read_rows({"period": "2022"}, {}, {"area": "England"}, again)
    problem = only(problems)
    assert problem.place == place(5)
    assert "row 3" in problem.found and IN_COUNTY in problem.found
    assert len(rows) == 3


def test_a_change_from_one_period_in_two_spellings_is_a_duplicate(read_rows):
    change = {"kind": "change_points", "value": "-3.5"}
    problems = read_rows(
        {**change, "against": "March / Q4 2022"}, {**change, "against": "31 March 2022"}
    )[1]
    assert "row 2" in only(problems).found


# Mistakes in the shape of the file.


@pytest.mark.parametrize(("extra", "count"), [(["", "surplus"], 17), (["surplus"], 16)])
def test_too_many_cells_are_caught(definitions, write_figures, extra, count):
    good = [a_row()[name] for name in COLUMNS]
    path = write_figures(COLUMNS, [[*good, *extra], good])
    rows, problems = read(path, definitions.sources["report"], definitions)
    problem = only(problems)
    assert problem.place == place(2)
    assert f"{count} cells" in problem.found and "15" in problem.found
    assert "quotation marks" in problem.remedy
    assert len(rows) == 1


def test_too_few_cells_are_caught(read_text):
    header = ",".join(COLUMNS)
    rows, problems = read_text(f"{header}\n{IN_COUNTY},Hertfordshire\n".encode())
    assert rows == [] and "2 cells" in only(problems).found


def test_an_unquoted_comma_is_caught(read_text):
    header = ",".join(COLUMNS)
    line = f"{IN_COUNTY},Hertfordshire,,2023,63.9,,,,,,,,no. 1, latest data,63.9%,"
    problem = only(read_text(f"{header}\n{line}\n".encode())[1])
    assert "quotation marks" in problem.remedy


@pytest.mark.parametrize("missing", COLUMNS)
def test_a_missing_column_is_caught_by_name(definitions, write_figures, missing):
    names = [name for name in COLUMNS if name != missing]
    path = write_figures(names, [[a_row()[name] for name in names]])
    rows, problems = read(path, definitions.sources["report"], definitions)
    assert rows == []
    assert missing in only(problems).found


def test_a_misspelt_column_is_caught_with_a_suggestion(definitions, write_figures):
    names = ["qualifer" if name == "qualifier" else name for name in COLUMNS]
    path = write_figures(names, [list(a_row().values())])
    rows, problems = read(path, definitions.sources["report"], definitions)
    assert rows == []
    misspelt = only([problem for problem in problems if "unknown column" in problem.found])
    assert misspelt.place == place(1, "qualifer")
    assert misspelt.remedy == "did you mean 'qualifier'?"


def test_a_column_too_many_is_caught(definitions, write_figures):
    path = write_figures([*COLUMNS, "zzz"], [[*a_row().values(), "x"]])
    rows, problems = read(path, definitions.sources["report"], definitions)
    problem = only(problems)
    assert rows == []
    assert (problem.place, problem.remedy) == (place(1, "zzz"), "remove it")


def test_a_column_given_twice_is_caught(definitions, write_figures):
    path = write_figures([*COLUMNS, "value"], [[*a_row().values(), "64.0"]])
    rows, problems = read(path, definitions.sources["report"], definitions)
    assert rows == []
    assert "value" in only(problems).place + only(problems).found


def test_an_empty_file_is_caught(read_text):
    rows, problems = read_text(b"")
    assert rows == [] and "measure_id" in problems[0].found


def test_a_file_that_does_not_exist_is_caught(definitions):
    path = definitions.root / "data" / "raw" / "sources" / "report" / "figures.csv"
    rows, problems = read(path, definitions.sources["report"], definitions)
    problem = only(problems)
    assert rows == []
    assert problem.place == "data/raw/sources/report/figures.csv"
    assert problem.found == "the file does not exist"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_a_file_that_is_not_utf_8_is_caught(read_text, encoding):
    text = ",".join(COLUMNS) + f"\n{IN_COUNTY},Hertfordshire,,2023,63.9,,,,,,,,£ – é,,\n"
    rows, problems = read_text(text.encode(encoding))
    problem = only(problems)
    assert rows == []
    assert problem.found == "it is not UTF-8 text"
    assert "CSV UTF-8" in problem.remedy


def test_an_unclosed_quotation_mark_does_not_swallow_the_rows_below(read_text):
    # The mark opens the last cell, so that the number of cells is right whatever follows.
    lines = [
        ",".join(COLUMNS),
        f'{IN_COUNTY},Hertfordshire,,2023,63.9,,,,,,,,no. 1,63.9%,"a note',
        f"{IN_COUNTY},Hertfordshire,,2022,67.4,,,,,,,,no. 1,67.4%,",
        "",
    ]
    problems = read_text("\n".join(lines).encode())[1]
    assert len(problems) == 1


def test_a_line_break_within_a_cell_parts_its_words(read_rows):
    rows, problems = read_rows({"note": "first line\nsecond line"})
    assert problems == []
    assert rows[0]["note"].split() == ["first", "line", "second", "line"]


@pytest.mark.parametrize("sign", ["\u2028", "\x0b", "\x0c", "\x85"])
def test_an_unusual_sign_within_a_cell_does_not_cut_its_row(read_rows, sign):
    rows, problems = read_rows({"note": f"pasted{sign}from a document"})
    assert problems == []
    assert rows[0]["note"].startswith("pasted")
    assert rows[0]["note"].endswith("from a document")


# All at once.


def test_every_problem_of_a_file_is_listed_at_once(read_rows):
    rows, problems = read_rows(
        {"value": "67.4%", "area": "Herts", "qualifier": "roughly"},
        {},
        {"measure_id": "zzz", "value": "£5"},
        {"period": "a year ago", "value": "", "against": "2022"},
        {},
    )
    assert [problem.place for problem in problems] == [
        place(2, "area"),
        place(2, "qualifier"),
        place(2, "value"),
        place(4, "measure_id"),
        place(4, "value"),
        place(5, "value"),
        place(5, "period"),
        place(5, "against"),
        place(6),
    ]
    assert len(rows) == 1


def test_the_columns_of_the_file_are_the_ones_its_readers_are_told_of(write_figures):
    path = write_figures(COLUMNS, [])
    with path.open(encoding="utf-8") as file:
        assert next(csv.reader(file)) == [
            *("measure_id", "area", "breakdown", "period", "value", "numerator", "denominator"),
            *("kind", "qualifier", "against", "status", "statement"),
            *("place", "as_published", "note"),
        ]
