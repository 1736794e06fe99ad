"""Processes that do jobs: what is told of those that work, hang, die or need too much."""

import os
import sys
import time
from pathlib import Path

import pytest
from worker_jobs import double, misbehave, process_of

from helpers.limits import Limits
from helpers.workers import Done, Lost, Step, can_fork, work_through

LINUX = sys.platform == "linux"
forked_or_started = pytest.mark.parametrize(
    "fork", [pytest.param(True, marks=pytest.mark.skipif(not LINUX, reason="no fork")), False]
)


def ends_of(heard):
    """Return how every job ended, by its number."""
    return {one.job: one for one in heard if not isinstance(one, Step)}


@forked_or_started
def test_every_job_is_done_once_and_tells_of_its_steps(fork):
    heard = list(work_through(double, [1, 2, 3], 2, fork=fork))
    assert {one.job: one.result for one in heard if isinstance(one, Done)} == {0: 2, 1: 4, 2: 6}
    assert sorted(one.job for one in heard if isinstance(one, Step)) == [0, 1, 2]
    for job in range(3):
        assert [type(one) for one in heard if one.job == job] == [Step, Done]


def test_no_jobs_start_no_process():
    assert list(work_through(double, [], 2)) == []


@pytest.mark.skipif(not LINUX, reason="no fork")
def test_a_forked_process_does_one_job():
    done = ends_of(work_through(process_of, [1, 2, 3], 2, fork=True))
    processes = {one.result for one in done.values()}
    assert len(processes) == 3 and os.getpid() not in processes


def test_a_started_process_does_one_job_after_another():
    done = ends_of(work_through(process_of, [1, 2, 3], 1, fork=False))
    processes = {one.result for one in done.values()}
    assert len(processes) == 1 and os.getpid() not in processes


@forked_or_started
def test_a_job_that_dies_or_raises_is_lost_and_the_others_are_done(fork):
    jobs = ["good", "exits", "killed", "raises", "good"]
    ends = ends_of(work_through(misbehave, jobs, 2, fork=fork))
    assert [ends[0], ends[4]] == [Done(0, "fine"), Done(4, "fine")]
    assert ends[1].step == "step of exits"
    assert ends[1].reason == "its process died (it ended by itself with exit code 7)"
    assert ends[2].reason == "its process died (SIGKILL, as a system out of memory does)"
    assert ends[3] == Lost(3, "step of raises", "KeyError: 'honey'")
    assert all(ends[job].seconds > 0 for job in (1, 2, 3))


@forked_or_started
def test_a_job_that_hangs_is_lost_and_the_others_are_done(fork):
    # The others have no step, so that on a busy machine the short limit is not theirs.
    jobs = ["no step", "hangs", "no step"]
    ends = ends_of(work_through(misbehave, jobs, 2, Limits(seconds=1), fork=fork))
    assert [ends[0], ends[2]] == [Done(0, "fine"), Done(2, "fine")]
    assert ends[1] == Lost(1, "step of hangs", "it took more than 1 seconds")
    assert ends[1].seconds >= 1
    assert "--cell-seconds" in ends[1].remedy


def test_what_belongs_to_no_step_is_not_counted_as_one():
    jobs = ["begins late", "ends late"]  # each by more than the limit
    ends = ends_of(work_through(misbehave, jobs, 2, Limits(seconds=2)))
    assert ends == {0: Done(0, "fine"), 1: Done(1, "fine")}


@forked_or_started
def test_a_job_that_never_begins_is_lost_too(fork, monkeypatch):
    monkeypatch.setattr("helpers.workers.BETWEEN_SECONDS", 0.3)
    (end,) = ends_of(work_through(misbehave, ["never begins"], 1, fork=fork)).values()
    assert end == Lost(0, None, "it took more than 0.3 seconds", in_step=False)


@forked_or_started
def test_a_job_that_falls_silent_between_its_steps_is_lost_in_none_of_them(fork, monkeypatch):
    heard = work_through(misbehave, ["falls silent"], 1, fork=fork)
    assert next(heard) == Step(0, "step of falls silent")
    monkeypatch.setattr("helpers.workers.BETWEEN_SECONDS", 0.3)
    (end,) = heard
    assert end == Lost(0, "step of falls silent", "it took more than 0.3 seconds", in_step=False)
    assert "--workers 1" in end.remedy
    assert "--cell-seconds" not in end.remedy
    assert end.seconds >= 0.3


@pytest.mark.skipif(not LINUX, reason="the limit is Linux's")
@forked_or_started
def test_a_job_that_needs_too_much_memory_is_lost_and_the_others_are_done(fork):
    limits = Limits(mebibytes=512)
    ends = ends_of(work_through(misbehave, ["greedy", "good"], 1, limits, fork=fork))
    assert ends[0] == Lost(0, "step of greedy", "MemoryError: ")
    assert ends[1] == Done(1, "fine")


def test_who_stops_listening_stops_the_work():
    started = time.monotonic()
    for heard in work_through(misbehave, ["hangs", "hangs"], 2):
        assert isinstance(heard, Step)
        break
    assert time.monotonic() - started < 30


@pytest.mark.skipif(not LINUX, reason="no fork")
def test_a_process_with_a_second_thread_is_not_forked():
    import threading

    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        assert not can_fork()
    finally:
        over.set()
        thread.join()


@pytest.mark.skipif(not LINUX, reason="Linux tells a child of its parent's death")
def test_workers_of_a_killed_run_end_with_it(tmp_path):
    import subprocess

    code = (
        "import os, time\n"
        "from helpers.workers import work_through\n"
        "def do(job, tell):\n"
        f"    open({str(tmp_path / 'child')!r}, 'w').write(str(os.getpid()))\n"
        "    tell('begun'); time.sleep(60)\n"
        "for heard in work_through(do, [1], 1, fork=True):\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=False, timeout=60)
    child = int((tmp_path / "child").read_text())
    for _ in range(100):
        try:
            state = Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except (FileNotFoundError, ProcessLookupError):  # before the file is opened, or after
            return
        if state == "Z":  # dead, and nobody has asked yet
            return
        time.sleep(0.05)
    pytest.fail("the child outlived the run by five seconds")
