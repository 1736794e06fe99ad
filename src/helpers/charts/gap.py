"""Shares beside their benchmarks: two markers for each measure, and the gap between them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.charts.chart import Chart
from helpers.charts.layout import LINE, MIDDLE, canvas, width, wrap, write, write_beside
from helpers.charts.style import STYLE, TEXT, WIDTH, colour, save
from helpers.charts.words import NOT_PUBLISHED, Format, exact, lower_first, plain_number, sign


def benchmark_gap(
    rows: pd.DataFrame,
    value_name: str,
    benchmark_name: str,
    *,
    period: str = "",
    format_value: Format = plain_number,
    caption: str | None = None,
    of_areas: bool = False,
) -> Chart:
    """Draw several measures' shares beside their benchmarks, as two markers and the gap between.

    Parameters
    ----------
    rows
        One row a measure: ``measure``, ``value``, ``benchmark``.
    value_name, benchmark_name
        What the two are, for example "Staff" and "Population of the county".
    period
        When the values are for, in words.
    format_value
        Writes a value as readers see it.
    caption
        In place of the one made from the data.
    of_areas
        Whether the two are areas: their names keep their capitals inside a sentence.

    Raises
    ------
    ValueError
        Where there is no figure to draw.
    """
    lower = str if of_areas else lower_first
    pairs = [
        (str(name), exact(value), exact(benchmark))
        for name, value, benchmark in zip(
            rows["measure"], rows["value"], rows["benchmark"], strict=True
        )
    ]
    if all(value is None for _, *both in pairs for value in both):
        raise ValueError("there is no figure to draw beside its benchmark")
    with mpl.rc_context(STYLE):
        svg = save(_draw(pairs, value_name, benchmark_name, format_value, lower))

    about = f"{value_name} beside {lower(benchmark_name)}"
    about += f", {period}." if period else "."
    said = [f"Dot chart. {about}"]
    for name, value, benchmark in pairs:
        shown = [NOT_PUBLISHED if v is None else format_value(v) for v in (value, benchmark)]
        gap = ""
        if value is not None and benchmark is not None:
            gap = {1: " (above)", 0: " (equal)", -1: " (below)"}[sign(value - benchmark)]
        said.append(
            f"{name}: {lower(value_name)} {shown[0]}, {lower(benchmark_name)} {shown[1]}{gap}."
        )
    return Chart(svg, " ".join(said), about if caption is None else caption)


def _draw(
    pairs: list[tuple[str, Decimal | None, Decimal | None]],
    value_name: str,
    benchmark_name: str,
    format_value: Format,
    lower: Callable[[str], str],
) -> Figure:
    """Draw a row for each measure: its name, and below it two markers with their values."""
    names = [wrap(name, WIDTH - 4) for name, *_ in pairs]
    known = [value for _, *both in pairs for value in both if value is not None]
    margin = 18 + max(width(format_value(value), True) for value in known)
    scale = (WIDTH - 2 * margin) / float(max(known) or 1)
    key_rows = 1 if 57 + width(value_name, True) + width(benchmark_name) < WIDTH else 2
    key = key_rows * LINE + 14
    axes = canvas(sum(len(lines) * LINE + 30 for lines in names) + key)

    top = axes.bbox.height
    y = top - TEXT + MIDDLE
    _mark(axes, 7, y, True, value_name)
    x = 46 + width(value_name, True) if key_rows == 1 else 7
    y -= (key_rows - 1) * LINE
    _mark(axes, x, y, False, benchmark_name)

    top -= key
    for (_, value, benchmark), lines in zip(pairs, names, strict=True):
        write(axes.figure, 0, top - TEXT, *lines)
        y = top - len(lines) * LINE - 11
        top -= len(lines) * LINE + 30
        marks = sorted(
            (margin + float(number) * scale, own, format_value(number))
            for number, own in ((value, True), (benchmark, False))
            if number is not None
        )
        if len(marks) == 2:
            _draw_both(axes, y, marks, margin)
        elif marks:
            absent = benchmark_name if benchmark is None else value_name
            _draw_one(axes, y, *marks[0], f"{lower(absent)} {NOT_PUBLISHED}")
        else:
            write_beside(axes.figure, margin, y, NOT_PUBLISHED, color=colour("muted"))
    return axes.figure


def _draw_both(axes: Axes, y: float, marks: list[tuple[float, bool, str]], margin: float) -> None:
    """Draw two markers and the gap between them, with their values outside.

    A faint track from zero to the far end gives the scale; it stops short of the values.
    """
    (low, low_own, low_words), (high, high_own, high_words) = marks
    _mark(axes, low, y, low_own, low_words, side=-1)
    _mark(axes, high, y, high_own, high_words)
    axes.plot([low, high], [y, y], color=colour("axis"), linewidth=3, zorder=2)
    before = low - 18 - width(low_words, low_own)
    after = high + 18 + width(high_words, high_own)
    for start, stop in ((margin, before), (after, WIDTH - margin)):
        if start < stop:
            axes.plot([start, stop], [y, y], color=colour("grid"), linewidth=1.4, zorder=1)


def _draw_one(axes: Axes, y: float, x: float, own: bool, words: str, absent: str) -> None:
    """Draw one marker, and say of the other, on whichever side has room, that it is absent."""
    _mark(axes, x, y, own, words)
    before, after = x - 16, x + 22 + width(words, own)
    if after + width(absent) < WIDTH:
        write_beside(axes.figure, after, y, absent, color=colour("muted"))
    else:
        absent = absent if width(absent) < before else NOT_PUBLISHED
        write_beside(axes.figure, before, y, absent, ha="right", color=colour("muted"))


def _mark(axes: Axes, x: float, y: float, own: bool, words: str, side: int = 1) -> None:
    """Draw a marker with its words: a full circle, or a larger open diamond that shows around it.

    The words stand right of the marker, or left of it where `side` is -1.
    """
    role = "local" if own else "other_1"
    axes.plot(
        x,
        y,
        marker="o" if own else "D",
        markersize=11 if own else 10.5,
        color=colour(role),
        markerfacecolor=colour(role if own else "surface"),
        markeredgewidth=0 if own else 2.2,
        zorder=4 if own else 3,
    )
    write_beside(
        axes.figure,
        x + 12 * side,
        y,
        words,
        ha="left" if side > 0 else "right",
        color=colour(role),
        fontweight="bold" if own else "normal",
    )
