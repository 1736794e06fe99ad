"""Scripts of pages: files of the project, and nothing else."""

import pytest
from nbformat.v4 import new_markdown_cell
from small_site import CONFIG, make_project, shown, write_notebook

from helpers.site.checks import check_pages, check_site
from helpers.site.render import render_site
from helpers.site.scripts import script_problem

OWN = '<script src="sort.js" defer></script>'


@pytest.fixture
def project(tmp_path):
    """Make the small project with a script of its own."""
    folder = make_project(tmp_path / "reports")
    config = CONFIG.replace('resources: ["/data/*.csv"]', 'resources: ["/data/*.csv", "/sort.js"]')
    (folder / "_quarto.yml").write_text(config, "utf-8")
    (folder / "sort.js").write_text("'use strict';\n")
    return folder


@pytest.mark.parametrize("cell", [new_markdown_cell(OWN), shown({"text/html": OWN})])
def test_a_script_of_the_project_is_accepted_in_text_and_in_outputs(project, tmp_path, cell):
    write_notebook(project / "index.ipynb", cell)
    assert check_pages(project) == []
    made = render_site(project, tmp_path / "site")
    assert OWN in (tmp_path / "site" / "index.html").read_text("utf-8")
    assert (tmp_path / "site" / "sort.js").is_file()
    assert check_site(tmp_path / "site", made.facts) == []


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<script>alert()</script>", "a script in the page"),
        ('<script src="sort.js"></script>', ""),
        ('<script src="sort.js" async></script>', "a script in the page"),
        ('<script src="sort.js" defer onload="x()"></script>', "a script in the page"),
        ('<script src="https://example.org/sort.js" defer></script>', "a script in the page"),
        ('<script src="../sort.js" defer></script>', "a script in the page"),
        ('<SCRIPT src="sort.js" defer></SCRIPT>', ""),
        ('<script src="other.js" defer></script>', "not among the project's resources: other.js"),
        ('<p onclick="x()">Words</p>', "a script in an attribute"),
        ('<p title="a on b = c">once = 1</p>', ""),
        ("<p>5 &lt; 6 one = 1</p>", ""),
    ],
)
def test_every_other_script_is_refused(markup, found):
    problem = script_problem(markup.replace("SCRIPT", "script"), {"sort.js"})
    assert (found in problem) if found else problem == ""


def test_a_script_in_a_page_is_named_with_its_place_and_what_to_do(project):
    write_notebook(project / "index.ipynb", new_markdown_cell("<script>alert()</script>"))
    (problem,) = check_pages(project)
    assert problem.place == "index.ipynb, cell 2" and "resources" in problem.remedy
    (project / "first.qmd").write_text("---\ntitle: First\n---\n\n<script>x</script>\n", "utf-8")
    assert [p.place for p in check_pages(project)] == ["first.qmd", "index.ipynb, cell 2"]


def test_code_that_is_shown_is_no_script(project):
    text = "Write `<script>`:\n\n```html\n<script>alert()</script>\n```\n"
    write_notebook(project / "index.ipynb", new_markdown_cell(text))
    assert check_pages(project) == []


def test_a_hidden_output_may_have_one(project):
    cell = shown({"text/html": "<script>x</script>"}, "#| output: false\nshow()")
    write_notebook(project / "index.ipynb", cell)
    assert check_pages(project) == []


def test_a_script_that_is_gone_from_the_site_is_a_dead_link(project, tmp_path):
    write_notebook(project / "index.ipynb", new_markdown_cell(OWN))
    made = render_site(project, tmp_path / "site")
    (tmp_path / "site" / "sort.js").unlink()
    (problem,) = check_site(tmp_path / "site", made.facts)
    assert "sort.js" in problem.found
