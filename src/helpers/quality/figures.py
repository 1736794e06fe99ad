"""Checks of figures against one another: counts, totals, shares and their bases."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

import pandas as pd

from helpers.definitions import Definitions
from helpers.numbers import half_a_place
from helpers.observations import latest_known
from helpers.quality.finding import (
    Finding,
    at_most,
    finding_of,
    levels,
    sharing,
    values_of,
)

MUCH_LARGER = 5
"""A base at least this many times another is called out: the two shares are unlike in weight."""


def percentages_from_counts(
    observations: pd.DataFrame, definitions: Definitions
) -> Iterator[Finding]:
    """Find percentages that their own counts do not give, beyond rounding as published."""
    for row in levels(observations):
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


def totals_of_parts(observations: pd.DataFrame, definitions: Definitions) -> Iterator[Finding]:
    """Find stated totals that their parts, over the total's own period, do not add up to."""
    levels = latest_known(observations)
    for row in levels.itertuples():
        part_id = definitions.measures[row.measure_id].sum_of
        if part_id is None or row.value is None:
            continue
        parts = levels[
            (levels["measure_id"] == part_id)
            & (levels["area"] == row.area)
            & (levels["period_start"] >= row.period_start)
            & (levels["period_end"] <= row.period_end)
        ]
        values = [value for value in parts["value"] if value is not None]
        if values and sum(values) != row.value:
            yield finding_of(
                "total_of_parts",
                row,
                found=f"{row.value:,}",
                expected=f"{sum(values):,} ({' + '.join(f'{value:,}' for value in values)})",
                explanation="The stated total is not the sum of the figures of its years.",
            )


def shares_of_a_whole(observations: pd.DataFrame, definitions: Definitions) -> Iterator[Finding]:
    """Find shares, stated as the parts of one whole, that do not add up to 100%."""
    levels = latest_known(observations)
    levels["whole"] = levels["measure_id"].map(
        lambda name: definitions.measures[name].shares_of or ""
    )
    shares = levels[(levels["whole"] != "") & (levels["value"].notna())]
    for rows in sharing(shares, ["whole", "area", "period"]):
        values, whole = [row.value for row in rows], rows[0].whole
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
    observations: pd.DataFrame, definitions: Definitions
) -> Iterator[Finding]:
    """Find figures larger than one that they are part of, and counts that cannot be."""
    known = values_of(observations)
    for row in levels(observations):
        limit_id = definitions.measures[row.measure_id].no_more_than
        limit = known.get((limit_id, row.area, row.period))
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
    observations: pd.DataFrame, definitions: Definitions
) -> Iterator[Finding]:
    """Find shares whose base is larger than the number of which that base is a part."""
    known = values_of(observations)
    for row in levels(observations):
        limit_id = definitions.measures[row.measure_id].base_no_more_than
        limit = known.get((limit_id, row.area, row.period))
        if limit is not None and row.denominator is not None and row.denominator > limit:
            yield finding_of(
                "base_exceeds_its_limit",
                row,
                found=f"a base of {row.denominator:,}",
                expected=at_most(limit, definitions.measures[limit_id]),
                explanation="The base cannot be more than what it is part of.",
            )


def bases_that_differ(observations: pd.DataFrame, definitions: Definitions) -> Iterator[Finding]:
    """Find shares of the same thing, on the same day, that rest on different totals."""
    counted = observations[
        observations["numerator"].notna()
        & observations["denominator"].notna()
        & (observations["statement"] == "table")
    ].copy()
    counted["of"] = counted["measure_id"].map(lambda name: definitions.measures[name].of)
    for rows in sharing(counted, ["source", "area", "of", "period_end"]):
        for other in rows[1:]:
            if other.denominator != rows[0].denominator:
                yield finding_of(
                    "bases_that_differ",
                    other,
                    found=f"{other.denominator:,} {other.of}",
                    expected=f"{rows[0].denominator:,} ({rows[0].place})",
                    explanation="Two measures count the same group on the same day differently.",
                    severity="caution",
                )


def unlike_bases(observations: pd.DataFrame, definitions: Definitions) -> Iterator[Finding]:
    """Find consecutive percentages whose bases differ so much that the earlier weighs far less."""
    known = latest_known(observations)
    counted = known[known["denominator"].notna() & known["value"].notna()]
    for rows in sharing(counted, ["measure_id", "area", "breakdown", "period_kind"]):
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


def same_share_twice(observations: pd.DataFrame, definitions: Definitions) -> Iterator[Finding]:
    """Find the same fine-grained percentage given for two measures, with no counts to check it."""
    levels = observations[
        (observations["kind"] == "level")
        & (observations["statement"] == "table")
        & observations["value"].notna()
        & (observations["breakdown"] == "")
    ]
    of_percent = levels["measure_id"].map(lambda m: definitions.measures[m].unit == "percent")
    levels = levels[of_percent.astype(bool)]
    levels = levels[levels["numerator"].isna() & (levels["value"].map(_fine_grained))]
    for rows in sharing(levels, ["source", "area", "period", "value"]):
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
