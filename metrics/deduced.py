"""Which small counts could still be worked out of everything that is shown of one table, by linear programming.

Whoever reads every figure of a table has equations: groups add up to the county, those who met a condition and those
who did not are all, quarters add up to a year, rows that are asked more of are among those asked less of, and what is
open now is what was open before with what started and without what ended. A reader takes such a relation for granted
where every figure bears it out, so it is used where it is true of the figures themselves. A count that keeps its value
in every answer to the equations has been worked out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from metrics.counted import Count
from metrics.protected import Pattern
from metrics.result import Basis
from returns.periods import Period

if TYPE_CHECKING:
    from metrics.settling import Table

# Random directions in which answers are looked for, before a count is examined by itself.
_TRIES = 4
_MOVED = 0.5
_MOST = 100_000.0


class Cell(NamedTuple):
    """One group's count in one quarter. `like` tells apart counts that are declared alike and differ in value."""

    of: Count
    like: int
    quarter: Period
    group: str


# A sum of cells, some of them taken away, each by its number in the System; and two numbers that it lies between.
Relation = tuple[tuple[tuple[int, int], ...], float, float]


class System:
    """The counts of a table as they are, by number, where each figure has them, and how they hang together."""

    def __init__(self, table: Table, basis: Basis) -> None:
        self.table, self.basis = table, basis
        self.cells: list[Cell] = []
        self.values: list[float] = []
        self.places: dict[tuple[str, str, Period], dict[str, int]] = {}
        self.lines: dict[Period, dict[tuple[Count, int], dict[str, int]]] = {}
        self.relations: list[Relation] = []
        self._read()
        self._groups_add_up()
        self._all_are_those_who_met_it_and_those_who_did_not()
        self._some_are_among_others()
        self._stocks_balance()

    def _read(self) -> None:
        alike: dict[tuple[Count, Period], list[Mapping[str, float]]] = {}
        for one in self.table.members:
            for quarter in self.table.quarters:
                if (quarter, self.basis) not in self.table.results[one.id]:
                    continue
                for kind, count in self.table.counted[one.id].items():
                    numbers = self.table.of(one.id, kind, quarter, self.basis)
                    held = alike.setdefault((count, quarter), [])
                    if numbers not in held:
                        held.append(numbers)
                        line = {group: len(self.cells) + place for place, group in enumerate(numbers)}
                        self.cells += [Cell(count, len(held) - 1, quarter, group) for group in numbers]
                        self.values += numbers.values()
                        self.lines.setdefault(quarter, {})[count, len(held) - 1] = line
                    self.places[one.id, kind, quarter] = self.lines[quarter][count, held.index(numbers)]

    def _relate(self, of: Mapping[int, int], least: float, most: float) -> None:
        self.relations.append((tuple(sorted(of.items())), least, most))

    def _total(self, of: Mapping[int, int]) -> float:
        return sum(times * self.values[cell] for cell, times in of.items())

    def _groups_add_up(self) -> None:
        """Groups add up to the county, whose figures are shown unless its own pattern hides them."""
        if self.table.by is None:
            return
        for (name, _, quarter), line in self.places.items():
            county = self.table.county
            if line and (county is None or county[name].hidden.get(quarter) == frozenset()):
                of = dict.fromkeys(line.values(), 1)
                self._relate(of, self._total(of), self._total(of))
            for group in self.table.known.get(name, ()):
                if group in line and not self.cells[line[group]].of.meets:
                    self._relate({line[group]: 1}, self.values[line[group]], self.values[line[group]])

    def _all_are_those_who_met_it_and_those_who_did_not(self) -> None:
        for (name, kind, quarter), everyone in self.places.items():
            if kind != "all" or (name, "met", quarter) not in self.places:
                continue
            met, rest = self.places[name, "met", quarter], self.places[name, "not met", quarter]
            for group, cell in everyone.items():
                self._relate({met[group]: 1, rest[group]: 1, cell: -1}, 0, 0)

    def _some_are_among_others(self) -> None:
        for lines in self.lines.values():
            for (some, number), fewer in lines.items():
                for (others, other), more in lines.items():
                    same = some == others and number != other
                    if some.but_not or not (same or some.is_among(others)):
                        continue
                    pairs = [(cell, more[group]) for group, cell in fewer.items() if group in more]
                    if len(pairs) == len(fewer) and all(self.values[a] <= self.values[b] for a, b in pairs):
                        for a, b in pairs:
                            self._relate({b: 1, a: -1}, 0, _MOST)

    def _stocks_balance(self) -> None:
        for balance in self.table.balances:
            for quarter in self.table.quarters:
                places = [
                    (balance.open, quarter.earlier(), 1), (balance.started, quarter, 1),
                    (balance.ended, quarter, -1), (balance.open, quarter, -1),
                ]  # fmt: skip
                equations: dict[str, dict[int, int]] = {}
                for count, when, sign in places:
                    for group, cell in self.lines.get(when, {}).get((count, 0), {}).items():
                        equations.setdefault(group, {})[cell] = sign
                # A grouping that moves a child from one group to another (by age) balances for nobody.
                if all(self._total(of) == 0 for of in equations.values()):
                    for of in equations.values():
                        self._relate(of, 0, 0)

    def years(self, patterns: Mapping[str, Pattern]) -> list[Relation]:
        """The years of groups that are shown, as sums of their quarters."""
        found = []
        for one in self.table.members:
            for year, shown in patterns[one.id].years.items():
                quarters = [year.quarter().earlier(step) for step in (3, 2, 1, 0)]
                for kind in self.table.counted[one.id] if shown else ():
                    if any((one.id, kind, quarter) not in self.places for quarter in quarters):
                        continue
                    lines = [self.places[one.id, kind, quarter] for quarter in quarters]
                    of_year = self.table.of(one.id, kind, year, "known")
                    for group in shown:
                        of = {line[group]: 1 for line in lines if group in line}
                        total = of_year.get(group, 0.0)
                        # Distinct children of a year can be fewer than those of its quarters together.
                        found.append((tuple(sorted(of.items())), total, total if total == self._total(of) else _MOST))
        return found


# Of what is not shown: as a Relation, with only such cells in it.
_Row = Relation


class Solver:
    """Finds what comes out, part by part: counts that no equation joins are looked at apart, and each part once."""

    def __init__(self, system: System, *, largest: int) -> None:
        self.system, self.largest = system, largest
        self.solved: dict[frozenset[_Row], frozenset[int]] = {}
        self.latest = [
            max((system.cells[cell].quarter.start for cell, _ in of)) if of else None for of, _, _ in system.relations
        ]

    def worked_out(self, patterns: Mapping[str, Pattern], *, upto: Period) -> set[Cell]:
        """The hidden counts that have one value only, given what the patterns show of the quarters up to one."""
        system = self.system
        shown = set()
        for (name, _, quarter), line in system.places.items():
            hidden = patterns[name].hidden.get(quarter)
            if hidden is not None:
                shown |= {cell for group, cell in line.items() if group not in hidden}
        relations = [
            of for of, latest in zip(system.relations, self.latest, strict=True) if latest and latest <= upto.start
        ]
        if system.basis == "known":
            relations += [
                of
                for of in system.years(patterns)
                if all(system.cells[one].quarter.start <= upto.start for one, _ in of[0])
            ]
        rows = set()
        for of, least, most in relations:
            rest = tuple(one for one in of if one[0] not in shown)
            if rest:
                known = sum(times * system.values[cell] for cell, times in of if cell in shown)
                rows.add((rest, least - known, most - known))
        found: set[int] = set()
        for part in _parts(rows):
            if part not in self.solved:
                self.solved[part] = frozenset(_fixed(part, system.values, self.largest))
            found |= self.solved[part]
        return {system.cells[cell] for cell in found}


def _parts(rows: set[_Row]) -> list[frozenset[_Row]]:
    """The equations in sets that share no count."""
    leader: dict[int, int] = {}

    def find(cell: int) -> int:
        while (above := leader.setdefault(cell, cell)) != cell:
            leader[cell] = leader[above]
            cell = above
        return cell

    for rest, _, _ in rows:
        first = find(rest[0][0])
        for cell, _ in rest[1:]:
            leader[find(cell)] = first
    found: dict[int, set[_Row]] = {}
    for row in rows:
        found.setdefault(find(row[0][0][0]), set()).add(row)
    return [frozenset(one) for one in found.values()]


def _fixed(rows: frozenset[_Row], values: Sequence[float], largest: int) -> list[int]:
    """The cells of 1 to `largest` that keep their value in every answer to the equations."""
    import numpy as np

    cells = sorted({cell for rest, _, _ in rows for cell, _ in rest})
    wanted = [cell for cell in cells if 0 < values[cell] <= largest]
    if not wanted:
        return []
    puzzle = _Puzzle(cells, sorted(rows))
    chance = np.random.default_rng(1)
    for _ in range(_TRIES):
        goal = np.zeros(len(cells))
        for cell in wanted:
            goal[puzzle.place[cell]] = chance.choice([-1.0, 1.0])
        answer = puzzle.answer(goal)
        wanted = [cell for cell in wanted if abs(answer[puzzle.place[cell]] - values[cell]) < _MOVED]
        if not wanted:
            return []
    return [cell for cell in wanted if puzzle.is_fixed(cell, values[cell])]


class _Puzzle:
    """Counts that are not shown, as unknowns, and what is known of their sums."""

    def __init__(self, cells: Sequence[int], rows: Sequence[_Row]) -> None:
        self.place = {cell: number for number, cell in enumerate(cells)}
        self.size = len(cells)
        self.equal, self.equals = self._matrix([row for row in rows if row[1] == row[2]], 1)
        self.under, self.limit = self._matrix([row for row in rows if row[1] != row[2]], -1)

    def _matrix(self, rows: Sequence[_Row], sign: int) -> tuple[Any, Any]:
        import numpy as np
        from scipy.sparse import csr_matrix

        if not rows:
            return None, None
        data = [(number, self.place[cell], sign * times) for number, row in enumerate(rows) for cell, times in row[0]]
        row, column, value = zip(*data, strict=True)
        return csr_matrix((value, (row, column)), shape=(len(rows), self.size)), np.array(
            [sign * one[1] for one in rows]
        )

    def answer(self, goal: Any) -> Any:
        """Values that agree with everything shown and make `goal` least."""
        from scipy.optimize import linprog

        found = linprog(goal, self.under, self.limit, self.equal, self.equals, bounds=(0, _MOST), method="highs")
        if found.status != 0:
            raise ArithmeticError("the figures that are shown contradict each other")
        return found.x

    def is_fixed(self, cell: int, value: float) -> bool:
        """Whether a count is the same in every answer."""
        import numpy as np

        goal = np.zeros(self.size)
        for sign in (1.0, -1.0):
            goal[self.place[cell]] = sign
            if abs(self.answer(goal)[self.place[cell]] - value) > _MOVED:
                return False
        return True
