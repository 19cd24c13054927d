"""Disclosure control of a table of counts: what may be shown of each cell, so that no small count can be worked out.

Primary: counts of 1 up to the scheme's limit are hidden. Secondary: a lone hidden cell in a row or column would be
its total less the rest, so it takes its smallest neighbour with it; and where the totals of rows and columns, taken
together, would still fix a hidden cell, another is hidden until they do not. Rounding comes last. As the Office for
National Statistics sets out in its policy on protecting tables of counts, and `metrics/recovery.py` proves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, overload

from metrics.recovery import Cell, fixed
from metrics.result import Status
from metrics.rounding import rounded
from metrics.schemes import Scheme, chosen


class Protected(NamedTuple):
    """One cell as it may be shown: the count, or None where there is none to show, and the status beside it."""

    shown: int | None
    status: Status


@overload
def protect(table: Sequence[Sequence[float | None]], *, scheme: str | Scheme) -> list[list[Protected]]: ...
@overload
def protect(table: Sequence[float | None], *, scheme: str | Scheme) -> list[Protected]: ...
@overload
def protect(table: Mapping[Any, Any], *, scheme: str | Scheme) -> dict[Any, Any]: ...
def protect(table: Any, *, scheme: str | Scheme) -> Any:
    """The table in its own shape, each cell as (shown, status): (12, "ok"), (None, "c") hidden, (0, "ok") a true zero.

    `table` is rows of counts, all of one length: `[[3, 12, 20], [10, 11, 12]]`. One row (`[3, 12, 20]`), or rows or
    a row named by a mapping (`{"Police": 3, "Schools": 12}`), is taken too. Give the cells alone: their totals are
    taken to be known to whoever reads the table, and need not be in it. A total that is in it is a cell like the
    others, which hides no more than it must. `scheme` is a name of config/disclosure.yaml, or a Scheme. None stays
    without a figure: (None, "x"). A count that rounds to zero is (None, "low"); a hidden count is never a number.
    A zero is hidden only where it alone stands between a lone hidden cell and its total.
    Raises ValueError for a count that is negative or not whole, for rows of unequal length, and for a scheme that
    does not exist (metrics.schemes.NoSuchScheme).
    """
    by = chosen(scheme)
    if isinstance(table, Mapping):
        found = protect([_row(one) for one in table.values()], scheme=by) if _nested(table.values()) else None
        if found is None:
            return dict(zip(table, protect(list(table.values()), scheme=by), strict=True))
        rows = zip(table.items(), found, strict=True)
        return {
            name: dict(zip(row, cells, strict=True)) if isinstance(row, Mapping) else cells
            for (name, row), cells in rows
        }
    if not _nested(table):
        return protect([list(table)], scheme=by)[0] if len(table) else []
    rows_in = [[_count(cell) for cell in _row(row)] for row in table]
    if len({len(row) for row in rows_in}) > 1:
        raise ValueError("the rows of a table of counts are of one length")
    hidden = hidden_cells(rows_in, scheme=by)
    return [
        [as_shown(count, scheme=by, hidden=(i, j) in hidden) for j, count in enumerate(row)]
        for i, row in enumerate(rows_in)
    ]


def as_shown(count: int | None, *, scheme: Scheme, hidden: bool) -> Protected:
    """One cell, once it is settled whether it is hidden: rounded where the scheme rounds."""
    if count is None:
        return Protected(None, "x")
    if hidden:
        return Protected(None, "c")
    step = scheme.nearest(count)
    shown = count if step == 1 else int(rounded(count / step, 0)) * step
    return Protected(None, "low") if count and not shown else Protected(shown, "ok")


def hidden_cells(rows: Sequence[Sequence[int | None]], *, scheme: Scheme) -> frozenset[tuple[int, int]]:
    """The (row, column) of every cell that is hidden: the small ones, and those that would give them away."""
    counts = {(i, j): count for i, row in enumerate(rows) for j, count in enumerate(row) if count is not None}
    hidden = {place for place, count in counts.items() if scheme.small(count)}
    while (taken := _beside_lone(counts, hidden) or _beside_given_away(counts, hidden)) is not None:
        hidden.add(taken)
    return frozenset(hidden)


_Place = tuple[int, int]


def _beside_lone(counts: Mapping[_Place, int], hidden: set[_Place]) -> _Place | None:
    """What to hide with a hidden cell that is alone in a row or column of more than one cell; None where none is.

    Of several such cells, it is that of the one in a row, nearest the top left.
    """
    for axis in (0, 1):
        for place in sorted(hidden):
            line = [other for other in counts if other[axis] == place[axis] and other != place]
            if line and not any(other in hidden for other in line):
                return _smallest_neighbour(place, (axis,), counts, hidden)
    return None


def _beside_given_away(counts: Mapping[_Place, int], hidden: set[_Place]) -> _Place | None:
    """What to hide with a count that the totals of rows and columns fix between them, though it is alone in neither.

    None where there is no such count, or where all of its row and column is hidden already.
    """
    several = {
        (axis, number)
        for axis in (0, 1)
        for number in {place[axis] for place in counts}
        if sum(place[axis] == number for place in counts) > 1
    }
    cells = [
        Cell(
            place,
            ("row", place[0]) if (0, place[0]) in several else None,
            ("column", place[1]) if (1, place[1]) in several else None,
            counts[place],
        )
        for place in sorted(hidden)
    ]
    beside = (_smallest_neighbour(place, (0, 1), counts, hidden) for place in fixed(cells) if counts[place])
    return next((taken for taken in beside if taken is not None), None)


def _smallest_neighbour(
    place: _Place, axes: tuple[int, ...], counts: Mapping[_Place, int], hidden: set[_Place]
) -> _Place | None:
    """The smallest count still shown in the cell's row (0) or column (1); a true zero only when there is no other."""
    line = [other for other in counts if other not in hidden and any(other[axis] == place[axis] for axis in axes)]
    return min(line, key=lambda other: (not counts[other], counts[other], other), default=None)


def _nested(rows: Iterable[Any]) -> bool:
    """Whether the rows are rows, and not counts."""
    return any(isinstance(row, Mapping | Sequence) and not isinstance(row, str) for row in rows)


def _row(row: Any) -> list[Any]:
    if isinstance(row, Mapping):
        return list(row.values())
    if isinstance(row, Sequence) and not isinstance(row, str):
        return list(row)
    raise ValueError("a table of counts is rows of counts, or one row of them")


def _count(cell: Any) -> int | None:
    """A count as a whole number; ValueError, which says no value, for anything else."""
    if cell is None:
        return None
    if isinstance(cell, bool | str) or cell != cell or cell < 0 or cell != int(cell):
        raise ValueError("a table of counts holds whole numbers of 0 or more, or nothing")
    return int(cell)
