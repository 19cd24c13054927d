"""Somebody who wants to know a hidden count: every number obtainable, as linear equations over the counts behind them.

A reader knows that counts are whole and not negative, what is shown of each, and every sum that is shown. For each
hidden count the least and the most that it can be are found by integer programming (scipy.optimize.milp); a count for
which they are equal has been worked out.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

# More than any county has children: what nothing bounds is at most this.
_MOST = 1_000_000.0


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
        """Every hidden count, cell or sum, that can have one value only."""
        hidden = [name for name in self.counts if name not in self.shown]
        wanted: dict[Hashable, tuple[dict[Hashable, int], float]] = {
            name: ({name: 1}, self.counts[name]) for name in hidden
        } | self.watched
        found = []
        for name, (of, value) in wanted.items():
            if (value or zeros_too) and self._bounds(of, hidden) == (value, value):
                found.append(name)
        return found

    def _bounds(self, of: dict[Hashable, int], hidden: list[Hashable]) -> tuple[float, float]:
        """The least and the most that a sum can be."""
        known = sum(times * self.shown[name] for name, times in of.items() if name in self.shown)
        rest = {name: times for name, times in of.items() if name not in self.shown}
        if not rest:
            return known, known
        involved = self._together(rest, hidden)
        low = self._best(rest, involved, up=False)
        high = self._best(rest, involved, up=True)
        return known + low, known + high

    def _together(self, rest: dict[Hashable, int], hidden: list[Hashable]) -> list[Hashable]:
        """The hidden cells that any chain of sums joins to those of `rest`: the others say nothing about it."""
        seen = set(rest)
        grown = True
        while grown:
            grown = False
            for of, _, _ in self.sums:
                names = {name for name in of if name not in self.shown}
                if names & seen and not names <= seen:
                    seen |= names
                    grown = True
        return [name for name in hidden if name in seen]

    def _best(self, rest: dict[Hashable, int], involved: list[Hashable], *, up: bool) -> float:
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp

        place = {name: number for number, name in enumerate(involved)}
        rows, low, high = [], [], []
        for of, least, most in self.sums:
            row = np.zeros(len(involved))
            known = 0.0
            for name, times in of.items():
                if name in self.shown:
                    known += times * self.shown[name]
                elif name in place:
                    row[place[name]] += times
            if row.any():
                rows.append(row)
                low.append(least - known)
                high.append(most - known)
        goal = np.zeros(len(involved))
        for name, times in rest.items():
            goal[place[name]] += -times if up else times
        limits = [self.between[name] for name in involved]
        found: Any = milp(
            goal,
            constraints=[LinearConstraint(np.array(rows), np.array(low), np.array(high))] if rows else [],
            integrality=np.ones(len(involved)),
            bounds=Bounds(np.array([one[0] for one in limits]), np.array([one[1] for one in limits])),
        )
        assert found.status == 0, "the numbers that are shown contradict each other"
        return float(round(-found.fun if up else found.fun))
