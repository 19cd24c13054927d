"""What a scheme hides of every figure of a table: settled once a version, and held against all that it gives away.

Rules hide most of it (metrics/settling.py); then everything that would be shown is read together
(metrics/deduced.py), and where a small count could still be worked out more is hidden, in the quarter whose figures
would give it away and never in one before: an earlier release is already out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from metrics.counted import Count
from metrics.deduced import Cell, Solver, System
from metrics.protected import BASES, Pattern
from metrics.settling import More, Settled, Table, patterns, settled
from returns.periods import Period


def held_together(table: Table) -> dict[str, Pattern]:
    """What is hidden of each indicator of a table, so that no small count can be worked out of the rest.

    What the county's figures give away by themselves stays given away where the scheme shows them.
    """
    if not table.quarters:
        return {one.id: Pattern() for one in table.members}
    watch = _Watch(table)
    more: tuple[More, ...] = ()
    found = patterns(table, settled(table))
    while (quarter := watch.first(found)) is not None:
        more = (*more, *watch.remedy(more, quarter))
        found = patterns(table, settled(table, more))
    return found


class _Watch:
    """Looks for small counts that come out, with the figures up to each quarter."""

    def __init__(self, table: Table) -> None:
        self.table = table
        systems = [System(table, basis) for basis in BASES]
        self.solvers = [Solver(one, largest=table.scheme.hides) for one in systems]
        # What comes out with nothing of the breakdown shown, or with nothing more of a quarter to hide.
        self.anyway: set[Cell] = set()
        self.anyway = self._upto(table.quarters[-1], {one.id: Pattern() for one in table.members})
        self.clean = 0

    def _upto(self, quarter: Period, found: Mapping[str, Pattern]) -> set[Cell]:
        """What comes out of the figures up to a quarter."""
        return set().union(*(one.worked_out(found, upto=quarter) for one in self.solvers)) - self.anyway

    def first(self, found: Mapping[str, Pattern]) -> Period | None:
        """The first quarter with whose figures something comes out; None where nothing ever does."""
        if not self._upto(self.table.quarters[-1], found):
            return None
        quarters = self.table.quarters
        low, high = self.clean, len(quarters) - 1
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self._upto(quarters[middle], found) else (middle + 1, high)
        self.clean = low
        return quarters[low]

    def remedy(self, more: tuple[More, ...], quarter: Period) -> tuple[More, ...]:
        """The least of the further hidings of a quarter after which less comes out of the figures up to it."""
        found = settled(self.table, more)
        before = self._upto(quarter, patterns(self.table, found))
        for tried in self._remedies(sorted(before, key=str), quarter, found):
            left = self._upto(quarter, patterns(self.table, settled(self.table, (*more, *tried))))
            if len(left) < len(before):
                return tried
        # With nothing of the quarter shown, what comes out does so without it.
        self.anyway |= before
        return tuple(More(quarter, count) for count in self._counts()) + (More(quarter),)

    def _counts(self) -> Sequence[Count]:
        return sorted({count for kinds in self.table.counted.values() for count in kinds.values()}, key=str)

    def _remedies(self, cells: Sequence[Cell], quarter: Period, found: Settled) -> Iterator[tuple[More, ...]]:
        """Further hidings to try, what is least missed first."""
        if quarter.end.month == 3:
            yield (More(quarter),)
        near = [cell.of for cell in cells if cell.quarter == quarter]
        stocks = [balance.open for balance in self.table.balances]
        flows = [count for balance in self.table.balances for count in (balance.started, balance.ended)]
        own = {cell.group for cell in cells}
        for number in (1, 2):
            for count in dict.fromkeys((*near[:2], *stocks, *flows)):
                line = self._line(count, quarter)
                shown = [group for group in line if not self._is_hidden(found, count, quarter, group)]
                useful = sorted((group for group in shown if line[group]), key=lambda group: (line[group], group))
                if useful or shown:
                    yield (More(quarter, count, frozenset({*(useful or shown)[:number], *own})), More(quarter))
        yield tuple(More(quarter, count) for count in self._counts()) + (More(quarter),)

    def _line(self, count: Count, quarter: Period) -> Mapping[str, float]:
        for name, kinds in self.table.counted.items():
            for kind, of in kinds.items():
                if of == count:
                    return self.table.of(name, kind, quarter, "known")
        return {}

    def _is_hidden(self, found: Settled, count: Count, quarter: Period, group: str) -> bool:
        hidden = found.of(count, quarter)
        return hidden is None or group in hidden
