"""The run's side: it hands notebooks to a scheduler, and takes back what the workers made."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import queue
import time
import uuid
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from helpers.cluster.parcel import TABLES, Order, Parcel, Returned, base_of, pack
from helpers.cluster.surroundings import Surroundings, differences, refuse, surroundings
from helpers.cluster.worker import clean_up, work
from helpers.errors import Problem, UsageError, WaggleError
from helpers.limits import Limits
from helpers.notebook_runs import AtCell, Job, Outcome

CONNECT_SECONDS = 5
"""For a scheduler to answer, and for it to have a worker."""

RETRIES = 2
"""How often a notebook is tried again where a worker fails, not the notebook. How often where a
worker dies is the scheduler's to say (``distributed.scheduler.allowed-failures``)."""

AHEAD = 2
"""Notebooks that the scheduler holds for each thread of a worker: enough that none ever waits, few
enough that thousands of results never stand in memory together."""

SPOKEN = ("python", "dask", "distributed", "cloudpickle", "msgpack")
"""Packages in which a scheduler must not differ, though it executes nothing."""


def execute_on_cluster(
    address: str,
    jobs: Sequence[Job],
    tell: Callable[[Job, AtCell | Outcome], None] = lambda job, what: None,
    limits: Limits | None = None,
    patience: float = 60,
) -> list[Outcome]:
    """Execute notebooks on a Dask cluster; one that fails does not stop the others.

    Parameters
    ----------
    address
        Of the scheduler, such as ``tcp://10.0.0.1:8786``.
    jobs
        Of one project, with the same tables.
    tell
        Told of each outcome as it comes; not of cells.
    limits
        Time for a cell, and memory for a notebook, on the worker.
    patience
        Seconds to wait for a worker where none is left.

    Returns
    -------
    list of Outcome
        In the order of the jobs, as `helpers.notebook_runs.execute_notebooks` has them.

    Raises
    ------
    UsageError
        Where `distributed` is not installed, or the address is no scheduler's.
    WaggleError
        Where no scheduler answers or it has no workers; where a machine has other source code or
        packages, with every such machine; where no worker is left.
    """
    if not jobs:
        return []
    limits = limits or Limits()
    orders = [
        Order(
            job.notebook.absolute().relative_to(base_of(job)).as_posix(),
            job.parameters,
            job.engine,
            limits,
        )
        for job in jobs
    ]
    outcomes: dict[int, Outcome] = {}
    with _connected(address) as client:
        made_on = surroundings()
        _compare(client, made_on)
        parcel = Parcel(uuid.uuid4().hex, pack(jobs), made_on)
        try:
            for number, found in _through(client, parcel, orders, patience):
                outcomes[number] = _received(jobs[number], found)
                tell(jobs[number], outcomes[number])
        finally:
            with contextlib.suppress(Exception):  # the workers' folders go with them otherwise
                client.run(clean_up, parcel.run, on_error="ignore")
    return [outcomes[number] for number in range(len(jobs))]


@contextlib.contextmanager
def _connected(address: str) -> Iterator:
    """Connect to a scheduler, and keep what Dask has to say about itself to itself."""
    try:
        with _quiet():
            import dask
            from distributed import Client
    except ImportError:
        raise UsageError(
            "--cluster: Dask is not installed here. Install it with "
            "\"pip install 'waggle[cluster]'\", and on the cluster too."
        ) from None
    short = {"distributed.comm.timeouts.connect": f"{CONNECT_SECONDS}s"}
    with _quiet(), dask.config.set(short):
        try:
            found = asyncio.run(asyncio.wait_for(_identity(address), CONNECT_SECONDS))
            if found != "Scheduler":
                raise ValueError(f"a {found.lower()} answers there")
            client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False, name="waggle")
        except (ValueError, TypeError) as error:
            raise UsageError(
                f"--cluster {address}: that is no scheduler's address ({error}). Give the one that "
                "'dask scheduler' prints when it starts, such as tcp://10.0.0.1:8786."
            ) from None
        except Exception:
            raise WaggleError(
                f"{address}: no scheduler answers there. Start one with 'dask scheduler' and give "
                "the address that it prints; it must run the same version of Dask as this machine."
            ) from None
        try:
            yield client
        except OSError as error:
            if error.errno is not None:  # this machine's own, such as a full disk
                raise
            raise _gone(address) from None
        finally:
            with contextlib.suppress(Exception):
                client.close(timeout=CONNECT_SECONDS)


async def _identity(address: str) -> str:
    """Ask who answers at an address. (A client would wait for ever for one that listens only.)"""
    from distributed.core import rpc

    async with rpc(address) as there:
        return (await there.identity())["type"]


def _gone(address: str) -> WaggleError:
    return WaggleError(
        f"{address}: the scheduler is gone. See what ended it, start it again, and run again."
    )


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep the log lines and warnings of Dask out of the run's output."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            logging.disable(before)


def _compare(client, here: Surroundings) -> None:
    """Compare the scheduler and all workers with this machine; raise if one differs."""
    address = client.scheduler.address
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    except TimeoutError:
        raise WaggleError(
            f"{address}: the scheduler has no workers. Start some with 'dask worker {address}', "
            "then run again."
        ) from None
    found = {}
    try:
        scheduler = client.run_on_scheduler(surroundings)
    except Exception as error:
        scheduler = error
    else:
        versions = {name: scheduler.packages.get(name, "") for name in SPOKEN}
        others = {name: v for name, v in here.packages.items() if name not in SPOKEN}
        scheduler = replace(scheduler, packages=others | versions)
    found[f"scheduler {address}"] = _unlike(here, scheduler)
    for worker, there in sorted(client.run(surroundings, on_error="return").items()):
        found[f"worker {worker}"] = _unlike(here, there)
    refuse(found)


def _unlike(here: Surroundings, there: Surroundings | Exception) -> list[str]:
    if isinstance(there, Exception):
        return [f"it has not this source code ({type(there).__name__}: {there})"]
    return differences(here, there)


def _through(
    client, parcel: Parcel, orders: Sequence[Order], patience: float
) -> Iterator[tuple[int, Returned | Exception]]:
    """Have all orders executed, a bounded number at a time; yield each as it ends."""
    # Not scattered: data that was only sent is lost with the worker that holds it, while the
    # result of a task is made again.
    sent = client.submit(_hand_on, parcel, key=f"waggle-parcel-{parcel.run}", retries=RETRIES)
    client.replicate([sent])
    waiting, running = deque(range(len(orders))), {}
    ended: queue.SimpleQueue[int] = queue.SimpleQueue()
    threads, asked, seen = 0, 0.0, time.monotonic()
    while waiting or running:
        now = time.monotonic()
        if now - asked > 1:
            threads, asked = sum(client.nthreads().values()), now
            seen = now if threads else seen
        if now - seen > patience:
            raise WaggleError(
                f"{client.scheduler.address}: no worker is left ({len(waiting) + len(running)} of "
                f"{len(orders)} notebooks were not executed). See what ended them, start workers "
                "again, and run again."
            )
        while waiting and len(running) < AHEAD * threads:
            number = waiting.popleft()
            running[number] = future = client.submit(
                work,
                sent,
                orders[number],
                key=("waggle-" + parcel.run, number),
                retries=RETRIES,
                pure=False,
            )
            future.add_done_callback(lambda _, number=number: ended.put(number))
        with contextlib.suppress(queue.Empty):
            number = ended.get(timeout=1)
            future = running.pop(number)
            try:
                yield number, _result(future)
            except TimeoutError:  # the worker died with it; another makes it again
                running[number] = future
                future.add_done_callback(lambda _, number=number: ended.put(number))


def _hand_on(parcel: Parcel) -> Parcel:
    """Return a parcel, as the result of a task."""
    return parcel


def _result(future) -> Returned | Exception:
    if future.status in ("cancelled", "lost"):
        raise _gone(future.client.scheduler.address)
    error = future.exception(timeout=CONNECT_SECONDS)
    return error if error is not None else future.result(timeout=CONNECT_SECONDS)


def _received(job: Job, found: Returned | Exception) -> Outcome:
    """Write what came back where the job wants it."""
    from distributed import KilledWorker

    if isinstance(found, KilledWorker):
        times = found.allowed_failures + 1
        several = f"{times} workers died, one after another, while they executed it"
        said = several if times > 1 else "its worker died while it executed it"
        remedy = "see what ended them (the cluster's logs say), or execute it without --cluster"
        return Outcome(Problem(job.place, said, remedy))
    if isinstance(found, Exception):
        said = f"the workers could not execute it ({type(found).__name__}: {found})"
        return Outcome(Problem(job.place, said, "see to that on the cluster, and run again"))
    refuse({f"worker {found.worker}": list(found.refused)})
    if found.notebook is not None:
        job.output.write_bytes(found.notebook)
    files = [str(_here(job, name)) for name in found.outcome.files]
    return replace(found.outcome, files=sorted(files))


def _here(job: Job, name: str) -> Path:
    """Return where a file of the parcel stands on this machine."""
    if name.startswith(f"{TABLES}/"):
        return job.processed / name.removeprefix(f"{TABLES}/")
    return base_of(job) / name
