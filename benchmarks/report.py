"""The report: targets and whether they were reached, everything measured, and a chart."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import NamedTuple

import matplotlib as mpl
import pandas as pd
import seaborn as sns
from contestants import CONTESTANTS, FIGURE, MADE_AGAIN, NOTEBOOK, NOTHING, WHOLE
from matplotlib.figure import Figure
from place import WORKERS

from helpers.charts.style import STYLE, colour, save
from helpers.record import commit
from helpers.request import renderer

FROM_ASSESSMENTS = "ms, a page made from assessments (median of those without a chart)"
OF_CHARTS = "ms, a notebook of 12 charts"
"""As `rendering.py` calls them."""


class Sizes(NamedTuple):
    """How many notebooks: some, a few for memory, all of ours, and many."""

    some: int
    few: int
    ours: int
    many: int


@dataclass
class Measured:
    """What was measured, and who failed.

    Parameters
    ----------
    values
        Of every round, by name, number of notebooks (0 where that means nothing) and part.
    failures
        How the last failure of each ended, by name and number of notebooks.
    """

    values: dict[tuple[str, int, str], list[float]] = field(default_factory=dict)
    failures: dict[tuple[str, int], str] = field(default_factory=dict)

    def of(self, name: str, size: int = 0, part: str = WHOLE) -> float:
        """Return the median; not a number where nothing was measured, or a round failed."""
        if (name, size) in self.failures:
            return float("nan")
        return median(self.values.get((name, size, part), [float("nan")]))


def targets(m: Measured, s: Sizes) -> list[tuple[str, float, str, float]]:
    """List the targets: what, what is wanted, whether at least or at most, and what came out."""
    fresh = "waggle, from nothing"
    few, ours, many = (m.of(f"memory at {n}", n, "MiB") for n in (s.few, s.ours, s.many))
    known = few == few and ours == ours and many == many
    highest = max(few, ours, many) if known else float("nan")
    times = {n: m.of(n, s.ours) / m.of("waggle", s.ours) for n in CONTESTANTS}
    above = {n: m.of(fresh, n, "notebooks") / m.of("floor", n) for n in (s.some, s.ours, s.many)}
    most = "at most"
    return [
        (f"all {s.ours} notebooks: papermill ÷ waggle", 6, "at least", times["papermill"]),
        ("papermill two at a time ÷ waggle", 3, "at least", times["papermill, two at a time"]),
        (f"{s.some} notebooks: waggle's notebooks ÷ floor", 1.2, most, above[s.some]),
        (f"{s.many} notebooks: waggle's notebooks ÷ floor", 1.05, most, above[s.many]),
        ("nothing changed, whole command, s", 0.3, most, m.of("waggle", s.ours, NOTHING)),
        ("one figure changed, to a site, s", 3, most, m.of("waggle", s.ours, FIGURE)),
        ("page made from assessments, ms", 20, most, m.of("rendering", 0, FROM_ASSESSMENTS)),
        ("page of 12 charts, ms", 150, most, m.of("rendering", 0, OF_CHARTS)),
        ("waggle --help, s", 0.3, most, m.of("help")),
        ("peak memory, highest of all sizes, MiB", 300, most, highest),
        (f"memory at {s.many} ÷ at {s.few} notebooks (flat)", 1.1, most, many / few),
    ]


def write_report(m: Measured, s: Sizes, rounds: int, quick: bool, root: Path, out: Path) -> None:
    """Write ``report.md``, ``chart.svg`` and every value in ``values.json``; print the report."""
    out.mkdir(parents=True, exist_ok=True)
    (out / ".gitignore").write_text("*\n")
    values = {" | ".join(map(str, key)): found for key, found in m.values.items()}
    (out / "values.json").write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
    bars = {name: m.of(name, s.some) for name in CONTESTANTS}
    (out / "chart.svg").write_text(draw(bars, s.some), encoding="utf-8")
    parts = [
        "# Benchmarks",
        f"Medians of {rounds} round{'s' if rounds > 1 else ''}, {WORKERS} notebooks at a time.",
        "**Quick: too little to judge by.**" if quick else "",
        _table(["machine", ""], _machine(root)),
        "## Targets",
        _table(["target", "wanted", "measured", "reached"], map(_judged, targets(m, s))),
        f"## {s.some}, {s.ours} and {s.many} notebooks, in seconds",
        _table(_STAGES, _stages(m, s)),
        "`waggle` has the quarters' tables from the start, as papermill, nbconvert and the floor "
        "do; `waggle, from nothing` makes them. The floor is compared with the column notebooks "
        "of the latter, as neither counts imports.",
        f"![Seconds for {s.some} notebooks by contestant; the table has the numbers](chart.svg)",
        f"## After a change, all {s.ours} notebooks, to a finished site",
        _table(["", *(f"{e}, s (notebooks made)" for e in _ENGINES)], _changes(m, s)),
        "papermill and nbconvert make every notebook again, whatever changed.",
        "## Memory, rendering and the rest",
        _table(["what", "median", "lowest", "highest"], _others(m)),
        "## Failed" if m.failures else "",
        *(f"- {name}, {size} notebooks: {how}" for (name, size), how in m.failures.items()),
    ]
    text = "\n\n".join(part for part in parts if part) + "\n"
    (out / "report.md").write_text(text, encoding="utf-8")
    print(f"\n{text}\nWritten to {out}")


_ENGINES = ("waggle", "waggle, kernels")
_STAGES = ["who", "how many", "whole", "lowest", "highest", "tables", "notebooks", "pages", "site"]


def _stages(m: Measured, s: Sizes) -> list[list[str]]:
    rows = []
    for size in (s.some, s.ours, s.many):
        for name in CONTESTANTS:
            found = m.values.get((name, size, WHOLE), [])
            if found or (name, size) in m.failures:
                ends = [_said(min(found)), _said(max(found))] if found else ["", ""]
                parts = [_said(m.of(name, size, stage)) for stage in _STAGES[5:]]
                row = [name, str(size), _said(m.of(name, size)) or "failed", *ends, *parts]
                rows.append(row)
    return rows


def _changes(m: Measured, s: Sizes) -> list[list[str]]:
    def cell(engine: str, case: str) -> str:
        made = m.of(engine, s.ours, case + MADE_AGAIN)
        return _said(m.of(engine, s.ours, case)) + (f" ({made:.0f})" if made == made else "")

    return [[case, *(cell(e, case) for e in _ENGINES)] for case in (NOTHING, FIGURE, NOTEBOOK)]


def _others(m: Measured) -> list[list[str]]:
    names = {name: found for name, found in m.values.items() if name[0] not in CONTESTANTS}
    return [
        [f"{name}: {part}", _said(median(f)), _said(min(f)), _said(max(f))]
        for (name, _, part), f in names.items()
    ]


def _judged(target: tuple[str, float, str, float]) -> list[str]:
    what, wanted, which, measured = target
    if measured != measured:
        return [what, f"{which} {wanted:g}", "not measured", "—"]
    reached = measured >= wanted if which == "at least" else measured <= wanted
    return [what, f"{which} {wanted:g}", _said(measured), "yes" if reached else "**no**"]


def _machine(root: Path) -> list[list[str]]:
    cpu = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    head = commit(root)
    changed = ", with changes" if head["changed"] else ""
    return [
        ["processor", cpu[0].partition(": ")[2] if cpu else platform.machine()],
        ["cores", str(len(os.sched_getaffinity(0)))],
        ["memory", f"{memory:.1f} GiB"],
        ["Python", platform.python_version()],
        ["commit", f"{head['id'] or 'none'}{changed}"],
        ["renderer", renderer()],
        ["load at the end (1, 5, 15 minutes)", ", ".join(f"{n:.1f}" for n in os.getloadavg())],
    ]


def _said(value: float) -> str:
    return "" if value != value else f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _table(header: list[str], rows: Iterable[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def draw(seconds: dict[str, float], count: int) -> str:
    """Draw a bar for each contestant, in the style of the project's charts; return the SVG."""
    bars = pd.DataFrame({"who": list(seconds), "seconds": list(seconds.values())}).dropna()
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(6.4, 1.4 + 0.42 * len(bars)), layout="constrained")
        axes = figure.add_subplot()
        roles = [colour("local" if who == "waggle" else "other_2") for who in bars["who"]]
        sns.barplot(
            bars, x="seconds", y="who", hue="who", palette=roles, legend=False, ax=axes, width=0.6
        )
        for container in axes.containers:
            axes.bar_label(container, fmt="%.3g", padding=4)
        axes.set(xlabel=f"Seconds for {count} notebooks", ylabel="")
        axes.grid(visible=False)
        axes.margins(x=0.15)
        return save(figure)
