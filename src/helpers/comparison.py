"""Which figures of a measure are set side by side, and whether they may be compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import takewhile

import pandas as pd

from helpers.definitions import CURRENT_FOR_MONTHS, Definitions, Measure, Quarter
from helpers.direction import Direction, direction_of_travel
from helpers.formats import named
from helpers.listed import Listed
from helpers.observations import CHANGES, as_at, latest_known, period_of, stated_changes
from helpers.periods import Period, day_label, parse_period
from helpers.plans import FREQUENCY_OF_KIND, PlanMeasure, Target
from helpers.rows import each_row

_NOT_REPEATED = ("range", "years")
"""Kinds of period that do not come round: a figure for one is a single figure."""

WITHIN_A_YEAR = ("month", "quarter", "term")
"""Kinds of period of which a year has several."""


class KnownFigures:
    """What had been published by a day, one figure for each measure, area and period.

    Parameters
    ----------
    observations
        The whole tidy table; what was published after the day is left out.
    """

    def __init__(self, observations: pd.DataFrame, day: date) -> None:
        # As objects: rows of a table with columns of text are several times slower to walk through.
        published = as_at(observations, day).astype(object)
        self._stated = published[published["kind"].isin(CHANGES)]
        self._changes: dict[tuple, dict[str, list]] = {}
        self._series: dict[tuple, list] = {}
        self._beside: dict[tuple, dict[str, object]] = {}
        for row in each_row(latest_known(published)):
            self._series.setdefault((row.measure_id, row.area, row.breakdown), []).append(row)
            if not row.breakdown:
                period = (row.measure_id, row.period_kind, row.period_start, row.period_end)
                self._beside.setdefault(period, {})[row.area] = row

    def of(self, measure_id: str, area: str, breakdown: str = "") -> list:
        """Return a measure's figures for one area, oldest first, as rows of the tidy table."""
        return self._series.get((measure_id, area, breakdown), [])

    def beside(self, figure: object) -> dict[str, object]:
        """Return every area's figure for the measure and period of one of them: area -> row."""
        key = (figure.measure_id, figure.period_kind, figure.period_start, figure.period_end)
        return self._beside.get(key, {})

    def changes(self, measure_id: str, area: str, within: Iterable[str]) -> list:
        """Return the changes that documents state (`helpers.observations.stated_changes`)."""
        asked = area, tuple(within)
        if asked not in self._changes:
            self._changes[asked] = stated_changes(self._stated, *asked)
        return self._changes[asked].get(measure_id, [])


@dataclass(frozen=True)
class Comparison:
    """The figures of a measure that a verdict rests on.

    Parameters
    ----------
    all_figures, figures
        Rows of the tidy table, oldest first; those of the kind of period that the entry follows.
    latest, previous, preceding
        The latest figure, the one it is compared with, and the one just before it where figures
        come within a year; None where there is none.
    benchmark
        The value that a representative measure should be near.
    changes
        Changes that documents state, where they give no figures for the measure.
    direction
        The rule's answer, or why the two figures must not be compared.
    baseline, baseline_reason
        The figure from which a document measures change, and why it must not be compared.
    target
        The target for the latest figure's period, or else the next; the reporting area's alone.
    """

    all_figures: Sequence
    figures: Sequence
    latest: object | None
    previous: object | None
    preceding: object | None
    benchmark: Decimal | None
    changes: Sequence
    direction: Direction
    baseline: object | None
    baseline_reason: str
    target: Target | None

    @property
    def latest_value(self) -> Decimal | None:
        """The latest figure; None where none was published."""
        return self.latest.value if self.latest else None

    @property
    def previous_value(self) -> Decimal | None:
        """The figure before; None where none was published."""
        return self.previous.value if self.previous else None

    @property
    def start(self) -> tuple[date, Decimal] | None:
        """The last day and the value of the baseline, if figures are compared with it."""
        if self.baseline is None or self.baseline_reason:
            return None
        return self.baseline.period_end, self.baseline.value

    @property
    def change(self) -> Decimal | None:
        """Latest less previous; None where one of them is missing."""
        if self.latest_value is None or self.previous_value is None:
            return None
        return self.latest_value - self.previous_value


def compare(
    definitions: Definitions, known: KnownFigures, listed: Listed, quarter: Quarter, area: str
) -> Comparison:
    """Choose the figures of a measure that are set side by side, and apply the plan's rule."""
    entry = listed.entry
    measure = definitions.measures[entry.measure]
    all_figures = known.of(entry.measure, area)
    figures = [row for row in all_figures if entry.follows in ("", row.period_kind)]
    latest = figures[-1] if figures else None
    benchmarks = known.of(entry.measure, area, entry.benchmark) if entry.benchmark else []
    benchmark = benchmarks[-1].value if benchmarks else None
    direction, previous = _direction(
        latest,
        find_previous(figures, latest, measure) if latest else None,
        measure,
        entry,
        listed.plan.margin,
        benchmark,
        quarter.as_at,
    )
    # Without a figure, what documents say of its change is all there is.
    within = definitions.areas.within(area)
    changes = [] if figures else known.changes(entry.measure, area, within)
    if changes:
        reason = "Only a change was published, without the figures that it is between."
        direction = Direction("not_comparable", None, reason)
    baseline, baseline_reason = _baseline(all_figures, latest, measure, entry)
    return Comparison(
        all_figures=all_figures,
        figures=figures,
        latest=latest,
        previous=previous,
        preceding=_preceding(figures, latest),
        benchmark=benchmark,
        changes=changes,
        direction=direction,
        baseline=baseline,
        baseline_reason=baseline_reason,
        target=target_for(entry, latest, measure) if area == definitions.reporting_area else None,
    )


def target_for(entry: PlanMeasure, latest: object | None, measure: Measure) -> Target | None:
    """Return the target for the latest figure's period, or else the next one after it."""
    if latest is None:
        return None
    dated = [(parse_period(target.period, measure.year_type), target) for target in entry.targets]
    due = sorted(dated, key=lambda pair: pair[0].end)
    passed = takewhile(lambda pair: pair[0].end < latest.period_end, due)
    return next((target for _, target in due[len(list(passed)) :]), None)


def find_previous(figures: Sequence, latest: object, measure: Measure) -> object | None:
    """Find the figure that the latest one is compared with.

    It is of the same kind of period, one year earlier; monthly, quarterly and termly figures
    compare with the same period of the year before. Where that is missing, the nearest earlier
    one of the same kind counts only if the measure's definition allows it.

    Parameters
    ----------
    figures
        Rows of the measure's figures, oldest first.
    latest
        One of them.
    """
    wanted = period_of(latest).a_year_earlier()
    earlier = [
        row
        for row in figures
        if row.period_kind == latest.period_kind and row.period_end < latest.period_end
    ]
    for row in earlier:
        if period_of(row) == wanted:
            return row
    if measure.compare_with == "nearest_earlier" and earlier:
        return earlier[-1]
    return None


def break_between(previous: Period, latest: Period, measure: Measure) -> str:
    """Return why two periods must not be compared; empty where no definition changed."""
    for entry in measure.breaks:
        start = parse_period(entry.from_period, measure.year_type).start
        if previous.start < start <= latest.start:
            return entry.reason
    return ""


def currency_of(latest: object | None, measure: Measure, as_at_day: date, follows: str = "") -> str:
    """Say whether a measure's latest figure is current, old, or absent.

    Old: its period ended longer ago than the measure's frequency and a usual publication lag
    allow (`Measure.months_current`). An entry that follows one kind of period goes by how often
    figures of that kind come.
    """
    if latest is None or latest.value is None:
        return "no_figure"
    end = latest.period_end
    months = (as_at_day.year - end.year) * 12 + as_at_day.month - end.month
    limit = measure.months_current
    if follows:
        limit = CURRENT_FOR_MONTHS[FREQUENCY_OF_KIND[follows]]
    in_its_last_month = months == limit and (as_at_day.day <= end.day or _is_month_end(end))
    return "current" if months < limit or in_its_last_month else "old"


def _direction(
    latest,
    previous,
    measure: Measure,
    entry: PlanMeasure,
    margin: Decimal,
    benchmark,
    as_at_day: date,
) -> tuple[Direction, object | None]:
    """Apply the rule, or say why the two figures must not be compared."""
    if latest is None:
        reason = f"Our sources published by {day_label(as_at_day)} have no figure for it."
        return Direction("not_comparable", None, reason), None
    if latest.value is None:
        reason = f"No figure was published for {named(latest.period)}."
        return Direction("not_comparable", None, reason), previous
    if previous is None:
        if benchmark is not None:
            reason = (
                f"The figure beside it is a benchmark ({entry.benchmark}), not an earlier figure "
                "of the same thing."
            )
        elif measure.frequency == "once" or latest.period_kind in _NOT_REPEATED:
            reason = "It is a single figure, with none to compare it with."
        else:
            wanted = named(str(period_of(latest).a_year_earlier()))
            reason = f"There is no figure for {wanted} to compare it with."
        return Direction("not_comparable", None, reason), None
    if previous.value is None:
        reason = f"No figure was published for {named(previous.period)}."
        return Direction("not_comparable", None, reason), previous
    if reason := break_between(period_of(previous), period_of(latest), measure):
        return Direction("not_comparable", None, reason), previous
    return (
        direction_of_travel(previous.value, latest.value, entry.polarity, margin, benchmark),
        previous,
    )


def _baseline(
    figures: Sequence, latest: object | None, measure: Measure, entry: PlanMeasure
) -> tuple[object | None, str]:
    """Find the figure from which a document measures change, and why it must not be compared.

    There is none where the latest figure is the baseline's own, or is older.
    """
    if not entry.baseline or latest is None or latest.value is None:
        return None, ""
    wanted = parse_period(entry.baseline, measure.year_type)
    found = next((row for row in figures if period_of(row) == wanted), None)
    if found is None or found.value is None or found.period_end >= latest.period_end:
        return None, ""
    if found.period_kind != latest.period_kind:
        reason = f"{found.period} and {latest.period} are different kinds of period."
        return found, reason
    return found, break_between(wanted, period_of(latest), measure)


def _preceding(figures: Sequence, latest: object | None) -> object | None:
    """Find the figure just before a monthly, quarterly or termly one."""
    wanted = (
        period_of(latest).preceding() if latest and latest.period_kind in WITHIN_A_YEAR else None
    )
    return next((row for row in figures if period_of(row) == wanted), None)


def _is_month_end(day: date) -> bool:
    return (day + pd.Timedelta(days=1)).month != day.month
