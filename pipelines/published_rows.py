"""The rows of main.published that a file gives, inserted into a version that is being built."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.published_files import PLACE_COLUMNS, SYMBOLS, YEARLY, PublishedRefused, PublishedTable
from returns.codes import read_table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LEVELS = {"england": "National", "region": "Regional", "authority": "Local authority"}
NEIGHBOURS = "Statistical neighbours"

# Nothing of the file is part of a statement: its columns are numbered, c for figures and f for filters,
# and its own names for them are bound.
_INSERT = """
    INSERT INTO main.published (source, measure, area_code, area_name, area_level, year, breakdown, value, status)
    SELECT ?, {measure}, area_code, area_name, area_level, year, breakdown,
           round(TRY_CAST(cell AS DOUBLE), 10), coalesce(symbols.status, 'ok')
    FROM (UNPIVOT temp.published_rows ON {cells} INTO NAME indicator VALUE cell)
    LEFT JOIN indicators USING (indicator) LEFT JOIN symbols ON symbols.written = lower(cell)
"""

# One authority has one code throughout; a number that no file of the Department's has is kept as it is.
_EXPLORE = """
    CREATE OR REPLACE TEMP TABLE published_rows AS
    SELECT CASE geographic_level
               WHEN 'National' THEN country_code WHEN 'Regional' THEN region_code
               ELSE coalesce(areas.code, nullif(new_la_code, ''), old_la_code) END AS area_code,
           CASE geographic_level
               WHEN 'National' THEN {country_name} WHEN 'Regional' THEN {region_name} ELSE la_name END AS area_name,
           geographic_level AS area_level,
           CASE WHEN list_contains(?, lower({time_identifier})) THEN time_period
                ELSE time_period || ' ' || {time_identifier} END AS year,
           {breakdown} AS breakdown, {cells}
    FROM cells LEFT JOIN areas ON areas.number = cells.old_la_code AND cells.geographic_level = 'Local authority'
    WHERE geographic_level IN ('National', 'Regional', 'Local authority')
"""

_LAIT = """
    CREATE OR REPLACE TEMP TABLE published_rows AS
    SELECT coalesce(areas.code, la_number) AS area_code, la_name AS area_name,
           CASE WHEN contains(lower(la_name), 'neighbour') THEN ? ELSE coalesce(areas.level, ?) END AS area_level,
           period AS year, '' AS breakdown, measure_short AS measure, c0
    FROM cells LEFT JOIN areas ON areas.number = cells.la_number
"""


@dataclass(frozen=True)
class Inserted:
    """What was inserted. `sentence` says what was left out, if anything was."""

    figures: int
    areas: int
    years: tuple[str, str]
    sentence: str


def insert_rows(connection: DuckDBPyConnection, table: PublishedTable, reference: Path) -> Inserted:
    """Puts the file's figures in the place of those its source had.

    Raises PublishedRefused before it changes anything that is kept.
    """
    with _registered(connection, table, reference):
        if table.kind == "lait":
            connection.execute(_LAIT, [NEIGHBOURS, LEVELS["authority"]])
        else:
            _explore(connection, table)
        inserted = _judged(connection, table)
        connection.execute("DELETE FROM main.published WHERE source = ?", [table.source])
        measure = "measure" if table.kind == "lait" else "indicators.named"
        connection.execute(_INSERT.format(measure=measure, cells=", ".join(_numbered(table))), [table.source])
    connection.execute("DELETE FROM main.published_files WHERE source = ?", [table.source])
    row = [table.source, table.file, table.sha256, inserted.figures]
    connection.execute("INSERT INTO main.published_files VALUES (?, ?, ?, ?)", row)
    return inserted


@contextmanager
def _registered(connection: DuckDBPyConnection, table: PublishedTable, reference: Path) -> Iterator[None]:
    """The file's cells, its indicators' names, the areas and the symbols: `cells`, `indicators`, `areas`, `symbols`."""
    import pyarrow

    numbered = dict(zip(table.indicators, _numbered(table), strict=True))
    numbered |= {name: f"f{number}" for number, name in enumerate(table.filters)}
    areas = list(read_table(reference / "areas.csv"))
    tables = {
        "cells": table.cells.rename_columns([numbered.get(name, name) for name in table.cells.column_names]),
        "areas": pyarrow.table({
            "number": [area["number"] for area in areas], "code": [area["code"] for area in areas],
            "level": [LEVELS[area["kind"]] for area in areas],
        }),
        "indicators": pyarrow.table({"indicator": _numbered(table), "named": list(table.indicators)}),
        "symbols": pyarrow.table({"written": list(SYMBOLS), "status": list(SYMBOLS.values())}),
    }
    for name, rows in tables.items():
        connection.register(name, rows)
    try:
        yield
    finally:
        connection.execute("DROP TABLE IF EXISTS temp.published_rows")
        for name in tables:
            connection.unregister(name)


def _numbered(table: PublishedTable) -> list[str]:
    return [f"c{number}" for number in range(len(table.indicators))]


def _explore(connection: DuckDBPyConnection, table: PublishedTable) -> None:
    """Makes published_rows: a row for each area, period and breakdown, one column an indicator."""
    # A breakdown is each filter with what it picks, as `category: Children in Need`.
    filters = " || '; ' || ".join(f"? || ': ' || f{number}" for number in range(len(table.filters)))
    optional = {
        name: name if name in table.cells.column_names else "''"
        for name in PLACE_COLUMNS if name in {"time_identifier", "country_name", "region_name"}
    }
    if optional["time_identifier"] == "''":
        optional["time_identifier"] = "'reporting year'"
    bound: list[Any] = [list(YEARLY), *table.filters]
    statement = _EXPLORE.format(breakdown=filters or "''", cells=", ".join(_numbered(table)), **optional)
    connection.execute(statement, bound)


def _judged(connection: DuckDBPyConnection, table: PublishedTable) -> Inserted:
    """What published_rows comes to; raises PublishedRefused when it cannot be used."""
    measure = ", measure" if table.kind == "lait" else ""
    found = connection.execute(
        "SELECT count(*), count(DISTINCT area_code), min(year), max(year), "
        f"count(DISTINCT (area_code, area_level, year, breakdown{measure})) FROM temp.published_rows"
    ).fetchone()
    rows, areas, first, last, distinct = found or (0, 0, "", "", 0)
    if not rows:
        raise PublishedRefused(f"{table.file} has no rows for England, a region or an authority.")
    if distinct < rows:
        raise PublishedRefused(
            f"{table.file} has two rows for the same area, period and breakdown. Download the data file again."
        )
    left_out = table.cells.num_rows - rows
    sentence = f"{left_out:,} rows of other kinds of area were left out." if left_out else ""
    return Inserted(rows * len(table.indicators), areas, (first, last), sentence)
