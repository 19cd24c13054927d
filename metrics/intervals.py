"""Confidence intervals: exact Poisson and Byar's for rates, Wilson's for proportions, Student's t for means.

As Public Health England's "Technical Guide: Confidence Intervals" (2018) sets them out. SciPy supplies the
distributions; it is imported when first needed, because a command that shows no interval should not wait for it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

# Below this many events Byar's approximation is not close enough and the exact Poisson limits are used.
EXACT_BELOW = 10


@dataclass(frozen=True)
class Interval:
    """A value and the limits of its interval, in the value's own unit. No limits: too little to say."""

    value: float
    lower: float | None
    upper: float | None


def rate(count: float, population: float, *, per: float = 10_000, level: float = 0.95) -> Interval:
    """The rate per `per` of `count` events among `population`, exact below 10 events and Byar's from 10.

    Byar's method: Breslow and Day, Statistical Methods in Cancer Research II (1987), page 69. A count of 0 has
    a lower limit of 0 and an upper limit. ValueError for a negative count or a population that is not positive.
    """
    if count < 0 or not math.isfinite(count) or population <= 0:
        raise ValueError("a rate needs a count of 0 or more and a population above 0")
    lower, upper = _exact(count, level) if count < EXACT_BELOW else byar_limits(count, level=level)
    factor = per / population
    return Interval(count * per / population, lower * factor, upper * factor)


def proportion(count: float, of: float, *, per: float = 100, level: float = 0.95) -> Interval:
    """The proportion, per `per`, of `count` among `of`, with Wilson's score interval.

    Wilson, Journal of the American Statistical Association 22 (1927), pages 209 to 212. The limits stay within
    0 and `per`. ValueError unless 0 <= count <= of and of > 0.
    """
    if of <= 0 or not 0 <= count <= of:
        raise ValueError("a proportion needs a count between 0 and what it is of, which is above 0")
    z = _z(level)
    share = count / of
    middle = share + z * z / (2 * of)
    spread = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    scale = 1 + z * z / of
    # At 0 and at n one limit is the value itself; say so exactly, not to within a rounding error.
    lower = 0.0 if count == 0 else (middle - spread) / scale
    upper = 1.0 if count == of else (middle + spread) / scale
    return Interval(count * per / of, lower * per, upper * per)


def mean(values: Sequence[float], *, level: float = 0.95) -> Interval:
    """The mean of `values` with Student's t limits; a single value has none. ValueError for no values."""
    if not values:
        raise ValueError("a mean needs at least one value")
    average = math.fsum(values) / len(values)
    return mean_of(len(values), average, math.fsum((value - average) ** 2 for value in values), level=level)


def mean_of(number: int, average: float, squares: float, *, level: float = 0.95) -> Interval:
    """As `mean`, from how many values there are, their mean, and the sum of squared deviations from it."""
    if number < 2:
        return Interval(average, None, None)
    from scipy.special import stdtrit

    error = math.sqrt(max(squares, 0.0) / (number - 1) / number)
    reach = float(stdtrit(number - 1, 0.5 + level / 2)) * error
    return Interval(average, average - reach, average + reach)


def _z(level: float) -> float:
    """The standard normal deviate of a two-sided `level`: 1.96 for 0.95."""
    if not 0 < level < 1:
        raise ValueError("a level is between 0 and 1, as 0.95")
    return NormalDist().inv_cdf(0.5 + level / 2)


def _exact(count: float, level: float) -> tuple[float, float]:
    """The exact limits of a Poisson count. The chi-squared quantile of 2k degrees is twice the gamma quantile of k."""
    from scipy.special import gammaincinv

    _z(level)
    tail = (1 - level) / 2
    lower = float(gammaincinv(count, tail)) if count > 0 else 0.0
    return lower, float(gammaincinv(count + 1, 1 - tail))


def byar_limits(count: float, *, level: float) -> tuple[float, float]:
    """Byar's approximate limits of a count above 0. `rate` uses them from 10 events."""
    z = _z(level)
    above = count + 1
    lower = count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3
    upper = above * (1 - 1 / (9 * above) + z / (3 * math.sqrt(above))) ** 3
    return lower, upper
