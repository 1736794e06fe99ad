"""Targets: how far a number is from what was promised, and where its pace would take it.

Methods, section 6. The status follows from the figures up to the date; the straight line from the
baseline to the target says what to expect on the way, and says nothing about how services work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, Context, Decimal, localcontext

Figure = tuple[date, Decimal]
"""The last day of a figure's period, and its value."""

DAYS_A_YEAR = Decimal("365.25")

FEWEST_FIGURES = 3
"""A pace needs at least this many: through two points every line fits exactly."""

CONFIDENCE = 0.95

# A hundred digits hold every sum and product of published figures and days exactly, so that a
# figure on the line is on it. The wide exponents let any number through that decimal itself makes.
_EXACT = Context(prec=100, Emax=MAX_EMAX, Emin=MIN_EMIN)
_ANSWER = Context(prec=28, Emax=MAX_EMAX, Emin=MIN_EMIN)


@dataclass(frozen=True)
class TargetProgress:
    """How far a number has come on its way to a target.

    All amounts are in the unit of the figures, and None where they cannot be calculated or do not
    apply. "Reached" is what the latest figure shows, or the status.

    Parameters
    ----------
    status
        ``achieved``, ``on_track``, ``behind``, ``missed`` or ``no_evidence_yet``; `number_status`.
    gap
        By how much the latest figure is short of a floor, or above a ceiling; 0 where it reaches
        it. The latest counts here even where an earlier one reached the target.
    expected_now
        Where the line from baseline to target stands on the last day of the latest figure's
        period; the target itself from the due date on. None without a baseline or a due date, or
        where the latest figure is not after the baseline.
    gap_to_expected
        By how much the latest figure is worse than expected; negative where it is better.
    pace_needed
        Change a year, up or down, from the latest figure to the target on the due date. None once
        it is reached, and where the date has passed or the latest period ends on it or later.
    pace_so_far
        Change a year, up or down: the slope of the least-squares line through the figures.
    projected
        The first day on which the target is reached at the pace so far, counted from the latest
        figure. It may lie before the day of the account where the latest figure is old.
    projected_earliest, projected_latest
        The same at the two ends of the pace's 95% interval; the later is None, an open end, where
        that end never reaches the target, or only after the year 9999.
    reason
        Why there is no projection; empty where there is one.
    """

    status: str
    gap: Decimal | None = None
    expected_now: Decimal | None = None
    gap_to_expected: Decimal | None = None
    pace_needed: Decimal | None = None
    pace_so_far: Decimal | None = None
    projected: date | None = None
    projected_earliest: date | None = None
    projected_latest: date | None = None
    reason: str = ""


def target_progress(
    target: Decimal,
    figures: Sequence[tuple[date, Decimal | None]],
    due: date | None,
    as_at_day: date,
    kind: str = "floor",
    baseline: Figure | None = None,
    once: bool = True,
) -> TargetProgress:
    """Say how far a number is from its target, what was to be expected, and where it is heading.

    The pace so far is the least-squares line through the figures from the baseline on. The
    baseline is one of them; where a figure of the same day is given, that one stands for it.

    Parameters
    ----------
    target
        A finite number.
    figures
        The last day of each figure's period, and its value; oldest first. A missing value (None,
        or not finite) is left out, and the line is drawn through the others.
    due
        The last day to reach it by, if there is one.
    kind
        ``floor``: reached at or above the target; ``ceiling``: at or below it.
    baseline
        The last day of its period, and its value, if there is one.
    once
        As in `number_status`.

    Notes
    -----
    All arithmetic is decimal; answers are rounded to 28 digits. A year is 365.25 days. The range
    of the projection is the 95% confidence interval of the slope, from the t distribution with two
    degrees of freedom fewer than there are figures, as in every textbook of linear regression. It
    takes the figures as independent and the pace as steady: it is a sum, not a forecast.

    Examples
    --------
    From 40 at the end of 2020 to 80 at the end of 2024 is 60 at the end of 2022.

    >>> figures = [(date(2021, 12, 31), Decimal(46)), (date(2022, 12, 31), Decimal(54))]
    >>> start, due = (date(2020, 12, 31), Decimal(40)), date(2024, 12, 31)
    >>> found = target_progress(Decimal(80), figures, due, date(2023, 6, 30), baseline=start)
    >>> found.status, found.gap, round(found.gap_to_expected, 2)
    ('behind', Decimal('26'), Decimal('5.99'))
    >>> round(found.pace_needed, 1), round(found.pace_so_far, 1), found.projected.year
    (Decimal('13.0'), Decimal('7.0'), 2026)
    """
    known = [(end, value) for end, value in figures if value is not None and value.is_finite()]
    status = number_status(target, known, due, as_at_day, kind, baseline, once)
    if not known:
        return TargetProgress(status, reason="cannot be calculated: there is no figure")
    end, latest = known[-1]
    good = -1 if kind == "ceiling" else 1
    reached = status == "achieved" or reaches(latest, target, kind)
    points = _since(baseline, known)
    expected = needed = so_far = None
    with localcontext(_EXACT):
        to_go = target - latest
        if due is not None and baseline is not None and end > baseline[0]:
            expected = _line(baseline, target, due, end)
        if due is not None and not reached and as_at_day <= due and end < due:
            needed = to_go * DAYS_A_YEAR / (due - end).days
        pace = _pace(points)
        if pace is not None:
            so_far = pace[0] * DAYS_A_YEAR
        if reached:
            when = {"reason": "the target has been reached"}
        elif pace is None:
            few = len(points) < FEWEST_FIGURES
            problem = "fewer than three figures" if few else "all the figures are of one day"
            when = {"reason": f"cannot be calculated: {problem}"}
        else:
            when = _projection(end, good * to_go, good * pace[0], pace[1], len(points))
        return TargetProgress(
            status,
            gap=_answer(max(good * to_go, Decimal(0))),
            expected_now=_answer(expected),
            gap_to_expected=None if expected is None else _answer(good * (expected - latest)),
            pace_needed=_answer(needed),
            pace_so_far=_answer(so_far),
            **when,
        )


def trajectory(baseline: Figure, target: Decimal, due: date, day: date) -> Decimal:
    """Return where the straight line from baseline to target stands on a day.

    Flat at the target from the due date on, and on every day if the baseline is not before the due
    date. Before the baseline the line goes on backwards. Rounded to 28 digits.

    Examples
    --------
    >>> start, due = (date(2024, 1, 1), Decimal(40)), date(2024, 1, 11)
    >>> [int(trajectory(start, Decimal(80), due, date(2024, 1, day))) for day in (1, 6, 11, 21)]
    [40, 60, 80, 80]
    """
    return _answer(_line(baseline, target, due, day))


def number_status(
    target: Decimal,
    figures: Sequence[Figure],
    due: date | None,
    as_at_day: date,
    kind: str = "floor",
    baseline: Figure | None = None,
    once: bool = True,
) -> str:
    """Say whether a number has been, or will be, reached by its date.

    Reached by any figure whose period ends on or before the date counts as achieved; reached only
    later does not. When the date has passed and no figure up to it reached the target, it is
    missed if there is a figure for that time or later; an older one does not show where things
    stood when the date came. Before the date, the newest figure is set beside a straight line from
    the baseline to the target: on it or better is on track, worse is behind. Without a baseline
    there is no such line, and short of the target is behind. Without a date any figure counts.

    Parameters
    ----------
    figures
        The last day of each figure's period, and its value; oldest first.
    kind
        ``floor``: reached at or above the target; ``ceiling``: at or below it.
    baseline
        The last day of its period, and its value.
    once
        Whether it is enough to have been there once; if not, only the last figure up to the date
        counts: a target for one year is not reached by the figure of an earlier one.

    Examples
    --------
    >>> due = date(2023, 12, 31)
    >>> number_status(Decimal(75), [(due, Decimal(80))], due, date(2024, 3, 31))
    'achieved'
    >>> late = (date(2024, 12, 31), Decimal(80))
    >>> number_status(Decimal(75), [(due, Decimal(70)), late], due, date(2025, 3, 31))
    'missed'
    >>> number_status(Decimal(75), [], due, date(2024, 3, 31))
    'no_evidence_yet'
    """
    if not figures:
        return "no_evidence_yet"
    in_time = [value for end, value in figures if due is None or end <= due]
    if any(reaches(value, target, kind) for value in (in_time if once else in_time[-1:])):
        return "achieved"
    latest_end, latest = figures[-1]
    if due is not None and as_at_day > due:
        return "missed" if latest_end >= due else "no_evidence_yet"
    expected = target
    if due is not None and baseline is not None:
        expected = _line(baseline, target, due, latest_end)
    return "on_track" if reaches(latest, expected, kind) else "behind"


def reaches(value: Decimal, target: Decimal, kind: str) -> bool:
    """Say whether a value is at or above a floor, or at or below a ceiling.

    Examples
    --------
    >>> reaches(Decimal("75.0"), Decimal(75), "floor"), reaches(Decimal(11), Decimal(10), "ceiling")
    (True, False)
    """
    return value <= target if kind == "ceiling" else value >= target


def _line(baseline: Figure, target: Decimal, due: date, day: date) -> Decimal:
    start, first = baseline
    if day >= due or start >= due:
        return target
    total, gone = (due - start).days, (day - start).days
    with localcontext(_EXACT):
        # Divided last: a third of three is then one, and a figure of one is on the line.
        return (first * (total - gone) + target * gone) / total


def _since(baseline: Figure | None, known: Sequence[Figure]) -> list[Figure]:
    """Return the figures from the baseline on, and the baseline where none is of its day."""
    if baseline is None:
        return list(known)
    later = [(end, value) for end, value in known if end >= baseline[0]]
    return later if any(end == baseline[0] for end, _ in later) else [baseline, *later]


def _pace(points: Sequence[Figure]) -> tuple[Decimal, Decimal] | None:
    """Return the slope of the least-squares line, a day, and its standard error."""
    n = len(points)
    days = [(end - points[0][0]).days for end, _ in points]
    values = [value for _, value in points]
    # Squares and products about the means, n times each: sums of whole days and decimals, exact.
    xx = n * sum(x * x for x in days) - sum(days) ** 2
    if n < FEWEST_FIGURES or xx == 0:
        return None
    xy = n * sum(x * y for x, y in zip(days, values, strict=True)) - sum(days) * sum(values)
    yy = n * sum(y * y for y in values) - sum(values) * sum(values)
    # With figures of more than forty digits rounding can leave less than nothing.
    unexplained = max(yy * xx - xy * xy, Decimal(0))
    return xy / xx, (unexplained / (xx * xx * (n - 2))).sqrt()


def _projection(
    end: date, gap: Decimal, pace: Decimal, error: Decimal, points: int
) -> dict[str, date | str | None]:
    """Say when a gap is closed at a pace a day, both counted in the good direction."""
    # Imported where it is used: it takes longer than most notebooks' own work.
    from scipy.stats import t

    if pace <= 0:
        return {"reason": "at the pace so far it is never reached"}
    projected = _reached_on(end, gap, pace)
    if projected is None:
        return {"reason": "at the pace so far it is reached only after the year 9999"}
    either_way = Decimal(float(t.ppf((1 + CONFIDENCE) / 2, points - 2))) * error
    return {
        "projected": projected,
        "projected_earliest": _reached_on(end, gap, pace + either_way),
        "projected_latest": _reached_on(end, gap, pace - either_way),
    }


def _reached_on(end: date, gap: Decimal, pace: Decimal) -> date | None:
    """Return the first day on which a gap is closed; None if never, or after the year 9999."""
    if pace <= 0:
        return None
    # Rounded first: the last digit of the pace must not add a day to a whole number of days.
    days = _answer(gap / pace).to_integral_value(ROUND_CEILING)
    return end + timedelta(days=int(days)) if days <= (date.max - end).days else None


def _answer(number: Decimal | None) -> Decimal | None:
    return None if number is None else _ANSWER.plus(number)
