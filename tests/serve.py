"""A warm process for tests: it has imported all that runs need, and does what it is asked.

A test's own process has threads (of NumPy, and of pytest-xdist), so it cannot be forked, and each
notebook would import every library again. It reads a line of JSON for each request, the name of a
function below and its arguments, and answers with a line of JSON.
"""

import base64
import contextlib
import importlib
import io
import json
import os
import pickle
import sys

from helpers.cli import main
from helpers.manifest import packages
from helpers.notebook_runs import execute_notebooks, warm_up

NEEDED = (
    "gptables",
    "helpers.downloads.files",
    "helpers.indicator_pages.data",
    "helpers.indicator_pages.page",
    "helpers.quarter_tables",
    "matplotlib.backends.backend_svg",
    "pandas.io.formats.csvs",
)
"""What the processes of a run import, which would each do so again in every run."""

running: dict[int, tuple[int, int]] = {}
"""The output and error channels of each process that was started."""


def exit_code(arguments: list[str]) -> int:
    try:
        return main(arguments)
    except SystemExit as stopped:
        return stopped.code


def call(folder: str, arguments: list[str]) -> list:
    """Call the command in a folder; return its exit code, and what it said on both channels."""
    os.chdir(folder)
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = exit_code(arguments)
    return [code, out.getvalue(), err.getvalue()]


def start(folder: str, arguments: list[str], path: list[str], most: int | None) -> int:
    """Call the command in a process of its own, the first of its group; return its number.

    `path` are folders in which it finds packages first, `most` the bytes that a file may have.
    """
    (out, to_out), (err, to_err) = os.pipe(), os.pipe()
    process = os.fork()
    if not process:
        try:
            os.setpgid(0, 0)
            for number, descriptor in enumerate((os.open(os.devnull, os.O_RDONLY), to_out, to_err)):
                os.dup2(descriptor, number)
            os.chdir(folder)
            sys.path[:0] = path
            packages.cache_clear()
            if most is not None:
                import resource

                resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
            code = exit_code(arguments)
            sys.stdout.flush()
            sys.stderr.flush()
        except BaseException:
            sys.excepthook(*sys.exc_info())
            code = 70
        os._exit(code)
    with contextlib.suppress(PermissionError):  # it has been as quick
        os.setpgid(process, process)
    os.close(to_out)
    os.close(to_err)
    running[process] = out, err
    return process


def end(process: int) -> list:
    """Wait for the end of what was started; answer as `call`. A signal's number is below zero."""
    said = []
    for channel in running.pop(process):
        with open(channel, encoding="utf-8") as file:
            said.append(file.read())
    return [os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), *said]


def execute(jobs: str) -> str:
    """Execute notebooks; jobs and outcomes are pickled."""
    outcomes = execute_notebooks(pickle.loads(base64.b64decode(jobs)))
    return base64.b64encode(pickle.dumps(outcomes)).decode()


if __name__ == "__main__":
    for name in NEEDED:
        importlib.import_module(name)
    warm_up()
    home = os.getcwd()
    for line in sys.stdin:
        name, *asked = json.loads(line)
        print(json.dumps(globals()[name](*asked)), flush=True)
        os.chdir(home)  # a test may remove the folder that it called the command in
