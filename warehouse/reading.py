"""Readers: the current version, opened so that nothing can be written and no file or address reached.

A version's file is opened once in a process, read-only, external access off and the configuration locked.
Every call has its own cursor, because threads that share a DuckDB connection get wrong numbers without an
error. What is asked is looked at before it runs (guard.py).
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from returns.places import Places
from warehouse.guard import refuse_all_but_a_select
from warehouse.problems import (
    NoSuchVersion,
    NothingLoaded,
    QueryFailed,
    VersionDamaged,
    WarehouseError,
)
from warehouse.versions import current_version, numbers, version_file

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LOCKED_DOWN: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "python_enable_replacements": "false",  # a table name never means a variable of the program's
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "temp_directory": "",  # rows of a reader are never spilled to a disk
    "lock_configuration": "true",
}

IDLE_KEPT = 2
"""Versions that stay open with no reader, so that a page's next read opens nothing."""


@dataclass
class _Open:
    """One version's file, open in this process, and how many readers use it."""

    places: Places
    number: int
    connection: DuckDBPyConnection
    schema_version: int
    has_our_tables: bool
    users: int = 0


@dataclass
class _Opened:
    """The versions open in this process. The key holds what tells a file from another put in its place."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    files: dict[tuple[str, int, int, int], _Open] = field(default_factory=dict)


@lru_cache(maxsize=1)
def _opened() -> _Opened:
    return _Opened()


class Reader:
    """Answers queries from one version, and goes on doing so while later ones are built. Safe to share by threads."""

    def __init__(self, opened: _Open) -> None:
        self._connection = opened.connection
        self.version = opened.number
        self.schema_version = opened.schema_version
        self.has_our_tables = opened.has_our_tables
        self._close = weakref.finalize(self, _give_back, opened)
        self._close.atexit = False

    def query(self, sql: str, params: Sequence[object] | dict[str, object] = ()) -> list[tuple[Any, ...]]:
        """The rows of one SELECT, as tuples. Raises StatementRefused, QueryFailed or VersionDamaged."""
        with self._run(sql, params) as cursor:
            return cursor.fetchall()

    def rows(self, sql: str, params: Sequence[object] | dict[str, object] = ()) -> list[dict[str, Any]]:
        """The rows of one SELECT, as dictionaries by column name."""
        with self._run(sql, params) as cursor:
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def columns(self, sql: str, params: Sequence[object] | dict[str, object] = ()) -> dict[str, list[Any]]:
        """The answer to one SELECT by column: {name: values}, every list of the same length."""
        with self._run(sql, params) as cursor:
            names = [column[0] for column in cursor.description or ()]
            rows = cursor.fetchall()
        return {name: [row[place] for row in rows] for place, name in enumerate(names)}

    def value(self, sql: str, params: Sequence[object] | dict[str, object] = ()) -> Any:
        """The first column of the first row of one SELECT; None when there is no row."""
        rows = self.query(sql, params)
        return rows[0][0] if rows else None

    def meta(self, key: str) -> str | None:
        """What the version says of itself under `key` (main.meta); None when it says nothing."""
        # Without a parameter: to bind one DuckDB imports pandas, which takes a second.
        return dict(self.query("SELECT key, value FROM main.meta")).get(key)

    @contextmanager
    def _run(self, sql: str, params: Sequence[object] | dict[str, object]) -> Iterator[DuckDBPyConnection]:
        import duckdb

        if not self._close.alive:
            raise QueryFailed("This reader was closed.")
        try:
            refuse_all_but_a_select(sql)
            with self._connection.cursor() as cursor:
                cursor.execute(sql, params if params else None)
                yield cursor
        except duckdb.Error as error:
            raise _without_values(error, self.version) from None

    def close(self) -> None:
        """The reader is done with; the version may be pruned."""
        self._close()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def reader(places: Places, version: int | None = None) -> Reader:
    """A reader of `version`, else of the current one, which must have the tables that this program reads.

    Raises NothingLoaded, NoSuchVersion, CurrentUnreadable, VersionDamaged, WarehouseTooNew or
    WarehouseTooOld, each saying what to do.
    """
    for _ in range(5):
        number = version if version is not None else current_version(places)
        if number is None:
            raise NothingLoaded(
                "Nothing has been loaded yet. Load a file with `python -m pipelines load FILE`, "
                "or the demonstration years with `python -m pipelines demo`."
            )
        try:
            found = _reader_of(places, number)
            if version is None and not found.has_our_tables:
                from warehouse.schema import too_old

                found.close()
                raise too_old(number)
            return found
        except FileNotFoundError:  # pruned between reading CURRENT and opening: ask again which is current
            continue
    kept = ", ".join(map(str, numbers(places))) or "none"
    raise NoSuchVersion(f"There is no version {number}. Versions kept: {kept}.")


def in_use(places: Places) -> set[int]:
    """The numbers of the versions that a reader of this process is using."""
    opened = _opened()
    with opened.lock:
        return {file.number for file in opened.files.values() if file.users and file.places == places}


def close_idle() -> None:
    """No version stays open that no reader is using."""
    _close_idle(keep=0)


def let_go(places: Places) -> None:
    """No version of the folder stays open that no reader is using: its files may be removed."""
    opened = _opened()
    with opened.lock:
        for key in [key for key, file in opened.files.items() if file.places == places and not file.users]:
            opened.files.pop(key).connection.close()


def _reader_of(places: Places, number: int) -> Reader:
    path = version_file(places, number)
    facts = path.stat()
    key = (str(path), facts.st_ino, facts.st_mtime_ns, facts.st_size)
    opened = _opened()
    with opened.lock:
        if key not in opened.files:
            _let_go(opened, str(path))
        file = opened.files.pop(key, None) or _open(places, number, path)
        opened.files[key] = file  # last in the order: the most lately used
        file.users += 1
        _close_idle(keep=IDLE_KEPT)
    return Reader(file)


def _let_go(opened: _Opened, path: str) -> None:
    """Nothing is open that used to be at `path`: DuckDB would hand it out again in place of what is there now."""
    for key in [key for key in opened.files if key[0] == path]:
        if opened.files[key].users:
            raise VersionDamaged(
                f"{path} was replaced while this program was reading it. Close the program and start it again."
            )
        opened.files.pop(key).connection.close()


def _open(places: Places, number: int, path: Path) -> _Open:
    import duckdb

    from warehouse.schema import is_up_to_date, refuse_newer, schema_version

    try:
        connection = duckdb.connect(str(path), read_only=True, config=LOCKED_DOWN)
    except duckdb.Error as error:
        raise damaged(path, number, error) from None
    try:
        with connection.cursor() as cursor:
            found = schema_version(cursor)
        if not found:
            raise VersionDamaged(_damage(path, number, "it holds no tables"))
        refuse_newer(found, number)
        with connection.cursor() as cursor:
            has_our_tables = is_up_to_date(cursor)
    except duckdb.Error as error:
        connection.close()
        raise damaged(path, number, error) from None
    except WarehouseError:
        connection.close()
        raise
    return _Open(places, number, connection, found, has_our_tables)


def _give_back(file: _Open) -> None:
    with _opened().lock:
        file.users -= 1


def _close_idle(*, keep: int) -> None:
    opened = _opened()
    with opened.lock:
        idle = [key for key, file in opened.files.items() if not file.users]
        for key in idle[: len(idle) - keep] if len(idle) > keep else []:
            opened.files.pop(key).connection.close()


def damaged(path: Path, number: int | None, error: Exception) -> WarehouseError:
    """The sentence for a version's file that the database will not open."""
    said = str(error)
    if "lock" in said.lower() and "conflict" in said.lower():
        return VersionDamaged(
            f"Version {number} ({path}) is open for writing in another program. Close it there, or let it open "
            "data/warehouse.duckdb read-only, and try again."
        )
    return VersionDamaged(_damage(path, number, _damaged_as(error)))


def _damaged_as(error: Exception) -> str:
    return f"it is damaged ({type(error).__name__})"


def _damage(path: Path, number: int | None, why: str) -> str:
    return (
        f"Version {number} of the warehouse ({path}) cannot be read: {why}. Go back to an earlier one "
        "(`python -m warehouse versions`, then `python -m warehouse use N`), or make it again from the files "
        "received with `python -m pipelines rebuild`."
    )


def _without_values(error: Exception, number: int) -> WarehouseError:
    """The sentence for a query that failed: of a damaged file, or of the query."""
    import duckdb

    if isinstance(error, (duckdb.IOException, duckdb.InternalException, duckdb.SerializationException,
                          duckdb.FatalException)):
        return VersionDamaged(_damage(Path(f"warehouse-{number:06d}.duckdb"), number, _damaged_as(error)))
    return QueryFailed(f"The database could not answer ({in_short(error)}).")


def in_short(error: Exception) -> str:
    """What the database said when it can only be about the SQL; else its kind alone, for it may quote a cell."""
    import duckdb

    about_sql = (duckdb.CatalogException, duckdb.BinderException, duckdb.ParserException, duckdb.SyntaxException,
                 duckdb.PermissionException)
    return str(error) if isinstance(error, about_sql) else type(error).__name__
