"""The rules of the short version: how long a sentence may be, and which words it explains."""

from __future__ import annotations

import re

from pydantic import field_validator

from helpers.entries import Entry, Text

LONGEST_SENTENCE = 15
"""Words that a sentence of the short version may have."""


def sentences(text: str) -> list[str]:
    """Split a text into its sentences; what has no full stop is one too.

    Examples
    --------
    >>> sentences("It was 6.3 days. That is long! A plan")
    ['It was 6.3 days.', 'That is long!', 'A plan']
    """
    return [part for part in re.split(r"(?<=[.!?])\s+", text.strip()) if part]


def without_long_sentences(text: str) -> str:
    """Return a text whose sentences are all short enough.

    Raises
    ------
    ValueError
        Naming the first that is not.
    """
    for sentence in sentences(text):
        if (count := len(sentence.split())) > LONGEST_SENTENCE:
            raise ValueError(
                f"'{sentence}' has {count} words: the short version has at most {LONGEST_SENTENCE} "
                "in a sentence"
            )
    return text


class PlainWord(Entry):
    """A word that the short version cannot do without, explained there.

    Parameters
    ----------
    in_full
        What a short form stands for.
    means
        In short sentences.
    """

    term: Text
    in_full: str = ""
    means: Text

    _short = field_validator("means")(without_long_sentences)
