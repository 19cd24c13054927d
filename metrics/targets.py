"""The targets that the partnership has agreed, from config/targets.yaml: value, since when, and where agreed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from returns.partnership import SettingsError
from returns.places import PROJECT
from returns.strict_yaml import StrictYamlError, read


class TargetStep(BaseModel):
    """A target, the day since which it has held, and where it was agreed."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    since: date
    value: float | int
    agreed: Annotated[str, StringConstraints(min_length=3, max_length=200)]

    @property
    def of_every_case(self) -> bool:
        """Whether it is 100: the cases that missed a share's target are then listed, and none raises an alarm."""
        return self.value == 100


class _OfIndicator(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    indicator: str
    steps: Annotated[list[TargetStep], Field(min_length=1)]


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    targets: list[_OfIndicator]


@dataclass(frozen=True)
class Targets:
    """Every target the partnership has had, by indicator, earliest step first; two of one file's state are equal."""

    steps: Mapping[str, tuple[TargetStep, ...]] = field(compare=False, repr=False)
    read_from: tuple[str, int] | None = None

    def on(self, indicator: str, day: date) -> TargetStep | None:
        """The indicator's target on `day`; None where it had none then."""
        held = [step for step in self.steps.get(indicator, ()) if step.since <= day]
        return held[-1] if held else None


def targets() -> Targets:
    """The targets of config/targets.yaml (or of the folder SCORECARD_CONFIG names); none where there is no such file.

    Raises returns.partnership.SettingsError with file, line and sentence.
    """
    path = Path(os.environ.get("SCORECARD_CONFIG") or PROJECT / "config") / "targets.yaml"
    try:
        changed = path.stat().st_mtime_ns
    except FileNotFoundError:
        return Targets({})
    return _read(path, changed)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> Targets:
    try:
        document = read(path)
        listed = _File.model_validate(document.value).targets
    except StrictYamlError as error:
        raise SettingsError(str(error)) from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        raise SettingsError(f"{path}, line {document.line(first['loc'])}: {where}: {first['msg']}") from None
    found: dict[str, tuple[TargetStep, ...]] = {}
    for number, one in enumerate(listed):
        days = [step.since for step in one.steps]
        problem = None
        if one.indicator in found:
            problem = f"{one.indicator} is there more than once"
        elif days != sorted(set(days)):
            problem = f"the steps of {one.indicator} are not each later than the one before"
        if problem:
            raise SettingsError(f"{path}, line {document.line(('targets', number))}: {problem}")
        found[one.indicator] = tuple(one.steps)
    return Targets(found, (str(path), changed))
