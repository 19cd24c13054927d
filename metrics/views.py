"""The parts of the scorecard that somebody wants to see alone: the board's, a theme's, a priority's, an agency's.

The board's subset is config/board.yaml's, the themes are config/themes.yaml's: the partnership agrees both. Priorities
and agencies are the catalogue's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from metrics.catalogue import Catalogue
from metrics.model import Indicator
from returns.settings import Setting, SettingsError, path_of, read_if_there

Kind = Literal["board", "theme", "priority", "agency"]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
Sentence = Annotated[str, StringConstraints(min_length=3, max_length=300)]


@dataclass(frozen=True)
class View:
    """A part of the scorecard by its name in an address, with the ids of its indicators in their order.

    `cannot_show` are sentences on what somebody may look for here that no return carries.
    """

    name: str
    kind: Kind
    title: str
    indicators: tuple[str, ...]
    question: str = ""
    agreed: str = ""
    cannot_show: tuple[str, ...] = ()

    def has(self, indicator: str) -> bool:
        """Whether the indicator is of this part."""
        return indicator in self.indicators


class Theme(Setting):
    """A subject across the catalogue, as the group talks about it."""

    name: Name
    title: Annotated[str, StringConstraints(min_length=3, max_length=60)]
    question: Sentence
    indicators: Annotated[tuple[str, ...], Field(min_length=1)]
    cannot_show: Annotated[tuple[Sentence, ...], Field(min_length=1)]


class _Themes(Setting):
    themes: tuple[Theme, ...]

    @model_validator(mode="after")
    def _each_once(self) -> _Themes:
        _once([one.name for one in self.themes])
        for one in self.themes:
            _once(one.indicators)
        return self


class _Board(Setting):
    agreed: Annotated[str, StringConstraints(min_length=3, max_length=200)]
    indicators: Annotated[tuple[str, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_once(self) -> _Board:
        _once(self.indicators)
        return self


def views(catalogue: Catalogue) -> dict[str, View]:
    """Every part there is by its name: the board's first, then the themes, the priorities, the agencies.

    Raises returns.settings.SettingsError where a file names an indicator that the catalogue does not have.
    """
    found = (board(catalogue), *themes(catalogue), *_priorities(catalogue), *_agencies(catalogue))
    return {one.name: one for one in found}


def board(catalogue: Catalogue) -> View:
    """The board's subset: that of config/board.yaml, or, without it, what the catalogue offers to a board."""
    declared = read_if_there("board.yaml", _Board)
    if declared is None:
        offered = tuple(one.id for one in catalogue.indicators if one.board)
        return View("board", "board", "The board’s page", offered, agreed="What the catalogue offers to a board")
    _known("board.yaml", "indicators", declared.indicators, catalogue)
    return View("board", "board", "The board’s page", declared.indicators, agreed=declared.agreed)


def themes(catalogue: Catalogue) -> tuple[View, ...]:
    """The themes of config/themes.yaml in their order; none without it."""
    declared = read_if_there("themes.yaml", _Themes)
    found = []
    for one in declared.themes if declared else ():
        _known("themes.yaml", one.name, one.indicators, catalogue)
        found.append(
            View(f"theme-{one.name}", "theme", one.title, one.indicators, one.question, cannot_show=one.cannot_show)
        )
    return tuple(found)


def _priorities(catalogue: Catalogue) -> Iterator[View]:
    for said in sorted({said for one in catalogue.indicators for said in one.priorities}):
        yield _of("priority", said, [one for one in catalogue.indicators if said in one.priorities])


def _agencies(catalogue: Catalogue) -> Iterator[View]:
    for owner in dict.fromkeys(one.owner for one in catalogue.indicators):
        yield _of("agency", owner, [one for one in catalogue.indicators if one.owner == owner])


def _of(kind: Kind, title: str, indicators: list[Indicator]) -> View:
    name = f"{kind}-{'-'.join(title.lower().split())}"
    return View(name, kind, f"{title[0].upper()}{title[1:]}", tuple(one.id for one in indicators))


def _known(file: str, where: str, named: tuple[str, ...], catalogue: Catalogue) -> None:
    there = {one.id for one in catalogue.indicators}
    missing = [name for name in named if name not in there]
    if missing:
        raise SettingsError(f"{path_of(file)}: {where}: the catalogue has no indicator {missing[0]!r}")


def _once(names: tuple[str, ...] | list[str]) -> None:
    doubled = sorted({name for name in names if list(names).count(name) > 1})
    if doubled:
        raise ValueError(f"{', '.join(doubled)} is there more than once")
