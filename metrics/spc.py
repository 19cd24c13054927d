"""Process charts (XmR): mean, limits, the rules that fire, and how a target stands against the limits.

The individuals chart of Shewhart as Wheeler, "Understanding Variation" (1993), sets it out, with the rules of NHS
England's "Making Data Count"; where other tools differ is in docs/decisions/0005-process-charts.md. Everything is
judged in whole numbers, from the decimals that a figure is written with, so that a point exactly on the mean or on a
limit is exactly on it, and not to one side by a rounding error.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Literal

Better = Literal["higher", "lower", "neither"]
Rule = Literal["limit", "trend", "two_of_three", "shift"]
Kind = Literal["common_cause", "improvement", "concern", "neutral_high", "neutral_low"]
Variation = Literal[
    "common_cause",
    "improvement_high",
    "improvement_low",
    "concern_high",
    "concern_low",
    "neutral_high",
    "neutral_low",
]
Assurance = Literal["pass", "fail", "inconsistent"]
State = Literal["ok", "trial", "too_few", "no_variation", "run_chart"]

# Limits are 2.66 average moving ranges from the mean (3 / 1.128), and near limits two thirds of the way to them.
_LIMIT = 266  # hundredths of the average moving range
# A moving range of this many averages or more is screened out (D4 for two points).
_SCREEN = 3267  # thousandths of the average moving range
# So many in a row rising, falling or on one side.
RUN = 7
# Fewer points than this have no limits; fewer than SETTLED have trial limits.
FEWEST = 8
SETTLED = 12
# Numerators that average under this have no limits: a count so small cannot fall far enough to be beyond one.
SMALL_COUNT = 5


@dataclass(frozen=True)
class Spc:
    """A process chart, point by point, in the values' own unit.

    `mean`, `lower` and `upper` are None where there are none; for a run chart `mean` is the median. `rule` is None
    where no rule fires; `kind` is None where a point is missing. `variation`, `assurance` and `state` are of the
    last figure there is, which stands at `last`; None where nothing may be said.
    """

    mean: list[float | None]
    lower: list[float | None]
    upper: list[float | None]
    rule: list[Rule | None]
    kind: list[Kind | None]
    variation: Variation | None
    assurance: Assurance | None
    state: State
    last: int | None


def analyse(
    values: Sequence[float | None],
    *,
    better: Better,
    target: float | Sequence[float | None] | None = None,
    rebase_at: Iterable[int] = (),
    baseline: int | None = None,
    screen: bool = True,
    counts: Sequence[float | None] | None = None,
) -> Spc:
    """The process chart of `values`, which are in date order, None where one is missing.

    `rebase_at` are the places (from 0) at which a new group starts, with a mean and limits of its own. Limits rest on
    the first `baseline` figures of a group, or on all. `target` is one number, or one a point, of which the last
    holds. `counts` are the numerators, for values that are made of them. ValueError for what cannot be charted.
    """
    if better not in ("higher", "lower", "neither"):
        raise ValueError(f"better is higher, lower or neither, not {better!r}")
    if baseline is not None and (isinstance(baseline, bool) or not isinstance(baseline, int) or baseline < 2):
        raise ValueError("a baseline is a whole number of points, 2 or more: one has no moving range")
    if counts is not None and len(counts) != len(values):
        raise ValueError(f"there are {len(counts)} counts for {len(values)} values")
    aim = _last_target(target, len(values))
    whole, scale = _whole(values)
    sizes = [_number(count, "count") for count in counts] if counts is not None else [None] * len(values)
    made = [
        _Group(range(start, end), whole, sizes, scale, baseline, screen)
        for start, end in pairwise([*_starts(rebase_at, len(values)), len(values)])
    ]
    return _chart(made, len(values), better, aim)


def _chart(groups: Sequence[_Group], length: int, better: Better, aim: Decimal | None) -> Spc:
    rules: list[Rule | None] = [None] * length
    kinds: list[Kind | None] = [None] * length
    mean: list[float | None] = []
    lower, upper = mean.copy(), mean.copy()
    for group in groups:
        mean += [group.centre] * len(group.places)
        lower += [group.limit(-1)] * len(group.places)
        upper += [group.limit(1)] * len(group.places)
        for place, (rule, high) in group.judged().items():
            rules[place], kinds[place] = rule, _kind(rule, high=high, better=better)
    last = max((group.known[-1] for group in groups if group.known), default=None)
    of_last = next((group for group in groups if last is not None and last in group.places), None)
    variation, assurance = None, None
    if of_last is not None and last is not None:
        variation = _icon(kinds[last], better) if of_last.may_be_judged else None
        assurance = of_last.assurance(better, aim)
    state = of_last.state if of_last is not None else "too_few"
    return Spc(mean, lower, upper, rules, kinds, variation, assurance, state, last)


@dataclass
class _Group:
    """The points from one rebase to the next. Values are whole numbers of 1/`scale`; rules do not cross groups."""

    places: range
    whole: Sequence[int | None]
    counts: Sequence[Decimal | None]
    scale: int
    baseline: int | None
    screen: bool
    known: list[int] = field(init=False)
    points: list[int] = field(init=False)
    state: State = field(init=False)
    # The centre is `total` / `of`; the average moving range is `moved` / `moves`.
    total: int = field(init=False, default=0)
    of: int = field(init=False, default=1)
    moved: int = field(init=False, default=0)
    moves: int = field(init=False, default=1)

    def __post_init__(self) -> None:
        self.known = [place for place in self.places if self.whole[place] is not None]
        self.points = [value for place in self.known if (value := self.whole[place]) is not None]
        rests_on = self.points[: self.baseline]
        if rests_on:
            self.total, self.of = sum(rests_on), len(rests_on)
        ranges = [abs(later - earlier) for earlier, later in pairwise(rests_on)]
        if self.screen:
            total, number = sum(ranges), len(ranges)
            # Where nothing moves at all there is nothing to screen.
            ranges = [one for one in ranges if not total or one * number * 1000 < _SCREEN * total]
        self.moved, self.moves = sum(ranges), max(len(ranges), 1)
        self.state = self._state()
        if self.state == "run_chart":
            ordered, half = sorted(rests_on), len(rests_on) // 2
            self.total, self.of = ordered[half] + ordered[-half - 1], 2

    def _state(self) -> State:
        if len(self.points) < FEWEST:
            return "too_few"
        sizes = [size for place in self.known[: self.baseline] if (size := self.counts[place]) is not None]
        if sizes and sum(sizes) < SMALL_COUNT * len(sizes):
            return "run_chart"
        if not self.moved:
            return "no_variation"
        return "trial" if len(self.points) < SETTLED else "ok"

    @property
    def centre(self) -> float | None:
        return self.total / (self.of * self.scale) if self.points else None

    def limit(self, side: int) -> float | None:
        """The limit above (1) or below (-1) the mean, to the nearest float; None in a state that has none."""
        if self.state in ("too_few", "run_chart"):
            return None
        over, under = self._limit_ratio(side)
        return over / under

    def _limit_ratio(self, side: int) -> tuple[int, int]:
        over = self.total * 100 * self.moves + side * _LIMIT * self.moved * self.of
        return over, self.of * 100 * self.moves * self.scale

    @property
    def may_be_judged(self) -> bool:
        """Whether the last figure may have an icon: not among too few, nor where a flat line was left behind."""
        if self.state == "no_variation":
            return len(set(self.points)) == 1
        return self.state != "too_few"

    def judged(self) -> dict[int, tuple[Rule | None, bool]]:
        """Each figure's rule, the first of them that fires, and whether it is high (or rising) rather than low."""
        found: dict[int, tuple[Rule | None, bool]] = dict.fromkeys(self.known, (None, False))
        if self.state in ("too_few", "no_variation"):
            return found
        distances, limit = self._distances()
        rules: list[tuple[Rule, dict[int, bool]]] = [("trend", _trend(self.points)), ("shift", _shift(distances))]
        if self.state != "run_chart":
            beyond = {place: far > 0 for place, far in enumerate(distances) if abs(far) > limit}
            rules = [("limit", beyond), rules[0], ("two_of_three", _two_of_three(distances, limit)), rules[1]]
        # The first in the order of precedence is written last, over the others.
        for rule, marked in reversed(rules):
            for position, high in marked.items():
                found[self.known[position]] = (rule, high)
        return found

    def _distances(self) -> tuple[list[int], int]:
        """How far each figure is from the centre, less than 0 below it, and how far a limit is, in one unit."""
        step = 100 * self.moves
        return [(value * self.of - self.total) * step for value in self.points], _LIMIT * self.moved * self.of

    def assurance(self, better: Better, aim: Decimal | None) -> Assurance | None:
        """Whether the target would be met by chance alone: always, never, or now and then."""
        if aim is None or better == "neither" or self.state in ("too_few", "run_chart"):
            return None
        wanted = 1 if better == "higher" else -1
        if self.state == "no_variation":
            return "pass" if _compared(aim, self.points[-1], self.scale) * wanted <= 0 else "fail"
        if _compared(aim, *self._limit_ratio(1)) > 0:
            return "fail" if wanted > 0 else "pass"
        if _compared(aim, *self._limit_ratio(-1)) < 0:
            return "pass" if wanted > 0 else "fail"
        return "inconsistent"


def _trend(points: Sequence[int]) -> dict[int, bool]:
    """The seven and more that rise or fall in a row: one that ends a run and starts another is of the one it ends."""
    steps = [_sign(later - earlier) for earlier, later in pairwise(points)]
    marked: dict[int, bool] = {}
    for start, length in _runs(steps):
        if length >= RUN - 1:
            for place in range(start, start + length + 1):
                marked.setdefault(place, steps[start] > 0)
    return marked


def _shift(distances: Sequence[int]) -> dict[int, bool]:
    """The seven and more in a row that are on one side of the centre."""
    marked: dict[int, bool] = {}
    for start, length in _runs([_sign(far) for far in distances]):
        if length >= RUN:
            marked |= dict.fromkeys(range(start, start + length), distances[start] > 0)
    return marked


def _two_of_three(distances: Sequence[int], limit: int) -> dict[int, bool]:
    """Those beyond two thirds of the way to the limit, where two of three are, all on one side and none beyond it."""
    marked: dict[int, bool] = {}
    for start in range(len(distances) - 2):
        three = range(start, start + 3)
        far = [distances[place] for place in three]
        if not (min(far) > 0 or max(far) < 0) or max(map(abs, far)) > limit:
            continue
        near = [place for place in three if 3 * abs(distances[place]) > 2 * limit]
        if len(near) >= 2:
            marked |= dict.fromkeys(near, far[0] > 0)
    return marked


def _runs(signs: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where each run of one sign starts and how long it is; 0 is of no run."""
    start = 0
    for sign, run in groupby(signs):
        length = sum(1 for _ in run)
        if sign:
            yield start, length
        start += length


def _kind(rule: Rule | None, *, high: bool, better: Better) -> Kind:
    if rule is None:
        return "common_cause"
    if better == "neither":
        return "neutral_high" if high else "neutral_low"
    return "improvement" if high == (better == "higher") else "concern"


def _icon(kind: Kind | None, better: Better) -> Variation | None:
    """The icon of a point's kind: an improvement is high where higher is better, a concern low."""
    if kind == "improvement":
        return "improvement_high" if better == "higher" else "improvement_low"
    if kind == "concern":
        return "concern_low" if better == "higher" else "concern_high"
    return kind


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _compared(aim: Decimal, over: int, under: int) -> int:
    """1 where the target is above `over` / `under`, -1 below, 0 where it is equal; exactly."""
    top, bottom = aim.as_integer_ratio()
    return _sign(top * under - over * bottom)


def _number(value: float | None, what: str) -> Decimal | None:
    """The number as it is written; None stays None. ValueError for what is no finite number."""
    if value is None:
        return None
    if isinstance(value, bool) or not math.isfinite(value):
        raise ValueError(f"a {what} is a number, or None where there is none; {value!r} is neither")
    return Decimal(repr(float(value)))


def _whole(values: Sequence[float | None]) -> tuple[list[int | None], int]:
    """The values as whole numbers of 1/scale, and the scale, a power of ten."""
    exact = [_number(value, "value") for value in values]
    places = [-int(one.as_tuple().exponent) for one in exact if one is not None]
    scale = 10 ** max([0, *places])
    return [None if one is None else _times(one, scale) for one in exact], scale


def _times(number: Decimal, scale: int) -> int:
    top, bottom = number.as_integer_ratio()
    return top * scale // bottom


def _last_target(target: float | Sequence[float | None] | None, length: int) -> Decimal | None:
    if isinstance(target, str | bytes):
        raise ValueError("a target is a number")
    if not isinstance(target, Sequence):
        return _number(target, "target")
    if len(target) != length:
        raise ValueError(f"there are {len(target)} targets for {length} values")
    every = [_number(one, "target") for one in target]
    return every[-1] if every else None


def _starts(rebase_at: Iterable[int], length: int) -> list[int]:
    """The places at which groups start, the first point's among them."""
    starts = {0}
    for place in rebase_at:
        if isinstance(place, bool) or not isinstance(place, int) or not 0 <= place < length:
            raise ValueError(f"a rebase is at the place of one of the {length} values, counted from 0, not {place!r}")
        starts.add(place)
    return sorted(starts)
