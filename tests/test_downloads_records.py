"""Tables as JSON: nothing of the CSV file is lost, and every field is explained."""

import json

from helpers.downloads.fields import Column, TableFields, tables
from helpers.downloads.records import as_json, cell, read_rows

COLUMNS = {
    "name": Column("Name", "What it is called."),
    "value": Column("Figure", "What it is.", "number", "days"),
    "rank": Column("Rank", "Its place.", "integer"),
    "way": Column("Way", "Where it goes.", values={"up": "up", "down": "down"}),
}
OF = TableFields("Waits", "One row a wait.", ("name",), COLUMNS)


def written(*rows):
    return json.loads(as_json([dict(zip(COLUMNS, row, strict=True)) for row in rows], OF, {}))


def test_a_number_keeps_every_digit_and_its_last_zero():
    digits = "-0.05192878338278931750741839763"
    table = written(["a", digits, "", ""], ["b", "10.0", "", ""], ["c", "6.272E-25", "", ""])
    assert [record["value"] for record in table["records"]] == [digits, "10.0", "6.272E-25"]


def test_a_whole_number_that_counts_is_a_number_and_an_empty_cell_is_nothing():
    (record,) = written(["", "", "3", ""])["records"]
    assert record == {"name": None, "value": None, "rank": 3, "way": None}
    assert cell("0", COLUMNS["rank"]) == 0


def test_every_field_says_what_it_means_its_unit_and_its_codes():
    fields = {field["name"]: field for field in written()["fields"]}
    assert fields["value"] == {
        "name": "value",
        "title": "Figure",
        "type": "number, written as text",
        "description": "What it is.",
        "unit": "days",
    }
    assert fields["way"]["values"] == {"up": "up", "down": "down"}
    assert "unit" not in fields["name"]


def test_a_table_without_rows_is_still_a_table():
    assert written()["records"] == []


def test_words_of_any_kind_come_back_as_they_are():
    text = 'He said: "n/a – ½",\nand left \\ it'
    (record,) = written([text, "", "", ""])["records"]
    assert record["name"] == text


def test_what_it_is_about_stands_before_the_records():
    table = json.loads(as_json([], OF, {"quarter": "2025-26 Q1", "area": "Beeshire"}))
    assert list(table) == ["title", "about", "quarter", "area", "fields", "records"]


def test_the_files_of_a_run_hold_the_same_cells_as_its_csv_files(finished_small_project):
    data = finished_small_project / "reports" / "data"
    for name, of in tables().items():
        rows = read_rows(data / f"{name}.csv")
        table = json.loads((data / f"{name}.json").read_text(encoding="utf-8"))
        back = [
            {key: "" if value is None else str(value) for key, value in record.items()}
            for record in table["records"]
        ]
        assert back == rows, name
        assert [field["name"] for field in table["fields"]] == list(of.columns)
        assert table["area"] == "Beeshire" and table["quarter"] == "2025-26 Q1"
    assert len(read_rows(data / "observations.csv")) == 43
