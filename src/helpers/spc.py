"""SPC (XmR) charts: whether a point in a series is more than its usual variation.

Methods, section 4: the rules of NHS England's 'Making Data Count', as its own software,
NHSRplotthedots, applies them. One pure function for each rule; polarity is applied last.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from numbers import Integral
from statistics import mean as exact_mean

import pandas as pd

from helpers.direction import exact_number
from helpers.numbers import finite_or_nan

FEWEST_POINTS = 13
"""With fewer points, callers show the run of the figures without limits or icons."""

LIMIT = 2.66
"""Limits stand this many average moving ranges from the mean."""

NEAR_LIMIT = 2 * (LIMIT / 3)
"""A point this many average moving ranges from the mean is close to a limit."""

SCREEN = 3.267
"""A moving range at least this many times their average is left out of the limits."""

RUN = 7

FEWEST_BASELINE_POINTS = 12

SPECIAL_CAUSES = (
    "Above UCL",
    "Below LCL",
    "7 Point Trend (Increasing)",
    "7 Point Trend (Decreasing)",
    "2 in 3 Above CL",
    "2 in 3 Below CL",
    "7 Points Above CL",
    "7 Points Below CL",
)
"""In the order in which they count: the first that holds names the point."""

_UP = ("Above UCL", "7 Point Trend (Increasing)", "2 in 3 Above CL", "7 Points Above CL")


@dataclass(frozen=True)
class XmrChart:
    """What an XmR chart shows.

    Parameters
    ----------
    points
        One row a value: ``value, phase, mean, lower_limit, upper_limit, special_cause,
        point_type``; ``phase`` counts the new starts until then, from 0; ``special_cause`` is
        empty where there is none. Limits are missing where they cannot be calculated.
    variation
        The point type of the latest point: ``common_cause``, ``special_cause_improvement``,
        ``special_cause_concern``, ``special_cause_neutral_high`` or ``special_cause_neutral_low``;
        empty where there is no latest value.
    assurance
        ``consistent_pass``, ``consistent_fail`` or ``inconsistent``; empty without a target, a
        polarity or limits. A target on a limit is ``inconsistent``.
    reason
        Why limits cannot be calculated, one sentence for each phase without them, and why a
        target cannot be set against them; else empty.
    """

    points: pd.DataFrame
    variation: str
    assurance: str
    reason: str


def xmr_chart(
    values: Sequence[object],
    polarity: str = "neutral",
    target: object | None = None,
    screen_outliers: bool = True,
    baseline_points: int | None = None,
    rebase_at: Sequence[int] = (),
) -> XmrChart:
    """Say which points of a series differ from its usual variation, and what the latest means.

    Parameters
    ----------
    values
        In date order; None or not-a-number where a figure is missing, and so is one that is
        infinite or cannot be read. A missing point breaks every run, and both moving ranges that
        touch it are dropped.
    polarity
        ``higher``, ``lower`` or ``neutral``.
    target
        Set against the limits of the last phase.
    screen_outliers
        Whether moving ranges far above their average are left out of the limits.
    baseline_points
        Mean and limits of each phase from its first so many points, at least 12; None: from all.
    rebase_at
        Positions, counted from 0, at which a new phase starts.

    Raises
    ------
    ValueError
        For an unknown polarity, baseline points that are not a whole number from 12, or a phase
        that does not start at a position of the series.

    Examples
    --------
    >>> chart = xmr_chart([10, 12, 11, 13, 10, 12, 11, 12, 10, 11, 13, 12, 30], "higher")
    >>> chart.variation, chart.points["special_cause"].iloc[-1]
    ('special_cause_improvement', 'Above UCL')
    """
    numbers = [finite_or_nan(exact_number(value)) for value in values]
    new_starts = set(rebase_at)
    _check(len(numbers), polarity, baseline_points, new_starts)
    starts = sorted({0, *new_starts})
    rows: list[dict] = []
    reasons = []
    for start, end in zip(starts, [*starts[1:], len(numbers)], strict=True):
        own = numbers[start:end]
        mean, average_range, reason = limits(own, screen_outliers, baseline_points)
        causes = special_causes(own, mean, average_range)
        rows += [
            {
                "value": value,
                "phase": sum(position <= start for position in new_starts),
                "mean": mean,
                "lower_limit": mean - LIMIT * average_range,
                "upper_limit": mean + LIMIT * average_range,
                "special_cause": cause,
                "point_type": "" if math.isnan(value) else point_type(cause, polarity),
            }
            for value, cause in zip(own, causes, strict=True)
        ]
        if reason:
            which = f"Points {start + 1} to {end}: " if len(starts) > 1 else ""
            reasons.append(f"{which}{reason}")
    columns = ["value", "phase", "mean", "lower_limit", "upper_limit", "special_cause"]
    points = pd.DataFrame(rows, columns=[*columns, "point_type"])
    goal = finite_or_nan(exact_number(target))
    if target is not None and math.isnan(goal):
        reasons.append("Assurance cannot be calculated: the target is not a finite number.")
    return XmrChart(
        points=points,
        variation=points["point_type"].iloc[-1] if len(points) else "",
        assurance=_assurance(points, polarity, goal),
        reason=" ".join(reasons),
    )


def limits(
    values: Sequence[float], screen_outliers: bool = True, baseline_points: int | None = None
) -> tuple[float, float, str]:
    """Work out the mean and average moving range of a phase, from which its limits follow.

    Parameters
    ----------
    values
        Not-a-number where a figure is missing.

    Returns
    -------
    mean, average_range, reason
        The average moving range is not-a-number where there are no limits, and then there is a
        reason.
    """
    first = list(values[:baseline_points] if baseline_points else values)
    known = [value for value in first if not math.isnan(value)]
    if not known:
        return math.nan, math.nan, "Limits cannot be calculated: there is no figure."
    mean = exact_mean(known)
    ranges = [abs(b - a) for a, b in pairwise(first)]
    ranges = [size for size in ranges if not math.isnan(size)]
    if not ranges:
        return mean, math.nan, "Limits cannot be calculated: no two figures follow each other."
    if math.isinf(abs(mean) + LIMIT * max(ranges)):
        return mean, math.nan, "Limits cannot be calculated: the figures are too far apart."
    average = exact_mean(ranges)
    if screen_outliers:
        average = exact_mean([size for size in ranges if size < SCREEN * average] or [0.0])
    if average == 0:
        return mean, math.nan, "Limits cannot be calculated: the figures do not vary."
    return mean, average, ""


def special_causes(values: Sequence[float], mean: float, average_range: float) -> list[str]:
    """Name the special cause of each point of a phase; empty where there is none."""
    rules = [
        outside_limits(values, mean, average_range),
        trend(values),
        two_in_three(values, mean, average_range),
        shift(values, mean),
    ]
    return [next(filter(None, found), "") for found in zip(*rules, strict=True)]


# Each rule computes in the same order as NHSRplotthedots, so that a point on a line falls to the
# same side there and here. Limits that there are not are not-a-number, which nothing is beyond.


def outside_limits(values: Sequence[float], mean: float, average_range: float) -> list[str]:
    """Find points strictly outside the limits; none where there are no limits."""
    upper, lower = mean + LIMIT * average_range, mean - LIMIT * average_range
    return ["Above UCL" if v > upper else "Below LCL" if v < lower else "" for v in values]


def trend(values: Sequence[float]) -> list[str]:
    """Find seven points, or more, that rise or fall without a break; a tie breaks it.

    A point is named by the step that led to it; where the next point belongs to a trend too, by
    the step to that one. So a turning point that two runs share belongs to the run that follows.
    """
    signs = [_sign(b - a) for a, b in pairwise(values)]
    part = [False] * (len(values) + 1)
    for start in range(len(signs) - RUN + 2):
        run = signs[start : start + RUN - 1]
        if run[0] and run == [run[0]] * (RUN - 1):
            part[start : start + RUN] = [True] * RUN
    found = [""] * len(values)
    for n in range(len(values)):
        if part[n]:
            step = signs[n] if part[n + 1] else signs[n - 1]
            found[n] = f"7 Point Trend ({'In' if step > 0 else 'De'}creasing)"
    return found


def close_to_limits(values: Sequence[float], mean: float, average_range: float) -> list[bool]:
    """Find points beyond two thirds of the way to a limit, and not outside it."""
    near = NEAR_LIMIT * average_range
    outside = outside_limits(values, mean, average_range)
    return [
        not out and (v > mean + near or v < mean - near)
        for v, out in zip(values, outside, strict=True)
    ]


def two_in_three(values: Sequence[float], mean: float, average_range: float) -> list[str]:
    """Find two of three points in a row close to a limit, with all three on one side of the mean.

    Only the close points are named.
    """
    found = [""] * len(values)
    close = close_to_limits(values, mean, average_range)
    sides = [_sign(v - mean) for v in values]
    for start in range(len(values) - 2):
        window = range(start, start + 3)
        side = sides[start]
        if side and all(sides[n] == side for n in window) and sum(close[n] for n in window) >= 2:
            for n in window:
                if close[n]:
                    found[n] = f"2 in 3 {'Above' if side > 0 else 'Below'} CL"
    return found


def shift(values: Sequence[float], mean: float) -> list[str]:
    """Find seven points, or more, on one side of the mean; a point on the mean breaks the run."""
    found = [""] * len(values)
    sides = [_sign(v - mean) for v in values]
    for start in range(len(sides) - RUN + 1):
        run = sides[start : start + RUN]
        if run[0] and run == [run[0]] * RUN:
            name = "Above" if run[0] > 0 else "Below"
            found[start : start + RUN] = [f"7 Points {name} CL"] * RUN
    return found


def point_type(cause: str, polarity: str) -> str:
    """Say what a special cause means for a measure of this polarity."""
    if not cause:
        return "common_cause"
    up = cause in _UP
    if polarity == "neutral":
        return f"special_cause_neutral_{'high' if up else 'low'}"
    return f"special_cause_{'improvement' if up == (polarity == 'higher') else 'concern'}"


def _assurance(points: pd.DataFrame, polarity: str, goal: float) -> str:
    """Set the target against the limits of the last phase."""
    if math.isnan(goal) or polarity == "neutral" or points.empty:
        return ""
    last = points.iloc[-1]
    if math.isnan(last["upper_limit"]):
        return ""
    if goal > last["upper_limit"]:
        return "consistent_fail" if polarity == "higher" else "consistent_pass"
    if goal < last["lower_limit"]:
        return "consistent_pass" if polarity == "higher" else "consistent_fail"
    return "inconsistent"


def _check(length: int, polarity: str, baseline_points: int | None, new_starts: set[int]) -> None:
    if polarity not in ("higher", "lower", "neutral"):
        raise ValueError(f"unknown polarity '{polarity}'; it is higher, lower or neutral")
    if baseline_points is not None and (
        not isinstance(baseline_points, Integral) or baseline_points < FEWEST_BASELINE_POINTS
    ):
        raise ValueError(f"{baseline_points} baseline points; limits need at least 12")
    for position in new_starts:
        if not isinstance(position, Integral) or not 0 <= position < length:
            raise ValueError(f"a phase starts at {position}, outside the {length} values")


def _sign(number: float) -> int:
    """Return 1, 0 or -1; 0 for not-a-number."""
    return (number > 0) - (number < 0)
