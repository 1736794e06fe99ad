"""What a Quarto website project holds: its ``_quarto.yml`` and its pages, read and not rendered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import yaml

from helpers.errors import RenderError
from helpers.yaml_files import load_yaml

if TYPE_CHECKING:  # nbformat is slow to import, and a project whose pages are known needs none
    from nbformat import NotebookNode

CONFIG = "_quarto.yml"
PAGE_SUFFIXES = (".qmd", ".ipynb")

RAW_HTML = "{=html}"
"""Pandoc's name for a block of code that is HTML, to be left as it is."""


@dataclass(frozen=True)
class Page:
    """One page of the project, read but not yet rendered.

    Parameters
    ----------
    source
        The file, relative to the project's folder.
    front
        Its YAML front matter.
    notebook
        Its cells, without the front matter. A ``.qmd`` is one Markdown cell.
    first_line
        The line of the file on which a ``.qmd``'s text begins; 1 for a notebook.
    """

    source: Path
    front: dict
    notebook: NotebookNode
    first_line: int = 1

    @property
    def title(self) -> str:
        """The page's title, in Markdown."""
        return str(self.front.get("title", ""))

    @property
    def address(self) -> str:
        """Where the page stands in the site."""
        return address_of(self.source)


def address_of(source: PurePath | str) -> str:
    """Return where the page made from a file stands in the site.

    Examples
    --------
    >>> address_of("index.ipynb")
    'index.html'
    """
    return PurePath(source).with_suffix(".html").as_posix()


def read_config(project: Path) -> dict:
    """Read the project's ``_quarto.yml``.

    Parameters
    ----------
    project
        The folder of the Quarto website project.

    Raises
    ------
    RenderError
        If there is none, or it is not YAML.
    """
    path = project / CONFIG
    if not path.is_file():
        raise RenderError(f"{path}: not found. Give the folder of a Quarto website project.")
    return _read_yaml(path.read_text(encoding="utf-8"), str(path))


def read_pages(project: Path, config: dict) -> list[Page]:
    """Read every page that the project's ``render`` list names, in order of file name.

    Parameters
    ----------
    project
        The folder of the Quarto website project.
    config
        Its ``_quarto.yml``, as `read_config` gives it.

    Raises
    ------
    RenderError
        If a page cannot be read, or two pages would have one address.
    """
    return [
        read_page(project, source, (project / source).read_bytes())
        for source in page_files(project, config)
    ]


def page_files(project: Path, config: dict) -> list[Path]:
    """List the files that become pages, relative to the project, in order of file name.

    Raises
    ------
    RenderError
        If there is none, or two would have one address.
    """
    sources: dict[str, Path] = {}
    for source in _listed_files(project, config):
        other = sources.setdefault(address_of(source), source)
        if other != source:
            raise RenderError(
                f"{source} and {other} would both become {address_of(source)}. Rename one of them."
            )
    if not sources:
        raise RenderError(
            f"{project}: no pages to render. Run the quarter first, or correct "
            f"project: render in {CONFIG}."
        )
    return list(sources.values())


def _listed_files(project: Path, config: dict) -> list[Path]:
    settings = config.get("project") or {}
    patterns = [str(pattern) for pattern in settings.get("render") or ["*.qmd", "*.ipynb"]]
    found: set[Path] = set()
    for pattern in patterns:
        matches = {
            path.relative_to(project) for path in project.glob(pattern.lstrip("!").lstrip("/"))
        }
        found = found - matches if pattern.startswith("!") else found | matches
    output = Path(settings.get("output-dir") or "_site")
    return sorted(
        path
        for path in found
        if path.suffix in PAGE_SUFFIXES
        # Quarto leaves these out as well.
        and not any(part.startswith(("_", ".")) for part in path.parts)
        and not path.is_relative_to(output)
    )


def read_page(project: Path, source: Path, content: bytes) -> Page:
    """Read one page.

    Parameters
    ----------
    project
        The folder of the Quarto website project.
    source
        The page's file, relative to it.
    content
        What the file holds.

    Raises
    ------
    RenderError
        If it is not text, not a notebook, or its front matter is not YAML.
    """
    path = project / source
    try:
        text = content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise RenderError(f"{path}: not text in UTF-8 ({error}). Save it as UTF-8.") from error
    if path.suffix == ".ipynb":
        notebook = _read_notebook(text, path)
        return Page(source, _take_front_matter(notebook, path), notebook)
    from nbformat import NotebookNode

    front, body = _split_front_matter(text, str(path))
    cell = NotebookNode(cell_type="markdown", source=body)
    first_line = text[: len(text) - len(body)].count("\n") + 1
    return Page(source, front, NotebookNode(cells=[cell]), first_line)


def _read_notebook(text: str, path: Path) -> NotebookNode:
    from nbformat import convert, reader

    try:
        # As nbformat.reads, which also validates the notebook, to log what it finds.
        return convert(reader.reads(text), 4)
    except Exception as error:  # nbformat raises many kinds for a file that is no notebook
        raise RenderError(f"{path}: not a notebook that can be read ({error}).") from error


def _take_front_matter(notebook: NotebookNode, path: Path) -> dict:
    """Take the front matter out of a notebook; as Quarto, a leading heading can be the title."""
    front: dict = {}
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type in ("raw", "markdown") and cell.source.startswith("---\n"):
            front, cell.source = _split_front_matter(cell.source, f"{path}, cell {number + 1}")
            break
    if not front.get("title"):
        first = next((cell for cell in notebook.cells if cell.cell_type == "markdown"), None)
        heading = re.match(r"\s*#\s+(.+?)\s*#*\s*(?:\n|\Z)", first.source) if first else None
        if heading:
            front["title"] = heading[1]
            first.source = first.source[heading.end() :]
    return front


def _split_front_matter(text: str, place: str) -> tuple[dict, str]:
    match = re.match(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", text, re.DOTALL | re.M)
    if not match:
        return {}, text
    return _read_yaml(match[1], place), text[match.end() :]


def _read_yaml(text: str, place: str) -> dict:
    try:
        values = load_yaml(text)
    except yaml.YAMLError as error:
        raise RenderError(f"{place}: not valid YAML. {error}") from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise RenderError(f"{place}: expected YAML with keys and values, found {values!r}.")
    return values


def option(name: str, page: Page, config: dict, default: object) -> object:
    """Look an HTML option up where Quarto would: on the page, then in the project."""
    for settings in (page.front, config):
        formats = settings.get("format")
        html_format = formats.get("html") if isinstance(formats, dict) else None
        for scope in (html_format, settings):
            if isinstance(scope, dict) and name in scope:
                return scope[name]
    return default


def echo_code(page: Page, config: dict) -> bool:
    """Say whether a page shows the code of its cells."""
    for settings in (page.front, config):
        execute = settings.get("execute")
        for scope in (execute, settings):
            if isinstance(scope, dict) and "echo" in scope:
                return bool(scope["echo"])
    return True


def cell_options(source: str) -> tuple[dict, str]:
    """Split a code cell into its ``#|`` options and its code."""
    lines = source.splitlines()
    count = 0
    while count < len(lines) and lines[count].startswith("#|"):
        count += 1
    options = "\n".join(line[2:].removeprefix(" ") for line in lines[:count])
    return _read_yaml(options, "a code cell's #| options"), "\n".join(lines[count:])


def bars_of(website: dict) -> list[dict]:
    """Return the navbar and the sidebars, however they are written."""
    bars = [website.get("navbar"), *as_list(website.get("sidebar"))]
    return [bar for bar in bars if isinstance(bar, dict)]


def as_list(value: object) -> list:
    """Return what YAML lets one write as one thing or as a list of them, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def refuse_errors(pages: list[Page]) -> None:
    """Never publish a page with a traceback on it, or with a part missing after one."""
    for page in pages:
        for number, cell in enumerate(page.notebook.cells, start=1):
            for output in cell.get("outputs", []):
                if output.output_type == "error":
                    raise RenderError(
                        f"{page.source}, cell {number}: ended in an error "
                        f"({output.ename}: {output.evalue}). Mend the notebook and run the "
                        "quarter again; nothing has been published."
                    )
