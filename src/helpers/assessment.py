"""From figures and definitions to one row a measure: what it says, against the plan's own rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

import pandas as pd

from helpers.comparison import Comparison, KnownFigures, compare, currency_of
from helpers.definitions import Definitions, Measure, Quarter
from helpers.listed import Listed, listed_measures
from helpers.observations import period_of
from helpers.periods import parse_period
from helpers.plans import Plan
from helpers.weight import Weight, computed_from_counts, weigh
from helpers.wording import stated_change

REPRODUCED_BY = {
    "↑": ("improving",),
    "↓": ("declining",),
    "⇄": ("declining_within_margin",),
    "↔": ("no_change", "declining_within_margin"),
    "N/A": ("not_comparable",),
}
"""Which of our directions say the same as a published arrow (methods, section 1)."""

SUMMARY_GROUPS = (
    "improving_or_good",
    "little_change",
    "to_be_improved",
    "not_judged",
    "no_recent_figure",
)


@dataclass(frozen=True)
class Assessment:
    """What a quarter can say of one measure within one plan; `Weight` says how firmly.

    Parameters
    ----------
    part
        The plan's own part: an ambition's number, an Outcome Bee, an area of improvement.
    ambition
        The number of the ambition that the measure serves; None where it serves none. A plan
        without ambitions of its own serves another's, by our mapping.
    role
        ``plan`` (has a reference), ``further`` (a figure the plan's report adds), ``progress`` (a
        figure that the document gives of its progress), ``context`` (of whom it is about), or
        ``official`` (official statistics on the same subject).
    follows
        The kind of period that the entry follows; empty where the measure has only one.
    covers
        Which part of what the indicator asks for the measure covers; empty where it is all.
    computed_value
        What the counts give, where there are counts; the arrow uses the published value.
    change, relative_change
        Latest less previous, in the measure's unit, and as a fraction of the previous figure.
    preceding_period, preceding_value
        For monthly and quarterly figures, the period just before the latest; it gets no arrow.
    published_direction, reproduced, difference_reason
        The arrow that the plan's report prints; whether our rule gives the same from the same
        figures (``yes``, ``no``, or empty once newer figures exist); and why not.
    baseline_period, baseline_value, since_baseline, baseline_reason
        The figure from which the document measures change, the latest figure less that one, and
        why the two are not compared where they are not. A change since a baseline has no arrow.
    change_in_words, stated_period
        What documents say of how it changed, where they give no figures, and up to when.
    currency
        ``current``, ``old`` or ``no_figure``.
    summary_group
        One of `SUMMARY_GROUPS`.
    page
        Where the site shows it.
    """

    quarter: str
    area: str
    plan: str
    part: str
    ambition: int | None
    indicator: int | None
    reference: str
    role: str
    measure_id: str
    title: str
    of: str
    unit: str
    decimals: int
    polarity: str
    polarity_basis: str
    follows: str
    covers: str
    latest_period: str
    latest_period_kind: str
    latest_period_end: date | None
    latest_value: Decimal | None
    latest_status: str
    latest_qualifier: str
    latest_numerator: Decimal | None
    latest_denominator: Decimal | None
    previous_period: str
    previous_value: Decimal | None
    previous_numerator: Decimal | None
    previous_denominator: Decimal | None
    computed_value: Decimal | None
    change: Decimal | None
    relative_change: Decimal | None
    direction: str
    direction_reason: str
    preceding_period: str
    preceding_value: Decimal | None
    baseline_period: str
    baseline_value: Decimal | None
    since_baseline: Decimal | None
    baseline_reason: str
    change_in_words: str
    stated_period: str
    published_direction: str
    reproduced: str
    difference_reason: str
    currency: str
    target_value: Decimal | None
    target_kind: str
    target_met: str
    national_quartile: str
    benchmark: str
    benchmark_value: Decimal | None
    benchmark_position: str
    summary_group: str
    note: str
    page: str
    source: str
    place: str
    published: date | None


def assess(
    definitions: Definitions,
    observations: pd.DataFrame | KnownFigures,
    quarter: Quarter,
    area: str,
    plans: Iterable[Plan] | None = None,
) -> pd.DataFrame:
    """Assess every measure of every plan for one quarter and one area.

    Parameters
    ----------
    observations
        The whole tidy table; only what had been published by the quarter's ``as_at`` is used. Or
        what was known by that day, made once for several areas.
    plans
        Assess the measures of these plans only; None: of all.

    Returns
    -------
    DataFrame
        One row a measure within a plan, in the plan's order, with the fields of `Assessment`
        and `Weight`. A measure without any figure has a row too, which says so.
    """
    known = observations
    if not isinstance(known, KnownFigures):
        known = KnownFigures(observations, quarter.as_at)
    rows = []
    for plan in definitions.plans.values() if plans is None else plans:
        for listed in listed_measures(plan):
            comparison = compare(definitions, known, listed, quarter, area)
            assessment = _assess(definitions, listed, comparison, quarter, area)
            weight = weigh(comparison, listed, definitions, known, quarter, area)
            rows.append(vars(assessment) | vars(weight))
    names = [field.name for kind in (Assessment, Weight) for field in fields(kind)]
    # Objects from the start: a column of whole numbers with a gap in it would become floats.
    return pd.DataFrame(rows, columns=names, dtype=object)


def report_quarter(definitions: Definitions, plan: Plan) -> Quarter | None:
    """Return the first quarter in which the plan's own report had been published."""
    published = definitions.sources[plan.source].published
    later = [q for q in definitions.quarters.quarters if q.as_at >= published]
    return later[0] if later else None


def summary_group(
    direction: str, currency: str, target_met: str = "", national_quartile: str = ""
) -> str:
    """Say under which heading of the executive summary a measure stands.

    Improving counts as good. So does 'continued good': a target met, or the best national
    quartile, and not declining by more than the margin. Old figures are never counted as news.
    """
    if currency != "current":
        return "no_recent_figure"
    good = target_met == "yes" or national_quartile == "top"
    if direction == "improving" or (good and direction != "declining"):
        return "improving_or_good"
    if direction == "declining":
        return "to_be_improved"
    if direction in ("no_change", "declining_within_margin"):
        return "little_change"
    return "not_judged"


def explain_difference(published: str, direction: str, direction_reason: str, polarity: str) -> str:
    """Say why our rule does not give the arrow that was published; empty where it does."""
    if not published or direction in REPRODUCED_BY.get(published, ()):
        return ""
    if direction == "not_comparable":
        return f"The two figures cannot be compared by the rule. {direction_reason}"
    if polarity == "neutral" and direction != "no_change":
        return (
            f"The plan does not say which way is good, so we report that it {direction} and judge "
            f"nothing; the report prints {published}."
        )
    if published == "N/A":
        return "Both figures are published, so the rule gives an answer; the report prints N/A."
    reason = direction_reason[:1].lower() + direction_reason[1:]
    return f"By the report's own key: {reason} The report prints {published}."


def _assess(
    definitions: Definitions, listed: Listed, comparison: Comparison, quarter: Quarter, area: str
) -> Assessment:
    plan, entry = listed.plan, listed.entry
    measure = definitions.measures[entry.measure]
    direction, stated = comparison.direction, comparison.changes
    latest, previous = comparison.latest, comparison.previous
    latest_value, baseline = comparison.latest_value, comparison.baseline
    preceding, benchmark = comparison.preceding, comparison.benchmark
    # Targets and the quartile that a document states are the reporting area's own.
    own = area == definitions.reporting_area
    target = comparison.target
    quartile = _for_period(entry.national_quartile, latest, measure) if own else None
    target_met = _target_met(latest, _for_period(entry.targets, latest, measure)) if own else ""
    shown = latest or (stated[-1] if stated else None)
    currency = currency_of(shown, measure, quarter.as_at, entry.follows)
    published, reproduced, difference = _published_arrow(
        definitions, plan, entry, latest, direction, quarter, area
    )
    return Assessment(
        quarter=quarter.quarter,
        area=area,
        plan=plan.id,
        part=listed.part.id,
        ambition=listed.ambition,
        indicator=listed.indicator.number if listed.indicator else None,
        reference=entry.reference,
        role=listed.role,
        measure_id=measure.id,
        title=measure.title,
        of=measure.of,
        unit=measure.unit,
        decimals=measure.decimals,
        polarity=entry.polarity,
        polarity_basis=entry.polarity_basis,
        follows=entry.follows,
        covers=entry.covers,
        latest_period=latest.period if latest else "",
        latest_period_kind=latest.period_kind if latest else "",
        latest_period_end=latest.period_end if latest else None,
        latest_value=latest_value,
        latest_status=latest.status if latest else "",
        latest_qualifier=latest.qualifier if latest else "",
        latest_numerator=latest.numerator if latest else None,
        latest_denominator=latest.denominator if latest else None,
        previous_period=previous.period if previous else "",
        previous_value=comparison.previous_value,
        previous_numerator=previous.numerator if previous else None,
        previous_denominator=previous.denominator if previous else None,
        computed_value=computed_from_counts(latest, measure),
        change=comparison.change,
        relative_change=direction.relative_change,
        direction=direction.direction,
        direction_reason=direction.reason,
        preceding_period=preceding.period if preceding else "",
        preceding_value=preceding.value if preceding else None,
        baseline_period=baseline.period if baseline else "",
        baseline_value=baseline.value if baseline else None,
        since_baseline=(
            latest_value - baseline.value if baseline and not comparison.baseline_reason else None
        ),
        baseline_reason=comparison.baseline_reason,
        change_in_words=stated_change(stated, area),
        stated_period=stated[-1].period if stated else "",
        published_direction=published,
        reproduced=reproduced,
        difference_reason=difference,
        currency=currency,
        target_value=target.value if target else None,
        target_kind=target.kind if target else "",
        target_met=target_met,
        national_quartile=quartile.quartile if quartile else "",
        benchmark=entry.benchmark or "",
        benchmark_value=benchmark,
        benchmark_position=_position(latest_value, benchmark),
        summary_group=summary_group(
            direction.direction,
            currency,
            target_met,
            quartile.quartile if quartile else "",
        ),
        note=entry.note,
        page=listed.page,
        source=shown.source if shown else "",
        place=shown.place if shown else "",
        published=shown.published if shown else None,
    )


def _position(value: Decimal | None, benchmark: Decimal | None) -> str:
    if value is None or benchmark is None:
        return ""
    return "equal" if value == benchmark else "above" if value > benchmark else "below"


def _for_period(entries, latest, measure: Measure):
    """Return the target, or stated quartile, that belongs to the latest figure's period."""
    if latest is None:
        return None
    for entry in entries:
        if parse_period(entry.period, measure.year_type) == period_of(latest):
            return entry
    return None


def _target_met(latest, target) -> str:
    if target is None or latest.value is None:
        return ""
    met = latest.value >= target.value if target.kind == "floor" else latest.value <= target.value
    return "yes" if met else "no"


def _published_arrow(
    definitions, plan, entry, latest, direction, quarter: Quarter, area: str
) -> tuple[str, str, str]:
    """Return the published arrow, whether our rule reproduces it, and why not.

    Once the latest figure comes from a later source, the printed arrow speaks of other figures,
    and is neither reproduced nor contradicted. There is none for other areas than the report's,
    and none before the report.
    """
    published = definitions.published_directions.get(plan.source, {}).get(entry.reference, "")
    reported = definitions.sources[plan.source].published <= quarter.as_at
    if not published or not reported or area != definitions.reporting_area:
        return "", "", ""
    if latest is not None and latest.source != plan.source:
        return published, "", ""
    difference = explain_difference(
        published, direction.direction, direction.reason, entry.polarity
    )
    return published, "no" if difference else "yes", difference
