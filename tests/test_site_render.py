"""The site from a project, whole or from what has changed; and what Quarto is asked for."""

import json
import os
import re
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from small_site import CONFIG, make_project, write_notebook

from helpers.errors import RenderError
from helpers.site import rendered
from helpers.site.project import read_config
from helpers.site.render import quarto_available, render_site, render_with_quarto
from helpers.site.rendered import Rendered

REPORTS = Path(__file__).parents[1] / "reports"


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path / "reports")


@pytest.fixture
def site(tmp_path):
    return tmp_path / "site"


class TestProject:
    def test_style_sheets_and_resources_are_copied(self, project, site):
        written = render_site(project, site).files
        assert (site / "styles.css").read_text() == "body { color: black }"
        assert (site / "data" / "figures.csv").read_text() == "a,b\n"
        assert set(written) == {path for path in site.rglob("*") if path.is_file()}

    def test_pages_left_out_by_quarto_are_left_out(self, project, site):
        (project / "_draft.qmd").write_text("---\ntitle: D\n---\n")
        render_site(project, site)
        assert sorted(p.name for p in site.glob("*.html")) == [
            "first.html",
            "index.html",
            "second.html",
        ]

    def test_two_pages_for_one_address_are_refused(self, project, site):
        (project / "index.qmd").write_text("---\ntitle: Again\n---\n")
        with pytest.raises(RenderError, match=r"index\.ipynb and index\.qmd|index\.qmd and index"):
            render_site(project, site)

    def test_a_missing_style_sheet_is_refused(self, project, site):
        (project / "styles.css").unlink()
        with pytest.raises(RenderError, match=r"styles\.css does not exist"):
            render_site(project, site)

    def test_a_broken_front_matter_names_its_page(self, project, site):
        (project / "first.qmd").write_text("---\ntitle: [\n---\n")
        with pytest.raises(RenderError, match=r"first\.qmd: not valid YAML"):
            render_site(project, site)

    def test_a_broken_notebook_names_itself(self, project, site):
        (project / "index.ipynb").write_text("{}")
        with pytest.raises(RenderError, match=r"index\.ipynb: not a notebook"):
            render_site(project, site)

    def test_a_folder_without_a_project_is_refused(self, tmp_path, site):
        with pytest.raises(RenderError, match=r"_quarto\.yml: not found"):
            render_site(tmp_path, site)

    def test_rendering_twice_gives_the_same_bytes(self, project, tmp_path):
        for name in ("a", "b"):
            render_site(project, tmp_path / name)
        for path in (tmp_path / "a").rglob("*.html"):
            assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


class TestAgain:
    """A page is copied from the last site only where nothing it is made from has changed."""

    @pytest.fixture
    def last(self, project, tmp_path):
        made = render_site(project, tmp_path / "last")
        assert made.made == ("first.html", "index.html", "second.html")
        return Rendered.from_json(tmp_path / "last", json.loads(json.dumps(made.as_json())))

    def again(self, project, site, last):
        """Render again from the last site; it must come out as it does without it."""
        made = render_site(project, site, last)
        fresh = render_site(project, site.with_name("fresh"))
        for path in fresh.files:
            assert (site / path.relative_to(fresh.folder)).read_bytes() == path.read_bytes()
        assert {f.relative_to(site) for f in made.files} == {
            f.relative_to(fresh.folder) for f in fresh.files
        }
        assert made.pages == fresh.pages
        return made.made

    def test_nothing_is_made_where_nothing_has_changed(self, project, site, last):
        assert self.again(project, site, last) == ()

    def test_nbconvert_is_not_even_imported_then(self, project, site, last):
        script = (
            "import json, sys\n"
            "from pathlib import Path\n"
            "from helpers.site.checks import check_pages, check_site\n"
            "from helpers.site.render import render_site\n"
            "from helpers.site.rendered import Rendered\n"
            "project, site, last, kept = sys.argv[1:]\n"
            "last = Rendered.from_json(Path(last), json.loads(kept))\n"
            "assert check_pages(Path(project), last) == []\n"
            "made = render_site(Path(project), Path(site), last)\n"
            "assert made.made == () and check_site(Path(site), made.facts) == []\n"
            "assert not {'bs4', 'jinja2', 'mistune', 'nbconvert', 'nbformat'} & set(sys.modules)\n"
        )
        arguments = [str(project), str(site), str(last.folder), json.dumps(last.as_json())]
        subprocess.run([sys.executable, "-c", script, *arguments], check=True)

    def test_a_page_whose_text_changed(self, project, site, last):
        write_notebook(project / "index.ipynb", new_markdown_cell("Other *text*."))
        assert self.again(project, site, last) == ("index.html",)

    def test_every_page_where_a_title_changed(self, project, site, last):
        (project / "second.qmd").write_text("---\ntitle: Third\n---\n\nB.\n", "utf-8")
        assert len(self.again(project, site, last)) == 3
        assert "Third" in (site / "index.html").read_text("utf-8")

    def test_every_page_where_the_settings_changed(self, project, site, last):
        (project / "_quarto.yml").write_text(CONFIG.replace("Our children", "Ours"), "utf-8")
        assert len(self.again(project, site, last)) == 3
        assert "Ours" in (site / "index.html").read_text("utf-8")

    def test_every_page_where_one_came_or_went(self, project, site, last):
        (project / "third.qmd").write_text("---\ntitle: Third\n---\n", "utf-8")
        assert len(self.again(project, site, last)) == 4
        (project / "third.qmd").unlink()
        (project / "second.qmd").unlink()
        made = render_site(project, site.with_name("less"), last)
        assert made.made == ("first.html", "index.html")
        assert not (made.folder / "second.html").exists()

    def test_every_page_where_the_renderer_is_another(self, project, site, last, monkeypatch):
        version = rendered.version
        monkeypatch.setattr(
            rendered, "version", lambda name: "0.0" if name == "nbconvert" else version(name)
        )
        assert len(self.again(project, site, last)) == 3

    def test_a_page_whose_file_in_the_last_site_was_changed(self, project, site, last):
        with (last.folder / "first.html").open("a") as file:
            file.write("<!-- changed by hand -->")
        assert self.again(project, site, last) == ("first.html",)

    def test_a_page_whose_file_in_the_last_site_is_gone(self, project, site, last):
        (last.folder / "first.html").unlink()
        assert self.again(project, site, last) == ("first.html",)

    def test_no_page_where_only_a_resource_changed_which_is_always_copied(
        self, project, site, last
    ):
        (project / "data" / "figures.csv").write_text("c,d\n")
        (project / "styles.css").write_text("body { color: navy }")
        assert self.again(project, site, last) == ()
        assert (site / "data" / "figures.csv").read_text() == "c,d\n"
        assert (site / "styles.css").read_text() == "body { color: navy }"

    def test_a_page_with_an_error_is_refused_and_its_last_form_not_taken(self, project, site, last):
        error = new_output("error", ename="E", evalue="x")
        write_notebook(project / "index.ipynb", new_code_cell("x", outputs=[error]))
        with pytest.raises(RenderError, match="ended in an error"):
            render_site(project, site, last)
        assert not site.exists()

    def test_pages_made_by_quarto_are_never_taken_for_unchanged(self, project, site, last):
        by_quarto = {a: replace(page, made_from="") for a, page in last.pages.items()}
        assert len(self.again(project, site, replace(last, pages=by_quarto))) == 3

    def test_the_bytes_are_the_same_in_any_folder_and_in_any_order_of_sets(
        self, project, site, last, tmp_path
    ):
        other = make_project(tmp_path / "elsewhere" / "deep")
        script = (
            "import sys\nfrom pathlib import Path\nfrom helpers.site.render import render_site\n"
            "render_site(Path('deep'), Path(sys.argv[1]))\n"
        )
        for seed in ("1", "2"):
            subprocess.run(
                [sys.executable, "-c", script, str(site / seed)],
                cwd=other.parent,
                env={**os.environ, "PYTHONHASHSEED": seed},
                check=True,
            )
            for path in last.folder.glob("*.html"):
                assert (site / seed / path.name).read_bytes() == path.read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for quarto is a shell script")
class TestQuarto:
    def fake_quarto(self, tmp_path, monkeypatch, script):
        folder = tmp_path / "bin"
        folder.mkdir()
        command = folder / "quarto"
        command.write_text(f"#!/bin/sh\n{script}\n")
        command.chmod(command.stat().st_mode | stat.S_IEXEC)
        monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")

    def test_it_is_looked_for_on_the_path(self, tmp_path, monkeypatch):
        monkeypatch.setenv("PATH", str(tmp_path))
        assert not quarto_available()
        self.fake_quarto(tmp_path, monkeypatch, "exit 0")
        assert quarto_available()

    def test_without_it_the_message_says_so(self, project, site, tmp_path, monkeypatch):
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(RenderError, match="quarto: command not found"):
            render_with_quarto(project, site)

    def test_it_is_given_the_project_and_the_output(self, project, site, tmp_path, monkeypatch):
        self.fake_quarto(
            tmp_path,
            monkeypatch,
            '[ "$1 $3" = "render --output-dir" ] || exit 9\n'
            'mkdir -p "$4" && for p in index first second; do touch "$4/$p.html"; done',
        )
        written = render_with_quarto(project, site).files
        assert [path.name for path in written] == ["first.html", "index.html", "second.html"]

    def test_a_failure_shows_its_last_lines(self, project, site, tmp_path, monkeypatch):
        self.fake_quarto(tmp_path, monkeypatch, 'echo "ERROR: no such format" >&2; exit 3')
        with pytest.raises(RenderError, match=r"exit code 3\):\nERROR: no such format"):
            render_with_quarto(project, site)

    def test_a_silent_failure_is_one_too(self, project, site, tmp_path, monkeypatch):
        self.fake_quarto(tmp_path, monkeypatch, 'mkdir -p "$4" && touch "$4/index.html"')
        with pytest.raises(RenderError, match=r"without making first\.html, second\.html"):
            render_with_quarto(project, site)

    def test_an_error_output_is_refused_before_it_starts(
        self, project, site, tmp_path, monkeypatch
    ):
        self.fake_quarto(tmp_path, monkeypatch, f'touch "{tmp_path}/started"')
        error = new_output("error", ename="E", evalue="x")
        write_notebook(project / "index.ipynb", new_code_cell("x", outputs=[error]))
        with pytest.raises(RenderError, match="ended in an error"):
            render_with_quarto(project, site)
        assert not (tmp_path / "started").exists()


class TestOurReports:
    def test_the_project_runs_and_shows_no_code(self):
        config = read_config(REPORTS)
        assert config["execute"]["enabled"] is False
        assert config["execute"]["echo"] is False
        assert config["project"]["type"] == "website"
        assert not re.search(r"hertfordshire|council", config["website"]["title"], re.I)

    def test_every_direction_has_its_style(self):
        css = (REPORTS / "styles.css").read_text("utf-8")
        directions = "improving declining declining_within_margin no_change rose fell"
        for name in [*directions.split(), "not_comparable"]:
            assert re.search(rf"\.{name}\b", css), name

    def test_glossary_anchors_are_unique(self):
        ids = re.findall(r'<dt id="([^"]+)"', (REPORTS / "glossary.qmd").read_text("utf-8"))
        assert len(ids) == len(set(ids)) > 30
