"""Bars from zero: a measure's two periods, or one period's figures across areas."""

from __future__ import annotations

from decimal import Decimal

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.charts.chart import Chart
from helpers.charts.layout import (
    LINE,
    add_axes,
    new_figure,
    widest,
    width,
    wrap,
    write,
    write_beside,
)
from helpers.charts.ranges import NOTE, draw_range, likely, likely_ranges
from helpers.charts.style import STYLE, TEXT, WIDTH, colour, save
from helpers.charts.words import NOT_PUBLISHED, Format, exact, plain_number, sign, span
from helpers.rows import each_row
from helpers.wording import when

NAME_ROOM = 186
"""Room, in points, for a bar's name before it."""


def before_after(
    rows: pd.DataFrame,
    measure: str,
    area: str,
    *,
    target: Decimal | float | None = None,
    format_value: Format = plain_number,
    caption: str | None = None,
) -> Chart:
    """Draw a measure's two (or few) periods as bars from zero, the latest in the accent colour.

    Parameters
    ----------
    rows
        One row a period, earliest first: ``period`` (as readers see it), ``value``; and, where
        known, ``status``. Provisional figures are outlined bars. ``lower`` and ``upper``, where
        a figure has them, are the bounds of its likely range, drawn as a thin line at the bar's
        end.
    measure, area
        What is measured, and where, in words.
    target
        A target to mark.
    format_value
        Writes a value as readers see it.
    caption
        In place of the one made from the data.

    Raises
    ------
    ValueError
        Where there is no figure to draw.
    """
    bars = _bars(rows, "period", format_value)
    bars["accent"] = bars.index == bars.index[-1]
    goal = exact(target)

    def at(bar: tuple) -> str:
        return f"{bar.label} {when(bar.name)}{_likely(bar, format_value)}"

    *earlier, last = each_row(bars)
    said = [f"Bar chart. {measure}, {area}: {at(last)}"]
    if earlier and last.value is not None and earlier[-1].value is not None:
        before = earlier.pop()
        change = {1: "up from", 0: "the same as", -1: "down from"}[sign(last.value - before.value)]
        said.append(f"{change} {at(before)}")
    said += [at(bar) for bar in reversed(earlier)]
    alternative = ", ".join(said) + "."
    if goal is not None:
        alternative += f" Target {format_value(goal)}."
    if caption is None:
        caption = f"{measure}: {area}, {span(list(bars['name']))}."
    return _chart(bars, goal, format_value, alternative, caption)


def compare_areas(
    rows: pd.DataFrame,
    measure: str,
    period: str,
    local: str,
    *,
    format_value: Format = plain_number,
    caption: str | None = None,
) -> Chart:
    """Draw one period's figures across areas as bars from zero, highest first.

    Parameters
    ----------
    rows
        One row an area: ``area``, ``value``; and, where known, ``status``, ``lower``, ``upper``.
    measure, period
        What is measured, and when, in words.
    local
        The area to highlight.
    format_value, caption
        As in `before_after`.

    Raises
    ------
    ValueError
        Where there is no figure to draw.
    """
    bars = _bars(rows, "area", format_value)
    bars = bars.sort_values("value", ascending=False, kind="stable", ignore_index=True)
    bars["accent"] = bars["name"] == local

    figures = ", ".join(
        f"{bar.name} {bar.label}{_likely(bar, format_value)}" for bar in each_row(bars)
    )
    alternative = f"Bar chart. {measure}, {period}, highest first: {figures}. {_place(bars, local)}"
    if caption is None:
        caption = f"{measure}, {period}."
    return _chart(bars, None, format_value, alternative.strip(), caption)


def _bars(rows: pd.DataFrame, name: str, format_value: Format) -> pd.DataFrame:
    """Return one row a bar: name, exact value, value as readers see it, how sure, likely range."""
    rows = rows.reset_index(drop=True)
    values = [exact(value) for value in rows["value"]]
    if all(value is None for value in values):
        raise ValueError("there is no figure to draw")
    bars = pd.DataFrame(
        {
            "name": rows[name].astype(str),
            "value": pd.Series(values, dtype=object),
            "label": [NOT_PUBLISHED if v is None else format_value(v) for v in values],
            "provisional": rows["status"] == "provisional" if "status" in rows else False,
        }
    )
    return bars.join(likely_ranges(rows, values))


def _likely(bar: tuple, format_value: Format) -> str:
    words = likely(bar, format_value)
    return f" ({words})" if words else ""


def _place(bars: pd.DataFrame, local: str) -> str:
    """Say where the local area stands among those with a figure."""
    known = bars[bars["value"].notna()]
    own = known.loc[known["name"] == local, "value"]
    rest = known.loc[known["name"] != local, "value"]
    if own.empty or rest.empty:
        return ""
    higher, same = ((rest > own.iloc[0]).sum(), (rest == own.iloc[0]).sum())
    if higher + same == 0:
        return f"{local} is the highest."
    if higher == len(rest):
        return f"{local} is the lowest."
    tied = f", the same in {same}" if same else ""
    return f"The figure is higher in {higher}{tied} and lower in {len(rest) - higher - same}."


def _chart(
    bars: pd.DataFrame, goal: Decimal | None, format_value: Format, alternative: str, caption: str
) -> Chart:
    with mpl.rc_context(STYLE):
        svg = save(_draw(bars, goal, format_value))
    if bars["provisional"].any():
        caption = f"{caption} Outlined bars are provisional.".strip()
    if bars["lower"].notna().any():
        caption = f"{caption} {NOTE}".strip()
    return Chart(svg, alternative, caption)


def _draw(bars: pd.DataFrame, goal: Decimal | None, format_value: Format) -> Figure:
    """Draw horizontal bars with their names on the left and their values at their ends."""
    names = [wrap(bar.name, NAME_ROOM, bar.accent) for bar in each_row(bars)]
    lengths = bars["value"].fillna(0).astype(float)
    # What a bar reaches with its likely range: the value stands beyond it.
    ends = lengths.where(bars["upper"].isna(), bars["upper"].astype(float)).clip(lower=lengths)
    reach = [0.0, *lengths, *ends, *bars["lower"].dropna().astype(float)]
    if goal is not None:
        reach.append(float(goal))
    left = max(widest(lines, bold=True) for lines in names) + 10
    right = widest(bars["label"], bold=True) + 12
    row = max(34, max(map(len, names)) * LINE + 10)
    top = 2 if goal is None else LINE + 6
    bottom = 4
    figure = new_figure(row * len(bars) + top + bottom)
    axes = add_axes(figure, left, bottom, right, top)
    axes.axis("off")
    axes.set(xlim=(min(reach), max(reach) or 1), ylim=(len(bars) - 0.5, -0.5))
    colours = bars["accent"].map({True: colour("local"), False: colour("other_2")})
    axes.barh(
        bars.index,
        lengths,
        height=0.62,
        color=colours.mask(bars["provisional"], colour("surface")),
        edgecolor=colours,
        linewidth=bars["provisional"] * 2,
    )
    axes.axvline(0, color=colour("axis"), linewidth=1.4, clip_on=False)
    goal_at = None if goal is None else _draw_goal(axes, goal, f"Target {format_value(goal)}")
    for bar, lines, end in zip(each_row(bars), names, ends, strict=True):
        x, y = axes.transData.transform((max(end, 0), bar.Index))
        if bar.lower is not None:
            draw_range(axes, bar.Index, bar.lower, bar.upper, "ink", upright=False)
        weight = "bold" if bar.accent else "normal"
        write_beside(figure, left - 8, y, *lines, ha="right", fontweight=weight)
        x += 6
        if goal_at is not None and x - 4 < goal_at < x + width(bar.label, bar.accent) + 4:
            x = goal_at + 6
        if bar.value is None:
            write_beside(figure, x, y, bar.label, color=colour("muted"))
        else:
            write_beside(figure, x, y, bar.label, fontweight=weight)
    return figure


def _draw_goal(axes: Axes, goal: Decimal, words: str) -> float:
    """Draw a target's line and, above it, its words; return where the line stands."""
    axes.axvline(float(goal), color=colour("target"), linewidth=1.8, dashes=(4, 2), clip_on=False)
    at, _ = axes.transData.transform((float(goal), 0))
    half = width(words) / 2
    x = min(max(at, half), WIDTH - half)
    y = axes.figure.bbox.height - TEXT
    write(axes.figure, x, y, words, ha="center", color=colour("target"))
    return at
