"""How a verdict was reached: every figure, rule and line of arithmetic, to be checked by hand."""

from helpers.calculation.step import QUESTIONS, Step
from helpers.calculation.whole import (
    Calculation,
    calculation,
    calculation_path,
    listed_by_place,
)

__all__ = [
    "QUESTIONS",
    "Calculation",
    "Step",
    "calculation",
    "calculation_path",
    "listed_by_place",
]
