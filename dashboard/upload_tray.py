"""The tray: the files that one analyst has dropped on the Upload page, until they are accepted or taken away.

A session has one tray and no other session sees it. Bytes are kept in a folder of the tray's own, which goes when
the files do, when the session ends and when the program does. Of a checked file only what the page shows is kept.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from pipelines.file_report import FileReport
from pipelines.found_cells import Found, found_cells
from pipelines.load import ChangedSince, CheckedAgainst, Options, Sending, check_files, load_files
from pipelines.preview import Preview, preview, sweep
from pipelines.questions import Question, questions
from pipelines.submissions import IgnoredSheet, LoadReport, SubmissionReport
from returns.periods import Period
from returns.places import Places

if TYPE_CHECKING:
    from pipelines.reply import Reply

_PREFIX = "scorecard-upload-"
# A file refused for one of these waits for the analyst, who can answer, and not for its sender.
ASKS_THE_ANALYST = frozenset({
    "file-password-needed", "file-password-wrong", "agency-needed", "extract-date-needed", "no-rows", "period-outside",
})


@dataclass(frozen=True)
class Settings:
    """What the analyst said of a file; None where it is left to the file and to what is remembered."""

    agency: str | None = None
    period: Period | None = None
    extracted: date | None = None
    nil: frozenset[str] = frozenset()
    password: str | None = field(default=None, repr=False)


@dataclass
class File:
    """One file on the tray. `number` names it in the address; what was found is there once it is checked."""

    number: int
    name: str
    path: Path
    settings: Settings = Settings()
    checked: bool = False
    against: CheckedAgainst | None = None
    submissions: tuple[SubmissionReport, ...] = ()
    ignored: tuple[IgnoredSheet, ...] = ()
    found: tuple[Found, ...] = ()
    questions: tuple[Question, ...] = ()
    left_out: frozenset[str | None] = frozenset()
    reply: Reply | None = None
    replaces_file: int | None = None
    """The number of an earlier file on the tray that is of the same return, agency and quarter."""
    told: bool = False
    """Whether the ledger has its refusal already."""

    @property
    def acceptable(self) -> tuple[SubmissionReport, ...]:
        """The returns in it that could be accepted."""
        return tuple(each for each in self.submissions if each.status == "accepted")

    @property
    def chosen(self) -> tuple[SubmissionReport, ...]:
        """Of those, the ones that are not left out."""
        return tuple(each for each in self.acceptable if each.sheet not in self.left_out)

    @property
    def refused(self) -> tuple[SubmissionReport, ...]:
        """The returns in it that cannot be accepted as they are."""
        return tuple(each for each in self.submissions if each.status == "refused")

    @property
    def waits_for_analyst(self) -> bool:
        """Whether something can be said here that lets a return be taken."""
        codes = {item.code for each in self.refused for item in each.findings if item.severity == "block"}
        return bool(codes & ASKS_THE_ANALYST) or any(question.needed for question in self.questions)

    @property
    def needs_password(self) -> bool:
        """Whether it waits for its password."""
        return any(
            item.code in ("file-password-needed", "file-password-wrong")
            for each in self.refused for item in each.findings
        )

    @property
    def goes_back(self) -> bool:
        """Whether nothing in it can be used and only its sender can put that right."""
        return self.checked and bool(self.refused) and not self.acceptable and not self.waits_for_analyst

    @property
    def unchanged(self) -> bool:
        """Whether all of it was loaded before."""
        return bool(self.submissions) and all(each.status == "unchanged" for each in self.submissions)

    def sending(self, sheets: frozenset[str | None] | None = None) -> Sending:
        """The file as loading takes it."""
        said = self.settings
        return Sending(
            self.path, said.agency, said.period, said.extracted, said.nil, name=self.name, sheets=sheets,
            password=said.password,
        )


class Tray:
    """One session's files, and what accepting them would come to."""

    def __init__(self) -> None:
        sweep(_PREFIX)
        self.folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
        self.files: list[File] = []
        self.preview: Preview | None = None
        self.accepted: LoadReport | None = None
        self.quarter: Period | None = None
        self._given = 0
        self._close = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    def take(self, name: str, content: bytes | memoryview) -> File:
        """The file, kept under a name of ours: what a sender calls a file never becomes a path."""
        self._given += 1
        path = self.folder / f"{self._given:04d}"
        path.write_bytes(content)
        file = File(self._given, _base_name(name), path, Settings(period=self.quarter))
        self.files.append(file)
        self.preview = self.accepted = None
        return file

    def remove(self, numbers: Iterable[int]) -> None:
        """Those files are gone, and their bytes."""
        gone = set(numbers)
        for file in self.files:
            if file.number in gone:
                file.path.unlink(missing_ok=True)
        self.files = [file for file in self.files if file.number not in gone]
        self.preview = None

    def close(self) -> None:
        """Every file is gone, and the folder."""
        self.files, self.preview = [], None
        self._close()

    def file(self, number: int) -> File | None:
        """The file of that number, or None."""
        return next((file for file in self.files if file.number == number), None)

    @property
    def to_check(self) -> tuple[File, ...]:
        """The files that are not checked yet."""
        return tuple(file for file in self.files if not file.checked)

    @property
    def chosen(self) -> tuple[SubmissionReport, ...]:
        """Every return that would be accepted now."""
        return tuple(each for file in self.files for each in file.chosen)

    def change(self, file: File, settings: Settings) -> None:
        """The file is to be checked again with what is said of it now."""
        file.settings, file.checked, file.reply = settings, False, None
        self.preview = None

    def all_of_quarter(self, quarter: Period | None) -> None:
        """Every file, and what comes later, is for that quarter; None leaves it to each file."""
        if quarter != self.quarter:
            self.quarter = quarter
            for file in self.files:
                self.change(file, replace(file.settings, period=quarter))

    def leave_out(self, file: File, sheets: frozenset[str | None]) -> None:
        """Those sheets of the file are not to be accepted."""
        if sheets != file.left_out:
            file.left_out = sheets
            self.preview = None

    def check_again(self) -> None:
        """Every file is to be checked again: the warehouse, or what is remembered, has changed."""
        for file in self.files:
            file.checked, file.reply, file.replaces_file = False, None, None
        self.preview = None

    def check(self, places: Places, file: File, *, step: Callable[[float], None] | None = None) -> None:
        """What is in the file, and what would become of it, is known. Raises a WarehouseError."""

        def keep(report: FileReport) -> None:
            file.submissions, file.ignored = report.submissions, report.received.ignored
            file.found, file.questions = found_cells(report), questions(report, places)

        against = CheckedAgainst.now(places)
        check_files(places, [file.sending()], each=keep, step=step)
        file.checked, file.reply, file.against = True, None, against

    def try_out(
        self, places: Places, *, quarter: Period | None = None, progress: Callable[[int, int, str], None] | None = None
    ) -> None:
        """What accepting the chosen returns would change is known. Raises a WarehouseError.

        A file that was checked before another's load is to be checked again first: its verdict may be another now.
        """
        now = CheckedAgainst.now(places)
        self._check_stale_again(now)
        files = [file for file in self.files if file.chosen]
        if self.to_check or not files:
            return
        done: list[FileReport] = []
        sendings = [file.sending(_sheets(file.chosen)) for file in files]
        self.preview = preview(places, sendings, quarter=quarter, progress=progress, each=done.append)
        ids = {each.id: file.number for file, report in zip(files, done, strict=True) for each in report.submissions}
        for file, report in zip(files, done, strict=True):
            file.replaces_file = next((ids[each.replaces] for each in report.submissions if each.replaces in ids), None)
            tried = {each.sheet: each for each in report.submissions}
            # The trial's numbers are not the ones that the ledger will give.
            file.submissions = tuple(_as_tried(each, tried.get(each.sheet)) for each in file.submissions)
        del done

    def accept(self, places: Places, *, progress: Callable[[int, int, str], None] | None = None) -> LoadReport:
        """What became of the chosen returns; what was refused leaves its line in the ledger.

        Raises LoadRunning while another load runs, and ChangedSince when one has come since the files were checked.
        """
        now = CheckedAgainst.now(places)
        if self.preview is not None and self.preview.version != now.version or self._check_stale_again(now):
            raise ChangedSince("Something was loaded since these files were checked. Nothing of them was loaded.")
        wanted = {file.number: _sheets(file.chosen) for file in self.files}
        back = [file for file in self.files if file.refused and not file.told and not file.waits_for_analyst]
        for file in back:
            wanted[file.number] |= _sheets(file.refused)
        sendings = [file.sending(wanted[file.number]) for file in self.files if wanted[file.number]]
        report = load_files(places, sendings, options=Options(checked=now), progress=progress)
        for file in back:
            file.told = True
        taken = [
            file.number for file in self.files
            if file.chosen and len(file.chosen) == len(file.acceptable) and not file.refused
        ]
        self.remove(taken)
        self.check_again()
        self.accepted = report
        return report

    def _check_stale_again(self, now: CheckedAgainst) -> bool:
        """Whether any file was checked against something else than what is there now; those are to be checked again."""
        stale = [file for file in self.files if file.checked and file.against != now]
        for file in stale:
            file.checked, file.reply, file.replaces_file = False, None, None
        if stale:
            self.preview = None
        return bool(stale)

    def reply_to(self, places: Places, file: File) -> Reply:
        """What goes back to the sender of the file, made when it is asked for."""
        from pipelines.reply import reply

        if file.reply is None:
            found: list[FileReport] = []
            check_files(places, [file.sending()], each=found.append)
            file.reply = reply(found[0], places=places)
        return file.reply


def _sheets(reports: Sequence[SubmissionReport]) -> frozenset[str | None]:
    return frozenset(each.sheet for each in reports)


def _as_tried(report: SubmissionReport, tried: SubmissionReport | None) -> SubmissionReport:
    if tried is None:
        return report
    return replace(report, replaces=tried.replaces, difference=tried.difference)


def _base_name(name: str) -> str:
    """The last part of what the browser calls the file, however its system writes paths."""
    return PureWindowsPath(PurePosixPath(name).name).name or name or "a file without a name"
