"""What surrounds an indicator on its own page: where it belongs, its neighbours, its downloads."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from helpers import wording
from helpers.account import Account
from helpers.formats import join_words
from helpers.listed import own_page, page_name
from helpers.periods import day_label
from helpers.plans import Indicator, Part, Plan


def part_words(part: Part, plan: Plan) -> str:
    """Name a part of a plan in few words.

    Examples
    --------
    >>> from types import SimpleNamespace as Entry
    >>> part_words(Entry(id="1", short_title="Close to home"), Entry(parts_are="ambition"))
    'Ambition 1, Close to home'
    """
    if plan.parts_are == "bee":
        return part.title
    return f"{wording.PARTS[plan.parts_are]} {part.id}, {part.short_title}"


def belongs_to(account: Account, part: Part, indicator: Indicator) -> str:
    """List what an indicator is a part of, each with its page, and the document that lists it."""
    plan = account.plan
    found = [
        ("Plan", _link(plan.page, plan.title)),
        (wording.PARTS[plan.parts_are], _link(part.page, _title(part, plan))),
    ]
    served = account.served_ambition(indicator)
    if served:
        of = account.definitions.plans[plan.serves]
        found.append(("Ambition it serves", _link(served.page, _title(served, of))))
    if plan.parts_are != "bee" and indicator.outcome_bees:
        found.append(("Outcome Bees", join_words(_bees(account, indicator))))
    names = {entry.id: entry.name for entry in plan.corporate_priorities}
    priorities = [names[name] for name in indicator.corporate_priorities]
    if priorities:
        found.append(("Priorities", escape("; ".join(priorities))))
    found.append(("Document", _document(account, indicator)))
    lines = [f"<dt>{escape(name)}</dt><dd>{html}</dd>" for name, html in found]
    return f'<dl class="facts">{"".join(lines)}</dl>'


def downloads(account: Account, indicator: Indicator) -> str:
    """Link to the indicator's own figures: a table, and the same for programs."""
    page = own_page(account.plan.id, indicator.measures[0].reference).removesuffix(".html")
    day = day_label(account.quarter.as_at)
    entries = indicator.measures + indicator.further + indicator.official
    about = (
        f"Every figure of this page that had been published by {day}, of every area, with its "
        "source:"
        if any(account.statement_rows(entry.measure) for entry in entries)
        else f"No figure had been published by {day}. These files have their headings only, until "
        "there are figures:"
    )
    return (
        f'<p>{about}</p><ul><li><a href="{page}.csv">Its figures for a spreadsheet (CSV)</a></li>'
        f'<li><a href="{page}.json">Its figures for programs (JSON)</a></li></ul>'
    )


def neighbours(account: Account, indicator: Indicator) -> str:
    """Link to the indicators before and after, in the plan's order."""
    every = account.plan.indicators
    place = next(n for n, other in enumerate(every) if other is indicator)
    before, after = every[place - 1 : place] if place else [], every[place + 1 : place + 2]
    links = [
        f'<li class="{rel}"><a href="{own_page(account.plan.id, _first(other))}" rel="{rel}">'
        f"<span>{words} indicator</span> {escape(page_name(_first(other)))}. "
        f"{escape(other.title)}</a></li>"
        for rel, words, found in (("prev", "Previous", before), ("next", "Next", after))
        for other in found
    ]
    if not links:
        return ""
    return f'<nav class="neighbours" aria-label="More indicators"><ul>{"".join(links)}</ul></nav>'


def _first(indicator: Indicator) -> str:
    return indicator.measures[0].reference


def _link(page: str, words: str) -> str:
    return f'<a href="{page}.html">{escape(words)}</a>' if page else escape(words)


def _title(part: Part, plan: Plan) -> str:
    return part.title if plan.parts_are == "bee" else f"{part.id}. {part.title}"


def _bees(account: Account, indicator: Indicator) -> Iterator[str]:
    """Name the outcomes that an indicator serves, each with its page where a plan has one."""
    pages = {
        part.id: part.page
        for plan in account.definitions.plans.values()
        for part in plan.parts
        if plan.parts_are == "bee"
    }
    names = {bee.id: bee.name for bee in account.definitions.bees.bees}
    for bee in indicator.outcome_bees:
        yield _link(pages.get(bee, ""), names[bee])


def _document(account: Account, indicator: Indicator) -> str:
    """Cite the document that lists an indicator, and the place in it."""
    source = account.definitions.sources[account.plan.source]
    about = "" if source.precision == "day" else "about "
    place = indicator.place or f"no. {indicator.number}"
    return (
        f"{escape(source.publisher)}, {escape(source.document)}, published {about}"
        f"{day_label(source.published)}; {escape(place)}. "
        '<a href="data.html">All documents, and every figure</a>'
    )
