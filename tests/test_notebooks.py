"""The project's own notebooks: that they can be run as asked, and what they show when they are.

They are executed once for each of two quarters, and once more in ordinary Jupyter kernels, into a
folder of the tests.
"""

import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import nbformat
import pytest

from helpers.listed import listed_measures
from helpers.notebook_checks import check_notebooks, find_notebooks
from helpers.notebook_runs import Job, execute_notebooks
from helpers.project import PROCESSED_VARIABLE
from helpers.quarter import PARAMETERS

PROJECT = Path(__file__).parents[1]
NOTEBOOKS = find_notebooks(PROJECT)
NAMES = [path.stem for path in NOTEBOOKS]
THEN, NOW = "2022-23 Q4", "2026-27 Q2"


def read(path):
    return nbformat.read(path, as_version=4)


def parameters_of(notebook):
    (cell,) = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
    return cell.source


def outputs_of(notebook):
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def html_of(notebook):
    return [o.data["text/html"] for o in outputs_of(notebook) if "text/html" in o.get("data", {})]


def words_of(notebook):
    """Return what a reader sees of the outputs: text, and the alternatives of pictures."""
    markup = " ".join(html_of(notebook))
    alternatives = re.findall(r'\balt="([^"]*)"', markup)
    return unescape(re.sub(r"<[^>]*>", " ", markup) + " " + " ".join(alternatives))


@pytest.fixture(scope="session")
def executed(real_tables, tmp_path_factory):
    """Execute every notebook for both quarters, two at a time and only once; return one by name.

    A third set, for the later quarter, is executed in ordinary Jupyter kernels.
    """
    folder = tmp_path_factory.mktemp("notebooks")
    sets = [("waggle", NOW), ("waggle", THEN), ("kernel", NOW)]
    failures = {}
    for engine, quarter in sets:
        (folder / engine / quarter).mkdir(parents=True)
        values = {"quarter": quarter, "area": "Hertfordshire"}
        jobs = [
            Job(path, folder / engine / quarter / path.name, real_tables, values, engine)
            for path in NOTEBOOKS
        ]
        outcomes = execute_notebooks(jobs, workers=2)
        for path, outcome in zip(NOTEBOOKS, outcomes, strict=True):
            failures[engine, quarter, path.stem] = outcome.problem

    def of(quarter, name, engine="waggle"):
        if problem := failures[engine, quarter, name]:
            pytest.fail(f"{name}, {quarter}, {engine}: {problem}")
        return read(folder / engine / quarter / f"{name}.ipynb")

    return of


both_quarters = pytest.mark.parametrize("quarter", [NOW, THEN])
every_notebook = pytest.mark.parametrize("name", NAMES)


# --------------------------------------------------------------------------------- as they stand


def test_there_is_a_notebook_for_every_part_of_every_plan_and_a_home_page(real_definitions):
    pages = {part.page for plan in real_definitions.plans.values() for part in plan.parts}
    assert len(pages) == 5 + 6 + 1 + 7 + 1 + 1
    assert pages | {"index"} <= set(NAMES)


def test_every_notebook_can_be_run_as_asked():
    check_notebooks(NOTEBOOKS, PARAMETERS)


@every_notebook
def test_the_default_quarter_is_the_projects_default(name, real_definitions):
    source = parameters_of(read(PROJECT / "notebooks" / f"{name}.ipynb"))
    assert f'quarter: str = "{real_definitions.quarters.default}"' in source
    assert 'area: str = ""' in source


@every_notebook
def test_every_notebook_starts_with_a_title_and_asks_a_question_in_words(name):
    cells = read(PROJECT / "notebooks" / f"{name}.ipynb").cells
    assert cells[0].cell_type == "raw"
    assert re.search(r'^title: "?\S', cells[0].source, flags=re.MULTILINE)


@every_notebook
def test_notebooks_import_what_is_pure_and_never_readers_or_the_run(name):
    code = "\n".join(
        cell.source
        for cell in read(PROJECT / "notebooks" / f"{name}.ipynb").cells
        if cell.cell_type == "code"
    )
    assert not re.search(r"helpers\.(sources|quarter\w*|cli|site|stages|notebook_runs)\b", code)
    assert not re.search(r"from helpers import [^\n]*\b(sources|quarter|cli|site)\b", code)


def test_every_measure_of_a_plan_has_one_place_on_the_page_that_links_lead_to(
    real_definitions, executed
):
    wanted: dict[str, set[str]] = {}
    for plan in real_definitions.plans.values():
        for listed in listed_measures(plan):
            if listed.role in ("plan", "progress", "official"):
                page, _, place = listed.page.partition(".html#")
                wanted.setdefault(page, set()).add(place)
    assert sum(map(len, wanted.values())) > 150
    for page, places in wanted.items():
        found = re.findall(r'\bid="(measure-[\w-]+)"', " ".join(html_of(executed(NOW, page))))
        assert places <= set(found), f"{page}: {places - set(found)}"
        assert len(found) == len(set(found)), page


def test_every_page_of_a_bee_or_an_ambition_of_the_strategy_ends_with_what_is_not_known():
    for name in NAMES:
        if name.startswith(("bee-", "strategy-ambition-")):
            cells = read(PROJECT / "notebooks" / f"{name}.ipynb").cells
            headings = [c.source for c in cells if c.cell_type == "markdown" and "## " in c.source]
            assert headings[-1].strip().startswith("## What we don't know"), name


# ------------------------------------------------------------------------------------ as executed


@both_quarters
@every_notebook
def test_it_runs_without_an_error_or_a_warning(executed, quarter, name):
    notebook = executed(quarter, name)
    outputs = outputs_of(notebook)
    assert outputs
    assert {o.output_type for o in outputs} <= {"display_data", "execute_result"}, [
        o.get("text") or o.get("evalue") for o in outputs if o.output_type in ("stream", "error")
    ]


@both_quarters
@every_notebook
def test_it_is_of_the_quarter_asked_for(executed, quarter, name):
    notebook = executed(quarter, name)
    (injected,) = [c for c in notebook.cells if "injected-parameters" in c.metadata.get("tags", [])]
    assert f'quarter = "{quarter}"' in injected.source
    other = {NOW: "31 December 2023", THEN: "30 September 2026"}[quarter]
    if name not in ("data", "methods"):
        assert quarter in words_of(notebook)
        assert f"published by {other}" not in words_of(notebook)


@both_quarters
@every_notebook
def test_every_figure_has_an_alternative_in_words(executed, quarter, name):
    for markup in html_of(executed(quarter, name)):
        images = re.findall(r"<img\b[^>]*>", markup)
        for image in images:
            alternative = re.search(r'\balt="([^"]*)"', image)
            assert alternative, image[:80]
            assert len(alternative.group(1).split()) > 5
        assert len(re.findall(r"<figure\b", markup)) == len(images)
    for output in outputs_of(executed(quarter, name)):
        # A picture outside an HTML figure would have no alternative.
        assert not [kind for kind in output.data if kind.startswith("image/")]


@both_quarters
def test_every_ambition_and_the_home_page_have_charts(executed, quarter):
    for name in NAMES:
        if name.startswith("ambition") or name == "index":
            assert "<figure" in " ".join(html_of(executed(quarter, name))), name


@both_quarters
@every_notebook
def test_a_reader_never_meets_a_missing_value_or_a_programs_words(executed, quarter, name):
    words = words_of(executed(quarter, name))
    found = re.findall(r"\b(?:nan|NaN|NaT|None|Decimal\(|datetime|dtype|not_comparable)\b", words)
    assert not found


@both_quarters
@every_notebook
def test_every_table_has_a_caption_and_headings_with_their_scope(executed, quarter, name):
    for markup in html_of(executed(quarter, name)):
        tables = re.findall(r"<table\b.*?</table>", markup, flags=re.DOTALL)
        for table in tables:
            assert re.search(r"<caption>\s*\S", table)
            assert 'scope="col"' in table and 'scope="row"' in table


def test_the_reports_quarter_shows_no_later_official_statistics(executed):
    for name in NAMES:
        if name.startswith("ambition"):
            words = words_of(executed(THEN, name))
            assert "Local Authority Interactive Tool" not in words, name
            assert "31 March 2025" not in words, name


def test_the_default_quarter_goes_on_with_the_later_edition(executed):
    words = re.sub(r"\s+", " ", words_of(executed(NOW, "ambition-5")))
    assert "210.8 per 10,000 on 31 March 2025, up from 197.6 per 10,000 on 31 March 2024" in words
    words = re.sub(r"\s+", " ", words_of(executed(THEN, "ambition-5")))
    assert "213 per 10,000 on 31 March 2023, up from 203.4 per 10,000 on 31 March 2022" in words


@every_notebook
def test_both_engines_give_the_same_outputs_cell_by_cell(executed, name):
    warm, kernel = executed(NOW, name).cells, executed(NOW, name, "kernel").cells
    assert len(warm) == len(kernel)
    for number, (one, other) in enumerate(zip(warm, kernel, strict=True), start=1):
        assert one == other, f"cell {number}: {one.source[:200]}"


def test_a_plain_papermill_command_from_anywhere_gives_the_same_outputs(
    executed, real_tables, tmp_path
):
    """Nothing of the run is needed but its tables: the notebook is the analysis."""
    output = tmp_path / "plain.ipynb"
    command = [sys.executable, "-m", "papermill", "--no-progress-bar", "--log-level", "ERROR"]
    command += [str(PROJECT / "notebooks" / "ambition-5.ipynb"), str(output)]
    command += ["-p", "quarter", NOW, "-p", "area", "Hertfordshire"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PROCESSED_VARIABLE, str(real_tables))
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)

    def shown(notebook):
        return [output.data for output in outputs_of(notebook) if output.output_type != "stream"]

    assert shown(read(output)) == shown(executed(NOW, "ambition-5"))
