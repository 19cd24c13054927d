"""Derived columns, and what is known now: computed by SQL over the rows as reported, whenever a version is built.

`reported.X` holds the rows of every submission that stands. Its derived columns say what could be known from
the extracts up to that submission's own, whatever came later. `known.X` holds one row an event: the latest
submission that carries it wins; an event that a later extract should carry and does not has been withdrawn by
its sender and is left out. Both depend only on which submissions stand, never on the order of loading.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from pipelines import contacts_received
from pipelines.derivation import BASES, digest, looked_at, rests_on
from pipelines.derived_columns import LOOKED_UP_BY_REFERENCE, derived
from pipelines.derived_sql import Basis
from returns.events import TABLES, EventTable, tables
from returns.tables_of_the_data import MADE_WITH_A_VERSION
from warehouse.schema import TYPES, stored_columns

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Tables that no return's rows fill.
_MADE_OTHERWISE = frozenset({contacts_received.NAME}) | MADE_WITH_A_VERSION

# Annex A carries the events of the six months before the extract.
MONTHS_CARRIED = 6
# Two extracts leave no gap when the second's first event comes within this many days of the first's end:
# a small authority may have no referral for a week.
QUIET_DAYS = 14

# `place` puts all submissions that stand in one order, latest extract last.
_STANDING = """
CREATE OR REPLACE TEMP TABLE standing AS
SELECT id, return_name, agency, period, extracted,
       row_number() OVER (ORDER BY extracted, period, id) AS place,
       row_number() OVER (PARTITION BY return_name, agency ORDER BY extracted DESC, period DESC, id DESC) = 1 AS is_last
FROM main.submissions WHERE status = 'accepted'
"""

# What each submission covers of a table: from six months before the extract, or from its earliest event where it
# reaches back less. `history_from` chains back over the sender's earlier extracts for as long as none is missing.
_EXTENTS = """
CREATE OR REPLACE TEMP TABLE extents_{table} AS
WITH firsts AS (
    SELECT r.submission_id, min({covered}) AS first_event FROM reported.{table} r GROUP BY r.submission_id
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

# One line an event: the row that was sent of it last, since when it has been held, and the extract that dropped it.
# Only the row's place in `reported` is kept: the tables are wide and are copied no oftener than they must be.
_EVENTS = """
CREATE OR REPLACE TEMP TABLE events_{table} AS
WITH latest AS (
    SELECT r.agency, {key}, max(s.place) AS place, arg_max(r.rowid, s.place) AS latest_row,
           {child}arg_max({covered}, s.place) AS covered,
           min(r.period) AS first_period, min(r.extract_date) AS held_from
    FROM reported.{table} r JOIN standing s ON s.id = r.submission_id GROUP BY r.agency, {key}
)
SELECT latest.*, {gone_on} AS gone_on FROM latest JOIN standing s ON s.place = latest.place
"""

_GONE_ON = """(
    SELECT min(later.extracted) FROM extents_{table} later
    WHERE later.return_name = s.return_name AND later.agency = latest.agency
      AND later.place > latest.place AND later.covers_from <= latest.covered
)"""


def derive(connection: DuckDBPyConnection, *, changed: Collection[str] | None = None) -> None:
    """Every derived column of `reported`, and all of `known`, are those of the submissions that stand now.

    `changed` are the returns of which a submission has come to stand, or stands no more, since the version was last
    derived: what rests on no other return is left as it is. None where that is not known: all is made anew.
    """
    connection.execute(_STANDING)
    with_rows = _with_rows(connection)
    stale = [table for table in tables() if rests_on(table, changed)]
    filled = [table for table in stale if table.name in with_rows and table.name not in _MADE_OTHERWISE]
    receiving = not with_rows.isdisjoint({"contacts", "front_door_contacts", contacts_received.NAME}) and any(
        table.name == contacts_received.NAME for table in stale
    )
    looking = [*filled, TABLES[contacts_received.NAME]] if receiving else filled
    events = looked_at(looking, "events_")
    _prepare(connection, events, {table.name for table in filled} | events | looked_at(looking, "extents_"))
    # All that is reported comes before anything known; and visits, reviews and placements before the plans and
    # periods of care that look their latest up.
    for table in filled:
        if derived(table, "reported"):
            _fill(connection, table, "reported")
    for table in sorted(filled, key=lambda each: bool(derived(each, "known"))):
        if table.name not in events or derived(table, "reported"):  # made anew, its rows are in other places
            _gather(connection, table)
        _fill(connection, table, "known")
    if receiving:
        for basis in BASES:
            contacts_received.fill(connection, basis)


def derivation() -> str:
    """A short hash of how everything is derived."""
    return digest(_STANDING, _EXTENTS, _EVENTS, _GONE_ON, f"{MONTHS_CARRIED} {QUIET_DAYS}")


def _prepare(connection: DuckDBPyConnection, events: Collection[str], extents: Collection[str]) -> None:
    """The temporary tables of these names, which derived columns look at."""
    for table in tables():
        if table.covered and table.name in extents:
            connection.execute(_EXTENTS.format(
                table=table.name, covered=_covered(table), months=MONTHS_CARRIED, quiet=QUIET_DAYS,
            ))
        if table.name in events and table.name not in _MADE_OTHERWISE:
            _gather(connection, table)
    if contacts_received.NAME in {*events, *extents}:
        contacts_received.gather(connection, quiet_days=QUIET_DAYS)


def _with_rows(connection: DuckDBPyConnection) -> set[str]:
    """The tables with rows on either basis: a statement costs as much for an empty table as for a full one."""
    asked = " UNION ALL ".join(
        f"SELECT '{table.name}' WHERE EXISTS (FROM reported.{table.name}) OR EXISTS (FROM known.{table.name})"
        for table in tables()
    )
    return {str(row[0]) for row in connection.execute(asked).fetchall()}


def _covered(table: EventTable) -> str:
    """The date by which an extract's window is judged."""
    if table.dated is None:
        return "CAST(NULL AS DATE)"
    return f"coalesce(r.{table.covered_by}, r.{table.dated})" if table.covered_by else f"r.{table.dated}"


def _gather(connection: DuckDBPyConnection, table: EventTable) -> None:
    gone_on = _GONE_ON.format(table=table.name) if table.covered else "CAST(NULL AS DATE)"
    key = ", ".join(f"r.{name}" for name in table.key)
    # Where the key is a reference of its own, the child that the event is about goes with it.
    child = "arg_max(r.child_id, s.place) AS child_id, " if table.name in LOOKED_UP_BY_REFERENCE else ""
    connection.execute(
        _EVENTS.format(table=table.name, key=key, child=child, covered=_covered(table), gone_on=gone_on)
    )


def _fill(connection: DuckDBPyConnection, table: EventTable, basis: Basis) -> None:
    """The table on the basis, made anew with its derived columns."""
    found = derived(table, basis)
    expressions = dict(found.columns) if found else {}
    if basis == "known":
        expressions["first_period"] = "e.first_period"
    chosen = ", ".join(
        f"CAST({expressions[column.name]} AS {TYPES[column.type]}) AS {column.name}"
        if column.name in expressions else f"r.{column.name}"
        for column in stored_columns(basis, table)
    )
    latest = (
        f"JOIN events_{table.name} e ON e.latest_row = r.rowid AND e.gone_on IS NULL "
        "JOIN standing s ON s.id = r.submission_id"
    )
    connection.execute(
        f"CREATE OR REPLACE TABLE {basis}.{table.name} AS SELECT {chosen} FROM reported.{table.name} r "
        f"{latest if basis == 'known' else ''} {found.joins if found else ''}"
    )
