"""Pages from a Quarto website project: with Quarto where it is installed, or without.

The built-in renderer reads the same ``_quarto.yml``, notebooks and ``.qmd`` pages as Quarto and
makes the same site: nbconvert's HTML exporter for the cells, one template of ours for the page
around them. `check_pages` finds what the two would not render alike before either is asked to;
`check_site` looks at what came out. Both stand in ``checks.py``.
"""

from __future__ import annotations

import html
import posixpath
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

import jinja2
import nbformat
from markupsafe import Markup
from mistune import BlockState, HTMLRenderer
from nbconvert.exporters.html import HTMLExporter
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode

from helpers.errors import RenderError
from helpers.site.project import (
    CONFIG,
    PAGE_SUFFIXES,
    Page,
    as_list,
    bars_of,
    cell_options,
    echo_code,
    option,
    read_config,
    read_pages,
    refuse_errors,
)

TEMPLATES = Path(__file__).parent / "templates"


# ------------------------------------------------------------------------------------- Markdown


@dataclass
class Headings:
    """The headings of one page so far: their ids, unique as Pandoc makes them."""

    ids: set[str] = field(default_factory=set)
    entries: list[tuple[int, str, str]] = field(default_factory=list)

    def add(self, level: int, inner_html: str) -> str:
        """Record a heading and return its id."""
        base = heading_id(_plain(inner_html))
        identifier, number = base, 0
        while identifier in self.ids:
            number += 1
            identifier = f"{base}-{number}"
        self.ids.add(identifier)
        self.entries.append((level, identifier, inner_html))
        return identifier


def heading_id(text: str) -> str:
    """Return the id that Pandoc gives a heading, before it makes it unique.

    Parameters
    ----------
    text
        The heading as readers see it, without formatting.

    Examples
    --------
    >>> heading_id("1. Children’s homes: how near?")
    'childrens-homes-how-near'
    >>> heading_id("2025")
    'section'
    """
    kept = "".join(c for c in text.lower() if c.isalnum() or c.isspace() or c in "_-.")
    identifier = "-".join(kept.split())
    start = next((place for place, c in enumerate(identifier) if c.isalpha()), len(identifier))
    return identifier[start:] or "section"


_OPENS = r"(?:(?<=^)|(?<=[\s(\[{“‘—–/]))"


def smart(text: str) -> str:
    r"""Set quotation marks, dashes and dots as Pandoc does.

    Examples
    --------
    >>> smart('The "margin" is the plan\'s own -- 5%...')
    'The “margin” is the plan’s own – 5%…'
    """
    text = text.replace("---", "—").replace("--", "–").replace("...", "…")
    text = re.sub(rf'{_OPENS}"(?=[\w(\[£“‘]|$)', "“", text).replace('"', "”")
    # A piece of text that starts with 's, 't … goes on from a word in other formatting.
    text = re.sub(r"^'(?=(?:s|t|d|m|re|ve|ll)\b)", "’", text)
    return re.sub(rf"{_OPENS}'(?=[^\W\d]|$)", "‘", text).replace("'", "’")


class _PandocLikeRenderer(IPythonRenderer):
    """nbconvert's Markdown, with Pandoc's heading ids and typography."""

    def __init__(self, headings: Headings):
        super().__init__(escape=False, exclude_anchor_links=True)
        self.headings = headings

    def text(self, text: str) -> str:
        return super().text(smart(text))

    def heading(self, text: str, level: int, **attrs: object) -> str:
        identifier = self.headings.add(level, text)
        return f'<h{level} id="{html.escape(identifier)}">{text}</h{level}>\n'

    def block_code(self, code: str, info: str | None = None) -> str:
        # Without a colour scheme in the style sheet, highlighting would be so many idle spans.
        return HTMLRenderer.block_code(self, code, info)

    def table(self, text: str) -> str:
        return (
            '<div class="table-wrap" role="region" tabindex="0" aria-label="Table">\n'
            f"<table>\n{text}</table>\n</div>\n"
        )


def _markdown(source: str, headings: Headings | None = None) -> str:
    renderer = _PandocLikeRenderer(headings if headings is not None else Headings())
    return MarkdownWithMath(renderer=renderer).render(source)


def _inline(source: str) -> Markup:
    """Render a line of Markdown, such as a title; "1. Home" is not a list there."""
    markdown = MarkdownWithMath(renderer=_PandocLikeRenderer(Headings()))
    tokens = markdown.inline(source, {})
    return Markup(markdown.renderer.render_tokens(tokens, BlockState()))


def _plain(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


# ------------------------------------------------------------------------ the built-in renderer


class _CellsExporter(HTMLExporter):
    """nbconvert's HTML exporter for the cells alone: no page, styles or scripts around them."""

    def __init__(self, headings: Headings):
        super().__init__(extra_template_basedirs=[str(TEMPLATES)], template_name="waggle")
        self.headings = headings

    @property
    def default_config(self):
        # Nothing that needs a script has a place in this list.
        settings = super().default_config
        settings.NbConvertBase.display_data_priority = [
            "text/html",
            "text/markdown",
            "image/svg+xml",
            "image/png",
            "image/jpeg",
            "text/plain",
        ]
        return settings

    @jinja2.pass_context
    def markdown2html(self, context, source: str) -> str:
        return _markdown(source, self.headings)

    def from_notebook_node(self, nb, resources=None, **kw):
        # HTMLExporter's own method parses the whole page again, base64 and all, to put an
        # apology in place of a missing alternative; `check_pages` asks for a real one.
        return TemplateExporter.from_notebook_node(self, nb, resources, **kw)


def render_site(project: Path, output: Path) -> list[Path]:
    """Render a Quarto website project without Quarto.

    Parameters
    ----------
    project
        The folder with ``_quarto.yml``, the pages and the style sheet.
    output
        A fresh folder to write the site to.

    Returns
    -------
    list of Path
        Every file written.

    Raises
    ------
    RenderError
        If the project cannot be read, or a cell of a notebook ended in an error.
    """
    config = read_config(project)
    pages = read_pages(project, config)
    refuse_errors(pages)
    addresses = {page.source.as_posix(): page.address for page in pages}
    template = _page_template()
    written = []
    for page in pages:
        target = output / page.address
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_render_page(page, pages, config, addresses, template), "utf-8")
        written.append(target)
    return written + _copy_resources(project, config, output)


def _render_page(page, pages, config, addresses, template: jinja2.Template) -> str:
    up = "../" * (len(page.source.parts) - 1)
    headings = Headings()
    cells = _prepared(page, config)
    body, _ = _CellsExporter(headings).from_notebook_node(cells)
    site_title = str((config.get("website") or {}).get("title") or "")
    title = _inline(page.title or page.source.stem)
    plain_title = _plain(title)
    subtitle = str(page.front.get("subtitle") or "")
    description = str(page.front.get("description") or "")
    about_site = str((config.get("website") or {}).get("description") or "")
    depth = int(option("toc-depth", page, config, 3))
    toc = _contents(headings, depth) if option("toc", page, config, False) else []
    nav = _navigation(config, pages, up)
    for item in nav:
        item["has_current"] = any(e["href"] == up + page.address for e in item.get("menu", []))
    rendered = template.render(
        lang=option("lang", page, config, "en"),
        head_title=f"{plain_title} - {site_title}"
        if site_title and plain_title != site_title
        else plain_title,
        meta_description=_plain(_inline(description or subtitle or about_site)).strip(),
        css=[up + str(sheet) for sheet in as_list(option("css", page, config, []))],
        include_in_header=_header_text(option("include-in-header", page, config, [])),
        home=f"{up}index.html",
        site_title=site_title,
        nav=nav,
        current=up + page.address,
        title=title,
        subtitle=_inline(subtitle),
        description=Markup(_markdown(description)),
        # A list of one heading tells the reader nothing.
        toc=toc if len(toc) > 1 or any(entry["entries"] for entry in toc) else [],
        toc_title=option("toc-title", page, config, "On this page"),
        full=option("page-layout", page, config, "article") == "full",
        body=Markup(body),
        footer=_footer(config, pages, up),
    )
    return _link_to_pages(rendered, page.source.parent.as_posix(), addresses)


def _page_template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("page.html.j2")


def _prepared(page: Page, config: dict) -> NotebookNode:
    """Copy a notebook as readers are to see it: hidden cells, code, outputs and streams gone."""
    echo = echo_code(page, config)
    cells, codes = [], 0
    for cell in page.notebook.cells:
        cell = nbformat.from_dict(cell)
        if cell.cell_type == "markdown":
            cells.append(cell)
        if cell.cell_type != "code":
            continue
        options, code = cell_options(cell.source)
        if options.get("include") is False:
            continue
        shown = [
            nbformat.v4.new_output("display_data", data=output.data)
            for output in cell.outputs
            if output.output_type in ("display_data", "execute_result")
        ]
        cell.outputs = [] if options.get("output") is False else shown
        code = code.strip("\n") if options.get("echo", echo) and code.strip() else ""
        codes += bool(code)
        fold = options.get("code-fold", option("code-fold", page, config, False))
        summary = options.get("code-summary", option("code-summary", page, config, "Code"))
        cell.metadata.waggle = NotebookNode(
            code=code,
            code_name=f"Code {codes}",
            fold={True: "hide", "show": "show"}.get(fold, ""),
            summary=_inline(str(summary)),
            alt=str(options.get("fig-alt") or ""),
        )
        cells.append(cell)
    return NotebookNode(page.notebook, cells=cells)


def _contents(headings: Headings, depth: int) -> list[dict]:
    """Nest the headings of level 2 and below into a table of contents."""
    contents: list[dict] = []
    for level, identifier, inner in headings.entries:
        if not 2 <= level <= depth:
            continue
        # A link inside a link is not HTML.
        text = Markup(re.sub(r"</?a\b[^>]*>", "", inner))
        siblings = contents
        for _ in range(level - 2):
            siblings = siblings[-1]["entries"] if siblings else siblings
        siblings.append({"id": identifier, "text": text, "entries": []})
    return contents


def _navigation(config: dict, pages: list[Page], up: str) -> list[dict]:
    """Turn the navbar and the sidebar into one list of links and menus."""
    website = config.get("website") or {}
    items = []
    for bar in bars_of(website):
        for name in ("left", "right", "contents"):
            items += [_nav_item(item, pages, up) for item in as_list(bar.get(name))]
    return [item for item in items if item["text"]]


def _nav_item(item: object, pages: list[Page], up: str) -> dict:
    if isinstance(item, str):
        item = {"href": item}
    target = str(item.get("href") or item.get("file") or "")
    entries = as_list(item.get("menu") or item.get("contents"))
    named = next((page for page in pages if page.source.as_posix() == target.lstrip("/")), None)
    text = item.get("text") or item.get("section") or (named.title if named else target)
    return {
        "text": _inline(str(text)) if str(text).strip("-") else "",
        "href": _nav_address(target, up),
        "menu": [entry for e in entries if (entry := _nav_item(e, pages, up))["text"]],
    }


def _nav_address(target: str, up: str) -> str:
    if not target or urlsplit(target).scheme:
        return target
    path, mark, place = target.lstrip("/").partition("#")
    stem = path.removesuffix(".qmd").removesuffix(".ipynb")
    return up + (f"{stem}.html" if stem != path else path) + mark + place


def _footer(config: dict, pages: list[Page], up: str) -> list[dict]:
    footer = (config.get("website") or {}).get("page-footer") or {}
    if isinstance(footer, str):
        footer = {"center": footer}
    parts = []
    for place in ("left", "center", "right"):
        content = footer.get(place)
        if isinstance(content, str):
            parts.append({"place": place, "html": Markup(_markdown(content)), "links": []})
        elif content:
            links = [_nav_item(item, pages, up) for item in content]
            parts.append({"place": place, "html": "", "links": links})
    return parts


def _header_text(includes: object) -> Markup:
    texts = [part["text"] for part in as_list(includes) if isinstance(part, dict)]
    return Markup("\n".join(str(text).strip() for text in texts))


def _link_to_pages(page_html: str, folder: str, addresses: dict[str, str]) -> str:
    """Point links at a page's source to the page, as Quarto does."""

    def rewritten(match: re.Match) -> str:
        parts = urlsplit(html.unescape(match["href"]))
        if parts.scheme or parts.netloc or not parts.path.endswith(PAGE_SUFFIXES):
            return match[0]
        path = unquote(parts.path)
        source = posixpath.normpath(
            path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path)
        )
        if source not in addresses:
            return match[0]
        target = posixpath.relpath(addresses[source], folder or ".")
        query = f"?{parts.query}" if parts.query else ""
        place = f"#{parts.fragment}" if parts.fragment else ""
        return f'{match["before"]}"{html.escape(target + query + place)}"'

    return re.sub(
        r"""(?P<before><a\b[^<>]*?\shref=)(?P<quote>["'])(?P<href>.*?)(?P=quote)""",
        rewritten,
        page_html,
        flags=re.DOTALL,
    )


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


def render_with_quarto(project: Path, output: Path) -> list[Path]:
    """Render a Quarto website project with Quarto.

    Parameters
    ----------
    project
        The folder with ``_quarto.yml``, the pages and the style sheet.
    output
        A fresh folder to write the site to.

    Returns
    -------
    list of Path
        Every file written.

    Raises
    ------
    RenderError
        If Quarto is missing or fails, or a cell of a notebook ended in an error.
    """
    quarto = shutil.which("quarto")
    if quarto is None:
        raise RenderError("quarto: command not found. Install Quarto, or render without it.")
    pages = read_pages(project, read_config(project))
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
    return sorted(path for path in output.rglob("*") if path.is_file())
