"""A copy of what cannot be rebuilt, and putting it back: the ledger and journal, the files received, the pseudonym key.

A data folder's own reference tables, where it has them, go with them: the figures rest on them too.

The warehouse itself is not in it: `python -m pipelines rebuild` makes it again from what is. A backup holds real
children's data and the key that joins it, so it belongs where the data folder belongs. What is written is read back and
held against its digest; a backup that is not whole is not put back.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from returns.places import PROJECT, Places
from warehouse.journal import copy_as_it_stands
from warehouse.problems import WarehouseError, of_os_error

LIST = "backup.json"
_JOURNAL, _KEY, _RAW, _REFERENCE = "journal.db", "pseudonym.key", "raw", "reference"


class BackupRefused(WarehouseError):
    """A backup cannot be made, or put back, where it was asked for."""

    exit_code = 2


class BackupDamaged(WarehouseError):
    """A backup is not what was written."""


@dataclass(frozen=True)
class Backup:
    """A backup: its folder, when it was made (UTC), and its files with their digests (SHA-256)."""

    folder: Path
    made_at: datetime
    files: dict[str, str]


def backup(places: Places, folder: Path) -> Backup:
    """The backup made in a new folder within `folder`, named by the moment.

    Others may load meanwhile: the ledger is copied first, and a file that one of its lines names was received before
    the line was written. Raises BackupRefused where there is nothing to keep, WarehouseError where the disk refuses.
    """
    if not places.journal.exists():
        raise BackupRefused(f"There is nothing to back up: {places.data} holds no ledger. Check --data.")
    if folder.resolve().is_relative_to(places.data.resolve()):
        raise BackupRefused(f"{folder} is inside the data folder, and would be lost with it. Name another.")
    made_at = datetime.now(UTC).replace(microsecond=0)
    done = folder / f"backup-{made_at:%Y%m%d-%H%M%S}"
    aside = done.with_name(done.name + ".part")
    if done.exists() or aside.exists():
        raise BackupRefused(f"{done} is there already. Try again in a second.")
    try:
        aside.mkdir(parents=True)
        copy_as_it_stands(places, aside / _JOURNAL)
        for name, source in _sources(places):
            (aside / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, aside / name)
        files = {name: _digest(aside / name) for name in _names(aside)}
        for name, source in _sources(places):
            # A file received is never changed: what was copied is held against what was received.
            if name in files and _digest(source) != files[name]:
                raise BackupDamaged(f"{name} was not copied whole. Check the disk that holds {folder} and try again.")
        said = {"made_at": made_at.isoformat(), "files": files}
        (aside / LIST).write_text(json.dumps(said, indent=1, sort_keys=True), encoding="utf-8")
        os.replace(aside, done)
    except OSError as error:
        shutil.rmtree(aside, ignore_errors=True)
        raise of_os_error(error, folder) from None
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    return Backup(done, made_at, files)


def restore(places: Places, folder: Path) -> Backup:
    """The backup in `folder` as it was put back into a data folder that has neither ledger nor files received.

    Raises BackupRefused where the data folder has any, BackupDamaged where a file of the backup is missing or changed.
    """
    found = read(folder)
    kinds = {Path(name).parts[0] for name in found.files} | {_RAW, _KEY, _JOURNAL}
    there = [places.data / kind for kind in sorted(kinds) if (places.data / kind).exists()]
    if there:
        raise BackupRefused(
            f"{places.data} already holds {there[0].name}, and nothing of it is overwritten. Move that folder aside, "
            "or name an empty one with --data."
        )
    aside = places.data / "restoring.part"
    try:
        shutil.rmtree(aside, ignore_errors=True)
        for name in found.files:
            (aside / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / name, aside / name)
        _held_against(aside, found.files)
        # The ledger last: without it the folder is empty as far as anything else is concerned.
        for name in (_REFERENCE, _RAW, _KEY, _JOURNAL):
            if (aside / name).exists():
                os.replace(aside / name, places.data / name)
    except OSError as error:
        raise of_os_error(error, places.data) from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return found


def read(folder: Path) -> Backup:
    """What a backup holds, once every file of it has been held against its digest."""
    try:
        said = json.loads((folder / LIST).read_text(encoding="utf-8"))
        found = Backup(folder, datetime.fromisoformat(said["made_at"]), dict(said["files"]))
    except (OSError, ValueError, KeyError, TypeError):
        why = f"{folder} is no backup: it has no {LIST} that can be read. Name the folder of one."
        raise BackupRefused(why) from None
    if any(Path(name).is_absolute() or ".." in Path(name).parts for name in found.files):
        raise BackupRefused(f"{folder} names files outside itself, as no backup does.")
    _held_against(folder, found.files)
    return found


def _held_against(folder: Path, files: dict[str, str]) -> None:
    for name, digest in files.items():
        path = folder / name
        if not path.is_file() or _digest(path) != digest:
            raise BackupDamaged(f"{name} in {folder} is missing, or is not what was backed up. Use another backup.")


def _sources(places: Places) -> Iterator[tuple[str, Path]]:
    if places.key.exists():
        yield _KEY, places.key
    folders = [places.raw]
    if places.reference.resolve() != (PROJECT / "data" / _REFERENCE).resolve():  # the project's come with it
        folders.append(places.reference)
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield path.relative_to(places.data).as_posix(), path


def _names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
