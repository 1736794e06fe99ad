"""The built-in renderer, on small projects made here; and the checks before and after it."""

import os
import re
import stat
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

from helpers.errors import RenderError
from helpers.site import render
from helpers.site.checks import check_pages, check_site
from helpers.site.project import read_config, read_pages
from helpers.site.render import (
    heading_id,
    quarto_available,
    render_site,
    render_with_quarto,
    smart,
)

REPORTS = Path(__file__).parents[1] / "reports"

CONFIG = """
project:
  type: website
  output-dir: site
  render: ["/*.qmd", "/*.ipynb"]
  resources: ["/data/*.csv"]
lang: en-GB
website:
  title: Our children
  navbar:
    left:
      - text: Home
        href: index.ipynb
      - text: "1. More"
        menu:
          - text: "1. First"
            href: first.qmd
          - href: second.qmd
  page-footer:
    left: |
      A worked example. See [the first](first.qmd#two-words).
    right:
      - text: Second
        href: second.qmd
execute:
  enabled: false
  echo: false
format:
  html:
    css: styles.css
    toc: true
    toc-depth: 3
"""


def write_notebook(path, *cells, front="title: Home"):
    cells = [new_raw_cell(f"---\n{front}\n---"), *cells] if front else list(cells)
    nbformat.write(new_notebook(cells=cells), path)


def shown(data, source="show()", kind="display_data"):
    count = {"execution_count": 1} if kind == "execute_result" else {}
    return new_code_cell(source, outputs=[new_output(kind, data=data, **count)])


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "reports"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "figures.csv").write_text("a,b\n")
    (folder / "_quarto.yml").write_text(CONFIG, "utf-8")
    (folder / "styles.css").write_text("body { color: black }")
    write_notebook(folder / "index.ipynb", new_markdown_cell("Some *text*."))
    (folder / "first.qmd").write_text(
        "---\ntitle: First\ndescription: What comes *first*.\n---\n\n## Two words\n\nA.\n", "utf-8"
    )
    (folder / "second.qmd").write_text("---\ntitle: Second & last\n---\n\nB.\n", "utf-8")
    return folder


@pytest.fixture
def site(tmp_path):
    return tmp_path / "site"


def page(project, site, name="index"):
    render_site(project, site)
    return BeautifulSoup((site / f"{name}.html").read_text("utf-8"), "html.parser")


def found(project, name):
    return [str(problem) for problem in check_pages(project) if name in str(problem)]


class TestHeadings:
    # Answers from Pandoc 3.9.
    @pytest.mark.parametrize(
        ("text", "identifier"),
        [
            ("1. Children’s place – “near home” & more (%)", "childrens-place-near-home-more"),
            ("33", "section"),
            ("Head_ing with code x", "head_ing-with-code-x"),
            ("Île-de-France: É 3.5% – 2022–23 / x", "île-de-france-é-3.5-202223-x"),
            ("Maître d'hôtel", "maître-dhôtel"),
        ],
    )
    def test_ids_are_those_that_pandoc_makes(self, text, identifier):
        assert heading_id(text) == identifier

    def test_ids_are_unique_as_pandoc_makes_them(self, project, site):
        text = "## Same\n\n## Same\n\n## Same 1\n\n## Same\n\n### *Same* `x`\n"
        write_notebook(project / "index.ipynb", new_markdown_cell(text))
        headings = page(project, site).select(".page-body h2, .page-body h3")
        assert [h["id"] for h in headings] == ["same", "same-1", "same-1-1", "same-2", "same-x"]

    def test_ids_stay_unique_from_one_cell_to_the_next_and_into_markdown_outputs(
        self, project, site
    ):
        write_notebook(
            project / "index.ipynb",
            new_markdown_cell("## Same"),
            new_markdown_cell("## Same"),
            shown({"text/markdown": "## Same"}),
        )
        ids = [h["id"] for h in page(project, site).select(".page-body h2")]
        assert ids == ["same", "same-1", "same-2"]

    def test_contents_are_nested_and_stop_at_the_depth(self, project, site):
        text = "## A [link](first.qmd)\n\n### B\n\n#### C\n\n## D\n"
        write_notebook(project / "index.ipynb", new_markdown_cell(text))
        contents = page(project, site).select_one("nav#TOC details > ul")
        assert [a.get_text() for a in contents.select("a")] == ["A link", "B", "D"]
        assert [a["href"] for a in contents.select("li li a")] == ["#b"]
        assert not contents.select("a a")

    def test_contents_can_be_left_out_by_the_page(self, project, site):
        text = "## A\n\n## B\n"
        write_notebook(
            project / "index.ipynb", new_markdown_cell(text), front="title: Home\ntoc: false"
        )
        assert page(project, site).select_one("nav#TOC") is None

    def test_a_subheading_without_a_heading_above_it_is_not_lost(self, project, site):
        write_notebook(project / "index.ipynb", new_markdown_cell("### A\n\n## B\n\n### C\n"))
        links = page(project, site).select("nav#TOC a")
        assert [a["href"] for a in links] == ["#a", "#b", "#c"]


class TestPage:
    def test_title_language_and_description(self, project, site):
        soup = page(project, site, "first")
        assert soup.html["lang"] == "en-GB"
        assert soup.title.get_text() == "First - Our children"
        assert [h1.get_text() for h1 in soup.select("h1")] == ["First"]
        assert soup.select_one("meta[name=description]")["content"] == "What comes first."
        assert soup.select_one(".description em").get_text() == "first"
        assert (site / "first.html").read_text("utf-8").startswith("<!doctype html>")

    def test_a_title_with_a_number_is_not_a_list(self, project, site):
        (project / "first.qmd").write_text('---\ntitle: "1. Close & near"\n---\n\nA.\n', "utf-8")
        soup = page(project, site, "first")
        assert soup.h1.decode_contents() == "1. Close &amp; near"
        assert not soup.select("nav ol")

    def test_a_heading_stands_in_for_a_missing_title_as_in_quarto(self, project, site):
        write_notebook(
            project / "index.ipynb", new_markdown_cell("# The plan\n\nText."), front=None
        )
        soup = page(project, site)
        assert [h1.get_text() for h1 in soup.select("h1")] == ["The plan"]

    def test_skip_link_leads_to_the_only_main(self, project, site):
        soup = page(project, site)
        first_link = soup.body.find("a")
        assert first_link["class"] == ["skip-link"]
        assert [main["id"] for main in soup.select("main")] == [first_link["href"][1:]]

    def test_the_current_page_alone_is_marked(self, project, site):
        soup = page(project, site, "second")
        current = soup.select('header [aria-current="page"]')
        assert [a.get_text() for a in current] == ["Second & last"]
        assert soup.select_one("summary.current").get_text() == "1. More"
        assert not page(project, site, "index").select("summary.current")

    def test_menus_need_no_script(self, project, site):
        soup = page(project, site)
        assert soup.select("nav details ul a")
        assert not soup.select("script, [onclick]")

    def test_the_footer_is_markdown_and_links(self, project, site):
        footer = page(project, site).select_one("footer")
        assert footer.p.get_text() == "A worked example. See the first."
        assert [a["href"] for a in footer.select("a")] == ["first.html#two-words", "second.html"]

    def test_what_the_project_puts_in_the_head_is_there(self, project, site):
        extra = "    include-in-header:\n      - text: |\n          <meta name=theme-color>\n"
        (project / "_quarto.yml").write_text(CONFIG + extra, "utf-8")
        assert page(project, site).head.select_one("meta[name=theme-color]")

    def test_it_is_light(self, project, site):
        render_site(project, site)
        for path in site.glob("*.html"):
            assert path.stat().st_size < 30_000
            text = path.read_text("utf-8").lower()
            for unwanted in ("mathjax", "require.js", "jupyter", "<style", "cdnjs"):
                assert unwanted not in text


class TestLinks:
    def rendered(self, project, site, link):
        write_notebook(project / "index.ipynb", new_markdown_cell(link))
        return page(project, site).select_one(".page-body a")["href"]

    @pytest.mark.parametrize(
        ("link", "address"),
        [
            ("[x](first.qmd)", "first.html"),
            ("[x](first.qmd#two-words)", "first.html#two-words"),
            ("[x](./index.ipynb?a=1#b)", "index.html?a=1#b"),
            ("[x](/second.qmd)", "second.html"),
            ('<a class="c" href="first.qmd">x</a>', "first.html"),
            ("[x](https://example.org/first.qmd)", "https://example.org/first.qmd"),
            ("[x](other.qmd)", "other.qmd"),
            ("[x](data/figures.csv)", "data/figures.csv"),
        ],
    )
    def test_links_to_pages_lead_to_what_they_become(self, project, site, link, address):
        assert self.rendered(project, site, link) == address

    def test_links_in_html_outputs_too(self, project, site):
        write_notebook(
            project / "index.ipynb", shown({"text/html": "<p><a href='first.qmd#a'>x</a></p>"})
        )
        assert page(project, site).select_one(".page-body a")["href"] == "first.html#a"


class TestCells:
    def body(self, project, site, *cells, **kw):
        write_notebook(project / "index.ipynb", *cells, **kw)
        return page(project, site).select_one(".page-body")

    def test_code_is_hidden_when_the_project_says_so(self, project, site):
        body = self.body(project, site, shown({"text/html": "<p>seen</p>"}, "secret()"))
        assert "secret" not in str(body)
        assert body.p.get_text() == "seen"

    def test_the_page_can_show_its_code_and_a_cell_can_hide_its_own(self, project, site):
        body = self.body(
            project,
            site,
            new_code_cell("a < b"),
            new_code_cell("#| echo: false\nsecret()"),
            front="title: Home\nexecute:\n  echo: true",
        )
        assert [code.get_text() for code in body.select("pre.cell-code")] == ["a < b"]

    def test_a_cell_can_show_its_own_code_where_the_project_hides_it(self, project, site):
        body = self.body(
            project,
            site,
            shown({"text/html": "<p>seen</p>"}, "#| echo: true\n\nif a < b:\n    b = 1\n"),
            new_code_cell("secret()"),
            new_code_cell("#| echo: true\n"),
        )
        assert [code.get_text() for code in body.select("pre > code")] == ["if a < b:\n    b = 1"]
        assert body.select_one(".cell p").get_text() == "seen"

    def test_code_that_is_shown_scrolls_and_can_be_reached_by_keyboard(self, project, site):
        cells = [new_code_cell(f"#| echo: true\n{name} = 1") for name in "ab"]
        body = self.body(project, site, *cells)
        regions = [pre.parent for pre in body.select("pre.cell-code")]
        assert [region["class"] for region in regions] == [["sourceCode"], ["sourceCode"]]
        assert {(region["role"], region["tabindex"]) for region in regions} == {("region", "0")}
        assert [region["aria-label"] for region in regions] == ["Code 1", "Code 2"]

    # Answers from Quarto's foldcode.lua.
    @pytest.mark.parametrize(
        ("setting", "folded", "is_open"),
        [("true", True, False), ("show", True, True), ("false", False, False), ("1", True, False)],
    )
    def test_code_can_be_folded_away_as_quarto_does(self, project, site, setting, folded, is_open):
        cell = new_code_cell(f"#| echo: true\n#| code-fold: {setting}\nx")
        body = self.body(project, site, cell)
        details = body.select("details")
        assert bool(details) is folded
        assert body.select_one("pre.cell-code").get_text() == "x"
        if folded:
            assert details[0].summary.get_text() == "Code"
            assert details[0].has_attr("open") is is_open
            assert details[0].select_one("pre.cell-code")

    def test_the_line_that_opens_folded_code_can_be_a_cells_own(self, project, site):
        options = '#| echo: true\n#| code-fold: true\n#| code-summary: "What *it* does & how"'
        summary = self.body(project, site, new_code_cell(f"{options}\nx")).summary
        assert summary.decode_contents() == "What <em>it</em> does &amp; how"

    def test_the_page_can_fold_its_code_and_a_cell_need_not(self, project, site):
        body = self.body(
            project,
            site,
            new_code_cell("a"),
            new_code_cell("#| code-fold: false\nb"),
            front="title: Home\nexecute:\n  echo: true\nformat:\n  html:\n    code-fold: true",
        )
        assert [code.get_text() for code in body.select("pre")] == ["a", "b"]
        assert [code.get_text() for code in body.select("details pre")] == ["a"]

    def test_code_that_is_hidden_leaves_nothing_to_open(self, project, site):
        body = self.body(project, site, shown({"text/html": "<p>s</p>"}, "#| code-fold: true\nx"))
        assert body.get_text(strip=True) == "s"
        assert not body.select("details, .sourceCode")

    def test_a_cell_can_hide_itself_or_its_outputs(self, project, site):
        body = self.body(
            project,
            site,
            shown({"text/html": "<p>one</p>"}, "#| include: false\nx"),
            shown({"text/html": "<p>two</p>"}, "#| output: false\nx"),
            shown({"text/html": "<p>three</p>"}, "#| label: x\nx"),
        )
        assert body.get_text(strip=True) == "three"

    @pytest.mark.parametrize("kind", ["display_data", "execute_result"])
    def test_plain_text_beside_a_richer_output_is_dropped(self, project, site, kind):
        data = {"text/plain": "PLAIN", "text/html": "<p>rich</p>"}
        assert self.body(project, site, shown(data, kind=kind)).get_text(strip=True) == "rich"

    def test_plain_text_alone_is_shown_escaped(self, project, site):
        body = self.body(project, site, shown({"text/plain": "<b>5</b>"}))
        assert body.select_one("pre").get_text() == "<b>5</b>"

    def test_streams_are_dropped(self, project, site):
        cell = new_code_cell(
            "x",
            outputs=[
                new_output("stream", name="stdout", text="PRINTED"),
                new_output("stream", name="stderr", text="WARNED"),
            ],
        )
        assert not self.body(project, site, cell).get_text(strip=True)

    def test_an_error_output_is_refused(self, project, site):
        cell = new_code_cell(
            "1/0", outputs=[new_output("error", ename="ZeroDivisionError", evalue="x")]
        )
        write_notebook(project / "index.ipynb", cell)
        with pytest.raises(RenderError, match=r"index\.ipynb, cell 2: .*ZeroDivisionError"):
            render_site(project, site)
        assert not site.exists()

    def test_a_figure_passes_through_whole(self, project, site):
        figure = (
            '<figure class="chart"><img src="data:image/svg+xml;base64,PHN2Zy8+" alt="Up &amp; up">'
            "<figcaption>Words</figcaption></figure>"
        )
        self.body(project, site, shown({"text/html": figure}))
        assert figure in (site / "index.html").read_text("utf-8")

    def test_images_carry_the_alternative_of_their_cell(self, project, site):
        body = self.body(
            project,
            site,
            shown({"image/svg+xml": "<svg/>"}, '#| fig-alt: "It rose."\nx'),
            shown({"image/png": "iVBO\nRw0K"}, "#| fig-alt: It fell.\nx"),
        )
        images = body.select("img")
        assert [i["alt"] for i in images] == ["It rose.", "It fell."]
        assert images[0]["src"].startswith("data:image/svg+xml;base64,")
        assert images[1]["src"] == "data:image/png;base64,iVBORw0K"

    def test_tables_scroll_and_can_be_reached_by_keyboard(self, project, site):
        body = self.body(project, site, new_markdown_cell("| a | b |\n|---|--:|\n| 1 | 2 |\n"))
        wrap = body.select_one("table").parent
        assert wrap["class"] == ["table-wrap"]
        assert (wrap["role"], wrap["tabindex"]) == ("region", "0")
        assert body.select("td")[1]["style"] == "text-align:right"

    def test_notebook_and_qmd_render_the_same_markdown_alike(self, project, site):
        text = '## It\'s "so"\n\n- a\n- b -- c\n\n<div class="note">\n\n**d**\n\n</div>\n'
        (project / "first.qmd").write_text(f"---\ntitle: First\n---\n\n{text}", "utf-8")
        write_notebook(project / "index.ipynb", new_markdown_cell(text))
        bodies = [page(project, site, n).select_one(".page-body") for n in ("index", "first")]
        assert str(bodies[0]) == str(bodies[1])
        assert bodies[0].select_one(".note strong")

    def test_typography_is_pandocs(self):
        assert smart('It\'s \'so\' "near" -- 2022-23... ("x")') == (
            "It’s ‘so’ “near” – 2022-23… (“x”)"
        )


class TestProject:
    def test_style_sheets_and_resources_are_copied(self, project, site):
        written = render_site(project, site)
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
        written = render_with_quarto(project, site)
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
    def test_static_pages_render_alike_with_both(self, project):
        for source in REPORTS.glob("*.qmd"):
            (project / source.name).write_text(source.read_text("utf-8"), "utf-8")
        assert check_pages(project) == []

    def test_the_project_runs_and_shows_no_code(self):
        config = read_config(REPORTS)
        assert config["execute"]["enabled"] is False
        assert config["execute"]["echo"] is False
        assert config["project"]["type"] == "website"
        assert not re.search(r"hertfordshire|council", config["website"]["title"], re.I)

    def test_every_static_page_in_the_menus_exists(self):
        linked = re.findall(r"[\w-]+\.qmd", (REPORTS / "_quarto.yml").read_text("utf-8"))
        assert linked
        assert all((REPORTS / name).is_file() for name in linked)

    def test_the_style_sheet_asks_no_other_host(self, project, site):
        (project / "styles.css").write_text((REPORTS / "styles.css").read_text("utf-8"), "utf-8")
        render_site(project, site)
        assert check_site(site) == []

    def test_every_direction_has_its_style(self):
        css = (REPORTS / "styles.css").read_text("utf-8")
        directions = "improving declining declining_within_margin no_change rose fell"
        for name in [*directions.split(), "not_comparable"]:
            assert re.search(rf"\.{name}\b", css), name

    def test_glossary_anchors_are_unique(self):
        ids = re.findall(r'<dt id="([^"]+)"', (REPORTS / "glossary.qmd").read_text("utf-8"))
        assert len(ids) == len(set(ids)) > 30

    def test_pages_can_be_read_one_by_one(self, project):
        pages = read_pages(project, read_config(project))
        assert [p.title for p in pages] == ["First", "Home", "Second & last"]
        assert render.TEMPLATES.is_dir()
