"""A part's mark on a page: beside its name, and never in its place."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from invented import account_of
from page_words import html_of, words_of

from helpers import blocks

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8"/></svg>\n'


@pytest.fixture
def marked(tmp_path):
    """Open an account of the bee's page, whose one part has a mark; return both."""
    of = account_of("bee-page")
    folder = tmp_path / "data" / "raw" / "plans" / "bee-page"
    folder.mkdir(parents=True)
    (folder / "bee.svg").write_text(SVG, "utf-8")
    part = of.plan.part("happy").model_copy(update={"mark": "bee.svg", "aim": "Joy & hope."})
    return replace(of, definitions=replace(of.definitions, root=tmp_path)), part


def test_a_mark_stands_beside_the_name_and_is_hidden_from_those_who_hear_the_name(marked):
    opening = blocks.marked_lede(*marked)
    root = ElementTree.fromstring(html_of(opening))
    assert root.find("svg").get("aria-hidden") == "true"
    assert words_of(opening) == "Be Happy. Joy & hope."


def test_a_part_without_a_mark_has_its_name_alone():
    of = account_of("bee-page")
    assert blocks.part_mark(of, of.plan.part("happy")) == ""
    assert "<svg" not in html_of(blocks.marked_lede(of, of.plan.part("happy")))
