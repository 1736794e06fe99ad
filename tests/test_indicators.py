"""Whether an indicator has figures: for all that it asks for, a part of it, or none."""

from decimal import Decimal

import pandas as pd
import pytest

from helpers.indicators import figures_for

FIGURE = (Decimal(5), "", "")
NOUGHT = (Decimal(0), "", "")
CHANGE = (None, "up 19% (the document does not say since when)", "")
NOTHING = (None, "", "")
A_PART = (Decimal(5), "", "those of one age only")
A_PART_WITHOUT = (None, "", "those of one age only")


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        pytest.param([FIGURE], "all", id="one figure"),
        pytest.param([NOUGHT], "all", id="a figure of 0 is a figure"),
        pytest.param([CHANGE], "all", id="a published change counts"),
        pytest.param([FIGURE, FIGURE, CHANGE], "all", id="each has something"),
        pytest.param([NOTHING], "none", id="no figure"),
        pytest.param([NOTHING, A_PART_WITHOUT], "none", id="none of several"),
        pytest.param([], "none", id="no measure at all"),
        pytest.param([FIGURE, NOTHING], "part", id="one with and one without"),
        pytest.param([CHANGE, NOTHING], "part", id="a change and one without"),
        pytest.param([A_PART], "part", id="a figure of a part"),
        pytest.param([FIGURE, A_PART], "part", id="a whole and a part"),
    ],
)
def test_figures_for_all_for_a_part_or_for_none(measures, expected):
    columns = ["latest_value", "change_in_words", "covers"]
    assert figures_for(pd.DataFrame(measures, columns=columns, dtype=object)) == expected
