"""What a check finds, and what all checks share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from helpers.definitions import Definitions, Measure
from helpers.formats import format_value
from helpers.observations import latest_known
from helpers.plans import Indicator, Plan


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


def sharing(table: pd.DataFrame, key: list[str]) -> Iterator[list]:
    """Give the rows that share a key with another row, together and in the table's order."""
    together: dict[tuple, list] = {}
    for row in table.itertuples():
        together.setdefault(tuple(getattr(row, name) for name in key), []).append(row)
    return (rows for rows in together.values() if len(rows) > 1)


def levels(observations: pd.DataFrame) -> Iterable:
    """Give the rows that are levels and have a value."""
    levels = observations[(observations["kind"] == "level") & observations["value"].notna()]
    return levels.itertuples()


def values_of(observations: pd.DataFrame) -> dict[tuple, Decimal]:
    """Look up the latest known value by measure, area and period."""
    known = latest_known(observations)
    return {
        (row.measure_id, row.area, row.period): row.value
        for row in known[known["breakdown"] == ""].itertuples()
        if row.value is not None
    }


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
