"""What a plan promised, by when, and what can be shown of it.

Methods, section 6: every milestone has evidence, a measure or a dated note with a source, or says
plainly that none has been published. Its status follows from evidence alone. A number by a date is
judged by the figures up to that date, and figures for a part of what a direction promised show it
to be on track, never achieved.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from decimal import Decimal

import pandas as pd

from helpers import wording
from helpers.comparison import KnownFigures
from helpers.definitions import Definitions, Quarter
from helpers.formats import qualified, when, with_full_stop
from helpers.periods import day_label, parse_period
from helpers.plans import EvidenceNote, Milestone, MilestoneTarget, Part, Plan
from helpers.rows import each_row
from helpers.targets import number_status, reaches

STATUSES = ("achieved", "on_track", "behind", "missed", "not_started", "no_evidence_yet")


@dataclass(frozen=True)
class MilestoneStatus:
    """What can be shown of one milestone, or of one of its dated targets.

    Parameters
    ----------
    area
        The area of improvement it stands in.
    reference
        Area and place, ``5-1``; with a letter, ``5-1a``, where it has several dated targets.
    due, due_as_published
        The last day to reach it by, and the document's own words for that; empty where it names
        none.
    due_passed
        ``yes`` or ``no`` as at the quarter's date; empty where there is no date.
    status
        One of `STATUSES`; a direction of which the figures cover a part is at best on track.
    evidence
        What shows it, in a sentence with its source, or that nothing has been published.
    nearest
        Published figures that are near, and why they do not settle it.
    """

    quarter: str
    plan: str
    area: str
    area_title: str
    ambition: int | None
    reference: str
    text: str
    kind: str
    target: str
    due: date | None
    due_as_published: str
    due_passed: str
    status: str
    evidence: str
    measure_id: str
    nearest: str
    needed: str


@dataclass(frozen=True)
class _Evidence:
    """What had been published on one milestone.

    Parameters
    ----------
    figures
        Assessments of the measures that are what was promised.
    series
        For a number, every figure of the one measure that is what was promised, oldest first.
    changes
        Changes that documents state for measures of which they give no figures.
    notes
        What documents say of it in words.
    """

    figures: list
    series: list
    changes: list
    notes: list[EvidenceNote]

    @property
    def settles(self) -> bool:
        """Whether there is more than a word of progress on the way."""
        figures = any(row.latest_value is not None for row in self.figures)
        return (
            figures
            or bool(self.series)
            or bool(self.changes)
            or any(n.shows != "progress" for n in self.notes)
        )


def assess_milestones(
    definitions: Definitions,
    assessments: pd.DataFrame,
    observations: pd.DataFrame | KnownFigures,
    quarter: Quarter,
) -> pd.DataFrame:
    """Say of every milestone of every plan what can be shown by a quarter's date.

    Parameters
    ----------
    assessments
        Of the reporting area (`helpers.assessment.assess`); they hold the evidence's figures.
    observations
        The tidy table, for the figures by a date, and for changes stated without figures. Or what
        was known by the quarter's date, as `helpers.assessment.assess` takes it.

    Returns
    -------
    DataFrame
        One row a milestone, or a dated target of it, in the plan's order, with the fields of
        `MilestoneStatus`.
    """
    area = definitions.reporting_area
    known = observations
    if not isinstance(known, KnownFigures):
        known = KnownFigures(observations, quarter.as_at)
    within = definitions.areas.within(area)
    measures = {row.measure_id: row for row in each_row(assessments[::-1])}
    rows = []
    for plan in definitions.plans.values():
        own = assessments[
            (assessments["plan"] == plan.id)
            & (assessments["role"] == "plan")
            & assessments["indicator"].isna()
        ]
        evidence_of: dict[tuple, list] = {}
        for row in each_row(own):
            evidence_of.setdefault((row.part, row.reference), []).append(row)
        for part in plan.parts:
            for milestone in part.milestones:
                figures = evidence_of.get((part.id, f"{part.id}-{milestone.number}"), [])
                evidence = _Evidence(
                    figures=figures,
                    series=_series(known, figures[0], area) if figures else [],
                    changes=[
                        change
                        for row in figures
                        if row.change_in_words
                        for change in known.changes(row.measure_id, area, within)
                    ],
                    notes=[
                        note
                        for note in milestone.notes
                        if definitions.sources[note.source].published <= quarter.as_at
                    ],
                )
                nearest = " ".join(
                    f"{wording.nearest(measures[near.measure])} It {with_full_stop(near.why)}"
                    for near in milestone.nearest
                    if near.measure in measures
                )
                # A milestone with several dated targets is as many rows.
                for number, target in enumerate(milestone.targets or [None]):
                    letter = string.ascii_lowercase[number] if len(milestone.targets) > 1 else ""
                    row = _assess(plan, part, milestone, target, evidence, definitions, quarter)
                    reference = f"{row.reference}{letter}"
                    rows.append(replace(row, reference=reference, nearest=nearest))
    names = [field.name for field in fields(MilestoneStatus)]
    return pd.DataFrame([asdict(row) for row in rows], columns=names, dtype=object)


def direction_status(
    wanted: str, changes: Sequence[Decimal], due: date | None, as_at_day: date
) -> str:
    """Say whether figures have moved as was promised.

    Parameters
    ----------
    wanted
        ``increase`` or ``decrease``.
    changes
        Of every figure that is evidence, since its baseline. All must have moved as promised.

    Examples
    --------
    >>> direction_status("decrease", [Decimal("-3.0")], None, date(2026, 9, 30))
    'achieved'
    >>> direction_status("decrease", [Decimal("0")], None, date(2026, 9, 30))
    'behind'
    """
    if not changes:
        return "no_evidence_yet"
    sign = 1 if wanted == "increase" else -1
    if all(sign * change > 0 for change in changes):
        return "achieved"
    return "missed" if due is not None and as_at_day > due else "behind"


def note_status(kind: str, notes: Sequence[EvidenceNote]) -> str:
    """Say what published notes settle; one of progress on the way settles nothing."""
    settles = {"in_place": "in_place", "qualitative_evidence": "evidence"}.get(kind)
    return "achieved" if settles in [note.shows for note in notes] else "no_evidence_yet"


def _assess(
    plan: Plan,
    part: Part,
    milestone: Milestone,
    target: MilestoneTarget | None,
    evidence: _Evidence,
    definitions: Definitions,
    quarter: Quarter,
) -> MilestoneStatus:
    """Assess a milestone, or one of its dated targets."""
    dated = target if target is not None and target.due else milestone
    due = parse_period(dated.due).end if dated.due else None
    status = _status(milestone, target, evidence, due, quarter.as_at)
    at_most = "at most " if target is not None and target.kind == "ceiling" else ""
    return MilestoneStatus(
        quarter=quarter.quarter,
        plan=plan.id,
        area=part.id,
        area_title=part.title,
        ambition=milestone.ambition,
        reference=f"{part.id}-{milestone.number}",
        text=milestone.text,
        kind=milestone.kind,
        target=f"{at_most}{wording.milestone_target(target)}",
        due=due,
        due_as_published=dated.due_as_published,
        due_passed="" if due is None else "yes" if quarter.as_at > due else "no",
        status=status,
        evidence=_evidence_in_words(target, evidence, due, definitions, quarter),
        measure_id="; ".join(row.measure_id for row in evidence.figures),
        nearest="",
        needed=_needed(milestone, evidence) if status == "no_evidence_yet" else "",
    )


def _status(
    milestone: Milestone,
    target: MilestoneTarget | None,
    evidence: _Evidence,
    due: date | None,
    as_at_day: date,
) -> str:
    """Apply the rule of its kind; a direction shown for a part of it only is not achieved."""
    if target is not None:
        figures = [(row.period_end, row.value) for row in evidence.series]
        baseline = _baseline(evidence.figures[0]) if evidence.figures else None
        return number_status(target.value, figures, due, as_at_day, target.kind, baseline)
    if milestone.kind == "direction":
        moved = [row.since_baseline for row in evidence.figures if row.since_baseline is not None]
        moved += [row.value for row in evidence.changes]
        status = direction_status(milestone.wanted, moved, due, as_at_day)
        # Figures for a part of what was promised never show the whole of it.
        part = any(row.covers for row in evidence.figures)
        return "on_track" if part and status == "achieved" else status
    return note_status(milestone.kind, evidence.notes)


def _needed(milestone: Milestone, evidence: _Evidence) -> str:
    """Say what would show it; where there is a first figure, another to set beside it."""
    if milestone.no_evidence or not evidence.settles:
        return milestone.no_evidence
    return "A later figure, to set beside this one."


def _series(known: KnownFigures, assessment: object, area: str) -> list:
    """Return the figures of an entry of evidence, of the kind that it follows, oldest first."""
    follows = assessment.follows
    return [
        row
        for row in known.of(assessment.measure_id, area)
        if row.value is not None and follows in ("", row.period_kind)
    ]


def _baseline(assessment: object) -> tuple[date, Decimal] | None:
    """Return the last day and the value of the baseline, if figures are compared with it."""
    if assessment.baseline_value is None or assessment.baseline_reason:
        return None
    return parse_period(assessment.baseline_period).end, assessment.baseline_value


def _deciding(
    target: MilestoneTarget, figures: Sequence, due: date | None, as_at_day: date
) -> object | None:
    """Find the figure that decides on a number: the newest, or the one that counts by its date."""
    in_time = [row for row in figures if due is None or row.period_end <= due]
    reached = [row for row in in_time if reaches(row.value, target.value, target.kind)]
    passed = due is not None and as_at_day > due
    deciding = reached or (in_time if passed else []) or figures
    return deciding[-1] if deciding else None


def _evidence_in_words(
    target: MilestoneTarget | None,
    evidence: _Evidence,
    due: date | None,
    definitions: Definitions,
    quarter: Quarter,
) -> str:
    """Say what shows it, with the sources, or that nothing does."""
    parts = []
    if not evidence.settles:
        parts.append("No evidence has been published.")
        if due is not None and quarter.as_at > due:
            parts.append(f"Its date, {day_label(due)}, has passed.")
    for row in evidence.figures:
        if words := wording.milestone_evidence(row):
            parts.append(f"{words} {_cite(row.source, row.place, definitions)}")
            if row.covers:
                parts.append(f"That is a part of what was promised: {row.covers}.")
    if target is not None and (row := _deciding(target, evidence.series, due, quarter.as_at)):
        shown = evidence.figures[0]
        if shown.latest_value is None or shown.latest_period != row.period:
            value = qualified(row.value, shown.unit, shown.decimals, row.qualifier)
            cited = _cite(row.source, row.place, definitions)
            parts.append(f"The figure that decides: {value} {when(row.period)}. {cited}")
    for note in evidence.notes:
        so_far = "Said so far: " if note.shows == "progress" else ""
        cited = _cite(note.source, note.place, definitions)
        parts.append(f"{so_far}{with_full_stop(note.text)} {cited}")
    return " ".join(parts)


def _cite(source_id: str, place: str, definitions: Definitions) -> str:
    return f"({definitions.sources[source_id].document}, {place})"
