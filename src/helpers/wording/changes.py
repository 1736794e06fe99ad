"""Changes since a baseline, and those that documents state without figures; never with an arrow."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.formats import format_value, named, qualified, told_apart, when
from helpers.observations import NOT_STATED


def since_baseline(assessment: object) -> str:
    """Say how far a measure has come since the document's own baseline; never with an arrow.

    Empty where there is no baseline.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from types import SimpleNamespace as Row
    >>> since_baseline(Row(unit="percent", decimals=0, latest_value=Decimal(89),
    ...     latest_period="September 2025", latest_qualifier="exact", baseline_value=Decimal(38),
    ...     baseline_period="July 2023", baseline_reason=""))
    'Up from 38% in July 2023 to 89% in September 2025.'
    """
    row = assessment
    if row.baseline_value is None:
        return ""
    decimals = told_apart(row.decimals, row.latest_value, row.baseline_value)
    latest = qualified(row.latest_value, row.unit, decimals, row.latest_qualifier)
    latest = f"{latest} {when(row.latest_period)}"
    before = format_value(row.baseline_value, row.unit, decimals)
    before = f"{before} {when(row.baseline_period)}"
    if row.baseline_reason:
        return (
            f"The document sets {latest} beside {before}. We do not compare the two: "
            f"{row.baseline_reason}"
        )
    if row.latest_value == row.baseline_value:
        return f"The same as at the start: {before} and {latest}."
    moved = "Up" if row.latest_value > row.baseline_value else "Down"
    return f"{moved} from {before} to {latest}."


def stated_change(changes: Sequence, area: str) -> str:
    """Say how a document words a change for which it gives no figures; empty for none.

    Parameters
    ----------
    changes
        Rows of the tidy table, one for the area or one for each of its parts.
    area
        Other areas are named.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from types import SimpleNamespace as Row
    >>> stated_change([Row(kind="change_percent", value=Decimal(-99), qualifier="exact", area="X",
    ...     period="November 2024", against="September 2023")], "X")
    'down 99% from September 2023 to November 2024'
    """
    return "; ".join(
        _one_change(row) if row.area == area else f"{row.area}: {_one_change(row)}"
        for row in changes
    )


def unclear_statement(statement: object, document: str) -> str:
    """Say that a published statement can be read in two ways, with what it says of itself.

    Parameters
    ----------
    statement
        A row of the tidy table whose kind is ``unclear``.
    document
        The one that makes it.
    """
    said = f"Of {named(statement.period)}, {document} says: “{statement.as_published}”."
    return f"{said} {statement.note}".strip()


def _one_change(row: object) -> str:
    unit = "percent" if row.kind == "change_percent" else "percentage_points"
    decimals = max(-row.value.as_tuple().exponent, 0)
    size = qualified(abs(row.value), unit, decimals, row.qualifier)
    change = f"{'up' if row.value > 0 else 'down'} {size}" if row.value else "no change"
    if unit == "percent" and row.value >= 100 and row.value % 100 == 0:
        # "Up 200%" is easily taken for twice as many.
        times = qualified(1 + row.value / 100, "number", 0, row.qualifier)
        change = f"to {times} times as many"
    if row.against == NOT_STATED:
        return f"{change} (the document does not say since when)"
    return f"{change} from {named(row.against)} to {named(row.period)}"
