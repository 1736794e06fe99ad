"""A project's settings and pages, read and not rendered."""

import json

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell
from small_site import make_project, write_notebook

from helpers.errors import RenderError
from helpers.site.project import page_files, read_config, read_page, read_pages


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path / "reports")


def only_page(project, name):
    path = project / name
    return read_page(project, path.relative_to(project), path.read_bytes())


def test_pages_are_read_in_order_of_file_name(project):
    pages = read_pages(project, read_config(project))
    assert [p.title for p in pages] == ["First", "Home", "Second & last"]
    assert [p.address for p in pages] == ["first.html", "index.html", "second.html"]


def test_a_project_without_pages_is_refused(project):
    for path in page_files(project, read_config(project)):
        (project / path).unlink()
    with pytest.raises(RenderError, match="no pages to render"):
        page_files(project, read_config(project))


def test_lines_may_end_as_on_windows(project):
    unix = only_page(project, "first.qmd")
    path = project / "first.qmd"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert only_page(project, "first.qmd") == unix


def test_a_page_that_is_not_utf_8_names_itself(project):
    (project / "first.qmd").write_bytes("---\ntitle: Café\n---\n".encode("latin-1"))
    with pytest.raises(RenderError, match=r"first\.qmd: not text in UTF-8"):
        only_page(project, "first.qmd")


def test_a_notebook_may_keep_its_lines_as_one_text_or_as_a_list(project):
    path = project / "index.ipynb"
    write_notebook(path, new_markdown_cell("a\n\nb"))
    as_list = path.read_text("utf-8")
    assert '"a\\n"' in as_list  # nbformat writes lists of lines
    listed = only_page(project, "index.ipynb")
    notebook = nbformat.reads(as_list, 4)
    path.write_text(json.dumps(notebook), "utf-8")
    assert only_page(project, "index.ipynb").notebook.cells == listed.notebook.cells


@pytest.mark.parametrize("text", ["{}", "[]", "not JSON", ""])
def test_a_file_that_is_no_notebook_names_itself(project, text):
    (project / "index.ipynb").write_text(text, "utf-8")
    with pytest.raises(RenderError, match=r"index\.ipynb: not a notebook"):
        only_page(project, "index.ipynb")
