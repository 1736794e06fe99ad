"""Where things stand: the project's folders, found from any current directory."""

from __future__ import annotations

import os
from pathlib import Path

PROCESSED_VARIABLE = "WAGGLE_PROCESSED"
"""Environment variable by which a run tells its notebooks where it wrote the quarter's tables."""


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
