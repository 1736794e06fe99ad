"""A published report beside the rule: its purpose, commentary, summary, arrows and errors."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import pandas as pd
from IPython.display import HTML

from helpers import tables, wording
from helpers.account import Account
from helpers.blocks.lists import at_a_glance, measure_link
from helpers.formats import join_words
from helpers.plans import Commentary, SummaryItem
from helpers.rows import each_row


def purpose(account: Account, number: int) -> HTML:
    """Say why an indicator matters, and which outcomes and priorities it serves."""
    indicator = account.indicator(number)
    bees = {bee.id: bee.name for bee in account.definitions.bees.bees}
    priorities = {entry.id: entry.name for entry in account.plan.corporate_priorities}
    tags = [f"Outcome Bee: {bees[name]}" for name in indicator.outcome_bees]
    tags += [f"Priority: {priorities[name]}" for name in indicator.corporate_priorities]
    items = "".join(f'<li class="tag">{escape(tag)}</li>' for tag in tags)
    return HTML(
        f'<p>{escape(indicator.why)}</p><ul class="tags" aria-label="What this serves">{items}</ul>'
    )


def commentary(account: Account, number: int) -> HTML | None:
    """Show the reasons and actions that a report stated, or say that commentary is awaited.

    The report speaks for the reporting area only; for other areas nothing is shown.
    """
    if account.area != account.definitions.reporting_area:
        return None
    stated = account.indicator(number).commentary
    if stated is None or not (stated.reasons or stated.actions):
        return HTML(
            '<p class="note">The report states no reasons or actions for this indicator. '
            "Commentary is awaited.</p>"
        )
    return HTML(
        f'<details class="commentary"><summary>What the report said for {escape(stated.period)}'
        f"</summary>{stated_points(account, stated)}</details>"
    )


def stated_points(account: Account, stated: Commentary) -> str:
    """Return as HTML the reasons and actions that a report stated, and where they stand."""
    parts = [
        f"<p>{heading}</p><ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"
        for heading, items in (
            ("What it says about the figures:", stated.reasons),
            ("What was being done, or planned:", stated.actions),
        )
        if items
    ]
    return (
        f"{''.join(parts)}"
        f'<p class="sources">In our words, from {escape(account.plan.title)}, {stated.place}. '
        "Our sources have no later commentary.</p>"
    )


def further_figures(account: Account, numbers: Iterable[int]) -> tables.Table | None:
    """List the further figures that the report gives for some indicators, in its text or tables."""
    numbers = list(numbers)
    rows = account.assessed(plan=account.plan.id, role="further", indicator=numbers)
    rows = rows[rows["latest_value"].notna()]
    if rows.empty:
        return None
    caption = f"Further figures the report gives for no. {join_words(map(str, numbers))}"
    return tables.folded(at_a_glance(account, rows, caption), "Further figures the report gives")


def summary_items(account: Account, items: Iterable[SummaryItem], caption: str) -> tables.Table:
    """List points of a published summary with what the rule says of them, then and now."""
    then = account.report_assessments.set_index(["role", "reference"])["direction"]
    rows = []
    for item in items:
        now = [account.measure(name) for name in [*item.references, *item.official]]
        links = "<br>".join(measure_link(row) for row in now)
        rows.append(
            {
                "point": item.text,
                "measure": links or "No figure was published for this.",
                "then": _badges(then["plan", name] for name in item.references),
                "now": "<br>".join(f"{tables.badge_of(row)} {_age(row)}" for row in now),
            }
        )
    return tables.table(
        pd.DataFrame(rows),
        caption,
        columns={
            "point": "The report says (in our words)",
            "measure": "Measure",
            "then": "By the rule, then",
            "now": "Now",
        },
        html_columns=["measure", "then", "now"],
        missing="no indicator",
        wide=["measure"],
    )


def difference_list(rows: pd.DataFrame) -> tables.Table:
    """List measures whose published arrow the rule does not give, with the reason."""
    listed = pd.DataFrame(
        {
            "measure": [
                f"{escape(row.reference)}. {measure_link(row)}"
                f'<span class="reason">{escape(row.difference_reason)}</span>'
                for row in each_row(rows)
            ],
            "printed": rows["published_direction"],
            "ours": [tables.direction_badge(name) for name in rows["direction"]],
        }
    )
    return tables.table(
        listed,
        "Arrows that the rule does not give, and why",
        columns={"measure": "Measure", "printed": "Printed", "ours": "By the rule"},
        html_columns=["measure", "ours"],
        wide=["measure"],
    )


def quality_table(account: Account, findings: pd.DataFrame, check: str) -> tables.Table:
    """List the findings of one check; what they all mean stands once, above the table."""
    titles = {measure.id: measure.title for measure in account.definitions.measures.values()}
    listed = pd.DataFrame(
        {
            "measure": findings["measure_id"].map(titles).fillna(""),
            "area": findings["area"],
            "period": findings["period"].str.replace("academic year", "school year"),
            "found": findings["found"],
            "expected": findings["expected"],
            "why": findings["explanation"],
            "place": findings["place"],
        }
    )
    headings = {
        "measure": "Measure",
        "area": "Area",
        "period": "Period",
        "found": "Found",
        "expected": "Expected",
        "why": "What it means",
        "place": "Where",
    }
    alike = set(findings["explanation"])
    meaning = f" {alike.pop()}" if len(alike) == 1 else ""
    useless = {"why"} if meaning else set()
    useless |= {"area"} if findings["area"].nunique() == 1 else set()
    shown = {
        name: words
        for name, words in headings.items()
        if name not in useless and any(listed[name] != "")
    }
    caution = " (cautions)" if set(findings["severity"]) == {"caution"} else ""
    caption = f"{wording.CHECKS[check]}{caution}.{meaning}"
    return tables.table(
        listed, caption, columns=shown, missing="", wide=["found", "expected", "why", "place"]
    )


def _badges(directions: Iterable[str]) -> str | None:
    return "<br>".join(map(tables.direction_badge, directions)) or None


def _age(row: pd.Series) -> str:
    """Say which period a figure is for, and that it is old where it is."""
    if not row["latest_period"]:
        return "no figure yet"
    period = row["latest_period"].replace("academic year", "school year")
    return f"({period})" if row["currency"] == "current" else f"({period}, old)"
