"""The same pages through real Quarto; skipped where it is not installed."""

import shutil

import pytest
from bs4 import BeautifulSoup

from helpers.site.render import render_site, render_with_quarto

pytestmark = pytest.mark.skipif(shutil.which("quarto") is None, reason="Quarto is not installed")


def words_and_figures(page):
    """Return a page's title, its figures' alternatives, and its tables' captions."""
    main = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").find("main")
    return (
        main.h1.get_text(strip=True),
        [image["alt"] for image in main.select("figure.chart img")],
        [caption.get_text(strip=True) for caption in main.select("caption")],
    )


def test_quarto_makes_the_same_pages_as_the_built_in_renderer(finished_small_project, tmp_path):
    pages = tmp_path / "reports"
    made = shutil.ignore_patterns("site", "site.*")
    shutil.copytree(finished_small_project / "reports", pages, ignore=made)
    render_site(pages, tmp_path / "ours")
    render_with_quarto(pages, tmp_path / "theirs")
    ours = {page.name: words_and_figures(page) for page in (tmp_path / "ours").glob("*.html")}
    theirs = {page.name: words_and_figures(page) for page in (tmp_path / "theirs").glob("*.html")}
    assert ours == theirs
    for name in ("assessments.csv", "observations.csv", "data_quality.csv"):
        assert (tmp_path / "theirs" / "data" / name).is_file()
