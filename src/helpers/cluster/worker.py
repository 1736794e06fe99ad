"""Executing a notebook on a worker: in a thread of a Dask worker, and in its warm processes."""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import threading
import zipfile
from dataclasses import replace
from pathlib import Path

from helpers.cluster.parcel import TABLES, Order, Parcel, Returned
from helpers.cluster.surroundings import Surroundings, differences, surroundings
from helpers.limits import Limits
from helpers.notebook_runs import Job, Outcome, execute_notebooks
from helpers.workers import die_with_parent

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
        [sys.executable, "-P", "-c", "from helpers.cluster.worker import serve; serve()"],
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
    die_with_parent()
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
