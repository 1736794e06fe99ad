"""Checks that find where published figures contradict themselves, one another, or their own rule.

What was published stands as it is; ours is set beside it. Each check is a pure function from the
tidy table and the definitions to findings, so no contradiction is ever typed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from itertools import pairwise

import pandas as pd

from helpers.definitions import Definitions, Measure, Plan
from helpers.observations import STATEMENTS, latest_known
from helpers.periods import parse_period
from helpers.wording import DIRECTIONS, format_value, join_words

MUCH_LARGER = 5
"""A base at least this many times another is called out: the two shares are unlike in weight."""


@dataclass(frozen=True)
class Finding:
    """One difference: what was published, and what our check expected.

    Parameters
    ----------
    severity
        ``contradiction`` (both cannot be right), ``revision`` (a later edition changed it) or
        ``caution`` (nothing is wrong, but a reader should know).
    """

    check: str
    measure_id: str
    period: str
    area: str
    found: str
    expected: str
    severity: str
    explanation: str
    source: str
    place: str


def data_quality(
    observations: pd.DataFrame, definitions: Definitions, report_assessments: pd.DataFrame
) -> pd.DataFrame:
    """Run every check over what had been published.

    Parameters
    ----------
    observations
        The tidy table as at the quarter's date.
    report_assessments
        The assessments of the quarter in which the plan's report appeared; the published arrows
        are checked against them.

    Returns
    -------
    DataFrame
        One row a finding, contradictions first, with the fields of `Finding`.
    """
    findings = [
        *percentages_from_counts(observations, definitions),
        *stated_changes(observations, definitions),
        *stated_differences(observations, definitions),
        *totals_of_parts(observations, definitions),
        *shares_of_a_whole(observations, definitions),
        *restated_figures(observations, definitions),
        *figures_that_exceed_their_limit(observations, definitions),
        *bases_that_exceed_their_limit(observations, definitions),
        *words_of_figures(observations, definitions),
        *quarters_in_words(observations, definitions),
        *titles_and_units(definitions),
        *published_arrows(report_assessments),
        *sources_that_differ(observations, definitions),
        *same_share_twice(observations, definitions),
        *bases_that_differ(observations, definitions),
        *unlike_bases(observations, definitions),
    ]
    names = [field.name for field in fields(Finding)]
    table = pd.DataFrame([asdict(finding) for finding in findings], columns=names)
    order = {"contradiction": 0, "caution": 1, "revision": 2}
    return table.sort_values("severity", key=lambda column: column.map(order), kind="stable")


def percentages_from_counts(
    observations: pd.DataFrame, definitions: Definitions
) -> Iterator[Finding]:
    """Find percentages that their own counts do not give, beyond rounding as published."""
    for row in _levels(observations):
        measure = definitions.measures[row.measure_id]
        if measure.unit != "percent" or row.numerator is None or not row.denominator:
            continue
        computed = 100 * row.numerator / row.denominator
        if abs(row.value - computed) > _half_a_place(row.value):
            shown = round(computed, measure.decimals + 2)
            yield _finding(
                "percentage_from_counts",
                row,
                found=f"{row.value}%",
                expected=f"{shown}% ({row.numerator:,} of {row.denominator:,})",
                explanation="The published percentage is not what its own counts give.",
            )


def stated_changes(observations: pd.DataFrame, definitions: Definitions) -> Iterator[Finding]:
    """Find stated changes in percent or points that the published figures do not give."""
    stated = observations[observations["kind"].isin(["change_percent", "change_points"])]
    known = _values(observations)
    for row in stated.itertuples():
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
        if abs(row.value - change) > _half_a_place(row.value):
            unit = "%" if row.kind == "change_percent" else " percentage points"
            yield _finding(
                "stated_change",
                row,
                found=f"a change of {row.value}{unit}",
                expected=f"{round(change, 1)}{unit} (from {before} to {now})",
                explanation="The change stated in the text is not the one between the figures.",
            )


def stated_differences(observations: pd.DataFrame, definitions: Definitions) -> Iterator[Finding]:
    """Find stated differences from another area that the two published figures do not give."""
    known = _values(observations)
    stated = observations[observations["kind"] == "difference_points"]
    for row in stated.itertuples():
        here = known.get((row.measure_id, row.area, row.period))
        there = known.get((row.measure_id, row.against, row.period))
        if here is None or there is None:
            continue
        if abs(row.value - (here - there)) > _half_a_place(row.value):
            yield _finding(
                "stated_difference",
                row,
                found=f"{row.value} percentage points from {row.against}",
                expected=f"{here - there} ({here} less {there})",
                explanation="The difference stated in the text is not the one between the figures.",
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
            yield _finding(
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
    for rows in _sharing(shares, ["whole", "area", "period"]):
        values, whole = [row.value for row in rows], rows[0].whole
        total = sum(values)
        if abs(total - 100) > sum(map(_half_a_place, values)):
            yield _finding(
                "shares_of_a_whole",
                rows[0],
                found=f"{total}% ({' + '.join(f'{value}%' for value in values)})",
                expected="100%",
                explanation=f"{100 - total}% of {whole.replace('-', ' ')} is not accounted for.",
                severity="caution",
            )


def restated_figures(observations: pd.DataFrame, definitions: Definitions) -> Iterator[Finding]:
    """Find figures that one document states twice and not alike."""
    levels = observations[(observations["kind"] == "level") & observations["value"].notna()]
    key = ["source", "measure_id", "area", "breakdown", "period"]
    for rows in _sharing(levels, key):
        ordered = sorted(rows, key=lambda row: STATEMENTS.index(row.statement))
        for other in ordered[1:]:
            if abs(other.value - ordered[0].value) > _half_a_place(other.value):
                yield _finding(
                    "restated_figure",
                    other,
                    found=f"{other.value} ({other.place})",
                    expected=f"{ordered[0].value} ({ordered[0].place})",
                    explanation="The document gives two figures for the same thing.",
                )


def figures_that_exceed_their_limit(
    observations: pd.DataFrame, definitions: Definitions
) -> Iterator[Finding]:
    """Find figures larger than one that they are part of, and counts that cannot be."""
    known = _values(observations)
    for row in _levels(observations):
        limit_id = definitions.measures[row.measure_id].no_more_than
        limit = known.get((limit_id, row.area, row.period))
        if limit is not None and row.value > limit:
            yield _finding(
                "exceeds_its_limit",
                row,
                found=f"{row.value:,}",
                expected=_at_most(limit, definitions.measures[limit_id]),
                explanation="The one should not be more than the other; it may have been rounded.",
            )
        impossible = row.denominator is not None and (
            row.denominator <= 0
            or (row.numerator is not None and not 0 <= row.numerator <= row.denominator)
        )
        if impossible:
            yield _finding(
                "impossible_counts",
                row,
                found=f"{row.numerator} of {row.denominator}",
                expected="a numerator from 0 to its denominator",
                explanation="No percentage can be made of these counts.",
            )


def bases_that_differ(observations: pd.DataFrame, definitions: Definitions) -> Iterator[Finding]:
    """Find shares of the same thing, on the same day, that rest on different totals."""
    counted = observations[
        observations["numerator"].notna()
        & observations["denominator"].notna()
        & (observations["statement"] == "table")
    ].copy()
    counted["of"] = counted["measure_id"].map(lambda name: definitions.measures[name].of)
    for rows in _sharing(counted, ["source", "area", "of", "period_end"]):
        for other in rows[1:]:
            if other.denominator != rows[0].denominator:
                yield _finding(
                    "bases_that_differ",
                    other,
                    found=f"{other.denominator:,} {other.of}",
                    expected=f"{rows[0].denominator:,} ({rows[0].place})",
                    explanation="Two measures count the same group on the same day differently.",
                    severity="caution",
                )


def bases_that_exceed_their_limit(
    observations: pd.DataFrame, definitions: Definitions
) -> Iterator[Finding]:
    """Find shares whose base is larger than the number of which that base is a part."""
    known = _values(observations)
    for row in _levels(observations):
        limit_id = definitions.measures[row.measure_id].base_no_more_than
        limit = known.get((limit_id, row.area, row.period))
        if limit is not None and row.denominator is not None and row.denominator > limit:
            yield _finding(
                "base_exceeds_its_limit",
                row,
                found=f"a base of {row.denominator:,}",
                expected=_at_most(limit, definitions.measures[limit_id]),
                explanation="The base cannot be more than what it is part of.",
            )


def words_of_figures(observations: pd.DataFrame, definitions: Definitions) -> Iterator[Finding]:
    """Find figures whose printed words speak of another measure's subject and not their own."""
    subjects = {m.id: m.subject for m in definitions.measures.values() if m.subject}
    for row in _levels(observations):
        own = subjects.get(row.measure_id)
        printed = row.as_published.lower()
        if own is None or own.lower() in printed:
            continue
        others = [s for s in subjects.values() if s != own and s.lower() in printed]
        if others:
            yield _finding(
                "words_of_figure",
                row,
                found=f"“{row.as_published}”",
                expected=f"words about {own}",
                explanation=f"The figure stands under {own}, but is worded as {others[0]}.",
            )


def quarters_in_words(observations: pd.DataFrame, definitions: Definitions) -> Iterator[Finding]:
    """Find figures for a whole year whose printed words speak of a single quarter."""
    for row in _levels(observations):
        printed = re.search(r"\bQ[1-4] \d{4}[-/]\d{2}\b", row.as_published)
        if printed and row.period_kind != "quarter":
            quarter = parse_period(printed.group())
            if row.period_start <= quarter.start and quarter.end <= row.period_end:
                yield _finding(
                    "quarter_in_words",
                    row,
                    found=f"“{row.as_published}”",
                    expected=f"words about {row.period}",
                    explanation="The words speak of one quarter, the figure is for the whole year.",
                )


def titles_and_units(definitions: Definitions) -> Iterator[Finding]:
    """Find indicators whose title promises one kind of figure and whose measures give another."""
    for plan, indicator in _indicators(definitions):
        measures = [definitions.measures[entry.measure] for entry in indicator.measures]
        units = {measure.unit for measure in measures}
        title = indicator.title.lower()
        promised = None
        if re.search(r"percentage|proportion", title) and "percent" not in units:
            promised = "a percentage"
        elif re.search(r"\bnumbers? of\b", title) and units == {"percent"}:
            promised = "a number"
        elif "quartile" in title and not any(e.national_quartile for e in indicator.measures):
            promised = "a quartile"
        if promised:
            given = join_words(sorted({_UNIT_NAMES[unit] for unit in units}))
            yield Finding(
                check="title_and_figure",
                measure_id=measures[0].id,
                period="",
                area="",
                found=f"{given}, under the title “{indicator.title}”",
                expected=promised,
                severity="contradiction",
                explanation=f"The title promises {promised}; the figure is {given}.",
                source=plan.source,
                place=f"no. {indicator.number}",
            )


def published_arrows(assessments: pd.DataFrame) -> Iterator[Finding]:
    """Find published arrows that the rule does not give for the published figures.

    A contradiction is an arrow against the report's own key: another verdict from the same two
    figures, or an arrow without a latest figure. Where it is our reading that no verdict can be
    given (which way is good, whether the two can be compared), a reader is only cautioned.
    """
    for row in assessments[assessments["reproduced"] == "no"].itertuples():
        # The report's own key speaks of a latest and a previous figure, and of nothing else.
        judged = row.direction in ("improving", "declining", "declining_within_margin")
        contradicts = judged or (row.latest_value is None and row.published_direction != "N/A")
        yield Finding(
            check="published_arrow",
            measure_id=row.measure_id,
            period=row.latest_period,
            area=row.area,
            found=row.published_direction,
            expected=" ".join(DIRECTIONS[row.direction]),
            severity="contradiction" if contradicts else "caution",
            explanation=row.difference_reason,
            source=row.source,
            place=f"no. {row.reference}, direction of travel",
        )


def sources_that_differ(observations: pd.DataFrame, definitions: Definitions) -> Iterator[Finding]:
    """Find figures that a later source gives otherwise, beyond the rounding of the coarser one.

    A later edition from the same publisher is a revision, and counts however small it is; another
    publisher's figure for the same measure, area and period is a contradiction. A source rounds as
    finely as the finest figure it gives for that measure and area: 9.0 among whole numbers only is
    taken as 9.
    """
    levels = observations[(observations["kind"] == "level") & observations["value"].notna()]
    levels = levels[levels["statement"] == "table"].sort_values("published", kind="stable")
    rounding: dict[tuple, Decimal] = {}
    for row in levels.itertuples():
        series = (row.source, row.measure_id, row.area)
        place = _half_a_place(row.value.normalize())
        rounding[series] = min(place, rounding.get(series, place))
    key = ["measure_id", "area", "breakdown", "period_kind", "period_start", "period_end"]
    for rows in _sharing(levels, key):
        for earlier, later in pairwise(rows):
            before, after = (definitions.sources[row.source] for row in (earlier, later))
            revised = before.publisher == after.publisher
            coarser = max(
                rounding[row.source, row.measure_id, row.area] for row in (earlier, later)
            )
            if abs(earlier.value - later.value) <= (0 if revised else coarser):
                continue
            measure = definitions.measures[later.measure_id]
            yield _finding(
                "revised_figure" if revised else "sources_differ",
                earlier,
                found=f"{_shown(earlier.value, measure)} ({before.document})",
                expected=f"{_shown(later.value, measure)} ({after.document})",
                explanation=(
                    "A later edition changed this figure."
                    if revised
                    else "Two publishers give different figures for the same thing."
                ),
                severity="revision" if revised else "contradiction",
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
    levels = levels[levels["numerator"].isna() & (levels["value"].map(_half_a_place) < 1 / 2)]
    for rows in _sharing(levels, ["source", "area", "period", "value"]):
        for other in rows[1:]:
            if other.measure_id != rows[0].measure_id:
                yield _finding(
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


def unlike_bases(observations: pd.DataFrame, definitions: Definitions) -> Iterator[Finding]:
    """Find consecutive percentages whose bases differ so much that the earlier weighs far less."""
    known = latest_known(observations)
    counted = known[known["denominator"].notna() & known["value"].notna()]
    for rows in _sharing(counted, ["measure_id", "area", "breakdown", "period_kind"]):
        for earlier, later in pairwise(rows):
            small, large = sorted([earlier.denominator, later.denominator])
            if small > 0 and large >= MUCH_LARGER * small:
                yield _finding(
                    "unlike_bases",
                    later,
                    found=f"{earlier.denominator:,} in {earlier.period}, "
                    f"{later.denominator:,} in {later.period}",
                    expected=f"bases less than {MUCH_LARGER} times each other",
                    explanation="The two percentages rest on very different numbers of cases.",
                    severity="caution",
                )


_UNIT_NAMES = {
    "percent": "a percentage",
    "percentage_points": "a gap in percentage points",
    "points": "a gap in points",
    "number": "a number",
    "pounds": "an amount of money",
    "days": "a number of days",
    "rate_per_10000": "a rate per 10,000",
    "rate_per_100000": "a rate per 100,000",
    "rank": "a rank",
}


def _finding(
    check: str,
    row: object,
    found: str,
    expected: str,
    explanation: str,
    severity: str = "contradiction",
) -> Finding:
    return Finding(
        check=check,
        measure_id=row.measure_id,
        period=row.period,
        area=row.area,
        found=found,
        expected=expected,
        severity=severity,
        explanation=explanation,
        source=row.source,
        place=row.place,
    )


def _sharing(table: pd.DataFrame, key: list[str]) -> Iterator[list]:
    """Give the rows that share a key with another row, together and in the table's order."""
    together: dict[tuple, list] = {}
    for row in table.itertuples():
        together.setdefault(tuple(getattr(row, name) for name in key), []).append(row)
    return (rows for rows in together.values() if len(rows) > 1)


def _levels(observations: pd.DataFrame) -> Iterable:
    """Give the rows that are levels and have a value."""
    levels = observations[(observations["kind"] == "level") & observations["value"].notna()]
    return levels.itertuples()


def _values(observations: pd.DataFrame) -> dict[tuple, Decimal]:
    """Look up the latest known value by measure, area and period."""
    known = latest_known(observations)
    return {
        (row.measure_id, row.area, row.period): row.value
        for row in known[known["breakdown"] == ""].itertuples()
        if row.value is not None
    }


def _half_a_place(value: Decimal) -> Decimal:
    """Return half a unit of a figure's last published decimal place.

    Examples
    --------
    >>> _half_a_place(Decimal("86.2")), _half_a_place(Decimal("36"))
    (Decimal('0.05'), Decimal('0.5'))
    """
    return Decimal(5).scaleb(min(value.as_tuple().exponent, 0) - 1)


def _at_most(limit: Decimal, measure: Measure) -> str:
    return f"at most {limit:,} ({measure.title[:1].lower()}{measure.title[1:]})"


def _shown(value: Decimal, measure: Measure) -> str:
    return format_value(value, measure.unit, max(measure.decimals, -value.as_tuple().exponent))


def _indicators(definitions: Definitions) -> Iterator[tuple[Plan, object]]:
    for plan in definitions.plans.values():
        for indicator in plan.indicators:
            yield plan, indicator


def _target_value(definitions: Definitions, row: object) -> Decimal | None:
    """Return the plan's target for the period that a stated change is measured against."""
    for _, indicator in _indicators(definitions):
        for entry in indicator.measures:
            if entry.measure == row.measure_id:
                for target in entry.targets:
                    if target.period == row.period:
                        return target.value
    return None
