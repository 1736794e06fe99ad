"""Publishing swaps a whole site in, or leaves the old one as it was."""

import contextlib
import errno
import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from helpers.errors import RenderError
from helpers.manifest import Inputs
from helpers.record import record, write_record
from helpers.site import publish as module
from helpers.site.publish import prepare, publish, recover

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux can swap in one step")
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process cannot be forked here")


INPUTS = Inputs({}, {}, {}, {}, {}, {}, {})


def make_site(folder, words):
    (folder / "data").mkdir(parents=True)
    (folder / "index.html").write_text(words)
    (folder / f"only-{words}.html").write_text(words)
    (folder / "data" / "figures.csv").write_text(words)
    made = record("2025-26 Q1", "2025-07-31", "Beeshire", INPUTS, {"observations.csv": words})
    write_record(made, folder / "data" / "record.json")
    return folder


def words(folder):
    """Return what the site says; it must be a whole one."""
    said = (folder / "index.html").read_text()
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))
    assert files == ["data/figures.csv", "data/record.json", "index.html", f"only-{said}.html"]
    return said


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def new(tmp_path):
    return make_site(tmp_path / "site.new", "new")


@pytest.fixture
def target(tmp_path):
    return make_site(tmp_path / "site", "old")


@pytest.fixture
def two_steps(monkeypatch):
    """Publish as where two folders cannot be swapped in one step."""
    monkeypatch.setattr(module, "_exchange", lambda one, other: False)


@pytest.fixture(params=["as this system can", "in two steps"], ids=["native", "two-steps"])
def either_way(request):
    if request.param == "in two steps":
        request.getfixturevalue("two_steps")
    return request.param


def fail_on_rename(monkeypatch, failing, error):
    rename = Path.rename

    def rename_or_fail(self, to):
        if failing(self, Path(to)):
            raise error
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", rename_or_fail)


@contextlib.contextmanager
def ordinary_user():
    """Lose, for a while, root's right to write everywhere."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def of_the_user():
    """Make a folder that belongs to an ordinary user."""
    if not hasattr(os, "geteuid"):
        pytest.skip("no such rights on this system")
    folder = Path(tempfile.mkdtemp(prefix="waggle-test-"))
    if os.geteuid() == 0:
        os.chown(folder, 65534, 65534)
    yield folder
    for path, _, _ in os.walk(folder):
        os.chmod(path, 0o700)
    shutil.rmtree(folder)


# ---------------------------------------------------------------------------------- what is swapped


def test_the_first_site_is_put_in_place(new, tmp_path, either_way):
    assert publish(new, tmp_path / "deep" / "site") is None
    assert words(tmp_path / "deep" / "site") == "new"
    assert not new.exists()


def test_a_new_site_takes_the_place_of_the_whole_old_one(new, target, tmp_path, either_way):
    assert publish(new, target) is None
    assert words(target) == "new"
    assert names_in(tmp_path) == ["site"]


def test_an_empty_folder_is_replaced(new, tmp_path, either_way):
    (tmp_path / "site").mkdir()
    publish(new, tmp_path / "site")
    assert words(tmp_path / "site") == "new"
    assert names_in(tmp_path) == ["site"]


def test_a_path_from_the_current_folder_will_do(new, target, tmp_path, monkeypatch, either_way):
    monkeypatch.chdir(tmp_path)
    publish(Path("site.new"), Path("site"))
    assert words(target) == "new"


@linux
def test_on_linux_no_name_is_ever_without_a_folder(new, target, monkeypatch):
    fail_on_rename(monkeypatch, lambda a, b: True, AssertionError("renamed in steps"))
    publish(new, target)
    assert words(target) == "new"


@linux
def test_two_folders_exchange_their_names(new, target):
    assert module._exchange(new, target)
    assert (words(new), words(target)) == ("old", "new")


@linux
def test_where_the_system_cannot_exchange_nothing_is_changed(target):
    # A folder and one inside it: the kernel's answer is EINVAL, that of a file system without.
    assert not module._exchange(target, target / "data")
    assert words(target) == "old"


@linux
def test_another_refusal_to_exchange_is_an_error(target, tmp_path):
    with pytest.raises(FileNotFoundError):
        module._exchange(tmp_path / "nothing", target)


def test_every_file_is_written_to_the_disk_before_the_swap(new, target, monkeypatch, either_way):
    written = []
    fsync = os.fsync

    def watched(file):
        if words(target) == "old":
            written.append(os.fstat(file).st_ino)
        fsync(file)

    monkeypatch.setattr(os, "fsync", watched)
    files = {path.stat().st_ino for path in new.rglob("*.*")}
    publish(new, target)
    assert files <= set(written)


def test_a_disk_that_turns_out_to_be_full_is_told_before_the_swap(new, target, monkeypatch):
    def full(file):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RenderError, match="No space left"):
        publish(new, target)
    assert (words(new), words(target)) == ("new", "old")


# ----------------------------------------------------------------------------------- what is killed

CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "ctypes.dlsym"}
"""What Python tells of before it is done; a library's function is looked up just before a swap."""


def killed_before_change(number, folder):
    """Publish in a process that dies just before its nth change; say whether it came to that."""
    child = os.fork()
    if child == 0:
        left = [number]

        def die(event, arguments):
            if event in CHANGES:
                left[0] -= 1
                if left[0] == 0:
                    os._exit(9)

        code = 1
        try:
            sys.addaudithook(die)
            publish(make_new(folder), folder / "site")
            code = 0
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, 9)
    return code == 9


def make_new(folder):
    return make_site(prepare(folder / "site"), "new")


@forks
def test_killed_at_any_moment_leaves_a_whole_site_and_the_next_run_clears_up(tmp_path, either_way):
    seen = set()
    for number in range(1, 100):
        folder = tmp_path / str(number)
        site = make_site(folder / "site", "old")
        if not killed_before_change(number, folder):
            break
        if (folder / "site.old").exists():
            assert words(folder / "site.old") == "old"
        if site.exists():
            seen.add(words(site))
        else:
            assert either_way == "in two steps" or sys.platform != "linux"
            assert (folder / "site.old").exists()
        assert names_in(prepare(site)) == []
        assert names_in(folder) == ["site", "site.new"]
        assert words(site) in ("old", "new")
        publish(make_site(prepare(site), "newest"), site)
        assert words(site) == "newest"
        assert names_in(folder) == ["site"]
    # To build the new site takes two changes; to remove the old one, three files and two folders.
    assert number > 7
    assert {"old", "new"} <= seen


def test_when_the_new_site_cannot_be_moved_the_old_one_goes_back(
    new, target, monkeypatch, two_steps
):
    fail_on_rename(monkeypatch, lambda a, b: a == new, PermissionError(errno.EACCES, "in use"))
    with pytest.raises(RenderError, match=r"in use.*no program has files of the site open"):
        publish(new, target)
    assert (words(new), words(target)) == ("new", "old")


def test_when_the_old_site_cannot_be_moved_it_stands(new, target, monkeypatch, two_steps):
    fail_on_rename(monkeypatch, lambda a, b: a == target, PermissionError(errno.EACCES, "in use"))
    with pytest.raises(RenderError, match=r"in use.*still stands"):
        publish(new, target)
    assert (words(new), words(target)) == ("new", "old")


def test_an_interruption_between_the_steps_brings_the_old_site_back(
    new, target, monkeypatch, two_steps
):
    fail_on_rename(monkeypatch, lambda a, b: a == new, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        publish(new, target)
    assert words(target) == "old"


def test_a_publication_cut_off_between_its_steps_is_undone(target):
    target.rename(target.with_name("site.old"))
    assert recover(target)
    assert words(target) == "old"
    assert not recover(target)


def test_publishing_after_a_cut_off_starts_from_the_old_site(new, target, monkeypatch):
    def full(file):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    target.rename(target.with_name("site.old"))
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RenderError):
        publish(new, target)
    assert words(target) == "old"


def test_where_the_old_site_cannot_be_brought_back_the_message_says_where_it_is(
    target, monkeypatch
):
    target.rename(target.with_name("site.old"))
    fail_on_rename(monkeypatch, lambda a, b: b == target, PermissionError(errno.EACCES, "in use"))
    with pytest.raises(RenderError, match=r"site\.old.*in use.*Rename it to site by hand"):
        recover(target)
    assert words(target.with_name("site.old")) == "old"


def test_recovering_leaves_a_standing_site_alone(target):
    make_site(target.with_name("site.old"), "older")
    assert not recover(target)
    assert words(target) == "old"


def test_what_an_earlier_publication_failed_to_tidy_up_is_removed(new, target, either_way):
    make_site(target.with_name("site.old"), "older")
    publish(new, target)
    assert words(target) == "new"
    assert not target.with_name("site.old").exists()


def test_a_half_built_site_does_not_get_into_the_next_one(target):
    make_site(target.with_name("site.new"), "half")
    fresh = prepare(target)
    assert names_in(fresh) == []
    assert fresh.parent == target.parent


# ---------------------------------------------------------------------------------- what is refused


def test_a_folder_that_is_no_site_is_refused(target, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(RenderError, match=r"no index\.html"):
        publish(tmp_path / "empty", target)
    assert words(target) == "old"


def test_a_folder_of_somebody_elses_is_not_replaced(new, tmp_path):
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "precious.txt").write_text("keep me")
    with pytest.raises(RenderError, match="holds something that is no site"):
        publish(new, theirs)
    assert (theirs / "precious.txt").read_text() == "keep me"


@pytest.mark.parametrize(
    "text", [None, "", "[]", '{"bees": 5}', '{"parameters": {"quarter": "2025-26 Q1"}}', "\udcff"]
)
def test_a_site_of_somebody_elses_is_not_replaced(new, tmp_path, text):
    """It has a home page, and perhaps a record of another kind."""
    theirs = tmp_path / "theirs"
    (theirs / "data").mkdir(parents=True)
    (theirs / "index.html").write_text("keep me")
    if text is not None:
        path = theirs / "data" / "record.json"
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(RenderError, match=r"theirs holds something that is no site of Waggle's"):
        publish(new, theirs)
    assert (theirs / "index.html").read_text() == "keep me"


def test_a_site_whose_home_page_was_deleted_is_still_a_site(new, target):
    (target / "index.html").unlink()
    publish(new, target)
    assert words(target) == "new"


def test_a_file_under_the_name_of_the_site_is_not_replaced(new, tmp_path):
    (tmp_path / "site").write_text("keep me")
    with pytest.raises(RenderError, match="holds something that is no site"):
        publish(new, tmp_path / "site")
    assert (tmp_path / "site").read_text() == "keep me"


@pytest.mark.parametrize("name", ["site.new", "site.old"])
def test_a_file_under_a_name_that_we_need_is_told_and_kept(target, name):
    target.with_name(name).write_text("keep me")
    with pytest.raises(RenderError, match=rf"{name} is needed for a folder, and is taken"):
        prepare(target)
    assert target.with_name(name).read_text() == "keep me"
    assert words(target) == "old"


def test_another_file_system_is_refused(target):
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == target.stat().st_dev:
        pytest.skip("there is no second file system here")
    folder = Path(tempfile.mkdtemp(dir=memory))
    try:
        new = make_site(folder / "site.new", "new")
        with pytest.raises(RenderError, match="different file systems"):
            publish(new, target)
        assert words(new) == "new"
    finally:
        shutil.rmtree(folder)
    assert words(target) == "old"


def test_a_site_that_is_a_volume_of_its_own_is_refused(new, target, monkeypatch):
    stat = Path.stat

    def stat_of_a_volume(self, **kw):
        found = stat(self, **kw)
        if self != target:
            return found
        return os.stat_result([*found[:2], found.st_dev + 1, *found[3:]])

    monkeypatch.setattr(Path, "stat", stat_of_a_volume)
    with pytest.raises(RenderError, match="a drive or volume of its own"):
        publish(new, target)
    assert (words(new), words(target)) == ("new", "old")


# --------------------------------------------------------------------------------- links and rights


@pytest.fixture
def link(target, tmp_path):
    """Make a link from a project to the folder of a web server."""
    (tmp_path / "project").mkdir()
    try:
        (tmp_path / "project" / "site").symlink_to(target, target_is_directory=True)
    except OSError:
        pytest.skip("links cannot be made here")
    return tmp_path / "project" / "site"


def test_a_link_stays_and_the_folder_that_it_leads_to_is_swapped(link, target, either_way):
    new = make_site(prepare(link), "new")
    assert new == target.with_name("site.new")
    publish(new, link)
    assert link.is_symlink()
    assert words(link) == words(target) == "new"
    assert names_in(target.parent) == ["project", "site"]
    assert names_in(link.parent) == ["site"]


def test_a_cut_off_publication_behind_a_link_is_undone(link, target):
    target.rename(target.with_name("site.old"))
    assert recover(link)
    assert link.is_symlink()
    assert words(link) == "old"


def test_a_link_to_a_drive_that_is_not_there_is_told(new, tmp_path):
    link = tmp_path / "site"
    link.symlink_to(tmp_path / "drive" / "www")
    for step in (lambda: prepare(link), lambda: publish(new, link)):
        with pytest.raises(RenderError, match=r"a link to .*www, which is not there"):
            step()
    assert not (tmp_path / "drive").exists()


def test_an_old_site_that_was_made_read_only_is_replaced_and_removed(of_the_user, either_way):
    with ordinary_user():
        site = make_site(of_the_user / "site", "old")
        new = make_site(of_the_user / "site.new", "new")
        for path in [*site.rglob("*"), site]:
            path.chmod(0o555)
        assert publish(new, site) is None
    assert words(site) == "new"
    assert names_in(of_the_user) == ["site"]


def test_where_writing_is_not_allowed_the_old_site_stands(of_the_user, either_way):
    with ordinary_user():
        site = make_site(of_the_user / "site", "old")
        new = make_site(of_the_user / "site.new", "new")
        of_the_user.chmod(0o555)
        with pytest.raises(RenderError, match=r"Permission denied.*may write in"):
            publish(new, site)
    assert (words(new), words(site)) == ("new", "old")


def test_where_the_next_site_may_not_be_built_the_old_one_stands(of_the_user):
    with ordinary_user():
        site = make_site(of_the_user / "site", "old")
        of_the_user.chmod(0o555)
        with pytest.raises(RenderError, match=r"Permission denied.*may write in"):
            prepare(site)
    assert words(site) == "old"


def test_an_old_site_that_cannot_be_removed_is_named_and_does_not_undo_the_new(
    new, target, monkeypatch, either_way
):
    def in_use(folder):
        raise PermissionError(errno.EACCES, "in use", str(folder / "index.html"))

    with monkeypatch.context() as patch:
        patch.setattr(module.shutil, "rmtree", in_use)
        left = publish(new, target)
        assert words(left) == "old"
        with pytest.raises(RenderError, match=r"left behind by an earlier run.*in use"):
            prepare(target)
    assert words(target) == "new"
    assert prepare(target) == left
    assert words(target) == "new"
