"""A page from the built-in renderer: its headings, its frame, its links, its cells."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from small_site import CONFIG, make_project, page, shown, write_notebook

from helpers.errors import RenderError
from helpers.site.render import render_site


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path / "reports")


@pytest.fixture
def site(tmp_path):
    return tmp_path / "site"


class TestHeadings:
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
        assert [cell.get("class") for cell in body.select("th, td")] == [None, ["number"]] * 2
        assert not body.select("[style]")

    def test_notebook_and_qmd_render_the_same_markdown_alike(self, project, site):
        text = '## It\'s "so"\n\n- a\n- b -- c\n\n<div class="note">\n\n**d**\n\n</div>\n'
        (project / "first.qmd").write_text(f"---\ntitle: First\n---\n\n{text}", "utf-8")
        write_notebook(project / "index.ipynb", new_markdown_cell(text))
        bodies = [page(project, site, n).select_one(".page-body") for n in ("index", "first")]
        assert str(bodies[0]) == str(bodies[1])
        assert bodies[0].select_one(".note strong")
