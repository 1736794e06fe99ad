"""Which quarters a site has, where each stands, and what tells the readers of an older one so.

The account at the root of a site is the newest that is published: the default quarter. Every other
stands in a folder of its own, whose pages carry a banner. The banner stands in the settings that an
edition's pages are rendered with, never in its notebooks: so an account can become an older one
without being executed again.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.digests import digest
from helpers.errors import RenderError

if TYPE_CHECKING:
    from helpers.definitions import Quarter
    from helpers.manifest import Executed, MadeEdition, Manifest
    from helpers.reads import Tables
    from helpers.stages import Edition

TABLE = "editions.csv"
"""The table of a site's quarters, beside the tables of each of them."""

COLUMNS = ("quarter", "as_at", "address", "is_default")

FEED = "feed.xml"

NEWEST = "newest-account"
"""Class of the banner's link, and the settings' entry with what it can lead to."""


# ---------------------------------------------------------------------------------------- the list


def way(own: str, other: str) -> str:
    """Return the way from the folder of one quarter's pages to that of another's.

    Examples
    --------
    >>> way("", "2025-26-q2"), way("2025-26-q2", ""), way("2025-26-q2", "2022-23-q4"), way("", "")
    ('2025-26-q2/', '../', '../2022-23-q4/', '')
    """
    if own == other:
        return ""
    return ("../" if own else "") + (f"{other}/" if other else "")


def listed(editions: Iterable[Edition], own: str) -> list[tuple[str, str, str, str]]:
    """List a site's quarters, oldest first, with the way to each from one of them (`COLUMNS`).

    ``is_default`` is ``yes`` for the account at the root of the site.
    """
    return [
        (
            edition.quarter.quarter,
            str(edition.quarter.as_at),
            way(own, edition.name),
            "no" if edition.name else "yes",
        )
        for edition in sorted(editions, key=lambda edition: edition.quarter.as_at)
    ]


def alone(quarter: Quarter) -> tuple[str, str, str, str]:
    """Return the only row of the list, for a quarter of which no site was made yet."""
    return quarter.quarter, str(quarter.as_at), "", "yes"


def write_lists(
    editions: Sequence[Edition], quarters: Iterable[Quarter], processed: Path
) -> dict[str, str]:
    """Write for each quarter of a site the list of them, and remove the lists of all others.

    Returns
    -------
    dict
        The digest of each list, by its path from the folder of the tables.
    """
    for quarter in quarters:
        if quarter.slug not in {edition.quarter.slug for edition in editions}:
            (processed / quarter.slug / TABLE).unlink(missing_ok=True)
    made = {}
    for edition in editions:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([COLUMNS, *listed(editions, edition.name)])
        path = processed / edition.quarter.slug / TABLE
        path.write_text(text.getvalue(), encoding="utf-8", newline="\n")
        made[f"{edition.quarter.slug}/{TABLE}"] = digest(path)
    return made


# -------------------------------------------------------------------------------------- the banner


def banner(edition: Edition, root: Edition) -> str:
    """Say on the pages of a quarter that is not at the root of its site what they are.

    Returns
    -------
    str
        Markdown, with a link to the account at the root; empty on that one itself.
    """
    if not edition.name:
        return ""
    link = f'<a class="{NEWEST}" href="{way(edition.name, root.name)}index.html">'
    own, newest = edition.quarter.quarter, root.quarter.quarter
    if edition.quarter.as_at > root.quarter.as_at:
        return (
            f"This is the account of **{own}**. {link}The account that this site leads with is "
            f"that of {newest}.</a>"
        )
    return (
        f"This is the account of **{own}**, as it was then. {link}The newest account is that of "
        f"{newest}.</a>"
    )


_OWN_ANNOUNCEMENT = re.compile(r"^  announcement:.*\n(?:(?:    .*|[ \t]*)\n)*", re.M)
_WEBSITE = re.compile(r"^website:[ \t]*(?:#.*)?\n", re.M)


def with_banner(settings: str, words: str, to_root: str, pages: Iterable[str]) -> str:
    """Put a banner into the settings of an edition's pages, and lead its feed to the root.

    Quarto shows it as the website's announcement, and so does the built-in renderer.

    Parameters
    ----------
    settings
        The text of ``_quarto.yml``. An announcement that stands there gives way to the banner.
    words
        As `banner` gives them.
    to_root
        The way to the root of the site.
    pages
        The addresses of the pages there: the banner of a page leads to the same page, if there is
        one (`helpers.site.announcement.seen_from`).

    Raises
    ------
    RenderError
        Where there is no line ``website:`` to put it under.
    """
    if not _WEBSITE.search(settings):
        raise RenderError(
            "_quarto.yml: no line 'website:', under which the banner of older quarters goes. Put "
            "the title and the menus of the site under such a line."
        )
    settings = _OWN_ANNOUNCEMENT.sub("", settings if settings.endswith("\n") else settings + "\n")
    announcement = (
        "  announcement:\n"
        f"    content: {json.dumps(words, ensure_ascii=False)}\n"
        "    dismissable: false\n"
        "    type: warning\n"
        "    position: below-navbar\n"
    )
    settings = _WEBSITE.sub(lambda line: line[0] + announcement, settings, count=1)
    settings = settings.replace(f'href="{FEED}"', f'href="{to_root}{FEED}"')
    listed_pages = "".join(f"    - {json.dumps(page)}\n" for page in pages)
    return (
        f"{settings}\n# Where the banner leads to.\n{NEWEST}:\n  folder: {json.dumps(to_root)}\n"
        f"  pages:\n{listed_pages}"
    )


def put_beside(editions: Sequence[Edition], made: dict[str, MadeEdition]) -> None:
    """Put the banners into the settings of the pages that are there, and the feed at the root.

    What is so made beside the pages of prose is noted in `made`.
    """
    from helpers.feed import feed_of
    from helpers.site.project import CONFIG, address_of, page_files, read_config

    root = next((edition for edition in editions if not edition.name), None)
    if root is None:  # nothing had been published by the default quarter's date
        return
    config = read_config(root.pages)
    pages = sorted(map(address_of, page_files(root.pages, config)))
    feed = root.pages / FEED
    feed.write_text(feed_of(editions, config), encoding="utf-8", newline="\n")
    made[root.name].beside = {FEED: digest(feed)}
    for edition in editions:
        if edition is root:
            continue
        path = edition.pages / CONFIG
        to_root = way(edition.name, root.name)
        settings = with_banner(
            path.read_text(encoding="utf-8"), banner(edition, root), to_root, pages
        )
        path.write_text(settings, encoding="utf-8", newline="\n")
        made[edition.name].beside = {CONFIG: digest(path)}


# ------------------------------------------------------------------------- an account that moved


def found_elsewhere(
    edition: Edition,
    notebook: str,
    made_from: str,
    last: Manifest,
    tables: Tables,
    folders: Iterable[Path],
) -> tuple[Executed, Path] | None:
    """Find a notebook that was executed for the same account when that stood elsewhere in the site.

    Parameters
    ----------
    made_from
        What it would be made from: the quarter is a part of it.
    folders
        As for `helpers.manifest.Executed.stands`.

    Returns
    -------
    tuple or None
        What is known of it, and the file.
    """
    pages = edition.pages.parent if edition.name else edition.pages
    for name, other in last.editions.items():
        output = pages / name / f"{notebook}.ipynb"
        was = other.notebooks.get(notebook)
        if name != edition.name and was and was.stands(made_from, output, tables, folders):
            return was, output
    return None
