"""Files as received: kept under `data/raw/<period>/` by a name of our own, never overwritten."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from pathlib import Path

from pipelines.batch import Batch
from pipelines.receiving import ReceivedFile
from returns.places import Places
from warehouse.problems import WarehouseError

_NUMBER = re.compile(r"F(\d{6,})-")
_SUFFIXES = {"xlsx": ".xlsx", "xls": ".xls", "ods": ".ods", "text": ".csv"}


class RawFileChanged(WarehouseError):
    """A received file is not there, or not what it was."""


def keep_raw(batch: Batch, received: ReceivedFile, period: str) -> str:
    """The path, under `data/raw`, by which the file is kept. Written whole or not at all; raises RawFileChanged."""
    assert received.workbook is not None
    known = [str(e.payload["stored_as"]) for e in (*batch.events, *batch.pending) if e.payload.get("stored_as")]
    numbers = (int(match[1]) for name in known if (match := _NUMBER.match(Path(name).name)))
    name = f"F{max(numbers, default=0) + 1:06d}-{received.workbook.sha256[:12]}{_SUFFIXES[received.workbook.kind]}"
    folder = batch.places.raw / period
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / name
    if target.exists() and _hash(target) == received.sha256:
        return f"{period}/{name}"  # a load that was killed got as far as this
    aside = folder / f"{name}.{os.getpid()}.new"
    try:
        shutil.copyfile(received.path, aside)
        with aside.open("rb+") as file:
            os.fsync(file.fileno())
        if _hash(aside) != received.sha256:
            raise RawFileChanged(f"The file {received.name!r} changed while it was being read. Load it again.")
        os.replace(aside, target)
    finally:
        aside.unlink(missing_ok=True)
    return f"{period}/{name}"


def raw_path(places: Places, stored_as: str, sha256: str | None) -> Path:
    """Where a kept file is; raises RawFileChanged when it is missing or is not what was received."""
    path = places.raw / stored_as
    if not path.is_file():
        raise RawFileChanged(f"The received file {path} is missing. Restore data/raw from a backup and try again.")
    if sha256 and _hash(path) != sha256:
        raise RawFileChanged(f"The received file {path} is not what was received. Restore it from a backup.")
    return path


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
