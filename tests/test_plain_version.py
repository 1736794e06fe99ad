"""The short version as executed: short sentences, simple words, and the verdicts of all pages."""

import re
import sys
from html import unescape
from pathlib import Path

import nbformat
import pytest
from textstat import textstat

from helpers.notebook_runs import Job
from helpers.plain_words import LONGEST_SENTENCE, sentences
from helpers.wording.plain import GROUPS, LEADS

PROJECT = Path(__file__).parents[1]
QUARTERS = ["2022-23 Q4", "2024-25 Q3", "2025-26 Q2", "2026-27 Q2"]
NOW = QUARTERS[-1]
GRADE = 5

BLOCK = r"</?(?:p|li|ul|h\d|dt|dd|dl|div|section|summary|details|table|tr|td|th|caption)\b[^>]*>"


@pytest.fixture(scope="session")
def page(real_tables, execute_jobs, tmp_path_factory):
    """Execute the notebook for every quarter; return a function: quarter -> its HTML."""
    folder = tmp_path_factory.mktemp("plain")
    notebook = PROJECT / "notebooks" / "plain-version.ipynb"
    jobs = [
        Job(notebook, folder / f"{name}.ipynb", real_tables, {"quarter": name, "area": ""})
        for name in QUARTERS
    ]
    assert [outcome.problem for outcome in execute_jobs(jobs)] == [None] * len(jobs)

    def of(quarter):
        cells = nbformat.read(folder / f"{quarter}.ipynb", as_version=4).cells
        parts = []
        for cell in cells:
            if cell.cell_type == "raw":
                front = re.findall(r'^(?:title|description): "(.*)"$', cell.source, re.MULTILINE)
                parts += [f"<p>{words}</p>" for words in front]
            elif cell.cell_type == "markdown":
                parts += [f"<p>{_unmarked(line)}</p>" for line in cell.source.split("\n")]
            for output in cell.get("outputs", []):
                parts.append(output.data["text/html"])
        return "\n".join(parts)

    return of


def _unmarked(markdown):
    """Return the words of a line of Markdown."""
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", re.sub(r"^#+ |\*\*", "", markdown))


def lines_of(html):
    """Return what a reader reads, sentence by sentence; a heading or a name is one too."""
    seen = re.sub(r'<span class="sign" aria-hidden="true">.*?</span>', "", html)
    blocks = re.sub(r"<[^>]+>", "", re.sub(BLOCK, "\n", seen)).split("\n")
    return [line for block in blocks for line in sentences(unescape(block))]


def without_explained(text, words):
    """Put a short word in place of every word that the page explains, and of its full form."""
    forms = [form for word in words for form in (word.in_full, word.term) if form]
    for form in sorted(forms, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(form)}(?:s|es)?\b", "it", text, flags=re.IGNORECASE)
    return text


class Spoken(dict):
    """Gives for every word as many sounding vowels as could be heard in it, rather too many.

    textstat looks words up in a dictionary that it fetches from elsewhere. Without it, it counts
    by hyphens, and too few: this takes the larger of that and of the groups of vowels.
    """

    def __getitem__(self, word):
        from textstat.backend.utils._get_pyphen import get_pyphen

        letters = re.sub(r"[^a-z]", "", word)
        groups = len(re.findall("[aeiouy]+", letters))
        if re.search(r"[^aeiouyl]e(?:s|d)?$", letters) and not re.search("[td]ed$", letters):
            groups -= 1
        hyphens = len(get_pyphen("en_US").positions(word)) + 1
        return [["A1"] * max(groups, hyphens, 1)]


@pytest.fixture
def grade(monkeypatch):
    """Return the Flesch-Kincaid grade by textstat, with rather too many syllables."""
    module = sys.modules["textstat.backend.counts._count_syllables"]
    monkeypatch.setattr(module, "get_cmudict", lambda lang: Spoken())
    return textstat.flesch_kincaid_grade


def joined(lines):
    return " ".join(line if line[-1] in ".!?" else f"{line}." for line in lines)


every_quarter = pytest.mark.parametrize("quarter", QUARTERS)


# ------------------------------------------------------------------------------ how it is written


@every_quarter
def test_no_sentence_has_more_than_fifteen_words(page, quarter):
    lines = lines_of(page(quarter))
    assert len(lines) > 100
    assert [line for line in lines if len(line.split()) > LONGEST_SENTENCE] == []


@every_quarter
def test_the_grade_is_five_at_most_but_for_words_that_the_page_explains(
    page, quarter, grade, real_definitions
):
    text = joined(lines_of(page(quarter)))
    assert grade(without_explained(text, real_definitions.plain_words)) <= GRADE


def test_the_measure_of_the_grade_tells_hard_from_easy(grade):
    hard = (
        "The partnership's strategic commissioning arrangements necessitate considerable "
        "multidisciplinary collaboration in order to demonstrate sustained improvement."
    )
    assert grade(hard) > 15
    assert grade("The cat sat on the mat. It was a good cat.") < 2
    # The sounds of a word are never counted too low: im-prove-ment, chil-dren, a-bout, on-ly.
    spoken = {w: len(Spoken()[w][0]) for w in ("improvement", "children", "about", "only", "made")}
    assert spoken["about"] == 2 and spoken["only"] == 2 and spoken["children"] == 2
    assert spoken["improvement"] >= 3 and spoken["made"] == 1


def test_only_words_that_the_page_explains_are_left_out_of_the_measure(page, real_definitions):
    words = real_definitions.plain_words
    html = page(NOW)
    glossary = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html)
    assert [unescape(meaning) for _, meaning in glossary] == [word.means for word in words]
    before = html.split('<dl class="glossary">')[0]
    for word in words:
        explained = [w.means for w in words if w.term != word.term]
        used = re.search(rf"\b{re.escape(word.term)}", before + " ".join(explained), re.IGNORECASE)
        assert used, f"{word.term} is explained and never used"


def test_it_is_not_called_easy_read_and_says_that_it_is_not_tested(page):
    text = joined(lines_of(page(NOW))).lower()
    assert "easy read" not in text and "easy-read" not in text
    assert "not yet been tested with readers" in text


# ------------------------------------------------------------------------------------ what it says


@every_quarter
def test_every_sign_has_its_words_and_is_left_out_for_a_screen_reader(page, quarter):
    found = re.findall(
        r'<(?:h4|details) class="(?:figures group-)?(\w+)">(?:<summary>)?'
        r'<span class="sign" aria-hidden="true">(.)</span> ([^<:]+)',
        page(quarter),
    )
    assert len(found) > 10
    assert all(GROUPS[name] == (sign, words) for name, sign, words in found)
    signs = {sign for sign, _ in GROUPS.values()} - set("=•~…?")
    bare = re.sub(r'<span class="sign" aria-hidden="true">.</span>', "", page(quarter))
    assert not signs & set(bare)


def test_every_bee_and_then_every_ambition_has_a_part(page, real_definitions):
    bees = [part.title for part in real_definitions.plans["outcome-bees"].parts]
    aims = [p.short_title for p in real_definitions.plans["send-strategy-2026-29"].ambitions]
    assert re.findall(r"<h3>(.*?)</h3>", page(NOW)) == bees + aims


def test_every_measure_with_a_recent_verdict_stands_there_with_it(page, table):
    html = page(NOW)
    rows = table(NOW, "assessments")
    rows = rows[(rows["area"] == "Hertfordshire") & (rows["plan"] == "outcome-bees")]
    groups = {"improving_or_good": "better", "to_be_improved": "worse", "little_change": "same"}
    judged = rows[rows["summary_group"].isin(groups)]
    assert len(judged) > 20
    for row in judged.itertuples():
        part = re.search(
            rf'<h4 class="{groups[row.summary_group]}">(?:(?!<h[34]).)*?href="{row.page}"', html
        )
        assert part, row.page


def test_a_figure_worked_out_by_hand_is_said_with_a_link_to_its_place(page):
    item = re.search(
        r'<li><p><a href="bee-ambitious.html#measure-ambitious-6a">([^<]*)</a></p>(.*?)</li>',
        page(NOW),
    )
    assert item[1] == "New EHC plans made in 20 weeks, with some cases left out"
    # 40.2% in 2023 and 56.3% in 2024.
    assert re.findall("<p>(.*?)</p>", item[2]) == [
        "In 2023, it was about 40 in 100.",
        "In 2024, it was about 56 in 100.",
    ]


def test_what_is_counted_at_the_top_is_what_stands_below(page):
    html = page(NOW)
    (worse,) = re.findall(r"</span> (\d+) things? got worse\.</li>", html)
    below = re.findall(r'<h4 class="worse">.*?</ul>', html)
    links = {link for group in below for link in re.findall(r"<p><a [^>]*>([^<]*)</a>", group)}
    assert len(links) == int(worse) > 3


def test_every_measure_that_would_stand_there_has_a_short_name(real_definitions, table):
    rows = table(NOW, "assessments")
    served = rows[(rows["plan"] != "cyp-plan-2021-26") & (rows["role"] != "context")]
    shown = served[served["ambition"].notna() & (served["ambition"] != "")]
    unnamed = {m for m in shown["measure_id"] if not real_definitions.measures[m].plain}
    assert unnamed == set()


def test_no_two_measures_share_a_short_name(real_definitions):
    names = [m.plain for m in real_definitions.measures.values() if m.plain]
    assert len(set(names)) == len(names) > 70


def test_leads_are_said_once_above_a_group_and_never_without_it(page):
    html = page(NOW)
    for name, lead in LEADS.items():
        assert html.count(f"<p>{lead}</p>") == len(
            re.findall(rf'<(?:h4|details) class="(?:figures group-)?{name}">', html)
        )
    assert "None" not in html
