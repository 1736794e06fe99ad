"""A measure's figures as a small line for a cell of a table: no axes, and words for its meaning."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

import pandas as pd

from helpers.charts.series import known
from helpers.charts.style import colour
from helpers.charts.words import span
from helpers.rows import each_row

WIDTH, HEIGHT, EDGE = 120, 30, 5
"""Size in CSS pixels, and the room around the line, in which its marks lie."""


def sparkline(lines: pd.DataFrame, alternative: str) -> str:
    """Draw a measure's figures as a small line, with a mark on the last one.

    Each stretch that a line may join has a line of its own, so that none runs across a gap or a
    change of definition. A figure alone in its stretch has a mark too, and so has a provisional
    one: a hollow one. The line fills its height from the lowest figure to the highest.

    Parameters
    ----------
    lines
        The figures of one area as `helpers.charts.series.points` gives them.
    alternative
        What the line shows, for those who do not see it.

    Returns
    -------
    str
        An SVG element to stand in a page, where style sheets can reach it.

    Raises
    ------
    ValueError
        Where there is no figure.
    """
    drawn = list(each_row(known(lines)))
    if not drawn:
        raise ValueError(f"there is no figure to draw: {alternative}")
    across = _places([point.end for point in drawn], EDGE, WIDTH - EDGE)
    up = _places([float(point.value) for point in drawn], HEIGHT - EDGE, EDGE)
    at = {point.Index: place for point, *place in zip(drawn, across, up, strict=True)}
    parts, marked = [], []
    for _, stretch in groupby(drawn, key=lambda point: point.stretch):
        joined = list(stretch)
        if len(joined) > 1:
            path = "L".join("{:.1f},{:.1f}".format(*at[point.Index]) for point in joined)
            parts.append(f'<path d="M{path}"/>')
        marked += [p for p in joined if len(joined) == 1 or p.provisional or p is drawn[-1]]
    for point in marked:
        (x, y), radius = at[point.Index], 3.5 if point is drawn[-1] else 2.5
        kind, fill = ("hollow", "surface") if point.provisional else ("mark", "local")
        parts.append(
            f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{colour(fill)}"/>'
        )
    return (
        f'<svg class="sparkline" role="img" aria-label="{escape(alternative)}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" fill="none" '
        f'stroke="{colour("local")}" stroke-width="2" stroke-linejoin="round" '
        f'stroke-linecap="round">{"".join(parts)}</svg>'
    )


def sparkline_words(
    measure: str, lines: pd.DataFrame, first: str, last: str, finding: str, definition_changed: bool
) -> str:
    """Say what a small line shows: the measure, its periods, both ends, and the finding.

    Parameters
    ----------
    first, last
        The first and the last figure as readers see them.
    finding
        The direction in words.

    Examples
    --------
    >>> lines = pd.DataFrame({"period": ["2021", "2022"], "value": [5, 4], "provisional": False})
    >>> sparkline_words("Absence", lines, "5%", "4%", "Improving", definition_changed=False)
    'Absence, 2021 and 2022: from 5% to 4%. Improving.'
    """
    drawn = known(lines)
    parts = [
        f"{measure}, {span(list(drawn['period']))}: from {first} to {last}.",
        "The definition changed in between." if definition_changed else "",
        "The last figure is provisional." if drawn["provisional"].iloc[-1] else "",
        f"{finding}.",
    ]
    return " ".join(filter(None, parts))


def _places(values: Sequence[float], first: float, last: float) -> list[float]:
    """Spread values between two places; where all are the same, put them in the middle.

    Examples
    --------
    >>> _places([10, 20, 15], 0, 100), _places([7, 7], 0, 100)
    ([0.0, 100.0, 50.0], [50.0, 50.0])
    """
    low, high = min(values), max(values)
    if low == high:
        return [(first + last) / 2] * len(values)
    return [first + (last - first) * (value - low) / (high - low) for value in values]
