"""Whole runs that are killed, run out of room, may not write, or meet: readers lose nothing."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SMALL_PROJECT = Path(__file__).parent / "small_project"
FIGURES = "data/raw/sources/statistics-2025-06-19/figures.csv"
FIGURE = re.compile(r"(?<=,2025,Beeshire,)56\.\d")
"""A rate of the latest year: it is in the tables, the notebook and the site."""

KILLS = int(os.environ.get("WAGGLE_KILLS", "6"))
"""How many runs are killed; set the variable for more."""

KILLS_BEFORE_A_WHOLE_RUN = 3

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="no process is forked on this system"
)


@pytest.fixture(scope="session")
def start(ask):
    """Return a function that starts a run in a process, and a process group, of its own.

    It is forked from one that has the libraries already, as a run is after its first second: what
    may happen to it happens while it works. It returns the process's number.
    """
    return lambda root, most=None: ask("start", str(root), ["run"], [], most)


@pytest.fixture(scope="session")
def ended(ask):
    """Return a function that waits for a run's end: exit code, words on the error channel."""

    def ended(process):
        code, _, errors = ask("end", process)
        return code, errors

    return ended


@pytest.fixture(scope="session")
def run(start, ended):
    """Return a function that runs to the end, whatever it is, in a process of its own."""
    return lambda root, **limits: ended(start(root, **limits))


@pytest.fixture(scope="session")
def finish(call):
    """Return a function that runs to the end, which must be a good one, in the warm process."""

    def finish(root):
        code, _, errors = call(root, "run")
        assert code == 0, errors

    return finish


def set_figure(root, figure):
    path = root / FIGURES
    text, count = FIGURE.subn(figure, path.read_text(encoding="utf-8"))
    assert count == 1
    path.write_text(text, encoding="utf-8")


def site_of(root):
    """Return every file of the published site and what is in it; None where there is no site."""
    site = root / "reports" / "site"
    if not site.is_dir():
        return None
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def finished(finished_small_project, run, tmp_path_factory):
    """Make a project with a finished site A, and one where a figure changed and the site is B.

    Returns both, and how many seconds the run from A to B took.
    """
    folder = tmp_path_factory.mktemp("faults")
    first, root = (shutil.copytree(finished_small_project, folder / name) for name in "AB")
    set_figure(root, "56.5")
    begun = time.monotonic()
    assert run(root)[0] == 0
    return first, root, time.monotonic() - begun


@pytest.fixture
def project(finished, tmp_path):
    """Copy the project with site A, and change the figure so that the next run makes site B."""
    root = shutil.copytree(finished[0], tmp_path / "project")
    set_figure(root, "56.5")
    return root


@pytest.fixture
def sites(finished):
    """Return the sites A and B, whole."""
    a, b = site_of(finished[0]), site_of(finished[1])
    assert a["data/assessments.csv"] != b["data/assessments.csv"]
    assert a["index.html"] != b["index.html"]
    return a, b


def assert_told(result, *words):
    """A run must have failed with a message, no traceback, and these words in it."""
    code, errors = result
    assert code == 1, errors
    assert errors.strip()
    assert "Traceback" not in errors
    for expected in words:
        assert expected in errors


# ---------------------------------------------------------------------- killed


def test_a_run_killed_at_any_moment_leaves_one_of_the_two_sites_and_the_next_run_mends_all(
    finished, finish, project, sites, start, ended
):
    figures, wanted, killed = ["56.0", "56.5"], 1, 0
    for number in range(1, KILLS + 1):
        process = start(project)
        # Out of a whole run's time, the same for the same number on every machine.
        moment = random.Random(number).uniform(0, finished[2])
        time.sleep(moment)
        os.killpg(process, signal.SIGKILL)  # also one that has ended: nobody has waited for it
        killed += ended(process)[0] == -signal.SIGKILL
        site = site_of(project)
        if sys.platform == "linux" or site is not None:
            assert site in sites, f"kill {number}, after {moment:.2f} seconds"
        if number % KILLS_BEFORE_A_WHOLE_RUN and number != KILLS:
            continue
        finish(project)
        assert site_of(project) == sites[wanted], f"after kill {number}"
        left = {path.name for path in (project / "reports").glob("site*")}
        assert left == {"site"}
        wanted = 1 - wanted
        set_figure(project, figures[wanted])
    assert killed, "every run had ended before its moment came"


WATCH = """
import os, sys
site, stop, *names = sys.argv[1:]
paths = [os.path.join(site, name) for name in names]
seen, missed, stopped = [set() for path in paths], 0, False

def look():
    for found, path in zip(seen, paths):
        with open(path, "rb") as file:
            found.add(hash(file.read()))

# However slow this process is, it has seen the site before the run, and sees the one after it.
look()
print("watching", flush=True)
while not stopped:
    stopped = os.path.exists(stop)
    try:
        look()
        # Asking is far quicker than reading: no gap between two renames is too short for it.
        for _ in range(500):
            for path in paths:
                os.stat(path)
    except OSError:
        missed += 1
print(missed, *(len(found) for found in seen))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux swaps folders in one step")
def test_a_reader_finds_every_page_at_every_moment_of_a_publication(
    finish, project, sites, tmp_path
):
    names = ["index.html", "data/assessments.csv"]
    arguments = [project / "reports" / "site", tmp_path / "stop", *names]
    watcher = subprocess.Popen(
        [sys.executable, "-c", WATCH, *map(str, arguments)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert watcher.stdout.readline() == "watching\n"
        finish(project)
    finally:
        (tmp_path / "stop").touch()
        said, _ = watcher.communicate()
    assert site_of(project) == sites[1]
    # Never missed; of each file the old version and the new, and nothing between.
    assert said.split() == ["0", "2", "2"]


# ---------------------------------------------------------------------- no room, no permission


@pytest.mark.parametrize("where", ["at the first table", "at the last bytes of a page"])
def test_a_run_without_room_on_the_disk_says_so_and_leaves_the_site(
    finish, project, sites, run, where
):
    most = 200 if where == "at the first table" else len(sites[1]["index.html"]) - 1
    # What makes every larger file fail, as on a full disk.
    assert_told(run(project, most=most), "File too large")
    assert site_of(project) == sites[0]
    finish(project)
    assert site_of(project) == sites[1]


def test_a_file_where_the_next_site_is_to_be_built_is_told_and_kept(finish, project, sites, run):
    taken = project / "reports" / "site.new"
    taken.write_text("keep me")
    assert_told(run(project), "site.new")
    assert taken.read_text() == "keep me"
    assert site_of(project) == sites[0]
    taken.unlink()
    finish(project)
    assert site_of(project) == sites[1]


@pytest.fixture
def deny():
    """Make a folder one in which nothing may be made or renamed, also by root."""
    denied = []

    def make(folder):
        if not hasattr(os, "geteuid"):
            pytest.skip("no such rights on this system")
        if os.geteuid():
            folder.chmod(0o555)
        elif (
            not shutil.which("chattr")
            or subprocess.run(["chattr", "+i", folder], capture_output=True).returncode
        ):
            pytest.skip("root may write everywhere, and no folder can be made immutable here")
        denied.append(folder)

    def allow():
        while denied:
            folder = denied.pop()
            if os.geteuid():
                folder.chmod(0o755)
            else:
                subprocess.run(["chattr", "-i", folder], check=True)

    make.allow = allow
    yield make
    allow()


def test_a_run_that_may_not_write_says_so_and_leaves_the_site(finish, project, sites, run, deny):
    deny(project / "reports")
    assert_told(run(project), "reports")
    assert site_of(project) == sites[0]
    deny.allow()
    finish(project)
    assert site_of(project) == sites[1]


def test_a_site_that_may_not_be_moved_stays_and_the_run_says_so(finish, project, sites, run, deny):
    if hasattr(os, "geteuid") and os.geteuid():
        pytest.skip("only root can forbid that a folder is moved within a folder of one's own")
    deny(project / "reports" / "site")
    assert_told(run(project), "still stands", "Operation not permitted")
    assert site_of(project) == sites[0]
    deny.allow()
    finish(project)
    assert site_of(project) == sites[1]


# ---------------------------------------------------------------------- two at once


def test_of_two_runs_at_once_one_works_and_the_other_says_who_is_at_work(
    project, sites, start, ended
):
    runs = [start(project), start(project)]
    (good, worked), (refused, _) = sorted((ended(run), run) for run in runs)
    assert good[0] == 0, good
    assert_told(refused, "Another run", f"process {worked} ")
    assert site_of(project) == sites[1]
