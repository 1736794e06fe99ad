"""The text of an indicator's own page: Markdown headings, and HTML made by the blocks of pages.

A page shows a measure's sentence first. An indicator with several measures has a section for each,
with what stands behind its sentence and chart folded away; one without any figure has a page too,
which says what is not published.
"""

from __future__ import annotations

import json
import re
from html import escape

from helpers import blocks, wording
from helpers.account import Account
from helpers.indicator_pages.places import belongs_to, downloads, neighbours, part_words
from helpers.indicators import has_figure
from helpers.listed import anchor, page_name
from helpers.plans import Indicator, Part, PlanMeasure
from helpers.rows import each_row

NOTHING_ELSEWHERE = "Our sources have no figure of another place for the same period."
FIGURES = "The figures"
MORE = "Its figures, what is counted, other places and past quarters"
MORE_WITHOUT_FIGURES = "What is counted, and what good looks like"
SIDE_BY_SIDE = "Every figure beside those of other places"
NOTHING_TO_TEST = "There is no change between two figures that could be tested."
NO_QUARTER = "In no quarter up to this one was there a figure."
BY_TODAYS_RULE = (
    "Each line is worked out by today’s rule, from what had been published by the day of its "
    "quarter."
)
AWAITED = (
    "Our sources have no reasons or actions for this indicator. The partnership’s commentary is "
    "awaited."
)


def page_text(account: Account, part: Part, indicator: Indicator) -> str:
    """Write an indicator's own page, as a ``.qmd`` that Quarto and the built-in renderer read.

    Parameters
    ----------
    account
        Of the plan that lists the indicator.
    part
        The part of the plan that the indicator stands in.
    """
    several = len(indicator.measures) > 1
    opening = [*_opening(account, indicator), blocks.missing(indicator)]
    sections = [
        _front(account, part, indicator),
        _raw(*opening, blocks.quarter_note(account)),
    ]
    if not several:
        (entry,) = indicator.measures
        sections.append(_chart(account, entry))
        sections += [f"## {name}\n\n{_raw(html)}" for name, html in _behind(account, entry)]
    sections += ["## Why it matters", _raw(blocks.indicator_opening(account, indicator))]
    if several:
        for entry in indicator.measures:
            title = blocks.followed(account.measure(entry.reference))
            sections += [f"## {in_markdown(title)}", _raw(_said(account, entry))]
            sections += [_chart(account, entry), _folded(account, entry)]
    sections += _official(account, part, indicator)
    sections += ["## Commentary and actions", _raw(_commentary(account, indicator))]
    sections += ["## Where it belongs", _raw(belongs_to(account, part, indicator))]
    sections += ["## Download its figures", _raw(downloads(account, indicator))]
    sections.append(_raw(neighbours(account, indicator)))
    return "\n\n".join(filter(None, sections)) + "\n"


def in_markdown(text: str) -> str:
    """Write a text so that Markdown, of Quarto or ours, shows it as it is.

    Examples
    --------
    >>> in_markdown("Plans [on time] & *early*")
    'Plans &#91;on time&#93; &#38; &#42;early&#42;'
    """
    return re.sub(r"[\\`*_\[\]{}<>&$@^~#|]", lambda sign: f"&#{ord(sign[0])};", text)


def _front(account: Account, part: Part, indicator: Indicator) -> str:
    plan, name = account.plan, page_name(indicator.measures[0].reference)
    of = f"[{in_markdown(part_words(part, plan))}](../../{part.page}.html)"
    whole = in_markdown(plan.short_title)
    whole = f"[{whole}](../../{plan.page}.html)" if plan.page else whole
    front = {
        "title": in_markdown(indicator.title),
        "subtitle": f"Indicator {name} of {of}, {whole}",
    }
    lines = [f"{key}: {json.dumps(text, ensure_ascii=False)}\n" for key, text in front.items()]
    return f"---\n{''.join(lines)}---"


def _raw(*parts: object) -> str:
    """Put HTML on the page as it is, links counted from the page's own folder; empty for none."""
    html = re.sub(r'(<a href=")(?![a-z][a-z0-9+.-]*:|[/#])', r"\1../../", _html(*parts))
    return f"```{{=html}}\n{html}\n```" if html else ""


def _html(*parts: object) -> str:
    """Join HTML and what shows itself as HTML; what is empty or None is left out."""
    shown = (part if isinstance(part, str) else part._repr_html_() for part in parts if part)
    return "".join(shown)


# ---------------------------------------------------------------------------------------- opening


def _opening(account: Account, indicator: Indicator) -> list:
    """Say first what the figures show: of one measure whole, of several a sentence for each."""
    rows = account.indicator_rows(indicator)
    known = has_figure(rows)
    nothing = blocks.lede(wording.no_figure_sentence(account.quarter.as_at)).data
    nothing = "" if known.any() else nothing
    if len(rows) == 1:
        return [_said(account, indicator.measures[0], nothing)]
    if nothing:
        return [nothing]
    here = rows.assign(page=[f"#{page.partition('#')[2]}" for page in rows["page"]])
    without = [f"<li>{blocks.measure_link(row)}</li>" for row in each_row(here[~known])]
    missing = f"<p>Our sources have no figure of:</p><ul>{''.join(without)}</ul>"
    return [blocks.findings_list(here[known]), missing if without else ""]


def _said(account: Account, entry: PlanMeasure, sentence: str = "") -> str:
    """Say what a measure shows, how old that is, and what to know of its figures.

    Parameters
    ----------
    sentence
        The HTML to begin with; empty: the measure's own sentence.
    """
    row, beside = account.measure(entry.reference), blocks.remarks(account, entry.reference)
    more = blocks.paragraphs([*beside["figures"], *beside["covers"], *beside["notes"]])
    said = f"{sentence or blocks.said_first(row)}{blocks.said_of_age(row)}{more}"
    return f'<div class="measure" id="{anchor(entry)}">{said}</div>'


# ----------------------------------------------------------------------------------- of a measure


def _chart(account: Account, entry: PlanMeasure) -> str:
    """Draw a measure over the periods; empty where there is nothing to draw."""
    return _raw(blocks.history(account, entry.reference))


def _folded(account: Account, entry: PlanMeasure) -> str:
    """Put what stands behind a measure's sentence behind a line that opens it."""
    behind = _behind(account, entry)
    listed = [f"<h3>{escape(heading)}</h3>{html}" for heading, html in behind]
    summary = MORE if behind[0][0] == FIGURES else MORE_WITHOUT_FIGURES
    return _raw(f'<details class="more"><summary>{summary}</summary>', *listed, "</details>")


def _behind(account: Account, entry: PlanMeasure) -> list[tuple[str, str]]:
    """Write what stands behind a measure's sentence, as headings with the HTML below each."""
    name = entry.reference
    row = account.measure(name)
    measure = account.definitions.measures[entry.measure]
    beside = blocks.remarks(account, name)
    sections = []
    figures = blocks.figures_with_status(account, name)
    if figures:
        # It lists every kind of period, so it would come again for each that is followed.
        others = not entry.follows and account.comparison_areas(name)
        everywhere = blocks.figures_table(account, name, SIDE_BY_SIDE) if others else None
        sections.append((FIGURES, _html(figures, everywhere)))
    sections += [
        ("What good looks like", _what_is_good(account, entry, beside["target"])),
        ("What is counted", _facts(wording.what_is_counted(row, measure))),
    ]
    if row["latest_value"] is not None:
        elsewhere = blocks.paragraphs(beside["elsewhere"])
        elsewhere = elsewhere or blocks.paragraphs([NOTHING_ELSEWHERE])
        table = blocks.elsewhere_table(account, name)
        sections.append(("How it is elsewhere", _html(elsewhere, table)))
    if row["latest_value"] is not None or row["change_in_words"]:
        sure = blocks.paragraphs([*beside["chance"], *beside["series"]])
        sure = sure or blocks.paragraphs([NOTHING_TO_TEST])
        judged = blocks.how_judged(account, name, f"{blocks.said_first(row)}{sure}")
        sections.append(("How sure this is", _html(sure, judged)))
    then = blocks.direction_history(account, name)
    history = _html(blocks.paragraphs([BY_TODAYS_RULE if then else NO_QUARTER]), then)
    sections.append(("Its direction, quarter by quarter", history))
    return sections


def _what_is_good(account: Account, entry: PlanMeasure, target: list[str]) -> str:
    row = account.measure(entry.reference)
    measure = account.definitions.measures[entry.measure]
    said = wording.what_is_good(row, account.plan.margin, account.plan.margin_basis)
    # Targets are the reporting area's own.
    if account.area == account.definitions.reporting_area:
        said.append(wording.targets_sentence(entry.targets, measure))
    return blocks.paragraphs([*said, *target])


def _facts(facts: list[tuple[str, str]]) -> str:
    """List names with what each means."""
    lines = [f"<dt>{escape(name)}</dt><dd>{escape(words)}</dd>" for name, words in facts]
    return f'<dl class="facts">{"".join(lines)}</dl>'


# -------------------------------------------------------------------------------- of the indicator


def _official(account: Account, part: Part, indicator: Indicator) -> list[str]:
    """List what is published near the indicator: official statistics, and figures in the text."""
    rows = account.assessed(
        plan=account.plan.id,
        part=part.id,
        indicator=indicator.number,
        role=["further", "official"],
    )
    rows = rows[has_figure(rows)]
    if rows.empty:
        return []
    caption = "Official statistics and further figures on the same subject"
    return [
        "## Near this indicator",
        _raw(
            "<p>Not what the indicator asks for, and not counted with it: what else is published "
            "on the same subject.</p>",
            blocks.at_a_glance(account, rows, caption),
        ),
    ]


def _commentary(account: Account, indicator: Indicator) -> str:
    """Show the reasons and actions that a report stated, or say that commentary is awaited."""
    stated, source = indicator.commentary, account.definitions.sources[account.plan.source]
    if account.area != account.definitions.reporting_area:
        about = escape(account.definitions.reporting_area)
        return f"<p>Published commentary is about {about} only.</p>"
    if stated and (stated.reasons or stated.actions) and source.published <= account.quarter.as_at:
        return (
            f'<div class="commentary"><p><strong>What the report said for {escape(stated.period)}'
            f"</strong></p>{blocks.stated_points(account, stated)}</div>"
        )
    return blocks.note(AWAITED).data
