"""The feed of all accounts."""

from datetime import date
from xml.etree import ElementTree

import pytest

from helpers.feed import Entry, atom, summary_groups

ATOM = "{http://www.w3.org/2005/Atom}"
THEN = Entry("2023-24 Q4", date(2024, 7, 31), "2023-24-q4/index.html", "Of 2 measures, 1 & 1.")
NOW = Entry("2025-26 Q1", date(2025, 7, 31), "index.html", "Of 2 measures, none <yet>.")


def parsed(*arguments, **more):
    return ElementTree.fromstring(atom(*arguments, **more).encode())


def texts(element, name):
    return [found.text for found in element.iter(f"{ATOM}{name}")]


def links(element):
    return {e.get("rel"): e.get("href") for e in element.findall(f"{ATOM}link")}


@pytest.fixture
def feed():
    return parsed("Bees & hives", "How are they?", "", [THEN, NOW])


def test_it_has_what_atom_asks_of_a_feed_and_of_each_entry(feed):
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
    assert feed.find(f"{ATOM}author/{ATOM}name").text == "Bees & hives"
    assert links(feed) == {"self": "feed.xml", "alternate": "index.html"}


def test_the_newest_account_stands_first_and_dates_the_feed(feed):
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.find(f"{ATOM}title").text for entry in entries] == [
        "The account of 2025-26 Q1",
        "The account of 2023-24 Q4",
    ]
    assert texts(feed, "updated") == [
        "2025-07-31T00:00:00Z",
        "2025-07-31T00:00:00Z",
        "2024-07-31T00:00:00Z",
    ]
    assert texts(feed, "summary") == [NOW.summary, THEN.summary]
    assert [links(entry) for entry in entries] == [
        {"alternate": "index.html"},
        {"alternate": "2023-24-q4/index.html"},
    ]


def test_with_an_address_of_the_site_all_links_are_whole():
    feed = parsed("Bees", "", "https://bees.example/site/", [THEN])
    assert links(feed)["self"] == "https://bees.example/site/feed.xml"
    entry = feed.find(f"{ATOM}entry")
    assert links(entry)["alternate"] == "https://bees.example/site/2023-24-q4/index.html"


def test_an_account_keeps_its_id_when_it_moves_and_no_two_have_one():
    before = parsed("Bees", "", "", [THEN])
    after = parsed("Bees", "", "https://bees.example", [NOW, THEN])
    ids = texts(after, "id")
    assert len(set(ids)) == 3 and all(name.startswith("urn:uuid:") for name in ids)
    assert texts(before, "id") == [ids[0], ids[2]]
    assert not set(texts(parsed("Wasps", "", "", [THEN]), "id")) & set(ids)


def test_without_a_description_there_is_no_empty_subtitle():
    assert not texts(parsed("Bees", "", "", [THEN]), "subtitle")
    assert texts(parsed("Bees", "How?", "", [THEN]), "subtitle") == ["How?"]


def test_the_order_in_which_accounts_are_made_does_not_matter():
    assert atom("Bees", "", "", [THEN, NOW]) == atom("Bees", "", "", [NOW, THEN])


def test_each_measure_is_counted_once_by_the_plan_that_lists_it_first(tmp_path):
    path = tmp_path / "assessments.csv"
    path.write_text(
        "role,measure_id,follows,summary_group\n"
        "plan,honey,,to_be_improved\n"
        "official,honey,,not_judged\n"
        "plan,honey,month,no_recent_figure\n"
        "context,wax,,improving_or_good\n",
        encoding="utf-8",
    )
    assert summary_groups(path) == ["to_be_improved", "no_recent_figure"]
