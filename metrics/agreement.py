"""Two numbers that should agree: what each side means, how far they may differ, and whether they do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from metrics.result import shown, whole
from metrics.rounding import rounded
from metrics.schemes import Scheme
from returns.periods import Period

Kind = Literal["returns", "totals", "published", "printed", "change"]
State = Literal["agrees", "differs", "cannot"]

# The kinds of reconciliation, in the order in which they are offered.
KINDS: dict[Kind, str] = {
    "returns": "Between returns",
    "totals": "Rows and totals sent",
    "published": "Published figures",
    "printed": "Printed reports",
    "change": "This quarter and last",
}


@dataclass(frozen=True)
class Meaning:
    """One side in words: its short name, and what it counts."""

    name: str
    words: str


@dataclass(frozen=True)
class Tolerance:
    """How far the sides may differ and still agree: by so many, or by a share of the larger side; and why."""

    why: str
    by: float = 0.0
    share: float = 0.0

    def allows(self, difference: float, size: float) -> bool:
        """Whether a difference is within it, the larger side being `size`."""
        return abs(difference) <= max(self.by, self.share * size) + 1e-9


EXACT = Tolerance("Both count the same things on the same day, so they should be equal.")


@dataclass(frozen=True)
class Pair:
    """Two numbers that should agree, as declared: their meanings, the tolerance, and what to ask when they do not.

    `counts` is what the difference is a number of. `breakdown` is true where the pair is of a part of the county,
    whose small counts are not for every viewer.
    """

    id: str
    kind: Kind
    title: str
    left: Meaning
    right: Meaning
    tolerance: Tolerance
    ask: str
    unit: str = "count"
    decimals: int = 0
    counts: str = "children"
    breakdown: bool = False


@dataclass(frozen=True)
class Reconciled:
    """A pair with its numbers. `difference` is left less right; `amount` is what it comes to in things counted.

    `only` are the numbers on the left side alone and on the right side alone, where single records were matched.
    `since` is the first period of the run of periods in which they have differed up to this one. `hidden` where the
    numbers are not for the viewer (`as_shown`).
    """

    pair: Pair
    state: State
    when: str
    left: float | None = None
    right: float | None = None
    difference: float | None = None
    amount: float = 0.0
    only: tuple[int, int] | None = None
    since: str | None = None
    reason: str | None = None
    as_at: date | None = None
    left_sources: tuple[str, ...] = ()
    right_sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    hidden: bool = False

    def as_json(self) -> dict[str, Any]:
        """The reconciliation as `python -m metrics reconcile --format json` gives it."""
        pair = self.pair
        return {
            "id": pair.id,
            "kind": pair.kind,
            "title": pair.title,
            "state": self.state,
            "when": self.when,
            "as_at": self.as_at.isoformat() if self.as_at else None,
            "left": whole(self.left),
            "left_name": pair.left.name,
            "left_definition": pair.left.words,
            "left_sources": list(self.left_sources),
            "right": whole(self.right),
            "right_name": pair.right.name,
            "right_definition": pair.right.words,
            "right_sources": list(self.right_sources),
            "unit": pair.unit,
            "difference": whole(self.difference),
            "only_left": self.only[0] if self.only else None,
            "only_right": self.only[1] if self.only else None,
            "since": self.since,
            "reason": self.reason,
            "tolerance": pair.tolerance.why,
            "ask": pair.ask,
            "notes": list(self.notes),
        }


def judged(
    pair: Pair,
    left: float,
    right: float,
    *,
    when: str,
    only: tuple[int, int] | None = None,
    scale: float = 1.0,
    since: str | None = None,
    as_at: date | None = None,
    left_sources: Iterable[str] = (),
    right_sources: Iterable[str] = (),
    notes: Iterable[str] = (),
    by_records: bool = True,
) -> Reconciled:
    """The pair with both its numbers, judged by its tolerance.

    With `only`, and `by_records`, the records that were not matched are what must be tolerated: two counts may be
    equal and be of different children. `scale` is how many things counted one unit of the difference comes to.
    """
    difference = rounded(left - right, max(pair.decimals, 2))
    apart = float(sum(only)) if only is not None and by_records else abs(difference)
    agrees = pair.tolerance.allows(apart, max(abs(left), abs(right)))
    return Reconciled(
        pair=pair,
        state="agrees" if agrees else "differs",
        when=when,
        left=left,
        right=right,
        difference=difference,
        amount=apart * scale,
        only=only,
        since=None if agrees else since,
        as_at=as_at,
        left_sources=tuple(left_sources),
        right_sources=tuple(right_sources),
        notes=tuple(notes),
    )


def cannot(pair: Pair, reason: str, *, when: str, left: float | None = None, right: float | None = None) -> Reconciled:
    """The pair, which cannot be compared, and why. A side that there is, is kept."""
    return Reconciled(pair, "cannot", when, left=left, right=right, reason=reason)


def as_shown(one: Reconciled, scheme: Scheme) -> Reconciled:
    """The pair as a scheme shows it: none of its numbers, where one is a small count of a part of the county.

    Under a scheme that protects the whole county too, no number of ours is given: it may be a share of small counts,
    or what a count that is hidden hangs together with. What is printed and published is so for everybody.
    """
    if not scheme.protects:
        return one
    numbers = (one.left, one.right, one.difference, one.amount, *(one.only or ()))
    small = any(scheme.small(abs(number)) for number in numbers if number is not None)
    of_county = scheme.whole_county == "protected" and one.pair.kind != "printed"
    if not (of_county or (one.pair.breakdown and small)):
        return one
    return replace(one, left=None, right=None, difference=None, amount=0.0, only=None, notes=(), hidden=True)


def since(run: Iterable[tuple[Period | int, State]]) -> str | None:
    """The first period of the run of differing periods that the latest one ends; periods are given latest first."""
    first = None
    for period, state in run:
        if state != "differs":
            break
        first = period
    return None if first is None else str(first)


def side(value: float | None, pair: Pair) -> str:
    """A side's number as people read it: `1,268`, `0.85%`, `£378,099`; empty where there is none."""
    if value is None:
        return ""
    number = rounded(value, pair.decimals)
    sign, digits = "\u2212" if number < 0 else "", f"{abs(number):,.{pair.decimals}f}"
    if pair.kind == "printed" and "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    if pair.unit == "pounds":
        return f"{sign}£{digits}"
    return sign + digits + ("%" if pair.unit == "percent" else "")


def apart(one: Reconciled) -> str:
    """The difference in words: `27`, `1.15 points`, `none, but 3 and 3 not matched`."""
    pair = one.pair
    if one.hidden:
        return "hidden"
    if one.difference is None:
        return ""
    said = side(abs(one.difference), pair).replace("%", " points")
    if one.only is None or sum(one.only) == abs(one.difference):
        return said
    return f"{said} net; {shown(sum(one.only))} not matched"
