"""The warehouse's tables, made by numbered changes.

`reported` holds every event table as each quarter's accepted submission gave it; `known` holds one row an
event as now known, with `first_period` (the period of the submission that first carried it). Tables of
the warehouse's own are in `main`.

A version records which changes it has had. An older one is read as it is and brought up to date by the
next build; a newer one is refused. Add a change at the end, never edit one that a release carried. The event
tables are declared in returns/events.py: a new table or column there needs a change too (`align_event_tables`
does the work), so that an edition of the program which does not know it refuses the version.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from returns.events import Column, EventTable, tables
from warehouse.problems import WarehouseTooNew, WarehouseTooOld

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TYPES = {
    "text": "VARCHAR",
    "date": "DATE",
    "timestamp": "TIMESTAMP",  # UTC, without a zone
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
}

FIRST_PERIOD = Column("first_period", "text", "The period of the submission that first carried the event")

_NAME = re.compile(r"[a-z][a-z0-9_]*")

# Tables of the warehouse's own, in `main`. No table has a uniqueness constraint: DuckDB checks
# them too eagerly for a row that is deleted and put back in one transaction.
_OWN_TABLES = """
CREATE TABLE main.submissions (
    id VARCHAR NOT NULL, return_name VARCHAR NOT NULL, agency VARCHAR NOT NULL, period VARCHAR NOT NULL,
    extracted DATE, file VARCHAR, sheet VARCHAR, edition VARCHAR, status VARCHAR NOT NULL,
    rows_read BIGINT NOT NULL, rows_accepted BIGINT NOT NULL, rows_held BIGINT NOT NULL,
    received_at TIMESTAMP, sha256 VARCHAR, supersedes VARCHAR, ledger_event BIGINT);
CREATE TABLE main.findings (
    submission_id VARCHAR NOT NULL, code VARCHAR NOT NULL, severity VARCHAR NOT NULL,
    sheet VARCHAR, source_row BIGINT, column_name VARCHAR);
CREATE TABLE main.held_rows (
    submission_id VARCHAR NOT NULL, sheet VARCHAR, source_row BIGINT NOT NULL, codes VARCHAR NOT NULL,
    row_hash VARCHAR NOT NULL, readable VARCHAR, readable_hash VARCHAR);
CREATE TABLE main.column_quality (
    submission_id VARCHAR NOT NULL, sheet VARCHAR, field VARCHAR NOT NULL, header VARCHAR, required BOOLEAN NOT NULL,
    cells BIGINT NOT NULL, filled BIGINT NOT NULL, blanked BIGINT NOT NULL);
CREATE TABLE main.population (
    area_code VARCHAR NOT NULL, area_name VARCHAR, year INTEGER NOT NULL, age_band VARCHAR NOT NULL,
    population BIGINT NOT NULL, status VARCHAR);
CREATE TABLE main.benchmarks (
    measure VARCHAR NOT NULL, area_code VARCHAR NOT NULL, area_name VARCHAR, area_kind VARCHAR,
    year INTEGER NOT NULL, value DOUBLE, status VARCHAR, source VARCHAR);
CREATE TABLE main.neighbours (
    area_code VARCHAR NOT NULL, set_year INTEGER NOT NULL, rank INTEGER NOT NULL, neighbour_code VARCHAR NOT NULL,
    neighbour_number INTEGER, neighbour_name VARCHAR, closeness VARCHAR);
CREATE TABLE main.bank_holidays (day DATE NOT NULL, name VARCHAR);
CREATE TABLE main.published (
    source VARCHAR NOT NULL, measure VARCHAR NOT NULL, area_code VARCHAR, area_name VARCHAR, area_level VARCHAR,
    year VARCHAR, breakdown VARCHAR, value DOUBLE, status VARCHAR);
CREATE TABLE main.published_files (
    source VARCHAR NOT NULL, file VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, rows BIGINT NOT NULL);
CREATE TABLE main.measures (
    measure VARCHAR NOT NULL, title VARCHAR, unit VARCHAR, better VARCHAR, decimals INTEGER, year_type VARCHAR,
    owner VARCHAR, publication VARCHAR, link VARCHAR, last_update DATE, next_update DATE);
CREATE TABLE main.meta (key VARCHAR NOT NULL, value VARCHAR);
"""

_PRINTED_FIGURES = """
CREATE TABLE main.printed_figures (
    source VARCHAR NOT NULL, area_code VARCHAR, measure VARCHAR NOT NULL, period VARCHAR NOT NULL, breakdown VARCHAR,
    role VARCHAR NOT NULL, value DOUBLE, unit VARCHAR, rate_of VARCHAR, count DOUBLE, base DOUBLE);
"""


@dataclass(frozen=True)
class Change:
    """One numbered change to the schema, and why it was made."""

    number: int
    why: str
    shape: str
    """The digest of the declared event tables (`shape_digest`) once this change is made."""
    apply: Callable[[DuckDBPyConnection], None]


def stored_columns(schema: str, table: EventTable) -> tuple[Column, ...]:
    """The columns of `schema.table`, in the order in which a new table has them."""
    return (*table.all_columns(), FIRST_PERIOD) if schema == "known" else table.all_columns()


def align_event_tables(connection: DuckDBPyConnection) -> None:
    """Every table and column of returns/events.py is there; what was there keeps its rows, and new cells are empty."""
    present: dict[tuple[str, str], set[str]] = {}
    for schema, table_name, column_name in connection.execute(
        "SELECT schema_name, table_name, column_name FROM duckdb_columns() WHERE schema_name IN ('reported', 'known')"
    ).fetchall():
        present.setdefault((schema, table_name), set()).add(column_name)
    for schema in ("reported", "known"):
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        for table in tables():
            stored = f"{schema}.{_quoted(table.name)}"
            defined = {column.name: f"{_quoted(column.name)} {TYPES[column.type]}"
                       for column in stored_columns(schema, table)}
            held = present.get((schema, table.name))
            if held is None:
                connection.execute(f"CREATE TABLE {stored} ({', '.join(defined.values())})")
                continue
            for name in sorted(defined.keys() - held):
                connection.execute(f"ALTER TABLE {stored} ADD COLUMN {defined[name]}")


def _quoted(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} cannot name a table or a column: use small letters, digits and _")
    return f'"{name}"'


def _first_tables(connection: DuckDBPyConnection) -> None:
    connection.execute(_OWN_TABLES)
    align_event_tables(connection)


def _printed_figures(connection: DuckDBPyConnection) -> None:
    connection.execute(_PRINTED_FIGURES)


CHANGES: tuple[Change, ...] = (
    Change(
        1,
        "The tables of Annex A, the aggregate return and published statistics",
        "b6b90c2e0baec178",
        _first_tables,
    ),
    Change(
        2,
        "Figures that the partnerships printed in their own reports",
        "b6b90c2e0baec178",
        _printed_figures,
    ),
)


def latest() -> int:
    """The number of the last change that this program knows."""
    return CHANGES[-1].number


def schema_version(connection: DuckDBPyConnection) -> int:
    """The number of the last change that the open version has had; 0 for an empty file."""
    known = connection.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'main' AND table_name = 'schema_version'"
    ).fetchone()
    if not known or not known[0]:
        return 0
    row = connection.execute("SELECT coalesce(max(number), 0) FROM main.schema_version").fetchone()
    return int(row[0]) if row else 0


def refuse_newer(found: int, number: int | None) -> None:
    """Raises WarehouseTooNew when version `number` has had changes that this program does not know."""
    if found > latest():
        raise WarehouseTooNew(
            f"Version {number} of the warehouse was made by a later edition of this program (its tables have had "
            f"{found} changes; this edition knows {latest()}). Update the program, or go back to an earlier version "
            "with `python -m warehouse versions` and `python -m warehouse use N`."
        )


def is_up_to_date(connection: DuckDBPyConnection) -> bool:
    """Whether the open version has the tables and columns that this program reads: an earlier edition's has not."""
    made_with = connection.execute("SELECT value FROM main.meta WHERE key = 'shape'").fetchone()
    return made_with == (shape_digest(),) and schema_version(connection) == latest()


def too_old(number: int) -> WarehouseTooOld:
    """The sentence for a current version that is not up to date."""
    return WarehouseTooOld(
        f"Version {number} of the warehouse was made by an earlier edition of this program, whose tables were others. "
        "Close the dashboard and start it again with `python run.py`, or run `python -m pipelines rebuild`: it is made "
        "again from the files received, and nothing that was sent is lost."
    )


def upgrade(connection: DuckDBPyConnection, *, number: int | None = None) -> list[int]:
    """The numbers of the changes applied, in order, to bring the open version up to date."""
    found = schema_version(connection)
    refuse_newer(found, number)
    pending = [change for change in CHANGES if change.number > found]
    if found == 0:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS main.schema_version (number INTEGER NOT NULL, applied_at TIMESTAMP)"
        )
    for change in pending:
        change.apply(connection)
        now = datetime.now(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")
        connection.execute(f"INSERT INTO main.schema_version VALUES ({change.number:d}, TIMESTAMP '{now}')")
    digest = shape_digest()
    if connection.execute("SELECT value FROM main.meta WHERE key = 'shape'").fetchall() != [(digest,)]:
        align_event_tables(connection)
        connection.execute("DELETE FROM main.meta WHERE key = 'shape'")
        connection.execute(f"INSERT INTO main.meta VALUES ('shape', '{digest}')")
    return [change.number for change in pending]


def declared_shape() -> Iterator[str]:
    """One line a column of every declared event table, in a settled order."""
    for table in tables():
        for column in table.all_columns():
            yield f"{table.name}.{column.name} {column.type}"


def shape_digest() -> str:
    """A short hash of the declared event tables: a test holds it beside the latest change's number."""
    return hashlib.sha256("\n".join(sorted(declared_shape())).encode()).hexdigest()[:16]
