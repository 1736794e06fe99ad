"""A small invented account, made in memory, for tests of what is said of plans and milestones.

The Hive Strategy has two ambitions and a part on whom it is about. The Bee Page serves it with
indicators, and the Swarm Plan with milestones. All names and figures are invented.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd

from helpers.account import Account
from helpers.account_tables import AccountTable, AccountTables
from helpers.assessment import assess
from helpers.definitions import (
    Area,
    Areas,
    Definitions,
    Measure,
    OutcomeBees,
    Quarter,
    Quarters,
    Source,
)
from helpers.editions import COLUMNS as COLUMNS_OF_LIST
from helpers.editions import alone
from helpers.milestones import assess_milestones
from helpers.observations import COLUMNS, as_at
from helpers.periods import parse_period
from helpers.plans import Indicator, Milestone, Part, Plan

AREA = "Beeshire"
NORTH = "North Beeshire"
THEN = Quarter(quarter="2024-25 Q4", as_at=date(2025, 3, 31))
NOW = Quarter(quarter="2025-26 Q1", as_at=date(2025, 7, 31))


def measure(measure_id, title, **changes):
    """Make a measure; what a test does not care about has a default."""
    entries = {
        "id": measure_id,
        "title": title,
        "unit": "percent",
        "decimals": 0,
        "of": "bees",
        "definition": f"{title}, as counted.",
        "year_type": "financial",
        "frequency": "annual",
    }
    return Measure(**{**entries, **changes})


def source(source_id, published, **changes):
    """Make a source's citation."""
    entries = {
        "id": source_id,
        "reader": "published",
        "document": source_id.replace("-", " ").title(),
        "publisher": "The Hive",
        "published": published,
        "precision": "day",
        "section": "-",
        "licence": "Open",
    }
    return Source(**{**entries, **changes})


def listed(measure_id, polarity="higher", **changes):
    """Return an entry of a plan that lists a measure."""
    entries = {"measure": measure_id, "polarity": polarity, "polarity_basis": "implied"}
    return {**entries, **changes}


MEASURES = [
    measure("complaint-rate", "Complaint rate", decimals=1, frequency="quarterly"),
    measure("swarms", "Swarms & clusters", unit="number"),
    measure("on-time", "Plans on time", year_type="calendar", frequency="monthly"),
    measure("hub-use", "Use of the hub", unit="number", frequency="monthly"),
    measure("honey", "Hives with honey"),
    measure("nectar", "Hives with nectar"),
    measure("dance-wait", "Wait for dancing", unit="days"),
    measure("happy", "Bees who feel happy"),
    measure("checks", "Health checks"),
    measure("trained", "Schools trained"),
    measure("waiting", "Bees who wait", unit="number", frequency="monthly"),
]

SOURCES = [
    source("first-update", date(2025, 1, 31)),
    source("statistics", date(2025, 3, 1), publisher="Statistics Office"),
    source("hive-strategy", date(2025, 6, 30)),
    source("bee-page", date(2025, 6, 30), reader="none"),
    source("swarm-plan", date(2023, 4, 30), reader="none"),
]


def part(part_id, title, page, **changes):
    """Make a part of a plan."""
    return Part(**{"id": part_id, "title": title, "short_title": title, "page": page, **changes})


def plan(plan_id, title, parts, **changes):
    """Make a plan."""
    entries = {
        "id": plan_id,
        "title": title,
        "short_title": title,
        "starts": 2025,
        "ends": 2028,
        "margin": "0.05",
        "margin_basis": "ours",
        "source": plan_id,
        "parts_are": "ambition",
        "parts": parts,
    }
    return Plan(**{**entries, **changes})


def indicator(number, title, wanted, ambition, measures, **changes):
    """Make an indicator."""
    entries = {
        "number": number,
        "title": title,
        "outcome_bees": ["happy"],
        "why": f"{title} matters & counts.",
        "wanted": wanted,
        "ambition": ambition,
        "measures": measures,
    }
    return Indicator(**{**entries, **changes})


INDICATORS = [
    indicator(
        1,
        "Bees who feel happy",
        "up",
        1,
        [listed("happy", reference="happy-1")],
        needed="A survey of every bee.",
        held_by="the hive",
        ambition_why="Happy bees are heard",
    ),
    indicator(2, "Use of the hub", "up", 2, [listed("hub-use", reference="happy-2")]),
    indicator(
        3,
        "Honey & waits",
        "monitor",
        2,
        [
            listed("honey", reference="happy-3a"),
            listed("dance-wait", "lower", reference="happy-3b"),
        ],
        needed="How long each bee waited.",
        official=[listed("swarms", "neutral")],
    ),
]

STRATEGY = plan(
    "hive-strategy",
    "Hive Strategy",
    [
        part(
            "1",
            "Listening & hearing",
            "strategy-1",
            short_title="Listening",
            aim="To hear every bee.",
            progress=[listed("complaint-rate", "lower", baseline="2022-23 Q4")],
            context=[listed("swarms", "neutral")],
        ),
        part(
            "2",
            "Early help",
            "strategy-2",
            progress=[listed("on-time", follows="month", baseline="2023")],
            official=[
                listed("on-time", follows="calendar_year"),
                listed("honey"),
                listed("nectar"),
            ],
        ),
        part("context", "Whom it is about", "strategy"),
    ],
)


def bee_page(indicators=INDICATORS):
    """Make the page of indicators."""
    bees = part("happy", "Be Happy", "bee-happy", indicators=list(indicators))
    return plan("bee-page", "Bee Page", [bees], parts_are="bee", serves="hive-strategy")


def swarm_plan(milestones=()):
    """Make the plan with milestones."""
    area = part("5", "Schools", "swarm", milestones=[Milestone(**entry) for entry in milestones])
    return plan(
        "swarm-plan",
        "Swarm Plan",
        [area],
        parts_are="area",
        serves="hive-strategy",
        starts=2023,
        ends=2024,
    )


def figure(measure_id, period, value, source_id="statistics", **changes):
    """Return a row of the tidy table."""
    definition = next(entry for entry in MEASURES if entry.id == measure_id)
    found = parse_period(period, definition.year_type)
    published = next(entry.published for entry in SOURCES if entry.id == source_id)
    row = dict.fromkeys(COLUMNS, "") | {
        "measure_id": measure_id,
        "area": AREA,
        "period": str(found),
        "period_kind": found.kind,
        "period_start": found.start,
        "period_end": found.end,
        "kind": "level",
        "qualifier": "exact",
        "value": None if value is None else Decimal(value),
        "numerator": None,
        "denominator": None,
        "statement": "table",
        "published": published,
        "source": source_id,
        "place": f"page {len(measure_id)}",
    }
    return row | changes


FIGURES = [
    # A rate of two quarters, with no figure of the year before: only its baseline.
    figure("complaint-rate", "2022-23 Q4", "6.7", "hive-strategy"),
    figure("complaint-rate", "2024-25 Q4", "3.7", "hive-strategy"),
    figure("swarms", "2023-24", "130", "hive-strategy", qualifier="at_least"),
    # Two kinds of period in one series.
    figure("on-time", "2022", "30"),
    figure("on-time", "2023", "40"),
    figure("on-time", "2024", "54", "first-update"),
    figure("on-time", "June 2025", "89", "hive-strategy"),
    # 27 in the year before: 27 to 24 is 11% less.
    figure("honey", "2022-23", "27"),
    figure("honey", "2023-24", "24"),
    figure("nectar", "2022-23", "24"),
    figure("nectar", "2023-24", "30"),
    # Changes without figures.
    figure(
        "hub-use",
        "January 2025",
        "19",
        "first-update",
        kind="change_percent",
        against="not stated",
    ),
    figure(
        "checks",
        "2023-24",
        "4.7",
        "first-update",
        kind="change_percent",
        against="not stated",
        area=NORTH,
    ),
]


def definitions_of(plans, measures=MEASURES, sources=SOURCES):
    """Make definitions of some plans."""
    areas = [
        Area(name=AREA, kind="local_authority"),
        Area(name=NORTH, kind="sub_county"),
        Area(name="Meadowland", kind="national"),
    ]
    return Definitions(
        root=Path("nowhere"),
        quarters=Quarters(default=NOW.quarter, quarters=[THEN, NOW]),
        areas=Areas(reporting_area=AREA, areas=areas),
        bees=OutcomeBees(document="-", bees=[{"id": "happy", "name": "Be Happy", "meaning": "-"}]),
        sources={entry.id: entry for entry in sources},
        measures={entry.id: entry for entry in measures},
        plans={entry.id: entry for entry in plans},
        published_directions={},
        executive_summaries={},
        claims={},
    )


def account_of(
    plan_id="hive-strategy",
    figures=FIGURES,
    indicators=INDICATORS,
    milestones=(),
    quarter=NOW,
    area=AREA,
):
    """Open an account of a plan, made from the figures given."""
    plans = [STRATEGY, bee_page(indicators), swarm_plan(milestones)]
    definitions = definitions_of(plans)
    observations = pd.DataFrame(figures, columns=COLUMNS)
    known = as_at(observations, quarter.as_at)
    everything = assess(definitions, known, quarter, area)
    last = assess(definitions, as_at(observations, THEN.as_at), THEN, area)
    own = everything["plan"] == plan_id
    editions = pd.DataFrame([alone(quarter)], columns=list(COLUMNS_OF_LIST))

    def table(name, frame, area=""):
        return AccountTable(name, lambda: frame, area)

    by_quarter = {
        THEN.quarter: table("then/assessments", last, area),
        quarter.quarter: table("now/assessments", everything, area),
    }

    return Account(
        quarter=quarter,
        area=area,
        definitions=definitions,
        plan=definitions.plans[plan_id],
        last_quarter=THEN if quarter is NOW else None,
        tables=AccountTables(
            assessments=by_quarter[quarter.quarter],
            last=by_quarter[THEN.quarter],
            report=table("report/assessments", everything[own], area),
            milestones=table(
                "now/milestones", assess_milestones(definitions, everything, known, quarter)
            ),
            observations=table("now/observations", known),
            data_quality=table("now/data_quality", pd.DataFrame()),
            of_quarter=lambda each: by_quarter[each.quarter],
            editions=table("now/editions", editions),
        ),
    )


def with_tables(account, **frames):
    """Put other tables in place of some of an account's own."""
    tables = {name: AccountTable(name, lambda f=frame: f) for name, frame in frames.items()}
    return replace(account, tables=replace(account.tables, **tables))
