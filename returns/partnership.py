"""The partnership's own settings: its name and area, its agencies, its clocks, and who owes which return.

They are read from config/*.yaml (returns/settings.py): whatever is wrong with one is a SettingsError.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints, model_validator

from returns.catalogue import NAMES
from returns.declaration import plain_words
from returns.periods import Period, PeriodError
from returns.settings import Setting, SettingsError, read

__all__ = ["Agency", "Clock", "ClockStep", "Expected", "Partnership", "SettingsError", "agencies", "agency", "clocks",
           "expected", "organisation_agency", "organisation_group", "partnership"]  # fmt: skip

Words = Annotated[str, StringConstraints(min_length=1, max_length=200)]
# Agencies' names stand in addresses, file names and commands.
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]


def _known_return(name: str) -> str:
    if name not in NAMES:
        raise ValueError(f"no return is called {name!r}; there are {', '.join(NAMES)}")
    return name


def _a_period(text: str) -> str:
    try:
        return str(Period.parse(text))
    except PeriodError as error:
        raise ValueError(str(error)) from None


class Partnership(Setting):
    """Whose scorecard this is."""

    name: Words
    short_name: Words
    area_code: Annotated[str, StringConstraints(pattern=r"^E\d{8}$")]
    area_name: Words
    la_number: int
    region: Words
    region_code: Annotated[str, StringConstraints(pattern=r"^E12\d{6}$")]
    council_agency: Slug


class Agency(Setting):
    """One agency: its name in commands, its title on a page, and the scheme of its identifiers."""

    name: Slug
    title: Words
    scheme: Slug
    organisations: tuple[Words, ...] = ()


class ClockStep(Setting):
    """A limit, the day since which it has held, and where it was agreed."""

    since: date
    limit: int
    agreed: Words


class Clock(Setting):
    """One of the partnership's own limits, with every value it has had."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
    title: Words
    unit: Literal["working_days", "days", "hours"]
    steps: tuple[ClockStep, ...]

    @model_validator(mode="after")
    def _has_steps_in_order(self) -> Clock:
        days = [step.since for step in self.steps]
        if not days or days != sorted(set(days)):
            raise ValueError("needs at least one step, and each step later than the one before")
        return self


class Expected(Setting):
    """A return that an agency owes: how often, and how many working days after the period ends."""

    agency: Slug
    return_name: Annotated[str, AfterValidator(_known_return)]
    cadence: Literal["month", "quarter", "term", "academic year", "year", "two years"]
    due_working_days: int
    since: Annotated[str, AfterValidator(_a_period)]
    until: Annotated[str, AfterValidator(_a_period)] | None = None


def partnership() -> Partnership:
    """Whose scorecard this is, from config/partnership.yaml; raises SettingsError."""
    whose = read("partnership.yaml", Partnership)
    if whose.council_agency not in {agency.name for agency in agencies()}:
        raise SettingsError(f"partnership.yaml: agencies.yaml has no agency {whose.council_agency!r}")
    return whose


def agencies() -> tuple[Agency, ...]:
    """The partnership's agencies in their order, from config/agencies.yaml; raises SettingsError."""
    return read("agencies.yaml", _Agencies).agencies


def agency(name: str) -> Agency:
    """The agency of that name; raises SettingsError with the names there are."""
    for item in agencies():
        if item.name == name:
            return item
    known = ", ".join(item.name for item in agencies())
    raise SettingsError(f"No agency is called {name[:60]!r}. config/agencies.yaml has: {known}.")


def clocks() -> tuple[Clock, ...]:
    """The partnership's own limits, from config/clocks.yaml; raises SettingsError."""
    return read("clocks.yaml", _Clocks).clocks


def expected() -> tuple[Expected, ...]:
    """Which agency owes which return, from config/expected.yaml; raises SettingsError."""
    owed = read("expected.yaml", _ExpectedReturns).expected
    known = {item.name for item in agencies()}
    for item in owed:
        if item.agency not in known:
            raise SettingsError(f"expected.yaml: agencies.yaml has no agency {item.agency!r}")
    return owed


def organisation_agency(written: str) -> Agency | None:
    """The agency that an organisation's name belongs to, or None; the longest name that fits decides."""
    padded = f" {plain_words(written)} "
    fitting = [
        (len(phrase), item) for phrase, item in _phrases(agencies()) if re.search(f" {re.escape(phrase)}s? ", padded)
    ]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def organisation_group(written: str) -> Literal["council", "partner"] | None:
    """Whether an organisation is the council's own or a partner's; None when config/agencies.yaml does not say."""
    found = organisation_agency(written)
    if found is None:
        return None
    return "council" if found.name == partnership().council_agency else "partner"


class _Agencies(Setting):
    agencies: tuple[Agency, ...]

    @model_validator(mode="after")
    def _each_name_once(self) -> _Agencies:
        _refuse_doubles([item.name for item in self.agencies])
        return self


class _Clocks(Setting):
    clocks: tuple[Clock, ...]

    @model_validator(mode="after")
    def _each_name_once(self) -> _Clocks:
        _refuse_doubles([item.name for item in self.clocks])
        return self


class _ExpectedReturns(Setting):
    expected: tuple[Expected, ...]


def _refuse_doubles(names: list[str]) -> None:
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise ValueError(f"{', '.join(doubled)} is there more than once")


@lru_cache(maxsize=4)
def _phrases(known: tuple[Agency, ...]) -> tuple[tuple[str, Agency], ...]:
    return tuple((plain_words(phrase), item) for item in known for phrase in item.organisations)
