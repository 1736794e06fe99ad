"""Checks that find where published figures contradict themselves, one another, or their own rule.

What was published stands as it is; ours is set beside it. Each check is a pure function from the
tidy table and the definitions to findings, so no contradiction is ever typed in.
"""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date

import pandas as pd

from helpers.definitions import Definitions
from helpers.quality.documents import (
    claims_that_differ,
    comparisons_of_another_year,
    published_arrows,
    sources_that_differ,
    titles_and_units,
)
from helpers.quality.figures import (
    bases_that_differ,
    bases_that_exceed_their_limit,
    figures_that_exceed_their_limit,
    percentages_from_counts,
    same_share_twice,
    shares_of_a_whole,
    totals_of_parts,
    unlike_bases,
)
from helpers.quality.finding import Finding, Published
from helpers.quality.statements import (
    baselines_of_another_kind,
    quarters_in_words,
    restated_figures,
    stated_changes,
    stated_differences,
    two_readings,
    words_of_figures,
)


def data_quality(
    observations: pd.DataFrame,
    definitions: Definitions,
    assessments: pd.DataFrame,
    report_assessments: pd.DataFrame,
    as_at_day: date,
) -> pd.DataFrame:
    """Run every check over what had been published.

    Parameters
    ----------
    observations
        The tidy table as at the quarter's date.
    assessments
        The quarter's, for the reporting area.
    report_assessments
        The assessments of the quarter in which a plan's report appeared; the published arrows
        are checked against them.
    as_at_day
        Documents published later do not exist yet.

    Returns
    -------
    DataFrame
        One row a finding, contradictions first, with the fields of `Finding`.
    """
    published = Published(observations)
    findings = [
        *percentages_from_counts(published, definitions),
        *stated_changes(published, definitions),
        *stated_differences(published, definitions),
        *totals_of_parts(published, definitions),
        *shares_of_a_whole(published, definitions),
        *restated_figures(published, definitions),
        *figures_that_exceed_their_limit(published, definitions),
        *bases_that_exceed_their_limit(published, definitions),
        *words_of_figures(published, definitions),
        *quarters_in_words(published, definitions),
        *titles_and_units(definitions),
        *published_arrows(report_assessments),
        *sources_that_differ(published, definitions),
        *same_share_twice(published, definitions),
        *bases_that_differ(published, definitions),
        *unlike_bases(published, definitions),
        *comparisons_of_another_year(published, definitions),
        *claims_that_differ(definitions, as_at_day),
        *two_readings(published, definitions),
        *baselines_of_another_kind(assessments),
    ]
    names = [field.name for field in fields(Finding)]
    table = pd.DataFrame([asdict(finding) for finding in findings], columns=names)
    order = {"contradiction": 0, "caution": 1, "revision": 2}
    return table.sort_values("severity", key=lambda column: column.map(order), kind="stable")
