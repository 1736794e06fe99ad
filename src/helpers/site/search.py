"""The search index of a site: made by Pagefind from the rendered pages, the same every time.

Pagefind's own command numbers pages in the order in which the system lists a folder, so that its
index would differ from one machine to the next. Its program also serves requests, which is how its
Python package talks to it: it is started so, and handed the pages one by one in order of address.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from helpers.digests import digest_of, digests_below
from helpers.errors import RenderError
from helpers.site.policy import SEARCH_PAGES
from helpers.site.project import address_of

FOLDER = "pagefind"
"""Where the index stands in the site."""

SETTINGS = {
    "root_selector": "main",
    # Figures and arithmetic, which nobody searches for; the words beside them are read.
    "exclude_selectors": [
        *("thead", ".stacked", "details.figures", "details.judged", "div.sourceCode"),
        *(".quarter-note", "figure.chart"),
    ],
    "keep_index_url": True,
}
"""What Pagefind is asked to read of each page."""

NOT_USED = ("pagefind-*.js", "pagefind-*.css")
"""What it makes beside the index and we have no use for: its own search boxes, and a worker."""

_TABLE, _NUMBER = re.compile(r"<table\b.*?</table>", re.DOTALL), 'class="number"'
_RUN_TOGETHER = re.compile(r"(</(?:caption|figcaption|summary|th|dt|dd)>)")
"""Ends of what Pagefind would join to the word after it."""

SECONDS = 120
"""It ends after this long, whatever it is doing."""

_REMEDY = (
    "Install the packages of requirements.lock ('make env') and run again. The site that readers "
    "have stays as it was."
)


def put_search_index(
    site: Path, pages: Mapping[str, str], last_site: Path, last: Mapping | None
) -> dict | None:
    """Put the search index of a rendered site into it; the last one, if it would be the same.

    Parameters
    ----------
    site
        The folder with the site.
    pages
        The digest of each page, by its address.
    last_site, last
        The site published last, and what this function gave for it.

    Returns
    -------
    dict or None
        What the index was made from, and its files; None for a site that has no page to search by,
        and so no index.

    Raises
    ------
    RenderError
        If Pagefind is not installed, or fails.
    """
    if not {address_of(source) for source in SEARCH_PAGES} & pages.keys():
        return None
    made_from = digest_of([_version(), SETTINGS, NOT_USED, sorted(pages.items())])
    files = last.get("files") if last and last.get("made_from") == made_from else None
    if files and digests_below(last_site / FOLDER) == files:
        shutil.copytree(last_site / FOLDER, site / FOLDER)
    else:
        make_index(site, sorted(pages), site / FOLDER)
    return {"made_from": made_from, "files": digests_below(site / FOLDER)}


def make_index(site: Path, addresses: list[str], folder: Path) -> None:
    """Have Pagefind read the pages of a site, in this order, and write down the index it makes.

    Raises
    ------
    RenderError
        If Pagefind cannot be started, or fails.
    """
    read = [name for name in addresses if name not in map(address_of, SEARCH_PAGES)]
    with _pagefind() as ask:
        index = ask({"type": "NewIndex", "config": SETTINGS})["index_id"]
        for address in read:
            content = to_search((site / address).read_text(encoding="utf-8"))
            page = {"file_path": None, "url": address, "file_contents": content}
            ask({"type": "AddFile", "index_id": index, **page})
        # Had it to write the files itself, it would answer before they are written whole.
        files = ask({"type": "GetFiles", "index_id": index})["files"]
    for file in files:
        path = folder / file["path"]
        if not any(path.match(pattern) for pattern in NOT_USED):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(base64.b64decode(file["content"]))


def to_search(page_html: str) -> str:
    """Return a page without its tables of figures, and with its words apart.

    Examples
    --------
    >>> to_search('<table><td class="number">5</td></table><table><th>Honey</th><td>sweet</td>')
    '<table><th>Honey </th><td>sweet</td>'
    """
    words = _TABLE.sub(lambda table: "" if _NUMBER in table[0] else table[0], page_html)
    return _RUN_TOGETHER.sub(r" \1", words)


def _version() -> str:
    try:
        return version("pagefind-bin")
    except PackageNotFoundError:
        raise RenderError(f"the search index: Pagefind is not installed. {_REMEDY}") from None


@contextmanager
def _pagefind() -> Iterator[Callable[[dict], dict]]:
    """Start Pagefind; give a function that asks it one thing and returns its answer."""
    from pagefind_bin import get_executable

    # What it can be told by variables is told to it here, and nowhere else.
    variables = {k: v for k, v in os.environ.items() if not k.startswith("PAGEFIND_")}
    with tempfile.TemporaryDirectory(prefix="waggle-") as empty, tempfile.TemporaryFile() as said:
        try:
            service = subprocess.Popen(
                [str(get_executable()), "--service"],
                cwd=empty,
                env=variables,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
            )
        except OSError as error:
            raise RenderError(f"the search index: no Pagefind ({error}). {_REMEDY}") from error
        too_long = threading.Timer(SECONDS, service.kill)
        too_long.start()
        try:
            yield lambda payload: _ask(service, payload)
        except _NoAnswer:
            said.seek(0)
            words = said.read().decode(errors="replace").strip()[-1000:]
            raise RenderError(
                f"the search index: Pagefind ended without an answer. {words}\n{_REMEDY}"
            ) from None
        finally:
            too_long.cancel()
            service.kill()
            service.communicate()


class _NoAnswer(Exception):
    """Pagefind's process is gone."""


def _ask(service: subprocess.Popen, payload: dict) -> dict:
    """Send a request and wait for the answer: each is JSON in base64, with a comma after it."""
    message = json.dumps({"message_id": 1, "payload": payload}).encode()
    try:
        service.stdin.write(base64.b64encode(message) + b",")
        service.stdin.flush()
    except OSError as error:
        raise _NoAnswer from error
    answer = bytearray()
    while not answer.endswith(b","):
        part = service.stdout.read1()
        if not part:
            raise _NoAnswer
        answer += part
    found = json.loads(base64.b64decode(answer[:-1]))["payload"]
    if found["type"] == "Error":
        raise RenderError(f"the search index: Pagefind says: {found['message']}. {_REMEDY}")
    return found
