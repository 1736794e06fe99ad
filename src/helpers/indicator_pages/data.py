"""Just one indicator's figures, to download beside its page: a table (CSV), and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from helpers.account import Account
from helpers.listed import page_name
from helpers.plans import Indicator, PlanMeasure
from helpers.weight import interval_of

OF_MEASURE = ("reference", "role", "measure_id", "title", "unit", "polarity", "polarity_basis")
"""Columns that are the same for every figure of a measure within the plan."""

OF_FIGURE = (
    *("area", "breakdown", "period", "period_kind", "period_start", "period_end"),
    *("kind", "against", "qualifier", "value", "lower", "upper", "numerator", "denominator"),
    *("status", "published", "source", "document", "publisher", "place", "as_published", "note"),
)
"""Columns of each figure; ``lower`` and ``upper`` are the ends of its likely range."""


def figures_of(account: Account, indicator: Indicator) -> list[dict]:
    """Gather every figure of an indicator, of all areas, by measure.

    Of a figure that was published several times, the one to go by is given; changes that documents
    state without figures are given as they stand.

    Returns
    -------
    list of dict
        One for each measure that the indicator lists: the names in `OF_MEASURE`, and ``figures``,
        each with the names in `OF_FIGURE`.
    """
    listed = [("plan", indicator.measures), ("further", indicator.further)]
    listed.append(("official", indicator.official))
    found = []
    for role, entries in listed:
        for entry in entries:
            measure = account.definitions.measures[entry.measure]
            of_measure = (entry.reference, role, measure.id, measure.title, measure.unit)
            of_measure += (entry.polarity, entry.polarity_basis)
            figures = list(_figures(account, entry))
            found.append(dict(zip(OF_MEASURE, of_measure, strict=True)) | {"figures": figures})
    return found


def as_csv(account: Account, indicator: Indicator, measures: list[dict]) -> str:
    """Write an indicator's figures, as `figures_of` gives them, as one table with a line each."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("plan", "indicator", *OF_MEASURE, *OF_FIGURE))
    of_indicator = account.plan.id, page_name(indicator.measures[0].reference)
    for measure in measures:
        of_measure = [measure[name] for name in OF_MEASURE]
        for figure in measure["figures"]:
            cells = [*of_indicator, *of_measure, *(figure[name] for name in OF_FIGURE)]
            writer.writerow(map(_cell, cells))
    return text.getvalue()


def as_json(account: Account, indicator: Indicator, measures: list[dict]) -> str:
    """Write the same for programs, with what the quarter and the plan are."""
    found = {
        "plan": account.plan.id,
        "plan_title": account.plan.title,
        "indicator": page_name(indicator.measures[0].reference),
        "title": indicator.title,
        "quarter": account.quarter.quarter,
        "as_at": account.quarter.as_at,
        "measures": measures,
    }
    return json.dumps(found, indent=1, ensure_ascii=False, default=_plain) + "\n"


def _figures(account: Account, entry: PlanMeasure) -> Iterator[dict]:
    """Give a measure's figures, and then the changes that documents state of it."""
    measure, sources = account.definitions.measures[entry.measure], account.definitions.sources
    stated = [row for row in account.statement_rows(measure.id) if row.kind != "level"]
    for figure in account.figure_rows(measure.id) + stated:
        if entry.follows and figure.period_kind != entry.follows:
            continue
        source = sources[figure.source]
        level = figure if figure.kind == "level" else None
        more = dict(zip(("lower", "upper"), interval_of(level, measure), strict=True))
        more |= {"document": source.document, "publisher": source.publisher}
        yield {name: more[name] if name in more else getattr(figure, name) for name in OF_FIGURE}


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _plain(value: object) -> object:
    """Give JSON what it can hold: a day as text, and a number as a number."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")
