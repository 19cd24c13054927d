"""The SQL that the derived columns of several event tables share: what was held, the nearest event, the history.

The temporary tables that the expressions read (`events_X`, `extents_X`) are made by derive.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from returns.events import FILLED_BY

Basis = Literal["reported", "known"]


@dataclass(frozen=True)
class Derived:
    """The expressions of a table's derived columns, by name, and the joins that they need."""

    columns: Mapping[str, str]
    joins: str = ""


def held(basis: Basis, event: str) -> str:
    """Whether an event was held: on the date of the row's own extract, or today."""
    if basis == "known":
        return f"{event}.gone_on IS NULL"
    return f"{event}.held_from <= r.extract_date AND ({event}.gone_on IS NULL OR {event}.gone_on > r.extract_date)"


def near(basis: Basis, table: str, which: str, condition: str) -> str:
    """The child's first (`min`) or last (`max`) event of a table that meets the condition; `o.day` is its date."""
    return (
        f"(SELECT {which}(o.covered) FROM events_{table} o WHERE o.child_id = r.child_id "
        f"AND {condition.replace('o.day', 'o.covered')} AND {held(basis, 'o')})"
    )


def history(table: str) -> str:
    """The date since which the row's sender has sent the table's events without a gap."""
    return f"(SELECT x.history_from FROM extents_{table} x WHERE x.submission_id = r.submission_id)"


def names(*filled: str) -> str:
    """The returns that fill the tables, as SQL text."""
    return ", ".join(f"'{name}'" for name in sorted({name for table in filled for name in FILLED_BY[table]}))
