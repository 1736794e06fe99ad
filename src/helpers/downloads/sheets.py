"""What stands on each sheet of the workbook: a selection of columns, in words for readers."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from helpers.definitions import Definitions
from helpers.downloads.fields import Column, tables
from helpers.periods import day_label
from helpers.wording import CHECKS

NOT_PUBLISHED, NOT_APPLICABLE = "[x]", "[z]"
"""The Analysis Function's shorthand for a cell in which there is nothing."""

NOTES = {
    "direction": (
        "The direction compares the latest figure with the previous one by the plan's rule: a "
        "change for the worse of no more than the plan's margin is only slightly worse. What is "
        "rose or fell has no good way. The page Methods gives the whole rule."
    ),
    "good": "Which way is good within the plan that lists the measure.",
    "chance": (
        "Whether chance alone could have made the change. It can only be tested where the number "
        "of cases is published."
    ),
    "range": "Lower and upper end of the 95% confidence interval of the latest figure.",
    "old": (
        "Old: the latest figure is too long ago to say how things are now. It is shown with its "
        "period, and is not counted as getting better or worse."
    ),
    "unit": (
        "Figures are in the unit beside them. A change of a percentage is in percentage points."
    ),
    "elsewhere": "The figure for the same period elsewhere, where a source gives one.",
    "as_published": "What is printed in the document, before we read it as a number.",
    "evidence": (
        "A promise counts as kept only where a published figure or document shows it. Without "
        "such evidence the status is: no evidence yet."
    ),
}
"""Notes on columns, by a short name; the workbook numbers them."""


@dataclass(frozen=True)
class Sheet:
    """A sheet of the workbook.

    Parameters
    ----------
    table
        The table whose rows stand there.
    columns
        Its columns in the sheet's order, each with its width in letters.
    notes
        Column -> note in `NOTES`.
    """

    table: str
    columns: Mapping[str, int]
    notes: Mapping[str, str]


SHEETS = {
    "Assessments": Sheet(
        "assessments",
        {
            "plan": 26,
            "part": 24,
            "reference": 14,
            "role": 24,
            "title": 44,
            "unit": 16,
            "latest_value": 12,
            "latest_period": 18,
            "previous_value": 12,
            "previous_period": 18,
            "change": 12,
            "direction": 18,
            "direction_reason": 44,
            "polarity": 22,
            "currency": 12,
            "summary_group": 20,
            "change_in_words": 36,
            "evidence": 22,
            "latest_lower": 12,
            "latest_upper": 12,
            "target_value": 12,
            "target_met": 10,
            "national_value": 12,
            "region_value": 12,
            "neighbours_value": 12,
            "note": 44,
            "source": 36,
            "place": 30,
            "published": 18,
            "measure_id": 30,
        },
        {
            "unit": "unit",
            "direction": "direction",
            "polarity": "good",
            "currency": "old",
            "evidence": "chance",
            "latest_lower": "range",
            "national_value": "elsewhere",
        },
    ),
    "Observations": Sheet(
        "observations",
        {
            "title": 44,
            "area": 24,
            "breakdown": 14,
            "period": 22,
            "kind": 24,
            "against": 18,
            "qualifier": 12,
            "value": 12,
            "unit": 16,
            "numerator": 12,
            "denominator": 14,
            "status": 18,
            "statement": 16,
            "published": 18,
            "source": 36,
            "place": 30,
            "as_published": 24,
            "note": 44,
            "measure_id": 30,
        },
        {"unit": "unit", "as_published": "as_published"},
    ),
    "Promises": Sheet(
        "milestones",
        {
            "reference": 12,
            "area_title": 36,
            "text": 50,
            "kind": 20,
            "target": 20,
            "due": 18,
            "due_as_published": 18,
            "due_passed": 12,
            "status": 18,
            "evidence": 60,
            "nearest": 50,
            "needed": 50,
        },
        {"status": "evidence"},
    ),
    "Data quality": Sheet(
        "data_quality",
        {
            "check": 34,
            "severity": 24,
            "title": 44,
            "period": 18,
            "area": 20,
            "found": 30,
            "expected": 30,
            "explanation": 44,
            "source": 36,
            "place": 30,
        },
        {},
    ),
}


def column_of(sheet: Sheet, name: str) -> Column:
    """Return what a column of a sheet means; title and unit stand with the assessments."""
    own = tables()[sheet.table].columns
    return own[name] if name in own else tables()["assessments"].columns[name]


def readable(
    row: Mapping[str, str], name: str, column: Column, definitions: Definitions
) -> str | float:
    """Write a cell for people: names in place of ids, words in place of codes.

    Returns
    -------
    str or float
        A number where it is one, so that it can be added up; `NOT_PUBLISHED` for a number that
        there is none of, and `NOT_APPLICABLE` where there is nothing to say.
    """
    text = row[name] if name in row else _of_measure(row, name, definitions)
    if not text:
        return NOT_PUBLISHED if column.type == "number" else NOT_APPLICABLE
    if column.type == "number":
        return float(text)
    if column.type == "date":
        return day_label(date.fromisoformat(text))
    if name == "plan" and text in definitions.plans:
        return definitions.plans[text].title
    if name == "part" and row["plan"] in definitions.plans:
        part = definitions.plans[row["plan"]].part(text)
        return f"{text}. {part.short_title}" if text[:1].isdigit() else part.short_title
    if name == "source" and text in definitions.sources:
        return definitions.sources[text].document
    words = CHECKS.get(text, text) if name == "check" else column.values.get(text, text)
    return words if any(map(str.isalnum, words)) else spelt_out(words)


def spelt_out(signs: str) -> str:
    """Name signs that stand alone, which a screen reader would leave out.

    Examples
    --------
    >>> spelt_out("↓"), spelt_out("–")
    ('downwards arrow', 'en dash')
    """
    return ", ".join(unicodedata.name(sign, "sign").lower() for sign in signs if sign.strip())


_UNIT_OF_CHANGE = {
    "change_percent": "percent",
    "change_points": "percentage_points",
    "difference_points": "percentage_points",
    "unclear": "",
}


def _of_measure(row: Mapping[str, str], name: str, definitions: Definitions) -> str:
    """Return the title or unit of a row's measure; a change has a unit of its own."""
    if name == "unit" and row.get("kind") in _UNIT_OF_CHANGE:
        return _UNIT_OF_CHANGE[row["kind"]]
    measure = definitions.measures.get(row["measure_id"])
    return getattr(measure, name) if measure and name in ("title", "unit") else ""
