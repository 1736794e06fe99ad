"""Tables and badges: their structure, their words, and that nothing slips through unescaped."""

from decimal import Decimal
from types import SimpleNamespace
from xml.etree import ElementTree

import pandas as pd
import pytest

from helpers.tables import badge_of, direction_badge, folded, table
from helpers.wording import DIRECTIONS


def figures():
    return pd.DataFrame(
        {
            "period": ["2021-22", "2022-23"],
            "value": [Decimal("1234.50"), None],
            "note": ["<b>bold</b> & more", ""],
            "badge": [direction_badge("improving"), direction_badge("no_change")],
        }
    )


def test_a_whole_table():
    shown = table(
        pd.DataFrame({"period": ["2022-23"], "value": [Decimal("67.4")]}),
        "Audits & more",
        columns={"period": "Period", "value": "Share"},
        numeric=["value"],
    )
    assert shown._repr_html_() == (
        '<div class="table-wrap" role="region" tabindex="0" aria-label="Audits &amp; more">'
        "<table><caption>Audits &amp; more</caption>"
        '<thead><tr><th scope="col">Period</th><th scope="col" class="number">Share</th></tr>'
        '</thead><tbody><tr><th scope="row">2022-23</th><td class="number">67.4</td></tr>'
        "</tbody></table></div>"
    )


def test_every_row_and_column_has_a_heading_with_its_scope():
    html = table(figures(), "Figures", html_columns=["badge"]).html
    root = ElementTree.fromstring(html)
    assert [th.get("scope") for th in root.findall(".//thead//th")] == ["col"] * 4
    assert [len(tr.findall("th[@scope='row']")) for tr in root.findall(".//tbody/tr")] == [1, 1]
    assert root.find(".//caption").text == "Figures"
    assert root.get("aria-label") == "Figures" and root.get("tabindex") == "0"


def test_any_column_can_head_the_rows():
    root = ElementTree.fromstring(
        table(figures(), "F", row_header="note", columns={"period": "P", "note": "N"}).html
    )
    first = root.find(".//tbody/tr")
    assert [cell.tag for cell in first] == ["td", "th"]
    assert first.find("th").text == "<b>bold</b> & more"


def test_everything_is_escaped_but_html_columns():
    html = table(
        figures().assign(period='"<script>"'),
        'A <caption> "quoted"',
        columns={"period": "<i>Period</i>", "note": "Note", "badge": "Direction"},
        html_columns=["badge"],
    ).html
    assert "<script>" not in html and "<b>" not in html and "<i>" not in html
    assert 'aria-label="A &lt;caption&gt; &quot;quoted&quot;"' in html
    assert '<td><span class="direction improving">' in html


@pytest.mark.parametrize("absent", [None, float("nan"), pd.NA, pd.NaT])
def test_a_missing_value_has_words(absent):
    frame = pd.DataFrame({"a": ["x"], "b": pd.Series([absent], dtype=object)})
    assert "<td>not published</td>" in table(frame, "T").html
    assert "<td>too few &amp; hidden</td>" in table(frame, "T", missing="too few & hidden").html


def test_an_empty_note_is_not_a_missing_figure():
    frame = pd.DataFrame({"a": ["x"], "note": [""]})
    assert "<td></td>" in table(frame, "T").html


def test_numbers_get_separators_only_where_they_are_figures():
    frame = pd.DataFrame({"year": [2024], "value": [Decimal("12345.60")], "count": [12345]})
    html = table(frame, "T", numeric=["value", "count"]).html
    assert '<th scope="row">2024</th>' in html
    assert '<td class="number">12,345.60</td>' in html
    assert '<td class="number">12,345</td>' in html


def test_columns_choose_and_order_what_is_shown():
    root = ElementTree.fromstring(table(figures(), "F", columns={"note": "N", "period": "P"}).html)
    assert [th.text for th in root.findall(".//thead//th")] == ["N", "P"]


def test_an_unknown_column_is_refused_by_name():
    with pytest.raises(ValueError, match="no column valeu; it has period, value"):
        table(figures(), "F", numeric=["valeu"])


def test_a_folded_table_opens_from_its_summary():
    inner = table(figures(), "Figures")
    outer = folded(inner, "The figures <behind> this")
    assert outer._repr_html_() == (
        '<details class="figures"><summary>The figures &lt;behind&gt; this</summary>'
        f"{inner.html}</details>"
    )


def test_a_table_is_the_same_every_time_and_keeps_its_html_out_of_repr():
    assert table(figures(), "F") == table(figures(), "F")
    assert "<table" not in repr(table(figures(), "F"))


@pytest.mark.parametrize(
    ("direction", "html"),
    [
        (
            "declining_within_margin",
            '<span class="direction declining-within-margin"><span aria-hidden="true">⇄</span> '
            "Slightly worse, within the margin</span>",
        ),
        (
            "not_comparable",
            '<span class="direction not-comparable"><span aria-hidden="true">n/a</span> '
            "Not comparable</span>",
        ),
    ],
)
def test_badges(direction, html):
    assert direction_badge(direction) == html


def test_every_direction_has_its_own_symbol_and_words():
    symbols, words = zip(*DIRECTIONS.values(), strict=True)
    assert len(set(symbols)) == len(set(words)) == 7


def test_an_unknown_direction_is_refused():
    with pytest.raises(ValueError, match="unknown direction 'better'"):
        direction_badge("better")


def test_a_stacked_table_names_the_column_of_each_cell_but_the_one_that_heads_its_row():
    frame = pd.DataFrame({"period": ["2022-23"], "value": [Decimal("67.4")]})
    columns = {"period": "Period", "value": "Share & more"}
    html = table(frame, "T", columns=columns, numeric=["value"], stacked=True).html
    assert html.startswith('<div class="table-wrap stacked" role="region"')
    assert '<td class="number" data-label="Share &amp; more">67.4</td>' in html
    assert '<th scope="row">2022-23</th>' in html
    assert "data-label" not in table(frame, "T").html


def test_a_table_with_columns_of_words_is_stacked_but_no_table_of_figures():
    frame = pd.DataFrame({"promise": ["Honey for all"], "shown": ["None yet"], "due": ["2027"]})
    html = table(frame, "T", wide=["shown"]).html
    assert html.startswith('<div class="table-wrap worded" role="region"')
    assert '<th scope="col" class="wide">shown</th>' in html
    assert '<td class="wide" data-label="shown">None yet</td><td data-label="due">2027</td>' in html
    both = table(frame, "T", wide=["shown"], stacked=True).html
    assert both.startswith('<div class="table-wrap stacked" role="region"')
    assert '<td class="wide" data-label="shown">' in both


def test_a_wide_column_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="no column why"):
        table(pd.DataFrame({"what": ["Honey"]}), "T", wide=["why"])


@pytest.mark.parametrize(
    ("currency", "dated"), [("old", True), ("current", False), ("no_figure", False)]
)
def test_only_the_badge_of_an_old_figure_stands_out_less(currency, dated):
    html = badge_of(SimpleNamespace(direction="declining_within_margin", currency=currency))
    assert ('class="direction declining-within-margin dated"' in html) is dated
    assert html.endswith("</span> Slightly worse, within the margin</span>")
