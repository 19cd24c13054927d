"""The findings workbook: for the analyst, what has to be done about a file, every finding, and the rows it is in.

Cells are shown as they were sent and stay text, whatever they begin with. Columns that no return takes (names,
addresses, anything the return does not have) are left out; a date of birth or a postcode is shown only where it is
itself what is wrong. The same file and findings give the same bytes.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from pipelines.asks import AsSent, asks, rows_in_words
from pipelines.file_report import FileReport
from pipelines.finding_kind import SEVERITIES
from pipelines.findings import CATALOGUE, Finding, shown
from pipelines.recognise import Recognised
from pipelines.workbook import Cell
from returns.catalogue import the_return
from returns.declaration import Field
from returns.partnership import agency
from returns.periods import Period

MOST_FINDINGS = 20_000
MOST_ROWS = 5_000
_ROWS_NAMED = 25
_FIGURES_NAMED = 8
_LONGEST_TEXT = 2_000
_LARGEST_EXACT = 2**53
DEMONSTRATION = "DEMONSTRATION DATA: made up, about nobody."

# A fill for each severity, light enough to read dark text on; the words beside them say the same.
FILLS = {"block": "#F7C7C0", "hold": "#FBD9B8", "blank": "#FFF1B8", "warn": "#D9E8F6", "note": "#EDEDED"}

Book = Any  # xlsxwriter has no types
Worksheet = Any


@dataclass(frozen=True)
class _Formats:
    title: Any
    plain: Any
    heading: Any
    wrapped: Any
    number: Any
    day: Any
    moment: Any
    filled: Mapping[str, Any]
    filled_day: Mapping[str, Any]


def findings_workbook(report: FileReport) -> bytes:
    """The workbook's bytes (.xlsx)."""
    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    })
    moment = report.extracted or date(2000, 1, 1)
    book.set_properties({
        "title": f"Findings: {text_of(report.name)}", "created": datetime(moment.year, moment.month, moment.day),
    })
    formats = _formats(book)
    _what_to_do(book.add_worksheet("What to do"), report, formats)
    _findings(book.add_worksheet("Findings"), report, formats)
    names = {"what to do", "findings"}
    for submission, item in zip(report.submissions, report.received.returns, strict=True):
        by_row = _by_row(submission.findings)
        if item.recognised is not None and by_row:
            sheet = book.add_worksheet(_sheet_name(item.recognised.sheet.name, names))
            _rows(sheet, item.recognised, by_row, report, formats)
    book.close()
    return made.getvalue()


def _formats(book: Book) -> _Formats:
    top = {"valign": "top"}
    return _Formats(
        title=book.add_format({"bold": True, "font_size": 14}),
        plain=book.add_format(top),
        heading=book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#12436D",
                                 "font_color": "#FFFFFF"}),
        wrapped=book.add_format({**top, "text_wrap": True}),
        number=book.add_format({**top, "num_format": "#,##0"}),
        day=book.add_format({**top, "num_format": "dd/mm/yyyy"}),
        moment=book.add_format({**top, "num_format": "dd/mm/yyyy hh:mm"}),
        filled={name: book.add_format({**top, "bg_color": fill, "border": 1}) for name, fill in FILLS.items()},
        filled_day={
            name: book.add_format({**top, "bg_color": fill, "border": 1, "num_format": "dd/mm/yyyy"})
            for name, fill in FILLS.items()
        },
    )


# ---- sheet 1: what to do --------------------------------------------------------------------------------------------


def _what_to_do(sheet: Worksheet, report: FileReport, formats: _Formats) -> None:
    _page(sheet, (14, 30, 56, 50, 56, 26, 22, 26, 10, 44))
    sheet.write_string(0, 0, f"What to do about {text_of(report.name) or 'nil returns'}", formats.title)
    row = 1
    for line in _about(report):
        sheet.write_string(row, 0, text_of(line), formats.plain)
        row += 1
    row += 1
    headings = (
        "Who", "What it does", "What is wrong", "What it costs the figures", "What to do", "Return", "Sheet", "Column",
        "How many", "Rows",
    )
    _heading(sheet, row, headings, formats)
    sheet.freeze_panes(row + 1, 0)
    found = asks(report)
    for place, ask in enumerate(found, start=row + 1):
        cells = (
            "The sender" if ask.of_sender else "You", SEVERITIES[ask.severity], ask.says,
            " ".join(ask.cost.sentences(_FIGURES_NAMED)) if ask.cost else "", ask.please,
            title_of(ask.return_name), ask.sheet or "", ask.column or "",
        )
        for column, text in enumerate(cells):
            wanted = formats.filled[ask.severity] if column == 1 else formats.wrapped
            sheet.write_string(place, column, text_of(text), wanted)
        sheet.write_number(place, len(cells), ask.count, formats.number)
        sheet.write_string(place, len(cells) + 1, rows_in_words(ask.rows, _ROWS_NAMED), formats.wrapped)
    if not found:
        sheet.write_string(row + 1, 0, "Nothing: no finding was made.", formats.plain)


def _about(report: FileReport) -> Iterator[str]:
    """The lines above the table: whose, of when, what became of it."""
    if report.demonstration:
        yield DEMONSTRATION
    for item in report.submissions:
        what = [
            title_of(item.return_name) or "No return",
            agency(item.agency).title if item.agency else "sender not known",
            Period.parse(item.period).label if item.period else "period not known",
        ]
        counts = f"{item.rows_read:,} read, {item.rows_accepted:,} accepted, {item.rows_held:,} kept aside"
        where = f" (sheet {item.sheet})" if item.sheet else ""
        yield f"{', '.join(what)}{where}: {item.status}. Rows: {counts}."
    yield "Row numbers are those that Excel shows. Names, addresses and columns that no return has are left out."


# ---- sheet 2: every finding -----------------------------------------------------------------------------------------


def _findings(sheet: Worksheet, report: FileReport, formats: _Formats) -> None:
    _page(sheet, (10, 30, 22, 8, 30, 30, 64, 64, 24))
    headings = ("Severity", "Return", "Sheet", "Row", "Column", "Value as sent", "What is wrong", "What to do", "Code")
    row = _notice(sheet, report, len(report.findings), MOST_FINDINGS, "findings", formats)
    _heading(sheet, row, headings, formats)
    sheet.freeze_panes(row + 1, 0)
    first = row
    for title, found, cell in _ordered(report):
        row += 1
        for column, text in enumerate((found.severity, title, found.sheet or "")):
            wanted = formats.filled[found.severity] if column == 0 else formats.plain
            sheet.write_string(row, column, text_of(text), wanted)
        if found.row is not None:
            sheet.write_number(row, 3, found.row, formats.plain)
        sheet.write_string(row, 4, text_of(found.column or ""), formats.plain)
        _write_cell(sheet, row, 5, cell, formats)
        for column, text in enumerate((found.message, found.remedy, found.code), start=6):
            sheet.write_string(row, column, text_of(text), formats.wrapped)
    sheet.autofilter(first, 0, max(row, first), len(headings) - 1)


def _ordered(report: FileReport) -> Iterator[tuple[str, Finding, Cell | None]]:
    """The findings to list, the weightiest first, with the return's title and the cell as sent."""
    order = list(SEVERITIES)
    every = [
        (order.index(found.severity), place, found, submission.return_name)
        for place, submission in enumerate(report.submissions) for found in submission.findings
    ]
    every.sort(key=lambda each: each[:2])
    as_sent = [AsSent(item.recognised) if item.recognised else None for item in report.received.returns]
    for _weight, place, found, return_name in every[:MOST_FINDINGS]:
        sent = as_sent[place]
        yield title_of(return_name), found, sent.cell(found.row, found.column) if sent else None


# ---- further sheets: the rows ---------------------------------------------------------------------------------------


def _by_row(findings: Sequence[Finding]) -> dict[int, list[Finding]]:
    found: dict[int, list[Finding]] = {}
    for each in findings:
        if each.row is not None:
            found.setdefault(each.row, []).append(each)
    return dict(sorted(found.items()))


def _rows(
    sheet: Worksheet, recognised: Recognised, by_row: Mapping[int, Sequence[Finding]], report: FileReport,
    formats: _Formats,
) -> None:
    """The affected rows as sent, the cells with findings filled."""
    fields = [
        (recognised.edition.field(name), place, recognised.headers[name])
        for name, place in recognised.columns.items() if recognised.edition.field(name).keep != "dropped"
    ]
    _page(sheet, (8, 50, *(18 for _field in fields)))
    top = _notice(sheet, report, len(by_row), MOST_ROWS, "rows", formats)
    _heading(sheet, top, ("Row in Excel", "What is wrong", *(header for _field, _place, header in fields)), formats)
    sheet.freeze_panes(top + 1, 2)
    whole = recognised.sheet
    for line, (row, found) in enumerate(list(by_row.items())[:MOST_ROWS], start=top + 1):
        sheet.write_number(line, 0, row, formats.plain)
        sheet.write_string(line, 1, text_of("; ".join(map(_in_short, found))), formats.wrapped)
        position = row - whole.first_row
        cells = whole.rows[position] if 0 <= position < len(whole.rows) else []
        heaviest = {each.column: each.severity for each in reversed(_by_weight(found))}
        for column, (field, place, header) in enumerate(fields, start=2):
            severity = heaviest.get(header)
            if place < len(cells) and (severity is not None or _may_be_shown(field)):
                _write_cell(sheet, line, column, cells[place], formats, severity=severity)
            elif severity is not None:
                sheet.write_blank(line, column, None, formats.filled[severity])


def _by_weight(found: Sequence[Finding]) -> list[Finding]:
    order = list(SEVERITIES)
    return sorted(found, key=lambda each: order.index(each.severity))


def _in_short(found: Finding) -> str:
    title = CATALOGUE[found.code].title
    return f"{shown(found.column)}: {title[0].lower()}{title[1:]}" if found.column else title


def _may_be_shown(field: Field) -> bool:
    """Whether a cell with nothing wrong is shown: the sender needs the identifier to find the row, and no birth."""
    return field.keep in ("as sent", "hashed")


def _write_cell(
    sheet: Worksheet, row: int, column: int, cell: Cell | None, formats: _Formats, *, severity: str | None = None
) -> None:
    """The cell as it was sent: text stays text, a number a number, a day a day."""
    wanted = formats.filled[severity] if severity else formats.plain
    if cell is None or cell == "":
        if severity:
            sheet.write_blank(row, column, None, wanted)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell, wanted)
    elif isinstance(cell, int | float) and math.isfinite(cell) and abs(cell) < _LARGEST_EXACT:
        sheet.write_number(row, column, cell, wanted)
    elif isinstance(cell, date) and cell.year >= 1900:
        whole = not isinstance(cell, datetime) or cell.time() == time()
        plain = formats.day if whole else formats.moment
        sheet.write_datetime(row, column, cell, formats.filled_day[severity] if severity else plain)
    else:
        sheet.write_string(row, column, text_of(cell), wanted)


# ---- shared by the sheets -------------------------------------------------------------------------------------------


def _page(sheet: Worksheet, widths: Sequence[int]) -> None:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _heading(sheet: Worksheet, row: int, texts: Sequence[str], formats: _Formats) -> None:
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text_of(text), formats.heading)


def _notice(
    sheet: Worksheet, report: FileReport, count: int, most: int, what: str, formats: _Formats
) -> int:
    """Writes what must be known before the table is read, and gives the table's first row."""
    lines = [DEMONSTRATION] if report.demonstration else []
    if count > most:
        lines.append(
            f"Only the first {most:,} of {count:,} {what} are shown here. "
            "“What to do” counts them all; correct these and check the file again."
        )
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line, formats.title)
    return len(lines) + 1 if lines else 0


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that Excel takes and no other sheet has, made of the sender's own."""
    plain = "".join(" " if letter in "[]:*?/\\" or not letter.isprintable() else letter for letter in name).strip("' ")
    plain = (plain or "Rows")[:27]
    number, found = 1, plain
    while found.casefold() in taken or found.casefold() == "history":
        number += 1
        found = f"{plain} {number}"
    taken.add(found.casefold())
    return found


def title_of(return_name: str | None) -> str:
    """The return's title; empty where none was recognised."""
    return the_return(return_name).title if return_name else ""


def text_of(value: object) -> str:
    """The value as text that a workbook can hold: no half characters, not longer than a person reads."""
    text = str(value).encode("utf-8", "replace").decode("utf-8")
    return text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + "…"
