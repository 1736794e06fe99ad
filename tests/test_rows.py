"""A table's rows one by one: what pandas itself gives, and of the same types."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from helpers.rows import each_row

OF_TEXT = pd.DataFrame(
    {"area": ["Beeshire", "England"], "value": [Decimal(4), None], "day": [date(2026, 1, 31)] * 2},
    dtype=object,
)
TABLES = {
    "objects": OF_TEXT,
    "typed": pd.DataFrame(
        {"name": ["a", "b"], "count": [1, 2], "share": [0.5, float("inf")], "new": [True, False]},
        index=[3, 1],
    ),
    "days": pd.DataFrame({"day": pd.to_datetime(["2026-01-31", "2026-02-28"]), "n": [1, 2]}),
    "no rows": OF_TEXT.iloc[:0],
    "no columns": pd.DataFrame(index=[0, 1]),
    "names that are none": pd.DataFrame({"in words": ["a"], "class": ["b"], 7: ["c"]}),
}


@pytest.mark.parametrize("index", [True, False])
@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_rows_are_those_of_pandas_itself(table, index):
    ours, theirs = list(each_row(table, index=index)), list(table.itertuples(index=index))
    assert ours == theirs
    assert [row._fields for row in ours] == [row._fields for row in theirs]
    assert [[*map(type, row)] for row in ours] == [[*map(type, row)] for row in theirs]


def test_tables_of_the_same_columns_have_rows_of_their_own():
    first, second = each_row(OF_TEXT.head(1)), each_row(OF_TEXT.tail(1))
    assert [next(first).area, next(second).area] == ["Beeshire", "England"]
