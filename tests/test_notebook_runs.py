"""Executing notebooks: what each is given, and what is told of one that fails, hangs or dies."""

import json
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_raw_cell

from helpers.limits import Limits
from helpers.notebook_runs import AtCell, Job, execute_notebooks
from helpers.workers import Lost, Step

VALUES = {"quarter": "2022-23 Q4", "area": "Beeshire"}
PARAMETERS = 'quarter: str = "2026-27 Q2"  # reporting quarter\narea: str = ""  # empty: usual'
PYTHON = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}
LOOK = "import os\nprint(quarter, '|', area, '|', os.path.basename(os.getcwd()))"
STYLED = """
import pandas as pd
pd.DataFrame({"bees": [1, 2]}).style.highlight_max(color="gold")
"""

CELLS = {
    "hangs": ["import time", "time.sleep(120)"],
    "good": [LOOK, "display({'text/html': '<p>bees</p>'}, raw=True)"],
    "raises": ["x = 1", "def sting():\n    raise ValueError('no honey')", "sting()"],
    "dies": ["import os", "os._exit(3)"],
    "early": ["area['nothing'] = 0"],
    "greedy": ["x = bytearray(4 * 1024**3)"],
    "ends-itself": ["raise SystemExit(0)", LOOK],
    "by-chance": ["object()", STYLED, LOOK],
}
GOOD = ["good", "by-chance"]

LINUX = sys.platform == "linux"
# The tests' own process has threads, so it is only forked if told to; none of them holds a lock.
FORK = {"forked": True} if LINUX else {}
FORK |= {"spawned": False, "kernel": None}
SECONDS = 3
"""For a cell of the notebook that hangs, and of no other: on a busy machine the first error that
is formatted, or an import of pandas, can take as long."""

engines = pytest.mark.parametrize("engine", FORK)


def outputs_of(path):
    notebook = nbformat.read(path, as_version=4)
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """Execute good and bad notebooks together, once with each engine.

    Returns a function from the engine to the folder, outcomes by name, and what was told.
    """
    known: dict[str, tuple[Path, dict, list]] = {}
    root = tmp_path_factory.mktemp("executed")
    (root / "notebooks").mkdir()
    paths = {}
    for name, sources in CELLS.items():
        tagged = new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})
        listed = [tagged, *map(new_code_cell, sources)]
        if name == "early":
            listed.reverse()
        listed.insert(0, new_raw_cell(f"---\ntitle: {name}\n---"))
        for number, cell in enumerate(listed):
            cell["id"] = f"cell-{number}"
        # A notebook saved by somebody whose kernel has another name.
        kernel = {"kernelspec": {**PYTHON["kernelspec"], "name": "conda-env-bees-py"}}
        metadata = kernel if name == "good" else PYTHON
        paths[name] = root / "notebooks" / f"{name}.ipynb"
        nbformat.write(new_notebook(cells=listed, metadata=metadata), paths[name])

    def by(engine):
        if engine not in known:
            out, told = root / engine, []
            out.mkdir()
            kind = "kernel" if engine == "kernel" else "waggle"
            # Which cell it is that raised is not the kernel's to say.
            names = [name for name in CELLS if (engine, name) != ("kernel", "early")]
            outcomes = {}
            for chosen, seconds in ((names[:1], SECONDS), (names[1:], Limits.seconds)):
                jobs = [
                    Job(paths[name], out / f"{name}.ipynb", root / "tables", VALUES, kind)
                    for name in chosen
                ]
                found = execute_notebooks(
                    jobs,
                    workers=2,
                    limits=Limits(seconds, mebibytes=3072),
                    tell=lambda job, what: told.append((job.notebook.stem, what)),
                    fork=FORK[engine],
                )
                outcomes |= zip(chosen, found, strict=True)
            known[engine] = out, outcomes, told
        return known[engine]

    return by


@engines
def test_the_notebooks_that_fail_are_told_and_the_others_are_executed(executed, engine):
    _, outcomes, _ = executed(engine)
    limited = {name for name in outcomes if LINUX or name != "greedy"}
    failed = {name for name in limited if outcomes[name].problem}
    assert failed == limited - set(GOOD)
    for name in failed:
        assert outcomes[name].problem.place.startswith(f"notebooks/{name}.ipynb, cell ")


@engines
def test_a_notebook_that_raises_names_the_cell_and_shows_its_last_lines(executed, engine):
    _, outcomes, _ = executed(engine)
    problem = outcomes["raises"].problem
    # Counted as the notebook has them, without the cell that the run puts in.
    assert problem.place == "notebooks/raises.ipynb, cell 5"
    assert problem.found.startswith("ValueError: no honey\n")
    assert "raise ValueError('no honey')" in problem.found
    assert "sting()" in problem.found
    assert "\x1b" not in problem.found
    assert "make lab" in problem.remedy
    assert len(problem.found.splitlines()) <= 9


def test_a_cell_before_the_parameters_is_counted_as_the_notebook_has_it(executed):
    _, outcomes, _ = executed("spawned")
    assert outcomes["early"].problem.place == "notebooks/early.ipynb, cell 2"


@engines
def test_a_notebook_whose_process_dies_names_the_cell(executed, engine):
    problem = executed(engine)[1]["dies"].problem
    assert problem.place == "notebooks/dies.ipynb, cell 4"
    assert "died" in problem.found.lower()


@engines
def test_a_cell_that_hangs_is_ended_and_told(executed, engine):
    problem = executed(engine)[1]["hangs"].problem
    assert problem.place == "notebooks/hangs.ipynb, cell 4"
    assert problem.found == f"it took more than {SECONDS} seconds"
    assert "--cell-seconds" in problem.remedy


@engines
def test_how_long_a_notebook_was_at_work_is_known_of_one_that_was_stopped_too(executed, engine):
    outcomes = executed(engine)[1]
    assert outcomes["hangs"].seconds >= SECONDS
    assert all(outcome.seconds > 0 for outcome in outcomes.values())


def test_a_silence_between_cells_is_no_cells_and_no_option_allows_more_time(tmp_path, monkeypatch):
    def silent(do, jobs, workers, limits, fork):
        yield Step(0, AtCell(2, 3))
        yield Lost(0, AtCell(2, 3), "it took more than 300 seconds", in_step=False, seconds=301)

    monkeypatch.setattr("helpers.notebook_runs.work_through", silent)
    job = Job(tmp_path / "bees.ipynb", tmp_path / "out.ipynb", tmp_path, VALUES)
    (outcome,) = execute_notebooks([job], fork=False)
    assert outcome.problem.place == "notebooks/bees.ipynb"
    assert "more than 300 seconds before, between or after its cells" in outcome.problem.found
    assert "--workers 1" in outcome.problem.remedy
    assert "--cell-seconds" not in outcome.problem.remedy
    assert outcome.seconds == 301


@pytest.mark.skipif(not LINUX, reason="the limit is Linux's")
@engines
def test_a_cell_that_needs_too_much_memory_is_told(executed, engine):
    problem = executed(engine)[1]["greedy"].problem
    assert problem.place == "notebooks/greedy.ipynb, cell 3"
    assert problem.found == "it needed more memory than a notebook may have"
    assert "--memory" in problem.remedy


@engines
def test_a_notebook_that_ends_itself_is_not_taken_for_whole(executed, engine):
    problem = executed(engine)[1]["ends-itself"].problem
    assert problem.place == "notebooks/ends-itself.ipynb, cell 3"
    assert problem.found == "the cell ends the notebook (SystemExit)"


@engines
def test_each_notebook_is_given_the_values_and_runs_in_its_own_folder(executed, engine):
    out, _, _ = executed(engine)
    good, by_chance = (outputs_of(out / f"{name}.ipynb") for name in GOOD)
    assert good[0].text == by_chance[-1].text == "2022-23 Q4 | Beeshire | notebooks\n"
    assert good[1].data["text/html"] == "<p>bees</p>"


@engines
def test_a_notebook_is_run_by_this_projects_python_whatever_kernel_it_was_saved_with(
    executed, engine
):
    out, _, _ = executed(engine)
    assert outputs_of(out / "good.ipynb")[0].text.startswith("2022-23 Q4 | Beeshire")


@engines
def test_each_cell_and_each_outcome_is_told(executed, engine):
    _, outcomes, told = executed(engine)
    # The raw cell, the parameters, the cell that the run adds, the cells.
    of_good = [what for name, what in told if name == "good"]
    assert of_good == [*(AtCell(n, 5) for n in (1, 2, 3, 4, 5)), outcomes["good"]]
    assert [name for name, what in told if what in outcomes.values()]
    assert {name for name, what in told if not isinstance(what, AtCell)} == set(outcomes)


@engines
def test_what_was_executed_says_nothing_of_when_and_where(executed, engine):
    out, _, _ = executed(engine)
    text = (out / "good.ipynb").read_text(encoding="utf-8")
    assert str(out) not in text
    notebook = json.loads(text)
    assert "papermill" not in notebook["metadata"]
    for cell in notebook["cells"]:
        assert not {"papermill", "execution"} & set(cell["metadata"])
    ids = [cell["id"] for cell in notebook["cells"]]
    assert ids == ["cell-0", "cell-1", "injected-2", "cell-2", "cell-3"]


@engines
def test_addresses_of_objects_and_ids_of_styled_tables_are_the_same_at_every_run(executed, engine):
    out, _, _ = executed(engine)
    value, styled, _ = outputs_of(out / "by-chance.ipynb")
    assert value.data["text/plain"] == "<object at 0x…>"
    assert 'id="T_cell_4_0"' in styled.data["text/html"]
    assert "#T_cell_4_0_row1_col0 {\n  background-color: gold;" in styled.data["text/html"]


def test_every_engine_makes_the_same_notebooks(executed):
    folders = [executed(engine)[0] for engine in FORK]
    for name in GOOD:
        made = {(folder / f"{name}.ipynb").read_bytes() for folder in folders}
        assert len(made) == 1, name


def test_executing_leaves_the_notebooks_themselves_as_they_were(executed):
    out, _, _ = executed("spawned")
    for path in sorted((Path(out).parent / "notebooks").glob("*.ipynb")):
        assert outputs_of(path) == []


def test_what_a_warm_notebook_read_is_known_and_what_a_kernel_read_is_not(executed):
    assert executed("spawned")[1]["good"].reads == []
    assert executed("kernel")[1]["good"].reads is None


def test_no_notebooks_at_all_make_none():
    assert execute_notebooks([]) == []
