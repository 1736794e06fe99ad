"""The quarterly run, as one straight line: raw figures, tables, notebooks, pages, site."""

from __future__ import annotations

import csv
import math
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from helpers.definition_files import read_definitions
from helpers.definitions import Definitions, Quarter
from helpers.download_runs import writing_downloads
from helpers.editions import put_beside, write_lists
from helpers.errors import PageError, UsageError, WaggleError
from helpers.foreign import note_as_own, refuse_foreign
from helpers.indicator_pages.make import make_indicator_pages, put_indicator_pages
from helpers.lock import locked
from helpers.manifest import (
    Executed,
    Inputs,
    MadeEdition,
    Manifest,
    read_inputs,
    read_manifest,
    write_manifest,
)
from helpers.notebook_checks import check_notebooks, find_notebooks
from helpers.notebook_runs import execute_notebooks, warm_up
from helpers.progress import Planned, Said, Summary, Tell, pages_line, plain
from helpers.project import Places, places
from helpers.reads import Tables
from helpers.record import quarter_of
from helpers.request import ALL, BUILT_IN, Request, renderer
from helpers.stages import (
    Edition,
    Task,
    copy_prose_pages,
    execute,
    make_tables,
    plan_notebooks,
    put_pages,
    read_durations,
    render,
    write_durations,
)

PARAMETERS = ["quarter", "area"]
"""What every notebook takes from the run."""


def run(root: Path, request: Request, where: Places, tell: Tell = plain) -> Summary:
    """Make one quarter's account, or every quarter's, from the raw figures to the published site.

    Only what changed is made again (`helpers.manifest`).

    Raises
    ------
    WaggleError
        Before anything is replaced: the site that was there stays as it was.
    """
    from helpers.site.publish import recover

    definitions = read_definitions(root)
    quarters = chosen_quarters(definitions, request.quarter)
    area = chosen_area(definitions, request.area)
    if where != places(root):
        refuse_foreign(where)
    with locked(where.workshop):
        note_as_own(where)
        recover(where.site)
        summary = Summary()
        try:
            _run(definitions, quarters, area, request, where, tell, summary)
        finally:
            shutil.rmtree(where.workshop / "staged", ignore_errors=True)
            if summary.seconds:
                tell(summary)
    return summary


def _run(
    definitions: Definitions,
    quarters: list[Quarter],
    area: str,
    request: Request,
    where: Places,
    tell: Tell,
    summary: Summary,
) -> None:
    root = definitions.root
    there = read_manifest(where)
    last = Manifest() if request.again else there
    limits = request.limits.or_usual()
    inputs = read_inputs(root)
    notebooks = find_notebooks(root)
    to_execute = request.until != "assessments"
    if to_execute:
        check_notebooks(notebooks, PARAMETERS)

    with _timed(summary, "tables"):
        meanwhile = warm_up if to_execute else lambda: None
        tables, fresh = make_tables(
            definitions, inputs, last, where.processed, request.workers, meanwhile, limits
        )
    # From here on the tables are known, whatever comes of the rest; the pages are the last run's.
    made = Manifest(request.as_asked(root), None, tables, last.editions)
    write_manifest(made, where)
    tell(Said(f"tables: {', '.join(fresh) if fresh else 'unchanged'}"))
    quarters = _with_figures(quarters, area, where, request, tell)
    if not to_execute:
        return

    editions = [_edition(q, area, len(quarters) > 1, definitions, where) for q in quarters]
    made.lists = write_lists(editions, definitions.quarters.quarters, where.processed)
    rows = Tables(where.processed.resolve())
    staged = where.workshop / "staged"
    shutil.rmtree(staged, ignore_errors=True)
    with writing_downloads(
        definitions, editions, tables, last, where.processed, staged, limits
    ) as downloads_written:
        with _timed(summary, "notebooks"):
            executed = _execute(
                root, editions, notebooks, request, inputs, last, rows, where, tell, summary
            )
        with _timed(summary, "indicators"):
            own_pages = make_indicator_pages(
                definitions, editions, inputs, last, rows, request.workers, staged, summary, limits
            )
        with _timed(summary, "downloads"):
            downloads_written()
    tell(Said(pages_line(summary)))
    left_out = _left_out(there, editions, where)
    with _timed(summary, "pages"), _unfinished(where):
        made.editions = {
            edition.name: put_pages(
                definitions,
                edition,
                executed[edition.name],
                inputs,
                tables[edition.quarter.slug],
                last.editions.get(edition.name, MadeEdition()),
                staged,
            )
            for edition in editions
        }
        for edition in editions:
            made.editions[edition.name].indicators = put_indicator_pages(
                edition, own_pages[edition.name], staged
            )
        put_beside(editions, made.editions)
        for name in set(there.editions) - set(made.editions) - {""}:
            shutil.rmtree(where.pages / name, ignore_errors=True)
        made.inputs = inputs
        write_manifest(made, where)
    tell(Said(f"pages: {where.pages}"))
    if left_out:
        asked = request.quarter == ALL
        why = "not listed, or no figures" if asked else "not asked for; --quarter all keeps them"
        tell(Said(f"left out, though they stood there: {', '.join(left_out)} ({why})"))
    if request.until == "site":
        with _timed(summary, "site"):
            folders = {edition.name: edition.pages for edition in editions}
            made.site = render(folders, made.editions, where.site, summary)
            write_manifest(made, where)
        tell(Said(f"site, by {_rendered_by()}: {where.site / 'index.html'}"))


def _execute(
    root: Path,
    editions: list[Edition],
    notebooks: list[Path],
    request: Request,
    inputs: Inputs,
    last: Manifest,
    tables: Tables,
    where: Places,
    tell: Tell,
    summary: Summary,
) -> dict[str, dict[str, Executed]]:
    """Execute what changed of all editions; return each edition's notebooks, old and new."""
    staged, durations = where.workshop / "staged", read_durations(where)
    tasks: list[Task] = []
    standing: dict[str, dict[str, Executed]] = {}
    for edition in editions:
        (staged / edition.name).mkdir(parents=True, exist_ok=True)
        to_do, standing[edition.name] = plan_notebooks(
            edition, notebooks, request.engine, inputs, last, tables, staged
        )
        tasks += to_do
        quarter, unchanged = edition.quarter.quarter, list(standing[edition.name])
        summary.unchanged += [f"{quarter}/{name}" for name in unchanged]
        names = {task.name: task.job.notebook.stem for task in to_do}
        usual = {names[name]: durations[name] for name in names if name in durations}
        tell(Planned(quarter, list(names.values()), unchanged, usual))
    # The longest first, so that no processor waits for the last of them.
    tasks.sort(key=lambda task: -durations.get(task.name, math.inf))
    try:
        done = execute(tasks, _executor(request), root, inputs, tables, tell, summary)
    finally:
        write_durations(durations | summary.slowest, where)
    for task, made in zip(tasks, done, strict=True):
        standing[task.edition.name][task.job.notebook.stem] = made
    return {name: dict(sorted(made.items())) for name, made in standing.items()}


def _executor(request: Request):
    if request.cluster:
        from helpers.cluster import execute_on_cluster

        return partial(execute_on_cluster, request.cluster, limits=request.limits)
    return partial(execute_notebooks, workers=request.workers, limits=request.limits)


def render_again(where: Places, tell: Tell = plain) -> None:
    """Render the executed notebooks and prose pages again, without executing.

    Raises
    ------
    PageError
        Where a page cannot be rendered alike by both renderers, or a link leads nowhere.
    WaggleError
        Where the last run was stopped while it exchanged the pages. The site stays as it was.
    """
    from helpers.site.publish import recover

    with locked(where.workshop):
        recover(where.site)
        if (where.workshop / "unfinished").exists():
            raise WaggleError(
                f"{where.pages}: the last run was stopped while it put its pages there, so they "
                "are of two runs. Run the quarter again ('waggle run')."
            )
        made, summary = read_manifest(where), Summary()
        folders = {name: where.pages / name for name in made.editions or {"": None}}
        made.site = render(folders, made.editions, where.site, summary)
        write_manifest(made, where)
    tell(Said(f"site, by {_rendered_by()}: {where.site / 'index.html'}"))


def check(root: Path, say: Callable[[str], None] = print) -> None:
    """Read every definition, figure, notebook and page, and say that all is well.

    Raises
    ------
    WaggleError
        With every problem of the first kind found.
    """
    from helpers.site.checks import check_pages
    from helpers.sources import read_observations

    definitions = read_definitions(root)
    observations = read_observations(definitions)
    notebooks = find_notebooks(root)
    check_notebooks(notebooks, PARAMETERS)
    with tempfile.TemporaryDirectory(prefix="waggle-") as temporary:
        pages = Path(temporary) / "reports"
        copy_prose_pages(root, pages)
        for path in notebooks:
            shutil.copy(path, pages / path.name)
        if problems := check_pages(pages):
            raise PageError(problems)
    plans = definitions.plans.values()
    referenced = sum(len(i.measures) for plan in plans for i in plan.indicators)
    say(
        f"No problems: {len(observations):,} figures of {len(definitions.measures)} measures "
        f"({referenced} with a reference) from {len(definitions.sources)} sources, and "
        f"{len(notebooks)} notebooks."
    )


@contextmanager
def _timed(summary: Summary, stage: str) -> Iterator[None]:
    started = time.monotonic()
    try:
        yield
    finally:
        summary.seconds[stage] = round(time.monotonic() - started, 3)


@contextmanager
def _unfinished(where: Places) -> Iterator[None]:
    """Mark the pages as unfinished while they are exchanged, so that nobody renders a mixture."""
    mark = where.workshop / "unfinished"
    mark.touch()
    yield
    mark.unlink()


def _edition(
    quarter: Quarter, area: str, of_several: bool, definitions: Definitions, where: Places
) -> Edition:
    """Place an account: the only one, or the default of several, at the root."""
    at_root = not of_several or quarter.quarter == definitions.quarters.default
    name = "" if at_root else quarter.slug
    return Edition(name, quarter, area, where.pages / name)


def _left_out(last: Manifest, editions: list[Edition], where: Places) -> list[str]:
    """Return the quarters whose account the last run made, and this one takes away."""
    stood = {quarter_of(where.pages / name) for name in last.editions} - {None}
    return sorted(stood - {edition.quarter.quarter for edition in editions})


def _rendered_by() -> str:
    return "the built-in renderer" if renderer() == BUILT_IN else "Quarto"


# --------------------------------------------------------------------------------------- choosing


def chosen_quarters(definitions: Definitions, name: str | None) -> list[Quarter]:
    """Return the quarter asked for, or the default, or all of them.

    Raises
    ------
    UsageError
        Where it is not listed in ``data/raw/quarters.yml``.
    """
    if name == ALL:
        return list(definitions.quarters.quarters)
    quarter = definitions.quarter(name or definitions.quarters.default)
    if quarter is None:
        listed = ", ".join(entry.quarter for entry in definitions.quarters.quarters)
        raise UsageError(
            f"unknown quarter '{name}': data/raw/quarters.yml lists {listed}. "
            "Add the quarter there with its as_at date to report on it."
        )
    return [quarter]


def chosen_area(definitions: Definitions, name: str | None) -> str:
    """Return the area asked for, or the reporting area.

    Raises
    ------
    UsageError
        Where it is not listed in ``data/raw/areas.yml``.
    """
    area = name or definitions.reporting_area
    if area not in definitions.areas.accounts:
        listed = ", ".join(definitions.areas.accounts)
        raise UsageError(f"unknown area '{area}': data/raw/areas.yml lists {listed}.")
    return area


def _with_figures(
    quarters: list[Quarter], area: str, where: Places, request: Request, tell: Tell
) -> list[Quarter]:
    """Keep the quarters by whose date something had been published, and say how much."""
    kept = []
    for quarter in quarters:
        with (where.processed / quarter.slug / "observations.csv").open(encoding="utf-8") as file:
            count = sum(1 for _ in csv.reader(file)) - 1
        name = f"{quarter.quarter}, {area}"
        tell(Said(f"{name}: {count:,} figures, published by {quarter.as_at}"))
        if count or request.until == "assessments":
            kept.append(quarter)
        elif request.quarter != ALL:
            raise UsageError(f"{quarter.quarter}: our sources had no figure by {quarter.as_at}.")
    return kept
