"""A file of config/ read strictly into its shape, and read again when it has changed.

Whatever is wrong with one is a SettingsError: file, line, sentence.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TypeVar, cast

from pydantic import BaseModel, ConfigDict, ValidationError

from returns import strict_yaml
from returns.places import PROJECT


class SettingsError(ValueError):
    """A file of config/ cannot be used; the message names the file and the line and says why."""


class Setting(BaseModel):
    """The shape of a file of config/, or of a part of one: nothing in it but what is named, each of its own type."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


_Shape = TypeVar("_Shape", bound=Setting)


def path_of(name: str) -> Path:
    """Where config/<name> is: in the project, or in the folder that SCORECARD_CONFIG names."""
    return Path(os.environ.get("SCORECARD_CONFIG") or PROJECT / "config") / name


def read(name: str, shape: type[_Shape]) -> _Shape:
    """The settings of config/<name>. Raises SettingsError, also where there is no such file."""
    found = read_if_there(name, shape)
    if found is None:
        raise SettingsError(f"{path_of(name)} is not there; it says what every page needs to know.")
    return found


def read_if_there(name: str, shape: type[_Shape]) -> _Shape | None:
    """The settings of config/<name>; None where there is no such file. Raises SettingsError."""
    path = path_of(name)
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return None
    return cast(_Shape, _read_once(path, changed, shape))


@lru_cache(maxsize=32)
def _read_once(path: Path, _changed: int, shape: type[Setting]) -> Setting:
    try:
        document = strict_yaml.read(path)
    except strict_yaml.StrictYamlError as error:
        raise SettingsError(str(error)) from None
    try:
        return shape.model_validate(_as_tuples(document.value))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = tuple("return" if part == "return_name" else part for part in first["loc"])
        where = ".".join(str(part) for part in place) or "the file"
        raise SettingsError(f"{path}, line {document.line(place)}: {where}: {first['msg']}") from None


def _as_tuples(value: object) -> object:
    """Lists as tuples (what strict frozen models hold); `return`, which Python cannot name a field, renamed."""
    if isinstance(value, list):
        return tuple(_as_tuples(item) for item in value)
    if isinstance(value, dict):
        return {"return_name" if key == "return" else key: _as_tuples(item) for key, item in value.items()}
    return value
