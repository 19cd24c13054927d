"""What was found in a file, cell by cell: where Excel shows each cell, what was sent in it, what is wrong, what to do.

It holds cells' values: it is for the analyst who has the file, and is neither stored nor logged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from pipelines.asks import AsSent, words_for
from pipelines.costs import Cost, cost_of_finding
from pipelines.file_report import FileReport
from pipelines.finding_kind import SEVERITIES, Severity
from pipelines.findings import CATALOGUE, Finding, shown
from pipelines.receiving import ReceivedReturn
from pipelines.submissions import SubmissionReport
from pipelines.workbook import Cell

# How a cell without anything in it is shown.
EMPTY = "(empty)"


@dataclass(frozen=True)
class FoundCell:
    """One place: its address as Excel shows it (`G14`; `row 14` for a whole row) and what was sent there."""

    address: str
    value: str = ""


@dataclass(frozen=True)
class Found:
    """All that was found of one kind in one column of one sheet, and what to do about it.

    `title` says in general what is wrong, and `message` in full of the first; `please` is for the sender where
    `of_sender` is true, else for the analyst. `cost` is what the figures lose by it, None where they lose no row.
    """

    code: str
    severity: Severity
    title: str
    return_name: str | None
    sheet: str | None
    column: str | None
    message: str
    please: str
    of_sender: bool
    cells: tuple[FoundCell, ...] = field(repr=False)
    cost: Cost | None = field(default=None, repr=False)

    @property
    def count(self) -> int:
        """How many cells or rows it is about; 1 for what is about a whole sheet or file."""
        return max(1, len(self.cells))


def found_cells(report: FileReport) -> tuple[Found, ...]:
    """Everything found in the file, the heaviest first, then in the order of its sheets."""
    found: list[Found] = []
    for submission, item in zip(report.submissions, report.received.returns, strict=True):
        found += _of_return(submission, item)
    order = list(SEVERITIES)
    return tuple(sorted(found, key=lambda each: order.index(each.severity)))


def _of_return(submission: SubmissionReport, item: ReceivedReturn) -> Iterator[Found]:
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for each in submission.findings:
        alike = (each.column or "",) if each.row is not None else (each.column or "", each.message)
        groups.setdefault((each.code, each.severity, each.sheet or "", *alike), []).append(each)
    as_sent = AsSent(item.recognised) if item.recognised else None
    for group in groups.values():
        first, count = group[0], len(group)
        words = words_for(first)
        please = words.asked(count) if words and count > 1 else first.remedy
        yield Found(
            first.code, first.severity, CATALOGUE[first.code].title, item.return_name, first.sheet, first.column,
            first.message, please, words is not None,
            tuple(_cell(each, as_sent) for each in group if each.row is not None),
            cost_of_finding(first, item, rows=count, of=submission.rows_read),
        )


def _cell(found: Finding, as_sent: AsSent | None) -> FoundCell:
    column = as_sent.field(found.column) if as_sent else None
    if as_sent is None or column is None:
        return FoundCell(f"row {found.row}")
    place = as_sent.recognised.columns[column.name]
    address = f"{as_sent.recognised.sheet.excel_column(place)}{found.row}"
    written = _written(as_sent.cell(found.row, found.column))
    return FoundCell(address, written if written != EMPTY else _shown_by_excel(as_sent, found.row, place) or EMPTY)


def _shown_by_excel(as_sent: AsSent, row: int | None, place: int) -> str:
    """What Excel shows in a cell that has no value of its own: #REF! and its like; empty where it shows nothing."""
    sheet = as_sent.recognised.sheet
    notes = (note for note in sheet.look.notes if (note.row, note.column) == (row, place + sheet.first_column))
    return next((shown(note.text) for note in notes if note.kind == "error"), "")


def _written(cell: Cell | None) -> str:
    """The cell as a person reads it, in one line."""
    if cell is None or cell == "":
        return EMPTY
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}" if cell.time() == datetime.min.time() else f"{cell:%d/%m/%Y %H:%M}"
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else shown(cell)
