"""Checks that every name in the definitions is the name of something, and stands once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from helpers.definitions import Areas, Definitions
from helpers.errors import PeriodError, Problem
from helpers.listed import Listed, listed_measures, page_name
from helpers.marks import mark_file, mark_problem
from helpers.periods import parse_period
from helpers.plans import Milestone, Part, Plan, PlanMeasure, Statement


def check_links(definitions: Definitions, whole: bool = True) -> list[Problem]:
    """Find names that nothing defines or that stand twice, and periods that cannot be read.

    Parameters
    ----------
    whole
        Whether every file could be read. If not, what documents and texts say of references and
        listed measures is left unchecked: these may stand in a file that could not be read.

    Returns
    -------
    list of Problem
        All of them, with a suggestion where a known name is close.
    """
    problems = [*_areas(definitions.areas), *_measures(definitions)]
    for plan in definitions.plans.values():
        problems += _plan(plan, definitions)
    # What stands twice under one name would be reported again for its place on the site, and
    # every mistake in a plan for each text or document that speaks of it.
    if not problems:
        for plan in definitions.plans.values():
            problems += [*_same_place(plan), *_own_pages(plan)]
    if problems or not whole:
        return problems
    return [*_unlisted(definitions), *_published_references(definitions)]


def _areas(areas: Areas) -> Iterator[Problem]:
    """Check that the areas stand once each, who is like whom, and whether all can be ranked."""
    file = "data/raw/areas.yml"
    authorities = areas.of_kind("local_authority")
    yield from _unknown(f"{file}, reporting_area", "area", areas.reporting_area, areas.names)
    yield from _twice(file, "area", areas.names, "keep one")
    if areas.all_authorities and len(authorities) < 2:
        found = f"it is true, with {len(authorities)} of kind local_authority"
        remedy = "list every local authority of the country, or leave it out"
        yield Problem(f"{file}, all_authorities", found, remedy)
    for area in areas.areas:
        place = f"{file}, neighbours of '{area.name}'"
        yield from _twice(place, "neighbour", area.neighbours, "keep one")
        for name in area.neighbours:
            if name == area.name:
                yield Problem(place, f"'{name}' itself", "name other authorities only")
            elif name in areas.names and name not in authorities:
                found = f"'{name}' is of kind {areas.area(name).kind}"
                yield Problem(place, found, "name local authorities only")
            else:
                yield from _unknown(place, "local authority", name, authorities)


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
    """Check everything that a plan's parts name."""
    folder = f"data/raw/plans/{plan.id}"
    yield from _unknown(
        f"{folder}/plan.yml, source", "source", plan.source, list(definitions.sources)
    )
    yield from _serves(f"{folder}/plan.yml, serves", plan, definitions)
    yield from _twice(f"{folder}/plan.yml", "part", [part.id for part in plan.parts])
    first_with: dict[str, str] = {}
    for part in plan.parts:
        file = _file(plan, part)
        yield from _part(file, part, plan, definitions)
        yield from _mark(f"{folder}/plan.yml, part '{part.id}', mark", part, plan, definitions)
        for indicator in part.indicators:
            place = f"{file}, indicator {indicator.number}"
            for entry in indicator.measures:
                if not entry.reference:
                    found = f"measure '{entry.measure}' has no reference"
                    yield Problem(place, found, "give every measure of the plan one of its own")
                    continue
                if entry.reference in first_with:
                    found = (
                        f"reference '{entry.reference}' also stands in "
                        f"{first_with[entry.reference]}"
                    )
                    remedy = "give every measure of the plan a reference of its own"
                    yield Problem(place, found, remedy)
                first_with.setdefault(entry.reference, place)
    for place, statement in _statements(plan):
        yield from _statement(place, statement, plan, definitions)


def _own_pages(plan: Plan) -> Iterator[Problem]:
    """Check that every indicator has a page that is its own, named by its measures' references."""
    first_with: dict[str, str] = {}
    for part in plan.parts:
        for indicator in part.indicators:
            place = f"{_file(plan, part)}, indicator {indicator.number}"
            names = sorted({page_name(e.reference) for e in indicator.measures if e.reference})
            if len(names) > 1:
                found = f"its measures' references do not share a name: {', '.join(names)}"
                remedy = "give them one reference, with a letter at the end for each measure"
                yield Problem(place, found, remedy)
            for name in names:
                if not re.fullmatch(r"[\w-][\w.-]*", name):
                    found = f"'{name}' names its page, and cannot be the name of a file"
                    yield Problem(place, found, "use letters, digits, dots and hyphens only")
                elif first_with.setdefault(name, place) != place:
                    found = f"its page, '{name}', is that of {first_with[name]}"
                    yield Problem(place, found, "give every indicator a reference of its own")


def _same_place(plan: Plan) -> Iterator[Problem]:
    """Check that no two entries share a place on a page: its link, and their calculation's file."""
    first_at: dict[str, Listed] = {}
    for listed in listed_measures(plan):
        first = first_at.setdefault(listed.page, listed)
        if first is not listed:
            yield Problem(
                _entry_place(listed),
                f"its place on the site, '{listed.page}', is that of {_entry_place(first)}",
                "keep one of the two, or tell them apart by 'reference' or 'follows'",
            )


def _entry_place(listed: Listed) -> str:
    """Return where a measure stands in the files of its plan."""
    indicator = f", indicator {listed.indicator.number}" if listed.indicator else ""
    return f"{_file(listed.plan, listed.part)}{indicator}, measure '{listed.entry.measure}'"


def _file(plan: Plan, part: Part) -> str:
    return f"data/raw/plans/{plan.id}/{plan.parts_are}-{part.id}.yml"


def _statements(plan: Plan) -> Iterator[tuple[str, Statement]]:
    """Give every statement of a plan with its place: what was delivered, and what it says."""
    for part in plan.parts:
        for number, statement in enumerate(part.delivered, start=1):
            yield f"{_file(plan, part)}, delivered {number}", statement
    content = plan.content
    said = [content.mission] if content.mission else []
    said += content.commitments + content.promises + content.priorities + content.engagement
    said += content.governance + content.reporting + content.review
    for number, statement in enumerate(said, start=1):
        file = f"data/raw/plans/{plan.id}/content.yml"
        yield f"{file}, statement {number} ('{statement.text[:40]}')", statement


def _part(file: str, part: Part, plan: Plan, definitions: Definitions) -> Iterator[Problem]:
    """Check everything that a part of a plan names."""
    bees = [bee.id for bee in definitions.bees.bees]
    priorities = [priority.id for priority in plan.corporate_priorities]
    yield from _ambition(file, part.ambition, plan, definitions)
    yield from _twice(file, "indicator", [entry.number for entry in part.indicators])
    yield from _twice(file, "milestone", [entry.number for entry in part.milestones])
    for entry in part.progress + part.context + part.official:
        yield from _entry(f"{file}, measure '{entry.measure}'", entry, definitions)
        yield from _ambition(
            f"{file}, measure '{entry.measure}'", entry.ambition, plan, definitions
        )
    for indicator in part.indicators:
        place = f"{file}, indicator {indicator.number}"
        yield from _ambition(place, indicator.ambition, plan, definitions)
        for bee in indicator.outcome_bees:
            yield from _unknown(place, "outcome bee", bee, bees)
        for priority in indicator.corporate_priorities:
            yield from _unknown(place, "corporate priority", priority, priorities)
        for entry in indicator.measures + indicator.further + indicator.official:
            yield from _entry(place, entry, definitions)
            yield from _ambition(place, entry.ambition, plan, definitions)
    for milestone in part.milestones:
        place = f"{file}, milestone {milestone.number}"
        yield from _ambition(place, milestone.ambition, plan, definitions)
        yield from _milestone(place, milestone, plan, definitions)


def _mark(place: str, part: Part, plan: Plan, definitions: Definitions) -> Iterator[Problem]:
    """Check that a part's mark is there, and that it can stand in a page."""
    if not part.mark:
        return
    path = mark_file(definitions.root, plan, part)
    if not path.is_file():
        found = f"'{part.mark}': there is no such file"
        yield Problem(place, found, f"put the picture into data/raw/plans/{plan.id}/")
    elif found := mark_problem(path.read_text(encoding="utf-8")):
        remedy = "draw it with simple shapes only; data/raw/README.md says how"
        yield Problem(place, f"'{part.mark}': {found}", remedy)


def _milestone(
    place: str, milestone: Milestone, plan: Plan, definitions: Definitions
) -> Iterator[Problem]:
    """Check the measures and sources of a milestone's evidence, its units and its dates."""
    for entry in milestone.evidence:
        yield from _entry(place, entry, definitions)
        yield from _ambition(place, entry.ambition, plan, definitions)
        measure = definitions.measures.get(entry.measure)
        for unit in dict.fromkeys(target.unit for target in milestone.targets):
            wanted = "percent" if unit == "percent" else "number"
            if measure is not None and measure.unit != wanted:
                found = f"a target in {unit}, and evidence '{measure.id}' in {measure.unit}"
                remedy = f"use a measure whose unit is {wanted}, or put this one under 'nearest'"
                yield Problem(place, found, remedy)
    if milestone.targets and len(milestone.evidence) > 1:
        found = f"{len(milestone.evidence)} measures as evidence of one number"
        yield Problem(place, found, "keep the one that is what was promised")
    for near in milestone.nearest:
        yield from _unknown(place, "measure", near.measure, list(definitions.measures))
    for note in milestone.notes:
        yield from _unknown(place, "source", note.source, list(definitions.sources))
    for due in [milestone.due, *(target.due for target in milestone.targets)]:
        yield from _period(f"{place}, due", due, None, "write a day or a month: 31 August 2023")


def _statement(
    place: str, statement: Statement, plan: Plan, definitions: Definitions
) -> Iterator[Problem]:
    yield from _ambition(place, statement.ambition, plan, definitions)
    for name in statement.measures:
        yield from _unknown(place, "measure", name, list(definitions.measures))


def _unlisted(definitions: Definitions) -> Iterator[Problem]:
    """Check that what statements and milestones point to is listed: else nothing assesses it."""
    listed = _listed(definitions)
    remedy = "list it in the part that it is about (as official or context), or leave it out"
    for plan in definitions.plans.values():
        named = [(place, name) for place, said in _statements(plan) for name in said.measures]
        named += [
            (f"{_file(plan, part)}, milestone {milestone.number}", near.measure)
            for part in plan.parts
            for milestone in part.milestones
            for near in milestone.nearest
        ]
        for place, name in named:
            if name not in listed:
                yield Problem(place, f"measure '{name}', which no plan lists", remedy)


def _listed(definitions: Definitions) -> set[str]:
    """Return the measures that stand in any part of any plan, or are a milestone's evidence."""
    parts = [part for plan in definitions.plans.values() for part in plan.parts]
    entries = [entry for part in parts for entry in part.progress + part.context + part.official]
    for indicator in (indicator for part in parts for indicator in part.indicators):
        entries += indicator.measures + indicator.further + indicator.official
    for milestone in (milestone for part in parts for milestone in part.milestones):
        entries += milestone.evidence
    return {entry.measure for entry in entries}


def _serves(place: str, plan: Plan, definitions: Definitions) -> Iterator[Problem]:
    """Check that the plan which a plan serves is another one, with ambitions of its own."""
    if not plan.serves:
        return
    remedy = "name the plan whose ambitions the parts serve, or remove 'serves'"
    served = definitions.plans.get(plan.serves)
    if served is None:
        yield from _unknown(place, "plan", plan.serves, list(definitions.plans))
    elif served is plan:
        yield Problem(place, f"'{plan.serves}' is the plan itself", remedy)
    elif served.serves:
        found = f"'{plan.serves}' itself serves '{served.serves}'"
        yield Problem(place, found, remedy)
    elif not served.ambitions:
        yield Problem(place, f"'{plan.serves}' has no ambitions to serve", remedy)


def _ambition(
    place: str, number: int | None, plan: Plan, definitions: Definitions
) -> Iterator[Problem]:
    """Check that an ambition is one of the plan that is served, or of the plan itself."""
    # Where 'serves' itself is wrong, that is the one problem: no ambition could be right.
    if number is None or any(_serves(place, plan, definitions)):
        return
    served = definitions.plans[plan.serves or plan.id]
    known = [ambition.id for ambition in served.ambitions]
    yield from _unknown(place, f"ambition of {served.short_title}", str(number), known)


def _twice(
    place: str, what: str, names: list, remedy: str = "give each one of its own"
) -> Iterator[Problem]:
    """Check that a name or number stands once."""
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield Problem(place, f"{what} '{name}' stands twice", remedy)


def _period(place: str, text: str, year_type: str | None, remedy: str) -> Iterator[Problem]:
    """Check that a period can be read; an empty one is none."""
    try:
        if text:
            parse_period(text, year_type)
    except PeriodError as problem:
        yield Problem(place, str(problem), remedy)


def _entry(place: str, entry: PlanMeasure, definitions: Definitions) -> Iterator[Problem]:
    """Check a measure within a plan: that it is defined, and the periods of its targets."""
    yield from _unknown(place, "measure", entry.measure, list(definitions.measures))
    measure = definitions.measures.get(entry.measure)
    if measure is None:
        return
    remedy = f"the year_type of measure '{measure.id}' is {measure.year_type}"
    dated = [entry.baseline, *(e.period for e in [*entry.targets, *entry.national_quartile])]
    for text in dated:
        yield from _period(f"{place}, measure '{measure.id}'", text, measure.year_type, remedy)


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
