"""The tidy table: what was known when, and a round trip through CSV that changes nothing."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.observations import (
    COLUMNS,
    STATEMENTS,
    as_at,
    latest_known,
    period_of,
    read_table,
    series,
    write_table,
)
from helpers.periods import parse_period

JULY_2025 = date(2025, 7, 22)
APRIL_2026 = date(2026, 4, 8)


def level(value, **changes):
    return {"value": Decimal(value), **changes}


# As at a day.


@pytest.mark.parametrize(
    ("day", "known"),
    [
        pytest.param(date(2025, 7, 21), [], id="the day before"),
        pytest.param(JULY_2025, ["36"], id="the day itself counts"),
        pytest.param(date(2026, 4, 7), ["36"], id="the day before the revision"),
        pytest.param(APRIL_2026, ["36", "35"], id="both editions"),
        pytest.param(date(2030, 1, 1), ["36", "35"], id="long after"),
    ],
)
def test_a_figure_counts_from_the_day_it_was_published(observations_table, day, known):
    table = observations_table(level("36", published=JULY_2025), level("35", published=APRIL_2026))
    assert list(as_at(table, day)["value"]) == [Decimal(value) for value in known]


def test_a_period_after_the_day_counts_if_it_was_published_by_then(observations_table):
    table = observations_table(level("1", period="2030-31", published=JULY_2025))
    assert len(as_at(table, JULY_2025)) == 1


def test_as_at_leaves_the_whole_table_as_it_was(observations_table):
    table = observations_table(level("36", published=APRIL_2026))
    before = table.copy()
    as_at(table, JULY_2025)
    pd.testing.assert_frame_equal(table, before)


# The latest known figure.


def test_the_figure_published_last_wins_whatever_the_order_of_the_rows(observations_table):
    old, new = level("36", published=JULY_2025), level("35", published=APRIL_2026)
    for rows in ([old, new], [new, old]):
        known = latest_known(observations_table(*rows))
        assert list(known["value"]) == [Decimal("35")]


def test_a_revision_does_not_exist_before_it_was_published(observations_table):
    table = observations_table(level("36", published=JULY_2025), level("35", published=APRIL_2026))
    known = latest_known(as_at(table, date(2025, 9, 30)))
    assert list(known["value"]) == [Decimal("36")]


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize(
    ("stated_in", "wins"),
    [
        (["table", "chart", "commentary", "summary"], "table"),
        (["chart", "commentary", "summary"], "chart"),
        (["commentary", "summary"], "commentary"),
        (["summary"], "summary"),
        (["table", "commentary"], "table"),
    ],
)
def test_in_one_document_the_table_counts_before_the_chart_before_the_commentary(
    observations_table, stated_in, wins, backwards
):
    rows = [level(number, statement=place) for number, place in enumerate(stated_in)]
    known = latest_known(observations_table(*(reversed(rows) if backwards else rows)))
    assert list(known["statement"]) == [wins]


def test_later_commentary_counts_before_an_earlier_table(observations_table):
    table = observations_table(
        level("1", statement="table", published=JULY_2025),
        level("2", statement="commentary", published=APRIL_2026),
    )
    assert list(latest_known(table)["statement"]) == ["commentary"]


def test_a_later_not_available_replaces_an_earlier_figure(observations_table):
    table = observations_table(
        level("1", published=JULY_2025),
        {"value": None, "status": "not_available", "published": APRIL_2026},
    )
    assert list(latest_known(table)["status"]) == ["not_available"]


@pytest.mark.parametrize(
    "kind", ["change_percent", "change_points", "difference_points", "unclear"]
)
def test_only_levels_are_figures_stated_changes_are_not(observations_table, kind):
    table = observations_table(level("22.3", kind=kind), level("115"))
    assert list(latest_known(table)["value"]) == [Decimal("115")]
    assert latest_known(observations_table(level("22.3", kind=kind))).empty


@pytest.mark.parametrize(
    "apart",
    [
        {"measure_id": "another-measure"},
        {"area": "England"},
        {"breakdown": "population"},
        {"period": "2021-22"},
        {"period": "2022/23 academic year"},
        {"period": "31 March 2023"},
    ],
    ids=lambda apart: "-".join(apart),
)
def test_figures_of_something_else_are_kept_side_by_side(observations_table, apart):
    assert len(latest_known(observations_table(level("1"), level("1", **apart)))) == 2


def test_rows_come_back_by_measure_area_breakdown_and_period(observations_table):
    table = observations_table(
        level("6", measure_id="b"),
        level("5", measure_id="a", area="Hertfordshire", period="2022-23"),
        level("4", measure_id="a", area="Hertfordshire", period="2021-22", published=APRIL_2026),
        level("3", measure_id="a", area="England", breakdown="population"),
        level("2", measure_id="a", area="England", period="March 2023"),
        level("1", measure_id="a", area="England", period="2022-23"),
    )
    known = latest_known(table)
    assert [int(value) for value in known["value"]] == [1, 2, 3, 4, 5, 6]
    assert list(known.index) == [0, 1, 2, 3, 4, 5]


def test_the_latest_known_has_the_columns_of_the_table(observations_table):
    assert list(latest_known(observations_table(level("1"))).columns) == COLUMNS


def test_nothing_known_is_an_empty_table(observations_table):
    table = as_at(observations_table(level("1")), date(2000, 1, 1))
    known = latest_known(table)
    assert known.empty and list(known.columns) == COLUMNS
    assert series(known, "children-in-county", "Hertfordshire").empty


@settings(max_examples=25)
@given(order=st.permutations(range(len(STATEMENTS) * 2)))
def test_the_order_of_the_rows_never_matters(order):
    rows = [
        {"published": day, "statement": statement, "value": Decimal(number)}
        for number, (day, statement) in enumerate(
            (day, statement) for day in (JULY_2025, APRIL_2026) for statement in STATEMENTS
        )
    ]
    common = {
        "measure_id": "a",
        "area": "Hertfordshire",
        "breakdown": "",
        "kind": "level",
        "period_kind": "date",
        "period_start": date(2025, 3, 31),
        "period_end": date(2025, 3, 31),
    }
    known = latest_known(pd.DataFrame([common | rows[place] for place in order]))
    assert list(known["value"]) == [Decimal(len(STATEMENTS))]  # the table of April 2026


# One measure's series.


def test_a_series_is_one_measure_of_one_area_oldest_first(observations_table):
    known = latest_known(
        observations_table(
            level("3", period="2022-23"),
            level("1", period="2020-21"),
            level("2", period="2021-22"),
            level("9", area="England"),
            level("9", measure_id="another-measure"),
            level("9", breakdown="population"),
        )
    )
    found = series(known, "children-in-county", "Hertfordshire")
    assert list(found["period"]) == ["2020-21", "2021-22", "2022-23"]
    assert list(found.index) == [0, 1, 2]


def test_a_series_of_a_breakdown_is_another_series(observations_table):
    known = latest_known(observations_table(level("4.5"), level("11.6", breakdown="population")))
    benchmark = series(known, "children-in-county", "Hertfordshire", "population")
    assert list(benchmark["value"]) == [Decimal("11.6")]


def test_a_row_knows_its_period(observations_table):
    for spelling in ("2022-23", "2022/23 academic year", "31 March 2023", "Autumn 2022"):
        row = next(observations_table(level("1", period=spelling)).itertuples())
        assert period_of(row) == parse_period(spelling)


# To CSV and back.


def round_trip(table, folder):
    path = folder / "new folder" / "table.csv"
    write_table(table, path)
    return read_table(path)


def test_numbers_come_back_exactly_as_written(observations_table, tmp_path):
    written = ["203.40", "0.10", "213.0", "-3.5", "3221196", "0", "67.4000000000000000001"]
    table = observations_table(
        *(level(value, numerator=Decimal("625"), denominator=Decimal("978")) for value in written)
    )
    back = round_trip(table, tmp_path)
    assert [str(value) for value in back["value"]] == written
    assert all(type(value) is Decimal for value in back["value"])
    assert list(back["numerator"]) == [Decimal("625")] * len(written)
    assert list(back["denominator"]) == [Decimal("978")] * len(written)


def test_days_come_back_as_days_and_missing_ones_as_none(observations_table, tmp_path):
    table = observations_table(level("1"))
    table["latest_period_end"] = pd.Series([None], dtype=object)
    back = round_trip(table, tmp_path)
    assert type(back["published"][0]) is date and back["published"][0] == date(2023, 10, 31)
    assert (back["period_start"][0], back["period_end"][0]) == (
        date(2022, 4, 1),
        date(2023, 3, 31),
    )
    assert back["latest_period_end"][0] is None


def test_a_figure_that_is_not_available_comes_back_as_none_with_its_status(
    observations_table, tmp_path
):
    table = observations_table(
        {"value": None, "status": "not_available", "as_published": "N/A"}, level("0")
    )
    back = round_trip(table, tmp_path)
    assert back["value"][0] is None
    assert back["value"][1] == Decimal(0)
    assert list(back["status"]) == ["not_available", ""]
    assert list(back["as_published"]) == ["N/A", ""]


def test_empty_text_comes_back_empty_not_missing(observations_table, tmp_path):
    back = round_trip(observations_table(level("1")), tmp_path)
    for column in ("breakdown", "against", "status", "note"):
        assert list(back[column]) == [""]


@pytest.mark.parametrize(
    "text",
    [
        "NA",
        "nan",
        "None",
        "null",
        "007",
        "1.50",
        "2023-03-31",
        "a, comma",
        'a "quotation"',
        "two\nlines",
        "⇄ – é “curly”",
        " spaces ",
        "=1+1",
    ],
)
def test_text_comes_back_as_it_was(observations_table, tmp_path, text):
    back = round_trip(observations_table(level("1", note=text, as_published=text)), tmp_path)
    assert back["note"][0] == text
    assert back["as_published"][0] == text


def test_columns_whose_names_only_resemble_days_and_numbers_stay_text(tmp_path):
    table = pd.DataFrame(
        {
            "as_published": ["2023-03-31"],
            "published_direction": ["↔"],
            "latest_period": ["2022-23"],
            "period_kind": ["date"],
            "polarity": ["higher"],
            "decimals": ["1"],
            "reference": ["29a"],
        }
    )
    pd.testing.assert_frame_equal(round_trip(table, tmp_path).astype(object), table.astype(object))


def test_columns_of_assessments_come_back_as_numbers_and_days(tmp_path):
    table = pd.DataFrame(
        {
            "latest_value": [Decimal("63.90"), None],
            "previous_numerator": [Decimal("694"), None],
            "change": [Decimal("-3.5"), None],
            "relative_change": [Decimal("-0.0519287833827893175074183976"), None],
            "published": [date(2023, 10, 31), None],
            "latest_period_end": [date(2023, 3, 31), None],
        },
        dtype=object,
    )
    back = round_trip(table, tmp_path)
    for column in table:
        assert [str(cell) for cell in back[column]] == [str(cell) for cell in table[column]]


def test_a_column_that_holds_nothing_at_all_comes_back_as_none(tmp_path):
    table = pd.DataFrame({"value": [None, None], "published": [None, None], "note": ["", ""]})
    back = round_trip(table, tmp_path)
    assert list(back["value"]) == [None, None]
    assert list(back["published"]) == [None, None]


def test_a_table_without_rows_keeps_its_columns(observations_table, tmp_path):
    back = round_trip(observations_table(), tmp_path)
    assert list(back.columns) == COLUMNS and back.empty


def test_the_file_has_the_same_bytes_on_every_system(observations_table, tmp_path):
    path = tmp_path / "table.csv"
    write_table(observations_table(level("203.40", note="⇄"), level("2")), path)
    written = path.read_bytes()
    assert b"\r" not in written and not written.startswith(b"\xef\xbb\xbf")
    assert "⇄".encode() in written
    assert written.count(b"\n") == 3


@settings(max_examples=25)
@given(
    st.lists(st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=4), min_size=1)
)
def test_any_numbers_survive_the_round_trip(tmp_path_factory, values):
    table = pd.DataFrame({"value": pd.Series(values, dtype=object), "note": "x"})
    back = round_trip(table, tmp_path_factory.getbasetemp())
    assert [repr(value) for value in back["value"]] == [repr(value) for value in values]
