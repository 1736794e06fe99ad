"""Processes that do jobs, several at a time: watched, limited, and never able to harm the run.

Where a process can be forked, every job has one of its own, forked from this process with all that
it has imported; elsewhere a few started processes do the jobs one after another. A job that takes
too long, needs too much memory or ends its process is told as lost; the others go on.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any

from helpers.limits import Limits

MEBIBYTE = 1024 * 1024

BETWEEN_SECONDS = 300
"""For what belongs to no step, such as the start of a process, which imports every library."""


@dataclass(frozen=True)
class Step:
    """A job has come to a step: told while it works."""

    job: int
    step: Any


@dataclass(frozen=True)
class Done:
    """A job has come to its end, and what it returned."""

    job: int
    result: Any


@dataclass(frozen=True)
class Lost:
    """A job raised an error that is none of its own, or its process was stopped or died.

    Parameters
    ----------
    step
        The last step that the job told of; None where it told of none.
    reason
        In words.
    in_step
        False where it was stopped for its silence, and was in no step.
    seconds
        How long it had been at work.
    """

    job: int
    step: Any
    reason: str
    in_step: bool = True
    seconds: float = field(default=0, compare=False)

    @property
    def remedy(self) -> str:
        """What to do, whatever the job was."""
        if self.in_step:
            return "see to that, and run again (--cell-seconds and --memory allow more)"
        return "run again; if it comes back, with --workers 1 (no option allows more time for this)"


@dataclass
class _Worker:
    process: multiprocessing.process.BaseProcess
    connection: Connection
    job: int | None = None
    step: Any = None
    in_step: bool = False
    since: float = field(default_factory=time.monotonic)
    given: float = 0.0

    def allowed(self, limits: Limits) -> float:
        """Seconds that it may be silent for, from `since` on."""
        return limits.seconds if self.in_step else BETWEEN_SECONDS


def can_fork() -> bool:
    """Say whether this process may be forked: on Linux, and while it has a single thread.

    A forked copy of a process with threads can wait for ever for a lock that nobody holds; on
    macOS system libraries start threads of their own.
    """
    if sys.platform != "linux":
        return False
    return threading.active_count() == 1 and len(os.listdir("/proc/self/task")) == 1


def work_through(
    do: Callable[[Any, Callable[[Any], None]], Any],
    jobs: Sequence[Any],
    workers: int,
    limits: Limits | None = None,
    fork: bool | None = None,
) -> Iterator[Step | Done | Lost]:
    """Do jobs in processes, several at a time, and tell how they go.

    Parameters
    ----------
    do
        Called with a job, and with a function to tell of a step, or with None that a step is
        over. Where processes are started and not forked, it, the jobs and what it returns must be
        picklable.
    workers
        How many jobs at a time.
    fork
        None: where it can be.

    Yields
    ------
    Step, Done or Lost
        As they come; every job ends in one Done or Lost. `job` is its place in `jobs`.
    """
    fork = can_fork() if fork is None else fork
    limits = limits or Limits()
    context = multiprocessing.get_context("fork" if fork else "spawn")
    waiting = deque(range(len(jobs)))
    crew: list[_Worker] = []
    if fork:
        # What is there now never becomes garbage: a child that looks through it copies it all. No
        # look for garbage before that: it takes longer than what it would find is worth.
        gc.freeze()
    try:
        while waiting or crew:
            while waiting and len(crew) < workers:
                crew.append(_start(context, do, limits, crew))
                _give(crew[-1], waiting.popleft(), jobs)
            for worker in _ready(crew, limits):
                yield from _heard(worker, limits)
                if worker.job is not None:
                    continue
                if waiting and not fork and worker.process.is_alive():
                    _give(worker, waiting.popleft(), jobs)
                else:
                    crew.remove(worker)
                    _dismiss(worker)
    finally:
        for worker in crew:
            worker.process.kill()
            _dismiss(worker)
        if fork:
            gc.unfreeze()


def _start(context, do: Callable, limits: Limits, crew: list[_Worker]) -> _Worker:
    ours, theirs = context.Pipe()
    # A forked child also inherits this end, and those of its siblings, and must not keep them
    # open: that the run is gone is heard from a connection that breaks.
    inherited = [ours, *(worker.connection for worker in crew)] if _forks(context) else []
    process = context.Process(target=_serve, args=(do, theirs, inherited, limits), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _forks(context) -> bool:
    """Say whether a multiprocessing context forks."""
    return context.get_start_method() == "fork"


def _give(worker: _Worker, job: int, jobs: Sequence[Any]) -> None:
    worker.job, worker.step, worker.in_step = job, None, False
    worker.given = worker.since = time.monotonic()
    worker.connection.send((job, jobs[job]))


def _ready(crew: list[_Worker], limits: Limits) -> list[_Worker]:
    """Wait until something is heard from a worker, or one has been silent for too long."""
    first = min(worker.since + worker.allowed(limits) for worker in crew)
    heard = wait([w.connection for w in crew], max(0.0, first - time.monotonic()))
    now = time.monotonic()
    return [w for w in crew if w.connection in heard or now - w.since >= w.allowed(limits)]


def _heard(worker: _Worker, limits: Limits) -> Iterator[Step | Done | Lost]:
    """Take one message from a worker, or find that there will be no more."""
    silent = not worker.connection.poll()
    if silent:
        worker.process.kill()
        reason = f"it took more than {worker.allowed(limits):g} seconds"
    else:
        try:
            kind, value = worker.connection.recv()
        except (EOFError, OSError):
            worker.process.join()
            reason = _ending(worker.process.exitcode)
        else:
            worker.since = time.monotonic()
            if kind == "step":
                worker.in_step = value is not None
                if worker.in_step:
                    worker.step = value
                    yield Step(worker.job, value)
                return
            job, worker.job = worker.job, None
            seconds = worker.since - worker.given
            yield (
                Done(job, value)
                if kind == "done"
                else Lost(job, worker.step, value, seconds=seconds)
            )
            return
    job, worker.job = worker.job, None
    worker.process.join()
    in_step, seconds = worker.in_step or not silent, time.monotonic() - worker.given
    yield Lost(job, worker.step, reason, in_step, seconds)


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        import signal

        name = signal.Signals(-code).name
        hint = ", as a system out of memory does" if name == "SIGKILL" else ""
        return f"its process died ({name}{hint})"
    return f"its process died (it ended by itself with exit code {code})"


def _dismiss(worker: _Worker) -> None:
    worker.connection.close()  # the child's next read or write ends it
    worker.process.join(5)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()
    worker.process.close()


# ------------------------------------------------------------------------------------ in the child


def _serve(do: Callable, connection: Connection, inherited: list, limits: Limits) -> None:
    """Do jobs until none comes, in a process of its own."""
    for other in inherited:
        other.close()
    die_with_parent()
    _limit_memory(limits.mebibytes)

    def tell(step: Any) -> None:
        connection.send(("step", step))

    try:
        while True:
            _, job = connection.recv()
            try:
                message = "done", do(job, tell)
            except Exception as error:
                message = "failed", f"{type(error).__name__}: {error}"
            connection.send(message)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass  # the run has no more jobs, or is gone
    # Leave at once: what the parent would do at its end is not this process's to do.
    os._exit(0)


def die_with_parent() -> None:
    """End this process when the run is killed, where Linux can see to it."""
    if sys.platform == "linux":
        import ctypes
        import signal

        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)


def _limit_memory(mebibytes: int) -> None:
    """Let this process take so much memory more, where the system can see to it."""
    if sys.platform == "win32":
        return
    import resource

    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            held = int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        held = 0
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    allowed = held + mebibytes * MEBIBYTE
    if most == resource.RLIM_INFINITY or allowed < most:
        resource.setrlimit(resource.RLIMIT_AS, (allowed, most))
