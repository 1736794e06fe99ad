"""The scripts that help to find things: every measure in one table, and the search.

What they add to pages that are whole without them, by mouse, by keyboard, and to listeners.
"""

import re
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup

MEASURES, SEARCH = "measures.html", "search.html"


def rows_of(page):
    """Return the words of each row that is shown, cell by cell."""
    return page.evaluate(
        """() => [...document.querySelectorAll('.all-measures tbody tr')]
            .filter(row => row.checkVisibility())
            .map(row => [...row.cells].map(c => c.innerText.replace(/\\s+/g, ' ').trim()))"""
    )


def query_of(page):
    return urlsplit(page.url).query


def said(page, words):
    """Wait until the page says so where a screen reader listens."""
    page.get_by_role("status").filter(has_text=re.compile(words)).wait_for(timeout=10_000)


# --------------------------------------------------------------------------------- every measure


def test_a_choice_leaves_only_rows_that_have_it_and_says_how_many(visit):
    page = visit(MEASURES)
    everything = rows_of(page)
    page.get_by_label("Direction").select_option(label="Improving")
    rows = rows_of(page)
    assert 0 < len(rows) < len(everything)
    assert rows == [row for row in everything if "Improving" in row[3]]
    said(page, rf"^Showing {len(rows)} of {len(everything)} measures\.$")


def test_choices_and_words_narrow_each_other(visit):
    page = visit(MEASURES)
    everything = rows_of(page)
    page.get_by_label("Plan", exact=True).select_option(index=1)
    of_the_plan = rows_of(page)
    page.get_by_label("Words in the row").fill("SCHOOL  children")
    rows = rows_of(page)
    assert 0 < len(rows) < len(of_the_plan) < len(everything)
    for row in rows:
        assert {"school", "child"} <= set(re.findall(r"school|child", words_of(page, row[0])))


def test_when_nothing_fits_it_says_so_and_clear_brings_all_back(visit):
    page = visit(MEASURES)
    everything = rows_of(page)
    page.get_by_label("Words in the row").fill("no row has these words")
    said(page, "^No measure fits")
    assert rows_of(page) == []
    page.get_by_role("button", name="Clear").click()
    said(page, f"^Showing {len(everything)} of {len(everything)}")
    assert rows_of(page) == everything
    assert query_of(page) == ""


def test_an_address_brings_the_same_rows_in_the_same_order(visit):
    page = visit(MEASURES)
    page.get_by_label("Evidence").select_option(index=1)
    page.get_by_label("Plan", exact=True).select_option(index=1)
    page.get_by_role("button", name="Measure").click()
    page.get_by_role("button", name="Measure").click()
    rows, query = rows_of(page), query_of(page)
    assert len(rows) > 1
    assert {part.partition("=")[0] for part in query.split("&")} == {"evidence", "plan", "sort"}
    again = visit(f"{MEASURES}?{query}", width=360)
    assert [row[0] for row in rows_of(again)] == [row[0] for row in rows]
    assert again.get_by_label("Evidence").input_value() != ""


def test_an_address_with_what_no_measure_has_shows_every_row(visit):
    page = visit(f"{MEASURES}?plan=nobody&direction=sideways&sort=-nothing")
    assert len(rows_of(page)) == page.locator(".all-measures tbody tr").count()


def test_a_column_sorts_one_way_then_the_other_and_what_has_no_figure_stays_last(visit):
    page = visit(MEASURES)
    heading, button = page.locator("th", has_text="Latest"), page.get_by_role("button")
    latest = button.filter(has_text="Latest")
    latest.click()
    assert heading.get_attribute("aria-sort") == "ascending"
    up = orders_of(page, 2)
    latest.click()
    assert heading.get_attribute("aria-sort") == "descending"
    down = orders_of(page, 2)
    known = [order for order in up if order]
    assert len(known) > 10
    assert known == sorted(known)
    assert [order for order in down if order] == known[::-1]
    assert up[len(known) :] == down[len(known) :] == [""] * (len(up) - len(known))


def orders_of(page, column):
    """Return what the cells of a column are sorted by: the end of the figure's period."""
    return page.evaluate(
        """column => [...document.querySelectorAll('.all-measures tbody tr')]
            .map(row => row.cells[column].querySelector('[data-order]'))
            .map(e => e ? e.dataset.order : '')""",
        column,
    )


def test_the_keyboard_alone_chooses_and_sorts(visit):
    page = visit(MEASURES)
    page.get_by_label("Direction").focus()
    page.keyboard.type("Decl")
    assert query_of(page) == "direction=declining"
    assert rows_of(page)
    assert all("Declining" in row[3] for row in rows_of(page))
    page.locator("th", has_text="Measure").get_by_role("button").focus()
    page.keyboard.press("Enter")
    names = [row[0].casefold() for row in rows_of(page)]
    assert len(names) > 1
    assert "sort=measure" in query_of(page)
    assert page.locator("th[aria-sort=ascending]").count() == 1


def words_of(page, name):
    """Return all that the rows of a measure are found by: their words, and indicators' titles."""
    return page.evaluate(
        """name => [...document.querySelectorAll('.all-measures tbody tr')]
            .filter(row => row.cells[0].innerText.replace(/\\s+/g, ' ').trim() === name)
            .flatMap(row => [row.innerText, ...[...row.querySelectorAll('[data-indicators]')]
                .map(use => use.dataset.indicators)])
            .join(' ').toLowerCase()""",
        name,
    )


def names_for(page, words):
    """Return the names of the measures that are shown for words in the row."""
    page.get_by_label("Words in the row").fill(words)
    return [row[0] for row in rows_of(page)]


@pytest.mark.parametrize(
    ("words", "measure"),
    [
        ("EHCP", "New EHC plans issued within 20 weeks"),
        ("ehcps", "New EHC plans issued within 20 weeks"),
        ("Education, Health and Care plan", "New EHC plans issued within 20 weeks"),
        ("EHCP 20 weeks", "New EHC plans issued within 20 weeks"),
        ("LAC", "Children looked after who had three or more placements"),
        ("looked after children", "Children looked after who had three or more placements"),
        ("CAMHS", "Outcome score of children who use a mental health service"),
        # Not in the row's own words: its indicator's title.
        ("attendance", "School absence"),
        # Of one and of many, in both directions; and words that are not whole yet.
        ("complaints", "Complaint rate"),
        ("complain", "Complaint rate"),
        ("placement", "Children looked after who had three or more placements"),
    ],
)
def test_a_row_is_found_by_its_words_their_other_names_and_its_indicators_title(
    visit, words, measure
):
    page = visit(MEASURES)
    everything = len(rows_of(page))
    names = names_for(page, words)
    assert any(name.startswith(measure) for name in names)
    assert len(names) < everything / 4


def test_each_row_found_by_another_name_says_one_of_the_names(visit):
    page = visit(MEASURES)
    names = names_for(page, "EHCP")
    for name in set(names):
        said_there = re.sub("[,’']", "", words_of(page, name))
        assert re.search("ehcp|ehc plan|education health and care plan", said_there), name
    # And none that says it is left out.
    named = {row[0] for row in rows_of(visit(MEASURES)) if "EHC plan" in row[0]}
    assert named <= set(names)


def test_an_indicators_title_is_neither_seen_nor_read_out_where_it_only_helps_to_find(visit):
    page = visit(MEASURES)
    assert "School absence (a term)" in names_for(page, "Attendance at school")
    assert "Attendance at school" not in page.locator(".all-measures").inner_text()
    assert "Attendance at school" not in page.locator(".all-measures").aria_snapshot()


def test_without_scripts_every_row_stands_and_no_hidden_word_shows(visit):
    page = visit(MEASURES, scripts=False)
    table = page.locator(".all-measures")
    assert table.locator("tbody tr").count() > 100
    assert "Attendance at school" not in table.inner_text()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("complaint", "complaints"),
        ("family", "families"),
        ("class", "classes"),
        ("child", "Children"),
        ("child’s", "children's"),
        ("EHC plan", "EHC-plans"),
        ("10000", "10,000"),
    ],
)
def test_words_in_one_and_in_many_find_each_other(visit, one, other):
    page = visit(MEASURES)
    for typed, text in ((one, other), (other, one)):
        assert found(page, text, typed), (typed, text)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Attendance", "absence"),
        ("unseen", "see"),  # not at the start of a word
        ("placement", "placements elsewhere"),
        ("this", "thistle"),
        ("a", "as"),
    ],
)
def test_words_that_only_look_alike_do_not_find_each_other(visit, text, typed):
    assert not found(visit(MEASURES), text, typed)


def test_the_words_of_a_name_apart_from_each_other_are_not_another_name(visit):
    page, apart, groups = visit(MEASURES), "plan for care and EHC", [["EHC plan", "EHCP"]]
    assert not found(page, apart, "EHCP", groups)
    assert found(page, apart, "EHC plan", groups)  # what was typed is there, word for word
    assert found(page, "new EHC plans", "EHCP", groups)


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("EHCP", [["EHC plan", "EHCP"]]),
        ("new ehc plans", [[], ["EHC plan", "EHCP"]]),
        # The longest name that is there counts: SEN support is not SEN.
        ("SEN support", [["SEN support", "K"]]),
        ("SEN", [["SEN", "special needs"]]),
        ("plan EHC", [[], []]),
        ("", []),
        ("– , ’", []),
    ],
)
def test_what_is_typed_is_taken_apart_into_words_and_known_names(visit, typed, parts):
    groups = [["EHC plan", "EHCP"], ["SEN", "special needs"], ["SEN support", "K"]]
    page = visit(MEASURES)
    taken = page.evaluate("([t, g]) => sameWords.partsOf(t, g).map(p => p.names)", [typed, groups])
    assert taken == parts


def found(page, text, typed, groups=()):
    """Return whether the script finds typed words in a text."""
    return page.evaluate(
        """([text, typed, groups]) =>
            sameWords.found(sameWords.wordsOf(text), sameWords.partsOf(typed, groups))""",
        [text, typed, list(groups)],
    )


# ------------------------------------------------------------------------------------ the search


def search_for(page, words):
    page.get_by_role("searchbox", name="Words to look for").fill(words)
    said(page, f"for “{re.escape(words)}”")


def results_of(page):
    return page.locator("ol.results > li")


def test_words_find_pages_and_it_says_how_many(visit):
    page = visit(SEARCH)
    search_for(page, "travel training")
    said(page, r"^\d+ results? for “travel training”\.$")
    titles = results_of(page).locator(".title").all_inner_texts()
    assert any("Travel Training" in title for title in titles)
    assert query_of(page) == "q=travel+training"


def test_a_page_about_the_word_comes_before_longer_pages_that_name_it(visit):
    page = visit(f"{SEARCH}?q=attendance")
    said(page, "results? for")
    first = results_of(page).first.locator(".title a").get_attribute("href")
    assert first.endswith("indicators/outcome-bees/ambitious-4.html")


def test_a_title_with_the_word_itself_comes_before_one_with_another_of_the_same_stem(visit):
    # Pagefind takes attendance and attending for the same word.
    for words in ("attendance", "attending"):
        titles = titles_for(visit(f"{SEARCH}?q={words}"))
        in_title = [set(title.lower().split()) for title in titles]
        own = [words in title for title in in_title]
        assert own[0] and own == sorted(own, reverse=True)
        # Titles with the other word are among the results too.
        assert any(({"attendance", "attending"} - {words}) & title for title in in_title)


def titles_for(page):
    """Return the titles of the first results."""
    return results_of(page).locator(".title a").all_inner_texts()


def addresses_for(page):
    """Return the addresses of all results, those that must be asked for too."""
    more = page.get_by_role("button", name="Show more results")
    while more.is_visible():
        before = results_of(page).count()
        more.click()
        results_of(page).nth(before).wait_for()
    links = results_of(page).locator(".title a").all()
    return [link.get_attribute("href") for link in links]


def test_a_page_that_has_one_name_of_a_thing_is_found_by_the_others(visit, home):
    # One says EHC plan in its title and nowhere EHCP; one has all three names.
    pages = {
        f"{home}indicators/outcome-bees/ambitious-7.html",
        f"{home}indicators/cyp-plan-2021-26/6.html",
    }
    found_by = {
        words: addresses_for(visit(f"{SEARCH}?q={words}"))
        for words in ("EHCP", "EHC+plan", "ehc+plans", "education,+health+and+care+plan")
    }
    for words, addresses in found_by.items():
        assert pages <= set(addresses), words
        assert len(addresses) == len(set(addresses)), words
    assert set(found_by["EHCP"]) <= set(found_by["EHC+plan"])
    assert set(found_by["EHC+plan"]) == set(found_by["ehc+plans"])


def test_it_says_by_which_other_names_it_looked_and_only_where_there_are_any(visit):
    page = visit(f"{SEARCH}?q=ehcp")
    said(
        page, "^[0-9]+ results for “ehcp”. Also looked for: “EHC plan”, “education, health and care"
    )
    assert "“EHCP”" not in page.locator("#search [role=status]").inner_text()
    search_for(page, "travel training")
    said(page, r"^\d+ results? for “travel training”\.$")


@pytest.mark.parametrize("words", ["EHCP", "LAC", "SALT", "education, health and care plan"])
def test_an_excerpt_has_words_of_the_page_and_marks_one_of_the_names(visit, words):
    page = visit(f"{SEARCH}?q={words}")
    names = NAMES[words]
    items = results_of(page).all()
    assert len(items) > 1
    links = [item.locator(".title a").get_attribute("href") for item in items]
    excerpts = [item.locator("p").nth(1) for item in items]
    told = [(e.inner_text(), e.locator("mark").all_inner_texts()) for e in excerpts]
    for link, (excerpt, marks) in zip(links, told, strict=True):
        main = bare(BeautifulSoup(page.request.get(link).text(), "html.parser").main.get_text(" "))
        assert set(bare(excerpt).split()) <= set(main.split()), link
        assert re.search(names, bare(" ".join(marks))), (link, marks)


NAMES = {
    "EHCP": "ehcp|ehc plan|education health and care plan",
    "LAC": "lac|cla|children looked after|looked after children|children in care",
    "SALT": "speech and language therap",
}
NAMES["education, health and care plan"] = NAMES["EHCP"]


def bare(text):
    """Return words in small letters, without what stands around and between them."""
    return " ".join(re.findall(r"\w+", re.sub("['’]", "", text.lower())))


def test_a_name_among_other_words_narrows_with_them(visit):
    alone = addresses_for(visit(f"{SEARCH}?q=EHCP"))
    narrowed = addresses_for(visit(f"{SEARCH}?q=EHCP+mainstream"))
    assert 0 < len(narrowed) < len(alone)
    assert set(narrowed) <= set(alone)


def test_a_short_form_that_no_page_has_finds_its_other_names_and_not_what_begins_like_it(visit):
    # Of ASD, which is nowhere, Pagefind would find every page that has "as".
    page = visit(f"{SEARCH}?q=ASD")
    assert 0 < len(addresses_for(page)) < 30
    for title, item in zip(titles_for(page), results_of(page).all(), strict=True):
        marks = item.locator("mark").all_inner_texts()
        assert marks and all("autis" in mark.lower() for mark in marks), title


def test_without_the_list_of_names_it_still_finds_what_was_typed(visit):
    page = visit(SEARCH)
    page.route("**/same-words.json", lambda route: route.fulfill(status=200, body="not JSON"))
    try:
        search_for(page, "EHCP")
        said(page, r"^\d+ results for “EHCP”\.$")
        assert results_of(page).count() > 0
    finally:
        page.unroute("**/same-words.json")


def test_each_result_leads_to_a_page_and_its_sections_to_places_on_it(visit, home):
    page = visit(f"{SEARCH}?q=attendance")
    said(page, "results? for")
    addresses = {link.get_attribute("href") for link in results_of(page).locator("a").all()}
    assert len(addresses) > 3
    for address in sorted(addresses):
        assert address.startswith(home)
        found = page.request.get(address)
        assert found.ok
        place = urlsplit(address).fragment
        assert not place or f' id="{place}"' in found.text()


def test_a_word_that_is_nowhere_finds_nothing_and_it_says_so(visit):
    page = visit(SEARCH)
    search_for(page, "zyzzyva")
    said(page, "^No result for “zyzzyva”")
    assert results_of(page).count() == 0


def test_more_results_come_when_asked_for_and_the_keyboard_goes_on_from_there(visit):
    page = visit(f"{SEARCH}?q=children")
    said(page, "results for")
    before = results_of(page).count()
    more = page.get_by_role("button", name="Show more results")
    more.focus()
    page.keyboard.press("Enter")
    results_of(page).nth(before).wait_for()
    focused = page.evaluate("document.activeElement.href")
    assert focused == results_of(page).nth(before).locator(".title a").get_attribute("href")


def test_more_results_asked_for_twice_at_once_come_once(visit):
    page = visit(f"{SEARCH}?q=children")
    said(page, "results for")
    before = results_of(page).count()
    more = page.get_by_role("button", name="Show more results")
    more.evaluate("button => { button.click(); button.click(); }")
    results_of(page).nth(before).wait_for()
    addresses = [link.get_attribute("href") for link in results_of(page).locator(".title a").all()]
    assert len(addresses) == len(set(addresses)) > before


def test_what_was_looked_for_before_says_nothing_when_it_comes_late(visit):
    page = visit(SEARCH)
    late = []
    page.route("**/pagefind/fragment/*", lambda route: late.append(route))
    with page.expect_request("**/pagefind/fragment/*"):
        page.get_by_role("searchbox", name="Words to look for").fill("tribunal")
    search_for(page, "zyzzyva")
    for route in late:
        with page.expect_request_finished():
            route.continue_()
    page.evaluate("new Promise(done => setTimeout(done, 100))")
    assert "for “zyzzyva”" in page.get_by_role("status").inner_text()
    assert results_of(page).count() == 0


def test_the_keyboard_alone_searches_and_follows_a_result(visit, home):
    page = visit(SEARCH)
    page.get_by_role("searchbox", name="Words to look for").focus()
    page.keyboard.type("glossary")
    page.keyboard.press("Enter")
    said(page, "for “glossary”")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    first = results_of(page).first.locator(".title a").get_attribute("href")
    assert page.evaluate("document.activeElement.href") == first
    page.keyboard.press("Enter")
    page.wait_for_url(first)


def test_the_search_of_an_older_quarter_leads_to_the_newest_and_says_so(visit, home):
    page = visit(f"2022-23-q4/{SEARCH}?q=attendance")
    said(page, "results? for")
    assert "not from the older one" in page.locator("main").inner_text()
    first = results_of(page).first.locator(".title a").get_attribute("href")
    assert first.startswith(home)
    assert "2022-23-q4" not in first


def test_the_box_at_the_top_of_each_page_searches(visit):
    page = visit("index.html")
    page.get_by_role("searchbox").fill("tribunal")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=tribunal")
    said(page, "for “tribunal”")
