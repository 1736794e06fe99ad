"""What several test modules share."""

import base64
import csv
import json
import os
import pickle
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from filelock import FileLock
from hypothesis import settings
from one_measure import QUARTER, one_measure_plan

from helpers.assessment import assess
from helpers.definition_files import read_definitions
from helpers.definitions import Area, Areas, Definitions, Measure, Source
from helpers.errors import DefinitionError, Problem
from helpers.observations import COLUMNS as OBSERVATION_COLUMNS
from helpers.observations import latest_known, read_table, series
from helpers.periods import parse_period
from helpers.project import PROCESSED_VARIABLE
from helpers.quarter_tables import write_quarter_tables
from helpers.request import BUILT_IN
from helpers.sources import read_observations

PROJECT = Path(__file__).parents[1]
SMALL_PROJECT = Path(__file__).parent / "small_project"

LONGEST_FIRST = (
    "test_notebooks",
    "test_run_faults",
    "test_only_what_changed",
    "test_cluster",
    "test_notebook_runs",
    "test_repeatable",
)
"""Modules that take longest: begun first, no processor waits for the last of them at the end."""


def pytest_collection_modifyitems(items):
    """Put the longest modules first and browser tests last; all others stay in their order."""
    order = {name: place for place, name in enumerate(LONGEST_FIRST)}
    rest = len(order)
    items.sort(key=lambda item: order.get(item.path.stem, rest + in_browser(item.nodeid)))


def pytest_xdist_make_scheduler(config, log):
    """Keep the tests of a module on one processor, for what they share; deal out browser tests."""
    from xdist.scheduler import LoadScopeScheduling

    class ModulesTogether(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return nodeid if in_browser(nodeid) else nodeid.partition("::")[0]

    return ModulesTogether(config, log)


def in_browser(nodeid):
    """Return whether a test is one of those in a browser: what they share is made once for all."""
    return nodeid.startswith("tests/browser/")


# The same examples on every run and every machine; no limit on time, for slow machines.
settings.register_profile("repeatable", deadline=None, derandomize=True, max_examples=100)
settings.load_profile("repeatable")


@pytest.fixture
def make_measure():
    """Make a measure; what a test does not care about has a default."""

    def make(measure_id, **changes):
        entries = {
            "id": measure_id,
            "title": "Children who live in the county",
            "unit": "percent",
            "decimals": 1,
            "of": "children looked after",
            "definition": "Children in the county, as a share of all.",
            "year_type": "at_31_march",
            "frequency": "annual",
        }
        return Measure(**{**entries, **changes})

    return make


@pytest.fixture
def make_source():
    """Make a source's citation, published on 31 October 2023 unless the test says otherwise."""

    def make(source_id="report", **changes):
        entries = {
            "id": source_id,
            "reader": "published",
            "document": "A report",
            "publisher": "A council",
            "published": date(2023, 10, 31),
            "precision": "day",
            "section": "Table 1",
            "licence": "Open",
        }
        return Source(**{**entries, **changes})

    return make


@pytest.fixture
def make_definitions(tmp_path):
    """Make definitions of some measures and sources, rooted in the test's own folder."""

    def make(measures, sources=()):
        names = ("Hertfordshire", "England", "Statistical neighbours")
        return Definitions(
            root=tmp_path,
            quarters=None,
            areas=Areas(
                reporting_area="Hertfordshire",
                areas=[Area(name=name, kind="local_authority") for name in names],
            ),
            bees=None,
            sources={source.id: source for source in sources},
            measures={measure.id: measure for measure in measures},
            plans={},
            published_directions={},
            executive_summaries={},
            claims={},
        )

    return make


@pytest.fixture
def write_figures(tmp_path):
    """Write a source's figures.csv from a header and rows; return its path."""

    def write(columns, rows, source_id="report"):
        path = tmp_path / "data" / "raw" / "sources" / source_id / "figures.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([columns, *rows])
        return path

    return write


@pytest.fixture
def observations_table():
    """Make the tidy table; each row is named by what is special about it."""

    def make(*rows, year_type="financial"):
        filled = []
        for row in rows:
            period = parse_period(row.get("period", "2022-23"), year_type)
            defaults = dict.fromkeys(OBSERVATION_COLUMNS, "") | {
                "measure_id": "children-in-county",
                "area": "Hertfordshire",
                "kind": "level",
                "qualifier": "exact",
                "value": None,
                "numerator": None,
                "denominator": None,
                "statement": "table",
                "published": date(2023, 10, 31),
                "source": "report",
            }
            of_the_period = {
                "period": str(period),
                "period_kind": period.kind,
                "period_start": period.start,
                "period_end": period.end,
            }
            filled.append(defaults | row | of_the_period)
        return pd.DataFrame(filled, columns=OBSERVATION_COLUMNS)

    return make


@pytest.fixture
def figures(observations_table):
    """Make one measure's figures, oldest first, from pairs of a period and a value."""

    def make(year_type, *pairs):
        rows = [
            {"period": period, "value": None if value is None else Decimal(value)}
            for period, value in pairs
        ]
        known = latest_known(observations_table(*rows, year_type=year_type))
        return series(known, "children-in-county", "Hertfordshire")

    return make


@pytest.fixture
def assess_one(observations_table, make_measure, make_source, make_definitions):
    """Assess one measure of a plan of one indicator; return its row."""

    def make(rows, polarity="higher", entry=(), arrows=(), quarter=QUARTER, area=None, **measure):
        defined = make_measure("children-in-county", **{"year_type": "financial", **measure})
        plan = one_measure_plan(polarity, dict(entry))
        definitions = replace(
            make_definitions([defined], [make_source(), make_source("later")]),
            plans={plan.id: plan},
            published_directions={"report": dict(arrows)},
        )
        table = observations_table(*rows, year_type=defined.year_type)
        return assess(definitions, table, quarter, area or "Hertfordshire").iloc[0]

    return make


# ------------------------------------------------------- the small project, and the real figures


@pytest.fixture
def small_project(tmp_path, monkeypatch):
    """Copy the small, invented project, and go into it; return its folder."""
    root = shutil.copytree(SMALL_PROJECT, tmp_path / "project")
    monkeypatch.chdir(root)
    # A run sets this for its notebooks; set here, so that it is as before when the test ends.
    monkeypatch.setenv(PROCESSED_VARIABLE, "")
    return root


@dataclass(frozen=True)
class SpoiltProject:
    """A copy of the small project, to be spoilt, and what its definitions are found to lack."""

    root: Path

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace the first place where a file has these words; it must have them."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"the small project has no {old!r} in {name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def line_with(self, name: str, words: str) -> int:
        """Return the number of the first line of a file that has these words."""
        lines = (self.root / name).read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, start=1) if words in line)

    def problems(self) -> list[Problem]:
        """Read the definitions, which must fail, and return every problem."""
        with pytest.raises(DefinitionError) as raised:
            read_definitions(self.root)
        return raised.value.problems

    def only_problem(self) -> Problem:
        """Return the problem of definitions that have one, and no more."""
        problems = self.problems()
        assert len(problems) == 1, problems
        return problems[0]


@pytest.fixture
def project(small_project):
    """Copy the small project for a test of its definitions, and go into it."""
    return SpoiltProject(small_project)


@dataclass(frozen=True)
class Called:
    """What a call of the command gave."""

    code: int
    out: str
    err: str


def surroundings():
    """Return this process's variables without a search path, on which Quarto might be.

    No variable of Waggle's is among them, and the time is that of islands far from Greenwich.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WAGGLE_")}
    few = {"PATH": "", "PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1", "TZ": "America/Adak"}
    return kept | few


@pytest.fixture(scope="session")
def ask():
    """Start a warm process (``serve.py``); return a function that asks it one thing."""
    server = subprocess.Popen(
        # As a text: the tests' folder is not where its notebooks find modules.
        [sys.executable, "-c", (Path(__file__).parent / "serve.py").read_text(encoding="utf-8")],
        cwd=PROJECT,
        env=surroundings(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )

    def ask(*asked):
        print(json.dumps(asked), file=server.stdin, flush=True)
        return json.loads(server.stdout.readline())

    with server:
        yield ask
        server.kill()


@pytest.fixture(scope="session")
def call(ask):
    """Return a function that calls the command in the warm process: folder, arguments -> answer."""
    return lambda folder, *arguments: ask("call", str(folder), arguments)


@pytest.fixture(scope="session")
def execute_jobs(ask):
    """Return a function that executes notebooks in the warm process: jobs -> outcomes."""

    def execute(jobs):
        answer = ask("execute", base64.b64encode(pickle.dumps(jobs)).decode())
        return pickle.loads(base64.b64decode(answer))

    return execute


@pytest.fixture
def waggle(call):
    """Call the command in the current folder."""
    return lambda *arguments: Called(*call(Path.cwd(), *arguments))


@contextmanager
def made_once(name, tmp_path_factory):
    """Give a folder for what all processes of the tests share, and whether it is to be made now."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with FileLock(folder / f"{name}.lock"):
        finished = folder / f"{name}.finished"
        if not finished.exists():
            shutil.rmtree(folder / name, ignore_errors=True)  # what another left half made
        yield folder / name, not finished.exists()
        finished.touch()


@pytest.fixture(scope="session")
def finished_small_project(call, tmp_path_factory):
    """Run the small project once: the default quarter in place, the other under ``earlier``.

    For tests that only read it, or copy it. Once for all processes of the tests.
    """
    with made_once("small-project", tmp_path_factory) as (root, now):
        if now:
            shutil.copytree(SMALL_PROJECT, root)
            assert call(root, "run")[0] == 0
            options = ["--quarter", "2023-24 Q4", "--out", str(root / "earlier")]
            assert call(root, "run", *options)[0] == 0
    return root


@pytest.fixture(scope="session")
def small_project_tables(finished_small_project):
    """Return the finished small project's definitions, and the folder of its tables."""
    return read_definitions(finished_small_project), finished_small_project / "data" / "processed"


@pytest.fixture(scope="session")
def real_definitions():
    """Read the project's own definitions."""
    return read_definitions(PROJECT)


@pytest.fixture(scope="session")
def real_tables(real_definitions, tmp_path_factory):
    """Write every quarter's tables from the project's own figures; return their folder.

    Once for all processes of the tests, which only read them.
    """
    with made_once("real-tables", tmp_path_factory) as (processed, now):
        if now:
            observations = read_observations(real_definitions)
            for listed in real_definitions.quarters.quarters:
                write_quarter_tables(real_definitions, observations, listed, processed)
    return processed


@pytest.fixture(scope="session")
def real_run(call, tmp_path_factory):
    """Make the project's own account of every quarter; return the folder that has all of it.

    Once for all processes of the tests, which only read it.
    """
    with made_once("real-run", tmp_path_factory) as (folder, now):
        if now:
            code, _, errors = call(PROJECT, "run", "--quarter", "all", "--out", str(folder))
            assert code == 0, errors
    return folder


@pytest.fixture(scope="session")
def real_site(real_run):
    """Return the project's own site, with every quarter."""
    return real_run / "site"


@pytest.fixture(scope="session")
def table(real_tables):
    """Read a quarter's table of the project's own figures."""
    read = {}

    def of(quarter, name):
        if (quarter, name) not in read:
            folder = real_tables / quarter.lower().replace(" ", "-")
            read[quarter, name] = read_table(folder / f"{name}.csv")
        return read[quarter, name]

    return of


@pytest.fixture(autouse=True, scope="session")
def built_in_renderer():
    """Render with the built-in renderer, also where Quarto happens to be installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("helpers.site.render.quarto_available", lambda: False)
        for module in ("request", "quarter"):
            patch.setattr(f"helpers.{module}.renderer", lambda: BUILT_IN)
        yield
