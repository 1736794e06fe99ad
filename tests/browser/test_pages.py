"""What the project's own site sends: how much, in what HTML, and what stands for its charts.

No browser is needed for these.
"""

import gzip
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from browser.page_kinds import KINDS

PROJECT = Path(__file__).parents[2]
CHECKER = PROJECT / "build" / "checker" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
JAVA = shutil.which("java")


def test_every_page_is_light(real_site):
    sizes = {}

    def size(path):
        if path not in sizes:
            sizes[path] = len(gzip.compress(path.read_bytes(), 6))
        return sizes[path]

    for page in real_site.rglob("*.html"):
        words = page.read_text(encoding="utf-8")
        beside = set(re.findall(r'(?:src|href)="([\w./-]+\.(?:css|js))"', words))
        assert beside, page
        assert size(page) + sum(size((page.parent / name).resolve()) for name in beside) < 150_000


def test_the_kinds_of_page_that_are_visited_have_every_class_of_element_that_any_page_has(
    real_site,
):
    addresses = {address.partition("?")[0] for address in KINDS.values()}
    visited = set().union(*(classes_of(real_site / address) for address in addresses))
    others = {page: classes_of(page) - visited for page in real_site.rglob("*.html")}
    assert {str(page): missing for page, missing in others.items() if missing} == {}


def classes_of(page):
    """Return each class of a page with the element that has it, such as "td.number"."""
    found = re.findall(r'<(\w+)[^>]*? class="([^"]*)"', page.read_text(encoding="utf-8"))
    return {f"{element}.{name}" for element, names in found for name in names.split()}


@pytest.mark.skipif(not JAVA, reason="the HTML checker needs Java")
@pytest.mark.skipif(not CHECKER.is_file(), reason="the HTML checker is not there: make checker")
def test_every_page_is_valid_html(real_site):
    pages = sorted(real_site.rglob("*.html"))
    command = [JAVA, "-Xss8m", "-jar", CHECKER, "--errors-only", "--format", "gnu", *pages]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    assert said.replace(str(real_site), "") == ""


def test_the_alternative_of_each_chart_names_the_measure_the_periods_and_the_finding(real_site):
    # Against the figures beside the page, which no chart is drawn from.
    alternatives = 0
    for page in sorted(real_site.glob("indicators/*/*.html")):
        soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        measures = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))["measures"]
        for image in soup.select("main figure.chart img"):
            words = image["alt"]
            series = named_in(words, measures)
            assert any(tells(words, levels) for levels in series), f"{page.name}: {words}"
            alternatives += 1
    assert alternatives > 50


def named_in(words, measures):
    """Return the levels of the measure and area that are named, oldest first, by kind of period."""
    levels = {}
    for measure in measures:
        for figure in measure["figures"]:
            named = f"{measure['title']}, {figure['area']}" in words
            is_level = (figure["kind"], figure["breakdown"]) == ("level", "")
            if named and is_level and figure["value"] is not None:
                levels.setdefault(figure["period_kind"], []).append(figure)
    return [sorted(some, key=lambda figure: figure["period_end"]) for some in levels.values()]


def tells(words, levels):
    """Return whether words tell the newest figure, its period, and what it is beside."""
    oldest, newest = levels[0], levels[-1]
    told = [says(words, newest["value"]), newest["period_end"][:4] in years_of(words)]
    # Bars are of the newest figure and the one it is compared with, not the oldest.
    if not words.startswith("Bar chart."):
        told.append(oldest["period_end"][:4] in years_of(words))
    if words.startswith("Line chart."):
        told.append(says(words, oldest["value"]))
    return all(told)


def says(words, value):
    """Return whether words have a value, rounded to any number of decimals."""
    numbers = re.findall(r"\d+(?:\.\d+)?", words.replace(",", ""))
    return any(f"{value:.{decimals}f}" in numbers for decimals in range(4))


def years_of(words):
    """Return the years that words name, both of a year such as 2024/25 or 2024-25."""
    years = set(re.findall(r"\b20\d\d\b", words))
    return years | {f"20{end}" for end in re.findall(r"\b20\d\d[/-](\d\d)\b", words)}
