"""Which measures a plan lists, and where: its part, indicator, role and place on the site."""

from __future__ import annotations

import re
from dataclasses import dataclass

from helpers.plans import Indicator, Part, Plan, PlanMeasure
from helpers.project import OWN_PAGES


@dataclass(frozen=True)
class Listed:
    """A measure where a plan lists it."""

    plan: Plan
    part: Part
    indicator: Indicator | None
    role: str
    entry: PlanMeasure

    @property
    def ambition(self) -> int | None:
        """The ambition it serves: named for it, its indicator or its part, or the part itself."""
        of_indicator = self.indicator and self.indicator.ambition
        nearest_first = (self.entry.ambition, of_indicator, self.part.ambition)
        number = next(filter(None, nearest_first), None)
        if number is None and not self.plan.serves and self.part in self.plan.ambitions:
            return int(self.part.id)
        return number

    @property
    def page(self) -> str:
        """The place on the site that shows it."""
        return f"{self.part.page}.html#{anchor(self.entry)}"


def listed_measures(plan: Plan) -> list[Listed]:
    """List every measure of a plan with its part, indicator and role, in order.

    The evidence of a milestone has the milestone's reference: area and place.
    """
    listed = []
    for part in plan.parts:
        for indicator in part.indicators:
            for role, entries in (
                ("plan", indicator.measures),
                ("further", indicator.further),
                ("official", indicator.official),
            ):
                listed += [Listed(plan, part, indicator, role, entry) for entry in entries]
        for role, entries in (
            ("progress", part.progress),
            ("context", part.context),
            ("official", part.official),
        ):
            listed += [Listed(plan, part, None, role, entry) for entry in entries]
        for milestone in part.milestones:
            for entry in milestone.evidence:
                of_milestone = {
                    "reference": f"{part.id}-{milestone.number}",
                    "ambition": entry.ambition or milestone.ambition,
                }
                listed.append(
                    Listed(plan, part, None, "plan", entry.model_copy(update=of_milestone))
                )
    return listed


def anchor(entry: PlanMeasure) -> str:
    """Return the name of a measure's place on its page; the same in every quarter."""
    kind = f"-{entry.follows}".replace("_", "-") if entry.follows else ""
    return f"measure-{entry.reference}" if entry.reference else f"measure-{entry.measure}{kind}"


def page_name(reference: str) -> str:
    """Return the name of an indicator's own page: the reference of its measures, without letter.

    Examples
    --------
    >>> page_name("happy-3a"), page_name("25b"), page_name("7")
    ('happy-3', '25', '7')
    """
    return re.sub(r"(?<=\d)[a-z]$", "", reference)


def own_page(plan_id: str, reference: str) -> str:
    """Return where the site has the own page of a measure's indicator; the same in every quarter.

    Examples
    --------
    >>> own_page("outcome-bees", "happy-3a")
    'indicators/outcome-bees/happy-3.html'
    """
    return f"{OWN_PAGES}/{plan_id}/{page_name(reference)}.html"


def has_own_page(row: object) -> bool:
    """Say whether an assessment is of a measure that an indicator lists, which has a page."""
    return row.role == "plan" and bool(row.indicator)
