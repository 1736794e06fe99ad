"""An IPython shell that gathers what cells put out, as a Jupyter kernel would send it.

It has no terminal, no history and no profile of the person who runs it.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from typing import IO

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from matplotlib_inline.config import InlineBackend
from nbformat import NotebookNode, from_dict
from traitlets import Type
from traitlets.config import Config

_INLINE = "module://matplotlib_inline.backend_inline"


def output(kind: str, **entries: object) -> NotebookNode:
    """Make an output as the notebook format has it.

    nbformat's own `new_output` checks each against the schema; here that is done once, when the
    notebook is written.
    """
    return from_dict({"output_type": kind, **entries})


class Outputs:
    """What cells put out, as the notebook format has it."""

    def __init__(self) -> None:
        self.of_cell: list[NotebookNode] = []
        self.programs: dict[str, IO[bytes]] = {}
        self._shown: dict[str, list[NotebookNode]] = {}
        self._clear_next = False

    def begin_cell(self) -> None:
        """Start gathering for another cell."""
        self.of_cell, self._clear_next = [], False

    def add_from_programs(self) -> None:
        """Add what programs, and libraries that are not Python's, have printed since last time."""
        for name, file in self.programs.items():
            file.seek(0)
            text = file.read().decode("utf-8", "replace")
            if text:
                file.seek(0)
                file.truncate()
                self._add(output("stream", name=name, text=text))

    def add(self, shown: NotebookNode, display_id: str = "") -> None:
        """Add an output, after what programs have printed; text goes on from the same stream's."""
        self.add_from_programs()
        self._add(shown, display_id)

    def _add(self, shown: NotebookNode, display_id: str = "") -> None:
        if self._clear_next:
            self.clear(wait=False)
        last = self.of_cell[-1] if self.of_cell else None
        if shown.output_type == "stream" and last is not None and last.get("name") == shown.name:
            last.text += shown.text
            return
        self.of_cell.append(shown)
        if display_id:
            self._shown.setdefault(display_id, []).append(shown)

    def update(self, display_id: str, data: dict, metadata: dict) -> None:
        """Replace what was shown under a display id, in whatever cell it stands."""
        for shown in self._shown.get(display_id, []):
            shown.data, shown.metadata = data, metadata

    def clear(self, wait: bool) -> None:
        """Drop what the cell has put out: now, or when the next output comes."""
        self._clear_next = wait
        if not wait:
            self.of_cell[:] = []


class _Publisher(DisplayPublisher):
    """Gathers what is shown with `display`."""

    outputs: Outputs

    def publish(self, data, metadata=None, *, transient=None, update=False, **_):
        display_id = (transient or {}).get("display_id", "")
        if update:
            self.outputs.update(display_id, data, metadata or {})
        else:
            shown = output("display_data", data=data, metadata=metadata or {})
            self.outputs.add(shown, display_id)

    def clear_output(self, wait=False):
        self.outputs.clear(wait)


class _Hook(DisplayHook):
    """Gathers the value of a cell's last expression."""

    outputs: Outputs

    def write_output_prompt(self):
        pass

    def write_format_data(self, format_dict, md_dict=None):
        number = self.prompt_count
        value = output(
            "execute_result", data=format_dict, metadata=md_dict or {}, execution_count=number
        )
        self.outputs.add(value)

    def finish_displayhook(self):
        pass


class Shell(InteractiveShell):
    """An IPython shell without a terminal."""

    outputs: Outputs
    display_pub_class = Type(_Publisher)
    displayhook_class = Type(_Hook)

    def _showtraceback(self, etype, evalue, stb):
        raised = output("error", ename=etype.__name__, evalue=str(evalue), traceback=stb)
        self.outputs.add(raised)

    def enable_gui(self, gui=None):
        """There is no window to show."""

    def ask_exit(self):
        """End the notebook, which makes it fail: half a page is no page."""
        raise SystemExit("the cell ended the notebook")


class _Stream(io.TextIOBase):
    """Gathers what is printed."""

    encoding = "utf-8"

    def __init__(self, name: str, outputs: Outputs) -> None:
        self.name = name
        self._outputs = outputs

    def write(self, text: str) -> int:
        if text:
            self._outputs.add(output("stream", name=self.name, text=text))
        return len(text)


@contextlib.contextmanager
def gathering_shell() -> Iterator[Shell]:
    """Open a fresh shell; what its cells put out is in ``shell.outputs.of_cell``.

    While it is open, standard input, output and error are its own, those of the process too.
    """
    outputs = Outputs()
    streams, main = (sys.stdin, sys.stdout, sys.stderr), sys.modules["__main__"]
    with tempfile.TemporaryDirectory(prefix="waggle-ipython-") as profile:
        quiet = Config({"HistoryManager": {"enabled": False}})
        shell = Shell.instance(ipython_dir=profile, config=quiet)
        shell.outputs = shell.display_pub.outputs = shell.displayhook.outputs = outputs
        sys.stdout, sys.stderr = _Stream("stdout", outputs), _Stream("stderr", outputs)
        sys.stdin = io.StringIO()
        try:
            with _programs_print_to(outputs):
                _draw_inline(shell)
                yield shell
        finally:
            sys.stdin, sys.stdout, sys.stderr = streams
            InlineBackend.clear_instance()  # which knows this shell
            Shell.clear_instance()
            sys.modules["__main__"] = main


@contextlib.contextmanager
def _programs_print_to(outputs: Outputs) -> Iterator[None]:
    """Send what is written to the process's own file descriptors 1 and 2 to the outputs."""
    with contextlib.ExitStack() as stack:
        for number, name in ((1, "stdout"), (2, "stderr")):
            kept = os.dup(number)
            stack.callback(os.close, kept)
            file = stack.enter_context(tempfile.TemporaryFile())
            os.dup2(file.fileno(), number)
            stack.callback(os.dup2, kept, number)
            outputs.programs[name] = file
        yield


def _draw_inline(shell: Shell) -> None:
    """Show matplotlib's figures at the end of the cell that drew them, as a kernel does."""
    from IPython.core.pylabtools import activate_matplotlib, select_figure_formats
    from matplotlib_inline.backend_inline import configure_inline_support

    os.environ["MPLBACKEND"] = _INLINE
    activate_matplotlib(_INLINE)
    configure_inline_support(shell, _INLINE)
    # It chooses the formats once for a process, and a process may have several shells.
    settings = InlineBackend.instance(parent=shell)
    select_figure_formats(shell, settings.figure_formats, **settings.print_figure_kwargs)
