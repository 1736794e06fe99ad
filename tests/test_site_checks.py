"""The checks of the pages before rendering, and of the site after it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from small_site import CONFIG, make_project, shown, write_notebook

from helpers.site import checks
from helpers.site.checks import check_pages, check_site
from helpers.site.facts import PageFacts
from helpers.site.render import render_site

REPORTS = Path(__file__).parents[1] / "reports"


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path / "reports")


@pytest.fixture
def site(tmp_path):
    return tmp_path / "site"


def found(project, name):
    return [str(problem) for problem in check_pages(project) if name in str(problem)]


class TestCheckPages:
    def test_nothing_to_say_about_a_good_project(self, project):
        assert check_pages(project) == []

    def test_a_page_in_the_navbar_that_does_not_exist(self, project):
        (project / "second.qmd").unlink()
        (problem,) = check_pages(project)
        line = CONFIG.splitlines().index("          - href: second.qmd") + 1
        assert problem.place == f"_quarto.yml, line {line}"
        assert "second.qmd" in problem.found
        assert problem.remedy

    def test_a_page_in_a_sidebar_that_does_not_exist(self, project):
        config = CONFIG.replace(
            "  page-footer:", "  sidebar:\n    contents:\n      - gone.qmd\n  page-footer:"
        )
        (project / "_quarto.yml").write_text(config, "utf-8")
        assert found(project, "gone.qmd")

    @pytest.mark.parametrize(
        "text",
        [
            "::: {.callout-note}\nx\n:::",
            "{{< include x.md >}}",
            "![alt](x.png)",
            "A note.[^1]",
            "## Heading {#id}",
            "[words]{.smallcaps}",
            "```{python}\n1\n```",
            "from $x$ to $y$",
            "as @smith said",
            "m^2^",
            "H~2~O",
            "(a) one",
            "Text\n- one",
            "Text\n## Heading",
            "Text\n| a |\n|---|",
            '<div class="note">**x**</div>',
            "<div>\n**x**\n</div>",
            "<div>\n\nleft open",
            '<img src="x.png">',
            "# A second title",
            '```{=html}\n<img src="x.png">\n```',
            "```{=html}\n<script>x()</script>\n```",
            "```{=latex}\nx\n```",
        ],
    )
    def test_what_does_not_render_alike(self, project, text):
        (project / "first.qmd").write_text(f"---\ntitle: First\n---\n\nFine.\n\n{text}\n", "utf-8")
        problems = found(project, "first.qmd, line")
        assert problems
        assert any("line 7" in p or "line 8" in p or "line 4" in p for p in problems)

    @pytest.mark.parametrize(
        "text",
        [
            "Costs £5 and $6.",
            "me@example.org, about ~5",
            "- one\n- two\n  more\n- three\n\n1. a\n2. b",
            "| a |\n|---|\n| b |",
            '<div class="note">\n\n**x**\n\n</div>',
            '<p class="lede">Words <em>in</em> HTML.</p>',
            "`![code](x)` and `{{< code >}}`",
            "```python\n# not a heading\n- x = $y$\n```",
            '```{=html}\n<div>\n**x** $1$\n<img src="x.png" alt="X">\n</div>\n```\n\nWords.',
            '<img src="x.png" alt="">',
        ],
    )
    def test_what_renders_alike_is_left_alone(self, project, text):
        (project / "first.qmd").write_text(f"---\ntitle: First\n---\n\n{text}\n", "utf-8")
        assert check_pages(project) == []

    def test_notebooks_are_named_by_cell_and_line(self, project):
        write_notebook(
            project / "index.ipynb", new_markdown_cell("Fine."), new_markdown_cell("Fine.\n\n:::")
        )
        (problem,) = check_pages(project)
        assert problem.place == "index.ipynb, cell 3, line 3"

    @pytest.mark.parametrize(
        ("output", "words"),
        [
            (new_output("error", ename="E", evalue="x"), "an error output"),
            (new_output("stream", name="stdout", text="x"), "printed text"),
            (new_output("display_data", data={"image/png": "x"}), "without an alternative"),
            (new_output("display_data", data={"text/html": "<img src='x'>"}), "alternative"),
            (new_output("display_data", data={"text/html": "<script></script>"}), "a script"),
            (new_output("display_data", data={"text/markdown": "## x"}), "a heading"),
            (new_output("display_data", data={"text/markdown": "{{< x >}}"}), "shortcode"),
        ],
    )
    def test_outputs_that_cannot_be_published(self, project, output, words):
        write_notebook(project / "index.ipynb", new_code_cell("x", outputs=[output]))
        (problem,) = check_pages(project)
        assert words in problem.found
        assert problem.place.startswith("index.ipynb, cell 2")

    def test_a_hidden_output_may_be_anything(self, project):
        output = new_output("stream", name="stdout", text="x")
        write_notebook(
            project / "index.ipynb", new_code_cell("#| output: false\nx", outputs=[output])
        )
        assert check_pages(project) == []

    def test_a_page_without_a_title(self, project):
        (project / "first.qmd").write_text("Words.\n")
        (problem,) = check_pages(project)
        assert problem.found == "no title"

    def test_a_page_unchanged_since_it_was_published_is_not_looked_at_again(
        self, project, site, monkeypatch
    ):
        last = render_site(project, site)
        (project / "first.qmd").write_text("---\ntitle: First\n---\n\n:::\n", "utf-8")
        looked_at = []
        look = checks.read_page
        monkeypatch.setattr(
            checks, "read_page", lambda *page: looked_at.append(page[1].name) or look(*page)
        )
        (problem,) = check_pages(project, last)
        assert problem.place == "first.qmd, line 5"
        assert looked_at == ["first.qmd"]

    def test_every_page_is_looked_at_again_where_the_checks_are_others(self, project, site):
        (project / "first.qmd").write_text("---\ntitle: First\n---\n\n:::\n", "utf-8")
        last = render_site(project, site)
        assert check_pages(project, replace(last, renderer="another"))

    def test_a_menu_is_looked_at_even_where_every_page_is_unchanged(self, project, site):
        last = render_site(project, site)
        (project / "_quarto.yml").write_text(CONFIG.replace("- href: second", "- href: gone"))
        (problem,) = check_pages(project, last)
        assert "gone.qmd" in problem.found


class TestCheckSite:
    def test_nothing_to_say_about_a_good_site(self, project, site):
        render_site(project, site)
        assert check_site(site) == []

    @pytest.mark.parametrize(
        "link", ["[x](gone.html)", "[x](#gone)", "[x](first.qmd#gone)", "[x](data/gone.csv)"]
    )
    def test_dead_links(self, project, site, link):
        write_notebook(project / "index.ipynb", new_markdown_cell(link))
        render_site(project, site)
        (problem,) = check_site(site)
        assert problem.place == "index.html"
        assert "gone" in problem.found

    @pytest.mark.parametrize(
        "markup",
        [
            '<script src="https://example.org/x.js"></script>',
            '<img alt="" src="//example.org/x.png">',
            '<link rel="stylesheet" href="http://example.org/x.css">',
            '<iframe src="https://example.org/"></iframe>',
        ],
    )
    def test_requests_to_other_hosts(self, project, site, markup):
        write_notebook(project / "index.ipynb", shown({"text/html": markup}))
        render_site(project, site)
        (problem,) = check_site(site)
        assert "another host" in problem.found

    @pytest.mark.parametrize(
        "css", ["@import 'https://example.org/x.css';", "a { background: url(//example.org/x) }"]
    )
    def test_requests_from_style_sheets(self, project, site, css):
        (project / "styles.css").write_text(css)
        render_site(project, site)
        (problem,) = check_site(site)
        assert problem.place == "styles.css"

    def test_a_link_that_a_reader_may_follow_is_no_request(self, project, site):
        write_notebook(project / "index.ipynb", new_markdown_cell("[x](https://example.org/)"))
        render_site(project, site)
        assert check_site(site) == []

    @pytest.mark.parametrize(("link", "count"), [("../index.html", 0), ("../gone.html", 1)])
    def test_a_link_may_lead_to_the_site_that_this_one_is_a_part_of(
        self, project, site, link, count
    ):
        site.mkdir()
        (site / "index.html").write_text("")
        write_notebook(project / "index.ipynb", new_markdown_cell(f"[x]({link})"))
        made = render_site(project, site / "earlier")
        assert len(check_site(site / "earlier", made.facts)) == count

    def test_facts_that_are_known_are_not_gathered_again(self, project, site):
        made = render_site(project, site)
        assert check_site(site, made.facts) == []
        (site / "index.html").write_text("no longer read")
        assert check_site(site, made.facts) == []
        assert check_site(site, {**made.facts, "index.html": PageFacts((), ("gone.html",), ())})

    def test_a_page_without_known_facts_is_read(self, project, site):
        facts = render_site(project, site).facts
        (site / "more.html").write_text('<a href="gone.html">x</a>')
        (problem,) = check_site(site, facts)
        assert problem.place == "more.html"


class TestOurReports:
    def test_static_pages_render_alike_with_both(self, project):
        for source in [*REPORTS.glob("*.qmd"), *REPORTS.glob("*.js")]:
            (project / source.name).write_text(source.read_text("utf-8"), "utf-8")
        scripts = '"/data/*.csv", "/search.js", "/words.js"'
        with_scripts = CONFIG.replace('"/data/*.csv"', scripts)
        (project / "_quarto.yml").write_text(with_scripts, "utf-8")
        assert check_pages(project) == []

    def test_every_static_page_in_the_menus_exists(self):
        linked = re.findall(r"[\w-]+\.qmd", (REPORTS / "_quarto.yml").read_text("utf-8"))
        assert linked
        assert all((REPORTS / name).is_file() for name in linked)

    def test_the_style_sheet_asks_no_other_host(self, project, site):
        (project / "styles.css").write_text((REPORTS / "styles.css").read_text("utf-8"), "utf-8")
        render_site(project, site)
        assert check_site(site) == []
