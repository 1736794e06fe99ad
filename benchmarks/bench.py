"""`make bench`: what a run takes, beside papermill, nbconvert and the floor, on this machine."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from contestants import CONTESTANTS, Times, command
from memory import peak
from place import Failed, Place, make_place
from report import Measured, Sizes, write_report

PROJECT = Path(__file__).resolve().parents[1]
MAKES = "waggle, from nothing"
SLOW = ("papermill", "papermill, two at a time", "nbconvert", "waggle, kernels")
TO_NOTEBOOKS = ("--until", "notebooks")


def main() -> None:
    """Measure, and write the report."""
    options = _options()
    ours = len(list((PROJECT / "notebooks").glob("*.ipynb")))
    sizes = Sizes(3, 6, ours, 2 * ours) if options.quick else Sizes(16, 6, ours, 600)
    rounds = 1 if options.quick else options.rounds
    measured = Measured()
    scratch = Path(tempfile.mkdtemp(prefix="waggle-bench-"))
    try:
        places = {size: make_place(PROJECT, scratch, size) for size in sizes}
        for turn in range(rounds):
            for what, measure in _in_turn(_timed(places, sizes, options.quick), turn):
                if turn < options.slow_rounds or what[0] not in SLOW:
                    _do(what, measure, measured, options.only)
        once = [*_many(places[sizes.many], sizes), *_memory(places, sizes)]
        once.append((("rendering", 0), partial(_rendering, places[sizes.ours], rounds)))
        for what, measure in once:
            _do(what, measure, measured, options.only)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    write_report(measured, sizes, rounds, options.quick, PROJECT, options.out)


def _timed(places: dict[int, Place], sizes: Sizes, quick: bool) -> list:
    """List all that is measured in every round."""
    listed = []
    for size in (sizes.some, sizes.ours):
        for name, contestant in CONTESTANTS.items():
            # The others would take minutes with all notebooks.
            if not quick or size == sizes.some or name in ("waggle", MAKES, "floor"):
                listed.append(((name, size), partial(contestant, places[size])))
    return [*listed, (("help", 0), partial(_help, places[sizes.ours]))]


def _in_turn(listed: list, turn: int) -> list:
    """Begin each round with another, so that nobody always comes after the same one."""
    first = turn * 3 % len(listed)
    return listed[first:] + listed[:first]


def _many(place: Place, sizes: Sizes) -> list:
    return [((name, sizes.many), partial(CONTESTANTS[name], place)) for name in (MAKES, "floor")]


def _memory(places: dict[int, Place], sizes: Sizes) -> list:
    """Memory is looked at in runs of their own: looking takes time."""
    numbers = (sizes.few, sizes.ours, sizes.many)
    listed = [((f"memory at {n}", n), partial(_peak, places[n], TO_NOTEBOOKS)) for n in numbers]
    return [*listed, (("memory, to a site", sizes.ours), partial(_peak, places[sizes.ours], ()))]


def _peak(place: Place, until: tuple[str, ...]) -> Times:
    place.reset(with_tables=False)
    run = [sys.executable, *command(*until)]
    return {"MiB": peak(run, place.root, place.environment())}


def _rendering(place: Place, rounds: int) -> Times:
    place.reset(with_tables=False)
    place.run(*command())
    script = str(Path(__file__).with_name("rendering.py"))
    processed = place.root / "data" / "processed"
    said = place.run(script, str(place.root), place.quarter, str(rounds), processed=processed)
    return json.loads(said)


def _help(place: Place) -> Times:
    started = time.perf_counter()
    place.run("-m", "helpers.cli", "--help")
    return {"whole": time.perf_counter() - started}


def _do(
    what: tuple[str, int], measure: Callable[[], Times], measured: Measured, only: list[str]
) -> None:
    """Measure one thing once; a failure is kept for the report."""
    name, size = what
    if only and not any(part in name for part in only):
        return
    print(f"{name}{f', {size} notebooks' if size else ''}: ", end="", flush=True)
    try:
        found = measure()
    except Failed as failure:
        measured.failures[what] = str(failure)
        print(f"FAILED: {failure}", flush=True)
        return
    for part, value in found.items():
        measured.values.setdefault((*what, part), []).append(value)
    print(", ".join(f"{part} {value:.3g}" for part, value in found.items()), flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="times each (default: 5)")
    parser.add_argument(
        "--slow-rounds",
        type=int,
        default=5,
        help="in how many of them papermill, nbconvert and kernels take part (default: 5)",
    )
    parser.add_argument("--quick", action="store_true", help="one round of fewer notebooks")
    parser.add_argument(
        "--only", action="append", default=[], metavar="NAME", help="only what has this in its name"
    )
    parser.add_argument("--out", type=Path, default=PROJECT / "build" / "benchmarks", metavar="DIR")
    return parser.parse_args()


if __name__ == "__main__":
    if not os.path.exists("/proc/self/smaps_rollup"):
        sys.exit("The benchmarks run on Linux: memory is read from /proc.")
    main()
