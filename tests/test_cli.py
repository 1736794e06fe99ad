"""The command: what it answers to good and bad input, and that it never breaks what was there."""

import shutil
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_output

from helpers.cli import main

REPORT = "data/raw/sources/hive-report-2022-23/figures.csv"
EDITION = "data/raw/sources/statistics-2025-06-19/figures.csv"
MEASURES = "data/raw/measures/all.yml"
AMBITION_1 = "data/raw/plans/hive-plan-2022-27/ambition-1.yml"
AMBITION_2 = "data/raw/plans/hive-plan-2022-27/ambition-2.yml"


def edit(root, name, old, new):
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"the small project has no {old!r} in {name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def row_of(root, name, words):
    """Return the row of a CSV file as its editor counts it: the header is row 1."""
    lines = (root / name).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if words in line)


def files_in(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def refused(small_project, waggle):
    """Run in the small project, and expect exit code 1 with the site that was there unharmed."""

    def call(*arguments):
        site = small_project / "reports" / "site"
        (site / "data").mkdir(parents=True)
        (site / "index.html").write_text("<h1>What readers have</h1>", encoding="utf-8")
        (site / "data" / "assessments.csv").write_bytes(b"reference\r\n1\r\n")
        before = files_in(site)
        called = waggle(*(arguments or ("run",)))
        assert called.code == 1
        assert "helpers/" not in called.err, "a traceback of ours is no message"
        assert files_in(site) == before
        assert not (small_project / "reports" / "site.new").exists()
        return called.err

    return call


def problems_in(message):
    """Take a message apart: its heading, and (place, found, remedy) for each problem."""
    heading, *lines = message.splitlines()
    problems = []
    for line in lines:
        if not line.startswith(" "):
            problems.append([line, "", ""])
        elif line.startswith("    found: "):
            problems[-1][1] = line.removeprefix("    found: ")
        elif line.startswith("    to do: "):
            problems[-1][2] = line.removeprefix("    to do: ")
        else:
            problems[-1][1] += f"\n{line}"
    return heading, [tuple(problem) for problem in problems]


# ---------------------------------------------------------------------------------- all is well


def test_check_counts_what_it_read(small_project, waggle):
    called = waggle("check")
    # 12 figures of the report, 10 and 14 of the two editions, 7 of the update; 5 measures have a
    # reference in the plan, 4 in the bees.
    assert (called.code, called.err) == (0, "")
    assert called.out == (
        "No problems: 43 figures of 10 measures (9 with a reference) from 6 sources, and "
        "1 notebooks.\n"
    )


def test_check_writes_nothing(small_project, waggle):
    before = files_in(small_project)
    waggle("check")
    assert files_in(small_project) == before


@pytest.mark.parametrize("command", [[], ["check"], ["run"], ["render"]])
def test_every_command_has_help(command, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([*command, "--help"])
    assert stopped.value.code == 0
    out = capsys.readouterr().out
    assert "usage: waggle" in out
    for option in {"run": ("--quarter", "--area", "--until", "--out"), "render": ("--out",)}.get(
        "".join(command), ()
    ):
        assert option in out


# ---------------------------------------------------------------------------- what goes wrong


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "No space left on device", "a.csv"), "a.csv: No space left on device"),
        (OSError(28, "No space left on device"), "No space left on device"),
        (OSError("cannot read the bees"), "cannot read the bees"),
        (OSError(), "OSError"),
        (TimeoutError(), "TimeoutError"),
    ],
)
def test_what_the_system_refused_is_told_in_its_words_with_a_remedy(
    error, said, small_project, monkeypatch, capsys
):
    def fail(root):
        raise error

    monkeypatch.setattr("helpers.quarter.check", fail)
    assert main(["check"]) == 1
    assert capsys.readouterr().err == f"waggle: {said}. See to that, and run again.\n"


def test_a_command_that_is_stopped_says_what_it_left(small_project, monkeypatch, capsys):
    def stop(*arguments):
        raise KeyboardInterrupt

    for name in ("check", "run"):
        monkeypatch.setattr(f"helpers.quarter.{name}", stop)
    assert main(["check"]) == main(["run", "--again"]) == 130
    assert capsys.readouterr().err.splitlines() == [
        "waggle: stopped; nothing was changed",
        "waggle: stopped; readers have a whole site, the last one or the new one",
    ]


# ---------------------------------------------------------------------------------- wrong usage


@pytest.mark.parametrize(
    "arguments",
    [["fly"], [], ["run", "--until", "honey"], ["run", "--quater", "2025-26 Q1"], ["check", "x"]],
)
def test_an_unknown_command_stage_or_option_is_wrong_usage(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage: waggle" in capsys.readouterr().err


def test_an_unknown_quarter_is_wrong_usage_and_lists_the_known_ones(small_project, waggle):
    before = files_in(small_project)
    called = waggle("run", "--quarter", "2024-25 Q9")
    assert called.code == 2
    assert called.err == (
        "waggle: unknown quarter '2024-25 Q9': data/raw/quarters.yml lists 2023-24 Q4, "
        "2025-26 Q1. Add the quarter there with its as_at date to report on it.\n"
    )
    assert files_in(small_project) == before


def test_an_unknown_area_is_wrong_usage_and_lists_the_known_ones(small_project, waggle):
    called = waggle("run", "--area", "Waspshire")
    assert called.code == 2
    assert called.err == (
        "waggle: unknown area 'Waspshire': data/raw/areas.yml lists Beeshire, Meadowland.\n"
    )


def test_the_project_itself_is_no_place_for_out(small_project, waggle):
    before = files_in(small_project)
    called = waggle("run", "--until", "notebooks", "--out", ".")
    assert called.code == 2
    assert "--out" in called.err
    assert files_in(small_project) == before


def test_the_command_as_a_process_of_its_own(small_project):
    called = subprocess.run(
        [sys.executable, "-m", "helpers.cli", "run", "--quarter", "1999-00 Q1"],
        cwd=small_project / "data" / "raw",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert called.returncode == 2
    assert called.stderr.startswith("waggle: unknown quarter '1999-00 Q1'")
    assert "Traceback" not in called.stderr


# ---------------------------------------------------------------------------- figures that are bad


def test_a_figure_that_is_not_a_number(small_project, refused):
    edit(small_project, REPORT, "2023,70.0,70,100", "2023,70.0%,70,100")
    row = row_of(small_project, REPORT, "70.0%,70")
    assert problems_in(refused()) == (
        "1 figure problem found",
        [
            (
                f"{REPORT}, row {row}, column value",
                "'70.0%' is not a number",
                "write the bare figure: 67.4, not 67.4%; 3221196, not £3,221,196",
            )
        ],
    )


def test_an_unknown_measure_gets_a_suggestion(small_project, refused):
    edit(small_project, REPORT, "staff-trained,Beeshire,,2022-23", "staff-traind,Beeshire,,2022-23")
    row = row_of(small_project, REPORT, "staff-traind")
    _, problems = problems_in(refused())
    assert problems == [
        (
            f"{REPORT}, row {row}, column measure_id",
            "unknown measure_id 'staff-traind'",
            "did you mean 'staff-trained'?",
        )
    ]


def test_a_period_that_cannot_be_read(small_project, refused):
    edit(small_project, REPORT, "Feb-23,58", "last month,58")
    row = row_of(small_project, REPORT, "last month")
    _, [(place, found, remedy)] = problems_in(refused())
    assert place == f"{REPORT}, row {row}, column period"
    assert found.startswith("'last month' is not a period spelling we know")
    assert remedy == "the measure's year_type is month"


def test_a_figure_given_twice_names_both_rows(small_project, refused):
    path = small_project / REPORT
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, lines[2]]), encoding="utf-8")
    _, [(place, found, remedy)] = problems_in(refused())
    assert place == f"{REPORT}, row {len(lines) + 1}"
    assert found == "the same figure as row 3: children-in-county, Beeshire, 31 March 2023"
    assert remedy.startswith("keep one")


def test_bad_figures_of_every_kind_and_file_are_told_at_once(small_project, refused):
    edit(small_project, REPORT, "80.0,80,100", "80.0,eighty,100")
    edit(small_project, REPORT, "about,,,commentary", "roughly,,,commentary")
    edit(small_project, REPORT, "staff-trained,Beeshire", "staff-trained,Beshire")
    edit(small_project, EDITION, "2024,Beeshire,52.0", "2024,Beeshire,n/a")
    edit(small_project, EDITION, "BUSY", "BUSSY")
    heading, problems = problems_in(refused())
    assert heading == "5 figure problems found"
    assert [place.rsplit("/", 1)[0] for place, _, _ in problems] == (
        [REPORT.rsplit("/", 1)[0]] * 3 + [EDITION.rsplit("/", 1)[0]] * 2
    )
    assert [place.rsplit(" ", 1)[1] for place, _, _ in problems] == [
        "numerator",
        "qualifier",
        "area",
        "value",
        "lait_code",
    ]
    assert "did you mean 'Beeshire'?" in problems[2][2]
    assert "did you mean 'BUSY'?" in problems[4][2]


def test_check_finds_what_a_run_would(small_project, refused):
    edit(small_project, REPORT, "Feb-23,58", "Feb-23,fifty-eight")
    assert "'fifty-eight' is not a number" in refused("check")


# ------------------------------------------------------------------------ definitions that are bad


def test_a_definition_without_a_polarity(small_project, refused):
    edit(small_project, AMBITION_1, "        polarity: higher\n", "")
    row = row_of(small_project, AMBITION_1, 'reference: "1"')
    assert problems_in(refused()) == (
        "1 definition problem found",
        [
            (
                f"{AMBITION_1}, line {row}, indicators '1', measures 'children-in-county', "
                "polarity",
                "no 'polarity'",
                "add 'polarity': higher, lower, neutral or representative",
            )
        ],
    )


def test_an_unknown_bee_gets_a_suggestion(small_project, refused):
    edit(small_project, AMBITION_1, "outcome_bees: [safe]", "outcome_bees: [saef]")
    _, problems = problems_in(refused())
    assert problems == [
        (f"{AMBITION_1}, indicator 1", "unknown outcome bee 'saef'", "did you mean 'safe'?")
    ]


def test_broken_yaml(small_project, refused):
    edit(small_project, AMBITION_2, "    why: Trained staff", "   why: Trained staff")
    _, [(place, found, remedy)] = problems_in(refused())
    assert place.startswith(f"{AMBITION_2}, line ")
    assert "column" in place
    assert found and remedy


def test_a_measure_id_defined_twice(small_project, refused):
    edit(small_project, MEASURES, "- id: children-next-door", "- id: children-in-county")
    _, problems = problems_in(refused())
    assert (f"{MEASURES}, measure 'children-in-county'", "defined twice", "keep one of them") in (
        problems
    )


def test_bad_definitions_in_several_files_are_told_at_once(small_project, refused):
    edit(small_project, AMBITION_1, "        polarity: higher\n", "")
    edit(small_project, AMBITION_2, "number: 4", "number: four")
    edit(small_project, MEASURES, "unit: percent\n", "unit: per cent\n")
    heading, problems = problems_in(refused())
    assert heading == "3 definition problems found"
    assert {place.split(",")[0] for place, _, _ in problems} == {AMBITION_1, AMBITION_2, MEASURES}


def test_a_target_period_that_cannot_be_read_is_placed_in_its_file(small_project, refused):
    edit(small_project, AMBITION_2, "{period: 2022-23, value", "{period: next year, value")
    message = refused("run", "--until", "assessments")
    assert AMBITION_2 in message


# -------------------------------------------------------------------------- notebooks that are bad


@pytest.fixture
def change_notebook(small_project):
    """Change the small project's notebook, or put a changed copy beside it."""

    def change(how, name="index"):
        folder = small_project / "notebooks"
        notebook = nbformat.read(folder / "index.ipynb", as_version=4)
        how(notebook)
        nbformat.write(notebook, folder / f"{name}.ipynb")

    return change


def parameters_of(notebook):
    return next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))


def test_a_misspelt_notebook_parameter(change_notebook, refused):
    def misspell(notebook):
        cell = parameters_of(notebook)
        cell.source = cell.source.replace("quarter:", "quater:")

    change_notebook(misspell)
    assert problems_in(refused()) == (
        "1 notebook problem found",
        [
            (
                "notebooks/index.ipynb, cell 3 (parameters)",
                "'quater' where 'quarter' is expected",
                "rename it to 'quarter'",
            )
        ],
    )


def test_a_notebook_without_a_parameters_cell(change_notebook, refused):
    change_notebook(lambda notebook: parameters_of(notebook).metadata.pop("tags"))
    _, [(place, found, remedy)] = problems_in(refused())
    assert place == "notebooks/index.ipynb"
    assert found == "no cell tagged 'parameters'"
    assert "'quarter' and 'area'" in remedy


def test_a_notebook_with_saved_outputs_and_another_with_a_misspelt_parameter(
    change_notebook, refused
):
    def save_outputs(notebook):
        notebook.cells[5]["outputs"] = [new_output("stream", text="seen")]

    def misspell(notebook):
        cell = parameters_of(notebook)
        cell.source = cell.source.replace("area:", "aera:")

    change_notebook(misspell, "about-bees")
    change_notebook(save_outputs)
    heading, problems = problems_in(refused())
    assert heading == "2 notebook problems found"
    assert [(place, found) for place, found, _ in problems] == [
        ("notebooks/about-bees.ipynb, cell 3 (parameters)", "'aera' where 'area' is expected"),
        ("notebooks/index.ipynb, cell 6", "saved outputs"),
    ]


def test_notebooks_that_raise_are_all_listed_with_cell_and_last_lines(change_notebook, refused):
    def sting(notebook):
        notebook.cells.append(new_code_cell("def sting():\n    raise ValueError('no honey')"))
        notebook.cells.append(new_code_cell("sting()"))

    def divide(notebook):
        notebook.cells[3:] = [new_code_cell("1 / 0")]

    change_notebook(divide, "ambition-1")
    change_notebook(sting)
    heading, problems = problems_in(refused())
    assert heading == "2 notebook problems found"
    (first, found_first, _), (second, found_second, remedy) = problems
    assert first == "notebooks/ambition-1.ipynb, cell 4"
    assert found_first.startswith("ZeroDivisionError: division by zero")
    assert "1 / 0" in found_first
    assert second == "notebooks/index.ipynb, cell 10"
    assert found_second.startswith("ValueError: no honey")
    assert "raise ValueError('no honey')" in found_second
    assert "mend it" in remedy


# -------------------------------------------------------------------------------------- pages


def test_a_page_that_quarto_and_we_would_render_differently(small_project, refused):
    with (small_project / "reports" / "about.qmd").open("a", encoding="utf-8") as file:
        file.write("\n![A bee](bee.png)\n")
    row = row_of(small_project, "reports/about.qmd", "bee.png")
    message = refused("check")
    assert f"about.qmd, line {row}" in message
    assert "a Markdown image" in message


def test_rendering_before_anything_was_run_says_what_to_do(small_project, refused):
    message = refused("render")
    assert "index.ipynb" in message
    assert "run the quarter" in message


def test_rendering_again_takes_in_changed_prose_without_executing(
    finished_small_project, tmp_path, monkeypatch, waggle
):
    reports = tmp_path / "project" / "reports"
    # Only what rendering needs: settings, prose, executed notebooks and tables.
    without_site = shutil.ignore_patterns("site")
    shutil.copytree(finished_small_project / "reports", reports, ignore=without_site)
    quarters = tmp_path / "project" / "data" / "raw" / "quarters.yml"
    quarters.parent.mkdir(parents=True)
    quarters.write_text("default: x\n")
    monkeypatch.chdir(tmp_path / "project")
    with (reports / "about.qmd").open("a", encoding="utf-8") as file:
        file.write("\nA sentence that was not there before.\n")
    assert waggle("render").code == 0
    site = reports / "site"
    assert "A sentence that was not there before." in (site / "about.html").read_text("utf-8")
    first = finished_small_project / "reports" / "site" / "index.html"
    assert (site / "index.html").read_bytes() == first.read_bytes()
