"""The pieces that a notebook's page is built of: findings, histories, statements, summaries.

Each takes rows and tables and gives something that shows itself in a notebook, on the site, and to
a screen reader. What they say comes from `helpers.wording`; nothing is computed here.
"""

from helpers.blocks.all_measures import all_measures
from helpers.blocks.calculation import calculation_steps
from helpers.blocks.changes import promises_changed, what_changed
from helpers.blocks.figures import elsewhere_table, figures_with_status
from helpers.blocks.finding import (
    finding,
    how_judged,
    paragraphs,
    remarks,
    said_first,
    said_of_age,
    source_of,
)
from helpers.blocks.indicators import (
    indicator_block,
    indicator_opening,
    indicator_table,
    missing,
    not_known,
)
from helpers.blocks.lists import (
    at_a_glance,
    direction_history,
    findings_list,
    followed,
    linked_list,
    measure_link,
    summary_cards,
)
from helpers.blocks.marks import marked_lede, part_mark
from helpers.blocks.measures import (
    figures_table,
    history,
    joined_series,
    measure_block,
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
    stated_points,
    summary_items,
)
from helpers.blocks.small_lines import small_line
from helpers.blocks.timeline import milestone_timeline

__all__ = [
    "all_measures",
    "ambition_cards",
    "ambition_counts",
    "ambition_lines",
    "at_a_glance",
    "calculation_steps",
    "commentary",
    "difference_list",
    "direction_history",
    "elsewhere_table",
    "figures_table",
    "figures_with_status",
    "finding",
    "findings_list",
    "followed",
    "further_figures",
    "history",
    "home_opening",
    "how_judged",
    "indicator_block",
    "indicator_opening",
    "indicator_table",
    "joined_series",
    "lede",
    "linked_list",
    "marked_lede",
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
    "paragraphs",
    "part_mark",
    "plain_contents",
    "plain_counts",
    "plain_glossary",
    "plain_lines",
    "plain_part",
    "plan_opening",
    "points",
    "promises_changed",
    "purpose",
    "quality_table",
    "quarter_note",
    "remarks",
    "said_and_shown",
    "said_first",
    "said_of_age",
    "show",
    "small_line",
    "source_of",
    "stated_points",
    "statements",
    "summary_cards",
    "summary_items",
    "what_changed",
]
