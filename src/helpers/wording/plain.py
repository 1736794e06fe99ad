"""What a measure shows, for young people and families: short words, one idea a sentence.

The verdicts are those of the other pages; only the words and the rounding differ. Nothing is called
better or worse here that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from helpers.formats import qualified, when

GROUPS = {
    "better": ("↑", "Got better"),
    "worse": ("↓", "Got worse"),
    "same": ("=", "Much the same"),
    "watched": ("◇", "Went up or down"),
    "single": ("•", "Nothing to compare with"),
    "told": ("~", "Not told in full"),
    "old": ("…", "Only an old number"),
    "unknown": ("?", "No number yet"),
}
"""Each group's symbol and words; a symbol never stands without its words."""

LEADS = {
    "watched": "We do not say if this is good or bad.",
    "single": "So we do not know if this got better.",
    "told": "A report says how this changed. It does not give the full numbers.",
    "old": "So we do not know how it is now.",
    "unknown": "We looked for a number. We did not find one.",
}
"""What is to be said of all that stands in a group."""

NOT_KNOWN = ("single", "told", "old", "unknown")
"""The groups of which nobody can tell whether they got better."""

_BASES = (10, 100, 1_000, 10_000, 100_000)

_SHARES = {"percent": 100, "rate_per_10000": 10_000, "rate_per_100000": 100_000}
"""Units that say how many of how many."""

_AMOUNTS = {"number": "the number was", "points": "the score was", "rank": "the place was"}


def group_of(row: object) -> str:
    """Say in which of `GROUPS` a measure stands; old figures are never news."""
    if row.latest_value is None:
        if not row.change_in_words:
            return "unknown"
        return "told" if row.currency == "current" else "old"
    if row.currency != "current":
        return "old"
    if row.summary_group == "not_judged":
        return "watched" if row.direction in ("rose", "fell") else "single"
    return {"improving_or_good": "better", "to_be_improved": "worse", "little_change": "same"}[
        row.summary_group
    ]


def sentences_of(assessment: object) -> list[str]:
    """Say what a measure shows, under the words of its group; nothing where no number is public.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from types import SimpleNamespace as Row
    >>> row = Row(unit="percent", decimals=1, latest_value=Decimal("56.3"), latest_period="2024",
    ...     latest_status="", latest_qualifier="exact", previous_value=Decimal("40.2"),
    ...     previous_period="2023", direction="improving", change_in_words="", currency="current",
    ...     summary_group="improving_or_good")
    >>> sentences_of(row)
    ['In 2023, it was about 40 in 100.', 'In 2024, it was about 56 in 100.']
    """
    row = assessment
    group = group_of(row)
    if row.latest_value is None:
        return [_stated(row.change_in_words)] if row.change_in_words else []
    judged = group in ("better", "worse", "same", "watched")
    compared = judged and row.previous_value is not None and row.direction != "not_comparable"
    return [*_beyond(group, row.direction), *_figures(row, compared), *_may_change(row)]


def count_sentences(counts: Mapping[str, int]) -> dict[str, str]:
    """Say how many things stand in each group; those of which nobody can tell are added up.

    Examples
    --------
    >>> count_sentences({"better": 2, "worse": 1, "old": 3, "unknown": 4})
    {'better': '2 things got better.', 'worse': '1 thing got worse.', \
'unknown': 'For 7 things, we do not know.'}
    """
    told = {
        "better": "got better",
        "worse": "got worse",
        "same": "stayed much the same",
        "watched": "went up or down",
    }
    lines = {
        name: f"{_things(counts[name])} {did}." for name, did in told.items() if counts.get(name)
    }
    unknown = sum(counts.get(name, 0) for name in NOT_KNOWN)
    return lines | ({"unknown": f"For {_things(unknown)}, we do not know."} if unknown else {})


def in_simple_numbers(shares: Sequence[Decimal]) -> list[str]:
    """Write shares as so many in 10, or in as few as still tell the truth.

    Each may be rounded by a tenth of itself, and by 2 in 100, at most; and of two, the change may
    come out half as large again, or half as small, at most. All are given in as many.

    Examples
    --------
    >>> in_simple_numbers([Decimal("0.402")]), in_simple_numbers([Decimal("0.6")])
    (['about 4 in 10'], ['6 in 10'])
    >>> in_simple_numbers([Decimal("0.402"), Decimal("0.563")])
    ['about 40 in 100', 'about 56 in 100']
    >>> in_simple_numbers([Decimal("0.699"), Decimal("0.698")])
    ['699 in 1,000', '698 in 1,000']
    """
    for base in _BASES:
        counts = [(share * base).quantize(Decimal(1), ROUND_HALF_UP) for share in shares]
        if all(
            _near(count / base, share) for count, share in zip(counts, shares, strict=True)
        ) and (_same_change([count / base for count in counts], shares)):
            break
    return [_so_many(*pair, base) for pair in zip(counts, shares, strict=True)]


def plain_when(period: str) -> str:
    """Write a period so that nobody has to know how years are written in reports.

    Examples
    --------
    >>> plain_when("2024/25 academic year"), plain_when("2024-25"), plain_when("2025-26 Q4")
    ('in the school year 2024 to 2025', 'in the year to March 2025', 'from January to March 2026')
    >>> plain_when("2023-26"), plain_when("31 March 2025"), plain_when("2024")
    ('from 2023 to 2026', 'on 31 March 2025', 'in 2024')
    """
    found = re.fullmatch(r"(\d{4})[/-](\d{2})(| academic year| Q([1-4]))", period)
    if not found:
        return when(period)
    first = int(found[1])
    last = first + (int(found[2]) - first) % 100
    if found[4]:
        months = ("April to June", "July to September", "October to December", "January to March")
        return f"from {months[int(found[4]) - 1]} {last if found[4] == '4' else first}"
    if found[3]:
        return f"in the school year {first} to {last}"
    return f"in the year to March {last}" if last == first + 1 else f"from {first} to {last}"


def _beyond(group: str, direction: str) -> list[str]:
    """Say of a verdict what the words of its group do not say yet."""
    said = {
        ("watched", "rose"): "This went up.",
        ("watched", "fell"): "This went down.",
        ("same", "no_change"): "This stayed the same.",
        ("same", "declining_within_margin"): "This got a bit worse.",
    }
    if group == "better" and direction != "improving":
        return ["This is good, as before."]
    return [said[group, direction]] if (group, direction) in said else []


def _figures(row: object, compared: bool) -> list[str]:
    values = [row.previous_value, row.latest_value] if compared else [row.latest_value]
    periods = [row.previous_period, row.latest_period] if compared else [row.latest_period]
    shares = _as_shares(row, values)
    if shares:
        amounts = [f"it was {words}" for words in in_simple_numbers(shares)]
    else:
        start = _AMOUNTS.get(row.unit, "it was")
        qualifiers = ["exact", row.latest_qualifier][-len(values) :]
        amounts = [
            f"{start} {qualified(value, row.unit, row.decimals, qualifier)}"
            for value, qualifier in zip(values, qualifiers, strict=True)
        ]
    times = [plain_when(period) for period in periods]
    return [
        f"{time[:1].upper()}{time[1:]}, {amount}."
        for time, amount in zip(times, amounts, strict=True)
    ]


def _as_shares(row: object, values: Sequence[Decimal]) -> list[Decimal]:
    """Return values as parts of a whole; none where they are not, or only a bound is known."""
    if row.unit not in _SHARES or row.latest_qualifier in ("at_least", "at_most"):
        return []
    shares = [value / _SHARES[row.unit] for value in values]
    return shares if all(0 <= share <= 1 for share in shares) else []


def _so_many(count: Decimal, share: Decimal, base: int) -> str:
    if not count and share:
        return f"less than 1 in {base:,}"
    return f"{'' if count == share * base else 'about '}{count:,f} in {base:,}"


def _near(rounded: Decimal, share: Decimal) -> bool:
    if rounded in (0, 1) and rounded != share:
        return False  # hardly any is not none, and nearly all is not all
    return abs(rounded - share) <= min(share / 10, Decimal("0.02"))


def _same_change(rounded: Sequence[Decimal], shares: Sequence[Decimal]) -> bool:
    change = shares[-1] - shares[0]
    return abs(rounded[-1] - rounded[0] - change) <= abs(change) / 2


def _stated(change_in_words: str) -> str:
    """Say which way a change went that a document states; of parts of an area, if all agree."""
    ways = {part.rpartition(": ")[2].split()[0] for part in change_in_words.split("; ")}
    said = {"up": "It went up.", "down": "It went down.", "no": "It stayed the same."}
    return said.get(ways.pop(), "It changed.") if len(ways) == 1 else "It changed."


def _may_change(row: object) -> list[str]:
    return ["This number may still change."] if row.latest_status == "provisional" else []


def _things(number: int) -> str:
    return f"{number} thing{'' if number == 1 else 's'}"
