"""The command `waggle`: check, run, render."""

from __future__ import annotations

import argparse
import atexit
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from helpers import __doc__ as description
from helpers.errors import UsageError, WaggleError
from helpers.limits import Limits
from helpers.request import ENGINES, Request


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Returns
    -------
    int
        0 done, 1 problems were found (each with its place and what to do), 2 wrong usage.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        options.do(options)
    except UsageError as error:
        print(f"waggle: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        site = "readers have a whole site, the last one or the new one"
        left = "nothing was changed" if options.do is _check else site
        print(f"waggle: stopped; {left}", file=sys.stderr)
        return 130
    except WaggleError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        found = ": ".join(str(part) for part in (error.filename, error.strerror) if part)
        found = found or str(error) or type(error).__name__
        print(f"waggle: {found}. See to that, and run again.", file=sys.stderr)
        return 1
    return 0


def _check(options: argparse.Namespace) -> None:
    from helpers.project import find_root
    from helpers.quarter import check

    check(find_root())


def _run(options: argparse.Namespace) -> None:
    # One thread for matrices: a process with threads cannot be forked, and notebooks are executed
    # several at a time anyway. Read when numpy is imported, which is later.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Else Python looks through all that was imported for garbage before it ends: half a second.
    atexit.register(gc.freeze)
    from helpers.manifest import nothing_changed, read_inputs, read_manifest
    from helpers.progress import Said, telling
    from helpers.project import find_root, places

    root = find_root()
    where = places(root, options.out)
    request = Request(
        quarter=options.quarter,
        area=options.area,
        until=options.until,
        engine=options.engine,
        again=options.again,
        workers=options.workers,
        limits=Limits(options.cell_seconds, options.memory),
        cluster=options.cluster,
    )
    with telling(options.json, options.workers or os.cpu_count() or 1) as tell:
        whole = request.until == "site" and not request.again
        if whole and nothing_changed(
            read_manifest(where), request.as_asked(root), read_inputs(root), where
        ):
            index = where.site / "index.html"
            tell(Said(f"Nothing changed since the last run, so nothing was made: {index}"))
            return
        from helpers.quarter import run

        run(root, request, where, tell)


def _render(options: argparse.Namespace) -> None:
    from helpers.project import find_root, places
    from helpers.quarter import render_again

    render_again(places(find_root(), options.out))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="waggle", description=description)
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    check = commands.add_parser(
        "check",
        help="read every definition, figure, notebook and page, and list what is wrong",
        description="Read every definition, figure, notebook and page, and list what is wrong.",
    )
    check.set_defaults(do=_check)

    run = commands.add_parser(
        "run",
        help="make a quarter's account, from the raw figures to the site",
        description="Make a quarter's account, from the raw figures to the site.",
    )
    run.add_argument(
        "--quarter",
        metavar='"2026-27 Q2"',
        help="a quarter, or all of them (all); default: see data/raw/quarters.yml",
    )
    run.add_argument("--area", help="default: the reporting area of data/raw/areas.yml")
    run.add_argument(
        "--until",
        choices=("assessments", "notebooks", "site"),
        default="site",
        help="the last stage to make (default: site)",
    )
    _add_out(run)
    run.add_argument("--again", action="store_true", help="make everything, changed or not")
    run.add_argument("--json", action="store_true", help="tell of the run in lines of JSON")
    run.add_argument(
        "--engine",
        choices=ENGINES,
        default=ENGINES[0],
        help="execute notebooks in processes that share their libraries (waggle, the default), "
        "or in ordinary Jupyter kernels",
    )
    run.add_argument(
        "--workers",
        type=_at_least_one,
        metavar="N",
        help="notebooks at a time (default: processors)",
    )
    run.add_argument(
        "--cluster",
        metavar="ADDRESS",
        default="",
        help="execute notebooks on the workers of a Dask scheduler, such as tcp://10.0.0.1:8786",
    )
    run.add_argument(
        "--cell-seconds",
        type=_at_least_one,
        default=Limits.seconds,
        metavar="N",
        help="the longest a cell may take (default: %(default)s); any other step may take at least "
        "the default",
    )
    run.add_argument(
        "--memory",
        type=_at_least_one,
        default=Limits.mebibytes,
        metavar="MIB",
        help="the most memory that a notebook may take, in MiB (default: %(default)s; not on "
        "Windows); any other process may take at least the default",
    )
    run.set_defaults(do=_run)

    render = commands.add_parser(
        "render",
        help="render the executed notebooks and prose pages again, without executing",
        description="Render the executed notebooks and prose pages again, without executing.",
    )
    _add_out(render)
    render.set_defaults(do=_render)
    return parser


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


_at_least_one.__name__ = "whole number of at least 1"


def _add_out(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--out", type=Path, metavar="DIR", help="write everything under DIR, not in the project"
    )


if __name__ == "__main__":
    sys.exit(main())
