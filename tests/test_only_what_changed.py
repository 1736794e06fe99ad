"""Runs after the first: only what changed is made again, and nothing that is made is ever stale.

Stale is what would have come out otherwise from a run that makes everything again.
"""

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_raw_cell

import helpers
from helpers.digests import digest_of, digests_below
from helpers.manifest import prose_digests, read_inputs
from helpers.notebook_runs import Job, Outcome
from helpers.progress import Summary
from helpers.reads import Tables
from helpers.stages import Task, execute

PROJECT = Path(__file__).parents[1]
SMALL_PROJECT = Path(__file__).parent / "small_project"
REPORT = "data/raw/sources/hive-report-2022-23"
EDITION = "data/raw/sources/statistics-2025-06-19/figures.csv"

OPEN = "from helpers.account import open_account\naccount = open_account(quarter, area)"
SHOW = "from IPython.display import HTML"
FIGURE = """
row = account.measure("4")
HTML(f"<p>{row['title']}: {row['latest_value']}</p>")
""".strip()
MAYBE = """
try:
    maybe = Path("perhaps.txt").read_text()
except OSError:
    maybe = "There is no such file."
HTML(f"<p>{maybe}</p>")
""".strip()
NOTEBOOKS = {
    "have-say": [f"{SHOW}\n\n{OPEN}", FIGURE],
    "looked-after": [
        f"from helpers.blocks import measure_block\n{OPEN}",
        'measure_block(account, "2")',
    ],
    # What a notebook need not do, and can: it opens files by itself.
    "by-itself": [
        f"from pathlib import Path\n\nimport pandas as pd\n{SHOW}",
        'HTML("<p>" + Path("words.txt").read_text() + "</p>")',
        'import beside\n\nHTML(f"<p>{beside.WORDS}</p>")',
        f'table = pd.read_csv("../{REPORT}/figures.csv")\n'
        'HTML(f"<p>The least: {table.value.min()}</p>")',
        MAYBE,
    ],
}
"""Beside the small project's own notebook, ``index``, which shows every measure of the plan."""

ALL = {"index", *NOTEBOOKS}

HIVE = "indicators/hive-plan-2022-27"
OWN_PAGES = {f"{HIVE}/{number}.html" for number in range(1, 6)} | {
    f"indicators/outcome-bees/happy-{number}.html" for number in range(1, 4)
}
PROSE = 6
"""Pages of prose: the small project's own, and one more."""


def write_notebook(root, name, cells):
    """Write a notebook with the parameters that every notebook has."""
    index = nbformat.read(SMALL_PROJECT / "notebooks" / "index.ipynb", as_version=4)
    parameters = next(c for c in index.cells if "parameters" in c.metadata.get("tags", []))
    cells = [new_raw_cell(f"---\ntitle: {name}\n---"), parameters, *map(new_code_cell, cells)]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    nbformat.write(
        new_notebook(cells=cells, metadata=index.metadata), root / "notebooks" / f"{name}.ipynb"
    )


def files_in(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def made_in(root):
    """Return all that runs make: tables, executed notebooks, files for download, the site."""
    tables = files_in(root / "data" / "processed")
    pages = files_in(root / "reports")
    return {
        **{name: text for name, text in tables.items() if not name.startswith(".waggle/")},
        **{f"reports/{name}": text for name, text in pages.items()},
    }


class Project:
    """The small project with some notebooks more, finished, in a place of its own."""

    _from_scratch: ClassVar = {}

    def __init__(self, root, call):
        self.root, self._call = root, call

    def __truediv__(self, name):
        return self.root / name

    def edit(self, name, old, new):
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"no {old!r} in {name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def run(self, *options, code=0):
        """Run, and return what was made: `executed` notebooks, `rendered` pages and so on."""
        answered, out, err = self._call(self.root, "run", "--json", *options)
        assert answered == code, err
        return told(out)

    def render(self):
        code, _, err = self._call(self.root, "render")
        assert code == 0, err

    def made(self):
        return made_in(self.root)

    def page(self, name):
        return (self.root / "reports" / "site" / f"{name}.html").read_text("utf-8")

    def pages_that_differ_from(self, made):
        site = self.root / "reports" / "site"
        names = {path.relative_to(site).as_posix(): path for path in site.rglob("*.html")}
        return {
            name
            for name, path in names.items()
            if made[f"reports/site/{name}"] != path.read_bytes()
        }

    def assert_made(self, expected):
        made = self.made()
        assert sorted(made) == sorted(expected)
        assert [name for name in made if made[name] != expected[name]] == []

    def assert_as_from_scratch(self):
        """What is there must be what a run that makes everything again would make.

        It is made once for all tests that come to the same inputs.
        """
        made = self.made()
        inputs = digest_of(
            [
                digests_below(self / "data" / "raw"),
                digests_below(self / "notebooks"),
                prose_digests(self / "reports"),
            ]
        )
        if inputs not in self._from_scratch:
            self.run("--again")
            self._from_scratch[inputs] = self.made()
        assert sorted(made) == sorted(self._from_scratch[inputs])
        assert [n for n in made if made[n] != self._from_scratch[inputs][n]] == []


def told(lines):
    """Return what a run told of itself."""
    events = [json.loads(line) for line in lines.splitlines()]
    summary = next((event for event in events if event["event"] == "summary"), {})
    executed, unchanged = (
        {name.partition("/")[2] for name in summary.get(kind, [])}
        for kind in ("executed", "unchanged")
    )
    return SimpleNamespace(
        nothing=not summary,
        said=[event["text"] for event in events if event["event"] == "said"],
        executed=executed,
        unchanged=unchanged,
        pages_made=summary.get("pages_made"),
        rendered=summary.get("rendered"),
        copied=summary.get("copied"),
    )


@pytest.fixture(scope="module")
def finished(finished_small_project, call, tmp_path_factory):
    """Run the project once, and keep a copy of it: (where it stood, the copy, what was made)."""
    root = tmp_path_factory.mktemp("changed") / "project"
    shutil.copytree(finished_small_project, root, ignore=shutil.ignore_patterns("earlier"))
    for name, cells in NOTEBOOKS.items():
        write_notebook(root, name, cells)
    (root / "notebooks" / "words.txt").write_text("Honey is sweet.")
    (root / "notebooks" / "beside.py").write_text('WORDS = "Wax is soft."\n')
    (root / "reports" / "more.qmd").write_text("---\ntitle: More\n---\n\nMore of it.\n")
    (root / "reports" / "styles.css").write_text("body { color: black }\n")
    config = root / "reports" / "_quarto.yml"
    config.write_text(config.read_text().replace("html:\n", "html:\n    css: styles.css\n"))
    code, _, err = call(root, "run")
    assert code == 0, err
    return root, shutil.copytree(root, root.with_name("kept")), made_in(root)


@pytest.fixture
def project(finished, call):
    """Put the finished project where it was made."""
    root, kept, _ = finished
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(kept, root)
    return Project(root, call)


# ---------------------------------------------------------------------------- only what changed


def test_a_run_after_which_nothing_changed_makes_nothing_and_says_so(project, finished):
    before = {p: p.stat().st_mtime_ns for p in project.root.rglob("*") if p.is_file()}
    ran = project.run()
    assert ran.nothing
    assert ran.said == [
        "Nothing changed since the last run, so nothing was made: "
        f"{project / 'reports' / 'site' / 'index.html'}"
    ]
    after = {p: p.stat().st_mtime_ns for p in project.root.rglob("*") if p.is_file()}
    assert after == before


def test_a_file_that_was_only_touched_has_not_changed(project):
    for path in (project / EDITION, project / "notebooks" / "index.ipynb"):
        os.utime(path, (2_000_000_000, 2_000_000_000))
    assert project.run().nothing


@pytest.mark.parametrize(
    ("name", "old", "new", "shown", "opened", "own"),
    [
        # Measure 2, the rate of the children looked after, in the latest year: 57 now.
        (
            EDITION,
            *("2025,Beeshire,56.0", "2025,Beeshire,57.0"),
            {"looked-after"},
            set(),
            {f"{HIVE}/2.html"},
        ),
        # Measure 4, whose direction turns; a notebook opens its file by itself, and shows another.
        # An Outcome Bee has it beside its first indicator, as official.
        (
            f"{REPORT}/figures.csv",
            *("March 2023,55", "March 2023,45"),
            {"index", "have-say"},
            {"by-itself"},
            {f"{HIVE}/4.html", "indicators/outcome-bees/happy-1.html"},
        ),
    ],
    ids=["of the statistics", "of the report"],
)
def test_a_changed_figure_executes_the_notebooks_that_show_it_and_renders_their_pages(
    project, finished, name, old, new, shown, opened, own
):
    project.edit(name, old, new)
    ran = project.run()
    # The page of all measures shows a direction or a new figure, whichever it is.
    assert ran.executed == shown | opened | {"index"}
    assert ran.unchanged == ALL - ran.executed
    changed = project.pages_that_differ_from(finished[2])
    assert changed == {f"{notebook}.html" for notebook in shown | {"index"}} | own
    assert ran.pages_made == len(own)
    pages = len(ALL) + PROSE + len(OWN_PAGES)
    assert (ran.rendered, ran.copied) == (len(changed), pages - len(changed))
    project.assert_as_from_scratch()


def test_a_figure_changed_and_changed_back_leads_back_to_what_was_there(project, finished):
    project.edit(EDITION, "2025,Beeshire,56.0", "2025,Beeshire,57.0")
    project.run()
    assert project.made() != finished[2]
    project.edit(EDITION, "2025,Beeshire,57.0", "2025,Beeshire,56.0")
    project.run()
    project.assert_made(finished[2])


# ----------------------------------------------------------- never stale: what a run reads changed


def test_a_changed_definition_executes_everything(project):
    project.edit("data/raw/measures/all.yml", "Children who have their say", "Bees with a voice")
    assert project.run().executed == ALL
    assert "Bees with a voice: 55" in project.page("have-say")
    assert "Bees with a voice" in project.page(f"{HIVE}/4")
    # An arrow of the report, which stands beside its figures.
    project.edit(f"{REPORT}/directions.csv", "4,↑", "4,↓")
    before = project.made()["reports/site/data/assessments.csv"]
    assert project.run().executed == ALL
    assert project.made()["reports/site/data/assessments.csv"] != before


def test_a_note_for_those_who_edit_the_figures_changes_nothing(project):
    (project / "data" / "raw" / "notes.md").write_text("Ask the bees about the figures of May.")
    assert project.run().nothing


def test_a_notebook_changed_added_and_removed(project, finished):
    project.edit("notebooks/have-say.ipynb", "</p>", " per cent</p>")
    ran = project.run()
    assert (ran.executed, ran.rendered) == ({"have-say"}, 1)
    assert "have their say: 55 per cent<" in project.page("have-say")

    write_notebook(project.root, "added", [SHOW, 'HTML("<p>Newly added.</p>")'])
    assert project.run().executed == {"added"}
    assert "Newly added." in project.page("added")

    (project / "notebooks" / "added.ipynb").unlink()
    ran = project.run()
    assert (ran.executed, ran.nothing) == (set(), False)
    assert sorted(project.made()) == sorted(finished[2])
    project.assert_as_from_scratch()


def test_pages_of_prose_changed_added_and_removed_execute_nothing(project, finished):
    def ran():
        ran = project.run()
        assert (ran.executed, ran.nothing) == (set(), False)
        return ran

    project.edit("reports/more.qmd", "More of it.", "Less of it.")
    assert ran().rendered == 1
    assert "Less of it." in project.page("more")

    (project / "reports" / "further.qmd").write_text("---\ntitle: Further\n---\n\nFar off.\n")
    ran()
    assert "Far off." in project.page("further")

    (project / "reports" / "more.qmd").unlink()
    ran()
    assert not (project / "reports" / "site" / "more.html").exists()

    project.edit("reports/styles.css", "black", "navy")
    assert ran().rendered == 0
    assert "navy" in (project / "reports" / "site" / "styles.css").read_text()

    project.edit("reports/_quarto.yml", "young bees of Beeshire", "bees of Beeshire")
    assert ran().copied == 0
    assert "How are the bees of Beeshire?" in project.page("index")
    project.assert_as_from_scratch()


def test_files_that_a_notebook_opens_by_itself_execute_it_again(project):
    def assert_shown(words):
        assert project.run().executed == {"by-itself"}
        assert words in project.page("by-itself")

    (project / "notebooks" / "words.txt").write_text("Honey is dear.")
    assert_shown("Honey is dear.")
    (project / "notebooks" / "beside.py").write_text('WORDS = "Wax is very soft."\n')
    assert_shown("Wax is very soft.")
    # Once more, for Python has compiled the module by now and may look no more at its source.
    (project / "notebooks" / "beside.py").write_text('WORDS = "Wax is not really soft."\n')
    assert_shown("Wax is not really soft.")
    (project / "notebooks" / "perhaps.txt").write_text("Now there is.")
    assert_shown("Now there is.")
    (project / "notebooks" / "perhaps.txt").unlink()
    assert_shown("There is no such file.")
    project.assert_as_from_scratch()


def test_what_a_notebook_opens_in_a_kernel_is_not_known_so_it_may_be_everything(project):
    job = Job(
        notebook=project / "notebooks" / "by-itself.ipynb",
        output=project / "reports" / "by-itself.ipynb",
        processed=project / "data" / "processed",
        parameters={},
        engine="kernel",
    )
    task = Task(SimpleNamespace(quarter=SimpleNamespace(quarter="2025-26 Q1")), job, "made from")
    inputs = read_inputs(project.root)
    (made,) = execute(
        [task],
        lambda jobs, tell: [Outcome(problem=None, reads=None) for _ in jobs],
        project.root,
        inputs,
        Tables(job.processed),
        lambda event: None,
        Summary(),
    )
    opened = {Path(name).relative_to(project.root).as_posix() for name in made.files}
    assert {"notebooks/words.txt", "notebooks/beside.py", f"{REPORT}/figures.csv"} <= opened
    assert ["2023-24-q4/observations", "", "", ""] in [read[:4] for read in made.reads]
    assert len(made.reads) == 9  # four tables of two quarters, and the list of the site's
    folders = [project.root, job.processed]
    assert made.stands("made from", job.output, Tables(job.processed), folders)
    (project / "notebooks" / "words.txt").write_text("Honey is dear.")
    assert not made.stands("made from", job.output, Tables(job.processed), folders)


def run_with(project, folder):
    """Run as a process of its own that finds its modules in a folder first."""
    called = subprocess.run(
        [sys.executable, "-m", "helpers.cli", "run", "--json"],
        cwd=project.root,
        env={
            **os.environ,
            "PATH": "",
            "PYTHONUTF8": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "PYTHONPATH": str(folder),
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return told(called.stdout)


def test_changed_source_code_executes_everything(project, tmp_path):
    package = Path(helpers.__file__).parent
    without = shutil.ignore_patterns("__pycache__")
    copy = shutil.copytree(package, tmp_path / package.name, ignore=without)
    # Where the code stands does not matter, only what it says.
    assert run_with(project, tmp_path).nothing
    with (copy / "formats.py").open("a", encoding="utf-8") as file:
        file.write("# One more remark.\n")
    assert run_with(project, tmp_path).executed == ALL


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no process is forked on this system")
def test_another_package_executes_everything(project, ask, tmp_path):
    (tmp_path / "site-packages" / "honey-1.0.dist-info").mkdir(parents=True)
    folders = [str(tmp_path / "site-packages")]
    code, out, err = ask("end", ask("start", str(project.root), ["run", "--json"], folders, None))
    assert code == 0, err
    assert told(out).executed == ALL
    made = json.loads((project / "reports" / "site" / "data" / "record.json").read_text("utf-8"))
    assert made["packages"]["honey"] == "1.0"


# ----------------------------------------------------------- never stale: what a run made changed


def change(path):
    path.write_bytes(path.read_bytes() + b"\n")


CALCULATION = "data/calculations/hive-plan-2022-27/2-measure-4.json"
OUTPUTS = [
    "data/processed/2025-26-q1/assessments.csv",
    "data/processed/2023-24-q4/observations.csv",
    "reports/index.ipynb",
    "reports/data/observations.csv",
    "reports/data/record.json",
    f"reports/{CALCULATION}",
    f"reports/{HIVE}/2.qmd",
    f"reports/{HIVE}/2.csv",
    f"reports/site/{HIVE}/2.html",
    f"reports/site/{HIVE}/2.json",
    "reports/site/have-say.html",
    "reports/site/about.html",
    "reports/site/styles.css",
    f"reports/site/{CALCULATION}",
]


def test_each_output_that_was_changed_is_made_again(project, finished):
    for name in OUTPUTS:
        change(project / name)
        assert not project.run().nothing, name
        project.assert_made(finished[2])
    assert project.run().nothing


@pytest.mark.parametrize("place", ["data/processed/", "reports/site/", "reports/"])
def test_outputs_that_were_removed_are_made_again(project, finished, place):
    # That a single one is missed is for the manifest's own tests.
    for name in OUTPUTS:
        in_site = name.startswith("reports/site/")
        if name.startswith(place) and in_site == (place == "reports/site/"):
            (project / name).unlink()
    assert not project.run().nothing
    project.assert_made(finished[2])
    assert project.run().nothing


def test_what_somebody_put_among_the_outputs_goes(project, finished):
    # That a single one is noticed is for the manifest's own tests.
    for name in (
        *("site/added.html", "added.ipynb", "data/added.csv", "data/calculations/added.json"),
        *(f"{HIVE}/added.qmd", "indicators/added.csv"),
    ):
        (project / "reports" / name).write_text("{}")
    assert not project.run().nothing
    project.assert_made(finished[2])


def test_without_a_manifest_everything_is_made_again_and_comes_out_the_same(project, finished):
    # One that cannot be read counts for nothing: see the manifest's own tests.
    (project / "data" / "processed" / ".waggle" / "manifest.json").unlink()
    ran = project.run()
    assert (ran.executed, ran.pages_made, ran.copied) == (ALL, len(OWN_PAGES), 0)
    project.assert_made(finished[2])
    assert project.run().nothing


# ------------------------------------------------------------------- never stale: asked otherwise


def test_what_is_asked_otherwise_is_made_anew_and_so_is_what_was_there(project, finished):
    for options, words in (
        (("--quarter", "2023-24 Q4"), "51 per 10,000"),
        (("--area", "Meadowland"), "69 per 10,000"),
    ):
        project.run(*options)
        assert words in project.page("index")
        assert project.run(*options).nothing
    ran = project.run()
    assert {"index", "have-say", "looked-after"} <= ran.executed
    project.assert_made(finished[2])


def test_every_quarter_and_then_one_of_them(project, finished):
    project.run("--quarter", "all")
    earlier = project / "reports" / "site" / "2023-24-q4"
    assert "51 per 10,000" in (earlier / "index.html").read_text("utf-8")
    own = (earlier / HIVE / "2.html").read_text("utf-8")
    assert "51 per 10,000" in own and "56 per 10,000" not in own
    assert "56 per 10,000" in project.page(f"{HIVE}/2")
    assert project.run("--quarter", "all").nothing
    (earlier / "index.html").unlink()
    assert not project.run("--quarter", "all").nothing
    assert (earlier / "index.html").exists()
    # Said also where everything is made again, which looks at nothing that the last run made.
    for options in ((), ("--again",)):
        project.run("--quarter", "all")
        alone = project.run(*options)
        assert (
            "left out, though they stood there: 2023-24 Q4 (not asked for; --quarter all keeps "
            "them)" in alone.said
        )
        assert not earlier.exists() and not (project / "reports" / "2023-24-q4").exists()
        project.assert_made(finished[2])
        if not options:
            assert alone.executed == set()
    assert not [said for said in project.run("--again").said if said.startswith("left out")]


def test_a_project_that_was_moved_is_as_it_was(project, finished, tmp_path):
    moved = shutil.move(project.root, tmp_path / "moved")
    project.root = Path(moved)
    project.run()
    project.assert_made(finished[2])
    assert project.run().nothing


def test_a_copy_of_a_project_looks_at_its_own_files_and_not_at_those_it_is_a_copy_of(
    project, tmp_path
):
    project.root = copy = shutil.copytree(project.root, tmp_path / "copy")
    (copy / "notebooks" / "words.txt").write_text("Honey is dear.")
    assert "by-itself" in project.run().executed
    assert "Honey is dear." in project.page("by-itself")


# ----------------------------------------------------------------- never stale: runs that end early


def test_a_run_that_failed_leaves_no_stale_page_behind(project, finished):
    project.edit(f"{REPORT}/figures.csv", "March 2023,55", "March 2023,45")
    project.edit("notebooks/looked-after.ipynb", "measure_block(account", "measure_blok(account")
    project.run(code=1)
    assert project.pages_that_differ_from(finished[2]) == set()
    assert ": 55<" in project.page("have-say")
    assert "55% in March 2023" in project.page(f"{HIVE}/4")
    # Rendering again makes no new page of what is old.
    project.render()
    project.run(code=1)
    project.edit("notebooks/looked-after.ipynb", "measure_blok(account", "measure_block(account")
    assert project.run().executed == {"index", "have-say", "by-itself"}
    assert ": 45<" in project.page("have-say")
    project.assert_as_from_scratch()


@pytest.mark.parametrize(
    ("until", "rendered"),
    [("assessments", True), ("notebooks", False), ("notebooks", True)],
    ids=["assessments, rendered meanwhile", "notebooks", "notebooks, rendered meanwhile"],
)
def test_a_run_up_to_some_stage_and_then_a_whole_one(project, until, rendered):
    project.edit(f"{REPORT}/figures.csv", "March 2023,55", "March 2023,45")
    project.run("--until", until)
    assert ": 55<" in project.page("have-say")
    if rendered:
        project.render()
    project.run()
    assert ": 45<" in project.page("have-say")
    project.assert_as_from_scratch()


def test_prose_rendered_again_and_then_a_run(project):
    project.edit("reports/more.qmd", "More of it.", "Less of it.")
    project.render()
    assert "Less of it." in project.page("more")
    # The record, which lists the pages of prose, is made by a run.
    ran = project.run()
    assert (ran.executed, ran.rendered) == (set(), 0)
    project.assert_as_from_scratch()


# ------------------------------------------------------------------------- the project's notebooks


LIGHT = ("bee-safe", "outcome-bees", "bee-healthy")
"""Some of the project's own notebooks, of those that are soonest executed."""


def test_a_page_of_the_project_that_changes_had_read_what_changed(
    real_tables, execute_jobs, tmp_path
):
    changed = shutil.copytree(real_tables, tmp_path / "changed")
    path = changed / "2026-27-q2" / "assessments.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    row = next(r for r in rows if r["plan"] == "outcome-bees" and r["part"] == "safe")
    row["title"] = "Quite another title"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)

    values = {"quarter": "2026-27 Q2", "area": row["area"]}
    jobs = [
        Job(PROJECT / "notebooks" / f"{name}.ipynb", tmp_path / f"{name}-{number}", tables, values)
        for name in LIGHT
        for number, tables in enumerate((real_tables, changed))
    ]
    outcomes = execute_jobs(jobs)
    assert [one.problem for one in outcomes] == [None] * len(jobs)
    old, new = Tables(real_tables), Tables(changed)
    noticed, differ = set(), set()
    for name, outcome in zip(LIGHT, outcomes[::2], strict=True):
        if any(old.digest(read) != new.digest(read) for read in outcome.reads):
            noticed.add(name)
        if (tmp_path / f"{name}-0").read_bytes() != (tmp_path / f"{name}-1").read_bytes():
            differ.add(name)
    assert "bee-safe" in differ
    assert differ <= noticed
    assert "bee-healthy" not in noticed
