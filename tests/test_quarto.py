"""The same pages through real Quarto; skipped where it is not installed."""

import posixpath
import shutil

import pytest
from bs4 import BeautifulSoup

from helpers.site.render import render_site, render_with_quarto

DOWNLOADS = (".csv", ".json", ".xlsx", ".ics", ".xml")


def heading_of(element):
    """Return a heading's level, its words and its place; Quarto puts the place on its section."""
    place = element.get("id")
    if place is None and element.parent.name == "section":
        place = element.parent.get("id")
    return element.name, element.get_text(" ", strip=True), place


def contents_of(page):
    """Return what must be the same on a page, whichever way it was rendered."""
    main = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").find("main")
    tables = [
        [[cell.get_text(" ", strip=True) for cell in row(["th", "td"])] for row in table("tr")]
        for table in main("table")
    ]
    return {
        "title": main.h1.get_text(strip=True),
        "headings": [heading_of(heading) for heading in main(["h2", "h3"])],
        "alternatives": [image["alt"] for image in main.select("figure.chart img")],
        "captions": [caption.get_text(strip=True) for caption in main.select("caption")],
        "tables": tables,
        "downloads": [
            posixpath.normpath(link["href"])
            for link in main.select("a[href]")
            if link["href"].endswith(DOWNLOADS)
        ],
    }


def site_of(folder):
    """Return the contents of each page by its address, and the addresses of all other files."""
    pages = {p.relative_to(folder).as_posix(): contents_of(p) for p in folder.rglob("*.html")}
    found = (p for p in folder.rglob("*") if p.suffix in (*DOWNLOADS, ".js"))
    return pages, {p.relative_to(folder).as_posix() for p in found}


@pytest.fixture
def reports(finished_small_project, tmp_path):
    """Copy the pages of the finished small project, without its site."""
    made = shutil.ignore_patterns("site", "site.*")
    return shutil.copytree(finished_small_project / "reports", tmp_path / "reports", ignore=made)


def test_what_is_compared_is_on_the_pages(reports, tmp_path):
    render_site(reports, tmp_path / "site")
    pages, files = site_of(tmp_path / "site")
    assert len(pages) > 1
    for part in ("headings", "alternatives", "captions", "tables", "downloads"):
        assert any(page[part] for page in pages.values()), part
    assert "data/assessments.csv" in files


@pytest.mark.skipif(shutil.which("quarto") is None, reason="Quarto is not installed")
def test_quarto_makes_the_same_pages_as_the_built_in_renderer(reports, tmp_path):
    render_site(reports, tmp_path / "ours")
    render_with_quarto(reports, tmp_path / "theirs")
    (ours, files), (theirs, their_files) = site_of(tmp_path / "ours"), site_of(tmp_path / "theirs")
    assert sorted(ours) == sorted(theirs)
    for address, contents in ours.items():
        for part, found in contents.items():
            assert (address, part, found) == (address, part, theirs[address][part])
    assert {name for name in files if not name.startswith("pagefind/")} <= their_files
