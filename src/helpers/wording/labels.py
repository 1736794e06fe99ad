"""The words for directions, groups, kinds and statuses: each symbol with what it means."""

DIRECTIONS = {
    "improving": ("↑", "Improving"),
    "declining": ("↓", "Declining"),
    "declining_within_margin": ("⇄", "Slightly worse, within the margin"),
    "no_change": ("↔", "No change"),
    "rose": ("▲", "Rose"),
    "fell": ("▽", "Fell"),
    "not_comparable": ("n/a", "Not comparable"),
}
"""Each direction's symbol and words; a symbol never stands without its words."""

SUMMARY_GROUPS = {
    "improving_or_good": "Improving, or still good",
    "to_be_improved": "Got worse: to be improved",
    "little_change": "Little change",
    "not_judged": "Not judged",
    "no_recent_figure": "No recent figure",
}

POLARITIES = {
    "higher": "Higher is better.",
    "lower": "Lower is better.",
    "neutral": "Neither way counts as better.",
    "representative": "Closer to the benchmark is better.",
}

POLARITY_BASES = {
    "stated": "the document says so",
    "implied": "implied by the document",
    "ours": "our reading",
}

WANTED = {
    "": "",
    "up": "Should go up",
    "down": "Should go down",
    "monitor": "Watched, not judged",
}
"""What the arrow of an indicator wants, in words."""

FIGURES = {
    "all": "Has published figures",
    "part": "Figures for a part of it",
    "none": "No figure in our sources",
}

HOME_GROUPS = {
    "better": ("↑", "Got better", "Better"),
    "worse": ("↓", "Did not", "Not"),
    "watched": ("◇", "Watched", "Watched"),
    "unknown": ("?", "Nobody can tell yet", "Unknown"),
}
"""Each group's symbol, its words, and a short word for the heading of a narrow column."""

NOT_KNOWN = {
    "none": "Our sources have no figure",
    "part": "Only a part has figures",
    "old": "The newest figure is old",
}

PERIOD_KINDS = {
    "date": "a day",
    "month": "a month",
    "quarter": "a quarter",
    "term": "a term",
    "financial_year": "a financial year",
    "academic_year": "a school year",
    "calendar_year": "a calendar year",
    "year_to_september": "a year to September",
    "years": "several years",
    "range": "a stretch of time",
}

MILESTONE_KINDS = {
    "number_by_date": "A number by a date",
    "places_or_things": "A number of places",
    "in_place": "Something in place",
    "direction": "A change for the better",
    "qualitative_evidence": "Evidence in words",
}

MILESTONE_STATUSES = {
    "achieved": ("✓", "Achieved"),
    "on_track": ("↗", "On track"),
    "behind": ("↘", "Behind"),
    "missed": ("✗", "Missed"),
    "not_started": ("○", "Not started"),
    "no_evidence_yet": ("?", "No evidence yet"),
}
"""Each status's symbol and words; a symbol never stands without its words."""

CHECKS = {
    "percentage_from_counts": "Percentages that their own counts do not give",
    "stated_change": "Stated changes that the figures do not give",
    "stated_difference": "Stated differences from elsewhere that the figures do not give",
    "total_of_parts": "Totals that their parts do not add up to",
    "shares_of_a_whole": "Shares that do not add up to 100%",
    "restated_figure": "Figures that one document gives in two ways",
    "exceeds_its_limit": "Figures larger than they should be beside another",
    "base_exceeds_its_limit": "Shares of more than there are",
    "bases_that_differ": "Totals of the same group that differ",
    "impossible_counts": "Counts that cannot be",
    "words_of_figure": "Figures worded as something else",
    "quarter_in_words": "Yearly figures worded as a quarter's",
    "title_and_figure": "Titles that promise another kind of figure",
    "published_arrow": "Printed arrows that differ from what the rule gives",
    "sources_differ": "Figures that two publishers give differently",
    "same_share_twice": "The same percentage for two measures",
    "unlike_bases": "Percentages that rest on very different numbers of cases",
    "comparison_of_another_year": "Comparisons that belong to another year",
    "baseline_of_another_kind": "Changes between periods of different kinds",
    "two_readings": "Statements that can be read in two ways",
    "claims_that_differ": "What documents say of one another, and not alike",
    "revised_figure": "Figures that a later edition changed",
}
"""What each check of the data-quality page looks for, as its table's caption."""
