"""Every return that is declared, by name. Their modules (and pandera) are imported on the first call, not before."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from returns.declaration import NotUsedYet, Return

# One module a return, in the order of the child's journey.
NAMES: tuple[str, ...] = (
    "contacts", "early_help", "referrals", "assessments", "section_47", "children_in_need", "child_protection_plans",
    "children_looked_after", "care_leavers", "aggregate", "front_door_contacts", "strategy_discussions", "conferences",
    "conference_participation", "missing_episodes", "exploitation_assessments", "graded_care_profiles", "lado_contacts",
    "section_11", "section_175", "early_help_feedback", "schools", "population",
)


class UnknownReturn(KeyError):
    """No return has that name; the message lists those there are."""

    def __str__(self) -> str:
        return str(self.args[0])


@cache
def _declared() -> tuple[Return, ...]:
    return tuple(import_module(f"returns.{name}").RETURN for name in NAMES)


def all_returns() -> dict[str, Return]:
    """Every declared return by its name, in the order of the child's journey."""
    return {item.name: item for item in _declared()}


def the_return(name: str) -> Return:
    """The return called `name`; raises UnknownReturn with the names there are."""
    if name not in NAMES:
        raise UnknownReturn(f"No return is called {name!r}. There are: {', '.join(NAMES)}.")
    return all_returns()[name]


def not_used_yet() -> tuple[NotUsedYet, ...]:
    """The returns that are recognised, so that they can be named, and are not loaded."""
    from returns.not_used_yet import ADOPTERS, ADOPTION

    return (ADOPTION, ADOPTERS)
