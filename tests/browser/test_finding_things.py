"""The scripts that help to find things: every measure in one table, and the search.

What they add to pages that are whole without them, by mouse, by keyboard, and to listeners.
"""

import re
from urllib.parse import urlsplit

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
        assert {"school", "children"} <= set(re.findall(r"school|children", " ".join(row).lower()))


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
