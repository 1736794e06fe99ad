"""A site of several quarters: the list of them, the banners, the feed, and what is made again."""

import json
import re
import shutil
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_notebook, new_raw_cell

from helpers.definitions import Quarter
from helpers.editions import alone, banner, listed, way, with_banner, write_lists
from helpers.errors import RenderError
from helpers.site.project import read_config

THEN, NOW, NEXT = (
    Quarter(quarter=name, as_at=day)
    for name, day in (
        ("2023-24 Q4", date(2024, 7, 31)),
        ("2025-26 Q1", date(2025, 7, 31)),
        ("2026-27 Q1", date(2026, 7, 31)),
    )
)


def edition(quarter, name=""):
    return SimpleNamespace(name=name, quarter=quarter)


ROOT, OLD = edition(NOW), edition(THEN, "2023-24-q4")


# ---------------------------------------------------------------------------------------- the list


def test_the_list_is_seen_from_each_quarter_oldest_first():
    assert listed([ROOT, OLD], "") == [
        ("2023-24 Q4", "2024-07-31", "2023-24-q4/", "no"),
        ("2025-26 Q1", "2025-07-31", "", "yes"),
    ]
    assert listed([ROOT, OLD], OLD.name) == [
        ("2023-24 Q4", "2024-07-31", "", "no"),
        ("2025-26 Q1", "2025-07-31", "../", "yes"),
    ]


def test_the_list_of_one_quarter_is_that_of_a_quarter_without_a_site():
    assert listed([edition(THEN)], "") == [alone(THEN)]


def test_the_way_there_and_back_leads_to_where_it_began():
    for own in ("", "2023-24-q4"):
        for other in ("", "2023-24-q4", "2025-26-q1"):
            there = Path("site", own, way(own, other)).resolve()
            assert there == Path("site", other).resolve()


def test_lists_are_written_for_the_quarters_of_the_site_and_removed_for_all_others(tmp_path):
    for quarter in (THEN, NOW, NEXT):
        (tmp_path / quarter.slug).mkdir()
        (tmp_path / quarter.slug / "editions.csv").write_text("old")
    made = write_lists([ROOT, OLD], [THEN, NOW, NEXT], tmp_path)
    assert sorted(made) == ["2023-24-q4/editions.csv", "2025-26-q1/editions.csv"]
    assert not (tmp_path / NEXT.slug / "editions.csv").exists()
    assert (tmp_path / NOW.slug / "editions.csv").read_text() == (
        "quarter,as_at,address,is_default\n"
        "2023-24 Q4,2024-07-31,2023-24-q4/,no\n"
        "2025-26 Q1,2025-07-31,,yes\n"
    )


# -------------------------------------------------------------------------------------- the banner


def words_of(markdown):
    return re.sub(r"<[^>]*>|\*", "", markdown)


def test_the_account_at_the_root_has_no_banner():
    assert banner(ROOT, ROOT) == ""


def test_an_older_account_says_what_it_is_and_leads_to_the_newest():
    made = banner(OLD, ROOT)
    assert words_of(made) == (
        "This is the account of 2023-24 Q4, as it was then. The newest account is that of "
        "2025-26 Q1."
    )
    assert 'href="../index.html"' in made


def test_an_account_newer_than_the_one_at_the_root_does_not_call_itself_old():
    assert words_of(banner(edition(NEXT, NEXT.slug), ROOT)) == (
        "This is the account of 2026-27 Q1. The account that this site leads with is that of "
        "2025-26 Q1."
    )


SETTINGS = """\
project:
  type: website
website: # our site
  title: Bees
format:
  html:
    include-in-header:
      - text: |
          <link rel="alternate" type="application/atom+xml" href="feed.xml">
"""


def put(tmp_path, settings, words='Old: **then**, "so".'):
    text = with_banner(settings, words, "../", ["index.html", "a/b.html"])
    (tmp_path / "_quarto.yml").write_text(text, encoding="utf-8")
    return text, read_config(tmp_path)


def test_the_banner_is_an_announcement_that_cannot_be_put_away(tmp_path):
    text, config = put(tmp_path, SETTINGS)
    assert config["website"] == {
        "title": "Bees",
        "announcement": {
            "content": 'Old: **then**, "so".',
            "dismissable": False,
            "type": "warning",
            "position": "below-navbar",
        },
    }
    assert config["newest-account"] == {"folder": "../", "pages": ["index.html", "a/b.html"]}
    assert 'href="../feed.xml"' in text and 'href="feed.xml"' not in text


@pytest.mark.parametrize("own", ["  announcement: We moved.\n", "  announcement:\n    icon: bee\n"])
def test_an_announcement_of_the_sites_own_gives_way_to_the_banner(tmp_path, own):
    settings = SETTINGS.replace("  title: Bees\n", f"{own}  title: Bees\n")
    _, config = put(tmp_path, settings)
    assert config["website"]["announcement"]["content"].startswith("Old")
    assert config["website"]["title"] == "Bees"
    assert "icon" not in config["website"]["announcement"]


def test_settings_without_an_end_of_line_are_settings_too(tmp_path):
    _, config = put(tmp_path, "website:\n  title: Bees")
    assert config["website"]["title"] == "Bees"


def test_settings_without_a_place_for_the_banner_are_refused():
    with pytest.raises(RenderError, match="no line 'website:'"):
        with_banner("website: {title: Bees}\n", "Old.", "../", [])


# ----------------------------------------------------------------------------------- a whole site


OTHERS = """
from IPython.display import HTML

from helpers.account import open_account

account = open_account(quarter, area)
links = [
    f'<li><a href="{row.address}index.html">{row.quarter}</a></li>'
    for row in account.editions.itertuples()
]
HTML(f"<ul>{''.join(links)}</ul>")
""".strip()
"""Lists the quarters of the site, with links."""

PAGES = ["about.html", "index.html", "others.html"]
ALL = ("--quarter", "all")


class Project:
    def __init__(self, root, call):
        self.root, self._call = root, call
        self.site = root / "reports" / "site"

    def run(self, *options):
        """Run, and return the notebooks that were executed; None where nothing was made."""
        code, out, err = self._call(self.root, "run", "--json", *options)
        assert code == 0, err
        events = [json.loads(line) for line in out.splitlines()]
        summary = [event for event in events if event["event"] == "summary"]
        return set(summary[0]["executed"]) if summary else None

    def page(self, name):
        return BeautifulSoup((self.site / name).read_text("utf-8"), "html.parser")

    def banner(self, name):
        return self.page(name).select_one("#quarto-announcement")

    def made(self):
        files = [*(self.root / "data" / "processed").rglob("*"), *self.site.parent.rglob("*")]
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(files)
            if path.is_file() and ".waggle" not in path.parts
        }


@pytest.fixture(scope="module")
def finished(finished_small_project, call, tmp_path_factory):
    """Make the small project's two quarters once: (where it stood, a copy, what was made)."""
    root = tmp_path_factory.mktemp("editions") / "project"
    shutil.copytree(finished_small_project, root, ignore=shutil.ignore_patterns("earlier"))
    index = nbformat.read(root / "notebooks" / "index.ipynb", as_version=4)
    parameters = next(c for c in index.cells if "parameters" in c.metadata.get("tags", []))
    cells = [new_raw_cell("---\ntitle: Others\n---"), parameters, new_code_cell(OTHERS)]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    notebook = new_notebook(cells=cells, metadata=index.metadata)
    nbformat.write(notebook, root / "notebooks" / "others.ipynb")
    settings = root / "reports" / "_quarto.yml"
    text = settings.read_text("utf-8").replace("resources:\n", 'resources:\n    - "/feed.xml"\n')
    feed = '<link rel="alternate" type="application/atom+xml" href="feed.xml">'
    text += f"    include-in-header:\n      - text: |\n          {feed}\n"
    settings.write_text(text, encoding="utf-8")
    project = Project(root, call)
    project.run(*ALL)
    return root, shutil.copytree(root, root.with_name("kept")), project.made()


@pytest.fixture
def project(finished, call):
    """Put the finished project where it was made."""
    root, kept, _ = finished
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(kept, root)
    return Project(root, call)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_the_older_account_leads_to_the_same_page_of_the_newest(project, page):
    link = project.banner(f"2023-24-q4/{page}").a
    assert link["href"] == f"../{page}"
    assert project.banner(page) is None


def test_pages_know_the_accounts_of_the_site_and_where_they_stand(project):
    def links(name):
        return [(a["href"], a.get_text()) for a in project.page(name).select("main li a")]

    assert links("others.html") == [
        ("2023-24-q4/index.html", "2023-24 Q4"),
        ("index.html", "2025-26 Q1"),
    ]
    assert links("2023-24-q4/others.html") == [
        ("index.html", "2023-24 Q4"),
        ("../index.html", "2025-26 Q1"),
    ]


def test_the_feed_stands_at_the_root_and_is_found_from_every_page(project):
    feed = (project.site / "feed.xml").read_text("utf-8")
    assert feed.count("<entry>") == 2
    assert "From figures published by 31 July 2025." in feed
    assert not (project.site / "2023-24-q4" / "feed.xml").exists()
    for page, way_up in (("about.html", ""), ("2023-24-q4/about.html", "../")):
        link = project.page(page).head.select_one('link[type="application/atom+xml"]')
        assert link["href"] == f"{way_up}feed.xml"


def test_each_account_has_its_own_calendar(project):
    days = {
        name: (project.site.parent / name / "data" / "calendar.ics").read_bytes().decode()
        for name in ("", "2023-24-q4")
    }
    assert "DTSTART;VALUE=DATE:20250731" in days[""]
    assert "DTSTAMP:20240731T000000Z" in days["2023-24-q4"]
    assert "20250731" not in days["2023-24-q4"]


def test_a_run_after_which_nothing_changed_makes_nothing(project, finished):
    assert project.run(*ALL) is None
    assert project.made() == finished[2]


def test_a_run_of_everything_again_gives_the_same_bytes(project, finished):
    project.run(*ALL, "--again")
    assert project.made() == finished[2]


@pytest.mark.parametrize(
    "name",
    [
        "data/processed/2025-26-q1/editions.csv",
        "reports/feed.xml",
        "reports/2023-24-q4/_quarto.yml",
        "reports/site/feed.xml",
    ],
)
@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_text("spoilt")])
def test_what_is_made_beside_the_pages_is_made_again_where_it_was_spoilt(
    project, finished, name, spoil
):
    spoil(project.root / name)
    assert project.run(*ALL) == set()
    assert project.made() == finished[2]
    assert project.run(*ALL) is None


def test_a_site_of_one_quarter_has_no_banner_and_lists_no_other(project):
    # Only the page that lists the quarters is another now.
    assert project.run() == {"2025-26 Q1/others"}
    assert not (project.site / "2023-24-q4").exists()
    assert [a["href"] for a in project.page("others.html").select("main li a")] == ["index.html"]
    assert (project.site / "feed.xml").read_text("utf-8").count("<entry>") == 1
    assert not (project.root / "data" / "processed" / "2023-24-q4" / "editions.csv").exists()


def test_an_account_that_makes_room_for_a_newer_one_is_not_executed_again(project, finished):
    project.run("--quarter", "2023-24 Q4")
    assert project.banner("index.html") is None
    assert "2023-24 Q4/index" not in project.run(*ALL)
    assert project.banner("2023-24-q4/index.html") is not None
    assert project.made() == finished[2]
