"""Drawing by lot: counts that must come out, sizes of families, days of the week.

Every draw takes the `random.Random` it uses, so that one seed gives one county.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

T = TypeVar("T")

# How many children of a family are referred together.
SIBLINGS = ((1, 52), (2, 26), (3, 13), (4, 6), (5, 3))
_CLOSED = frozenset({(12, 25), (12, 26), (1, 1)})


def weighted(rng: Random, options: Sequence[tuple[T, float]]) -> T:
    """One of the options, each as likely as its weight."""
    total = 0.0
    for _, weight in options:
        total += weight
    mark = rng.random() * total
    for option, weight in options:
        mark -= weight
        if mark < 0:
            return option
    return options[-1][0]


def spread(total: int, weights: Sequence[float]) -> list[int]:
    """`total` shared out by the weights in whole numbers that add up to it (largest remainder)."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(share) for share in exact]
    order = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in order[: total - sum(parts)]:
        parts[place] += 1
    return parts


def family_sizes(rng: Random, total: int, sizes: Sequence[tuple[int, float]] = SIBLINGS) -> list[int]:
    """Sizes of families whose children add up to `total`."""
    drawn: list[int] = []
    left = total
    while left > 0:
        size = min(weighted(rng, sizes), left)
        drawn.append(size)
        left -= size
    return drawn


def fitting(rng: Random, groups: Iterable[T], total: int, size: Callable[[T], int]) -> list[T]:
    """Groups drawn by lot whose sizes add up to `total`, or to as much of it as can be made."""
    shuffled = list(groups)
    rng.shuffle(shuffled)
    chosen: list[T] = []
    left = total
    for group in shuffled:
        if left == 0:
            break
        if size(group) <= left:
            chosen.append(group)
            left -= size(group)
    return chosen


def whole(rng: Random, least: int, most: int) -> int:
    """A whole number from `least` to `most`, both included (quicker than `randint`, which checks more)."""
    return least + int(rng.random() * (most - least + 1))


def working(day: date) -> bool:
    """Whether offices are open: not a weekend, Christmas, Boxing Day or New Year's Day."""
    return day.weekday() < 5 and (day.month, day.day) not in _CLOSED


def roll(day: date, step: int = 1) -> date:
    """The day itself when offices are open, else the next (step 1) or the last (step -1) that they are."""
    while not working(day):
        day += timedelta(days=step)
    return day


def office_day(rng: Random, first: date, last: date) -> date:
    """A day from `first` to `last` on which offices are open; `last` rolled back when there is none."""
    span = (last - first).days
    for _ in range(20):
        day = first + timedelta(days=whole(rng, 0, max(0, span)))
        if working(day):
            return day
    return roll(last, -1)


def add_weekdays(day: date, count: int) -> date:
    """`day` moved by `count` weekdays (Monday to Friday), forwards or back."""
    step = 1 if count >= 0 else -1
    while day.weekday() > 4:
        day -= timedelta(days=step)
    weeks, rest = divmod(abs(count), 5)
    day += timedelta(weeks=weeks * step)
    while rest:
        day += timedelta(days=step)
        if day.weekday() < 5:
            rest -= 1
    return day


def geometric(rng: Random, mean: float) -> int:
    """A whole number of 0 or more whose mean is about `mean`; most are small."""
    return int(rng.expovariate(1 / mean)) if mean > 0 else 0


def poisson(rng: Random, mean: float) -> int:
    """A count around `mean` as chance gives it (normal approximation: mean is 10 or more, or 0)."""
    return max(0, round(rng.gauss(mean, mean**0.5))) if mean > 0 else 0
