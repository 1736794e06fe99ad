"""Executing notebooks on a Dask cluster: a scheduler and workers, as processes on this machine.

A process that imports Dask is slow to start, so all tests share three. They stand in the order in
which things get worse: two workers, one (the other is killed while it executes), none.
"""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_raw_cell

from helpers.cli import main
from helpers.cluster import execute_on_cluster
from helpers.cluster.surroundings import Surroundings, differences
from helpers.errors import UsageError, WaggleError
from helpers.limits import Limits
from helpers.notebook_runs import Job, execute_notebooks
from helpers.reads import Read

pytest.importorskip("distributed", reason="distributed is not installed (waggle[cluster])")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="workers are killed by signals")

SOURCE = Path(__file__).parents[1] / "src"
VALUES = {"quarter": "2022-23 Q4", "area": "Beeshire"}
PARAMETERS = 'quarter: str = "2026-27 Q2"  # reporting quarter\narea: str = ""  # empty: usual'
PYTHON = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}
LOOK = "import os\nprint(quarter, '|', area, '|', os.path.basename(os.getcwd()))"
TABLE = """
from helpers import reads
reads.note("2022-23-q4/assessments", "Beeshire")
folder = os.environ["WAGGLE_PROCESSED"]
print(open(os.path.join(folder, "2022-23-q4", "assessments.csv")).read())
"""
BESIDE = "import besides\nprint(besides.BEES, open('bees.txt').read())"
WAIT = """
import os, time
with open({log!r}, "a") as file:
    file.write(os.environ.get("WORKER_NAME", "here") + "\\n")
while not os.path.exists({go!r}):
    time.sleep(0.05)
"""
"""Says on which worker it begins, and goes on when it may."""


def write_notebook(path, *sources):
    """Write a notebook with a title, a cell for parameters, and cells."""
    tagged = new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})
    cells = [new_raw_cell(f"---\ntitle: {path.stem}\n---"), tagged, *map(new_code_cell, sources)]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    path.parent.mkdir(exist_ok=True)
    nbformat.write(new_notebook(cells=cells, metadata=PYTHON), path)
    return path


def jobs_of(paths, out):
    """Return a job for each notebook; `out` is made."""
    out.mkdir(exist_ok=True)
    tables = paths[0].parents[1] / "tables"
    return [Job(path, out / path.name, tables, VALUES) for path in paths]


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


class Cluster:
    """A scheduler and workers of its own, each a process; and what the workers depend on."""

    def __init__(self, folder):
        self.folder = folder
        self.source = shutil.copytree(SOURCE, folder / "src", ignore=NO_BYTECODE)
        self.packages = folder / "site-packages"
        self.packages.mkdir()
        # One death of a worker is no notebook's fault; after two, a notebook is given up.
        self.scheduler = self._start(
            "scheduler",
            *("--port", "0", "--dashboard-address", "127.0.0.1:0"),
            *("--scheduler-file", str(folder / "scheduler.json")),
            *("--idle-timeout", "10 minutes"),  # should the tests be killed, this ends by itself
            DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="1",
        )
        self.workers = {}

    def worker(self, name, *options, path=()):
        """Start a worker with one thread; with a nanny unless an option says otherwise."""
        self.workers[name] = self._start(
            "worker",
            *("--scheduler-file", str(self.folder / "scheduler.json")),
            *("--nthreads", "1", "--name", name, "--no-dashboard", "--death-timeout", "60"),
            *("--local-directory", str(self.folder / name)),
            *options,
            WORKER_NAME=name,
            PYTHONPATH=os.pathsep.join(map(str, path)),
        )

    def _start(self, kind, *options, **variables):
        given = {k: v for k, v in os.environ.items() if not k.startswith(("WAGGLE_", "PYTEST_"))}
        with (self.folder / f"{variables.get('WORKER_NAME', kind)}.log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", kind, "--host", "127.0.0.1", *options],
                env=given | variables,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def ask(self, question):
        """Ask the scheduler, once it answers; `question` is a function of Dask's client."""
        from distributed import Client

        for _ in range(600):
            with contextlib.suppress(OSError, ValueError):
                self.address = json.loads((self.folder / "scheduler.json").read_text())["address"]
                break
            time.sleep(0.05)
        else:
            raise AssertionError((self.folder / "scheduler.log").read_text())
        with Client(self.address, timeout=30, set_as_default=False) as client:
            return question(client)

    def kill(self, name):
        """Kill a worker, and its nanny, which would start another."""
        self._kill(self.workers.pop(name))

    def stop(self):
        for process in (*self.workers.values(), self.scheduler):
            self._kill(process)

    def _kill(self, process):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


NO_BYTECODE = shutil.ignore_patterns("__pycache__")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A scheduler and two workers, one with a nanny and one without, as people start them.

    The one has source code of its own, and the other a folder for packages of its own.
    """
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        made.worker("one", "--no-nanny", path=[made.source])
        # Waits for the scheduler by itself, if the file is not there yet.
        made.worker("two", path=[SOURCE, made.packages])
        made.ask(lambda client: client.wait_for_workers(2, timeout=60))
        yield made
    finally:
        made.stop()


@pytest.fixture
def hurried(monkeypatch):
    """Wait one second for a scheduler, and for its workers, not five."""
    monkeypatch.setattr("helpers.cluster.client.CONNECT_SECONDS", 1)


class Killer(threading.Thread):
    """Kills the worker that executes a notebook, and then lets the notebook go on."""

    def __init__(self, cluster, folder):
        super().__init__(daemon=True)
        self.cluster, self.log, self.go = cluster, folder / "log", folder / "go"
        self.notebook = WAIT.format(log=str(self.log), go=str(self.go))

    def run(self):
        while not self.log.exists() or not self.log.read_text().endswith("\n"):
            time.sleep(0.02)
        self.cluster.kill(self.log.read_text().strip())
        self.go.touch()


@pytest.fixture(scope="module")
def executed(cluster, tmp_path_factory):
    """Good and bad notebooks, executed here and on the cluster, of which one worker is killed.

    Returns the folder, outcomes here, outcomes there, what was told, and where the notebook began
    during which a worker was killed.
    """
    root = tmp_path_factory.mktemp("executed")
    folder = root / "notebooks"
    killer = Killer(cluster, root)
    sources = {
        "waits": [killer.notebook, LOOK],
        "a-good": [LOOK, TABLE],
        "b-raises": ["x = 1", "raise ValueError('no honey')"],
        "c-beside": [LOOK, BESIDE],
        "d-dies": ["import os", "os._exit(3)"],
        "e-hangs": ["import time", "time.sleep(120)"],
        "f-greedy": ["x = bytearray(4 * 1024**3)"],
        "g-prints": ["import os\nos.system('echo buzz; cat')\nprint('hum')"],
    }
    paths = [write_notebook(folder / f"{name}.ipynb", *code) for name, code in sources.items()]
    (root / "data" / "raw").mkdir(parents=True)
    (root / "data" / "raw" / "quarters.yml").write_text("quarters: []\n")  # makes it a project
    (folder / "besides.py").write_text("BEES = 5\n")
    (folder / "bees.txt").write_text("six")
    table = root / "tables" / "2022-23-q4" / "assessments.csv"
    table.parent.mkdir(parents=True)
    table.write_text("area,value\nBeeshire,1\n")
    told = []

    def on_cluster(chosen, seconds=Limits.seconds):
        outcomes = execute_on_cluster(
            cluster.address,
            jobs_of(chosen, root / "there"),
            tell=lambda job, what: told.append((job.notebook.stem, what)),
            limits=Limits(seconds, mebibytes=3072),
        )
        return {path.stem: outcome for path, outcome in zip(chosen, outcomes, strict=True)}

    killer.start()
    there = on_cluster([path for path in paths if path.stem != "e-hangs"])
    killer.join()
    began = killer.log.read_text().split()
    # By itself: the short time is for none but it.
    there |= on_cluster([path for path in paths if path.stem == "e-hangs"], seconds=3)
    chosen = [path for path in paths if path.stem in (*GOOD, "b-raises")]
    here = execute_notebooks(jobs_of(chosen, root / "here"), 1, fork=False)
    by_name = {path.stem: outcome for path, outcome in zip(chosen, here, strict=True)}
    return root, by_name, there, told, began


GOOD = ["waits", "a-good", "c-beside", "g-prints"]


def test_workers_with_other_code_or_packages_are_all_listed_before_anything_runs(cluster, tmp_path):
    """Looked at anew by every run, so it is enough to change what the workers depend on."""
    changed, added = cluster.source / "helpers" / "spc.py", cluster.packages / "bees-1.0.dist-info"
    before = changed.read_bytes()
    paths = [write_notebook(tmp_path / "notebooks" / "a.ipynb", LOOK)]
    try:
        changed.write_text("# not the same\n")
        added.mkdir()
        with pytest.raises(WaggleError) as raised:
            execute_on_cluster(cluster.address, jobs_of(paths, tmp_path / "out"))
    finally:
        changed.write_bytes(before)
        added.rmdir()
    said = str(raised.value)
    assert said.startswith("2 problems found\nworker tcp://127.0.0.1:")
    assert "found: other source code: spc.py\n" in said
    assert "found: other packages: bees 1.0 (here none)\n" in said
    assert "to do: check out the same commit there" in said
    assert contents(tmp_path / "out") == {}


def test_the_cluster_makes_the_same_bytes_as_this_machine(executed):
    root, here, there, *_ = executed
    for name in GOOD:
        assert here[name].problem is None and there[name].problem is None
        made = [(root / side / f"{name}.ipynb").read_bytes() for side in ("here", "there")]
        assert made[0] == made[1], name


def test_what_a_notebook_read_comes_back_with_this_machines_paths(executed):
    root, here, there, *_ = executed
    for name in GOOD:
        assert (there[name].reads, there[name].files) == (here[name].reads, here[name].files)
    assert there["a-good"].reads == [Read("2022-23-q4/assessments", "Beeshire")]
    assert str(root / "tables" / "2022-23-q4" / "assessments.csv") in there["a-good"].files
    assert str(root / "notebooks" / "bees.txt") in there["c-beside"].files
    assert str(root / "notebooks" / "besides.py") in there["c-beside"].files
    assert there["a-good"].seconds > 0


def test_a_notebook_that_raises_has_the_problem_it_would_have_here(executed):
    _, here, there, *_ = executed
    assert there["b-raises"].problem == here["b-raises"].problem
    assert there["b-raises"].problem.place == "notebooks/b-raises.ipynb, cell 4"
    assert there["b-raises"].problem.found.startswith("ValueError: no honey\n")


@pytest.mark.parametrize(
    ("name", "cell", "found"),
    [
        ("d-dies", 4, "its process died (it ended by itself with exit code 3)"),
        ("e-hangs", 4, "it took more than 3 seconds"),
        pytest.param(
            *("f-greedy", 3, "it needed more memory than a notebook may have"),
            marks=pytest.mark.skipif(sys.platform != "linux", reason="the limit is Linux's"),
        ),
    ],
)
def test_a_notebook_that_dies_hangs_or_needs_too_much_is_told_with_its_cell(
    executed, name, cell, found
):
    _, _, there, *_ = executed
    assert there[name].problem.place == f"notebooks/{name}.ipynb, cell {cell}"
    assert there[name].problem.found == found


def test_a_killed_worker_loses_nothing(executed, cluster):
    """What it executed is begun again by the other, and ended once."""
    _, _, there, _, began = executed
    assert sorted(began) == ["one", "two"]
    assert there["waits"].problem is None
    assert list(cluster.workers) == began[1:]


def test_each_outcome_is_told_once(executed):
    _, _, there, told, _ = executed
    assert sorted(name for name, _ in told) == sorted(there)
    assert all(what is there[name] for name, what in told)


def test_nothing_of_a_run_stays_on_the_worker_that_is_left(executed, cluster):
    (worker,) = cluster.workers
    assert list((cluster.folder / worker).rglob("worker-*"))
    assert not list((cluster.folder / worker).rglob("waggle-*"))


def test_a_worker_without_this_source_code_is_listed():
    from helpers.cluster.client import _unlike

    here = Surroundings({"spc.py": "1a"}, {})
    assert _unlike(here, ModuleNotFoundError("No module named 'helpers'")) == [
        "it has not this source code (ModuleNotFoundError: No module named 'helpers')"
    ]


def test_a_notebook_during_which_worker_after_worker_died_says_how_many(tmp_path):
    from distributed import KilledWorker

    from helpers.cluster.client import _received

    job = Job(tmp_path / "a.ipynb", tmp_path / "out.ipynb", tmp_path, {})
    problem = _received(job, KilledWorker("a", None, 1)).problem
    assert problem.found == "2 workers died, one after another, while they executed it"


def test_many_differences_are_counted():
    here = Surroundings({f"file-{n}.py": "" for n in range(10)}, {})
    (line,) = differences(here, Surroundings({}, {}))
    assert line.endswith("file-7.py and 2 more")


@pytest.fixture(scope="module")
def paths(tmp_path_factory):
    return [write_notebook(tmp_path_factory.mktemp("p") / "notebooks" / "a.ipynb", LOOK)]


def test_an_address_where_nobody_answers_is_told(paths, tmp_path, hurried):
    with socket.socket() as taken:  # bound, and nobody listens
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(WaggleError, match=f"{address}: no scheduler answers there") as raised:
            execute_on_cluster(address, jobs_of(paths, tmp_path / "out"))
    assert "dask scheduler" in str(raised.value)


def test_an_address_where_something_else_listens_is_told(paths, tmp_path, hurried):
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(WaggleError, match="no scheduler answers there"):
            execute_on_cluster(address, jobs_of(paths, tmp_path / "out"))


@pytest.mark.parametrize("address", ["http://127.0.0.1:8787", "bees", "tcp://127.0.0.1:honey"])
def test_what_is_no_address_is_told(paths, tmp_path, address):
    with pytest.raises(WaggleError) as raised:
        execute_on_cluster(address, jobs_of(paths, tmp_path / "out"))
    assert address in str(raised.value) and "dask scheduler" in str(raised.value)


def test_where_dask_is_not_installed_the_remedy_is_told(paths, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)  # imports of it fail
    with pytest.raises(UsageError, match=r"pip install 'waggle\[cluster\]'"):
        execute_on_cluster("tcp://127.0.0.1:1", jobs_of(paths, tmp_path / "out"))


def test_no_notebooks_need_no_cluster():
    assert execute_on_cluster("tcp://127.0.0.1:1", []) == []


def site_of(folder):
    site = folder / "site"
    return {p.relative_to(site): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def test_the_command_makes_the_same_site_with_a_cluster_as_without(
    cluster, finished_small_project, small_project, waggle
):
    ran = waggle("run", "--cluster", cluster.address)
    assert (ran.code, ran.err) == (0, "")
    assert "distributed" not in ran.out
    here, there = (site_of(root / "reports") for root in (finished_small_project, small_project))
    assert here and here == there
    assert waggle("run").out.startswith("Nothing changed since the last run")


def test_the_command_tells_of_a_cluster_that_is_not_there_without_a_traceback(
    small_project, tmp_path, hurried, capsys
):
    assert main(["run", "--out", str(tmp_path / "out"), "--cluster", "tcp://127.0.0.1:1"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("tcp://127.0.0.1:1: no scheduler answers there.")
    assert len(said.splitlines()) == 1


def test_where_no_worker_is_left_the_run_ends_and_the_next_does_not_begin(
    executed, cluster, tmp_path, hurried
):
    # The scheduler is told to give a notebook up after one death, not two.
    cluster.ask(
        lambda client: client.run_on_scheduler(
            lambda dask_scheduler: setattr(dask_scheduler, "allowed_failures", 0)
        )
    )
    killer, told = Killer(cluster, tmp_path), {}
    folder = tmp_path / "notebooks"
    paths = [write_notebook(folder / "waits.ipynb", killer.notebook)]
    paths += [write_notebook(folder / f"other-{n}.ipynb", LOOK) for n in range(2)]
    killer.start()
    with pytest.raises(WaggleError, match="no worker is left") as raised:
        execute_on_cluster(
            cluster.address,
            jobs_of(paths, tmp_path / "there"),
            tell=lambda job, what: told.setdefault(job.notebook.stem, what),
            patience=1,
        )
    killer.join()
    assert cluster.workers == {}
    # The second notebook waited on that worker, and the third had not been sent.
    assert "1 of 3 notebooks were not executed" in str(raised.value)
    problem = told["waits"].problem
    assert problem.place == "notebooks/waits.ipynb"
    assert problem.found == "its worker died while it executed it"
    assert "without --cluster" in problem.remedy

    with pytest.raises(WaggleError, match="the scheduler has no workers") as raised:
        execute_on_cluster(cluster.address, jobs_of(paths, tmp_path / "there"))
    assert f"dask worker {cluster.address}" in str(raised.value)
