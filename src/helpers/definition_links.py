"""Checks that every name in the definitions is the name of something, and stands once."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from helpers.definitions import Definitions, Plan, PlanMeasure
from helpers.errors import PeriodError, Problem
from helpers.periods import parse_period


def check_links(definitions: Definitions, whole: bool = True) -> list[Problem]:
    """Find unknown names, references and codes used twice, and periods that cannot be read.

    Parameters
    ----------
    whole
        Whether every file could be read. If not, what published documents say of references is
        left unchecked: the references may stand in a file that could not be read.

    Returns
    -------
    list of Problem
        All of them, with a suggestion where a known name is close.
    """
    areas = definitions.areas
    place = "data/raw/areas.yml, reporting_area"
    problems = [
        *_unknown(place, "area", areas.reporting_area, areas.names),
        *_measures(definitions),
    ]
    for plan in definitions.plans.values():
        problems += _plan(plan, definitions)
    # A plan's mistake would be reported again for every document that speaks of the plan.
    return problems if problems or not whole else list(_published_references(definitions))


def _measures(definitions: Definitions) -> Iterator[Problem]:
    """Check the measures that measures name, and that each LAIT code stands once."""
    first_with: dict[str, str] = {}
    for measure in definitions.measures.values():
        place = f"data/raw/measures, measure '{measure.id}'"
        named = (measure.sum_of, measure.no_more_than, measure.base_no_more_than)
        for other in filter(None, named):
            yield from _unknown(place, "measure", other, list(definitions.measures))
        if measure.lait_code:
            first = first_with.setdefault(measure.lait_code, measure.id)
            if first != measure.id:
                found = f"lait_code '{measure.lait_code}' also stands in measure '{first}'"
                yield Problem(place, found, "keep it in the one measure that is the same thing")


def _published_references(definitions: Definitions) -> Iterator[Problem]:
    """Check that printed arrows and published summaries speak of references that plans have."""
    for source_id, summary in definitions.executive_summaries.items():
        place = f"data/raw/sources/{source_id}/executive-summary.yml"
        references = _references(definitions, source_id)
        for item in summary.good + summary.to_improve:
            for reference in item.references:
                yield from _unknown(place, "reference", reference, references)
            for name in item.official:
                yield from _unknown(place, "measure", name, list(definitions.measures))
    for source_id, directions in definitions.published_directions.items():
        place = f"data/raw/sources/{source_id}/directions.csv"
        for reference in directions:
            known = _references(definitions, source_id)
            yield from _unknown(place, "reference", reference, known)


def _plan(plan: Plan, definitions: Definitions) -> Iterator[Problem]:
    """Check everything that a plan's indicators name."""
    folder = f"data/raw/plans/{plan.id}"
    yield from _unknown(
        f"{folder}/plan.yml, source", "source", plan.source, list(definitions.sources)
    )
    bees = [bee.id for bee in definitions.bees.bees]
    priorities = [priority.id for priority in plan.corporate_priorities]
    first_with: dict[str, str] = {}
    for ambition in plan.ambitions:
        file = f"{folder}/ambition-{ambition.number}.yml"
        for entry in ambition.official:
            yield from _entry(f"{file}, official", entry, definitions)
        for indicator in ambition.indicators:
            place = f"{file}, indicator {indicator.number}"
            for bee in indicator.outcome_bees:
                yield from _unknown(place, "outcome bee", bee, bees)
            for priority in indicator.corporate_priorities:
                yield from _unknown(place, "corporate priority", priority, priorities)
            for entry in indicator.measures + indicator.further + indicator.official:
                yield from _entry(place, entry, definitions)
            for entry in indicator.measures:
                if entry.reference in first_with:
                    found = (
                        f"reference '{entry.reference}' also stands in "
                        f"{first_with[entry.reference]}"
                    )
                    remedy = "give every measure of the plan a reference of its own"
                    yield Problem(place, found, remedy)
                first_with.setdefault(entry.reference, place)


def _entry(place: str, entry: PlanMeasure, definitions: Definitions) -> Iterator[Problem]:
    """Check a measure within a plan: that it is defined, and the periods of its targets."""
    yield from _unknown(place, "measure", entry.measure, list(definitions.measures))
    measure = definitions.measures.get(entry.measure)
    if measure is None:
        return
    for dated in [*entry.targets, *entry.national_quartile]:
        try:
            parse_period(dated.period, measure.year_type)
        except PeriodError as problem:
            remedy = f"the year_type of measure '{measure.id}' is {measure.year_type}"
            yield Problem(f"{place}, measure '{measure.id}'", str(problem), remedy)


def _references(definitions: Definitions, source_id: str) -> list[str]:
    """Return the references of the plans that a document reports on."""
    return [
        entry.reference
        for plan in definitions.plans.values()
        if plan.source == source_id
        for indicator in plan.indicators
        for entry in indicator.measures
    ]


def _unknown(place: str, what: str, name: str, known: list[str]) -> Iterator[Problem]:
    """Report a name that nothing defines, with the closest one that is defined."""
    if name in known:
        return
    close = get_close_matches(name, known, n=1)
    hint = f"did you mean '{close[0]}'?" if close else f"known: {', '.join(known[:12])}"
    yield Problem(place, f"unknown {what} '{name}'", hint)
