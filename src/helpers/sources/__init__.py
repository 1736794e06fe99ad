"""Reads the figures of every source under ``data/raw/sources``: one module per kind of source."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers.definitions import Definitions
from helpers.errors import FigureError, Problem
from helpers.observations import COLUMNS
from helpers.sources import lait, published

READERS = {"published": published.read, "lait": lait.read}


def read_observations(definitions: Definitions) -> pd.DataFrame:
    """Read every source's figures into the one tidy table.

    Raises
    ------
    FigureError
        With every problem in any of the files: file, row, column, what was found, what to do.
    """
    rows: list[dict] = []
    problems: list[Problem] = []
    for source_id, source in definitions.sources.items():
        path = definitions.root / "data" / "raw" / "sources" / source_id / "figures.csv"
        if source.reader == "none":
            problems += _no_figures(path, definitions)
            continue
        found_rows, found_problems = READERS[source.reader](path, source, definitions)
        rows += found_rows
        problems += found_problems
    if problems:
        raise FigureError(problems)
    return pd.DataFrame(rows, columns=COLUMNS, dtype=object)


def _no_figures(path: Path, definitions: Definitions) -> list[Problem]:
    """A source that is said to have no figures must not have a file of them."""
    if not path.exists():
        return []
    place = path.relative_to(definitions.root).as_posix()
    remedy = "write 'reader: published' in its source.yml, or remove the file"
    return [Problem(place, "figures of a source whose reader is 'none'", remedy)]
