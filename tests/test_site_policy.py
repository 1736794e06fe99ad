"""The content security policy: nothing runs that stands in a page, nothing comes from elsewhere."""

import pytest
from small_site import make_project, page

from helpers.site.policy import content_policy


def directives(policy):
    return {name: set(sources) for name, *sources in map(str.split, policy.split("; "))}


@pytest.mark.parametrize("searches", [False, True])
def test_no_page_may_run_or_style_by_what_stands_in_it(searches):
    for sources in directives(content_policy(searches)).values():
        assert not sources & {"'unsafe-inline'", "'unsafe-eval'", "*", "data:", "https:"} - {
            "data:"
        }


@pytest.mark.parametrize("searches", [False, True])
def test_scripts_and_styles_are_files_of_the_site(searches):
    found = directives(content_policy(searches))
    assert found["style-src"] == {"'self'", "file:"}
    assert found["script-src"] - {"'wasm-unsafe-eval'"} == {"'self'", "file:"}
    assert [name for name, sources in found.items() if "data:" in sources] == ["img-src"]


def test_only_the_page_that_searches_may_run_webassembly():
    assert "wasm" not in content_policy()
    assert "'wasm-unsafe-eval'" in directives(content_policy(searches=True))["script-src"]


def policy_of(soup):
    (meta,) = soup.select('meta[http-equiv="Content-Security-Policy"]')
    return meta["content"]


def test_every_page_has_its_policy_before_anything_that_is_loaded(tmp_path):
    project = make_project(tmp_path / "reports")
    (project / "search.qmd").write_text("---\ntitle: Search\n---\n\nWords.\n", "utf-8")
    for name in ("index", "first", "search"):
        soup = page(project, tmp_path / "site", name)
        assert policy_of(soup) == content_policy(searches=name == "search")
        names = [tag.get("http-equiv") or tag.name for tag in soup.head.find_all(True)]
        assert names.index("Content-Security-Policy") < names.index("link")


def test_a_site_without_a_page_that_searches_runs_no_webassembly(tmp_path):
    soup = page(make_project(tmp_path / "reports"), tmp_path / "site")
    assert policy_of(soup) == content_policy()
