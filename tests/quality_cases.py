"""Figures and definitions for the tests of the quality checks, and how one check is run."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from helpers.plans import Indicator, Part, Plan
from helpers.quality.finding import Published

OCTOBER, JULY, APRIL = date(2023, 10, 31), date(2025, 7, 22), date(2026, 4, 8)


def cells(value=None, **given):
    """Return a row's cells; numbers are written as text, as they are published."""
    for name in ("numerator", "denominator"):
        if name in given:
            given[name] = Decimal(given[name])
    return {"value": None if value is None else Decimal(value), **given}


def plan_of(title, *measures, **changes):
    """Make a plan of one indicator."""
    entries = [{"polarity": "higher", "polarity_basis": "ours", **measure} for measure in measures]
    indicator = Indicator(
        number=34, title=title, outcome_bees=[], corporate_priorities=[], why="-", measures=entries
    )
    part = Part(id="1", title="-", short_title="-", page="-", indicators=[indicator])
    entries = {
        "id": "plan",
        "title": "A plan",
        "short_title": "Plan",
        "starts": 2021,
        "ends": 2026,
        "margin": "0.05",
        "margin_basis": "ours",
        "source": "report",
        "parts_are": "ambition",
        "parts": [part],
    }
    return Plan(**{**entries, **changes})


def from_two(first, second, sources=("report", "july"), **both):
    """Return one figure as two sources give it."""
    published = {"report": OCTOBER, "july": JULY, "april": APRIL, "copy": JULY}
    return [
        cells(value, source=source, published=published[source], **both)
        for value, source in zip((first, second), sources, strict=True)
    ]


def arrow(reproduced, direction="declining", printed="↑", latest=Decimal("70")):
    """Return an assessment of which an arrow was printed."""
    return {
        "reproduced": reproduced,
        "latest_value": latest,
        "direction": direction,
        "published_direction": printed,
        "measure_id": "m",
        "latest_period": "2022-23",
        "area": "Hertfordshire",
        "difference_reason": "Why.",
        "source": "report",
        "reference": "7a",
    }


def runner(module, make_table, make_measure, make_source, make_definitions):
    """Return a function that runs one check of a module and lists what it finds.

    Three publishers: a council (``report``, ``copy``), and a department in two editions (``july``,
    ``april``).
    """

    def run(name, rows, measures=None, plans=(), year_type="financial"):
        measures = measures or {"children-in-county": {}}
        sources = [
            make_source("report"),
            make_source("copy", publisher="A council", published=JULY),
            make_source("july", publisher="A department", published=JULY, document="July"),
            make_source("april", publisher="A department", published=APRIL, document="April"),
        ]
        defined = [make_measure(key, **entries) for key, entries in measures.items()]
        definitions = replace(
            make_definitions(defined, sources), plans={plan.id: plan for plan in plans}
        )
        table = make_table(*rows, year_type=year_type)
        return list(getattr(module, name)(Published(table), definitions))

    return run
