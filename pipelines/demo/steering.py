"""Steering a share from one extract to the next with as few changes as it takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def steer(
    rng: Random, members: Sequence[T], holds: Callable[[T], bool], wanted: int, change: Callable[[T, bool], None],
) -> None:
    """Change as few members as it takes for `wanted` of them to hold: `change(member, to)` is called on each."""
    having = [member for member in members if holds(member)]
    lacking = [member for member in members if not holds(member)]
    if len(having) > wanted:
        for member in rng.sample(having, len(having) - max(0, wanted)):
            change(member, False)
    else:
        for member in rng.sample(lacking, min(len(lacking), wanted - len(having))):
            change(member, True)


def share(members: Sequence[T], percent: float) -> int:
    """How many of the members make the percentage, to the nearest whole one."""
    return round(len(members) * percent / 100)
