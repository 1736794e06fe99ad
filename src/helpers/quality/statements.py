"""Checks of what a document says in words against the figures that it gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from operator import attrgetter

import pandas as pd

from helpers.definitions import Definitions
from helpers.errors import PeriodError
from helpers.numbers import half_a_place
from helpers.observations import CHANGES, STATEMENTS, period_of
from helpers.periods import Period, parse_period
from helpers.quality.finding import (
    Finding,
    Published,
    finding_of,
    indicators_of,
    sharing,
)
from helpers.rows import each_row


def stated_changes(published: Published, definitions: Definitions) -> Iterator[Finding]:
    """Find stated changes in percent or points that the published figures do not give."""
    known = published.values
    for row in published.rows:
        if row.kind not in CHANGES:
            continue
        now = known.get((row.measure_id, row.area, row.period))
        if row.against == "target":
            before = _target_value(definitions, row)
        else:
            before = known.get((row.measure_id, row.area, row.against))
        if now is None or before is None or (row.kind == "change_percent" and before == 0):
            continue
        change = now - before
        if row.kind == "change_percent":
            change = 100 * change / abs(before)
        if abs(row.value - change) > half_a_place(row.value):
            unit = "%" if row.kind == "change_percent" else " percentage points"
            yield finding_of(
                "stated_change",
                row,
                found=f"a change of {row.value}{unit}",
                expected=f"{round(change, 1)}{unit} (from {before} to {now})",
                explanation="The change stated in the text is not the one between the figures.",
            )


def stated_differences(published: Published, definitions: Definitions) -> Iterator[Finding]:
    """Find stated differences from another area that the two published figures do not give."""
    known = published.values
    for row in published.rows:
        if row.kind != "difference_points":
            continue
        here = known.get((row.measure_id, row.area, row.period))
        there = known.get((row.measure_id, row.against, row.period))
        if here is None or there is None:
            continue
        if abs(row.value - (here - there)) > half_a_place(row.value):
            yield finding_of(
                "stated_difference",
                row,
                found=f"{row.value} percentage points from {row.against}",
                expected=f"{here - there} ({here} less {there})",
                explanation="The difference stated in the text is not the one between the figures.",
            )


def restated_figures(published: Published, definitions: Definitions) -> Iterator[Finding]:
    """Find figures that one document states twice and not alike."""
    figure = attrgetter("source", "measure_id", "area", "breakdown", "period")
    for rows in sharing(published.levels, figure):
        ordered = sorted(rows, key=lambda row: STATEMENTS.index(row.statement))
        for other in ordered[1:]:
            if abs(other.value - ordered[0].value) > half_a_place(other.value):
                yield finding_of(
                    "restated_figure",
                    other,
                    found=f"{other.value} ({other.place})",
                    expected=f"{ordered[0].value} ({ordered[0].place})",
                    explanation="The document gives two figures for the same thing.",
                )


def words_of_figures(published: Published, definitions: Definitions) -> Iterator[Finding]:
    """Find figures whose printed words speak of another measure's subject and not their own."""
    subjects = {m.id: m.subject for m in definitions.measures.values() if m.subject}
    for row in published.levels:
        own = subjects.get(row.measure_id)
        printed = row.as_published.lower()
        if own is None or own.lower() in printed:
            continue
        others = [s for s in subjects.values() if s != own and s.lower() in printed]
        if others:
            yield finding_of(
                "words_of_figure",
                row,
                found=f"“{row.as_published}”",
                expected=f"words about {own}",
                explanation=f"The figure stands under {own}, but is worded as {others[0]}.",
            )


def quarters_in_words(published: Published, definitions: Definitions) -> Iterator[Finding]:
    """Find figures for a whole year whose printed words speak of a single quarter."""
    for row in published.levels:
        quarter = _printed_quarter(row.as_published)
        if quarter is None or row.period_kind == "quarter":
            continue
        if row.period_start <= quarter.start and quarter.end <= row.period_end:
            yield finding_of(
                "quarter_in_words",
                row,
                found=f"“{row.as_published}”",
                expected=f"words about {row.period}",
                explanation="The words speak of one quarter, the figure is for the whole year.",
            )


def two_readings(published: Published, definitions: Definitions) -> Iterator[Finding]:
    """Find changes that can be read in percent and in points, and say what each would mean."""
    known = published.values
    for row in published.rows:
        if row.kind != "unclear":
            continue
        now = known.get((row.measure_id, row.area, row.period))
        expected = "words that can be read in one way only"
        if now is not None and row.value is not None and row.value != -100:
            in_points = now - row.value
            in_percent = round(now / (1 + row.value / 100), 1)
            expected = (
                f"{in_points}% in {row.against}, if percentage points are meant; {in_percent}%, "
                "if percent"
            )
        yield finding_of(
            "two_readings",
            row,
            found=f"“{row.as_published}”",
            expected=expected,
            explanation="The words can be read in two ways, and the document gives no figure.",
            severity="caution",
        )


def baselines_of_another_kind(assessments: pd.DataFrame) -> Iterator[Finding]:
    """Find changes that a document measures between two kinds of period."""
    rows = assessments[assessments["baseline_reason"] != ""]
    for row in each_row(rows.drop_duplicates("measure_id")):
        if parse_period(row.baseline_period).kind == row.latest_period_kind:
            continue  # the definition changed in between; that is no slip of the document
        yield Finding(
            check="baseline_of_another_kind",
            measure_id=row.measure_id,
            period=row.latest_period,
            area=row.area,
            found=f"{row.latest_value} in {row.latest_period}, beside {row.baseline_value} in "
            f"{row.baseline_period}",
            expected="two periods of the same kind",
            severity="caution",
            explanation=f"{row.baseline_reason} We show both, and compare neither.",
            source=row.source,
            place=row.place,
        )


def _printed_quarter(words: str) -> Period | None:
    """Return the first quarter that words name; None where they name none that can be read."""
    for printed in re.findall(r"\bQ[1-4] \d{4}[-/]\d{2}\b", words):
        with suppress(PeriodError):
            return parse_period(printed)
    return None


def _target_value(definitions: Definitions, row: object) -> Decimal | None:
    """Return the target for the period that a stated change is measured against.

    The plan that the row's document reports on goes first. None where the plans have no target
    for the period, or several that are not the same: which one is meant cannot be known.
    """
    year_type = definitions.measures[row.measure_id].year_type
    own, others = set(), set()
    for plan, indicator in indicators_of(definitions):
        values = own if plan.source == row.source else others
        for entry in indicator.measures:
            if entry.measure == row.measure_id:
                values.update(
                    target.value
                    for target in entry.targets
                    if parse_period(target.period, year_type) == period_of(row)
                )
    values = own or others
    return values.pop() if len(values) == 1 else None
