"""Measures in lists and tables: at a glance, findings, cards, and what changed."""

import re
from decimal import Decimal

import pytest
from invented import FIGURES, account_of, figure, with_tables
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


def test_what_changed_tells_two_kinds_of_period_of_one_measure_apart():
    of = account_of()
    rows = of.assessments[of.assessments["measure_id"] == "on-time"]
    words = words_of(blocks.what_changed(of, rows))
    # The month came with the strategy, after the quarter before; the year was known already.
    assert "New or changed figure. Plans on time: 89% in June 2025" in words
    assert "54%" not in words


def test_a_changed_statement_is_what_changed():
    newer = figure(
        "hub-use", "May 2025", "25", "hive-strategy", kind="change_percent", against="not stated"
    )
    of = account_of("bee-page", figures=[*FIGURES, newer])
    rows = of.assessments[of.assessments["measure_id"] == "hub-use"]
    words = words_of(blocks.what_changed(of, rows))
    assert "New or changed figure. Use of the hub: up 25%" in words
    same = account_of("bee-page")
    assert "Nothing has changed" in words_of(blocks.what_changed(same, same.assessments[:2]))


def test_a_plan_that_was_not_there_before_is_new_and_not_compared_with_another_plans_rows():
    of = account_of()
    before = of.last_assessments[of.last_assessments["plan"] == "bee-page"]
    words = words_of(blocks.what_changed(with_tables(of, last=before), of.assessments))
    assert words.count("New here:") == len(of.assessments)
