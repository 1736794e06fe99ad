"""What is known of a rendered site, and how a change in anything a page is made from shows."""

import json
import shutil

import pytest

from helpers.site import rendered
from helpers.site.facts import PageFacts
from helpers.site.rendered import Rendered, RenderedPage, digest, ingredients, renderer_digest

PAGE = RenderedPage("s", "Home", "m", "o", PageFacts(("a",), ("b.html",), ()))


@pytest.fixture
def made(tmp_path):
    return Rendered(tmp_path, "r", {"index.html": PAGE}, (tmp_path / "index.html",))


def test_the_digest_is_sha_256():
    # The answer of sha256sum for a file without content.
    assert digest(b"").startswith("e3b0c44298fc1c14")


class TestIngredients:
    SAME = ("r", {"lang": "en"}, {"index.ipynb": "Home", "a.qmd": "A"}, "index.ipynb", "s")

    def test_the_same_gives_the_same(self):
        assert ingredients(*self.SAME) == ingredients(*self.SAME)

    @pytest.mark.parametrize(
        ("place", "other"),
        [
            (0, "r2"),
            (1, {"lang": "cy"}),
            (1, {"lang": "en", "toc": True}),
            (2, {"index.ipynb": "Home", "a.qmd": "B"}),
            (2, {"index.ipynb": "Home"}),
            (2, {"index.ipynb": "Home", "a.qmd": "A", "b.qmd": "B"}),
            (3, "a.qmd"),
            (4, "s2"),
        ],
    )
    def test_a_change_in_any_one_shows(self, place, other):
        changed = list(self.SAME)
        changed[place] = other
        assert ingredients(*changed) != ingredients(*self.SAME)

    def test_settings_that_yaml_tells_apart_are_told_apart(self):
        made = {ingredients("r", {"toc": toc}, {}, "a.qmd", "s") for toc in (True, "True", 1, 1.0)}
        assert len(made) == 4

    def test_a_word_does_not_move_from_one_part_to_the_next(self):
        before = ingredients("r", {}, {}, "a.qmd", "bs")
        assert before != ingredients("r", {}, {}, "a.qmdb", "s")


class TestRenderer:
    @pytest.fixture
    def own_files(self, tmp_path, monkeypatch):
        copy = shutil.copytree(rendered.OWN_FILES.parent, tmp_path / "helpers") / "site"
        before = renderer_digest()
        monkeypatch.setattr(rendered, "OWN_FILES", copy)
        assert renderer_digest() == before  # the folder it stands in does not matter
        return copy

    @pytest.mark.parametrize(
        "name",
        [
            "pages.py",
            "checks.py",
            "templates/page.html.j2",
            "templates/cells.html.j2",
            "../yaml_files.py",
        ],
    )
    def test_a_change_of_its_source_or_a_template_shows(self, own_files, name):
        before = renderer_digest()
        with (own_files / name).open("a") as file:
            file.write("\n")
        assert renderer_digest() != before

    def test_a_new_template_shows(self, own_files):
        before = renderer_digest()
        (own_files / "templates" / "more.html.j2").write_text("")
        assert renderer_digest() != before

    def test_what_python_leaves_behind_does_not_show(self, own_files):
        before = renderer_digest()
        (own_files / "__pycache__" / "new.pyc").parent.mkdir(exist_ok=True)
        (own_files / "__pycache__" / "new.pyc").write_bytes(b"x")
        assert renderer_digest() == before

    @pytest.mark.parametrize("package", ["jinja2", "mistune", "nbconvert", "nbformat"])
    def test_another_version_of_a_package_shows(self, monkeypatch, package):
        before, version = renderer_digest(), rendered.version
        changed = {package: "0.0"}
        monkeypatch.setattr(rendered, "version", lambda name: changed.get(name) or version(name))
        assert renderer_digest() != before


class TestJson:
    def test_it_comes_back_as_it_was(self, made, tmp_path):
        kept = json.loads(json.dumps(made.as_json()))
        back = Rendered.from_json(tmp_path / "elsewhere", kept)
        assert back == Rendered(tmp_path / "elsewhere", "r", {"index.html": PAGE})

    @pytest.mark.parametrize(
        "kept",
        [
            None,
            [],
            "x",
            {},
            {"renderer": "r"},
            {"renderer": "r", "pages": []},
            {"renderer": "r", "pages": {"index.html": None}},
            {"renderer": "r", "pages": {"index.html": {"title": "Home"}}},
            {"renderer": "r", "pages": {"index.html": {"facts": {}, "title": "Home"}}},
            {"renderer": "r", "pages": {"index.html": {"facts": {"ids": 1}}}},
        ],
    )
    def test_anything_else_is_as_if_nothing_was_known(self, tmp_path, kept):
        assert Rendered.from_json(tmp_path, kept) is None


class TestPageOf:
    def test_a_page_with_the_same_file_and_renderer(self, made):
        assert made.page_of("index.html", "s", "r") == PAGE

    @pytest.mark.parametrize(
        ("address", "source", "renderer"),
        [("other.html", "s", "r"), ("index.html", "s2", "r"), ("index.html", "s", "r2")],
    )
    def test_none_where_anything_is_another(self, made, address, source, renderer):
        assert made.page_of(address, source, renderer) is None
