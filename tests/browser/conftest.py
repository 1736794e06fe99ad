"""A browser, and the project's own site served on this machine; skipped where there is none."""

import functools
import http.server
import shutil
import threading

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def chromium():
    """Start the browser once."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("no Chromium was found: install your system's package")
    with playwright.sync_playwright() as started:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = started.chromium.launch(executable_path=program, args=options)
        yield browser
        browser.close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files, and says nothing."""

    def log_message(self, *_):
        """Say nothing."""


class Server(http.server.ThreadingHTTPServer):
    """Keeps a browser's connections waiting, rather than drop one, while the machine is busy."""

    request_queue_size = 128


@pytest.fixture(scope="session")
def home(real_site):
    """Serve the site on this machine; return its address."""
    handler = functools.partial(Quiet, directory=str(real_site))
    with Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def pages(chromium):
    """Return a function that gives a page, with scripts or without: the same at each call.

    To open a window takes a browser as long as to load a page in it.
    """

    @functools.cache
    def page_of(scripts, number):
        page = chromium.new_context(java_script_enabled=scripts).new_page()
        # Each visit is a first one.
        devtools = page.context.new_cdp_session(page)
        devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
        return page

    return page_of


@pytest.fixture
def visit(pages, home):
    """Return a function that opens a page, and fails if it complains.

    The page has loaded; where its address asks for words, their results are shown. Each call in a
    test gives a page of its own.
    """
    complaints, visited = [], []
    heard = {
        "request": lambda request: _heard(request.url, home, complaints),
        "pageerror": lambda error: complaints.append(str(error)),
        "console": lambda said: _complained(said, complaints),
    }

    def visit(address, width=1280, scripts=True, motion="no-preference", forced="none"):
        page = pages(scripts, len(visited))
        visited.append(page)
        for event, listen in heard.items():
            page.on(event, listen)
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="light", reduced_motion=motion, forced_colors=forced)
        page.goto(home + address)
        if "?q=" in address and scripts:
            page.get_by_role("status").filter(has_text=" for “").wait_for()
        return page

    yield visit
    for page in visited:
        for event, listen in heard.items():
            page.remove_listener(event, listen)
        page.unroute_all()
        page.goto("about:blank")
    assert not complaints


def _heard(url, home, complaints):
    if not url.startswith((home, "data:", "blob:")):
        complaints.append(f"asked another host: {url}")


def _complained(said, complaints):
    if said.type in ("error", "warning"):
        complaints.append(said.text)
