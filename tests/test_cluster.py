"""Executing notebooks on a Dask cluster: a scheduler and workers, as processes on this machine."""

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
KILL_THE_WORKER = """
import os, signal
warm = os.getppid()
worker = int(open(f"/proc/{warm}/stat").read().rsplit(")", 1)[1].split()[1])
os.kill(worker, signal.SIGKILL)
"""


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
    """A scheduler and workers of its own, each a process."""

    def __init__(self, folder):
        self.folder = folder
        self.started = []
        # One death of a worker is no notebook's fault; after two, a notebook is given up.
        self.scheduler = self._start(
            "scheduler",
            *("--dashboard-address", "127.0.0.1:0"),
            *("--idle-timeout", "10 minutes"),  # should the tests be killed, this ends by itself
            DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="1",
        )
        self.address = self._address()

    def worker(self, name, *options, **variables):
        """Start a worker with one thread; with a nanny unless an option says otherwise."""
        local = self.folder / name
        started = self._start(
            "worker",
            self.address,
            *("--nthreads", "1", "--name", name, "--no-dashboard", "--death-timeout", "60"),
            *("--local-directory", str(local)),
            *options,
            WORKER_NAME=name,
            **variables,
        )
        return started

    def _start(self, kind, *options, **variables):
        given = {k: v for k, v in os.environ.items() if not k.startswith(("WAGGLE_", "PYTEST_"))}
        files = self.folder / "scheduler.json"
        where = ["--scheduler-file", str(files)] if kind == "scheduler" else []
        log = (self.folder / f"{kind}-{len(self.started)}.log").open("wb")
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", kind, "--host", "127.0.0.1", *where]
            + (["--port", "0"] if kind == "scheduler" else [])
            + list(options),
            env=given | variables,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        log.close()
        self.started.append(process)
        return process

    def _address(self):
        path = self.folder / "scheduler.json"
        for _ in range(600):
            with contextlib.suppress(OSError, ValueError):
                return json.loads(path.read_text())["address"]
            time.sleep(0.05)
        raise AssertionError((self.folder / "scheduler-0.log").read_text())

    def wait_for(self, count):
        """Wait until the scheduler has so many workers."""
        from distributed import Client

        with Client(self.address, timeout=30, set_as_default=False) as client:
            for _ in range(600):
                if len(client.nthreads()) == count:
                    return
                time.sleep(0.05)
        raise AssertionError(f"not {count} workers")

    def stop(self):
        for process in self.started:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A scheduler and two workers, with nannies, as people start them: a dead worker comes back."""
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        made.worker("one")
        made.worker("two")
        made.wait_for(2)
        yield made
    finally:
        made.stop()


@pytest.fixture
def own_cluster(tmp_path):
    """A scheduler without workers, for a test that ends them."""
    made = Cluster(tmp_path)
    try:
        yield made
    finally:
        made.stop()


@pytest.fixture
def hurried(monkeypatch):
    """Wait one second for a scheduler, and for its workers, not five."""
    monkeypatch.setattr("helpers.cluster.client.CONNECT_SECONDS", 1)


@pytest.fixture(scope="module")
def executed(cluster, tmp_path_factory):
    """Good and bad notebooks, executed here and on the cluster.

    Returns the folder, outcomes here, outcomes there, what was told, and what Dask printed.
    """
    root = tmp_path_factory.mktemp("executed")
    folder = root / "notebooks"
    sources = {
        "a-good": [LOOK, TABLE],
        "b-raises": ["x = 1", "raise ValueError('no honey')"],
        "c-beside": [LOOK, BESIDE],
        "d-dies": ["import os", "os._exit(3)"],
        "e-hangs": ["import time", "time.sleep(120)"],
        "f-greedy": ["x = bytearray(4 * 1024**3)"],
        "g-prints": ["import os\nos.system('echo buzz; cat')\nprint('hum')"],
        "h-kills": [KILL_THE_WORKER] if sys.platform == "linux" else ["1 / 0"],
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
    there = execute_on_cluster(
        cluster.address,
        jobs_of(paths, root / "there"),
        tell=lambda job, what: told.append((job.notebook.stem, what)),
        limits=Limits(seconds=8, mebibytes=3072),
    )
    chosen = [path for path in paths if path.stem in (*GOOD, "b-raises")]
    here = execute_notebooks(jobs_of(chosen, root / "here"), 1)
    by_name = {path.stem: outcome for path, outcome in zip(chosen, here, strict=True)}
    return root, by_name, dict(zip(sources, there, strict=True)), told


GOOD = ["a-good", "c-beside", "g-prints"]


def test_the_cluster_makes_the_same_bytes_as_this_machine(executed):
    root, here, there, _ = executed
    for name in GOOD:
        assert here[name].problem is None and there[name].problem is None
        made = [(root / side / f"{name}.ipynb").read_bytes() for side in ("here", "there")]
        assert made[0] == made[1], name


def test_what_a_notebook_read_comes_back_with_this_machines_paths(executed):
    root, here, there, _ = executed
    for name in GOOD:
        assert (there[name].reads, there[name].files) == (here[name].reads, here[name].files)
    assert there["a-good"].reads == [Read("2022-23-q4/assessments", "Beeshire")]
    assert str(root / "tables" / "2022-23-q4" / "assessments.csv") in there["a-good"].files
    assert str(root / "notebooks" / "bees.txt") in there["c-beside"].files
    assert str(root / "notebooks" / "besides.py") in there["c-beside"].files
    assert there["a-good"].seconds > 0


def test_a_notebook_that_raises_has_the_problem_it_would_have_here(executed):
    _, here, there, _ = executed
    assert there["b-raises"].problem == here["b-raises"].problem
    assert there["b-raises"].problem.place == "notebooks/b-raises.ipynb, cell 4"
    assert there["b-raises"].problem.found.startswith("ValueError: no honey\n")


@pytest.mark.parametrize(
    ("name", "cell", "found"),
    [
        ("d-dies", 4, "its process died (it ended by itself with exit code 3)"),
        ("e-hangs", 4, "it took more than 8 seconds"),
        pytest.param(
            *("f-greedy", 3, "it needed more memory than a notebook may have"),
            marks=pytest.mark.skipif(sys.platform != "linux", reason="the limit is Linux's"),
        ),
    ],
)
def test_a_notebook_that_dies_hangs_or_needs_too_much_is_told_with_its_cell(
    executed, name, cell, found
):
    _, _, there, _ = executed
    assert there[name].problem.place == f"notebooks/{name}.ipynb, cell {cell}"
    assert there[name].problem.found == found


@pytest.mark.skipif(sys.platform != "linux", reason="the notebook finds its worker in /proc")
def test_a_notebook_during_which_worker_after_worker_dies_is_given_up_and_the_others_are_not(
    executed,
):
    _, _, there, _ = executed
    problem = there["h-kills"].problem
    assert problem.place == "notebooks/h-kills.ipynb"
    assert problem.found == "2 workers died, one after another, while they executed it"
    assert "without --cluster" in problem.remedy


def test_each_outcome_is_told_once(executed):
    _, _, there, told = executed
    assert sorted(name for name, _ in told) == sorted(there)
    assert all(what is there[name] for name, what in told)


def test_nothing_of_a_run_stays_on_the_workers(executed, cluster):
    assert not list(cluster.folder.rglob("waggle-*"))


@pytest.mark.skipif(sys.platform != "linux", reason="a forked notebook tells its worker's name")
def test_a_killed_worker_loses_nothing_and_the_last_one_ends_the_run(
    own_cluster, tmp_path, hurried
):
    """One of two workers is killed while it executes; the other takes over, and is killed later."""
    workers = {name: own_cluster.worker(name, "--no-nanny") for name in ("one", "two")}
    own_cluster.wait_for(2)
    go, log = tmp_path / "go", tmp_path / "log"
    wait = f"""
import os, time
with open({str(log)!r}, "a") as file:
    file.write(os.environ.get("WORKER_NAME", "here") + "\\n")
while not os.path.exists({str(go)!r}):
    time.sleep(0.05)
"""
    folder = tmp_path / "notebooks"
    paths = [write_notebook(folder / "waits.ipynb", wait, LOOK)]
    paths += [write_notebook(folder / f"other-{n}.ipynb", LOOK) for n in range(3)]
    killed, told = [], []

    def kill():
        while not log.exists() or not log.read_text().endswith("\n"):
            time.sleep(0.02)
        killed.append(log.read_text().strip())
        workers[killed[-1]].kill()
        workers[killed[-1]].wait()
        go.touch()

    def execute_and_kill(chosen, **options):
        killer = threading.Thread(target=kill)
        killer.start()
        try:
            jobs = jobs_of(chosen, tmp_path / "there")
            return execute_on_cluster(own_cluster.address, jobs, **options)
        finally:
            killer.join()

    outcomes = execute_and_kill(paths, tell=lambda job, what: told.append(job.notebook.stem))
    (other,) = workers.keys() - set(killed)
    assert log.read_text().split() == [killed[0], other]  # begun twice, ended once
    assert [outcome.problem for outcome in outcomes] == [None] * 4
    assert sorted(told) == sorted(path.stem for path in paths)
    execute_notebooks(jobs_of(paths, tmp_path / "here"), 1)
    assert contents(tmp_path / "there") == contents(tmp_path / "here")

    # The other is killed too: nobody is left to take over.
    go.unlink()
    log.unlink()
    with pytest.raises(WaggleError, match="no worker is left") as raised:
        execute_and_kill(paths[:1], patience=1)
    assert killed[1] == other
    assert "1 of 1 notebooks were not executed" in str(raised.value)

    # And the next run does not begin.
    with pytest.raises(WaggleError, match="the scheduler has no workers") as raised:
        execute_on_cluster(own_cluster.address, jobs_of(paths, tmp_path / "there"))
    assert f"dask worker {own_cluster.address}" in str(raised.value)


def test_workers_with_other_code_or_packages_are_all_listed_before_anything_runs(cluster, tmp_path):
    other = shutil.copytree(SOURCE, tmp_path / "src")
    (other / "helpers" / "spc.py").write_text("# not the same\n")
    site = tmp_path / "site-packages"
    (site / "bees-1.0.dist-info").mkdir(parents=True)
    added = [
        cluster.worker("otherwise", "--no-nanny", PYTHONPATH=str(other)),
        cluster.worker("more", "--no-nanny", PYTHONPATH=str(site)),
    ]
    paths = [write_notebook(tmp_path / "notebooks" / "a.ipynb", LOOK)]
    try:
        cluster.wait_for(4)
        with pytest.raises(WaggleError) as raised:
            execute_on_cluster(cluster.address, jobs_of(paths, tmp_path / "out"))
    finally:
        for worker in added:
            worker.terminate()
        cluster.wait_for(2)
    said = str(raised.value)
    assert said.startswith("2 problems found\nworker tcp://127.0.0.1:")
    assert "found: other source code: spc.py\n" in said
    assert "found: other packages: bees 1.0 (here none)\n" in said
    assert "to do: check out the same commit there" in said
    assert contents(tmp_path / "out") == {}


def test_a_worker_without_this_source_code_is_listed():
    from helpers.cluster.client import _unlike

    here = Surroundings({"spc.py": "1a"}, {})
    assert _unlike(here, ModuleNotFoundError("No module named 'helpers'")) == [
        "it has not this source code (ModuleNotFoundError: No module named 'helpers')"
    ]


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
    small_project, waggle, tmp_path, hurried
):
    ran = waggle("run", "--out", str(tmp_path / "out"), "--cluster", "tcp://127.0.0.1:1")
    assert ran.code == 1
    assert ran.err.startswith("tcp://127.0.0.1:1: no scheduler answers there.")
    assert len(ran.err.splitlines()) == 1
