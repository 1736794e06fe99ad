"""The warm engine: that cells put out what a kernel's do, and that notebooks stay apart."""

import os
import random
import sys
from pathlib import Path

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError

from helpers.engine import KernelEngine, WarmEngine, isolated, opened_files

# What a kernel puts out is not written here: both engines are asked.
CELLS = {
    "text": "print('one'); print('two')",
    "a value": "6 * 7",
    "no value": "x = 3",
    "nothing": "",
    "a comment": "# nothing here",
    "several values, the last is shown": "1\n2\n3",
    "a semicolon hides a value": "6 * 7;",
    "an earlier value": "_ + Out[2]",
    "a table": "import pandas as pd\npd.DataFrame({'bees': [1, 2]}, index=['a', 'b'])",
    "html": "from IPython.display import HTML, Markdown, SVG, display\nHTML('<p>bees</p>')",
    "several displays": "display(HTML('<b>1</b>'), Markdown('*2*'))\nprint('between')\n3",
    "metadata": "display({'text/html': '<i>x</i>'}, raw=True, metadata={'text/html': {'a': 1}})",
    "a display that is updated later": "shown = display('first', display_id='one')",
    "the update": "shown.update('second')",
    "cleared": "from IPython.display import clear_output as c\nprint('gone'); c(); print('stays')",
    "cleared when the next comes": "print('gone'); c(wait=True); print('stays')",
    "a figure of pyplot": "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2]);",
    "the figure was closed": "plt.get_fignums()",
    "a figure as a value": "fig, ax = plt.subplots()\nax.bar([1, 2], [3, 4])\nfig",
    "a magic": "%%capture said\nprint('held back')",
    "a shell command": "!echo from a program",
    # Without a value: a kernel hears what a program prints before it or after it, as chance has it.
    "a program's output": "import subprocess\ndone = subprocess.run(['echo', 'from a program'])",
    "top-level await": "import asyncio\nawait asyncio.sleep(0, 'slept')",
    "a warning": "import warnings\nwarnings.filterwarnings('ignore')\nwarnings.warn('unheard')",
    "the current folder": "import os\nos.path.basename(os.getcwd())",
    "a module beside the notebook": "import neighbour\nneighbour.NAME",
    "in its own main module": "import __main__\n__main__.x, __name__",
    "no terminal": "import sys\nsys.stdout.isatty()",
    "a dictionary and its repr": "{'b': 1, 'a': {2, 1}}",
    "unicode": "print('bees 🐝 – café'); 'Größe'",
    "carriage returns": "print('10%\\r20%')",
    "a very long line": "print('x' * 100_000)",
}


@pytest.fixture
def notebook(tmp_path):
    """Write a notebook of some cells in a folder of its own; return its path."""

    def make(*sources, name="page"):
        folder = tmp_path / "notebooks"
        folder.mkdir(exist_ok=True)
        (folder / "neighbour.py").write_text("NAME = 'a neighbour'\n")
        cells = [new_code_cell(source, id=f"cell-{n}") for n, source in enumerate(sources)]
        kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
        path = folder / f"{name}.ipynb"
        nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
        return path

    return make


def executed(path, engine="waggle", **options):
    """Execute a notebook; return its cells' outputs, without what differs by chance."""
    out = path.with_suffix(f".{engine}.ipynb")
    made = papermill.execute_notebook(
        str(path),
        str(out),
        engine_name=engine,
        cwd=str(path.parent),
        progress_bar=False,
        request_save_on_cell_execute=False,
        **options,
    )
    return [(cell.get("execution_count"), joined(cell.get("outputs"))) for cell in made.cells]


def joined(outputs):
    """Join text of one stream, which a kernel sends in pieces as its buffers are emptied."""
    whole = []
    for output in outputs:
        if whole and output.get("name") and output.get("name") == whole[-1].get("name"):
            whole[-1].text += output.text
        else:
            whole.append(output)
    return whole


def test_papermill_finds_the_engine_by_itself():
    assert papermill_engines.get_engine("waggle") is WarmEngine


@pytest.fixture(scope="module")
def by_both(tmp_path_factory):
    folder = tmp_path_factory.mktemp("both") / "notebooks"
    folder.mkdir()
    (folder / "neighbour.py").write_text("NAME = 'a neighbour'\n")
    cells = [new_code_cell(s, id=f"cell-{n}") for n, s in enumerate(CELLS.values())]
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    path = folder / "all.ipynb"
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTEST_CURRENT_TEST")  # a kernel that sees it does not look at programs
        told = {"waggle": [], KernelEngine.registered(): []}
        return {e: executed(path, e, before_cell=told[e].append) for e in told}, told


@pytest.mark.parametrize("number", range(len(CELLS)), ids=list(CELLS))
def test_a_cell_puts_out_what_it_does_in_a_kernel(by_both, number):
    warm, kernel = (outputs[number] for outputs in by_both[0].values())
    assert warm == kernel


def test_the_cells_that_are_compared_put_something_out(by_both):
    silent = {"no value", "nothing", "a comment", "a semicolon hides a value", "the update"}
    silent |= {"a warning", "a magic"}
    for (name, _), (_, outputs) in zip(CELLS.items(), by_both[0]["waggle"], strict=True):
        assert bool(outputs) == (name not in silent), name


def test_text_and_errors_stand_in_the_order_in_which_they_were_printed(notebook):
    # A kernel sends them in the order in which its buffers are emptied.
    code = "import sys\nprint(1)\nprint(2, file=sys.stderr)\nprint(3)"
    ((_, outputs),) = executed(notebook(code))
    assert [(output.name, output.text) for output in outputs] == [
        ("stdout", "1\n"),
        ("stderr", "2\n"),
        ("stdout", "3\n"),
    ]


def test_a_cell_that_raises_ends_the_notebook_with_its_error(notebook):
    path = notebook("print('before')", "1 / 0", "print('after')")
    with pytest.raises(PapermillExecutionError) as raised:
        executed(path)
    assert (raised.value.ename, raised.value.evalue) == ("ZeroDivisionError", "division by zero")
    cells = nbformat.read(path.with_suffix(".waggle.ipynb"), as_version=4).cells
    assert [c.outputs for c in cells if c.source == "print('after')"] == [[]]


def test_each_cell_is_told_before_it_runs_and_the_end_of_the_last(by_both):
    warm, kernel = by_both[1].values()
    assert warm == [*range(len(CELLS)), None]
    assert kernel == [told for number in range(len(CELLS)) for told in (number, None)]


def test_the_end_of_the_last_cell_is_told_where_it_raises(notebook):
    told = []
    with pytest.raises(PapermillExecutionError):
        executed(notebook("1", "1 / 0", "3"), before_cell=told.append)
    assert told == [0, 1, None]


@pytest.mark.parametrize("code", ["exit()", "quit()", "raise SystemExit(3)"])
def test_a_notebook_that_ends_itself_leaves_this_process_alone(notebook, code):
    with pytest.raises(PapermillExecutionError, match="SystemExit"):
        executed(notebook(code, "1"))


# -------------------------------------------------------------------------------------- isolation


def test_a_notebook_sees_no_variable_of_the_one_before(notebook):
    executed(notebook("bees = 3"))
    (_, outputs) = executed(notebook("'bees' in globals()", name="next"))[0]
    assert outputs[0].data["text/plain"] == "False"


def test_a_notebook_leaves_nothing_behind_in_its_process(notebook):
    import matplotlib
    import numpy
    import pandas

    dirty = """
import os, random, sys, warnings
import neighbour
import matplotlib, matplotlib.pyplot as plt, numpy as np, pandas as pd
os.environ["BEES"] = "1"; os.environ.pop("PATH"); os.chdir("/")
sys.path.insert(0, "/nowhere"); sys.argv[:] = ["bees"]
random.seed(1); np.random.seed(1)
warnings.simplefilter("error")
plt.rcParams["font.size"] = 99; plt.figure()
pd.set_option("display.max_rows", 1)
sys.stdout = None
"""

    def state():
        return (
            dict(os.environ),
            os.getcwd(),
            list(sys.path),
            list(sys.argv),
            random.getstate(),
            numpy.random.get_state()[1].tolist(),
            list(__import__("warnings").filters),
            dict(matplotlib.rcParams),
            matplotlib.get_backend(),
            pandas.get_option("display.max_rows"),
            "neighbour" in sys.modules,
            sys.modules["__main__"],
            (sys.stdin, sys.stdout, sys.stderr),
        )

    before = state()
    executed(notebook(dirty))
    for was, now in zip(before, state(), strict=True):
        assert now == was
    import matplotlib.pyplot as plt

    assert plt.get_fignums() == []


def test_a_second_notebook_shows_its_figures_as_the_first_does(notebook):
    path = notebook("import matplotlib.pyplot as plt\nplt.plot([1, 3, 2]);")
    first, second = executed(path)[0][1], executed(path)[0][1]
    assert "image/png" in first[0].data
    assert second == first


def test_random_numbers_are_not_those_of_the_notebook_before(notebook):
    path = notebook("import random, numpy\n(random.random(), numpy.random.random())")
    first, second = executed(path)[0][1], executed(path)[0][1]
    assert first[0].data != second[0].data


def test_the_engine_may_be_entered_again_after_an_error():
    with pytest.raises(ValueError), isolated():
        os.environ["BEES"] = "1"
        raise ValueError
    assert "BEES" not in os.environ


# --------------------------------------------------------------------------------- what it opened


def test_files_that_are_read_are_listed_and_those_that_are_written_are_not(tmp_path):
    project, other = tmp_path / "project", tmp_path / "other"
    for folder in (project, other, project / ".venv"):
        folder.mkdir()
    for path in (project / "a.csv", project / "b.csv", other / "c.csv", project / ".venv" / "d"):
        path.write_text("x\n1\n")
    import pandas

    with opened_files(project) as files:
        pandas.read_csv(project / "a.csv")
        Path(project / "new.txt").write_text("made here")
        (other / "c.csv").read_text()
        (project / ".venv" / "d").read_bytes()
    assert files == [str(project / "a.csv")]


def test_a_file_opened_afterwards_is_not_listed(tmp_path):
    (tmp_path / "a").write_text("")
    with opened_files(tmp_path) as files:
        pass
    (tmp_path / "a").read_text()
    assert files == []


def test_tables_that_are_noted_row_by_row_are_not_listed_as_files(tmp_path):
    from helpers.reads import reading_tables

    (tmp_path / "a").write_text("")
    (tmp_path / "b").write_text("")
    with opened_files(tmp_path) as files:
        with reading_tables():
            (tmp_path / "a").read_text()
        (tmp_path / "b").read_text()
    assert files == [str(tmp_path / "b")]
