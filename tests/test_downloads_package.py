"""The data package: that it is valid, says what is true, and would notice a table that is not."""

import json
import shutil

import pytest
from frictionless import Package

from helpers.downloads.package import LICENCE, data_package
from helpers.downloads.package import as_json as package_as_json
from helpers.stages import Edition, write_downloads


def problems_in(folder):
    report = Package(str(folder / "datapackage.json")).validate()
    return [error for task in report.tasks for error in task.errors] + list(report.errors)


@pytest.fixture
def data(finished_small_project, tmp_path):
    """Copy the small project's files for download."""
    return shutil.copytree(finished_small_project / "reports" / "data", tmp_path / "data")


def test_the_package_of_a_run_is_valid(data):
    assert problems_in(data) == []
    resources = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    assert {resource["path"] for resource in resources} == {p.name for p in data.glob("*.csv")}


def test_the_packages_of_the_real_tables_are_valid(real_definitions, real_tables, tmp_path):
    for quarter in real_definitions.quarters.quarters:
        data = tmp_path / quarter.slug
        data.mkdir()
        for path in (real_tables / quarter.slug).glob("*.csv"):
            shutil.copy(path, data)
        area = real_definitions.reporting_area
        edition = Edition("", quarter, area, data.parent)
        rows = (data / "assessments.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        own = [row for row in rows if row.startswith(("quarter,", f"{quarter.quarter},{area},"))]
        (data / "assessments.csv").write_text("".join(own), encoding="utf-8", newline="")
        package = data_package(data, "Account", edition.quarter, area, [])
        (data / "datapackage.json").write_text(package_as_json(package), encoding="utf-8")
        assert problems_in(data) == [], quarter.slug


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (",improving,", ",soaring,", "constraint"),
        ("Beeshire,hive-plan-2022-27,1,1,1,1,plan,", "Beeshire,,1,1,1,1,plan,", "constraint"),
        ("quarter,area,", "quarter,place,", "label"),
    ],
    ids=["a code that is none", "a cell that every row must have", "a column by another name"],
)
def test_a_table_that_is_not_as_described_is_noticed(data, old, new, found):
    path = data / "assessments.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    assert found in " ".join(error.type for error in problems_in(data))


def test_a_row_that_stands_twice_is_noticed(data):
    path = data / "milestones.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + text.splitlines(keepends=True)[-1], encoding="utf-8", newline="")
    assert "primary-key" in [error.type for error in problems_in(data)]


def test_it_names_the_licence_and_the_sources_published_by_the_quarters_date(data):
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    assert package["licenses"] == [LICENCE]
    assert LICENCE["title"] == "Open Government Licence v3.0"
    sources = {source["id"]: source for source in package["sources"]}
    assert sources["statistics-2025-06-19"]["published"] == "2025-06-19"
    assert all(source["licence"] for source in sources.values())
    assert package["as_at"] == "2025-07-31"


def test_a_source_published_later_is_not_named(finished_small_project):
    path = finished_small_project / "earlier" / "reports" / "data" / "datapackage.json"
    named = [source["id"] for source in json.loads(path.read_text(encoding="utf-8"))["sources"]]
    assert "hive-report-2022-23" in named and "statistics-2025-06-19" not in named


def test_every_field_is_described(data):
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        header = (data / resource["path"]).read_text(encoding="utf-8").splitlines()[0].split(",")
        assert [field["name"] for field in resource["schema"]["fields"]] == header
        assert all(field["description"] for field in resource["schema"]["fields"])


def test_the_downloads_of_an_area_are_of_that_area_alone(small_project_tables, tmp_path):
    definitions, processed = small_project_tables
    quarter = definitions.quarter("2025-26 Q1")
    edition = Edition("", quarter, "Meadowland", tmp_path)
    write_downloads(definitions, edition, processed, tmp_path / "data")
    records = json.loads((tmp_path / "data" / "assessments.json").read_text("utf-8"))["records"]
    assert {record["area"] for record in records} == {"Meadowland"}
