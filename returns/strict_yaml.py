"""YAML read strictly: what a person wrote is what they get, or a sentence with the file and the line.

YAML has surprises that would change a figure in silence: the second of two equal keys wins, `no` is false, `012`
is ten, `1e3` is text, a few aliases can grow to gigabytes, a tag can make a Python object. All are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

# libyaml reads the catalogue twenty times faster than PyYAML's own Python, where the wheel has it. Both only
# compose here: no loader of PyYAML's ever makes an object.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

LARGEST = 1_000_000
_DEEPEST = 20

_YAML = "tag:yaml.org,2002:"
_PLAIN_TAGS = {_YAML + name for name in ("str", "int", "float", "bool", "null", "map", "seq", "timestamp")}
# Unquoted words that YAML 1.1 takes for true or false, and people do not.
_FALSE_FRIENDS = re.compile(r"(?i:y|n|yes|no|on|off)|T(rue|RUE)|F(alse|ALSE)")
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?")
# Begins like a number and is read as one by somebody: 012, 1e3, 0x1F, 1_000, 12:30:45, .5, 5.
_NUMBER_LIKE = re.compile(
    r"[-+]?(0[0-9_]+|[0-9][0-9_]*(\.[0-9_]*)?e[-+]?[0-9]+|0[xob][0-9a-f_]+|[0-9]+(_[0-9]+)+"
    r"|[0-9]+(:[0-9]{1,2})+(\.[0-9]*)?|\.[0-9]+|[0-9]+\.|\.(inf|nan))",
    re.IGNORECASE,
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

Place = tuple[str | int, ...]


class StrictYamlError(ValueError):
    """A YAML file cannot be taken at its word. `path`, `line` (from 1) and `problem` say where and why."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path}, line {line}: {problem}")
        self.path = path
        self.line = line
        self.problem = problem


@dataclass(frozen=True)
class Document:
    """A YAML file's content in plain Python, and the line on which each part of it stands."""

    path: Path
    value: Any
    lines: dict[Place, int] = field(repr=False)

    def line(self, place: Place) -> int:
        """The line of the part at `place` (keys and positions from the top), or of the nearest part around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read(path: Path) -> Document:
    """The one document of the file; raises StrictYamlError, or OSError when the file cannot be read."""
    content = path.read_bytes()
    if len(content) > LARGEST:
        raise StrictYamlError(path, 1, f"is larger than {LARGEST:,} bytes")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StrictYamlError(path, content[: error.start].count(b"\n") + 1, "is not UTF-8 text") from None
    return read_text(text, path=path)


def read_text(text: str, *, path: Path) -> Document:
    """As `read`, of text that was read already; `path` is named in what is raised."""
    for number, line in enumerate(text.splitlines(), start=1):
        if "\t" in line:
            raise StrictYamlError(path, number, "has a tab; indent and align with spaces")
    try:
        _refuse_aliases(text, path)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = mark.line + 1 if mark else 1
        raise StrictYamlError(path, at, f"is not YAML: {error.problem or error.context}") from None
    except (yaml.YAMLError, RecursionError, UnicodeError) as error:
        raise StrictYamlError(path, 1, f"is not YAML: {type(error).__name__}") from None
    if node is None:
        return Document(path, None, {(): 1})
    reader = _Reader(path)
    return Document(path, reader.plain(node, ()), reader.lines)


def _refuse_aliases(text: str, path: Path) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise StrictYamlError(path, line, f"uses the alias *{event.anchor}; write the value out")
        if anchor := getattr(event, "anchor", None):
            raise StrictYamlError(path, line, f"names the anchor &{anchor}; anchors and aliases are not used here")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise StrictYamlError(path, line, f"is nested more than {_DEEPEST} deep")


@dataclass
class _Reader:
    """Makes plain Python of composed nodes, noting the line of each."""

    path: Path
    lines: dict[Place, int] = field(default_factory=dict)

    def plain(self, node: yaml.Node, place: Place) -> Any:
        self.lines[place] = node.start_mark.line + 1
        if node.tag not in _PLAIN_TAGS:
            raise self._error(node, f"has the tag {node.tag.replace(_YAML, '!!')}, which is not used here")
        if isinstance(node, yaml.MappingNode):
            return dict(self._pairs(node, place))
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item, (*place, number)) for number, item in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)
        return self._scalar(node)

    def _pairs(self, node: yaml.MappingNode, place: Place) -> Iterator[tuple[str, Any]]:
        seen: dict[str, int] = {}
        for key_node, value_node in node.value:
            key = self._scalar(key_node) if isinstance(key_node, yaml.ScalarNode) else None
            if not isinstance(key, str):
                raise self._error(key_node, "has a key that is not text; put it in quotes")
            if key in seen:
                raise self._error(key_node, f"gives {key!r} a second time (first on line {seen[key]})")
            seen[key] = key_node.start_mark.line + 1
            value = self.plain(value_node, (*place, key))
            # A key's own line is where a person looks, not the line that its value starts on.
            self.lines[(*place, key)] = seen[key]
            yield key, value

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        text = str(node.value)
        if node.style:  # quoted, or a block: None (PyYAML) or empty (libyaml) where it is plain
            return text
        if _FALSE_FRIENDS.fullmatch(text):
            said = f"says {text} without quotes, which YAML takes for true or false; write true, false or '{text}'"
            raise self._error(node, said)
        if text in ("true", "false"):
            return text == "true"
        if text in ("", "null", "~"):
            return None
        if _NUMBER.fullmatch(text):
            return float(text) if "." in text else int(text)
        if _NUMBER_LIKE.fullmatch(text):
            said = f"says {text}, which is read in more than one way; write the number plainly, or put it in quotes"
            raise self._error(node, said)
        if _DAY.fullmatch(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                raise self._error(node, f"says {text}, which is no day") from None
        return text

    def _error(self, node: yaml.Node, problem: str) -> StrictYamlError:
        return StrictYamlError(self.path, node.start_mark.line + 1, problem)
