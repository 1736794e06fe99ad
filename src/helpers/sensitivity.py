"""Sensitivity: whether another reasonable reading of the rule would give another verdict.

Methods, section 2. A measure is borderline where one of these readings turns better into worse or
the other way round, or turns a decline within the margin into one beyond it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product

from helpers.direction import as_decimal, direction_of_travel, exact_number, judged, worse_by

OTHER_MARGINS = (Decimal("0.03"), Decimal("0.10"))

OPPOSITE = {"higher": "lower", "lower": "higher"}

WORSE = ("declining", "declining_within_margin")


@dataclass(frozen=True)
class Reading:
    """Another reading of the rule, and the direction that it gives.

    Parameters
    ----------
    name
        ``other margin``, ``percentage points``, ``share that is left`` or ``rounding``.
    previous, latest, polarity, margin
        What the rule is applied to. The margin is a share of the previous figure; that of
        ``percentage points`` is a number of points.
    words
        The same in a sentence.
    """

    name: str
    previous: Decimal | Fraction
    latest: Decimal | Fraction
    polarity: str
    margin: Decimal | Fraction
    direction: str
    words: str


def borderline_reasons(
    previous: Decimal | None,
    latest: Decimal | None,
    polarity: str,
    margin: Decimal = Decimal("0.05"),
    percentage: bool = False,
    places: tuple[int, int] | int | None = 0,
) -> list[str]:
    """Say in words which other readings would change the verdict; none where it is firm.

    Parameters
    ----------
    percentage
        Whether the figures are percentages: only then are percentage points, and the share that
        is left (100 less the figure), other readings of the same thing. Below 0 or above 100
        there is no share that is left.
    places
        Decimal places to which both figures were published, or each of them; any value that rounds
        to them counts, of percentages none beyond 0 or 100 that the figure itself is not beyond.
        None for figures that were not rounded, such as counts.

    Returns
    -------
    list of str
        Empty for figures that are missing or no numbers, and for a polarity that gives no
        verdict: there is nothing to turn.

    Raises
    ------
    ValueError
        Where the margin is not a number of 0 or more.

    Examples
    --------
    >>> borderline_reasons(Decimal("50.0"), Decimal("48.0"), "higher", places=1)
    ['At a margin of 3% it would be declining.']
    """
    before, now = exact_number(previous), exact_number(latest)
    if polarity not in OPPOSITE or before is None or now is None:
        return []
    ours = direction_of_travel(before, now, polarity, margin).direction
    others = readings(before, now, polarity, exact_number(margin), percentage, places)
    found = [reading.words for reading in others if turns(ours, reading.direction)]
    return list(dict.fromkeys(found))


def readings(
    previous: Decimal | Fraction,
    latest: Decimal | Fraction,
    polarity: str,
    margin: Decimal | Fraction,
    percentage: bool,
    places: tuple[int, int] | int | None,
) -> Iterator[Reading]:
    """Give every other reading of the rule, whether or not it turns the verdict.

    Parameters
    ----------
    previous, latest
        Two figures, both decimals or both fractions; those of the readings are alike.
    polarity
        ``higher`` or ``lower``.
    percentage, places
        As in `borderline_reasons`.

    Examples
    --------
    >>> for reading in readings(Decimal("96"), Decimal("94"), "higher", Decimal("0.05"), True, 0):
    ...     if reading.name == "share that is left":
    ...         print(reading.previous, reading.latest, reading.polarity, reading.direction)
    4 6 lower declining
    """

    def by_the_rule(name, before, after, way, allowed, words):
        share = Fraction(allowed) * abs(Fraction(before))
        direction = judged(worse_by(Fraction(before), Fraction(after), way), share)
        said = f"{words} be {_named(direction)}."
        return Reading(name, before, after, way, allowed, direction, said)

    for other in OTHER_MARGINS:
        words = f"At a margin of {other:.0%} it would"
        yield by_the_rule("other margin", previous, latest, polarity, other, words)
    if percentage:
        points = 100 * margin
        worse = worse_by(Fraction(previous), Fraction(latest), polarity)
        direction = judged(worse, Fraction(points))
        named = f"{as_decimal(Fraction(points)):g} percentage points"
        words = f"At a margin of {named} it would be {_named(direction)}."
        yield Reading("percentage points", previous, latest, polarity, points, direction, words)
    if percentage and 0 <= previous <= 100 and 0 <= latest <= 100:
        rest = (100 - previous, 100 - latest, OPPOSITE[polarity])
        words = "Seen as the share that is left, it would"
        yield by_the_rule("share that is left", *rest, margin, words)
    if places is None:
        return
    both = places if isinstance(places, tuple) else (places, places)
    befores, afters = (
        _before_rounding(figure, to, percentage)
        for figure, to in zip((previous, latest), both, strict=True)
    )
    for before, after in product(befores, afters):
        words = "Within the rounding of the figures it could"
        yield by_the_rule("rounding", before, after, polarity, margin, words)


def _before_rounding(
    figure: Decimal | Fraction, places: int, percentage: bool
) -> tuple[Decimal | Fraction, Decimal | Fraction]:
    """Return the lowest and the highest value that a figure can have been rounded from."""
    half = type(figure)(Decimal(5).scaleb(-places - 1))
    low, high = figure - half, figure + half
    if percentage and 0 <= figure <= 100:
        low, high = max(low, type(figure)(0)), min(high, type(figure)(100))
    return low, high


def turns(ours: str, other: str) -> bool:
    """Say whether a reading turns better and worse round, or a small decline into a decline.

    Examples
    --------
    >>> turns("declining_within_margin", "declining"), turns("declining", "no_change")
    (True, False)
    """
    turned = (ours == "improving" and other in WORSE) or (ours in WORSE and other == "improving")
    return turned or (ours == "declining_within_margin" and other == "declining")


def _named(direction: str) -> str:
    return {"declining_within_margin": "slightly worse, within the margin"}.get(
        direction, direction.replace("_", " ")
    )
