"""A quarter's account as a notebook opens it: the tables the run wrote, and the definitions."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import pandas as pd

from helpers.account_tables import AccountTables, NotedFigures, remember, tables_of
from helpers.assessment import report_quarter
from helpers.calculation import Calculation, calculation, listed_by_place
from helpers.definition_files import read_definitions
from helpers.definitions import Definitions, Quarter
from helpers.errors import Problem, ProblemsFound, WaggleError
from helpers.listed import Listed
from helpers.plans import Indicator, Part, Plan, Statement, SummaryItem
from helpers.project import find_root, processed_folder
from helpers.rows import each_row


@dataclass(frozen=True)
class Account:
    """Everything a notebook needs for one quarter and one area.

    Every look-up is noted (see `helpers.reads`), so that a page is made again when something that
    it shows has changed. A page about some measures should therefore ask for these, and not go
    through a whole table.

    Parameters
    ----------
    plan
        The plan that the notebook is about.
    last_quarter
        The quarter before; None for the first.
    tables
        The tables of these quarters.
    only_part
        The part of the plan whose measures go first; empty: the whole plan's.
    """

    quarter: Quarter
    area: str
    definitions: Definitions
    plan: Plan
    last_quarter: Quarter | None
    tables: AccountTables
    only_part: str = ""

    @property
    def assessments(self) -> pd.DataFrame:
        """One row a measure within the plan, for this area (`helpers.assessment.Assessment`)."""
        return self.assessed(**self._own)

    @property
    def all_assessments(self) -> pd.DataFrame:
        """The same for every plan."""
        return self.tables.assessments.whole()

    @property
    def milestones(self) -> pd.DataFrame:
        """What can be shown of every milestone (see `helpers.milestones.MilestoneStatus`).

        It is of the reporting area, whatever the area of the account.
        """
        return self.tables.milestones.whole()

    @property
    def observations(self) -> pd.DataFrame:
        """Every figure of every area that had been published by the quarter's ``as_at``."""
        return self.tables.observations.whole()

    @property
    def known(self) -> pd.DataFrame:
        """Of these, the one to go by for each measure, area and period.

        See `helpers.observations.latest_known`.
        """
        return self.tables.known.whole()

    @property
    def data_quality(self) -> pd.DataFrame:
        """The findings of the checks (see `helpers.quality.Finding`)."""
        return self.tables.data_quality.whole()

    @property
    def editions(self) -> pd.DataFrame:
        """The quarters of the site, oldest first, and the way to each (see `helpers.editions`)."""
        return self.tables.editions.whole()

    @property
    def report_assessments(self) -> pd.DataFrame:
        """The plan's assessments as at the time of its own published report."""
        return self.tables.report.where(plan=self.plan.id)

    def assessed(self, **chosen: object) -> pd.DataFrame:
        """Return the assessments, of whichever plan, that have what is given in their columns.

        Examples: ``account.assessed(plan="outcome-bees", role="plan")``; of a list, any will do:
        ``account.assessed(measure_id=["absence", "exclusions"])``.
        """
        return self.tables.assessments.where(**chosen)

    def last_assessed(self, **chosen: object) -> pd.DataFrame:
        """Return the same, or all, of the quarter before; none for the first quarter."""
        if self.tables.last is None:
            return self.tables.assessments.without_rows()
        return self.tables.last.where(**chosen) if chosen else self.tables.last.whole()

    def published(self, **chosen: object) -> pd.DataFrame:
        """Return the figures of every area, kind and source that have this in their columns.

        Example: ``account.published(measure_id="absence", kind="change_percent")``.
        """
        return self.tables.observations.where(**chosen)

    def promises(self, **chosen: object) -> pd.DataFrame:
        """Return the milestones that have this in their columns: ``promises(ambition=2)``."""
        return self.tables.milestones.where(**chosen)

    def findings(self, **chosen: object) -> pd.DataFrame:
        """Return the findings of the checks that have this in their columns."""
        return self.tables.data_quality.where(**chosen)

    def newest_publication(self) -> date | None:
        """Return the day of the newest publication there is a figure of; None without figures."""
        return self.tables.observations.newest("published")

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
        of_kind = {"follows": kind} if kind else {}
        for of_plan in (self._own, {}):
            for named in ({"reference": name}, {"measure_id": measure_id}):
                row = self.tables.assessments.first(**of_plan, **named, **of_kind)
                if row is not None:
                    return row
        raise KeyError(f"no measure '{name}' in {self.plan.title} or any other plan")

    def within(self, part_id: str) -> Account:
        """Return the account of one part of the plan, whose measures go before the others."""
        return replace(self, only_part=part_id)

    @property
    def quarters(self) -> Sequence[Quarter]:
        """Every quarter up to this one, oldest first."""
        listed = self.definitions.quarters.quarters
        return listed[: listed.index(self.quarter) + 1]

    @property
    def _own(self) -> dict[str, str]:
        part = {"part": self.only_part} if self.only_part else {}
        return {"plan": self.plan.id, **part}

    def before(self, row: object) -> object | None:
        """Return last quarter's assessment of what a row assesses; None where there is none."""
        found = self.tables.last.rows(**_place_of(row)) if self.tables.last else []
        return found[-1] if found else None

    def over_quarters(self, row: object) -> list[tuple[Quarter, object]]:
        """Return what every quarter up to this one has of what a row assesses, oldest first.

        Each by today's rules and definitions, from what had been published by its own day.
        """
        found = [
            (quarter, self.tables.of_quarter(quarter).rows(**_place_of(row)))
            for quarter in self.quarters
        ]
        return [(quarter, rows[-1]) for quarter, rows in found if rows]

    def calculation(self, name: str) -> Calculation:
        """Return the whole calculation behind the assessment that `measure` returns."""
        row = self.measure(name)
        listed = self._listed[row["plan"], row["page"]]
        return calculation(self.definitions, self._known_figures, listed, row)

    def listed(self, measure_id: str) -> pd.DataFrame:
        """Return the assessments of a measure, once for each kind of period it is followed by.

        The account's own plan goes first, as in `measure`.
        """
        for of_plan in (self._own, {}):
            rows = self.assessed(**of_plan, measure_id=measure_id)
            if len(rows):
                return rows.drop_duplicates("follows", ignore_index=True)
        raise KeyError(f"no measure '{measure_id}' in any plan")

    def figures_on(self, statement: Statement) -> list:
        """Return the assessments with a figure that show something of a statement."""
        rows = [row for name in statement.measures for row in each_row(self.listed(name))]
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
        return self._figures(name, area or self.area, breakdown)

    def _figures(self, name: str, area: str | list[str], breakdown: str = "") -> pd.DataFrame:
        measure_id = name.partition(", ")[0]
        if measure_id not in self.definitions.measures:
            measure_id = self.measure(name)["measure_id"]
        return self.tables.known.where(measure_id=measure_id, area=area, breakdown=breakdown)

    def figures_everywhere(self, measure_id: str | Iterable[str]) -> pd.DataFrame:
        """Return figures of every area and breakdown, as known, of a measure or of several."""
        return self.tables.known.where(measure_id=measure_id)

    def figure_rows(self, measure_id: str, **chosen: object) -> list:
        """Return a measure's figures one by one, as known, oldest first, area by area.

        Example: ``account.figure_rows("absence", area="Beeshire", breakdown="")``.
        """
        return self.tables.known.rows(measure_id=measure_id, **chosen)

    def statement_rows(self, measure_id: str) -> list:
        """Return all that was published of a measure one by one, of every area, kind and source."""
        return self.tables.observations.rows(measure_id=measure_id)

    def unclear(self, name: str) -> list:
        """Return statements on a measure that can be read in two ways; none for most."""
        measure_id = self.measure(name)["measure_id"]
        return self.tables.observations.rows(measure_id=measure_id, area=self.area, kind="unclear")

    def comparison_areas(self, name: str) -> dict[str, pd.DataFrame]:
        """Return the other areas' figures for a measure: area -> figures; none for most."""
        others = [other for other in self.definitions.areas.accounts if other != self.area]
        found = self._figures(name, others)
        places: dict[str, list[int]] = {}
        for place, area in enumerate(found["area"]):
            places.setdefault(area, []).append(place)
        return {
            other: found.take(places[other]).reset_index(drop=True)
            for other in others
            if other in places
        }

    def ambition(self, number: int) -> pd.DataFrame:
        """Return the assessments of one of the plan's own ambitions, in the plan's order."""
        return self.assessed(plan=self.plan.id, ambition=number)

    def part(self, part_id: str) -> pd.DataFrame:
        """Return the assessments of one part of the plan, in the plan's order."""
        return self.assessed(plan=self.plan.id, part=part_id)

    def serving(self, number: int) -> pd.DataFrame:
        """Return what all documents have on one of the plan's ambitions, each measure once.

        A measure that several documents use stands where the plan itself lists it, or else where
        the first of the plans that serve it does. One that is listed for several kinds of period
        stays listed for each.
        """
        plans = [self.plan.id, *(plan.id for plan in self.definitions.serving(self.plan.id))]
        rows = pd.concat([self.assessed(plan=plan, ambition=number) for plan in plans])
        # What another plan lists as official is near its indicators, and is not what they ask for.
        rows = rows[(rows["plan"] == self.plan.id) | (rows["role"] != "official")]
        return rows.drop_duplicates(["measure_id", "follows"], ignore_index=True)

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
        return self.assessed(plan=plan.id, role="plan", reference=references)

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
    def _known_figures(self) -> NotedFigures:
        return NotedFigures(self.tables.observations, self.quarter.as_at)

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
    chosen_plan = definitions.plans[plan or next(iter(definitions.plans))]
    return account_of(definitions, processed_folder(root), chosen, area, chosen_plan)


def account_of(
    definitions: Definitions, folder: Path, quarter: Quarter, area: str, plan: Plan
) -> Account:
    """Put the account of a quarter, an area and a plan together, from the tables in a folder.

    Raises
    ------
    ProblemsFound
        Where the quarter's tables have not been made.
    """
    listed = definitions.quarters.quarters
    position = listed.index(quarter)
    last = listed[position - 1] if position else None
    report = report_quarter(definitions, plan) or quarter
    return Account(
        quarter=quarter,
        area=area,
        definitions=definitions,
        plan=plan,
        last_quarter=last,
        tables=tables_of(folder, area, quarter, last, report),
    )


def remember_accounts(
    definitions: Definitions, folder: Path, quarter: Quarter | None, area: str
) -> None:
    """Read the tables of every plan's account, so that processes forked from this one have them.

    What is wrong with a quarter, an area or a table is said where it is asked for.
    """
    for plan in definitions.plans.values():
        with contextlib.suppress(WaggleError, OSError, ValueError):
            account = account_of(definitions, folder, quarter, area, plan)
            remember(account.tables, account.quarters)


def _place_of(row: object) -> dict[str, object]:
    """Return what tells a measure's entry in a plan from every other, in any quarter."""
    names = ("plan", "role", "reference", "measure_id", "follows")
    return {name: getattr(row, name) for name in names}


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
