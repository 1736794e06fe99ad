"""Executes notebooks on the workers of aAsk scheduler, as `helpers.notebook_runs` does here.

No folder is shared: everything that a notebook may read travels to the workers, once a run, and
what it makes travels back. What a worker has of its own are this source code and the packages, and
both are compared before anything is executed. A worker executes each notebook in a process forked
from a warm one, within the same limits as here; where a worker dies, another takes over.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
import pickle
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import uuid
import warnings
import zipfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from helpers import manifest
from helpers.errors import Problem, ProblemsFound, UsageError, WaggleError
from helpers.notebook_runs import AtCell, Job, Outcome, execute_notebooks
from helpers.project import find_root
from helpers.workers import Limits, _die_with_parent

CONNECT_SECONDS = 5
"""For a scheduler to answer, and for it to have a worker."""

RETRIES = 2
"""How often a notebook is tried again where a worker fails, not the notebook. How often where a
worker dies is the scheduler's to say (``distributed.scheduler.allowed-failures``)."""

AHEAD = 2
"""Notebooks that the scheduler holds for each thread of a worker: enough that none ever waits, few
enough that thousands of results never stand in memory together."""

TABLES = "data/processed"
"""Where a worker puts the quarters' tables, in its copy of the project."""


# --------------------------------------------------------------------------------- what is compared


@dataclass(frozen=True)
class Surroundings:
    """What a machine has of its own, on which every notebook depends.

    Parameters
    ----------
    source
        Digest of each file of the source code.
    packages
        Versions of what is installed, with Python's own.
    """

    source: dict[str, str]
    packages: dict[str, str]


SPOKEN = ("python", "dask", "distributed", "cloudpickle", "msgpack")
"""Packages in which a scheduler must not differ, though it executes nothing."""


def surroundings() -> Surroundings:
    """Look at this machine as it is now, not as it was when this process began."""
    source = manifest.digests_below(Path(__file__).parent)
    return Surroundings(source, manifest.packages.__wrapped__())


def differences(here: Surroundings, there: Surroundings) -> list[str]:
    """Say in what another machine differs from this one; nothing where it does not.

    Examples
    --------
    >>> here = Surroundings({"spc.py": "1a", "trend.py": "2b"}, {"numpy": "2.1", "pandas": "2.3"})
    >>> there = Surroundings({"spc.py": "9f", "trend.py": "2b"}, {"numpy": "2.0", "bees": "1.0"})
    >>> for line in differences(here, there):
    ...     print(line)
    other source code: spc.py
    other packages: bees 1.0 (here none), numpy 2.0 (here 2.1), no pandas (here 2.3)
    """
    source = sorted(
        name
        for name in here.source.keys() | there.source.keys()
        if here.source.get(name) != there.source.get(name)
    )
    packages = [
        f"{f'{name} {found}' if found else f'no {name}'} (here {wanted or 'none'})"
        for name in sorted(here.packages.keys() | there.packages.keys())
        if (wanted := here.packages.get(name)) != (found := there.packages.get(name))
    ]
    kinds = (("other source code", source), ("other packages", packages))
    return [f"{kind}: {_first(names)}" for kind, names in kinds if names]


def _first(names: Sequence[str], most: int = 8) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _refuse(found: dict[str, list[str]]) -> None:
    """Raise an error that lists every machine that differs, if one does."""
    remedy = (
        "check out the same commit there, install the same packages "
        "(pip install -r requirements.lock), and start it again"
    )
    problems = [
        Problem(machine, "; ".join(lines), remedy) for machine, lines in found.items() if lines
    ]
    if problems:
        raise ProblemsFound(problems)


# ------------------------------------------------------------------------------------ what travels


@dataclass(frozen=True)
class Parcel:
    """What all notebooks of a run may read, as one archive.

    Parameters
    ----------
    run
        Name of the run, which no other has.
    files
        A ZIP archive of the notebooks' folder, the definitions and figures, and the tables.
    made_on
        What the run's own machine has.
    """

    run: str
    files: bytes
    made_on: Surroundings


@dataclass(frozen=True)
class Order:
    """A notebook to execute; its path is the one in the parcel."""

    notebook: str
    parameters: dict[str, str]
    engine: str
    limits: Limits


@dataclass(frozen=True)
class Returned:
    """What a worker sends back.

    Parameters
    ----------
    outcome
        With files as they are called in the parcel. None where the worker would not begin.
    notebook
        The executed notebook; None where there is none.
    refused
        In what the worker differs from the run's machine.
    """

    worker: str
    outcome: Outcome | None = None
    notebook: bytes | None = None
    refused: tuple[str, ...] = ()


def _base(job: Job) -> Path:
    """Return the folder from which a job's files are named: the project's, if it is in one."""
    folder = job.notebook.absolute().parent
    root = find_root(folder)
    return root if folder.is_relative_to(root) else folder.parent


def _pack(jobs: Iterable[Job]) -> bytes:
    """Put what notebooks may read into an archive: the same folders as they would have here."""
    folders = {}
    for job in jobs:
        base, folder = _base(job), job.notebook.absolute().parent
        folders[folder.relative_to(base).as_posix()] = folder
        folders["data/raw"] = base / "data" / "raw"
        folders[TABLES] = job.processed
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, folder in folders.items():
            for path in sorted(folder.rglob("*")):
                inner = path.relative_to(folder)
                hidden = any(part.startswith((".", "__")) for part in inner.parts)
                if path.is_file() and not hidden:
                    packed.write(path, f"{name}/{inner.as_posix()}")
    return archive.getvalue()


# ----------------------------------------------------------------------------- in the run's process


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
        Where `distributed` is not installed, or the address cannot be one.
    WaggleError
        Where no scheduler answers or it has no workers; where a machine has other source code or
        packages, with every such machine; where no worker is left.
    """
    if not jobs:
        return []
    limits = limits or Limits()
    orders = [
        Order(
            job.notebook.absolute().relative_to(_base(job)).as_posix(),
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
        parcel = Parcel(uuid.uuid4().hex, _pack(jobs), made_on)
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
            if client.status == "running" or not _of_dask(error):
                raise
            raise _gone(address) from None
        finally:
            with contextlib.suppress(Exception):
                client.close(timeout=CONNECT_SECONDS)


def _of_dask(error: OSError) -> bool:
    return error.filename is None


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
    _refuse(found)


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
        said = f"{times} workers died, one after another, while they executed it"
        remedy = "see what ended them (the cluster's logs say), or execute it without --cluster"
        return Outcome(Problem(job.place, said, remedy))
    if isinstance(found, Exception):
        said = f"the workers could not execute it ({type(found).__name__}: {found})"
        return Outcome(Problem(job.place, said, "see to that on the cluster, and run again"))
    _refuse({f"worker {found.worker}": list(found.refused)})
    if found.notebook is not None:
        job.output.write_bytes(found.notebook)
    files = [str(_here(job, name)) for name in found.outcome.files]
    return replace(found.outcome, files=sorted(files))


def _here(job: Job, name: str) -> Path:
    """Return where a file of the parcel stands on this machine."""
    if name.startswith(f"{TABLES}/"):
        return job.processed / name.removeprefix(f"{TABLES}/")
    return _base(job) / name


# -------------------------------------------------------------------------------- in a Dask worker

_resting: list[tuple[Surroundings, subprocess.Popen]] = []
"""Warm processes that wait for a notebook: at most one for each thread of the worker."""

_unpacking = threading.Lock()


def work(parcel: Parcel, order: Order) -> Returned:
    """Execute a notebook, in a thread of a Dask worker."""
    from distributed import get_worker

    worker = get_worker()
    # Again for every notebook: a worker can have joined, or been changed, since the run began.
    there = surroundings()
    if refused := differences(parcel.made_on, there):
        return Returned(worker.address, refused=tuple(refused))
    folder = _unpacked(parcel, _folder(worker, parcel.run))
    with tempfile.TemporaryDirectory(dir=worker.local_directory, prefix="waggle-") as temporary:
        notebook = folder / order.notebook
        output = Path(temporary) / notebook.name
        job = Job(notebook, output, folder / TABLES, order.parameters, order.engine)
        outcome = _executed(there, job, order.limits)
        made = output.read_bytes() if output.is_file() else None
    # What stands elsewhere is the worker's own, and was compared.
    paths = [Path(name) for name in outcome.files]
    files = [p.relative_to(folder).as_posix() for p in paths if p.is_relative_to(folder)]
    return Returned(worker.address, replace(outcome, files=files), made)


def clean_up(run: str, dask_worker) -> None:
    """Remove what a run left on a worker."""
    while _resting:
        _end(_resting.pop()[1])
    shutil.rmtree(_folder(dask_worker, run), ignore_errors=True)


def _folder(worker, run: str) -> Path:
    return Path(worker.local_directory).resolve() / f"waggle-{run}"


def _unpacked(parcel: Parcel, folder: Path) -> Path:
    """Unpack a parcel, once, and return its folder."""
    with _unpacking:
        if not folder.is_dir():
            half = folder.with_suffix(".new")
            shutil.rmtree(half, ignore_errors=True)
            with zipfile.ZipFile(io.BytesIO(parcel.files)) as packed:
                packed.extractall(half)
            half.rename(folder)
    return folder


def _executed(there: Surroundings, job: Job, limits: Limits) -> Outcome:
    """Have a warm process execute a notebook: one that rests, or a new one."""
    process = _warm_process(there)
    try:
        pickle.dump((job, limits), process.stdin)
        process.stdin.flush()
        outcome = pickle.load(process.stdout)
    except (EOFError, OSError, pickle.UnpicklingError):
        _end(process)
        raise RuntimeError("the process that executes notebooks ended by itself") from None
    except BaseException:
        _end(process)
        raise
    _resting.append((there, process))
    return outcome


def _warm_process(there: Surroundings) -> subprocess.Popen:
    with contextlib.suppress(IndexError):
        while True:
            known, process = _resting.pop()
            if known == there and process.poll() is None:
                return process
            _end(process)
    # A worker has threads, so it cannot be forked; and Dask may forbid it processes of
    # multiprocessing. One thread for matrices, as in a run here.
    return subprocess.Popen(
        [sys.executable, "-P", "-c", "from helpers.cluster import serve; serve()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={"OPENBLAS_NUM_THREADS": "1"} | os.environ,
    )


def _end(process: subprocess.Popen) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):
            pipe.close()


# ---------------------------------------------------------------------- in a worker's warm process


def serve() -> None:
    """Execute notebooks until none comes, each in a process forked from this one."""
    _die_with_parent()
    orders, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # What a notebook's programs read or print must not get between.
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    while True:
        try:
            job, limits = pickle.load(orders)
        except EOFError:
            return
        pickle.dump(execute_notebooks([job], 1, limits)[0], answers)
        answers.flush()
