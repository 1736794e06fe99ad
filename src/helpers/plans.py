"""What a plan wants: its parts, indicators, milestones and targets, and what else it says."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from helpers.entries import Entry, Text

Polarity = Literal["higher", "lower", "neutral", "representative"]
PolarityBasis = Literal["stated", "implied", "ours"]
PartsAre = Literal["ambition", "bee", "area"]

FREQUENCY_OF_KIND = {
    "month": "monthly",
    "quarter": "quarterly",
    "term": "termly",
    "calendar_year": "annual",
    "financial_year": "annual",
    "academic_year": "annual",
    "date": "annual",
}
"""How often figures for periods of a kind come, for an entry that follows that kind."""


class Target(Entry):
    """A value to reach in a period: a floor (at least) or a ceiling (at most)."""

    period: Text
    value: Annotated[Decimal, BeforeValidator(str)]
    kind: Literal["floor", "ceiling"]


class NationalQuartile(Entry):
    """The national quartile that a document says a figure is in; ``top`` is best."""

    period: Text
    quartile: Literal["top", "second", "third", "bottom"]


class PlanMeasure(Entry):
    """A measure within a plan: which way is good there, and on what basis.

    Parameters
    ----------
    ambition
        The ambition it serves, where that is another than the one of the part it stands in.
    baseline
        The period from which the document measures change.
    follows
        Which kind of period this entry follows, where the measure has figures for several kinds;
        they are never compared with one another.
    covers
        Which part of what the indicator asks for this measures; empty where it is all of it.
    """

    reference: str = ""
    measure: Text
    polarity: Polarity
    polarity_basis: PolarityBasis
    ambition: int | None = None
    baseline: str = ""
    follows: Literal["", *FREQUENCY_OF_KIND] = ""
    covers: str = ""
    note: str = ""
    why: str = ""
    targets: list[Target] = []
    national_quartile: list[NationalQuartile] = []
    benchmark: str | None = None

    @model_validator(mode="after")
    def _representative_has_benchmark(self) -> PlanMeasure:
        if self.polarity == "representative" and not self.benchmark:
            raise ValueError("a representative measure needs a benchmark (a breakdown's name)")
        return self


class Commentary(Entry):
    """The reasons and actions that a report states, in our words."""

    period: Text
    place: Text
    reasons: list[Text] = []
    actions: list[Text] = []


class Indicator(Entry):
    """What the plan lists; one or more measures serve it.

    Parameters
    ----------
    wanted
        The direction that the plan's own arrow wants; empty where it prints none.
    ambition, ambition_why
        The ambition of another plan that it serves, and why that one: our mapping.
    needed, held_by
        For an indicator without figures, or with figures for a part of it: what would be needed,
        and who would hold it.
    """

    number: int
    title: Text
    outcome_bees: list[Text]
    corporate_priorities: list[Text] = []
    why: Text
    place: str = ""
    wanted: Literal["", "up", "down", "monitor"] = ""
    ambition: int | None = None
    ambition_why: str = ""
    needed: str = ""
    held_by: str = ""
    measures: Annotated[list[PlanMeasure], Field(min_length=1)]
    further: list[PlanMeasure] = []
    official: list[PlanMeasure] = []
    commentary: Commentary | None = None


class Statement(Entry):
    """A point that a document makes beside its figures, in our words, with its place.

    Parameters
    ----------
    measures
        What figures there are of it: our mapping; empty where there are none.
    """

    text: Text
    place: Text
    ambition: int | None = None
    measures: list[Text] = []
    when: str = ""


class MilestoneTarget(Entry):
    """A number to reach, and by when.

    Parameters
    ----------
    kind
        ``floor`` is reached at or above the value, ``ceiling`` at or below it.
    up_to
        The upper end, where the document gives a range.
    working
        How the number follows from what is printed: '4 provisions of 20 places each'.
    """

    value: Annotated[Decimal, BeforeValidator(str)]
    up_to: Annotated[Decimal | None, BeforeValidator(lambda v: v if v is None else str(v))] = None
    unit: Literal["percent", "places"]
    kind: Literal["floor", "ceiling"] = "floor"
    working: str = ""
    due: str = ""
    due_as_published: str = ""


class EvidenceNote(Entry):
    """What a published document says of a milestone, in our words.

    Parameters
    ----------
    shows
        ``in_place`` (the thing exists), ``evidence`` (qualitative evidence has been published) or
        ``progress`` (on the way; settles nothing).
    """

    source: Text
    place: Text
    text: Text
    shows: Literal["in_place", "evidence", "progress"]


class NearMeasure(Entry):
    """A published measure that is near a milestone but is not what was promised."""

    measure: Text
    why: Text


class Milestone(Entry):
    """A measure of success: what was promised, and by what it can be shown.

    Parameters
    ----------
    wanted
        For a direction only.
    targets
        For a number only: at most 26, one for each letter.
    evidence
        Measures that are what was promised, for a number or a direction; without a reference,
        which is the milestone's own. One that `covers` a part of what was promised shows a
        direction to be on track, never achieved.
    notes
        They settle only a thing in place (``in_place``) or qualitative evidence (``evidence``);
        beside them, and of every other kind, there may be notes of ``progress``.
    no_evidence
        What would show it, and who would hold it.
    """

    number: int
    text: Text
    kind: Literal[
        "number_by_date", "places_or_things", "in_place", "direction", "qualitative_evidence"
    ]
    wanted: Literal["", "increase", "decrease"] = ""
    ambition: int | None = None
    due: str = ""
    due_as_published: str = ""
    targets: Annotated[list[MilestoneTarget], Field(max_length=26)] = []
    evidence: list[PlanMeasure] = []
    notes: list[EvidenceNote] = []
    nearest: list[NearMeasure] = []
    no_evidence: str = ""

    @model_validator(mode="after")
    def _kind_has_what_it_needs(self) -> Milestone:
        if self.kind == "direction" and not self.wanted:
            raise ValueError("a milestone of kind direction needs 'wanted': increase or decrease")
        if self.kind in ("number_by_date", "places_or_things") and not self.targets:
            raise ValueError(f"a milestone of kind {self.kind} needs its targets")
        if self.kind == "number_by_date" and not all(target.due for target in self.targets):
            raise ValueError("a number by a date needs its due date")
        return self

    @model_validator(mode="after")
    def _kind_has_only_what_can_settle_it(self) -> Milestone:
        of_kind = f"a milestone of kind {self.kind}"
        number = self.kind in ("number_by_date", "places_or_things")
        if self.wanted and self.kind != "direction":
            raise ValueError(f"{of_kind} has no 'wanted': only a direction has; leave it out")
        if self.targets and not number:
            raise ValueError(f"{of_kind} has no targets: no number settles it; leave them out")
        if self.evidence and not number and self.kind != "direction":
            raise ValueError(
                f"{of_kind} has no measures as evidence: only a note settles it; put them under "
                "'nearest'"
            )
        for entry in self.evidence:
            if entry.reference:
                raise ValueError(
                    f"evidence '{entry.measure}' has the reference '{entry.reference}': evidence "
                    "has the milestone's own; leave it out"
                )
        settles = {"in_place": "in_place", "qualitative_evidence": "evidence"}.get(self.kind)
        for note in self.notes:
            if note.shows not in ("progress", settles):
                allowed = f"'{settles}' or 'progress'" if settles else "'progress'"
                raise ValueError(f"{of_kind} has a note that shows '{note.shows}': use {allowed}")
        return self


class Part(Entry):
    """A part of a plan: an ambition, an Outcome Bee or an area of improvement.

    Parameters
    ----------
    page
        The page of the site that shows it.
    mark
        The file of a small picture that stands beside its name (`helpers.marks`).
    ambition
        The ambition of another plan that the whole part serves: our mapping.
    progress, context
        Figures that the document gives of its progress, and of whom it is about.
    """

    id: Text
    title: Text
    short_title: Text
    page: Text
    mark: Annotated[str, Field(pattern=r"^([\w-]+/)*[\w-]+\.svg$|^$")] = ""
    aim: str = ""
    place: str = ""
    means: list[Text] = []
    ambition: int | None = None
    indicators: list[Indicator] = []
    progress: list[PlanMeasure] = []
    context: list[PlanMeasure] = []
    official: list[PlanMeasure] = []
    actions: list[Text] = []
    milestones: list[Milestone] = []
    delivered: list[Statement] = []


class NamedThing(Entry):
    """An id and the name that readers see."""

    id: Text
    name: Text


class SummaryItem(Entry):
    """A point of a published executive summary, with the references it speaks of."""

    text: Text
    references: list[Text] = []
    official: list[Text] = []


class ExecutiveSummary(Entry):
    """A published executive summary: what was good, and what had to improve."""

    good: list[SummaryItem]
    to_improve: list[SummaryItem]


class Claim(Entry):
    """What a document says of the documents themselves, such as how many outcomes there are."""

    subject: Text
    value: Text
    place: Text
    as_published: Text


class Content(Entry):
    """What a document says beside its figures, in our words, each point with its place.

    Parameters
    ----------
    commitments, promises
        What will be different, and how people will work.
    priorities
        What people said they want, and what figures there are of it.
    review
        What others found who looked at the work.
    """

    mission: Statement | None = None
    commitments: list[Statement] = []
    promises: list[Statement] = []
    priorities: list[Statement] = []
    engagement: list[Statement] = []
    governance: list[Statement] = []
    reporting: list[Statement] = []
    review: list[Statement] = []


class Plan(Entry):
    """A plan: its parts, and the margin that its rule for the direction of travel uses.

    Parameters
    ----------
    margin_basis
        Whether the plan states its margin, or we apply it.
    serves
        The plan whose ambitions this one's parts serve; empty for a plan with its own.
    page
        The page of the site that shows the whole plan; empty where there is none.
    """

    id: Text
    title: Text
    short_title: Text
    starts: int
    ends: int
    successor: str = ""
    margin: Annotated[Decimal, Field(ge=0, le=1), BeforeValidator(str)]
    margin_basis: Literal["stated", "ours"]
    source: Text
    serves: str = ""
    page: str = ""
    corporate_priorities: list[NamedThing] = []
    parts_are: PartsAre
    parts: Annotated[list[Part], Field(min_length=1)]
    content: Content = Content()

    @property
    def indicators(self) -> list[Indicator]:
        """All indicators in the plan's order."""
        return [indicator for part in self.parts for indicator in part.indicators]

    @property
    def ambitions(self) -> list[Part]:
        """The parts that are numbered ambitions, in order."""
        return [part for part in self.parts if self.parts_are == "ambition" and part.id.isdigit()]

    def part(self, part_id: str) -> Part:
        """Return a part by its id."""
        return next(part for part in self.parts if part.id == part_id)
