"""What goes back about a file: the findings workbook, the marked copy where there can be one, and the message."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipelines.annotated_copy import annotated_copy
from pipelines.batch import today as this_day
from pipelines.file_report import FileReport
from pipelines.findings_workbook import findings_workbook
from pipelines.message import message, reply_by
from returns.places import Places

_log = logging.getLogger(__name__)

_LONGEST_STEM = 60
# Names that Windows keeps for devices, whatever their ending.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})


@dataclass(frozen=True)
class Reply:
    """What can be sent back about one file. `copy_sentence` says what the copy leaves out, or why there is none."""

    file: str
    findings_workbook: bytes
    annotated_copy: bytes | None
    copy_sentence: str
    message: str

    def files(self, stem: str) -> dict[str, bytes]:
        """The papers by the names to keep them under, each beginning with `stem`."""
        papers = {f"{stem} - findings.xlsx": self.findings_workbook}
        papers[f"{stem} - message.txt"] = self.message.encode("utf-8")
        if self.annotated_copy is not None:
            papers[f"{stem} - marked copy.xlsx"] = self.annotated_copy
        return papers


def reply(report: FileReport, *, places: Places, today: date | None = None) -> Reply:
    """Everything that goes back about the file. The file must still be where it was received."""
    copy = annotated_copy(report)
    written = message(report, by=reply_by(places, today or this_day()), copied=copy.content is not None)
    return Reply(report.name, findings_workbook(report), copy.content, copy.sentence, written)


@dataclass
class Replies:
    """Collects the replies of a check or a load, file by file: given as its `each`.

    A reply that cannot be made must not stop a load: it is left out, and `failed` names its file.
    """

    places: Places
    made: list[Reply] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def __call__(self, report: FileReport) -> None:
        if not report.name:
            return
        try:
            self.made.append(reply(report, places=self.places))
        except Exception as error:  # noqa: BLE001 - logged by its kind alone: what it says may quote a cell
            _log.error("the papers of a file could not be made: %s", type(error).__name__)
            self.failed.append(report.name)

    def write(self, folder: Path) -> tuple[Path, ...]:
        """The papers written, each whole or not at all. Raises OSError when the folder cannot be written to."""
        folder.mkdir(parents=True, exist_ok=True)
        written = []
        for stem, made in zip(stems(each.file for each in self.made), self.made, strict=True):
            for name, content in made.files(stem).items():
                path = folder / name
                aside = path.with_name(f"{path.name}.{os.getpid()}.new")
                try:
                    aside.write_bytes(content)
                    os.replace(aside, path)
                finally:
                    aside.unlink(missing_ok=True)
                written.append(path)
        return tuple(written)


def stems(names: Iterable[str]) -> Iterator[str]:
    """For each file's name, one that any system can keep a file under; the same name twice gets a number."""
    taken: set[str] = set()
    for name in names:
        stem = found = safe_stem(name)
        number = 1
        while found.casefold() in taken:
            number += 1
            found = f"{stem} ({number})"
        taken.add(found.casefold())
        yield found


def safe_stem(name: str) -> str:
    """The name without its ending, in letters, digits, spaces, `-` and `_`: no path, no device, nothing invisible."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    whole = last.rsplit(".", 1)[0] if "." in last[1:] else last
    plain = "".join(letter if letter.isalnum() or letter in " -_" else "_" for letter in whole)[:_LONGEST_STEM].strip()
    return f"{plain}_" if plain.casefold() in _DEVICES else plain or "file"
