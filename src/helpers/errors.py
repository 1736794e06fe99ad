"""Every error a user can meet: what was found, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where it stands, what was found there, and the remedy.

    Parameters
    ----------
    place
        File and, where there is one, row and column, entry, or cell.
    found
        What stands there, quoted where that helps.
    remedy
        What to do, as an instruction.
    """

    place: str
    found: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}\n    found: {self.found}\n    to do: {self.remedy}"


class WaggleError(Exception):
    """Anything a user can mend; the command line shows its message and no traceback."""


class ProblemsFound(WaggleError):
    """Several problems of one kind, all listed at once."""

    kind = "problem"

    def __init__(self, problems: Iterable[Problem]):
        self.problems = list(problems)
        count = len(self.problems)
        heading = f"{count} {self.kind}{'s' if count != 1 else ''} found"
        super().__init__("\n".join([heading, *map(str, self.problems)]))


class DefinitionError(ProblemsFound):
    """A definition file under ``data/raw`` cannot be used as it stands."""

    kind = "definition problem"


class FigureError(ProblemsFound):
    """A figure under ``data/raw/sources`` cannot be used as it stands."""

    kind = "figure problem"


class NotebookError(ProblemsFound):
    """A notebook cannot be executed, or raised while it was."""

    kind = "notebook problem"


class RunError(ProblemsFound):
    """A part of the run was lost: its process died."""

    kind = "lost part"


class FolderError(ProblemsFound):
    """A folder in which a run would write holds something that is not a run's."""

    kind = "folder problem"


class PageError(ProblemsFound):
    """A page cannot be rendered as it stands, or the rendered site has a fault."""

    kind = "page problem"


class PeriodError(WaggleError):
    """A period is spelt in a way that cannot be read."""


class BusyError(WaggleError):
    """Another run is writing to the same folder."""


class UsageError(WaggleError):
    """The command was called with something it does not know; exit code 2."""


class RenderError(WaggleError):
    """The website could not be made from the executed notebooks."""
