"""Digests: short names for contents, by which one state of a file is told from another."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterator
from pathlib import Path


def digest(path: Path | str) -> str:
    """Return the SHA-256 of a file's contents; empty where there is no such file."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return ""


def digest_of(value: object) -> str:
    """Return the SHA-256 of anything that JSON can hold."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def digests_below(
    folder: Path,
    wanted: Callable[[str], bool] = lambda name: True,
    closed: Collection[str] = ("__pycache__",),
) -> dict[str, str]:
    """Return the digest of every file below a folder, by its path from there, in order of path.

    Files behind links to folders count too. Nothing is below a folder that does not exist.

    Parameters
    ----------
    wanted
        Says of such a path whether the file counts; one that does not is not opened.
    closed
        Names of folders that are not looked into, wherever they stand.
    """
    names = sorted(name for name in _files_below(str(folder), closed) if wanted(name))
    return {name: digest(f"{folder}/{name}") for name in names}


def _files_below(
    folder: str, closed: Collection[str], name: str = "", above: tuple[str, ...] = ()
) -> Iterator[str]:
    """Yield the path of every file below a folder, never going round where links do."""
    here = os.path.realpath(folder)
    if here in above or not os.path.isdir(here):
        return
    for entry in os.scandir(folder):
        if not entry.is_dir():
            yield name + entry.name
        elif entry.name not in closed:
            yield from _files_below(entry.path, closed, f"{name}{entry.name}/", (*above, here))
