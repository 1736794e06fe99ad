"""Sensitivity: whether another reasonable reading of the rule would give another verdict.

Methods, section 2. A measure is borderline where one of these readings turns better into worse or
the other way round, or turns a decline within the margin into one beyond it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from helpers.direction import direction_of_travel

OTHER_MARGINS = (Decimal("0.03"), Decimal("0.10"))

OPPOSITE = {"higher": "lower", "lower": "higher"}

_WORSE = ("declining", "declining_within_margin")


def borderline_reasons(
    previous: Decimal | None,
    latest: Decimal | None,
    polarity: str,
    margin: Decimal = Decimal("0.05"),
    percentage: bool = False,
    places: int = 0,
) -> list[str]:
    """Say in words which other readings would change the verdict; none where it is firm.

    Parameters
    ----------
    percentage
        Whether the figures are percentages: only then are percentage points, and the share that
        is left (100 less the figure), other readings of the same thing.
    places
        Decimal places to which the figures were published; any value that rounds to them counts.

    Returns
    -------
    list of str
        Empty for figures that are missing or a polarity that gives no verdict.

    Examples
    --------
    >>> borderline_reasons(Decimal("50.0"), Decimal("48.0"), "higher", places=1)
    ['At a margin of 3% it would be declining.']
    """
    if polarity not in OPPOSITE or previous is None or latest is None:
        return []
    ours = direction_of_travel(previous, latest, polarity, margin).direction
    readings = _readings(previous, latest, polarity, margin, percentage, places)
    found = [words for words, direction in readings if _changes(ours, direction)]
    return list(dict.fromkeys(found))


def _readings(
    previous: Decimal,
    latest: Decimal,
    polarity: str,
    margin: Decimal,
    percentage: bool,
    places: int,
) -> Iterator[tuple[str, str]]:
    """Give each other reading in words, with the direction that it gives."""
    for other in OTHER_MARGINS:
        direction = direction_of_travel(previous, latest, polarity, other).direction
        yield f"At a margin of {other:.0%} it would be {_named(direction)}.", direction
    if percentage:
        points = 100 * margin
        direction = _in_points(previous, latest, polarity, points)
        yield (
            (f"At a margin of {points:f} percentage points it would be {_named(direction)}."),
            direction,
        )
        rest = direction_of_travel(100 - previous, 100 - latest, OPPOSITE[polarity], margin)
        yield (
            (f"Seen as the share that is left, it would be {_named(rest.direction)}."),
            rest.direction,
        )
    half = Decimal(5).scaleb(-places - 1)
    for before, after in product(
        (previous - half, previous + half), (latest - half, latest + half)
    ):
        direction = direction_of_travel(before, after, polarity, margin).direction
        yield f"Within the rounding of the figures it could be {_named(direction)}.", direction


def _in_points(previous: Decimal, latest: Decimal, polarity: str, points: Decimal) -> str:
    """Apply the rule with a margin in percentage points instead of a share of the figure."""
    direction = direction_of_travel(previous, latest, polarity, 0).direction
    if direction == "declining" and abs(latest - previous) <= points:
        return "declining_within_margin"
    return direction


def _changes(ours: str, other: str) -> bool:
    """Whether a reading turns better and worse round, or a small decline into a decline."""
    turned = (ours == "improving" and other in _WORSE) or (ours in _WORSE and other == "improving")
    return turned or (ours == "declining_within_margin" and other == "declining")


def _named(direction: str) -> str:
    return {"declining_within_margin": "slightly worse, within the margin"}.get(
        direction, direction.replace("_", " ")
    )
