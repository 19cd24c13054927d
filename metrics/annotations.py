"""What happened, for the charts to say: notes, and the days from which a process is judged anew (rebases).

Read from config/annotations.yaml. A rebase is never automatic: somebody decides it, and their name and reason are kept.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from returns.partnership import SettingsError
from returns.places import PROJECT
from returns.strict_yaml import Document, StrictYamlError, read

Kind = Literal["note", "rebase"]
Words = Annotated[str, StringConstraints(min_length=3, max_length=80, strip_whitespace=True)]
Sentence = Annotated[str, StringConstraints(min_length=3, max_length=400, strip_whitespace=True)]


@dataclass(frozen=True)
class Annotation:
    """A day and what happened on it. A rebase says why the process is judged anew from then on, and who says so."""

    day: date
    says: str
    kind: Kind
    reason: str | None = None
    name: str | None = None


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class _Note(_Strict):
    day: date
    says: Words
    indicators: Annotated[list[str], Field(min_length=1)] | Literal["all"]
    demonstration: bool = False


class _Rebase(_Strict):
    day: date
    says: Words
    indicator: str
    reason: Sentence
    name: Words


class _File(_Strict):
    notes: list[_Note] = []
    rebases: list[_Rebase] = []

    @model_validator(mode="before")
    @classmethod
    def _empty_is_none(cls, written: object) -> object:
        """A heading with nothing under it is an empty list."""
        if isinstance(written, dict):
            return {name: [] if part is None else part for name, part in written.items()}
        return {} if written is None else written

    @model_validator(mode="after")
    def _once(self) -> Self:
        days = [(one.indicator, one.day) for one in self.rebases]
        for place, one in enumerate(days):
            if one in days[:place]:
                raise ValueError(f"{one[0]} is rebased twice on {one[1]}")
        return self


@dataclass(frozen=True)
class Annotations:
    """Every annotation, by day; two of one file's state are equal."""

    of_all: tuple[Annotation, ...] = field(compare=False, repr=False)
    of_indicator: Mapping[str, tuple[Annotation, ...]] = field(compare=False, repr=False)
    read_from: tuple[str, int, bool] | None = None

    def of(self, indicator: str) -> tuple[Annotation, ...]:
        """The notes and rebases that concern an indicator, earliest first."""
        found = (*self.of_all, *self.of_indicator.get(indicator, ()))
        return tuple(sorted(found, key=lambda one: (one.day, one.kind)))

    def rebases(self, indicator: str) -> tuple[date, ...]:
        """The days from which the indicator is judged anew, earliest first."""
        return tuple(one.day for one in self.of(indicator) if one.kind == "rebase")


def read_annotations(*, demonstration: bool = False) -> Annotations:
    """The annotations of config/annotations.yaml (or of the folder SCORECARD_CONFIG names); none without the file.

    Notes marked `demonstration` are there only where `demonstration` asks for them, as a page of made-up data does.
    Raises returns.partnership.SettingsError with file, line and sentence.
    """
    path = Path(os.environ.get("SCORECARD_CONFIG") or PROJECT / "config") / "annotations.yaml"
    try:
        changed = path.stat().st_mtime_ns
    except FileNotFoundError:
        return Annotations((), {})
    return _read(path, changed, demonstration)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int, demonstration: bool) -> Annotations:
    try:
        document = read(path)
    except StrictYamlError as error:
        raise SettingsError(str(error)) from None
    written = _checked(document)
    of_all: list[Annotation] = []
    of_indicator: dict[str, list[Annotation]] = {}
    for note in written.notes:
        if note.demonstration and not demonstration:
            continue
        said = Annotation(note.day, note.says, "note")
        if note.indicators == "all":
            of_all.append(said)
        else:
            for name in dict.fromkeys(note.indicators):
                of_indicator.setdefault(name, []).append(said)
    for one in written.rebases:
        decided = Annotation(one.day, one.says, "rebase", reason=one.reason, name=one.name)
        of_indicator.setdefault(one.indicator, []).append(decided)
    fixed = {name: tuple(found) for name, found in of_indicator.items()}
    return Annotations(tuple(of_all), fixed, (str(path), changed, demonstration))


def _checked(document: Document) -> _File:
    try:
        return _File.model_validate(document.value)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        # Pydantic names the branches of a choice too; the file has no such places.
        place = tuple(part for part in first["loc"] if isinstance(part, int) or "[" not in part)
        where = ".".join(str(part) for part in place) or "the file"
        said = f"{document.path}, line {document.line(place)}: {where}: {first['msg']}"
        raise SettingsError(said) from None
