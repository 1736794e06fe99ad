"""One page of the site: the cells through nbconvert, and the page around them from a template."""

from __future__ import annotations

import html
import posixpath
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import jinja2
from markupsafe import Markup
from nbconvert.exporters.html import HTMLExporter
from nbformat import NotebookNode

from helpers.site.announcement import announcement, seen_from
from helpers.site.markdown import Headings, inline, markdown, plain
from helpers.site.policy import SEARCH_PAGES, content_policy
from helpers.site.project import (
    PAGE_SUFFIXES,
    Page,
    address_of,
    as_list,
    bars_of,
    cell_options,
    echo_code,
    option,
)

TEMPLATES = Path(__file__).parent / "templates"


class _CellsExporter(HTMLExporter):
    """nbconvert's HTML exporter for the cells alone: no page, styles or scripts around them."""

    def __init__(self):
        super().__init__(template_paths=[str(TEMPLATES)], template_file="cells.html.j2")
        self.headings = Headings()

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

    def markdown2html(self, source: str) -> str:
        return markdown(source, self.headings)

    def from_notebook_node(self, nb, resources=None, **kw):
        # nbconvert's own method copies and validates the notebook around every preprocessor, of
        # which none has anything to do here, and parses the whole page again, base64 and all, to
        # put an apology in place of a missing alternative; `check_pages` asks for a real one.
        return self.template.render(nb=nb, resources={}), {}


@dataclass(frozen=True)
class Frame:
    """What the pages of a site share; it is made once.

    Parameters
    ----------
    config
        The project's ``_quarto.yml``.
    titles
        Every page's title, in Markdown, by the page's file.
    navigation, footer
        The links around each page, by its way up to the site's own folder: ``""`` or ``"../"``.
    search
        Address of the page that searches; empty where there is none.
    cells, page
        nbconvert's exporter for the cells, and the template of the page around them.
    """

    config: dict
    titles: dict[str, str]
    navigation: dict[str, list[dict]]
    footer: dict[str, list[dict]]
    search: str
    cells: HTMLExporter
    page: jinja2.Template


def make_frame(config: dict, titles: dict[str, str]) -> Frame:
    """Put together what the pages of a site share, from its settings and its pages' titles."""
    ways_up = sorted({_way_up(source) for source in titles})
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return Frame(
        config,
        titles,
        {up: _navigation(config, titles, up) for up in ways_up},
        {up: _footer(config, titles, up) for up in ways_up},
        next((address_of(source) for source in SEARCH_PAGES if source in titles), ""),
        _CellsExporter(),
        environment.get_template("page.html.j2"),
    )


def _way_up(source: str) -> str:
    return "../" * source.count("/")


def render_page(page: Page, frame: Frame) -> str:
    """Render one page as HTML.

    Parameters
    ----------
    page
        The page, as `helpers.site.project.read_page` gives it. It is not changed.
    frame
        What the site's pages share.
    """
    config = frame.config
    website = config.get("website") or {}
    up = _way_up(page.source.as_posix())
    headings = frame.cells.headings = Headings()
    body, _ = frame.cells.from_notebook_node(_prepared(page, config))
    site_title = str(website.get("title") or "")
    title = inline(page.title or page.source.stem)
    plain_title = plain(title)
    subtitle = str(page.front.get("subtitle") or "")
    description = str(page.front.get("description") or "")
    about_site = str(website.get("description") or "")
    search = up + frame.search if frame.search else ""
    depth = int(option("toc-depth", page, config, 3))
    toc = _contents(headings, depth) if option("toc", page, config, False) else []
    rendered = frame.page.render(
        lang=option("lang", page, config, "en"),
        head_title=f"{plain_title} - {site_title}"
        if site_title and plain_title != site_title
        else plain_title,
        policy=content_policy(searches=page.address == frame.search),
        meta_description=plain(inline(description or subtitle or about_site)).strip(),
        css=[up + str(sheet) for sheet in as_list(option("css", page, config, []))],
        include_in_header=_header_text(option("include-in-header", page, config, [])),
        home=f"{up}index.html",
        site_title=site_title,
        # The header of each page has a form to search by, in place of a link.
        nav=[item for item in frame.navigation[up] if not search or item["href"] != search],
        search=search,
        current=up + page.address,
        announcement=announcement(config),
        title=title,
        subtitle=inline(subtitle),
        description=Markup(markdown(description)),
        # A list of one heading tells the reader nothing.
        toc=toc if len(toc) > 1 or any(entry["entries"] for entry in toc) else [],
        toc_title=option("toc-title", page, config, "On this page"),
        full=option("page-layout", page, config, "article") == "full",
        body=Markup(body),
        footer=frame.footer[up],
    )
    rendered = seen_from(rendered, page.address, config)
    return _link_to_pages(rendered, page.source.parent.as_posix(), frame.titles)


def _prepared(page: Page, config: dict) -> NotebookNode:
    """Return the cells as readers are to see them: hidden cells, code, outputs, streams gone."""
    echo = echo_code(page, config)
    cells, codes = [], 0
    for cell in page.notebook.cells:
        if cell.cell_type == "markdown":
            cells.append(cell)
        if cell.cell_type != "code":
            continue
        options, code = cell_options(cell.source)
        if options.get("include") is False:
            continue
        outputs = [] if options.get("output") is False else cell.outputs
        code = code.strip("\n") if options.get("echo", echo) and code.strip() else ""
        codes += bool(code)
        fold = options.get("code-fold", option("code-fold", page, config, False))
        summary = options.get("code-summary", option("code-summary", page, config, "Code"))
        shown = NotebookNode(
            code=code,
            code_name=f"Code {codes}",
            fold={True: "hide", "show": "show"}.get(fold, ""),
            summary=inline(str(summary)) if code and fold else "",
            alt=str(options.get("fig-alt") or ""),
        )
        cells.append(
            NotebookNode(
                cell_type="code",
                metadata=NotebookNode(waggle=shown),
                outputs=[
                    output
                    for output in outputs
                    if output.output_type in ("display_data", "execute_result")
                ],
            )
        )
    return NotebookNode(cells=cells)


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


def _navigation(config: dict, titles: dict[str, str], up: str) -> list[dict]:
    """Turn the navbar and the sidebar into one list of links and menus."""
    website = config.get("website") or {}
    items = []
    for bar in bars_of(website):
        for name in ("left", "right", "contents"):
            items += [_nav_item(item, titles, up) for item in as_list(bar.get(name))]
    return [item for item in items if item["text"]]


def _nav_item(item: object, titles: dict[str, str], up: str) -> dict:
    if isinstance(item, str):
        item = {"href": item}
    target = str(item.get("href") or item.get("file") or "")
    entries = as_list(item.get("menu") or item.get("contents"))
    named = titles.get(target.lstrip("/"), target)
    text = item.get("text") or item.get("section") or named
    return {
        "text": inline(str(text)) if str(text).strip("-") else "",
        "href": _nav_address(target, up),
        "menu": [entry for e in entries if (entry := _nav_item(e, titles, up))["text"]],
    }


def _nav_address(target: str, up: str) -> str:
    if not target or urlsplit(target).scheme:
        return target
    path, mark, place = target.lstrip("/").partition("#")
    stem = path.removesuffix(".qmd").removesuffix(".ipynb")
    return up + (f"{stem}.html" if stem != path else path) + mark + place


def _footer(config: dict, titles: dict[str, str], up: str) -> list[dict]:
    footer = (config.get("website") or {}).get("page-footer") or {}
    if isinstance(footer, str):
        footer = {"center": footer}
    parts = []
    for place in ("left", "center", "right"):
        content = footer.get(place)
        if isinstance(content, str):
            parts.append({"place": place, "html": Markup(markdown(content)), "links": []})
        elif content:
            links = [_nav_item(item, titles, up) for item in content]
            parts.append({"place": place, "html": "", "links": links})
    return parts


def _header_text(includes: object) -> Markup:
    texts = [part["text"] for part in as_list(includes) if isinstance(part, dict)]
    return Markup("\n".join(str(text).strip() for text in texts))


def _link_to_pages(page_html: str, folder: str, titles: dict[str, str]) -> str:
    """Point links at a page's source to the page, as Quarto does."""

    def rewritten(match: re.Match) -> str:
        parts = urlsplit(html.unescape(match["href"]))
        if parts.scheme or parts.netloc or not parts.path.endswith(PAGE_SUFFIXES):
            return match[0]
        path = unquote(parts.path)
        source = posixpath.normpath(
            path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path)
        )
        if source not in titles:
            return match[0]
        target = posixpath.relpath(address_of(source), folder or ".")
        query = f"?{parts.query}" if parts.query else ""
        place = f"#{parts.fragment}" if parts.fragment else ""
        return f'{match["before"]}"{html.escape(target + query + place)}"'

    return re.sub(
        r"""(?P<before><a\b[^<>]*?\shref=)(?P<quote>["'])(?P<href>.*?)(?P=quote)""",
        rewritten,
        page_html,
        flags=re.DOTALL,
    )
