"""Reads every definition file under ``data/raw`` and reports all their mistakes at once.

A mistake is named by its file, line and entry, with what to do about it.
"""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import ValidationError

from helpers.definition_links import check_links
from helpers.definitions import Areas, Definitions, Measure, OutcomeBees, Quarters, Source
from helpers.digests import digests_below
from helpers.entries import Entry, as_written
from helpers.errors import DefinitionError, Problem
from helpers.plain_words import PlainWord
from helpers.plans import Claim, Content, ExecutiveSummary, Part, PartsAre, Plan
from helpers.project import is_definition
from helpers.same_words import SameWords, same_words_problems
from helpers.sources.rows import RowReader
from helpers.yaml_files import load_yaml


def read_definitions(root: Path) -> Definitions:
    """Read and check every definition file of the project.

    Files that have not changed since this process read them last are not read again, and what
    comes back is the same object; a run reads them once for all its notebooks.

    Raises
    ------
    DefinitionError
        With every problem found in any of the files: unreadable YAML, missing or unknown entries,
        values that are not allowed, and names that nothing defines.
    """
    raw = root / "data" / "raw"
    return _read_definitions(root, tuple(digests_below(raw, is_definition).items()))


@lru_cache(maxsize=1)
def _read_definitions(root: Path, contents: tuple[tuple[str, str], ...]) -> Definitions:
    """Read the definitions; `contents` tells one state of the files from another."""
    raw = root / "data" / "raw"
    reader = _Reader(root)
    quarters = reader.read(raw / "quarters.yml", Quarters)
    areas = reader.read(raw / "areas.yml", Areas)
    bees = reader.read(raw / "outcome-bees.yml", OutcomeBees)
    sources = {
        path.parent.name: reader.read(path, Source)
        for path in sorted(raw.glob("sources/*/source.yml"))
    }
    measures: dict[str, Measure] = {}
    for path in sorted(raw.glob("measures/*.yml")):
        for measure in reader.read_list(path, Measure):
            if measure.id in measures:
                reader.add(path, f"measure '{measure.id}'", "defined twice", "keep one of them")
            measures[measure.id] = measure
    measures_read = not reader.problems
    plans = [_read_plan(path.parent, reader) for path in sorted(raw.glob("plans/*/plan.yml"))]
    if not plans:
        reader.add(raw / "plans", "folder", "no plan.yml in it", "restore it from version control")
    for folder in sorted({path.parent for path in raw.glob("plans/*/*.y*ml")}) if plans else []:
        if not (folder / "plan.yml").is_file():
            remedy = "add it, or remove the folder: nothing in it is read"
            reader.add(folder, "folder", "no plan.yml in it", remedy)
    for kind, entries in (("sources", sources), ("plans", _by_folder(raw, plans))):
        for folder, entry in entries.items():
            if entry is not None and entry.id != folder:
                place = raw / kind / folder
                reader.add(place, "id", f"'{entry.id}'", f"write the folder's name, '{folder}'")
    for name, what in _CITED.items():
        for path in sorted(raw.glob(f"sources/*/{name}")):
            if path.parent.name not in sources:
                found = f"{what} without a source.yml"
                reader.add(path.parent, "folder", found, "add the citation")
    directions = {
        path.parent.name: _read_directions(path, reader)
        for path in sorted(raw.glob("sources/*/directions.csv"))
    }
    summaries = {
        path.parent.name: reader.read(path, ExecutiveSummary)
        for path in sorted(raw.glob("sources/*/executive-summary.yml"))
    }
    claims = {
        path.parent.name: _read_claims(path, reader)
        for path in sorted(raw.glob("sources/*/claims.csv"))
    }
    explained = reader.read_list_if_any(raw / "plain-words.yml", PlainWord)
    same_words = reader.read_list_if_any(raw / "same-words.yml", SameWords)
    needed = [quarters, areas, bees, *sources.values(), *plans]
    if not measures_read or None in needed:
        raise DefinitionError(reader.problems)
    definitions = Definitions(
        root=root,
        quarters=quarters,
        areas=areas,
        bees=bees,
        sources={source.id: source for source in sources.values()},
        measures=measures,
        plans={plan.id: plan for plan in plans},
        published_directions=directions,
        executive_summaries=summaries,
        claims=claims,
        plain_words=tuple(explained),
        same_words=tuple(same_words),
    )
    # Names are checked in what could be read, so that no mistake hides another.
    problems = [*reader.problems, *check_links(definitions, whole=not reader.problems)]
    problems += same_words_problems(definitions.same_words)
    if problems:
        raise DefinitionError(problems)
    return definitions


_CITED = {
    "figures.csv": "figures",
    "claims.csv": "claims",
    "directions.csv": "published arrows",
    "executive-summary.yml": "an executive summary",
}
"""The files of a source that need its citation."""


def _by_folder(raw: Path, plans: list[Plan | None]) -> dict[str, Plan | None]:
    folders = [path.parent.name for path in sorted(raw.glob("plans/*/plan.yml"))]
    return dict(zip(folders, plans, strict=True))


class _Reader:
    """Reads definition files and gathers their problems, so that all are reported together."""

    def __init__(self, root: Path):
        self.root = root
        self.problems: list[Problem] = []

    def add(self, path: Path, entry: str, found: str, remedy: str) -> None:
        self.problems.append(Problem(f"{path.relative_to(self.root)}, {entry}", found, remedy))

    def load(self, path: Path) -> Any:
        """Return a file's contents with line numbers; None, and a problem, where unreadable."""
        try:
            contents = load_yaml(path.read_text(encoding="utf-8"))
            if contents is None:
                self.add(path, "file", "it is empty", "restore it from version control")
            return contents
        except FileNotFoundError:
            self.add(path, "file", "it does not exist", "restore it from version control")
        except (yaml.YAMLError, UnicodeDecodeError) as problem:
            mark = getattr(problem, "problem_mark", None)
            place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "file"
            found = getattr(problem, "problem", None) or "it is not UTF-8 text"
            self.add(path, place, str(found), "correct the YAML; strings with ': ' need quotes")
        return None

    def read(self, path: Path, model: type[Entry]) -> Any:
        contents = self.load(path)
        return None if contents is None else self._validated(path, contents, model, "", contents)

    def read_list(self, path: Path, model: type[Entry]) -> list[Any]:
        contents = self.load(path)
        if contents is None:
            return []
        if not isinstance(contents, list):
            self.add(path, "file", "it is not a list", "start every entry with '- '")
            return []
        entries = [
            self._validated(path, entry, model, _name_of(entry, number), entry)
            for number, entry in enumerate(contents, start=1)
        ]
        return [entry for entry in entries if entry is not None]

    def read_list_if_any(self, path: Path, model: type[Entry]) -> list[Any]:
        return self.read_list(path, model) if path.is_file() else []

    def _validated(
        self, path: Path, contents: Any, model: type[Entry], entry: str, located: Any
    ) -> Any:
        try:
            return model.model_validate(contents)
        except ValidationError as failure:
            for error in failure.errors():
                line = _line_of(located, error["loc"])
                names = _names_along(located, error["loc"])
                place = ", ".join(filter(None, [f"line {line}", entry, *names]))
                self.add(path, place, _found(error), _remedy(error, model))
        return None


def _read_plan(folder: Path, reader: _Reader) -> Plan | None:
    """Read a plan: plan.yml for what it is, a file for each part, content.yml for what it says.

    A part's file is named by what the parts are and by its id: ambition-1.yml, bee-safe.yml.
    """
    plan = reader.load(folder / "plan.yml")
    if plan is None:
        return None
    parts = _named_parts(plan)
    files = [folder / f"{plan['parts_are']}-{as_written(part['id'])}.yml" for part in parts]
    for part, path in zip(parts, files, strict=True):
        located = reader.load(path)
        if located is None:
            continue
        # Checked here, file by file, so that a problem is reported in the file it stands in.
        named = [name for name in _PART_NAMES if isinstance(located, dict) and name in located]
        for name in named:
            found = f"'{located[name]}': the {name} of a part stands in plan.yml"
            remedy = "write it there, and remove it here"
            reader.add(path, f"line {located.lines[name]}, {name}", found, remedy)
        entries = {**located, **_PART_NAMES} if isinstance(located, dict) else located
        checked = reader._validated(path, entries, Part, "", located)
        if checked:
            part.update((name, getattr(checked, name)) for name in located if name not in named)
    if parts and len(parts) == len(plan["parts"]):
        read = {folder / "plan.yml", folder / "content.yml", *files}
        for path in sorted(set(folder.glob("*.y*ml")) - read):
            remedy = "list its part in plan.yml, correct the file's name, or remove it"
            reader.add(path, "file", "nothing reads it", remedy)
    if isinstance(plan, dict) and (folder / "content.yml").is_file():
        plan["content"] = reader.read(folder / "content.yml", Content) or Content()
    return reader._validated(folder / "plan.yml", plan, Plan, "", plan)


def _named_parts(plan: Any) -> list[dict]:
    """Return the parts of which plan.yml says in which file they are.

    Of the others its own check reports what is wrong with them, and no file is missed.
    """
    parts = plan.get("parts") if isinstance(plan, dict) else None
    if not isinstance(parts, list) or plan.get("parts_are") not in get_args(PartsAre):
        return []
    ids = [as_written(part.get("id")) if isinstance(part, dict) else None for part in parts]
    return [part for part, name in zip(parts, ids, strict=True) if name and isinstance(name, str)]


_PART_NAMES = {"id": "-", "title": "-", "short_title": "-", "page": "-", "mark": ""}
"""What plan.yml says of a part, for the check of the part's own file."""


def _read_claims(path: Path, reader: _Reader) -> list[Claim]:
    """Read what a document says of the documents themselves."""
    rows = RowReader(path, reader.root, list(Claim.model_fields))
    claims = []
    for cells in rows.rows():
        missing = [name for name, text in cells.items() if not text]
        for name in missing:
            rows.add(name, "it is empty", "write what the document says, and where")
        claim = None if missing else Claim(**cells)
        if claim in claims:
            rows.add("", "a claim that stands twice", "keep one of the rows")
        elif claim:
            claims.append(claim)
    reader.problems += rows.problems
    return claims


def _read_directions(path: Path, reader: _Reader) -> dict[str, str]:
    """Read the arrows that a document prints, by reference."""
    rows = RowReader(path, reader.root, ["reference", "direction", "place"])
    directions: dict[str, str] = {}
    for cells in rows.rows():
        rows.one_of("direction", cells["direction"], ("↑", "↓", "⇄", "↔", "N/A"))
        if cells["reference"] in directions:
            rows.add("reference", f"'{cells['reference']}' again", "keep one")
        directions[cells["reference"]] = cells["direction"]
    reader.problems += rows.problems
    return directions


def _name_of(entry: Any, number: int) -> str:
    """Say which entry of a list is meant, by its id where it has one."""
    name = isinstance(entry, dict) and (entry.get("id") or entry.get("reference"))
    return f"entry '{name}'" if name else f"entry {number}"


def _names_along(contents: Any, location: tuple) -> list[str]:
    """Name the entries on the way to a problem: indicator 1, measure 'x', polarity."""
    names = []
    for key in location:
        if isinstance(key, int):
            child = contents[key] if isinstance(contents, list) and key < len(contents) else None
            if isinstance(child, dict):
                labels = (child.get(name) for name in ("id", "measure", "number"))
                label = next(filter(None, labels), key + 1)
                names[-1:] = [f"{names[-1] if names else 'entry'} '{label}'"]
            contents = child
        else:
            names.append(str(key))
            contents = contents.get(key) if isinstance(contents, dict) else None
    return names


def _line_of(contents: Any, location: tuple) -> int:
    """Return the line on which the entry named by a pydantic location starts."""
    line = min(getattr(contents, "lines", {0: 1}).values(), default=1)
    for key in location:
        if key not in getattr(contents, "lines", {}):
            break
        line, contents = contents.lines[key], contents[key]
    return line


def _found(error: Any) -> str:
    if error["type"] == "missing":
        return f"no '{error['loc'][-1]}'"
    if error["type"] == "extra_forbidden":
        return f"unknown entry '{error['loc'][-1]}'"
    found = _in_yaml(error["input"])
    shown = f"'{found}': " if found and len(found) < 60 else ""
    if error["type"] == "too_short" and error["ctx"]["field_type"] == "List":
        return "a list with nothing in it"
    if error["type"] in _WANTED:
        return f"{shown}{_kind_of(error['input'])} where {_WANTED[error['type']]} should be"
    return f"{shown}{error['msg'].removeprefix('Value error, ')}"


_WANTED = {
    "string_type": "text",
    "list_type": "a list",
    "dict_type": "entries",
    "model_type": "entries",
    "model_attributes_type": "entries",
}
"""What should stand where pydantic finds something of another kind."""


def _kind_of(value: Any) -> str:
    """Say in a word of YAML what a value is."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "an entry with a value of its own"
    if isinstance(value, list):
        return "a list"
    return "text" if isinstance(value, str) else "a value that is no text"


def _in_yaml(value: Any) -> str:
    """Spell a value about as it stands in the file."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_in_yaml(entry)}" for name, entry in value.items())
    if isinstance(value, list):
        return ", ".join(map(_in_yaml, value))
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _remedy(error: Any, model: type[Entry]) -> str:
    name = str(error["loc"][-1]) if error["loc"] else ""
    allowed = {
        "polarity": "higher, lower, neutral or representative",
        "polarity_basis": "stated, implied or ours",
    }
    if error["type"] == "missing":
        choice = f": {allowed[name]}" if name in allowed else ""
        return f"add '{name}'{choice}"
    if error["type"] == "extra_forbidden":
        close = get_close_matches(name, list(model.model_fields), n=1)
        return f"did you mean '{close[0]}'?" if close else "remove it, or correct its spelling"
    if error["type"] == "literal_error":
        return f"write {error['ctx']['expected']}"
    if error["type"] == "too_short" and error["ctx"]["field_type"] == "List":
        return "list at least one"
    if error["type"] == "string_type":
        return _remedy_for_text(error["input"])
    if error["type"] == "list_type":
        return "start each on a line of its own with '- ', or write [one, another]"
    if error["type"] in _WANTED:
        return "write each entry as 'name: value'; data/raw/README.md says which there are"
    return "correct it; data/raw/README.md says what each entry means"


def _remedy_for_text(found: Any) -> str:
    """Say how something that YAML does not take for text becomes text."""
    if isinstance(found, dict):
        return "put quotation marks around it: a colon followed by a space makes a new entry"
    if isinstance(found, list):
        return "put quotation marks around it: square brackets, or '- ', make a list"
    if found is None:
        return "write the text, or remove the entry"
    return "put quotation marks around it"
