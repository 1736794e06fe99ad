"""The announcement on every page, from the settings."""

import pytest
from small_site import CONFIG, make_project, page

from helpers.site.announcement import announcement, seen_from
from helpers.site.render import render_site

ANNOUNCED = CONFIG.replace(
    "  title: Our children\n",
    "  title: Our children\n  announcement:\n    content: 'An **old** account. "
    '<a class="newest-account" href="../index.html">The newest</a>.\'\n    type: warning\n',
)
NEWEST = "newest-account:\n  folder: ../\n  pages: [first.html, index.html]\n"


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path / "reports")


def settings(project, text):
    (project / "_quarto.yml").write_text(text, encoding="utf-8")


def test_without_an_announcement_there_is_none_on_a_page(project, tmp_path):
    assert announcement({}) is announcement({"website": {"title": "Bees"}}) is None
    assert page(project, tmp_path / "site").select_one("#quarto-announcement") is None


def test_an_announcement_stands_before_the_content_as_a_landmark_with_a_name(project, tmp_path):
    settings(project, ANNOUNCED)
    soup = page(project, tmp_path / "site")
    (banner,) = soup.select("#quarto-announcement")
    assert (banner.name, banner["aria-label"]) == ("aside", "Announcement")
    assert banner["class"] == ["alert", "alert-warning"]
    assert banner.select_one("strong").get_text() == "old"
    assert banner.find_next_sibling().name == "main"
    assert not soup.select("#quarto-announcement script, #quarto-announcement button")


def test_words_alone_are_an_announcement_too():
    made = announcement({"website": {"announcement": "New *bees*"}})
    assert (made["type"], made["words"].strip()) == ("primary", "<p>New <em>bees</em></p>")


@pytest.mark.parametrize(
    ("name", "target"),
    [("first", "../first.html"), ("index", "../index.html"), ("second", "../index.html")],
    ids=["the same page", "home", "a page that the newest account has not"],
)
def test_the_banner_leads_to_the_same_page_of_the_newest_account(project, tmp_path, name, target):
    settings(project, ANNOUNCED + NEWEST)
    link = page(project, tmp_path / "site", name).select_one("#quarto-announcement a")
    assert link["href"] == target


def test_another_set_of_pages_there_makes_the_pages_here_again(project, tmp_path):
    settings(project, ANNOUNCED + NEWEST)
    last = render_site(project, tmp_path / "site")
    assert render_site(project, tmp_path / "again", last).made == ()
    settings(project, ANNOUNCED + NEWEST.replace("index.html]", "index.html, second.html]"))
    assert len(render_site(project, tmp_path / "other", last).made) == 3


@pytest.mark.parametrize(
    ("address", "href", "seen"),
    [
        ("index.html", "feed.xml", "feed.xml"),
        ("a/b/c.html", "../feed.xml", "../../../feed.xml"),
        ("a/c.html", "https://bees.example/feed.xml", "https://bees.example/feed.xml"),
        ("a/c.html", "/feed.xml", "/feed.xml"),
    ],
)
def test_the_feed_is_found_from_every_folder(address, href, seen):
    link = '<link rel="alternate" type="application/atom+xml" title="All" href="{}">'
    assert seen_from(link.format(href), address, {}) == link.format(seen)


def test_other_links_are_left_alone():
    other = '<a href="../index.html">Home</a><link rel="stylesheet" href="styles.css">'
    config = {"newest-account": {"folder": "../", "pages": ["a/b.html"]}}
    assert seen_from(other, "a/b.html", config) == other
