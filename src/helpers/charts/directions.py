"""Directions of travel: how many measures of each group go which way, as stacked bars."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from helpers.charts import layout
from helpers.charts.chart import Chart
from helpers.charts.layout import canvas, wrap
from helpers.charts.style import LARGE_TEXT, STYLE, TEXT, WIDTH, colour, save
from helpers.charts.words import lower_first
from helpers.wording import DIRECTIONS

BAR = 42.0
"""Height of a bar in points: room for a symbol above its count."""

LINE = LARGE_TEXT * 1.17
"""From one line to the next."""

width = partial(layout.width, size=LARGE_TEXT)
write = partial(layout.write, size=LARGE_TEXT)
write_beside = partial(layout.write_beside, size=LARGE_TEXT)


def directions_by_group(counts: pd.DataFrame, *, caption: str | None = None) -> Chart:
    """Draw how many measures of each group go which way, as stacked bars.

    Parameters
    ----------
    counts
        One row a group, named by the index; one column a direction of travel, in the order to
        draw; whole numbers. ``pd.crosstab(ambition, direction)`` gives this.
    caption
        In place of the one made from the data.

    Raises
    ------
    ValueError
        Where a direction is unknown, or there is nothing to count.
    """
    unknown = [name for name in counts.columns if name not in DIRECTIONS]
    if unknown:
        raise ValueError(f"unknown directions {unknown}; known are {list(DIRECTIONS)}")
    counts = counts.fillna(0).astype(int)
    counts = counts.loc[:, counts.sum() > 0]
    if counts.empty:
        raise ValueError("there are no directions to count")
    with mpl.rc_context(STYLE):
        svg = save(_draw(counts))

    about = "Number of measures by direction of travel."
    said = [f"Stacked bar chart. {about}"]
    for group, row in counts.iterrows():
        parts = [
            f"{count} {lower_first(DIRECTIONS[name][1])}" for name, count in row.items() if count
        ]
        said.append(f"{group}, {_measures(row.sum())}: {'; '.join(parts) or 'none'}.")
    return Chart(svg, " ".join(said), about if caption is None else caption)


def _measures(number: int) -> str:
    return f"{number} measure" if number == 1 else f"{number} measures"


def _draw(counts: pd.DataFrame) -> Figure:
    """Draw a key, then for each group its name and a bar with a block for each direction."""
    key = _key_rows(counts.columns)
    names = [
        wrap(f"{group} ({_measures(number)})", WIDTH - 4, size=LARGE_TEXT)
        for group, number in counts.sum(axis=1).items()
    ]
    top = len(key) * (LINE + 5) + 12
    axes = canvas(sum(len(lines) * LINE + BAR + 16 for lines in names) + top)
    for number, entries in enumerate(key):
        y = axes.bbox.height - LARGE_TEXT - number * (LINE + 5)
        for x, name, words in entries:
            _block(axes, x, y - 3, 15, 15, name)
            write(axes.figure, x + 20, y, words)

    each = _width_of_one(counts)
    y = axes.bbox.height - top
    for lines, (_, row) in zip(names, counts.iterrows(), strict=True):
        write(axes.figure, 0, y - LARGE_TEXT, *lines)
        base = y - len(lines) * LINE - BAR - 3
        y -= len(lines) * LINE + BAR + 16
        x = 1.0
        beside = _beside(row, each)
        for name, count in row[row > 0].items():
            wide = count * each
            _block(axes, x, base, wide, BAR, name)
            if name == beside:
                words = f"{DIRECTIONS[name][0]} {count}"
                write_beside(axes.figure, x + wide + 5, base + BAR / 2, words, fontweight="bold")
            else:
                _block_words(axes.figure, x + wide / 2, base + BAR / 2, wide, name, count)
            x += wide
    return axes.figure


def _key_rows(names: Iterable[str]) -> list[list[tuple[float, str, str]]]:
    """Place the key's entries in as few rows as they fit: x, direction, words."""
    rows: list[list[tuple[float, str, str]]] = [[]]
    x = 0.0
    for name in names:
        words = " ".join(DIRECTIONS[name])
        wide = 20 + width(words)
        if x and x + wide > WIDTH:
            rows.append([])
            x = 0.0
        rows[-1].append((x, name, words))
        x += wide + 18
    return rows


def _width_of_one(counts: pd.DataFrame) -> float:
    """Return how wide a block is for each measure it counts."""
    most = counts.sum(axis=1).max()
    each = (WIDTH - 2) / most
    if any(_beside(row, each) for _, row in counts.iterrows()):
        each = (WIDTH - 2 - width("n/a 99", True)) / most
    return each


def _beside(row: pd.Series, each: float) -> str | None:
    """Return the last direction of a bar if its words need to stand beside it, for want of room."""
    present = row[row > 0]
    if present.empty:
        return None
    name, count = present.index[-1], present.iloc[-1]
    return name if width(DIRECTIONS[name][0], True) > count * each - 4 else None


def _block(axes: Axes, x: float, y: float, wide: float, deep: float, name: str) -> None:
    """Draw one block of a stacked bar; an open one where nothing can be said."""
    hollow = name == "not_comparable"
    axes.add_patch(
        Rectangle(
            (x + 1, y),
            wide - 2,
            deep,
            facecolor=colour("surface" if hollow else name),
            edgecolor=colour("axis") if hollow else "none",
            linewidth=1.6 if hollow else 0,
        )
    )


def _block_words(figure: Figure, x: float, y: float, room: float, name: str, count: int) -> None:
    """Write a block's symbol and count: side by side, else stacked, else not at all.

    A block that is narrower than its words has none; the key says what its colour is.
    """
    style = {
        "ha": "center",
        "fontweight": "bold",
        "color": colour("ink" if name == "not_comparable" else "surface"),
    }
    symbol = DIRECTIONS[name][0]
    together = f"{symbol} {count}"
    if width(together, True) <= room - 6:
        write_beside(figure, x, y, together, **style)
        return
    for size in (LARGE_TEXT, TEXT):
        if max(width(words, True, size=size) for words in (symbol, str(count))) <= room - 2:
            write(figure, x, y + size * 0.22, symbol, size=size, **style)
            write(figure, x, y - size * 0.95, str(count), size=size, **style)
            return
