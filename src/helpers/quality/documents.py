"""Checks of documents against one another, and against their own titles and rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from operator import attrgetter

import pandas as pd

from helpers.definitions import Definitions
from helpers.formats import join_words
from helpers.numbers import half_a_place
from helpers.observations import STATEMENTS, period_of
from helpers.plans import Claim
from helpers.quality.finding import (
    Finding,
    Published,
    as_figure,
    finding_of,
    indicators_of,
    sharing,
)
from helpers.rows import each_row
from helpers.wording import DIRECTIONS


def titles_and_units(definitions: Definitions) -> Iterator[Finding]:
    """Find indicators whose title promises one kind of figure and whose measures give another."""
    for plan, indicator in indicators_of(definitions):
        if plan.serves:
            continue  # the titles are short words of ours, and promise nothing
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
    for row in each_row(assessments[assessments["reproduced"] == "no"]):
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


def sources_that_differ(published: Published, definitions: Definitions) -> Iterator[Finding]:
    """Find figures that a later source gives otherwise, beyond the rounding of the coarser one.

    A later edition from the same publisher is a revision, and counts however small it is; another
    publisher's figure for the same measure, area and period is a contradiction. A source rounds as
    finely as the finest figure it gives for that measure and area: 9.0 among whole numbers only is
    taken as 9. Of a figure that a source gives twice, the more authoritative place counts. A
    comparison that belongs to another year has a check of its own.
    """
    for earlier, later, revised in _figures_that_differ(published, definitions):
        if not revised and _belongs_to_another_year(earlier, later, published, definitions):
            continue
        measure = definitions.measures[later.measure_id]
        before, after = (definitions.sources[row.source] for row in (earlier, later))
        yield finding_of(
            "revised_figure" if revised else "sources_differ",
            earlier,
            found=f"{as_figure(earlier.value, measure)} ({before.document})",
            expected=f"{as_figure(later.value, measure)} ({after.document})",
            explanation=(
                "A later edition changed this figure."
                if revised
                else "Two publishers give different figures for the same thing."
            ),
            severity="revision" if revised else "contradiction",
        )


def comparisons_of_another_year(
    published: Published, definitions: Definitions
) -> Iterator[Finding]:
    """Find another area's figure, quoted beside ours, that is the one of the year before."""
    for earlier, later, revised in _figures_that_differ(published, definitions):
        if revised:
            continue
        found = _belongs_to_another_year(earlier, later, published, definitions)
        if found is None:
            continue
        quoted, official, year_before = found
        measure = definitions.measures[quoted.measure_id]
        source = definitions.sources[official.source].document
        yield finding_of(
            "comparison_of_another_year",
            quoted,
            found=f"{as_figure(quoted.value, measure)} for {quoted.period}",
            expected=f"{as_figure(official.value, measure)} for {official.period} ({source})",
            explanation=(
                f"The figure quoted is the one of {year_before.period}: "
                f"{as_figure(year_before.value, measure)}."
            ),
        )


def _figures_that_differ(
    published: Published, definitions: Definitions
) -> Iterator[tuple[object, object, bool]]:
    """Give figures of two sources that differ, the earlier first, and whether one revised it."""
    figure = attrgetter(
        "measure_id", "area", "breakdown", "period_kind", "period_start", "period_end"
    )
    first_given: dict[tuple, object] = {}
    by_age = sorted(
        published.levels, key=lambda row: (row.published, STATEMENTS.index(row.statement))
    )
    for row in by_age:
        first_given.setdefault((figure(row), row.source), row)
    rounding: dict[tuple, Decimal] = {}
    for row in first_given.values():
        series = (row.source, row.measure_id, row.area)
        place = half_a_place(row.value.normalize())
        rounding[series] = min(place, rounding.get(series, place))
    for rows in sharing(first_given.values(), figure):
        for earlier, later in pairwise(rows):
            before, after = (definitions.sources[row.source] for row in (earlier, later))
            revised = before.publisher == after.publisher
            coarser = max(
                rounding[row.source, row.measure_id, row.area] for row in (earlier, later)
            )
            if abs(earlier.value - later.value) > (0 if revised else coarser):
                yield earlier, later, revised


def _belongs_to_another_year(
    earlier: object, later: object, published: Published, definitions: Definitions
) -> tuple[object, object, object] | None:
    """Find which of two figures of another area is the other source's figure of the year before.

    Returns
    -------
    quoted, official, year_before
        None where neither is. Whichever was published first may be the one that is quoted.
    """
    if earlier.area == definitions.reporting_area:
        return None
    for quoted, official in ((earlier, later), (later, earlier)):
        wanted = str(period_of(quoted).a_year_earlier())
        for row in published.given(official.source, official.measure_id, official.area, wanted):
            if abs(row.value - quoted.value) <= half_a_place(quoted.value):
                return quoted, official, row
    return None


def claims_that_differ(definitions: Definitions, as_at_day: date) -> Iterator[Finding]:
    """Find what documents say of the documents themselves, and do not say alike."""
    by_subject: dict[str, list[tuple[str, Claim]]] = {}
    for source_id, claims in definitions.claims.items():
        if definitions.sources[source_id].published <= as_at_day:
            for claim in claims:
                by_subject.setdefault(claim.subject, []).append((source_id, claim))
    for subject, said in by_subject.items():
        values = [claim.value for _, claim in said]
        most = max(values, key=values.count)
        others = "; ".join(
            f"{definitions.sources[source_id].document}, {claim.place}"
            for source_id, claim in said
            if claim.value == most
        )
        for source_id, claim in said:
            if claim.value != most:
                yield Finding(
                    check="claims_that_differ",
                    measure_id="",
                    period="",
                    area="",
                    found=f"{subject}: {claim.value} (“{claim.as_published}”)",
                    expected=f"{most} ({others})",
                    severity="contradiction",
                    explanation="The partnership's own documents do not say the same.",
                    source=source_id,
                    place=f"{definitions.sources[source_id].document}, {claim.place}",
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
