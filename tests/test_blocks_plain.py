"""The pieces of the short version: signs with words, links to the exact figure, nothing empty."""

from decimal import Decimal

import pandas as pd
from page_words import html_of, words_of
from wording_rows import a_row

from helpers.blocks import (
    plain_contents,
    plain_counts,
    plain_glossary,
    plain_lines,
    plain_part,
)
from helpers.plain_words import PlainWord


def rows(*entries):
    shown = [
        vars(a_row(**changes)) | {"page": page, "plain": name, "group": group}
        for group, name, page, changes in entries
    ]
    return pd.DataFrame(shown, dtype=object)


BETTER = ("better", "Good <schools>", "bee.html#measure-1", {"latest_value": Decimal("95")})
UNKNOWN = ("unknown", "Happy bees", "bee.html#measure-2", {"latest_value": None})


def test_a_part_has_its_name_its_groups_and_the_way_to_its_page():
    shown = plain_part("Be Good", "All is well.", "bee-good", rows(BETTER, UNKNOWN))
    assert words_of(shown) == (
        "Be Good All is well. ↑ Got better Good <schools> "
        "On 31 March 2022, it was about 90 in 100. On 31 March 2023, it was 95 in 100. ? "
        "No number yet: 1 We looked for a number. We did not find one. Happy bees "
        "All about Be Good"
    )
    assert '<a href="bee.html#measure-1">Good &lt;schools&gt;</a>' in html_of(shown)
    assert '<a href="bee-good.html">' in html_of(shown)
    assert '<span class="sign" aria-hidden="true">↑</span> Got better' in html_of(shown)
    assert '<section class="plain" id="short-bee-good">' in html_of(shown)


def test_what_is_known_is_shown_and_what_is_not_stands_behind_a_line_that_opens_it():
    shown = html_of(plain_part("Be Good", "", "bee-good", rows(BETTER, UNKNOWN)))
    known, unknown = shown.split("<details")
    assert "Good &lt;schools&gt;" in known and "Happy bees" in unknown
    assert "<summary>" in unknown and unknown.count("</details>") == 1


def test_each_count_stands_beside_its_sign_and_what_is_not_known_is_one_of_them():
    shown = plain_counts(["better", "old", "unknown", "better"])
    assert words_of(shown) == "↑ 2 things got better. ? For 2 things, we do not know."
    assert html_of(shown).count('aria-hidden="true"') == 2


def test_the_contents_lead_to_the_parts_of_the_page():
    shown = html_of(plain_contents([("bee-good", "Be Good"), ("bee-safe", "Safe & sound")]))
    assert '<a href="#short-bee-good">Be Good</a>' in shown
    assert '<a href="#short-bee-safe">Safe &amp; sound</a>' in shown


def test_groups_stand_in_the_same_order_whatever_the_rows_have():
    turned = plain_part("Be Good", "", "bee-good", rows(UNKNOWN, BETTER))
    assert words_of(turned).index("Got better") < words_of(turned).index("No number yet")
    assert "<p></p>" not in html_of(turned)


def test_a_part_without_measures_still_leads_to_its_page():
    nothing = rows(BETTER).iloc[:0]
    assert words_of(plain_part("Be Good", "", "bee-good", nothing)) == (
        "Be Good There is no more to tell here. All about Be Good"
    )


def test_lines_are_one_sentence_each():
    assert html_of(plain_lines(["One & two.", "Three."])).count("<p>") == 2
    assert words_of(plain_lines(["One & two.", "Three."])) == "One & two. Three."


def test_a_word_is_explained_with_its_full_form_where_it_has_one():
    words = [
        PlainWord(term="EHC plan", in_full="education, health and care plan", means="A plan."),
        PlainWord(term="Hive", means="A home."),
    ]
    assert words_of(plain_glossary(words)) == (
        "EHC plan (education, health and care plan) A plan. Hive A home."
    )
