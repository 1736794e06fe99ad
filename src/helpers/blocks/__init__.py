"""The pieces that a notebook's page is built of: findings, histories, statements, summaries.

Each takes rows and tables and gives something that shows itself in a notebook, on the site, and to
a screen reader. What they say comes from `helpers.wording`; nothing is computed here.
"""

from helpers.blocks.calculation import calculation_steps
from helpers.blocks.indicators import (
    indicator_block,
    indicator_opening,
    indicator_table,
    missing,
    not_known,
)
from helpers.blocks.lists import (
    at_a_glance,
    findings_list,
    linked_list,
    measure_link,
    summary_cards,
    what_changed,
)
from helpers.blocks.measures import (
    figures_table,
    finding,
    history,
    joined_series,
    measure_block,
    source_of,
)
from helpers.blocks.opening import (
    lede,
    note,
    plan_opening,
    quarter_note,
    show,
)
from helpers.blocks.overview import (
    ambition_cards,
    ambition_counts,
    ambition_lines,
    home_opening,
)
from helpers.blocks.plain import (
    plain_contents,
    plain_counts,
    plain_glossary,
    plain_lines,
    plain_part,
)
from helpers.blocks.promises import (
    milestone_badge,
    milestone_counts,
    milestone_place,
    milestone_table,
    points,
    said_and_shown,
    statements,
)
from helpers.blocks.report import (
    commentary,
    difference_list,
    further_figures,
    purpose,
    quality_table,
    summary_items,
)
from helpers.blocks.timeline import milestone_timeline

__all__ = [
    "ambition_cards",
    "ambition_counts",
    "ambition_lines",
    "at_a_glance",
    "calculation_steps",
    "commentary",
    "difference_list",
    "figures_table",
    "finding",
    "findings_list",
    "further_figures",
    "history",
    "home_opening",
    "indicator_block",
    "indicator_opening",
    "indicator_table",
    "joined_series",
    "lede",
    "linked_list",
    "measure_block",
    "measure_link",
    "milestone_badge",
    "milestone_counts",
    "milestone_place",
    "milestone_table",
    "milestone_timeline",
    "missing",
    "not_known",
    "note",
    "plain_contents",
    "plain_counts",
    "plain_glossary",
    "plain_lines",
    "plain_part",
    "plan_opening",
    "points",
    "purpose",
    "quality_table",
    "quarter_note",
    "said_and_shown",
    "show",
    "source_of",
    "statements",
    "summary_cards",
    "summary_items",
    "what_changed",
]
