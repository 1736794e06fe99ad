"""A page for every indicator: what it says, its own figures, and how the run makes it."""

import csv
import io
import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from page_words import THEN, opener, words_of

from helpers import reads
from helpers.account import Account
from helpers.blocks import figures_with_status
from helpers.definition_files import read_definitions
from helpers.errors import PageError
from helpers.indicator_pages import make
from helpers.indicator_pages.data import OF_FIGURE, OF_MEASURE, as_csv, as_json, figures_of
from helpers.indicator_pages.make import (
    Batch,
    make_batch,
    make_indicator_pages,
    names_of,
    put_indicator_pages,
)
from helpers.indicator_pages.page import MORE, MORE_WITHOUT_FIGURES, in_markdown, page_text
from helpers.listed import page_name
from helpers.manifest import MadePage, Manifest, read_inputs
from helpers.progress import Summary
from helpers.project import OWN_PAGES, places
from helpers.reads import Tables
from helpers.site.markdown import inline, plain
from helpers.workers import Done, Lost, Step

BEES = "outcome-bees"
HIVE = "hive-plan-2022-27"


@pytest.fixture
def account(finished_small_project, monkeypatch):
    """Open an account of the small project by quarter, area and plan."""
    return opener(finished_small_project, monkeypatch)


def find(account, name):
    """Return the part and the indicator whose page has a name."""
    return next(
        (part, indicator)
        for part in account.plan.parts
        for indicator in part.indicators
        if page_name(indicator.measures[0].reference) == name
    )


class Page:
    """The text of a page, and what stands in it."""

    def __init__(self, account, name):
        self.text = page_text(account, *find(account, name))
        self.html = "".join(re.findall(r"```\{=html\}\n(.*?)\n```", self.text, flags=re.DOTALL))
        self.words = words_of(SimpleNamespace(data=self.html))
        self.headings = re.findall(r"^(#+ .*)$", self.text, flags=re.MULTILINE)

    def section(self, heading):
        """Return the words under a heading, up to the next."""
        (found,) = re.findall(rf"^#+ {heading}\n\n(.*?)(?=\n#+ |\Z)", self.text, re.M | re.DOTALL)
        return words_of(SimpleNamespace(data=re.sub(r"```(\{=html\})?\n", "", found)))


# --------------------------------------------------------------------------------- which there are


def test_every_indicator_of_every_plan_that_lists_some_has_a_page(finished_small_project):
    assert names_of(read_definitions(finished_small_project)) == {
        HIVE: ["1", "2", "3", "4", "5"],
        BEES: ["happy-1", "happy-2", "happy-3"],
    }


def test_the_projects_own_indicators_have_74_pages_with_names_of_their_own(real_definitions):
    names = names_of(real_definitions)
    assert {plan: len(set(found)) for plan, found in names.items()} == {
        BEES: 34,
        "cyp-plan-2021-26": 40,
    }
    assert names["cyp-plan-2021-26"] == [str(number) for number in range(1, 41)]
    assert {"happy-1", "ambitious-3", "resilient-4"} <= set(names[BEES])


# ------------------------------------------------------------------------------------ what it says


def test_the_title_is_the_indicator_in_its_own_words_and_the_subtitle_says_where_it_belongs(
    account,
):
    lines = Page(account(), "2").text.splitlines()
    assert lines[:2] == ["---", 'title: "Children looked after, rate per 10,000"']
    assert lines[2] == (
        'subtitle: "Indicator 2 of [Ambition 1, Close to home](../../ambition-1.html), Hive plan"'
    )


def test_a_bee_stands_under_its_own_name(account):
    text = Page(account(plan=BEES), "happy-1").text
    assert "Indicator happy-1 of [Be Happy](../../bee-happy.html), Outcome Bees" in text


def test_the_sentence_comes_first_and_then_the_quarter(account):
    page = Page(account(), "2")
    assert page.words.startswith(
        "↓ Declining Children looked after: 56 per 10,000 on 31 March 2025, up from 52 per 10,000 "
        "on 31 March 2024. Lower is better, so this got worse."
    )
    assert page.words.index("so this got worse") < page.words.index("2025-26 Q1 Beeshire")


def test_each_quarters_page_says_what_was_known_then(account):
    then = Page(account(THEN), "2").words
    assert "51 per 10,000 on 31 March 2024, down from 53 per 10,000" in then
    assert "2025" not in then


def test_its_sections_follow_each_other_in_the_same_order_on_every_page(account):
    assert Page(account(), "4").headings == [
        "## The figures",
        "## What good looks like",
        "## What is counted",
        "## How it is elsewhere",
        "## How sure this is",
        "## Its direction, quarter by quarter",
        "## Why it matters",
        "## Commentary and actions",
        "## Where it belongs",
        "## Download its figures",
    ]


def test_the_chart_has_an_alternative_and_the_table_every_figure_with_its_status_and_source(
    account,
):
    page = Page(account(), "2")
    (alternative,) = re.findall(r'<img [^>]*alt="([^"]*)"', page.html)
    assert "Line chart" in alternative and "56 per 10,000 on 31 March 2025" in alternative
    figures = page.section("The figures")
    # One document, cited once.
    assert figures.startswith(
        "Source of all: Statistics of Meadowland, edition of 2025-06-19 (invented) (19 June 2025)."
    )
    assert figures.count("edition of 2025-06-19") == 1
    assert "31 March 2025 56 per 10,000 As published series LAC, 2025" in figures
    assert (
        "31 March 2024 52 per 10,000 Revised: it was 51 per 10,000 in the edition of 20 June 2024"
    ) in figures
    # In the report of another publisher it was 52.5: that is no revision.
    assert "31 March 2023 53 per 10,000 As published" in figures
    # And Meadowland's, behind a line that opens them.
    assert "Every figure beside those of other places" in figures and "69" in figures


def test_figures_of_several_documents_cite_each_its_own(account, monkeypatch):
    rows = Account.figure_rows

    def newest_from_the_report(*args, **which):
        *older, newest = rows(*args, **which)
        return [*older, newest._replace(source="hive-report-2022-23", place="no. 2")]

    monkeypatch.setattr(Account, "figure_rows", newest_from_the_report)
    listed = words_of(SimpleNamespace(data=figures_with_status(account(), "2")))
    assert "Source of all" not in listed
    report = "Report on the Plan for the Young Bees 2022-23 (invented) (about 31 October 2023)"
    assert f"56 per 10,000 As published {report}; no. 2" in listed
    assert "edition of 2025-06-19 (invented) (19 June 2025); series LAC, 2024" in listed


def test_counts_have_a_likely_range_beside_them_and_are_named_as_parts_of_the_share(account):
    page = Page(account(), "1")
    # Wilson's interval of 70 of 100: (70 + 1.92 ± 1.96 √(21 + 0.96)) ÷ 103.84.
    assert "31 March 2023 70% 70 of 100 60.4% to 78.1%" in page.section("The figures")
    counted = page.section("What is counted")
    assert "Numerator Those of them that the definition counts: 70 on 31 March 2023." in counted
    assert "Denominator Children looked after: 100 on 31 March 2023." in counted
    assert "How often Once a year." in counted


def test_a_figure_that_is_missing_and_one_of_a_new_definition_are_marked(account):
    figures = Page(account(), "3").section("The figures")
    assert "2022-23 40 As published" in figures
    assert "2021-22 Not published Not available" in figures
    figures = Page(account(), "5").section("The figures")
    assert (
        "2021/22 school year 22 percentage points As published. New definition: The groups were "
        "drawn otherwise before."
    ) in figures
    assert "2018/19 school year 20 percentage points As published no. 5, previous" in figures


def test_what_good_looks_like_says_who_says_so_the_margin_and_the_target(account):
    good = Page(account(), "3").section("What good looks like")
    assert good == (
        "Higher is better (the document says so). A change for the worse of no more than 5% of the "
        "earlier figure is called slightly worse (the plan says so). The target: at least 30 in "
        "2022-23. The target for 2022-23 was at least 30. It was met."
    )
    assert "Our sources give no target for it." in Page(account(), "4").section(
        "What good looks like"
    )
    # Targets are the reporting area's own.
    of_another = Page(account(area="Meadowland"), "3").section("What good looks like")
    assert "target" not in of_another


def test_figures_elsewhere_are_compared_for_the_same_period_and_none_is_said_to_be_none(account):
    elsewhere = Page(account(), "2").section("How it is elsewhere")
    assert elsewhere.startswith("Compared with elsewhere on 31 March 2025: below Meadowland (69")
    assert "Beeshire 56 per 10,000 Meadowland 69 per 10,000" in elsewhere
    assert Page(account(), "1").section("How it is elsewhere") == (
        "Our sources have no figure of another place for the same period."
    )


def test_how_sure_it_is_opens_the_whole_calculation(account):
    page = Page(account(), "1")
    sure = page.section("How sure this is")
    assert "100 children looked after" in sure and "How we judged this" in sure
    assert '<a href="../../data/calculations/hive-plan-2022-27/1-measure-1.json">' in page.html


def test_its_direction_is_given_for_every_quarter_up_to_this_one_the_newest_first(account):
    then = Page(account(), "2").section("Its direction, quarter by quarter")
    newest, oldest = then.index("2025-26 Q1"), then.index("2023-24 Q4")
    assert newest < oldest
    assert "published by 31 July 2025 ↓ Declining" in then[newest:oldest]
    assert "56 per 10,000 31 March 2025 52 per 10,000 31 March 2024" in then[newest:oldest]
    assert "published by 31 July 2024 ↑ Improving" in then[oldest:]
    assert "51 per 10,000 31 March 2024 53 per 10,000 31 March 2023" in then[oldest:]
    first = Page(account(THEN), "2").section("Its direction, quarter by quarter")
    assert "2023-24 Q4" in first and "2025-26 Q1" not in first


def test_a_quarter_that_knew_nothing_says_so_beside_one_that_did(account):
    page = Page(account(plan=BEES), "happy-2")
    then = page.section("Its direction, quarter by quarter")
    assert "2023-24 Q4 published by 31 July 2024 No figure yet none none" in then
    assert "down 50%" in then


def test_an_indicator_without_any_figure_says_what_is_not_published(account):
    page = Page(account(plan=BEES), "happy-3")
    assert page.words.startswith(
        "Our sources published by 31 July 2025 have no figure for this indicator."
    )
    assert "What it would take: Young bees who sing, as a share of all asked." in page.words
    assert "## The figures" not in page.headings and "<img" not in page.html
    assert "Young bees who said that they sing" in page.section("What is counted")
    assert page.section("Its direction, quarter by quarter") == (
        "In no quarter up to this one was there a figure."
    )


def test_an_indicator_of_several_measures_has_a_sentence_and_a_section_for_each(account):
    page = Page(account(plan=BEES), "happy-1")
    assert [heading for heading in page.headings if heading.startswith("## ")][:3] == [
        "## Why it matters",
        "## Plans that come in time (a calendar year)",
        "## Plans that come in time (a month)",
    ]
    folds = re.findall(r'<details class="more"><summary>([^<]*)</summary><h3>([^<]*)<', page.html)
    assert folds == [(MORE, "The figures")] * 2
    assert page.words.startswith("↑ Improving Plans that come in time (a calendar year) : 60% in")
    assert '<a href="#measure-happy-1a">' in page.html and 'id="measure-happy-1a"' in page.html
    # Each has the figures of its own kind of period.
    years, months = page.html.split('id="measure-happy-1b"')
    assert "November 2024: 63" not in years.split("</table>")[0]
    assert "This is a part of what is asked for: one month only." in words_of(
        SimpleNamespace(data=months)
    )


def test_of_several_measures_those_without_a_figure_are_named_at_the_top(account):
    of = account(area="Meadowland", plan=BEES)
    page = Page(of, "happy-1")
    # Meadowland has a figure for the year 2024, and none for a month.
    top = page.words[: page.words.index("2025-26 Q1")]
    assert "Plans that come in time (a calendar year) : 55% in 2024" in top
    assert "Our sources have no figure of: Plans that come in time (a month)" in top
    assert re.findall("<summary>(What is counted[^<]*)<", page.html) == [MORE_WITHOUT_FIGURES]


def test_official_statistics_on_the_subject_stand_beside_and_not_among_its_figures(account):
    near = Page(account(), "2").section("Near this indicator")
    assert "Care leavers in work or learning" in near and "61%" in near
    assert "Near this indicator" not in Page(account(), "4").text


def test_commentary_is_the_reports_or_awaited_and_never_anything_else(account):
    stated = Page(account(), "1").section("Commentary and actions")
    assert stated.startswith("What the report said for 2022-23")
    assert "Two homes closed & one moved." in stated and "Open a new home." in stated
    awaited = (
        "Our sources have no reasons or actions for this indicator. The partnership’s commentary "
        "is awaited."
    )
    assert Page(account(), "2").section("Commentary and actions") == awaited
    assert Page(account(plan=BEES), "happy-1").section("Commentary and actions") == awaited
    assert Page(account(area="Meadowland"), "1").section("Commentary and actions") == (
        "Published commentary is about Beeshire only."
    )


def test_commentary_that_was_published_later_is_not_known_yet(account):
    of = account()
    early = replace(of, quarter=of.quarter.model_copy(update={"as_at": of.quarter.as_at}))
    report = of.definitions.sources[of.plan.source]
    later = report.model_copy(update={"published": of.quarter.as_at.replace(year=2030)})
    definitions = replace(of.definitions, sources={**of.definitions.sources, report.id: later})
    page = Page(replace(early, definitions=definitions), "1")
    assert "awaited" in page.section("Commentary and actions")


def test_its_files_are_said_to_hold_figures_or_to_hold_none_yet(account):
    page = Page(account(), "2")
    download = page.section("Download its figures")
    assert download.startswith("Every figure of this page that had been published by 31 July 2025,")
    assert '<a href="../../indicators/hive-plan-2022-27/2.csv">' in page.html
    assert '<a href="../../indicators/hive-plan-2022-27/2.json">' in page.html
    none = Page(account(plan=BEES), "happy-3").section("Download its figures")
    assert none.startswith("No figure had been published by 31 July 2025.")


def test_it_leads_to_its_plan_part_bees_and_document(account):
    belongs = Page(account(), "1").section("Where it belongs")
    assert "Plan Plan for the Young Bees of Beeshire 2022-27" in belongs
    assert "Ambition 1. To keep every young bee close to home" in belongs
    assert "Outcome Bees Be Safe Priorities Warm hives" in belongs
    assert (
        "Report on the Plan for the Young Bees 2022-23 (invented), published about 31 October 2023;"
    ) in belongs
    page = Page(account(plan=BEES), "happy-2")
    assert "Ambition it serves 2. To learn, and to be heard" in page.section("Where it belongs")
    for link in ("bee-happy.html", "ambition-2.html", "data.html"):
        assert f'<a href="../../{link}">' in page.html
    # Of the outcomes that an indicator of a plan serves, those with a page are linked.
    assert '<a href="../../bee-happy.html">Be Happy</a>' in Page(account(), "2").html


def test_a_plan_with_a_page_of_its_own_is_linked(account):
    of = account()
    plan = of.plan.model_copy(update={"page": "hive-plan"})
    page = Page(replace(of, plan=plan), "1")
    assert "[Hive plan](../../hive-plan.html)" in page.text
    assert '<a href="../../hive-plan.html">Plan for the Young Bees' in page.html


def test_the_neighbours_are_those_of_the_plans_order(account):
    def links(name):
        page = Page(account(), name)
        return re.findall(
            r'<a href="\.\./\.\./indicators/[\w-]+/(\d)\.html" rel="(\w+)"', page.html
        )

    assert links("1") == [("2", "next")]
    assert links("3") == [("2", "prev"), ("4", "next")]
    assert links("5") == [("4", "prev")]


def test_every_link_is_counted_from_the_pages_own_folder(account):
    for plan, names in names_of(account().definitions).items():
        for name in names:
            for link in re.findall(r'href="([^"]*)"', Page(account(plan=plan), name).html):
                assert link.startswith(("../../", "#")), f"{name}: {link}"


@pytest.mark.parametrize(
    "text",
    ["a*b_c*", "[x](y)", "<b> & `code`", "$1 and $2", "me@b", "x^2^ ~y~", "# no", "a | b", "\\*"],
)
def test_words_stand_as_they_are_whatever_signs_are_in_them(text):
    assert plain(inline(in_markdown(text))) == text
    assert "@" not in in_markdown(text) and "$" not in in_markdown(text)


# -------------------------------------------------------------------------------- its own figures


def table(account, name):
    _, indicator = find(account, name)
    text = as_csv(account, indicator, figures_of(account, indicator))
    return list(csv.DictReader(io.StringIO(text)))


def test_its_table_has_every_figure_of_every_area_as_known_with_the_source(account):
    rows = table(account(), "2")
    assert Counter((row["measure_id"], row["area"]) for row in rows) == {
        ("looked-after-rate", "Beeshire"): 4,
        ("looked-after-rate", "Meadowland"): 4,
        ("care-leavers-busy", "Beeshire"): 3,
        ("care-leavers-busy", "Meadowland"): 3,
    }
    revised = next(row for row in rows if row["period"] == "31 March 2024")
    assert (
        revised
        | {
            "plan": HIVE,
            "indicator": "2",
            "reference": "2",
            "role": "plan",
            "area": "Beeshire",
            "value": "52.0",
            "source": "statistics-2025-06-19",
            "publisher": "Meadowland Statistics Office (invented)",
            "published": "2025-06-19",
            "place": "series LAC, 2024",
        }
        == revised
    )
    missing = next(row for row in rows if row["status"] == "not_available")
    assert (missing["area"], missing["period"], missing["value"]) == ("Meadowland", "2023-24", "")
    assert [row["period"] for row in table(account(THEN), "2")][:3] == [
        f"31 March {year}" for year in (2022, 2023, 2024)
    ]


def test_its_table_has_counts_with_the_ends_of_their_likely_range(account):
    row = table(account(), "1")[1]
    assert (row["numerator"], row["denominator"]) == ("70", "100")
    assert row["lower"].startswith("60.4") and row["upper"].startswith("78.1")
    further = next(row for row in table(account(), "1") if row["role"] == "further")
    assert (further["reference"], further["qualifier"], further["value"]) == ("", "about", "12")


def test_its_table_keeps_kinds_of_period_apart_and_gives_stated_changes(account):
    rows = table(account(plan=BEES), "happy-1")
    assert [(row["reference"], row["period"], row["area"]) for row in rows[:6]] == [
        ("happy-1a", "2022", "Beeshire"),
        ("happy-1a", "2023", "Beeshire"),
        ("happy-1a", "2024", "Beeshire"),
        ("happy-1a", "2024", "Meadowland"),
        ("happy-1b", "November 2023", "Beeshire"),
        ("happy-1b", "November 2024", "Beeshire"),
    ]
    (change,) = table(account(plan=BEES), "happy-2")
    assert (change["kind"], change["value"], change["against"]) == (
        "change_percent",
        "-50",
        "not stated",
    )
    assert table(account(plan=BEES), "happy-3") == []


def test_the_json_says_the_same_as_the_table(account):
    of = account()
    _, indicator = find(of, "2")
    found = json.loads(as_json(of, indicator, figures_of(of, indicator)))
    assert (found["plan"], found["indicator"], found["quarter"]) == (HIVE, "2", "2025-26 Q1")
    assert found["as_at"] == "2025-07-31"
    assert [set(measure) for measure in found["measures"]] == [{*OF_MEASURE, "figures"}] * 2
    lines = [(measure, figure) for measure in found["measures"] for figure in measure["figures"]]
    rows = table(of, "2")
    assert len(lines) == len(rows) == 14
    for (measure, figure), row in zip(lines, rows, strict=True):
        assert list(figure) == list(OF_FIGURE)
        assert (measure["measure_id"], figure["period"]) == (row["measure_id"], row["period"])
        assert figure["value"] == (float(row["value"]) if row["value"] else None)


# ------------------------------------------------------------------------------------- on the site


def test_the_site_has_each_page_with_its_figures_beside_it_and_no_id_twice(finished_small_project):
    site = finished_small_project / "reports" / "site"
    for plan, names in names_of(read_definitions(finished_small_project)).items():
        folder = site / OWN_PAGES / plan
        assert {path.name for path in folder.iterdir()} == {
            f"{name}{suffix}" for name in names for suffix in (".html", ".csv", ".json")
        }
        for name in names:
            html = (folder / f"{name}.html").read_text("utf-8")
            ids = Counter(re.findall(r'\bid="([^"]+)"', html))
            assert [each for each, count in ids.items() if count > 1] == [], name
            assert "{=html}" not in html


def test_the_address_is_the_same_in_every_quarter(finished_small_project):
    def addresses(site):
        folder = finished_small_project / site / OWN_PAGES
        return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))

    assert addresses("earlier/site") == addresses("reports/site")


# ------------------------------------------------------------------------------- made by the run


def make_pages(asked):
    """Make pages as a run does, which looks at the tables anew."""
    values = {name: value for name, value in vars(asked).items() if name != "where"}
    return make_indicator_pages(**values, tables=Tables(asked.where.processed.resolve()))


@pytest.fixture
def asked(finished_small_project, tmp_path):
    """Return what the making of the small project's pages is asked with."""
    definitions = read_definitions(finished_small_project)
    where = replace(places(finished_small_project), pages=tmp_path / "pages")
    quarter = definitions.quarters.quarters[-1]
    edition = SimpleNamespace(name="", quarter=quarter, area="Beeshire", pages=where.pages)
    return SimpleNamespace(
        definitions=definitions,
        editions=[edition],
        inputs=read_inputs(finished_small_project),
        last=Manifest(),
        where=where,
        workers=1,
        staged=tmp_path / "staged",
        summary=Summary(),
    )


@pytest.fixture
def in_this_process(monkeypatch):
    """Do the jobs here, one after another."""

    def work(do, jobs, workers, limits=None):
        for number, job in enumerate(jobs):
            yield Step(number, job.names[0])
            yield Done(number, do(job, lambda name: None))

    monkeypatch.setattr(make, "work_through", work)


def test_pages_are_made_once_and_stand_while_what_they_read_is_the_same(asked, in_this_process):
    made = make_pages(asked)
    assert (asked.summary.pages_made, asked.summary.pages_unchanged) == (8, 0)
    assert list(made[""])[:2] == [f"{HIVE}/1", f"{HIVE}/2"]
    assert list(made[""][f"{HIVE}/1"].files) == [f"{HIVE}/1.qmd", f"{HIVE}/1.csv", f"{HIVE}/1.json"]
    put_indicator_pages(asked.editions[0], made[""], asked.staged)

    edition = SimpleNamespace(indicators=made[""])
    asked.last = SimpleNamespace(editions={"": edition})
    again = make_pages(asked)
    assert (asked.summary.pages_made, asked.summary.pages_unchanged) == (0, 8)
    assert again == made

    # Edited by hand: its text, and then a file for download.
    for name in (f"{HIVE}/1.qmd", f"{BEES}/happy-1.json"):
        with (asked.where.pages / OWN_PAGES / name).open("a", encoding="utf-8") as file:
            file.write(" ")
    make_pages(asked)
    assert (asked.summary.pages_made, asked.summary.pages_unchanged) == (2, 6)


def test_of_what_a_page_reads_every_row_is_noted_of_other_quarters_too(account):
    of = account()
    reads.start()
    page_text(of, *find(of, "2"))
    noted = {read.table: set() for read in reads.taken()}
    for read in reads.taken():
        noted[read.table].add((read.column, read.value))
    reads.start()
    place = f"{HIVE}, plan, 2, looked-after-rate, "
    assert ("plan, role, reference, measure_id, follows", place) in noted["2023-24-q4/assessments"]
    # Nothing is read whole: then every change would make every page again.
    assert not any(column == "" for found in noted.values() for column, _ in found)


def test_a_page_that_cannot_be_made_is_told_by_its_indicator_and_nothing_is_returned(
    asked, in_this_process, monkeypatch
):
    from helpers.indicator_pages import page

    def spoilt(account, part, indicator):
        if indicator.number == 3:
            raise KeyError("the queen")
        return page_text(account, part, indicator)

    monkeypatch.setattr(page, "page_text", spoilt)
    with pytest.raises(PageError) as raised:
        make_pages(asked)
    assert [problem.place for problem in raised.value.problems] == [
        "the page of indicator 3 of hive-plan-2022-27, 2025-26 Q1",
        "the page of indicator happy-3 of outcome-bees, 2025-26 Q1",
    ]
    assert raised.value.problems[0].found.startswith("KeyError: 'the queen' (test_indicator_pages")
    # The others were made, but not put in place.
    assert (asked.staged / OWN_PAGES / HIVE / "4.qmd").is_file()
    assert not asked.where.pages.exists()


def test_a_process_that_is_lost_is_told_by_the_indicator_it_was_at(asked, monkeypatch):
    def lost(do, jobs, workers, limits=None):
        yield Step(0, "2")
        yield Lost(0, "2", "its process died (SIGKILL)")
        yield Lost(1, None, "it took more than 300 seconds", in_step=False)

    monkeypatch.setattr(make, "work_through", lost)
    with pytest.raises(PageError) as raised:
        make_pages(asked)
    assert [(problem.place, problem.found) for problem in raised.value.problems] == [
        (f"the page of indicator 2 of {HIVE}, 2025-26 Q1", "its process died (SIGKILL)"),
        (f"the page of indicator happy-1 of {BEES}, 2025-26 Q1", "it took more than 300 seconds"),
    ]
    died, silent = (problem.remedy for problem in raised.value.problems)
    assert "--memory" in died and "mend" not in died
    assert "--workers 1" in silent and "--memory" not in silent


def test_a_disk_that_is_full_is_told_in_its_own_words(asked, in_this_process, monkeypatch):
    def full(self, *arguments, **more):
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(PageError, match=r"No space left on device: .*/1\.qmd"):
        make_pages(asked)


def test_pages_are_dealt_out_so_that_every_process_has_some(asked, in_this_process, monkeypatch):
    dealt = []
    work = make.work_through

    def looking(do, jobs, workers, limits=None):
        dealt.extend((job.plan, job.names) for job in jobs)
        yield from work(do, jobs, workers)

    monkeypatch.setattr(make, "work_through", looking)
    asked.workers = 2
    two = make_pages(asked)
    assert dealt == [
        (HIVE, ("1", "3", "5")),
        (HIVE, ("2", "4")),
        (BEES, ("happy-1", "happy-3")),
        (BEES, ("happy-2",)),
    ]
    # By whom a page is made does not show in it.
    asked.workers = 1
    one = make_pages(asked)
    files = [{key: page.files for key, page in made[""].items()} for made in (one, two)]
    assert files[0] == files[1]


def test_a_batch_opens_one_account_and_tells_of_each_page(asked, tmp_path):
    quarter, told = asked.editions[0].quarter, []
    batch = Batch(quarter, "Beeshire", BEES, tmp_path, ("happy-2", "happy-3"))
    outcomes = make_batch(asked.definitions, asked.where.processed, batch, told.append)
    assert told == ["happy-2", "happy-3"]
    assert [outcome.problem for outcome in outcomes.values()] == ["", ""]
    assert sorted(path.name for path in (tmp_path / BEES).iterdir()) == [
        *("happy-2.csv", "happy-2.json", "happy-2.qmd"),
        *("happy-3.csv", "happy-3.json", "happy-3.qmd"),
    ]


def test_new_pages_take_their_place_and_what_belongs_to_none_goes(tmp_path):
    edition = SimpleNamespace(name="2023-24-q4", pages=tmp_path / "pages")
    standing, fresh = edition.pages / OWN_PAGES, tmp_path / "staged" / "2023-24-q4" / OWN_PAGES
    for folder, name, text in (
        (standing, "plan/1.qmd", "old"),
        (standing, "plan/2.qmd", "stands"),
        (standing, "plan/3.qmd", "of no indicator"),
        (standing, "gone/1.csv", "of no plan"),
        (fresh, "plan/1.qmd", "new"),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    made = {f"plan/{n}": MadePage("m", [], {f"plan/{n}.qmd": "d"}) for n in (1, 2)}
    assert put_indicator_pages(edition, made, tmp_path / "staged") is made
    found = {
        path.relative_to(standing).as_posix(): path.read_text()
        for path in standing.rglob("*")
        if path.is_file()
    }
    assert found == {"plan/1.qmd": "new", "plan/2.qmd": "stands"}
