"""Lines over time: how a measure went over the periods, beside up to three other areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

import matplotlib as mpl
import pandas as pd

from helpers.charts.axes import tick_words
from helpers.charts.chart import Chart
from helpers.charts.lines import Trajectory, draw_lines
from helpers.charts.ranges import NOTE, likely
from helpers.charts.series import LONGEST_STEP, known, points
from helpers.charts.style import STYLE, save
from helpers.charts.words import Format, exact, lower_first, plain_number, span
from helpers.periods import day_label
from helpers.rows import each_row
from helpers.wording import join_words, named, when

Day = tuple[date, Decimal | float]
"""A day and the value on it."""


def trend(
    series: pd.DataFrame,
    measure: str,
    area: str,
    unit: str = "",
    *,
    comparators: Mapping[str, pd.DataFrame] | None = None,
    target: Decimal | float | None = None,
    trajectory: tuple[Day, Day] | None = None,
    target_label: str = "",
    breaks: Sequence[tuple[date, str]] = (),
    frequency: str = "annual",
    format_value: Format = plain_number,
    caption: str | None = None,
) -> Chart:
    """Draw how a measure went over the periods, for one area and up to three others.

    The line stops at a missing value, at a missing period, and where the definition changed.
    Provisional figures are hollow points.

    Parameters
    ----------
    series
        One row a period: ``period`` (as readers see it), ``period_end``, ``value``; and, where
        known, ``period_start`` and ``status``. ``lower`` and ``upper``, where a figure has them,
        are the bounds of its likely range, drawn as a thin line through it.
    measure
        What is measured, in words.
    area
        The area of `series`.
    unit
        What the vertical axis counts, for example "per 10,000 children" or "% of pupils". Only
        an axis whose unit starts with "%" may start above zero, and the caption then says so.
    comparators
        Other areas' names and tables like `series`, drawn thinner and without likely ranges.
    target
        A target to draw as a level line.
    trajectory
        A baseline and a target, each with its day, to draw as a dashed line from the one to the
        other. The horizontal axis holds both days.
    target_label
        The trajectory's target in words, in place of those made from it: "Target 40% in 2024".
    breaks
        First day of the first period of each new definition, and a few words on the change.
    frequency
        How often there is a figure: monthly, quarterly, termly, annual or once.
    format_value
        Writes a value as readers see it.
    caption
        In place of the one made from the data.

    Raises
    ------
    ValueError
        Where there is nothing to draw, more than four lines, two figures for one period, or a
        trajectory that lacks a value or does not lead forward in time.
    """
    series_of = {**(comparators or {}), area: series}
    if len(series_of) > 4:
        raise ValueError(f"a trend shows at most four lines; leave out some of {list(series_of)}")
    changes = sorted((day.toordinal(), words) for day, words in breaks)
    days = [day for day, _ in changes]
    longest = LONGEST_STEP[frequency]
    found = [points(table, name, days, longest) for name, table in series_of.items()]
    if not len(known(found[-1])):
        raise ValueError(f"there is no figure to draw for {measure}, {area}")
    # A series with no figure at all has nothing to draw, and no name at the end of a line.
    lines = pd.concat([line for line in found if len(known(line))], ignore_index=True)
    goal, way = exact(target), _trajectory(trajectory, target_label, format_value)
    with mpl.rc_context(STYLE):
        axes = draw_lines(lines, area, unit, goal, way, changes, format_value)
        svg = save(axes.figure)

    if caption is None:
        areas = [area, *(name for name in lines["area"].unique() if name != area)]
        periods = known(lines).loc[lines["area"] == area, "period"]
        caption = f"{measure}: {join_words(areas)}, {span(list(periods))}."
    low, _ = axes.get_ylim()
    if low != 0:
        caption += f" The vertical axis starts at {tick_words([low])[0]}."
    if known(lines)["provisional"].any():
        caption += " Hollow points are provisional."
    if found[-1]["lower"].notna().any():
        caption += f" {NOTE}"
    said = _words(lines, area, changes, longest, format_value)
    if goal is not None and (way is None or goal != way.values[1]):
        said.append(f"Target {format_value(goal)}")
    if way is not None:
        start = f"{format_value(way.values[0])} {when(way.periods[0])}"
        said.append(f"{way.label}; a dashed line leads there from {start}")
    said[0] = f"Line chart. {measure}, {area}: {said[0]}"
    return Chart(svg, ". ".join(said) + ".", caption.strip())


def _trajectory(
    trajectory: tuple[Day, Day] | None, label: str, format_value: Format
) -> Trajectory | None:
    if trajectory is None:
        return None
    days, values = zip(*((day, exact(value)) for day, value in trajectory), strict=True)
    if None in values:
        raise ValueError("a trajectory needs the value of its baseline and of its target")
    if days[0] >= days[1]:
        raise ValueError(f"a trajectory leads forward in time, not from {days[0]} to {days[1]}")
    periods = tuple(map(day_label, days))
    label = label or f"Target {format_value(values[1])} by {periods[1]}"
    return Trajectory(tuple(day.toordinal() for day in days), values, periods, label)


def _words(
    lines: pd.DataFrame,
    area: str,
    changes: Sequence[tuple[int, str]],
    longest: int,
    format_value: Format,
) -> list[str]:
    """Say what lines show: first and latest, highest and lowest, gaps, the others' latest."""

    def at(point: tuple) -> str:
        notes = ["provisional"] if point.provisional else []
        if point.area == area:
            notes += filter(None, [likely(point, format_value)])
        sure = f" ({', '.join(notes)})" if notes else ""
        return f"{format_value(point.value)} {when(point.period)}{sure}"

    def among(point: tuple) -> str:
        # The range of the first and the latest has been said.
        new = point not in (figures[0], figures[-1])
        notes = [when(point.period), likely(point, format_value) if new else ""]
        return f"{format_value(point.value)} ({', '.join(filter(None, notes))})"

    own = lines[lines["area"] == area]
    figures = list(each_row(known(own)))
    said = at(figures[0])
    if len(figures) > 1:
        said += f", {at(figures[-1])}"
    if len(figures) > 2:
        # Of equal figures the later one is named.
        high = max(figures, key=lambda point: (point.value, point.end))
        low = min(figures, key=lambda point: (point.value, -point.end))
        said += f"; highest {among(high)}, lowest {among(low)}"
    sentences = [said]
    absent = own[own["value"].isna()]
    if len(absent):
        sentences.append(f"No figure for {join_words(absent['period'])}")
    for before, after in pairwise(figures):
        why = [lower_first(words) for day, words in changes if before.start < day <= after.start]
        if why:
            sentences.append(
                f"From {named(after.period)} on, not comparable with before: {'; '.join(why)}"
            )
        said_absent = absent["end"].between(before.end, after.end).any()
        if after.end - before.end > longest and not said_absent:
            sentences.append(f"No figures between {named(before.period)} and {named(after.period)}")
    others = known(lines[lines["area"] != area]).drop_duplicates("area", keep="last")
    return sentences + [f"{point.area}: {at(point)}" for point in each_row(others)]
