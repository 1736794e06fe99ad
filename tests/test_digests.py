"""Digests: one for each state of a file, an empty one where there is none."""

import hashlib
import os
from pathlib import Path

import pytest

from helpers.digests import digest, digest_of, digests_below

# Published with the standard (FIPS 180-4): SHA-256 of "abc", and of nothing.
ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.fixture
def link(tmp_path):
    """Make a link in the test's folder."""

    def make(name, target):
        try:
            (tmp_path / name).symlink_to(target)
        except OSError:
            pytest.skip("no links on this system")

    return make


def test_a_files_digest_is_its_sha_256(tmp_path):
    (tmp_path / "abc").write_bytes(b"abc")
    (tmp_path / "empty").write_bytes(b"")
    assert digest(tmp_path / "abc") == ABC
    assert digest(tmp_path / "empty") == NOTHING


def test_a_missing_file_has_an_empty_digest_which_no_file_has(tmp_path, link):
    assert digest(tmp_path / "missing") == ""
    assert digest(tmp_path / "missing" / "below") == ""
    link("broken", tmp_path / "missing")
    assert digest(tmp_path / "broken") == ""


def test_a_folder_or_a_file_in_place_of_a_folder_counts_as_missing(tmp_path):
    (tmp_path / "file").write_bytes(b"abc")
    assert digest(tmp_path) == ""
    assert digest(tmp_path / "file" / "below") == ""


def test_a_link_has_the_digest_of_the_file_it_leads_to(tmp_path, link):
    (tmp_path / "abc").write_bytes(b"abc")
    link("linked", tmp_path / "abc")
    assert digest(tmp_path / "linked") == ABC


def test_line_ends_and_dates_are_contents_and_no_contents(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"a\n")
    unix = digest(path)
    os.utime(path, (0, 0))
    assert digest(path) == unix
    path.write_bytes(b"a\r\n")
    assert digest(path) != unix


def test_what_json_can_hold_has_a_digest_whatever_the_order_of_its_keys():
    # json.dumps writes {"a": 1, "b": [true, null]}.
    expected = hashlib.sha256(b'{"a": 1, "b": [true, null]}').hexdigest()
    assert digest_of({"a": 1, "b": [True, None]}) == expected
    assert digest_of({"b": [True, None], "a": 1}) == expected


@pytest.mark.parametrize(
    ("one", "other"), [([1, 2], [2, 1]), ("1", 1), (["ab"], ["a", "b"]), ("é", "e"), (None, "")]
)
def test_different_values_have_different_digests(one, other):
    assert digest_of(one) != digest_of(other)


def test_files_below_a_folder_come_in_order_of_their_paths(tmp_path):
    for name in ("b/z", "a/b/y", "a/x", "c", "B"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"abc")
    # Capitals before small letters, on every system and in every language.
    assert list(digests_below(tmp_path).items()) == [
        (name, ABC) for name in ("B", "a/b/y", "a/x", "b/z", "c")
    ]


def test_files_that_are_not_wanted_are_left_out_and_not_opened(tmp_path, monkeypatch):
    (tmp_path / "wanted").write_bytes(b"abc")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "not").write_bytes(b"")
    opened = []
    monkeypatch.setattr("helpers.digests.digest", opened.append)
    assert list(digests_below(tmp_path, lambda name: name != "folder/not")) == ["wanted"]
    assert [Path(name) for name in opened] == [tmp_path / "wanted"]


def test_a_closed_folder_is_not_looked_into_wherever_it_stands(tmp_path):
    for name in ("a", "made", "a/made"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x").write_bytes(b"abc")
    assert digests_below(tmp_path, closed=["made"]) == {"a/x": ABC}


def test_what_python_compiled_and_empty_folders_do_not_count(tmp_path):
    for name in ("__pycache__/a.pyc", "deep/__pycache__/b.pyc"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_bytes(b"abc")
    (tmp_path / "__pycache__.txt").write_bytes(b"abc")
    assert digests_below(tmp_path) == {"__pycache__.txt": ABC}


def test_below_a_folder_that_is_missing_or_a_file_there_is_nothing(tmp_path):
    (tmp_path / "file").write_bytes(b"abc")
    assert digests_below(tmp_path / "missing") == digests_below(tmp_path / "file") == {}


def test_files_behind_links_to_folders_count(tmp_path, link):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "figures").write_bytes(b"abc")
    (tmp_path / "project").mkdir()
    link("project/linked", tmp_path / "elsewhere")
    link("project/broken", tmp_path / "missing")
    # A link to nowhere is there, and has nothing in it.
    assert digests_below(tmp_path / "project") == {"broken": "", "linked/figures": ABC}
    link("whole", tmp_path / "project")
    assert digests_below(tmp_path / "whole") == digests_below(tmp_path / "project")


def test_links_that_lead_round_in_circles_come_to_an_end(tmp_path, link):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_bytes(b"abc")
    link("one/up", tmp_path)
    link("one/two", tmp_path / "two")
    link("two/one", tmp_path / "one")
    # one/two/one would be one again, and two/one/two two.
    assert list(digests_below(tmp_path)) == [
        "one/file",
        "one/two/file",
        "two/file",
        "two/one/file",
    ]
