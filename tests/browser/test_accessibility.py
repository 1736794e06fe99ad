"""Who can read the project's own site in a real browser, and how.

Every kind of page is opened at the widths of a phone, a tablet and a desk, light and dark.
"""

import itertools
from pathlib import Path

import pytest

from browser.page_kinds import every_kind

WIDTHS, SCHEMES = (360, 768, 1280), ("light", "dark")


def open_details(page):
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


@every_kind
def test_axe_finds_nothing_at_any_width_light_or_dark(visit, axe, address):
    page = visit(address)
    open_details(page)
    page.evaluate(axe)
    found = []
    for width, scheme in itertools.product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        for rule in page.evaluate(RUN_AXE):
            places = [node["html"][:200] for node in rule["nodes"][:3]]
            found.append((width, scheme, rule["id"], rule["impact"], places))
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


@pytest.mark.parametrize("width", [360, 1280])
@every_kind
def test_nothing_moves_while_it_loads(visit, address, width):
    page = visit(address, width)
    shift = page.evaluate(
        """() => new Promise(done => {
            let sum = 0;
            new PerformanceObserver(list => list.getEntries().forEach(e => sum += e.value))
                .observe({type: 'layout-shift', buffered: true});
            setTimeout(() => done(sum), 100);
        })"""
    )
    assert shift < 0.001  # of a screen: what rounding of pixels makes


@every_kind
def test_nothing_moves_for_those_who_want_no_motion(visit, address):
    page = visit(address, motion="reduce")
    moving = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter(e => {
            const s = getComputedStyle(e);
            return [s.transitionDuration, s.animationDuration].some(t => parseFloat(t) > 0.01);
        }).length"""
    )
    assert moving == 0


@every_kind
def test_without_scripts_a_page_says_the_same(visit, address):
    without = visit(address, scripts=False).locator("main").inner_text().split("\n")
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
@pytest.mark.parametrize(
    "address",
    [
        "index.html",
        "measures.html?direction=declining",
        "search.html?q=attendance",
        "indicators/cyp-plan-2021-26/7.html",
        "ambition-4.html",
        "calendar.html",
        "2022-23-q4/index.html",
        "data.html",
    ],
)
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
    page = visit(address, 360, forced="active")
    bare = page.evaluate(
        """() => [...document.querySelectorAll('.badge, [class*=badge]')]
            .filter(e => e.checkVisibility() && !e.textContent.trim()).map(e => e.outerHTML)"""
    )
    assert bare == []


@pytest.mark.parametrize("width", [360, 1280])
def test_the_keyboard_opens_a_menu_and_follows_a_link_in_it(visit, home, width):
    page = visit("index.html", width)
    whole = page.locator(".site-menu > summary")
    if whole.is_visible():
        whole.focus()
        page.keyboard.press("Enter")
    page.locator("summary", has_text="Promises").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{home}improvement-plan.html")
    assert page.locator("h1").inner_text().startswith("The SEND improvement plan")


def test_the_first_stop_of_the_keyboard_skips_the_menus(visit):
    page = visit("index.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
