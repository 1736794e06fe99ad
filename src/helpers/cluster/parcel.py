"""What travels between a run and the workers of a cluster."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from helpers.cluster.surroundings import Surroundings
from helpers.limits import Limits
from helpers.notebook_runs import Job, Outcome
from helpers.project import find_root

TABLES = "data/processed"
"""Where a worker puts the quarters' tables, in its copy of the project."""


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


def base_of(job: Job) -> Path:
    """Return the folder from which a job's files are named: the project's, if it is in one."""
    folder = job.notebook.absolute().parent
    root = find_root(folder)
    return root if folder.is_relative_to(root) else folder.parent


def pack(jobs: Iterable[Job]) -> bytes:
    """Put what notebooks may read into an archive: the same folders as they would have here."""
    folders = {}
    for job in jobs:
        base, folder = base_of(job), job.notebook.absolute().parent
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
