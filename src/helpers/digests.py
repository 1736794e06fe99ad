"""Digests: short names for contents, by which one state of a file is told from another."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's contents; empty where there is no such file."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return ""


def digest_of(value: object) -> str:
    """Return the SHA-256 of anything that JSON can hold."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def digests_below(folder: Path, leave_out: Iterable[str] = ()) -> dict[str, str]:
    """Return the digest of every file below a folder, by its path from there, in order of path.

    Parameters
    ----------
    leave_out
        Names of folders directly below it that are not looked into.
    """
    left_out, found = set(leave_out), {}
    for here, folders, files in os.walk(folder):
        at_top = Path(here) == folder
        folders[:] = [f for f in folders if f != "__pycache__" and not (at_top and f in left_out)]
        for name in files:
            path = Path(here, name)
            found[path.relative_to(folder).as_posix()] = digest(path)
    return dict(sorted(found.items()))
