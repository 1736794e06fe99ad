"""What a rendered page holds that other pages, or a reader's privacy, depend on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

_FETCHING = {"script", "link", "img", "iframe", "source", "object", "video"}
_NOT_FETCHED = {"canonical", "license", "next", "prev"}
_OTHER_HOST = re.compile(r"(?:https?:)?//", re.IGNORECASE)
# Most tags of a page are these, and hold nothing of interest; to read them takes most of the time.
_OF_NO_INTEREST = re.compile(
    r"</?(?:caption|code|col|dd|div|dl|dt|em|figcaption|figure|h[1-6]|li|ol|p|pre|section|small|span"
    r"|strong|su[bp]|summary|table|tbody|td|tfoot|thead|th|tr|ul)"
    r'(?: (?:class|colspan|role|scope|style|tabindex)="[^"<>]*")*>'
)


@dataclass(frozen=True)
class PageFacts:
    """What `helpers.site.checks.check_site` needs to know of a page.

    Parameters
    ----------
    ids
        Every id on the page, in order of the alphabet.
    links
        The address of every link and of every script file, each once, in the order of the page.
    requests
        Every address on another host that a browser would fetch from to show the page.
    """

    ids: tuple[str, ...]
    links: tuple[str, ...]
    requests: tuple[str, ...]


def page_facts(page_html: str) -> PageFacts:
    """Look through a rendered page for its ids, its links, and its requests to other hosts.

    Examples
    --------
    >>> page_facts('<p id="a">See <a href="b.html#c">c</a>.<img src="//example.org/d.png">')
    PageFacts(ids=('a',), links=('b.html#c',), requests=('//example.org/d.png',))
    """
    reader = _FactsReader()
    # A space in their place, lest a "<" before one make a tag of what stands after it.
    reader.feed(_OF_NO_INTEREST.sub(" ", page_html))
    reader.close()
    return PageFacts(tuple(sorted(reader.ids)), tuple(reader.links), tuple(reader.requests))


class _FactsReader(HTMLParser):
    def __init__(self) -> None:
        # Text is of no interest here; in the values of attributes, references are read anyway.
        super().__init__(convert_charrefs=False)
        self.ids: set[str] = set()
        self.links: dict[str, None] = {}
        self.requests: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not attrs:
            return
        # Of an attribute written twice, a browser takes the first.
        values = {name: value or "" for name, value in reversed(attrs)}
        if "id" in values:
            self.ids.add(values["id"])
        if tag == "a" and "href" in values:
            self.links[values["href"]] = None
        if tag == "script" and "src" in values:
            self.links[values["src"].strip()] = None
        if tag in _FETCHING and not (
            tag == "link" and _NOT_FETCHED & set(values.get("rel", "").lower().split())
        ):
            addresses = (values.get(name, "").strip() for name in ("src", "href", "data", "srcset"))
            self.requests += [address for address in addresses if _OTHER_HOST.match(address)]
