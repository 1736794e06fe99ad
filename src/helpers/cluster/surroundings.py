"""What a machine has of its own on which notebooks depend, and in what two machines differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.digests import digests_below
from helpers.errors import Problem, ProblemsFound
from helpers.manifest import packages


@dataclass(frozen=True)
class Surroundings:
    """What a machine has of its own, on which every notebook depends.

    Parameters
    ----------
    source
        Digest of each file of the source code.
    packages
        Versions of what is installed, with Python's own.
    """

    source: dict[str, str]
    packages: dict[str, str]


def surroundings() -> Surroundings:
    """Look at this machine as it is now, not as it was when this process began."""
    source = digests_below(Path(__file__).parents[1])
    return Surroundings(source, packages.__wrapped__())


def differences(here: Surroundings, there: Surroundings) -> list[str]:
    """Say in what another machine differs from this one; nothing where it does not.

    Examples
    --------
    >>> here = Surroundings({"spc.py": "1a", "trend.py": "2b"}, {"numpy": "2.1", "pandas": "2.3"})
    >>> there = Surroundings({"spc.py": "9f", "trend.py": "2b"}, {"numpy": "2.0", "bees": "1.0"})
    >>> for line in differences(here, there):
    ...     print(line)
    other source code: spc.py
    other packages: bees 1.0 (here none), numpy 2.0 (here 2.1), no pandas (here 2.3)
    """
    source = sorted(
        name
        for name in here.source.keys() | there.source.keys()
        if here.source.get(name) != there.source.get(name)
    )
    packages = [
        f"{f'{name} {found}' if found else f'no {name}'} (here {wanted or 'none'})"
        for name in sorted(here.packages.keys() | there.packages.keys())
        if (wanted := here.packages.get(name)) != (found := there.packages.get(name))
    ]
    kinds = (("other source code", source), ("other packages", packages))
    return [f"{kind}: {_first(names)}" for kind, names in kinds if names]


def _first(names: Sequence[str], most: int = 8) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def refuse(found: dict[str, list[str]]) -> None:
    """Raise an error that lists every machine that differs, if one does."""
    remedy = (
        "check out the same commit there, install the same packages "
        "(pip install -r requirements.lock), and start it again"
    )
    problems = [
        Problem(machine, "; ".join(lines), remedy) for machine, lines in found.items() if lines
    ]
    if problems:
        raise ProblemsFound(problems)
