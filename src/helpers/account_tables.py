"""A quarter's tables as an account asks them: rows found at once, and every look-up noted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import product
from pathlib import Path

import pandas as pd

from helpers import reads
from helpers.comparison import KnownFigures
from helpers.definitions import Quarter
from helpers.editions import COLUMNS, TABLE, alone
from helpers.errors import Problem, ProblemsFound
from helpers.observations import latest_known, read_table
from helpers.rows import each_row


class AccountTable:
    """A table that is loaded when it is first asked, and notes what it is asked (`helpers.reads`).

    Rows are chosen by what columns hold: ``where(plan="cyp-plan-2021-26", ambition=1)``; of a
    list, any of its texts will do. What is given depends on the rows so chosen and on nothing
    else: their places in the table are left out.

    Parameters
    ----------
    name
        The quarter's folder and the table, as `helpers.reads.Read` has it.
    load
        Gives the rows.
    area
        The area whose rows alone are loaded; empty: every area's.
    """

    def __init__(self, name: str, load: Callable[[], pd.DataFrame], area: str = "") -> None:
        self.name = name
        self.area = area
        self._load = load
        self._places: dict[tuple[str, ...], Mapping[tuple[str, ...], list[int]]] = {}
        self._derived: dict[Callable, AccountTable] = {}
        self._made: dict[tuple, object] = {}

    def whole(self) -> pd.DataFrame:
        """Return every row."""
        self.note()
        return self._frame.copy(deep=False)

    def where(self, **chosen: object) -> pd.DataFrame:
        """Return the rows in which each column holds the text, or one of the texts, given."""
        return self._frame.take(self._find(chosen)).reset_index(drop=True)

    def rows(self, **chosen: object) -> list:
        """Return such rows one by one, with an attribute for each column."""
        return [self._rows[place] for place in self._find(chosen)]

    def first(self, **chosen: object) -> pd.Series | None:
        """Return the first of such rows; None where there is none."""
        found = self._find(chosen)
        return pd.Series(self._values[found[0]], self._frame.columns, object) if found else None

    def newest(self, column: str) -> object | None:
        """Return the greatest value of a column, and note no more than that."""
        self.note(reads.MAX + column)
        return max(self._frame[column], default=None)

    def derived(self, make: Callable[[pd.DataFrame], pd.DataFrame]) -> AccountTable:
        """Return a table made of this one, whose look-ups are noted as look-ups of this one.

        What is made of rows chosen by some columns must depend on these rows alone; it may be
        asked by no other columns.
        """
        if make not in self._derived:
            self._derived[make] = AccountTable(self.name, lambda: make(self._frame), self.area)
        return self._derived[make]

    def made_of(self, make: Callable[..., object], *given: object) -> object:
        """Return what is made of every row, and of what else is given: once for all who ask.

        Nothing is noted: whoever asks must.
        """
        if (make, given) not in self._made:
            self._made[make, given] = make(self._frame, *given)
        return self._made[make, given]

    def prepare(self) -> None:
        """Load the table, and take its rows apart, before it is asked."""
        _ = self._values, self._rows

    def without_rows(self) -> pd.DataFrame:
        """Return the table's columns without any row."""
        return self._frame.iloc[:0]

    def note(self, column: str = "", value: str = "") -> None:
        """Note a read of this table; of all of it unless a column is given."""
        reads.note(self.name, self.area, column, value)

    @cached_property
    def _frame(self) -> pd.DataFrame:
        return self._load()

    @cached_property
    def _values(self):
        return self._frame.to_numpy(dtype=object)

    @cached_property
    def _rows(self) -> list:
        return list(each_row(self._frame, index=False))

    def _find(self, chosen: Mapping[str, object]) -> list[int]:
        """Return the places of rows in the table, in its order."""
        wanted = sorted({*product(*map(_texts, chosen.values()))})
        self.note(", ".join(chosen), "\n".join(map(reads.as_key, wanted)))
        places = self._by(tuple(chosen))
        return sorted(place for key in wanted for place in places.get(key, ()))

    def _by(self, columns: tuple[str, ...]) -> Mapping[tuple[str, ...], list[int]]:
        if columns not in self._places:
            found = self._places[columns] = {}
            texts = [map(_text, self._frame[name]) for name in columns]
            for place, key in enumerate(zip(*texts, strict=True)):
                found.setdefault(key, []).append(place)
        return self._places[columns]


class NotedFigures:
    """Published figures, each look-up noted as one of all rows of its measure.

    It gives what `helpers.comparison.KnownFigures` gives, and has no other methods, so that
    nothing can be asked without a note.
    """

    def __init__(self, observations: AccountTable, day: date) -> None:
        self._table = observations
        self._known = observations.made_of(KnownFigures, day)

    def of(self, measure_id: str, area: str, breakdown: str = "") -> list:
        """Return a measure's figures for one area, oldest first."""
        self._table.note("measure_id", measure_id)
        return self._known.of(measure_id, area, breakdown)

    def beside(self, figure: object) -> dict[str, object]:
        """Return every area's figure for the measure and period of one of them."""
        self._table.note("measure_id", figure.measure_id)
        return self._known.beside(figure)

    def changes(self, measure_id: str, area: str, within: Iterable[str]) -> list:
        """Return the changes that documents state of a measure."""
        self._table.note("measure_id", measure_id)
        return self._known.changes(measure_id, area, within)


@dataclass(frozen=True)
class AccountTables:
    """The tables that an account is made of.

    Parameters
    ----------
    assessments, last, report
        The assessments of the account's area: of its quarter, of the quarter before (None for the
        first), and of the quarter of the plan's own report.
    milestones, observations, data_quality
        The other tables of its quarter.
    of_quarter
        Gives the assessments of the account's area in any quarter.
    editions
        The quarters of the site that the account stands on (`helpers.editions`).
    """

    assessments: AccountTable
    last: AccountTable | None
    report: AccountTable
    milestones: AccountTable
    observations: AccountTable
    data_quality: AccountTable
    of_quarter: Callable[[Quarter], AccountTable]
    editions: AccountTable

    @cached_property
    def known(self) -> AccountTable:
        """Of the observations, the ones to go by; asked by measure, area and breakdown alone.

        `helpers.observations.latest_known` chooses among the rows of one measure, area and
        breakdown, whatever the others are.
        """
        return self.observations.derived(latest_known)


def tables_of(
    folder: Path, area: str, quarter: Quarter, last: Quarter | None, report: Quarter
) -> AccountTables:
    """Find the tables of an account; each is read when it is first used.

    Raises
    ------
    ProblemsFound
        Where the tables of a quarter have not been made.
    """
    opened: dict[str, AccountTable] = {}

    def assessments(of: Quarter) -> AccountTable:
        if of.slug not in opened:
            opened[of.slug] = _table(folder, of, "assessments", area, _with_whole_numbers)
        return opened[of.slug]

    return AccountTables(
        assessments=assessments(quarter),
        last=assessments(last) if last else None,
        report=assessments(report),
        milestones=_table(folder, quarter, "milestones"),
        observations=_table(folder, quarter, "observations"),
        data_quality=_table(folder, quarter, "data_quality"),
        of_quarter=assessments,
        editions=_editions(folder, quarter),
    )


def _editions(folder: Path, quarter: Quarter) -> AccountTable:
    """Find the list of a site's quarters; one of which no site was made yet stands alone."""
    path = folder / quarter.slug / TABLE

    def load() -> pd.DataFrame:
        with reads.reading_tables():
            if path.is_file():
                return read_table(path)
            return pd.DataFrame([alone(quarter)], columns=list(COLUMNS), dtype=object)

    return AccountTable(f"{quarter.slug}/{path.stem}", load)


def remember(tables: AccountTables, quarters: Sequence[Quarter]) -> None:
    """Read an account's tables, so that processes forked from this one have them.

    Parameters
    ----------
    quarters
        Up to the account's own, oldest first.
    """
    assessments = (*map(tables.of_quarter, quarters), tables.report)
    others = (tables.milestones, tables.observations, tables.known, tables.data_quality)
    for table in (*assessments, *others):
        table.prepare()
    NotedFigures(tables.observations, quarters[-1].as_at)


def _as_it_is(table: pd.DataFrame) -> pd.DataFrame:
    return table


def _with_whole_numbers(table: pd.DataFrame) -> pd.DataFrame:
    table["ambition"] = pd.Series(
        [int(number) if number else None for number in table["ambition"]], dtype=object
    )
    # One column after the other: `astype` of some would part the one array that all stand in.
    table["decimals"] = table["decimals"].astype(int)
    return table


def _table(
    folder: Path,
    quarter: Quarter,
    name: str,
    area: str = "",
    finish: Callable[[pd.DataFrame], pd.DataFrame] = _as_it_is,
) -> AccountTable:
    path = folder / quarter.slug / f"{name}.csv"
    if not path.is_file():
        raise ProblemsFound(
            [
                Problem(
                    f"the tables of {quarter.quarter}",
                    f"{path.name} has not been made yet",
                    f'run: waggle run --quarter "{quarter.quarter}" --until assessments',
                )
            ]
        )

    state = path.stat()
    table = _as_it_stands(path, area, finish, state.st_mtime_ns, state.st_size)
    table.note(reads.EXISTS)
    return table


@lru_cache(maxsize=32)
def _as_it_stands(
    path: Path,
    area: str,
    finish: Callable[[pd.DataFrame], pd.DataFrame],
    _changed: int,
    _size: int,
) -> AccountTable:
    """Open a table once for all that ask for it, until the file changes."""

    def load() -> pd.DataFrame:
        with reads.reading_tables():
            return finish(read_table(path, area))

    return AccountTable(f"{path.parent.name}/{path.stem}", load, area)


def _texts(wanted: object) -> Iterable[str]:
    several = isinstance(wanted, Iterable) and not isinstance(wanted, str)
    return [_text(each) for each in (wanted if several else [wanted])]


def _text(value: object) -> str:
    """Write a value as it stands in the file."""
    return "" if value is None else str(value)
