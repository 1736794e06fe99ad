"""The pieces of a notebook's page, on the small, invented project: what each says and shows."""

import re
from html import unescape
from xml.etree import ElementTree

import pandas as pd
import pytest

from helpers import blocks, charts, tables, wording
from helpers.account import open_account
from helpers.definitions import SummaryItem
from helpers.project import PROCESSED_VARIABLE


@pytest.fixture
def account(finished_small_project, monkeypatch):
    """Open an account of the small project by quarter, the later one unless asked."""
    monkeypatch.setenv(PROCESSED_VARIABLE, "")
    monkeypatch.chdir(finished_small_project)

    def of(quarter="2025-26 Q1", area=""):
        return open_account(quarter, area)

    return of


@pytest.fixture
def shown(monkeypatch):
    """Gather what is shown instead of showing it."""
    parts = []
    monkeypatch.setattr(blocks, "display", parts.append)
    return parts


THEN = "2023-24 Q4"


def html_of(part):
    return part.data if hasattr(part, "data") else part._repr_html_()


def words_of(part):
    """Return what a reader sees, tags and pictures left out."""
    without_pictures = re.sub(r"<img[^>]*>", "", html_of(part))
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", without_pictures))).strip()


def plan_rows(account):
    return account.assessments[account.assessments["role"] == "plan"]


def rows_of(table):
    """Return a table's body, a list of texts for each row."""
    body = re.search(r"<tbody>.*</tbody>", html_of(table), flags=re.DOTALL).group()
    return [
        [re.sub(r"\s+", " ", "".join(cell.itertext())).strip() for cell in row]
        for row in ElementTree.fromstring(body.replace("<br>", "<br/>"))
    ]


def by_heading(table):
    """Return a table's rows, each cell under the heading of its column."""
    head = re.search(r"<thead>.*</thead>", html_of(table), flags=re.DOTALL).group()
    headings = ["".join(cell.itertext()) for cell in ElementTree.fromstring(head)[0]]
    return [dict(zip(headings, row, strict=True)) for row in rows_of(table)]


# ----------------------------------------------------------------------------- opening the page


def test_parts_are_shown_in_order_and_none_is_left_out(shown):
    blocks.show("one", None, "two")
    assert shown == ["one", "two"]


def test_the_quarter_note_names_quarter_area_and_day(account):
    words = words_of(blocks.quarter_note(account()))
    assert "2025-26 Q1" in words and "Beeshire" in words and "31 July 2025" in words


@pytest.mark.parametrize("block", [blocks.lede, blocks.note])
def test_words_are_escaped(block):
    assert "&lt;b&gt; &amp; more" in html_of(block("<b> & more"))


def test_the_purpose_says_why_and_names_outcomes_and_priorities(account):
    words = words_of(blocks.purpose(account(), 2))
    assert words.startswith("Most children do best at home.")
    assert "Outcome Bee: Be Safe" in words and "Outcome Bee: Be Happy" in words
    assert "Priority: Warm hives" in words


# --------------------------------------------------------------------------------- one measure


def test_a_finding_says_the_sentence_and_the_direction_in_words(account):
    words = words_of(blocks.finding(account(), "2"))
    assert "Declining" in words
    assert (
        "Children looked after: 56 per 10,000 on 31 March 2025, up from 52 per 10,000 on "
        "31 March 2024. Lower is better, so this got worse."
    ) in words


def test_a_finding_defines_the_measure_and_cites_its_source(account):
    words = words_of(blocks.finding(account(), "2"))
    assert "How we judged this" in words
    assert "Children looked after on 31 March, for every 10,000 children." in words
    assert "Change: +4 per 10,000, which is +7.7% of the earlier figure." in words
    assert "The report judges this by the quartile." in words
    assert (
        "Source: Meadowland Statistics Office (invented), Statistics of Meadowland, edition of "
        "2025-06-19 (invented), published 19 June 2025; series LAC, 2025."
    ) in words


def test_the_same_measure_in_an_earlier_quarter_says_what_was_known_then(account):
    words = words_of(blocks.finding(account(THEN), "2"))
    assert "51 per 10,000 on 31 March 2024, down from 53 per 10,000 on 31 March 2023" in words
    assert "this got better" in words


def test_an_inferred_date_of_publication_is_only_about(account):
    words = words_of(blocks.finding(account(THEN), "1"))
    assert "published about 31 October 2023; no. 1, latest data." in words


def test_an_old_figure_is_said_to_be_old_and_a_current_one_is_not(account):
    old = "Our sources have nothing newer than 31 March 2023, so this may be out of date."
    assert old in words_of(blocks.finding(account(), "1"))
    assert "newer" not in words_of(blocks.finding(account(THEN), "1"))


def test_a_finding_says_whether_its_target_was_met(account):
    words = words_of(blocks.finding(account(), "3"))
    assert "The target for 2022-23 was at least 30. It was met." in words
    assert "target" not in words_of(blocks.finding(account(), "4"))


def test_a_finding_explains_an_arrow_that_the_rule_does_not_give(account):
    words = words_of(blocks.finding(account(THEN), "5"))
    assert "The two figures cannot be compared by the rule." in words
    assert "The groups were drawn otherwise before." in words


def test_a_finding_without_any_figure_says_so_and_names_no_source(account):
    words = words_of(blocks.finding(account(area="Meadowland"), "1"))
    assert "Our sources published by 31 July 2025 have no figure for it." in words
    assert "Source: none yet." in words


def test_three_figures_make_a_line_with_an_alternative_in_words(account):
    chart = blocks.history(account(THEN), "2")
    assert isinstance(chart, charts.Chart)
    assert "Beeshire" in chart.alternative
    for value in ("50", "53", "51"):
        assert re.search(rf"\b{value}\b", chart.alternative), value


def test_comparison_areas_are_drawn_beside_unless_left_out(account):
    assert "Meadowland" in blocks.history(account(), "2").alternative
    assert "Meadowland" not in blocks.history(account(), "2", compare=False).alternative


def test_two_figures_are_set_side_by_side(account):
    chart = blocks.history(account(), "1")
    assert "80%" in chart.alternative and "70%" in chart.alternative


def test_one_figure_or_none_makes_no_chart(account):
    assert blocks.history(account(), "3") is None
    assert blocks.history(account(area="Meadowland"), "1") is None


def test_two_figures_that_must_not_be_compared_are_not_drawn_side_by_side(account):
    assert blocks.history(account(), "5") is None


def test_every_figure_stands_in_the_table_newest_first_for_every_area(account):
    table = blocks.figures_table(account(), "2")
    rows = [[cell.split()[0] for cell in row[1:]] for row in rows_of(table)]
    assert rows == [["56", "69"], ["52", "70"], ["53", "71"], ["50", "70"]]
    assert [row[0] for row in rows_of(table)] == [
        f"31 March {year}" for year in (2025, 2024, 2023, 2022)
    ]
    assert "per 10,000" in words_of(table)


def test_counts_and_missing_figures_are_shown_in_the_table(account):
    assert rows_of(blocks.figures_table(account(), "1")) == [
        ["31 March 2023", "70% (70 of 100)"],
        ["31 March 2022", "80% (80 of 100)"],
    ]
    assert rows_of(blocks.figures_table(account(), "care-leavers-busy"))[1] == [
        "2023-24",
        "62%",
        "not published",
    ]


def test_without_figures_there_is_no_table(account):
    only_here = account(area="Meadowland")
    assert blocks.figures_table(only_here, "2") is not None
    assert rows_of(blocks.figures_table(only_here, "1"))[0][1:] == ["70% (70 of 100)"]


def test_a_measure_block_shows_the_finding_the_chart_and_the_table(account, shown):
    blocks.measure_block(account(), "2")
    assert [type(part).__name__ for part in shown] == ["HTML", "Chart", "Table"]


def test_a_measure_block_of_a_single_figure_has_no_chart(account, shown):
    blocks.measure_block(account(), "3")
    assert [type(part).__name__ for part in shown] == ["HTML", "Table"]


# ------------------------------------------------------------------------------------ commentary


def test_commentary_gives_reasons_and_actions_escaped_and_says_whose_words_they_are(account):
    part = blocks.commentary(account(), 1)
    words = words_of(part)
    assert "What the report said for 2022-23" in words
    assert "What it says about the figures: Two homes closed & one moved." in words
    assert "What was being done, or planned: Open a new home." in words
    assert "In our words, from Plan for the Young Bees of Beeshire 2022-27" in words
    assert "closed &amp; one" in html_of(part)


def test_the_report_speaks_for_its_own_area_only(account):
    assert blocks.commentary(account(area="Meadowland"), 1) is None


def test_without_commentary_it_is_awaited_and_none_is_invented(account):
    words = words_of(blocks.commentary(account(), 3))
    assert words == (
        "The report states no reasons or actions for this indicator. Commentary is awaited."
    )


# ---------------------------------------------------------------------------------- many measures


def test_at_a_glance_gives_both_figures_and_the_direction_of_each(account):
    of = account()
    rows = by_heading(blocks.at_a_glance(of, plan_rows(of), "Every measure"))
    assert [row["Measure"] for row in rows] == [
        "1. Children looked after who live in Beeshire",
        "2. Children looked after",
        "3. Staff who were trained",
        "4. Children who have their say",
        "5. Gap in achievement",
    ]
    assert "Declining" in rows[1]["Direction"] and "old" not in rows[1]["Direction"]
    assert rows[1]["Latest"].startswith("56") and rows[1]["Latest"].endswith("31 March 2025")
    assert rows[1]["Before"].startswith("52") and rows[1]["Before"].endswith("31 March 2024")
    assert "old figure" in rows[0]["Direction"]


def test_at_a_glance_writes_a_missing_figure_out(account):
    of = account()
    (row,) = by_heading(blocks.at_a_glance(of, of.assessments.loc[[4]], "Trained"))
    assert row["Latest"].startswith("40") and row["Before"].startswith("not published")
    further = of.assessments[of.assessments["role"] == "further"]
    (row,) = by_heading(blocks.at_a_glance(of, further, "Further"))
    assert row["Before"] == "none"


def test_at_a_glance_can_name_the_ambition_of_each(account):
    of = account()
    rows = by_heading(blocks.at_a_glance(of, plan_rows(of), "Every measure", with_ambition=True))
    assert [row["Ambition"] for row in rows] == ["1. Close to home"] * 2 + ["2. Learning"] * 3


def test_a_measure_is_linked_to_its_place_on_its_ambitions_page(account):
    of = account()
    listed = html_of(blocks.at_a_glance(of, plan_rows(of), "Every measure"))
    assert '<a href="ambition-1.html#measure-2">' in listed
    assert 'id="measure-2"' in html_of(blocks.finding(of, "2"))
    official = html_of(blocks.at_a_glance(of, of.assessments.loc[[3]], "Official"))
    assert '<a href="ambition-1.html#measure-care-leavers-busy">' in official


def test_further_figures_are_listed_for_their_own_indicators(account):
    table = blocks.further_figures(account(), [1])
    (row,) = by_heading(table)
    assert row["Measure"] == "Children looked after who live next door to Beeshire"
    assert "12" in row["Latest"]
    assert blocks.further_figures(account(), [2, 3]) is None
    assert blocks.further_figures(account(area="Meadowland"), [1]) is None


def test_findings_are_listed_as_sentences_with_a_link_from_the_measures_name(account):
    of = account()
    markup = html_of(blocks.findings_list(plan_rows(of).query("reference == '2'")))
    assert '<a href="ambition-1.html#measure-2">Children looked after</a>: 56 per 10,000' in markup
    assert "Declining" in markup


def test_the_summary_counts_every_measure_under_one_heading_and_leaves_out_empty_ones(account):
    for quarter, counts in ((THEN, [2, 1, 1, 1]), ("2025-26 Q1", [1, 4])):
        of = account(quarter)
        cards = html_of(blocks.summary_cards(of, plan_rows(of)))
        assert [int(n) for n in re.findall(r'class="count">(\d+)<', cards)] == counts
        assert "Children looked after: " in words_of(blocks.summary_cards(of, plan_rows(of)))


def test_old_figures_are_counted_and_not_listed_as_findings(account):
    of = account()
    words = words_of(blocks.summary_cards(of, plan_rows(of)))
    assert "Children looked after who live in Beeshire" not in words


# ---------------------------------------------------------------------------------- what changed


def test_in_the_first_quarter_there_is_nothing_to_compare_with(account):
    of = account(THEN)
    words = words_of(blocks.what_changed(of, plan_rows(of)))
    assert words == "This is the first quarter there is an account of."


def test_newer_figures_and_figures_grown_old_are_what_changed(account):
    of = account()
    words = words_of(blocks.what_changed(of, plan_rows(of)))
    assert words.startswith("Since 2023-24 Q4:")
    assert "New or changed figure. Children looked after: 56 per 10,000 on 31 March 2025" in words
    for grown_old in (
        "Children looked after who live in Beeshire",
        "Staff who were trained",
        "Gap in achievement",
    ):
        assert f"{grown_old}: now counted as having no recent figure." in words
    # Monthly: old then, and old now.
    assert "Children who have their say" not in words


def test_a_measure_that_was_not_there_before_is_new(account):
    of = account()
    rows = plan_rows(of).assign(reference=lambda table: table["reference"] + "x")
    words = words_of(blocks.what_changed(of, rows))
    assert "New here: Children looked after." in words


def test_where_nothing_changed_it_says_so(account):
    of = account()
    words = words_of(blocks.what_changed(of, plan_rows(of).query("reference == '4'")))
    assert words == "Nothing has changed since 2023-24 Q4: no newer figure was published."


# ---------------------------------------------------------------- the home page and other lists


def test_the_home_page_opens_with_the_plan_the_report_and_the_quarter(account):
    of = account()
    words = words_of(blocks.home_opening(of, plan_rows(of)))
    assert "The plan has 5 measures, and 1 of them has a recent figure: 1 getting worse." in words
    assert "Plan for the Young Bees of Beeshire 2022-27" in words
    assert "Report on the Plan for the Young Bees 2022-23 (invented)" in words
    assert "31 July 2025" in words


def test_the_published_summary_stands_beside_the_rule_then_and_now(account):
    of = account()
    items = [
        SummaryItem(text="Fewer live in Beeshire.", references=["1"]),
        SummaryItem(text="More & more.", official=["care-leavers-busy"]),
        SummaryItem(text="Something else."),
    ]
    one, two, none = rows_of(blocks.summary_items(of, items, "To be improved"))
    assert one[0] == "Fewer live in Beeshire."
    assert "Declining" in one[2] and "Declining" in one[3]
    assert one[3].endswith("(31 March 2023, old)")
    assert two[2] == "no indicator" and two[3].endswith("(2024-25)")
    assert none[1] == "No figure was published for this."


def test_a_linked_list_of_none_is_not_shown(account):
    of = account()
    assert blocks.linked_list(plan_rows(of).iloc[:0], "Declining") is None
    words = words_of(blocks.linked_list(plan_rows(of).iloc[[0]], "Declining & falling"))
    assert words.startswith("Declining & falling Children looked after who live in Beeshire")
    assert words.endswith("↓ Declining")


def test_differences_from_the_published_arrows_are_listed_with_the_reason(account):
    rows = account(THEN).assessments.query("reproduced == 'no'")
    (row,) = rows_of(blocks.difference_list(rows))
    assert row[0].startswith("5. Gap in achievement")
    assert "The groups were drawn otherwise before." in row[0]
    assert row[1] == "↓" and "Not comparable" in row[2]


def test_a_quality_table_lists_findings_under_the_measures_title(account):
    of = account()
    findings = of.data_quality.query("check == 'revised_figure'")
    table = blocks.quality_table(of, findings, "revised_figure")
    assert table.caption.startswith("Figures that a later edition changed")
    (row,) = rows_of(table)
    assert row[:2] == ["Children looked after", "31 March 2024"]
    assert row[2].startswith("51 per 10,000") and row[3].startswith("52 per 10,000")


def test_columns_of_a_quality_table_that_say_nothing_are_left_out(account):
    of = account()
    findings = of.data_quality.query("check == 'revised_figure'")
    both = pd.concat([findings, findings.assign(area="Meadowland")])
    assert "Area" in words_of(blocks.quality_table(of, both, "revised_figure"))
    assert "Area" not in words_of(blocks.quality_table(of, findings, "revised_figure"))
    bare = findings.assign(period="")
    assert "Period" not in words_of(blocks.quality_table(of, bare, "revised_figure"))


def test_every_direction_has_a_badge_with_words():
    for name, (symbol, words) in wording.DIRECTIONS.items():
        badge = re.sub(r"<[^>]+>", " ", tables.direction_badge(name))
        assert symbol in badge and words in badge
