"""The whole calculation of a measure's verdict, as steps to read and as JSON to check."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from helpers.calculation.step import Facts, Step
from helpers.calculation.verdict import (
    computed_step,
    direction_step,
    figures_step,
    readings_step,
    recency_step,
)
from helpers.calculation.weight import (
    elsewhere_step,
    evidence_step,
    interval_step,
    target_step,
    trend_step,
    usual_step,
)
from helpers.comparison import KnownFigures, compare
from helpers.definitions import Definitions
from helpers.listed import Listed, listed_measures
from helpers.weight import weigh

STEPS = (
    figures_step,
    computed_step,
    direction_step,
    readings_step,
    interval_step,
    evidence_step,
    trend_step,
    usual_step,
    elsewhere_step,
    target_step,
    recency_step,
)
"""Every rule, in the order of a calculation; each gives None where it makes no sense."""

ALWAYS = ("figures", "direction", "recency")
"""The steps of a measure without a verdict; others only where they can be applied."""


@dataclass(frozen=True)
class CitedSource:
    """A document that figures of a calculation come from."""

    id: str
    document: str
    publisher: str
    published: date
    licence: str


@dataclass(frozen=True)
class Calculation:
    """How a measure's verdict in one quarter follows from published figures.

    Parameters
    ----------
    plan, part, reference
        The document that lists the measure, the part of it, and the measure's number in it.
    page
        Where the site shows it.
    polarity, polarity_basis
        Which way is good within the plan, and who says so: ``stated``, ``implied`` or ``ours``.
    margin, margin_basis
        The share up to which a change for the worse is small, and who says so.
    sources
        The documents that the figures come from.
    steps
        Every rule that was applied, in order; one that cannot be applied gives the reason.
    """

    plan: str
    plan_title: str
    part: str
    reference: str
    measure_id: str
    title: str
    unit: str
    definition: str
    covers: str
    follows: str
    page: str
    polarity: str
    polarity_basis: str
    margin: Decimal
    margin_basis: str
    quarter: str
    as_at: date
    area: str
    sources: Sequence[CitedSource]
    steps: Sequence[Step]

    def step(self, rule: str) -> Step | None:
        """Return the step of a rule; None where it makes no sense for the measure."""
        return next((step for step in self.steps if step.rule == rule), None)

    def as_json(self) -> str:
        """Return all of it as JSON, the same bytes from the same figures.

        Numbers stand as they were published, or rounded as in the assessments, and days as
        ``2026-09-30``. A computed number has six digits unless it is in the assessments too.
        """
        return _json(self) + "\n"


def calculation_path(row: object) -> str:
    """Return where the site keeps a measure's calculation; the same in every quarter.

    Parameters
    ----------
    row
        The measure's assessment, or its `Calculation`.

    Examples
    --------
    >>> from types import SimpleNamespace as Row
    >>> calculation_path(Row(plan="bee-page", part="happy", page="bee-happy.html#measure-happy-1"))
    'data/calculations/bee-page/happy-measure-happy-1.json'
    """
    return f"data/calculations/{row.plan}/{row.part}-{row.page.partition('#')[2]}.json"


def listed_by_place(definitions: Definitions) -> dict[tuple[str, str], Listed]:
    """Return every measure of every plan by its plan's id and its place on the site.

    An assessment has both, as ``plan`` and ``page``.
    """
    return {
        (plan.id, listed.page): listed
        for plan in definitions.plans.values()
        for listed in listed_measures(plan)
    }


def calculation(
    definitions: Definitions, known: KnownFigures, listed: Listed, row: object
) -> Calculation:
    """Work a measure's verdict out again, step by step, with its arithmetic.

    Parameters
    ----------
    known
        The figures published by the quarter's date.
    row
        The measure's assessment, which names the quarter and the area, and gives the sentences.
    """
    quarter, plan, entry = definitions.quarter(row.quarter), listed.plan, listed.entry
    measure = definitions.measures[entry.measure]
    comparison = compare(definitions, known, listed, quarter, row.area)
    weight = weigh(comparison, listed, definitions, known, quarter, row.area)
    facts = Facts(definitions, known, listed, quarter, row.area, comparison, weight, row)
    made = [step for step in (make(facts) for make in STEPS) if step is not None]
    return Calculation(
        plan=plan.id,
        plan_title=plan.title,
        part=listed.part.id,
        reference=entry.reference,
        measure_id=measure.id,
        title=measure.title,
        unit=measure.unit,
        definition=measure.definition,
        covers=entry.covers,
        follows=entry.follows,
        page=listed.page,
        polarity=entry.polarity,
        polarity_basis=entry.polarity_basis,
        margin=plan.margin,
        margin_basis=plan.margin_basis,
        quarter=quarter.quarter,
        as_at=quarter.as_at,
        area=row.area,
        sources=_cited(facts),
        steps=tuple(step for step in made if facts.judged or step.working or step.rule in ALWAYS),
    )


def _cited(facts: Facts) -> tuple[CitedSource, ...]:
    """Cite the documents of every figure that a step uses, in order of publication."""
    comparison = facts.comparison
    beside = facts.known.beside(comparison.latest) if comparison.latest else {}
    figures = [*comparison.all_figures, *beside.values(), *comparison.changes]
    sources = [facts.definitions.sources[name] for name in {figure.source for figure in figures}]
    return tuple(
        CitedSource(source.id, source.document, source.publisher, source.published, source.licence)
        for source in sorted(sources, key=lambda source: (source.published, source.id))
    )


_SHORT = (Decimal, int, date, type(None))
"""What may share a line of JSON with others of its list, after a name."""

_FIRST = (str, *_SHORT)
"""What may come first on such a line."""

_in_json = json.JSONEncoder(ensure_ascii=False).encode
_name_in_json = cache(json.dumps)


def _json(value: object, indent: str = "") -> str:
    """Write a value as JSON: a number as its own digits, a list of plain values on one line."""
    # Text comes first: most of what there is to write is text.
    if isinstance(value, str):
        return _in_json(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return _in_json(value.isoformat())
    if is_dataclass(value):
        value = {field.name: getattr(value, field.name) for field in fields(value)}
    inner = indent + "  "
    if isinstance(value, Mapping):
        items = [f"{inner}{_name_in_json(k)}: {_json(v, inner)}" for k, v in value.items()]
        return "{\n" + ",\n".join(items) + f"\n{indent}}}" if items else "{}"
    if isinstance(value, list | tuple):
        if all(isinstance(item, _SHORT) for item in value[1:]) and isinstance(
            value[0] if value else None, _FIRST
        ):
            return "[" + ", ".join(_json(item) for item in value) + "]"
        return "[\n" + ",\n".join(inner + _json(item, inner) for item in value) + f"\n{indent}]"
    return _in_json(value)
