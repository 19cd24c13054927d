"""Derived columns, and what is known now: computed by SQL over the rows as reported, whenever a version is built.

`reported.X` holds the rows of every submission that stands. Its derived columns say what could be known from
the extracts up to that submission's own, whatever came later. `known.X` holds one row an event: the latest
submission that carries it wins; an event that a later extract should carry and does not has been withdrawn by
its sender and is left out. Both depend only on which submissions stand, never on the order of loading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.derived_columns import LOOKED_UP, Basis, derived
from returns.events import EventTable, tables

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Annex A carries the events of the six months before the extract.
MONTHS_CARRIED = 6
# Two extracts leave no gap when the second's first event comes within this many days of the first's end:
# a small authority may have no referral for a week.
QUIET_DAYS = 14

_STANDING = """
CREATE OR REPLACE TEMP TABLE standing AS
SELECT id, return_name, agency, period, extracted,
       row_number() OVER sender AS place,
       row_number() OVER (PARTITION BY return_name, agency ORDER BY extracted DESC, period DESC, id DESC) = 1 AS is_last
FROM main.submissions WHERE status IN ('accepted', 'nil')
WINDOW sender AS (PARTITION BY return_name, agency ORDER BY extracted, period, id)
"""

# What each submission covers of a table: from six months before the extract, or from its earliest event where it
# reaches back less. `history_from` chains back over the sender's earlier extracts for as long as none is missing.
_EXTENTS = """
CREATE OR REPLACE TEMP TABLE {extents} AS
WITH firsts AS (
    SELECT r.submission_id, min({dated}) AS first_event FROM reported.{table} r GROUP BY r.submission_id
), carried AS (
    SELECT s.id AS submission_id, s.return_name, s.agency, s.place, s.extracted,
           greatest(CAST(s.extracted - INTERVAL {months} MONTH AS DATE), f.first_event) AS covers_from
    FROM firsts f JOIN standing s ON s.id = f.submission_id WHERE f.first_event IS NOT NULL
), gaps AS (
    SELECT *, coalesce(covers_from > max(extracted) OVER (
        PARTITION BY return_name, agency ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) + {quiet}, true) AS begins FROM carried
), chains AS (
    SELECT *, sum(begins::INTEGER) OVER (PARTITION BY return_name, agency ORDER BY place) AS chain FROM gaps
)
SELECT *, min(covers_from) OVER (PARTITION BY return_name, agency, chain ORDER BY place) AS history_from FROM chains
"""

# One row an event: the latest that was sent of it, since when it has been held, and the extract that dropped it.
_EVENTS = """
CREATE OR REPLACE TEMP TABLE {events} AS
WITH carried AS (
    SELECT r.*, s.place, s.return_name, s.is_last,
           min(r.period) OVER event AS first_period, min(r.extract_date) OVER event AS held_from,
           row_number() OVER (event ORDER BY r.extract_date DESC, r.period DESC, r.submission_id DESC, r.source_row)
               AS newness
    FROM reported.{table} r JOIN standing s ON s.id = r.submission_id
    WINDOW event AS (PARTITION BY r.agency, {key})
), latest AS (SELECT * EXCLUDE (newness) FROM carried WHERE newness = 1)
SELECT latest.*, {gone_on} AS gone_on FROM latest
"""

_GONE_ON = """(
    SELECT min(later.extracted) FROM {extents} later
    WHERE later.return_name = latest.return_name AND later.agency = latest.agency
      AND later.place > latest.place AND later.covers_from <= {dated}
)"""


def derive(connection: DuckDBPyConnection) -> None:
    """Every derived column of `reported`, and all of `known`, are those of the submissions that stand now."""
    connection.execute(_STANDING)
    for table in tables():
        if table.covered:
            connection.execute(_EXTENTS.format(
                extents=f"extents_{table.name}", table=table.name, dated=_covered_date(table, "r"),
                months=MONTHS_CARRIED, quiet=QUIET_DAYS,
            ))
    filled = _with_rows(connection)
    for table in tables():
        if table.name in filled or table.name in LOOKED_UP:
            _gather(connection, table)
    # Visits, reviews and placements come first: plans and periods of care look their latest up there.
    for table in sorted(tables(), key=lambda each: bool(derived(each, "known"))):
        if table.name in filled:
            _fill_reported(connection, table)
            _fill_known(connection, table)


def _with_rows(connection: DuckDBPyConnection) -> set[str]:
    """The tables with rows on either basis: a statement costs as much for an empty table as for a full one."""
    asked = " UNION ALL ".join(
        f"SELECT '{table.name}' WHERE EXISTS (FROM reported.{table.name}) OR EXISTS (FROM known.{table.name})"
        for table in tables()
    )
    return {str(row[0]) for row in connection.execute(asked).fetchall()}


def _covered_date(table: EventTable, alias: str) -> str:
    """The date by which an extract's window is judged."""
    plain = f"{alias}.{table.dated}"
    return f"coalesce({alias}.{table.covered_by}, {plain})" if table.covered_by else plain


def _gather(connection: DuckDBPyConnection, table: EventTable) -> None:
    gone_on = "CAST(NULL AS DATE)"
    if table.covered:
        gone_on = _GONE_ON.format(extents=f"extents_{table.name}", dated=_covered_date(table, "latest"))
    connection.execute(_EVENTS.format(
        events=f"events_{table.name}", table=table.name, key=", ".join(f"r.{name}" for name in table.key),
        gone_on=gone_on,
    ))


def _fill_reported(connection: DuckDBPyConnection, table: EventTable) -> None:
    found = derived(table, "reported")
    if found is None:
        return
    stored = [column.name for column in table.all_columns()]
    connection.execute(f"CREATE OR REPLACE TEMP TABLE rewritten AS {_select(table, 'reported', stored)}")
    connection.execute(f"DELETE FROM reported.{table.name}")
    connection.execute(f"INSERT INTO reported.{table.name} BY NAME SELECT * FROM rewritten")
    connection.execute("DROP TABLE rewritten")


def _fill_known(connection: DuckDBPyConnection, table: EventTable) -> None:
    stored = [*(column.name for column in table.all_columns()), "first_period"]
    connection.execute(f"DELETE FROM known.{table.name}")
    connection.execute(f"INSERT INTO known.{table.name} BY NAME {_select(table, 'known', stored)}")


def _select(table: EventTable, basis: Basis, stored: list[str]) -> str:
    """The rows of the table on the basis, its derived columns computed."""
    found = derived(table, basis)
    expressions = found.columns if found else {}
    columns = ", ".join(f"{expressions.get(name, f'r.{name}')} AS {name}" for name in stored)
    source = f"reported.{table.name}" if basis == "reported" else f"events_{table.name}"
    joins = found.joins if found else ""
    kept = "WHERE r.gone_on IS NULL" if basis == "known" else ""
    return f"SELECT {columns} FROM {source} r {joins} {kept} ORDER BY r.submission_id, r.sheet, r.source_row"
