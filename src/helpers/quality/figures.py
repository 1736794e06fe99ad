"""Checks of figures against one another: counts, totals, shares and their bases."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from operator import attrgetter

from helpers.definitions import Definitions
from helpers.numbers import half_a_place
from helpers.quality.finding import (
    Finding,
    Published,
    at_most,
    finding_of,
    sharing,
)

MUCH_LARGER = 5
"""A base at least this many times another is called out: the two shares are unlike in weight."""


def percentages_from_counts(published: Published, definitions: Definitions) -> Iterator[Finding]:
    """Find percentages that their own counts do not give, beyond rounding as published."""
    for row in published.levels:
        measure = definitions.measures[row.measure_id]
        if measure.unit != "percent" or row.numerator is None or not row.denominator:
            continue
        computed = 100 * row.numerator / row.denominator
        if abs(row.value - computed) > half_a_place(row.value):
            shown = round(computed, measure.decimals + 2)
            yield finding_of(
                "percentage_from_counts",
                row,
                found=f"{row.value}%",
                expected=f"{shown}% ({row.numerator:,} of {row.denominator:,})",
                explanation="The published percentage is not what its own counts give.",
            )


def totals_of_parts(published: Published, definitions: Definitions) -> Iterator[Finding]:
    """Find stated totals that their parts, over the total's own period, do not add up to."""
    for row in published.known:
        part_id = definitions.measures[row.measure_id].sum_of
        if part_id is None or row.value is None:
            continue
        values = [
            part.value
            for part in published.known
            if (part.measure_id, part.area) == (part_id, row.area)
            and row.period_start <= part.period_start
            and part.period_end <= row.period_end
            and part.value is not None
        ]
        if values and sum(values) != row.value:
            yield finding_of(
                "total_of_parts",
                row,
                found=f"{row.value:,}",
                expected=f"{sum(values):,} ({' + '.join(f'{value:,}' for value in values)})",
                explanation="The stated total is not the sum of the figures of its years.",
            )


def shares_of_a_whole(published: Published, definitions: Definitions) -> Iterator[Finding]:
    """Find shares, stated as the parts of one whole, that do not add up to 100%."""

    def whole_of(row: object) -> str | None:
        return definitions.measures[row.measure_id].shares_of

    shares = [row for row in published.known if row.value is not None and whole_of(row)]
    for rows in sharing(shares, lambda row: (whole_of(row), row.area, row.period)):
        values, whole = [row.value for row in rows], whole_of(rows[0])
        total = sum(values)
        if abs(total - 100) > sum(map(half_a_place, values)):
            yield finding_of(
                "shares_of_a_whole",
                rows[0],
                found=f"{total}% ({' + '.join(f'{value}%' for value in values)})",
                expected="100%",
                explanation=f"{100 - total}% of {whole.replace('-', ' ')} is not accounted for.",
                severity="caution",
            )


def figures_that_exceed_their_limit(
    published: Published, definitions: Definitions
) -> Iterator[Finding]:
    """Find figures larger than one that they are part of, and counts that cannot be."""
    for row in published.levels:
        limit_id = definitions.measures[row.measure_id].no_more_than
        limit = published.values.get((limit_id, row.area, row.period))
        if limit is not None and row.value > limit:
            yield finding_of(
                "exceeds_its_limit",
                row,
                found=f"{row.value:,}",
                expected=at_most(limit, definitions.measures[limit_id]),
                explanation="The one should not be more than the other; it may have been rounded.",
            )
        impossible = row.denominator is not None and (
            row.denominator <= 0
            or (row.numerator is not None and not 0 <= row.numerator <= row.denominator)
        )
        if impossible:
            yield finding_of(
                "impossible_counts",
                row,
                found=f"{row.numerator} of {row.denominator}",
                expected="a numerator from 0 to its denominator",
                explanation="No percentage can be made of these counts.",
            )


def bases_that_exceed_their_limit(
    published: Published, definitions: Definitions
) -> Iterator[Finding]:
    """Find shares whose base is larger than the number of which that base is a part."""
    for row in published.levels:
        limit_id = definitions.measures[row.measure_id].base_no_more_than
        limit = published.values.get((limit_id, row.area, row.period))
        if limit is not None and row.denominator is not None and row.denominator > limit:
            yield finding_of(
                "base_exceeds_its_limit",
                row,
                found=f"a base of {row.denominator:,}",
                expected=at_most(limit, definitions.measures[limit_id]),
                explanation="The base cannot be more than what it is part of.",
            )


def bases_that_differ(published: Published, definitions: Definitions) -> Iterator[Finding]:
    """Find shares of the same thing, on the same day, that rest on different totals."""

    def group(row: object) -> tuple:
        return row.source, row.area, definitions.measures[row.measure_id].of, row.period_end

    counted = [
        row
        for row in published.rows
        if None not in (row.numerator, row.denominator) and row.statement == "table"
    ]
    for rows in sharing(counted, group):
        of = definitions.measures[rows[0].measure_id].of
        for other in rows[1:]:
            if other.denominator != rows[0].denominator:
                yield finding_of(
                    "bases_that_differ",
                    other,
                    found=f"{other.denominator:,} {of}",
                    expected=f"{rows[0].denominator:,} ({rows[0].place})",
                    explanation="Two measures count the same group on the same day differently.",
                    severity="caution",
                )


def unlike_bases(published: Published, definitions: Definitions) -> Iterator[Finding]:
    """Find consecutive percentages whose bases differ so much that the earlier weighs far less."""
    counted = [row for row in published.known if None not in (row.denominator, row.value)]
    series = attrgetter("measure_id", "area", "breakdown", "period_kind")
    for rows in sharing(counted, series):
        for earlier, later in pairwise(rows):
            small, large = sorted([earlier.denominator, later.denominator])
            if small > 0 and large >= MUCH_LARGER * small:
                yield finding_of(
                    "unlike_bases",
                    later,
                    found=f"{earlier.denominator:,} in {earlier.period}, "
                    f"{later.denominator:,} in {later.period}",
                    expected=f"bases less than {MUCH_LARGER} times each other",
                    explanation="The two percentages rest on very different numbers of cases.",
                    severity="caution",
                )


def same_share_twice(published: Published, definitions: Definitions) -> Iterator[Finding]:
    """Find the same fine-grained percentage given for two measures, with no counts to check it."""
    without_counts = [
        row
        for row in published.levels
        if row.statement == "table"
        and not row.breakdown
        and row.numerator is None
        and definitions.measures[row.measure_id].unit == "percent"
        and _fine_grained(row.value)
    ]
    for rows in sharing(without_counts, attrgetter("source", "area", "period", "value")):
        for other in rows[1:]:
            if other.measure_id != rows[0].measure_id:
                yield finding_of(
                    "same_share_twice",
                    other,
                    found=f"{other.value}% here and in {rows[0].place}",
                    expected="a figure of its own, or counts that show it",
                    explanation=(
                        "Two different measures have exactly the same percentage; no counts are "
                        "given by which to tell whether one was copied."
                    ),
                    severity="caution",
                )


def _fine_grained(value: Decimal) -> bool:
    """Say whether a figure has a decimal place that is not 0: two alike are hardly chance."""
    return value != value.to_integral_value()
