"""The same inputs make the same files, byte for byte: elsewhere, and at another time."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

SMALL_PROJECT = Path(__file__).parent / "small_project"


def run(root, options, **variables):
    """Run as a process of its own, among no variables of this test's and without Quarto."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("WAGGLE_", "LC_", "LANG"))}
    folders = kept.get("PATH", "").split(os.pathsep)
    kept["PATH"] = os.pathsep.join(f for f in folders if not shutil.which("quarto", path=f))
    called = subprocess.run(
        [sys.executable, "-m", "helpers.cli", "run", *options],
        cwd=root,
        env=kept | variables,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    assert called.returncode == 0, called.stderr


def made_in(root):
    """Return all that a run made, but for what it keeps for itself."""
    files = [p for name in ("data/processed", "reports") for p in (root / name).rglob("*")]
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(files)
        if path.is_file() and ".waggle" not in path.parts
    }


@pytest.fixture(scope="module")
def made(finished_small_project, tmp_path_factory):
    """Run two copies of the small project, as differently as can be.

    The one that all tests share was made by a process that lives on, in America, with as many
    workers as there are processors, and with chance in the order of sets.
    """
    one = finished_small_project
    # Into another second, and with files of another date.
    other = shutil.copytree(
        SMALL_PROJECT,
        tmp_path_factory.mktemp("repeatable") / "another, with a longer näme" / "two",
        copy_function=shutil.copyfile,
    )
    for path in other.rglob("*"):
        os.utime(path, (86400, 86400))
    while time.time() // 1 == (one / "reports" / "site" / "index.html").stat().st_mtime // 1:
        time.sleep(0.1)
    within = other / "data" / "raw"
    run(within, ["--workers", "1"], PYTHONHASHSEED="2", TZ="Pacific/Kiritimati", LC_ALL="C")
    return made_in(one), made_in(other)


def test_the_same_files_are_made_wherever_and_whenever(made):
    one, other = made
    assert sorted(one) == sorted(other)
    for name in (
        "reports/index.ipynb",
        "reports/data/assessments.csv",
        "reports/data/record.json",
        "reports/site/index.html",
        "reports/site/data/calculations/hive-plan-2022-27/1-measure-1.json",
        "data/processed/2025-26-q1/observations.csv",
    ):
        assert name in one


def test_every_file_is_the_same_byte_for_byte(made):
    one, other = made
    assert [name for name in one if one[name] != other[name]] == []


def test_nothing_that_is_made_says_where_or_in_which_surroundings(made):
    project = str(SMALL_PROJECT.parents[1])
    surroundings = [project, sys.prefix, "repeatable0", "small-project", "Kiritimati", "Adak"]
    told = {
        (name, text)
        for content_of in made
        for name, content in content_of.items()
        for text in surroundings
        if text.encode() in content
    }
    assert told == set()
