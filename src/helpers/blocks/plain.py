"""The pieces of the short version: what is known of each part of a plan, in short sentences."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import pandas as pd
from IPython.display import HTML

from helpers.plain_words import PlainWord
from helpers.wording import plain


def plain_lines(sentences: Iterable[str]) -> HTML:
    """Show sentences in large type, each in a line of its own."""
    lines = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    return HTML(f'<div class="plain lines">{lines}</div>')


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
    return HTML(
        f'<section class="plain"><h3>{escape(title)}</h3>{about}{"".join(groups)}'
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
    symbol, words = plain.GROUPS[name]
    lead = f"<p>{plain.LEADS[name]}</p>" if name in plain.LEADS else ""
    items = "".join(_item(row) for row in rows.itertuples())
    return (
        f'<h4 class="{name}"><span aria-hidden="true">{symbol}</span> {words}</h4>{lead}'
        f"<ul>{items}</ul>"
    )


def _item(row: object) -> str:
    """Name a measure, with a link to the exact figure and its source, and say what it shows."""
    link = f'<a href="{row.page}">{escape(row.plain)}</a>'
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in plain.sentences_of(row))
    return f"<li><p>{link}</p>{said}</li>"
