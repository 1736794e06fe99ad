"""The record of a quarter: complete, in order, and without anything of time and place."""

import json
import os
import shutil
import subprocess

import pytest

from helpers.digests import digest_of
from helpers.manifest import Inputs
from helpers.record import commit, record, write_record

INPUTS = Inputs(
    definitions={"areas.yml": "d1"},
    figures={"sources/report/figures.csv": "f1"},
    helpers={"cli.py": "h1", "site/pages.py": "h2"},
    packages={"pandas": "2.0", "python": "3.11.7"},
    notebooks={"index": "n1"},
    prose={"about.qmd": "p1"},
    commit={"id": "abc", "changed": False},
)
TABLES = {"assessments.csv": "t1", "observations.csv": "t2"}

needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """Make a checkout of one commit; return its folder and a function that calls git there."""
    root = tmp_path / "checkout"
    (root / "data" / "raw").mkdir(parents=True)
    (root / "data" / "raw" / "figures.csv").write_text("1\n")
    (root / "README.md").write_text("Bees.\n")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)

    def git(*arguments):
        settings = ("-c", "user.name=A Bee", "-c", "user.email=bee@example.org")
        command = ["git", "-C", str(root), *settings, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "First")
    return root, git


def test_a_record_lists_all_that_made_an_account():
    made = record("2025-26 Q1", "2025-07-31", "Beeshire", INPUTS, TABLES)
    about = made.pop("about")
    assert "byte for byte" in about
    assert made == {
        "parameters": {"quarter": "2025-26 Q1", "as_at": "2025-07-31", "area": "Beeshire"},
        "commit": {"id": "abc", "changed": False},
        "figures": {"sources/report/figures.csv": "f1"},
        "definitions": {"areas.yml": "d1"},
        "notebooks": {"index": "n1"},
        "pages": {"about.qmd": "p1"},
        "source_code": digest_of({"cli.py": "h1", "site/pages.py": "h2"}),
        "packages": {"pandas": "2.0", "python": "3.11.7"},
        "tables": TABLES,
    }


def test_a_record_is_written_for_people_and_alike_on_every_system(tmp_path):
    path = tmp_path / "new" / "folder" / "record.json"
    made = {"area": "Beeshire – Süd", "tables": {}}
    write_record(made, path)
    expected = '{\n  "area": "Beeshire – Süd",\n  "tables": {}\n}\n'
    assert path.read_bytes() == expected.encode("utf-8")
    write_record({"area": ""}, path)
    assert json.loads(path.read_text("utf-8")) == {"area": ""}


def test_outside_a_checkout_there_is_no_commit(tmp_path):
    assert commit(tmp_path) == {"id": "", "changed": False}


@needs_git
def test_the_commit_is_the_one_checked_out(checkout):
    root, git = checkout
    assert commit(root) == {"id": git("rev-parse", "HEAD"), "changed": False}
    assert len(commit(root)["id"]) in (40, 64)


@needs_git
def test_a_changed_or_added_input_differs_from_the_commit_and_other_files_do_not(checkout):
    root, git = checkout
    (root / "README.md").write_text("More bees.\n")
    assert commit(root)["changed"] is False
    figures = root / "data" / "raw" / "figures.csv"
    figures.write_text("2\n")
    assert commit(root)["changed"] is True
    git("commit", "-q", "-a", "-m", "Second")
    assert commit(root) == {"id": git("rev-parse", "HEAD"), "changed": False}
    (root / "notebooks").mkdir()
    (root / "notebooks" / "new.ipynb").write_text("{}")
    assert commit(root)["changed"] is True


@needs_git
def test_asking_for_the_commit_changes_nothing_in_the_checkout(checkout):
    root, _ = checkout
    # Of an index whose dates do not fit, git would write a fresh one.
    os.utime(root / "data" / "raw" / "figures.csv", (0, 0))
    index = (root / ".git" / "index").read_bytes()
    assert commit(root)["changed"] is False
    assert (root / ".git" / "index").read_bytes() == index


@needs_git
def test_a_checkout_without_any_commit_has_none(tmp_path):
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    assert commit(tmp_path)["id"] == ""


@needs_git
def test_a_folder_inside_another_checkout_is_none_itself(checkout):
    root, _ = checkout
    (root / "inner").mkdir()
    assert commit(root / "inner") == {"id": "", "changed": False}


@needs_git
def test_a_run_that_a_commit_hook_starts_asks_of_its_own_project(checkout, tmp_path, monkeypatch):
    root, git = checkout
    expected = git("rev-parse", "HEAD")
    # Git sets these for its hooks, of the checkout whose hook it is.
    subprocess.run(["git", "init", "-q", str(tmp_path / "other")], check=True)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other" / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "other"))
    assert commit(root) == {"id": expected, "changed": False}


def test_without_git_there_is_no_commit(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert commit(tmp_path) == {"id": "", "changed": False}
