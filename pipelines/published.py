"""Published statistics, loaded into the warehouse in one long table: main.published.

A figure is known by its source, measure, area, period and breakdown. Areas are known by code: one
authority has one code throughout, the latest its number has had, whichever file it comes from. A
symbol in a number's place is kept as the figure's status, and the figure has no value.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pipelines.published_files import PublishedRefused, PublishedTable, read_published, table_of
from pipelines.published_rows import insert_rows
from returns.places import Places

if TYPE_CHECKING:
    from pipelines.batch import Batch
    from warehouse.store import Builder

Outcome = Literal["loaded", "replaced", "unchanged", "refused"]


@dataclass(frozen=True)
class PublishedFile:
    """What became of one file. `figures` counts values and symbols; `years` are its first and last periods."""

    file: str
    outcome: Outcome
    source: str | None = None
    figures: int = 0
    areas: int = 0
    years: tuple[str, str] | None = None
    sentence: str = ""
    unsafe: bool = False

    def as_json(self) -> dict[str, Any]:
        """The file as the command line prints it."""
        return {
            "file": self.file, "status": self.outcome, "source": self.source, "figures": self.figures,
            "areas": self.areas, "years": list(self.years) if self.years else None, "message": self.sentence,
        }


@dataclass(frozen=True)
class PublishedReport:
    """What became of all the files. `version` is the warehouse's current version afterwards."""

    files: tuple[PublishedFile, ...]
    version: int | None

    def as_json(self) -> dict[str, Any]:
        """The report as one JSON value."""
        return {"published": [file.as_json() for file in self.files], "version": self.version}

    @property
    def exit_code(self) -> int:
        """0 done, 1 a file was refused, 4 one was refused as unsafe: the highest that applies."""
        if any(file.unsafe for file in self.files):
            return 4
        return int(any(file.outcome == "refused" for file in self.files))


def published_command(files: Sequence[Path], places: Places) -> PublishedReport:
    """What became of each file, once all that can be used are in the warehouse.

    A file that cannot be used is refused with a sentence and the others are loaded. Raises WarehouseError.
    """
    from warehouse.store import current_version

    read = [_read(path) for path in files]
    tables = [table for table in read if isinstance(table, PublishedTable)]
    reports = _load(tables, places) if tables else []
    told = iter(reports)
    ordered = tuple(next(told) if isinstance(item, PublishedTable) else item for item in read)
    return PublishedReport(ordered, current_version(places))


def reload_published(builder: Builder, places: Places, *, file: str, stored_as: str) -> int:
    """The figures loaded again, when the ledger is replayed, from the file as it was received.

    `file` and `stored_as` are as the ledger's line of kind `published` has them.
    """
    table = table_of(file, (places.raw / stored_as).read_bytes())
    return insert_rows(builder.connection, table, places.reference).figures


def _read(path: Path) -> PublishedTable | PublishedFile:
    try:
        return read_published(path)
    except PublishedRefused as refusal:
        return PublishedFile(path.name, "refused", sentence=str(refusal), unsafe=refusal.unsafe)


def _load(tables: Sequence[PublishedTable], places: Places) -> list[PublishedFile]:
    from pipelines.batch import batch
    from pipelines.replay import catch_up

    reports: list[PublishedFile] = []
    try:
        with batch(places) as made:
            caught_up = catch_up(made)
            held = _held(made)
            reports += [_take(table, made, held) for table in tables]
            if made.changes_warehouse and not made.pending and not caught_up:
                raise _NothingTaken
    except _NothingTaken:
        return reports
    return reports


class _NothingTaken(Exception):
    """No file could be used, so the version that was begun is thrown away."""


def _take(table: PublishedTable, made: Batch, held: dict[str, str]) -> PublishedFile:
    """What became of one file; `held` is brought up to date."""
    if held.get(table.source) == table.sha256:
        return PublishedFile(table.file, "unchanged", table.source, sentence="The same file is already loaded.")
    try:
        rows = insert_rows(made.builder.connection, table, made.places.reference)
    except PublishedRefused as refusal:
        return PublishedFile(table.file, "refused", table.source, sentence=str(refusal))
    outcome: Outcome = "replaced" if table.source in held else "loaded"
    held[table.source] = table.sha256
    stored_as = _store(table, made.places)
    made.line("published", file=table.file, stored_as=stored_as, sha256=table.sha256, source=table.source)
    return PublishedFile(table.file, outcome, table.source, rows.figures, rows.areas, rows.years, rows.sentence)


def _held(made: Batch) -> dict[str, str]:
    """{source: sha256 of its file} of the version being built, or of the current one when none is."""
    from warehouse.store import current_version, reader

    query = "SELECT source, sha256 FROM main.published_files"
    if made.changes_warehouse:
        return dict(made.builder.connection.execute(query).fetchall())
    if current_version(made.places) is None:
        return {}
    with reader(made.places) as current:
        return dict(current.query(query))


def _store(table: PublishedTable, places: Places) -> str:
    """Where under data/raw the file is kept as it was received, under our own name; never overwritten."""
    ending = ".csv.gz" if table.content.startswith(b"\x1f\x8b") else ".csv"
    stored_as = f"published/P-{table.sha256[:16]}{ending}"
    path = places.raw / stored_as
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_name(f"{path.name}.part")
        with half.open("wb") as out:
            out.write(table.content)
            out.flush()
            os.fsync(out.fileno())
        half.replace(path)
    return stored_as
