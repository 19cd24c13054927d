"""The catalogue: every indicator declared in metrics/catalogue/*.yaml, read, checked and refused with file and line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from metrics.clocks import Clocks
from metrics.declared import Declared, ExpressionError, declared
from metrics.memory import remembered
from metrics.model import Indicator
from returns.strict_yaml import Document, Place, StrictYamlError, read

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

FOLDER = Path(__file__).parent / "catalogue"

# The themes in the order of the child's journey and of the partnership's own work; each is one file.
THEMES: dict[str, str] = {
    "early_help": "Early help",
    "front_door": "Front door",
    "assessment": "Assessment",
    "protection": "Protection",
    "in_need": "In need",
    "care": "Care and leaving care",
    "exploitation": "Exploitation and missing",
    "allegations": "Allegations",
    "assurance": "Assurance",
    "learning": "Learning, voice and leadership",
    "education": "Education and partners",
    "quality": "The data itself",
}

# How a theme is called where there is no room for its title.
SHORT_THEMES: dict[str, str] = {
    "care": "Care", "exploitation": "Exploitation", "learning": "Learning", "education": "Education", "quality": "Data",
}  # fmt: skip


class CatalogueError(ValueError):
    """The catalogue is refused. The message names the file, the line, the indicator and what is wrong."""

    def __init__(self, file: Path, line: int, problem: str) -> None:
        super().__init__(f"{file}, line {line}: {problem}")
        self.file = file
        self.line = line
        self.problem = problem


class NoSuchIndicator(ValueError):
    """The id asked for is not in the catalogue; the message offers the nearest."""


@dataclass(frozen=True)
class Catalogue:
    """Every indicator, in the order in which they are shown. `digest` changes with any declaration or clock."""

    declared: tuple[Declared, ...]
    clocks: Clocks = field(repr=False)
    digest: str

    def __iter__(self) -> Iterator[Declared]:
        return iter(self.declared)

    def __len__(self) -> int:
        return len(self.declared)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every indicator's declaration."""
        return tuple(one.indicator for one in self.declared)

    def __getitem__(self, indicator_id: str) -> Declared:
        for one in self.declared:
            if one.id == indicator_id:
                return one
        raise NoSuchIndicator(self._no_such(indicator_id))

    def _no_such(self, indicator_id: str) -> str:
        from difflib import get_close_matches

        near = get_close_matches(indicator_id, [one.id for one in self.declared], n=3)
        meant = f" Did you mean {' or '.join(near)}?" if near else ""
        return f"There is no indicator {indicator_id!r}.{meant} `python -m metrics list` shows them all."


def load_catalogue(folder: Path | None = None, *, clocks: Clocks | None = None) -> Catalogue:
    """The catalogue of `folder` (the project's own), read again only when a file or a clock has changed.

    Raises CatalogueError for the first thing that is wrong.
    """
    if clocks is None:
        from metrics.clocks import clocks as configured

        clocks = configured()
    chosen = folder or FOLDER
    files = sorted(chosen.glob("*.yaml"), key=_file_order)
    stamps = tuple((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in files)
    key = (stamps, tuple(sorted((name, clock.unit, clock.steps) for name, clock in clocks.items())))
    return remembered(("catalogue", key), lambda: _load(files, clocks, repr(key[1])))


def _file_order(file: Path) -> tuple[int, str]:
    themes = list(THEMES)
    return (themes.index(file.stem) if file.stem in themes else len(themes), file.stem)


def _load(files: list[Path], clocks: Clocks, clock_text: str) -> Catalogue:
    found: dict[str, Declared] = {}
    digest = hashlib.sha256(clock_text.encode())
    for file in files:
        digest.update(file.read_bytes())
        for one in read_file(file, clocks=clocks):
            if one.id in found:
                first = found[one.id]
                raise CatalogueError(
                    file, one.line, f"declares {one.id} again (first in {first.file}, line {first.line})"
                )
            found[one.id] = one
    return Catalogue(tuple(found.values()), clocks, digest.hexdigest()[:16])


def read_file(file: Path, *, clocks: Clocks) -> list[Declared]:
    """The indicators that one file declares, in its order; raises CatalogueError for the first thing that is wrong."""
    try:
        document = read(file)
    except StrictYamlError as error:
        raise CatalogueError(file, error.line, error.problem) from None
    if not isinstance(document.value, list):
        raise CatalogueError(file, 1, "is not a list of indicators, each starting with `- id:`")
    return [_read_one(document, number, clocks) for number in range(len(document.value))]


def _read_one(document: Document, number: int, clocks: Clocks) -> Declared:
    from pydantic import ValidationError

    written = document.value[number]
    line = document.line((number,))
    name = written.get("id", f"indicator {number + 1}") if isinstance(written, dict) else f"entry {number + 1}"
    try:
        indicator = Indicator.model_validate(written)
        one = declared(indicator, clocks=frozenset(clocks), file=document.path.name, line=line)
    except ValidationError as error:
        first = error.errors()[0]
        at = document.line((number, *_place(first, written)))
        raise CatalogueError(document.path, at, f"{name} {_problem(first)}") from None
    except ExpressionError as error:
        at = document.line((number, *error.place))
        raise CatalogueError(document.path, at, f"{name}: {error}") from None
    if indicator.theme not in THEMES:
        at = document.line((number, "theme"))
        raise CatalogueError(
            document.path, at, f"{name} has the theme {indicator.theme!r}; they are {', '.join(THEMES)}"
        )
    return one


def _place(error: ErrorDetails, written: object) -> Place:
    """Where in the file pydantic's error stands; a missing key stands where its owner does."""
    place: list[str | int] = []
    here = written
    for step in error["loc"]:
        if isinstance(here, dict) and step in here or isinstance(here, list) and isinstance(step, int):
            here = here[step]  # type: ignore[index]
            place.append(step)
    return tuple(place)


def _problem(error: ErrorDetails) -> str:
    """What is wrong, as the end of a sentence that starts with the indicator's id."""
    where = ".".join(str(step) for step in error["loc"])
    kind = error["type"]
    if kind == "extra_forbidden":
        return f"has the key {where}, which no declaration has"
    if kind == "missing":
        return f"has no {where}"
    if kind == "too_short" and where in ("examples", "ask"):
        return f"has no {'example' if where == 'examples' else 'question to ask'}"
    if kind == "value_error":
        problem = str(error.get("ctx", {}).get("error", error["msg"]))
        return f"({where}) {problem}" if where else problem
    said = error["msg"]
    return f"({where}) {said[0].lower()}{said[1:]}"
