"""Where things stand: the project's folders, found from any current directory."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import UsageError

PROCESSED_VARIABLE = "WAGGLE_PROCESSED"
"""Environment variable by which a run tells its notebooks where it wrote the quarter's tables."""

OWN_PAGES = "indicators"
"""Folder of the pages, and of the site, with a page for every indicator."""


def find_root(start: Path | None = None) -> Path:
    """Return the project's folder: the nearest one above that has ``data/raw/quarters.yml``.

    Where there is none above, it is the checkout that this package is installed from.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "data" / "raw" / "quarters.yml").is_file():
            return folder
    return Path(__file__).resolve().parents[2]


def processed_folder(root: Path) -> Path:
    """Return the folder of the quarters' tables, as the current run set it or the project's own."""
    chosen = os.environ.get(PROCESSED_VARIABLE)
    return Path(chosen) if chosen else root / "data" / "processed"


def is_figures(name: str) -> bool:
    """Say whether a file of ``data/raw`` holds figures, by its path from there."""
    return name.endswith("/figures.csv")


def is_definition(name: str) -> bool:
    """Say whether a file of ``data/raw`` defines something: all but figures and explanations."""
    return not is_figures(name) and not name.endswith(".md")


@dataclass(frozen=True)
class Places:
    """Where a run writes.

    Parameters
    ----------
    processed
        The quarters' tables.
    pages
        The Quarto project: prose pages, executed notebooks and the tables for download.
    site
        The published site.
    """

    processed: Path
    pages: Path
    site: Path

    @property
    def workshop(self) -> Path:
        """What a run keeps for itself: its lock, its manifest, and what is not finished."""
        return self.processed / ".waggle"


def places(root: Path, out: Path | None = None) -> Places:
    """Return where a run writes: in the project, or all under one other folder.

    Raises
    ------
    UsageError
        Where the other folder is one of the project's own, or a file.
    """
    if out is None:
        return Places(root / "data" / "processed", root / "reports", root / "reports" / "site")
    target, own = out.resolve(), root.resolve()
    folders = ("data", "docs", "notebooks", "reports", "src", "tests")
    if target == own or any(target.is_relative_to(own / name) for name in folders):
        raise UsageError(f"--out {out}: that is in the project. Name another folder, or none.")
    if out.exists() and not out.is_dir():
        raise UsageError(f"--out {out}: that is a file. Name a folder.")
    return Places(out / "processed", out / "reports", out / "site")
