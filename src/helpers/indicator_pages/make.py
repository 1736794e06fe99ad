"""The run's part: which indicators' pages have to be made, made in processes, and put in place."""

from __future__ import annotations

import importlib
import os
import shutil
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.definitions import Definitions, Quarter
from helpers.digests import digest, digest_of, digests_below
from helpers.errors import PageError, Problem
from helpers.limits import Limits
from helpers.listed import page_name
from helpers.manifest import Inputs, MadeEdition, MadePage, Manifest
from helpers.progress import Summary
from helpers.project import OWN_PAGES
from helpers.reads import Read, Tables
from helpers.workers import Done, Lost, can_fork, work_through

if TYPE_CHECKING:
    from helpers.stages import Edition

SUFFIXES = (".qmd", ".csv", ".json")
"""A page, and its indicator's figures to download."""


@dataclass(frozen=True)
class Batch:
    """Pages of one plan in one edition that one process makes, so that it opens one account.

    Parameters
    ----------
    folder
        Where the pages of the edition's indicators are made; each plan has a folder there.
    names
        The names of the pages (`helpers.listed.page_name`).
    """

    quarter: Quarter
    area: str
    plan: str
    folder: Path
    names: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """How a page went: what was read of the tables for it, and what went wrong, if anything."""

    reads: Sequence[Read] = ()
    problem: str = ""


def make_indicator_pages(
    definitions: Definitions,
    editions: Sequence[Edition],
    inputs: Inputs,
    last: Manifest,
    tables: Tables,
    workers: int | None,
    staged: Path,
    summary: Summary,
    limits: Limits | None = None,
) -> dict[str, dict[str, MadePage]]:
    """Make the indicators' pages that would come out differently from those that are there.

    Parameters
    ----------
    staged
        The folder of the run's new pages, with a folder for each edition.
    limits
        Time for each page, and memory for each process.

    Returns
    -------
    dict
        The pages of each edition, old and new, by plan and name.

    Raises
    ------
    PageError
        With every indicator whose page could not be made; nothing has been replaced then.
    """
    pages: dict[str, dict[str, MadePage]] = {}
    batches: list[tuple[Edition, Batch]] = []
    for edition in editions:
        before = last.editions.get(edition.name, MadeEdition()).indicators
        pages[edition.name], stale = _standing(edition, definitions, before, inputs, tables)
        for plan, names in stale.items():
            batches += [(edition, b) for b in _batches(edition, plan, names, staged, workers)]
    made = _make([batch for _, batch in batches], definitions, tables.processed, workers, limits)
    for (edition, batch), outcomes in zip(batches, made, strict=True):
        for name, outcome in outcomes.items():
            key = f"{batch.plan}/{name}"
            pages[edition.name][key] = MadePage(
                _made_from(edition, key, inputs),
                [[*read, sys.intern(tables.digest(read))] for read in outcome.reads],
                {f"{key}{suffix}": digest(batch.folder / f"{key}{suffix}") for suffix in SUFFIXES},
            )
    summary.pages_made = sum(map(len, made))
    summary.pages_unchanged = sum(map(len, pages.values())) - summary.pages_made
    return {name: dict(sorted(found.items())) for name, found in pages.items()}


def names_of(definitions: Definitions) -> dict[str, list[str]]:
    """Return the names of the pages of every plan that lists indicators, in the plan's order."""
    return {
        plan.id: [page_name(indicator.measures[0].reference) for indicator in plan.indicators]
        for plan in definitions.plans.values()
        if plan.indicators
    }


def put_indicator_pages(
    edition: Edition, made: dict[str, MadePage], staged: Path
) -> dict[str, MadePage]:
    """Put new pages beside those that stand, and take away what belongs to none; return `made`."""
    folder, fresh = edition.pages / OWN_PAGES, staged / edition.name / OWN_PAGES
    wanted = {name for page in made.values() for name in page.files}
    for name in set(digests_below(folder)) - wanted:
        (folder / name).unlink()
    for name in digests_below(fresh):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.move(fresh / name, folder / name)
    return made


def _made_from(edition: Edition, key: str, inputs: Inputs) -> str:
    return digest_of([edition.quarter.quarter, edition.area, key, inputs.code])


def _standing(
    edition: Edition,
    definitions: Definitions,
    before: dict[str, MadePage],
    inputs: Inputs,
    tables: Tables,
) -> tuple[dict[str, MadePage], dict[str, list[str]]]:
    """Tell the pages of an edition that stand from those to be made, which come by plan."""
    standing, stale = {}, {}
    for plan, names in names_of(definitions).items():
        for name in names:
            key = f"{plan}/{name}"
            was, made_from = before.get(key), _made_from(edition, key, inputs)
            if was and was.stands(made_from, edition.pages / OWN_PAGES, tables):
                standing[key] = was
            else:
                stale.setdefault(plan, []).append(name)
    return standing, stale


def _batches(
    edition: Edition, plan: str, names: Sequence[str], staged: Path, workers: int | None
) -> list[Batch]:
    """Deal pages out to so many processes, in turn: neighbours tend to be alike in size."""
    hands = min(len(names), workers or os.cpu_count() or 1)
    folder = staged / edition.name / OWN_PAGES
    return [
        Batch(edition.quarter, edition.area, plan, folder, tuple(names[hand::hands]))
        for hand in range(hands)
    ]


def _make(
    batches: Sequence[Batch],
    definitions: Definitions,
    processed: Path,
    workers: int | None,
    limits: Limits | None,
) -> list[dict[str, Outcome]]:
    """Make pages in processes, several at a time; return how each went, batch by batch."""
    if not batches:
        return []
    if can_fork():
        # Imported and read once, for the processes that are forked from this one.
        for name in ("data", "page"):
            importlib.import_module(f"helpers.indicator_pages.{name}")
        from helpers.account import remember_accounts

        for quarter, area in {(batch.quarter, batch.area) for batch in batches}:
            remember_accounts(definitions, processed, quarter, area)
    do = partial(make_batch, definitions, processed)
    made: dict[int, dict[str, Outcome]] = {}
    problems = []
    for heard in work_through(do, batches, workers or os.cpu_count() or 1, limits):
        batch = batches[heard.job]
        if isinstance(heard, Done):
            made[heard.job] = heard.result
            failed = {name: one.problem for name, one in heard.result.items() if one.problem}
            problems += [_problem(batch, name, found, MEND) for name, found in failed.items()]
        elif isinstance(heard, Lost):
            name = heard.step or batch.names[0]
            problems.append(_problem(batch, name, heard.reason, heard.remedy))
    if problems:
        raise PageError(sorted(problems, key=lambda problem: problem.place))
    return [made[number] for number in range(len(batches))]


def make_batch(
    definitions: Definitions, processed: Path, batch: Batch, tell: Callable[[str], None]
) -> dict[str, Outcome]:
    """Make some pages of one plan, in a process of its own; say how each went.

    Parameters
    ----------
    tell
        Told the name of each page before it is made.
    """
    from helpers import reads
    from helpers.account import account_of

    plan = definitions.plans[batch.plan]
    account = account_of(definitions, processed, batch.quarter, batch.area, plan)
    places = {
        page_name(indicator.measures[0].reference): (part, indicator)
        for part in plan.parts
        for indicator in part.indicators
    }
    outcomes = {}
    for name in batch.names:
        tell(name)
        reads.start()
        try:
            _write(account, *places[name], batch.folder / plan.id / name)
            outcomes[name] = Outcome(reads.taken())
        except Exception as error:  # told with its indicator, whatever it is; the others go on
            outcomes[name] = Outcome(problem=_in_words(error))
    return outcomes


def _write(account, part, indicator, path: Path) -> None:
    from helpers.indicator_pages.data import as_csv, as_json, figures_of
    from helpers.indicator_pages.page import page_text

    measures = figures_of(account, indicator)
    texts = {
        ".qmd": page_text(account, part, indicator),
        ".csv": as_csv(account, indicator, measures),
        ".json": as_json(account, indicator, measures),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    for suffix, text in texts.items():
        path.with_name(path.name + suffix).write_text(text, encoding="utf-8", newline="\n")


MEND = "mend what it is made from: its definition, its figures, or helpers.indicator_pages"


def _problem(batch: Batch, name: str, found: str, remedy: str) -> Problem:
    place = f"the page of indicator {name} of {batch.plan}, {batch.quarter.quarter}"
    return Problem(place, found, remedy)


def _in_words(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.strerror}: {error.filename}" if error.filename else str(error)
    at = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({Path(at.filename).name}, line {at.lineno})"
