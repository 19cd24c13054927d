"""What is held of a column in the current version, for checks of one return against another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.check_partners import Held
from returns.events import TABLES

if TYPE_CHECKING:
    from returns.periods import Period
    from returns.places import Places


def values_held(places: Places) -> Held:
    """Asks for the values of a table's column, of one period's submissions or of all; none where there is no version.

    Raises KeyError for a table or column that returns/events.py does not declare.
    """
    def held(table: str, column: str, period: Period | None) -> frozenset[str]:
        from warehouse import store

        if TABLES[table].column(column) is None:
            raise KeyError(f"{table} has no column {column}")
        if store.current_version(places) is None:
            return frozenset()
        with store.reader(places) as reader:
            found = reader.query(
                f"SELECT DISTINCT {column} FROM reported.{table} WHERE $period IS NULL OR period = $period",
                {"period": None if period is None else str(period)},
            )
        return frozenset(str(value) for (value,) in found)

    return held
