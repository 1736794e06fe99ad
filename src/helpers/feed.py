"""The Atom feed of a site's quarters: an entry for each account, the newest first."""

from __future__ import annotations

import csv
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from helpers.periods import day_label
from helpers.wording import recent_sentence

if TYPE_CHECKING:
    from helpers.stages import Edition

ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class Entry:
    """One account in the feed.

    Parameters
    ----------
    address
        Of its home page, from the root of the site.
    """

    quarter: str
    as_at: date
    address: str
    summary: str


def feed_of(editions: Sequence[Edition], config: Mapping) -> str:
    """Write the feed of a site's editions, from the files for download that stand with each.

    Parameters
    ----------
    config
        The settings of the site: its title, its description, and its address, if it has one.
    """
    website = config.get("website") or {}
    entries = [
        Entry(
            edition.quarter.quarter,
            edition.quarter.as_at,
            f"{edition.name}/index.html" if edition.name else "index.html",
            f"{recent_sentence(summary_groups(edition.pages / 'data' / 'assessments.csv'))} From "
            f"figures published by {day_label(edition.quarter.as_at)}.",
        )
        for edition in editions
    ]
    title = str(website.get("title") or "")
    about = str(website.get("description") or "").strip()
    address, lang = str(website.get("site-url") or ""), str(config.get("lang") or "en")
    return atom(title, about, address, entries, lang)


def summary_groups(assessments: Path) -> list[str]:
    """Return how each measure stands, each counted once though several plans list it.

    Parameters
    ----------
    assessments
        The file for download: one area's.
    """
    groups: dict[tuple[str, str], str] = {}
    with assessments.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["role"] != "context":
                groups.setdefault((row["measure_id"], row["follows"]), row["summary_group"])
    return list(groups.values())


def atom(
    title: str, about: str, site_url: str, entries: Iterable[Entry], lang: str = "en-GB"
) -> str:
    """Write an Atom feed (RFC 4287). The same entries give the same text, whenever it is written.

    Ids follow from the title of the site and the quarter, so that they stay when the site moves or
    an account makes room for a newer one.

    Parameters
    ----------
    site_url
        Where the site stands; empty: the feed's links are relative to it.
    """
    newest_first = sorted(entries, key=lambda entry: entry.as_at, reverse=True)
    base = f"{site_url.rstrip('/')}/" if site_url else ""
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": lang})
    _add(feed, "id", _id(title))
    _add(feed, "title", title)
    if about:
        _add(feed, "subtitle", about)
    _add(feed, "updated", _moment(newest_first[0].as_at))
    _add(feed, "link", rel="self", type="application/atom+xml", href=f"{base}feed.xml")
    _add(feed, "link", rel="alternate", type="text/html", href=f"{base}index.html")
    _add(_add(feed, "author"), "name", title)
    for entry in newest_first:
        element = _add(feed, "entry")
        _add(element, "id", _id(f"{title} {entry.quarter}"))
        _add(element, "title", f"The account of {entry.quarter}")
        _add(element, "updated", _moment(entry.as_at))
        _add(element, "link", rel="alternate", type="text/html", href=f"{base}{entry.address}")
        _add(element, "summary", entry.summary)
    ElementTree.indent(feed)
    text = ElementTree.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str):
    element = ElementTree.SubElement(parent, name, attributes)
    element.text = text or None
    return element


def _id(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, f'waggle {name}')}"


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
