"""What a run tells of itself: in a log, to a machine, and in a terminal."""

import io
import json
import os
import re
import subprocess
import sys

import pytest

from helpers.progress import (
    At,
    Ended,
    Planned,
    Said,
    Summary,
    as_json,
    plain,
    planned_line,
    seconds_left,
    summary_line,
    telling,
)

QUARTER = "2025-26 Q1"
EVENTS = [
    Said("tables: unchanged"),
    Planned(QUARTER, ["index", "bees"], ["about"], {"index": 4.0}),
    At(QUARTER, "index", 1, 6),
    At(QUARTER, "bees", 2, 3),
    Ended(QUARTER, "bees", 1.25),
    At(QUARTER, "index", 6, 6),
    Ended(QUARTER, "index", 4.04, failed=True),
    Summary(
        executed=[f"{QUARTER}/bees"],
        unchanged=[f"{QUARTER}/about"],
        failed=[f"{QUARTER}/index"],
        seconds={"tables": 0.5, "notebooks": 5.0},
        slowest={f"{QUARTER}/index": 4.04, f"{QUARTER}/bees": 1.25},
    ),
]


# ------------------------------------------------------------------------------------------ a log


def test_a_log_has_a_line_for_what_is_done_and_none_for_each_cell(capsys):
    for event in EVENTS:
        plain(event)
    assert capsys.readouterr().out.splitlines() == [
        "tables: unchanged",
        "2 notebooks to execute, 1 unchanged",
        "  2025-26 Q1 bees: 1.2 s",
        "  2025-26 Q1 index: failed after 4.0 s",
        "1 notebook executed, 1 unchanged, 1 failed",
        "tables 0.5 s, notebooks 5.0 s (slowest: 2025-26 Q1/index 4.0 s, "
        "2025-26 Q1/bees 1.2 s); 5.5 s in all",
    ]


def test_of_a_notebook_whose_time_is_not_known_a_log_has_none(capsys):
    plain(Ended(QUARTER, "index", 0, failed=True))
    assert capsys.readouterr().out == "  2025-26 Q1 index: failed\n"


@pytest.mark.parametrize(
    ("notebooks", "unchanged", "line"),
    [
        ([], [], "no notebook to execute"),
        ([], ["a", "b"], "no notebook to execute, 2 unchanged"),
        (["a"], [], "1 notebook to execute"),
        (["a", "b"], ["c"], "2 notebooks to execute, 1 unchanged"),
    ],
)
def test_how_many_notebooks_are_to_be_executed(notebooks, unchanged, line):
    assert planned_line(notebooks, unchanged) == line


@pytest.mark.parametrize(
    ("summary", "first", "second"),
    [
        # Up to the tables: no notebook was asked for.
        (Summary(seconds={"tables": 1.0}), "no notebooks executed", "tables 1.0 s; 1.0 s in all"),
        (
            Summary(unchanged=["a/x"], rendered=1, seconds={"notebooks": 0.0, "site": 0.5}),
            "no notebooks executed, 1 unchanged; 1 page rendered",
            "notebooks 0.0 s, site 0.5 s; 0.5 s in all",
        ),
        (
            Summary(executed=["a/x"], copied=4, seconds={"notebooks": 2.0}, slowest={"a/x": 1.9}),
            "1 notebook executed; no pages rendered, 4 unchanged",
            "notebooks 2.0 s (slowest: a/x 1.9 s); 2.0 s in all",
        ),
        (
            Summary(executed=["a/x"], pages_made=74, rendered=75, seconds={"notebooks": 2.0}),
            "1 notebook executed; 74 indicator pages made, 0 unchanged; 75 pages rendered",
            "notebooks 2.0 s; 2.0 s in all",
        ),
        (
            Summary(unchanged=["a/x"], pages_unchanged=74, seconds={"notebooks": 0.0}),
            "no notebooks executed, 1 unchanged; no indicator pages made, 74 unchanged",
            "notebooks 0.0 s; 0.0 s in all",
        ),
        # Of five, the three slowest are named.
        (
            Summary(
                executed=list("abcde"),
                seconds={"notebooks": 9.0},
                slowest={"a": 5.0, "b": 4.0, "c": 3.0, "d": 2.0, "e": 1.0},
            ),
            "5 notebooks executed",
            "notebooks 9.0 s (slowest: a 5.0 s, b 4.0 s, c 3.0 s); 9.0 s in all",
        ),
    ],
)
def test_what_a_run_did_in_two_lines(summary, first, second):
    assert summary_line(summary).splitlines() == [first, second]


# -------------------------------------------------------------------------------------- a machine


def test_every_event_is_one_line_of_json_with_its_kind_and_its_fields(capsys):
    for event in EVENTS:
        as_json(event)
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    kinds = ["said", "planned", "at", "at", "ended", "at", "ended", "summary"]
    assert [entry["event"] for entry in told] == kinds
    assert told[0] == {"event": "said", "text": "tables: unchanged"}
    assert told[1] == {
        "event": "planned",
        "quarter": QUARTER,
        "notebooks": ["index", "bees"],
        "unchanged": ["about"],
        "expected": {"index": 4.0},
    }
    assert told[2] == {
        "event": "at",
        "quarter": QUARTER,
        "notebook": "index",
        "cell": 1,
        "cells": 6,
    }
    assert told[6] == {
        "event": "ended",
        "quarter": QUARTER,
        "notebook": "index",
        "seconds": 4.04,
        "failed": True,
    }
    assert set(told[7]) == {
        *("event", "executed", "unchanged", "failed"),
        *("pages_made", "pages_unchanged", "rendered", "copied", "seconds", "slowest"),
    }


def test_text_of_several_lines_stays_one_line_of_json(capsys):
    as_json(Said("one\ntwo – drei"))
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["text"] == "one\ntwo – drei"


# --------------------------------------------------------------------------------- the time left


@pytest.mark.parametrize(
    ("to_do", "at_work", "workers", "left"),
    [
        ({}, {}, 2, 0),
        # 4 + 2 that have not begun and 1 + 2 of those that have: 9, for two workers.
        ({"c": 4.0, "d": 2.0}, {"a": 1.0, "b": 2.0}, 2, 4.5),
        # One that takes longer than the last time is about to end, and gives no time back.
        ({"c": 4.0}, {"a": -30.0}, 2, 2.0),
        ({"c": 4.0}, {}, 1, 4.0),
        # No number of workers is taken for one.
        ({"c": 4.0}, {}, 0, 4.0),
    ],
)
def test_the_time_left_is_the_work_left_divided_among_the_workers(to_do, at_work, workers, left):
    assert seconds_left(to_do, at_work, workers) == left


# ------------------------------------------------------------------------------ how it is chosen


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_machine_gets_json_a_log_lines_and_a_terminal_a_display():
    with telling(True, 2, Terminal()) as tell:
        assert tell is as_json
    with telling(False, 2, io.StringIO()) as tell:
        assert tell is plain
    with telling(False, 2, Terminal()) as tell:
        assert tell not in (plain, as_json)


SHOWN = f"""
import sys
import threading

sys.path.insert(0, {os.path.dirname(__file__)!r})
from test_progress import EVENTS

from helpers.progress import telling

with telling(False, 2) as tell:
    for event in EVENTS:
        tell(event)
        assert threading.active_count() == 1, threading.enumerate()
print("the end")
"""


def in_a_terminal(program):
    """Run a program in a pseudo-terminal; return its exit code and all that it wrote there."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80", "LINES": "24"}
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdin=theirs, stdout=theirs, stderr=theirs, env=environment
    )
    os.close(theirs)
    written = b""
    try:
        while chunk := os.read(ours, 4096):
            written += chunk
    except OSError:  # Linux's way to say that nobody has the other end any more
        pass
    os.close(ours)
    return process.wait(), written.decode("utf-8")


@pytest.fixture(scope="module")
def shown():
    code, written = in_a_terminal(SHOWN)
    assert code == 0, written
    return written


def test_a_terminal_keeps_the_lines_of_what_was_done(shown):
    words = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown).replace("\r", "\n")
    lines = [line.rstrip() for line in words.splitlines()]
    kept = [
        "tables: unchanged",
        "2 notebooks to execute, 1 unchanged",
        "  2025-26 Q1 index: failed",
        "1 notebook executed, 1 unchanged, 1 failed",
        "the end",
    ]
    places = [lines.index(line) for line in kept]
    assert places == sorted(places)


def test_a_terminal_shows_the_notebooks_at_work_their_cells_and_the_time_left(shown):
    words = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)
    for expected in (r"index +cell 1 of 6 +0 s", r"bees +cell 2 of 3 +0 s", r"index +cell 6 of 6"):
        assert re.search(expected, words), expected
    # Index took 4 s the last time; bees, which never ran, is expected to take as long:
    # (4 + 4) / 2 workers, and when bees is done, 4 / 2.
    assert re.search(r"0 of 2 notebooks +about 4 s left", words)
    assert re.search(r"1 of 2 notebooks +about 2 s left", words)


def test_the_display_has_gone_at_the_end_and_the_cursor_is_there_again(shown):
    # The display is taken away line by line: each is erased (2K) and the cursor goes up.
    assert "\x1b[2K" in shown
    assert shown.rindex("\x1b[?25h") > shown.rindex("\x1b[?25l")
    assert shown.rindex("of 2 notebooks") < shown.rindex("\x1b[2K")


def test_an_error_while_the_display_is_shown_leaves_the_terminal_as_it_was():
    code, written = in_a_terminal(
        SHOWN.replace('print("the end")', "").replace("tell(event)", "tell(event); 1 / 0")
    )
    assert code == 1
    assert "ZeroDivisionError" in written
    assert written.rindex("\x1b[?25h") > written.rindex("\x1b[?25l")


def test_a_notebook_of_several_quarters_is_counted_once_for_each(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    terminal = Terminal()
    with telling(False, 1, terminal) as tell:
        tell(Planned("2023-24 Q4", ["index"], [], {"index": 2.0}))
        tell(Planned(QUARTER, ["index"], [], {"index": 6.0}))
        tell(Ended("2023-24 Q4", "index", 2.0))
        tell(At(QUARTER, "index", 1, 2))
    words = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", terminal.getvalue())
    assert re.search(r"0 of 2 notebooks +about 8 s left", words)
    assert re.search(r"1 of 2 notebooks +about 6 s left", words)
    assert re.search(r"2025-26 Q1 index +cell 1 of 2", words)
