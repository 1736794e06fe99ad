"""A plan of one measure, made in memory, for tests of what is made of its figures.

All names and figures are invented; every expected answer is worked out in the test.
"""

from datetime import date
from decimal import Decimal

from helpers.definitions import Quarter
from helpers.plans import Indicator, Part, Plan

QUARTER = Quarter(quarter="2022-23 Q4", as_at=date(2023, 12, 31))


def one_measure_plan(polarity="higher", entry=()):
    """Make a plan that lists one measure, as its measure 7a."""
    measure = {
        "reference": "7a",
        "measure": "children-in-county",
        "polarity": polarity,
        "polarity_basis": "ours",
        **dict(entry),
    }
    return make_plan(make_part("2", indicators=[make_indicator(measures=[measure])]))


def make_plan(*parts, **changes):
    """Make a plan; what a test does not care about has a default."""
    entries = {
        "id": "plan",
        "title": "A plan",
        "short_title": "Plan",
        "starts": 2021,
        "ends": 2026,
        "margin": "0.05",
        "margin_basis": "stated",
        "source": "report",
        "parts_are": "ambition",
        "parts": parts,
    }
    return Plan(**{**entries, **changes})


def make_part(part_id, **changes):
    """Make a part of a plan."""
    entries = {
        "id": part_id,
        "title": "An ambition",
        "short_title": "Ambition",
        "page": f"ambition-{part_id}",
    }
    return Part(**{**entries, **changes})


def make_indicator(**changes):
    """Make an indicator."""
    entries = {
        "number": 7,
        "title": "Percentage of children who live in the county",
        "outcome_bees": [],
        "why": "It matters.",
        "measures": [listed_as()],
    }
    return Indicator(**{**entries, **changes})


def listed_as(measure="children-in-county", **changes):
    """Return an entry of a plan that lists a measure."""
    return {"measure": measure, "polarity": "higher", "polarity_basis": "ours", **changes}


def level(period, value, **cells):
    """Return what is special about a figure, for the tidy table."""
    return {"period": period, "value": None if value is None else Decimal(value), **cells}


def counted(period, value, numerator, denominator):
    """Return a figure that was published with its counts."""
    counts = {"numerator": Decimal(numerator), "denominator": Decimal(denominator)}
    return level(period, value, **counts)


def since_baseline(row):
    """Return what an assessment says of the change since the baseline."""
    return tuple(
        row[name]
        for name in ("baseline_period", "baseline_value", "since_baseline", "baseline_reason")
    )


def floors(*periods, value="80"):
    """Make a floor as the target for each of some periods."""
    return [{"period": period, "value": value, "kind": "floor"} for period in periods]
