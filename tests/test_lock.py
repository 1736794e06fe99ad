"""One run at a time: the second is told who is at work, and a killed one is in nobody's way."""

import json
import os
import platform
import re
import subprocess
import sys
import time
from datetime import datetime

import pytest

from helpers import lock
from helpers.errors import BusyError, WaggleError
from helpers.lock import locked

HOLD = """
import sys, time
from pathlib import Path
from helpers.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "deep" / "run"


@pytest.fixture
def hold(folder):
    """Start a process that holds the lock until its input ends."""
    started = []

    def start(*arguments):
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(folder), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout.readline() == "held\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def no_patience(monkeypatch):
    monkeypatch.setattr(lock, "SHORT_WHILE", 0)


def write_holder(folder, **changes):
    folder.mkdir(parents=True, exist_ok=True)
    holder = {
        "process": os.getpid(),
        "machine": platform.node(),
        "since": "2026-11-22T09:30:00+00:00",
        "command": "waggle run",
    }
    (folder / "holder.json").write_text(json.dumps(holder | changes), encoding="utf-8")


def an_ended_process():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_the_folder_is_made_and_nothing_but_the_lock_stays(folder):
    with locked(folder):
        assert (folder / "holder.json").is_file()
    assert [path.name for path in folder.iterdir() if path.name != "lock"] == []


def test_the_lock_can_be_taken_again(folder):
    for _ in range(2):
        with locked(folder):
            pass


def test_it_is_released_when_the_work_fails(folder):
    with pytest.raises(ZeroDivisionError), locked(folder):
        raise ZeroDivisionError
    with locked(folder):
        pass


@pytest.fixture
def without_summer_time(monkeypatch):
    """Set a time zone in which no hour comes twice a year, here and in processes started here."""
    tell_system = getattr(time, "tzset", lambda: None)  # Windows has none
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "UTC")
        tell_system()
        yield
    tell_system()


def test_the_second_is_told_who_is_at_work_since_when_and_doing_what(
    folder, hold, without_summer_time
):
    before = datetime.now().astimezone().replace(microsecond=0)
    holder = hold("--quarter", "2026-27 Q2")
    with pytest.raises(BusyError) as raised, locked(folder):
        pass
    message = str(raised.value)
    assert f"process {holder.pid} on {platform.node()}" in message
    assert "--quarter '2026-27 Q2'" in message
    since = re.search(r"since (\d+ \w+ \d+, [\d:]+)", message).group(1)
    assert before <= datetime.strptime(since, "%d %B %Y, %H:%M:%S").astimezone()
    assert f"Nothing was changed. (The lock is {folder / 'lock'}.)" in message


def test_two_in_one_process_are_kept_apart_too(folder):
    with locked(folder):
        with pytest.raises(BusyError, match=f"process {os.getpid()} "), locked(folder):
            pass
        # The one that was refused has not taken the name of the other away.
        assert (folder / "holder.json").is_file()


def test_other_folders_are_free(folder, hold, tmp_path):
    hold()
    with locked(tmp_path / "other"):
        pass


def test_when_the_first_has_ended_the_second_may_work(folder, hold):
    hold().communicate("")
    with locked(folder):
        pass


def test_a_killed_run_is_in_nobodys_way(folder, hold):
    process = hold()
    process.kill()
    process.wait()
    assert json.loads((folder / "holder.json").read_text())["process"] == process.pid
    with locked(folder):
        assert json.loads((folder / "holder.json").read_text())["process"] == os.getpid()
    assert not (folder / "holder.json").exists()


def test_the_name_of_a_killed_run_is_not_shown_for_another(folder, hold, no_patience):
    hold()
    write_holder(folder, process=an_ended_process())
    with pytest.raises(BusyError, match=r"at work here\. Wait"), locked(folder):
        pass


def test_a_name_that_is_only_just_being_written_is_waited_for(folder, hold, monkeypatch):
    hold()
    name = (folder / "holder.json").read_text()
    write_holder(folder, process=an_ended_process())
    monkeypatch.setattr(time, "sleep", lambda _: (folder / "holder.json").write_text(name))
    with pytest.raises(BusyError, match=f"process {json.loads(name)['process']} "), locked(folder):
        pass


def test_a_run_on_another_machine_is_named_though_we_cannot_see_its_process(folder, hold):
    hold()
    write_holder(folder, process=an_ended_process(), machine="beehive")
    with pytest.raises(BusyError, match=r"waggle run \(process \d+ on beehive\)"), locked(folder):
        pass


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"process": "x"}', '{"process": 1, "machine": "a"}', "\udcff"]
)
def test_a_spoilt_name_does_not_hide_that_another_is_at_work(folder, hold, no_patience, text):
    hold()
    (folder / "holder.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(BusyError, match=r"at work here\. Wait"), locked(folder):
        pass


def test_without_a_name_the_lock_holds_all_the_same(folder, hold, no_patience):
    folder.mkdir(parents=True)
    (folder / "holder.json.new").mkdir()  # so that the name cannot be written
    hold()
    assert not (folder / "holder.json").exists()
    with pytest.raises(BusyError), locked(folder):
        pass


def test_a_file_where_the_folder_should_be_is_told(tmp_path):
    (tmp_path / "run").write_text("")
    told = r"run: cannot be written to .*File exists"
    with pytest.raises(WaggleError, match=told), locked(tmp_path / "run"):
        pass


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process cannot be forked here")
def test_a_copy_of_the_process_neither_keeps_the_lock_nor_gives_it_back(folder):
    read, write = os.pipe()
    with locked(folder):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                # Outlives the run that it was copied from, unless it is killed below.
                os.close(write)
                os.read(read, 1)
                code = 0
            finally:
                os._exit(code)
        assert (folder / "holder.json").is_file()
    try:
        with locked(folder):
            pass
    finally:
        os.close(write)
        os.close(read)
        assert os.waitpid(child, 0)[1] == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process cannot be forked here")
def test_a_copy_that_leaves_by_the_same_door_changes_nothing(folder):
    held = locked(folder)
    with held:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                held.__exit__(None, None, None)
                code = 0
            finally:
                os._exit(code)
        assert os.waitpid(child, 0)[1] == 0
        with pytest.raises(BusyError, match=f"process {os.getpid()} "), locked(folder):
            pass
