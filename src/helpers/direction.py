"""Direction of travel: the plan's own rule, which compares the latest figure with the previous one.

Source: the key of the plan's published performance report, made exact in methods, section 1.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

POLARITIES = ("higher", "lower", "neutral", "representative")

Number = Decimal | Fraction | int | str | float | None

LARGEST = int(sys.float_info.max)
"""No figure is larger: the methods that work with floats could not hold it."""


@dataclass(frozen=True)
class Direction:
    """Which way a measure went.

    Parameters
    ----------
    direction
        ``improving``, ``declining``, ``declining_within_margin``, ``no_change``, ``rose``,
        ``fell`` or ``not_comparable``.
    relative_change
        ``(latest - previous) / |previous|`` as a fraction; None where it cannot be calculated.
    reason
        Why, in words.
    """

    direction: str
    relative_change: Decimal | None
    reason: str


def direction_of_travel(
    previous: Number,
    latest: Number,
    polarity: str,
    margin: Number = "0.05",
    benchmark: Number = None,
) -> Direction:
    """Say whether the latest figure is better or worse than the previous one, and by how much.

    A change for the better counts however small it is. A change for the worse counts as declining
    only if it is more than the margin; exactly the margin is still within it.

    Parameters
    ----------
    previous, latest
        The published figures, in any unit. Missing, infinite or unreadable figures make the
        answer ``not_comparable``. A float is taken as it prints, so 2.1 means exactly 2.1
        (`exact_number`).
    polarity
        ``higher`` or ``lower`` (is better), ``neutral`` (no judgement), or ``representative``
        (nearer to the benchmark is better).
    margin
        Share of the previous figure, inclusive.
    benchmark
        What a representative figure should be near.

    Returns
    -------
    Direction

    Raises
    ------
    ValueError
        Where the polarity is not one of the four, or the margin is not a number of 0 or more.

    Notes
    -----
    All arithmetic is exact. A decline from 0 counts as beyond the margin, and its relative change
    as not calculable. For a representative measure the change for the worse is how much further
    from the benchmark the figure moved.

    Examples
    --------
    >>> direction_of_travel("8.6", "10.0", "lower").direction
    'declining'
    >>> direction_of_travel("2", "2.1", "lower").direction
    'declining_within_margin'
    """
    if polarity not in POLARITIES:
        raise ValueError(f"polarity '{polarity}' is not one of {', '.join(POLARITIES)}")
    allowed = exact_number(margin)
    if allowed is None or allowed < 0:
        raise ValueError(f"the margin '{margin}' is not a number of 0 or more")
    before, now, aim = map(exact_number, (previous, latest, benchmark))
    if missing := _what_is_missing(before, now, aim, polarity):
        return Direction("not_comparable", None, missing)

    relative = None if before == 0 else as_decimal((now - before) / abs(before))
    if polarity == "neutral":
        direction = _sign_word(now - before, "rose", "fell", "no_change")
        return Direction(direction, relative, _NEUTRAL_REASONS[direction])

    direction = judged(worse_by(before, now, polarity, aim), allowed * abs(before))
    return Direction(direction, relative, _reason(direction, before, now, polarity, allowed))


def worse_by(
    before: Fraction, now: Fraction, polarity: str, aim: Fraction | None = None
) -> Fraction:
    """Return by how much the latest figure is worse than the one before; negative where better.

    Parameters
    ----------
    polarity
        ``higher`` or ``lower``, or ``representative``: then further from the aim is worse.

    Examples
    --------
    >>> worse_by(Fraction(10), Fraction(8), "higher"), worse_by(Fraction(10), Fraction(8), "lower")
    (Fraction(2, 1), Fraction(-2, 1))
    """
    if polarity == "representative":
        return abs(now - aim) - abs(before - aim)
    return before - now if polarity == "higher" else now - before


def judged(worse: Fraction, allowed: Fraction) -> str:
    """Name the direction of a change for the worse (`worse_by`).

    Parameters
    ----------
    allowed
        The change for the worse up to which it is within the margin, in the unit of the figures.

    Examples
    --------
    >>> judged(Fraction(3), Fraction(3)), judged(Fraction(-3), Fraction(3))
    ('declining_within_margin', 'improving')
    """
    # From 0 the margin is 0 too, so every decline is beyond it.
    if 0 < worse <= allowed:
        return "declining_within_margin"
    return _sign_word(worse, "declining", "improving", "no_change")


def exact_number(number: object) -> Fraction | None:
    """Read a figure exactly as it is written; None where it is missing or no number.

    Every method beside the arrow reads figures in this way, so that what is a figure to one is a
    figure to all. Infinite, unreadable and truth values are no numbers, and neither is what is
    too large for a float.

    Examples
    --------
    >>> exact_number(2.1), exact_number("nan"), exact_number(True)
    (Fraction(21, 10), None, None)
    """
    if number is None or isinstance(number, bool):
        return None
    if not isinstance(number, int | Fraction | Decimal):
        try:
            number = Decimal(str(number).strip())
        except InvalidOperation:
            return None
    # The fraction of a number with a thousand places would take too long to work with.
    if isinstance(number, Decimal) and not (number.is_finite() and number.adjusted() > -1000):
        return None
    return Fraction(number) if -LARGEST <= number <= LARGEST else None


def as_decimal(fraction: Fraction) -> Decimal:
    """Write an exact number as a decimal, to 28 figures.

    Examples
    --------
    >>> as_decimal(Fraction(21, 10))
    Decimal('2.1')
    """
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def _sign_word(number: Fraction, positive: str, negative: str, zero: str) -> str:
    return zero if number == 0 else positive if number > 0 else negative


def _what_is_missing(
    before: Fraction | None, now: Fraction | None, aim: Fraction | None, polarity: str
) -> str:
    if before is None and now is None:
        return "There is neither a latest figure nor an earlier one."
    if now is None:
        return "There is no latest figure."
    if before is None:
        return "There is no earlier figure to compare with."
    if polarity == "representative" and aim is None:
        return "There is no benchmark to be near."
    return ""


_NEUTRAL_REASONS = {
    "rose": "It rose; neither way is counted as better.",
    "fell": "It fell; neither way is counted as better.",
    "no_change": "The two figures are equal.",
}


def _reason(
    direction: str, before: Fraction, now: Fraction, polarity: str, margin: Fraction
) -> str:
    if now == before:
        return "The two figures are equal."
    if direction == "no_change":
        return "It is as far from the benchmark as before."
    good = {
        "higher": "higher is better",
        "lower": "lower is better",
        "representative": "nearer to the benchmark is better",
    }[polarity]
    moved = "rose" if now > before else "fell"
    percent = f"{as_decimal(margin * 100):g}%"
    if direction == "improving":
        return f"It {moved}, and {good}."
    if direction == "declining_within_margin":
        return f"It {moved}, and {good}; the change is within the margin of {percent}."
    if before == 0:
        return f"It {moved} from 0, and {good}."
    return f"It {moved}, and {good}; the change is more than the margin of {percent}."
