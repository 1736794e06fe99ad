"""Writes the files for download in a process of its own, while the notebooks are executed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import partial
from itertools import chain
from pathlib import Path

from helpers.definitions import Definitions
from helpers.digests import digests_below
from helpers.errors import Problem, RunError, WaggleError
from helpers.limits import Limits
from helpers.manifest import Made, MadeEdition, Manifest
from helpers.stages import Edition, downloads_made_from, gone_wrong, write_downloads
from helpers.workers import Done, Lost, work_through


@contextmanager
def writing_downloads(
    definitions: Definitions,
    editions: Sequence[Edition],
    tables: Mapping[str, Made],
    last: Manifest,
    processed: Path,
    staged: Path,
    limits: Limits | None = None,
) -> Iterator[Callable[[], None]]:
    """Begin to write the files for download of the editions whose tables have changed.

    Parameters
    ----------
    tables
        Of each quarter, by the name of its folder.
    staged
        The files of an edition are made in ``data`` of its folder there.
    limits
        Time for an edition's files, and memory for the process.

    Yields
    ------
    Callable
        Waits until all are written. It raises a WaggleError where one could not be.
    """
    stale = [
        edition
        for edition in editions
        if not _stand(
            edition, tables[edition.quarter.slug], last.editions.get(edition.name, MadeEdition())
        )
    ]
    if not stale:
        yield lambda: None
        return
    do = partial(_write, definitions, processed, staged)
    # One process for all of them: it must not take the processors from the notebooks.
    with closing(work_through(do, [stale], 1, limits)) as writing:
        first = next(writing)  # it has begun, or is lost; it goes on while nobody waits for it

        def finished() -> None:
            for heard in chain([first], writing):
                if isinstance(heard, Lost):
                    of = heard.step or "the account"
                    place = f"the files for download of {of}"
                    raise RunError([Problem(place, heard.reason, heard.remedy)])
                if isinstance(heard, Done) and heard.result is not None:
                    raise heard.result

        yield finished


def _stand(edition: Edition, tables: Made, was: MadeEdition) -> bool:
    """Say whether the files would come out the same, and are still as they were made."""
    return (
        was.data.made_from == downloads_made_from(tables, edition.area)
        and digests_below(edition.pages / "data") == was.data.files
    )


def _write(
    definitions: Definitions,
    processed: Path,
    staged: Path,
    editions: Sequence[Edition],
    tell: Callable[[str], None],
) -> WaggleError | None:
    """Write the files of editions, telling which it comes to; return what went wrong."""
    for edition in editions:
        tell(edition.quarter.quarter)
        data = staged / edition.name / "data"
        write = partial(write_downloads, definitions, edition, processed, data)
        if wrong := gone_wrong(data, write):
            return wrong
    return None
