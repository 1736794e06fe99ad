"""A copy of the project to measure in: its notebooks, its tables, and changes made and undone."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
import yaml

WORKERS = 2
"""How many notebooks at a time, for everyone but those who can only do one after another."""

_COPIED = (".git", "data/raw", "notebooks", "reports", "src")
_MADE_THERE = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
_MADE = ("data/processed", "reports/data", "reports/indicators", "reports/site", "executed")


class Failed(Exception):
    """A contestant did not do what it was asked for; the message says how it ended."""


@dataclass(frozen=True)
class Place:
    """A copy of the project.

    Parameters
    ----------
    root
        The copy. It has some of our notebooks, or all, or all several times under other names.
    tables
        The quarters' tables, made once with this copy's source: what notebooks begin with.
    whole
        Whether all notebooks are there, and a site can be made of them.
    """

    root: Path
    tables: Path
    whole: bool
    quarter: str
    area: str

    @property
    def notebooks(self) -> list[Path]:
        """The copy's notebooks, in order of name."""
        return sorted((self.root / "notebooks").glob("*.ipynb"))

    def run(self, *arguments: str, processed: Path | None = None) -> str:
        """Run a Python command with the copy's source; return what it printed.

        Raises
        ------
        Failed
            With its last line, where it ended with an error.
        """
        command = [sys.executable, *arguments]
        done = subprocess.run(
            command,
            cwd=self.root / "notebooks",
            env=self.environment(processed),
            capture_output=True,
            text=True,
        )
        if done.returncode:
            lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
            raise Failed(f"exit code {done.returncode}: {' / '.join(lines[-3:])}")
        return done.stdout

    def environment(self, processed: Path | None = None) -> dict[str, str]:
        """Return an environment in which the copy's source goes before the project's own."""
        given = {"WAGGLE_PROCESSED": str(processed)} if processed else {}
        kept = {name: value for name, value in os.environ.items() if name != "WAGGLE_PROCESSED"}
        return kept | {"PYTHONPATH": str(self.root / "src")} | given

    def reset(self, with_tables: bool) -> None:
        """Remove all that was made here, but for the tables if they are to stand."""
        for name in _MADE:
            shutil.rmtree(self.root / name, ignore_errors=True)
        for path in (self.root / "reports").glob("*.ipynb"):
            path.unlink()
        if with_tables:
            shutil.copytree(self.tables, self.root / "data" / "processed")

    def fresh_folder(self) -> Path:
        """Return an empty folder for executed notebooks."""
        folder = self.root / "executed"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder


def make_place(project: Path, folder: Path, count: int) -> Place:
    """Copy the project, with the first so many notebooks; again and again where there are fewer."""
    root = folder / f"waggle-{count}"
    for name in _COPIED:
        if (project / name).is_dir():
            shutil.copytree(project / name, root / name, ignore=_MADE_THERE)
    for name in ("site", "data", "indicators"):
        shutil.rmtree(root / "reports" / name, ignore_errors=True)
    ours = sorted((root / "notebooks").glob("*.ipynb"))
    for number in range(len(ours), count):
        source = ours[number % len(ours)]
        shutil.copy(source, source.with_stem(f"{source.stem}-{number // len(ours) + 1:02}"))
    for path in ours[count:]:
        path.unlink()
    raw = root / "data" / "raw"
    quarter = yaml.safe_load((raw / "quarters.yml").read_text(encoding="utf-8"))["default"]
    area = yaml.safe_load((raw / "areas.yml").read_text(encoding="utf-8"))["reporting_area"]
    place = Place(root, folder / f"tables-{count}", count == len(ours), quarter, area)
    used = Path(place.run("-c", "import helpers; print(helpers.__file__)").strip())
    if not used.is_relative_to(root):
        raise Failed(f"the source that runs is {used}, not the copy's")
    # Looked through once, so that git need not read every file again to compare their dates.
    subprocess.run(["git", "-C", str(root), "status"], capture_output=True, check=False)
    place.run("-m", "helpers.cli", "run", "--until", "assessments")
    shutil.move(root / "data" / "processed", place.tables)
    return place


@contextmanager
def one_figure_changed(place: Place) -> Iterator[None]:
    """Add one to the area's last figure in the longest table of figures; then put it back."""
    tables = (place.root / "data" / "raw" / "sources").glob("*/figures.csv")
    path = max(tables, key=lambda path: path.stat().st_size)
    before = path.read_text(encoding="utf-8")
    header, *rows = csv.reader(io.StringIO(before))
    area, value = header.index("area"), header.index("value")
    row = next(row for row in reversed(rows) if row[area] == place.area)
    row[value] = f"{float(row[value]) + 1:g}"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
    try:
        yield
    finally:
        path.write_text(before, encoding="utf-8")


@contextmanager
def one_notebook_changed(place: Place) -> Iterator[None]:
    """Add a sentence to the first notebook; then take it away."""
    path = place.notebooks[0]
    before = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(before, as_version=4)
    next(c for c in notebook.cells if c.cell_type == "markdown").source += "\nOne more sentence."
    nbformat.write(notebook, path)
    try:
        yield
    finally:
        path.write_text(before, encoding="utf-8")
