"""From an assessment to words: every sentence with a number or a direction is made here.

Plain English for a reader who has never seen a statistic. A sentence names both periods, says which
way is good, and never says better or worse where the rule does not.
"""

from helpers.formats import (
    format_change,
    format_relative,
    format_value,
    join_words,
    named,
    qualified,
    when,
)
from helpers.wording.changes import (
    since_baseline,
    stated_change,
    unclear_statement,
)
from helpers.wording.counts import (
    counts_sentence,
    findings_sentence,
    home_sentence,
    indicators_sentence,
    opening_sentence,
    recent_sentence,
    reproduced_sentence,
)
from helpers.wording.labels import (
    CHECKS,
    DIRECTIONS,
    FIGURES,
    HOME_GROUPS,
    MILESTONE_KINDS,
    MILESTONE_STATUSES,
    NOT_KNOWN,
    PERIOD_KINDS,
    POLARITIES,
    POLARITY_BASES,
    SUMMARY_GROUPS,
    WANTED,
)
from helpers.wording.lines import (
    last_known_line,
    news_line,
    summary_line,
)
from helpers.wording.promises import (
    due_in_words,
    milestone_evidence,
    milestone_target,
    nearest,
    promises_of_kind,
    without_date,
)
from helpers.wording.verdict import (
    counts_sentence_of,
    currency_note,
    from_to,
    how_we_judged,
    preceding_sentence,
    sentence,
)
from helpers.wording.weight import (
    BANDS,
    EVIDENCE,
    borderline_sentence,
    elsewhere_sentence,
    evidence_sentence,
    target_sentence,
    trend_sentence,
    variation_sentence,
)

__all__ = [
    "BANDS",
    "CHECKS",
    "DIRECTIONS",
    "EVIDENCE",
    "FIGURES",
    "HOME_GROUPS",
    "MILESTONE_KINDS",
    "MILESTONE_STATUSES",
    "NOT_KNOWN",
    "PERIOD_KINDS",
    "POLARITIES",
    "POLARITY_BASES",
    "SUMMARY_GROUPS",
    "WANTED",
    "borderline_sentence",
    "counts_sentence",
    "counts_sentence_of",
    "currency_note",
    "due_in_words",
    "elsewhere_sentence",
    "evidence_sentence",
    "findings_sentence",
    "format_change",
    "format_relative",
    "format_value",
    "from_to",
    "home_sentence",
    "how_we_judged",
    "indicators_sentence",
    "join_words",
    "last_known_line",
    "milestone_evidence",
    "milestone_target",
    "named",
    "nearest",
    "news_line",
    "opening_sentence",
    "preceding_sentence",
    "promises_of_kind",
    "qualified",
    "recent_sentence",
    "reproduced_sentence",
    "sentence",
    "since_baseline",
    "stated_change",
    "summary_line",
    "target_sentence",
    "trend_sentence",
    "unclear_statement",
    "variation_sentence",
    "when",
    "without_date",
]
