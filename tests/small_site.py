"""A small Quarto project for the tests of the site, and what they do with it again and again."""

import nbformat
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

from helpers.site.render import render_site

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


def make_project(folder):
    """Write the project: three pages, a style sheet, a table."""
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


def page(project, site, name="index"):
    """Render the project; return one page of it."""
    render_site(project, site)
    return BeautifulSoup((site / f"{name}.html").read_text("utf-8"), "html.parser")
