"""What is not as it was in the account before: figures, verdicts, promises, plans.

Every function takes the tables of two quarters, both made by the same rules from what had been
published by their dates. So a difference comes from what was published, or from a date that passed.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import date

import pandas as pd

from helpers.definitions import Definitions
from helpers.plans import Plan
from helpers.rows import each_row

FIGURE = ["measure_id", "area", "breakdown", "period_kind", "period_start", "period_end"]
"""What makes two rows of figures the same figure."""

LISTED = ["plan", "role", "reference", "measure_id", "follows"]
"""What makes two assessments those of the same measure in the same place."""

PROMISE = ["plan", "area", "reference"]

NEWS = (
    "new_measure",
    "first_figure",
    "new_figure",
    "revised_figure",
    "without_figure",
    "turned",
    "grown_old",
)
"""What can be new of a measure (`news`)."""

REASONS = ("new_figure", "revision", "other_comparison", "rule")
"""Why a verdict turned (`why_turned`)."""

PROMISE_CHANGES = ("met", "missed", "other_status", "date_passed", "new", "gone")
"""What can happen to a promise between two accounts (`changed_promises`)."""


# ---------------------------------------------------------------------------------------- figures


def changed_figures(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Say of every figure that is not as it was whether it is new, revised or gone.

    Parameters
    ----------
    before, now
        Figures as known in the two quarters (`helpers.observations.latest_known`).

    Returns
    -------
    DataFrame
        One row a figure that changed, by measure, area and period: `FIGURE`, ``period``,
        ``source`` and ``place`` of the figure as it stands now (as it stood, where it is gone),
        ``value_before``, ``value``, ``difference`` where both are known, and ``change``: ``new``,
        ``revised`` or ``gone``. A figure counts as new also where it had been "not available".
    """
    old, new = _by(FIGURE, before), _by(FIGURE, now)
    rows = []
    for key in {**old, **new}:
        was, is_now = old.get(key), new.get(key)
        value_before = None if was is None else was.value
        value = None if is_now is None else is_now.value
        if value == value_before:
            continue
        shown = was if value is None else is_now
        both = value is not None and value_before is not None
        rows.append(
            {name: getattr(shown, name) for name in (*FIGURE, "period", "source", "place")}
            | {
                "value_before": value_before,
                "value": value,
                "difference": value - value_before if both else None,
                "change": "revised" if both else "gone" if value is None else "new",
            }
        )
    names = [*FIGURE, "period", "source", "place", "value_before", "value", "difference", "change"]
    found = pd.DataFrame(rows, columns=names, dtype=object)
    order = ["measure_id", "area", "breakdown", "period_end", "period_start", "period_kind"]
    return found.sort_values(order, kind="stable", ignore_index=True)


# --------------------------------------------------------------------------------------- verdicts


def changed_verdicts(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Return the assessments whose direction is not the one of the quarter before, and why.

    Parameters
    ----------
    before, now
        Assessments of one area in the two quarters.

    Returns
    -------
    DataFrame
        Rows of `now` with ``direction_before`` and ``why``, one of `REASONS`. A measure that was
        not listed before has no verdict to turn.
    """
    old = _by(LISTED, before)
    rows, places = [], []
    for place, row in enumerate(each_row(now)):
        was = old.get(_key(LISTED, row))
        if was is not None and was.direction != row.direction:
            places.append(place)
            rows.append({"direction_before": was.direction, "why": why_turned(was, row)})
    turned = now.iloc[places].reset_index(drop=True)
    return turned.assign(
        direction_before=pd.Series([row["direction_before"] for row in rows], dtype=object),
        why=pd.Series([row["why"] for row in rows], dtype=object),
    )


def why_turned(was: object, row: object) -> str:
    """Say why a measure's verdict is another than in the quarter before.

    Parameters
    ----------
    was, row
        Its assessments then and now.

    Returns
    -------
    str
        ``new_figure``: the latest figure is for another period, or a change was newly stated.
        ``revision``: for the same two periods, one of the figures is another. ``other_comparison``:
        the same latest figure stands beside another earlier one. ``rule``: both figures are the
        same, so something else that the rule goes by has changed, such as a benchmark.
    """
    if row.latest_period != was.latest_period or row.change_in_words != was.change_in_words:
        return "new_figure"
    if row.latest_value != was.latest_value:
        return "revision"
    if row.previous_period != was.previous_period:
        return "other_comparison"
    return "revision" if row.previous_value != was.previous_value else "rule"


def news(was: object | None, row: object) -> str:
    """Say what is new of a measure since the quarter before: one of `NEWS`, or nothing.

    Where several things are, the first of the list counts.

    Parameters
    ----------
    was, row
        Its assessments then and now; None where it was not listed then.
    """
    if was is None:
        return "new_measure"
    known, known_before = _has_figure(row), _has_figure(was)
    newer = (row.latest_period, row.change_in_words) != (was.latest_period, was.change_in_words)
    if known and not known_before:
        return "first_figure"
    if known and newer:
        return "new_figure"
    if newer or row.latest_value != was.latest_value:
        return "revised_figure" if known else "without_figure"
    if row.direction != was.direction:
        return "turned"
    return "grown_old" if row.currency != was.currency else ""


def _has_figure(row: object) -> bool:
    return row.latest_value is not None or row.change_in_words != ""


# --------------------------------------------------------------------------------------- promises


def changed_promises(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Return the promises that were met or missed since, or otherwise stand differently.

    Parameters
    ----------
    before, now
        Milestones of the two quarters (`helpers.milestones.MilestoneStatus`).

    Returns
    -------
    DataFrame
        Rows of `now`, then those of `before` that are no longer there, with ``status_before``
        (empty for a new one) and ``change``, one of `PROMISE_CHANGES`. ``date_passed`` is one that
        has the same status, but was due in the meantime.
    """
    old, new = _by(PROMISE, before), _by(PROMISE, now)
    statuses, changes, places = [], [], []
    for place, row in enumerate(each_row(now)):
        was = old.get(_key(PROMISE, row))
        if change := _promise_change(was, row):
            places.append(place)
            statuses.append("" if was is None else was.status)
            changes.append(change)
    gone = [place for place, key in enumerate(old) if key not in new]
    rows = pd.concat([now.iloc[places], before.iloc[gone]], ignore_index=True)
    return rows.assign(
        status_before=pd.Series([*statuses, *before["status"].iloc[gone]], dtype=object),
        change=pd.Series([*changes, *["gone"] * len(gone)], dtype=object),
    )


def _promise_change(was: object | None, row: object) -> str:
    if was is None:
        return "new"
    if row.status != was.status:
        return {"achieved": "met", "missed": "missed"}.get(row.status, "other_status")
    return "date_passed" if (was.due_passed, row.due_passed) == ("no", "yes") else ""


# ------------------------------------------------------------------------------------------ plans


def new_plans(definitions: Definitions, before: date, now: date) -> list[Plan]:
    """Return the plans whose documents were published after one account and by the next.

    What they list is defined for every quarter alike; this is when anybody could first know of it.
    """
    published = {name: source.published for name, source in definitions.sources.items()}
    return [p for p in definitions.plans.values() if before < published[p.source] <= now]


def _by(names: Iterable[str], rows: pd.DataFrame) -> dict[tuple[Hashable, ...], object]:
    return {_key(names, row): row for row in each_row(rows)}


def _key(names: Iterable[str], row: object) -> tuple[Hashable, ...]:
    return tuple(getattr(row, name) for name in names)
