"""The search index: of which pages, the same every time, made again only where it would differ."""

import gzip
import json
import re
import shutil
import sys
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from small_site import CONFIG, make_project, page

from helpers.digests import digests_below
from helpers.errors import RenderError
from helpers.progress import Summary
from helpers.site import search
from helpers.site.render import render_site
from helpers.site.search import FOLDER, make_index, put_search_index
from helpers.stages import render

REPORTS = Path(__file__).parents[1] / "reports"
PAGE = """<!doctype html><html lang="en-GB"><head><title>{0}</title></head><body>
<nav>menu</nav><main><h1>{0}</h1><p>{1}</p>
<table><tr><td class="number">4711</td></tr></table></main></body></html>"""


def make_site(folder, names=("bees", "hives", "search"), words="Honey is sweet"):
    """Write a site of some pages; return their digests, as a renderer gives them."""
    folder.mkdir(parents=True)
    for name in names:
        (folder / f"{name}.html").write_text(PAGE.format(name.title(), words), "utf-8")
    return digests_below(folder)


def fragments(folder):
    """Return what is searched of each page, by its address."""
    found = {}
    for path in folder.glob("fragment/*"):
        text = gzip.decompress(path.read_bytes()).decode().removeprefix("pagefind_dcd")
        entry = json.loads(text)
        found[entry["url"]] = entry
    return found


@pytest.fixture(scope="module")
def indexed(tmp_path_factory):
    """Make the index of a small site."""
    site = tmp_path_factory.mktemp("indexed") / "site"
    pages = make_site(site)
    made = put_search_index(site, pages, site.with_name("last"), None)
    return site, pages, made


def test_every_page_is_searched_but_the_one_that_searches(indexed):
    site, _, _ = indexed
    found = fragments(site / FOLDER)
    assert {url: entry["meta"]["title"] for url, entry in found.items()} == {
        "bees.html": "Bees",
        "hives.html": "Hives",
    }


def test_the_words_of_the_main_part_are_read_and_neither_menus_nor_figures(indexed):
    site, _, _ = indexed
    content = fragments(site / FOLDER)["bees.html"]["content"]
    assert "Honey is sweet" in content
    assert "menu" not in content and "4711" not in content


def test_what_no_page_asks_for_is_left_out(indexed):
    site, _, made = indexed
    names = {path.name for path in (site / FOLDER).iterdir() if path.is_file()}
    assert {"pagefind.js", "pagefind-entry.json"} <= names
    assert not [name for name in names if "ui" in name or "highlight" in name]
    assert made["files"] == digests_below(site / FOLDER)


def test_the_bytes_are_the_same_whatever_the_folder_and_the_order_of_its_files(indexed, tmp_path):
    site, pages, made = indexed
    other = tmp_path / "another, with a longer näme"
    other.mkdir()
    for name in sorted(pages, reverse=True):
        shutil.copyfile(site / name, other / name)
    assert put_search_index(other, pages, other, None) == made


def test_the_order_of_pages_is_that_of_their_addresses_not_of_the_system(tmp_path, monkeypatch):
    pages = make_site(tmp_path / "site", names=("b", "a", "search"))
    asked = []
    monkeypatch.setattr(search, "make_index", lambda site, names, folder: asked.append(names))
    put_search_index(tmp_path / "site", dict(reversed(pages.items())), tmp_path, None)
    assert asked == [["a.html", "b.html", "search.html"]]


def test_where_no_page_changed_the_last_index_is_copied_and_nothing_started(
    indexed, tmp_path, monkeypatch
):
    site, pages, made = indexed
    monkeypatch.setattr(search, "make_index", lambda *asked: pytest.fail("made again"))
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    kept = json.loads(json.dumps(made))
    assert put_search_index(fresh, pages, site, kept) == made
    assert digests_below(fresh / FOLDER) == made["files"]


@pytest.mark.parametrize("change", ["a page", "the settings", "the last index", "what was kept"])
def test_it_is_made_again_where_it_would_differ_or_is_not_as_it_was_made(
    indexed, tmp_path, monkeypatch, change
):
    site, pages, made = indexed
    last = shutil.copytree(site, tmp_path / "last")
    fresh = shutil.copytree(site, tmp_path / "fresh", ignore=shutil.ignore_patterns(FOLDER))
    asked = []
    monkeypatch.setattr(search, "make_index", lambda *args: asked.append(args))
    if change == "a page":
        pages = pages | {"bees.html": "another digest"}
    elif change == "the settings":
        monkeypatch.setattr(search, "SETTINGS", {"root_selector": "body"})
    elif change == "the last index":
        (last / FOLDER / "pagefind-entry.json").write_text("{}")
    put_search_index(fresh, pages, last, {} if change == "what was kept" else made)
    assert len(asked) == 1


def test_a_site_without_a_page_to_search_by_has_no_index(tmp_path):
    pages = make_site(tmp_path / "site", names=("bees",))
    assert put_search_index(tmp_path / "site", pages, tmp_path, None) is None
    assert not (tmp_path / "site" / FOLDER).exists()


def test_without_pagefind_it_says_what_to_do(tmp_path, monkeypatch):
    def missing(name):
        raise search.PackageNotFoundError(name)

    monkeypatch.setattr(search, "version", missing)
    with pytest.raises(RenderError, match=r"Pagefind is not installed\. Install .*make env"):
        put_search_index(tmp_path, {"search.html": ""}, tmp_path, None)


@pytest.mark.parametrize("program", ["gone", "fails"])
def test_where_pagefind_cannot_be_started_or_ends_it_says_so(tmp_path, monkeypatch, program):
    path = tmp_path / "no such program" if program == "gone" else sys.executable
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: path)
    make_site(tmp_path / "site")
    with pytest.raises(RenderError, match=r"(?s)the search index: .*make env"):
        make_index(tmp_path / "site", ["bees.html"], tmp_path / "site" / FOLDER)


def test_what_pagefind_refuses_is_told_in_its_words(tmp_path, monkeypatch):
    make_site(tmp_path / "site")
    monkeypatch.setattr(search, "SETTINGS", {"root_selector": 5})
    with pytest.raises(RenderError, match=r"Pagefind says: .*invalid type"):
        make_index(tmp_path / "site", ["bees.html"], tmp_path / "site" / FOLDER)


# ------------------------------------------------------------------------------- the pages around


@pytest.fixture
def project(tmp_path):
    """Make the small project with a page that searches."""
    folder = make_project(tmp_path / "reports")
    menu = CONFIG.replace("  page-footer:", "    right:\n      - href: search.qmd\n  page-footer:")
    (folder / "_quarto.yml").write_text(menu, "utf-8")
    (folder / "search.qmd").write_text("---\ntitle: Search\n---\n\nWords.\n", "utf-8")
    return folder


def test_each_page_has_a_form_that_leads_to_the_page_that_searches(project, tmp_path):
    soup = page(project, tmp_path / "site", "first")
    (form,) = soup.select("header form[role=search]")
    assert (form["action"], form["method"]) == ("search.html", "get")
    field = form.select_one("input")
    assert field["name"] == "q" and form.label["for"] == field["id"]
    # In place of the menu's link.
    assert not soup.select('nav a[href="search.html"]')


def test_the_page_that_searches_has_its_own_form_alone(project, tmp_path):
    assert not page(project, tmp_path / "site", "search").select("header form")


def test_a_site_without_search_has_no_form_and_keeps_its_whole_menu(tmp_path):
    soup = page(make_project(tmp_path / "reports"), tmp_path / "site")
    assert not soup.select("form")
    assert [item.get_text() for item in soup.select("nav summary")][1:] == ["1. More"]


def test_a_published_site_is_searched_by_its_newest_account_alone(project, tmp_path):
    site, earlier = tmp_path / "site", shutil.copytree(project, tmp_path / "2023-24-q4")
    made = {}
    files = render({"": project, "2023-24-q4": earlier}, made, site, Summary())
    assert sorted(fragments(site / FOLDER)) == ["first.html", "index.html", "second.html"]
    assert not (site / "2023-24-q4" / FOLDER).exists()
    assert files == digests_below(site)


def test_the_index_of_a_published_site_stands_until_a_page_is_another(
    project, tmp_path, monkeypatch
):
    # What only a site that a run made has; no other is replaced.
    config = (project / "_quarto.yml").read_text("utf-8")
    config = config.replace('["/data/*.csv"]', '["/data/*.csv", "/data/*.json"]')
    (project / "_quarto.yml").write_text(config, "utf-8")
    made_from = '{"parameters": {"quarter": "2025-26 Q1"}, "tables": {}}'
    (project / "data" / "record.json").write_text(made_from)
    site, made, asked = tmp_path / "site", {}, []
    monkeypatch.setattr(search, "make_index", lambda *args: asked.append(make_index(*args)))
    first = render({"": project}, made, site, Summary())
    (project / "styles.css").write_text("body { color: navy }")
    assert render({"": project}, made, site, Summary()).keys() == first.keys()
    assert len(asked) == 1
    (project / "second.qmd").write_text("---\ntitle: Second\n---\n\nNectar.\n", "utf-8")
    render({"": project}, made, site, Summary())
    assert len(asked) == 2
    assert "Nectar" in fragments(site / FOLDER)["second.html"]["content"]


def test_where_the_index_cannot_be_made_the_last_site_stays(project, tmp_path, monkeypatch):
    site, made = tmp_path / "site", {}
    before = render({"": project}, made, site, Summary())
    (project / "second.qmd").write_text("---\ntitle: Second\n---\n\nNectar.\n", "utf-8")
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: tmp_path / "gone")
    with pytest.raises(RenderError, match="the search index"):
        render({"": project}, made, site, Summary())
    assert digests_below(site) == before
    assert not site.with_name("site.new").exists()


def test_the_list_of_pages_has_every_page_of_the_menus():
    config = yaml.safe_load((REPORTS / "_quarto.yml").read_text("utf-8"))
    bar = config["website"]["navbar"]
    listed = re.findall(r"\]\(([\w.-]+)\)", (REPORTS / "search.qmd").read_text("utf-8"))
    menus = [entry for item in bar["left"] for entry in item.get("menu", [item])]
    assert {entry["href"] for entry in menus} == set(listed)
    assert len(listed) == len(set(listed))


def test_the_page_that_searches_says_without_a_script_that_it_needs_one(tmp_path):
    folder = make_project(tmp_path / "reports")
    for name in ("search.qmd", "search.js", "words.js"):
        shutil.copy(REPORTS / name, folder / name)
    render_site(folder, tmp_path / "site")
    soup = BeautifulSoup((tmp_path / "site" / "search.html").read_text("utf-8"), "html.parser")
    assert "Searching needs a script" in soup.select_one("#search .note").get_text()
    assert soup.select('.page-body a[href="bee-happy.ipynb"], .page-body a[href="bee-happy.html"]')
    # In this order: the one uses the other.
    assert [script["src"] for script in soup.select("script")] == ["words.js", "search.js"]
