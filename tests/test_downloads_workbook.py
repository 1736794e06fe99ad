"""The workbook: one table a sheet, everything in words and explained, the same bytes every time."""

import os
import re
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from helpers.definition_files import read_definitions
from helpers.definitions import Quarter
from helpers.downloads.fields import tables
from helpers.downloads.records import read_rows
from helpers.downloads.sheets import SHEETS, column_of, readable, spelt_out
from helpers.downloads.workbook import write_workbook

NAMES = ["Cover", "Contents", "Notes", "Assessments", "Observations", "Promises", "Data quality"]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
QUARTER = Quarter(quarter="2025-26 Q1", as_at=date(2025, 7, 31))


class Book:
    """A workbook's sheets, each a dictionary from a cell's address to its text or number."""

    def __init__(self, path):
        self.files = zipfile.ZipFile(path)
        shared = ElementTree.fromstring(self.files.read("xl/sharedStrings.xml"))
        texts = ["".join(item.itertext()) for item in shared]
        book = ElementTree.fromstring(self.files.read("xl/workbook.xml"))
        self.names = [sheet.get("name") for sheet in book.iter(f"{MAIN}sheet")]
        self.xml = {
            name: self.files.read(f"xl/worksheets/sheet{number}.xml").decode()
            for number, name in enumerate(self.names, start=1)
        }
        self.sheets = {name: self._cells(self.xml[name], texts) for name in self.names}

    def _cells(self, xml, texts):
        cells = {}
        for cell in ElementTree.fromstring(xml).iter(f"{MAIN}c"):
            value = cell.find(f"{MAIN}v")
            if value is not None:
                is_text = cell.get("t") == "s"
                cells[cell.get("r")] = texts[int(value.text)] if is_text else float(value.text)
        return cells

    def words(self, name):
        return " ".join(str(value) for value in self.sheets[name].values())


@pytest.fixture(scope="module")
def path(finished_small_project):
    return finished_small_project / "reports" / "data" / "workbook.xlsx"


@pytest.fixture(scope="module")
def book(path):
    return Book(path)


def test_there_is_a_cover_the_contents_the_notes_and_one_sheet_a_table(book):
    assert book.names == NAMES
    for name in NAMES[1:]:
        assert book.xml[name].count("<tablePart ") == 1, name
    assert "<tablePart " not in book.xml["Cover"]


def test_no_cells_are_merged_and_nothing_is_hidden(book):
    for name, xml in book.xml.items():
        assert "mergeCell" not in xml and "hidden=" not in xml, name


def test_every_heading_of_a_table_has_words_and_stands_once(book):
    found = 0
    for name in book.files.namelist():
        if re.match(r"xl/tables/table\d+\.xml", name):
            table = ElementTree.fromstring(book.files.read(name))
            headings = [column.get("name") for column in table.iter(f"{MAIN}tableColumn")]
            assert all(re.search("[A-Za-z]", heading) for heading in headings)
            assert len(set(headings)) == len(headings)
            found += 1
    assert found == len(NAMES) - 1


def test_every_note_that_a_heading_refers_to_is_explained_and_every_note_is_referred_to(book):
    shown = " ".join(book.words(name) for name in NAMES[3:])
    referred = {float(number) for number in re.findall(r"\[note (\d+)\]", shown)}
    listed = {v for k, v in book.sheets["Notes"].items() if k[0] == "A" and not isinstance(v, str)}
    assert referred == listed and len(listed) > 5


def test_the_contents_link_to_every_sheet_with_a_table(book):
    for name in NAMES[3:]:
        assert f"location=\"'{name}'!A1\"" in book.xml["Contents"] or (
            f'location="{name}!A1"' in book.xml["Contents"]
        ), name


def test_figures_are_numbers_and_what_there_is_none_of_says_so(book):
    sheet = book.sheets["Assessments"]
    (head,) = [address for address, value in sheet.items() if value == "Latest figure"]
    column, row = re.fullmatch(r"([A-Z]+)(\d+)", head).groups()
    below = [
        value
        for address, value in sheet.items()
        if (found := re.fullmatch(rf"{column}(\d+)", address)) and int(found[1]) > int(row)
    ]
    assert 56.0 in below and "[x]" in below
    assert {type(value) for value in below} == {float, str}
    assert {value for value in below if isinstance(value, str)} == {"[x]"}
    assert "[x] no such figure" in book.words("Assessments")


def test_codes_and_ids_are_shown_in_words(book):
    words = book.words("Assessments")
    assert "Plan for the Young Bees of Beeshire 2022-27" in words
    assert "lower is better" in words and "for every 10,000" in words
    assert "hive-plan-2022-27" not in words and "not_comparable" not in words
    assert "↑" not in book.words("Data quality")


def test_it_says_that_it_was_made_on_the_day_up_to_which_its_figures_count(book):
    core = book.files.read("docProps/core.xml").decode()
    assert set(re.findall(r">(\d{4}-[^<]*)<", core)) == {"2025-07-31T00:00:00Z"}
    assert {entry.date_time for entry in book.files.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def small_rows(root):
    data = Path(root) / "reports" / "data"
    return {name: read_rows(data / f"{name}.csv") for name in tables()}


WRITE = """
import sys
from pathlib import Path
from test_downloads_workbook import QUARTER, small_rows
from helpers.definition_files import read_definitions
from helpers.downloads.workbook import write_workbook
root, path = map(Path, sys.argv[1:])
of = read_definitions(root), QUARTER, "Beeshire", "Account of progress"
write_workbook(path, small_rows(root), *of)
"""


def test_the_same_tables_give_the_same_bytes_elsewhere_and_at_another_time(
    finished_small_project, path, tmp_path
):
    other = tmp_path / "another näme.xlsx"
    surroundings = {
        **os.environ,
        "PYTHONHASHSEED": "7",
        "TZ": "Pacific/Kiritimati",
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)]),
    }
    command = [sys.executable, "-c", WRITE, str(finished_small_project), str(other)]
    subprocess.run(command, check=True, env=surroundings, cwd=tmp_path)
    assert other.read_bytes() == path.read_bytes()


def test_a_table_without_rows_has_no_sheet_and_the_cover_says_so(finished_small_project, tmp_path):
    rows = small_rows(finished_small_project) | {"data_quality": []}
    definitions = read_definitions(finished_small_project)
    write_workbook(tmp_path / "w.xlsx", rows, definitions, QUARTER, "Beeshire", "Account")
    book = Book(tmp_path / "w.xlsx")
    assert book.names == NAMES[:-1]
    assert "There is no sheet Data quality: it would have no rows." in book.words("Cover")


def test_what_looks_like_a_formula_or_a_link_stays_what_was_printed(
    finished_small_project, tmp_path
):
    rows = small_rows(finished_small_project)
    first = rows["observations"][0]
    printed = {"as_published": "=1+1", "note": "https://example.org/figures", "place": "–"}
    rows["observations"] = [first | printed, *rows["observations"][1:]]
    definitions = read_definitions(finished_small_project)
    write_workbook(tmp_path / "w.xlsx", rows, definitions, QUARTER, "Beeshire", "Account")
    book = Book(tmp_path / "w.xlsx")
    values = book.sheets["Observations"].values()
    assert {"=1+1", "https://example.org/figures", "en dash"} <= set(values)
    assert "<f>" not in book.xml["Observations"] and "hyperlink" not in book.xml["Observations"]


def test_a_sheets_cell_is_a_number_a_date_in_words_or_words(finished_small_project):
    definitions = read_definitions(finished_small_project)
    sheet = SHEETS["Observations"]
    row = {"measure_id": "looked-after-rate", "value": "56.10", "published": "2025-06-19"}

    def cell(name, **more):
        return readable(row | more, name, column_of(sheet, name), definitions)

    assert cell("value") == 56.1
    assert cell("published") == "19 June 2025"
    assert cell("title") == "Children looked after"
    assert cell("unit", kind="level") == "for every 10,000"
    assert cell("unit", kind="change_percent") == "percent"
    assert cell("unit", kind="difference_points") == "percentage points"
    assert cell("unit", kind="unclear") == "[z]"
    assert cell("numerator", numerator="") == "[x]"
    assert cell("note", note="") == "[z]"


def test_signs_that_stand_alone_are_named():
    assert spelt_out("⇄") == "rightwards arrow over leftwards arrow"
    assert spelt_out("- -") == "hyphen-minus, hyphen-minus"
