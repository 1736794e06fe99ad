"""Reads the figures of every source under ``data/raw/sources``: one module per kind of source."""

from __future__ import annotations

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
        found_rows, found_problems = READERS[source.reader](path, source, definitions)
        rows += found_rows
        problems += found_problems
    if problems:
        raise FigureError(problems)
    return pd.DataFrame(rows, columns=COLUMNS)
