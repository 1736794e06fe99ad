"""One run at a time in a folder: the second is told who is at work, and stops."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import shlex
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from helpers.errors import BusyError, WaggleError

SHORT_WHILE = 0.5
"""Seconds that a run may take, once it has the lock, to say who it is."""


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep every other run out of a folder while this one works.

    The lock is the operating system's, on the file ``lock`` in the folder: it ends with the process
    that holds it, however that ends, so nothing is left to be removed by hand. Who holds it stands
    beside it, in ``holder.json``, and is only there to be shown.

    Parameters
    ----------
    folder
        Made where there is none.

    Raises
    ------
    BusyError
        Where another run has the lock; its message names that run. There is no waiting.
    WaggleError
        Where the folder cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "lock", timeout=0)
        lock.acquire()
    except Timeout:
        raise BusyError(_busy(folder)) from None
    except OSError as error:
        raise WaggleError(
            f"{folder}: cannot be written to ({error.strerror}). Make sure that it is a folder in "
            "which you may write, then run again."
        ) from error
    process = os.getpid()
    try:
        _write_holder(folder)
        yield
    finally:
        # A copy of this process that comes by here holds no lock.
        if os.getpid() == process:
            with contextlib.suppress(OSError):
                _holder_path(folder).unlink()
            lock.release()


def _holder_path(folder: Path) -> Path:
    return folder / "holder.json"


def _write_holder(folder: Path) -> None:
    """Write down who holds the lock; without that (on a full disk, say) it holds all the same."""
    holder = {
        "process": os.getpid(),
        "machine": platform.node(),
        "since": datetime.now().astimezone().isoformat(timespec="seconds"),
        "command": shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]]),
    }
    half = folder / "holder.json.new"
    with contextlib.suppress(OSError):
        half.write_text(json.dumps(holder, indent=1), encoding="utf-8")
        half.replace(_holder_path(folder))


def _busy(folder: Path) -> str:
    """Say who holds the lock, in words for the person who has to wait."""
    end = time.monotonic() + SHORT_WHILE
    while (holder := _holder(folder)) is None and time.monotonic() < end:
        time.sleep(SHORT_WHILE / 10)
    return (
        f"Another run is at work here{holder or ''}. Wait until it has ended, or end it; then run "
        f"again. Nothing was changed. (The lock is {folder / 'lock'}.)"
    )


def _holder(folder: Path) -> str | None:
    """Describe who holds the lock; None where nobody, or a process that is gone, is written down.

    A killed run leaves its name behind, and the next one has the lock a moment before its own name
    stands there.
    """
    try:
        holder = json.loads(_holder_path(folder).read_text(encoding="utf-8"))
        process, machine = int(holder["process"]), str(holder["machine"])
        since = datetime.fromisoformat(holder["since"]).astimezone()
        command = str(holder["command"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if machine == platform.node() and not _is_running(process):
        return None
    return f": {command} (process {process} on {machine}), since {since:%d %B %Y, %H:%M:%S}"


def _is_running(process: int) -> bool:
    """Say whether there is such a process on this machine; yes where that cannot be asked."""
    if os.name == "nt":  # signal 0 is not a question there
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # somebody else's
        return True
    return True
