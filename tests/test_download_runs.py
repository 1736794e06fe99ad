"""Writing the files for download beside the notebooks: only where needed, and told if it fails."""

import pytest

from helpers import download_runs
from helpers.digests import digests_below
from helpers.download_runs import writing_downloads
from helpers.errors import RunError, WaggleError
from helpers.manifest import Made, MadeEdition, Manifest
from helpers.stages import Edition, downloads_made_from
from helpers.workers import Done, Lost, Step


def in_turn(do, jobs, workers, limits=None):
    """Do jobs in this process, as `work_through` does them in others."""
    for number, job in enumerate(jobs):
        yield Step(number, "begun")
        yield Done(number, do(job, lambda step: None))


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    monkeypatch.setattr(download_runs, "work_through", in_turn)


@pytest.fixture
def writing(small_project_tables, tmp_path):
    """Return a function that writes an edition's files, the edition, and its tables."""
    definitions, processed = small_project_tables
    quarter = definitions.quarter("2025-26 Q1")
    tables = {quarter.slug: Made("tables", {"a.csv": "1"})}
    edition = Edition("", quarter, "Beeshire", tmp_path / "pages")

    def write(last=None, processed=processed):
        staged = tmp_path / "staged"
        last = last or Manifest()
        with writing_downloads(definitions, [edition], tables, last, processed, staged) as finished:
            finished()
        return staged / "data"

    return write, edition, tables[quarter.slug]


def test_the_files_are_made_in_the_folder_of_the_run(writing):
    data = writing[0]()
    assert {"assessments.csv", "assessments.json", "workbook.xlsx", "datapackage.json"} <= {
        path.name for path in data.iterdir()
    }
    assert (data / "calculations").is_dir()


def test_files_that_would_come_out_the_same_are_not_made_again(writing):
    write, edition, tables = writing
    (edition.pages / "data").mkdir(parents=True)
    (edition.pages / "data" / "assessments.csv").write_text("as it was made")
    data = Made(downloads_made_from(tables, "Beeshire"), digests_below(edition.pages / "data"))
    last = Manifest(editions={"": MadeEdition(data=data)})
    assert not write(last).exists()
    (edition.pages / "data" / "assessments.csv").write_text("as somebody changed it")
    assert write(last).exists()


def test_another_area_or_other_tables_are_another_thing_to_make_files_from(writing):
    tables = writing[2]
    made = downloads_made_from(tables, "Beeshire")
    assert made != downloads_made_from(tables, "Meadowland")
    assert made != downloads_made_from(Made("tables", {"a.csv": "2"}), "Beeshire")
    assert made != downloads_made_from(Made("other", tables.files), "Beeshire")


def test_a_table_that_is_not_there_is_told(writing, tmp_path):
    with pytest.raises(WaggleError, match=r"assessments\.csv: No such file"):
        writing[0](processed=tmp_path / "nowhere")


def test_a_process_that_dies_is_told_with_the_quarter(writing, monkeypatch):
    def dying(do, jobs, workers, limits=None):
        yield Step(0, "2025-26 Q1")
        yield Lost(0, "2025-26 Q1", "its process died (SIGKILL)")

    monkeypatch.setattr(download_runs, "work_through", dying)
    with pytest.raises(RunError, match=r"download of 2025-26 Q1\n.*its process died") as raised:
        writing[0]()
    assert "--memory" in raised.value.problems[0].remedy


def test_a_process_that_is_lost_before_it_tells_of_anything_is_told_too(writing, monkeypatch):
    def lost(do, jobs, workers, limits=None):
        yield Lost(0, None, "its process died (SIGKILL)")

    monkeypatch.setattr(download_runs, "work_through", lost)
    with pytest.raises(RunError, match=r"download of the account\n.*its process died"):
        writing[0]()


def test_what_is_being_written_is_given_up_where_the_notebooks_fail(writing, monkeypatch):
    ended = []

    def endless(do, jobs, workers, limits=None):
        try:
            while True:
                yield Step(0, "begun")
        finally:
            ended.append(True)

    monkeypatch.setattr(download_runs, "work_through", endless)
    _, edition, tables = writing
    with (
        pytest.raises(KeyError),
        writing_downloads(None, [edition], {edition.quarter.slug: tables}, Manifest(), None, None),
    ):
        raise KeyError("a notebook")
    assert ended == [True]
