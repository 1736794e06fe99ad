"""Likely ranges: how far chance alone could move a figure, as a thin line through it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd
from matplotlib.axes import Axes

from helpers.charts.style import colour
from helpers.charts.words import Format, exact

NOTE = "The thin line at a figure shows its likely range: how far chance alone could move it."

Bounds = tuple[Decimal, Decimal] | tuple[None, None]


def likely_bounds(rows: pd.DataFrame, values: Sequence[Decimal | None]) -> list[Bounds]:
    """Return the bounds of each figure's likely range, exact; None where a figure has none.

    Half a range, one with its bounds in the wrong order, and one without its figure are none.

    Parameters
    ----------
    rows
        A table that may have the columns ``lower`` and ``upper``.
    values
        The figure of each row, or None.
    """
    bounds = [
        [exact(bound) for bound in rows[name]] if name in rows else [None] * len(rows)
        for name in ("lower", "upper")
    ]
    return [
        (None, None) if None in (value, lower, upper) or lower > upper else (lower, upper)
        for value, lower, upper in zip(values, *bounds, strict=True)
    ]


def likely_ranges(rows: pd.DataFrame, values: Sequence[Decimal | None]) -> pd.DataFrame:
    """Return `likely_bounds` as the columns ``lower`` and ``upper``."""
    return pd.DataFrame(likely_bounds(rows, values), columns=["lower", "upper"], dtype=object)


def likely(figure: object, format_value: Format) -> str:
    """Say between which bounds a figure is likely; empty where it has none."""
    if figure.lower is None:
        return ""
    return f"likely between {format_value(figure.lower)} and {format_value(figure.upper)}"


def draw_range(
    axes: Axes, at: float, lower: Decimal, upper: Decimal, role: str, upright: bool
) -> None:
    """Draw a thin line with short caps between two bounds.

    Parameters
    ----------
    at
        The day of an upright line, or the row of one that lies along a bar. The latter has a pale
        edge, to be seen on the bar too.
    role
        The line's colour.
    """
    along, across = [float(lower), float(upper)], [at, at]
    shape = {"marker": "_" if upright else "|", "clip_on": False, "zorder": 3.5}
    for thickness, shade in [(1.3, role)] if upright else [(4.5, "surface"), (1.5, role)]:
        axes.plot(
            *((across, along) if upright else (along, across)),
            color=colour(shade),
            linewidth=thickness,
            markersize=6.5 + thickness,
            markeredgewidth=thickness,
            solid_capstyle="butt",
            **shape,
        )
