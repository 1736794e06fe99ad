"""The papermill engine `waggle`: executes a notebook in this process, with what it has imported.

An ordinary Jupyter kernel is a process of its own, which imports every library again and is spoken
to over sockets. Here cells run in an IPython shell in the process that papermill runs in. What
keeps notebooks apart is that each has a process of its own (`helpers.workers`), or, where processes
cannot be forked and one serves several notebooks, `isolated`.

Not supported, and not needed for pages without scripts: widgets and other two-way traffic between
a notebook and a browser.
"""

from __future__ import annotations

import contextlib
import os
import random
import sys
import warnings
from collections.abc import Callable, Iterator
from importlib.util import source_from_cache
from pathlib import Path

from papermill.engines import (
    Engine,
    NBClientEngine,
    NotebookExecutionManager,
    papermill_engines,
)

from helpers import reads

LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": sys.version_info[0]},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
    "version": ".".join(map(str, sys.version_info[:3])),
}
"""What a kernel writes into a notebook of its language."""


class WarmEngine(Engine):
    """Executes a notebook's cells in this process, in order, up to the first that raises."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        before_cell: Callable[[int | None], None] | None = None,
        **options: object,
    ) -> None:
        """Execute the cells, and put their outputs into them.

        Parameters
        ----------
        before_cell
            Told the place of each cell, from 0, before it runs; at last None, for no cell.
        """
        # Imported here so that papermill alone, which loads every engine, starts quickly.
        from helpers.shell import gathering_shell

        nb_man.nb.metadata["language_info"] = dict(LANGUAGE)
        with isolated(), gathering_shell() as shell:
            sys.path.insert(0, "")  # as in a kernel: modules beside the notebook
            for index, cell in enumerate(nb_man.nb.cells):
                if before_cell:
                    before_cell(index)
                nb_man.cell_start(cell, index)
                if cell.cell_type == "code" and cell.source.strip():
                    shell.outputs.begin_cell()
                    result = shell.run_cell(cell.source, store_history=True)
                    shell.outputs.add_from_programs()
                    cell.execution_count = result.execution_count
                    cell.outputs = shell.outputs.of_cell
                    if not result.success:
                        nb_man.cell_exception(cell, index)
                        break
                nb_man.cell_complete(cell, index)
            if before_cell:
                before_cell(None)


class KernelEngine(NBClientEngine):
    """papermill's own engine, an ordinary Jupyter kernel, that tells of each cell too."""

    NAME = "waggle-kernel"

    @classmethod
    def registered(cls) -> str:
        """Make papermill know this engine, and return its name there."""
        papermill_engines.register(cls.NAME, cls)
        return cls.NAME

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        before_cell: Callable[[int | None], None] | None = None,
        **options: object,
    ) -> None:
        """Execute the cells in a kernel; `before_cell` is told None after every cell."""
        started, completed = nb_man.cell_start, nb_man.cell_complete

        def cell_start(cell, cell_index=None, **more):
            if before_cell:
                before_cell(cell_index)
            started(cell, cell_index, **more)

        def cell_complete(cell, cell_index=None, **more):
            if before_cell:
                before_cell(None)
            completed(cell, cell_index, **more)

        nb_man.cell_start, nb_man.cell_complete = cell_start, cell_complete
        # The kernel's own remarks are noise; what a cell says is in the notebook.
        quiet = ["--IPKernelApp.log_level=CRITICAL"]
        super().execute_managed_notebook(nb_man, kernel_name, extra_arguments=quiet, **options)


@contextlib.contextmanager
def isolated() -> Iterator[None]:
    """Undo what a notebook did to its process, and start it with random numbers of its own.

    Put back are environment variables, the current directory, ``sys.path`` and ``sys.argv``,
    warnings filters, random states, matplotlib's settings and figures, pandas' options, and the
    modules that it imported from its own folder. Variables go with the notebook's shell. What
    cannot be undone is a change inside another imported module.
    """
    here = Path.cwd()
    environment, path, argv = dict(os.environ), list(sys.path), list(sys.argv)
    modules = set(sys.modules)
    with contextlib.ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        stack.enter_context(_random_numbers())
        stack.enter_context(_matplotlib())
        stack.enter_context(_pandas())
        try:
            yield
        finally:
            for name in set(sys.modules) - modules:
                file = getattr(sys.modules[name], "__file__", None)
                # A project's own folder often has its environment in it, with all the packages.
                if (
                    file
                    and Path(file).is_relative_to(here)
                    and not Path(file).is_relative_to(sys.prefix)
                ):
                    del sys.modules[name]
            os.chdir(here)
            os.environ.clear()
            os.environ.update(environment)
            sys.path[:], sys.argv[:] = path, argv


_opened: set[str] | None = None
"""Names of files opened while somebody asks for them."""


@contextlib.contextmanager
def opened_files(*folders: Path) -> Iterator[list[str]]:
    """List the files below some folders that are read meanwhile, or are missing when asked for.

    Not listed are the quarters' tables where they are read through `helpers.account`, which notes
    what was read of them; nor what stands in hidden folders, where packages often live.

    Yields
    ------
    list of str
        Absolute paths, filled at the end.
    """
    global _opened
    if not _hearing:
        sys.addaudithook(_hear)  # which can never be removed
        _hearing.append(True)
    found: list[str] = []
    _opened = set()
    try:
        yield found
    finally:
        names, _opened = {*map(_source_of, _opened)}, None
        within = tuple(f"{folder.absolute()}{os.sep}" for folder in folders)
        for name in sorted(name for name in names if name.startswith(within)):
            below = min((name.removeprefix(f) for f in within if name.startswith(f)), key=len)
            hidden = any(part.startswith((".", "__")) for part in Path(below).parts)
            if not hidden and not os.path.isdir(name):
                found.append(name)


_hearing: list[bool] = []


def _hear(event: str, arguments: tuple) -> None:
    if event != "open" or _opened is None or reads.inside():
        return
    name, mode, _ = arguments
    if isinstance(name, str | bytes) and not (mode and set(mode) & set("wax")):
        _opened.add(os.path.abspath(os.fsdecode(name)))


def _source_of(name: str) -> str:
    """Return a module's source, which Python does not open where it has it compiled."""
    try:
        return source_from_cache(name) if name.endswith(".pyc") else name
    except ValueError:  # compiled and without a source
        return name


@contextlib.contextmanager
def _random_numbers() -> Iterator[None]:
    """Seed anew, as a new process would, and put the states back."""
    state = random.getstate()
    random.seed()
    numpy = sys.modules.get("numpy")
    numpy_state = numpy.random.get_state() if numpy else None
    if numpy:
        numpy.random.seed()
    try:
        yield
    finally:
        random.setstate(state)
        if numpy:
            numpy.random.set_state(numpy_state)


@contextlib.contextmanager
def _matplotlib() -> Iterator[None]:
    matplotlib = sys.modules.get("matplotlib")
    if not matplotlib:
        yield
        return
    try:
        with matplotlib.rc_context():
            yield
    finally:
        if pyplot := sys.modules.get("matplotlib.pyplot"):
            pyplot.close("all")


@contextlib.contextmanager
def _pandas() -> Iterator[None]:
    try:
        yield
    finally:
        if pandas := sys.modules.get("pandas"):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # some options say that they will go
                pandas.reset_option("all")
