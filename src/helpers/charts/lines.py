"""The drawing of lines over time: axes, lines, changes of definition, names at the lines' ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import IdentityTransform

from helpers.charts.layout import (
    LINE,
    add_axes,
    new_figure,
    spread,
    widest,
    width,
    wrap,
    write,
    write_beside,
)
from helpers.charts.series import known
from helpers.charts.style import TEXT, WIDTH, colour
from helpers.charts.words import Format, tick

END_ROOM = 142
"""Room, in points, for a line's name at its end."""

DASHES = {"local": "", "other_1": "", "other_2": (4, 2), "other_3": (1, 1.5)}
"""Dashes and gaps, in line widths, of each role; none for a solid line."""


@dataclass(frozen=True)
class _EndLabel:
    """The words at a line's right end; `when` the line ends, unless it runs right across."""

    value: float
    when: int | None
    lines: list[str]
    role: str

    @property
    def bold(self) -> bool:
        return self.role == "local"

    @property
    def height(self) -> float:
        return len(self.lines) * LINE + 4


def draw_lines(
    lines: pd.DataFrame,
    area: str,
    unit: str,
    goal: Decimal | None,
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
    changes
        First day of each new definition, as an ordinal, and a few words on it; in order.
    """
    drawn = known(lines).astype({"value": float})
    roles = _roles(lines["area"].unique(), area)
    values = list(drawn["value"])
    ends = _end_labels(known(lines), roles, format_value)
    if goal is not None:
        values.append(float(goal))
        words = f"Target {_unbroken(format_value(goal))}"
        ends.append(_EndLabel(float(goal), None, wrap(words, END_ROOM), "target"))
    marks = [
        (at, wrap(words, WIDTH - 60 if len(changes) == 1 else 120))
        for day, words in changes
        if (at := _between(drawn, day)) is not None
    ]
    periods = lines.drop_duplicates("end", keep="last").sort_values("end")
    periods = dict(zip(periods["end"], periods["period"].map(tick), strict=True))
    axes = _axes(*value_ticks(values, unit.startswith("%")), periods, unit, ends, marks)
    if goal is not None:
        axes.axhline(float(goal), color=colour("target"), linewidth=1.4, dashes=(5, 3), zorder=1.5)
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
    _draw_changes(axes, marks)
    _draw_end_labels(axes, ends)
    return axes


def value_ticks(values: Sequence[float], percent: bool) -> tuple[list[float], float]:
    """Return round numbers for the vertical axis, and where it ends."""
    low, high = min(values), max(values)
    # From zero, but for percentages where that would press a high line flat; never so near that
    # a point or two looks like a cliff.
    if percent and low > high / 2 and low != high:
        low = min(low, high - 5)
    else:
        low, high = min(0, low), max(0, high)
    high = high if high > low else low + 1
    whole = all(value == int(value) for value in values)
    locator = MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10], integer=whole)
    ticks = [round(float(number), 9) for number in locator.tick_values(low, high)]
    while ticks[1] <= low:
        ticks.pop(0)
    while ticks[-2] >= high:
        ticks.pop()
    if percent and high <= 100:
        ticks = [number for number in ticks if number <= 100]
    return ticks, max(ticks[-1], high + (ticks[-1] - ticks[0]) * 0.02)


def tick_words(ticks: Sequence[float]) -> list[str]:
    """Write an axis's numbers, all with the decimals that the finest one needs."""
    decimals = next(n for n in range(10) if all(round(number, n) == number for number in ticks))
    return [f"{number:,.{decimals}f}".replace("-", "−") for number in ticks]


def _roles(areas: Sequence[str], area: str) -> dict[str, str]:
    """Give each area the role it is drawn in; usual comparators look the same on every chart."""
    usual = {"England": "other_1", "Statistical neighbours": "other_2", area: "local"}
    roles = {name: usual[name] for name in areas if name in usual}
    free = [role for role in ("other_3", "other_2", "other_1") if role not in roles.values()]
    return roles | dict(zip((name for name in areas if name not in usual), free, strict=False))


def _end_labels(
    figures: pd.DataFrame, roles: dict[str, str], format_value: Format
) -> list[_EndLabel]:
    """Return each area's name and latest value, with its period where others go on longer."""
    labels = []
    for last in figures.drop_duplicates("area", keep="last").itertuples():
        words = f"{last.area} {_unbroken(format_value(last.value))}"
        if last.end < figures["end"].max():
            words += f" ({_unbroken(tick(last.period))})"
        role = roles[last.area]
        lines = wrap(words, END_ROOM, role == "local")
        labels.append(_EndLabel(float(last.value), last.end, lines, role))
    return labels


def _unbroken(words: str) -> str:
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def _between(figures: pd.DataFrame, day: int) -> float | None:
    """Return the middle between the last figure before a day and the first after, if any."""
    earlier = figures["start"] < day
    before, after = figures.loc[earlier, "end"].max(), figures.loc[~earlier, "end"].min()
    return None if pd.isna(before) or pd.isna(after) else (before + after) / 2


def _axes(
    ticks: list[float],
    high: float,
    periods: dict[int, str],
    unit: str,
    ends: Sequence[_EndLabel],
    marks: Sequence[tuple[float, list[str]]],
) -> Axes:
    """Set up the axes: room for all words, round numbers up the side, periods along the foot."""
    words = tick_words(ticks)
    unit_lines = wrap(unit, WIDTH - 10) if unit else []
    change_rows = max((len(wrapped) for _, wrapped in marks), default=0)
    first, last = min(periods), max(periods)
    left = max(widest(words) + 8, width(periods[first]) / 2 - 4)
    right = max(widest(end.lines, end.bold) for end in ends) + 18
    top = (len(unit_lines) + change_rows) * LINE + TEXT * 0.6
    bottom = LINE + 12
    figure = new_figure(max(205, sum(end.height for end in ends)) + top + bottom)
    axes = add_axes(figure, left, bottom, right, top)
    margin = (last - first) * 0.03 or 100
    axes.set(xlim=(first - margin, last + margin), ylim=(ticks[0], high))
    axes.set_yticks(ticks, words)
    axes.tick_params(axis="y", pad=4)
    axes.tick_params(axis="x", pad=4, length=5)
    _label_periods(axes, periods)
    write(figure, 0, figure.bbox.height - TEXT * 0.85, *unit_lines, color=colour("muted"))
    return axes


def _label_periods(axes: Axes, periods: dict[int, str]) -> None:
    """Label the last period and those before it that leave enough room to the next."""
    shown: list[int] = []
    free = float("inf")
    for when, words in reversed(periods.items()):
        x, _ = axes.transData.transform((when, 0))
        half = width(words) / 2
        if x + half <= free:
            shown.append(when)
            free = x - half - 9
    axes.set_xticks(shown, [periods[when] for when in shown])


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


def _draw_changes(axes: Axes, marks: Sequence[tuple[float, list[str]]]) -> None:
    """Draw a dotted line where the definition changed, with its words above the plot."""
    wanted = [axes.transData.transform((at, 0))[0] for at, _ in marks]
    widths = [widest(lines) + 12 for _, lines in marks]
    places = spread(wanted, widths, axes.bbox.x0, WIDTH)
    for (at, lines), x in zip(marks, places, strict=True):
        axes.axvline(at, color=colour("muted"), linewidth=1.4, linestyle=(0, (1, 2)), zorder=1.6)
        y = axes.bbox.y1 + TEXT * 0.45 + (len(lines) - 1) * LINE
        write(axes.figure, x, y, *lines, ha="center", color=colour("muted"))


def _draw_end_labels(axes: Axes, ends: Sequence[_EndLabel]) -> None:
    """Name the lines at their ends, moved apart where they would overlap."""
    box = axes.bbox
    wanted = [axes.transData.transform((end.when or 0, end.value)) for end in ends]
    heights = [end.height for end in ends]
    centres = spread([y for _, y in wanted], heights, box.y0 - 6, box.y1 + 6)
    for end, (x, y), centre in zip(ends, wanted, centres, strict=True):
        x = box.x1 - 4 if end.when is None else x
        if abs(centre - y) > 4 or box.x1 - x > 20:
            leader = Line2D(
                [x + 5, box.x1 + 9],
                [y, centre],
                color=colour(end.role),
                linewidth=0.9,
                transform=IdentityTransform(),
            )
            axes.figure.add_artist(leader)
        weight = "bold" if end.bold else "normal"
        style = {"color": colour(end.role), "fontweight": weight}
        write_beside(axes.figure, box.x1 + 12, centre, *end.lines, **style)
