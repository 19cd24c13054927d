"""Receiving a file: opened safely, its returns recognised, cleaned and checked. Nothing is written here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from pipelines.check import CheckedSheet, check
from pipelines.check_partners import Held, nothing_held, other_half_missing
from pipelines.clean import Answers, ReadSheet, Rules, read_sheet
from pipelines.findings import Finding, finding
from pipelines.last_quarter import Earlier, far_from_last
from pipelines.opening import open_workbook
from pipelines.personal import kinds_of_personal_data
from pipelines.pseudonyms import Pseudonyms
from pipelines.reading_ahead import Opening
from pipelines.recognise import Recognised, Recognition, recognise
from pipelines.rows import settle
from pipelines.submissions import IgnoredSheet
from pipelines.whose_and_when import (
    Told,
    When,
    judge_edition,
    judge_list,
    judge_period,
    layout_hash,
    named_in,
    when,
    whose,
)
from pipelines.workbook import UnsafeFile, Workbook
from returns.codes import CodeLists
from returns.partnership import Agency

_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Desk:
    """What receiving a file needs beside the file: code lists, pseudonyms, what is remembered.

    `answers(agency)` are what the agency's own spellings mean; `headers(agency)` which fields its own headers are,
    {(return, header in plain words): field or ""}; `remembered(return, layout)` is who last sent it so; `step` is
    told how far a file is, from 0 to 1; `earlier` is what was sent for the quarters before;
    `held(table, column, period)` are the values held of a column; `opening` opens the file.
    """

    codes: CodeLists
    pseudonyms: Pseudonyms
    answers: Callable[[str], Answers]
    remembered: Callable[[str, str], str | None]
    headers: Callable[[str], Mapping[tuple[str, str], str]] = lambda _agency: {}
    password: str | None = None
    step: Callable[[float], None] = lambda _share: None
    earlier: Earlier = Earlier()
    held: Held = nothing_held
    opening: Opening = open_workbook


@dataclass(frozen=True)
class ReceivedReturn:
    """One return of a file: ready to be accepted, or refused when a finding is a `block`.

    `checked` is None for a return that was refused before its rows were read, and for a nil return; `recognised` is
    None where no sheet has its columns.
    """

    return_name: str | None
    sheet: str | None
    agency: Agency | None
    when: When | None
    findings: tuple[Finding, ...]
    checked: CheckedSheet | None = None
    nil: bool = False
    layout: str | None = None
    edition: str | None = None
    recognised: Recognised | None = None

    @property
    def refused(self) -> bool:
        """Whether the return cannot be accepted."""
        return any(item.severity == "block" for item in self.findings)


@dataclass(frozen=True)
class ReceivedFile:
    """A file and its returns. `workbook` is None when it was refused as unsafe."""

    path: Path
    name: str
    sha256: str | None
    workbook: Workbook | None
    returns: tuple[ReceivedReturn, ...]
    ignored: tuple[IgnoredSheet, ...] = ()


def receive(path: Path, told: Told, desk: Desk, *, name: str | None = None) -> ReceivedFile:
    """The file with every return in it cleaned and checked. Never raises for what is in the file.

    `name` is what the sender called it, where it is kept under another.
    """
    try:
        workbook = desk.opening(path, password=desk.password, name=name)
    except UnsafeFile as refusal:
        refused = ReceivedReturn(None, None, None, None, (refusal.finding,))
        return ReceivedFile(path, name or path.name, _hash_of(path), None, (refused,))
    found, layouts = _recognised(workbook, told, desk)
    ignored = tuple(IgnoredSheet(workbook.name, item.sheet, item.why) for item in found.ignored)
    stopped = (_refused(sheet, _owner(sheet, layouts, told, desk)) for sheet in found.refused)
    returns = (*_received(found.sheets, layouts, told, desk), *stopped)
    returns = _with_findings(returns, (*workbook.findings, *found.findings))
    return ReceivedFile(path, workbook.name, workbook.sha256, workbook, returns, ignored)


def nil_returns(told: Told) -> ReceivedFile:
    """Nil returns for which no file was sent."""
    return ReceivedFile(Path(), "", None, None, tuple(_nil(name, told, None) for name in sorted(told.nil)))


def _hash_of(path: Path) -> str | None:
    """The hash of a file that was not opened, for the ledger; None when it cannot be read at all."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _recognised(workbook: Workbook, told: Told, desk: Desk) -> tuple[Recognition, Mapping[str, str]]:
    """The workbook's returns, read with what was answered about their senders' headers; and each sheet's layout.

    The layout is that of the headers known without any answer: by it the agency is remembered, and by the agency
    the answers are found.
    """
    found = recognise(workbook)
    sheets = (*found.sheets, *found.refused)
    layouts = {sheet.sheet.name: layout_hash(sheet) for sheet in sheets}
    owners = {sheet.declared.name: _owner(sheet, layouts, told, desk) for sheet in sheets}
    names = {owner.name for owner in owners.values() if owner} | ({told.agency} if told.agency else set())
    answers: dict[str, dict[str, str]] = {}
    for name in sorted(names) or [""]:
        for (return_name, words), field in desk.headers(name).items():
            owner = owners.get(return_name)
            if owner is None or owner.name == name:
                answers.setdefault(return_name, {})[words] = field
    return (recognise(workbook, answers), layouts) if answers else (found, layouts)


def _owner(sheet: Recognised, layouts: Mapping[str, str], told: Told, desk: Desk) -> Agency | None:
    return whose(sheet, layouts.get(sheet.sheet.name) or layout_hash(sheet), told, desk.remembered)


def _received(
    sheets: Iterable[Recognised], layouts: Mapping[str, str], told: Told, desk: Desk
) -> tuple[ReceivedReturn, ...]:
    owners = [(sheet, _owner(sheet, layouts, told, desk)) for sheet in sheets]
    read = [_read(sheet, agency, told, desk) for sheet, agency in _one_by_one(owners, desk, begin=0.3, end=0.8)]
    moment = when([sheet for sheet, _agency in read], told)
    judged = judge_period([sheet for sheet, _agency in read], moment) if moment else ()
    present = tuple(
        replace(
            _settled(sheet, agency, moment, judged, told, desk), recognised=sheet.recognised,
            layout=layouts.get(sheet.recognised.sheet.name) or layout_hash(sheet.recognised),
        )
        for sheet, agency in _one_by_one(read, desk, begin=0.8, end=1.0)
    )
    present = tuple(_across(item, present, desk) for item in present)
    named = {item.return_name for item in present}
    return present + tuple(_nil(name, told, moment) for name in sorted(told.nil - named))


def _read(sheet: Recognised, agency: Agency | None, told: Told, desk: Desk) -> tuple[ReadSheet, Agency | None]:
    """The sheet's cells, and whose they are: told, else named by the rows themselves, else remembered."""

    def by(whose_words: Agency | None) -> ReadSheet:
        return read_sheet(sheet, Rules(desk.codes, told.today, desk.answers(whose_words.name if whose_words else "")))

    read = by(agency)
    named = None if told.agency else named_in(read)
    return (by(named), named) if named is not None and named != agency else (read, agency)


def _across(item: ReceivedReturn, present: Sequence[ReceivedReturn], desk: Desk) -> ReceivedReturn:
    """The return with what the others of its file, and those held, say of its rows."""
    if item.checked is None or item.when is None:
        return item
    beside = [other.checked for other in present if other.checked is not None]
    found = other_half_missing(item.checked, beside, period=item.when.period, held=desk.held)
    return replace(item, findings=(*item.findings, *found))


def _one_by_one(items: Sequence[_Item], desk: Desk, *, begin: float, end: float) -> Iterator[_Item]:
    """The items in turn; before each the desk is told how far the file is."""
    for done, item in enumerate(items):
        desk.step(begin + (end - begin) * done / len(items))
        yield item


def _refused(sheet: Recognised, agency: Agency | None) -> ReceivedReturn:
    """A sheet whose return is known and whose columns do not allow it to be read."""
    return ReceivedReturn(sheet.declared.name, sheet.sheet.name, agency, None, (), recognised=sheet)


def _settled(
    sheet: ReadSheet, agency: Agency | None, moment: When | None, judged: tuple[Finding, ...], told: Told, desk: Desk
) -> ReceivedReturn:
    """One return of the workbook, refused with its reason or checked row by row."""
    declared = sheet.recognised.declared
    received = ReceivedReturn(
        declared.name, sheet.recognised.sheet.name, agency, moment, (),
        edition=sheet.recognised.edition.name,
    )
    refusal = _refusal(sheet, agency, moment, judged, told)
    if refusal is not None:
        return replace(received, findings=(refusal,))
    assert agency is not None and moment is not None
    if declared.name in told.nil:
        note = finding("nil-recorded", sheet=received.sheet, return_title=declared.title)
        return replace(received, findings=(note,), nil=True)
    checked = check(settle(sheet, extracted=moment.extracted, scheme=agency.scheme, pseudonyms=desk.pseudonyms))
    about = [
        *judged, *judge_list(sheet, moment), *judge_edition(sheet, moment),
        *far_from_last(checked, agency.name, moment, desk.earlier),
    ]
    if not checked.rows_accepted:
        about.append(finding("all-rows-held", sheet=received.sheet, count=checked.clean.rows_read))
    return replace(received, findings=(*about, *checked.findings), checked=checked)


def _refusal(
    sheet: ReadSheet, agency: Agency | None, moment: When | None, judged: tuple[Finding, ...], told: Told
) -> Finding | None:
    """Why the return cannot be taken at all, or None."""
    declared, name = sheet.recognised.declared, sheet.recognised.sheet.name
    if declared.level == "total" and (kinds := kinds_of_personal_data(sheet.recognised)):
        return finding("personal-data-in-totals", sheet=name, kinds=", ".join(kinds))
    if declared.name in told.nil and len(sheet.rows):
        return finding("nil-with-rows", sheet=name, return_title=declared.title, count=len(sheet.rows))
    if agency is None:
        return finding("agency-needed", sheet=name, return_title=declared.title)
    if declared.name not in told.nil and not len(sheet.rows):
        return finding("no-rows", sheet=name, return_title=declared.title)
    if moment is None:
        return finding("extract-date-needed", sheet=name)
    blocks = [item for item in judged if item.severity == "block"]
    return replace(blocks[0], sheet=name) if blocks else None


def _nil(name: str, told: Told, moment: When | None) -> ReceivedReturn:
    """A nil return for which there is no sheet."""
    from returns.catalogue import the_return
    from returns.partnership import agency, partnership

    declared = the_return(name)
    sender = told.agency or (partnership().council_agency if declared.sender == "council" else None)
    moment = moment or when((), told)
    if sender is None:
        found = finding("agency-needed", return_title=declared.title)
    elif moment is None:
        found = finding("extract-date-needed")
    else:
        found = finding("nil-recorded", return_title=declared.title)
    return ReceivedReturn(name, None, agency(sender) if sender else None, moment, (found,), nil=True)


def _with_findings(returns: tuple[ReceivedReturn, ...], found: Iterable[Finding]) -> tuple[ReceivedReturn, ...]:
    """The returns with what recognising found: at their own sheet, the rest with the file's first return."""
    by_sheet: dict[str | None, list[Finding]] = {}
    known = {item.sheet for item in returns}
    for item in found:
        refused_sheet = item.severity == "block" and item.sheet is not None and item.sheet not in known
        by_sheet.setdefault(item.sheet if item.sheet in known or refused_sheet else None, []).append(item)
    placed = [_add(item, by_sheet.pop(item.sheet, [])) if item.sheet else item for item in returns]
    general = by_sheet.pop(None, [])
    for sheet, refusals in by_sheet.items():
        placed.append(ReceivedReturn(None, sheet, None, None, tuple(refusals)))
    if not placed:
        return (ReceivedReturn(None, None, None, None, tuple(general)),) if general else ()
    return (_add(placed[0], general), *placed[1:])


def _add(received: ReceivedReturn, found: list[Finding]) -> ReceivedReturn:
    return replace(received, findings=(*found, *received.findings)) if found else received
