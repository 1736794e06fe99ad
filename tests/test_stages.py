"""The stages of a run: what they tell where a process is lost, and what they remember."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from helpers import stages
from helpers.errors import NotebookError, Problem, RunError
from helpers.manifest import Manifest, read_inputs
from helpers.notebook_runs import Job, Outcome
from helpers.progress import Ended, Summary
from helpers.stages import Task, execute, make_tables
from helpers.workers import Lost


@pytest.mark.parametrize(("in_step", "option"), [(True, "--memory"), (False, "--workers 1")])
def test_tables_whose_process_is_lost_are_told_with_a_remedy_that_fits(
    small_project_tables, tmp_path, monkeypatch, in_step, option
):
    def lost(do, jobs, workers, limits):
        yield Lost(1, None, "it was lost", in_step)

    monkeypatch.setattr(stages, "work_through", lost)
    definitions, _ = small_project_tables
    inputs = read_inputs(definitions.root)
    with pytest.raises(RunError) as raised:
        make_tables(definitions, inputs, Manifest(), tmp_path, 1, lambda: None)
    (problem,) = raised.value.problems
    assert (problem.place, problem.found) == ("the tables of 2025-26 Q1", "it was lost")
    assert option in problem.remedy


def test_a_time_that_is_not_known_is_not_remembered():
    """Else the notebook would pass for the shortest, and be begun last the next time."""
    edition = SimpleNamespace(quarter=SimpleNamespace(quarter="2025-26 Q1"))
    jobs = [Job(Path(f"{name}.ipynb"), Path(name), Path(), {}) for name in ("known", "unknown")]
    problem = Problem("a notebook", "its worker died", "see what ended it")
    outcomes = [Outcome(problem, seconds=2), Outcome(problem)]

    def executor(jobs, tell):
        for job, outcome in zip(jobs, outcomes, strict=True):
            tell(job, outcome)
        return outcomes

    told, summary = [], Summary()
    tasks = [Task(edition, job, "made from") for job in jobs]
    with pytest.raises(NotebookError):
        execute(tasks, executor, Path(), None, None, told.append, summary)
    assert summary.slowest == {"2025-26 Q1/known": 2}
    assert told == [
        Ended("2025-26 Q1", "known", 2, failed=True),
        Ended("2025-26 Q1", "unknown", 0, failed=True),
    ]
