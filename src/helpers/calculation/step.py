"""One step of a calculation, and its arithmetic written out as one would on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from helpers.comparison import Comparison, KnownFigures
from helpers.definitions import Definitions, Measure, Quarter
from helpers.formats import with_full_stop
from helpers.intervals import why_not
from helpers.listed import Listed
from helpers.plans import PlanMeasure
from helpers.weight import Weight

QUESTIONS = {
    "figures": "Which figures are compared?",
    "computed": "Do the counts give the published figure?",
    "direction": "Which way did it go?",
    "other_readings": "Would another reading of the rule say otherwise?",
    "interval": "How far off could the figures be?",
    "evidence": "Could chance have made it?",
    "recent_trend": "Do five years go one way?",
    "usual_range": "Is the latest figure unusual for this series?",
    "elsewhere": "How is it elsewhere?",
    "target": "How far is it to the target?",
    "recency": "Is the figure recent?",
}
"""Each rule and the question it answers, in the order of a calculation."""


@dataclass(frozen=True)
class Facts:
    """What the steps of one measure start from.

    Parameters
    ----------
    comparison, weight
        The figures of the verdict, and what every method beside it gives.
    row
        The measure's assessment, of which the sentences are made.
    """

    definitions: Definitions
    known: KnownFigures
    listed: Listed
    quarter: Quarter
    area: str
    comparison: Comparison
    weight: Weight
    row: object

    @property
    def entry(self) -> PlanMeasure:
        """The measure as its plan lists it."""
        return self.listed.entry

    @property
    def measure(self) -> Measure:
        """What is measured."""
        return self.definitions.measures[self.entry.measure]

    @property
    def judged(self) -> bool:
        """Whether the two figures could be compared."""
        return self.comparison.direction.direction != "not_comparable"

    def of_weight(self, *names: str) -> dict[str, object]:
        """Return what stands beside the verdict under these names."""
        return {name: getattr(self.weight, name) for name in names}


@dataclass(frozen=True)
class Step:
    """What one rule makes of a measure's figures.

    Parameters
    ----------
    rule
        One of `QUESTIONS`.
    question
        What it answers, in plain words.
    inputs
        Name -> what went in: exact numbers, text, None where there is none, lists for series.
    working
        The arithmetic, one line after another; none where the rule cannot be applied.
    result
        Name -> answer, as in the assessments where it is a column there.
    in_words
        The answer in a sentence; where there is none, why not.
    """

    rule: str
    question: str
    inputs: Mapping[str, object]
    working: Sequence[str]
    result: Mapping[str, object]
    in_words: str


def worked(
    rule: str,
    inputs: Mapping[str, object],
    working: Sequence[str],
    result: Mapping[str, object],
    in_words: str,
) -> Step:
    """Make the step of a rule that was applied."""
    return Step(rule, QUESTIONS[rule], inputs, tuple(working), result, in_words)


def not_possible(
    rule: str,
    reason: str,
    inputs: Mapping[str, object] | None = None,
    result: Mapping[str, object] | None = None,
) -> Step:
    """Make the step of a rule that cannot be applied, with the reason instead of arithmetic.

    Examples
    --------
    >>> not_possible("evidence", "our sources give no numbers of cases").in_words
    'Cannot be calculated: our sources give no numbers of cases.'
    """
    reason = reason.removeprefix("cannot be calculated: ")
    # A reason that is a sentence already stands by itself.
    words = reason if reason[:1].isupper() else f"Cannot be calculated: {reason}"
    return Step(rule, QUESTIONS[rule], inputs or {}, (), result or {}, with_full_stop(words))


def without_counts(figure: object, unit: str) -> str:
    """Say why a figure's own counts give nothing: they are not known, or cannot be right."""
    if figure.numerator is None or figure.denominator is None:
        return "our sources give no numbers of cases"
    return why_not(figure.numerator, figure.denominator, proportion=unit == "percent")


def plain(number: Decimal | int) -> str:
    """Write a number exactly, with its thousands separated.

    Examples
    --------
    >>> plain(Decimal("-3.50")), plain(1265)
    ('−3.50', '1,265')
    """
    return f"{number:,f}".replace("-", "−") if isinstance(number, Decimal) else f"{number:,}"


def shortest(number: Decimal) -> str:
    """Write a number exactly, without idle noughts at its end.

    Examples
    --------
    >>> shortest(Decimal("5.00")), shortest(Decimal("161059.80"))
    ('5', '161,059.8')
    """
    return plain(Decimal(f"{number.normalize():f}"))


def operand(number: Decimal | int) -> str:
    """Write a number as it stands after a sign: a negative one in brackets."""
    return f"({plain(number)})" if number < 0 else plain(number)


def signed(number: Decimal) -> str:
    """Write a number exactly with its sign, also where it is above zero."""
    return f"+{plain(number)}" if number > 0 else plain(number)


def share_of(number: Fraction) -> str:
    """Write a quotient: exactly where six digits hold it, else cut off with dots after it.

    Examples
    --------
    >>> share_of(Fraction(-35, 674)), share_of(Fraction(-1, 8))
    ('−0.05192…', '−0.125')
    """
    exact = _divided(number, 6)
    if Fraction(exact) == number:
        return plain(exact)
    whole = len(str(abs(int(number)))) if abs(number) >= 1 else 0
    return f"{plain(_divided(number, max(4, whole + 3)))}…"


def about(number: float) -> str:
    """Write the result of a root or a division as one notes it down: to five digits.

    Examples
    --------
    >>> about(0.0210512345), about(1234567.0)
    ('0.021051', '1,234,600')
    """
    return plain(significant(number, 5))


def significant(number: float | None, digits: int = 6) -> Decimal | None:
    """Round a computed number to so many digits; None stays None.

    Examples
    --------
    >>> significant(2 / 3)
    Decimal('0.666667')
    """
    if number is None:
        return None
    rounded = Context(prec=digits, rounding=ROUND_HALF_EVEN).create_decimal(float(number))
    return Decimal(f"{rounded.normalize():f}")


def _divided(number: Fraction, digits: int) -> Decimal:
    context = Context(prec=digits, rounding=ROUND_DOWN)
    # The parts go in whole: only the quotient is cut.
    quotient = context.divide(Decimal(number.numerator), Decimal(number.denominator))
    return Decimal(f"{quotient.normalize():f}")
