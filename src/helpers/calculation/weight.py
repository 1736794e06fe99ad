"""The steps beside a verdict: how sure, how usual, how elsewhere, how far to go.

Each applies the method's own function to the figures and writes its arithmetic out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from statistics import NormalDist

from helpers.calculation.step import (
    Facts,
    Step,
    about,
    not_possible,
    operand,
    plain,
    signed,
    significant,
    without_counts,
    worked,
)
from helpers.evidence import FEWEST_EXPECTED, LEVEL
from helpers.intervals import wilson
from helpers.periods import day_label, parse_period
from helpers.recent_trend import CRITICAL, YEARS
from helpers.spc import FEWEST_POINTS, LIMIT, SCREEN
from helpers.targets import DAYS_A_YEAR, Figure, TargetProgress
from helpers.weight import (
    PER,
    RATES,
    counts_disagree,
    evidence_of,
    interval_of,
    progress_to,
    run_to_target,
    since_last_break,
    trend_of_years,
    usual_range,
    without_gaps,
)
from helpers.wording import (
    BANDS,
    elsewhere_sentence,
    evidence_sentence,
    target_sentence,
    trend_sentence,
    variation_sentence,
)

Z = NormalDist().inv_cdf(0.975)
"""Within so many standard errors to each side stand 95 of 100 results of chance."""

ELSEWHERE = {
    "national": "national_value",
    "region": "region_value",
    "statistical_neighbours": "neighbours_value",
}
"""Kinds of area that figures are set beside, and the column of each in the assessments."""


# ------------------------------------------------------------------------------------ how sure


def interval_step(facts: Facts) -> Step | None:
    """Work out the 95% interval of both figures; None for units that rest on no cases."""
    unit, weight = facts.measure.unit, facts.weight
    if facts.comparison.latest_value is None or unit not in PER:
        return None
    inputs: dict[str, object] = {"confidence": Decimal("0.95"), "z": significant(Z, 7)}
    working: list[str] = []
    for name in ("latest", "previous"):
        figure = getattr(facts.comparison, name)
        counts = (figure.numerator, figure.denominator) if figure else (None, None)
        inputs |= {f"{name}_numerator": counts[0], f"{name}_denominator": counts[1]}
        bounds = getattr(weight, f"{name}_lower"), getattr(weight, f"{name}_upper")
        if None not in bounds and unit == "percent":
            working += [_wilson(figure, *bounds)]
        elif None not in bounds:
            working += [_poisson(figure, *bounds, RATES[unit])]
        elif figure and counts_disagree(figure, facts.measure):
            working += [f"{figure.period}: none, as its counts give another figure"]
    result = facts.of_weight("latest_lower", "latest_upper", "previous_lower", "previous_upper")
    if set(result.values()) == {None}:
        reason = without_counts(facts.comparison.latest, unit) or "its counts give another figure"
        return not_possible("interval", reason, inputs, result)
    working.insert(0, _WILSON if unit == "percent" else _POISSON)
    words = "Chance alone could move a figure that rests on so many cases this far."
    return worked("interval", inputs, working, result, words)


def evidence_step(facts: Facts) -> Step | None:
    """Test whether chance alone could have made the change; None where there is no verdict."""
    if not facts.judged:
        return None
    evidence = evidence_of(facts.comparison, facts.measure)
    result = facts.of_weight("evidence", "evidence_p_value")
    if evidence is None:
        return not_possible("evidence", "There is no change to test.", None, result)
    if evidence.verdict == "not_testable":
        return not_possible("evidence", evidence.reason, None, result)
    previous, latest = facts.comparison.previous, facts.comparison.latest
    unit = facts.measure.unit
    before, now = (previous.value, 1), (latest.value, 1)
    if unit != "number":
        before = (previous.numerator, previous.denominator)
        now = (latest.numerator, latest.denominator)
    of_unit = _two_shares if unit == "percent" else _two_counts
    inputs, expected, test, found = of_unit(before, now)
    inputs |= {"fewest_allowed": FEWEST_EXPECTED, "level": significant(LEVEL)}
    result |= found
    if evidence.p_value is None:
        few = f"{about(found['fewest_expected'])} is fewer than {FEWEST_EXPECTED}"
        working = [*expected, f"{few}: too few for the test"]
        return worked("evidence", inputs, working, result, evidence_sentence(facts.row))
    side = "below" if evidence.p_value < LEVEL else "not below"
    chance = f"chance alone would make at least such a difference {_often(evidence.p_value)}"
    p_value = about(evidence.p_value) if evidence.p_value >= RARE else f"less than {RARE}"
    working = [*expected, *test, f"p: {p_value}, {side} {LEVEL}: {chance}"]
    if unit == "percent":
        result |= facts.of_weight("difference_lower", "difference_upper")
        working += _newcombe(before, now, evidence.lower, evidence.upper)
        working.append(
            f"that is {signed(facts.weight.difference_lower)} to "
            f"{signed(facts.weight.difference_upper)} percentage points"
        )
    return worked("evidence", inputs, working, result, evidence_sentence(facts.row))


RARE = 0.0001
"""Rarer than this, nobody can picture how rare."""


def _often(p_value: float) -> str:
    """Say how often something happens, as readers can picture it."""
    if p_value < RARE:
        return "in fewer than 1 of 10,000 cases"
    if p_value < 0.01:
        return f"in about {max(1, round(10_000 * p_value)):,} of 10,000 cases"
    return f"in about {round(100 * p_value)} of 100 cases"


_Counts = tuple[Decimal | int, Decimal | int]
"""Cases, and what they are out of."""


_WILSON = (
    f"Wilson’s interval with p = x ÷ n and z = {about(Z)}: middle (p + z² ÷ 2n) ÷ (1 + z² ÷ n), to "
    "each side z√(p(1 − p) ÷ n + z² ÷ 4n²) ÷ (1 + z² ÷ n)"
)
_POISSON = (
    f"Byar’s interval with z = {about(Z)}: x(1 − 1 ÷ 9x − z ÷ 3√x)³ to y(1 − 1 ÷ 9y + z ÷ 3√y)³, "
    "y = x + 1; below 10 cases the exact Poisson interval, half of chi-squared’s 2.5% point with "
    "2x degrees of freedom (0 for none) to half of its 97.5% point with 2y"
)


def _wilson(figure: object, lower: Decimal, upper: Decimal) -> str:
    x, n = float(figure.numerator), float(figure.denominator)
    share, scale = x / n, 1 + Z * Z / n
    middle = (share + Z * Z / (2 * n)) / scale
    half = Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / scale
    return (
        f"{figure.period}: p = {plain(figure.numerator)} ÷ {plain(figure.denominator)} = "
        f"{about(share)}; {about(middle)} ± {about(half)} is {plain(lower)}% to {plain(upper)}%"
    )


def _poisson(figure: object, lower: Decimal, upper: Decimal, times: int) -> str:
    x, n = figure.numerator, figure.denominator
    bounds = [about(float(bound) * float(n) / times) for bound in (lower, upper)]
    return (
        f"{figure.period}: x = {plain(x)}; {' to '.join(bounds)} cases, × {times:,} ÷ {plain(n)} "
        f"is {plain(lower)} to {plain(upper)}"
    )


def _two_shares(before: _Counts, now: _Counts) -> tuple[dict, list[str], list[str], dict]:
    """Write out the pooled z test of two shares: inputs, what is expected, the test, the answer."""
    (x1, n1), (x2, n2) = before, now
    share1, share2 = float(x1) / float(n1), float(x2) / float(n2)
    pooled = float(x1 + x2) / float(n1 + n2)
    fewest = min(float(n) * share for n in (n1, n2) for share in (pooled, 1 - pooled))
    error = math.sqrt(pooled * (1 - pooled) * (1 / float(n1) + 1 / float(n2)))
    z = (share2 - share1) / error if error else None
    inputs = {
        "previous_numerator": x1,
        "previous_denominator": n1,
        "latest_numerator": x2,
        "latest_denominator": n2,
    }
    expected = [
        f"both together: p = ({plain(x1)} + {plain(x2)}) ÷ ({plain(n1)} + {plain(n2)}) = "
        f"{about(pooled)}; by it the fewest to expect are {about(fewest)}"
    ]
    test = [
        f"standard error √(p(1 − p)(1 ÷ {plain(n1)} + 1 ÷ {plain(n2)})) = {about(error)}",
        f"z = ({about(share2)} − {about(share1)}) ÷ {about(error)} = {about(z or 0.0)}, two-sided",
    ]
    found = {
        "pooled_share": significant(pooled),
        "fewest_expected": significant(fewest),
        "standard_error": significant(error),
        "z": significant(z),
    }
    return inputs, expected, test, found


def _two_counts(before: _Counts, now: _Counts) -> tuple[dict, list[str], list[str], dict]:
    """Write out the exact test of two counts: inputs, what is expected, the test, the answer."""
    (first, population1), (second, population2) = before, now
    together = first + second
    share = float(population2) / float(population1 + population2)
    inputs = {
        "previous_count": first,
        "latest_count": second,
        "previous_population": population1,
        "latest_population": population2,
    }
    fewest, fair = float(together) * min(share, 1 - share), about(float(together) * share)
    part = f"{plain(population2)} ÷ ({plain(population1)} + {plain(population2)}) = {about(share)}"
    expected = [
        f"{plain(first)} + {plain(second)} = {plain(together)} together; by chance "
        f"{'half' if population1 == population2 else part} of them fall to the latest: {fair}"
    ]
    test = [f"{plain(second)} where {fair} are expected: exact binomial test, two-sided"]
    found = {
        "together": together,
        "expected_share": significant(share),
        "fewest_expected": significant(fewest),
    }
    return inputs, expected, test, found


def _newcombe(before: _Counts, now: _Counts, lower: float, upper: float) -> Iterator[str]:
    """Write Newcombe's interval of a difference, which takes Wilson's of both shares."""
    share1, lower1, upper1 = wilson(*before)
    share2, lower2, upper2 = wilson(*now)
    change = about(share2 - share1)
    yield (
        f"Newcombe’s interval: {change} − √(({about(share2)} − {about(lower2)})² + "
        f"({about(upper1)} − {about(share1)})²) = {about(lower)}"
    )
    yield (
        f"{change} + √(({about(upper2)} − {about(share2)})² + ({about(share1)} − "
        f"{about(lower1)})²) = {about(upper)}"
    )


# ---------------------------------------------------------------------------------- how usual


def trend_step(facts: Facts) -> Step | None:
    """Test whether five years go one way; None where the figures are not for years."""
    figures = facts.comparison.figures
    trend = trend_of_years(figures, facts.measure)
    if trend is None:
        return None
    known = [row for row in since_last_break(figures, facts.measure) if row.value is not None]
    latest = sorted(known, key=lambda row: row.period_end.year)[-YEARS:]
    share = facts.measure.unit not in RATES
    inputs = {
        "years": [[row.period_end.year, row.numerator, row.denominator] for row in latest],
        "critical": significant(CRITICAL, 8),
    }
    result = facts.of_weight("recent_trend") | {"chi_square": significant(trend.chi_square)}
    if trend.chi_square is None:
        return not_possible("recent_trend", trend.reason, inputs, result)
    slope, *others = (significant(slope, 5) for slope in trend.slopes)
    without = [[row.period_end.year, other] for row, other in zip(latest, others, strict=True)]
    result |= {"slope": slope, "slope_without_year": without}
    side = "above" if trend.chi_square > CRITICAL else "not above"
    found = f"{about(trend.chi_square)}, {side} {CRITICAL}"
    each = ", ".join(f"{plain(value)} without {year}" for year, value in without)
    if share:
        working = [*_sums_of_shares(latest, found), f"slope of ln(r ÷ (n − r)): {plain(slope)}"]
    else:
        inputs["limits"] = [list(interval_of(row, facts.measure)) for row in latest]
        working = [*_line_of_rates(latest, facts, found), f"slope β: {plain(slope)}"]
    working[-1] += f"; {each}"
    words = trend_sentence(facts.row) or trend.reason
    return worked("recent_trend", inputs, working, result, words)


def _sums_of_shares(latest: Sequence, found: str) -> Iterator[str]:
    """Write out the chi-squared test for a trend in shares."""
    years = [(t, row.numerator, row.denominator) for t, row in enumerate(latest, start=1)]
    sums = {
        "N = Σn": sum(n for _, _, n in years),
        "R = Σr": sum(r for _, r, _ in years),
        "Σrt": sum(r * t for t, r, _ in years),
        "Σnt": sum(n * t for t, _, n in years),
        "Σnt²": sum(n * t * t for t, _, n in years),
    }
    counts = (
        f"{r.period_end.year}, {plain(r.numerator)} of {plain(r.denominator)}" for r in latest
    )
    yield "r of n: " + "; ".join(counts)
    yield "with t = 1 to 5: " + ", ".join(f"{name} = {plain(v)}" for name, v in sums.items())
    yield f"X² = N(N × Σrt − R × Σnt)² ÷ (R(N − R)(N × Σnt² − (Σnt)²)) = {found}"


def _line_of_rates(latest: Sequence, facts: Facts, found: str) -> Iterator[str]:
    """Write out the test of a line that gives weight to rates with narrow limits."""
    rates = []
    for row in latest:
        lower, upper = interval_of(row, facts.measure)
        rates.append(
            f"{row.period_end.year}, {plain(row.value)} ({plain(lower)} to {plain(upper)})"
        )
    yield "rates and limits: " + "; ".join(rates)
    yield "weight of a year w = 1 ÷ SE², SE = (upper − lower) ÷ (2 × 1.959964)"
    yield f"X² = β² ÷ (Σw ÷ (Σw × Σwt² − (Σwt)²)) for the slope β of that line = {found}"


def usual_step(facts: Facts) -> Step | None:
    """Set the latest figure against the limits of its series; None for yearly figures."""
    figures, entry = facts.comparison.figures, facts.entry
    target = facts.comparison.target
    goal = target.value if target else None
    chart, reason = usual_range(figures, facts.measure, entry.polarity, goal)
    if chart is None and not reason:
        return None
    run = without_gaps(since_last_break(figures, facts.measure))
    inputs = {
        "figures": [[str(period), value] for period, value in run],
        "fewest_figures": FEWEST_POINTS,
        "limit": significant(LIMIT),
        "screen": significant(SCREEN),
        "target": goal,
    }
    result = facts.of_weight(
        "variation", "assurance", "usual_average", "usual_lower", "usual_upper"
    )
    if chart is None:
        return not_possible("usual_range", reason, inputs, result)
    latest, values = chart.points.iloc[-1], [value for _, value in run]
    known = [value for value in values if value is not None]
    working = [f"{plain(sum(known))} ÷ {len(known)} figures = {about(latest['mean'])} on average"]
    ranges = [abs(b - a) for a, b in pairwise(values) if None not in (a, b)]
    result |= {"special_cause": latest["special_cause"], "moving_ranges": ranges}
    if ranges:
        average = sum(ranges) / len(ranges)
        kept = [size for size in ranges if float(size) < SCREEN * float(average)]
        again = sum(kept) / len(kept) if kept else Decimal(0)
        result |= {
            "average_range": significant(average),
            "ranges_left_out": len(ranges) - len(kept),
            "average_range_of_the_rest": significant(again),
        }
        working += _ranges_in_lines(ranges, kept)
        if not math.isnan(latest["upper_limit"]):
            working.append(
                f"{about(latest['mean'])} ± {LIMIT} × {about(again)}: "
                f"{about(latest['lower_limit'])} to {about(latest['upper_limit'])}"
            )
    if values[-1] is not None and not math.isnan(latest["upper_limit"]):
        found = latest["special_cause"] or "within them, and in no run (common cause)"
        working.append(f"the latest, {plain(values[-1])}: {found}")
    nothing = "There is no latest figure to set against them."
    words = variation_sentence(facts.row) or reason or nothing
    return worked("usual_range", inputs, working, result, words)


def _ranges_in_lines(ranges: Sequence[Decimal], kept: Sequence[Decimal]) -> Iterator[str]:
    average = sum(ranges) / len(ranges)
    yield (
        f"steps from one figure to the next, without their sign: {plain(sum(ranges))} ÷ "
        f"{len(ranges)} = {about(average)}"
    )
    screen = f"{SCREEN} × {about(average)} = {about(SCREEN * float(average))}"
    left_out = len(ranges) - len(kept)
    if left_out and kept:
        yield (
            f"of {screen} or more, and left out: {left_out}; the rest {plain(sum(kept))} ÷ "
            f"{len(kept)} = {about(sum(kept) / len(kept))}"
        )
    else:
        yield f"of {screen} or more, and left out: {left_out or 'none'}"


# ------------------------------------------------------------------------------- how elsewhere


def elsewhere_step(facts: Facts) -> Step:
    """Set the latest figure beside other areas' for the same period."""
    comparison, weight, areas = facts.comparison, facts.weight, facts.definitions.areas
    latest = comparison.latest_value
    found = facts.known.beside(comparison.latest) if latest is not None else {}
    values = {name: row.value for name, row in found.items()}
    inputs: dict[str, object] = {"latest": latest}
    result = facts.of_weight(
        *ELSEWHERE.values(),
        *("neighbours_counted", "authority_rank", "authorities_ranked", "quartile_band"),
        "benchmark_left_out",
    )
    names, working = {}, []
    for kind, column in ELSEWHERE.items():
        name = next((name for name in areas.of_kind(kind) if name != facts.area), "")
        value = getattr(weight, column)
        if column == "neighbours_value" and weight.neighbours_counted is not None:
            neighbours = areas.area(facts.area).neighbours
            inputs["neighbours"] = {other: values.get(other) for other in neighbours}
            name = name or "Statistical neighbours"
            counted = [v for v in inputs["neighbours"].values() if v is not None]
            working.append(f"{name}: {plain(sum(counted))} ÷ {len(counted)} = {plain(value)}")
        else:
            inputs[name or kind] = values.get(name)
        names[kind] = name
        if value is not None:
            result[column.replace("value", "difference")] = latest - value
            working.append(f"{name}: {plain(latest)} − {operand(value)} = {signed(latest - value)}")
    if weight.authority_rank is not None:
        inputs["authorities"] = {
            name: values.get(name) for name in areas.of_kind("local_authority")
        }
        working.append(
            f"of {weight.authorities_ranked} authorities, the best first: number "
            f"{weight.authority_rank}, in the {BANDS[weight.quartile_band]} quarter"
        )
    if weight.benchmark_left_out:
        working.append(f"left out: {weight.benchmark_left_out}")
    if not working:
        reason = "our sources have no figure of another place for the same period"
        return not_possible("elsewhere", reason, inputs, result)
    words = elsewhere_sentence(facts.row, names) or "No figure of another place can be used."
    return worked("elsewhere", inputs, working, result, words)


# ------------------------------------------------------------------------------- how far to go


def target_step(facts: Facts) -> Step | None:
    """Say how far it is to the target, and by which arithmetic; None without a target."""
    comparison, as_at_day = facts.comparison, facts.quarter.as_at
    target = comparison.target
    progress = progress_to(comparison, facts.measure, as_at_day)
    if progress is None:
        return None
    due = parse_period(target.period, facts.measure.year_type).end
    start, points = comparison.start, run_to_target(comparison, facts.measure)
    inputs = {
        "target": target.value,
        "kind": target.kind,
        "due": due,
        "as_at": as_at_day,
        "baseline": list(start) if start else None,
        "figures": [list(point) for point in points],
        "days_a_year": DAYS_A_YEAR,
    }
    result = facts.of_weight(
        *("target_period", "target_status", "target_gap", "expected_value", "expected_gap"),
        *("pace_needed", "pace_so_far", "projected", "projected_earliest", "projected_latest"),
    )
    result["projected_reason"] = progress.reason
    if not points:
        return not_possible("target", progress.reason, inputs, result)
    working = _to_go(target.value, target.kind, due, start, points, progress)
    return worked("target", inputs, working, result, target_sentence(facts.row))


def _to_go(
    target: Decimal,
    kind: str,
    due: date,
    start: Figure | None,
    points: Sequence[Figure],
    progress: TargetProgress,
) -> Iterator[str]:
    """Write out the way to a target: the gap, the straight line, and both paces."""
    end, latest = points[-1]
    larger, smaller = (latest, target) if kind == "ceiling" else (target, latest)
    reached = ", so it is reached" if larger <= smaller else " away from it"
    yield f"{plain(larger)} − {operand(smaller)} = {plain(larger - smaller)}{reached}"
    if progress.expected_now is not None:
        gone, total = (end - start[0]).days, (due - start[0]).days
        yield (
            f"straight line on {day_label(end)}: {plain(start[1])} + ({plain(target)} − "
            f"{operand(start[1])}) × {gone:,} ÷ {total:,} days = {about(progress.expected_now)}"
        )
    if progress.pace_needed is not None:
        yield (
            f"pace needed: ({plain(target)} − {operand(latest)}) ÷ {(due - end).days:,} days × "
            f"{DAYS_A_YEAR} = {about(progress.pace_needed)} a year"
        )
    if progress.pace_so_far is not None:
        yield _pace(points, start, progress.pace_so_far)
    if progress.projected is not None:
        yield (
            f"{plain(abs(target - latest))} ÷ {about(abs(progress.pace_so_far))} a year after "
            f"{day_label(end)}: {day_label(progress.projected)}"
        )
    elif progress.reason:
        yield f"when, at the pace so far: {progress.reason}"


def _pace(points: Sequence[Figure], start: Figure | None, pace: Decimal) -> str:
    """Write out the least-squares line through the figures from the baseline on."""
    if start is not None:
        later = [point for point in points if point[0] >= start[0]]
        points = later if any(day == start[0] for day, _ in later) else [start, *later]
    days = [(day - points[0][0]).days for day, _ in points]
    values = [value for _, value in points]
    sums = {
        "n": len(points),
        "Σd": sum(days),
        "Σy": sum(values),
        "Σdy": sum(d * y for d, y in zip(days, values, strict=True)),
        "Σd²": sum(d * d for d in days),
    }
    parts = ", ".join(f"{name} = {plain(value)}" for name, value in sums.items())
    return (
        f"pace so far, figures y and d days after the first: {parts}; (nΣdy − ΣdΣy) ÷ (nΣd² − "
        f"(Σd)²) × {DAYS_A_YEAR} = {about(pace)} a year"
    )
