"""What every output was made from, so that only what changed is made again, and never less.

A manifest is written at the end of a run. The next run compares contents, never dates: of what it
would read, of what it wrote, and of what is installed. Only the standard library is needed, so
that a run with nothing to do ends at once.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

from helpers.digests import digest, digest_of, digests_below
from helpers.editions import FEED
from helpers.project import OWN_PAGES, Places, is_definition, is_figures
from helpers.reads import Read, Tables

FORMAT = 2
"""Raised where the manifest's own shape changes: older ones then count for nothing."""


# ---------------------------------------------------------------------------------------- inputs


@cache
def packages() -> dict[str, str]:
    """Return the version of every installed package, by its name, and Python's own."""
    found = {"python": ".".join(map(str, sys.version_info[:3]))}
    for folder in map(Path, sys.path):
        if folder.name not in ("site-packages", "dist-packages") or not folder.is_dir():
            continue
        for name in sorted(os.listdir(folder)):
            if listed := re.fullmatch(r"(.+?)-([^-]+)\.(?:dist|egg)-info", name):
                found.setdefault(listed[1].lower().replace("_", "-"), listed[2])
    return dict(sorted(found.items()))


@dataclass(frozen=True)
class Inputs:
    """Digests of everything that a run reads.

    Parameters
    ----------
    definitions
        Of every file under ``data/raw`` but the figures.
    figures
        Of the ``figures.csv`` of each source.
    helpers
        Of the source code.
    packages
        Versions of what is installed.
    notebooks
        Of each notebook, by its name.
    prose
        Of what stands in ``reports/``: settings, styles and prose pages.
    commit
        The commit that is checked out (see `helpers.record.commit`).
    """

    definitions: dict[str, str]
    figures: dict[str, str]
    helpers: dict[str, str]
    packages: dict[str, str]
    notebooks: dict[str, str]
    prose: dict[str, str]
    commit: dict[str, object]

    @property
    def code(self) -> str:
        """One digest of what every output depends on: definitions, source code and packages."""
        return digest_of([self.definitions, self.helpers, self.packages])


MADE_IN_REPORTS = ("data", OWN_PAGES, "site", "site.new", "site.old", "site_libs", ".quarto")
"""Folders of ``reports/`` that runs make."""


def read_inputs(root: Path) -> Inputs:
    """Look at everything that a run of this project would read."""
    from helpers.record import commit

    raw = root / "data" / "raw"
    notebooks = {p.stem: digest(p) for p in sorted((root / "notebooks").glob("*.ipynb"))}
    return Inputs(
        definitions=digests_below(raw, is_definition),
        figures=digests_below(raw, is_figures),
        helpers=digests_below(Path(__file__).parent),
        packages=packages(),
        notebooks=notebooks,
        prose=prose_digests(root / "reports"),
        commit=commit(root),
    )


def prose_digests(folder: Path) -> dict[str, str]:
    """Return the digests of what of a folder of pages is written by hand."""
    made = [name for name in os.listdir(folder) if not is_prose(name)] if folder.is_dir() else []
    return digests_below(folder, is_prose, closed=("__pycache__", *made))


def is_prose(name: str) -> bool:
    """Say whether a file of ``reports/`` is written by hand, by its path from there."""
    top = name.split("/")[0]
    made = top in (*MADE_IN_REPORTS, FEED) or top.endswith("_files")
    made = made or re.match(r"\d{4}-\d\d-q\d$", top)
    return not made and not name.endswith((".ipynb", ".html"))


# -------------------------------------------------------------------------------------- manifest


@dataclass
class Made:
    """A group of files, and one digest of all that they were made from."""

    made_from: str = ""
    files: dict[str, str] = field(default_factory=dict)

    def stands(self, made_from: str, folder: Path) -> bool:
        """Say whether the files were made from this, and are still as they were made."""
        return self.made_from == made_from and all(
            digest(folder / name) == made for name, made in self.files.items()
        )


@dataclass
class Executed:
    """An executed notebook, and what it was made from.

    Parameters
    ----------
    made_from
        One digest of the notebook, its parameters, and `Inputs.code`.
    reads
        Each row of (table, area, column, value, digest of what was read).
    files
        What else it opened of the project, with digests.
    output
        Digest of the executed notebook.
    """

    made_from: str
    reads: list[list[str]]
    files: dict[str, str]
    output: str

    def stands(self, made_from: str, output: Path, tables: Tables, folders: Iterable[Path]) -> bool:
        """Say whether it would come out the same, and is still as it was made.

        Parameters
        ----------
        folders
            The project's, and that of its tables, as they are now: a file that it opened in
            another folder says nothing, for the project has moved or is a copy.
        """
        return (
            self.made_from == made_from
            and digest(output) == self.output
            and all(any(Path(n).is_relative_to(f) for f in folders) for n in self.files)
            and all(digest(Path(name)) == was for name, was in self.files.items())
            and all(tables.digest(Read(*read)) == was for *read, was in self.reads)
        )


@dataclass
class MadePage:
    """A page made from the account without a notebook, and what it was made from.

    Parameters
    ----------
    made_from
        One digest of the page's name, its quarter and area, and `Inputs.code`.
    reads
        Each row of (table, area, column, value, digest of what was read).
    files
        Digests of the page and of its files for download.
    """

    made_from: str
    reads: list[list[str]]
    files: dict[str, str]

    def stands(self, made_from: str, folder: Path, tables: Tables) -> bool:
        """Say whether it would come out the same, and is still as it was made."""
        return (
            self.made_from == made_from
            and all(digest(folder / name) == was for name, was in self.files.items())
            and all(tables.digest(Read(*read)) == was for *read, was in self.reads)
        )


@dataclass
class MadeEdition:
    """One quarter's account as it was made: its notebooks, its files for download, its pages.

    Parameters
    ----------
    data
        The files for download, in ``data/`` of the pages.
    pages
        What the built-in renderer remembers of its pages; empty where Quarto made them.
    indicators
        The indicators' own pages, by plan and name: ``outcome-bees/happy-1``.
    beside
        Digests of what is made beside the pages of prose: the settings with a banner, the feed.
    """

    notebooks: dict[str, Executed] = field(default_factory=dict)
    data: Made = field(default_factory=Made)
    pages: dict = field(default_factory=dict)
    indicators: dict[str, MadePage] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)


@dataclass
class Manifest:
    """What the last run made, and from what.

    Parameters
    ----------
    request
        What it was asked for: quarter, area and engine, as they stood on the command line.
    inputs
        What the editions were made from; None where a run ended before it had made its pages, so
        that what stands there is older than the tables.
    tables
        Of each quarter, by the name of its folder.
    editions
        By the folder of the edition's pages in ``reports/`` and in the site; "" is the root.
    site
        Digest of every file of the site.
    lists
        Digest of the list of the site's quarters beside each quarter's tables.
    """

    request: dict[str, str | None] = field(default_factory=dict)
    inputs: Inputs | None = None
    tables: dict[str, Made] = field(default_factory=dict)
    editions: dict[str, MadeEdition] = field(default_factory=dict)
    site: dict[str, str] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


def read_manifest(where: Places) -> Manifest:
    """Read the manifest of the last run; an empty one where there is none that can be read."""
    try:
        text = (where.workshop / "manifest.json").read_text(encoding="utf-8")
        entries = json.loads(text)
        if entries["format"] != FORMAT:
            return Manifest()
        return Manifest(
            request=entries["request"],
            inputs=Inputs(**entries["inputs"]) if entries["inputs"] else None,
            tables={name: Made(**made) for name, made in entries["tables"].items()},
            editions={name: _edition(entry) for name, entry in entries["editions"].items()},
            site=entries["site"],
            lists=entries["lists"],
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Manifest()  # without a manifest, everything is made again


def _edition(entry: dict) -> MadeEdition:
    read = {
        "notebooks": {name: Executed(**made) for name, made in entry["notebooks"].items()},
        "data": Made(**entry["data"]),
        "indicators": {name: MadePage(**made) for name, made in entry["indicators"].items()},
    }
    return MadeEdition(**entry | read)


def write_manifest(manifest: Manifest, where: Places) -> None:
    """Write the manifest, whole or not at all."""
    where.workshop.mkdir(parents=True, exist_ok=True)
    fresh = where.workshop / "manifest.json.new"
    fresh.write_text(json.dumps(asdict(manifest)), encoding="utf-8")
    os.replace(fresh, where.workshop / "manifest.json")


def nothing_changed(last: Manifest, request: dict, inputs: Inputs, where: Places) -> bool:
    """Say whether a run would make exactly what is there: the same request, inputs and outputs."""
    return (
        last.request == request
        and last.inputs == inputs
        and bool(last.site)
        and digests_below(where.site) == last.site
        and all(
            made.stands(made.made_from, where.processed / slug)
            for slug, made in last.tables.items()
        )
        and all(digest(where.processed / name) == made for name, made in last.lists.items())
        and all(
            _stands(edition, where.pages / name, inputs) for name, edition in last.editions.items()
        )
    )


def _stands(edition: MadeEdition, folder: Path, inputs: Inputs) -> bool:
    """Say whether the pages of an edition are as they were made, for the same inputs."""
    return (
        all(digest(folder / f"{n}.ipynb") == made.output for n, made in edition.notebooks.items())
        and {path.stem for path in folder.glob("*.ipynb")} == set(edition.notebooks)
        and digests_below(folder / "data") == edition.data.files
        and digests_below(folder / OWN_PAGES) == _files_of(edition.indicators)
        and prose_digests(folder) | edition.beside == inputs.prose | edition.beside
        and all(digest(folder / name) == made for name, made in edition.beside.items())
        and all(
            digest(Path(name)) == was
            for made in edition.notebooks.values()
            for name, was in made.files.items()
        )
    )


def _files_of(pages: dict[str, MadePage]) -> dict[str, str]:
    return {name: made for page in pages.values() for name, made in page.files.items()}
