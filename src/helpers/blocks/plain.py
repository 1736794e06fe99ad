"""The pieces of the short version: what is known of each part of a plan, in short sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from html import escape

import pandas as pd
from IPython.display import HTML

from helpers.plain_words import PlainWord
from helpers.rows import each_row
from helpers.wording import plain


def plain_lines(sentences: Iterable[str]) -> HTML:
    """Show sentences in large type, each in a line of its own."""
    lines = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    return HTML(f'<div class="plain lines">{lines}</div>')


def plain_counts(groups: Iterable[str]) -> HTML:
    """Say how many things got better, got worse, and so on, each beside its sign."""
    lines = plain.count_sentences(Counter(groups))
    items = "".join(
        f'<li class="{name}">{_sign(name)} {escape(line)}</li>' for name, line in lines.items()
    )
    return HTML(f'<ul class="plain counts">{items}</ul>')


def plain_contents(parts: Iterable[tuple[str, str]]) -> HTML:
    """Link to the parts of the page, by their page's name and their title."""
    links = "".join(
        f'<li><a href="#{_place(page)}">{escape(title)}</a></li>' for page, title in parts
    )
    return HTML(f'<ul class="plain jump">{links}</ul>')


def plain_part(title: str, about: str, page: str, rows: pd.DataFrame) -> HTML:
    """Show what is known of one part of a plan: what got better, what did not, what nobody knows.

    Parameters
    ----------
    about
        What the part is for; may be empty.
    page
        The part's own page, which has everything.
    rows
        Assessments with the columns ``plain``, the measure's name, and ``group``, as
        `helpers.wording.plain.group_of` gives it.
    """
    groups = [
        _group(name, rows[rows["group"] == name])
        for name in plain.GROUPS
        if (rows["group"] == name).any()
    ]
    about = f"<p>{escape(about)}</p>" if about else ""
    groups = groups or ["<p>There is no more to tell here.</p>"]
    return HTML(
        f'<section class="plain" id="{_place(page)}"><h3>{escape(title)}</h3>{about}'
        f"{''.join(groups)}"
        f'<p><a href="{page}.html">All about {escape(title)}</a></p></section>'
    )


def plain_glossary(words: Iterable[PlainWord]) -> HTML:
    """Explain the words that could not be done without."""
    entries = "".join(
        f"<dt>{escape(word.term)}{f' ({escape(word.in_full)})' if word.in_full else ''}</dt>"
        f"<dd>{escape(word.means)}</dd>"
        for word in words
    )
    return HTML(f'<div class="plain"><dl class="glossary">{entries}</dl></div>')


def _group(name: str, rows: pd.DataFrame) -> str:
    """List a group's measures; what is not known stands behind a line that opens it."""
    words = plain.GROUPS[name][1]
    lead = f"<p>{plain.LEADS[name]}</p>" if name in plain.LEADS else ""
    listed = f"{lead}<ul>{''.join(_item(row) for row in each_row(rows))}</ul>"
    if name in plain.NOT_KNOWN:
        summary = f"<summary>{_sign(name)} {words}: {len(rows)}</summary>"
        return f'<details class="figures group-{name}">{summary}{listed}</details>'
    return f'<h4 class="{name}">{_sign(name)} {words}</h4>{listed}'


def _sign(name: str) -> str:
    return f'<span class="sign" aria-hidden="true">{plain.GROUPS[name][0]}</span>'


def _place(page: str) -> str:
    return f"short-{page}"


def _item(row: object) -> str:
    """Name a measure, with a link to the exact figure and its source, and say what it shows."""
    link = f'<a href="{row.page}">{escape(row.plain)}</a>'
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in plain.sentences_of(row))
    return f"<li><p>{link}</p>{said}</li>"
