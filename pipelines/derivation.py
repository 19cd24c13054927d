"""What the derived columns of each table rest on, as their SQL says: a load derives no more than it changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable
from functools import cache

from pipelines import contacts_received
from pipelines.derived_columns import derived
from pipelines.derived_sql import Basis
from returns.events import FILLED_BY, TABLES, EventTable, tables

BASES: tuple[Basis, ...] = ("reported", "known")

_ANY = r"events_|extents_|reported\.|known\."
_RETURNS = re.compile(r"\bstanding\b[^()]*return_name IN \(([^)]*)\)")


def rests_on(table: EventTable, changed: Collection[str] | None) -> bool:
    """Whether a row of the table could be another, or say something else, now that these returns changed.

    None stands for any of them.
    """
    return changed is None or not _returns_behind(table).isdisjoint(changed)


def looked_at(looking: Iterable[EventTable], by: str) -> set[str]:
    """The tables whose temporary tables `by` ("events_", "extents_") the derived columns of these tables read."""
    found: set[str] = set()
    for table in looking:
        found |= _looked_at(table, by)
    if contacts_received.NAME in found:  # which is made of two others'
        found |= _looked_at(TABLES[contacts_received.NAME], by)
    return found


def digest(*more: str) -> str:
    """A short hash of all the SQL, and of `more`: a version that was derived in another way is derived anew, whole."""
    written = [*more, *(f"{table.name}: {_sql(table)}" for table in tables())]
    return hashlib.sha256("\n".join(written).encode()).hexdigest()[:16]


@cache
def _returns_behind(table: EventTable) -> frozenset[str]:
    """The returns that fill the table or any that it looks at, however far off."""
    behind, ahead = {table.name}, [table]
    returns: set[str] = set()
    while ahead:
        one = ahead.pop()
        returns.update(*(re.findall(r"'([^']*)'", named) for named in _RETURNS.findall(_sql(one))))
        more = _looked_at(one, _ANY) - behind
        behind |= more
        ahead += [TABLES[name] for name in more]
    return frozenset(returns.union(*(FILLED_BY[name] for name in behind)))


@cache
def _looked_at(table: EventTable, by: str) -> frozenset[str]:
    return frozenset(re.findall(rf"\b(?:{by})([a-z][a-z0-9_]*)", _sql(table)))


@cache
def _sql(table: EventTable) -> str:
    """All the SQL of the table's derived columns, on both bases."""
    own = contacts_received.SQL if table.name == contacts_received.NAME else ""
    parts = (derived(table, basis) for basis in BASES)
    return " ".join([own, *(f"{found.joins} {' '.join(found.columns.values())}" for found in parts if found)])
