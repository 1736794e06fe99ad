"""Executes notebooks with papermill: several at a time, each in a process that is its own."""

from __future__ import annotations

import contextlib
import importlib
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import nbformat

from helpers import reads
from helpers.errors import Problem, WaggleError
from helpers.limits import Limits
from helpers.project import PROCESSED_VARIABLE, find_root
from helpers.reads import Read
from helpers.workers import Done, Lost, Step, work_through


@dataclass(frozen=True)
class Job:
    """One notebook to execute.

    Parameters
    ----------
    notebook
        The notebook as analysts have it.
    output
        Where the executed one goes; its folder is there.
    processed
        The folder of the quarters' tables.
    """

    notebook: Path
    output: Path
    processed: Path
    parameters: dict[str, str]
    engine: str = "waggle"

    @property
    def place(self) -> str:
        """The notebook, as messages name it."""
        return f"notebooks/{self.notebook.name}"


@dataclass(frozen=True)
class Outcome:
    """How a notebook went.

    Parameters
    ----------
    problem
        What went wrong; None where nothing did.
    reads
        What it read of the quarters' tables; None where that is not known, as in a kernel.
    files
        What else it opened of the project; absolute paths.
    seconds
        How long it took; 0 where that is not known, as where a cluster's worker died.
    """

    problem: Problem | None
    reads: list[Read] | None = None
    files: list[str] = field(default_factory=list)
    seconds: float = 0


@dataclass(frozen=True)
class AtCell:
    """A notebook has come to a cell, counted from 1, of so many."""

    number: int
    of: int


def execute_notebooks(
    jobs: Sequence[Job],
    workers: int | None = None,
    limits: Limits | None = None,
    tell: Callable[[Job, AtCell | Outcome], None] = lambda job, what: None,
    fork: bool | None = None,
) -> list[Outcome]:
    """Execute notebooks, several at a time; one that fails does not stop the others.

    Parameters
    ----------
    workers
        How many at a time; None means one for each processor.
    limits
        Time for a cell, and memory for a notebook.
    tell
        Told of each cell that a notebook comes to, and of its outcome.
    fork
        None: where it can be (`helpers.workers`). A kernel's worker is never forked.

    Returns
    -------
    list of Outcome
        In the order of the jobs.
    """
    outcomes: dict[int, Outcome] = {}
    for heard in _executing(jobs, workers, limits or Limits(), fork):
        job = jobs[heard.job]
        if isinstance(heard, Step):
            tell(job, heard.step)
            continue
        outcomes[heard.job] = (
            _shared(heard.result) if isinstance(heard, Done) else _lost(job, heard)
        )
        tell(job, outcomes[heard.job])
    return [outcomes[number] for number in range(len(jobs))]


def _shared(outcome: Outcome) -> Outcome:
    """Let outcomes share the texts that they have in common: there may be thousands of them."""
    if not outcome.reads:
        return outcome
    return replace(outcome, reads=[Read(*map(sys.intern, read)) for read in outcome.reads])


def _executing(
    jobs: Sequence[Job], workers: int | None, limits: Limits, fork: bool | None
) -> Iterator[Step | Done | Lost]:
    workers = workers or max(1, min(len(jobs), os.cpu_count() or 1))
    if any(job.engine == "kernel" for job in jobs):
        fork = False  # Jupyter's client holds sockets and threads
    elif fork is not False:
        warm_up()
        _remember_tables(jobs)
    return work_through(execute, jobs, workers, limits, fork)


def _lost(job: Job, lost: Lost) -> Outcome:
    if not lost.in_step:  # of the cell that was told last, it had heard the end
        found = f"{lost.reason} before, between or after its cells"
        return Outcome(Problem(job.place, found, lost.remedy), seconds=lost.seconds)
    place = job.place if lost.step is None else _place(job, lost.step.number - 1)
    remedy = "make the cell lighter, or allow more with --cell-seconds or --memory, and run again"
    return Outcome(Problem(place, lost.reason, remedy), seconds=lost.seconds)


NEEDED = (
    "IPython.core.completer",
    "helpers.account",
    "helpers.blocks",
    "helpers.shell",
    "matplotlib.pyplot",
    "matplotlib_inline.backend_inline",
    "nbclient.exceptions",
    "papermill",
    "seaborn",
)
"""Modules that notebooks, or the engine, import."""


def warm_up() -> None:
    """Import what notebooks need, once, for the processes that are forked from this one."""
    for name in NEEDED:
        importlib.import_module(name)
    from helpers.engine import isolated
    from helpers.shell import gathering_shell

    # What a first shell and a first figure look up, none after them has to.
    with isolated(), gathering_shell():
        pass


def _remember_tables(jobs: Sequence[Job]) -> None:
    """Read the tables that the notebooks are likely to ask for, once for all of them."""
    from helpers.account import remember_accounts
    from helpers.definition_files import read_definitions

    asked = {
        (job.notebook.parent, job.processed, *map(job.parameters.get, ("quarter", "area")))
        for job in jobs
    }
    for folder, processed, quarter, area in asked:
        # What is wrong with the definitions is said where a notebook meets it.
        with contextlib.suppress(WaggleError, OSError):
            definitions = read_definitions(find_root(folder))
            chosen, place = definitions.quarter(quarter), area or definitions.reporting_area
            remember_accounts(definitions, processed, chosen, place)


def execute(job: Job, tell: Callable[[AtCell | None], None] = lambda step: None) -> Outcome:
    """Execute one notebook in this process (or in a kernel of its own), and say how it went.

    Parameters
    ----------
    tell
        Told of each cell, and of None where what follows is no cell's (`helpers.workers`).
    """
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    from helpers.engine import KernelEngine, opened_files

    started = time.monotonic()
    warm = job.engine == "waggle"
    count = len(nbformat.read(job.notebook, as_version=4).cells) + 1
    at = 0

    def before_cell(index: int | None) -> None:
        nonlocal at
        if index is not None:
            at = index
        tell(None if index is None else AtCell(index + 1, count))

    problem: Problem | None = None
    os.environ[PROCESSED_VARIABLE] = str(job.processed)
    reads.start()
    with opened_files(find_root(job.notebook.parent), job.processed) as files:
        try:
            notebook = papermill.execute_notebook(
                str(job.notebook),
                str(job.output),
                parameters=job.parameters,
                engine_name="waggle" if warm else KernelEngine.registered(),
                cwd=str(job.notebook.parent),
                # By this Python, whatever the kernel was called where the notebook was saved.
                kernel_name="python3",
                language="python",
                progress_bar=False,
                request_save_on_cell_execute=False,
                before_cell=before_cell,
            )
        except PapermillExecutionError as error:
            problem = _raised(job, error)
        except (DeadKernelError, CellTimeoutError) as error:
            found = str(error).splitlines()[0]
            problem = Problem(_place(job, at), found, "make the cell lighter, and run again")
        except MemoryError:
            problem = _out_of_memory(job, at)
    if problem is None:
        problem = _made_repeatable(job, notebook)
    seconds = time.monotonic() - started
    return Outcome(problem, reads.taken() if warm else None, files, seconds)


def _raised(job: Job, error) -> Problem:
    if error.ename == "MemoryError":
        return _out_of_memory(job, error.cell_index)
    lines = [_without_colours(line) for line in "\n".join(error.traceback).splitlines()]
    last = "\n        ".join(line for line in lines[-8:] if line.strip())
    return Problem(
        _place(job, error.cell_index),
        f"{error.ename}: {_without_colours(error.evalue)}\n        {last}",
        "open the notebook with 'make lab', run it to that cell and mend it",
    )


def _out_of_memory(job: Job, index: int) -> Problem:
    return Problem(
        _place(job, index),
        "it needed more memory than a notebook may have",
        "make the cell lighter, or allow more with --memory, and run again",
    )


def _place(job: Job, index: int) -> str:
    """Name a cell of the executed notebook as messages do."""
    return f"{job.place}, cell {number_in_notebook(job.notebook, index)}"


def number_in_notebook(path: Path, index: int) -> int:
    """Count a cell as the notebook has it, without the one that a run adds after `parameters`.

    Parameters
    ----------
    index
        Its place in the executed notebook, from 0.

    Returns
    -------
    int
        From 1. The added cell has the number of the `parameters` cell.
    """
    tags = [cell.metadata.get("tags", []) for cell in nbformat.read(path, as_version=4).cells]
    tagged = next((n for n, names in enumerate(tags) if "parameters" in names), len(tags))
    return index if index > tagged else index + 1


# ------------------------------------------------------------------- the same bytes at every run

_ADDRESS = re.compile(r"(<[\w.]+[^<>]*? at) 0x[0-9a-f]{6,16}>")
_STYLER_ID = re.compile(r"\bT_([0-9a-f]{5})(?=[_\"' ])")


def _made_repeatable(job: Job, notebook: nbformat.NotebookNode) -> Problem | None:
    """Drop from an executed notebook what would make every run differ from the last.

    That are papermill's times and paths, the times of cells, the random id of the added cell,
    addresses of objects, and the random ids of pandas' styled tables.
    """
    notebook.metadata.pop("papermill", None)
    for number, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell["id"] = f"injected-{number}"
        for output in cell.get("outputs", []):
            if output.output_type == "error":  # papermill lets a notebook end itself in the middle
                found = f"the cell ends the notebook ({output.ename})"
                remedy = "let the notebook run to its last cell"
                return Problem(_place(job, number), found, remedy)
            _without_chance(output, number)
    nbformat.write(notebook, job.output)
    return None


def _without_chance(output: nbformat.NotebookNode, cell: int) -> None:
    if "text" in output:
        output.text = _ADDRESS.sub(r"\1 0x…>", output.text)
    data = output.get("data", {})
    for kind in [kind for kind in data if kind.startswith("text/")]:
        data[kind] = _ADDRESS.sub(r"\1 0x…>", data[kind])
    ids: dict[str, str] = {}
    if "text/html" in data and "<style" in data["text/html"]:
        data["text/html"] = _STYLER_ID.sub(
            lambda found: ids.setdefault(found[0], f"T_cell_{cell}_{len(ids)}"), data["text/html"]
        )


def _without_colours(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", str(text))
