"""How each ambition is going: what got better, what did not, and what nobody can tell yet."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import pandas as pd
from IPython.display import HTML

from helpers import tables, wording
from helpers.account import Account
from helpers.blocks.lists import measure_link
from helpers.blocks.opening import quarter_note
from helpers.indicators import figures_for, has_figure
from helpers.plans import Part
from helpers.rows import each_row

SHOWN = 2
"""How many measures a card lists under each heading; its ambition's page has the rest."""


Lines = dict[str, list[str]]
"""What got better, what did not, and what nobody can tell yet: a line of HTML for each."""


def ambition_lines(account: Account) -> dict[str, Lines]:
    """Gather for each ambition what got better, what did not, and what nobody can tell yet."""
    return {ambition.id: _lines(account, ambition) for ambition in account.plan.ambitions}


def home_opening(account: Account, lines: dict[str, Lines], states: Iterable[str]) -> HTML:
    """Open the home page: how many things got better, and for how many nobody can tell.

    Parameters
    ----------
    lines
        As `ambition_lines` gives them.
    states
        For each indicator what `helpers.indicators.figures_for` gives.
    """
    totals = [sum(len(found[name]) for found in lines.values()) for name in wording.HOME_GROUPS]
    return HTML(
        f'<p class="lede">{escape(wording.home_sentence(*totals))} '
        f"{escape(wording.indicators_sentence(states))}</p>"
        f"<p>This is an account of the {escape(account.plan.title)} in {escape(account.area)}, "
        "made from published figures. It is not an official site of any council.</p>"
        f"{quarter_note(account).data}"
    )


def ambition_counts(account: Account, lines: dict[str, Lines]) -> tables.Table:
    """Count for each ambition what got better, what did not, and what nobody can tell yet."""
    rows = []
    for ambition in account.plan.ambitions:
        link = f'<a href="{ambition.page}.html">{ambition.id}. {escape(ambition.short_title)}</a>'
        found = lines[ambition.id]
        rows.append({"ambition": link} | {name: len(found[name]) for name in found})
    headings = {name: f"{sign} {short}" for name, (sign, _, short) in wording.HOME_GROUPS.items()}
    return tables.table(
        pd.DataFrame(rows),
        "How many things got better, did not, are only watched, or are unknown",
        columns={"ambition": "Ambition", **headings},
        numeric=list(headings),
        html_columns=["ambition"],
    )


def ambition_cards(account: Account, lines: dict[str, Lines]) -> HTML:
    """Show a card for each ambition with some of what is known of it."""
    cards = [_card(ambition, lines[ambition.id]) for ambition in account.plan.ambitions]
    return HTML(f'<div class="ambition-cards">{"".join(cards)}</div>')


def _card(ambition: Part, lines: Lines) -> str:
    shown = {name: found for name, found in lines.items() if found or name != "watched"}
    parts = [_heading(name, len(found)) + _list(found, ambition) for name, found in shown.items()]
    return (
        f'<section class="ambition-card"><h3><a href="{ambition.page}.html">{ambition.id}. '
        f"{escape(ambition.title)}</a></h3><p>{escape(ambition.aim)}</p>{''.join(parts)}</section>"
    )


def _lines(account: Account, ambition: Part) -> Lines:
    """Give the lines of a card, by the group they stand in."""
    rows = account.serving(int(ambition.id))
    rows = rows[rows["role"] != "context"]
    known = has_figure(rows)
    better = rows[rows["summary_group"] == "improving_or_good"]
    worse = rows[rows["summary_group"].isin(["to_be_improved", "little_change"])]
    worse = worse.sort_values("summary_group", ascending=False, kind="stable")
    moved = rows["direction"].isin(["rose", "fell", "no_change"])
    watched = rows[(rows["summary_group"] == "not_judged") & moved]
    unknown = rows["summary_group"].isin(["no_recent_figure", "not_judged"]) & known
    unknown = rows[unknown & ~rows.index.isin(watched.index)]
    # What has come a long way since a baseline first: it is what a reader may have heard of.
    unknown = unknown.sort_values("since_baseline", key=pd.isna, kind="stable")
    lines = {
        "better": [_line(wording.news_line(row), row) for row in each_row(better)],
        "worse": [_line(_with_margin(row), row) for row in each_row(worse)],
        "watched": [_line(wording.news_line(row), row) for row in each_row(watched)],
        "unknown": [_line(wording.last_known_line(row), row) for row in each_row(unknown)],
    }
    for indicator in account.indicators_serving(int(ambition.id)):
        own = account.indicator_rows(indicator)
        if figures_for(own) == "none":
            link = f'<a href="{own["page"].iloc[0]}">{escape(indicator.title)}</a>'
            lines["unknown"].append(f"<li>{link}: no figure in our sources</li>")
    return lines


def _with_margin(row: object) -> str:
    """Say a finding that is not better; where it is only slightly worse, that too."""
    slightly = " (slightly worse, within the margin)"
    return wording.news_line(row) + slightly * (row.direction == "declining_within_margin")


def _line(words: str, row: object) -> str:
    return f"<li>{escape(words).replace(escape(row.title), measure_link(row), 1)}</li>"


def _heading(name: str, count: int) -> str:
    symbol, words, _ = wording.HOME_GROUPS[name]
    return (
        f'<h4 class="{name}"><span aria-hidden="true">{symbol}</span> {escape(words)}: '
        f'<span class="count">{count}</span></h4>'
    )


def _list(lines: list[str], ambition: Part) -> str:
    if not lines:
        return ""
    more = len(lines) - SHOWN
    rest = f'<li><a href="{ambition.page}.html">and {more} more</a></li>' if more > 0 else ""
    return f"<ul>{''.join(lines[:SHOWN])}{rest}</ul>"
