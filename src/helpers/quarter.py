"""The quarterly run, as one straight line: raw figures, tables, notebooks, pages, site."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers import notebook_runs
from helpers.assessment import assess, report_quarter
from helpers.calculation import calculation, calculation_path, listed_by_place
from helpers.comparison import KnownFigures
from helpers.definition_files import read_definitions
from helpers.definitions import Definitions, Quarter
from helpers.errors import PageError, UsageError
from helpers.milestones import assess_milestones
from helpers.observations import as_at, read_table, write_table
from helpers.project import PROCESSED_VARIABLE
from helpers.quality import data_quality
from helpers.site.checks import check_pages, check_site
from helpers.site.publish import publish
from helpers.site.render import quarto_available, render_site, render_with_quarto
from helpers.sources import read_observations

PARAMETERS = ["quarter", "area"]
"""What every notebook takes from the run."""


@dataclass(frozen=True)
class Places:
    """Where a run writes.

    Parameters
    ----------
    processed
        The quarters' tables.
    pages
        The Quarto project: prose pages, executed notebooks and the tables for download.
    site
        The published site.
    """

    processed: Path
    pages: Path
    site: Path


def places(root: Path, out: Path | None = None) -> Places:
    """Return where a run writes: in the project, or all under one other folder."""
    if out is None:
        return Places(root / "data" / "processed", root / "reports", root / "reports" / "site")
    target, own = out.resolve(), root.resolve()
    folders = ("data", "docs", "notebooks", "reports", "src", "tests")
    if target == own or any(target.is_relative_to(own / name) for name in folders):
        raise UsageError(f"--out {out}: that is in the project. Name another folder, or none.")
    if out.exists() and not out.is_dir():
        raise UsageError(f"--out {out}: that is a file. Name a folder.")
    return Places(out / "processed", out / "reports", out / "site")


def run(
    root: Path,
    quarter_name: str | None = None,
    area: str | None = None,
    until: str = "site",
    out: Path | None = None,
    say: Callable[[str], None] = print,
) -> None:
    """Make a quarter's account, from the raw figures to the published site.

    Parameters
    ----------
    quarter_name
        None: the default of ``data/raw/quarters.yml``.
    area
        None: the reporting area.
    until
        The last stage to make, assessments, notebooks or site.
    out
        Everything is written under this folder; None: in the project.

    Raises
    ------
    WaggleError
        Before anything is replaced: the site that was there stays as it was.
    """
    definitions = read_definitions(root)
    quarter = chosen_quarter(definitions, quarter_name)
    area = chosen_area(definitions, area)
    observations = read_observations(definitions)
    notebooks = notebook_runs.find_notebooks(root)
    if until != "assessments":
        notebook_runs.check_notebooks(notebooks, PARAMETERS)
    where = places(root, out)

    published = len(as_at(observations, quarter.as_at))
    if not published and until != "assessments":
        raise UsageError(f"{quarter.quarter}: our sources had no figure by {quarter.as_at}.")
    say(f"{quarter.quarter}, {area}: {published:,} figures, published by {quarter.as_at}")
    for listed in definitions.quarters.quarters:
        write_quarter_tables(definitions, observations, listed, where.processed)
    say(f"tables: {where.processed / quarter.slug}")
    if until == "assessments":
        return

    with tempfile.TemporaryDirectory(prefix="waggle-") as temporary:
        staged = Path(temporary)
        executed = notebook_runs.execute_notebooks(
            notebooks,
            staged,
            {"quarter": quarter.quarter, "area": area},
            environment={PROCESSED_VARIABLE: str(where.processed.resolve())},
        )
        put_pages(definitions, where, executed, quarter, area)
    say(f"notebooks: {len(executed)} executed into {where.pages}")
    if until == "notebooks":
        return
    render(where, say)


def render(where: Places, say: Callable[[str], None] = print) -> None:
    """Render the pages into a fresh folder, and swap it in for the site that is there.

    Raises
    ------
    PageError
        Where a page cannot be rendered alike by both renderers, or a link leads nowhere. The site
        that was there stays.
    """
    if problems := check_pages(where.pages):
        raise PageError(problems)
    fresh = where.site.with_name(where.site.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    renderer = render_with_quarto if quarto_available() else render_site
    renderer(where.pages, fresh)
    if problems := check_site(fresh):
        shutil.rmtree(fresh)
        raise PageError(problems)
    publish(fresh, where.site)
    made_by = "Quarto" if quarto_available() else "the built-in renderer"
    say(f"site, by {made_by}: {where.site / 'index.html'}")


def check(root: Path, say: Callable[[str], None] = print) -> None:
    """Read every definition, figure, notebook and page, and say that all is well.

    Raises
    ------
    WaggleError
        With every problem of the first kind found.
    """
    definitions = read_definitions(root)
    observations = read_observations(definitions)
    notebooks = notebook_runs.find_notebooks(root)
    notebook_runs.check_notebooks(notebooks, PARAMETERS)
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


def chosen_quarter(definitions: Definitions, name: str | None) -> Quarter:
    """Return the quarter asked for, or the default.

    Raises
    ------
    UsageError
        Where it is not listed in ``data/raw/quarters.yml``.
    """
    quarter = definitions.quarter(name or definitions.quarters.default)
    if quarter is None:
        listed = ", ".join(entry.quarter for entry in definitions.quarters.quarters)
        raise UsageError(
            f"unknown quarter '{name}': data/raw/quarters.yml lists {listed}. "
            "Add the quarter there with its as_at date to report on it."
        )
    return quarter


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


def write_quarter_tables(
    definitions: Definitions, observations: pd.DataFrame, quarter: Quarter, processed: Path
) -> None:
    """Write a quarter's tables: figures as known, assessments, milestones, data quality.

    Assessments are made for every area that has an account (`helpers.definitions.Areas`).
    """
    folder = processed / quarter.slug
    known = as_at(observations, quarter.as_at)
    figures = KnownFigures(known, quarter.as_at)
    by_area = {a: assess(definitions, figures, quarter, a) for a in definitions.areas.accounts}
    here = by_area[definitions.reporting_area]
    reports = _report_assessments(definitions, observations, quarter)
    tables = {
        "observations": known,
        "assessments": pd.concat(by_area.values()),
        "milestones": assess_milestones(definitions, here, known, quarter),
        "data_quality": data_quality(known, definitions, here, reports, quarter.as_at),
    }
    for name, table in tables.items():
        write_table(table, folder / f"{name}.csv")


def _report_assessments(
    definitions: Definitions, observations: pd.DataFrame, quarter: Quarter
) -> pd.DataFrame:
    """Assess the plans whose reports print arrows, each as at its own report."""
    area = definitions.reporting_area
    tables = []
    for plan in definitions.plans.values():
        if plan.source not in definitions.published_directions:
            continue
        report = report_quarter(definitions, plan)
        if report is None or report.as_at > quarter.as_at:
            report = quarter  # the report is not out yet, and no printed arrow is known
        table = assess(definitions, observations, report, area)
        tables.append(table[table["plan"] == plan.id])
    return pd.concat(tables) if tables else assess(definitions, observations, quarter, area)[:0]


def put_pages(
    definitions: Definitions, where: Places, executed: list[Path], quarter: Quarter, area: str
) -> None:
    """Put executed notebooks and files for download beside the prose pages of ``reports/``."""
    if where.pages != definitions.root / "reports":
        copy_prose_pages(definitions.root, where.pages)
    if (where.pages / "data" / "assessments.csv").is_file():  # made by an earlier run
        for old in where.pages.glob("*.ipynb"):
            old.unlink()
    for path in executed:
        shutil.copy(path, where.pages / path.name)
    folder = where.processed / quarter.slug
    assessments = pd.read_csv(folder / "assessments.csv", dtype=str, keep_default_na=False)
    write_table(assessments[assessments["area"] == area], where.pages / "data" / "assessments.csv")
    for name in ("observations", "milestones", "data_quality"):
        shutil.copy(folder / f"{name}.csv", where.pages / "data" / f"{name}.csv")
    write_calculations(definitions, folder, quarter, area, where.pages)


def write_calculations(
    definitions: Definitions, tables: Path, quarter: Quarter, area: str, pages: Path
) -> None:
    """Write the calculation of every measure of an area as JSON, and remove an earlier run's.

    Parameters
    ----------
    tables
        The folder with the quarter's tables.
    pages
        The folder with the pages; each measure's file stands where `calculation_path` says.
    """
    shutil.rmtree(pages / "data" / "calculations", ignore_errors=True)
    known = KnownFigures(read_table(tables / "observations.csv"), quarter.as_at)
    listed = listed_by_place(definitions)
    for row in read_table(tables / "assessments.csv", area).itertuples():
        path = pages / calculation_path(row)
        path.parent.mkdir(parents=True, exist_ok=True)
        made = calculation(definitions, known, listed[row.plan, row.page], row)
        path.write_text(made.as_json(), encoding="utf-8", newline="\n")


def copy_prose_pages(root: Path, target: Path) -> None:
    """Copy what of ``reports/`` is written by hand: settings, styles and prose pages."""
    made = shutil.ignore_patterns(
        "*.ipynb", "*.html", "data", "site", "site.*", "site_libs", ".quarto", "*_files"
    )
    shutil.copytree(root / "reports", target, dirs_exist_ok=True, ignore=made)
