"""The tables of a quarter, and the calculation of every verdict as JSON, written to files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd

from helpers.assessment import assess, report_quarter
from helpers.calculation import calculation, calculation_path, listed_by_place
from helpers.comparison import KnownFigures
from helpers.definitions import Definitions, Quarter
from helpers.due import whats_due
from helpers.icalendar import icalendar
from helpers.milestones import assess_milestones
from helpers.observations import as_at, latest_known, read_table, write_table
from helpers.quality import data_quality
from helpers.rows import each_row


def write_quarter_tables(
    definitions: Definitions, observations: pd.DataFrame, quarter: Quarter, processed: Path
) -> None:
    """Write a quarter's tables: figures as known, assessments, milestones, data quality.

    Assessments are made for every area that has an account (`helpers.definitions.Areas`).
    """
    folder = processed / quarter.slug
    published = as_at(observations, quarter.as_at)
    known = KnownFigures(published, quarter.as_at)
    by_area = {a: assess(definitions, known, quarter, a) for a in definitions.areas.accounts}
    here = by_area[definitions.reporting_area]
    reports = _report_assessments(definitions, observations, quarter, here)
    tables = {
        "observations": published,
        "assessments": pd.concat(by_area.values()),
        "milestones": assess_milestones(definitions, here, known, quarter),
        "data_quality": data_quality(published, definitions, here, reports, quarter.as_at),
    }
    for name, table in tables.items():
        write_table(table, folder / f"{name}.csv")


def _report_assessments(
    definitions: Definitions, observations: pd.DataFrame, quarter: Quarter, here: pd.DataFrame
) -> pd.DataFrame:
    """Assess the plans whose reports print arrows, each as at its own report.

    Parameters
    ----------
    here
        The quarter's own assessments of the reporting area.
    """
    tables = []
    for plan in definitions.plans.values():
        if plan.source not in definitions.published_directions:
            continue
        report = report_quarter(definitions, plan)
        # Where the report is not out yet, no printed arrow is known.
        if report is None or report.as_at >= quarter.as_at:
            tables.append(here[here["plan"] == plan.id])
        else:
            area = definitions.reporting_area
            tables.append(assess(definitions, observations, report, area, [plan]))
    return pd.concat(tables) if tables else here[:0]


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
    for row in each_row(read_table(tables / "assessments.csv", area)):
        path = pages / calculation_path(row)
        path.parent.mkdir(parents=True, exist_ok=True)
        made = calculation(definitions, known, listed[row.plan, row.page], row)
        path.write_text(made.as_json(), encoding="utf-8", newline="\n")


def write_calendar(
    definitions: Definitions, tables: Path, quarter: Quarter, area: str, data: Path
) -> None:
    """Write what is due when as iCalendar, for those who want it in their own calendar.

    Parameters
    ----------
    tables
        The folder with the quarter's tables.
    data
        The folder of the files for download.
    """
    due = whats_due(
        definitions,
        quarter,
        area,
        read_table(tables / "milestones.csv"),
        latest_known(read_table(tables / "observations.csv", definitions.reporting_area)),
        read_table(tables / "assessments.csv", area),
    )
    text = icalendar(due, quarter.as_at)
    (data / "calendar.ics").write_text(text, encoding="utf-8", newline="")
