"""What a reader sees of a piece of a page, and the account that the pieces are made of."""

import re
from html import unescape
from xml.etree import ElementTree

from helpers.account import open_account
from helpers.project import PROCESSED_VARIABLE

HIVE_PLAN = "hive-plan-2022-27"
THEN = "2023-24 Q4"
"""The small project's earlier quarter."""


def opener(root, monkeypatch):
    """Return a function that opens an account of the small project's Hive plan."""
    monkeypatch.setenv(PROCESSED_VARIABLE, "")
    monkeypatch.chdir(root)

    def of(quarter="2025-26 Q1", area="", plan=HIVE_PLAN):
        return open_account(quarter, area, plan)

    return of


def html_of(part):
    """Return the HTML that a part shows itself as."""
    return part.data if hasattr(part, "data") else part._repr_html_()


def words_of(part):
    """Return what a reader sees, tags and pictures left out."""
    without_pictures = re.sub(r"<img[^>]*>", "", html_of(part))
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", without_pictures))).strip()


def rows_of(table):
    """Return a table's body, a list of texts for each row."""
    body = re.search(r"<tbody>.*</tbody>", html_of(table), flags=re.DOTALL).group()
    return [
        [re.sub(r"\s+", " ", "".join(cell.itertext())).strip() for cell in row]
        for row in ElementTree.fromstring(body.replace("<br>", "<br/>"))
    ]


def by_heading(table):
    """Return a table's rows, each cell under the heading of its column."""
    head = re.search(r"<thead>.*</thead>", html_of(table), flags=re.DOTALL).group()
    headings = ["".join(cell.itertext()) for cell in ElementTree.fromstring(head)[0]]
    return [dict(zip(headings, row, strict=True)) for row in rows_of(table)]


def plan_rows(account):
    """Return the assessments of the measures that have a reference in the plan."""
    return account.assessments[account.assessments["role"] == "plan"]
