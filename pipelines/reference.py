"""The reference tables, read into a version of the warehouse that is being built."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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
    "benchmarks": {"measure": "VARCHAR", "area_code": "VARCHAR", "letters_from": "VARCHAR"},
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

# benchmarks.csv has a column a year, and names its areas by code alone. What is no number is a letter, or LAIT's `-`.
_BENCHMARKS = """
    INSERT INTO main.benchmarks (measure, area_code, area_name, area_kind, year, value, status, source)
    SELECT measure, area_code, areas.name, areas.kind, CAST(year AS INTEGER), TRY_CAST(cell AS DOUBLE),
           CASE WHEN TRY_CAST(cell AS DOUBLE) IS NOT NULL THEN 'ok' WHEN cell = '-' THEN 'x' ELSE cell END,
           CASE WHEN TRY_CAST(cell AS DOUBLE) IS NOT NULL OR cell = '-' THEN 'LAIT' ELSE letters_from END
    FROM (UNPIVOT reference_rows ON COLUMNS(* EXCLUDE (measure, area_code, letters_from)) INTO NAME year VALUE cell)
    LEFT JOIN reference_areas AS areas ON areas.code = area_code
    WHERE cell <> ''
    ORDER BY measure, area_code, year
"""


class ReferenceUnreadable(ValueError):
    """A reference table is missing or is not laid out as this program reads it; the message names the file."""


def refresh_reference(connection: DuckDBPyConnection, reference: Path) -> bool:
    """Whether the reference tables were read, because the version has them not, or from other files.

    Every load asks; reading them costs as much as a small return. Raises ReferenceUnreadable.
    """
    digest = _digest(reference)
    held = connection.execute("SELECT value FROM main.meta WHERE key = 'reference'").fetchone()
    if held == (digest,):
        return False
    load_reference(connection, reference)
    connection.execute("DELETE FROM main.meta WHERE key = 'reference'")
    connection.execute("INSERT INTO main.meta VALUES ('reference', ?)", [digest])
    return True


def _digest(reference: Path) -> str:
    """What tells these files, read as this program reads them, from all others."""
    found = hashlib.sha256(repr((_TABLES, _BENCHMARKS)).encode())
    for table in (*_TABLES, "areas"):
        path = reference / f"{table}.csv"
        try:
            found.update(path.read_bytes())
        except OSError:
            raise ReferenceUnreadable(f"{path} is missing. Take it from the project again.") from None
    return found.hexdigest()


def load_reference(connection: DuckDBPyConnection, reference: Path) -> dict[str, int]:
    """The rows now in each of main.population, benchmarks, neighbours, bank_holidays, measures and printed_figures.

    What they held before is replaced. An empty cell becomes null. Raises ReferenceUnreadable.
    """
    return {table: _fill(connection, table, reference / f"{table}.csv") for table in _TABLES}


def _fill(connection: DuckDBPyConnection, table: str, path: Path) -> int:
    rows = _rows(path, tuple(_TABLES[table]))
    connection.execute(f"DELETE FROM main.{table}")
    if table == "benchmarks":
        areas = _rows(path.parent / "areas.csv", ("code", "name", "kind"))
        with _registered(connection, reference_rows=rows, reference_areas=areas):
            connection.execute(_BENCHMARKS)
    else:
        columns = _TABLES[table]
        cast = ", ".join(f"CAST(nullif({name}, '') AS {kind})" for name, kind in columns.items())
        with _registered(connection, reference_rows=rows):
            connection.execute(f"INSERT INTO main.{table} ({', '.join(columns)}) SELECT {cast} FROM reference_rows")
    return int((connection.execute(f"SELECT count(*) FROM main.{table}").fetchone() or (0,))[0])


def _rows(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    try:
        rows = list(read_table(path))
    except OSError:
        raise ReferenceUnreadable(f"{path} is missing. Take it from the project again.") from None
    if not rows or not set(columns) <= rows[0].keys():
        wanted = ", ".join(columns)
        raise ReferenceUnreadable(f"{path} does not have the columns {wanted}. Take it from the project again.")
    return rows


@contextmanager
def _registered(connection: DuckDBPyConnection, **tables: list[dict[str, str]]) -> Iterator[None]:
    """The tables, all text, by name on the connection."""
    import pyarrow

    for name, rows in tables.items():
        connection.register(name, pyarrow.table({column: [row[column] for row in rows] for column in rows[0]}))
    try:
        yield
    finally:
        for name in tables:
            connection.unregister(name)
