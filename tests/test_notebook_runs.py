"""Notebooks: what is refused before any runs, and what is told of one that fails."""

import json
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.errors import NotebookError
from helpers.notebook_runs import (
    LONGEST_CELL,
    check_notebooks,
    execute_notebooks,
    find_notebooks,
)

PARAMETERS = ["quarter", "area"]
VALUES = {"quarter": "2022-23 Q4", "area": "Beeshire"}
GOOD = 'quarter: str = "2026-27 Q2"  # reporting quarter\narea: str = ""  # empty: the usual one'
PYTHON = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}


@pytest.fixture
def write(tmp_path):
    """Write a notebook with a parameters cell and the cells given; return its path."""

    def make(name, *cells, parameters=GOOD, metadata=PYTHON):
        all_cells = list(cells)
        if parameters is not None:
            tagged = new_code_cell(parameters, metadata={"tags": ["parameters"]})
            all_cells.insert(0, tagged)
        for number, cell in enumerate(all_cells):
            cell["id"] = f"cell-{number}"
        path = tmp_path / "notebooks" / f"{name}.ipynb"
        path.parent.mkdir(exist_ok=True)
        nbformat.write(new_notebook(cells=all_cells, metadata=metadata), path)
        return path

    return make


def problems_of(*paths):
    with pytest.raises(NotebookError) as raised:
        check_notebooks(list(paths), PARAMETERS)
    return raised.value.problems


def outputs_of(path):
    notebook = nbformat.read(path, as_version=4)
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


# --------------------------------------------------------------------------- finding and checking


def test_notebooks_are_found_in_order_of_name_and_nothing_else_is(write, tmp_path):
    write("b"), write("a")
    (tmp_path / "notebooks" / "notes.md").write_text("-")
    (tmp_path / "notebooks" / ".ipynb_checkpoints").mkdir()
    (tmp_path / "notebooks" / ".ipynb_checkpoints" / "c.ipynb").write_text("{}")
    assert [path.name for path in find_notebooks(tmp_path)] == ["a.ipynb", "b.ipynb"]


def test_a_good_notebook_passes(write):
    longest = "\n".join(f"x{number} = {number}" for number in range(LONGEST_CELL))
    check_notebooks([write("good", new_markdown_cell("# A\nclass "), new_code_cell(longest))], [])
    check_notebooks([write("good", new_code_cell("classes = 1"))], PARAMETERS)


def test_a_misspelt_parameter_is_named_with_the_one_expected(write):
    (problem,) = problems_of(write("page", parameters='quater = "2026-27 Q2"\narea = ""'))
    assert problem.place == "notebooks/page.ipynb, cell 1 (parameters)"
    assert problem.found == "'quater' where 'quarter' is expected"
    assert problem.remedy == "rename it to 'quarter'"


def test_a_missing_parameter_is_told_how_to_add_it(write):
    (problem,) = problems_of(write("page", parameters='quarter = "2026-27 Q2"\nx = 1'))
    assert problem.found == "no parameter 'area'"
    assert problem.remedy == 'add: area: str = "..."'


def test_an_extra_parameter_of_the_notebooks_own_is_allowed(write):
    check_notebooks([write("page", parameters=f"{GOOD}\nbars: int = 12")], PARAMETERS)


def test_two_misspelt_parameters_are_both_named(write):
    problems = problems_of(write("page", parameters='quater = "2026-27 Q2"\naera = ""'))
    assert [problem.remedy for problem in problems] == [
        "rename it to 'quarter'",
        "rename it to 'area'",
    ]


def test_a_notebook_without_a_parameters_cell(write):
    (problem,) = problems_of(write("page", new_code_cell(GOOD), parameters=None))
    assert problem.place == "notebooks/page.ipynb"
    assert problem.found == "no cell tagged 'parameters'"
    assert problem.remedy == (
        "tag the one code cell that sets 'quarter' and 'area' with 'parameters'"
    )


def test_two_parameters_cells_are_one_too_many(write):
    second = new_code_cell(GOOD, metadata={"tags": ["parameters"]})
    (problem,) = problems_of(write("page", second))
    assert problem.found == "2 cells tagged 'parameters'"


def test_saved_outputs_are_refused_with_the_cells_number(write):
    saved = new_code_cell("1 + 1", outputs=[new_output("execute_result", {"text/plain": "2"})])
    (problem,) = problems_of(write("page", new_markdown_cell("-"), saved))
    assert problem.place == "notebooks/page.ipynb, cell 3"
    assert problem.found == "saved outputs"
    assert "clear all outputs" in problem.remedy


def test_a_cell_that_is_one_line_too_long(write):
    code = "\n".join(f"x{number} = {number}" for number in range(LONGEST_CELL + 1))
    (problem,) = problems_of(write("page", new_code_cell(code)))
    assert problem.place == "notebooks/page.ipynb, cell 2"
    assert problem.found == "31 lines of code (at most 30)"


@pytest.mark.parametrize("code", ["class Bee:\n    pass", "def f():\n    class Bee:\n        pass"])
def test_a_class_belongs_in_the_helpers(write, code):
    (problem,) = problems_of(write("page", new_code_cell(code)))
    assert (problem.found, problem.remedy) == ("a class", "move it into src/helpers")


@pytest.mark.parametrize("contents", ["", "not a notebook", "[]", '{"cells": 3}'])
def test_a_file_that_is_no_notebook(write, contents):
    path = write("page")
    path.write_text(contents, encoding="utf-8")
    (problem,) = problems_of(path)
    assert problem.place == "notebooks/page.ipynb"
    assert "cannot be read as a notebook" in problem.found


def test_a_notebook_that_names_no_language_is_checked_like_any_other(write):
    check_notebooks([write("page", metadata={})], PARAMETERS)


def test_problems_of_several_notebooks_are_all_told_at_once(write):
    saved = new_code_cell("1", outputs=[new_output("execute_result", {"text/plain": "1"})])
    problems = problems_of(
        write("one", parameters='quater = ""\narea = ""'),
        write("two"),
        write("three", saved, new_code_cell("class Bee: pass")),
        write("four", parameters=None),
    )
    assert [problem.place.split("/")[1].split(".")[0] for problem in problems] == [
        "one",
        "three",
        "three",
        "four",
    ]
    with pytest.raises(NotebookError, match=r"^4 notebook problems found\n"):
        raise NotebookError(problems)


# --------------------------------------------------------------------------------------- executing


LOOK = "import os\nprint(quarter, '|', area, '|', os.path.basename(os.getcwd()))"


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """Execute good and bad notebooks together; return the folder and the error."""
    root = tmp_path_factory.mktemp("executed")
    (root / "notebooks").mkdir()
    cells = {
        "a-good": [LOOK],
        "b-raises": ["x = 1", "def sting():\n    raise ValueError('no honey')", "sting()"],
        "c-good": [LOOK, "display({'text/html': '<p>bees</p>'}, raw=True)"],
        "d-raises": ["1 / 0", LOOK],
        "e-dies": ["import os", "os._exit(3)"],
        "f-elsewhere": [LOOK],
        "g-before": ["area['nothing'] = 0"],
    }
    paths = []
    for name, sources in cells.items():
        tagged = new_code_cell(GOOD, metadata={"tags": ["parameters"]})
        listed = [tagged, *map(new_code_cell, sources)]
        if name == "g-before":
            listed.reverse()
        for number, cell in enumerate(listed):
            cell["id"] = f"cell-{number}"
        # A notebook saved by somebody whose kernel has another name.
        kernel = {"kernelspec": {**PYTHON["kernelspec"], "name": "conda-env-bees-py"}}
        metadata = kernel if name == "f-elsewhere" else PYTHON
        paths.append(root / "notebooks" / f"{name}.ipynb")
        nbformat.write(new_notebook(cells=listed, metadata=metadata), paths[-1])
    with pytest.raises(NotebookError) as raised:
        execute_notebooks(paths, root / "out", VALUES, workers=2)
    return root / "out", raised.value


def test_every_notebook_that_fails_is_listed_in_order_of_name(executed):
    _, error = executed
    names = [problem.place.split("/")[1].split(".")[0] for problem in error.problems]
    assert names == ["b-raises", "d-raises", "e-dies", "g-before"]
    assert str(error).startswith("4 notebook problems found\n")


def test_a_notebook_that_raises_names_the_cell_and_shows_its_last_lines(executed):
    _, error = executed
    problem = error.problems[0]
    # Counted as the notebook has them, without the cell that the run puts in.
    assert problem.place == "notebooks/b-raises.ipynb, cell 4"
    assert problem.found.startswith("ValueError: no honey\n")
    assert "raise ValueError('no honey')" in problem.found
    assert "sting()" in problem.found
    assert "\x1b" not in problem.found
    assert "make lab" in problem.remedy
    assert error.problems[3].place == "notebooks/g-before.ipynb, cell 1"


def test_what_is_shown_of_a_failure_is_short(executed):
    _, error = executed
    for problem in error.problems:
        assert len(problem.found.splitlines()) <= 9


def test_a_kernel_that_dies_is_a_problem_of_its_notebook(executed):
    _, error = executed
    problem = error.problems[2]
    assert problem.place.startswith("notebooks/e-dies.ipynb")
    assert "died" in problem.found.lower()


def test_the_others_are_executed_all_the_same_with_the_values_given(executed):
    out, _ = executed
    for name in ("a-good", "c-good"):
        text = outputs_of(out / f"{name}.ipynb")[0].text
        assert text == "2022-23 Q4 | Beeshire | notebooks\n"
    assert outputs_of(out / "c-good.ipynb")[1].data["text/html"] == "<p>bees</p>"


def test_a_notebook_is_run_by_this_projects_python_whatever_kernel_it_was_saved_with(executed):
    out, _ = executed
    assert outputs_of(out / "f-elsewhere.ipynb")[0].text.startswith("2022-23 Q4 | Beeshire")


def test_what_was_executed_says_nothing_of_when_and_where(executed):
    out, _ = executed
    text = (out / "a-good.ipynb").read_text(encoding="utf-8")
    assert str(out) not in text
    notebook = json.loads(text)
    assert "papermill" not in notebook["metadata"]
    for cell in notebook["cells"]:
        assert not {"papermill", "execution"} & set(cell["metadata"])
    ids = [cell["id"] for cell in notebook["cells"]]
    assert ids == ["cell-0", "injected-1", "cell-1"]


def test_executing_leaves_the_notebooks_themselves_as_they_were(executed):
    out, _ = executed
    for path in sorted((Path(out).parent / "notebooks").glob("*.ipynb")):
        assert outputs_of(path) == []


def test_no_notebooks_at_all_make_none(tmp_path):
    assert execute_notebooks([], tmp_path / "out", VALUES) == []
