"""How much weight a change bears: whether chance alone could have made it.

Methods, section 2. Never changes an arrow; it stands beside it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from helpers.direction import exact_number
from helpers.intervals import Interval, Number, why_not, wilson

FEWEST_EXPECTED = 5
"""The test of two proportions needs at least this many expected in every cell."""

LEVEL = 0.05

MOST_ADDED_UP = 10_000
"""Cases up to which the chances of all their outcomes are added up one by one."""


@dataclass(frozen=True)
class Evidence:
    """How much weight a change bears.

    Parameters
    ----------
    verdict
        ``clear``, ``could_be_chance``, ``too_few_to_judge`` or ``not_testable``.
    p_value
        How often chance alone would make a change at least this large; None where not tested.
    lower, upper
        Bounds of the difference, latest less previous, as fractions; None where not tested.
    reason
        Why it could not be tested; else empty.
    """

    verdict: str
    p_value: float | None = None
    lower: float | None = None
    upper: float | None = None
    reason: str = ""


def two_proportions(
    previous_numerator: Number | None,
    previous_denominator: Number | None,
    latest_numerator: Number | None,
    latest_denominator: Number | None,
) -> Evidence:
    """Say whether chance could have made the difference between two proportions.

    A pooled z test, two-sided, at 95%, with Newcombe's interval for the difference.

    Returns
    -------
    Evidence
        ``not_testable`` where a proportion cannot be made of the counts, with the reason;
        ``too_few_to_judge`` where fewer than five cases are expected in some cell.

    Examples
    --------
    >>> two_proportions(120, 400, 180, 420).verdict
    'clear'
    >>> two_proportions(2, 10, 4, 10).verdict
    'too_few_to_judge'
    """
    before = (previous_numerator, previous_denominator)
    after = (latest_numerator, latest_denominator)
    if reason := why_not(*before) or why_not(*after):
        return Evidence("not_testable", reason=reason)
    x1, n1, x2, n2 = (float(exact_number(number)) for number in (*before, *after))
    pooled = (x1 + x2) / (n1 + n2)
    expected = [n * share for n in (n1, n2) for share in (pooled, 1 - pooled)]
    if min(expected) < FEWEST_EXPECTED:
        return _too_few(min(expected))
    z = (x2 / n2 - x1 / n1) / math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    p_value = math.erfc(abs(z) / math.sqrt(2))
    verdict = "clear" if p_value < LEVEL else "could_be_chance"
    return Evidence(verdict, p_value, *_newcombe(wilson(*before), wilson(*after)))


def _newcombe(before: Interval, after: Interval) -> tuple[float, float]:
    """Return Newcombe's interval of a difference from Wilson's of both shares (his method 10)."""
    (share1, lower1, upper1), (share2, lower2, upper2) = before, after
    change = share2 - share1
    return (
        change - math.hypot(share2 - lower2, upper1 - share1),
        change + math.hypot(upper2 - share2, share1 - lower1),
    )


def two_counts(
    previous_count: Number | None,
    latest_count: Number | None,
    previous_population: Number = 1,
    latest_population: Number = 1,
) -> Evidence:
    """Say whether chance could have made the difference between two counts, or two rates.

    The exact conditional binomial test: given how many there were in both together, how they
    share out by the sizes of the two populations.

    Returns
    -------
    Evidence
        ``not_testable`` where a rate cannot be made of the counts, or a count is not whole, with
        the reason; ``too_few_to_judge`` where fewer than five cases are expected in either.

    Examples
    --------
    >>> two_counts(30, 60).verdict
    'clear'
    >>> two_counts(3, 5).verdict
    'too_few_to_judge'
    """
    before = (previous_count, previous_population)
    after = (latest_count, latest_population)
    if reason := why_not(*before, proportion=False) or why_not(*after, proportion=False):
        return Evidence("not_testable", reason=reason)
    first, second = exact_number(previous_count), exact_number(latest_count)
    if first.denominator != 1 or second.denominator != 1:
        return Evidence("not_testable", reason="cannot be calculated: a count is not whole")
    sizes = exact_number(previous_population), exact_number(latest_population)
    share = float(sizes[1] / sum(sizes))
    together = first + second
    fewest = together * min(share, 1 - share)
    if fewest < FEWEST_EXPECTED:
        return _too_few(fewest)
    p_value = _no_likelier(int(second), int(together), share)
    return Evidence("clear" if p_value < LEVEL else "could_be_chance", p_value)


def _no_likelier(count: int, together: int, share: float) -> float:
    """Add up the chances of every way to share cases out that is no likelier than this one.

    Ways whose chances differ by less than a ten-millionth count as equally likely, as in R and
    scipy.
    """
    if together > MOST_ADDED_UP:
        from scipy.stats import binomtest  # imported where it is used: it is slow to import

        return float(binomtest(count, together, share).pvalue)

    def chance(k: int) -> float:
        ways = math.lgamma(together + 1) - math.lgamma(k + 1) - math.lgamma(together - k + 1)
        return math.exp(ways + k * math.log(share) + (together - k) * math.log1p(-share))

    most = chance(count) * (1 + 1e-7)
    return min(1.0, math.fsum(c for c in map(chance, range(together + 1)) if c <= most))


def _too_few(expected: float) -> Evidence:
    few = math.floor(10 * expected) / 10  # 4.96 must not be shown as 5
    return Evidence("too_few_to_judge", reason=f"fewer than five cases are expected ({few:g})")
