"""A measure on a page: its history as a chart, every figure in a table, and all of it together."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from helpers import charts, tables, wording
from helpers.account import Account
from helpers.blocks.finding import finding
from helpers.blocks.opening import show
from helpers.definitions import Measure
from helpers.formats import format_value, qualified
from helpers.periods import parse_period
from helpers.plans import FREQUENCY_OF_KIND
from helpers.rows import each_row
from helpers.weight import (
    interval_of,
    since_last_break,
    spc_polarity,
    usual_range,
    without_gaps,
)

AXIS_UNITS = {
    "percent": "%",
    "percentage_points": "percentage points",
    "points": "points",
    "number": "",
    "pounds": "£",
    "days": "days",
    "rate_per_10000": "per 10,000",
    "rate_per_100000": "per 100,000",
    "rank": "place",
}


_UNIT_IN_CAPTION = ("percentage_points", "points", "days", "rate_per_10000", "rate_per_100000")
"""Units too long to repeat in every cell of a table."""


def history(account: Account, name: str, compare: bool = True) -> charts.Chart | None:
    """Draw a measure's figures: a line from three periods on, bars for two, none for fewer.

    Figures that come within a year are drawn in the range of their usual ups and downs from 13
    on. Two figures that must not be compared are not drawn either.

    Parameters
    ----------
    compare
        Whether up to three other areas with three or more figures are drawn beside.
    """
    row = account.measure(name)
    measure = account.definitions.measures[row["measure_id"]]
    figures = _of_one_kind(account.figures(name), row)
    values = figures["value"].notna().sum()
    words = {"measure": row["title"], "area": account.area, "format_value": _formatter(row)}
    if values < 2:
        return None
    if values == 2 and row["direction"] == "not_comparable" and row["previous_value"] is not None:
        return None  # Bars side by side would invite the comparison that must not be made.
    if chart := _usual_range_chart(figures, row, measure, words):
        return chart
    figures = _with_likely_range(figures, measure)
    if values == 2:
        return charts.before_after(figures, target=_target_now(row), **words)
    others = account.comparison_areas(name) if compare else {}
    others = {area: _of_one_kind(table, row) for area, table in others.items()}
    others = {area: table for area, table in others.items() if table["value"].notna().sum() > 2}
    breaks = [
        (parse_period(entry.from_period, measure.year_type).start, "New definition")
        for entry in measure.breaks
    ]
    way = _trajectory(row)
    return charts.trend(
        figures,
        unit=AXIS_UNITS[measure.unit],
        comparators=dict(list(others.items())[:3]),
        target=None if way else _target_now(row),
        trajectory=way,
        breaks=breaks,
        frequency=FREQUENCY_OF_KIND.get(row["follows"], measure.frequency),
        **words,
    )


def _usual_range_chart(
    figures: pd.DataFrame, row: pd.Series, measure: Measure, words: dict
) -> charts.Chart | None:
    """Draw figures in the range of their usual ups and downs; None where there is no such range."""
    rows = list(each_row(figures))
    chart, _ = usual_range(rows, measure, row["polarity"])
    if chart is None:
        return None
    status = {row.period: row.status for row in rows}
    run = pd.DataFrame(
        [
            {
                "period": str(period),
                "period_start": period.start,
                "period_end": period.end,
                "value": value,
                "status": status.get(str(period), ""),
            }
            for period, value in without_gaps(since_last_break(rows, measure))
        ]
    )
    return charts.spc_chart(
        run,
        chart,
        unit=AXIS_UNITS[measure.unit],
        polarity=spc_polarity(row["polarity"]),
        target=_target_now(row),
        **words,
    )


def _with_likely_range(figures: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """Add the bounds of each figure's likely range, where its counts are published."""
    bounds = [interval_of(figure, measure) for figure in each_row(figures)]
    return figures.assign(
        lower=pd.Series([low for low, _ in bounds], dtype=object),
        upper=pd.Series([high for _, high in bounds], dtype=object),
    )


def _target_now(row: pd.Series) -> Decimal | None:
    """Return the target for the latest figure's own period: a later one is not to be met yet."""
    return row["target_value"] if row["target_period"] == row["latest_period"] else None


def _trajectory(row: pd.Series) -> tuple | None:
    """Return the two ends of the straight line to a target; None where there is none to draw."""
    if row["expected_value"] is None:
        return None
    baseline = (parse_period(row["baseline_period"]).end, row["baseline_value"])
    return baseline, (parse_period(row["target_period"]).end, row["target_value"])


def figures_table(
    account: Account, name: str, summary: str = "Every figure in a table"
) -> tables.Table | None:
    """List every figure of a measure, for all areas, behind a line that opens it.

    Parameters
    ----------
    summary
        The line.
    """
    row = account.measure(name)
    areas = {account.area: account.figures(name), **account.comparison_areas(name)}
    areas = {area: figures for area, figures in areas.items() if len(figures)}
    if not areas:
        return None
    unit = "number" if row["unit"] in _UNIT_IN_CAPTION else row["unit"]
    measure = account.definitions.measures[row["measure_id"]]
    columns = {
        area: figures.assign(
            shown=[
                _shown(figure, unit, row["decimals"], interval_of(figure, measure))
                for figure in each_row(figures)
            ]
        ).set_index(["period_end", "period"])["shown"]
        for area, figures in areas.items()
    }
    listed = pd.DataFrame(columns).sort_index(ascending=False).reset_index()
    listed = listed.drop(columns="period_end").rename(columns={"period": "Period"})
    unit = AXIS_UNITS[row["unit"]] if row["unit"] in _UNIT_IN_CAPTION else ""
    title = f"{row['title']}, {unit}" if unit else row["title"]
    made = tables.table(listed, f"{title}: every published figure", "Period", numeric=columns)
    return tables.folded(made, summary)


def joined_series(account: Account, name: str) -> tables.Table | None:
    """List one measure's figures from all documents, by kind of period: what is joined to what.

    None where all of them come from one publisher and are for one kind of period.
    """
    row = account.measure(name)
    sources = account.definitions.sources
    figures = account.figures(row["measure_id"]).dropna(subset=["value"])
    publishers = {sources[name].publisher for name in figures["source"]}
    if figures["period_kind"].nunique() < 2 and len(publishers) < 2:
        return None
    listed = figures.sort_values(["period_kind", "period_end"], ascending=[True, False])
    rows = list(each_row(listed))
    shown = pd.DataFrame(
        {
            "Period": listed["period"],
            "Figure": [_shown(figure, row["unit"], row["decimals"]) for figure in rows],
            "Kind of period": listed["period_kind"].map(wording.PERIOD_KINDS),
            "Document": [f"{sources[figure.source].document}; {figure.place}" for figure in rows],
        }
    )
    caption = (
        f"{row['title']}: one series from {len(set(figures['source']))} documents. Figures for "
        "different kinds of period are not compared."
    )
    made = tables.table(shown, caption, "Period", wide=["Document"])
    return tables.folded(made, "Where each figure comes from")


def measure_block(account: Account, name: str, compare: bool = True) -> None:
    """Show a measure whole: its finding, its history as a chart, and every figure in a table."""
    show(
        finding(account, name),
        history(account, name, compare),
        figures_table(account, name),
        joined_series(account, name),
    )


def _formatter(row: pd.Series):
    return lambda value: format_value(value, row["unit"], row["decimals"])


def _shown(
    figure: object, unit: str, decimals: int, likely: tuple[Decimal | None, ...] = (None, None)
) -> str:
    """Write one figure with its counts and likely range, and a mark where it is not final."""
    if figure.value is None:
        return "not published"
    words = qualified(figure.value, unit, decimals, figure.qualifier)
    if figure.numerator is not None and figure.denominator:
        words += f" ({figure.numerator:,} of {figure.denominator:,}"
        if likely[0] is not None:
            bounds = " to ".join(format_value(bound, unit, decimals) for bound in likely)
            words += f"; likely range {bounds}"
        words += ")"
    return f"{words}, {figure.status}" if figure.status else words


def _of_one_kind(figures: pd.DataFrame, row: pd.Series) -> pd.DataFrame:
    """Keep the figures for the kind of period the latest one has: only those are comparable."""
    return figures[figures["period_kind"] == row["latest_period_kind"]].reset_index(drop=True)
