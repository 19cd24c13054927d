"""What figures take each event table to be filled by is what the returns' own declarations say."""

from __future__ import annotations

from returns.catalogue import all_returns
from returns.events import FILLED_BY, TABLES


def test_each_table_is_filled_by_the_returns_that_declare_it() -> None:
    assert set(FILLED_BY) == set(TABLES)
    for declared in all_returns().values():
        for fill in declared.fills:
            assert declared.name in FILLED_BY[fill.table]
    assert {name for names in FILLED_BY.values() for name in names} <= set(all_returns())
