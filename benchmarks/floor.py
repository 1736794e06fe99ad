"""The floor: the notebooks' analysis as a plain script, in two processes that have the libraries.

It calls everything that the cells call: reads the tables, computes, asserts, draws every chart as
SVG. What a cell shows, with `display` or as its last value, is turned into HTML and dropped. It
does not start Python, import libraries, or read notebooks while the clock runs; it does not fork
for each notebook, run IPython, note what was read, keep notebooks apart, or write anything. A
process goes on to the next notebook with what the last one left in its memory.
"""

from __future__ import annotations

import ast
import json
import multiprocessing
import os
import sys
import time
from pathlib import Path

from place import WORKERS

os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["MPLBACKEND"] = "agg"


def show(*values: object, **_: object) -> None:
    """Turn values into what a notebook would show of them, and drop it."""
    for value in values:
        as_html = getattr(value, "_repr_html_", None)
        if as_html is None or as_html() is None:
            repr(value)


def execute(cells: list[str]) -> int:
    """Execute the code of one notebook; return how many cells."""
    names: dict[str, object] = {"__name__": "__main__"}
    for source in cells:
        tree = ast.parse(source)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "cell", "exec"), names)
        if last is not None:
            value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
            if value is not None:
                show(value)
    return len(cells)


def code_of(path: Path, parameters: str) -> list[str]:
    """Return a notebook's code, with the parameters set after the cell that is tagged for them."""
    cells = []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            cells.append("".join(cell["source"]))
            if "parameters" in cell["metadata"].get("tags", []):
                cells.append(parameters)
    return cells


def main(folder: str, quarter: str, area: str) -> None:
    """Execute every notebook of a folder, and print the seconds as JSON."""
    import IPython.display

    IPython.display.display = show  # before the helpers take it from there
    from helpers.notebook_runs import warm_up

    warm_up()
    os.chdir(folder)
    parameters = f"quarter = {quarter!r}\narea = {area!r}\n"
    notebooks = [code_of(path, parameters) for path in sorted(Path(folder).glob("*.ipynb"))]
    with multiprocessing.get_context("fork").Pool(WORKERS) as pool:
        pool.map(abs, range(WORKERS))  # both are there
        started = time.perf_counter()
        cells = sum(pool.imap_unordered(execute, notebooks))
        seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "notebooks": len(notebooks), "cells": cells}))


if __name__ == "__main__":
    main(*sys.argv[1:])
