"""Somebody who wants to know a hidden count: every number obtainable, as linear equations over the counts behind them.

A reader knows that counts are whole and not negative, what is shown of each, and every sum that is shown. For each
hidden count the least and the most that it can be are found by integer programming (scipy.optimize.milp); a count for
which they are equal has been worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from metrics.result import Result

# More than any county has children: what nothing bounds is at most this.
_MOST = 1_000_000.0
# The largest count that the schemes of a reader hide for its own sake.
SMALL = 4


@dataclass
class Reader:
    """What somebody has read. Cells are the finest counts there are; totals are sums of them."""

    counts: dict[Hashable, float] = field(default_factory=dict)
    shown: dict[Hashable, float] = field(default_factory=dict)
    between: dict[Hashable, tuple[float, float]] = field(default_factory=dict)
    sums: list[tuple[dict[Hashable, int], float, float]] = field(default_factory=list)
    watched: dict[Hashable, tuple[dict[Hashable, int], float]] = field(default_factory=dict)

    def cell(self, name: Hashable, count: float, *, shown: bool, at_least: float = 0) -> None:
        """A finest count, and whether it is shown."""
        self.counts[name] = count
        if shown:
            self.shown[name] = count
        else:
            self.between[name] = (at_least, _MOST)

    def total(self, names: Iterable[Hashable], value: float) -> None:
        """A sum that is shown."""
        self.combination(dict.fromkeys(names, 1), value, value)

    def combination(self, of: dict[Hashable, int], least: float, most: float) -> None:
        """A sum of counts, some taken away, that is known to lie between two numbers."""
        self.sums.append((of, least, most))

    def hides(self, name: Hashable, of: dict[Hashable, int], value: float) -> None:
        """A sum that is hidden, and that must not be worked out."""
        self.watched[name] = (of, value)

    def worked_out(self, *, zeros_too: bool = False) -> list[Hashable]:
        """Every hidden count that can have one value only: the sums that `hides` names, else every cell."""
        wanted: dict[Hashable, tuple[dict[Hashable, int], float]] = self.watched or {
            name: ({name: 1}, count) for name, count in self.counts.items() if name not in self.shown
        }
        wanted = {name: of for name, of in wanted.items() if of[1] or zeros_too}
        if not wanted:
            return []
        puzzle = _Puzzle(self)
        found, bounds = [], {}
        for name in puzzle.unmoved(wanted):
            of, value = wanted[name]
            same = frozenset(of.items())
            if same not in bounds:
                bounds[same] = puzzle.least_and_most(of)
            if bounds[same] == (value, value):
                found.append(name)
        return found


# The kinds of row that each count of a figure (`numerator`, `denominator`) is the sum of.
Parts = Callable[[Result], Iterable[tuple[str, Sequence[Hashable]]]]


def read(results: Sequence[Result], held: Mapping[Any, int], parts: Parts, *, county_only: bool = False) -> Reader:
    """What is shown as equations, and the small counts that are not; larger ones are hidden for their sake alone."""
    found = Reader()
    for kind, count in held.items():
        found.cell(kind, count, shown=False)
    for one in results:
        for name, kinds in parts(one):
            value = getattr(one, name)
            truth = sum(held[kind] for kind in kinds)
            if one.status == "c":
                assert value is None
                if truth <= SMALL:
                    called = (one.indicator, one.group, str(one.period), one.basis, name)
                    found.hides(called, dict.fromkeys(kinds, 1), truth)
            elif value is not None and not (county_only and one.group):
                assert value == truth, (one, name)
                found.total(kinds, value)
    return found


def worked_out(results: Sequence[Result], held: Mapping[Any, int], parts: Parts) -> list[Hashable]:
    """The hidden counts of figures that come out, but for those that the whole county's figures alone give away."""
    found = read(results, held, parts).worked_out()
    if not found:
        return []
    alone = set(read(results, held, parts, county_only=True).worked_out())
    return [name for name in found if name not in alone]


class _Puzzle:
    """The hidden cells as unknowns, and every sum that is shown as an equation of them."""

    def __init__(self, reader: Reader) -> None:
        import numpy as np
        from scipy.sparse import csr_matrix

        self.reader = reader
        self.names = [name for name in reader.counts if name not in reader.shown]
        self.place = {name: number for number, name in enumerate(self.names)}
        self.truth = np.array([reader.counts[name] for name in self.names])
        rows, columns, values, low, high = [], [], [], [], []
        for of, least, most in dict.fromkeys((frozenset(of.items()), least, most) for of, least, most in reader.sums):
            known = sum(times * reader.shown[name] for name, times in of if name in reader.shown)
            rest = [(self.place[name], times) for name, times in of if name in self.place]
            if rest:
                rows += [len(low)] * len(rest)
                columns += [place for place, _ in rest]
                values += [times for _, times in rest]
                low.append(least - known)
                high.append(most - known)
        self.matrix = csr_matrix((values, (rows, columns)), shape=(len(low), len(self.names)))
        self.low, self.high = np.array(low), np.array(high)
        limits = [reader.between[name] for name in self.names]
        self.limits = np.array([one[0] for one in limits]), np.array([one[1] for one in limits])

    def unmoved(self, wanted: dict[Hashable, tuple[dict[Hashable, int], float]]) -> list[Hashable]:
        """The sums that stay as they are in other answers to the puzzle, tried at random: they may be worked out."""
        import numpy as np

        chance = np.random.default_rng(1)
        left = dict(wanted)
        for _ in range(12):
            if not left:
                break
            answer = self._answer(chance.choice([-1.0, 0.0, 1.0], len(self.names)), whole=False)
            left = {
                name: (of, value) for name, (of, value) in left.items() if abs(self._sum(of, answer) - value) < 0.999
            }
        return list(left)

    def least_and_most(self, of: dict[Hashable, int]) -> tuple[float, float]:
        """The least and the most that a sum can be: in whole numbers, where parts of one leave it less than one."""
        import numpy as np

        goal = np.zeros(len(self.names))
        for name, times in of.items():
            if name in self.place:
                goal[self.place[name]] += times
        if not goal.any():
            return (self._sum(of, self.truth),) * 2
        for whole in (False, True):
            least, most = (self._sum(of, self._answer(sign * goal, whole=whole)) for sign in (1, -1))
            if most - least > 0.999:
                break
        return float(round(least)), float(round(most))

    def _sum(self, of: dict[Hashable, int], answer: Any) -> float:
        shown = self.reader.shown
        return float(
            sum(times * (shown[name] if name in shown else answer[self.place[name]]) for name, times in of.items())
        )

    def _answer(self, goal: Any, *, whole: bool) -> Any:
        """Values of the hidden cells that agree with everything shown and make `goal` least."""
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp

        found = milp(
            goal,
            constraints=[LinearConstraint(self.matrix, self.low, self.high)] if len(self.low) else [],
            integrality=np.full(len(self.names), int(whole)),
            bounds=Bounds(*self.limits),
        )
        assert found.status == 0, "the numbers that are shown contradict each other"
        return found.x
