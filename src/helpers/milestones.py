"""What a plan promised, by when, and what can be shown of it.

Methods, section 6: every milestone has evidence, a measure or a dated note with a source, or says
plainly that none has been published. Its status follows from evidence alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from decimal import Decimal

import pandas as pd

from helpers import wording
from helpers.definitions import Definitions, Quarter
from helpers.observations import as_at, stated_changes
from helpers.periods import day_label, parse_period
from helpers.plans import EvidenceNote, Milestone, MilestoneTarget, Part, Plan

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
        One of `STATUSES`.
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
    changes
        Changes that documents state for measures of which they give no figures.
    notes
        What documents say of it in words.
    """

    figures: list
    changes: list
    notes: list[EvidenceNote]

    @property
    def settles(self) -> bool:
        """Whether there is more than a word of progress on the way."""
        figures = any(row.latest_value is not None for row in self.figures)
        return figures or bool(self.changes) or any(n.shows != "progress" for n in self.notes)


def assess_milestones(
    definitions: Definitions,
    assessments: pd.DataFrame,
    observations: pd.DataFrame,
    quarter: Quarter,
) -> pd.DataFrame:
    """Say of every milestone of every plan what can be shown by a quarter's date.

    Parameters
    ----------
    assessments
        Of the reporting area (`helpers.assessment.assess`); they hold the evidence's figures.
    observations
        The tidy table, for changes that documents state without figures.

    Returns
    -------
    DataFrame
        One row a milestone, or a dated target of it, in the plan's order, with the fields of
        `MilestoneStatus`.
    """
    areas = definitions.areas.within(definitions.reporting_area)
    published = as_at(observations, quarter.as_at)
    published = published[published["area"].isin(areas)]
    measures = {row.measure_id: row for row in assessments[::-1].itertuples()}
    rows = []
    for plan in definitions.plans.values():
        own = assessments[(assessments["plan"] == plan.id) & (assessments["role"] == "plan")]
        for part in plan.parts:
            for milestone in part.milestones:
                figures = own[own["reference"] == f"{part.id}-{milestone.number}"]
                evidence = _Evidence(
                    figures=list(figures.itertuples()),
                    changes=_stated(published, figures["measure_id"]),
                    notes=[
                        note
                        for note in milestone.notes
                        if definitions.sources[note.source].published <= quarter.as_at
                    ],
                )
                nearest = " ".join(
                    f"{wording.nearest(measures[near.measure])} It {_sentence(near.why)}"
                    for near in milestone.nearest
                    if near.measure in measures
                )
                # A milestone with several dated targets is as many rows.
                for number, target in enumerate(milestone.targets or [None]):
                    letter = "abcdefgh"[number] if len(milestone.targets) > 1 else ""
                    row = _assess(plan, part, milestone, target, evidence, definitions, quarter)
                    reference = f"{row.reference}{letter}"
                    rows.append(replace(row, reference=reference, nearest=nearest))
    names = [field.name for field in fields(MilestoneStatus)]
    return pd.DataFrame([asdict(row) for row in rows], columns=names, dtype=object)


def number_status(
    target: Decimal,
    latest: Decimal | None,
    latest_end: date | None,
    due: date | None,
    as_at_day: date,
    baseline: Decimal | None = None,
    baseline_end: date | None = None,
) -> str:
    """Say whether a number has been, or will be, reached by its date.

    Reached at any time counts as achieved; not reached when the date has passed is missed, if a
    figure for that time or later shows it. Before the date, the figure is set beside a straight
    line from the baseline to the target: on or above it is on track, below it is behind. Without
    a baseline there is no such line, and short of the target is behind.

    Examples
    --------
    >>> number_status(Decimal(75), Decimal(80), date(2023, 12, 31), date(2023, 12, 31),
    ...     date(2024, 3, 31))
    'achieved'
    >>> number_status(Decimal(75), None, None, date(2023, 12, 31), date(2024, 3, 31))
    'no_evidence_yet'
    """
    if latest is None or latest_end is None:
        return "no_evidence_yet"
    if latest >= target:
        return "achieved"
    if due is not None and as_at_day > due:
        # An older figure does not show where things stood when the date came.
        return "missed" if latest_end >= due else "no_evidence_yet"
    if due is None or baseline is None or baseline_end is None or baseline_end >= due:
        return "behind"
    share = Decimal((latest_end - baseline_end).days) / Decimal((due - baseline_end).days)
    expected = baseline + (target - baseline) * share
    return "on_track" if latest >= expected else "behind"


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
    return MilestoneStatus(
        quarter=quarter.quarter,
        plan=plan.id,
        area=part.id,
        area_title=part.title,
        ambition=milestone.ambition,
        reference=f"{part.id}-{milestone.number}",
        text=milestone.text,
        kind=milestone.kind,
        target=wording.milestone_target(target),
        due=due,
        due_as_published=dated.due_as_published,
        due_passed="" if due is None else "yes" if quarter.as_at > due else "no",
        status=status,
        evidence=_evidence_in_words(evidence, due, definitions, quarter),
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
    if target is not None:
        row = evidence.figures[0] if evidence.figures else None
        return number_status(
            target.value,
            row.latest_value if row else None,
            row.latest_period_end if row else None,
            due,
            as_at_day,
            row.baseline_value if row else None,
            parse_period(row.baseline_period).end if row and row.baseline_period else None,
        )
    if milestone.kind == "direction":
        moved = [row.since_baseline for row in evidence.figures if row.since_baseline is not None]
        moved += [row.value for row in evidence.changes]
        return direction_status(milestone.wanted, moved, due, as_at_day)
    return note_status(milestone.kind, evidence.notes)


def _needed(milestone: Milestone, evidence: _Evidence) -> str:
    """Say what would show it; where there is a first figure, another to set beside it."""
    if milestone.no_evidence or not evidence.settles:
        return milestone.no_evidence
    return "A later figure, to set beside this one."


def _stated(published: pd.DataFrame, measure_ids: Iterable[str]) -> list:
    """Return changes that documents state for measures of which they give no figures."""
    changes = []
    for measure_id in measure_ids:
        rows = published[published["measure_id"] == measure_id]
        if not (rows["kind"] == "level").any():
            stated = stated_changes(rows, set(rows["area"]))
            changes += stated.drop_duplicates("area", keep="last").itertuples()
    return changes


def _evidence_in_words(
    evidence: _Evidence, due: date | None, definitions: Definitions, quarter: Quarter
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
    for note in evidence.notes:
        so_far = "Said so far: " if note.shows == "progress" else ""
        cited = _cite(note.source, note.place, definitions)
        parts.append(f"{so_far}{_sentence(note.text)} {cited}")
    return " ".join(parts)


def _cite(source_id: str, place: str, definitions: Definitions) -> str:
    return f"({definitions.sources[source_id].document}, {place})"


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
