"""The drawing of an SPC chart: the run of the figures, and the range of their usual variation."""

from __future__ import annotations

import math
from decimal import Decimal
from itertools import pairwise

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.transforms import IdentityTransform

from helpers.charts.axes import (
    EndLabel,
    draw_end_labels,
    draw_target,
    end_label,
    plot_height,
    time_axes,
    unbroken,
    value_ticks,
)
from helpers.charts.layout import LINE, MIDDLE, widest, write
from helpers.charts.series import known
from helpers.charts.style import TEXT, colour
from helpers.charts.words import Format, tick
from helpers.rows import each_row

LOOKS = {
    "common_cause": ("local", "o"),
    "special_cause_improvement": ("improving", "D"),
    "special_cause_concern": ("declining", "s"),
    "special_cause_neutral_high": ("rose", "^"),
    "special_cause_neutral_low": ("fell", "v"),
}
"""The role and the marker of each type of point."""

FEW = 3
"""At most so many unusual points have their period and value beside them."""

LEVELS = {
    "upper_limit": "Usual upper limit",
    "mean": "Average",
    "lower_limit": "Usual lower limit",
}


def draw_limits(
    rows: pd.DataFrame,
    area: str,
    unit: str,
    goal: Decimal | None,
    key: dict[str, str],
    format_value: Format,
    format_level: Format,
) -> Axes:
    """Draw the figures in order of time, with the average and the usual range of each phase.

    Parameters
    ----------
    rows
        The `points` of the area with the ``phase, mean, lower_limit, upper_limit, point_type`` of
        each; a limit that cannot be calculated is missing.
    area, unit, goal
        As in `helpers.charts.spc_chart`.
    key
        What each type of unusual point means, for those that there are.
    format_value, format_level
        Write a figure, and an average or limit.
    """
    figures = known(rows).astype({"value": float})
    ends = _ends(rows, area, goal, format_value, format_level)
    unusual = figures[figures["point_type"] != "common_cause"]
    labelled = unusual if len(unusual) <= FEW else unusual.head(0)
    ticks, low, high = _value_axis(rows, figures, labelled, unit, goal, plot_height(ends))
    ends = [EndLabel(min(max(end.value, low), high), end.when, end.lines, end.role) for end in ends]
    periods = dict(zip(rows["end"], rows["period"].map(tick), strict=True))
    axes = time_axes(ticks, high, periods, unit, ends, rows_above=len(key))
    axes.set_ylim(low, high)
    _draw_levels(axes, rows)
    if goal is not None:
        draw_target(axes, float(goal))
    _draw_points(axes, figures)
    _draw_key(axes, key)
    _label_points(axes, rows, labelled, goal, format_value)
    draw_end_labels(axes, ends)
    return axes


def _ends(
    rows: pd.DataFrame,
    area: str,
    goal: Decimal | None,
    format_value: Format,
    format_level: Format,
) -> list[EndLabel]:
    """Return the words at the right end: the latest figure, the levels, and the target."""
    last = known(rows).iloc[-1]
    words = f"{area} {unbroken(format_value(last['value']))}"
    if last["end"] < rows["end"].max():
        words += f" ({unbroken(tick(last['period']))})"
    ends = [end_label(words, float(last["value"]), last["end"], "local")]
    for level, name in LEVELS.items():
        # Those of the last phase that has them; where it is over, a line leads back to it.
        there = rows[rows[level].notna()]
        if len(there):
            value, when = there[level].iloc[-1], there["end"].iloc[-1]
            words = f"{name} {unbroken(format_level(Decimal(str(value))))}"
            right_across = when == rows["end"].max()
            ends.append(end_label(words, value, None if right_across else when, "muted"))
    if goal is not None:
        words = f"Target {unbroken(format_value(goal))}"
        ends.append(end_label(words, float(goal), None, "target"))
    return ends


def _value_axis(
    rows: pd.DataFrame,
    figures: pd.DataFrame,
    labelled: pd.DataFrame,
    unit: str,
    goal: Decimal | None,
    plot: float,
) -> tuple[list[float], float, float]:
    """Return round numbers for the vertical axis, where it starts and where it ends.

    It leaves room for the words of unusual points, and does not go where no figure can be: below
    zero if none is, above 100% if none is; a limit may lie beyond.
    """
    percent = unit.startswith("%")
    possible = [*figures["value"], *([] if goal is None else [float(goal)])]
    floor = 0 if min(possible) >= 0 else -math.inf
    ceiling = 100 if percent and max(possible) <= 100 else math.inf
    levels = pd.concat([rows[level].dropna() for level in LEVELS])
    values = [*possible, *(min(max(level, floor), ceiling) for level in levels)]
    ticks, high = value_ticks(values, percent, close=bool(rows["upper_limit"].notna().any()))
    low = ticks[0]
    above, below = (
        (2 * LINE + 14) * bool(side.any()) for side in (_is_high(labelled), ~_is_high(labelled))
    )
    top, bottom = max(values), min(values)
    for _ in range(8):
        share = (high - low) / plot
        high, low = max(high, top + above * share), min(low, bottom - below * share)
    return ticks, low, high


def _is_high(figures: pd.DataFrame) -> pd.Series:
    return figures["value"] >= figures["mean"]


def _draw_levels(axes: Axes, rows: pd.DataFrame) -> None:
    """Draw each phase's average, limits and the band between them, from the one to the next."""
    left, right = axes.get_xlim()
    phases = [own for _, own in rows.groupby("phase")]
    middles = [(before["end"].max() + after["end"].min()) / 2 for before, after in pairwise(phases)]
    for own, start, end in zip(phases, [left, *middles], [*middles, right], strict=True):
        level = own.iloc[0]
        if not math.isnan(level["upper_limit"]):
            low, high = level["lower_limit"], level["upper_limit"]
            axes.add_patch(
                Rectangle(
                    (start, low), end - start, high - low, color=colour("band"), zorder=0.2, lw=0
                )
            )
            for limit in (low, high):
                axes.plot(
                    (start, end), (limit, limit), color=colour("muted"), lw=1.3, dashes=(5, 3)
                )
        if not math.isnan(level["mean"]):
            axes.plot((start, end), [level["mean"]] * 2, color=colour("muted"), lw=1.3)


def _draw_points(axes: Axes, figures: pd.DataFrame) -> None:
    """Draw the run of the figures, and each type of point in its colour and shape."""
    for _, line in figures.groupby("stretch"):
        axes.plot(line["end"], line["value"], color=colour("local"), linewidth=1.8, zorder=2.5)
    for (kind, hollow), marked in figures.groupby(["point_type", "provisional"]):
        role, marker = LOOKS[kind]
        axes.plot(
            marked["end"],
            marked["value"],
            linestyle="none",
            marker=marker,
            markersize=(7 if len(figures) <= 30 else 5) + 2 * (kind != "common_cause"),
            color=colour(role),
            markerfacecolor=colour("surface" if hollow else role),
            markeredgewidth=2 if hollow else 0,
            zorder=4,
            clip_on=False,
        )


def _draw_key(axes: Axes, key: dict[str, str]) -> None:
    """Say above the plot what the shapes of unusual points mean."""
    for number, (kind, words) in enumerate(reversed(key.items())):
        role, marker = LOOKS[kind]
        x, y = axes.bbox.x0, axes.bbox.y1 + TEXT * 0.45 + number * LINE
        style = {"color": colour(role), "linestyle": "none", "marker": marker, "markersize": 9}
        symbol = Line2D([x + 6], [y + MIDDLE], markeredgewidth=0, **style)
        symbol.set_transform(IdentityTransform())
        axes.figure.add_artist(symbol)
        write(axes.figure, x + 16, y, words, color=colour(role))


def _label_points(
    axes: Axes,
    rows: pd.DataFrame,
    labelled: pd.DataFrame,
    goal: Decimal | None,
    format_value: Format,
) -> None:
    """Write the period and the value of unusual points beyond the lines that are near them."""
    box = axes.bbox
    figures = known(rows)
    xs = axes.transData.transform([(end, 0) for end in figures["end"]])[:, 0]
    taken: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
    for point, is_high in zip(each_row(labelled), _is_high(labelled), strict=True):
        lines = [tick(point.period), format_value(figures.loc[point.Index, "value"])]
        half = widest(lines) / 2
        x, _ = axes.transData.transform((point.end, 0))
        x = min(max(x, box.x0 + half), box.x1 - half)
        if any(x - half < end and start < x + half for start, end in taken[is_high]):
            continue  # The key and the axes say what is left out.
        taken[is_high].append((x - half, x + half))
        near = figures[abs(xs - x) < half + 20]
        away = max if is_high else min
        limit = "upper_limit" if is_high else "lower_limit"
        far = away([*near["value"].astype(float), *near[limit].dropna()])
        _, y = axes.transData.transform((0, far))
        y += 11 if is_high else -11
        if goal is not None:
            _, line = axes.transData.transform((0, float(goal)))
            low, high = (y, y + 2 * LINE) if is_high else (y - 2 * LINE, y)
            if low - 4 < line < high + 4:
                y = line + (6 if is_high else -6)
        style = {"ha": "center", "color": colour(LOOKS[point.point_type][0])}
        write(axes.figure, x, y + LINE if is_high else y - TEXT * 0.75, *lines, **style)
