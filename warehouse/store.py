"""The warehouse, as the other rooms use it: which versions there are, reading one, building the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns.places import Places
from warehouse.building import Builder, alive, build, exclusive, use_version
from warehouse.problems import (
    BuildFailed,
    CurrentUnreadable,
    FolderReadOnly,
    LoadRunning,
    NoRoom,
    NoSuchVersion,
    NothingLoaded,
    QueryFailed,
    StatementRefused,
    VersionDamaged,
    WarehouseError,
    WarehouseTooNew,
    WarehouseTooOld,
)
from warehouse.reading import Reader, close_idle, let_go, reader
from warehouse.versions import VersionInfo, current_version, read_names, versions, write_names

if TYPE_CHECKING:
    from warehouse.ledger import Event, Ledger

__all__ = [
    "BuildFailed", "Builder", "CurrentUnreadable", "FolderReadOnly", "LoadRunning", "NoRoom", "NoSuchVersion",
    "NothingLoaded", "QueryFailed", "Reader", "StatementRefused", "VersionDamaged", "VersionInfo", "WarehouseError",
    "WarehouseTooNew", "WarehouseTooOld", "alive", "behind", "build", "close_idle", "current_version", "exclusive",
    "let_go",
    "missing_events", "name_version", "reader", "unname_version", "use_version", "versions",
]


def missing_events(places: Places, ledger: Ledger) -> list[Event]:
    """The ledger's lines that change the warehouse and that the current version does not hold, in order.

    There are some when a load was killed after it wrote to the ledger and before its version was swapped in, or
    after `use N` went back. A load replays them before its own work.
    """
    from warehouse.ledger import CHANGING

    number = current_version(places)
    if number is None:
        position = 0
    else:
        with reader(places, number) as current:
            position = int(current.meta("ledger_position") or 0)
    return [event for event in ledger.events(after=position) if event.kind in CHANGING]


def behind(places: Places, ledger: Ledger) -> bool:
    """Whether the current version lacks something that the ledger says was done."""
    return bool(missing_events(places, ledger))


def name_version(places: Places, number: int, name: str) -> None:
    """`name` (a release's) keeps version `number` from being removed. Raises NoSuchVersion."""
    with exclusive(places, doing="naming a version"):
        if number not in {info.number for info in versions(places)}:
            raise NoSuchVersion(f"There is no version {number} to name.")
        names = read_names(places)
        write_names(places, {**names, number: (*names.get(number, ()), name)})


def unname_version(places: Places, number: int, name: str) -> None:
    """`name` no longer keeps version `number`."""
    with exclusive(places, doing="naming a version"):
        names = read_names(places)
        write_names(places, {**names, number: tuple(each for each in names.get(number, ()) if each != name)})
