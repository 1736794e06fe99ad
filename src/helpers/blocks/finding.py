"""What a measure shows, on a page: the sentence, what stands beside it, and how it was judged."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import pandas as pd
from IPython.display import HTML

from helpers import tables, wording
from helpers.account import Account
from helpers.blocks.calculation import calculation_steps
from helpers.listed import has_own_page, own_page, page_name
from helpers.periods import day_label


def finding(account: Account, name: str) -> HTML:
    """Say what a measure shows, whether that is news, and how it was judged.

    Parameters
    ----------
    name
        The measure's reference in a plan, or its id (see `helpers.account.Account.measure`).
    """
    row = account.measure(name)
    beside = paragraphs(words for said in remarks(account, name).values() for words in said)
    shown = f"{said_first(row)}{beside}{said_of_age(row)}"
    own = f'<p class="own-page">{own_page_link(row)}</p>' if has_own_page(row) else ""
    return HTML(
        f'<div class="measure" id="{row["page"].partition("#")[2]}">{shown}'
        f"{how_judged(account, name, shown)}{own}</div>"
    )


def said_first(row: pd.Series) -> str:
    """Return a measure's sentence as HTML, with the direction's badge before it."""
    # Of what was never published there is nothing that could not be compared.
    known = row["latest_value"] is not None or row["latest_period"] or row["change_in_words"]
    badge = f"{tables.badge_of(row)} " if known else ""
    return f'<p class="sentence">{badge}{escape(wording.sentence(row))}</p>'


def said_of_age(row: pd.Series) -> str:
    """Return as HTML that a measure's latest figure is old; empty where it is not."""
    note = wording.currency_note(row)
    return f'<p class="old">{escape(note)}</p>' if note and row["latest_value"] is not None else ""


def remarks(account: Account, name: str) -> dict[str, list[str]]:
    """Say what stands beside a measure's verdict, by what it is about; some sentences are empty."""
    row = account.measure(name)
    measure = account.definitions.measures[row["measure_id"]]
    elsewhere = wording.elsewhere_sentence(row, _places(account))
    return {
        "chance": [wording.evidence_sentence(row), wording.borderline_sentence(row)],
        "elsewhere": [f"{elsewhere} {measure.elsewhere}".strip() if elsewhere else ""],
        "series": [wording.trend_sentence(row), wording.variation_sentence(row)],
        "figures": [
            wording.counts_sentence_of(row),
            wording.preceding_sentence(row),
            # Where the sentence compares with the baseline already, it is not said again.
            "" if row["baseline_period"] == row["previous_period"] else wording.since_baseline(row),
        ],
        "target": [wording.target_sentence(row)],
        "covers": [
            f"This is a part of what is asked for: {row['covers']}." if row["covers"] else ""
        ],
        "notes": [
            *(
                wording.unclear_statement(row, account.definitions.sources[row.source].document)
                for row in account.unclear(name)
            ),
            row["note"],
        ],
    }


def paragraphs(sentences: Iterable[str]) -> str:
    """Return sentences as HTML, each in a paragraph; empty ones are left out."""
    return "".join(f"<p>{escape(words)}</p>" for words in sentences if words)


def how_judged(account: Account, name: str, said: str = "") -> str:
    """Return as HTML how a measure was judged, step by step, behind a line that opens it.

    Parameters
    ----------
    said
        The HTML that stands above; what it says already is not said again.
    """
    row = account.measure(name)
    measure = account.definitions.measures[row["measure_id"]]
    judged = paragraphs([wording.how_we_judged(row), row["difference_reason"]])
    return (
        f'<details class="judged"><summary>How we judged this</summary>'
        f"<p>{escape(measure.definition)}</p>{judged}"
        f"{calculation_steps(account, name, said + judged).data}"
        f'<p class="sources">{escape(source_of(account, row))}</p></details>'
    )


def own_page_link(row: object) -> str:
    """Link from a measure to the page of its own indicator, which says more."""
    page, reference = own_page(row.plan, row.reference), escape(row.reference)
    # Where an indicator has several measures, its page has a place for each.
    place = "" if page_name(row.reference) == row.reference else f"#{row.page.partition('#')[2]}"
    return f'<a href="{page}{place}">Indicator {reference} on a page of its own</a>'


def source_of(account: Account, row: pd.Series) -> str:
    """Cite the document that a measure's latest figure comes from, and the place in it."""
    if not row["source"]:
        return "Source: none yet."
    source = account.definitions.sources[row["source"]]
    about = {"day": "", "month": "about ", "inferred": "about "}[source.precision]
    return (
        f"Source: {source.publisher}, {source.document}, published {about}"
        f"{day_label(source.published)}; {row['place']}."
    )


def _places(account: Account) -> dict[str, str]:
    """Return what the places are called that figures are compared with, by their kind."""
    areas = account.definitions.areas
    kinds = ("national", "region", "statistical_neighbours")
    named = {kind: [name for name in areas.of_kind(kind) if name != account.area] for kind in kinds}
    return {kind: names[0] for kind, names in named.items() if names}
