"""What is due when: promises and targets by their dates, and the days on which figures grow old.

Everything follows from definitions and from what was known by the account's date.
`helpers.icalendar` writes the same days for a calendar program.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd

from helpers.definitions import CURRENT_FOR_MONTHS, Definitions, Quarter
from helpers.formats import format_value
from helpers.listed import listed_measures
from helpers.periods import months_after, parse_period
from helpers.plans import FREQUENCY_OF_KIND
from helpers.rows import each_row
from helpers.targets import reaches

KINDS = ("promise", "target", "figure", "account")

SOON_MONTHS = 6
"""What is due within so many months of the account is due next; the rest is due later."""


@dataclass(frozen=True)
class Due:
    """One thing that is due on a day.

    Parameters
    ----------
    kind
        ``promise``, ``target``, ``figure`` (counts as recent for the last time) or ``account``.
    name
        What it is called in its plan; the same in every quarter.
    what
        What is due, in words.
    plan
        The title of the plan that says so; empty where none does.
    page
        Where the site shows it; empty where it has no place of its own.
    status
        Of a promise or target, as `helpers.milestones.STATUSES`; empty for the others.
    """

    day: date
    kind: str
    name: str
    what: str
    plan: str = ""
    page: str = ""
    status: str = ""


def whats_due(
    definitions: Definitions,
    quarter: Quarter,
    area: str,
    milestones: pd.DataFrame,
    known: pd.DataFrame,
    assessments: pd.DataFrame,
) -> list[Due]:
    """List all that has a date, oldest first: what was promised, what is aimed at, what grows old.

    Of plans whose documents had not been published by the account's date, nothing is listed.

    Parameters
    ----------
    milestones, assessments
        Of the quarter; the assessments are those of the area.
    known
        Figures as known (`helpers.observations.latest_known`), of any areas.
    """
    found = [
        *_promises(definitions, quarter, milestones),
        *_targets(definitions, quarter, known),
        *_old_figures(definitions, area, assessments),
        *(
            Due(q.as_at, "account", q.quarter, f"The account of {q.quarter} is as at this day")
            for q in definitions.quarters.quarters
            if q.as_at <= quarter.as_at
        ),
    ]
    return sorted(found, key=lambda due: (due.day, KINDS.index(due.kind)))


def when_due(due: Due, as_at: date) -> str:
    """Say where something stands from an account: past, next or later.

    Returns
    -------
    str
        ``open``: past due, and nothing shows what became of it; ``past``; ``next``: within
        `SOON_MONTHS`, the account's own day included; ``later``.
    """
    if due.day < as_at:
        return "open" if due.status == "no_evidence_yet" else "past"
    return "next" if due.day <= months_after(as_at, SOON_MONTHS) else "later"


def target_status(value: Decimal | None, target: Decimal, kind: str) -> str:
    """Say whether the figure for a target's own period reaches it.

    Examples
    --------
    >>> target_status(Decimal(84), Decimal(85), "floor"), target_status(None, Decimal(85), "floor")
    ('missed', 'no_evidence_yet')
    """
    if value is None:
        return "no_evidence_yet"
    return "achieved" if reaches(value, target, kind) else "missed"


def current_until(end: date, months: int) -> date:
    """Return the last day on which a figure counts as recent (`comparison.currency_of`).

    Parameters
    ----------
    end
        The last day of the figure's period.
    months
        For how long figures of its measure are current.

    Examples
    --------
    >>> current_until(date(2025, 3, 31), 24), current_until(date(2025, 1, 15), 6)
    (datetime.date(2027, 3, 31), datetime.date(2025, 7, 15))
    """
    later = months_after(end, months)
    whole_month = end.day == monthrange(end.year, end.month)[1]
    return later.replace(day=monthrange(later.year, later.month)[1]) if whole_month else later


def _promises(definitions: Definitions, quarter: Quarter, milestones: pd.DataFrame) -> list[Due]:
    plans = {plan.id: plan for plan in _known_plans(definitions, quarter)}
    return [
        Due(
            row.due,
            "promise",
            f"{row.plan} {row.reference}",
            f"{row.text} Wanted: {row.target}." if row.target else row.text,
            plans[row.plan].title,
            f"{plans[row.plan].part(row.area).page}.html#milestone-{row.plan}-{row.reference}",
            row.status,
        )
        for row in each_row(milestones)
        if row.due is not None and row.plan in plans
    ]


def _targets(definitions: Definitions, quarter: Quarter, known: pd.DataFrame) -> list[Due]:
    """List the targets for a period, due on its last day; they are the reporting area's own."""
    own = known[(known["area"] == definitions.reporting_area) & (known["breakdown"] == "")]
    values = {(row.measure_id, row.period): row.value for row in each_row(own)}
    found = []
    for plan in _known_plans(definitions, quarter):
        for listed in listed_measures(plan):
            measure = definitions.measures[listed.entry.measure]
            for target in listed.entry.targets:
                period = parse_period(target.period, measure.year_type)
                least = "at most" if target.kind == "ceiling" else "at least"
                wanted = format_value(target.value, measure.unit, measure.decimals)
                value = values.get((measure.id, str(period)))
                found.append(
                    Due(
                        period.end,
                        "target",
                        f"{plan.id} {listed.page} {period}",
                        f"{measure.title}: {least} {wanted} for {period}",
                        plan.title,
                        listed.page,
                        target_status(value, target.value, target.kind),
                    )
                )
    return found


def _old_figures(definitions: Definitions, area: str, assessments: pd.DataFrame) -> list[Due]:
    """List for each recent figure the last day on which it counts as recent, each measure once."""
    found = {}
    for row in each_row(assessments):
        if row.currency != "current" or row.latest_value is None or row.role == "context":
            continue
        months = definitions.measures[row.measure_id].months_current
        if row.follows:
            months = CURRENT_FOR_MONTHS[FREQUENCY_OF_KIND[row.follows]]
        last = current_until(row.latest_period_end, months)
        name = f"{area} {row.measure_id} {row.follows}".strip()
        page = "" if row.role == "further" else row.page
        words = f"{row.title}: the figure for {row.latest_period} counts as recent until this day"
        found.setdefault(name, Due(last, "figure", name, words, "", page))
    return list(found.values())


def _known_plans(definitions: Definitions, quarter: Quarter) -> list:
    sources = definitions.sources
    plans = definitions.plans.values()
    return [plan for plan in plans if sources[plan.source].published <= quarter.as_at]
