"""Publishing: a finished site takes the place of the last one, whole or not at all.

Beside ``site``, which readers have, stand at most two folders: ``site.new``, where the next site is
built and where the last one goes to be removed, and ``site.old``, where the last one waits if the
two cannot be swapped in one step. A run can be killed at any moment; the next one finds

- ``site.new``, half built, finished or half removed: it is removed;
- ``site.old`` and no ``site``: it is the last site, whole, and goes back;
- ``site.old`` beside ``site``: the swap was done; it is removed.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from helpers.errors import RenderError
from helpers.record import quarter_of

AT_FDCWD, RENAME_EXCHANGE = -100, 2
"""Of Linux's ``renameat2``: paths are relative to the current folder; swap the two names."""

CANNOT_EXCHANGE = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM}
"""What systems and file systems answer that have no exchange; EPERM is that of old containers."""


def prepare(target: Path) -> Path:
    """Make the empty folder in which the next site is built, beside the one that readers have.

    What an interrupted run left behind is cleared up first.

    Parameters
    ----------
    target
        Where readers find the site; need not exist yet. A link to a folder elsewhere stays: the
        folder that it leads to is what is swapped.

    Returns
    -------
    Path
        The folder to build in, and then to give to `publish`.

    Raises
    ------
    RenderError
        If it cannot be made, or its name is taken. What readers had before is still in place.
    """
    with _told(target):
        recover(target)
        place = _place(target)
        _clear(_old(place))
        _clear(_new(place))
        _new(place).mkdir(parents=True)
    return _new(place)


def publish(new: Path, target: Path) -> Path | None:
    """Put a finished site in the place of the one that readers have.

    On Linux the two are swapped in one step (``renameat2`` with ``RENAME_EXCHANGE``): at every
    moment readers have the old site or the new one, whole. On other systems, and on file systems
    that cannot do so (many network drives), the old site is renamed and the new one renamed into
    its place; if the second step fails, the old site goes back, and if the run is killed between
    the two, the next run brings it back (`recover`).

    The files are written through to the disk before the swap: otherwise a power cut could leave a
    published site of empty files, and a disk that turns out to be full would be noticed too late.

    Parameters
    ----------
    new
        The folder of the finished site, on the same file system as `target`: see `prepare`.
    target
        Where readers find the site; need not exist yet.

    Returns
    -------
    Path or None
        The old site, or what is left of it, where it could not be removed; the next run tries
        again. The new site is published all the same.

    Raises
    ------
    RenderError
        If `new` is no site, lies on another file system, or cannot be moved. What readers had
        before is then still in place.
    """
    if not (new / "index.html").is_file():
        raise RenderError(f"{new}: no index.html in it, so it is not published. Render it again.")
    with _told(target):
        recover(target)
        place = _place(target)
        if os.path.lexists(place) and not is_site_or_empty(place):
            raise RenderError(
                f"{place} holds something that is no site of Waggle's: it has no data/record.json "
                "such as a run writes. Move it elsewhere first."
            )
        place.parent.mkdir(parents=True, exist_ok=True)
        _refuse_other_file_systems(new, place)
        _clear(_old(place))
        _write_through(new)
        _swap(new, place)
    _write_through_names(place.parent)
    for leftover in (new, _old(place)):
        try:
            _remove(leftover)
        except OSError:
            return leftover
    return None


def recover(target: Path) -> bool:
    """Bring back the old site if a publication was cut off between its two steps.

    Parameters
    ----------
    target
        Where readers find the site.

    Returns
    -------
    bool
        Whether there was anything to bring back.

    Raises
    ------
    RenderError
        If it cannot be brought back.
    """
    place = _place(target)
    old = _old(place)
    if os.path.lexists(place) or not old.is_dir():
        return False
    try:
        old.rename(place)
    except OSError as error:
        raise RenderError(
            f"{old}: the last site, which an interrupted run left there, cannot be put back "
            f"({error.strerror}). Rename it to {place.name} by hand."
        ) from error
    return True


def _place(target: Path) -> Path:
    """Return the folder itself where the site's name is a link to it."""
    place = Path(os.path.realpath(target))
    if target.is_symlink() and not place.parent.is_dir():
        raise RenderError(
            f"{target} is a link to {place}, which is not there. Connect the drive that it is on, "
            "or remove the link."
        )
    return place


def _new(place: Path) -> Path:
    return place.with_name(f"{place.name}.new")


def _old(place: Path) -> Path:
    return place.with_name(f"{place.name}.old")


@contextlib.contextmanager
def _told(target: Path) -> Iterator[None]:
    """Say in an analyst's words why the system refused something."""
    try:
        yield
    except OSError as error:
        what = f"{error.strerror or error}: {error.filename}" if error.filename else str(error)
        raise RenderError(
            f"{target}: the new site could not be put in place ({what}). What readers had before "
            f"still stands. Make sure that you may write in {target.parent}, that the disk has "
            "room and that no program has files of the site open; then run again."
        ) from error


def is_site_or_empty(place: Path) -> bool:
    """Say whether a new site may take the place of what is there: only ours have a record."""
    return place.is_dir() and (quarter_of(place) is not None or not any(place.iterdir()))


def _refuse_other_file_systems(new: Path, place: Path) -> None:
    """Refuse what could only be copied: readers could see a copy half done."""
    if new.stat().st_dev != place.parent.stat().st_dev:
        raise RenderError(
            f"{new} and {place} are on different file systems. Render to a folder beside {place}."
        )
    if place.is_dir() and place.stat().st_dev != place.parent.stat().st_dev:
        raise RenderError(
            f"{place} is a drive or volume of its own, so that no other folder can take its place. "
            f"Mount it as {place.parent} instead, or write to a folder in it with --out."
        )


def _swap(new: Path, place: Path) -> None:
    """Give the new site its place; the old one then has the name of the new one."""
    if not place.exists():
        new.rename(place)
    elif not _exchange(new, place):
        _swap_in_steps(new, place)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange the names of two folders in one step; False where that cannot be done here."""
    if sys.platform != "linux":
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:  # an old C library
        return False
    names = AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other)
    if renameat2(*names, RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in CANNOT_EXCHANGE:
        return False
    raise OSError(number, os.strerror(number), str(other))


def _swap_in_steps(new: Path, place: Path) -> None:
    old = _old(place)
    try:
        place.rename(old)
        new.rename(place)
    except BaseException:
        recover(place)
        raise
    # Removed under this name, so that site.old is always whole, and recover can rely on it.
    with contextlib.suppress(OSError):
        old.rename(new)


def _write_through(folder: Path) -> None:
    """Have the system write a folder's files to the disk, and say if it cannot."""
    for path, _, files in os.walk(folder):
        for name in files:
            # Windows writes through only what is open for writing.
            flags = os.O_RDWR | os.O_BINARY if os.name == "nt" else os.O_RDONLY
            file = os.open(os.path.join(path, name), flags)
            try:
                os.fsync(file)
            finally:
                os.close(file)
        _write_through_names(Path(path))


def _write_through_names(folder: Path) -> None:
    """Have the system write to the disk which files a folder has, where it offers that."""
    with contextlib.suppress(OSError):  # Windows, and some network drives
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _clear(path: Path) -> None:
    """Remove a folder that an earlier run left behind."""
    if path.is_symlink() or path.is_file():
        raise RenderError(f"{path} is needed for a folder, and is taken. Move it elsewhere first.")
    try:
        _remove(path)
    except OSError as error:
        raise RenderError(
            f"{path}, left behind by an earlier run, cannot be removed ({error.strerror}: "
            f"{error.filename}). Close any program that has files of it open, or remove it by hand."
        ) from error


def _remove(folder: Path) -> None:
    """Remove a folder, also one that was made read-only; nothing where there is none."""
    if not folder.exists():
        return
    with contextlib.suppress(OSError):
        shutil.rmtree(folder)
        return
    for path, _, files in os.walk(folder):
        os.chmod(path, 0o700)
        # Windows keeps a read-only file; elsewhere the folder decides, and a file may have other
        # names (hard links) outside this folder.
        for name in files if os.name == "nt" else []:
            os.chmod(os.path.join(path, name), 0o600)
    shutil.rmtree(folder)
