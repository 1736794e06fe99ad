"""How much weight a verdict bears: every method beside the arrow, applied to a measure's figures.

Methods, sections 2 to 6. Nothing here changes an arrow; it stands beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd

from helpers.benchmarks import implausible, neighbour_mean, quartile_bands, ranks
from helpers.comparison import WITHIN_A_YEAR, Comparison, KnownFigures
from helpers.definitions import Areas, Definitions, Measure, Quarter
from helpers.evidence import Evidence, two_counts, two_proportions
from helpers.intervals import poisson_rate, wilson
from helpers.listed import Listed
from helpers.numbers import half_a_place
from helpers.observations import period_of
from helpers.periods import Period, parse_period
from helpers.plans import PlanMeasure
from helpers.recent_trend import COLUMNS, RecentTrend, recent_trend
from helpers.sensitivity import borderline_reasons
from helpers.spc import FEWEST_POINTS, XmrChart, xmr_chart
from helpers.targets import Figure, TargetProgress, target_progress

NOT_TESTABLE = {
    "percent": "our sources give no numbers of cases",
    "rate_per_10000": "our sources give no numbers of cases",
    "rate_per_100000": "our sources give no numbers of cases",
    "number": "it does not count separate events",
    "pounds": "it is a sum of money",
    "rank": "it is a place in a list",
}
"""Why a change cannot be tested, by unit; of averages nobody knows the spread."""

_NOT_ROUNDED = ("number", "pounds", "rank")

RATES = {"rate_per_10000": 10_000, "rate_per_100000": 100_000}
"""Units that are a number of cases for so many people."""

PER = {"percent": 100, **RATES}
"""Units that a figure's own counts can give: cases divided by people, times so many."""

_YEARLY = ("date", "calendar_year", "financial_year", "academic_year", "year_to_september")


@dataclass(frozen=True)
class Weight:
    """What stands beside a verdict; its fields are columns of the assessments.

    Parameters
    ----------
    latest_lower, latest_upper, previous_lower, previous_upper
        The 95% interval of a percentage or rate, in its unit; None where there are no counts.
    evidence, evidence_reason, evidence_p_value
        Whether chance alone could have made the change (`helpers.evidence.Evidence`), why that
        cannot be tested, and how often chance would. Empty without a change to test.
    difference_lower, difference_upper
        Newcombe's 95% interval of the change of a percentage, in percentage points.
    borderline
        Which other readings of the rule would turn the verdict; empty where it is firm.
    recent_trend, recent_trend_reason
        The answer for the five latest years (`helpers.recent_trend.RecentTrend`); empty where the
        figures are not yearly.
    variation, assurance, variation_reason, usual_average, usual_lower, usual_upper
        The XmR chart of monthly, quarterly or termly figures (`helpers.spc.XmrChart`): the latest
        point, a target against the limits, why there are none, and mean and limits.
    national_value, region_value, neighbours_value, neighbours_counted
        Figures for the same period elsewhere; for the statistical neighbours the mean that was
        published, or ours of so many neighbours' own figures.
    authority_rank, authorities_ranked, quartile_band
        Place among all local authorities with a figure, and the quarter of them, A the best.
    benchmark_left_out
        Which benchmark was left out because it is outside the range of all authorities.
    target_period, target_status, target_gap, expected_value, expected_gap, pace_needed, \
    pace_so_far, projected, projected_earliest, projected_latest
        How far it is to the target (`helpers.targets.TargetProgress`).
    """

    latest_lower: Decimal | None
    latest_upper: Decimal | None
    previous_lower: Decimal | None
    previous_upper: Decimal | None
    evidence: str
    evidence_reason: str
    evidence_p_value: Decimal | None
    difference_lower: Decimal | None
    difference_upper: Decimal | None
    borderline: str
    recent_trend: str
    recent_trend_reason: str
    variation: str
    assurance: str
    variation_reason: str
    usual_average: Decimal | None
    usual_lower: Decimal | None
    usual_upper: Decimal | None
    national_value: Decimal | None
    region_value: Decimal | None
    neighbours_value: Decimal | None
    neighbours_counted: int | None
    authority_rank: int | None
    authorities_ranked: int | None
    quartile_band: str
    benchmark_left_out: str
    target_period: str
    target_status: str
    target_gap: Decimal | None
    expected_value: Decimal | None
    expected_gap: Decimal | None
    pace_needed: Decimal | None
    pace_so_far: Decimal | None
    projected: date | None
    projected_earliest: date | None
    projected_latest: date | None


def weigh(
    comparison: Comparison,
    listed: Listed,
    definitions: Definitions,
    known: KnownFigures,
    quarter: Quarter,
    area: str,
) -> Weight:
    """Say how much weight a measure's verdict bears, by every method there is."""
    entry = listed.entry
    measure = definitions.measures[entry.measure]
    latest, previous = comparison.latest, comparison.previous
    evidence = evidence_of(comparison, measure)
    trend = trend_of_years(comparison.figures, measure)
    target = comparison.target
    goal = target.value if target else None
    chart, variation_reason = usual_range(comparison.figures, measure, entry.polarity, goal)
    place = standing(latest, entry, known, definitions.areas, area)
    progress = progress_to(comparison, measure, quarter.as_at)
    latest_lower, latest_upper = interval_of(latest, measure)
    previous_lower, previous_upper = interval_of(previous, measure)
    shown = chart.points.iloc[-1] if chart else None
    return Weight(
        latest_lower=latest_lower,
        latest_upper=latest_upper,
        previous_lower=previous_lower,
        previous_upper=previous_upper,
        evidence=evidence.verdict if evidence else "",
        evidence_reason=evidence.reason if evidence else "",
        evidence_p_value=_significant(evidence.p_value) if evidence else None,
        difference_lower=_percent(evidence.lower) if evidence else None,
        difference_upper=_percent(evidence.upper) if evidence else None,
        borderline=" ".join(other_readings(comparison, measure, entry, listed.plan.margin)),
        recent_trend=trend.trend if trend else "",
        recent_trend_reason=trend.reason if trend else "",
        variation="" if not chart or chart.reason else chart.variation,
        assurance=chart.assurance if chart else "",
        variation_reason=variation_reason,
        usual_average=_exact(shown["mean"]) if chart else None,
        usual_lower=_exact(shown["lower_limit"]) if chart else None,
        usual_upper=_exact(shown["upper_limit"]) if chart else None,
        target_period=str(parse_period(target.period, measure.year_type)) if target else "",
        target_status=progress.status if progress else "",
        target_gap=_short(progress.gap) if progress else None,
        expected_value=_short(progress.expected_now) if progress else None,
        expected_gap=_short(progress.gap_to_expected) if progress else None,
        pace_needed=_short(progress.pace_needed) if progress else None,
        pace_so_far=_short(progress.pace_so_far) if progress else None,
        projected=progress.projected if progress else None,
        projected_earliest=progress.projected_earliest if progress else None,
        projected_latest=progress.projected_latest if progress else None,
        **place,
    )


def computed_from_counts(figure: object | None, measure: Measure) -> Decimal | None:
    """Return what a figure's own counts give, to four decimals; None without usable counts."""
    times = PER.get(measure.unit)
    if figure is None or times is None or figure.numerator is None or not figure.denominator:
        return None
    return (times * figure.numerator / figure.denominator).quantize(Decimal("0.0001"))


def interval_of(figure: object | None, measure: Measure) -> tuple[Decimal | None, Decimal | None]:
    """Return the 95% interval of a percentage or rate with counts, in its unit; else None twice.

    Wilson's for a percentage; for a rate the exact one below 10 cases, and Byar's from 10. There is
    none where the counts do not give the published figure: it would be another figure's.
    """
    if figure is None or figure.value is None or counts_disagree(figure, measure):
        return None, None
    counts = (figure.numerator, figure.denominator)
    if measure.unit == "percent":
        return tuple(_percent(bound) for bound in wilson(*counts)[1:])
    if measure.unit in RATES:
        bounds = poisson_rate(*counts, multiplier=RATES[measure.unit])[1:]
        return tuple(_exact(bound) for bound in bounds)
    return None, None


def evidence_of(comparison: Comparison, measure: Measure) -> Evidence | None:
    """Test whether chance alone could have made a change; None where there is none to test.

    Percentages by their counts; rates and numbers only where they count separate events, numbers
    as for two populations of one size.
    """
    if comparison.direction.direction in ("not_comparable", "no_change"):
        return None
    previous, latest = comparison.previous, comparison.latest
    if any(figure.qualifier != "exact" for figure in (previous, latest)):
        return Evidence("not_testable", reason="one of the two figures is not exact")
    if any(counts_disagree(figure, measure) for figure in (previous, latest)):
        return Evidence("not_testable", reason="its own counts do not give the published figure")
    counts = (previous.numerator, previous.denominator, latest.numerator, latest.denominator)
    if measure.unit == "percent" and None not in counts:
        return two_proportions(*counts)
    if measure.unit in RATES and None not in counts:
        if not measure.events:
            return Evidence("not_testable", reason=NOT_TESTABLE["number"])
        return two_counts(counts[0], counts[2], counts[1], counts[3])
    if measure.unit == "number" and measure.events:
        return two_counts(previous.value, latest.value)
    unknown = "our sources do not say how much single results differ"
    return Evidence("not_testable", reason=NOT_TESTABLE.get(measure.unit, unknown))


def other_readings(
    comparison: Comparison, measure: Measure, entry: PlanMeasure, margin: Decimal
) -> list[str]:
    """Say which other readings of the rule would turn the verdict."""
    if comparison.direction.direction == "not_comparable":
        return []
    previous, latest = comparison.previous_value, comparison.latest_value
    places = published_places(comparison, measure)
    percentage = measure.unit == "percent"
    return borderline_reasons(previous, latest, entry.polarity, margin, percentage, places)


def published_places(comparison: Comparison, measure: Measure) -> tuple[int, int] | None:
    """Return to how many decimals both figures were published, the previous one first.

    None for a number of things, or of pounds: those are not rounded.
    """
    if measure.unit in _NOT_ROUNDED:
        return None
    before, now = comparison.previous_value, comparison.latest_value
    return max(-before.as_tuple().exponent, 0), max(-now.as_tuple().exponent, 0)


def counts_disagree(figure: object, measure: Measure) -> bool:
    """Say whether a figure's own counts give another one, by more than its rounding."""
    computed = computed_from_counts(figure, measure)
    if computed is None or figure.value is None:
        return False
    return abs(figure.value - computed) > half_a_place(figure.value)


def trend_of_years(figures: Sequence, measure: Measure) -> RecentTrend | None:
    """Say whether the five latest years go one way; None where figures are not for years."""
    if not figures or figures[-1].period_kind not in _YEARLY:
        return None
    if measure.unit not in PER:
        reason = "cannot be calculated: it is not a share or a rate of a counted whole"
        return RecentTrend("cannot_be_calculated", None, reason)
    yearly = [row for row in since_last_break(figures, measure) if row.value is not None]
    if len(yearly) >= 5 and any(None in (row.numerator, row.denominator) for row in yearly[-5:]):
        reason = "cannot be calculated: our sources give no numbers of cases for all five years"
        return RecentTrend("cannot_be_calculated", None, reason)
    kind = "other" if measure.unit in RATES else "proportion"
    rows = [
        (row.period_end.year, row.value, *interval_of(row, measure))
        if kind == "other"
        else (row.period_end.year, row.numerator, row.denominator)
        for row in yearly
    ]
    return recent_trend(pd.DataFrame(rows, columns=COLUMNS[kind], dtype=object), kind)


def usual_range(
    figures: Sequence, measure: Measure, polarity: str, goal: Decimal | None = None
) -> tuple[XmrChart | None, str]:
    """Make the XmR chart of figures that come within a year, or say why there is none.

    Its points are those of `without_gaps`. Both are empty for yearly figures.

    Parameters
    ----------
    goal
        The value of a target, if there is one.
    """
    if not figures or figures[-1].period_kind not in WITHIN_A_YEAR:
        return None, ""
    run = without_gaps(since_last_break(figures, measure))
    counted = sum(value is not None for _, value in run)
    if counted < FEWEST_POINTS:
        there = "there is" if counted == 1 else "there are"
        reason = f"cannot be calculated: it takes {FEWEST_POINTS} figures, and {there} {counted}"
        return None, reason
    chart = xmr_chart([value for _, value in run], spc_polarity(polarity), goal)
    return chart, chart.reason


def spc_polarity(polarity: str) -> str:
    """Return the polarity that an XmR chart knows: nearer to a benchmark is neither up nor down."""
    return polarity if polarity in ("higher", "lower") else "neutral"


def since_last_break(figures: Sequence, measure: Measure) -> list:
    """Keep the latest kind of period, from the latest definition on: only that is one series."""
    latest = figures[-1]
    starts = [parse_period(entry.from_period, measure.year_type).start for entry in measure.breaks]
    first = max((start for start in starts if start <= latest.period_start), default=date.min)
    kind = latest.period_kind
    return [row for row in figures if row.period_kind == kind and row.period_start >= first]


def without_gaps(figures: Sequence) -> list[tuple[Period, Decimal | None]]:
    """List every period from the first figure to the latest, with None where one is missing."""
    values = {period_of(row): row.value for row in figures}
    period, listed = period_of(figures[-1]), []
    while period is not None and period.start >= figures[0].period_start:
        listed.append((period, values.get(period)))
        period = period.preceding()
    return listed[::-1]


def standing(
    latest: object | None, entry: PlanMeasure, known: KnownFigures, areas: Areas, area: str
) -> dict:
    """Set the latest figure beside those of other areas for the same period.

    Rank and quarter need every authority of the country (`helpers.definitions.Areas`), a figure
    for at least half of them, and a measure of which one way is better.

    Returns
    -------
    dict
        The fields of `Weight` from ``national_value`` to ``benchmark_left_out``.
    """
    found = known.beside(latest) if latest is not None and latest.value is not None else {}
    values = {name: row.value for name, row in found.items() if row.value is not None}
    listed = areas.of_kind("local_authority")
    authorities = [name for name in listed if name in values]
    # A measure that only the council itself counts has no place among all, not even the first.
    comparable = areas.all_authorities and 2 * len(authorities) >= len(listed)
    if comparable:
        everywhere = pd.Series({name: float(values[name]) for name in authorities})
    place: dict = {
        "neighbours_counted": None,
        "authority_rank": None,
        "authorities_ranked": None,
        "quartile_band": "",
    }
    left_out = []
    for kind, column in (
        ("national", "national_value"),
        ("region", "region_value"),
        ("statistical_neighbours", "neighbours_value"),
    ):
        name = next((name for name in areas.of_kind(kind) if name != area), None)
        value = values.get(name)
        if comparable and value is not None and implausible(value, everywhere):
            left_out.append(f"{name}, {value}: no average can be outside the range of its parts")
            value = None
        place[column] = value
    neighbours = areas.area(area).neighbours
    if neighbours and place["neighbours_value"] is None:
        mean, counted = neighbour_mean(pd.Series([values.get(name) for name in neighbours]))
        if counted:
            place |= {"neighbours_value": _exact(mean), "neighbours_counted": counted}
    if comparable and area in authorities and entry.polarity in ("higher", "lower"):
        place["authority_rank"] = int(ranks(everywhere, entry.polarity)[area])
        place["authorities_ranked"] = len(authorities)
        place["quartile_band"] = quartile_bands(everywhere, entry.polarity)[area]
    return place | {"benchmark_left_out": "; ".join(left_out)}


def run_to_target(comparison: Comparison, measure: Measure) -> list[Figure]:
    """Return the last day and the value of every known figure that counts towards a target."""
    run = since_last_break(comparison.figures, measure)
    return [(row.period_end, row.value) for row in run if row.value is not None]


def progress_to(comparison: Comparison, measure: Measure, as_at_day: date) -> TargetProgress | None:
    """Say how far it is to the target; None where there is none."""
    target = comparison.target
    if target is None:
        return None
    figures, start = run_to_target(comparison, measure), comparison.start
    due = parse_period(target.period, measure.year_type).end
    # A year's target is not reached by an earlier year's figure, as a promise by a date would be.
    return target_progress(target.value, figures, due, as_at_day, target.kind, start, once=False)


def _percent(fraction: float | None) -> Decimal | None:
    return None if fraction is None else _exact(100 * fraction)


def _exact(number: float | None) -> Decimal | None:
    """Write a computed number to four decimals; None where there is none."""
    return None if number is None or pd.isna(number) else Decimal(f"{number:.4f}")


def _short(number: Decimal | None) -> Decimal | None:
    """Round a computed number to four decimals where it has more."""
    if number is None or number.as_tuple().exponent >= -4:
        return number
    return number.quantize(Decimal("0.0001"))


def _significant(p_value: float | None) -> Decimal | None:
    return None if p_value is None else Decimal(f"{p_value:.4g}")
