"""Notebooks: which are found, and what is refused before any of them runs."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.errors import NotebookError
from helpers.notebook_checks import LONGEST_CELL, check_notebooks, find_notebooks

PARAMETERS = ["quarter", "area"]
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
