"""What a run tells while it works: in a terminal, in a log, or for a machine."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import IO


@dataclass(frozen=True)
class Said:
    """Something is done, in words."""

    text: str


@dataclass(frozen=True)
class Planned:
    """Notebooks are to be executed.

    Parameters
    ----------
    notebooks
        Those to execute.
    unchanged
        Those that stand as they are.
    expected
        Seconds that each took the last time; those that never ran are missing.
    """

    quarter: str
    notebooks: list[str]
    unchanged: list[str]
    expected: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class At:
    """A notebook has come to a cell, counted from 1."""

    quarter: str
    notebook: str
    cell: int
    cells: int


@dataclass(frozen=True)
class Ended:
    """A notebook has been executed, or has failed; 0 seconds where they are not known."""

    quarter: str
    notebook: str
    seconds: float
    failed: bool = False


@dataclass
class Summary:
    """What a run did, gathered while it works and told at its end.

    Parameters
    ----------
    executed, unchanged, failed
        Notebooks, as ``quarter/notebook``.
    pages_made, pages_unchanged
        Indicators' own pages that were made, and those that stand as they were.
    rendered, copied
        Pages rendered, and pages that stand as they were.
    seconds
        How long each stage took, in order, and the whole.
    slowest
        Seconds of each executed notebook, the slowest first.
    """

    executed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    pages_made: int = 0
    pages_unchanged: int = 0
    rendered: int = 0
    copied: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    slowest: dict[str, float] = field(default_factory=dict)


Event = Said | Planned | At | Ended | Summary
Tell = Callable[[Event], None]


def plain(event: Event) -> None:
    """Print a line for what is worth one in a log."""
    match event:
        case Said(text):
            line = text
        case Planned(_, notebooks, unchanged):
            line = planned_line(notebooks, unchanged)
        case Ended(quarter, notebook, seconds, failed):
            took = f"{seconds:.1f} s"
            if failed:
                took = f"failed after {took}" if seconds else "failed"
            line = f"  {quarter} {notebook}: {took}"
        case Summary():
            line = summary_line(event)
        case At():
            return
    print(line, flush=True)


def as_json(event: Event) -> None:
    """Print an event as one line of JSON, its kind first."""
    entry = {"event": type(event).__name__.lower(), **asdict(event)}
    print(json.dumps(entry, ensure_ascii=False), flush=True)


def planned_line(notebooks: list[str], unchanged: list[str]) -> str:
    """Say how many notebooks are executed, and how many stand.

    Examples
    --------
    >>> planned_line(["ambition-1"], ["index", "data"])
    '1 notebook to execute, 2 unchanged'
    >>> planned_line([], ["index"])
    'no notebook to execute, 1 unchanged'
    """
    count = len(notebooks)
    to_do = f"{count or 'no'} notebook{'s' if count > 1 else ''} to execute"
    return f"{to_do}, {len(unchanged)} unchanged" if unchanged else to_do


def summary_line(summary: Summary) -> str:
    """Say what a run did, in a line or two.

    Examples
    --------
    >>> print(summary_line(Summary(["a/x", "a/y"], ["a/z"], rendered=2, copied=3,
    ...     seconds={"tables": 1.5, "notebooks": 4.04}, slowest={"a/y": 3.0, "a/x": 2.2})))
    2 notebooks executed, 1 unchanged; 2 pages rendered, 3 unchanged
    tables 1.5 s, notebooks 4.0 s (slowest: a/y 3.0 s, a/x 2.2 s); 5.5 s in all
    """
    count = len(summary.executed)
    parts = [f"{count or 'no'} notebook{'' if count == 1 else 's'} executed"]
    if summary.unchanged:
        parts[0] += f", {len(summary.unchanged)} unchanged"
    if summary.failed:
        parts[0] += f", {len(summary.failed)} failed"
    if summary.pages_made or summary.pages_unchanged:
        parts.append(pages_line(summary))
    if summary.rendered or summary.copied:
        pages = summary.rendered
        parts.append(f"{pages or 'no'} page{'' if pages == 1 else 's'} rendered")
        if summary.copied:
            parts[-1] += f", {summary.copied} unchanged"
    times = [f"{stage} {seconds:.1f} s" for stage, seconds in summary.seconds.items()]
    if summary.slowest and times:
        slowest = [f"{name} {s:.1f} s" for name, s in list(summary.slowest.items())[:3]]
        at = list(summary.seconds).index("notebooks")
        times[at] += f" (slowest: {', '.join(slowest)})"
    whole = sum(summary.seconds.values())
    return "; ".join(parts) + "\n" + ", ".join(times) + f"; {whole:.1f} s in all"


def pages_line(summary: Summary) -> str:
    """Say how many of the indicators' own pages were made, and how many stand.

    Examples
    --------
    >>> pages_line(Summary(pages_made=1, pages_unchanged=73))
    '1 indicator page made, 73 unchanged'
    """
    count = summary.pages_made
    noun = "page" if count == 1 else "pages"
    return f"{count or 'no'} indicator {noun} made, {summary.pages_unchanged} unchanged"


def seconds_left(to_do: dict[str, float], at_work: dict[str, float], workers: int) -> float:
    """Estimate how long the notebooks will take that are not done yet.

    Parameters
    ----------
    to_do
        Expected seconds of the notebooks that have not begun.
    at_work
        Expected seconds of those that have, less what they have taken already.
    workers
        How many work at a time.

    Examples
    --------
    >>> seconds_left({"c": 4.0, "d": 2.0}, {"a": 1.0, "b": -0.5}, 2)
    3.5
    """
    ahead = sum(to_do.values()) + sum(max(seconds, 0.0) for seconds in at_work.values())
    return ahead / max(workers, 1)


@contextmanager
def telling(as_machine: bool, workers: int, out: IO[str] | None = None) -> Iterator[Tell]:
    """Choose how a run tells of itself: JSON lines, a live display in a terminal, or lines."""
    out = out or sys.stdout
    if as_machine:
        yield as_json
    elif out.isatty():
        with _in_terminal(workers, out) as tell:
            yield tell
    else:
        yield plain


@contextmanager
def _in_terminal(workers: int, out: IO[str]) -> Iterator[Tell]:
    """Show the notebooks at work, their cells and the time left, below the lines said so far.

    Drawn when something is told, never by a thread: a process with threads cannot be forked.
    """
    from rich.console import Console
    from rich.live import Live
    from rich.table import Table

    console = Console(file=out, highlight=False)
    expected: dict[str, float] = {}
    begun: dict[str, tuple[At, float]] = {}
    done = 0

    def display() -> Table:
        table = Table.grid(padding=(0, 2))
        now = time.monotonic()
        for name, (at, since) in begun.items():
            table.add_row(f"  {name}", f"cell {at.cell} of {at.cells}", f"{now - since:.0f} s")
        if expected:
            waiting = {n: s for n, s in expected.items() if n not in begun}
            working = {n: expected.get(n, 0) - (now - since) for n, (_, since) in begun.items()}
            left = seconds_left(waiting, working, workers)
            count = done + len(expected)
            table.add_row(f"  {done} of {count} notebooks", "", f"about {left:.0f} s left")
        return table

    with Live(console=console, auto_refresh=False, transient=True) as live:

        def tell(event: Event) -> None:
            nonlocal done
            match event:
                case Planned(quarter, notebooks, unchanged, times):
                    usual = sum(times.values()) / len(times) if times else 1.0
                    expected.update({f"{quarter} {n}": times.get(n, usual) for n in notebooks})
                    console.print(planned_line(notebooks, unchanged))
                case At(quarter, notebook):
                    name = f"{quarter} {notebook}"
                    since = begun[name][1] if name in begun else time.monotonic()
                    begun[name] = event, since
                case Ended(quarter, notebook, _, failed):
                    name = f"{quarter} {notebook}"
                    begun.pop(name, None)
                    expected.pop(name, None)
                    done += 1
                    if failed:
                        console.print(f"  {name}: failed")
                case Said(text):
                    console.print(text)
                case Summary():
                    console.print(summary_line(event))
            live.update(display(), refresh=True)

        yield tell
