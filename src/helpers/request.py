"""What a run is asked for. Needs nothing but the standard library, as `helpers.manifest` does."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from helpers.limits import Limits

ENGINES = ("waggle", "kernel")
"""In a process that has the libraries already, or in an ordinary Jupyter kernel."""

BUILT_IN = "built in"
"""Named as the renderer where Quarto is not installed."""

ALL = "all"
"""Asked for as a quarter: every quarter there is."""


@dataclass(frozen=True)
class Request:
    """What a run is asked for.

    Parameters
    ----------
    quarter
        None: the default of ``data/raw/quarters.yml``; "all": every quarter there is.
    area
        None: the reporting area.
    until
        The last stage to make: assessments, notebooks or site.
    engine
        One of `ENGINES`.
    again
        Make everything again, changed or not.
    cluster
        Address of a Dask scheduler whose workers execute the notebooks; empty: this machine does.
    """

    quarter: str | None = None
    area: str | None = None
    until: str = "site"
    engine: str = "waggle"
    again: bool = False
    workers: int | None = None
    limits: Limits = field(default_factory=Limits)
    cluster: str = ""

    def as_asked(self, root: Path) -> dict[str, str | None]:
        """Return what decides what is made, for the manifest."""
        return {
            "project": str(root),
            "quarter": self.quarter,
            "area": self.area,
            "engine": self.engine,
            "renderer": renderer(),
        }


def renderer() -> str:
    """Return which program renders: the path of Quarto and when it was installed, or ours."""
    quarto = shutil.which("quarto")
    if not quarto:
        return BUILT_IN
    file = Path(quarto).resolve()
    return f"{file} {file.stat().st_size} {file.stat().st_mtime_ns}"
