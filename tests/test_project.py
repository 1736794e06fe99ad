"""Where the project's folder and its tables are."""

from pathlib import Path

import pytest

import helpers.project
from helpers.project import PROCESSED_VARIABLE, find_root, processed_folder

CHECKOUT = Path(helpers.project.__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path):
    quarters = tmp_path / "project" / "data" / "raw" / "quarters.yml"
    quarters.parent.mkdir(parents=True)
    quarters.write_text("")
    return tmp_path / "project"


@pytest.mark.parametrize("folder", ["", "notebooks", "data/raw/sources/a report"])
def test_the_root_is_found_from_itself_and_from_any_folder_below(project, folder):
    below = project / folder
    below.mkdir(parents=True, exist_ok=True)
    assert find_root(below) == project


def test_the_root_is_found_from_the_current_directory(project, monkeypatch):
    (project / "notebooks").mkdir()
    monkeypatch.chdir(project / "notebooks")
    assert find_root() == project


def test_the_root_is_found_from_a_relative_folder(project, monkeypatch):
    (project / "notebooks").mkdir()
    monkeypatch.chdir(project)
    assert find_root(Path("notebooks")) == project


def test_the_nearest_project_wins_where_one_stands_within_another(project):
    inner = project / "reports" / "copy"
    (inner / "data" / "raw").mkdir(parents=True)
    (inner / "data" / "raw" / "quarters.yml").write_text("")
    (inner / "notebooks").mkdir()
    assert find_root(inner / "notebooks") == inner


def test_a_folder_named_quarters_yml_does_not_make_a_project(project):
    inner = project / "reports"
    (inner / "data" / "raw" / "quarters.yml").mkdir(parents=True)
    assert find_root(inner) == project


def test_from_outside_any_project_the_root_is_the_checkout(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    root = find_root(elsewhere)
    assert root == CHECKOUT
    assert (root / "src" / "helpers" / "project.py").is_file()
    assert (root / "data" / "raw" / "quarters.yml").is_file()


def test_tables_are_the_projects_own_unless_a_run_says_otherwise(project, monkeypatch):
    monkeypatch.delenv(PROCESSED_VARIABLE, raising=False)
    assert processed_folder(project) == project / "data" / "processed"


def test_a_run_says_by_the_environment_where_its_tables_are(project, tmp_path, monkeypatch):
    monkeypatch.setenv(PROCESSED_VARIABLE, str(tmp_path / "elsewhere"))
    assert processed_folder(project) == tmp_path / "elsewhere"


def test_an_empty_environment_variable_counts_as_not_set(project, monkeypatch):
    monkeypatch.setenv(PROCESSED_VARIABLE, "")
    assert processed_folder(project) == project / "data" / "processed"
