"""Comparison with others: funnels, significance, ranks and quartiles.

A value differs significantly from an average when the average lies outside the value's own interval
(metrics/intervals.py). The funnels are those intervals turned about: a value is outside the funnel exactly where its
interval leaves the average out. For proportions that is average ± z √(average (1 - average) / n), which Public Health
England's funnel plots draw too (PHEindicatormethods, `calculate_funnel_limits`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from statistics import NormalDist
from typing import Literal

from metrics import intervals
from metrics.spc import Better

Significance = Literal["high_998", "high_95", "none", "low_95", "low_998"]
Band = Literal["A", "B", "C", "D"]
Of = Literal["proportion", "rate"]


def funnel_proportion(average: float, of: float, *, level: float, per: float | None = None) -> tuple[float, float]:
    """The limits between which a proportion of `of` is compatible with `average`, in the average's own unit.

    `per` is what the average is out of: 100 for a percentage. Unless given it is 1 for an average of up to 1, and
    else 100. The limits are cut to what is possible. ValueError for an average that is none, or nothing to be of.
    """
    out_of = _out_of(average, per)
    if not of > 0 or not math.isfinite(of):
        raise ValueError("a funnel needs a denominator above 0")
    share = average / out_of
    reach = _deviate(level) * math.sqrt(share * (1 - share) / of)
    return max(share - reach, 0.0) * out_of, min(share + reach, 1.0) * out_of


def funnel_rate(average: float, population: float, *, per: float = 10_000, level: float) -> tuple[float, float]:
    """The limits between which a rate per `per` of `population` is compatible with `average`.

    They are the rates whose own interval ends at the average. ValueError for a negative average or no population.
    """
    if not average >= 0 or not math.isfinite(average):
        raise ValueError("an average rate is 0 or more")
    if not population > 0 or not math.isfinite(population):
        raise ValueError("a funnel needs a population above 0")
    _deviate(level)
    expected = average * population / per

    def limit(count: float, side: int) -> float:
        found = intervals.rate(count, 1, per=1, level=level)
        return (found.lower if side < 0 else found.upper) or 0.0

    # The highest count whose lower limit, and the lowest whose upper limit, is no further than what is expected.
    upper = _crossing(lambda count: limit(count, -1), expected)
    lower = 0.0 if limit(0, 1) >= expected else _crossing(lambda count: limit(count, 1), expected)
    return lower * per / population, upper * per / population


def significance(count: float, of: float, *, average: float, kind: Of, per: float | None = None) -> Significance:
    """Whether `count` of `of` is above or below `average`, by whether its 99.8 or 95 per cent interval leaves it out.

    For a proportion `average` is out of `per` as in `funnel_proportion`; for a rate it is per 10,000 unless `per`
    says otherwise. An average at the very end of an interval is not outside it.
    """
    if kind not in ("proportion", "rate"):
        raise ValueError(f"a comparison is of a proportion or of a rate, not {kind!r}")
    if not math.isfinite(average):
        raise ValueError("an average is a number")
    levels: list[tuple[float, Significance, Significance]] = [
        (0.998, "high_998", "low_998"),
        (0.95, "high_95", "low_95"),
    ]
    for level, high, low in levels:
        if kind == "proportion":
            found = intervals.proportion(count, of, per=_out_of(average, per), level=level)
        else:
            found = intervals.rate(count, of, per=10_000 if per is None else per, level=level)
        if found.lower is not None and average < found.lower:
            return high
        if found.upper is not None and average > found.upper:
            return low
    return "none"


def rank(values: Sequence[float | None], *, better: Better) -> list[int | None]:
    """The place of each value, 1 the best; equal values share the lowest place, and missing ones have none.

    No value has a place where `better` is `neither`.
    """
    _known_direction(better)
    known = [_exact(value) for value in values if value is not None]
    if better == "neither":
        return [None] * len(values)

    def ahead(value: Fraction) -> int:
        return sum(other > value if better == "higher" else other < value for other in known)

    return [None if value is None else 1 + ahead(_exact(value)) for value in values]


def quartile_band(value: float | None, values: Sequence[float | None], *, better: Better) -> Band | None:
    """The quarter of `values` that `value` is in, A the best: quartiles as R's type 7, both ends in the first band.

    As the Local Authority Interactive Tool bands them: from the lowest value, each band ends with its quartile. None
    for no value, or where `better` is `neither`. ValueError for a value beyond the lowest or highest of `values`.
    """
    _known_direction(better)
    if value is None or better == "neither":
        return None
    ordered = sorted(_exact(one) for one in values if one is not None)
    exact = _exact(value)
    if not ordered or not ordered[0] <= exact <= ordered[-1]:
        raise ValueError("a value has a quartile only among values that reach from below it to above it")
    above = sum(exact > _quantile(ordered, quarter) for quarter in (1, 2, 3))
    bands: tuple[Band, ...] = ("A", "B", "C", "D")
    return bands[above] if better == "lower" else bands[3 - above]


def quantile(values: Sequence[float | None], share: float) -> float | None:
    """The value that `share` (0 to 1) of the values are below, as R's type 7; None for no values."""
    ordered = sorted(_exact(one) for one in values if one is not None)
    if not 0 <= share <= 1:
        raise ValueError("a quantile is of a share between 0 and 1")
    return float(_quantile(ordered, _exact(share) * 4)) if ordered else None


def _quantile(ordered: Sequence[Fraction], quarters: Fraction | int) -> Fraction:
    """Hyndman and Fan, The American Statistician 50 (1996), type 7: place (n - 1) p, straight between neighbours."""
    place = Fraction(quarters) * (len(ordered) - 1) / 4
    below = math.floor(place)
    part = place - below
    return ordered[below] if not part else ordered[below] + part * (ordered[below + 1] - ordered[below])


def _exact(value: float) -> Fraction:
    """The number as it is written in decimals, so that 0.3 is three tenths and a tie is a tie."""
    if isinstance(value, bool) or not math.isfinite(value):
        raise ValueError(f"a value is a number, or None where there is none; {value!r} is neither")
    return Fraction(Decimal(repr(float(value))))


def _known_direction(better: Better) -> None:
    if better not in ("higher", "lower", "neither"):
        raise ValueError(f"better is higher, lower or neither, not {better!r}")


def _out_of(average: float, per: float | None) -> float:
    out_of = per if per is not None else (1 if average <= 1 else 100)
    if not out_of > 0 or not 0 <= average <= out_of:
        raise ValueError(f"an average proportion is between 0 and {out_of:g}")
    return out_of


def _deviate(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError("a level is between 0 and 1, as 0.95")
    return NormalDist().inv_cdf(0.5 + level / 2)


def _crossing(limit: Callable[[float], float], expected: float) -> float:
    """The count at which `limit`, which grows with it, reaches `expected`."""
    low, high = 0.0, expected + 1
    while limit(high) < expected:
        low, high = high, high * 2
    while high - low > 1e-10 * max(high, 1):
        middle = (low + high) / 2
        if limit(middle) < expected:
            low = middle
        else:
            high = middle
    return high
