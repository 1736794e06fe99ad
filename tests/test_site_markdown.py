"""Heading ids and typography are Pandoc's."""

import pytest

from helpers.site.markdown import Headings, heading_id, inline, markdown, plain, smart


# Answers from Pandoc 3.9.
@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("1. Children’s place – “near home” & more (%)", "childrens-place-near-home-more"),
        ("33", "section"),
        ("Head_ing with code x", "head_ing-with-code-x"),
        ("Île-de-France: É 3.5% – 2022–23 / x", "île-de-france-é-3.5-202223-x"),
        ("Maître d'hôtel", "maître-dhôtel"),
    ],
)
def test_ids_are_those_that_pandoc_makes(text, identifier):
    assert heading_id(text) == identifier


def test_typography_is_pandocs():
    assert smart('It\'s \'so\' "near" -- 2022-23... ("x")') == ("It’s ‘so’ “near” – 2022-23… (“x”)")


def test_a_text_does_not_remember_the_headings_of_the_one_before():
    assert markdown("## Same") == markdown("## Same") == '<h2 id="same">Same</h2>\n'


def test_texts_of_one_page_share_their_headings():
    headings = Headings()
    markdown("## Same", headings)
    markdown("### *Same*", headings)
    assert headings.entries == [(2, "same", "Same"), (3, "same-1", "<em>Same</em>")]


def test_a_link_defined_in_one_text_is_unknown_in_the_next():
    assert "<a" in markdown("[x]\n\n[x]: https://example.org/")
    assert "<a" not in markdown("[x]")


def test_a_line_is_neither_a_list_nor_a_paragraph():
    assert inline("1. *Home* & more") == "1. <em>Home</em> &amp; more"


def test_the_words_of_some_html():
    assert plain("<em>a</em> &amp; b") == "a & b"


def test_a_block_of_html_is_left_as_it_is():
    text = "Before\n\n```{=html}\n<p>It's *not* <b>read</b> -- $x$.</p>\n\n<p>b</p>\n```\n\nAfter"
    assert markdown(text) == (
        "<p>Before</p>\n<p>It's *not* <b>read</b> -- $x$.</p>\n\n<p>b</p>\n<p>After</p>\n"
    )


def test_any_other_block_of_code_is_shown_as_code():
    assert markdown("```html\n<b>\n```").startswith('<pre><code class="language-html">&lt;b&gt;')
