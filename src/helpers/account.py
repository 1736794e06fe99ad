"""A quarter's account as a notebook opens it: the tables the run wrote, and the definitions."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import pandas as pd

from helpers.assessment import report_quarter
from helpers.calculation import Calculation, calculation, listed_by_place
from helpers.comparison import KnownFigures
from helpers.definition_files import read_definitions
from helpers.definitions import Definitions, Quarter
from helpers.errors import Problem, ProblemsFound
from helpers.listed import Listed
from helpers.observations import latest_known, read_table, series
from helpers.plans import Indicator, Part, Plan, Statement, SummaryItem
from helpers.project import find_root, processed_folder


@dataclass(frozen=True)
class Account:
    """Everything a notebook needs for one quarter and one area.

    Parameters
    ----------
    plan
        The plan that the notebook is about.
    assessments
        One row a measure within the plan, for this area (see `helpers.assessment.Assessment`).
    all_assessments
        The same for every plan.
    milestones
        What can be shown of every milestone (see `helpers.milestones.MilestoneStatus`); for the
        reporting area, whatever the area of the account.
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
    all_assessments: pd.DataFrame
    milestones: pd.DataFrame
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
        """Return the assessment of one measure, by its reference in a plan or by its id.

        The account's own plan goes first; a measure that only other plans list is found there.
        A measure that is listed once for each kind of period has the kind added to its id:
        ``annual-reviews-in-12-weeks, month``.
        """
        measure_id, _, kind = name.partition(", ")
        for table in (self.assessments, self.all_assessments):
            found = (table["reference"] == name) | (table["measure_id"] == measure_id)
            if kind:
                found &= table["follows"] == kind
            if found.any():
                return table[found].iloc[0]
        raise KeyError(f"no measure '{name}' in {self.plan.title} or any other plan")

    def calculation(self, name: str) -> Calculation:
        """Return the whole calculation behind the assessment that `measure` returns."""
        row = self.measure(name)
        listed = self._listed[row["plan"], row["page"]]
        return calculation(self.definitions, self._known_figures, listed, row)

    def listed(self, measure_id: str) -> pd.DataFrame:
        """Return the assessments of a measure, once for each kind of period it is followed by.

        The account's own plan goes first, as in `measure`.
        """
        for table in (self.assessments, self.all_assessments):
            rows = table[table["measure_id"] == measure_id]
            if len(rows):
                return rows.drop_duplicates("follows")
        raise KeyError(f"no measure '{measure_id}' in any plan")

    def figures_on(self, statement: Statement) -> list:
        """Return the assessments with a figure that show something of a statement."""
        rows = [row for name in statement.measures for row in self.listed(name).itertuples()]
        return [row for row in rows if row.latest_value is not None or row.change_in_words]

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
        measure_id = name.partition(", ")[0]
        if measure_id not in self.definitions.measures:
            measure_id = self.measure(name)["measure_id"]
        return series(self.known, measure_id, area or self.area, breakdown)

    def unclear(self, name: str) -> list:
        """Return statements on a measure that can be read in two ways; none for most."""
        measure_id = self.measure(name)["measure_id"]
        table = self.observations
        chosen = (table["kind"] == "unclear") & (table["measure_id"] == measure_id)
        return list(table[chosen & (table["area"] == self.area)].itertuples())

    def comparison_areas(self, name: str) -> dict[str, pd.DataFrame]:
        """Return the other areas' figures for a measure: area -> figures; none for most."""
        others = [other for other in self.definitions.areas.accounts if other != self.area]
        figures = {other: self.figures(name, area=other) for other in others}
        return {other: table for other, table in figures.items() if len(table)}

    def ambition(self, number: int) -> pd.DataFrame:
        """Return the assessments of one of the plan's own ambitions, in the plan's order."""
        return self.assessments[self.assessments["ambition"] == number]

    def part(self, part_id: str) -> pd.DataFrame:
        """Return the assessments of one part of the plan, in the plan's order."""
        return self.assessments[self.assessments["part"] == part_id]

    def serving(self, number: int) -> pd.DataFrame:
        """Return what all documents have on one of the plan's ambitions, each measure once.

        A measure that several documents use stands where the plan itself lists it, or else where
        the first of the plans that serve it does. One that is listed for several kinds of period
        stays listed for each.
        """
        plans = [self.plan, *self.definitions.serving(self.plan.id)]
        order = {plan.id: place for place, plan in enumerate(plans)}
        rows = self.all_assessments
        rows = rows[(rows["ambition"] == number) & rows["plan"].isin(order)]
        # What another plan lists as official is near its indicators, and is not what they ask for.
        rows = rows[(rows["plan"] == self.plan.id) | (rows["role"] != "official")]
        rows = rows.sort_values("plan", key=lambda column: column.map(order), kind="stable")
        return rows.drop_duplicates(["measure_id", "follows"])

    def indicator(self, number: int) -> Indicator:
        """Return an indicator's definition: title, outcomes, why it matters, commentary."""
        return next(entry for entry in self.plan.indicators if entry.number == number)

    def indicator_rows(self, indicator: Indicator) -> pd.DataFrame:
        """Return the assessments of an indicator's measures, whichever plan lists it.

        The account's own plan goes first.
        """
        references = {entry.reference for entry in indicator.measures}
        plan = next(
            plan
            for plan in (self.plan, *self.definitions.plans.values())
            if references <= {e.reference for i in plan.indicators for e in i.measures}
        )
        rows = self.all_assessments
        rows = rows[(rows["plan"] == plan.id) & (rows["role"] == "plan")]
        return rows[rows["reference"].isin(references)]

    def indicators_serving(self, number: int) -> list[Indicator]:
        """Return the indicators of other plans that serve one of the plan's ambitions."""
        return [
            indicator
            for plan in self.definitions.serving(self.plan.id)
            for indicator in plan.indicators
            if indicator.ambition == number
        ]

    def served_ambition(self, indicator: Indicator) -> Part | None:
        """Return the ambition of another plan that an indicator of this plan serves."""
        if indicator.ambition is None or not self.plan.serves:
            return None
        return self.definitions.plans[self.plan.serves].part(str(indicator.ambition))

    def definition(self, part_id: str) -> Part:
        """Return the definition of a part of the plan: its aim, indicators, milestones."""
        return self.plan.part(part_id)

    @cached_property
    def _listed(self) -> dict[tuple[str, str], Listed]:
        return listed_by_place(self.definitions)

    @cached_property
    def _known_figures(self) -> KnownFigures:
        return KnownFigures(self.observations, self.quarter.as_at)

    def published_summary(self) -> dict[str, list[SummaryItem]]:
        """Return what the plan's own executive summary calls good, and what to be improved."""
        summary = self.definitions.executive_summaries[self.plan.source]
        return {"good": summary.good, "to_improve": summary.to_improve}


def open_account(quarter: str, area: str = "", plan: str = "") -> Account:
    """Open the account of one quarter and area.

    Parameters
    ----------
    quarter
        A quarter of ``data/raw/quarters.yml``, such as ``2026-27 Q2``.
    area
        An area of ``data/raw/areas.yml``; empty means the one the account is about.
    plan
        A folder of ``data/raw/plans``; for a page that is about no plan, it may be left out.

    Raises
    ------
    ProblemsFound
        Where quarter, area or plan is not listed, or the quarter's tables have not been made.
    """
    root = find_root()
    definitions = read_definitions(root)
    area = area or definitions.reporting_area
    chosen = definitions.quarter(quarter)
    problems = _problems_with(quarter, area, plan, definitions)
    if problems:
        raise ProblemsFound(problems)
    folder = processed_folder(root)
    chosen_plan = definitions.plans[plan or next(iter(definitions.plans))]
    listed = definitions.quarters.quarters
    position = listed.index(chosen)
    last = listed[position - 1] if position else None
    report = report_quarter(definitions, chosen_plan) or chosen
    assessments = _assessments(folder, chosen, area)
    observations = _table(folder, chosen, "observations")

    def of_plan(table: pd.DataFrame) -> pd.DataFrame:
        return table[table["plan"] == chosen_plan.id].reset_index(drop=True)

    return Account(
        quarter=chosen,
        area=area,
        definitions=definitions,
        plan=chosen_plan,
        assessments=of_plan(assessments),
        all_assessments=assessments,
        milestones=_table(folder, chosen, "milestones"),
        observations=observations,
        known=latest_known(observations),
        data_quality=_table(folder, chosen, "data_quality"),
        last_quarter=last,
        last_assessments=_assessments(folder, last, area) if last else assessments.iloc[:0],
        report_assessments=of_plan(
            assessments if report == chosen else _assessments(folder, report, area)
        ),
    )


def _problems_with(quarter: str, area: str, plan: str, definitions: Definitions) -> list[Problem]:
    problems = []
    quarters = [entry.quarter for entry in definitions.quarters.quarters]
    if quarter not in quarters:
        remedy = f"use one of {', '.join(quarters)}, or add it to data/raw/quarters.yml"
        problems.append(Problem("parameter quarter", f"'{quarter}' is not listed", remedy))
    if area not in definitions.areas.accounts:
        remedy = f"use one of {', '.join(definitions.areas.accounts)}"
        problems.append(Problem("parameter area", f"'{area}' is not listed", remedy))
    if plan and plan not in definitions.plans:
        remedy = f"use one of {', '.join(definitions.plans)}"
        problems.append(Problem("plan of open_account", f"'{plan}' is not there", remedy))
    return problems


def _assessments(folder, quarter: Quarter, area: str) -> pd.DataFrame:
    table = _table(folder, quarter, "assessments", area)
    table["ambition"] = pd.Series(
        [int(number) if number else None for number in table["ambition"]], dtype=object
    )
    return table.astype({"decimals": int})


def _table(folder, quarter: Quarter, name: str, area: str = "") -> pd.DataFrame:
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
    return read_table(path, area)
