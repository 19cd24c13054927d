"""The files of the versions: their numbers, the pointer to the current one, the names that keep them, pruning.

Nothing here opens a database. Every file that others read is written aside, flushed to the
disk and put in place by one rename, so that a reader or a crash meets the old one or the new one.
"""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from returns.places import Places
from warehouse.problems import CurrentUnreadable, NamesUnreadable, NoSuchVersion

KEPT = 12
"""How many versions are kept besides those that something names."""

_VERSION_FILE = re.compile(r"warehouse-(\d{6,})\.duckdb")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class VersionInfo:
    """One version: its number, when its file was finished (UTC), its size, and what names it."""

    number: int
    made_at: datetime
    bytes: int
    named_by: tuple[str, ...]


def version_file(places: Places, number: int) -> Path:
    """The file of version `number`."""
    return places.versions / f"warehouse-{number:06d}.duckdb"


def building_file(places: Places, number: int) -> Path:
    """The file in which version `number` is built."""
    return places.versions / f"building-{number}.duckdb"


def numbers(places: Places) -> list[int]:
    """The numbers of the versions whose files are there, ascending."""
    if not places.versions.is_dir():
        return []
    found = (_VERSION_FILE.fullmatch(path.name) for path in places.versions.iterdir())
    return sorted(int(match[1]) for match in found if match)


def versions(places: Places) -> list[VersionInfo]:
    """Every version kept, oldest first."""
    names = read_names(places)
    listed = []
    for number in numbers(places):
        try:
            facts = version_file(places, number).stat()
        except FileNotFoundError:  # pruned since it was listed
            continue
        made_at = datetime.fromtimestamp(facts.st_mtime, UTC)
        listed.append(VersionInfo(number, made_at, facts.st_size, names.get(number, ())))
    return listed


def current_version(places: Places) -> int | None:
    """The number in CURRENT; None when nothing was ever loaded. Raises CurrentUnreadable with what to do."""
    try:
        written = places.current.read_text("ascii").strip()
    except FileNotFoundError:
        if not (kept := numbers(places)):
            return None
        raise CurrentUnreadable(_which("is missing", places, kept)) from None
    except UnicodeDecodeError:
        written = ""
    if not re.fullmatch(r"\d{1,9}", written):
        raise CurrentUnreadable(_which("does not hold a version's number", places, numbers(places)))
    number = int(written)
    if number == 0:  # written before the first load, so that a missing pointer always means that it was lost
        return None
    if not version_file(places, number).is_file():
        raise CurrentUnreadable(_which(f"names version {number}, which is not there", places, numbers(places)))
    return number


def _which(wrong: str, places: Places, kept: list[int]) -> str:
    if not kept:
        remedy = "No version is kept. Make one again from the files received with `python -m pipelines rebuild`."
    else:
        remedy = (
            f"Versions kept: {', '.join(map(str, kept[-KEPT:]))}. Say which one is current, "
            f"usually the last, with `python -m warehouse use {kept[-1]}`."
        )
    return f"The pointer {places.current} {wrong}. {remedy}"


def point_to(places: Places, number: int) -> None:
    """CURRENT names version `number` from here on."""
    if number and not version_file(places, number).is_file():
        kept = ", ".join(map(str, numbers(places))) or "none"
        raise NoSuchVersion(f"There is no version {number}. Versions kept: {kept}.")
    write_whole(places.current, f"{number}\n")


def write_whole(path: Path, text: str) -> None:
    """`path` holds `text`: the old content or the new, never part of either, whatever happens."""
    aside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with aside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)
    flush_folder(path.parent)


def replace(source: Path, target: Path) -> None:
    """Put `source` in `target`'s place. Windows refuses while a reader has `target` open for a moment: try again."""
    for wait in (0.02, 0.05, 0.1, 0.2, 0.4):
        try:
            os.replace(source, target)
            return
        except PermissionError:
            if os.name != "nt":
                raise
            time.sleep(wait)
    os.replace(source, target)


def flush_file(path: Path) -> None:
    """What was written to `path` is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """The names in `folder` are on the disk (Windows has no such call and needs none)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def refresh_well_known(places: Places, number: int) -> bool:
    """`data/warehouse.duckdb` is version `number`: a hard link where the system has them, else a copy.

    False when someone's tool holds the old one open and the system will not let it go (Windows):
    that is no reason to undo a load.
    """
    aside = places.data / f"warehouse.{os.getpid()}.new"
    try:
        aside.unlink(missing_ok=True)
        try:
            os.link(version_file(places, number), aside)
        except OSError:
            shutil.copyfile(version_file(places, number), aside)
        replace(aside, places.warehouse)
        places.warehouse.with_suffix(".duckdb.wal").unlink(missing_ok=True)  # of the file just replaced
        flush_folder(places.data)
        return True
    except OSError as error:
        _log.warning("data/warehouse.duckdb is still an earlier version (%s)", type(error).__name__)
        return False
    finally:
        aside.unlink(missing_ok=True)


def read_names(places: Places) -> dict[int, tuple[str, ...]]:
    """What names each version, such as a release: {number: names}. Raises NamesUnreadable."""
    path = names_file(places)
    try:
        written = json.loads(path.read_text("utf-8"))
        return {int(number): tuple(str(name) for name in sorted(names)) for number, names in written.items()}
    except FileNotFoundError:
        return {}
    except (ValueError, AttributeError, TypeError):
        raise NamesUnreadable(
            f"{path} cannot be read. It says which versions a release relies on, so no version is removed and "
            "nothing is loaded until it is put right: restore it from a backup, or move it away."
        ) from None


def names_file(places: Places) -> Path:
    """The file of the names that keep versions."""
    return places.versions / "names.json"


def write_names(places: Places, names: dict[int, tuple[str, ...]]) -> None:
    """What names each version is `names`."""
    kept = {str(number): sorted(set(whose)) for number, whose in sorted(names.items()) if whose}
    write_whole(names_file(places), json.dumps(kept, indent=1, ensure_ascii=False) + "\n")


def prune(places: Places, *, in_use: Collection[int]) -> list[int]:
    """The numbers removed: all but the latest twelve, the current one, those named and those `in_use`."""
    kept = numbers(places)
    spare = set(kept[:-KEPT]) - set(read_names(places)) - set(in_use) - {current_version(places)}
    removed = []
    for number in sorted(spare):
        try:
            version_file(places, number).unlink()
            removed.append(number)
        except OSError as error:  # another process has it open and the system minds: the next load tries again
            _log.info("version %d stays for now (%s)", number, type(error).__name__)
    return removed


def remove_leftovers(places: Places) -> None:
    """What killed loads left half built is gone. Call only while holding the lock."""
    for pattern in ("building-*", "*.new"):
        for path in places.versions.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    for path in places.data.glob("warehouse.*.new"):
        path.unlink(missing_ok=True)
