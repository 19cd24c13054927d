"""A batch: changes to the warehouse and lines of the ledger that are made together, or not at all.

The next version is begun when something first needs it, so that a batch that changes nothing makes none.
The ledger's lines are written once the version is whole on the disk and before readers see it: a load killed
in between leaves the old version and a ledger ahead of it, and the next batch catches up (replay.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from returns.places import Places
from warehouse import store
from warehouse.ledger import Event, Ledger, SubmissionRecord, fold

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

STANDING = ("accepted", "nil")
_SHOWN = (*STANDING, "superseded", "retracted")

_AS_THEY_ARE = (
    "id", "return_name", "agency", "period", "file", "sheet", "edition", "status", "rows_read", "rows_accepted",
    "rows_held", "sha256", "supersedes", "ledger_event",
)
_FILL_SUBMISSIONS = (
    "INSERT INTO main.submissions BY NAME SELECT * REPLACE "
    "(CAST(extracted AS DATE) AS extracted, CAST(received_at AS TIMESTAMP) AS received_at) FROM standing"
)


@dataclass
class Batch:
    """What is being changed. Made by `batch()`, which holds the lock."""

    places: Places
    ledger: Ledger
    from_scratch: bool
    stack: ExitStack
    events: list[Event]
    pending: list[Event] = field(default_factory=list)
    _builder: store.Builder | None = None

    @property
    def builder(self) -> store.Builder:
        """The version being built, begun on first use."""
        if self._builder is None:
            self._builder = self.stack.enter_context(store.build(self.places, from_scratch=self.from_scratch))
            load_reference_tables(self._builder.connection, self.places)
        return self._builder

    @property
    def changes_warehouse(self) -> bool:
        """Whether a version is being built."""
        return self._builder is not None

    def line(self, kind: str, submission: str | None = None, **payload: Any) -> int:
        """The number that the line will have in the ledger. Nothing else writes to it while the lock is held."""
        number = max((event.event_id for event in (*self.events[-1:], *self.pending[-1:])), default=0) + 1
        self.pending.append(Event(number, now(), kind, submission, payload))
        return number

    def records(self) -> list[SubmissionRecord]:
        """Every submission as it stands with this batch's lines."""
        return fold([*self.events, *self.pending])

    def standing(self, return_name: str, agency: str, period: str) -> SubmissionRecord | None:
        """The submission that now counts for this return, agency and period, or None."""
        wanted = (return_name, agency, period)
        found = [r for r in self.records() if r.status in STANDING and (r.return_name, r.agency, r.period) == wanted]
        return found[-1] if found else None

    def _write_ledger(self) -> int:
        numbers = self.ledger.append_all((e.kind, e.submission, e.payload) for e in self.pending)
        return numbers[-1] if numbers else self.ledger.position()


@contextmanager
def batch(places: Places, *, from_scratch: bool = False) -> Iterator[Batch]:
    """A batch, made whole when the block ends without an error. Raises LoadRunning when another load holds the lock."""
    from pipelines.derive import derivation, derive
    from pipelines.the_data_themselves import fill

    with store.exclusive(places), ExitStack() as stack:
        events = list(Ledger(places).events())
        # Nothing else writes to the ledger while the lock is held, and this batch at its end.
        made = Batch(places, Ledger(places, lines=tuple(events)), from_scratch, stack, events)
        yield made
        if made.changes_warehouse:
            connection = made.builder.connection
            before = _counting(connection)
            write_submissions(connection, [*made.events, *made.pending])
            changed = {return_name for _id, return_name in before ^ _counting(connection)}
            derive(connection, changed=changed if made.builder.meta("derivation") == derivation() else None)
            made.builder.set_meta("derivation", derivation())
            shown = any(event.kind == "demo" for event in (*made.events, *made.pending))
            fill(connection, made.records(), places, demonstration=shown)
            made.builder.set_meta("demonstration", int(shown))
            made.builder.before_swap(made._write_ledger)
        elif made.pending:
            made._write_ledger()


def _counting(connection: DuckDBPyConnection) -> set[tuple[str, str]]:
    """Each submission whose rows count, with its return, as the version being built says."""
    return set(connection.execute("SELECT id, return_name FROM main.submissions WHERE status = 'accepted'").fetchall())


def write_submissions(connection: DuckDBPyConnection, events: list[Event]) -> None:
    """`main.submissions` is every submission that was ever accepted, as the ledger says it stands."""
    received = {e.submission: e.payload.get("received_at") for e in events if e.kind == "received"}
    connection.execute("DELETE FROM main.submissions")
    lines = [_line(record, received) for record in fold(events) if record.status in _SHOWN]
    if not lines:
        return
    import pyarrow as pa

    # One statement: DuckDB is slow row by row, and every load writes every submission there has been.
    connection.register("standing", pa.table({name: [line[name] for line in lines] for name in lines[0]}))
    try:
        connection.execute(_FILL_SUBMISSIONS)
    finally:
        connection.unregister("standing")


def _line(record: SubmissionRecord, received: Mapping[str | None, Any]) -> dict[str, Any]:
    # A nil return counts as one with no rows: figures are 0, not missing.
    status = "accepted" if record.status == "nil" else record.status
    plain = {name: getattr(record, name) for name in (*_AS_THEY_ARE, "extracted")}
    return plain | {"status": status, "received_at": received.get(record.id)}


def load_reference_tables(connection: DuckDBPyConnection, places: Places) -> None:
    """Population, benchmarks, neighbours and bank holidays in the version are those of the reference folder."""
    from pipelines.reference import refresh_reference

    refresh_reference(connection, places.reference)


def now() -> str:
    """The moment, in universal time, as the ledger writes it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def today() -> date:
    """The day of receipt."""
    return datetime.now(UTC).date()
