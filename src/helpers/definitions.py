"""What is measured, and what the plan wants of it: the shape of every definition.

The definitions themselves are YAML files under ``data/raw``; `helpers.definition_files` reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from helpers.entries import Entry, Text
from helpers.errors import PeriodError
from helpers.periods import YEAR_TYPES, parse_period
from helpers.plain_words import PlainWord, without_long_sentences
from helpers.plans import Claim, ExecutiveSummary, Plan
from helpers.same_words import SameWords

Unit = Literal[
    "percent",
    "percentage_points",
    "points",
    "number",
    "pounds",
    "days",
    "rate_per_10000",
    "rate_per_100000",
    "rank",
]

CURRENT_FOR_MONTHS = {"annual": 24, "termly": 9, "quarterly": 9, "monthly": 6, "once": 24}
"""For how long after its period ended a figure is current, by how often the measure is published.

Methods, section 1, 'Current or old': the frequency and a usual publication lag.
"""


class Quarter(Entry):
    """A quarter that can be reported on, and the date up to which publications count."""

    quarter: Annotated[str, Field(pattern=r"^\d{4}-\d{2} Q[1-4]$")]
    as_at: date

    @property
    def slug(self) -> str:
        """The quarter as it stands in folder names: ``2026-27-q2``."""
        return self.quarter.lower().replace(" ", "-")


class Quarters(Entry):
    """The quarters in order, and the one reported on unless another is asked for."""

    default: Text
    quarters: list[Quarter]

    @model_validator(mode="after")
    def _default_is_listed(self) -> Quarters:
        if self.default not in [q.quarter for q in self.quarters]:
            raise ValueError(f"the default quarter '{self.default}' is not among the quarters")
        names = [quarter.quarter for quarter in self.quarters]
        days = [quarter.as_at for quarter in self.quarters]
        if len(set(names)) < len(names) or days != sorted(set(days)):
            raise ValueError("quarters must stand once each, oldest first, with rising as_at dates")
        return self


class Area(Entry):
    """A place that figures describe.

    Parameters
    ----------
    neighbours
        Names of the ten local authorities most like this one, where their own figures are given.
    """

    name: Text
    kind: Literal["local_authority", "sub_county", "region", "national", "statistical_neighbours"]
    neighbours: list[Text] = []


class Areas(Entry):
    """All areas, and the one that the account is about.

    Parameters
    ----------
    all_authorities
        Whether every local authority of the country is listed. Only then do ranks and quarters
        of all authorities mean what they say.
    """

    reporting_area: Text
    all_authorities: bool = False
    areas: list[Area]

    @property
    def names(self) -> list[str]:
        """The areas' names, in the file's order."""
        return [area.name for area in self.areas]

    @property
    def accounts(self) -> list[str]:
        """The areas that have an account: all but the other local authorities."""
        own = self.reporting_area
        return [a.name for a in self.areas if a.kind != "local_authority" or a.name == own]

    def of_kind(self, kind: str) -> list[str]:
        """Return the names of the areas of a kind, in the file's order."""
        return [area.name for area in self.areas if area.kind == kind]

    def area(self, name: str) -> Area:
        """Return an area by its name."""
        return next(area for area in self.areas if area.name == name)

    def within(self, name: str) -> list[str]:
        """Return an area and, for the one that the account is about, the parts of it."""
        parts = [area.name for area in self.areas if area.kind == "sub_county"]
        return [name, *(parts if name == self.reporting_area else [])]


class OutcomeBee(Entry):
    """One of the outcomes that the indicators serve."""

    id: Text
    name: Text
    meaning: Text


class OutcomeBees(Entry):
    """The outcomes, and the document they come from."""

    document: Text
    bees: list[OutcomeBee]


class Source(Entry):
    """A document or data file that figures come from, with its citation."""

    id: Text
    reader: Literal["published", "lait", "none"]
    document: Text
    publisher: Text
    published: date
    precision: Literal["day", "month", "inferred"]
    precision_reason: str = ""
    section: Text
    licence: Text

    @model_validator(mode="after")
    def _inferred_has_reason(self) -> Source:
        if self.precision == "inferred" and not self.precision_reason:
            raise ValueError("an inferred date of publication needs a precision_reason")
        return self


class Break(Entry):
    """The first period of a new definition; figures on its two sides are never compared."""

    from_period: Text = Field(alias="from")
    reason: Text


class Measure(Entry):
    """One figure over time, whatever documents give it: one measure, one id, one series.

    Parameters
    ----------
    events
        Whether a number or a rate counts separate events, each of which might as well not have
        happened. Only between such can chance be told from change.
    plain
        What it is called in the short version, as simply as can be; empty: it is left out there.
    elsewhere
        What a reader must know when other places' figures stand beside it.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    title: Text
    plain: str = ""
    unit: Unit
    decimals: Annotated[int, Field(ge=0, le=4)]
    of: Text
    definition: Text
    year_type: Literal[YEAR_TYPES]
    frequency: Literal["annual", "termly", "quarterly", "monthly", "once"]
    lait_code: str | None = None
    compare_with: Literal["a_year_earlier", "nearest_earlier"] = "a_year_earlier"
    current_for_months: int | None = None
    events: bool = False
    elsewhere: str = ""
    breaks: list[Break] = []
    sum_of: str | None = None
    shares_of: str | None = None
    no_more_than: str | None = None
    base_no_more_than: str | None = None
    subject: str | None = None

    @property
    def months_current(self) -> int:
        """For how many months after its period ended a figure of this measure is current."""
        return self.current_for_months or CURRENT_FOR_MONTHS[self.frequency]

    _plain_is_short = field_validator("plain")(without_long_sentences)

    @model_validator(mode="after")
    def _events_are_counted(self) -> Measure:
        if self.events and self.unit != "number" and not self.unit.startswith("rate_"):
            raise ValueError(
                "events: only a number or a rate counts events, and the unit is "
                f"{self.unit}; leave it out"
            )
        return self

    @model_validator(mode="after")
    def _breaks_are_periods(self) -> Measure:
        for entry in self.breaks:
            try:
                parse_period(entry.from_period, self.year_type)
            except PeriodError as problem:
                raise ValueError(f"breaks: {problem}") from None
        return self


@dataclass(frozen=True)
class Definitions:
    """Everything that is defined rather than observed.

    Parameters
    ----------
    root
        The project's folder.
    published_directions
        Source id -> reference -> the arrow that the document prints.
    executive_summaries
        Source id -> what the document's executive summary says.
    claims
        Source id -> what the document says of the documents themselves.
    plain_words
        The words that the short version explains.
    same_words
        Words that mean the same, for those who look for one of them.
    """

    root: Path
    quarters: Quarters
    areas: Areas
    bees: OutcomeBees
    sources: dict[str, Source]
    measures: dict[str, Measure]
    plans: dict[str, Plan]
    published_directions: dict[str, dict[str, str]]
    executive_summaries: dict[str, ExecutiveSummary]
    claims: dict[str, list[Claim]]
    plain_words: tuple[PlainWord, ...] = ()
    same_words: tuple[SameWords, ...] = ()

    @property
    def reporting_area(self) -> str:
        """The area that the account is about."""
        return self.areas.reporting_area

    def serving(self, plan_id: str) -> list[Plan]:
        """Return the plans whose parts serve the ambitions of a plan."""
        return [plan for plan in self.plans.values() if plan.serves == plan_id]

    def quarter(self, name: str) -> Quarter | None:
        """Return a quarter by name, or None where it is not listed."""
        return next((q for q in self.quarters.quarters if q.quarter == name), None)
