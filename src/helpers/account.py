"""A quarter's account as a notebook opens it: the tables the run wrote, and the definitions."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from helpers.assessment import report_quarter
from helpers.definition_files import read_definitions
from helpers.definitions import Definitions, Indicator, Plan, Quarter, SummaryItem
from helpers.errors import Problem, ProblemsFound
from helpers.observations import latest_known, read_table, series
from helpers.project import find_root, processed_folder


@dataclass(frozen=True)
class Account:
    """Everything a notebook needs for one quarter and one area.

    Parameters
    ----------
    assessments
        One row a measure within the plan, for this area (see `helpers.assessment.Assessment`).
    observations
        Every figure of every area that had been published by the quarter's ``as_at``.
    known
        Of those, the one to go by for each measure, area and period
        (see `helpers.observations.latest_known`).
    data_quality
        The findings of the checks (see `helpers.quality.Finding`).
    last_quarter, last_assessments
        The quarter before, and its assessments; None and an empty table for the first quarter.
    report_assessments
        The assessments as at the time of the plan's own published report.
    """

    quarter: Quarter
    area: str
    definitions: Definitions
    plan: Plan
    assessments: pd.DataFrame
    observations: pd.DataFrame
    known: pd.DataFrame
    data_quality: pd.DataFrame
    last_quarter: Quarter | None
    last_assessments: pd.DataFrame
    report_assessments: pd.DataFrame

    @property
    def margin(self) -> Decimal:
        """The plan's margin for a change for the worse, as a share of the earlier figure."""
        return self.plan.margin

    def measure(self, name: str) -> pd.Series:
        """Return the assessment of one measure, by its reference in the plan or by its id."""
        table = self.assessments
        rows = table[(table["reference"] == name) | (table["measure_id"] == name)]
        if rows.empty:
            raise KeyError(f"no measure '{name}' in {self.plan.title}")
        return rows.iloc[0]

    def figures(self, name: str, area: str = "", breakdown: str = "") -> pd.DataFrame:
        """Return a measure's figures, oldest first, as known at the quarter's date.

        Parameters
        ----------
        name
            Reference or id of the measure.
        area
            Empty: the area of this account.

        Returns
        -------
        DataFrame
            With the columns of the tidy table; empty where nothing has been published. Values are
            exact decimals, and None where a figure is not available.
        """
        measure_id = self.measure(name)["measure_id"]
        return series(self.known, measure_id, area or self.area, breakdown)

    def comparison_areas(self, name: str) -> dict[str, pd.DataFrame]:
        """Return the other areas' figures for a measure: area -> figures; none for most."""
        others = [other for other in self.definitions.areas.names if other != self.area]
        figures = {other: self.figures(name, area=other) for other in others}
        return {other: table for other, table in figures.items() if len(table)}

    def ambition(self, number: int) -> pd.DataFrame:
        """Return the assessments of one ambition, in the plan's order."""
        return self.assessments[self.assessments["ambition"] == number]

    def indicator(self, number: int) -> Indicator:
        """Return an indicator's definition: title, outcomes, why it matters, commentary."""
        return next(entry for entry in self.plan.indicators if entry.number == number)

    def published_summary(self) -> dict[str, list[SummaryItem]]:
        """Return what the plan's own executive summary calls good, and what to be improved."""
        summary = self.definitions.executive_summaries[self.plan.source]
        return {"good": summary.good, "to_improve": summary.to_improve}


def open_account(quarter: str, area: str = "") -> Account:
    """Open the account of one quarter and area.

    Parameters
    ----------
    quarter
        A quarter of ``data/raw/quarters.yml``, such as ``2026-27 Q2``.
    area
        An area of ``data/raw/areas.yml``; empty means the one the account is about.

    Raises
    ------
    ProblemsFound
        Where quarter or area is not listed, or the quarter's tables have not been made.
    """
    root = find_root()
    definitions = read_definitions(root)
    area = area or definitions.reporting_area
    chosen = definitions.quarter(quarter)
    problems = _problems_with(quarter, area, definitions)
    if problems:
        raise ProblemsFound(problems)
    folder = processed_folder(root)
    plan = definitions.plan
    listed = definitions.quarters.quarters
    position = listed.index(chosen)
    last = listed[position - 1] if position else None
    report = report_quarter(definitions, plan) or chosen
    assessments = _assessments(folder, chosen, area)
    observations = _table(folder, chosen, "observations")
    return Account(
        quarter=chosen,
        area=area,
        definitions=definitions,
        plan=plan,
        assessments=assessments,
        observations=observations,
        known=latest_known(observations),
        data_quality=_table(folder, chosen, "data_quality"),
        last_quarter=last,
        last_assessments=_assessments(folder, last, area) if last else assessments.iloc[:0],
        report_assessments=_assessments(folder, report, area),
    )


def _problems_with(quarter: str, area: str, definitions: Definitions) -> list[Problem]:
    problems = []
    quarters = [entry.quarter for entry in definitions.quarters.quarters]
    if quarter not in quarters:
        remedy = f"use one of {', '.join(quarters)}, or add it to data/raw/quarters.yml"
        problems.append(Problem("parameter quarter", f"'{quarter}' is not listed", remedy))
    if area not in definitions.areas.names:
        remedy = f"use one of {', '.join(definitions.areas.names)}"
        problems.append(Problem("parameter area", f"'{area}' is not listed", remedy))
    return problems


def _assessments(folder, quarter: Quarter, area: str) -> pd.DataFrame:
    table = _table(folder, quarter, "assessments")
    table = table[table["area"] == area].reset_index(drop=True)
    return table.astype({"ambition": int, "decimals": int})


def _table(folder, quarter: Quarter, name: str) -> pd.DataFrame:
    path = folder / quarter.slug / f"{name}.csv"
    if not path.is_file():
        raise ProblemsFound(
            [
                Problem(
                    f"the tables of {quarter.quarter}",
                    f"{path.name} has not been made yet",
                    f'run: waggle run --quarter "{quarter.quarter}" --until assessments',
                )
            ]
        )
    return read_table(path)
