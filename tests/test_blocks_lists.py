"""Measures in lists and tables: at a glance, findings, cards."""

import re
from decimal import Decimal

import pytest
from invented import account_of, figure
from page_words import THEN, by_heading, html_of, opener, plan_rows, words_of

from helpers import blocks, tables, wording


@pytest.fixture
def account(finished_small_project, monkeypatch):
    """Open an account of the small project by quarter, the later one unless asked."""
    return opener(finished_small_project, monkeypatch)


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


def test_at_a_glance_has_a_small_line_for_each_measure_that_has_figures(account):
    of = account()
    shown = html_of(blocks.at_a_glance(of, plan_rows(of), "Every measure"))
    labels = re.findall(r'<svg class="sparkline" role="img" aria-label="([^"]+)"', shown)
    assert any(
        label.startswith("Children looked after, ") and label.endswith("Declining.")
        for label in labels
    )
    rows = by_heading(blocks.at_a_glance(of, plan_rows(of), "Every measure"))
    drawn = [row["Over time, own scale"] == "" for row in rows]
    assert sum(drawn) == len(labels) > 0


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


def test_a_measure_can_be_linked_to_its_indicators_own_page(account):
    of = account()
    listed = html_of(blocks.at_a_glance(of, of.assessments, "Every measure", own_pages=True))
    assert '<a href="indicators/hive-plan-2022-27/2.html">Children looked after</a>' in listed
    # What no indicator asks for has none.
    assert '<a href="ambition-1.html#measure-care-leavers-busy">' in listed
    assert "live next door to Beeshire</th>" in listed
    wings = account(plan="wing-improvement-plan")
    listed = html_of(blocks.at_a_glance(wings, plan_rows(wings), "Promises", own_pages=True))
    assert '<a href="improvement-area-1.html#measure-1-1">' in listed


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


def test_a_linked_list_of_none_is_not_shown(account):
    of = account()
    assert blocks.linked_list(plan_rows(of).iloc[:0], "Declining") is None
    words = words_of(blocks.linked_list(plan_rows(of).iloc[[0]], "Declining & falling"))
    assert words.startswith("Declining & falling Children looked after who live in Beeshire")
    assert words.endswith("↓ Declining")


def test_every_direction_has_a_badge_with_words():
    for name, (symbol, words) in wording.DIRECTIONS.items():
        badge = re.sub(r"<[^>]+>", " ", tables.direction_badge(name))
        assert symbol in badge and words in badge


# ------------------------------------------------- changes, baselines, and pages of other plans


def at_a_glance(account):
    rows = by_heading(blocks.at_a_glance(account, account.assessments, "All"))
    return {row["Measure"]: row for row in rows}


def test_at_a_glance_gives_the_baseline_where_there_is_no_figure_before():
    row = at_a_glance(account_of())["Complaint rate"]
    assert row["Latest"] == "3.7% 2024-25 Q4"
    assert row["Before"] == "6.7% 2022-23 Q4 baseline"


def test_at_a_glance_does_not_give_a_baseline_that_is_not_compared():
    of = account_of()
    rows = of.assessments[of.assessments["follows"] == "month"]
    (row,) = by_heading(blocks.at_a_glance(of, rows, "Monthly"))
    assert row["Latest"] == "89% June 2025" and row["Before"] == "none"


def test_at_a_glance_gives_a_change_where_there_is_no_figure():
    row = at_a_glance(account_of("bee-page"))["happy-2. Use of the hub"]
    assert row["Latest"] == "up 19% (the document does not say since when)"
    assert row["Before"] == "none"


def test_at_a_glance_marks_a_measure_without_any_figure():
    row = at_a_glance(account_of("bee-page"))["happy-1. Bees who feel happy"]
    assert row["Latest"] == "none" and row["Direction"].endswith("no figure")


def counts(numerator, denominator):
    return {"numerator": Decimal(numerator), "denominator": Decimal(denominator)}


@pytest.mark.parametrize(
    ("before", "now", "marker"),
    [
        # 240 to 300 of 1,000: pooled 27%, standard error 2.0 points, z = 3.0.
        (("24", counts(240, 1000)), ("30", counts(300, 1000)), "hardly chance"),
        # 24 to 30 of 100: the same shares, standard error 6.3 points, z = 1.0.
        (("24", counts(24, 100)), ("30", counts(30, 100)), "could be chance"),
        # 2 of 10 and 3 of 10: 2.5 would be expected of each, fewer than 5.
        (("20", counts(2, 10)), ("30", counts(3, 10)), "too few to tell"),
        (("24", {}), ("30", {}), ""),
    ],
    ids=["hardly chance", "could be chance", "too few", "no counts, so not testable"],
)
def test_at_a_glance_marks_how_firm_a_change_is_where_that_can_be_tested(before, now, marker):
    assert direction_of_honey(before, now) == f"↑ Improving {marker}".strip()


def test_at_a_glance_marks_a_verdict_that_another_reading_would_turn():
    # 50 to 48 is 4% less: within the margin of 5%, and beyond one of 3%.
    said = direction_of_honey(("50", {}), ("48", {}))
    assert said == "⇄ Slightly worse, within the margin borderline"
    # The standard error of two times 100 is 7.1 points.
    said = direction_of_honey(("50", counts(50, 100)), ("48", counts(48, 100)))
    assert said == "⇄ Slightly worse, within the margin could be chance borderline"


def direction_of_honey(before, now):
    """Return what at a glance says of the direction from one year to the next."""
    periods = ("2022-23", "2023-24")
    figures = [
        figure("honey", period, value, **cells)
        for period, (value, cells) in zip(periods, (before, now), strict=True)
    ]
    of = account_of(figures=figures)
    rows = of.assessments[of.assessments["measure_id"] == "honey"]
    (row,) = by_heading(blocks.at_a_glance(of, rows, "Honey"))
    return row["Direction"]


def test_a_measure_is_linked_to_the_page_of_its_own_plan_and_kind_of_period():
    of = account_of()
    rows = of.all_assessments
    links = {
        (row.measure_id, row.follows): blocks.measure_link(row)
        for row in rows[rows["role"] != "context"].itertuples()
    }
    assert 'href="bee-happy.html#measure-happy-2"' in links["hub-use", ""]
    assert 'href="strategy-2.html#measure-on-time-month"' in links["on-time", "month"]
    assert (
        'href="strategy-2.html#measure-on-time-calendar-year"' in links["on-time", "calendar_year"]
    )


def test_context_has_its_title_without_a_link():
    of = account_of()
    (row,) = of.assessments[of.assessments["role"] == "context"].itertuples()
    assert blocks.measure_link(row) == "Swarms &amp; clusters"


# ------------------------------------------------------------------------- quarter by quarter


def test_a_direction_is_listed_for_every_quarter_by_what_it_knew(account):
    now, then = by_heading(blocks.direction_history(account(), "2"))
    assert now["Quarter"] == "2025-26 Q1 published by 31 July 2025"
    assert now["Direction then"].startswith("↓ Declining")
    assert now["Latest then"] == "56 per 10,000 31 March 2025"
    assert now["Compared with"] == "52 per 10,000 31 March 2024"
    assert then["Quarter"] == "2023-24 Q4 published by 31 July 2024"
    assert then["Direction then"].startswith("↑ Improving")
    assert then["Latest then"] == "51 per 10,000 31 March 2024"
    assert len(by_heading(blocks.direction_history(account(THEN), "2"))) == 1


def test_a_figure_that_has_grown_old_is_marked_in_the_quarter_in_which_it_was(account):
    now, then = by_heading(blocks.direction_history(account(), "1"))
    assert "old figure" in now["Direction then"] and "old" not in then["Direction then"]


def test_a_quarter_without_a_figure_says_so_and_without_any_there_is_no_table(account):
    bees = account(plan="outcome-bees")
    now, then = by_heading(blocks.direction_history(bees, "happy-1a"))
    assert now["Latest then"] == "60% 2024"
    assert (then["Direction then"], then["Latest then"]) == ("No figure yet", "none")
    assert blocks.direction_history(bees, "happy-3") is None
