"""What a data folder holds, in a few figures: for `info`, and for whoever is asked for help."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from returns.events import tables
from returns.places import Places
from warehouse.ledger import Ledger
from warehouse.problems import LedgerTooNew, LedgerUnavailable
from warehouse.reading import Reader, reader
from warehouse.schema import too_old
from warehouse.store import behind
from warehouse.versions import current_version, version_file


@dataclass(frozen=True)
class TableCount:
    """Rows of one event table: as first reported, and as now known."""

    name: str
    title: str
    reported: int
    known: int


@dataclass(frozen=True)
class Description:
    """The current version and the ledger. `version` is None when nothing was ever loaded."""

    data: str
    version: int | None
    made_at: str | None
    program: str | None
    bytes: int
    schema_version: int | None
    demonstration: bool
    tables: tuple[TableCount, ...]
    submissions: dict[str, int]
    ledger_position: int | None
    version_ledger_position: int | None
    behind: bool
    note: str | None

    def as_json(self) -> dict[str, Any]:
        """The description as plain values."""
        return asdict(self)


def describe(places: Places) -> Description:
    """What `places` holds. Raises the store's own sentences where the current version cannot be read."""
    number = current_version(places)
    ledger = Ledger(places)
    position, lags, note = None, False, None
    try:
        position = ledger.position()
        lags = behind(places, ledger)
        if lags:
            note = (
                "The ledger holds submissions that this version does not: a load was cut short, or an earlier version "
                "was chosen. The next load, or `python -m pipelines rebuild`, brings them in."
            )
    except (LedgerUnavailable, LedgerTooNew) as error:
        note = str(error)
    if number is None:
        return Description(
            str(places.data), None, None, None, 0, None, False, (), {}, position, None, lags, note,
        )
    with reader(places, number) as current:
        if not current.has_our_tables:
            note = " ".join(filter(None, [str(too_old(number)), note]))
        return _of(places, current, position, lags, note)


def _of(places: Places, current: Reader, position: int | None, lags: bool, note: str | None) -> Description:
    held = current.meta("ledger_position")
    statuses = Counter(dict(current.query("SELECT status, count(*) FROM main.submissions GROUP BY status")))
    return Description(
        data=str(places.data),
        version=current.version,
        made_at=current.meta("made_at"),
        program=current.meta("program"),
        bytes=version_file(places, current.version).stat().st_size,
        schema_version=current.schema_version,
        demonstration=(current.meta("demonstration") or "").lower() in {"1", "yes", "true"},
        tables=_count_tables(current),
        submissions=dict(sorted(statuses.items())),
        ledger_position=position,
        version_ledger_position=None if held is None else int(held),
        behind=lags,
        note=note,
    )


def _count_tables(current: Reader) -> tuple[TableCount, ...]:
    """The rows of each event table that this version has; an older one may lack some."""
    present = set(current.query(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE schema_name IN ('reported', 'known')"
    ))
    asked = [
        (schema, table.name) for table in tables() for schema in ("reported", "known")
        if (schema, table.name) in present
    ]
    if not asked:
        return ()
    # The names are those declared in returns/events.py.
    union = " UNION ALL ".join(
        f"SELECT '{schema}' AS basis, '{name}' AS name, count(*) AS rows FROM {schema}.{name}" for schema, name in asked
    )
    counts = {(basis, name): rows for basis, name, rows in current.query(union)}
    return tuple(
        TableCount(
            table.name, table.title, counts.get(("reported", table.name), 0), counts.get(("known", table.name), 0)
        )
        for table in tables()
    )
