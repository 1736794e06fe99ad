"""What the checks need to know of a page, held to what a parser of HTML finds."""

import pytest
from bs4 import BeautifulSoup
from small_site import make_project

from helpers.site.facts import page_facts
from helpers.site.render import render_site

REQUESTS = [
    '<script src="https://example.org/x.js"></script>',
    '<img alt="" src="//example.org/x.png">',
    '<IMG ALT="" SRC=HTTPS://example.org/x.png>',
    '<link rel="stylesheet" href="http://example.org/x.css">',
    '<iframe src=" https://example.org/"></iframe>',
    '<object data="https://example.org/x.svg"></object>',
    '<video><source srcset="https://example.org/x.mp4"></video>',
]


@pytest.mark.parametrize("markup", REQUESTS)
def test_what_a_browser_would_fetch_from_another_host(markup):
    assert len(page_facts(f"<p>{markup}</p>").requests) == 1


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="https://example.org/">x</a>',
        '<link rel="canonical" href="https://example.org/">',
        '<img alt="" src="data:image/png;base64,AA//">',
        '<p class="https://example.org/">src="https://example.org/"</p>',
        '<!-- <script src="https://example.org/x.js"></script> -->',
    ],
)
def test_what_it_would_not_fetch(markup):
    assert page_facts(markup).requests == ()


@pytest.mark.parametrize(
    ("markup", "ids", "links"),
    [
        ("<td class='a' id='b'>", ("b",), ()),
        ("<TD ID=b>", ("b",), ()),
        ('<p class="a>b" id="c">', ("c",), ()),
        ('<p class="a" id="b" id="c">', ("b",), ()),
        ('<p data-x="<p id=b>" id="c">', ("c",), ()),
        ("<!-- <p id='b'> -->", (), ()),
        ("<script>'<p id=b>'</script>", (), ()),
        ('<a href="x?a=1&amp;b=2#c">', (), ("x?a=1&b=2#c",)),
        ('<a href="b"><a href="a"><a href="b">', (), ("b", "a")),
        ("<a name=x>", (), ()),
        ('<script src="sort.js" defer></script>', (), ("sort.js",)),
        ("<script>var href;</script>", (), ()),
        ("<<td>a href='x'>", (), ()),
        ("<p>5 < 6 <em id=b>", ("b",), ()),
    ],
)
def test_ids_and_links_as_a_browser_reads_them(markup, ids, links):
    facts = page_facts(markup)
    assert (facts.ids, facts.links) == (ids, links)


def test_a_whole_page_has_the_ids_and_links_that_a_parser_finds(tmp_path):
    render_site(make_project(tmp_path / "reports"), tmp_path / "site")
    for path in (tmp_path / "site").glob("*.html"):
        facts = page_facts(path.read_text("utf-8"))
        soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        assert facts.ids == tuple(sorted({tag["id"] for tag in soup.find_all(id=True)}))
        assert facts.links == tuple(dict.fromkeys(a["href"] for a in soup.select("a[href]")))
        assert facts.links
