"""The announcement on every page of a site, and where its link leads from each page.

Quarto shows one announcement on all pages of a website. Ours is the banner of an older account
(`helpers.editions`); its link is to lead to the same page of the newest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup

_NEWEST = "newest-account"
_LINK = re.compile(rf'(<a class="{_NEWEST}" href=")[^"]*(")')
_FEED = re.compile(
    r'(<link rel="alternate" type="application/atom\+xml"[^>]*? href=")(?!https?:|/)'
)


def announcement(config: Mapping) -> dict | None:
    """Return what the settings announce on every page: its kind, and its words as HTML."""
    # It is slow to import, and a site whose pages all stand needs none of it.
    from helpers.site.markdown import markdown

    announced = (config.get("website") or {}).get("announcement")
    if not announced:
        return None
    if not isinstance(announced, Mapping):
        announced = {"content": announced}
    words = Markup(markdown(str(announced.get("content") or "")))
    return {"type": str(announced.get("type") or "primary"), "words": words}


def seen_from(page_html: str, address: str, config: Mapping) -> str:
    """Point what stands alike on every page to the right place from where this page stands.

    The link to the newest account leads to the same page there, or else to its home; the feed
    stands beside the home page, which may be some folders up.

    Parameters
    ----------
    address
        Where the page stands in its own account.
    config
        The settings, which say where the newest account stands and which pages it has.

    Examples
    --------
    >>> newest = {"newest-account": {"folder": "../", "pages": ["a.html", "index.html"]}}
    >>> link = '<a class="newest-account" href="../index.html">'
    >>> seen_from(link, "a.html", newest)
    '<a class="newest-account" href="../a.html">'
    >>> seen_from(link, "b/c.html", newest)
    '<a class="newest-account" href="../../index.html">'
    >>> feed = '<link rel="alternate" type="application/atom+xml" href="feed.xml">'
    >>> seen_from(feed, "b/c.html", {})
    '<link rel="alternate" type="application/atom+xml" href="../feed.xml">'
    """
    up = "../" * address.count("/")
    page_html = _FEED.sub(lambda link: f"{link[1]}{up}", page_html)
    newest = config.get(_NEWEST)
    if not newest:
        return page_html
    page = address if address in newest["pages"] else "index.html"
    target = f"{up}{newest['folder']}{page}"
    return _LINK.sub(lambda link: f"{link[1]}{target}{link[2]}", page_html)
