"""An indicator with its expressions read and checked: what the compiler works from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from metrics.model import Indicator, Part
from metrics.where import Condition, Kind, WhereError, parse


@dataclass(frozen=True)
class Declared:
    """An indicator, where it is declared, and its checked expressions by their place in the declaration.

    Places: `numerator.where`, `denominator.where`, `numerator.of` and `denominator.of` (a sum's, mean's or median's
    expression), `needs`, and `says_when.0` and on. Two are equal when they are of the same indicator.
    """

    id: str
    indicator: Indicator = field(compare=False, repr=False)
    conditions: Mapping[str, Condition] = field(compare=False, repr=False)
    file: str = field(compare=False, default="")
    line: int = field(compare=False, default=0)

    def part_condition(self, role: str) -> Condition | None:
        """The checked `where` of the part called `role`, or None when every row counts."""
        return self.conditions.get(f"{role}.where")


class ExpressionError(ValueError):
    """One expression of an indicator is not of the language. `place` is where it stands in the declaration."""

    def __init__(self, place: tuple[str | int, ...], problem: str) -> None:
        super().__init__(problem)
        self.place = place


def declared(indicator: Indicator, *, clocks: frozenset[str], file: str = "", line: int = 0) -> Declared:
    """The indicator with its expressions checked; raises ExpressionError for the first that is not of the language."""
    found: dict[str, Condition] = {}

    def check(name: str, place: tuple[str | int, ...], text: str, want: Kind) -> None:
        try:
            found[name] = parse(text, table=indicator.event_table, clocks=clocks, want=want)
        except WhereError as error:
            raise ExpressionError(place, str(error)) from None

    for role, part in parts(indicator):
        if part.where is not None:
            check(f"{role}.where", (role, "where"), part.where, "boolean")
        if part.measure in ("sum", "mean", "median"):
            check(f"{role}.of", (role, part.measure), str(part.of), "number")
    if indicator.needs is not None:
        check("needs", ("needs",), indicator.needs, "boolean")
    for number, said in enumerate(indicator.says_when):
        check(f"says_when.{number}", ("says_when", number, "where"), said.where, "boolean")
    _check_judge_after(indicator, clocks)
    return Declared(indicator.id, indicator, MappingProxyType(found), file, line)


def parts(indicator: Indicator) -> list[tuple[str, Part]]:
    """Its parts that are measured in rows, as (role, part)."""
    return list(zip(("numerator", "denominator"), indicator.parts, strict=False))


def _check_judge_after(indicator: Indicator, clocks: frozenset[str]) -> None:
    after = indicator.judge_after
    if after is None:
        return
    for key, name in (("from", after.start), ("seen_to", after.seen_to)):
        column = indicator.event_table.column(name) if name is not None else None
        if name is not None and (column is None or column.type not in ("date", "timestamp")):
            raise ExpressionError(("judge_after", key), f"judges by {name}, which is no date of {indicator.table}")
    if after.clock is not None and after.clock not in clocks:
        problem = f"names the clock {after.clock!r}, which config/clocks.yaml does not set"
        raise ExpressionError(("judge_after", "clock"), problem)
