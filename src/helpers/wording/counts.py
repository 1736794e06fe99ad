"""How many of many: sentences that count measures, indicators, findings."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.formats import join_words


def indicators_sentence(states: Iterable[str]) -> str:
    """Say for how many indicators there are figures.

    Parameters
    ----------
    states
        For each indicator what `helpers.indicators.figures_for` gives.

    Examples
    --------
    >>> indicators_sentence(["all", "part", "none", "none"])
    'Of 4 indicators, our sources have figures for 1, for a part of 1 more, and none for 2.'
    """
    states = list(states)
    noun = "indicator" if len(states) == 1 else "indicators"
    return (
        f"Of {len(states)} {noun}, our sources have figures for {states.count('all')}, for a part "
        f"of {states.count('part')} more, and none for {states.count('none')}."
    )


def home_sentence(better: int, worse: int, watched: int, unknown: int) -> str:
    """Say how many things got better, how many did not, and how many nobody can tell.

    Parameters
    ----------
    watched
        Things that rose or fell, of which neither way counts as better.

    Examples
    --------
    >>> home_sentence(8, 2, 1, 9)
    'Of 20 things to follow, 8 got better, 2 did not, 1 is only watched, and 9 nobody can tell yet.'
    """
    total = better + worse + watched + unknown
    only = f"{watched} {'is' if watched == 1 else 'are'} only watched, " if watched else ""
    return (
        f"Of {total} things to follow, {better} got better, {worse} did not, {only}and {unknown} "
        "nobody can tell yet."
    )


def recent_sentence(groups: Iterable[str]) -> str:
    """Say what recent figures show, and how many figures are not recent.

    Examples
    --------
    >>> recent_sentence(["improving_or_good", "to_be_improved", "no_recent_figure"])
    'Of 3 measures, 1 got better, 1 got worse, and 1 cannot be told: no recent figure.'
    """
    groups = list(groups)
    phrases = {
        "improving_or_good": "got better",
        "to_be_improved": "got worse",
        "little_change": "hardly changed",
        "not_judged": "cannot be judged",
    }
    parts = [f"{groups.count(g)} {words}" for g, words in phrases.items() if g in groups]
    unknown = groups.count("no_recent_figure")
    if not groups:
        return "Nothing is measured yet."
    noun = "measure" if len(groups) == 1 else "measures"
    if not parts:
        return f"Of {len(groups)} {noun}, none has a recent figure."
    if not unknown:
        return f"Of {len(groups)} {noun}, {join_words(parts)}."
    return (
        f"Of {len(groups)} {noun}, {', '.join(parts)}, and {unknown} cannot be told: no recent "
        "figure."
    )


def counts_sentence(groups: Iterable[str]) -> str:
    """Say how many measures stand under each heading of the executive summary.

    Examples
    --------
    >>> counts_sentence(["improving_or_good", "no_recent_figure", "no_recent_figure"])
    'Of 3 measures, 1 is improving or still good and 2 have no recent figure.'
    """
    groups = list(groups)
    phrases = {
        "improving_or_good": ("is improving or still good", "are improving or still good"),
        "to_be_improved": ("got worse", "got worse"),
        "little_change": ("has changed little", "have changed little"),
        "not_judged": ("is not judged", "are not judged"),
        "no_recent_figure": ("has no recent figure", "have no recent figure"),
    }
    parts = [
        f"{groups.count(group)} {one if groups.count(group) == 1 else many}"
        for group, (one, many) in phrases.items()
        if group in groups
    ]
    if not groups:
        return "There are no measures to count."
    if set(groups) == {"no_recent_figure"}:
        noun = "measure" if len(groups) == 1 else "measures"
        return f"Of {len(groups)} {noun}, none has a recent figure."
    noun = "measure" if len(groups) == 1 else "measures"
    return f"Of {len(groups)} {noun}, {join_words(parts)}."


def opening_sentence(rows: object) -> str:
    """Say what a quarter can tell of the plan's measures, and what it cannot.

    Parameters
    ----------
    rows
        The assessments of the plan's measures; ``currency`` and ``summary_group`` are used.
    """
    groups = list(rows["summary_group"])
    recent = sum(currency == "current" for currency in rows["currency"])
    start = f"The plan has {len(groups)} {'measure' if len(groups) == 1 else 'measures'}"
    if not recent:
        return f"{start}. None has a recent figure: our sources do not say how it is going."
    counted = [
        ("improving_or_good", "improving or still good"),
        ("to_be_improved", "getting worse"),
        ("little_change", "much the same"),
        ("not_judged", "without anything to compare with, or not judged"),
    ]
    parts = [f"{groups.count(group)} {words}" for group, words in counted if group in groups]
    rest = len(groups) - recent
    if not rest:
        return f"{start}: {join_words(parts)}."
    have = "has a recent figure" if recent == 1 else "have a recent figure"
    return (
        f"{start}, and {recent} of them {have}: {join_words(parts)}. "
        f"For the other {rest}, our sources do not say how things are now."
    )


def reproduced_sentence(reproduced: Iterable[str]) -> str:
    """Say how many published arrows the published rule gives.

    Examples
    --------
    >>> reproduced_sentence(["yes", "no", "yes"])  # doctest: +ELLIPSIS
    'The report prints an arrow or N/A for each of 3 measures. The rule, as we apply it, ...'
    """
    answers = list(reproduced)
    same = answers.count("yes")
    return (
        f"The report prints an arrow or N/A for each of {len(answers)} measures. The rule, as we "
        f"apply it, gives the same for {same} and something else for {len(answers) - same}."
    )


def findings_sentence(severities: Iterable[str]) -> str:
    """Say how many findings of each severity there are.

    Examples
    --------
    >>> findings_sentence(["contradiction", "revision", "revision"])
    'The checks found 1 contradiction, 0 cautions and 2 revised figures.'
    """
    severities = list(severities)
    names = {
        "contradiction": ("contradiction", "contradictions"),
        "caution": ("caution", "cautions"),
        "revision": ("revised figure", "revised figures"),
    }
    counts = [
        f"{severities.count(name)} {one if severities.count(name) == 1 else many}"
        for name, (one, many) in names.items()
    ]
    return f"The checks found {join_words(counts)}."
