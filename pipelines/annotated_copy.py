"""The annotated copy: the sender's own workbook with the cells that need them marked, each with a note.

Only of an .xlsx under 5 MB that was safe to open. Formulas are replaced by their last values and text stays text,
so that nothing in the copy runs; a first sheet says what to do and what of the workbook was not kept.
"""

from __future__ import annotations

import hashlib
import io
import logging
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.asks import AsSent, asks, words_for
from pipelines.file_report import FileReport
from pipelines.file_types import ZIP
from pipelines.finding_kind import SEVERITIES, Severity
from pipelines.findings import CATALOGUE, Finding, shown
from pipelines.findings_workbook import DEMONSTRATION, FILLS, text_of
from pipelines.kept_parts import kept, left_out
from pipelines.recognise import Recognised
from pipelines.sender_words import in_number

if TYPE_CHECKING:
    from openpyxl import Workbook as Book
    from openpyxl.worksheet.worksheet import Worksheet

_log = logging.getLogger(__name__)

LARGEST = 5 * 1024 * 1024
MOST_CELLS = 1_000_000
MOST_NOTES = 5_000
_ROWS_NAMED = 25
_FIRST_SHEET = "Please read"

# What each severity means to the sender.
_MEANS: dict[Severity, str] = {
    "block": "The sheet cannot be read until this is put right.",
    "hold": "The row is kept aside until this is put right.",
    "blank": "The cell is taken as unknown; the row counts.",
    "warn": "Please check.",
    "note": "For next time.",
}


@dataclass(frozen=True)
class AnnotatedCopy:
    """The copy's bytes, or None where there is none. `sentence` says why there is none, or what it leaves out."""

    content: bytes | None
    sentence: str
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Mark:
    """One cell to mark, by Excel's row and column counted from 1."""

    sheet: str
    row: int
    column: int
    severity: Severity
    note: str


def annotated_copy(report: FileReport) -> AnnotatedCopy:
    """The copy. The file must still be where it was received; a large one takes some seconds."""
    why = _why_none(report)
    marks = [] if why else _marks(report)
    if why or not marks:
        return AnnotatedCopy(None, why or "There is no copy: no cell needs a mark.")
    workbook = report.received.workbook
    assert workbook is not None
    try:
        content = report.received.path.read_bytes()
    except OSError:
        return AnnotatedCopy(None, "There is no copy: the file is no longer where it was received.")
    if hashlib.sha256(content).hexdigest() != workbook.sha256:
        return AnnotatedCopy(None, "There is no copy: the file has changed since it was read.")
    if not content.startswith(ZIP):
        return AnnotatedCopy(None, "There is no copy: the file is protected with a password, and a copy would not be.")
    return _made(report, content, marks)


def _why_none(report: FileReport) -> str:
    workbook = report.received.workbook
    if workbook is None or report.unsafe:
        return "There is no copy: the file was not opened."
    if workbook.kind != "xlsx":
        return "There is no copy: only an Excel Workbook (.xlsx) can be marked."
    if workbook.size >= LARGEST:
        return f"There is no copy: the file is {workbook.size / 1024 / 1024:,.1f} MB, and one under 5 MB can be marked."
    if any(CATALOGUE[found.code].code == "personal-data-in-totals" for found in report.findings):
        return "There is no copy: the file holds personal data that it must not, and none of it is kept."
    if sum(len(row) for sheet in workbook.sheets for row in sheet.rows) > MOST_CELLS:
        return f"There is no copy: the workbook has more than {MOST_CELLS:,} cells."
    return ""


def _made(report: FileReport, content: bytes, marks: Sequence[_Mark]) -> AnnotatedCopy:
    import warnings

    from openpyxl import load_workbook

    from pipelines.zip_check import open_archive

    archive = open_archive(content, file=report.name)
    lost = left_out(archive)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's warnings quote cells
            book = load_workbook(io.BytesIO(kept(archive)), data_only=True, keep_links=False)
            for sheet in book.worksheets:
                sheet.sheet_view.tabSelected = False
            noted = _mark(book, marks)
            _first_sheet(book, report, lost, noted=noted, marked=len(marks))
            made = _saved(book)
    except Exception as error:  # noqa: BLE001 - logged by its kind alone: what it says may quote a cell
        _log.warning("an annotated copy could not be made: %s", type(error).__name__)
        return AnnotatedCopy(None, "There is no copy: the workbook is put together in a way that cannot be marked.")
    said = in_number(f"The copy marks {len(marks):,} [cell/cells].", len(marks))
    return AnnotatedCopy(made, f"{said} It leaves out: {', '.join(lost)}." if lost else said, lost)


# ---- which cells ----------------------------------------------------------------------------------------------------


def _marks(report: FileReport) -> list[_Mark]:
    """The cells to mark, each once, with everything that is said of it."""
    found: dict[tuple[str, int, int], list[Finding]] = {}
    for submission, item in zip(report.submissions, report.received.returns, strict=True):
        if item.recognised is None:
            continue
        for each in submission.findings:
            place = _place(item.recognised, each)
            if place is not None and words_for(each) is not None:
                found.setdefault((item.recognised.sheet.name, *place), []).append(each)
    return [_one_mark(place, findings) for place, findings in sorted(found.items())]


def _place(recognised: Recognised, found: Finding) -> tuple[int, int] | None:
    """Excel's row and column of the cell a finding is about: its own, its header's, or the first of its row."""
    sheet, sent = recognised.sheet, AsSent(recognised)
    if found.sheet != sheet.name:
        return None
    field = sent.field(found.column)
    if field is not None:
        place = recognised.columns[field.name]
    elif found.row is not None:
        place = min(recognised.columns.values(), default=0)
    else:
        header = sheet.rows[recognised.header_position]
        place = next((at for at, cell in enumerate(header) if str(cell).strip() == found.column), -1)
    if place < 0 or (found.row is None and found.column is None):
        return None
    return found.row if found.row is not None else recognised.header_row, sheet.first_column + place


def _one_mark(place: tuple[str, int, int], findings: Sequence[Finding]) -> _Mark:
    order = list(SEVERITIES)
    heaviest = min((each.severity for each in findings), key=order.index)
    said = dict.fromkeys(_note(each) for each in findings)
    return _Mark(*place, severity=heaviest, note=f"{' '.join(said)} {_MEANS[heaviest]}")


def _note(found: Finding) -> str:
    words = words_for(found)
    return f"{CATALOGUE[found.code].title}. {words.asked(1) if words else ''}".strip()


# ---- the copy -------------------------------------------------------------------------------------------------------


def _mark(book: Book, marks: Sequence[_Mark]) -> int:
    """Fills and notes the cells; gives how many have a note (a workbook of too many cannot be opened)."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    fills = {name: PatternFill("solid", start_color=f"FF{fill[1:]}", end_color=f"FF{fill[1:]}")
             for name, fill in FILLS.items()}
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    noted = 0
    for mark in sorted(marks, key=lambda each: list(SEVERITIES).index(each.severity)):
        if mark.sheet not in sheets:
            continue
        cell = _cell(sheets[mark.sheet], mark.row, mark.column)
        cell.fill = fills[mark.severity]
        if noted < MOST_NOTES:
            cell.comment = Comment(text_of(mark.note), "Scorecard", height=110, width=320)
            noted += 1
    return noted


def _cell(sheet: Worksheet, row: int, column: int) -> Any:
    """The cell; for one that is merged into another, that other."""
    from openpyxl.cell.cell import MergedCell

    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        for area in sheet.merged_cells.ranges:
            if cell.coordinate in area:
                return sheet.cell(area.min_row, area.min_col)
    return cell


def _first_sheet(book: Book, report: FileReport, lost: Sequence[str], *, noted: int, marked: int) -> None:
    """Adds the first sheet: what to do, and what of the workbook was not kept."""
    from openpyxl.styles import Alignment, Font, PatternFill

    sheet = book.create_sheet(_unused(_FIRST_SHEET, book.sheetnames), 0)
    book.active = 0
    sheet.sheet_view.tabSelected = True
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 70, 70
    sheet.column_dimensions["C"].width = 40
    wrap = Alignment(wrap_text=True, vertical="top")
    for number, line in enumerate(_lines(report, lost, noted=noted, marked=marked), start=1):
        for column, text in enumerate(line.cells, start=1):
            cell = sheet.cell(number, column)
            cell.value = shown_long(text)
            cell.data_type = "s"  # openpyxl makes a formula of what begins with =
            cell.alignment = wrap
            cell.font = Font(bold=line.bold, size=14 if number == 1 else 11)
            if line.fill and column == 1:
                cell.fill = PatternFill("solid", start_color=f"FF{line.fill[1:]}", end_color=f"FF{line.fill[1:]}")


@dataclass(frozen=True)
class _Line:
    cells: tuple[str, ...]
    bold: bool = False
    fill: str = ""


def _lines(report: FileReport, lost: Sequence[str], *, noted: int, marked: int) -> Iterator[_Line]:
    yield _Line((f"A copy of {report.name}, with the cells that need you marked",), bold=True)
    if report.demonstration:
        yield _Line((DEMONSTRATION,), bold=True)
    yield _Line(("Please put these right in your own records or workbook and send that again: not this copy.",))
    yield _Line(("Rest the pointer on a marked cell to read what is wrong with it and what to do.",))
    if noted < marked:
        yield _Line((f"Of the {marked:,} marked cells, the {noted:,} that matter most have a note.",))
    yield _Line(("",))
    yield _Line(("What is wrong", "What to do", "Where"), bold=True)
    for ask in asks(report):
        if ask.of_sender:
            where = ", ".join(part for part in (ask.sheet or "", ask.where(_ROWS_NAMED)) if part)
            yield _Line((ask.says, ask.please, where), fill=FILLS[ask.severity])
    yield _Line(("",))
    yield _Line(("What of your workbook is not in this copy",), bold=True)
    for text in lost or ("Nothing that shows.",):
        yield _Line((text[0].upper() + text[1:],))


def shown_long(text: str) -> str:
    """The text without characters that a workbook cannot hold; a piece at a time, so that none of it is cut."""
    return "".join(shown(text[start:start + 80]) for start in range(0, len(text), 80))


def _unused(name: str, taken: Sequence[str]) -> str:
    used = {each.casefold() for each in taken}
    number, found = 1, name
    while found.casefold() in used:
        number += 1
        found = f"{name} {number}"
    return found


def _saved(book: Book) -> bytes:
    """The workbook's bytes, without a word of when or by whom: the same copy is the same bytes."""
    from openpyxl.packaging.core import DocumentProperties

    book.properties = DocumentProperties(creator="")
    first = io.BytesIO()
    book.save(first)
    made = io.BytesIO()
    with zipfile.ZipFile(first) as parts, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as again:
        for name in parts.namelist():
            content = parts.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z", b"2000-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            again.writestr(entry, content)
    return made.getvalue()
