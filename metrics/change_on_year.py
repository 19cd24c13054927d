"""Change on a year: the same period a year before, tested as a difference of two rates or proportions.

The interval of the difference is made of the two figures' own intervals (metrics/intervals.py): Newcombe, Statistics in
Medicine 17 (1998), pages 873 to 890, method 10, for proportions, and Zou and Donner, Statistics in Medicine 27 (2008),
pages 1693 to 1702, for rates, counts and means. Periods that are not a year apart are not compared.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, NamedTuple

from metrics import intervals
from metrics.model import PER
from metrics.result import Result

Way = Literal["higher", "lower"]


@dataclass(frozen=True)
class ChangeOnYear:
    """A figure less that of a year before, with the 95 per cent interval of the difference, in the figure's unit.

    `way` is the direction in which it differs, None where the interval holds 0; `sure` is whether the 99.8 per cent
    interval leaves 0 out too. No interval, and no way, where the figures have none.
    """

    now: Result
    then: Result
    difference: float
    lower: float | None
    upper: float | None
    way: Way | None
    sure: bool


def change_on_year(now: Result, then: Result | None) -> ChangeOnYear | None:
    """How `now` differs from `then`; None unless both have a figure, of the same period a year apart."""
    if then is None or now.value is None or then.value is None or then.period != now.period.year_ago():
        return None
    difference = now.value - then.value
    usual, wide = _difference(now, then, 0.95), _difference(now, then, 0.998)
    if usual is None:
        return ChangeOnYear(now, then, difference, None, None, None, sure=False)
    way = _way(usual)
    sure = way is not None and wide is not None and _way(wide) == way
    return ChangeOnYear(now, then, difference, *usual, way, sure=sure)


def differs(now: Result, then: Result) -> Way | None:
    """The direction in which `now` differs from `then`, whenever that was: None where chance could have done it."""
    found = _difference(now, then, 0.95)
    return _way(found) if found else None


def _way(interval: tuple[float, float]) -> Way | None:
    if interval[0] > 0:
        return "higher"
    return "lower" if interval[1] < 0 else None


def _difference(now: Result, then: Result, level: float) -> tuple[float, float] | None:
    """The interval of the difference at `level`; None where either figure has none."""
    one, other = interval_of(now, level=level), interval_of(then, level=level)
    if one is None or other is None:
        return None
    middle = one.value - other.value
    below = math.hypot(one.value - one.lower, other.upper - other.value)
    above = math.hypot(one.upper - one.value, other.value - other.lower)
    return middle - below, middle + above


class Limits(NamedTuple):
    """A figure, not rounded where its counts are known, and the two ends of its interval, in the figure's unit."""

    value: float
    lower: float
    upper: float


def interval_of(result: Result, *, level: float) -> Limits | None:
    """The figure's interval at `level`, from its two counts; of a mean its own, which is at 95 per cent only."""
    found = _interval(result, level)
    if found is None or found.lower is None or found.upper is None:
        return None
    return Limits(found.value, found.lower, found.upper)


def _interval(result: Result, level: float) -> intervals.Interval | None:
    numerator, denominator = result.numerator, result.denominator
    if result.unit == "count" and numerator is not None and numerator >= 0 and denominator is None:
        return intervals.rate(numerator, 1, per=1, level=level)
    if numerator is not None and denominator and result.lower is not None:
        if result.unit == "percent" and 0 <= numerator <= denominator:
            return intervals.proportion(numerator, denominator, per=100, level=level)
        if result.unit == "p10k" and numerator >= 0:
            return intervals.rate(numerator, denominator, per=PER["p10k"], level=level)
    if level == 0.95 and result.value is not None:
        return intervals.Interval(result.value, result.lower, result.upper)
    return None
