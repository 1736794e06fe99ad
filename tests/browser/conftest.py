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


@pytest.fixture
def visit(chromium, home):
    """Return a function that opens a page, in a window of its own, and fails if it complains.

    The page has loaded; where its address asks for words, their results are shown.
    """
    contexts, complaints = [], []

    def visit(address, width=1280, height=900, **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: _heard(request.url, home, complaints))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: _complained(said, complaints))
        page.goto(home + address)
        if "?q=" in address and options.get("java_script_enabled", True):
            page.get_by_role("status").filter(has_text=" for “").wait_for()
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
