"""Reads YAML with the line of every entry, fast: a run reads the definitions once a notebook."""

from __future__ import annotations

from typing import Any

import yaml


class LocatedMapping(dict):
    """A mapping that knows on which line of its file each entry stands."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[Any, int] = {}


class LocatedList(list):
    """A list that knows on which line of its file each entry stands."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[int, int] = {}


def load_yaml(text: str) -> Any:
    r"""Read YAML into mappings and lists that know their lines.

    Raises
    ------
    yaml.YAMLError
        Where the text is not YAML, or has an entry twice in one mapping.

    Examples
    --------
    >>> load_yaml("id: safe\nname: Be Safe").lines
    {'id': 1, 'name': 2}
    """
    return yaml.load(text, Loader=_Loader)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """The safe loader of libyaml, where it is built in."""

    # As in YAML 1.2, only true and false are yes or no: the words yes, no, on and off are text.
    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, spelling) for tag, spelling in found if "bool" not in tag or first in "tTfF"]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _mapping(loader: _Loader, node: yaml.MappingNode) -> LocatedMapping:
    entries = LocatedMapping()
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in entries:
            found = f'found duplicate key "{key}"'
            raise yaml.constructor.ConstructorError(problem=found, problem_mark=key_node.start_mark)
        entries[key] = loader.construct_object(value_node, deep=True)
        entries.lines[key] = key_node.start_mark.line + 1
    return entries


def _list(loader: _Loader, node: yaml.SequenceNode) -> LocatedList:
    entries = LocatedList()
    for number, value_node in enumerate(node.value):
        entries.append(loader.construct_object(value_node, deep=True))
        entries.lines[number] = value_node.start_mark.line + 1
    return entries


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:seq", _list)
