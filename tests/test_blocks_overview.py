"""How each ambition is going: what got better, what did not, and what nobody can tell yet."""

import re

import pytest
from invented import FIGURES, account_of, figure, with_tables
from page_words import by_heading, html_of, words_of

from helpers.blocks import overview


@pytest.fixture
def of():
    return account_of()


def plain(lines):
    return [re.sub(r"<[^>]+>", "", line) for line in lines]


def test_the_first_ambition_has_a_change_since_a_baseline_and_an_indicator_without_a_figure(of):
    lines = overview.ambition_lines(of)["1"]
    assert (lines["better"], lines["worse"]) == ([], [])
    # The swarms are context; the indicator of the bee page has no figure.
    assert plain(lines["unknown"]) == [
        "Complaint rate: 3.7% in 2024-25 Q4, down from 6.7% in 2022-23 Q4",
        "Bees who feel happy: no figure in our sources",
    ]


def test_the_second_ambition_has_each_measure_of_all_documents_once(of):
    lines = overview.ambition_lines(of)["2"]
    assert plain(lines["better"]) == [
        "Plans on time (a calendar year): 54% in 2024, up from 40%",
        "Hives with nectar: 30% in 2023-24, up from 24%",
    ]
    # Honey is listed by the strategy and by the bee page; it counts once.
    assert plain(lines["worse"]) == ["Hives with honey: 24% in 2023-24, down from 27%"]
    # Of the indicator with figures for a part nothing more is said; and what the bee page calls
    # official is not an indicator's figure.
    assert plain(lines["unknown"]) == [
        "Plans on time (a month): 89% in June 2025",
        "Use of the hub: up 19% (the document does not say since when)",
    ]


def test_every_line_links_to_where_its_measure_stands(of):
    lines = overview.ambition_lines(of)["2"]
    links = [re.search('href="([^"]+)"', line).group(1) for line in lines["unknown"]]
    assert links == ["strategy-2.html#measure-on-time-month", "bee-happy.html#measure-happy-2"]
    assert len(lines["better"]) == sum("<a href" in line for line in lines["better"])


def test_a_recent_rise_of_which_neither_way_is_better_is_only_watched(of):
    rows = of.all_assessments.copy()
    nectar = rows["measure_id"] == "nectar"
    rows.loc[nectar, ["direction", "summary_group"]] = ["rose", "not_judged"]
    lines = overview.ambition_lines(with_tables(of, assessments=rows))["2"]
    assert plain(lines["watched"]) == ["Hives with nectar: 30% in 2023-24, up from 24%"]
    assert not any("nectar" in line for line in lines["better"] + lines["unknown"])


def test_an_old_figure_is_among_what_nobody_can_tell():
    figures = [row for row in FIGURES if row["measure_id"] != "honey"]
    figures += [figure("honey", "2020-21", "20"), figure("honey", "2021-22", "27")]
    lines = overview.ambition_lines(account_of(figures=figures))["2"]
    assert "Hives with honey: 27% in 2021-22, up from 20% in 2020-21; nothing newer" in plain(
        lines["unknown"]
    )
    assert lines["worse"] == []


def test_what_got_worse_stands_before_what_hardly_changed():
    figures = [row for row in FIGURES if row["measure_id"] != "nectar"]
    # 25 to 24 is 4% less, within the margin; honey's 27 to 24 is 11%.
    figures += [figure("nectar", "2022-23", "25"), figure("nectar", "2023-24", "24")]
    lines = overview.ambition_lines(account_of(figures=figures))["2"]
    assert [line.split(":")[0] for line in plain(lines["worse"])] == [
        "Hives with honey",
        "Hives with nectar",
    ]


def test_the_home_page_opens_with_everything_counted_once(of):
    lines = overview.ambition_lines(of)
    words = words_of(overview.home_opening(of, lines, ["none", "all", "part"]))
    # 2 better and 1 worse of the second ambition; 2 of each nobody can tell.
    assert ("Of 7 things to follow, 2 got better, 1 did not, and 4 nobody can tell yet.") in words
    assert "Of 3 indicators, our sources have figures for 1" in words
    assert "Hive Strategy in Beeshire" in words
    assert "not an official site of any council" in words
    assert "31 July 2025" in words


def test_the_counts_by_ambition_add_up_to_the_opening(of):
    table = overview.ambition_counts(of, overview.ambition_lines(of))
    first, second = by_heading(table)
    assert list(first.values()) == ["1. Listening", "0", "0", "0", "2"]
    assert list(second.values()) == ["2. Early help", "2", "1", "0", "2"]
    words = ["↑ Better", "↓ Not", "◇ Watched", "? Unknown"]
    assert list(first) == ["Ambition", *words]
    assert '<a href="strategy-1.html">' in html_of(table)


def test_a_card_for_each_ambition_and_none_for_the_part_on_whom_it_is_about(of):
    markup = html_of(overview.ambition_cards(of, overview.ambition_lines(of)))
    titles = re.findall(r"<h3><a[^>]*>([^<]+)</a>", markup)
    assert titles == ["1. Listening &amp; hearing", "2. Early help"]
    assert "<p>To hear every bee.</p>" in markup
    counts = [int(number) for number in re.findall(r'class="count">(\d+)<', markup)]
    assert counts == [0, 0, 2, 2, 1, 2]


def test_a_card_shows_some_of_the_lines_and_how_many_more_there_are(of, monkeypatch):
    monkeypatch.setattr(overview, "SHOWN", 1)
    markup = html_of(overview.ambition_cards(of, overview.ambition_lines(of)))
    assert markup.count("Plans on time") == 2  # the first of what got better, and of the unknown
    assert "Hives with nectar" not in markup
    assert markup.count('<a href="strategy-2.html">and 1 more</a>') == 2
    assert "and 0 more" not in markup


def test_a_heading_has_its_words_and_its_symbol_is_not_read_out(of):
    markup = html_of(overview.ambition_cards(of, overview.ambition_lines(of)))
    assert markup.count('<span aria-hidden="true">?</span> Nobody can tell yet: ') == 2
