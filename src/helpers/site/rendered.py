"""What is known of a rendered site: what each page was made from, and what came out.

A run keeps it beside the site and hands it to the next, which makes again only the pages that
would come out differently.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from helpers.digests import digest_of
from helpers.site.facts import PageFacts

PACKAGES = ("jinja2", "markupsafe", "mistune", "nbconvert", "nbformat", "pyyaml")
"""What the built-in renderer is made with; another version may give another page."""

OWN_FILES = Path(__file__).parent
"""The folder with the renderer's and the checks' own source, and the templates."""


@dataclass(frozen=True)
class RenderedPage:
    """What is known of one page of a rendered site.

    Parameters
    ----------
    source
        The digest of the file it was made from.
    title
        Its title, in Markdown, which other pages show in their menus.
    made_from
        The digest of everything it was made from, as `ingredients` gives it; empty for a page
        made by Quarto, which is made again every time.
    output
        The digest of the page itself.
    facts
        What the checks of the site need to know of it.
    """

    source: str
    title: str
    made_from: str
    output: str
    facts: PageFacts


@dataclass(frozen=True)
class Rendered:
    """A rendered site, and what is known of it.

    Parameters
    ----------
    folder
        The folder with the site.
    renderer
        The digest of what made and checked it, as `renderer_digest` gives it.
    pages
        What is known of each page, by its address.
    files
        Every file written; empty where the site is one that was read back.
    made
        The addresses of the pages that were made and not copied; empty where it was read back.
    """

    folder: Path
    renderer: str
    pages: dict[str, RenderedPage]
    files: tuple[Path, ...] = ()
    made: tuple[str, ...] = ()

    @property
    def facts(self) -> dict[str, PageFacts]:
        """What the checks of the site need to know of each page, by its address."""
        return {address: page.facts for address, page in self.pages.items()}

    def as_json(self) -> dict:
        """Return what the next run needs to know, as what JSON can hold."""
        pages = {address: asdict(page) for address, page in self.pages.items()}
        return {"renderer": self.renderer, "pages": pages}

    @classmethod
    def from_json(cls, folder: Path, kept: object) -> Rendered | None:
        """Read back what `as_json` gave.

        Parameters
        ----------
        folder
            The folder in which the site stands now.
        kept
            What was kept; None, where it is not what `as_json` gives.
        """
        try:
            pages = {str(address): _page(page) for address, page in kept["pages"].items()}
            return cls(folder, str(kept["renderer"]), pages)
        except (AttributeError, KeyError, TypeError):
            return None

    def page_of(self, address: str, source: str, renderer: str) -> RenderedPage | None:
        """Return what is known of a page, if its file and the renderer are still the same.

        Parameters
        ----------
        address
            Where the page stands in the site.
        source
            The digest of its file now.
        renderer
            The digest of the renderer now.
        """
        page = self.pages.get(address)
        same = page is not None and page.source == source and self.renderer == renderer
        return page if same else None


def _page(kept: Mapping) -> RenderedPage:
    facts = PageFacts(**{name: tuple(values) for name, values in kept["facts"].items()})
    return RenderedPage(**{**kept, "facts": facts})


def digest(content: bytes) -> str:
    """Return the SHA-256 of some content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def ingredients(
    renderer: str, config: Mapping, titles: Mapping[str, str], name: str, source: str
) -> str:
    """Return the digest of everything that a page is made from.

    Parameters
    ----------
    renderer
        The digest of what makes it, as `renderer_digest` gives it.
    config
        The project's ``_quarto.yml``.
    titles
        Every page's title by its file: menus show them, and links lead to them.
    name, source
        The page's own file, and the digest of what it holds.

    Examples
    --------
    >>> titles = {"index.ipynb": "Home"}
    >>> before = ingredients("r", {"lang": "en"}, titles, "index.ipynb", "s")
    >>> before == ingredients("r", {"lang": "cy"}, titles, "index.ipynb", "s")
    False
    """
    # repr tells apart what YAML tells apart, such as true and "true".
    parts = [renderer, repr(config), list(titles.items()), name, source]
    return digest_of(parts)


def renderer_digest() -> str:
    """Return the digest of what makes and checks a page: our own source and templates, packages.

    Any change, even of a comment, gives another digest: a page made twice costs little, a page
    that should have been made again and was not would be wrong.
    """
    files = [
        *sorted(path for path in OWN_FILES.rglob("*") if path.suffix in (".py", ".j2", ".json")),
        OWN_FILES.parent / "yaml_files.py",
    ]
    parts = [
        platform.python_version(),
        [[name, version(name)] for name in PACKAGES],
        [[path.name, digest(path.read_bytes())] for path in files],
    ]
    return digest_of(parts)
