"""How fast pages are rendered: all of a site that was made, and a notebook of 12 charts."""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

from helpers.account import open_account
from helpers.blocks import history
from helpers.notebook_runs import Job, execute
from helpers.site.pages import make_frame, render_page
from helpers.site.project import page_files, read_config, read_page
from helpers.site.render import render_site

CHARTS = 12
CHART = b'<figure class=\\"chart\\"'
"""How a chart stands in an executed notebook's file."""


def notebook_of_charts(quarter: str) -> nbformat.NotebookNode:
    """Write a notebook of the first 12 measures with a chart: a heading and the chart for each."""
    account, cells = open_account(quarter), []
    for measure in account.all_assessments["measure_id"].unique():
        if len(cells) < 2 * CHARTS and history(account, measure) is not None:
            cells += [new_markdown_cell(f"## {account.measure(measure)['title']}")]
            cells += [new_code_cell(f"history(account, {measure!r})")]
    parameters = new_code_cell(f"quarter = {quarter!r}", metadata={"tags": ["parameters"]})
    opening = new_code_cell(
        "from helpers.account import open_account\nfrom helpers.blocks import history\n\n"
        "account = open_account(quarter)"
    )
    return new_notebook(
        cells=[new_raw_cell("---\ntitle: Charts\n---"), parameters, opening, *cells]
    )


def main(project: str, quarter: str, rounds: str) -> None:
    """Render every page of the project's ``reports/`` and the charts; print times as JSON."""
    root, scratch = Path(project), Path(tempfile.mkdtemp(dir=project))
    charts = scratch / "charts.ipynb"
    nbformat.write(notebook_of_charts(quarter), charts)
    job = Job(charts, scratch / "executed.ipynb", root / "data/processed", {"quarter": quarter})
    if problem := execute(job).problem:
        sys.exit(str(problem))

    reports, config = root / "reports", read_config(root / "reports")
    contents = {source: (reports / source).read_bytes() for source in page_files(reports, config)}
    contents[Path("charts.ipynb")] = job.output.read_bytes()
    titles = {s.as_posix(): read_page(reports, s, content).title for s, content in contents.items()}
    frame = make_frame(config, titles)
    seconds: dict[Path, list[float]] = {source: [] for source in contents}
    sites = []
    for turn in range(int(rounds) + 1):
        for source, content in contents.items():
            started = time.perf_counter()
            render_page(read_page(reports, source, content), frame)
            seconds[source].append(time.perf_counter() - started)
        started = time.perf_counter()
        made = render_site(reports, scratch / f"site-{turn}").made
        sites.append(len(made) / (time.perf_counter() - started))
    # The first turn is left out: templates are read then.
    of_page = {source: 1000 * statistics.median(times[1:]) for source, times in seconds.items()}
    twelve = of_page.pop(Path("charts.ipynb"))
    plain = {
        s: ms for s, ms in of_page.items() if s.suffix == ".ipynb" and CHART not in contents[s]
    }
    slowest = max(plain, key=plain.get)
    found = {
        "pages a second, of the whole site": statistics.median(sites[1:]),
        "ms, a page made from assessments (median of those without a chart)": statistics.median(
            plain.values()
        ),
        f"ms, the slowest of these ({slowest.stem})": plain[slowest],
        "ms, a page of prose (slowest)": max(of_page[s] for s in of_page if s.suffix == ".qmd"),
        "ms, a notebook of 12 charts": twelve,
        "charts in it": contents[Path("charts.ipynb")].count(CHART),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
