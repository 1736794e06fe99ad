"""Publishing swaps a whole site in, or leaves the old one as it was."""

import os
from pathlib import Path

import pytest

from helpers.errors import RenderError
from helpers.site.publish import publish, recover


def make_site(folder, words):
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(words)
    (folder / f"only-{words}.html").write_text(words)
    return folder


def words(folder):
    return (folder / "index.html").read_text()


@pytest.fixture
def new(tmp_path):
    return make_site(tmp_path / "build", "new")


@pytest.fixture
def target(tmp_path):
    return make_site(tmp_path / "site", "old")


def fail_on_rename(monkeypatch, failing, error):
    rename = Path.rename

    def rename_or_fail(self, to):
        if failing(self, Path(to)):
            raise error
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", rename_or_fail)


def test_the_first_site_is_put_in_place(new, tmp_path):
    publish(new, tmp_path / "deep" / "site")
    assert words(tmp_path / "deep" / "site") == "new"
    assert not new.exists()


def test_a_new_site_takes_the_place_of_the_whole_old_one(new, target, tmp_path):
    publish(new, target)
    assert words(target) == "new"
    assert not (target / "only-old.html").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["site"]


def test_when_the_new_site_cannot_be_moved_the_old_one_stands(new, target, monkeypatch):
    fail_on_rename(monkeypatch, lambda a, b: a == new, PermissionError("in use"))
    with pytest.raises(RenderError, match="in use"):
        publish(new, target)
    assert words(target) == "old"
    assert (target / "only-old.html").exists()
    assert words(new) == "new"


def test_when_the_old_site_cannot_be_moved_it_stands(new, target, monkeypatch):
    fail_on_rename(monkeypatch, lambda a, b: a == target, PermissionError("in use"))
    with pytest.raises(RenderError, match="old one still"):
        publish(new, target)
    assert words(target) == "old"
    assert words(new) == "new"


def test_an_interruption_between_the_steps_brings_the_old_site_back(new, target, monkeypatch):
    fail_on_rename(monkeypatch, lambda a, b: a == new, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        publish(new, target)
    assert words(target) == "old"


def test_readers_never_find_a_mixture(new, target, monkeypatch):
    seen = []
    rename = Path.rename

    def watched(self, to):
        result = rename(self, to)
        seen.append(words(target) if target.exists() else None)
        return result

    monkeypatch.setattr(Path, "rename", watched)
    publish(new, target)
    assert seen == [None, "new"]


def test_a_publication_cut_off_between_its_steps_is_undone(target):
    os.rename(target, target.with_name("site.old"))
    assert recover(target)
    assert words(target) == "old"
    assert not recover(target)


def test_publishing_after_a_cut_off_starts_from_the_old_site(new, target, monkeypatch):
    os.rename(target, target.with_name("site.old"))
    fail_on_rename(monkeypatch, lambda a, b: a == new, PermissionError("in use"))
    with pytest.raises(RenderError):
        publish(new, target)
    assert words(target) == "old"


def test_what_an_earlier_publication_failed_to_tidy_up_is_removed(new, target):
    make_site(target.with_name("site.old"), "older")
    publish(new, target)
    assert words(target) == "new"
    assert not target.with_name("site.old").exists()


def test_recovering_leaves_a_standing_site_alone(target):
    make_site(target.with_name("site.old"), "older")
    assert not recover(target)
    assert words(target) == "old"


def test_a_folder_that_is_no_site_is_refused(target, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(RenderError, match=r"no index\.html"):
        publish(tmp_path / "empty", target)
    assert words(target) == "old"


def test_another_file_system_is_refused(new, target, monkeypatch):
    stat = Path.stat

    class Elsewhere:
        st_dev = -1

    def stat_elsewhere(self, **kw):
        return Elsewhere() if self == new else stat(self, **kw)

    monkeypatch.setattr(Path, "stat", stat_elsewhere)
    with pytest.raises(RenderError, match="different file systems"):
        publish(new, target)
    assert words(target) == "old"


def test_a_folder_of_somebody_elses_is_not_replaced(new, tmp_path):
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "precious.txt").write_text("keep me")
    with pytest.raises(RenderError, match="holds something that is no site"):
        publish(new, theirs)
    assert (theirs / "precious.txt").read_text() == "keep me"
