"""What can go wrong with the stores. Each message is a sentence for the person at the keyboard, with what to do.

No message carries a value from a row.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path


class WarehouseError(Exception):
    """Something about the stores that the user can put right. `exit_code` is the command line's."""

    exit_code = 1


class LoadRunning(WarehouseError):
    """Another load holds the lock."""

    exit_code = 3


class NothingLoaded(WarehouseError):
    """There is no version of the warehouse yet."""


class NoSuchVersion(WarehouseError):
    """The version asked for is not kept."""

    exit_code = 2


class CurrentUnreadable(WarehouseError):
    """The pointer file is missing, or does not name a version that is there."""


class NamesUnreadable(WarehouseError):
    """The file of named versions cannot be read."""


class VersionDamaged(WarehouseError):
    """A version's file cannot be read."""


class WarehouseTooNew(WarehouseError):
    """A version was made by a later edition of the program."""


class WarehouseTooOld(WarehouseError):
    """A version was made by an earlier edition of the program, whose tables were others."""


class LedgerTooNew(WarehouseError):
    """The ledger was made by a later edition of the program."""


class LedgerUnavailable(WarehouseError):
    """The ledger cannot be opened or written."""


class NoRoom(WarehouseError):
    """The disk is full."""


class FolderReadOnly(WarehouseError):
    """The data folder may not be written."""


class BuildFailed(WarehouseError):
    """The database refused a step of a build. The message leaves out what it said, which may quote a cell."""


class StatementRefused(WarehouseError):
    """A reader was given something other than one SELECT."""


class QueryFailed(WarehouseError):
    """The database could not answer a query. Says nothing that may quote a row."""


NO_ROOM = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC})
NOT_ALLOWED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def no_room(folder: Path) -> NoRoom:
    """The sentence for a full disk."""
    return NoRoom(
        f"There is no room left on the disk that holds {folder}. Nothing was changed: the warehouse is as it was. "
        "Free some space (at least three times the size of data/warehouse.duckdb) and try again."
    )


def read_only(folder: Path) -> FolderReadOnly:
    """The sentence for a folder that may not be written."""
    return FolderReadOnly(
        f"{folder} cannot be written to, so nothing was changed. Ask for permission to write there, "
        "or name another folder with --data."
    )


def of_os_error(error: OSError, folder: Path) -> WarehouseError:
    """The sentence for what the system refused while writing under `folder`."""
    if error.errno in NO_ROOM:
        return no_room(folder)
    if error.errno in NOT_ALLOWED:
        return read_only(folder)
    said = os.strerror(error.errno) if error.errno else type(error).__name__
    return WarehouseError(
        f"The system would not write under {folder} ({said}). Nothing was changed. "
        "Check that the folder is there and can be written to, and try again."
    )
