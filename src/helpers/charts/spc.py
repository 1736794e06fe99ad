"""SPC charts: a series in the range of its usual ups and downs, and what is unusual in it."""

from __future__ import annotations

import math
from decimal import Decimal

import matplotlib as mpl
import pandas as pd

from helpers.charts.chart import Chart
from helpers.charts.limits import draw_limits
from helpers.charts.series import known, points
from helpers.charts.style import STYLE, save
from helpers.charts.words import Format, counted, exact, plain_number, span
from helpers.formats import rounded
from helpers.numbers import finite_or_nan
from helpers.rows import each_row
from helpers.spc import XmrChart
from helpers.wording import POLARITIES, join_words, named, when

MEANINGS = {
    "special_cause_improvement": ("better than usual", "getting better"),
    "special_cause_concern": ("worse than usual", "getting worse"),
    "special_cause_neutral_high": ("higher than usual", "rising"),
    "special_cause_neutral_low": ("lower than usual", "falling"),
}
"""What each type of unusual point means: for its level, and as part of a trend."""

CAUSES = {
    "Above UCL": "above the usual range",
    "Below LCL": "below the usual range",
    "7 Point Trend (Increasing)": "part of a rise without a break over seven or more figures",
    "7 Point Trend (Decreasing)": "part of a fall without a break over seven or more figures",
    "2 in 3 Above CL": "close to the usual upper limit, two or more of three in a row",
    "2 in 3 Below CL": "close to the usual lower limit, two or more of three in a row",
    "7 Points Above CL": "part of seven or more figures in a row above the average",
    "7 Points Below CL": "part of seven or more figures in a row below the average",
}
"""What is unusual about a point, for each of `helpers.spc.SPECIAL_CAUSES`."""

LONGER_THAN_ALL = 10**6
"""In days: the rows follow each other, as they do for the limits."""


def spc_chart(
    series: pd.DataFrame,
    xmr: XmrChart,
    measure: str,
    area: str,
    unit: str = "",
    *,
    polarity: str = "neutral",
    target: Decimal | float | None = None,
    format_value: Format = plain_number,
    caption: str | None = None,
) -> Chart:
    """Draw a series in the range of its usual ups and downs, and mark what is unusual in it.

    The line stops at a missing value. Provisional figures are hollow points. A phase without
    limits shows only the run of its figures and their average: nothing in it is marked. The
    limits are not clipped, but the axis does not go where no figure can be.

    Parameters
    ----------
    series
        One row a period, in date order: ``period`` (as readers see it), ``period_end``, ``value``;
        and, where known, ``period_start`` and ``status``.
    xmr
        What `helpers.spc.xmr_chart` says of the same values.
    measure, area
        What is measured, and where, in words.
    unit
        What the vertical axis counts. Where there are limits, any axis may start above zero, and
        the caption then says so.
    polarity
        Which way is good: ``higher``, ``lower`` or ``neutral``, as `xmr` was told.
    target
        A target to draw as a level line.
    format_value
        Writes a value as readers see it, rounded. Without it the average and the limits have one
        decimal more than the figures.
    caption
        In place of the one made from the data.

    Raises
    ------
    ValueError
        Where there is no figure to draw, the polarity is unknown, the rows are not in date order
        or two are for one period, or `xmr` is of other values.
    """
    if polarity not in ("higher", "lower", "neutral"):
        raise ValueError(f"unknown polarity '{polarity}'; it is higher, lower or neutral")
    rows = _rows(series, xmr, area)
    figures = known(rows)
    if not len(figures):
        raise ValueError(f"there is no figure to draw for {measure}, {area}")
    format_level = _format_level(figures, format_value)
    goal = exact(target)
    why_not = xmr.reason if rows["upper_limit"].isna().any() else ""
    with mpl.rc_context(STYLE):
        axes = draw_limits(rows, area, unit, goal, _key(figures), format_value, format_level)
        svg = save(axes.figure)

    said = [
        *_opening(figures, measure, area, format_value),
        *_levels(rows, format_level),
        *_findings(figures, format_value),
        why_not.removesuffix("."),
        _absent(rows),
        "" if goal is None else f"Target {format_value(goal)}",
        POLARITIES[polarity].removesuffix("."),
    ]
    if caption is None:
        caption = _caption(figures, measure, area)
    notes = [caption, why_not, *_notes(rows, *axes.get_ylim())]
    return Chart(svg, ". ".join(filter(None, said)) + ".", " ".join(filter(None, notes)))


def _opening(
    figures: pd.DataFrame, measure: str, area: str, format_value: Format
) -> tuple[str, str]:
    limited = figures["upper_limit"].notna().any()
    kind = "Line chart with the range of usual ups and downs" if limited else "Line chart"
    last = figures.iloc[-1]
    sure = " (provisional)" if last["provisional"] else ""
    latest = f"{format_value(last['value'])} {when(last['period'])}{sure}"
    return kind, f"{measure}, {area}, {span(list(figures['period']))}: latest {latest}"


def _absent(rows: pd.DataFrame) -> str:
    absent = rows.loc[rows["value"].isna(), "period"]
    return f"No figure for {join_words(map(named, absent))}" if len(absent) else ""


def _caption(figures: pd.DataFrame, measure: str, area: str) -> str:
    periods = list(figures["period"])
    shown = "without a usual range"
    if figures["upper_limit"].notna().any():
        shown = "with the range of its usual ups and downs (shaded)"
    return f"{measure}: {area}, {span(periods)}, each {counted(periods)} {shown}."


def _notes(rows: pd.DataFrame, low: float, high: float) -> list[str]:
    """Say what a reader has to know of the axis, of limits beyond it, and of hollow points."""
    notes = []
    if low > 0:
        notes.append("The vertical axis does not start at zero.")
    if (rows["lower_limit"] < low).any() or (rows["upper_limit"] > high).any():
        notes.append("A limit that no figure can reach is not drawn.")
    if known(rows)["provisional"].any():
        notes.append("Hollow points are provisional.")
    return notes


def _rows(series: pd.DataFrame, xmr: XmrChart, area: str) -> pd.DataFrame:
    """Return the points of a series with what is known of each; nothing where it has no limits."""
    found = points(series, area, (), LONGER_THAN_ALL)
    if list(found["period"]) != list(series["period"].astype(str)):
        raise ValueError(f"the figures of {area} are not in date order")
    ours, theirs = (
        [finite_or_nan(value) for value in table["value"]] for table in (found, xmr.points)
    )
    if len(ours) != len(theirs) or any(
        a != b and not (math.isnan(a) and math.isnan(b)) for a, b in zip(ours, theirs, strict=True)
    ):
        raise ValueError(f"the limits are of other values than the figures of {area}")
    columns = ["phase", "mean", "lower_limit", "upper_limit", "special_cause", "point_type"]
    rows = found.join(xmr.points[columns].reset_index(drop=True))
    plain = rows["upper_limit"].isna()
    rows.loc[plain, ["special_cause", "point_type"]] = ["", "common_cause"]
    return rows


def _format_level(figures: pd.DataFrame, format_value: Format) -> Format:
    if format_value is not plain_number:
        return format_value
    decimals = 1 + max(max(0, -value.as_tuple().exponent) for value in figures["value"])
    return lambda value: plain_number(rounded(value, decimals))


def _key(figures: pd.DataFrame) -> dict[str, str]:
    """Return what each type of unusual point means, for those that there are."""
    key = {}
    for kind, meanings in MEANINGS.items():
        causes = figures.loc[figures["point_type"] == kind, "special_cause"]
        meant = {meanings["Trend" in cause] for cause in causes}
        if meant:
            key[kind] = _capital(" or ".join(sorted(meant, key=meanings.index)))
    return key


def _levels(rows: pd.DataFrame, format_level: Format) -> list[str]:
    """Say the average and the usual range of each phase."""
    said = []
    phases = [own for _, own in rows.groupby("phase") if own["mean"].notna().any()]
    for own in phases:
        words = [
            format_level(Decimal(str(level)))
            for level in own[["mean", "lower_limit", "upper_limit"]].iloc[0]
            if not math.isnan(level)
        ]
        average = f"average {words[0]}, "
        average += f"usual range {words[1]} to {words[2]}" if words[1:] else "no usual range"
        dated = f"{span([named(period) for period in own['period']])}: " if phases[1:] else ""
        said.append(_capital(f"{dated}{average}"))
    return said


def _findings(figures: pd.DataFrame, format_value: Format) -> list[str]:
    """Say which figures are unusual, and in which way; nothing where there is no usual range."""
    one = counted(list(figures["period"]))
    figures = figures[figures["upper_limit"].notna()]
    unusual = figures[figures["special_cause"] != ""]
    if figures.empty:
        return []
    if unusual.empty:
        return [f"All {len(figures)} {one}s are within the usual range"]
    said = []
    for (_, cause), own in unusual.groupby(["phase", "special_cause"], sort=False):
        meaning = MEANINGS[own["point_type"].iloc[0]]["Trend" in cause]
        verb = "is" if len(own) == 1 else "are"
        stretches = _stretches(own, format_value)
        said.append(_capital(f"{stretches} {verb} {CAUSES[cause]}: {meaning}"))
    others = len(figures) - len(unusual)
    if others:
        said.append(f"Nothing unusual in the other {f'{others} {one}s' if others > 1 else one}")
    return said


def _stretches(own: pd.DataFrame, format_value: Format) -> str:
    """Name figures: those that follow each other by the first and the last, others one by one."""
    names: list[str] = []
    row = own.index.to_series()
    for _, together in own.groupby((row.diff() != 1).cumsum()):
        if len(together) > 2:
            names.append(span([named(period) for period in together["period"]]))
        else:
            names += [
                f"{named(figure.period)} ({format_value(figure.value)})"
                for figure in each_row(together)
            ]
    return join_words(names)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
