"""What people said held against the figures: stale commentary, words that go the other way, promises kept or broken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from metrics.lines import Line
from metrics.result import Result, written
from metrics.rounding import rounded
from returns.periods import Period
from warehouse.words import Commentary, Promise, Spoken

Kept = Literal["kept", "broken", "not due", "no figure"]

# Verbs of movement alone: “up”, “more” and “higher” stand in too many sentences that speak of something else.
_UP = re.compile(r"\b(rose|risen|rising|rises|increas(?:e|ed|es|ing)|grew|grown|growing|climbed|climbing)\b", re.I)
_DOWN = re.compile(
    r"\b(fell|fallen|falling|falls|decreas(?:e|ed|es|ing)|dropped|dropping|declin(?:e|ed|es|ing)|reduced|reduction)\b",
    re.I,
)
_DENIED = re.compile(r"\b(not|no|never|without|n['’]t)\b", re.I)


@dataclass(frozen=True)
class Judged:
    """How a promise stands at a quarter, and the figure that says so in words."""

    promise: Promise
    state: Kept
    says: str


def figure_of(result: Result) -> Spoken:
    """The figure, as a commentary on it keeps it."""
    return Spoken(result.value, result.numerator, result.denominator, result.basis, result.version)


def stale(said: Commentary, now: Result) -> bool:
    """Whether the figure that the commentary speaks of has changed since it was written."""
    then = said.figure
    if then is None:
        return False
    return (then.value, then.numerator, then.denominator) != (now.value, now.numerator, now.denominator)


def other_way(said: Commentary, line: Line) -> str | None:
    """A question, where the words say one direction alone and the figure went the other; None where there is none.

    Asked only where the figure moved the other way both on the quarter before and on the year before: a commentary
    may speak of either.
    """
    up, down = _UP.search(said.behind), _DOWN.search(said.behind)
    if (up is None) == (down is None) or _DENIED.search(said.behind):
        return None
    now, earlier = line.result, (line.previous, line.year_ago)
    moves = [_move(now, before) for before in earlier if before is not None and before.value is not None]
    if now.value is None or not moves:
        return None
    word = up or down
    assert word is not None, "one of the two is there"
    against = all(move < 0 for move in moves) if up else all(move > 0 for move in moves)
    if not against:
        return None
    before = next(one for one in earlier if one is not None and one.value is not None)
    return (
        f"It says “{word.group(0)}”, but the figure went from {_value(before)} to {_value(now)}. "
        "Is it of another figure?"
    )


def judged(promise: Promise, *, at: Period, then: Result | None) -> Judged:
    """How the promise stands at a quarter; `then` is the figure of the quarter that it is promised for."""
    due = Period.parse(promise.by)
    if due.end > at.end:
        return Judged(promise, "not due", "")
    if then is None or then.value is None:
        return Judged(promise, "no figure", "")
    reached = then.value >= promise.value if promise.way == "at least" else then.value <= promise.value
    return Judged(promise, "kept" if reached else "broken", _value(then))


def promise_words(promise: Promise, *, unit: str, decimals: int) -> str:
    """`at least 80 per cent by January to March 2026`."""
    whole = promise.value == rounded(promise.value, 0)
    value = written(promise.value, unit=unit, decimals=0 if whole else max(decimals, 1))
    return f"{promise.way} {value} by {Period.parse(promise.by).label}"


def _move(now: Result, before: Result) -> float:
    return rounded((now.value or 0.0) - (before.value or 0.0), now.decimals)


def _value(result: Result) -> str:
    return written(result.value or 0.0, unit=result.unit, decimals=result.decimals)
