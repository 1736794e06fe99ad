"""The pieces that a notebook's page is built of: findings, histories, commentary, summaries.

Each takes rows and tables and gives something that shows itself in a notebook, on the site, and to
a screen reader. What they say comes from `helpers.wording`; nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import pandas as pd
from IPython.display import HTML, display

from helpers import charts, tables, wording
from helpers.account import Account
from helpers.definitions import SummaryItem
from helpers.periods import day_label, parse_period

AXIS_UNITS = {
    "percent": "%",
    "percentage_points": "percentage points",
    "points": "points",
    "number": "",
    "pounds": "£",
    "days": "days",
    "rate_per_10000": "per 10,000",
    "rate_per_100000": "per 100,000",
    "rank": "place",
}


_UNIT_IN_CAPTION = ("percentage_points", "points", "days", "rate_per_10000", "rate_per_100000")
"""Units too long to repeat in every cell of a table."""


def show(*parts: object) -> None:
    """Show each part below the cell, in order; a part that is None is left out."""
    for part in parts:
        if part is not None:
            display(part)


def quarter_note(account: Account) -> HTML:
    """Say which quarter and area this is, and up to what day figures count."""
    quarter = account.quarter
    return HTML(
        f'<p class="quarter-note"><strong>{escape(quarter.quarter)}</strong> <span>'
        f"{escape(account.area)}, from figures published by {day_label(quarter.as_at)}. The newest "
        f"publication used is of {day_label(max(account.observations['published']))}.</span></p>"
    )


def lede(words: str) -> HTML:
    """Show the page's opening sentence."""
    return HTML(f'<p class="lede">{escape(words)}</p>')


def note(words: str) -> HTML:
    """Show a remark on the figures of the page."""
    return HTML(f'<p class="note">{escape(words)}</p>')


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


def finding(account: Account, name: str) -> HTML:
    """Say what a measure shows, whether that is news, and how it was judged.

    Parameters
    ----------
    name
        The measure's reference in the plan, or its id.
    """
    row = account.measure(name)
    measure = account.definitions.measures[row["measure_id"]]
    note = wording.currency_note(row)
    old = f'<p class="old">{escape(note)}</p>' if note and row["latest_value"] is not None else ""
    beside = (
        wording.counts_sentence_of(row),
        wording.preceding_sentence(row),
        wording.target_sentence(row),
        row["note"],
    )
    beside = "".join(f"<p>{escape(words)}</p>" for words in beside if words)
    judged = [wording.how_we_judged(row), row["difference_reason"]]
    judged = "".join(f"<p>{escape(words)}</p>" for words in judged if words)
    return HTML(
        f'<div class="measure" id="{anchor(row)}">'
        f'<p class="sentence">{tables.direction_badge(row["direction"])} '
        f"{escape(wording.sentence(row))}</p>{beside}{old}"
        f'<details class="judged"><summary>How we judged this</summary>'
        f"<p>{escape(measure.definition)}</p>{judged}"
        f'<p class="sources">{escape(source_of(account, row))}</p></details></div>'
    )


def source_of(account: Account, row: pd.Series) -> str:
    """Cite the document that a measure's latest figure comes from, and the place in it."""
    if not row["source"]:
        return "Source: none yet."
    source = account.definitions.sources[row["source"]]
    figures = account.figures(row["measure_id"])
    place = figures["place"].iloc[-1]
    about = {"day": "", "month": "about ", "inferred": "about "}[source.precision]
    return (
        f"Source: {source.publisher}, {source.document}, published {about}"
        f"{day_label(source.published)}; {place}."
    )


def history(account: Account, name: str, compare: bool = True) -> charts.Chart | None:
    """Draw a measure's figures: a line from three periods on, bars for two, none for fewer.

    Two figures that must not be compared are not drawn either.

    Parameters
    ----------
    compare
        Whether up to three other areas with three or more figures are drawn beside.
    """
    row = account.measure(name)
    measure = account.definitions.measures[row["measure_id"]]
    figures = _of_one_kind(account.figures(name), row)
    values = figures["value"].notna().sum()
    words = {"measure": row["title"], "area": account.area, "format_value": _formatter(row)}
    if values < 2:
        return None
    if values == 2 and row["direction"] == "not_comparable" and row["previous_value"] is not None:
        return None  # Bars side by side would invite the comparison that must not be made.
    if values == 2:
        return charts.before_after(figures, **words)
    others = account.comparison_areas(name) if compare else {}
    others = {area: _of_one_kind(table, row) for area, table in others.items()}
    others = {area: table for area, table in others.items() if table["value"].notna().sum() > 2}
    breaks = [
        (parse_period(entry.from_period, measure.year_type).start, "New definition")
        for entry in measure.breaks
    ]
    return charts.trend(
        figures,
        unit=AXIS_UNITS[measure.unit],
        comparators=dict(list(others.items())[:3]),
        target=row["target_value"],
        breaks=breaks,
        frequency=measure.frequency,
        **words,
    )


def figures_table(account: Account, name: str) -> tables.Table | None:
    """List every figure of a measure, for all areas, behind a line that opens it."""
    row = account.measure(name)
    areas = {account.area: account.figures(name), **account.comparison_areas(name)}
    areas = {area: figures for area, figures in areas.items() if len(figures)}
    if not areas:
        return None
    unit = "number" if row["unit"] in _UNIT_IN_CAPTION else row["unit"]
    columns = {
        area: figures.assign(
            shown=[_shown(figure, unit, row["decimals"]) for figure in figures.itertuples()]
        ).set_index(["period_end", "period"])["shown"]
        for area, figures in areas.items()
    }
    listed = pd.DataFrame(columns).sort_index(ascending=False).reset_index()
    listed = listed.drop(columns="period_end").rename(columns={"period": "Period"})
    unit = AXIS_UNITS[row["unit"]] if row["unit"] in _UNIT_IN_CAPTION else ""
    title = f"{row['title']}, {unit}" if unit else row["title"]
    made = tables.table(listed, f"{title}: every published figure", "Period", numeric=columns)
    return tables.folded(made, "Every figure in a table")


def measure_block(account: Account, name: str, compare: bool = True) -> None:
    """Show a measure whole: its finding, its history as a chart, and every figure in a table."""
    show(
        finding(account, name),
        history(account, name, compare),
        figures_table(account, name),
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
    parts = [
        f"<p>{heading}</p><ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"
        for heading, items in (
            ("What it says about the figures:", stated.reasons),
            ("What was being done, or planned:", stated.actions),
        )
        if items
    ]
    return HTML(
        f'<details class="commentary"><summary>What the report said for {escape(stated.period)}'
        f"</summary>{''.join(parts)}"
        f'<p class="sources">In our words, from {escape(account.plan.title)}, {stated.place}. '
        "Our sources have no later commentary.</p></details>"
    )


def at_a_glance(
    account: Account, rows: pd.DataFrame, caption: str, with_ambition: bool = False
) -> tables.Table:
    """List measures with their latest figure, its direction, and the figure before."""
    listed = pd.DataFrame(
        {
            "Measure": [
                f"{escape(row.reference)}{'. ' if row.reference else ''}{measure_link(row)}"
                for row in rows.itertuples()
            ],
            "Latest": [_figure(row, "latest") for row in rows.itertuples()],
            "Direction": [_direction_and_age(row) for row in rows.itertuples()],
            "Before": [_figure(row, "previous") for row in rows.itertuples()],
        }
    )
    if with_ambition:
        names = {entry.number: entry.short_title for entry in account.plan.ambitions}
        listed["Ambition"] = [escape(f"{number}. {names[number]}") for number in rows["ambition"]]
    return tables.table(listed, caption, "Measure", html_columns=list(listed.columns))


def anchor(row: object) -> str:
    """Return the place of a measure on its ambition's page; the same in every quarter."""
    return f"measure-{row.reference or row.measure_id}"


def measure_link(row: object) -> str:
    """Link to a measure's place on its ambition's page; further figures have only their title."""
    title = escape(row.title)
    if row.role == "further":
        return title
    return f'<a href="ambition-{row.ambition}.html#{anchor(row)}">{title}</a>'


def further_figures(account: Account, numbers: Iterable[int]) -> tables.Table | None:
    """List the further figures that the report gives for some indicators, in its text or tables."""
    numbers = list(numbers)
    rows = account.assessments
    rows = rows[
        (rows["role"] == "further")
        & rows["indicator"].isin([str(number) for number in numbers])
        & rows["latest_value"].notna()
    ]
    if rows.empty:
        return None
    caption = f"Further figures the report gives for no. {wording.join_words(map(str, numbers))}"
    return tables.folded(at_a_glance(account, rows, caption), "Further figures the report gives")


def findings_list(rows: pd.DataFrame) -> HTML:
    """List what measures show as sentences, each with its direction and a link to its place."""
    items = [
        f"<li>{tables.direction_badge(row.direction)} "
        + escape(wording.sentence(row)).replace(escape(row.title), measure_link(row), 1)
        + "</li>"
        for row in rows.itertuples()
    ]
    return HTML(f'<ul class="findings">{"".join(items)}</ul>')


def summary_cards(account: Account, rows: pd.DataFrame) -> HTML:
    """Show how many measures stand under each heading of the executive summary, and which."""
    cards = []
    for group, heading in wording.SUMMARY_GROUPS.items():
        members = rows[rows["summary_group"] == group]
        if members.empty:
            continue
        cards.append(
            f'<section class="headline-group {group}"><h3><span class="count">{len(members)}'
            f'</span> <span class="label">{escape(heading)}</span></h3>'
            f"{_card_list(members)}</section>"
        )
    return HTML(f'<div class="headline-groups">{"".join(cards)}</div>')


def what_changed(account: Account, rows: pd.DataFrame) -> HTML:
    """Say what is new since the quarter before: newer figures, and directions that turned."""
    if account.last_quarter is None:
        return HTML('<p class="note">This is the first quarter there is an account of.</p>')
    before = account.last_assessments.set_index(["measure_id", "role", "reference"])
    items = []
    for row in rows.itertuples():
        key = (row.measure_id, row.role, row.reference)
        if key not in before.index:
            items.append(f"New here: {row.title}.")
            continue
        last = before.loc[key]
        if (row.latest_period, row.latest_value) != (last.latest_period, last.latest_value):
            items.append(f"New or changed figure. {wording.sentence(row)}")
        elif row.currency != last.currency:
            items.append(f"{row.title}: now counted as having no recent figure.")
    quarter = escape(account.last_quarter.quarter)
    if not items:
        return HTML(f"<p>Nothing has changed since {quarter}: no newer figure was published.</p>")
    listed = "".join(f"<li>{escape(item)}</li>" for item in items)
    return HTML(f"<p>Since {quarter}:</p><ul>{listed}</ul>")


def home_opening(account: Account, rows: pd.DataFrame) -> HTML:
    """Open the home page: what the account is of, and what can and cannot be told this quarter."""
    plan, source = account.plan, account.definitions.sources[account.plan.source]
    return HTML(
        f'<p class="lede">{escape(wording.opening_sentence(rows))}</p>'
        f"<p>This is an account of the {escape(plan.title)} in {escape(account.area)}, made from "
        "published figures. It is not an official site of any council. Our sources are the plan’s "
        f"report, <em>{escape(source.document)}</em>, and official statistics that count the same "
        f"things.</p>{quarter_note(account).data}"
    )


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
                "now": "<br>".join(
                    f"{tables.direction_badge(row['direction'])} {_age(row)}" for row in now
                ),
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
    )


def linked_list(rows: pd.DataFrame, heading: str) -> HTML | None:
    """List measures with links to their places; None where there are none."""
    if rows.empty:
        return None
    items = "".join(
        f"<li>{measure_link(row)}: {tables.direction_badge(row.direction)}</li>"
        for row in rows.itertuples()
    )
    return HTML(f"<h3>{escape(heading)}</h3><ul>{items}</ul>")


def difference_list(rows: pd.DataFrame) -> tables.Table:
    """List measures whose published arrow the rule does not give, with the reason."""
    listed = pd.DataFrame(
        {
            "measure": [
                f"{escape(row.reference)}. {measure_link(row)}"
                f'<span class="reason">{escape(row.difference_reason)}</span>'
                for row in rows.itertuples()
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
    )


def quality_table(account: Account, findings: pd.DataFrame, check: str) -> tables.Table:
    """List the findings of one check; what they all mean stands once, above the table."""
    titles = {measure.id: measure.title for measure in account.definitions.measures.values()}
    listed = pd.DataFrame(
        {
            "measure": findings["measure_id"].map(titles),
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
    return tables.table(listed, caption, columns=shown, missing="")


def _badges(directions: Iterable[str]) -> str | None:
    return "<br>".join(map(tables.direction_badge, directions)) or None


def _age(row: pd.Series) -> str:
    """Say which period a figure is for, and that it is old where it is."""
    if not row["latest_period"]:
        return "no figure yet"
    period = row["latest_period"].replace("academic year", "school year")
    return f"({period})" if row["currency"] == "current" else f"({period}, old)"


def _card_list(members: pd.DataFrame) -> str:
    lines = [
        f"<li>{escape(wording.summary_line(row))}</li>"
        for row in members.itertuples()
        if row.summary_group != "no_recent_figure"
    ]
    return f"<ul>{''.join(lines)}</ul>" if lines else ""


def _formatter(row: pd.Series):
    return lambda value: wording.format_value(value, row["unit"], row["decimals"])


def _figure(row: object, which: str) -> str:
    """Write the latest or the previous figure with its period below it."""
    value, period = getattr(row, f"{which}_value"), getattr(row, f"{which}_period")
    if not period:
        return "none"
    period = period.replace("academic year", "school year")
    shown = wording.format_value(value, row.unit, row.decimals)
    return f'{escape(shown)} <span class="period">{escape(period)}</span>'


def _direction_and_age(row: object) -> str:
    age = {"current": "", "old": "old figure", "no_figure": "no figure"}[row.currency]
    marker = f' <span class="age">{age}</span>' if age else ""
    return tables.direction_badge(row.direction) + marker


def _shown(figure: object, unit: str, decimals: int) -> str:
    """Write one figure of a table with its counts, and a mark where it is not final."""
    if figure.value is None:
        return "not published"
    words = wording.qualified(figure.value, unit, decimals, figure.qualifier)
    if figure.numerator is not None and figure.denominator:
        words += f" ({figure.numerator:,} of {figure.denominator:,})"
    return f"{words}, {figure.status}" if figure.status else words


def _of_one_kind(figures: pd.DataFrame, row: pd.Series) -> pd.DataFrame:
    """Keep the figures for the kind of period the latest one has: only those are comparable."""
    return figures[figures["period_kind"] == row["latest_period_kind"]].reset_index(drop=True)
