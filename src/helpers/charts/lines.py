"""The drawing of lines over time: lines, likely ranges, changes of definition, trajectories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import fmean

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from helpers.charts.axes import (
    EndLabel,
    draw_end_labels,
    draw_target,
    end_label,
    time_axes,
    unbroken,
    value_ticks,
)
from helpers.charts.layout import LINE, spread, widest, wrap, write
from helpers.charts.ranges import draw_range
from helpers.charts.series import known
from helpers.charts.style import TEXT, WIDTH, colour
from helpers.charts.words import Format, tick
from helpers.rows import each_row

DASHES = {"local": "", "other_1": "", "other_2": (4, 2), "other_3": (1, 1.5)}
"""Dashes and gaps, in line widths, of each role; none for a solid line."""


@dataclass(frozen=True)
class Trajectory:
    """The straight way from a baseline to a target.

    Parameters
    ----------
    days
        When the baseline and the target are, as ordinals.
    values
        What they are.
    periods
        Their days in words.
    label
        The target in words.
    """

    days: tuple[int, int]
    values: tuple[Decimal, Decimal]
    periods: tuple[str, str]
    label: str


def draw_lines(
    lines: pd.DataFrame,
    area: str,
    unit: str,
    goal: Decimal | None,
    way: Trajectory | None,
    changes: Sequence[tuple[int, str]],
    format_value: Format,
) -> Axes:
    """Draw lines over time, each with its name and latest value at its end.

    Parameters
    ----------
    lines
        The `points` of all areas, the area to highlight last, so that it lies on top.
    area, unit, goal, format_value
        As in `helpers.charts.trend`.
    way
        The way to a target by a day, if there is one.
    changes
        First day of each new definition, as an ordinal, and a few words on it; in order.
    """
    drawn = known(lines).astype({"value": float})
    roles = _roles(lines["area"].unique(), area)
    ranges = drawn[(drawn["area"] == area) & drawn["lower"].notna()]
    values = [*drawn["value"], *map(float, ranges["lower"]), *map(float, ranges["upper"])]
    periods = lines.drop_duplicates("end", keep="last")
    periods = dict(zip(periods["end"], periods["period"].map(tick), strict=True))
    latest = drawn["end"].max()
    if way is not None:
        values += map(float, way.values)
        periods = dict(zip(way.days, map(tick, way.periods), strict=True)) | periods
        latest = max(latest, way.days[1])
    ends = _end_labels(known(lines), roles, latest, format_value)
    if way is not None:
        ends.append(end_label(way.label, float(way.values[1]), way.days[1], "target"))
    if goal is not None:
        values.append(float(goal))
        if way is None or goal != way.values[1]:
            words = f"Target {unbroken(format_value(goal))}"
            ends.append(end_label(words, float(goal), None, "target"))
    marks = [(at, words) for day, words in changes if (at := _between(drawn, day)) is not None]
    ticks, high = value_ticks(values, unit.startswith("%"))
    rows_above = max((len(_above(words, len(marks) == 1)) for _, words in marks), default=0)
    axes = time_axes(ticks, high, dict(sorted(periods.items())), unit, ends, rows_above)
    if goal is not None:
        draw_target(axes, float(goal))
    if way is not None:
        _draw_way(axes, way)
    sns.lineplot(
        drawn,
        x="end",
        y="value",
        units="stretch",
        estimator=None,
        hue="area",
        palette={name: colour(role) for name, role in roles.items()},
        size="area",
        sizes={name: 3 if name == area else 1.8 for name in roles},
        style="area",
        dashes={name: DASHES[role] for name, role in roles.items()},
        legend=False,
        ax=axes,
    )
    axes.set(xlabel="", ylabel="")
    for name, line in drawn.groupby("area", sort=False):
        _draw_markers(axes, line, roles[name])
    for point in each_row(ranges):
        draw_range(axes, point.end, point.lower, point.upper, "local", upright=True)
    _draw_changes(axes, marks)
    draw_end_labels(axes, ends)
    return axes


def _roles(areas: Sequence[str], area: str) -> dict[str, str]:
    """Give each area the role it is drawn in; usual comparators look the same on every chart."""
    usual = {"England": "other_1", "Statistical neighbours": "other_2", area: "local"}
    roles = {name: usual[name] for name in areas if name in usual}
    free = [role for role in ("other_3", "other_2", "other_1") if role not in roles.values()]
    return roles | dict(zip((name for name in areas if name not in usual), free, strict=False))


def _end_labels(
    figures: pd.DataFrame, roles: dict[str, str], latest: int, format_value: Format
) -> list[EndLabel]:
    """Return each area's name and latest value, with its period where the chart goes on longer."""
    labels = []
    for last in each_row(figures.drop_duplicates("area", keep="last")):
        words = f"{last.area} {unbroken(format_value(last.value))}"
        if last.end < latest:
            words += f" ({unbroken(tick(last.period))})"
        labels.append(end_label(words, float(last.value), last.end, roles[last.area]))
    return labels


def _between(figures: pd.DataFrame, day: int) -> float | None:
    """Return the middle between the last figure before a day and the first after, if any."""
    earlier = figures["start"] < day
    before, after = figures.loc[earlier, "end"].max(), figures.loc[~earlier, "end"].min()
    return None if pd.isna(before) or pd.isna(after) else (before + after) / 2


def _draw_way(axes: Axes, way: Trajectory) -> None:
    """Draw the dashed line from a baseline to a target, with a marker at the target."""
    axes.plot(
        way.days,
        [float(value) for value in way.values],
        color=colour("target"),
        linewidth=1.8,
        dashes=(2, 2),
        marker="D",
        markevery=[1],
        markersize=8,
        markeredgewidth=0,
        zorder=1.7,
        clip_on=False,
    )


def _draw_markers(axes: Axes, line: pd.DataFrame, role: str) -> None:
    """Mark every point of the local area; of others, those a line alone would not show."""
    own = role == "local"
    alone = ~line["stretch"].duplicated(keep=False)
    last = line.index == line.index[-1]
    for hollow, marked in line[own | line["provisional"] | alone | last].groupby("provisional"):
        axes.plot(
            marked["end"],
            marked["value"],
            linestyle="none",
            marker="o",
            markersize=8 if own else 5.5,
            color=colour(role),
            markerfacecolor=colour("surface" if hollow else role),
            markeredgewidth=2 if hollow else 0,
            zorder=4 if own else 3,
            clip_on=False,
        )


def _draw_changes(axes: Axes, marks: Sequence[tuple[float, str]]) -> None:
    """Draw a dotted line where the definition changed, with its words above the plot.

    Lines that stand so close together that the same words over each would touch have them once.
    """
    labels: list[tuple[list[float], str]] = []
    for at, words in marks:
        axes.axvline(at, color=colour("muted"), linewidth=1.4, linestyle=(0, (1, 2)), zorder=1.6)
        x, _ = axes.transData.transform((at, 0))
        labels.append(([x], words))
        while len(labels) > 1 and _touch(*labels[-2:]):
            (before, _), (after, _) = labels[-2:]
            labels[-2:] = [([*before, *after], words)]
    shown = [
        (fmean(places), _above(_counted(places, words), len(places) > 1 or len(marks) == 1))
        for places, words in labels
    ]
    sizes = [widest(lines) + 12 for _, lines in shown]
    centres = spread([x for x, _ in shown], sizes, axes.bbox.x0, WIDTH)
    for (_, lines), x in zip(shown, centres, strict=True):
        y = axes.bbox.y1 + TEXT * 0.45 + (len(lines) - 1) * LINE
        write(axes.figure, x, y, *lines, ha="center", color=colour("muted"))


def _touch(before: tuple[list[float], str], after: tuple[list[float], str]) -> bool:
    """Return whether two labels have the same words, and too little room to stand side by side."""
    if before[1] != after[1]:
        return False
    needed = sum(widest([_counted(*label)]) + 12 for label in (before, after)) / 2
    return fmean(after[0]) - fmean(before[0]) < needed


def _counted(places: Sequence[float], words: str) -> str:
    return words if len(places) == 1 else f"{words}, {len(places)} times"


def _above(words: str, broad: bool) -> list[str]:
    """Break words above the plot into lines, broad ones where there is room for that."""
    return wrap(words, WIDTH - 60 if broad else 120)
