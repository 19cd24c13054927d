"""The reference tables, read into a version of the warehouse that is being built."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from returns.codes import read_table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Each table of the warehouse with its file and its columns, in the file's names and the warehouse's types.
_TABLES: dict[str, dict[str, str]] = {
    "population": {
        "area_code": "VARCHAR", "area_name": "VARCHAR", "year": "INTEGER", "age_band": "VARCHAR",
        "population": "BIGINT", "status": "VARCHAR",
    },
    "benchmarks": {
        "measure": "VARCHAR", "area_code": "VARCHAR", "area_name": "VARCHAR", "area_kind": "VARCHAR", "year": "INTEGER",
        "value": "DOUBLE", "status": "VARCHAR", "source": "VARCHAR",
    },
    "neighbours": {
        "area_code": "VARCHAR", "set_year": "INTEGER", "rank": "INTEGER", "neighbour_code": "VARCHAR",
        "neighbour_number": "INTEGER", "neighbour_name": "VARCHAR", "closeness": "VARCHAR",
    },
    "bank_holidays": {"day": "DATE", "name": "VARCHAR"},
    "measures": {
        "measure": "VARCHAR", "title": "VARCHAR", "unit": "VARCHAR", "better": "VARCHAR", "decimals": "INTEGER",
        "year_type": "VARCHAR", "owner": "VARCHAR", "publication": "VARCHAR", "link": "VARCHAR", "last_update": "DATE",
        "next_update": "DATE",
    },
    "printed_figures": {
        "source": "VARCHAR", "area_code": "VARCHAR", "measure": "VARCHAR", "period": "VARCHAR",
        "breakdown": "VARCHAR", "role": "VARCHAR", "value": "DOUBLE", "unit": "VARCHAR", "rate_of": "VARCHAR",
        "count": "DOUBLE", "base": "DOUBLE",
    },
}


class ReferenceUnreadable(ValueError):
    """A reference table is missing or is not laid out as this program reads it; the message names the file."""


def load_reference(connection: DuckDBPyConnection, reference: Path) -> dict[str, int]:
    """The rows now in each of main.population, benchmarks, neighbours, bank_holidays, measures and printed_figures.

    What they held before is replaced. An empty cell becomes null. Raises ReferenceUnreadable.
    """
    return {table: _fill(connection, table, reference / f"{table}.csv") for table in _TABLES}


def _fill(connection: DuckDBPyConnection, table: str, path: Path) -> int:
    import pyarrow

    columns = _TABLES[table]
    try:
        rows = list(read_table(path))
    except OSError:
        raise ReferenceUnreadable(f"{path} is missing. Take it from the project again.") from None
    if not rows or not columns.keys() <= rows[0].keys():
        wanted = ", ".join(columns)
        raise ReferenceUnreadable(f"{path} does not have the columns {wanted}. Take it from the project again.")
    frame = pyarrow.table({name: [row[name] for row in rows] for name in columns})
    cast = ", ".join(f"CAST(nullif({name}, '') AS {kind})" for name, kind in columns.items())
    connection.register("reference_rows", frame)
    try:
        connection.execute(f"DELETE FROM main.{table}")
        connection.execute(f"INSERT INTO main.{table} ({', '.join(columns)}) SELECT {cast} FROM reference_rows")
    finally:
        connection.unregister("reference_rows")
    return len(rows)
