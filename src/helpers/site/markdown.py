"""Markdown as Pandoc reads it: nbconvert's own, with Pandoc's heading ids and typography."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from markupsafe import Markup
from mistune import BlockState, HTMLRenderer
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from helpers.site.project import RAW_HTML


@dataclass
class Headings:
    """The headings of one page so far: their ids, unique as Pandoc makes them."""

    ids: set[str] = field(default_factory=set)
    entries: list[tuple[int, str, str]] = field(default_factory=list)

    def add(self, level: int, inner_html: str) -> str:
        """Record a heading and return its id."""
        base = heading_id(plain(inner_html))
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

    def __init__(self):
        super().__init__(escape=False, exclude_anchor_links=True)
        self.headings = Headings()

    def text(self, text: str) -> str:
        return super().text(smart(text))

    def heading(self, text: str, level: int, **attrs: object) -> str:
        identifier = self.headings.add(level, text)
        return f'<h{level} id="{html.escape(identifier)}">{text}</h{level}>\n'

    def block_code(self, code: str, info: str | None = None) -> str:
        if info == RAW_HTML:
            return code
        # Without a colour scheme in the style sheet, highlighting would be so many idle spans.
        return HTMLRenderer.block_code(self, code, info)

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        # A class, where mistune writes a style into the cell: the pages' policy has no such style.
        tag, kind = "th" if head else "td", ' class="number"' if align == "right" else ""
        return f"<{tag}{kind}>{text}</{tag}>\n"

    def table(self, text: str) -> str:
        return (
            '<div class="table-wrap" role="region" tabindex="0" aria-label="Table">\n'
            f"<table>\n{text}</table>\n</div>\n"
        )


# Made once: putting a reader together takes longer than most texts take to be read.
_READER = MarkdownWithMath(renderer=_PandocLikeRenderer())


def markdown(source: str, headings: Headings | None = None) -> str:
    """Turn Markdown into HTML, and add its headings to those of the page so far."""
    _READER.renderer.headings = Headings() if headings is None else headings
    return _READER.render(source)


def inline(source: str) -> Markup:
    """Turn a line of Markdown, such as a title, into HTML; "1. Home" is not a list there."""
    tokens = _READER.inline(source, {})
    return Markup(_READER.renderer.render_tokens(tokens, BlockState()))


def plain(markup: str) -> str:
    """Return the words of some HTML, without its tags."""
    return html.unescape(re.sub(r"<[^>]+>", "", markup))
