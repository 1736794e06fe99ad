"""The stages of a run: tables, notebooks, pages, site. Each makes again only what changed."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from helpers.definitions import Definitions, Quarter
from helpers.digests import digest, digest_of, digests_below
from helpers.editions import TABLE, found_elsewhere
from helpers.errors import NotebookError, PageError, Problem, RunError, WaggleError
from helpers.limits import Limits
from helpers.manifest import Executed, Inputs, Made, MadeEdition, Manifest, is_prose
from helpers.notebook_runs import AtCell, Job, Outcome
from helpers.progress import At, Ended, Summary, Tell
from helpers.project import Places
from helpers.reads import Read, Tables
from helpers.record import record, write_record
from helpers.same_words import write_same_words
from helpers.workers import Done, Lost, work_through


@dataclass(frozen=True)
class Edition:
    """One quarter's account, and where its pages stand.

    Parameters
    ----------
    name
        Folder of its pages below ``reports/``, and below the site; empty: the root.
    pages
        The folder itself.
    """

    name: str
    quarter: Quarter
    area: str
    pages: Path


# ----------------------------------------------------------------------------------------- tables


def make_tables(
    definitions: Definitions,
    inputs: Inputs,
    last: Manifest,
    processed: Path,
    workers: int | None,
    meanwhile: Callable[[], None],
    limits: Limits | None = None,
) -> tuple[dict[str, Made], list[str]]:
    """Make the tables of every quarter whose figures changed.

    Every quarter's are made, whichever is asked for: an account looks back at the quarter before
    and at the time of the plan's own report.

    Parameters
    ----------
    meanwhile
        Called while other processes make the tables.
    limits
        Time and memory for each quarter's tables.

    Returns
    -------
    dict and list
        What the tables of each quarter were made from, by the quarter's folder; and the quarters
        whose tables were made now.
    """
    quarters = definitions.quarters.quarters
    made_from = {
        quarter.slug: digest_of([inputs.code, _published_by(quarter, definitions, inputs)])
        for quarter in quarters
    }
    made = {slug: last.tables.get(slug, Made()) for slug in made_from}
    stale = [
        quarter
        for quarter in quarters
        if not made[quarter.slug].files
        or not made[quarter.slug].stands(made_from[quarter.slug], processed / quarter.slug)
    ]
    if stale:
        from helpers.sources import read_observations

        do = partial(_write_tables, definitions, read_observations(definitions), processed)
        for heard in work_through(do, stale, workers or os.cpu_count() or 1, limits):
            if isinstance(heard, Lost):
                place = f"the tables of {stale[heard.job].quarter}"
                raise RunError([Problem(place, heard.reason, heard.remedy)])
            if not isinstance(heard, Done):
                meanwhile()
            elif heard.result is not None:
                raise heard.result
    for quarter in stale:
        folder = processed / quarter.slug
        tables = [path for path in sorted(folder.glob("*.csv")) if path.name != TABLE]
        files = {path.name: digest(path) for path in tables}
        made[quarter.slug] = Made(made_from[quarter.slug], files)
    return made, [quarter.quarter for quarter in stale]


def _published_by(quarter: Quarter, definitions: Definitions, inputs: Inputs) -> dict[str, str]:
    """Return the digests of the figures of the sources that were published by a quarter's date."""
    return {
        name: made
        for name, made in inputs.figures.items()
        if (source := definitions.sources.get(name.split("/")[-2])) is None
        or source.published <= quarter.as_at
    }


def _write_tables(definitions, observations, processed, quarter, tell) -> WaggleError | None:
    """Write a quarter's tables, in a process of its own; return what went wrong."""
    from helpers.quarter_tables import write_quarter_tables

    tell("begun")
    return gone_wrong(
        processed, lambda: write_quarter_tables(definitions, observations, quarter, processed)
    )


def gone_wrong(place: Path, write: Callable[[], None]) -> WaggleError | None:
    """Write files in a worker's process; return what went wrong, for the run to raise."""
    try:
        write()
    except WaggleError as error:
        return error
    except OSError as error:
        return WaggleError(f"{error.filename or place}: {error.strerror}")
    return None


# -------------------------------------------------------------------------------------- notebooks


@dataclass(frozen=True)
class Task:
    """A notebook of an edition that has to be executed."""

    edition: Edition
    job: Job
    made_from: str

    @property
    def name(self) -> str:
        """The notebook's name in messages and records: ``2026-27 Q2/ambition-1``."""
        return f"{self.edition.quarter.quarter}/{self.job.notebook.stem}"


def plan_notebooks(
    edition: Edition,
    notebooks: Sequence[Path],
    engine: str,
    inputs: Inputs,
    last: Manifest,
    tables: Tables,
    staged: Path,
) -> tuple[list[Task], dict[str, Executed]]:
    """Tell the notebooks of an edition that have to be executed from those that stand."""
    values = {"quarter": edition.quarter.quarter, "area": edition.area}
    before = last.editions.get(edition.name, MadeEdition()).notebooks
    processed = tables.processed
    tasks, unchanged = [], {}
    for path in notebooks:
        folders = path.parent.parent, processed
        made_from = digest_of([inputs.notebooks[path.stem], values, engine, inputs.code])
        was = before.get(path.stem)
        if was and was.stands(made_from, edition.pages / path.name, tables, folders):
            unchanged[path.stem] = was
            continue
        output = staged / edition.name / path.name
        if found := found_elsewhere(edition, path.stem, made_from, last, tables, folders):
            unchanged[path.stem], there = found
            shutil.copyfile(there, output)
            continue
        job = Job(path, output, processed, values, engine)
        tasks.append(Task(edition, job, made_from))
    return tasks, unchanged


def execute(
    tasks: Sequence[Task],
    executor: Callable[..., list[Outcome]],
    root: Path,
    inputs: Inputs,
    tables: Tables,
    tell: Tell,
    summary: Summary,
) -> list[Executed]:
    """Execute notebooks, those of all editions together; return them in the order given.

    Parameters
    ----------
    executor
        Called with the jobs and with a function to tell how they go; as
        `helpers.notebook_runs.execute_notebooks`.

    Raises
    ------
    NotebookError
        With every notebook that raised, its cell and the last lines of what went wrong. The
        others are executed all the same.
    """
    by_job = {task.job.output: task for task in tasks}

    def told(job: Job, what: AtCell | Outcome) -> None:
        task = by_job[job.output]
        quarter, notebook = task.edition.quarter.quarter, job.notebook.stem
        if isinstance(what, AtCell):
            tell(At(quarter, notebook, what.number, what.of))
            return
        seconds = round(what.seconds, 3)
        tell(Ended(quarter, notebook, seconds, what.problem is not None))
        if seconds:  # not known where a cluster's worker died
            summary.slowest[task.name] = seconds

    outcomes = executor([task.job for task in tasks], tell=told) if tasks else []
    by_time = sorted(summary.slowest.items(), key=lambda entry: -entry[1])
    summary.slowest = dict(by_time)
    problems = [outcome.problem for outcome in outcomes if outcome.problem]
    for task, outcome in zip(tasks, outcomes, strict=True):
        (summary.failed if outcome.problem else summary.executed).append(task.name)
    if problems:
        raise NotebookError(sorted(problems, key=lambda problem: problem.place))
    covered = {str(root / "data" / "raw" / name) for name in inputs.definitions}
    covered |= {str(Path(__file__).parent / name) for name in inputs.helpers}
    return [_executed(*one, covered, tables) for one in zip(tasks, outcomes, strict=True)]


def _executed(task: Task, outcome: Outcome, covered: set[str], tables: Tables) -> Executed:
    read, files = outcome.reads, outcome.files
    if read is None:  # not known, so everything there is
        tables_there = sorted(task.job.processed.glob("*/*.csv"))
        read = [Read(f"{path.parent.name}/{path.stem}") for path in tables_there]
        beside, root = task.job.notebook.parent, task.job.notebook.parents[1]
        there = [*beside.rglob("*"), *(root / "data" / "raw").rglob("*")]
        files = sorted(str(path) for path in there if path.is_file())
    return Executed(
        made_from=task.made_from,
        reads=[[*one, sys.intern(tables.digest(one))] for one in read],
        files={name: digest(Path(name)) for name in files if name not in covered},
        output=digest(task.job.output),
    )


def read_durations(where: Places) -> dict[str, float]:
    """Read how long each notebook took the last time; kept apart from all that is published."""
    try:
        kept = json.loads((where.workshop / "durations.json").read_text(encoding="utf-8"))
        return {str(name): float(seconds) for name, seconds in kept.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def write_durations(durations: dict[str, float], where: Places) -> None:
    """Write how long each notebook took."""
    text = json.dumps(durations, indent=1, sort_keys=True)
    (where.workshop / "durations.json").write_text(text, encoding="utf-8")


# ------------------------------------------------------------------------------------------ pages


def put_pages(
    definitions: Definitions,
    edition: Edition,
    notebooks: dict[str, Executed],
    inputs: Inputs,
    tables: Made,
    was: MadeEdition,
    staged: Path,
) -> MadeEdition:
    """Put executed notebooks and files for download beside the prose pages.

    Parameters
    ----------
    tables
        Of the edition's quarter.
    was
        The edition as the last run made it.
    staged
        The folder of the run's new notebooks, and of the files for download where they were made
        again (`helpers.download_runs`).
    """
    pages, fresh = edition.pages, staged / edition.name
    if (fresh / "data").exists():
        pages.mkdir(parents=True, exist_ok=True)
        if (pages / "data").exists():
            shutil.rmtree(pages / "data")
        shutil.move(fresh / "data", pages / "data")
    of_this = record(
        edition.quarter.quarter, str(edition.quarter.as_at), edition.area, inputs, tables.files
    )
    write_record(of_this, pages / "data" / "record.json")
    write_same_words(definitions.same_words, pages / "data" / "same-words.json")
    if pages != definitions.root / "reports":
        copy_prose_pages(definitions.root, pages)
    for old in pages.glob("*.ipynb"):
        if old.stem not in notebooks:
            old.unlink()
    for path in sorted(fresh.glob("*.ipynb")):
        shutil.move(path, pages / path.name)
    data = Made(downloads_made_from(tables, edition.area), digests_below(pages / "data"))
    return MadeEdition(notebooks, data, was.pages)


def downloads_made_from(tables: Made, area: str) -> str:
    """Return one digest of all that the files for download of an edition are made from."""
    return digest_of([tables.made_from, tables.files, area])


def write_downloads(
    definitions: Definitions, edition: Edition, processed: Path, data: Path
) -> None:
    """Write the files for download: the area's assessments, the other tables, the calculations.

    Then the tables in other formats (`helpers.downloads`).
    """
    import pandas as pd

    from helpers.downloads.files import write_other_formats
    from helpers.observations import write_table
    from helpers.quarter_tables import write_calculations, write_calendar

    folder = processed / edition.quarter.slug
    assessments = pd.read_csv(folder / "assessments.csv", dtype=str, keep_default_na=False)
    write_table(assessments[assessments["area"] == edition.area], data / "assessments.csv")
    for name in ("observations", "milestones", "data_quality"):
        shutil.copy(folder / f"{name}.csv", data / f"{name}.csv")
    write_calculations(definitions, folder, edition.quarter, edition.area, data.parent)
    write_calendar(definitions, folder, edition.quarter, edition.area, data)
    write_other_formats(definitions, edition.quarter, edition.area, data)


def copy_prose_pages(root: Path, target: Path) -> None:
    """Copy what of ``reports/`` is written by hand: settings, styles and prose pages.

    What an earlier run copied and is no longer there goes from the copy too.
    """
    reports = root / "reports"
    for path in [path for path in target.rglob("*") if path.is_file()]:
        name = path.relative_to(target).as_posix()
        if is_prose(name) and not (reports / name).is_file():
            path.unlink()
    for path in sorted(reports.rglob("*")):
        name = path.relative_to(reports).as_posix()
        if path.is_file() and is_prose(name):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target / name)


# ------------------------------------------------------------------------------------------- site


def render(
    folders: dict[str, Path], made: dict[str, MadeEdition], site: Path, summary: Summary
) -> dict[str, str]:
    """Render the pages of every edition into a fresh folder, and swap it in for the last site.

    Parameters
    ----------
    folders
        The folder of each edition's pages, by its name. What is known of its rendered pages is
        kept in `made`.

    Returns
    -------
    dict
        The digest of every file of the site.

    Raises
    ------
    PageError
        Where a page cannot be rendered alike by both renderers, or a link leads nowhere. The site
        that was there stays.
    RenderError
        Where a page cannot be read, or the search index cannot be made. The site that was there
        stays.
    """
    from helpers.site.checks import check_pages, check_site
    from helpers.site.publish import prepare, publish
    from helpers.site.render import quarto_available, render_site, render_with_quarto
    from helpers.site.rendered import Rendered
    from helpers.site.search import put_search_index

    last_index = made[""].pages.get("search") if "" in made else None
    last = {
        name: Rendered.from_json(site / name, made[name].pages) if name in made else None
        for name in folders
    }
    problems = [problem for name in folders for problem in check_pages(folders[name], last[name])]
    if problems:
        raise PageError(problems)
    fresh = prepare(site)
    try:
        facts = {}
        for name, folder in sorted(folders.items()):
            if quarto_available():
                rendered = render_with_quarto(folder, fresh / name)
            else:
                rendered = render_site(folder, fresh / name, last[name])
            below = f"{name}/" if name else ""
            facts |= {f"{below}{address}": found for address, found in rendered.facts.items()}
            known = made.setdefault(name, MadeEdition())
            known.pages = rendered.as_json()
            if name == "":  # the other editions are of older quarters, and are not searched
                pages = {address: page.output for address, page in rendered.pages.items()}
                known.pages["search"] = put_search_index(fresh, pages, site, last_index)
            summary.rendered += len(rendered.made)
            summary.copied += len(rendered.pages) - len(rendered.made)
        # All at once: pages of one quarter link to those of another.
        if problems := check_site(fresh, facts):
            raise PageError(problems)
        files = digests_below(fresh)
        publish(fresh, site)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return files
