"""What a run remembers of the last: what counts as changed, and a manifest that is spoilt."""

import json
import shutil
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from helpers import manifest
from helpers.digests import digest
from helpers.manifest import (
    FORMAT,
    Executed,
    Inputs,
    Made,
    MadeEdition,
    MadePage,
    Manifest,
    is_prose,
    nothing_changed,
    packages,
    prose_digests,
    read_inputs,
    read_manifest,
    write_manifest,
)
from helpers.project import places
from helpers.reads import Read, Tables

INPUTS = Inputs(
    definitions={"areas.yml": "d1"},
    figures={"sources/report/figures.csv": "f1"},
    helpers={"cli.py": "h1"},
    packages={"pandas": "2.0"},
    notebooks={"index": "n1"},
    prose={},
    commit={"id": "abc", "changed": False},
)
REQUEST = {"project": "/project", "quarter": None, "area": None, "engine": "waggle"}
READ = Read("2025-26-q1/assessments", "Beeshire", "reference", "1")


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def where(tmp_path):
    return places(tmp_path / "project")


@pytest.fixture
def made(where):
    """Make an account by hand, small as can be; return its manifest."""
    table = write(
        where.processed / "2025-26-q1" / "assessments.csv", "area,reference\nBeeshire,1\n"
    )
    output = write(where.pages / "index.ipynb", "{}")
    data = write(where.pages / "data" / "record.json", "{}")
    page = write(where.site / "index.html", "<p>Bees</p>")
    opened = write(where.pages.parent / "notebooks" / "words.txt", "Honey.")
    read = [*READ, Tables(where.processed).digest(READ)]
    executed = Executed("m1", [read], {str(opened): digest(opened)}, digest(output))
    own = write(where.pages / "indicators" / "hive" / "1.qmd", "Bees.")
    own_page = MadePage("p1", [read], {"hive/1.qmd": digest(own)})
    feed = write(where.pages / "feed.xml", "<feed/>")
    listed = write(where.processed / "2025-26-q1" / "editions.csv", "quarter\n2025-26 Q1\n")
    edition = MadeEdition(
        {"index": executed},
        Made("d1", {"record.json": digest(data)}),
        {},
        indicators={"hive/1": own_page},
        beside={"feed.xml": digest(feed)},
    )
    tables = {"2025-26-q1": Made("t1", {"assessments.csv": digest(table)})}
    site = {"index.html": digest(page)}
    lists = {"2025-26-q1/editions.csv": digest(listed)}
    return Manifest(dict(REQUEST), INPUTS, tables, {"": edition}, site, lists=lists)


# ------------------------------------------------------------------------------- written and read


def test_a_manifest_is_read_as_it_was_written(where, made):
    write_manifest(made, where)
    assert read_manifest(where) == made
    assert [path.name for path in where.workshop.iterdir()] == ["manifest.json"]


def test_a_manifest_of_a_run_that_ended_early_has_no_inputs(where, made):
    write_manifest(replace(made, inputs=None), where)
    assert read_manifest(where).inputs is None


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "no JSON",
        "null",
        "[]",
        "{}",
        '{"format": 1}',
        b"\xff\xfe",
        # Of an older or a newer program; with an entry too few, and one too many.
        lambda entries: entries | {"format": FORMAT + 1},
        lambda entries: {name: value for name, value in entries.items() if name != "site"},
        lambda entries: entries | {"inputs": {"definitions": {}}},
        lambda entries: entries | {"tables": {"2025-26-q1": {"made": "t1"}}},
        lambda entries: entries | {"editions": []},
    ],
)
def test_a_manifest_that_cannot_be_read_counts_for_nothing(where, made, text):
    write_manifest(made, where)
    path = where.workshop / "manifest.json"
    if text is None:
        path.unlink()
    elif callable(text):
        path.write_text(json.dumps(text(json.loads(path.read_text()))))
    else:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    assert read_manifest(where) == Manifest()


def test_a_manifest_that_is_cut_off_at_any_place_counts_for_nothing(where, made):
    write_manifest(made, where)
    path = where.workshop / "manifest.json"
    whole = path.read_bytes()
    for length in range(0, len(whole), 97):
        path.write_bytes(whole[:length])
        assert read_manifest(where) == Manifest(), length


def test_a_folder_in_place_of_the_manifest_counts_for_nothing(where):
    (where.workshop / "manifest.json").mkdir(parents=True)
    assert read_manifest(where) == Manifest()


def test_a_manifest_that_cannot_be_written_whole_leaves_the_last_one(where, made, monkeypatch):
    write_manifest(made, where)
    monkeypatch.setattr("os.replace", lambda *names: (_ for _ in ()).throw(OSError("no room")))
    with pytest.raises(OSError, match="no room"):
        write_manifest(replace(made, site={}), where)
    assert read_manifest(where) == made


# -------------------------------------------------------------------------------- nothing changed


def test_where_nothing_changed_there_is_nothing_to_do(where, made):
    assert nothing_changed(made, REQUEST, INPUTS, where)


def test_without_a_last_run_there_is_something_to_do(where):
    assert not nothing_changed(Manifest(), {}, INPUTS, where)


@pytest.mark.parametrize("name", [*REQUEST])
def test_another_request_is_something_to_do(where, made, name):
    assert not nothing_changed(made, REQUEST | {name: "another"}, INPUTS, where)


@pytest.mark.parametrize("name", [*asdict(INPUTS)])
def test_any_other_input_is_something_to_do(where, made, name):
    changed = replace(INPUTS, **{name: getattr(INPUTS, name) | {"another": "x"}})
    assert not nothing_changed(made, REQUEST, changed, where)
    assert not nothing_changed(made, REQUEST, replace(INPUTS, **{name: {"x": "x"}}), where)


@pytest.mark.parametrize("change", [{"site": {}}, {"inputs": None}])
def test_a_run_that_ended_early_is_something_to_do(where, made, change):
    assert not nothing_changed(replace(made, **change), REQUEST, INPUTS, where)


OUTPUTS = [
    "data/processed/2025-26-q1/assessments.csv",
    "data/processed/2025-26-q1/editions.csv",
    "reports/index.ipynb",
    "reports/feed.xml",
    "reports/data/record.json",
    "reports/indicators/hive/1.qmd",
    "reports/site/index.html",
    "notebooks/words.txt",
]
ADDED = [
    *("reports/old.ipynb", "reports/data/old.csv", "reports/site/old.html", "reports/new.qmd"),
    *("reports/indicators/hive/1.csv", "reports/indicators/wasps/1.qmd"),
]


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_output_changed_missing_or_a_folder_is_something_to_do(where, made, name):
    path = where.pages.parent / name
    was = path.read_bytes()
    path.write_bytes(was + b" ")
    assert not nothing_changed(made, REQUEST, INPUTS, where)
    path.write_bytes(was)
    assert nothing_changed(made, REQUEST, INPUTS, where)
    path.unlink()
    assert not nothing_changed(made, REQUEST, INPUTS, where)
    path.mkdir()
    assert not nothing_changed(made, REQUEST, INPUTS, where)


@pytest.mark.parametrize("name", ADDED)
def test_a_file_among_the_outputs_is_something_to_do(where, made, name):
    write(where.pages.parent / name, "")
    assert not nothing_changed(made, REQUEST, INPUTS, where)


# ----------------------------------------------------------------------- does a notebook still hold


@pytest.fixture
def holds(where, made):
    """Say whether the notebook that was executed would come out the same."""

    def ask(made_from="m1", root=where.pages.parent):
        executed = made.editions[""].notebooks["index"]
        output = where.pages / "index.ipynb"
        folders = [root, root / "data" / "processed"]
        return executed.stands(made_from, output, Tables(where.processed), folders)

    return ask


def test_a_notebook_holds_while_what_it_was_made_from_and_read_is_the_same(holds, where):
    assert holds()
    assert not holds("m2")
    # A row that it did not read; then one that it did.
    table = where.processed / "2025-26-q1" / "assessments.csv"
    table.write_text(table.read_text() + "Beeshire,2\n")
    assert holds()
    table.write_text(table.read_text() + "Beeshire,1\n")
    assert not holds()


@pytest.mark.parametrize("name", ["reports/index.ipynb", "notebooks/words.txt"])
@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_text("Other.")])
def test_a_notebook_does_not_hold_if_its_output_or_a_file_it_opened_changed(
    holds, where, name, spoil
):
    spoil(where.pages.parent / name)
    assert not holds()


def test_a_file_opened_where_the_project_was_before_says_nothing_of_a_copy(holds, where, tmp_path):
    copy = shutil.copytree(where.pages.parent, tmp_path / "copy")
    assert not holds(root=copy)


def test_an_own_page_stands_while_its_files_and_what_it_read_are_the_same(where, made):
    page, folder = made.editions[""].indicators["hive/1"], where.pages / "indicators"

    def stands(made_from="p1"):
        return page.stands(made_from, folder, Tables(where.processed))

    assert stands() and not stands("p2")
    table = where.processed / "2025-26-q1" / "assessments.csv"
    was = table.read_text()
    table.write_text(was + "Beeshire,2\n")
    assert stands()
    table.write_text(was + "Beeshire,1\n")
    assert not stands()
    table.write_text(was)
    (folder / "hive" / "1.qmd").write_text("Wasps.")
    assert not stands()


def test_a_group_of_files_stands_while_each_is_as_it_was_made(tmp_path):
    path = write(tmp_path / "a.csv", "1")
    group = Made("t1", {"a.csv": digest(path)})
    assert group.stands("t1", tmp_path)
    assert not group.stands("t2", tmp_path)
    assert not group.stands("t1", tmp_path / "elsewhere")
    path.write_text("2")
    assert not group.stands("t1", tmp_path)


# ----------------------------------------------------------------------------------------- inputs


@pytest.fixture
def project(tmp_path):
    root = tmp_path / "inputs"
    for name in (
        "data/raw/areas.yml",
        "data/raw/README.md",
        "data/raw/sources/report/figures.csv",
        "data/raw/sources/report/directions.csv",
        "data/raw/plans/plan/figures.yml",
        "notebooks/index.ipynb",
        "notebooks/words.txt",
        "reports/about.qmd",
        "reports/_quarto.yml",
        "reports/images/bee.svg",
        "reports/index.ipynb",
        "reports/data/assessments.csv",
        "reports/indicators/hive/1.qmd",
        "reports/site/about.html",
        "reports/2023-24-q4/about.qmd",
    ):
        write(root / name, name)
    return root


def test_the_inputs_of_a_run_by_their_kind(project):
    inputs = read_inputs(project)
    assert list(inputs.definitions) == [
        "areas.yml",
        "plans/plan/figures.yml",
        "sources/report/directions.csv",
    ]
    assert list(inputs.figures) == ["sources/report/figures.csv"]
    assert list(inputs.notebooks) == ["index"]
    assert list(inputs.prose) == ["_quarto.yml", "about.qmd", "images/bee.svg"]
    assert inputs.notebooks["index"] == digest(project / "notebooks" / "index.ipynb")
    assert {"cli.py", "site/pages.py", "site/templates/styles.css"} & set(inputs.helpers)
    assert inputs.commit == {"id": "", "changed": False}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("data/raw/areas.yml", "definitions"),
        ("data/raw/sources/report/directions.csv", "definitions"),
        ("data/raw/plans/new/plan.yml", "definitions"),
        ("data/raw/sources/report/figures.csv", "figures"),
        ("notebooks/index.ipynb", "notebooks"),
        ("notebooks/new.ipynb", "notebooks"),
        ("reports/about.qmd", "prose"),
        ("reports/new/deeper.css", "prose"),
    ],
)
def test_a_file_changed_or_added_changes_the_inputs_of_its_kind_and_no_other(project, name, kind):
    before = asdict(read_inputs(project))
    write(project / name, "Other.")
    after = asdict(read_inputs(project))
    assert {each for each in before if before[each] != after[each]} == {kind}
    changed = kind in ("definitions", "helpers", "packages")
    assert (read_inputs(project).code != Inputs(**before).code) == changed


def test_what_runs_make_is_no_input(project):
    before = read_inputs(project)
    for name in (
        *("index.ipynb", "data/new.csv", "indicators/hive/2.qmd", "site/new.html"),
        "2025-26-q1/new.qmd",
    ):
        write(project / "reports" / name, "Other.")
    write(project / "data" / "processed" / "2025-26-q1" / "assessments.csv", "Other.")
    assert read_inputs(project) == before


def test_the_code_is_one_digest_of_definitions_source_and_packages():
    assert INPUTS.code != replace(INPUTS, helpers={"cli.py": "h2"}).code
    assert INPUTS.code != replace(INPUTS, packages={"pandas": "2.1"}).code
    assert INPUTS.code != replace(INPUTS, definitions={}).code
    # What every output depends on; the figures, notebooks and pages are for some.
    for name in ("figures", "notebooks", "prose", "commit"):
        assert INPUTS.code == replace(INPUTS, **{name: {}}).code


@pytest.mark.parametrize(
    ("name", "by_hand"),
    [
        ("about.qmd", True),
        ("_quarto.yml", True),
        ("images/site/bee.svg", True),
        ("data.qmd", True),
        ("site.css", True),
        ("2023-24-notes.qmd", True),
        ("index.ipynb", False),
        ("data/record.json", False),
        ("indicators/hive/1.qmd", False),
        ("indicators.qmd", True),
        ("site/index.html", False),
        ("site.new/index.html", False),
        ("site.old/styles.css", False),
        ("site_libs/quarto.js", False),
        (".quarto/index.json", False),
        ("index_files/figure.svg", False),
        ("feed.xml", False),
        ("images/feed.xml", True),
        ("2023-24-q4/about.qmd", False),
    ],
)
def test_what_of_the_reports_is_written_by_hand(name, by_hand):
    assert bool(is_prose(name)) == by_hand


def test_the_digests_of_prose_are_of_what_is_written_by_hand(project):
    assert prose_digests(project / "reports") == read_inputs(project).prose


# --------------------------------------------------------------------------------------- packages


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Put a folder of packages first; return a function that installs one there."""
    folder = tmp_path / "site-packages"
    folder.mkdir()
    monkeypatch.setattr(sys, "path", [str(folder), *sys.path])

    def install(name):
        (folder / name).mkdir()
        packages.cache_clear()
        return packages()

    yield install
    monkeypatch.undo()
    packages.cache_clear()


def test_packages_are_listed_with_their_versions_and_python(installed):
    found = installed("Honey_Comb-1.2.3.dist-info")
    assert found["honey-comb"] == "1.2.3"
    assert found["python"] == sys.version.split()[0].rstrip("+")
    assert found["pandas"] == __import__("pandas").__version__
    assert list(found) == sorted(found)


def test_an_upgraded_package_is_another_and_the_first_on_the_path_counts(installed, tmp_path):
    before = installed("bees-1.0.dist-info")
    (tmp_path / "site-packages" / "bees-1.0.dist-info").rmdir()
    after = installed("bees-1.1.dist-info")
    assert (before["bees"], after["bees"]) == ("1.0", "1.1")
    assert {name for name in before if before[name] != after[name]} == {"bees"}
    assert installed("pandas-0.1.dist-info")["pandas"] == "0.1"


def test_what_is_no_package_is_not_listed(installed):
    before = set(installed("bees"))
    assert set(installed("bees.libs")) == before
    assert "old-bees" in installed("old_bees-2.0.egg-info")


def test_a_folder_on_the_path_that_is_not_there_is_passed_over(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "path", [str(tmp_path / "gone" / "site-packages"), str(tmp_path)])
    packages.cache_clear()
    try:
        assert list(manifest.packages()) == ["python"]
    finally:
        packages.cache_clear()
