"""What a check finds, and what all checks share."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from helpers.definitions import Definitions, Measure
from helpers.formats import format_value
from helpers.observations import latest_known
from helpers.plans import Indicator, Plan
from helpers.rows import each_row


@dataclass(frozen=True)
class Finding:
    """One difference: what was published, and what our check expected.

    Parameters
    ----------
    severity
        ``contradiction`` (both cannot be right), ``revision`` (a later edition changed it) or
        ``caution`` (nothing is wrong, but a reader should know).
    """

    check: str
    measure_id: str
    period: str
    area: str
    found: str
    expected: str
    severity: str
    explanation: str
    source: str
    place: str


def finding_of(
    check: str,
    row: object,
    found: str,
    expected: str,
    explanation: str,
    severity: str = "contradiction",
) -> Finding:
    """Make a finding of a row of the tidy table."""
    return Finding(
        check=check,
        measure_id=row.measure_id,
        period=row.period,
        area=row.area,
        found=found,
        expected=expected,
        severity=severity,
        explanation=explanation,
        source=row.source,
        place=row.place,
    )


class Published:
    """What had been published, taken out of the tidy table once for every check.

    Parameters
    ----------
    observations
        The tidy table as at the quarter's date.

    Attributes
    ----------
    rows
        Every row of the table, in its order.
    levels
        Those that are levels and have a value.
    known
        The latest known levels, also those without a value (`helpers.observations.latest_known`).
    values
        Measure, area and period -> the latest known value, of no breakdown.
    """

    def __init__(self, observations: pd.DataFrame) -> None:
        # As objects: rows of a table with columns of text are several times slower to walk through.
        self.rows = list(each_row(observations.astype(object)))
        self.levels = [row for row in self.rows if row.kind == "level" and row.value is not None]
        self.known = list(each_row(latest_known(observations).astype(object)))
        self.values: dict[tuple, Decimal] = {
            (row.measure_id, row.area, row.period): row.value
            for row in self.known
            if row.value is not None and not row.breakdown
        }
        self._given: dict[tuple, list] = {}
        for row in self.rows:
            if row.value is not None:
                place = (row.source, row.measure_id, row.area, row.period)
                self._given.setdefault(place, []).append(row)

    def given(self, source: str, measure_id: str, area: str, period: str) -> list:
        """Return all that a source gives, figure or change, for a measure, area and period."""
        return self._given.get((source, measure_id, area, period), [])


def sharing(rows: Iterable, key: Callable[[object], Hashable]) -> Iterator[list]:
    """Give the rows that share a key with another row, together and in their order."""
    together: dict[Hashable, list] = {}
    for row in rows:
        together.setdefault(key(row), []).append(row)
    return (found for found in together.values() if len(found) > 1)


def at_most(limit: Decimal, measure: Measure) -> str:
    """Write a limit with the measure that sets it."""
    return f"at most {limit:,} ({measure.title[:1].lower()}{measure.title[1:]})"


def as_figure(value: Decimal, measure: Measure) -> str:
    """Write a figure with its unit, and with every decimal place that was published."""
    return format_value(value, measure.unit, max(measure.decimals, -value.as_tuple().exponent))


def indicators_of(definitions: Definitions) -> Iterator[tuple[Plan, Indicator]]:
    """Give every indicator with its plan."""
    for plan in definitions.plans.values():
        for indicator in plan.indicators:
            yield plan, indicator
