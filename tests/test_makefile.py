"""What `make` does by itself: environments that are made again in time, the site that is deployed.

In place of Python stands a script that notes what it is asked for, and fails as long as told to.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
PYTHON = """#!/bin/sh
if [ "$2" = venv ]; then
    mkdir -p .venv-lab/bin
    for name in python waggle jupyter; do cp "$0" .venv-lab/bin/$name; done
    exit 0
fi
echo "$(basename "$0") $*" >> log
test "$2" != pip || test ! -e fail
"""


@pytest.mark.skipif(
    sys.platform == "win32" or not shutil.which("make"), reason="there is no make here"
)
def test_the_environment_of_the_lab_is_made_again_when_its_lock_file_changes(tmp_path):
    for name in ("Makefile", "pyproject.toml", "requirements-lab.lock"):
        shutil.copy(PROJECT / name, tmp_path / name)
        os.utime(tmp_path / name, (1e9, 1e9))
    python = tmp_path / "python"
    python.write_text(PYTHON)
    python.chmod(0o755)

    def make_lab():
        """Make it; return whether that went well, and how often packages were installed."""
        (tmp_path / "log").write_text("")
        command = ["make", "lab", f"PYTHON={python}"]
        made = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
        calls = (tmp_path / "log").read_text().splitlines()
        installed = sum("-r requirements-lab.lock" in call for call in calls)
        return made.returncode == 0 and calls[-1] == "jupyter lab notebooks", installed

    (tmp_path / "fail").touch()
    assert make_lab() == (False, 1)
    (tmp_path / "fail").unlink()
    assert make_lab() == (True, 1)  # not taken for made
    assert make_lab() == (True, 0)
    newer = (tmp_path / ".venv-lab" / "bin" / ".made-from-requirements-lab.lock").stat().st_mtime
    os.utime(tmp_path / "requirements-lab.lock", (newer + 10, newer + 10))
    assert make_lab() == (True, 1)


def test_what_is_deployed_is_always_every_quarters_account():
    """The site that is deployed takes the place of the whole last one."""
    workflow = (PROJECT / ".github" / "workflows" / "quarterly-run.yml").read_text("utf-8")
    (made,) = [line for line in workflow.splitlines() if "make site" in line]
    assert made.strip() == "run: make site"
    assert "QUARTER" not in workflow
    assert "inputs" not in workflow
