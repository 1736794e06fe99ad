"""The frame of every chart over time: its axes, its level lines, the words at its right end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
from helpers.charts.style import TEXT, WIDTH, colour

END_ROOM = 142
"""Room, in points, for a line's name at its end."""


@dataclass(frozen=True)
class EndLabel:
    """The words at a line's right end; `when` the line ends, unless it runs right across."""

    value: float
    when: int | None
    lines: list[str]
    role: str

    @property
    def bold(self) -> bool:
        """Whether the words are those of the area to highlight."""
        return self.role == "local"

    @property
    def height(self) -> float:
        """How much room the words need, in points."""
        return len(self.lines) * LINE + 4


def end_label(words: str, value: float, when: int | None, role: str) -> EndLabel:
    """Return words for a line's right end, broken to fit there."""
    return EndLabel(value, when, wrap(words, END_ROOM, role == "local"), role)


def unbroken(words: str) -> str:
    """Keep words together on one line."""
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def value_ticks(
    values: Sequence[float], percent: bool, close: bool = False
) -> tuple[list[float], float]:
    """Return round numbers for the vertical axis, and where it ends.

    Parameters
    ----------
    values
        All that the axis has to hold.
    percent
        Whether they are percentages, whose axis may start above zero.
    close
        Whether any axis may, because limits drawn in the chart give the scale.
    """
    low, high = min(values), max(values)
    # From zero, but for percentages where that would press a high line flat; never so near that
    # a point or two looks like a cliff.
    if (percent or close) and low > high / 2 and low != high:
        low = low if close else min(low, high - 5)
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


def plot_height(ends: Sequence[EndLabel]) -> float:
    """Return how high a plot is: more than usual only where its end labels need it."""
    return max(205, sum(end.height for end in ends))


def time_axes(
    ticks: Sequence[float],
    high: float,
    periods: Mapping[int, str],
    unit: str,
    ends: Sequence[EndLabel],
    rows_above: int = 0,
) -> Axes:
    """Set up the axes: room for all words, round numbers up the side, periods along the foot.

    Parameters
    ----------
    ticks, high
        The numbers of the vertical axis, and where it ends.
    periods
        The words for each day that the horizontal axis has to hold, in order.
    unit
        What the vertical axis counts.
    ends
        The words at the right ends of the lines.
    rows_above
        How many lines of text stand between the unit and the plot.
    """
    words = tick_words(ticks)
    unit_lines = wrap(unit, WIDTH - 10) if unit else []
    first, last = min(periods), max(periods)
    left = max(widest(words) + 8, width(periods[first]) / 2 - 4)
    right = max(widest(end.lines, end.bold) for end in ends) + 18
    top = (len(unit_lines) + rows_above) * LINE + TEXT * 0.6
    bottom = LINE + 12
    figure = new_figure(plot_height(ends) + top + bottom)
    axes = add_axes(figure, left, bottom, right, top)
    margin = (last - first) * 0.03 or 100
    axes.set(xlim=(first - margin, last + margin), ylim=(ticks[0], high))
    axes.set_yticks(ticks, words)
    axes.tick_params(axis="y", pad=4)
    axes.tick_params(axis="x", pad=4, length=5)
    _label_periods(axes, periods)
    write(figure, 0, figure.bbox.height - TEXT * 0.85, *unit_lines, color=colour("muted"))
    return axes


def _label_periods(axes: Axes, periods: Mapping[int, str]) -> None:
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


def draw_target(axes: Axes, value: float) -> None:
    """Draw a target as a level line."""
    axes.axhline(value, color=colour("target"), linewidth=1.4, dashes=(5, 3), zorder=1.5)


def draw_end_labels(axes: Axes, ends: Sequence[EndLabel]) -> None:
    """Name the lines at their ends, moved apart where they would overlap."""
    box = axes.bbox
    wanted = [axes.transData.transform((end.when or 0, end.value)) for end in ends]
    heights = [end.height for end in ends]
    centres = spread([y for _, y in wanted], heights, box.y0 - 6, box.y1 + 6)
    for end, (x, y), centre in zip(ends, wanted, centres, strict=True):
        x = box.x1 - 4 if end.when is None else x
        far = box.x1 - x > 20
        if abs(centre - y) > 4 or far:
            leader = Line2D(
                [x + 5, box.x1 + 9],
                [y, centre],
                color=colour(end.role),
                linewidth=0.9,
                # A long one must not look like a line that goes on.
                linestyle=(0, (1, 3)) if far else "-",
                transform=IdentityTransform(),
            )
            axes.figure.add_artist(leader)
        weight = "bold" if end.bold else "normal"
        style = {"color": colour(end.role), "fontweight": weight}
        write_beside(axes.figure, box.x1 + 12, centre, *end.lines, **style)
