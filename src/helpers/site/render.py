"""The site from a Quarto website project: with Quarto where it is installed, or without.

The built-in renderer reads the same ``_quarto.yml``, notebooks and ``.qmd`` pages as Quarto and
makes the same site: nbconvert's HTML exporter for the cells, one template of ours for the page
around them (``pages.py``). A page is made again only where something it is made from has changed;
otherwise it is copied from the last site. `check_pages` finds what the two renderers would not
render alike before either is asked to; `check_site` looks at what came out. Both stand in
``checks.py``.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from helpers.errors import RenderError
from helpers.site.announcement import seen_from
from helpers.site.facts import page_facts
from helpers.site.project import (
    CONFIG,
    Page,
    address_of,
    as_list,
    page_files,
    read_config,
    read_page,
    read_pages,
    refuse_errors,
)
from helpers.site.rendered import Rendered, RenderedPage, digest, ingredients, renderer_digest


def render_site(project: Path, output: Path, last: Rendered | None = None) -> Rendered:
    """Render a Quarto website project without Quarto.

    Parameters
    ----------
    project
        The folder with ``_quarto.yml``, the pages and the style sheet.
    output
        A fresh folder to write the site to.
    last
        The site published last, where it stands now. A page that would be made from the same
        again is copied from there, if its file is still the one that was made.

    Returns
    -------
    Rendered
        The site, what is known of each page, and every file written.

    Raises
    ------
    RenderError
        If the project cannot be read, or a cell of a notebook ended in an error.
    """
    config, renderer = read_config(project), renderer_digest()
    contents = {source: (project / source).read_bytes() for source in page_files(project, config)}
    digests = {source: digest(content) for source, content in contents.items()}
    known = {
        source: page
        for source in contents
        if last and (page := last.page_of(address_of(source), digests[source], renderer))
    }
    read = {s: read_page(project, s, contents[s]) for s in contents if s not in known}
    refuse_errors(list(read.values()))
    titles = {source.as_posix(): (known.get(source) or read[source]).title for source in contents}
    made_from = {
        source: ingredients(renderer, config, titles, source.as_posix(), digests[source])
        for source in contents
    }
    copied = {
        source: content
        for source, page in known.items()
        if page.made_from == made_from[source] and (content := _last_content(last, page, source))
    }
    made = _make_pages(
        [
            read.get(source) or read_page(project, source, content)
            for source, content in contents.items()
            if source not in copied
        ],
        config,
        titles,
    )
    pages = {}
    for source in contents:
        content = copied[source] if source in copied else made[source]
        target = output / address_of(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        pages[address_of(source)] = RenderedPage(
            source=digests[source],
            title=titles[source.as_posix()],
            made_from=made_from[source],
            output=digest(content),
            facts=known[source].facts if source in copied else page_facts(content.decode()),
        )
    written = [output / address for address in pages]
    return Rendered(
        folder=output,
        renderer=renderer,
        pages=pages,
        files=(*written, *_copy_resources(project, config, output)),
        made=tuple(address_of(source) for source in made),
    )


def _last_content(last: Rendered, page: RenderedPage, source: Path) -> bytes | None:
    """Return a page of the last site, if its file is still the one that was made."""
    try:
        content = (last.folder / address_of(source)).read_bytes()
    except OSError:
        return None
    return content if digest(content) == page.output else None


def _make_pages(pages: list[Page], config: dict, titles: dict[str, str]) -> dict[Path, bytes]:
    if not pages:
        return {}
    # nbconvert is slow to import, and needed only where there is a page to make.
    from helpers.site.pages import make_frame, render_page

    frame = make_frame(config, titles)
    return {page.source: render_page(page, frame).encode() for page in pages}


def _copy_resources(project: Path, config: dict, output: Path) -> list[Path]:
    """Copy the style sheets and what ``project: resources`` lists."""
    html_format = (config.get("format") or {}).get("html")
    sheets = as_list(html_format.get("css")) if isinstance(html_format, dict) else []
    resources = as_list((config.get("project") or {}).get("resources"))
    written = []
    for sheet in map(str, sheets):
        if not (project / sheet).is_file():
            raise RenderError(f"{project / CONFIG}: the style sheet {sheet} does not exist.")
        written.append(_copy(project, project / sheet, output))
    for pattern in map(str, resources):
        for found in sorted(project.glob(pattern.strip("/"))):
            files = sorted(found.rglob("*")) if found.is_dir() else [found]
            written += [_copy(project, path, output) for path in files if path.is_file()]
    return written


def _copy(project: Path, source: Path, output: Path) -> Path:
    target = output / source.relative_to(project)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    return target


# --------------------------------------------------------------------------------------- Quarto


def quarto_available() -> bool:
    """Say whether the ``quarto`` command is installed."""
    return shutil.which("quarto") is not None


def render_with_quarto(project: Path, output: Path) -> Rendered:
    """Render a Quarto website project with Quarto.

    Parameters
    ----------
    project
        The folder with ``_quarto.yml``, the pages and the style sheet.
    output
        A fresh folder to write the site to.

    Returns
    -------
    Rendered
        The site, what is known of each page, and every file written.

    Raises
    ------
    RenderError
        If Quarto is missing or fails, or a cell of a notebook ended in an error.
    """
    quarto = shutil.which("quarto")
    if quarto is None:
        raise RenderError("quarto: command not found. Install Quarto, or render without it.")
    config = read_config(project)
    digests = {s: digest((project / s).read_bytes()) for s in page_files(project, config)}
    pages = read_pages(project, config)
    refuse_errors(pages)
    command = [quarto, "render", str(project.resolve()), "--output-dir", str(output.resolve())]
    result = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False
    )
    said = "\n".join((result.stdout + result.stderr).strip().splitlines()[-20:])
    if result.returncode:
        raise RenderError(f"quarto render failed (exit code {result.returncode}):\n{said}")
    missing = [page.address for page in pages if not (output / page.address).is_file()]
    if missing:
        raise RenderError(f"quarto render ended without making {', '.join(missing)}:\n{said}")
    for page in pages:
        path = output / page.address
        made = path.read_bytes().decode("utf-8")
        path.write_bytes(seen_from(made, page.address, config).encode())
    return Rendered(
        folder=output,
        renderer=renderer_digest(),
        pages={page.address: _by_quarto(page, digests[page.source], output) for page in pages},
        files=tuple(sorted(path for path in output.rglob("*") if path.is_file())),
        made=tuple(page.address for page in pages),
    )


def _by_quarto(page: Page, source: str, output: Path) -> RenderedPage:
    content = (output / page.address).read_bytes()
    facts = page_facts(content.decode("utf-8"))
    # Of what Quarto makes a page from we know only a part, so it is never taken for unchanged.
    return RenderedPage(source, page.title, made_from="", output=digest(content), facts=facts)
