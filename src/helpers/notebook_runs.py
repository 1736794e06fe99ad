"""Checks the notebooks, and executes them with papermill: one process each, several at a time."""

from __future__ import annotations

import multiprocessing
import os
import re
from concurrent.futures import ProcessPoolExecutor, as_completed
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


def execute_notebooks(
    paths: list[Path],
    output: Path,
    parameters: dict[str, str],
    workers: int | None = None,
    environment: dict[str, str] | None = None,
) -> list[Path]:
    """Execute notebooks into a folder, several at a time, each in a process of its own.

    Parameters
    ----------
    output
        Where the executed notebooks go, under their own names.
    workers
        How many at a time; None means one for each processor.
    environment
        Variables that the notebooks see besides those of this process.

    Returns
    -------
    list of Path
        The executed notebooks, in the order given.

    Raises
    ------
    NotebookError
        With every notebook that raised, its cell and the last lines of what went wrong. The
        others are executed all the same.
    """
    output.mkdir(parents=True, exist_ok=True)
    workers = workers or max(1, min(len(paths), os.cpu_count() or 1))
    problems: list[Problem] = []
    # Spawned, not forked: Jupyter's client holds sockets and threads.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        workers, context, initializer=_set_environment, initargs=(environment or {},)
    ) as pool:
        running = [pool.submit(_execute, path, output / path.name, parameters) for path in paths]
        for finished in as_completed(running):
            problem = finished.result()
            if problem:
                problems.append(problem)
    if problems:
        raise NotebookError(sorted(problems, key=lambda problem: problem.place))
    return [output / path.name for path in paths]


def _set_environment(environment: dict[str, str]) -> None:
    """Give a worker, and so its notebooks, variables that the run itself does not have."""
    os.environ.update(environment)


def _execute(path: Path, output: Path, parameters: dict[str, str]) -> Problem | None:
    """Execute one notebook; return what went wrong, or None."""
    # Imported here so that the command line starts quickly, and each worker only once.
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    place = f"notebooks/{path.name}"
    try:
        papermill.execute_notebook(
            str(path),
            str(output),
            parameters=parameters,
            cwd=str(path.parent),
            # By this Python, whatever the kernel was called where the notebook was saved.
            kernel_name="python3",
            language="python",
            progress_bar=False,
            request_save_on_cell_execute=False,
            # The kernel's own remarks are noise; what a cell says is in the notebook.
            extra_arguments=["--IPKernelApp.log_level=CRITICAL"],
        )
    except PapermillExecutionError as error:
        lines = [_without_colours(line) for line in "\n".join(error.traceback).splitlines()]
        last = "\n        ".join(line for line in lines[-8:] if line.strip())
        return Problem(
            f"{place}, cell {_number_in_notebook(path, error.cell_index)}",
            f"{error.ename}: {_without_colours(error.evalue)}\n        {last}",
            "open the notebook with 'make lab', run it to that cell and mend it",
        )
    except (DeadKernelError, CellTimeoutError) as error:
        return Problem(
            place, str(error).splitlines()[0], "make the notebook lighter, and run again"
        )
    _forget_when_and_where(output)
    return None


def _number_in_notebook(path: Path, index: int) -> int:
    """Count a cell as the notebook has it, without the one that a run adds after `parameters`."""
    tags = [cell.metadata.get("tags", []) for cell in nbformat.read(path, as_version=4).cells]
    tagged = next((n for n, names in enumerate(tags) if "parameters" in names), len(tags))
    return index if index > tagged else index + 1


def _forget_when_and_where(path: Path) -> None:
    """Drop papermill's times and paths, which would make every run differ from the last."""
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata.pop("papermill", None)
    for number, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell["id"] = f"injected-{number}"
    nbformat.write(notebook, path)


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


def _without_colours(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", str(text))
