"""Contacts received: those of the front-door log where it is sent, and List 1's for the days that no log covers.

The table is filled by no return of its own. A contact of the log is counted as List 1 counts one: a child, a day
and a source, however many forms came about it. List 1 gives way only to a log of the same sender.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.derived_columns import derived
from pipelines.derived_sql import Basis
from returns.event_table import SOURCE
from returns.events import TABLES
from returns.referring_agencies import SOURCE_OF_AGENCY
from warehouse.schema import TYPES, stored_columns

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NAME = "contacts_received"

_SOURCE_OF = " ".join(f"WHEN '{agency}' THEN '{source}'" for agency, source in SOURCE_OF_AGENCY.items())
SOURCE_GROUP = f"CASE r.referring_agency_group {_SOURCE_OF} END"

# What each sender's log and List 1 cover taken together: `history_from` reaches back over both.
_EXTENTS = """
CREATE OR REPLACE TEMP TABLE extents_contacts_received AS
WITH carried AS (
    SELECT submission_id, agency, place, extracted, covers_from FROM extents_contacts
    UNION ALL SELECT submission_id, agency, place, extracted, covers_from FROM extents_front_door_contacts
), gaps AS (
    SELECT *, coalesce(covers_from > max(extracted) OVER (
        PARTITION BY agency ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) + {quiet}, true) AS begins FROM carried
), chains AS (
    SELECT *, sum(begins::INTEGER) OVER (PARTITION BY agency ORDER BY place) AS chain FROM gaps
)
SELECT *, min(covers_from) OVER (PARTITION BY agency, chain ORDER BY place) AS history_from FROM chains
"""

# A contact of List 1 is no longer held once a log covers its day.
_EVENTS = """
CREATE OR REPLACE TEMP TABLE events_contacts_received AS
SELECT e.agency, e.child_id, e.covered, e.held_from, e.gone_on FROM events_front_door_contacts e
UNION ALL
SELECT e.agency, e.child_id, e.covered, e.held_from, least(e.gone_on, (
    SELECT min(x.extracted) FROM extents_front_door_contacts x
    WHERE x.agency = e.agency AND e.covered BETWEEN x.covers_from AND x.extracted
)) AS gone_on
FROM events_contacts e
"""

_TABLE = """
CREATE OR REPLACE TABLE {basis}.contacts_received AS
WITH both_kinds AS (
    SELECT {carried}, replace(r.unread, 'referring_agency', 'source') AS unread, r.child_id, r.received,
           CAST(NULL AS VARCHAR) AS source, {source_group} AS source_group, r.age_band, true AS from_log
    FROM {basis}.front_door_contacts r
    UNION ALL BY NAME
    SELECT {carried}, r.unread, r.child_id, r.received, r.source, r.source_group, r.age_band, false AS from_log
    FROM {basis}.contacts r
    WHERE NOT EXISTS (
        FROM extents_front_door_contacts x JOIN standing s ON s.id = x.submission_id
        WHERE x.agency = r.agency AND r.received BETWEEN x.covers_from AND x.extracted {same_period}
    )
), r AS (
    FROM both_kinds QUALIFY row_number() OVER (
        PARTITION BY agency, {apart}child_id, received, source_group
        ORDER BY from_log DESC, submission_id, source_row
    ) = 1
)
SELECT {chosen} FROM r
"""

SQL = f"{_EXTENTS} {_EVENTS} {_TABLE} {SOURCE_GROUP}"
"""How the table is made, whatever the basis."""


def gather(connection: DuckDBPyConnection, *, quiet_days: int) -> None:
    """The temporary tables by which contacts are looked up; those of the log and List 1 must be there."""
    connection.execute(_EXTENTS.format(quiet=quiet_days))
    connection.execute(_EVENTS)


def fill(connection: DuckDBPyConnection, basis: Basis) -> None:
    """The table on the basis; that of the log and of List 1 must be there, their derived columns filled."""
    table = TABLES[NAME]
    found = derived(table, basis)
    assert found is not None
    columns = stored_columns(basis, table)
    plain = {column.name for column in SOURCE if column.name != "unread"}
    if basis == "known":
        plain.add("first_period")
    connection.execute(_TABLE.format(
        basis=basis, source_group=SOURCE_GROUP,
        carried=", ".join(f"r.{column.name}" for column in columns if column.name in plain),
        # As reported, a quarter's List 1 gives way to the log sent for the same quarter alone.
        same_period="AND s.period = r.period" if basis == "reported" else "",
        apart="period, " if basis == "reported" else "",
        chosen=", ".join(
            f"CAST({found.columns.get(column.name, f'r.{column.name}')} AS {TYPES[column.type]}) AS {column.name}"
            for column in columns
        ),
    ))
