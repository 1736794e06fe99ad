"""Rows of the assessments, as the words are made of them; a test changes what it is about."""

from decimal import Decimal
from types import SimpleNamespace

from hypothesis import strategies as st

UNITS = ("percent", "percentage_points", "number", "pounds", "days", "rate_per_10000")

figures = st.decimals(min_value=-1000, max_value=1000, places=1)


def a_row(**changes):
    """Schools judged good: up from 90.4% to 91.5%, as the rule and the assessment give it."""
    row = {
        "title": "Schools judged good",
        "unit": "percent",
        "decimals": 1,
        "polarity": "higher",
        "polarity_basis": "implied",
        "latest_value": Decimal("91.5"),
        "latest_period": "31 March 2023",
        "latest_period_kind": "date",
        "stated_period": "",
        "latest_status": "",
        "latest_qualifier": "exact",
        "previous_value": Decimal("90.4"),
        "previous_period": "31 March 2022",
        "change": Decimal("1.1"),
        "relative_change": Decimal("0.01216814159"),
        "direction": "improving",
        "direction_reason": "It rose, and higher is better.",
        "benchmark": "",
        "benchmark_value": None,
        "benchmark_position": "",
        "currency": "current",
        "summary_group": "improving_or_good",
        "target_value": None,
        "target_kind": "",
        "target_met": "",
        "national_quartile": "",
        "computed_value": None,
        "latest_numerator": None,
        "latest_denominator": None,
        "preceding_period": "",
        "preceding_value": None,
        "baseline_period": "",
        "baseline_value": None,
        "since_baseline": None,
        "baseline_reason": "",
        "change_in_words": "",
        "of": "schools",
        "previous_numerator": None,
        "previous_denominator": None,
        "evidence": "",
        "evidence_reason": "",
        "borderline": "",
        "recent_trend": "",
        "variation": "",
        "assurance": "",
        "usual_lower": None,
        "usual_upper": None,
        "national_value": None,
        "region_value": None,
        "neighbours_value": None,
        "neighbours_counted": None,
        "authority_rank": None,
        "authorities_ranked": None,
        "quartile_band": "",
        "target_period": "",
        "target_status": "",
        "target_gap": None,
        "expected_value": None,
        "expected_gap": None,
        "pace_needed": None,
        "projected": None,
        "projected_earliest": None,
        "projected_latest": None,
    }
    assert set(changes) <= set(row), "a misspelt field would test nothing"
    return SimpleNamespace(**(row | changes))


def since(**changes):
    """Plans on time: 38% in July 2023, 89% in September 2025, and no figure a year earlier."""
    row = {
        "title": "Plans on time",
        "decimals": 0,
        "latest_value": Decimal(89),
        "latest_period": "September 2025",
        "latest_period_kind": "month",
        "previous_value": None,
        "previous_period": "",
        "direction": "not_comparable",
        "direction_reason": "There is no figure for September 2024 to compare it with.",
        "summary_group": "not_judged",
        "baseline_value": Decimal(38),
        "baseline_period": "July 2023",
        "since_baseline": Decimal(51),
    }
    return a_row(**(row | changes))


def only_a_change(**changes):
    """Children who wait: no figure, only that they are fewer by 63%."""
    row = {
        "title": "Children who wait",
        "latest_value": None,
        "latest_period": "",
        "previous_value": None,
        "previous_period": "",
        "direction": "not_comparable",
        "direction_reason": "Only a change was published.",
        "summary_group": "no_recent_figure",
        "change_in_words": "down 63% from September 2023 to October 2024",
    }
    return a_row(**(row | changes))
