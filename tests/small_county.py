"""Small made-up counties, written straight into a warehouse: a few episodes and events, and a quarter's lists of each.

Every list carries what there was up to its quarter, so figures are there as first reported and as now known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from returns.events import FILLED_BY, TABLES
from returns.periods import quarter
from returns.places import Places
from warehouse import store

QUARTERS = tuple(quarter(2024, number) for number in (1, 2, 3, 4))


@dataclass(frozen=True)
class Event:
    """One row of an event table. It started in one of QUARTERS, by place, and ended in one or not yet (None).

    One that started before them all has a day of its own in `cells`, and place 0.
    """

    table: str
    child: str
    started: int
    ended: int | None = None
    cells: Mapping[str, Any] = field(default_factory=dict)


def load(folder: Path, events: Sequence[Event], *, published: Mapping[str, float] | None = None) -> Places:
    """A warehouse of the events: for each table's return a list a quarter, sent by the council.

    `published` are measures of LAIT, and the county's own figure of each for the year to March 2025.
    """
    places = Places.of(folder)
    tables = sorted({one.table for one in events})
    ids = {
        (table, at): f"S{number:06d}"
        for number, (table, at) in enumerate(((table, at) for table in tables for at in range(len(QUARTERS))), start=1)
    }
    with store.build(places) as builder:
        for (table, at), name in ids.items():
            rows = sum(one.table == table and one.started <= at for one in events)
            builder.connection.execute(
                "INSERT INTO main.submissions (id, return_name, agency, period, extracted, file, sheet, status, "
                "rows_read, rows_accepted, rows_held) VALUES (?, ?, 'council', ?, ?, ?, 'List', 'accepted', ?, ?, 0)",
                [
                    name,
                    FILLED_BY[table][-1],
                    str(QUARTERS[at]),
                    QUARTERS[at].end,
                    f"{table} {QUARTERS[at]}.xlsx",
                    rows,
                    rows,
                ],
            )
            builder.connection.execute(
                "INSERT INTO main.column_quality VALUES (?, 'List', 'child_id', 'Child', true, ?, ?, 0), "
                "(?, 'List', 'started', 'Start date', true, ?, ?, 0)",
                [name, rows, rows, name, rows, rows],
            )
        builder.connection.execute(
            "INSERT INTO main.population (area_code, area_name, year, age_band, population, status) "
            "SELECT 'E06000019', 'Herefordshire', y, '0 to 17', 36000, 'estimate' FROM range(2019, 2025) t(y)"
        )
        for measure, value in (published or {}).items():
            builder.connection.execute(
                "INSERT INTO main.benchmarks (measure, area_code, area_name, area_kind, year, value) VALUES "
                "($1, 'E06000019', 'Herefordshire', 'authority', 2025, $2), "
                "($1, 'E92000001', 'England', 'england', 2025, $2)",
                [measure, value],
            )
        for table in tables:
            of = [one for one in events if one.table == table]
            known = [_row(one, len(QUARTERS) - 1, ids) for one in of]
            reported = [_row(one, at, ids) for one in of for at in range(one.started, len(QUARTERS))]
            for schema, rows in (("known", known), ("reported", reported)):
                names = list(dict.fromkeys(name for row in rows for name in row))
                one_row = f"({', '.join('?' * len(names))})"
                builder.connection.execute(
                    f"INSERT INTO {schema}.{table} ({', '.join(names)}) VALUES {', '.join([one_row] * len(rows))}",
                    [row.get(name) for row in rows for name in names],
                )
    return places


def _row(one: Event, at: int, ids: Mapping[tuple[str, int], str]) -> dict[str, Any]:
    """The event as the list of one quarter has it."""
    table, period = TABLES[one.table], QUARTERS[at]
    row: dict[str, Any] = {
        "submission_id": ids[one.table, at], "period": str(period), "extract_date": period.end, "source_row": 2,
        "child_id": one.child,
    }  # fmt: skip
    if table.dated:
        row[table.dated] = QUARTERS[one.started].start + timedelta(days=3)
    if table.ended:
        ended: date | None = QUARTERS[one.ended].end if one.ended is not None and one.ended <= at else None
        row[table.ended] = ended
        if "open_until" in {column.name for column in table.columns}:
            row["open_until"] = ended - timedelta(days=1) if ended else None
    if "episode_id" in table.key:
        row["episode_id"] = one.child
    return row | dict(one.cells)
