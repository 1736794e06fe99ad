"""The most memory that a command and all its processes take, shared pages counted once."""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
import time
from pathlib import Path

from place import Failed

EVERY = 0.075
"""Seconds from one look to the next."""


def peak(command: list[str], folder: Path, environment: dict[str, str]) -> float:
    """Run a command; return the highest sum of its processes' PSS in MiB.

    PSS (proportional set size) divides a page that several processes share among them.

    Raises
    ------
    Failed
        Where the command ends with an error.
    """
    highest = 0
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=said, stderr=subprocess.STDOUT
        )
        while process.poll() is None:
            highest = max(highest, sum(map(_pss, _family(process.pid))))
            time.sleep(EVERY)
        said.seek(0)
        if process.returncode:
            raise Failed(said.read().decode(errors="replace").strip()[-300:])
    return highest / 1024


def _family(process: int) -> list[int]:
    """Return a process and all that it and its children have started."""
    found = [process]
    for parent in found:
        with contextlib.suppress(OSError):
            for children in Path(f"/proc/{parent}/task").glob("*/children"):
                found += map(int, children.read_text().split())
    return found


def _pss(process: int) -> int:
    """Return the PSS of a process in KiB; 0 where it has just ended."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line[:4] == "Pss:"), 0)
