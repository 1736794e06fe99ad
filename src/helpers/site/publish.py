"""Publishing: a finished site takes the place of the last one, whole or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

from helpers.errors import RenderError


def publish(new: Path, target: Path) -> None:
    """Put a finished site in the place of the one that readers have.

    The old site is renamed, the new one renamed into its place, and only then is the old one
    removed: readers never meet half of either. If the second step fails, the old site goes back.

    Parameters
    ----------
    new
        The folder of the finished site, on the same file system as `target`.
    target
        Where readers find the site; need not exist yet.

    Raises
    ------
    RenderError
        If `new` is no site, lies on another file system, or cannot be moved. What readers had
        before is then still in place.
    """
    if not (new / "index.html").is_file():
        raise RenderError(f"{new}: no index.html in it, so it is not published. Render it again.")
    recover(target)
    if target.exists() and not _is_site_or_empty(target):
        raise RenderError(f"{target} holds something that is no site. Move it elsewhere first.")
    target.parent.mkdir(parents=True, exist_ok=True)
    if new.stat().st_dev != target.parent.stat().st_dev:
        # A move between file systems is a copy, which readers could see half done.
        raise RenderError(
            f"{new} and {target} are on different file systems. Render to a folder beside {target}."
        )
    old = _old(target)
    # What is there now was left by a publication that stopped after the swap, before tidying up.
    shutil.rmtree(old, ignore_errors=True)
    try:
        if target.exists():
            target.rename(old)
        new.rename(target)
    except BaseException as error:
        recover(target)
        if not isinstance(error, OSError):
            raise
        raise RenderError(
            f"{target}: the new site could not be put in place ({error}). The old one still "
            "stands. Close any program that has its files open, and publish again."
        ) from error
    shutil.rmtree(old, ignore_errors=True)


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
    """
    old = _old(target)
    if target.exists() or not old.exists():
        return False
    old.rename(target)
    return True


def _is_site_or_empty(target: Path) -> bool:
    return target.is_dir() and ((target / "index.html").is_file() or not any(target.iterdir()))


def _old(target: Path) -> Path:
    return target.with_name(f"{target.name}.old")
