"""Words that mean the same, so that who looks for one of them finds what has another."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from helpers.entries import Entry, Text
from helpers.errors import Problem

FILE = "data/raw/same-words.yml"


def spelt(text: str) -> str:
    """Return words as they are compared: in small letters, without hyphens and commas.

    Examples
    --------
    >>> spelt("Looked-after children’s, education")
    'looked after childrens education'
    """
    return " ".join(re.findall(r"[^\W_]+", re.sub("['’]", "", text.lower())))


def _has_a_word(text: str) -> str:
    if not spelt(text):
        raise ValueError("there is no letter or number in it")
    return text


Words = Annotated[Text, AfterValidator(_has_a_word)]


class SameWords(Entry):
    """A term, and what else people call the same.

    Parameters
    ----------
    term
        What the pages mostly say.
    also
        Its other names, short forms and long ones.
    """

    term: Words
    also: Annotated[list[Words], Field(min_length=1)]

    @property
    def names(self) -> tuple[str, ...]:
        """The term, and its other names."""
        return (self.term, *self.also)


def same_words_problems(groups: Iterable[SameWords]) -> Iterator[Problem]:
    """Find words that stand twice: nobody could tell what they mean the same as."""
    stands: dict[str, str] = {}
    for group in groups:
        for name in group.names:
            if first := stands.get(spelt(name)):
                found = f"'{name}' again: it stands under '{first}'"
                yield Problem(f"{FILE}, entry '{group.term}'", found, "keep it in one place")
            stands.setdefault(spelt(name), group.term)


def same_words_json(groups: Iterable[SameWords]) -> str:
    """Write groups of words as the scripts read them: lists of names.

    Examples
    --------
    >>> same_words_json([SameWords(term="hive", also=["bees’ home"])])
    '[["hive", "bees’ home"]]'
    """
    return json.dumps([group.names for group in groups], ensure_ascii=False)


def write_same_words(groups: Iterable[SameWords], path: Path) -> None:
    """Write them into a file, for the script that searches."""
    path.write_text(same_words_json(groups) + "\n", encoding="utf-8")
