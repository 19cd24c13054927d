"""The schemes by which small counts are protected, and which role has which, from config/disclosure.yaml."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from returns.partnership import SettingsError
from returns.places import PROJECT
from returns.strict_yaml import StrictYamlError, read

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,59}$")]

# The one role that may have a scheme that hides nothing: whoever loads the files has seen the rows.
UNPROTECTED_ROLE = "analyst"
NAMES = ("closed", "restricted", "public", "none")


class Rounding(BaseModel):
    """Counts above `above` are shown to the nearest `nearest`."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    above: Annotated[int, Field(ge=0)]
    nearest: Annotated[int, Field(ge=1)]


class Scheme(BaseModel):
    """One way to protect counts of people.

    Counts of 1 to `hides` are hidden (0 hides nothing); `whole_county` says whether the whole county's figures are
    protected as breakdowns are; what is left is rounded by the last of `rounds` that applies.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: Name
    hides: Annotated[int, Field(ge=0, le=100)]
    title: Annotated[str, StringConstraints(min_length=3, max_length=200)] = "As it is named"
    whole_county: Literal["shown", "protected"] = "protected"
    rounds: tuple[Rounding, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _lists_are_fixed(cls, declared: object) -> object:
        if isinstance(declared, dict) and isinstance(declared.get("rounds"), list):
            return declared | {"rounds": tuple(declared["rounds"])}
        return declared

    @property
    def protects(self) -> bool:
        """Whether it hides or rounds anything."""
        return self.hides > 0 or bool(self.rounds)

    def small(self, count: float | None) -> bool:
        """Whether a count is so small that it is hidden. A true zero is not."""
        return count is not None and 0 < count <= self.hides

    def nearest(self, count: float) -> int:
        """What a count is rounded to a multiple of; 1 where it is shown as it is."""
        return next((one.nearest for one in reversed(self.rounds) if count > one.above), 1)


class _OfRole(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    role: Name
    scheme: Name


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    schemes: Annotated[list[Scheme], Field(min_length=1)]
    default: Name
    roles: Annotated[list[_OfRole], Field(min_length=1)]
    this_computer: Name = UNPROTECTED_ROLE

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        schemes = {one.name: one for one in self.schemes}
        roles = [one.role for one in self.roles]
        missing = [name for name in (*NAMES, self.default, *(one.scheme for one in self.roles)) if name not in schemes]
        if missing:
            raise ValueError(f"the scheme {missing[0]} is not declared")
        if len(schemes) != len(self.schemes) or len(set(roles)) != len(roles):
            raise ValueError("a scheme or a role is there more than once")
        if schemes["none"].protects or not all(one.protects for name, one in schemes.items() if name != "none"):
            raise ValueError("the scheme none hides nothing, and every other scheme hides or rounds")
        if not schemes[self.default].protects:
            raise ValueError("the default scheme is none, so that whoever is not asked would see everything")
        if self.this_computer not in roles:
            raise ValueError(f"this_computer is the role {self.this_computer}, which is not among the roles")
        unprotected = [one.role for one in self.roles if one.scheme == "none" and one.role != UNPROTECTED_ROLE]
        if unprotected:
            raise ValueError(f"{unprotected[0]} has the scheme none, which only {UNPROTECTED_ROLE} can have")
        return self


class NoSuchScheme(ValueError):
    """No scheme, or no role, has the name; the message says which there are."""


@dataclass(frozen=True)
class Disclosure:
    """The schemes by name, the default one, the roles' schemes, and the role of whoever looks from this computer.

    `digest` differs when anything in it does.
    """

    schemes: Mapping[str, Scheme] = field(compare=False, repr=False)
    default: Scheme
    roles: Mapping[str, Scheme] = field(compare=False, repr=False)
    this_computer: str
    digest: str


def disclosure() -> Disclosure:
    """What config/disclosure.yaml (or that of the folder SCORECARD_CONFIG names) says.

    A folder of settings without the file has the project's own: never none. Raises
    returns.partnership.SettingsError with file, line and sentence.
    """
    folder = Path(os.environ.get("SCORECARD_CONFIG") or PROJECT / "config")
    path = folder / "disclosure.yaml"
    if not path.exists():
        path = PROJECT / "config" / "disclosure.yaml"
    try:
        changed = path.stat().st_mtime_ns
    except FileNotFoundError:
        raise SettingsError(f"{path} is missing, so nobody may be shown any figure.") from None
    return _read(path, changed)


def scheme_of(role: str) -> Scheme:
    """The scheme of a role. Raises NoSuchScheme for a role that is not named: it sees nothing."""
    roles = disclosure().roles
    if role not in roles:
        raise NoSuchScheme(f"There is no role {role!r}. There are: {', '.join(roles)}.")
    return roles[role]


def chosen(scheme: str | Scheme | None) -> Scheme:
    """The scheme meant by a name or by itself; the default one for None. Raises NoSuchScheme."""
    if isinstance(scheme, Scheme):
        return scheme
    settings = disclosure()
    if scheme is None:
        return settings.default
    if scheme not in settings.schemes:
        raise NoSuchScheme(f"There is no scheme {scheme!r}. There are: {', '.join(settings.schemes)}.")
    return settings.schemes[scheme]


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> Disclosure:
    try:
        document = read(path)
        file = _File.model_validate(document.value)
    except StrictYamlError as error:
        raise SettingsError(str(error)) from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(step) for step in first["loc"]) or "the file"
        raise SettingsError(f"{path}, line {document.line(first['loc'])}: {where}: {first['msg']}") from None
    schemes = {one.name: one for one in file.schemes}
    digest = hashlib.sha256(file.model_dump_json().encode()).hexdigest()[:16]
    roles = {one.role: schemes[one.scheme] for one in file.roles}
    return Disclosure(schemes, schemes[file.default], roles, file.this_computer, digest)
