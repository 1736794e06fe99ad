"""Where things stand in a chart, in points from its lower left corner: measuring and placing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from statistics import fmean

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from matplotlib.transforms import IdentityTransform

from helpers.charts.style import TEXT, WIDTH

LINE = TEXT * 1.17
MIDDLE = TEXT * 0.36
"""From one line to the next; from a line's foot to the middle of its letters."""


@lru_cache(maxsize=4096)
def width(words: str, bold: bool = False, size: float = TEXT) -> float:
    """Return how wide words are."""
    font = FontProperties(family="DejaVu Sans", size=size, weight="bold" if bold else "normal")
    return text_to_path.get_text_width_height_descent(words, font, ismath=False)[0]


def widest(lines: Sequence[str], bold: bool = False) -> float:
    """Return how wide the widest of several lines is."""
    return max(width(line, bold) for line in lines)


def wrap(words: str, room: float, bold: bool = False, size: float = TEXT) -> list[str]:
    """Break words into lines no wider than the room; a long word keeps its line."""
    first, *rest = words.split(" ")
    lines = [first]
    for word in rest:
        if width(f"{lines[-1]} {word}", bold, size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Move labels apart as little as needed, in their order, within low and high.

    Labels that would overlap share the displacement: the least squares solution.

    Parameters
    ----------
    wanted
        Where each label's centre should be.
    sizes
        How much room each needs.

    Returns
    -------
    list of float
        Where the centres are.

    Examples
    --------
    >>> spread([50, 50, 90], [10, 10, 10], 0, 100)
    [45.0, 55.0, 90.0]
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    # Measured from where each would stand if all were stacked, only their order matters: a
    # shift may not be smaller than the one before (isotonic regression, by its max-min formula).
    feet = list(accumulate((sizes[i] for i in order), initial=0.0))
    stacked = [foot + sizes[i] / 2 for foot, i in zip(feet, order, strict=False)]
    shifts = [wanted[i] - centre for centre, i in zip(stacked, order, strict=True)]
    centres = {}
    for place, i in enumerate(order):
        shift = max(
            min(fmean(shifts[first : last + 1]) for last in range(place, len(order)))
            for first in range(place + 1)
        )
        centres[i] = stacked[place] + max(low, min(shift, high - feet[-1]))
    return [centres[i] for i in range(len(wanted))]


def new_figure(height: float) -> Figure:
    """Return an empty figure of the width that all charts have."""
    # A bare Figure is unknown to pyplot: nothing to close, nothing shown twice in a notebook.
    # At 72 dots an inch, matplotlib's display coordinates are points.
    return Figure(figsize=(WIDTH / 72, height / 72), dpi=72, frameon=False)


def add_axes(figure: Figure, left: float, bottom: float, right: float, top: float) -> Axes:
    """Add axes within margins."""
    height = figure.bbox.height
    axes = figure.add_axes(
        (left / WIDTH, bottom / height, 1 - (left + right) / WIDTH, 1 - (bottom + top) / height)
    )
    axes.patch.set_visible(False)
    return axes


def canvas(height: float) -> Axes:
    """Return axes that cover a whole figure and count in points."""
    axes = add_axes(new_figure(height), 0, 0, 0, 0)
    axes.set(xlim=(0, WIDTH), ylim=(0, height))
    axes.axis("off")
    return axes


def write(figure: Figure, x: float, y: float, *lines: str, **style: object) -> None:
    """Write lines of text below each other, the first one's foot at y."""
    step = LINE * style.get("size", TEXT) / TEXT
    # One text a line: where matplotlib draws several lines at once, it aligns them itself, in
    # its own font's widths.
    for number, line in enumerate(lines):
        figure.text(x, y - number * step, line, transform=IdentityTransform(), **style)


def write_beside(figure: Figure, x: float, y: float, *lines: str, **style: object) -> None:
    """Write lines of text below each other, the middle of them all at y."""
    larger = style.get("size", TEXT) / TEXT
    write(figure, x, y + ((len(lines) - 1) / 2 * LINE - MIDDLE) * larger, *lines, **style)
