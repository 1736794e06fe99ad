"""From figures and definitions to one row a measure: what it says, against the plan's own rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal

import pandas as pd

from helpers.definitions import CURRENT_FOR_MONTHS, Definitions, Measure, Quarter
from helpers.direction import Direction, direction_of_travel
from helpers.evidence import Evidence, two_proportions
from helpers.formats import named
from helpers.observations import as_at, latest_known, period_of, stated_changes
from helpers.periods import Period, day_label, parse_period
from helpers.plans import FREQUENCY_OF_KIND, Indicator, Part, Plan, PlanMeasure
from helpers.sensitivity import borderline_reasons
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


_NOT_REPEATED = ("range", "years")
"""Kinds of period that do not come round: a figure for one is a single figure."""

_WITHIN_A_YEAR = ("month", "quarter", "term")


@dataclass(frozen=True)
class Assessment:
    """What a quarter can say of one measure within one plan.

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
    evidence, evidence_p_value
        Whether chance alone could have made the change, and how often it would: ``clear``,
        ``could_be_chance``, ``too_few_to_judge`` or ``not_testable``; empty without a verdict.
    borderline
        Which other readings of the rule would turn the verdict; empty where it is firm.
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
    evidence: str
    evidence_p_value: Decimal | None
    borderline: str
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


@dataclass(frozen=True)
class Listed:
    """A measure where a plan lists it."""

    plan: Plan
    part: Part
    indicator: Indicator | None
    role: str
    entry: PlanMeasure

    @property
    def ambition(self) -> int | None:
        """The ambition it serves: named for it, its indicator or its part, or the part itself."""
        of_indicator = self.indicator and self.indicator.ambition
        nearest_first = (self.entry.ambition, of_indicator, self.part.ambition)
        number = next(filter(None, nearest_first), None)
        if number is None and not self.plan.serves and self.part in self.plan.ambitions:
            return int(self.part.id)
        return number

    @property
    def page(self) -> str:
        """The place on the site that shows it."""
        return f"{self.part.page}.html#{anchor(self.entry)}"


def anchor(entry: PlanMeasure) -> str:
    """Return the name of a measure's place on its page; the same in every quarter."""
    kind = f"-{entry.follows}".replace("_", "-") if entry.follows else ""
    return f"measure-{entry.reference}" if entry.reference else f"measure-{entry.measure}{kind}"


def assess(
    definitions: Definitions, observations: pd.DataFrame, quarter: Quarter, area: str
) -> pd.DataFrame:
    """Assess every measure of every plan for one quarter and one area.

    Parameters
    ----------
    observations
        The whole tidy table; only what had been published by the quarter's ``as_at`` is used.

    Returns
    -------
    DataFrame
        One row a measure within a plan, in the plan's order, with the fields of `Assessment`.
        A measure without any figure for the area has a row too, which says so.
    """
    published = as_at(observations, quarter.as_at)
    known = latest_known(published)
    figures: dict[tuple[str, str], list] = {}
    for row in known[known["area"] == area].itertuples():
        figures.setdefault((row.measure_id, row.breakdown), []).append(row)
    changes = stated_changes(published, area, definitions.areas.within(area))
    rows = [
        _assess_entry(
            definitions,
            listed,
            figures.get((listed.entry.measure, ""), []),
            figures.get((listed.entry.measure, listed.entry.benchmark), []),
            changes.get(listed.entry.measure, []),
            quarter,
            area,
        )
        for plan in definitions.plans.values()
        for listed in listed_measures(plan)
    ]
    names = [field.name for field in fields(Assessment)]
    # Objects from the start: a column of whole numbers with a gap in it would become floats.
    return pd.DataFrame([asdict(row) for row in rows], columns=names, dtype=object)


def listed_measures(plan: Plan) -> list[Listed]:
    """List every measure of a plan with its part, indicator and role, in order.

    The evidence of a milestone has the milestone's reference: area and place.
    """
    listed = []
    for part in plan.parts:
        for indicator in part.indicators:
            for role, entries in (
                ("plan", indicator.measures),
                ("further", indicator.further),
                ("official", indicator.official),
            ):
                listed += [Listed(plan, part, indicator, role, entry) for entry in entries]
        for role, entries in (
            ("progress", part.progress),
            ("context", part.context),
            ("official", part.official),
        ):
            listed += [Listed(plan, part, None, role, entry) for entry in entries]
        for milestone in part.milestones:
            for entry in milestone.evidence:
                of_milestone = {
                    "reference": f"{part.id}-{milestone.number}",
                    "ambition": entry.ambition or milestone.ambition,
                }
                listed.append(
                    Listed(plan, part, None, "plan", entry.model_copy(update=of_milestone))
                )
    return listed


def report_quarter(definitions: Definitions, plan: Plan) -> Quarter | None:
    """Return the first quarter in which the plan's own report had been published."""
    published = definitions.sources[plan.source].published
    later = [q for q in definitions.quarters.quarters if q.as_at >= published]
    return later[0] if later else None


def find_previous(figures: Sequence, latest: object, measure: Measure) -> object | None:
    """Find the figure that the latest one is compared with.

    It is of the same kind of period, one year earlier; monthly, quarterly and termly figures
    compare with the same period of the year before. Where that is missing, the nearest earlier
    one of the same kind counts only if the measure's definition allows it.

    Parameters
    ----------
    figures
        Rows of the measure's figures, oldest first.
    latest
        One of them.
    """
    wanted = period_of(latest).a_year_earlier()
    earlier = [
        row
        for row in figures
        if row.period_kind == latest.period_kind and row.period_end < latest.period_end
    ]
    for row in earlier:
        if period_of(row) == wanted:
            return row
    if measure.compare_with == "nearest_earlier" and earlier:
        return earlier[-1]
    return None


def break_between(previous: Period, latest: Period, measure: Measure) -> str:
    """Return why two periods must not be compared; empty where no definition changed."""
    for entry in measure.breaks:
        start = parse_period(entry.from_period, measure.year_type).start
        if previous.start < start <= latest.start:
            return entry.reason
    return ""


def currency_of(latest: object | None, measure: Measure, as_at_day: date, follows: str = "") -> str:
    """Say whether a measure's latest figure is current, old, or absent.

    Old: its period ended longer ago than the measure's frequency and a usual publication lag
    allow (`Measure.months_current`). An entry that follows one kind of period goes by how often
    figures of that kind come.
    """
    if latest is None or latest.value is None:
        return "no_figure"
    end = latest.period_end
    months = (as_at_day.year - end.year) * 12 + as_at_day.month - end.month
    limit = measure.months_current
    if follows:
        limit = CURRENT_FOR_MONTHS[FREQUENCY_OF_KIND[follows]]
    in_its_last_month = months == limit and (as_at_day.day <= end.day or _is_month_end(end))
    return "current" if months < limit or in_its_last_month else "old"


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


def computed_percentage(numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
    """Return what the counts give, in percent to four decimals; None without usable counts."""
    if numerator is None or not denominator:
        return None
    return (100 * numerator / denominator).quantize(Decimal("0.0001"))


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


def _assess_entry(
    definitions: Definitions, listed: Listed, all_figures, benchmarks, changes, quarter, area
) -> Assessment:
    plan, entry = listed.plan, listed.entry
    measure = definitions.measures[entry.measure]
    figures = [row for row in all_figures if entry.follows in ("", row.period_kind)]
    latest = figures[-1] if figures else None
    previous = find_previous(figures, latest, measure) if latest else None
    benchmark = benchmarks[-1].value if benchmarks else None
    # Without a figure, what documents say of its change is all there is.
    stated = [] if figures else changes
    direction, previous = _direction(
        latest, previous, measure, entry, plan, benchmark, quarter.as_at
    )
    if stated:
        reason = "Only a change was published, without the figures that it is between."
        direction = Direction("not_comparable", None, reason)
    baseline, baseline_reason = _baseline(all_figures, latest, measure, entry)
    preceding = _preceding(figures, latest)
    target = _for_period(entry.targets, latest, measure)
    quartile = _for_period(entry.national_quartile, latest, measure)
    target_met = _target_met(latest, target)
    shown = latest or (stated[-1] if stated else None)
    currency = currency_of(shown, measure, quarter.as_at, entry.follows)
    published, reproduced, difference = _published_arrow(
        definitions, plan, entry, latest, direction, quarter, area
    )
    latest_value = latest.value if latest else None
    previous_value = previous.value if previous else None
    both = latest_value is not None and previous_value is not None
    evidence = _evidence(direction, previous, latest, measure)
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
        previous_value=previous_value,
        previous_numerator=previous.numerator if previous else None,
        previous_denominator=previous.denominator if previous else None,
        computed_value=(
            computed_percentage(latest.numerator, latest.denominator)
            if latest and measure.unit == "percent"
            else None
        ),
        change=latest_value - previous_value if both else None,
        relative_change=direction.relative_change,
        direction=direction.direction,
        direction_reason=direction.reason,
        evidence=evidence.verdict if evidence else "",
        evidence_p_value=_p_value(evidence),
        borderline=_borderline(direction, previous_value, latest_value, measure, entry, plan),
        preceding_period=preceding.period if preceding else "",
        preceding_value=preceding.value if preceding else None,
        baseline_period=baseline.period if baseline else "",
        baseline_value=baseline.value if baseline else None,
        since_baseline=(
            latest_value - baseline.value if baseline and not baseline_reason else None
        ),
        baseline_reason=baseline_reason,
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


def _baseline(
    figures: Sequence, latest: object | None, measure: Measure, entry: PlanMeasure
) -> tuple[object | None, str]:
    """Find the figure from which a document measures change, and why it must not be compared.

    There is none where the latest figure is the baseline's own, or is older.
    """
    if not entry.baseline or latest is None or latest.value is None:
        return None, ""
    wanted = parse_period(entry.baseline, measure.year_type)
    found = next((row for row in figures if period_of(row) == wanted), None)
    if found is None or found.value is None or found.period_end >= latest.period_end:
        return None, ""
    if found.period_kind != latest.period_kind:
        reason = f"{found.period} and {latest.period} are different kinds of period."
        return found, reason
    return found, break_between(wanted, period_of(latest), measure)


def _direction(
    latest, previous, measure: Measure, entry: PlanMeasure, plan: Plan, benchmark, as_at_day: date
) -> tuple[Direction, object | None]:
    """Apply the rule, or say why the two figures must not be compared."""
    if latest is None:
        reason = f"Our sources published by {day_label(as_at_day)} have no figure for it."
        return Direction("not_comparable", None, reason), None
    if latest.value is None:
        reason = f"No figure was published for {named(latest.period)}."
        return Direction("not_comparable", None, reason), previous
    if previous is None:
        if benchmark is not None:
            reason = (
                f"The figure beside it is a benchmark ({entry.benchmark}), not an earlier figure "
                "of the same thing."
            )
        elif measure.frequency == "once" or latest.period_kind in _NOT_REPEATED:
            reason = "It is a single figure, with none to compare it with."
        else:
            wanted = named(str(period_of(latest).a_year_earlier()))
            reason = f"There is no figure for {wanted} to compare it with."
        return Direction("not_comparable", None, reason), None
    if previous.value is None:
        reason = f"No figure was published for {named(previous.period)}."
        return Direction("not_comparable", None, reason), previous
    if reason := break_between(period_of(previous), period_of(latest), measure):
        return Direction("not_comparable", None, reason), previous
    return (
        direction_of_travel(previous.value, latest.value, entry.polarity, plan.margin, benchmark),
        previous,
    )


def _evidence(
    direction: Direction, previous: object | None, latest: object | None, measure: Measure
) -> Evidence | None:
    """Test a change of a percentage by its counts; None where there is no change to test."""
    if direction.direction in ("not_comparable", "no_change"):
        return None
    if measure.unit != "percent":
        return Evidence("not_testable", reason="it is not a share of a counted whole")
    counts = [count for row in (previous, latest) for count in (row.numerator, row.denominator)]
    return two_proportions(*counts)


def _p_value(evidence: Evidence | None) -> Decimal | None:
    if evidence is None or evidence.p_value is None:
        return None
    return Decimal(f"{evidence.p_value:.4f}")


def _borderline(
    direction: Direction,
    previous: Decimal | None,
    latest: Decimal | None,
    measure: Measure,
    entry: PlanMeasure,
    plan: Plan,
) -> str:
    """Say which other readings of the rule would turn the verdict."""
    if direction.direction == "not_comparable":
        return ""
    places = min(max(-value.as_tuple().exponent, 0) for value in (previous, latest))
    percentage = measure.unit == "percent"
    found = borderline_reasons(previous, latest, entry.polarity, plan.margin, percentage, places)
    return " ".join(found)


def _position(value: Decimal | None, benchmark: Decimal | None) -> str:
    if value is None or benchmark is None:
        return ""
    return "equal" if value == benchmark else "above" if value > benchmark else "below"


def _preceding(figures: Sequence, latest: object | None) -> object | None:
    """Find the figure just before a monthly, quarterly or termly one."""
    wanted = (
        period_of(latest).preceding() if latest and latest.period_kind in _WITHIN_A_YEAR else None
    )
    return next((row for row in figures if period_of(row) == wanted), None)


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


def _is_month_end(day: date) -> bool:
    return (day + pd.Timedelta(days=1)).month != day.month
