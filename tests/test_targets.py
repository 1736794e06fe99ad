"""Targets: where a number stands, where it was to stand, and where its pace would take it.

All figures are invented, and every answer is worked by hand beside them.
"""

from datetime import date, timedelta
from decimal import Decimal, localcontext

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import linregress

from helpers.targets import TargetProgress, number_status, reaches, target_progress, trajectory

DUE = date(2024, 12, 31)
BEFORE, AFTER = date(2024, 6, 30), date(2025, 3, 31)
OTHER = {"floor": "ceiling", "ceiling": "floor"}


# ----------------------------------------------------------------- the status of a number by a date


def series(*figures):
    return [(end, Decimal(value)) for end, value in figures]


@pytest.mark.parametrize(
    ("latest", "end", "as_at", "status"),
    [
        pytest.param("80", DUE, AFTER, "achieved", id="above"),
        pytest.param("75", DUE, AFTER, "achieved", id="exactly"),
        pytest.param("75", BEFORE, BEFORE, "achieved", id="before its date"),
        pytest.param("75", AFTER, AFTER, "missed", id="reached, but late"),
        pytest.param("74.9", DUE, AFTER, "missed", id="just short on the day"),
        pytest.param("74.9", AFTER, AFTER, "missed", id="still short later"),
        pytest.param("74.9", BEFORE, AFTER, "no_evidence_yet", id="known for before only"),
        pytest.param("74.9", BEFORE, DUE, "behind", id="on its last day the date has not passed"),
        pytest.param("74.9", BEFORE, BEFORE, "behind", id="short before its date"),
        pytest.param(None, None, AFTER, "no_evidence_yet", id="no figure, date passed"),
        pytest.param(None, None, BEFORE, "no_evidence_yet", id="no figure, date to come"),
        pytest.param("0", BEFORE, BEFORE, "behind", id="a figure of 0 is a figure"),
    ],
)
def test_a_number_by_a_date(latest, end, as_at, status):
    figures = series((end, latest)) if latest else []
    assert number_status(Decimal(75), figures, DUE, as_at) == status


@pytest.mark.parametrize(
    ("values", "status"),
    [
        # Of June 2024, of the due date in December, and of March 2025.
        pytest.param(["70", "76", "60"], "achieved", id="reached on the day, lost later"),
        pytest.param(["76", "70", "60"], "achieved", id="reached before, lost by the day"),
        pytest.param(["70", "74.9", "80"], "missed", id="reached only later"),
        pytest.param(["70", "71", "72"], "missed", id="never reached"),
    ],
)
def test_the_figures_up_to_the_date_decide_and_not_the_newest(values, status):
    figures = series(*zip((BEFORE, DUE, AFTER), values, strict=True))
    assert number_status(Decimal(75), figures, DUE, AFTER) == status


def test_figures_of_before_the_date_only_may_show_it_reached_but_never_missed():
    earlier = date(2023, 12, 31)
    reached = series((earlier, "75"), (BEFORE, "70"))
    assert number_status(Decimal(75), reached, DUE, AFTER) == "achieved"
    short = series((earlier, "60"), (BEFORE, "70"))
    assert number_status(Decimal(75), short, DUE, AFTER) == "no_evidence_yet"


def test_a_figure_for_a_period_that_ends_after_the_date_does_not_show_it_reached_before():
    # Published before the period it is for has ended: as at June, for a period to March.
    assert number_status(Decimal(75), series((AFTER, "75")), DUE, BEFORE) == "on_track"
    assert number_status(Decimal(75), series((AFTER, "74")), DUE, BEFORE) == "behind"
    start = (BEFORE, Decimal(40))
    assert number_status(Decimal(75), series((AFTER, "75")), DUE, DUE, baseline=start) == "on_track"
    assert number_status(Decimal(75), series((AFTER, "74")), DUE, DUE, baseline=start) == "behind"


def test_a_number_without_a_date_is_reached_or_behind():
    assert number_status(Decimal(100), series((BEFORE, "100")), None, AFTER) == "achieved"
    assert number_status(Decimal(100), series((BEFORE, "99")), None, AFTER) == "behind"
    assert number_status(Decimal(100), [], None, AFTER) == "no_evidence_yet"


def test_a_number_without_a_date_stays_reached_once_any_figure_reached_it():
    figures = series((BEFORE, "100"), (DUE, "90"))
    assert number_status(Decimal(100), figures, None, AFTER) == "achieved"


@pytest.mark.parametrize(
    ("value", "end", "as_at", "status"),
    [
        pytest.param("10", DUE, AFTER, "achieved", id="exactly"),
        pytest.param("9.9", DUE, AFTER, "achieved", id="below"),
        pytest.param("0", DUE, AFTER, "achieved", id="none at all"),
        pytest.param("10.1", DUE, AFTER, "missed", id="just above"),
        pytest.param("9", AFTER, AFTER, "missed", id="below, but late"),
        pytest.param("10.1", BEFORE, BEFORE, "behind", id="above, before its date"),
    ],
)
def test_a_ceiling_is_reached_at_or_below(value, end, as_at, status):
    found = number_status(Decimal(10), series((end, value)), DUE, as_at, "ceiling")
    assert found == status


@pytest.mark.parametrize(("value", "status"), [("20", "on_track"), ("20.1", "behind")])
def test_a_ceiling_is_set_beside_a_line_that_falls(value, status):
    # From 30 on 1 January to 10 on 11 January is 2 a day less: 20 on the 6th.
    start = (date(2024, 1, 1), Decimal(30))
    figures = [start, *series((date(2024, 1, 6), value))]
    due, as_at = date(2024, 1, 11), date(2024, 1, 10)
    assert number_status(Decimal(10), figures, due, as_at, "ceiling", start) == status


@pytest.mark.parametrize(
    ("latest", "end", "status"),
    [
        # From 40 on 1 January to 80 on 11 January is 4 a day: 60 on the 6th, 76 on the 10th.
        ("60", date(2024, 1, 6), "on_track"),
        ("59.9", date(2024, 1, 6), "behind"),
        ("60.1", date(2024, 1, 6), "on_track"),
        ("76", date(2024, 1, 10), "on_track"),
        ("75.9", date(2024, 1, 10), "behind"),
        ("40", date(2024, 1, 1), "on_track"),  # the baseline itself
    ],
)
def test_before_its_date_a_number_is_set_beside_the_straight_line(latest, end, status):
    found = number_status(
        Decimal(80),
        series((end, latest)),
        date(2024, 1, 11),
        date(2024, 1, 10),
        baseline=(date(2024, 1, 1), Decimal(40)),
    )
    assert found == status


@pytest.mark.parametrize("baseline", [None, (DUE, Decimal(40)), (AFTER, Decimal(40))])
def test_without_a_baseline_before_the_date_there_is_no_line_and_short_is_behind(baseline):
    figures = series((BEFORE, "79"))
    found = number_status(Decimal(80), figures, DUE, BEFORE, baseline=baseline)
    assert found == "behind"


def test_a_figure_on_a_line_that_divides_unevenly_is_on_it():
    # From 0 to 63 in seven days is 9 a day; a seventh, 0.142857..., times 63 must not be above 9.
    start, due = (date(2024, 1, 1), Decimal(0)), date(2024, 1, 8)
    for value, status in (("9", "on_track"), ("8.9999999999999999999999999", "behind")):
        figures = series((date(2024, 1, 2), value))
        found = number_status(Decimal(63), figures, due, date(2024, 1, 3), baseline=start)
        assert found == status


def test_a_figure_of_before_the_baseline_is_set_beside_the_line_drawn_backwards():
    # From 40 on 11 January to 80 on 31 January is 2 a day: 20 on the 1st.
    start, due = (date(2024, 1, 11), Decimal(40)), date(2024, 1, 31)
    for value, status in (("20", "on_track"), ("19", "behind")):
        figures = series((date(2024, 1, 1), value))
        found = number_status(Decimal(80), figures, due, BEFORE.replace(month=1), baseline=start)
        assert found == status


# --------------------------------------------------------------------------------- reaching, a line


@pytest.mark.parametrize("text", ["0.3", "0.30", "3E-1", "30e-2", "+0.300", "00.3"])
def test_however_it_is_written_a_figure_of_the_target_reaches_it(text):
    for kind in OTHER:
        assert reaches(Decimal(text), Decimal("0.3"), kind)
        assert reaches(Decimal("0.3"), Decimal(text), kind)


def test_reaching_is_exact():
    # In floats 0.1 + 0.2 is above 0.3, and 0.30000000000000001 is 0.3.
    assert reaches(Decimal("0.1") + Decimal("0.2"), Decimal("0.3"), "ceiling")
    assert not reaches(Decimal("0.30000000000000001"), Decimal("0.3"), "ceiling")
    assert not reaches(Decimal("0.3"), Decimal("0.30000000000000001"), "floor")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # From 40 on 1 January to 80 on 11 January is 4 a day.
        pytest.param(date(2024, 1, 1), "40", id="on the baseline's day"),
        pytest.param(date(2024, 1, 2), "44", id="a day later"),
        pytest.param(date(2024, 1, 10), "76", id="the day before the due date"),
        pytest.param(date(2024, 1, 11), "80", id="on the due date"),
        pytest.param(date(2024, 1, 12), "80", id="flat after it"),
        pytest.param(date.max, "80", id="flat for ever"),
        pytest.param(date(2023, 12, 31), "36", id="backwards before the baseline"),
    ],
)
def test_the_line_from_baseline_to_target(day, expected):
    start, due = (date(2024, 1, 1), Decimal(40)), date(2024, 1, 11)
    assert trajectory(start, Decimal(80), due, day) == Decimal(expected)


@pytest.mark.parametrize("due", [date(2024, 1, 1), date(2023, 1, 1)])
def test_there_is_no_line_from_a_baseline_on_or_after_the_due_date(due):
    start = (date(2024, 1, 1), Decimal(40))
    for day in (date(2022, 1, 1), due, date(2024, 1, 1), date(2025, 1, 1)):
        assert trajectory(start, Decimal(80), due, day) == 80


def test_a_line_that_does_not_come_out_even_is_rounded_to_28_digits():
    # A third of the way from 0 to 1.
    day, due = date(2024, 1, 2), date(2024, 1, 4)
    third = trajectory((date(2024, 1, 1), Decimal(0)), Decimal(1), due, day)
    assert third == Decimal("0." + 28 * "3")


def test_the_line_does_not_hang_on_how_the_caller_rounds():
    with localcontext() as context:
        context.prec = 3
        day, due = date(2024, 1, 2), date(2024, 1, 3)
        found = trajectory((date(2024, 1, 1), Decimal("1000.1")), Decimal("1000.3"), due, day)
    assert found == Decimal("1000.2")


# ----------------------------------------------------------------------- gap, expected, pace needed

# Four years are 1,461 days, and 365.25 days are a year: 1 January 2000, 2004, 2008, 2012, 2016.
FOUR_YEARS = timedelta(1461)
START = date(2000, 1, 1)


def four_yearly(*values, first=START):
    return [
        (first + n * FOUR_YEARS, None if value is None else Decimal(value))
        for n, value in enumerate(values)
    ]


def test_a_floor_on_its_way_by_hand():
    # From 20 in 2000 to 100 in 2016 is 5 a year: 60 expected in 2008. At 52: 48 short of the
    # target, 8 behind the line, and 48 in eight years is 6 a year. The line through 20, 30, 52
    # rises by (52 - 20) / 8 years = 4 a year (the middle one does not tilt it): 12 years for 48.
    found = target_progress(
        Decimal(100),
        four_yearly("20", "30", "52"),
        date(2016, 1, 1),
        date(2008, 6, 30),
        baseline=(START, Decimal(20)),
    )
    assert found.status == "behind"
    assert (found.gap, found.expected_now, found.gap_to_expected) == (48, 60, 8)
    assert (found.pace_needed, found.pace_so_far) == (6, 4)
    assert (found.projected, found.reason) == (date(2020, 1, 1), "")


def test_a_ceiling_on_its_way_by_hand():
    # From 100 in 2000 to 20 in 2016 is 5 a year less: 60 expected in 2008. At 52: 32 above the
    # target, 8 ahead of the line; 32 in eight years is 4 a year less. 100, 70, 52 falls by 48 in
    # eight years, 6 a year, and 32 at 6 a year is 5 1/3 years, exactly 1,948 days: 1,827 to
    # 1 January 2013, and 121 more.
    found = target_progress(
        Decimal(20),
        four_yearly("100", "70", "52"),
        date(2016, 1, 1),
        date(2008, 6, 30),
        "ceiling",
        (START, Decimal(100)),
    )
    assert found.status == "on_track"
    assert (found.gap, found.expected_now, found.gap_to_expected) == (32, 60, -8)
    assert (found.pace_needed, found.pace_so_far) == (-4, -6)
    assert found.projected == date(2008, 1, 1) + timedelta(1948) == date(2013, 5, 2)


@pytest.mark.parametrize(
    ("latest", "kind", "gap"),
    [
        pytest.param("74.9", "floor", "0.1", id="short of a floor"),
        pytest.param("75", "floor", "0", id="on a floor"),
        pytest.param("80", "floor", "0", id="above a floor"),
        pytest.param("75.1", "ceiling", "0.1", id="above a ceiling"),
        pytest.param("75", "ceiling", "0", id="on a ceiling"),
        pytest.param("-5", "ceiling", "0", id="below a ceiling"),
        pytest.param("-5", "floor", "80", id="a figure below 0"),
        pytest.param("0", "floor", "75", id="a figure of 0"),
    ],
)
def test_the_gap_counts_what_is_missing_in_the_good_direction(latest, kind, gap):
    found = target_progress(Decimal(75), series((BEFORE, latest)), DUE, BEFORE, kind)
    assert found.gap == Decimal(gap)


def test_a_target_reached_once_and_lost_stays_achieved_with_the_gap_of_the_latest_figure():
    figures = series((date(2023, 6, 30), "60"), (date(2023, 12, 31), "76"), (BEFORE, "70"))
    found = target_progress(Decimal(75), figures, DUE, BEFORE)
    assert (found.status, found.gap) == ("achieved", 5)
    assert (found.pace_needed, found.projected) == (None, None)
    assert found.reason == "the target has been reached"


def test_a_target_reached_late_is_missed_and_leaves_nothing_to_project():
    found = target_progress(Decimal(75), series((DUE, "70"), (AFTER, "75")), DUE, AFTER)
    assert (found.status, found.gap, found.pace_needed) == ("missed", 0, None)
    assert (found.projected, found.reason) == (None, "the target has been reached")


@pytest.mark.parametrize(
    ("end", "expected", "behind_by"),
    [
        # From 40 on 1 January to 80 on 11 January is 4 a day; every figure is 50.
        pytest.param(date(2023, 12, 31), None, None, id="before the baseline"),
        pytest.param(date(2024, 1, 1), None, None, id="on the baseline's day"),
        pytest.param(date(2024, 1, 2), 44, -6, id="a day after it, ahead"),
        pytest.param(date(2024, 1, 6), 60, 10, id="half way, behind"),
        pytest.param(date(2024, 1, 11), 80, 30, id="on the due date"),
        pytest.param(date(2024, 2, 1), 80, 30, id="after it"),
    ],
)
def test_what_was_to_be_expected_by_the_latest_figure(end, expected, behind_by):
    start, due = (date(2024, 1, 1), Decimal(40)), date(2024, 1, 11)
    found = target_progress(Decimal(80), series((end, "50")), due, AFTER, baseline=start)
    assert (found.expected_now, found.gap_to_expected) == (expected, behind_by)


def test_a_baseline_after_the_due_date_leaves_the_target_itself_to_expect():
    start = (date(2025, 1, 31), Decimal(40))
    found = target_progress(Decimal(75), series((AFTER, "70")), DUE, AFTER, baseline=start)
    assert (found.status, found.expected_now, found.gap_to_expected) == ("missed", 75, 5)


def test_without_a_baseline_or_a_date_nothing_is_expected_by_now():
    figures = series((BEFORE, "70"))
    start = (date(2024, 1, 1), Decimal(40))
    for due, baseline in ((DUE, None), (None, start), (None, None)):
        found = target_progress(Decimal(75), figures, due, BEFORE, baseline=baseline)
        assert (found.gap, found.expected_now, found.gap_to_expected) == (5, None, None)


@pytest.mark.parametrize(
    ("end", "due", "as_at", "needed"),
    [
        # 10 short: in 1,461 days it is 2.5 a year; in a single day 10 x 365.25 a year.
        pytest.param(START, START + FOUR_YEARS, START, "2.5", id="four years to go"),
        pytest.param(START, START + FOUR_YEARS, START + FOUR_YEARS, "2.5", id="on its last day"),
        pytest.param(START, START + timedelta(1), START, "3652.5", id="a day to go"),
        pytest.param(START, START, START, None, id="latest period ends on the due date"),
        pytest.param(START, START - timedelta(1), START - FOUR_YEARS, None, id="ends after it"),
        pytest.param(START, START + timedelta(9), START + timedelta(10), None, id="date passed"),
        pytest.param(START, None, START, None, id="no date"),
    ],
)
def test_the_pace_needed_to_the_date(end, due, as_at, needed):
    found = target_progress(Decimal(30), series((end, "20")), due, as_at)
    assert found.pace_needed == (None if needed is None else Decimal(needed))


# ----------------------------------------------------------------------- pace so far and projection


def test_the_range_of_a_projection_by_hand():
    # 10, 21, 29, 41, 49 every four years: sum of (-2 -1 0 1 2) x value is 98, over 10 is 9.8 a
    # step. Off the line by -0.4 0.8 -1 1.2 -0.6: squares 3.6; standard error root(3.6 / 3 / 10) =
    # 0.346410; times 3.182446 (t, 3 degrees of freedom, 97.5%) = 1.102433. The 49 to go take
    # 49 / 9.8 = 5 steps = 7,305 days; 49 / 10.902433 x 1,461 = 6,566.3; 49 / 8.697567 x 1,461 =
    # 8,230.9.
    found = target_progress(Decimal(98), four_yearly("10", "21", "29", "41", "49"), None, DUE)
    last = date(2016, 1, 1)
    assert found.pace_so_far == Decimal("2.45")
    assert found.projected == last + timedelta(7305) == date(2036, 1, 1)
    assert found.projected_earliest == last + timedelta(6567) == date(2033, 12, 24)
    assert found.projected_latest == last + timedelta(8231) == date(2038, 7, 15)
    assert found.reason == ""


def test_where_the_slower_end_never_reaches_it_the_range_is_open():
    # 10, 20, 36: (36 - 10) / 8 years = 3.25 a year. Off the line by 1, -2, 1: standard error
    # root(6 / 1 / 32) = 0.433013 a year, times 12.706205 (t, 1 degree of freedom) = 5.501949. The
    # 26 to go take 8 years; at 8.751949 a year 2.970767 years = 1,085.07 days; at -2.25 never.
    found = target_progress(Decimal(62), four_yearly("10", "20", "36"), None, DUE)
    assert found.projected == date(2016, 1, 1)
    assert found.projected_earliest == date(2008, 1, 1) + timedelta(1086) == date(2010, 12, 22)
    assert (found.projected_latest, found.reason) == (None, "")


def test_figures_on_a_straight_line_have_no_range():
    found = target_progress(Decimal(35), four_yearly("10", "15", "20"), None, DUE)
    assert found.projected == date(2020, 1, 1)
    assert found.projected_earliest == found.projected_latest == found.projected


def test_figures_of_sixty_digits_on_a_straight_line_have_no_range_either():
    # The line rises by the same number each day; the squares have more digits than are kept.
    a_day = Decimal("508407740755353032575834893130694935563376699389215517290997")
    with localcontext() as context:
        context.prec = 70
        figures = [(START + timedelta(n), a_day * n) for n in (0, 7, 14, 21)]
        found = target_progress(a_day * 28, figures, None, DUE)
    assert found.projected == START + timedelta(28)
    assert found.projected_earliest == found.projected_latest == found.projected


@pytest.mark.parametrize("values", [("10", "21", "29", "41", "49"), ("62.5", "60.1", "55", "57.2")])
def test_the_slope_and_its_range_are_those_of_scipys_regression(values):
    figures = four_yearly(*values)
    days = [(end - START).days for end, _ in figures]
    peer = linregress(days, [float(value) for _, value in figures])
    up = peer.slope > 0
    kind, target = ("floor", 1000) if up else ("ceiling", -1000)
    found = target_progress(Decimal(target), figures, None, DUE, kind)
    assert float(found.pace_so_far) == pytest.approx(peer.slope * 365.25, rel=1e-12)
    two_sided = {5: 3.182446305, 4: 4.302652730}[len(values)]  # tables of t: 3 and 2 degrees
    for day, times in ((found.projected, 0), (found.projected_earliest, two_sided)):
        pace = abs(peer.slope) + times * peer.stderr
        to_go = abs(target - float(values[-1])) / pace
        assert (day - figures[-1][0]).days - 1 < to_go <= (day - figures[-1][0]).days


def test_a_whole_number_of_days_is_not_rounded_up_to_the_next():
    # 0, 1, 2, three days apart: a third a day, and 4 to go take 12 days.
    figures = series(*((date(2024, 1, 1 + 3 * n), str(n)) for n in range(3)))
    found = target_progress(Decimal(6), figures, None, AFTER)
    assert found.projected == date(2024, 1, 7) + timedelta(12)


def test_a_part_of_a_day_counts_as_the_day():
    # One a day, and 2.5 to go: on the third day.
    figures = series(*((date(2024, 1, 1 + n), str(n)) for n in range(3)))
    found = target_progress(Decimal("4.5"), figures, None, AFTER)
    assert found.projected == date(2024, 1, 6)


NO_FIGURE = "cannot be calculated: there is no figure"
TOO_FEW = "cannot be calculated: fewer than three figures"
NEVER = "at the pace so far it is never reached"


@pytest.mark.parametrize(
    ("values", "pace", "reason"),
    [
        pytest.param([], None, NO_FIGURE, id="no figure"),
        pytest.param([None, None], None, NO_FIGURE, id="gaps only"),
        pytest.param(["10"], None, TOO_FEW, id="one"),
        pytest.param(["10", "20"], None, TOO_FEW, id="two"),
        pytest.param(
            ["10", None, "20"],
            None,
            TOO_FEW,
            id="three of which one is missing",
        ),
        pytest.param(["10", "10", "10"], "0", NEVER, id="flat"),
        pytest.param(["0.1", "0.1", "0.1"], "0", NEVER, id="flat in tenths"),
        pytest.param(["10", "90", "10"], "0", NEVER, id="up and back"),
        pytest.param(["30", "20", "10"], "-2.5", NEVER, id="the wrong way"),
        pytest.param(["98", "99", "100"], "0.25", "the target has been reached", id="reached"),
    ],
)
def test_why_there_is_no_projection(values, pace, reason):
    found = target_progress(Decimal(100), four_yearly(*values), None, DUE)
    assert found.reason == reason
    assert found.pace_so_far == (None if pace is None else Decimal(pace))
    dates = (found.projected, found.projected_earliest, found.projected_latest)
    assert dates == (None, None, None)


def test_without_figures_there_is_a_status_and_nothing_else():
    for figures in ([], [(BEFORE, None)], [(BEFORE, Decimal("NaN"))]):
        start = (date(2023, 1, 1), Decimal(40))
        found = target_progress(Decimal(75), figures, DUE, BEFORE, baseline=start)
        assert found == TargetProgress("no_evidence_yet", reason=NO_FIGURE)


def test_a_missing_newest_figure_leaves_the_one_before_it_as_the_latest():
    found = target_progress(Decimal(75), [*series((BEFORE, "70")), (DUE, None)], DUE, AFTER)
    assert (found.status, found.gap) == ("no_evidence_yet", 5)


def test_a_gap_in_the_series_is_left_out_and_the_line_goes_over_it():
    # 10 in 2000, 20 in 2004, 40 in 2012: 2.5 a year all the way.
    found = target_progress(Decimal(50), four_yearly("10", "20", None, "40"), None, DUE)
    assert (found.pace_so_far, found.projected) == (Decimal("2.5"), date(2016, 1, 1))


def test_figures_of_before_the_baseline_do_not_count_towards_the_pace():
    # 90 in 2000 is left out; 10, 20, 30 from 2004 on are 2.5 a year.
    figures = four_yearly("90", "10", "20", "30")
    found = target_progress(
        Decimal(100), figures, None, DUE, baseline=(date(2004, 1, 1), Decimal(10))
    )
    assert found.pace_so_far == Decimal("2.5")


def test_the_baseline_is_one_of_the_three_figures_where_none_is_of_its_day():
    # 10 in 2000, then 20 and 30: 2.5 a year.
    baseline = (START, Decimal(10))
    later = four_yearly("10", "20", "30")[1:]
    found = target_progress(Decimal(100), later, None, DUE, baseline=baseline)
    assert found.pace_so_far == Decimal("2.5")
    # Where there is a figure of its day, 14, that one counts, and once: (30 - 14) / 8 years.
    figures = four_yearly("14", "20", "30")
    found = target_progress(Decimal(100), figures, None, DUE, baseline=baseline)
    assert found.pace_so_far == 2


def test_two_figures_of_one_day_both_count_and_the_last_of_them_is_the_latest():
    # 10 in 2000; 18 and 22 in 2004: the line goes through their middle, 20, at 2.5 a year. From 22,
    # 10 to go are four years.
    figures = [*four_yearly("10", "18"), (date(2004, 1, 1), Decimal(22))]
    found = target_progress(Decimal(32), figures, None, DUE)
    assert (found.gap, found.pace_so_far) == (10, Decimal("2.5"))
    assert found.projected == date(2008, 1, 1)


def test_figures_that_are_all_of_one_day_have_no_pace():
    figures = series(*[(BEFORE, value) for value in ("1", "2", "3")])
    found = target_progress(Decimal(75), figures, DUE, BEFORE)
    assert found.pace_so_far is None
    assert found.reason == "cannot be calculated: all the figures are of one day"


def test_a_projection_beyond_the_last_date_there_is_says_so():
    # One in a hundred thousand a step of four years: 97 to go are millions of years.
    figures = four_yearly("1", "1.00001", "1.00002")
    found = target_progress(Decimal(98), figures, DUE, DUE)
    assert found.projected is None
    assert found.reason == "at the pace so far it is reached only after the year 9999"


@pytest.mark.parametrize(("to_go", "projected"), [(1, date.max), (2, None)])
def test_the_last_day_there_is_can_still_be_named(to_go, projected):
    # One a day up to the last day but one.
    figures = series(*((date(9999, 12, 28 + n), str(n)) for n in range(3)))
    assert target_progress(Decimal(2 + to_go), figures, None, DUE).projected == projected


def test_a_missed_target_still_has_a_date_at_the_pace_so_far():
    found = target_progress(
        Decimal(40), four_yearly("10", "20", "30"), date(2008, 1, 1), date(2008, 6, 30)
    )
    assert (found.status, found.gap, found.pace_needed) == ("missed", 10, None)
    assert found.projected == date(2012, 1, 1)


# -------------------------------------------------------------------------------- what always holds

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
numbers = st.decimals(-1000, 1000, places=2)
kinds = st.sampled_from(sorted(OTHER))


def oldest_first(days, numbers):
    figures = st.lists(st.tuples(days, numbers), max_size=8)
    return figures.map(lambda rows: sorted(rows, key=lambda row: row[0]))


situations = st.fixed_dictionaries(
    {
        "target": numbers,
        "figures": oldest_first(days, st.none() | numbers),
        "due": st.none() | days,
        "as_at_day": days,
        "kind": kinds,
        "baseline": st.none() | st.tuples(days, numbers),
    }
)

# As large and as small as Python's decimals become by themselves.
any_finite = st.builds(
    lambda digits, power: Decimal(digits).scaleb(power) if digits else Decimal(0),
    st.integers(-(10**18), 10**18),
    st.integers(-5, 5) | st.integers(-999_000, 999_000),
)
any_day = st.dates()
any_situation = st.fixed_dictionaries(
    {
        "target": any_finite,
        "figures": st.lists(st.tuples(any_day, st.none() | any_finite), max_size=6),
        "due": st.none() | any_day,
        "as_at_day": any_day,
        "kind": kinds,
        "baseline": st.none() | st.tuples(any_day, any_finite),
    }
)


def amounts(found):
    return [
        found.gap,
        found.expected_now,
        found.gap_to_expected,
        found.pace_needed,
        found.pace_so_far,
    ]


@given(any_situation | situations)
def test_no_finite_number_and_no_dates_raise_and_no_answer_is_infinite(situation):
    found = target_progress(**situation)
    assert found.status in ("achieved", "on_track", "behind", "missed", "no_evidence_yet")
    assert all(number is None or number.is_finite() for number in amounts(found))
    assert found.gap is None or found.gap >= 0
    assert (found.projected is None) == bool(found.reason)
    if found.projected is None:
        assert found.projected_earliest is None and found.projected_latest is None
    else:
        assert found.projected_earliest <= found.projected <= (found.projected_latest or date.max)


def mirrored(situation):
    def negated(point):
        return point and (point[0], None if point[1] is None else -point[1])

    return situation | {
        "target": -situation["target"],
        "figures": [negated(point) for point in situation["figures"]],
        "kind": OTHER[situation["kind"]],
        "baseline": negated(situation["baseline"]),
    }


@given(situations | any_situation)
def test_a_floor_is_a_ceiling_in_a_mirror(situation):
    there, back = target_progress(**situation), target_progress(**mirrored(situation))
    for name in ("status", "gap", "gap_to_expected", "reason"):
        assert getattr(there, name) == getattr(back, name)
    for name in ("expected_now", "pace_needed", "pace_so_far"):
        value = getattr(there, name)
        assert getattr(back, name) == (None if value is None else -value)
    for name in ("projected", "projected_earliest", "projected_latest"):
        assert getattr(there, name) == getattr(back, name)


spellings = st.sampled_from(
    [
        lambda number: f"{number}",
        lambda number: f"{number}000",
        lambda number: f"{number:e}",
        lambda number: f"{number.normalize()}",
        lambda number: f"{number:+012.5f}",
    ]
)


@given(situations, spellings)
def test_no_answer_hangs_on_how_the_numbers_are_written(situation, spelling):
    def again(number):
        return None if number is None else Decimal(spelling(number))

    start = situation["baseline"]
    rewritten = situation | {
        "target": again(situation["target"]),
        "figures": [(end, again(value)) for end, value in situation["figures"]],
        "baseline": None if start is None else (start[0], again(start[1])),
    }
    assert target_progress(**rewritten) == target_progress(**situation)


@given(numbers, numbers, kinds)
def test_a_figure_reaches_a_floor_or_a_ceiling_and_both_only_where_it_is_the_target(a, b, kind):
    assert reaches(a, b, kind) or reaches(a, b, OTHER[kind])
    assert (reaches(a, b, kind) and reaches(a, b, OTHER[kind])) == (a == b)


@given(
    first=numbers,
    a_day=st.decimals("0.001", 100, places=3),
    total=st.integers(1, 5000),
    gone=st.integers(0, 4999),
    kind=kinds,
)
def test_a_figure_on_the_line_is_on_track_and_one_just_off_it_is_behind(
    first, a_day, total, gone, kind
):
    assume(gone < total)
    good = 1 if kind == "floor" else -1
    target, on_line = first + good * a_day * total, first + good * a_day * gone
    end, due = START + timedelta(gone), START + timedelta(total)

    def progress(value):
        figures = [(end, value)]
        return target_progress(target, figures, due, end, kind, baseline=(START, first))

    found = progress(on_line)
    assert found.status == "on_track"
    assert found.gap_to_expected == (0 if gone else None)
    assert trajectory((START, first), target, due, end) == on_line
    assert progress(on_line - good * Decimal("1e-15")).status == "behind"


@given(situations)
def test_the_signs_of_an_account_agree_with_its_status(situation):
    found = target_progress(**situation)
    if found.status == "behind":
        assert found.gap > 0 and (found.gap_to_expected is None or found.gap_to_expected > 0)
    if found.status == "on_track":
        assert found.gap_to_expected is None or found.gap_to_expected <= 0
    if found.pace_needed is not None:
        assert (found.pace_needed > 0) == (situation["kind"] == "floor")
