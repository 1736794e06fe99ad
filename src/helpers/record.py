"""The record of a quarter: what made it, so that anybody can make it again and get the same."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from helpers.digests import digest_of
from helpers.manifest import Inputs

INPUT_FOLDERS = ("data/raw", "notebooks", "reports", "src")


def commit(root: Path) -> dict[str, object]:
    """Return the commit that is checked out, and whether inputs differ from it.

    Returns
    -------
    dict
        ``id``, empty where the project is no git checkout, and ``changed``: whether a file that
        a run reads differs from that commit.
    """
    if not (root / ".git").exists():
        return {"id": "", "changed": False}
    head = _git(root, "rev-parse", "HEAD")
    status = _git(root, "status", "--porcelain", "--", *INPUT_FOLDERS)
    return {"id": head, "changed": bool(status)}


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "--no-optional-locks", "-C", str(root), *arguments]
    # A hook of git has these set to the checkout whose hook it is, which may be another.
    of_hooks = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE")
    here = {name: value for name, value in os.environ.items() if name not in of_hooks}
    try:
        result = subprocess.run(command, env=here, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return result.stdout.strip() if result.returncode == 0 else ""


def record(
    quarter: str, as_at: str, area: str, inputs: Inputs, tables: dict[str, str]
) -> dict[str, object]:
    """Say what an account was made from; the same for the same inputs, whenever and wherever.

    Parameters
    ----------
    tables
        Digests of the quarter's tables, by file name.
    """
    return {
        "about": "What made this account. The same inputs make the same files, byte for byte.",
        "parameters": {"quarter": quarter, "as_at": as_at, "area": area},
        "commit": inputs.commit,
        "figures": inputs.figures,
        "definitions": inputs.definitions,
        "notebooks": inputs.notebooks,
        "pages": inputs.prose,
        "source_code": digest_of(inputs.helpers),
        "packages": inputs.packages,
        "tables": tables,
    }


def quarter_of(folder: Path) -> str | None:
    """Return the quarter of an account, by its record below a folder; None where there is none."""
    try:
        made = json.loads((folder / "data" / "record.json").read_text(encoding="utf-8"))
        return str(made["parameters"]["quarter"]) if "tables" in made else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_record(made: dict[str, object], path: Path) -> None:
    """Write a record as JSON that a person can read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(made, indent=2, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
