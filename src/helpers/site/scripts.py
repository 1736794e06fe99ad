"""Which scripts a page may have: files of the project, added to a page that is whole without."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.errors import Problem
from helpers.site.project import Page, as_list, cell_options

if TYPE_CHECKING:
    from nbformat import NotebookNode

_SCRIPT = re.compile(r"<script\b[^>]*>", re.IGNORECASE)
_OWN = re.compile(r'<script src="([\w-]+\.js)"(?: defer)?>')
_HANDLER = re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE)
_VALUE = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*')")
_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


def own_scripts(project: Path, config: dict) -> Set[str]:
    """Return the names of the scripts that a project lists among its resources."""
    patterns = map(str, as_list((config.get("project") or {}).get("resources")))
    return {
        path.name
        for pattern in patterns
        if pattern.endswith(".js")
        for path in project.glob(pattern.strip("/"))
    }


def script_problems(page: Page, own: Set[str]) -> Iterator[Problem]:
    """Find what a page would have run other than scripts of its project.

    Parameters
    ----------
    own
        The names that `own_scripts` gives.
    """
    for number, cell in enumerate(page.notebook.cells, start=1):
        place = str(page.source) + (f", cell {number}" if page.source.suffix == ".ipynb" else "")
        for markup in _shown(cell):
            if found := script_problem(markup, own):
                remedy = (
                    "show it without a script; or put the script into a file, list the file under "
                    'resources in _quarto.yml, and write <script src="name.js" defer></script>'
                )
                yield Problem(place, found, remedy)


def _shown(cell: NotebookNode) -> Iterator[str]:
    """Give the HTML that a cell puts into the page."""
    if cell.cell_type == "markdown":
        yield _CODE.sub("", cell.source)
    if cell.cell_type != "code":
        return
    options, _ = cell_options(cell.source)
    if options.get("include") is not False and options.get("output") is not False:
        for output in cell.outputs:
            yield output.get("data", {}).get("text/html", "")


def script_problem(markup: str, own: Set[str]) -> str:
    """Say what some HTML would have run other than these scripts; nothing, if there is nothing.

    Examples
    --------
    >>> script_problem('<script src="sort.js" defer></script>', {"sort.js"})
    ''
    >>> script_problem('<script>alert()</script>', {"sort.js"})
    'a script in the page: <script>'
    """
    for tag in _SCRIPT.findall(markup):
        named = _OWN.fullmatch(tag)
        if not named:
            return f"a script in the page: {tag[:60]}"
        if named[1] not in own:
            return f"a script that is not among the project's resources: {named[1]}"
    if handler := _HANDLER.search(_VALUE.sub("=''", markup)):
        return f"a script in an attribute: {handler[0][-60:]}"
    return ""
