"""Finds the notebooks, and refuses those that cannot be run as asked, before any of them runs."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path

import nbformat

from helpers.errors import NotebookError, Problem

LONGEST_CELL = 30
"""Lines of code a cell may have; longer ones belong in helpers, or in several cells."""


def find_notebooks(root: Path) -> list[Path]:
    """Return the project's notebooks in order of name."""
    return sorted((root / "notebooks").glob("*.ipynb"))


def check_notebooks(paths: list[Path], parameters: list[str]) -> None:
    """Refuse notebooks that cannot be run as asked, before any of them runs.

    papermill only warns about a parameter that a notebook does not have, and about a missing
    ``parameters`` cell; either would publish the default quarter under another quarter's name.

    Parameters
    ----------
    parameters
        Names that the run passes; every notebook must have all of them.

    Raises
    ------
    NotebookError
        With every problem of every notebook: unreadable files, no or several parameters cells,
        missing or misspelt parameters, saved outputs, classes, and cells that are too long.
    """
    problems = [problem for path in paths for problem in _problems_of(path, parameters)]
    if not paths:
        found = "there is no notebook in it"
        problems = [Problem("notebooks", found, "restore them from version control")]
    if problems:
        raise NotebookError(problems)


def _problems_of(path: Path, parameters: list[str]) -> list[Problem]:
    place = f"notebooks/{path.name}"
    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception as error:
        found = f"it cannot be read as a notebook ({type(error).__name__})"
        return [Problem(place, found, "restore it from version control")]
    problems = _problems_of_parameters(place, notebook, parameters)
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type != "code":
            continue
        where = f"{place}, cell {number}"
        if cell.get("outputs"):
            remedy = "clear all outputs and save: the run makes them"
            problems.append(Problem(where, "saved outputs", remedy))
        lines = len(cell.source.splitlines())
        if lines > LONGEST_CELL:
            found = f"{lines} lines of code (at most {LONGEST_CELL})"
            problems.append(Problem(where, found, "split it, or move a step into src/helpers"))
        if re.search(r"^\s*class ", cell.source, flags=re.MULTILINE):
            problems.append(Problem(where, "a class", "move it into src/helpers"))
    return problems


def _problems_of_parameters(
    place: str, notebook: nbformat.NotebookNode, parameters: list[str]
) -> list[Problem]:
    from papermill.translators import PythonTranslator

    tagged = [
        number
        for number, cell in enumerate(notebook.cells, start=1)
        if "parameters" in cell.metadata.get("tags", [])
    ]
    if len(tagged) != 1:
        found = f"{len(tagged) or 'no'} cell{'s' if tagged else ''} tagged 'parameters'"
        wanted = " and ".join(f"'{name}'" for name in parameters)
        remedy = f"tag the one code cell that sets {wanted} with 'parameters'"
        return [Problem(place, found, remedy)]
    declared = [found.name for found in PythonTranslator.inspect(notebook.cells[tagged[0] - 1])]
    problems = []
    for name in parameters:
        if name in declared:
            continue
        close = get_close_matches(name, [d for d in declared if d not in parameters], n=1)
        found = f"'{close[0]}' where '{name}' is expected" if close else f"no parameter '{name}'"
        remedy = f"rename it to '{name}'" if close else f"""add: {name}: str = "..." """.strip()
        problems.append(Problem(f"{place}, cell {tagged[0]} (parameters)", found, remedy))
    return problems
