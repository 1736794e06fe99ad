"""The project's own notebooks: that they can be run as asked, and what they show when they are.

They are executed once for every quarter, and some once more in a Jupyter kernel, into folders of
the tests.
"""

import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import nbformat
import pytest

from helpers import blocks
from helpers.listed import listed_measures
from helpers.notebook_checks import check_notebooks, find_notebooks
from helpers.project import PROCESSED_VARIABLE
from helpers.quarter import PARAMETERS

PROJECT = Path(__file__).parents[1]
NOTEBOOKS = find_notebooks(PROJECT)
NAMES = [path.stem for path in NOTEBOOKS]
THEN, NOW = "2022-23 Q4", "2026-27 Q2"

PLAIN = "quarterly-update"
"""The notebook that is executed by a plain papermill command, in a kernel of its own."""

CHOSEN = {
    "archive": "a chart of directions",
    "bee-ambitious": "charts of trends, areas and gaps; what an indicator shows, in all its parts",
    "index": "the cards and lines of an overview",
    "improvement-plan": "a timeline; milestones and promises",
    "measures": "one table of all measures, the longest output",
    "plain-version": "the page in plain words, which shares no block with others",
    "what-changed": "tables that it makes of the figures itself",
}
"""Notebooks whose cells are executed in a kernel too. With `PLAIN` they use every chart and table
and every kind of block, and have every kind of output: what an engine might show differently."""

IN_A_KERNEL = NAMES if os.environ.get("WAGGLE_KERNELS") == "all" else list(CHOSEN)


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
def executed(real_run):
    """Return a function that gives an executed notebook of a quarter, by its name."""
    folders = {NOW: real_run / "reports", THEN: real_run / "reports" / "2022-23-q4"}
    return lambda quarter, name: read(folders[quarter] / f"{name}.ipynb")


AGAIN = "%reset -f"
"""Between two notebooks in one kernel: no name of the first is left, only imported libraries."""


@pytest.fixture(scope="session")
def in_a_kernel(executed, real_run, tmp_path_factory):
    """Execute the cells of notebooks in one Jupyter kernel; return a notebook's by its name.

    One after another in the same: libraries are slow to import.
    """
    folder = tmp_path_factory.mktemp("kernel")
    cells, places = [], {}
    for name in IN_A_KERNEL:
        own = executed(NOW, name).cells
        places[name] = slice(len(cells), len(cells) + len(own))
        for cell in own:
            new = nbformat.from_dict({**cell, "id": f"cell-{len(cells)}", "metadata": {}})
            if cell.cell_type == "code":
                new.update(outputs=[], execution_count=None)
            cells.append(new)
        cells.append(nbformat.v4.new_code_cell(AGAIN, id=f"cell-{len(cells)}"))
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, folder / "all.ipynb")
    command = [sys.executable, "-m", "papermill", "--no-progress-bar", "--log-level", "ERROR"]
    command += ["--no-request-save-on-cell-execute", "--autosave-cell-every", "0"]
    command += ["--cwd", PROJECT / "notebooks", folder / "all.ipynb", folder / "made.ipynb"]
    surroundings = {**os.environ, PROCESSED_VARIABLE: str(real_run / "processed")}
    subprocess.run(command, env=surroundings, stderr=subprocess.DEVNULL, check=True)
    made = read(folder / "made.ipynb").cells
    return lambda name: made[places[name]]


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
def test_every_ambition_of_the_childrens_plan_and_its_home_page_have_charts(executed, quarter):
    for name in NAMES:
        if name.startswith("ambition") or name == "cyp-plan":
            assert "<figure" in " ".join(html_of(executed(quarter, name))), name


@both_quarters
@every_notebook
def test_a_reader_never_meets_a_missing_value_or_a_programs_words(executed, quarter, name):
    words = words_of(executed(quarter, name))
    found = re.findall(r"\b(?:nan|NaN|NaT|None|Decimal\(|datetime|dtype|not_comparable)\b", words)
    # The page of the data explains the codes that stand in its files.
    assert not set(found) - ({"not_comparable"} if name == "data" else set())


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


def test_what_is_compared_uses_every_chart_table_and_kind_of_block_and_has_every_output(executed):
    def used(name):
        notebook = executed(NOW, name)
        code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
        words = set(re.findall(r"\w+", code)) & set(blocks.__all__)
        return {
            *re.findall(r"\b(?:charts|tables)\.\w+", code),
            *(getattr(blocks, word).__module__ for word in words),
            *((output.output_type, *output.get("data", ())) for output in outputs_of(notebook)),
        }

    assert len(CHOSEN) < 10
    compared = set().union(*map(used, [PLAIN, *CHOSEN]))
    for name in NAMES:
        assert not used(name) - compared, f"choose {name} too, or in place of another"


@pytest.mark.parametrize("name", IN_A_KERNEL)
def test_both_engines_give_the_same_outputs_cell_by_cell(executed, in_a_kernel, name):
    def shown(cell):  # but for how many cells that kernel had executed before
        outputs = [nbformat.from_dict(output) for output in cell.get("outputs", [])]
        for output in outputs:
            output.pop("execution_count", None)
        return cell.source, outputs

    for number, (one, other) in enumerate(
        zip(executed(NOW, name).cells, in_a_kernel(name), strict=True), start=1
    ):
        assert shown(one) == shown(other), f"cell {number}: {one.source[:200]}"


def test_a_plain_papermill_command_from_anywhere_gives_the_same_outputs(
    executed, real_run, tmp_path
):
    """Nothing of the run is needed but its tables: the notebook is the analysis."""
    output = tmp_path / "plain.ipynb"
    command = [sys.executable, "-m", "papermill", "--no-progress-bar", "--log-level", "ERROR"]
    command += [str(PROJECT / "notebooks" / f"{PLAIN}.ipynb"), str(output)]
    command += ["-p", "quarter", NOW, "-p", "area", "Hertfordshire"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PROCESSED_VARIABLE, str(real_run / "processed"))
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)

    def shown(notebook):
        return [output.data for output in outputs_of(notebook) if output.output_type != "stream"]

    assert shown(read(output)) == shown(executed(NOW, PLAIN))
