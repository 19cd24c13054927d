"""What a reader can work out of counts that are hidden, from the totals that are shown.

Each hidden count is in at most one total of each of two kinds (its row and its column, its quarter and its year).
Whoever knows the totals knows the hidden counts up to moves that leave every total as it is: one up, one down, round
a ring of cells that shares each total it touches. A count that is in no such ring is fixed: it can be worked out.
That is the test of an edge in the residual network of a flow: Gusfield, "A graph theoretic approach to statistical
data security", SIAM Journal on Computing 17 (1988), pages 552 to 571. It is exact for whole numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

# What is in no total that is shown may be anything; all such ends meet here.
_FREE: Hashable = ("free",)


class Cell(NamedTuple):
    """A hidden count: its name, the total of each kind that is shown and holds it (None where none is), its value.

    `least` is what whoever reads knows it is at least: 0, unless zeros are always shown.
    """

    name: tuple[int, int]
    row: Hashable | None
    column: Hashable | None
    value: float
    least: float = 0


def fixed(cells: Sequence[Cell]) -> list[tuple[int, int]]:
    """The names of the cells whose count can be worked out, in the order given."""
    arcs = _arcs(cells)
    return [cell.name for place, cell in enumerate(cells) if not _moves(place, cell, arcs)]


_Arcs = dict[Hashable, list[tuple[Hashable, int]]]


def _ends(cell: Cell) -> tuple[Hashable, Hashable]:
    row = ("row", cell.row) if cell.row is not None else _FREE
    column = ("column", cell.column) if cell.column is not None else _FREE
    return row, column


def _arcs(cells: Iterable[Cell]) -> _Arcs:
    """Where one more of something can go: up by one from row to column, down by one from column to row."""
    arcs: _Arcs = defaultdict(list)
    for place, cell in enumerate(cells):
        row, column = _ends(cell)
        arcs[row].append((column, place))
        if cell.value > cell.least:
            arcs[column].append((row, place))
    return arcs


def _moves(place: int, cell: Cell, arcs: _Arcs) -> bool:
    """Whether the cell can be one more, or one less, with every total as it is."""
    row, column = _ends(cell)
    if row == column or _reaches(column, row, arcs, without=place):
        return True
    return cell.value > cell.least and _reaches(row, column, arcs, without=place)


def _reaches(start: Hashable, goal: Hashable, arcs: _Arcs, *, without: int) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        for step, place in arcs.get(waiting.pop(), ()):
            if place != without and step not in seen:
                if step == goal:
                    return True
                seen.add(step)
                waiting.append(step)
    return False
