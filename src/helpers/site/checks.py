"""What to look for before rendering, on the project's pages, and after it, on the site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup
from nbformat import NotebookNode

from helpers.errors import Problem
from helpers.site.project import (
    CONFIG,
    Page,
    bars_of,
    cell_options,
    read_config,
    read_pages,
)

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

_LIST = re.compile(r"^\s*(?:[-*+]|\d{1,9}[.)])\s+\S")
_STARTS_BLOCK = re.compile(r"^(?:#{1,6}\s|>|\s{0,3}(?:[-*+]|1[.)])\s+\S|\|.*\|\s*$)")


def check_pages(project: Path) -> list[Problem]:
    """Find what is missing, and what Quarto and the built-in renderer would not render alike.

    Parameters
    ----------
    project
        The folder of the Quarto website project.

    Returns
    -------
    list of Problem
        Each with its file and line (or cell and line), what was found and what to do.
    """
    config = read_config(project)
    pages = read_pages(project, config)
    problems = list(_missing_pages(project, config))
    for page in pages:
        if not page.title:
            problems.append(
                Problem(
                    _place(page, 1), "no title", "add title: … to the YAML at the top of the page"
                )
            )
        for number, cell in enumerate(page.notebook.cells, start=1):
            problems += _cell_problems(page, number, cell)
    return problems


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
    if "application/javascript" in data or re.search(r"<script\b", data.get("text/html", ""), re.I):
        yield Problem(place, "a script in an output", "show it without a script")
    if "text/html" in data:
        if re.search(r"<img\b(?![^>]*\balt=)", data["text/html"], re.I):
            yield Problem(place, "an image without an alternative", "add alt=… to the <img>")
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


def check_site(site: Path) -> list[Problem]:
    """Look through a rendered site for dead links and for requests to other hosts.

    Parameters
    ----------
    site
        The folder with the site, from either renderer.

    Returns
    -------
    list of Problem
        One for each link to a page or heading that is not there, and for each script, style,
        font, image or frame that a browser would fetch from another host.
    """
    pages = {
        path.relative_to(site).as_posix(): BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for path in sorted(site.rglob("*.html"))
    }
    ids = {
        name: {element["id"] for element in soup.find_all(id=True)} for name, soup in pages.items()
    }
    problems = []
    for name, soup in pages.items():
        problems += _foreign_requests(name, soup)
        for link in dict.fromkeys(str(a["href"]) for a in soup.find_all("a", href=True)):
            if found := _dead_link(site, name, link, ids):
                problems.append(Problem(name, found, "correct the link, or make what it leads to"))
    for sheet in sorted(site.rglob("*.css")):
        for address in re.findall(
            r"(?:url\(|@import\s+)[\"']?((?:https?:)?//[^\"')\s]+)", sheet.read_text("utf-8")
        ):
            problems.append(
                Problem(
                    sheet.relative_to(site).as_posix(),
                    f"a request to another host: {address}",
                    "keep a copy in the project and use that",
                )
            )
    return problems


def _foreign_requests(name: str, soup: BeautifulSoup) -> Iterator[Problem]:
    for element in soup.find_all(["script", "link", "img", "iframe", "source", "object", "video"]):
        relations = element.get("rel") or []
        if element.name == "link" and {"canonical", "license", "next", "prev"} & set(relations):
            continue
        for attribute in ("src", "href", "data", "srcset"):
            address = str(element.get(attribute) or "").strip()
            if re.match(r"(?:https?:)?//", address):
                yield Problem(
                    name,
                    f"a request to another host: {address[:80]}",
                    "keep a copy in the project and use that",
                )


def _dead_link(site: Path, name: str, link: str, ids: dict[str, set[str]]) -> str:
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
    if not (site / target).is_file():
        return f"a link to {link}, which does not exist"
    place = unquote(parts.fragment)
    if place and target in ids and place not in ids[target]:
        return f"a link to {link}, but {target} has nothing with that id"
    return ""
