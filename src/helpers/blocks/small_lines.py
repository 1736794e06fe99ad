"""A measure's figures as a small line in a table, or in a few words why there is none."""

from __future__ import annotations

from html import escape

from helpers.account import Account
from helpers.charts.series import LONGEST_STEP, known, points
from helpers.charts.sparkline import sparkline, sparkline_words
from helpers.formats import format_value
from helpers.periods import parse_period
from helpers.plans import FREQUENCY_OF_KIND
from helpers.wording import DIRECTIONS


def small_line(account: Account, row: object) -> str:
    """Draw a measure's figures as a small line; say in a few words why, where there is none.

    As in its chart, figures are of one kind of period, and two that must not be compared are not
    drawn at all.

    Parameters
    ----------
    row
        The measure's assessment.
    """
    measure = account.definitions.measures[row.measure_id]
    figures = account.figures(row.measure_id)
    figures = figures[figures["period_kind"] == row.latest_period_kind].reset_index(drop=True)
    count = figures["value"].notna().sum()
    if count < 2:
        return _words("one figure" if count else "no figure")
    if count == 2 and row.direction == "not_comparable" and row.previous_value is not None:
        return _words("two figures, not comparable")
    breaks = [parse_period(e.from_period, measure.year_type).start for e in measure.breaks]
    days = sorted(day.toordinal() for day in breaks)
    longest = LONGEST_STEP[FREQUENCY_OF_KIND.get(row.follows, measure.frequency)]
    lines = points(figures, account.area, days, longest)
    drawn = known(lines)
    first, last = (
        format_value(drawn["value"].iloc[place], row.unit, row.decimals) for place in (0, -1)
    )
    changed = any(drawn["start"].iloc[0] < day <= drawn["start"].iloc[-1] for day in days)
    said = DIRECTIONS[row.direction][1]
    return sparkline(lines, sparkline_words(row.title, lines, first, last, said, changed))


def _words(words: str) -> str:
    return f'<span class="period">{escape(words)}</span>'
