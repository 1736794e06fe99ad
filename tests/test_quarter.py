"""The quarterly run from raw figures to the site, on the small, invented project."""

import csv
import json
import re
import shutil
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from helpers.calculation import calculation_path
from helpers.cli import main
from helpers.definition_files import read_definitions
from helpers.errors import UsageError
from helpers.limits import Limits
from helpers.project import places
from helpers.quarter import chosen_area, chosen_quarters
from helpers.workers import Done, Step


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_reference(path, plan="hive-plan-2022-27"):
    return {
        row["reference"]: row
        for row in rows_of(path)
        if row["role"] == "plan" and row["plan"] == plan
    }


def files_in(folder):
    """Return every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def words_of(page):
    """Return a page's words, without its tags."""
    text = re.sub(r"<(style|script)\b.*?</\1>", " ", page.read_text("utf-8"), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


CONTRACT = [
    "plan",
    "ambition",
    "reference",
    "measure_id",
    "title",
    "polarity",
    "latest_period",
    "latest_value",
    "previous_period",
    "previous_value",
    "computed_value",
    "change",
    "relative_change",
    "direction",
    "direction_reason",
    "published_direction",
    "currency",
]
"""The columns of assessments.csv that others rely on (the design's contracts)."""


# --------------------------------------------------------------------------------- where, and what


def test_a_run_writes_in_the_project_or_all_under_one_other_folder():
    root = Path("/project")
    inside, outside = places(root), places(root, Path("/elsewhere"))
    assert inside.processed == root / "data" / "processed"
    assert (inside.pages, inside.site) == (root / "reports", root / "reports" / "site")
    assert (outside.processed, outside.pages, outside.site) == (
        Path("/elsewhere/processed"),
        Path("/elsewhere/reports"),
        Path("/elsewhere/site"),
    )


@pytest.mark.parametrize("inside", [".", "reports", "reports/site"])
def test_nothing_is_written_elsewhere_into_the_project_itself(small_project, inside):
    with pytest.raises(UsageError, match="--out"):
        places(small_project, Path(inside))


THEIRS = ("budget.xlsx", "letters/dear.txt", "mine.ipynb", "data/keep.csv", "index.html")


@pytest.mark.parametrize("options", [(), ("--until", "assessments")])
def test_folders_elsewhere_that_hold_something_else_are_refused_together_and_kept(
    small_project, waggle, tmp_path, options
):
    out = tmp_path / "out"
    folders = ("processed", "reports", "site", "site.new", "site.old")
    for folder in folders:
        for name in THEIRS:
            (out / folder / name).parent.mkdir(parents=True, exist_ok=True)
            (out / folder / name).write_text("keep me")
    before = files_in(out)
    for _ in range(2):  # the first leaves nothing that would let the second in
        called = waggle("run", "--out", str(out), *options)
        assert called.code == 1
        held = "'budget.xlsx', 'data', 'index.html' and 2 more"
        remedy = "name an empty folder with --out: a run removes what it did not make"
        assert called.err.splitlines() == [
            "5 folder problems found",
            *(
                line
                for folder in folders
                for line in (f"{out / folder}", f"    found: {held}", f"    to do: {remedy}")
            ),
        ]
        assert files_in(out) == before


def test_a_file_where_a_folder_of_a_run_would_be_is_refused(small_project, waggle, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "reports").write_text("keep me")
    called = waggle("run", "--out", str(tmp_path / "out"))
    assert called.code == 1
    assert f"{tmp_path / 'out' / 'reports'}\n    found: a file\n" in called.err
    assert (tmp_path / "out" / "reports").read_text() == "keep me"


def test_what_a_first_run_left_that_was_killed_is_its_own(
    small_project, waggle, tmp_path, monkeypatch
):
    out = tmp_path / "out"

    def begin(definitions, inputs, last, processed, *rest):
        (processed / "2025-26-q1").mkdir(parents=True)
        (processed / "2025-26-q1" / "observations.csv").write_text("half of it")
        raise KeyboardInterrupt

    (out / "processed" / ".waggle").mkdir(parents=True)  # as of one that had only just begun
    monkeypatch.setattr("helpers.quarter.make_tables", begin)
    arguments = ["run", "--until", "assessments", "--out", str(out)]
    assert main(arguments) == 130
    assert (waggle(*arguments).code, waggle(*arguments).err) == (0, "")


def test_who_allows_notebooks_more_allows_it_to_the_rest_of_a_run_too(
    small_project, tmp_path, monkeypatch
):
    given = {}

    def here(module):
        def work_through(do, jobs, workers, limits=None):
            given[module] = limits
            for number, job in enumerate(jobs):
                yield Step(number, None)
                yield Done(number, do(job, lambda step: None))

        return work_through

    modules = ("stages", "download_runs", "indicator_pages.make")
    for module in modules:
        monkeypatch.setattr(f"helpers.{module}.work_through", here(module))
    monkeypatch.setattr("helpers.quarter._execute", lambda _, editions, *rest: {"": {}})
    allowed = ["--cell-seconds", "900", "--memory", "4096"]
    assert main(["run", "--until", "notebooks", "--out", str(tmp_path / "out"), *allowed]) == 0
    assert given == dict.fromkeys(modules, Limits(seconds=900, mebibytes=4096))


def test_the_quarter_is_the_default_or_the_one_asked_for(small_project):
    definitions = read_definitions(small_project)

    def chosen(name):
        return [quarter.quarter for quarter in chosen_quarters(definitions, name)]

    assert chosen(None) == ["2025-26 Q1"]
    assert chosen("2023-24 Q4") == ["2023-24 Q4"]
    assert chosen("all") == ["2023-24 Q4", "2025-26 Q1"]
    with pytest.raises(UsageError, match=r"unknown quarter '2023-24'.* 2023-24 Q4, 2025-26 Q1"):
        chosen_quarters(definitions, "2023-24")


def test_the_area_is_the_reporting_area_or_the_one_asked_for(small_project):
    definitions = read_definitions(small_project)
    assert chosen_area(definitions, None) == "Beeshire"
    assert chosen_area(definitions, "Meadowland") == "Meadowland"
    with pytest.raises(UsageError, match=r"unknown area 'beeshire'.*lists Beeshire, Meadowland"):
        chosen_area(definitions, "beeshire")


# ------------------------------------------------------------------------- stopping at each stage


def test_until_assessments_writes_every_quarters_tables_and_no_pages(small_project, waggle):
    before = files_in(small_project / "reports")
    called = waggle("run", "--until", "assessments")
    assert (called.code, called.err) == (0, "")
    assert "2025-26 Q1, Beeshire: 43 figures, published by 2025-07-31" in called.out
    for slug in ("2023-24-q4", "2025-26-q1"):
        folder = small_project / "data" / "processed" / slug
        assert sorted(path.name for path in folder.iterdir()) == [
            "assessments.csv",
            "data_quality.csv",
            "milestones.csv",
            "observations.csv",
        ]
        # 7 measures of the first plan, 5 of the bees, 3 of the improvement plan, for each area.
        areas = [row["area"] for row in rows_of(folder / "assessments.csv")]
        assert areas == ["Beeshire"] * 15 + ["Meadowland"] * 15
    assert files_in(small_project / "reports") == before


def test_until_assessments_elsewhere_leaves_the_project_as_it_was(small_project, waggle, tmp_path):
    before = files_in(small_project)
    out = tmp_path / "out"
    assert waggle("run", "--until", "assessments", "--out", str(out)).code == 0
    assert files_in(small_project) == before
    assert sorted(path.name for path in out.iterdir()) == ["processed"]


def test_until_notebooks_for_another_area_makes_pages_and_no_site(small_project, waggle):
    called = waggle("run", "--until", "notebooks", "--area", "Meadowland")
    assert (called.code, called.err) == (0, "")
    reports = small_project / "reports"
    assert not (reports / "site").exists()
    notebook = nbformat.read(reports / "index.ipynb", as_version=4)
    shown = [
        output.data["text/html"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "data" in output
    ]
    assert "Meadowland" in shown[0] and "31 July 2025" in shown[0]
    # The raw notebook stays without outputs.
    raw = nbformat.read(small_project / "notebooks" / "index.ipynb", as_version=4)
    assert not any(cell.get("outputs") for cell in raw.cells)
    assessments = rows_of(reports / "data" / "assessments.csv")
    assert {row["area"] for row in assessments} == {"Meadowland"}
    assert by_reference(reports / "data" / "assessments.csv")["2"]["latest_value"] == "69.0"
    for text in calculations_in(reports).values():
        assert json.loads(text)["area"] == "Meadowland"


# -------------------------------------------------------------------------------- the whole of it


def test_the_whole_run_ends_in_a_site(finished_small_project):
    site = finished_small_project / "reports" / "site"
    names = set(files_in(site))
    assert {
        "index.html",
        "about.html",
        "data/assessments.csv",
        "data/observations.csv",
        "data/data_quality.csv",
        "data/milestones.csv",
        "indicators/hive-plan-2022-27/1.html",
        "indicators/outcome-bees/happy-1.csv",
    } <= names
    assert not (finished_small_project / "reports" / "site.new").exists()


def test_the_page_shows_the_finding_the_chart_and_the_table(finished_small_project):
    page = finished_small_project / "reports" / "site" / "index.html"
    words = words_of(page)
    assert "The young bees" in words
    assert (
        "Children looked after: 56 per 10,000 on 31 March 2025, up from 52 per 10,000 on "
        "31 March 2024. Lower is better, so this got worse."
    ) in words
    assert "Every measure of the plan" in words
    alternatives = re.findall(r'<img[^>]*\balt="([^"]*)"', page.read_text("utf-8"))
    assert len(alternatives) == 1
    assert "56" in alternatives[0] and "Beeshire" in alternatives[0]


def test_the_sites_assessments_have_the_columns_others_rely_on(finished_small_project):
    path = finished_small_project / "reports" / "site" / "data" / "assessments.csv"
    rows = rows_of(path)
    assert set(CONTRACT) <= set(rows[0])
    assert {row["area"] for row in rows} == {"Beeshire"}
    assert [row["reference"] for row in rows if row["role"] == "plan"] == [
        *("1", "2", "3", "4", "5"),
        *("happy-1a", "happy-1b", "happy-2", "happy-3"),
        *("1-1", "1-4"),
    ]
    first = by_reference(path)["1"]
    assert (first["previous_value"], first["latest_value"]) == ("80.0", "70.0")
    assert (first["change"], first["relative_change"]) == ("-10.0", "-0.125")
    assert first["computed_value"] == "70.0000"
    assert first["direction"] == "declining"


def test_the_sites_assessments_say_what_is_served_and_how_it_changed(
    finished_small_project,
):
    path = finished_small_project / "reports" / "site" / "data" / "assessments.csv"
    bees = by_reference(path, "outcome-bees")
    names = ("part", "ambition", "follows", "covers", "baseline_period", "since_baseline")
    assert {reference: tuple(row[n] for n in names) for reference, row in bees.items()} == {
        "happy-1a": ("happy", "1", "calendar_year", "", "2022", "20"),
        "happy-1b": ("happy", "1", "month", "one month only", "", ""),
        "happy-2": ("happy", "2", "", "", "", ""),
        "happy-3": ("happy", "1", "", "", "", ""),
    }
    assert bees["happy-2"]["stated_period"] == "November 2024"
    assert bees["happy-2"]["change_in_words"].startswith("down 50%")
    assert (bees["happy-2"]["latest_value"], bees["happy-3"]["latest_value"]) == ("", "")
    wings = by_reference(path, "wing-improvement-plan")
    assert {r: row["ambition"] for r, row in wings.items()} == {"1-1": "1", "1-4": "2"}
    assert wings["1-1"]["page"] == "improvement-area-1.html#measure-1-1"


def calculations_in(folder):
    """Return the JSON files of calculations below a folder, by their paths."""
    return {name: text for name, text in files_in(folder).items() if "calculations" in name}


def test_the_site_has_the_calculation_of_every_assessment(finished_small_project):
    site = finished_small_project / "reports" / "site"
    rows = rows_of(site / "data" / "assessments.csv")
    files = calculations_in(site)
    assert len(rows) == 15
    assert sorted(files) == sorted(calculation_path(SimpleNamespace(**row)) for row in rows)
    assert "data/calculations/hive-plan-2022-27/1-measure-1.json" in files
    first = json.loads(files["data/calculations/hive-plan-2022-27/1-measure-1.json"])
    assert (first["quarter"], first["area"], first["reference"]) == ("2025-26 Q1", "Beeshire", "1")
    steps = {step["rule"]: step for step in first["steps"]}
    assert steps["direction"]["result"] == {
        "direction": "declining",
        "change": -10.0,
        "relative_change": -0.125,
    }


def test_a_calculation_has_the_same_place_in_every_quarter_and_says_what_was_known(
    finished_small_project,
):
    later = calculations_in(finished_small_project / "reports" / "site")
    earlier = calculations_in(finished_small_project / "earlier" / "site")
    assert list(earlier) == list(later)
    name = "data/calculations/hive-plan-2022-27/1-measure-2.json"
    figures = [json.loads(files[name])["steps"][0]["result"] for files in (earlier, later)]
    assert [(f["previous_value"], f["latest_value"]) for f in figures] == [(53, 51), (52, 56)]
    assert b"2025" not in earlier[name]


def test_a_finding_on_the_page_links_to_its_calculation(finished_small_project):
    page = (finished_small_project / "reports" / "site" / "index.html").read_text("utf-8")
    assert 'href="data/calculations/hive-plan-2022-27/1-measure-2.json"' in page


MILESTONE_CONTRACT = ["area", "reference", "text", "kind", "due", "status", "evidence"]
"""The columns of milestones.csv that others rely on (the design's contracts)."""


def test_the_sites_milestones_have_the_columns_others_rely_on(finished_small_project):
    rows = rows_of(finished_small_project / "reports" / "site" / "data" / "milestones.csv")
    assert set(MILESTONE_CONTRACT) <= set(rows[0])
    assert {row["area"] for row in rows} == {"1"}
    assert [(row["reference"], row["kind"], row["due"], row["status"]) for row in rows] == [
        ("1-1a", "number_by_date", "2023-12-31", "missed"),
        ("1-1b", "number_by_date", "2024-12-31", "missed"),
        ("1-2", "places_or_things", "", "no_evidence_yet"),
        ("1-3", "in_place", "2023-08-31", "achieved"),
        ("1-4", "direction", "", "achieved"),
        ("1-5", "qualitative_evidence", "", "no_evidence_yet"),
    ]
    assert "The telephone line is open." in rows[3]["evidence"]


def test_the_earlier_quarters_milestones_have_no_evidence_from_later_documents(
    finished_small_project,
):
    rows = rows_of(finished_small_project / "earlier" / "site" / "data" / "milestones.csv")
    assert [row["status"] for row in rows] == ["no_evidence_yet"] * 6
    assert all("No evidence has been published." in row["evidence"] for row in rows)
    assert [row["due_passed"] for row in rows] == ["yes", "no", "", "yes", "", ""]


def test_a_plan_whose_page_has_no_figures_has_rows_in_every_quarter(finished_small_project):
    path = finished_small_project / "earlier" / "site" / "data" / "assessments.csv"
    bees = by_reference(path, "outcome-bees")
    assert {reference: row["currency"] for reference, row in bees.items()} == {
        "happy-1a": "no_figure",
        "happy-1b": "no_figure",
        "happy-2": "no_figure",
        "happy-3": "no_figure",
    }


def test_milestones_are_of_the_reporting_area_whatever_area_is_asked_for(small_project, waggle):
    called = waggle("run", "--until", "assessments", "--area", "Meadowland")
    assert (called.code, called.err) == (0, "")
    folder = small_project / "data" / "processed" / "2025-26-q1"
    evidence = rows_of(folder / "milestones.csv")[0]["evidence"]
    # Beeshire's 60% in 2024, not Meadowland's 55%.
    assert "60% in 2024" in evidence and "55%" not in evidence


def test_the_sites_data_quality_has_the_columns_others_rely_on(finished_small_project):
    path = finished_small_project / "reports" / "site" / "data" / "data_quality.csv"
    columns = {"check", "measure_id", "period", "found", "expected", "severity"}
    assert columns <= set(rows_of(path)[0])


# What the README of the small project works out by hand.
THEN = {
    "1": ("70.0", "80.0", "declining", "current"),
    "2": ("51.0", "53.0", "improving", "current"),
    "3": ("40", "", "not_comparable", "current"),
    "4": ("55", "50", "improving", "old"),
    "5": ("22.0", "20.0", "not_comparable", "current"),
}
NOW = {
    "1": ("70.0", "80.0", "declining", "old"),
    "2": ("56.0", "52.0", "declining", "current"),
    "3": ("40", "", "not_comparable", "old"),
    "4": ("55", "50", "improving", "old"),
    "5": ("22.0", "20.0", "not_comparable", "old"),
}


@pytest.mark.parametrize(
    ("site", "expected"), [("earlier/site", THEN), ("reports/site", NOW)], ids=["then", "now"]
)
def test_each_quarter_says_what_was_known_by_its_date(finished_small_project, site, expected):
    found = by_reference(finished_small_project / site / "data" / "assessments.csv")
    names = ("latest_value", "previous_value", "direction", "currency")
    assert {reference: tuple(row[n] for n in names) for reference, row in found.items()} == expected


def test_the_earlier_quarter_knows_no_later_edition_and_no_revision(finished_small_project):
    earlier = finished_small_project / "earlier" / "site" / "data"
    later = finished_small_project / "reports" / "site" / "data"
    assert len(rows_of(earlier / "observations.csv")) == 22
    assert len(rows_of(later / "observations.csv")) == 43
    published = {row["published"] for row in rows_of(earlier / "observations.csv")}
    assert published == {"2023-10-31", "2024-06-20"}
    assert [row["check"] for row in rows_of(earlier / "data_quality.csv")] == ["published_arrow"]
    (revision,) = [row for row in rows_of(later / "data_quality.csv") if "revised" in row["check"]]
    assert (revision["measure_id"], revision["period"]) == ("looked-after-rate", "31 March 2024")
    assert revision["found"].startswith("51 per 10,000")
    assert revision["expected"].startswith("52 per 10,000")


def test_the_earlier_quarters_page_speaks_of_its_own_figures(finished_small_project):
    words = words_of(finished_small_project / "earlier" / "site" / "index.html")
    assert "2023-24 Q4" in words and "31 July 2024" in words
    assert "51 per 10,000 on 31 March 2024, down from 53 per 10,000 on 31 March 2023" in words
    assert "2025" not in words


def test_a_run_elsewhere_puts_everything_there_and_leaves_reports_alone(finished_small_project):
    elsewhere = finished_small_project / "earlier"
    assert sorted(path.name for path in elsewhere.iterdir()) == ["processed", "reports", "site"]
    # The run of the other quarter came second: what stands in reports/ is still the first.
    here = by_reference(finished_small_project / "reports" / "data" / "assessments.csv")
    assert here["2"]["quarter"] == "2025-26 Q1"
    notebook = (finished_small_project / "reports" / "index.ipynb").read_text("utf-8")
    assert "2023-24 Q4" in notebook  # as the quarter before
    assert 'quarter = \\"2025-26 Q1\\"' in notebook


def test_a_quarter_comes_out_the_same_from_the_same_figures(finished_small_project):
    def tables_in(folder):
        files = files_in(folder).items()
        # But for the list of the site's quarters: each of the two sites has one.
        return {
            name: text
            for name, text in files
            if name.endswith(".csv") and not name.endswith("/editions.csv")
        }

    first = tables_in(finished_small_project / "data" / "processed")
    second = tables_in(finished_small_project / "earlier" / "processed")
    assert len(first) == 8 and first == second


def test_a_second_run_replaces_the_site_whole_and_comes_out_the_same(
    finished_small_project, tmp_path, monkeypatch, waggle
):
    root = shutil.copytree(finished_small_project, tmp_path / "project")
    monkeypatch.setenv("WAGGLE_PROCESSED", "")
    monkeypatch.chdir(root)
    before = files_in(root / "reports")
    (root / "reports" / "site" / "old.html").write_text("left over from long ago")
    (root / "reports" / "old.ipynb").write_text("{}")
    (root / "reports" / "data" / "calculations" / "old-plan").mkdir()
    (root / "reports" / "data" / "calculations" / "old-plan" / "old.json").write_text("{}")
    (root / "reports" / "site.old").mkdir()
    (root / "reports" / "site.new").mkdir()
    assert waggle("run").code == 0
    after = files_in(root / "reports")
    assert sorted(after) == sorted(before)
    assert [name for name in before if after[name] != before[name]] == []


# ---------------------------------------------------------------------------- quarters at the edge


def add_quarter(root, name, day):
    path = root / "data" / "raw" / "quarters.yml"
    text = path.read_text(encoding="utf-8")
    entry = f"quarters:\n  - {{quarter: {name}, as_at: {day}}}\n"
    path.write_text(text.replace("quarters:\n", entry), encoding="utf-8")


def test_a_quarter_before_anything_was_published_says_so_for_every_measure(small_project, waggle):
    add_quarter(small_project, "2021-22 Q4", "2022-06-30")
    called = waggle("run", "--until", "assessments", "--quarter", "2021-22 Q4")
    assert (called.code, called.err) == (0, "")
    folder = small_project / "data" / "processed" / "2021-22-q4"
    assert rows_of(folder / "observations.csv") == []
    assert rows_of(folder / "data_quality.csv") == []
    for row in rows_of(folder / "assessments.csv"):
        assert (
            row["direction_reason"]
            == "Our sources published by 30 June 2022 have no figure for it."
        )
        assert (row["currency"], row["published_direction"]) == ("no_figure", "")


def test_a_plan_whose_report_is_out_in_no_quarter_yet(small_project, waggle):
    path = small_project / "data" / "raw" / "quarters.yml"
    path.write_text(
        "default: 2021-22 Q4\nquarters:\n  - {quarter: 2021-22 Q4, as_at: 2022-06-30}\n",
        encoding="utf-8",
    )
    assert waggle("run", "--until", "assessments").code == 0
