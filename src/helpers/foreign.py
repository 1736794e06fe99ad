"""Before a run writes elsewhere: are these folders empty, or a run's own? It removes what it finds.

What a run did not make it takes away from among its pages and its site, so that nothing of an
older run stays. What somebody else keeps there must not go the same way.
"""

from __future__ import annotations

import os
from pathlib import Path

from helpers.errors import FolderError, Problem
from helpers.manifest import Manifest, write_manifest
from helpers.project import Places
from helpers.site.publish import is_site_or_empty

SHOWN = 3
"""So many names of what is found in a folder are told."""


def refuse_foreign(where: Places) -> None:
    """Refuse folders that hold something, where no run has noted that they are its own.

    Raises
    ------
    FolderError
        With every such folder, and what was found in it.
    """
    if _noted(where):
        return
    folders = [folder for folder in (where.processed, where.pages) if folder.exists()]
    # Beside a site stand the next one and the last (`helpers.site.publish`).
    sites = [where.site.with_name(where.site.name + ending) for ending in ("", ".new", ".old")]
    folders += [site for site in sites if site.exists() and not is_site_or_empty(site)]
    found = {folder: _found(folder, where.workshop.name) for folder in folders}
    remedy = "name an empty folder with --out: a run removes what it did not make"
    if problems := [Problem(str(folder), held, remedy) for folder, held in found.items() if held]:
        raise FolderError(problems)


def note_as_own(where: Places) -> None:
    """Note that these folders are a run's, before it writes there: the next may find half of it."""
    if not _noted(where):
        write_manifest(Manifest(), where)


def _noted(where: Places) -> bool:
    return (where.workshop / "manifest.json").is_file()


def _found(folder: Path, but: str) -> str:
    """Say what is in a folder but one thing; empty where there is nothing."""
    if not folder.is_dir():
        return "a file"
    names = [f"'{name}'" for name in sorted(os.listdir(folder)) if name != but]
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")
