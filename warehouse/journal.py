"""The database of what cannot be rebuilt (`data/journal.db`): its tables, opening it, keeping it up to date.

The ledger (warehouse/ledger.py) says what was done with each file, the entries (warehouse/entries.py) what people said
and decided about the figures.

SQLite in write-ahead mode, so that a reader never waits for a writer. Alembic (warehouse/migrations) makes and
changes the tables; it is imported only when there is a change to make.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from returns.places import Places
from warehouse.problems import LedgerTooNew, LedgerUnavailable, of_os_error

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, MetaData, Table

REVISIONS = ("0001", "0002")
"""The revisions that this program knows, in order: the names of warehouse/migrations/versions."""

MIGRATIONS = Path(__file__).with_name("migrations")

WAIT = 30.0
"""Seconds that a writer waits for another to finish."""

_OPENING = threading.RLock()


@lru_cache(maxsize=1)
def metadata() -> MetaData:
    """The tables of the journal as they now are."""
    from sqlalchemy import Column, Index, Integer, MetaData, Table, Text, UniqueConstraint

    tables = MetaData()
    Table(
        "ledger", tables,
        Column("event_id", Integer, primary_key=True, autoincrement=True),
        Column("at", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("submission_id", Text),
        Column("payload", Text, nullable=False),
        Index("ledger_by_submission", "submission_id"),
        Index("ledger_by_kind", "kind"),
        sqlite_autoincrement=True,
    )
    Table(
        "submission_numbers", tables,
        Column("number", Integer, primary_key=True, autoincrement=True),
        Column("at", Text, nullable=False),
        sqlite_autoincrement=True,
    )
    Table(
        "entries", tables,
        Column("entry_id", Integer, primary_key=True, autoincrement=True),
        Column("at", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("thread", Text, nullable=False),
        Column("version", Integer, nullable=False),
        Column("subject", Text),
        Column("period", Text),
        Column("agency", Text),
        Column("author", Text, nullable=False),
        Column("payload", Text, nullable=False),
        UniqueConstraint("thread", "version", name="entries_one_version_of_a_thread"),
        Index("entries_by_kind", "kind", "subject", "period"),
        sqlite_autoincrement=True,
    )
    return tables


def ledger_table() -> Table:
    """The ledger's lines."""
    return metadata().tables["ledger"]


def submission_numbers_table() -> Table:
    """The numbers given to submissions."""
    return metadata().tables["submission_numbers"]


def entries_table() -> Table:
    """What people said and decided (warehouse/entries.py)."""
    return metadata().tables["entries"]


@contextmanager
def writing(places: Places) -> Iterator[Connection]:
    """A connection in a transaction of its own: all that is done is kept, or, after an error, none of it."""
    with _sentences(places), _engine(places).connect() as connection:
        connection = connection.execution_options(writing=True)
        with connection.begin():
            yield connection


@contextmanager
def reading(places: Places) -> Iterator[Connection]:
    """A connection that sees the journal as it is now."""
    with _sentences(places), _engine(places).connect() as connection:
        yield connection


def copy_as_it_stands(places: Places, target: Path) -> None:
    """`target` is a journal with the lines there are now, whoever may be writing; nothing where there is none."""
    from contextlib import closing

    if not places.journal.exists():
        return
    with (
        _sentences(places),
        closing(sqlite3.connect(f"{places.journal.as_uri()}?mode=ro", uri=True, timeout=WAIT)) as real,
        closing(sqlite3.connect(target)) as made,
    ):
        real.backup(made)


def close(places: Places) -> None:
    """No connection of this process has the journal open."""
    engine = _engines().pop(_key(places), None)
    if engine is not None:
        engine.dispose()


def _key(places: Places) -> tuple[str, int]:
    # A connection must not cross a fork: a child process opens its own.
    return str(places.journal), os.getpid()


@lru_cache(maxsize=1)
def _engines() -> dict[tuple[str, int], Engine]:
    return {}


def _engine(places: Places) -> Engine:
    found = _engines().get(_key(places))
    if found is not None and places.journal.exists():
        return found
    # One thread at a time, whichever journal it is of: Alembic keeps what it works on in variables of its modules, so
    # that of two threads bringing two journals up to date one would fail.
    with _OPENING:
        found = _engines().get(_key(places))
        return found if found is not None and places.journal.exists() else _opened(places)


def _opened(places: Places) -> Engine:
    close(places)
    from sqlalchemy import create_engine, event

    try:
        places.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise of_os_error(error, places.data) from None
    address, settle = f"sqlite:///{places.journal}", _settle
    only_read = places.journal.exists() and not _may_write(places.data)
    if only_read:
        address, settle = _reading_only(places), _settle_reading_only
    engine = create_engine(address, connect_args={"timeout": WAIT})
    event.listen(engine, "connect", settle)
    event.listen(engine, "begin", _begin)
    try:
        _bring_up_to_date(engine, places, only_read=only_read)
    except BaseException:
        engine.dispose()
        raise
    _engines()[_key(places)] = engine
    return engine


def _settle(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say when a transaction begins; see _begin
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _may_write(folder: Path) -> bool:
    return os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _reading_only(places: Places) -> str:
    # SQLite wants to make files beside the journal even to read it, unless told that nobody can be writing.
    others = "" if places.journal.with_name(places.journal.name + "-wal").exists() else "&immutable=1"
    return f"sqlite:///file:{quote(str(places.journal))}?mode=ro{others}&uri=true"


def _settle_reading_only(connection: Any, _record: object) -> None:
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    # IMMEDIATE: two writers queue at the start, and neither finds at its end that the other came between.
    writing_now = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing_now else "BEGIN")


def _bring_up_to_date(engine: Engine, places: Places, *, only_read: bool) -> None:
    with engine.connect() as connection:
        found = _revision(connection, places)
        # A folder that may only be read keeps the shape it has: what an earlier edition wrote can still be read.
        if found == REVISIONS[-1] or (only_read and found is not None):
            return
    from alembic import command
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.connect() as connection:
        connection = connection.execution_options(writing=True)
        with connection.begin():
            if _revision(connection, places) != REVISIONS[-1]:  # another process may have come first
                settings.attributes["connection"] = connection
                command.upgrade(settings, REVISIONS[-1])


def _revision(connection: Connection, places: Places) -> str | None:
    there = connection.exec_driver_sql(
        "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    ).scalar()
    if not there:
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if found is not None and found not in REVISIONS:
        raise LedgerTooNew(
            f"The ledger {places.journal} was made by a later edition of this program (it is at change {found}; "
            f"this edition knows {REVISIONS[-1]}). Update the program."
        )
    return str(found) if found is not None else None


@contextmanager
def _sentences(places: Places) -> Iterator[None]:
    """What the database refuses becomes a sentence; no value of a line is in it."""
    from sqlalchemy.exc import DatabaseError

    try:
        yield
    except DatabaseError as error:
        raise _sentence(error.orig, places) from None
    except sqlite3.DatabaseError as error:
        raise _sentence(error, places) from None


def _sentence(error: BaseException | None, places: Places) -> LedgerUnavailable:
    said = str(error)
    if "readonly" in said or "unable to open" in said:
        why = "cannot be written to. Ask for permission to write there, or name another folder with --data"
    elif "full" in said or "disk I/O" in said:
        why = "could not be written: there may be no room left on its disk. Free some space and try again"
    elif "locked" in said:
        why = f"was busy for {WAIT:.0f} seconds. Close other programs that have it open and try again"
    elif "malformed" in said or "not a database" in said:
        why = "is damaged. Restore it from a backup with `python -m warehouse restore`"
    elif "never changed" in said:
        why = "is only ever added to: a line in it cannot be changed or removed"
    else:
        why = f"refused a statement ({type(error).__name__})"
    return LedgerUnavailable(f"The ledger {places.journal} {why}.")
