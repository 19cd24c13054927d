"""What a figure loses by a cell that nobody can read: whether a row without it can be counted, by the declaration.

Nothing is computed of any row here. An indicator's conditions are walked as the SQL of metrics/compile.py answers
them, with the cell's columns unknown and every other column taken as known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from metrics.declared import Declared, parts
from metrics.model import Indicator, Part, group_column
from metrics.where import Condition, call, name_of

if TYPE_CHECKING:
    from sqlglot import exp

# What becomes of the row: it cannot be counted, or it counts as one whose cell was left empty.
Loss = Literal["not counted", "as if empty"]

_EITHER: frozenset[bool | None] = frozenset({True, False})
_UNKNOWN: frozenset[bool | None] = frozenset({None})


@dataclass(frozen=True)
class UnknownCell:
    """One cell of a row of an event table: the columns that are empty for it, and the names it is noted under.

    `unread` are the names that `unread()` of the catalogue's language knows it by: none where it was never sent.
    """

    columns: frozenset[str]
    unread: frozenset[str] = frozenset()


def loss(one: Declared, cell: UnknownCell) -> Loss | None:
    """What the indicator loses by the cell of a row that it would otherwise have counted; None where nothing."""
    if _not_counted(one, cell):
        return "not counted"
    touched = any(
        cell.columns & condition.columns or _asks_unread(condition, cell)
        for name, condition in one.conditions.items() if not name.startswith("says_when")
    )
    return "as if empty" if touched else None


def breakdowns(indicator: Indicator, cell: UnknownCell) -> tuple[str, ...]:
    """The groups of the indicator in which the row stands under Not recorded, by the names it declares them under."""
    return tuple(name for name in indicator.by if group_column(indicator.event_table, name) in cell.columns)


def _not_counted(one: Declared, cell: UnknownCell) -> bool:
    after = one.indicator.judge_after
    if after is not None and {after.start, after.seen_to} & cell.columns:
        return True
    if any(_places(one, part) & cell.columns for _role, part in parts(one.indicator)):
        return True
    table = one.indicator.event_table
    opened = any(part.open is not None for _role, part in parts(one.indicator))
    if opened and ({str(table.dated)} & cell.columns or {str(table.ended)} & cell.unread):
        return True
    for name, condition in one.conditions.items():
        if name.endswith(".of") and condition.columns & cell.columns:
            return True
        if not name.endswith(".where"):
            continue
        found = _answers(condition.tree, cell)
        if None in found:
            return True
        # Which rows the figure is of at all: one that can no longer be among them is in neither part.
        if name == f"{parts(one.indicator)[-1][0]}.where" and True not in found:
            return True
    # `needs` says which cells must be known: a row is left out for want of one, though another may make up for it.
    needs = one.conditions.get("needs")
    return needs is not None and (bool(cell.columns & needs.columns) or _asks_unread(needs, cell))


def _places(one: Declared, part: Part) -> frozenset[str]:
    """The columns that put a row in a period, weigh it, or whose different values are counted."""
    own = part.of if part.measure == "distinct" else None
    return frozenset(str(name) for name in (part.dated, part.weight, own) if name is not None)


def _asks_unread(condition: Condition, cell: UnknownCell) -> bool:
    from sqlglot import exp

    return any(_unread_of(node) in cell.unread for node in condition.tree.find_all(exp.Anonymous))


def _answers(node: exp.Expression, cell: UnknownCell) -> frozenset[bool | None]:
    """Every answer that a condition can give, true, false or unknown, over rows whose other cells are all known."""
    from sqlglot import exp

    if isinstance(node, exp.Paren):
        return _answers(node.this, cell)
    if isinstance(node, exp.Not):
        return frozenset(None if each is None else not each for each in _answers(node.this, cell))
    if isinstance(node, exp.And | exp.Or):
        pairs = ((a, b) for a in _answers(node.this, cell) for b in _answers(node.expression, cell))
        decides = isinstance(node, exp.Or)
        return frozenset(_joined(pair, decides=decides) for pair in pairs)
    if isinstance(node, exp.Is):
        return frozenset({True}) if _names(node.this) & cell.columns else _EITHER
    if isinstance(node, exp.Boolean):
        return frozenset({bool(node.this)})
    asked = _unread_of(node)
    if asked is not None:
        return frozenset({asked in cell.unread})
    return _UNKNOWN if isinstance(node, exp.Null) or _names(node) & cell.columns else _EITHER


def _joined(answers: Iterable[bool | None], *, decides: bool) -> bool | None:
    """Two answers joined, where one that is `decides` settles it: True under `or`, False under `and`."""
    found = set(answers)
    if decides in found:
        return decides
    return None if None in found else not decides


def _unread_of(node: exp.Expression) -> str | None:
    """The column that `unread(column)` asks after; None for anything else."""
    called = call(node)
    return name_of(called[1][0]) if called is not None and called[0] == "unread" else None


def _names(node: exp.Expression) -> frozenset[str]:
    from sqlglot import exp

    return frozenset(name for each in node.find_all(exp.Column) if (name := name_of(each)) is not None)
