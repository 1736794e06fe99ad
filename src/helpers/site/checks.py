"""What to look for before rendering, on the project's pages, and after it, on the site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from helpers.errors import Problem
from helpers.site.facts import PageFacts, page_facts
from helpers.site.project import (
    CONFIG,
    RAW_HTML,
    Page,
    address_of,
    bars_of,
    cell_options,
    page_files,
    read_config,
    read_page,
)
from helpers.site.rendered import Rendered, digest, renderer_digest
from helpers.site.scripts import own_scripts, script_problems

if TYPE_CHECKING:
    from nbformat import NotebookNode

_BLOCK_TAG = re.compile(
    r"\s{0,3}</?(?:div|section|details|summary|article|aside|figure|dl|dt|dd|ul|ol|li|table|p|h[1-6])\b"
)
_MARKDOWN_IN_HTML = re.compile(r"\*\*|\]\(|`|^\s*(?:[-*+]|\d+[.)]|#{1,6})\s")

_NOT_ALIKE = [
    # what to look for in a line; what it is; what to do instead
    (r"^\s*:{3,}", "a fenced div or Quarto callout", 'write <div class="note"> … </div>'),
    (r"\{\{<", "a Quarto shortcode", "write out what it would put there"),
    (r"!\[[^\]]*\](?:\(|\[)", "a Markdown image", "write <figure><img alt=…></figure> in HTML"),
    (r"\[\^[^\]\s]+\]", "a footnote", "put the note in the text, or in brackets"),
    (r"^\s*(?:```+|~~~+)\s*\{", "a code block with attributes", "name the language without {}"),
    (r"(?<=[\]\w`*#) ])\{[#.:=][^}]*\}", "an attribute in braces", "write the element in HTML"),
    (r"(?<!\\)\$.*(?<!\\)\$", "two dollar signs, read as mathematics", "write \\$ for a dollar"),
    (r"(?<![\w.`/])@[A-Za-z]", "a citation", "write &#64; for an at sign"),
    (r"(?<!\[)\^[^\s^\]]+\^", "a superscript", "write <sup>…</sup>"),
    (r"(?<!~)~[^\s~]+~(?!~)", "a subscript", "write <sub>…</sub>"),
    (r"^\+[-=]{3,}", "a grid table", "write a pipe table, or HTML"),
    (r"^\s*(?:\([0-9a-zA-Z]{1,3}\)|#\.|[a-z][.)])\s", "a lettered list", "number it 1. 2. 3."),
    (r"<img\b(?![^>]*\balt=)", "an image without an alternative", "add alt=…"),
    (r"^#\s", "a second title", "start with ##: the page's title is its only top heading"),
]  # fmt: skip

_RAW_BLOCK = re.compile(rf"^```{re.escape(RAW_HTML)}[ ]*\n(.*?)^```", re.M | re.DOTALL)
_LIST = re.compile(r"^\s*(?:[-*+]|\d{1,9}[.)])\s+\S")
_STARTS_BLOCK = re.compile(r"^(?:#{1,6}\s|>|\s{0,3}(?:[-*+]|1[.)])\s+\S|\|.*\|\s*$)")


def check_pages(project: Path, last: Rendered | None = None) -> list[Problem]:
    """Find what is missing, and what Quarto and the built-in renderer would not render alike.

    Parameters
    ----------
    project
        The folder of the Quarto website project.
    last
        The site published last: its pages had no problem, so one whose file is the same, looked
        through by the same checks, is not looked through again.

    Returns
    -------
    list of Problem
        Each with its file and line (or cell and line), what was found and what to do.
    """
    config, renderer = read_config(project), renderer_digest()
    problems, scripts = list(_missing_pages(project, config)), own_scripts(project, config)
    for source in page_files(project, config):
        content = (project / source).read_bytes()
        if last is None or not last.page_of(address_of(source), digest(content), renderer):
            page = read_page(project, source, content)
            problems += [*_page_problems(page), *script_problems(page, scripts)]
    return problems


def _page_problems(page: Page) -> Iterator[Problem]:
    if not page.title:
        remedy = "add title: … to the YAML at the top of the page"
        yield Problem(_place(page, 1), "no title", remedy)
    for number, cell in enumerate(page.notebook.cells, start=1):
        yield from _cell_problems(page, number, cell)


def _missing_pages(project: Path, config: dict) -> Iterator[Problem]:
    lines = (project / CONFIG).read_text(encoding="utf-8").splitlines()
    website = config.get("website") or {}
    footer = website.get("page-footer")
    listed = [bar.get(name) for bar in bars_of(website) for name in ("left", "right", "contents")]
    if isinstance(footer, dict):
        listed += [part for part in footer.values() if isinstance(part, list)]
    for target in dict.fromkeys(_targets(listed)):
        path = target.partition("#")[0].lstrip("/")
        if urlsplit(target).scheme or not path or (project / path).is_file():
            continue
        line = next((n for n, text in enumerate(lines, start=1) if target in text), 1)
        yield Problem(
            f"{CONFIG}, line {line}",
            f"a link to {path}, which does not exist",
            "run the quarter that makes this page, or take the link out",
        )


def _targets(items: object) -> Iterator[str]:
    """Yield every link of a navbar, sidebar or footer, at any depth."""
    if isinstance(items, list):
        for item in items:
            if isinstance(item, str) and item.strip("-"):
                yield item
            else:
                yield from _targets(item)
    elif isinstance(items, dict):
        yield from (str(items[key]) for key in ("href", "file") if items.get(key))
        yield from _targets(items.get("menu"))
        yield from _targets(items.get("contents"))


def _place(page: Page, cell: int, line: int | None = None, what: str = "") -> str:
    if page.source.suffix == ".qmd":
        return f"{page.source}, line {page.first_line + (line or 1) - 1}"
    return f"{page.source}, cell {cell}" + (f", {what}line {line}" if line else "")


def _cell_problems(page: Page, number: int, cell: NotebookNode) -> Iterator[Problem]:
    if cell.cell_type == "markdown":
        yield from _text_problems(page, number, cell.source)
    if cell.cell_type != "code":
        return
    options, _ = cell_options(cell.source)
    if options.get("include") is False or options.get("output") is False:
        return
    place = _place(page, number)
    for output in cell.outputs:
        if output.output_type == "error":
            yield Problem(
                place,
                f"an error output: {output.ename}: {output.evalue}",
                "mend the notebook and run the quarter again",
            )
        elif output.output_type == "stream" and output.name == "stdout":
            yield Problem(
                place,
                f"printed text, which only Quarto shows: {output.text.strip()[:60]!r}",
                "return it as the cell's last value, or put #| output: false on the cell",
            )
        elif output.output_type in ("display_data", "execute_result"):
            yield from _output_problems(page, number, output.data, options)


def _output_problems(page: Page, number: int, data: dict, options: dict) -> Iterator[Problem]:
    place = _place(page, number)
    if "application/javascript" in data:
        yield Problem(place, "a script in an output", "show it without a script")
    if "text/html" in data:
        yield from _html_problems(place, data["text/html"])
    elif "text/markdown" in data:
        yield from _text_problems(page, number, data["text/markdown"], "output ")
        if re.search(r"^#{1,6}\s", data["text/markdown"], re.M):
            yield Problem(
                place,
                "a heading in a Markdown output, which Quarto may leave out of the contents",
                "put the heading in a Markdown cell",
            )
    elif any(kind.startswith("image/") for kind in data) and not options.get("fig-alt"):
        yield Problem(
            place,
            "an image without an alternative",
            "put #| fig-alt: … on the cell, or show a <figure> with an alt as HTML",
        )


def _html_problems(place: str, html: str) -> Iterator[Problem]:
    """Look through HTML that is published as it is."""
    if re.search(r"<img\b(?![^>]*\balt=)", html, re.I):
        yield Problem(place, "an image without an alternative", "add alt=… to the <img>")


def _text_problems(page: Page, number: int, text: str, what: str = "") -> Iterator[Problem]:
    """Look through Markdown for what Pandoc and CommonMark, or Quarto and we, read differently."""
    fence = before = ""
    in_html = False
    for line_number, line in enumerate(text.splitlines(), start=1):
        place = _place(page, number, line_number, what)
        if fence:
            fence = "" if line.strip().startswith(fence) else fence
            before = ""
            continue
        if line.rstrip() == f"```{RAW_HTML}":  # which both leave as it is
            fence = "```"
            continue
        visible = re.sub(r"`[^`]*`", "``", line)
        for pattern, found, remedy in _NOT_ALIKE:
            if re.search(pattern, visible):
                yield Problem(place, f"{found}: {line.strip()[:60]!r}", remedy)
        # CommonMark leaves everything up to the next empty line as it is; Pandoc reads it.
        in_html = bool(line.strip()) and (in_html or bool(_BLOCK_TAG.match(line)))
        if in_html and _MARKDOWN_IN_HTML.search(visible):
            yield Problem(
                place,
                f"Markdown right inside HTML: {line.strip()[:60]!r}",
                "leave an empty line between the tag and the text, or write HTML",
            )
        elif _runs_on(before, line):
            yield Problem(
                place,
                f"a list, heading, quotation or table straight after text: {line.strip()[:60]!r}",
                "leave an empty line before it",
            )
        if opening := re.match(r"\s*(```+|~~~+)", line):
            fence = opening[1]
        before = line
    for block in _RAW_BLOCK.finditer(text):
        place = _place(page, number, text.count("\n", 0, block.start()) + 1, what)
        yield from _html_problems(place, block[1])
        if re.search(r"<script\b", block[1], re.I):
            yield Problem(place, "a script in a block of HTML", "write it outside of the block")
    if (depth := _open_elements(text)) != 0:
        yield Problem(
            _place(page, number),
            f"an HTML element opened but not closed here ({depth:+d})",
            "open and close it in the same cell",
        )


def _runs_on(before: str, line: str) -> bool:
    """Say whether a block starts right under a paragraph: CommonMark takes it, Pandoc does not."""
    if not before.strip() or not _STARTS_BLOCK.match(line):
        return False
    if before.lstrip().startswith(("#", "<", "|", ">", "---")) or _LIST.match(before):
        return line.startswith("#") and not before.startswith(("#", "<"))
    # A continuation line of a list item stands under the item's text.
    return not (before.startswith("  ") and _LIST.match(line))


def _open_elements(text: str) -> int:
    pattern = r"<(/?)(?:div|section|details|article|aside|figure|dl|table)\b"
    without_code = re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)
    return sum(-1 if closing else 1 for closing in re.findall(pattern, without_code))


def check_site(site: Path, facts: Mapping[str, PageFacts] = MappingProxyType({})) -> list[Problem]:
    """Look through a rendered site for dead links, lost scripts and requests to other hosts.

    Parameters
    ----------
    site
        The folder with the site, from either renderer.
    facts
        What is known of its pages already, as `Rendered.facts` gives it; a page that is not among
        them is read.

    Returns
    -------
    list of Problem
        One for each link to a page or heading that is not there, for each script of the site's own
        that is not there, and for each script, style, font, image or frame that a browser would
        fetch from another host.
    """
    paths = sorted(path for path in site.rglob("*") if path.is_file())
    files = {path.relative_to(site).as_posix(): path for path in paths}
    pages = {
        name: facts[name] if name in facts else page_facts(path.read_text("utf-8"))
        for name, path in files.items()
        if name.endswith(".html")
    }
    ids = {name: set(page.ids) for name, page in pages.items()}
    requests = [(name, address) for name, page in pages.items() for address in page.requests]
    for name, path in files.items():
        if name.endswith(".css"):
            requests += [(name, address) for address in _ASKED_FOR.findall(path.read_text("utf-8"))]
    problems = [
        Problem(
            name,
            f"a request to another host: {address[:80]}",
            "keep a copy in the project and use that",
        )
        for name, address in requests
    ]
    for name, page in pages.items():
        for link in page.links:
            if found := _dead_link(site, name, link, files.keys(), ids):
                problems.append(Problem(name, found, "correct the link, or make what it leads to"))
    return problems


_ASKED_FOR = re.compile(r"(?:url\(|@import\s+)[\"']?((?:https?:)?//[^\"')\s]+)")


def _dead_link(site: Path, name: str, link: str, files: Set[str], ids: dict[str, set[str]]) -> str:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return ""
    path = unquote(parts.path)
    if path.startswith("/"):
        target = path.lstrip("/") or "index.html"
    else:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
    if target in (".", "") or target.endswith("/"):
        target = posixpath.join(target, "index.html").removeprefix("./")
    # A link may lead out of the folder, to a site that this one is a part of.
    if target not in files and not (site / target).is_file():
        return f"a link to {link}, which does not exist"
    place = unquote(parts.fragment)
    if place and target in ids and place not in ids[target]:
        return f"a link to {link}, but {target} has nothing with that id"
    return ""
