"""Those who execute the notebooks: each a function that does it once and says how long it took."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from place import WORKERS, Failed, Place, one_figure_changed, one_notebook_changed

WHOLE = "whole"
"""Named so: the seconds of a whole command, as a clock on the wall has it."""

NOTHING, FIGURE, NOTEBOOK = "nothing changed", "one figure changed", "one notebook changed"
MADE_AGAIN = ": notebooks"
"""After a case: how many notebooks were executed, which is no time."""

Times = dict[str, float]


def papermill(place: Place, at_a_time: int) -> Times:
    """Call papermill's command for each notebook."""
    values = ["-p", "quarter", place.quarter, "-p", "area", place.area]

    def command(notebook: Path, out: Path) -> list[str]:
        return ["papermill", "--no-progress-bar", str(notebook), str(out / notebook.name), *values]

    return _each(place, command, at_a_time)


def nbconvert(place: Place) -> Times:
    """Call ``jupyter nbconvert --execute`` for each notebook.

    It cannot set parameters; those in the notebooks are the same quarter and area.
    """

    def command(notebook: Path, out: Path) -> list[str]:
        options = ["--execute", "--to", "notebook", "--output-dir", str(out)]
        return ["nbconvert", *options, str(notebook)]

    return _each(place, command, 1)


def _each(place: Place, command: Callable[[Path, Path], list[str]], at_a_time: int) -> Times:
    out = place.fresh_folder()

    def execute(notebook: Path) -> None:
        place.run("-m", *command(notebook, out), processed=place.tables)

    started = time.perf_counter()
    with ThreadPoolExecutor(at_a_time) as pool:
        list(pool.map(execute, place.notebooks))
    seconds = time.perf_counter() - started
    _all_made(place, out)
    return {WHOLE: seconds}


def floor(place: Place) -> Times:
    """Run the code cells as a plain script, in two processes that have the libraries (floor.py)."""
    script = str(Path(__file__).with_name("floor.py"))
    folder = str(place.root / "notebooks")
    said = place.run(script, folder, place.quarter, place.area, processed=place.tables)
    return {WHOLE: json.loads(said)["seconds"]}


def waggle(place: Place, engine: str) -> Times:
    """Run the notebooks with the tables there; then, of all notebooks, once for every change."""
    place.reset(with_tables=True)
    times, _ = _waggle(place, "--engine", engine, "--until", "notebooks")
    _all_made(place, place.root / "reports")
    if not place.whole:
        return times
    _waggle(place, "--engine", engine)  # to a site, from which the changes start
    again, executed = _waggle(place, "--engine", engine)
    if executed:
        raise Failed(f"nothing had changed, and it executed {executed} notebooks")
    times[NOTHING] = again[WHOLE]
    with one_figure_changed(place):
        again, executed = _waggle(place, "--engine", engine)
        times |= {FIGURE: again[WHOLE], FIGURE + MADE_AGAIN: executed}
        with one_notebook_changed(place):
            again, executed = _waggle(place, "--engine", engine)
            times |= {NOTEBOOK: again[WHOLE], NOTEBOOK + MADE_AGAIN: executed}
    return times


def from_nothing(place: Place) -> Times:
    """Run with nothing there: tables, notebooks and, of all notebooks, the site."""
    place.reset(with_tables=False)
    times, _ = _waggle(place, "--until", "site" if place.whole else "notebooks")
    _all_made(place, place.root / "reports")
    return times


def command(*options: str) -> list[str]:
    """Return the arguments of Python for a run."""
    return ["-m", "helpers.cli", "run", "--json", "--workers", str(WORKERS), *options]


def _waggle(place: Place, *options: str) -> tuple[Times, int]:
    started = time.perf_counter()
    said = place.run(*command(*options))
    whole = time.perf_counter() - started
    events = [json.loads(line) for line in said.splitlines()]
    summary = next((event for event in events if event["event"] == "summary"), {})
    return {WHOLE: whole, **summary.get("seconds", {})}, len(summary.get("executed", []))


def _all_made(place: Place, out: Path) -> None:
    missing = [path.name for path in place.notebooks if not (out / path.name).is_file()]
    if missing:
        raise Failed(f"did not make {', '.join(missing)}")


CONTESTANTS: dict[str, Callable[[Place], Times]] = {
    "papermill": partial(papermill, at_a_time=1),
    "papermill, two at a time": partial(papermill, at_a_time=2),
    "nbconvert": nbconvert,
    "waggle, kernels": partial(waggle, engine="kernel"),
    "waggle": partial(waggle, engine="waggle"),
    "waggle, from nothing": from_nothing,
    "floor": floor,
}
"""In the order of the first round."""
