"""Which counts of people stand behind figures, and how the declarations say that they hang together.

One count can stand behind several figures: the children whose plans started are a figure, and what another is a share
of. Whoever reads both reads one count. Counts hang together where the rows of one are among those of the other (it
asks more of them), and where episodes open at a period's end are those open before it, with those that started in it
and without those that ended.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from metrics.declared import Declared
from metrics.model import Indicator, Part
from metrics.result import Result
from returns.events import TABLES

if TYPE_CHECKING:
    from sqlglot import exp


class Count(NamedTuple):
    """What is counted of a table's rows: how they belong to a period, what they meet, and what they do not meet.

    Sums of a column are told apart by `of`; rows and distinct children of the same rows are not.
    """

    membership: str
    meets: frozenset[str]
    but_not: frozenset[str] = frozenset()
    of: str = ""

    def is_among(self, other: Count) -> bool:
        """Whether the rows of this one are all rows of the other, by what the two ask of them."""
        alike = (self.membership, self.of) == (other.membership, other.of) and self != other
        return alike and self.meets >= other.meets and not other.but_not


class Balance(NamedTuple):
    """Episodes open at a period's end, and those that started and that ended in it."""

    open: Count
    started: Count
    ended: Count


def counts(result: Result, indicator: Indicator) -> dict[str, float]:
    """The counts of people behind a figure, by kind: those that met the condition, those that did not, and all."""
    above, below = result.numerator or 0.0, result.denominator
    if indicator.numerator.measure in ("mean", "median"):
        return {"all": below or 0.0}
    if below is None or indicator.per_population or indicator.asked:
        return {"met": above}
    if indicator.share and result.group is not None:
        return {"met": above}
    return {"met": above, "not met": below - above, "all": below}


def counted(one: Declared) -> dict[str, Count]:
    """What each kind of count behind the indicator's figures is: `met`, `not met` and `all`, as far as it has them."""
    indicator = one.indicator
    roles = dict(zip(("numerator", "denominator"), indicator.parts, strict=False))
    meets = {role: _conditions(one, role) for role in roles}
    above, below = indicator.numerator, roles.get("denominator")
    if below is None:
        kind = "all" if above.measure in ("mean", "median") else "met"
        return {kind: Count(above.membership, meets["numerator"], of=_of(one, above))}
    both = meets["numerator"] | meets["denominator"]
    of = _of(one, below)
    return {
        "met": Count(above.membership, both, of=_of(one, above)),
        "not met": Count(below.membership, meets["denominator"], meets["numerator"] - meets["denominator"], of),
        "all": Count(below.membership, meets["denominator"], of=of),
    }


def balances(members: Iterable[Declared]) -> list[Balance]:
    """The stocks of a table that two flows account for, where figures have all three, by what they ask of a row."""
    found: dict[Count, str] = {}
    for one in members:
        found |= {count: one.indicator.table for count in counted(one).values() if not count.of and not count.but_not}
    made = []
    for stock in sorted((count for count in found if count.membership == "open at end"), key=str):
        table = TABLES[found[stock]]
        balance = Balance(
            stock, stock._replace(membership=f"dated {table.dated}"), stock._replace(membership=f"dated {table.ended}")
        )
        if {balance.started, balance.ended} <= set(found):
            made.append(balance)
    return made


def _of(one: Declared, part: Part) -> str:
    return f"{one.id} {part.sum}" if part.measure in ("sum", "mean", "median") else ""


def _conditions(one: Declared, role: str) -> frozenset[str]:
    """What a part asks of a row, condition by condition: rows have to meet every one."""
    condition = one.part_condition(role)
    return frozenset() if condition is None else frozenset(_each(condition.tree))


def _each(tree: exp.Expression) -> list[str]:
    from sqlglot import exp

    if isinstance(tree, exp.Paren):
        return _each(tree.this)
    if isinstance(tree, exp.And):
        return [*_each(tree.this), *_each(tree.expression)]
    return [tree.sql(dialect="duckdb")]
