"""The command `waggle`: check, run, render."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from helpers import __doc__ as description
from helpers.errors import UsageError, WaggleError


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
        print("waggle: stopped; the site is as it was", file=sys.stderr)
        return 130
    except WaggleError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"waggle: {error.filename or ''}: {error.strerror}", file=sys.stderr)
        return 1
    return 0


def _check(options: argparse.Namespace) -> None:
    from helpers.project import find_root
    from helpers.quarter import check

    check(find_root())


def _run(options: argparse.Namespace) -> None:
    from helpers.project import find_root
    from helpers.quarter import run

    run(find_root(), options.quarter, options.area, options.until, options.out)


def _render(options: argparse.Namespace) -> None:
    from helpers.project import find_root
    from helpers.quarter import places, render

    render(places(find_root(), options.out))


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
    run.add_argument("--quarter", metavar='"2026-27 Q2"', help="default: see data/raw/quarters.yml")
    run.add_argument("--area", help="default: the reporting area of data/raw/areas.yml")
    run.add_argument(
        "--until",
        choices=("assessments", "notebooks", "site"),
        default="site",
        help="the last stage to make (default: site)",
    )
    _add_out(run)
    run.set_defaults(do=_run)

    render = commands.add_parser(
        "render",
        help="render the executed notebooks and prose pages again, without executing",
        description="Render the executed notebooks and prose pages again, without executing.",
    )
    _add_out(render)
    render.set_defaults(do=_render)
    return parser


def _add_out(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--out", type=Path, metavar="DIR", help="write everything under DIR, not in the project"
    )


if __name__ == "__main__":
    sys.exit(main())
