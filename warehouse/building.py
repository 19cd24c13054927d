"""Building a version: a copy of the current one, changed in one transaction and swapped in whole.

A build that fails, or is killed at any moment, leaves the current version as it was. The steps, in order:
copy, change, commit, checkpoint; then what the caller asked for before the swap (the ledger's lines); then
close, flush, rename, and the swap of the pointer. A kill between the ledger's lines and the swap leaves
the ledger ahead of the warehouse, which the next load finds and makes good (store.missing_events).
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from returns.places import PROJECT, Places
from warehouse.problems import (
    NO_ROOM,
    BuildFailed,
    LoadRunning,
    no_room,
    of_os_error,
)
from warehouse.reading import damaged, in_short, in_use, reader
from warehouse.versions import (
    building_file,
    current_version,
    flush_file,
    flush_folder,
    numbers,
    point_to,
    prune,
    read_names,
    refresh_well_known,
    remove_leftovers,
    replace,
    version_file,
    write_whole,
)

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ROOM = 32 * 1024 * 1024
"""Bytes that a build wants free besides twice the size of the current version."""

_PLAIN = re.compile(r"[A-Za-z0-9 .:+_-]{0,200}")

BUILDER_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "python_enable_replacements": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    # An event table is smaller than the batches of rows that DuckDB shares out: a second thread only gets in the way.
    "threads": 1,
    # How new versions are laid out: any DuckDB from 1.3 on reads them. Text is packed in a quarter of the time that the
    # layout of 1.0 takes, and smaller.
    "storage_compatibility_version": "v1.3.0",
}
# Each method of packing that may be chosen is tried on every column. These save a hundredth, and a version that was
# begun in the layout of 1.0 takes half the time without them. DuckDB heeds this only once connected.
_NO_PACKING_BY = "zstd,fsst,alp,alprd,roaring"


@dataclass
class Builder:
    """A version being built. `connection` writes to it, inside one transaction; do not commit."""

    connection: DuckDBPyConnection
    number: int
    base: int | None
    _callbacks: list[Callable[[], int | None]] = field(default_factory=list)

    def before_swap(self, callback: Callable[[], int | None]) -> None:
        """Run `callback` once the version is whole on the disk and before readers see it.

        The ledger's lines are appended here. Return the position of the last one: the version then says
        that it holds everything up to there. When a callback raises, the version is thrown away.
        """
        self._callbacks.append(callback)

    def meta(self, key: str) -> str | None:
        """What the version says of itself under `key`; None when it says nothing."""
        return dict(self.connection.execute("SELECT key, value FROM main.meta").fetchall()).get(key)

    def set_meta(self, key: str, value: str | int) -> None:
        """The version says `value` of itself under `key`."""
        _set_meta(self.connection, {key: value})


@dataclass
class _Held:
    """The locks that this process holds: {lock file: the thread that holds it}."""

    guard: threading.Lock = field(default_factory=threading.Lock)
    by: dict[Path, int] = field(default_factory=dict)


@lru_cache(maxsize=1)
def _held() -> _Held:
    return _Held()


@contextmanager
def exclusive(places: Places, *, doing: str = "a load") -> Iterator[None]:
    """Holds the one lock that a load, a rebuild or `use` needs; raises LoadRunning at once when another has it.

    A thread that holds it may ask again (a load that builds). The lock of a process that died is free.
    """
    from filelock import FileLock, Timeout

    held = _held()
    with held.guard:
        again = held.by.get(places.lock) == threading.get_ident()
    if again:
        yield
        return
    try:
        places.versions.mkdir(parents=True, exist_ok=True)
        lock = FileLock(places.lock, timeout=0, fallback_to_soft=False)
        lock.acquire()
    except Timeout:
        raise LoadRunning(_who_runs(places)) from None
    except OSError as error:
        raise of_os_error(error, places.data) from None
    try:
        with held.guard:
            held.by[places.lock] = threading.get_ident()
        _say_who(places, doing)
        yield
    finally:
        with held.guard:
            held.by.pop(places.lock, None)
        _who_file(places).unlink(missing_ok=True)
        lock.release()


def _who_file(places: Places) -> Path:
    return places.lock.with_suffix(".json")


def _say_who(places: Places, doing: str) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    facts = {"process": os.getpid(), "computer": platform.node(), "since": now, "doing": doing}
    try:
        write_whole(_who_file(places), json.dumps(facts) + "\n")
    except OSError as error:
        raise of_os_error(error, places.data) from None


def _who_runs(places: Places) -> str:
    who = "Another load is running"
    try:
        facts = json.loads(_who_file(places).read_text("utf-8"))
        if facts["computer"] != platform.node() or alive(int(facts["process"])):
            doing = str(facts["doing"])
            who = (
                f"{doing[:1].upper()}{doing[1:]} has been running since {facts['since']} "
                f"(process {facts['process']} on {facts['computer']})"
            )
    except (OSError, ValueError, KeyError, TypeError):  # it has only just begun, or is just ending
        who = "Another load is running"
    return f"{who}. Only one can run at a time: nothing was changed. Try again when it has finished."


def alive(process: int) -> bool:
    """Whether a process of that number runs on this computer; taken as so where that cannot be asked."""
    if os.name == "nt":  # there os.kill would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def build(places: Places, *, from_scratch: bool = False, doing: str = "a load") -> Iterator[Builder]:
    """A Builder of the next version, which becomes the current one when the block ends without an error.

    It starts as a copy of the current version (empty when there is none, or `from_scratch`), brought up to
    date with the schema. Raises LoadRunning, NoRoom, FolderReadOnly, WarehouseTooNew, VersionDamaged or
    BuildFailed; after any error, or a kill, the current version is as it was.
    """
    with exclusive(places, doing=doing):
        with _sentences(places):
            read_names(places)  # a build that could not prune safely is not begun
            remove_leftovers(places)
            base = None if from_scratch else current_version(places)
            if not places.current.exists() and not numbers(places):
                point_to(places, 0)
            number = max([0, *numbers(places)]) + 1
            path = building_file(places, number)
        try:
            with _sentences(places):
                _copy_base(places, base, path)
                builder = _begin(path, number, base)
            try:
                with _sentences(places, callers=True):
                    yield builder
                with _sentences(places):
                    _finish(builder)
            finally:
                builder.connection.close()
            with _sentences(places):
                _swap_in(places, builder, path)
        finally:
            _discard(path)


def use_version(places: Places, number: int) -> None:
    """Version `number` is the current one from here on. Raises NoSuchVersion, LoadRunning or VersionDamaged."""
    with exclusive(places, doing="a change of version"), _sentences(places):
        reader(places, number).close()  # it opens, and this program knows its tables
        point_to(places, number)
        refresh_well_known(places, number)


def _copy_base(places: Places, base: int | None, path: Path) -> None:
    size = version_file(places, base).stat().st_size if base else 0
    if shutil.disk_usage(places.versions).free < 2 * size + ROOM:
        raise no_room(places.versions)
    if base:
        shutil.copyfile(version_file(places, base), path)


def _begin(path: Path, number: int, base: int | None) -> Builder:
    import duckdb

    from warehouse.schema import upgrade

    try:
        connection = duckdb.connect(str(path), config=BUILDER_SETTINGS)
    except (duckdb.IOException, duckdb.InternalException, duckdb.SerializationException) as error:
        if base is None:
            raise
        raise damaged(path, base, error) from None
    try:
        connection.execute(f"SET disabled_compression_methods = '{_NO_PACKING_BY}'")
        connection.execute("SET enable_progress_bar = false")  # it would print among the command's JSON
        connection.execute("SET lock_configuration = true")
        connection.execute("BEGIN TRANSACTION")
        upgrade(connection, number=base)
    except BaseException:
        connection.close()
        raise
    return Builder(connection, number, base)


def _finish(builder: Builder) -> None:
    """The version is whole in its own file, with no log beside it, and says how far into the ledger it goes."""
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    _set_meta(builder.connection, {"version": builder.number, "made_at": made_at, "program": _program()})
    builder.connection.execute("COMMIT")
    builder.connection.execute("CHECKPOINT")  # all that needs room on the disk is done before the ledger hears of it
    told = [callback() for callback in builder._callbacks]
    positions = [position for position in told if position is not None]
    if positions:
        builder.set_meta("ledger_position", max(positions))
        builder.connection.execute("CHECKPOINT")
    builder.connection.close()


def _swap_in(places: Places, builder: Builder, path: Path) -> None:
    flush_file(path)
    if os.name == "posix":  # nobody's tool writes to a version by way of data/warehouse.duckdb
        path.chmod(0o444)
    replace(path, version_file(places, builder.number))
    flush_folder(places.versions)
    point_to(places, builder.number)
    refresh_well_known(places, builder.number)
    prune(places, in_use=in_use(places))


def _set_meta(connection: DuckDBPyConnection, said: Mapping[str, str | int]) -> None:
    for key, value in said.items():
        if not _PLAIN.fullmatch(key) or not _PLAIN.fullmatch(str(value)):
            raise ValueError("what a version says of itself is written in letters, digits, spaces and . : + _ - only")
    # Not bound: to bind a parameter DuckDB imports pandas, which takes a second.
    keys = ", ".join(f"'{key}'" for key in said)
    pairs = ", ".join(f"('{key}', '{value}')" for key, value in said.items())
    connection.execute(f"DELETE FROM main.meta WHERE key IN ({keys})")
    connection.execute(f"INSERT INTO main.meta VALUES {pairs}")


def _discard(path: Path) -> None:
    for left in path.parent.glob(f"{path.name}*"):
        shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)


@lru_cache(maxsize=1)
def _program() -> str:
    """The program's version, from pyproject.toml; `unknown` where that is not there."""
    import tomllib

    try:
        written = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
        return str(written["project"]["version"])
    except (OSError, ValueError, KeyError):
        return "unknown"


@contextmanager
def _sentences(places: Places, *, callers: bool = False) -> Iterator[None]:
    """What the system or the database refuses becomes a sentence that quotes no cell.

    In the `callers` own block an OSError may be about a file of theirs, and passes unless the disk is full.
    """
    import duckdb

    try:
        yield
    except OSError as error:
        if callers and error.errno not in NO_ROOM:
            raise
        raise of_os_error(error, places.data) from None
    except duckdb.Error as error:
        if any(os.strerror(code) in str(error) for code in NO_ROOM):
            raise no_room(places.versions) from None
        failure = BuildFailed(
            f"The database refused a step of the build ({in_short(error)}). Nothing was changed: "
            "the warehouse is as it was. This is a fault in the program; please report it."
        )
        raise failure.with_traceback(error.__traceback__) from None
