"""Reads YAML with the line of every entry, fast: a run reads the definitions once a notebook."""

from __future__ import annotations

import re
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
        Where the text is not YAML, has an entry twice in one mapping or one that is named by a
        list or a mapping, or has a value that cannot be, such as the date 2023-02-30.

    Examples
    --------
    >>> load_yaml("id: safe\nname: Be Safe").lines
    {'id': 1, 'name': 2}
    """
    return yaml.load(text, Loader=_Loader)


_NUMBERS = {
    "tag:yaml.org,2002:int": re.compile(r"[-+]?(?:0|[1-9][0-9]*)$"),
    "tag:yaml.org,2002:float": re.compile(
        r"[-+]?(?:(?:0|[1-9][0-9]*)\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$"
    ),
}
"""How numbers are spelt: in plain decimals."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """The safe loader of libyaml, where it is built in."""

    # As in YAML 1.2, only true and false are yes or no: the words yes, no, on and off are text.
    # Numbers are plain decimal ones: 070, which would be octal, and 1:30, to base 60, are text.
    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [
            (tag, _NUMBERS.get(tag, spelling))
            for tag, spelling in found
            if "bool" not in tag or first in "tTfF"
        ]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """Read a value; one that cannot be, such as a date that does not exist, has its place."""
        try:
            return super().construct_object(node, deep=deep)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            found = f"'{node.value}' cannot be read: {error}"
            raise _misread(found, node) from error


def _misread(found: str, node: yaml.Node) -> yaml.constructor.ConstructorError:
    return yaml.constructor.ConstructorError(problem=found, problem_mark=node.start_mark)


def _mapping(loader: _Loader, node: yaml.MappingNode) -> LocatedMapping:
    entries = LocatedMapping()
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise _misread("a list or a mapping where the name of an entry should be", key_node)
        key = loader.construct_object(key_node, deep=True)
        if key in entries:
            raise _misread(f'found duplicate key "{key}"', key_node)
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
