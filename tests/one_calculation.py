"""The calculation of one invented measure, made in memory, for tests of its steps."""

from dataclasses import replace
from decimal import Decimal

import pandas as pd
from invented import AREA, NOW, SOURCES, definitions_of, figure, listed, measure, part, plan

from helpers.assessment import assess
from helpers.calculation import calculation
from helpers.comparison import KnownFigures
from helpers.definitions import Areas
from helpers.listed import listed_measures
from helpers.observations import COLUMNS


def calculation_of(figures, polarity="higher", entry=(), areas=None, quarter=NOW, **changes):
    """Work one measure out; what a test does not care about has a default.

    Its figures are rows of `invented.figure` for the measure ``nectar``, a yearly percentage.
    """
    measured = measure("nectar", "Hives with nectar", **changes)
    of_plan = part("1", "Flowers", "flowers", progress=[listed("nectar", polarity, **dict(entry))])
    plans = [plan("hive-strategy", "Hive Strategy", [of_plan])]
    definitions = definitions_of(plans, [measured], SOURCES)
    if areas:
        definitions = replace(definitions, areas=areas)
    observations = pd.DataFrame(figures, columns=COLUMNS)
    row = assess(definitions, observations, quarter, AREA).iloc[0]
    (of_measure,) = listed_measures(plans[0])
    known = KnownFigures(observations, quarter.as_at)
    return calculation(definitions, known, of_measure, row)


def counted(period, value, numerator, denominator, **changes):
    """Return a figure with its counts."""
    counts = {"numerator": Decimal(numerator), "denominator": Decimal(denominator)}
    return figure("nectar", period, value, **counts, **changes)


def two(previous, latest, **changes):
    """Return the figures of two years that follow each other."""
    return [figure("nectar", "2022-23", previous), figure("nectar", "2023-24", latest, **changes)]


def areas_of(*areas, **changes):
    """Make areas of which the first is the one that the account is about."""
    return Areas(reporting_area=AREA, areas=list(areas), **changes)
