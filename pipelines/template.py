"""A workbook to fill in for each return: the published headers, drop-downs, an example row, notes in plain words.

Everything in it comes from the return's declaration, so a filled template is what the
recogniser and the cleaning expect. Columns that are never loaded (a worker's name) are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.code_lists import every_list
from pipelines.typed import DAYS
from pipelines.workbook import column_letters
from returns.catalogue import all_returns, the_return
from returns.codes import Code, CodeList, CodeLists, key
from returns.declaration import Field, Return
from returns.places import Places

if TYPE_CHECKING:
    from xlsxwriter import Workbook as Book
    from xlsxwriter.worksheet import Worksheet

# What marks the row that shows how a row is filled in. The recogniser leaves such a row out.
EXAMPLE = "EXAMPLE"
_ROWS_TO_FILL = 5_000
_FIRST_DAY = date(1990, 1, 1)
_HOW_WRITTEN = {
    "identifier": "The identifier as your system writes it, leading zeros kept",
    "text": "Text", "organisation": "The organisation's name", "code": "From the drop-down list",
    "flag": "From the drop-down list", "date": "A date, as 31/12/2025", "birth": "A date, as 31/12/2025",
    "moment": "A date and time in one cell, as 31/12/2025 14:30; the date alone where the time is not known",
    "agency": "The agency's name", "indicator": "The indicator's id or its title, as the catalogue has them",
    "age": "Whole years; -1 for an unborn child", "count": "A whole number, 0 or more", "number": "A number",
    "postcode": "A postcode", "period": "A quarter as 2025-26-Q2, a month as 2025-08 or a year as 2025-26",
}
_WHAT_BECOMES = {
    "hashed": "Stored as a keyed hash, never as written", "month": "Stored as month and year",
    "district": "Stored as the postcode's district", "as sent": "Stored as sent",
}
_HOW_OFTEN = {
    "month": "each month", "quarter": "each quarter", "term": "each term", "year": "each year",
    "academic year": "each academic year", "two years": "every two years", "any": "when there is something to send",
}


@dataclass(frozen=True)
class _Formats:
    heading: Any
    needed: Any
    example: Any
    example_date: Any
    example_moment: Any
    cell: Any
    day: Any
    moment: Any
    number: Any
    title: Any
    wrapped: Any


def template_command(names: Iterable[str], *, out: Path) -> tuple[Path, ...]:
    """Writes the templates of the named returns (all when none is named); raises UnknownReturn."""
    chosen = [the_return(name) for name in names] or list(all_returns().values())
    return write_templates(chosen, out)


def write_templates(returns: Sequence[Return], out: Path) -> tuple[Path, ...]:
    """One workbook for each return in the folder `out`, which is made when missing. Returns their paths."""
    codes = every_list(Places.of().reference)
    out.mkdir(parents=True, exist_ok=True)
    return tuple(_write(item, out / f"{item.name}.xlsx", codes) for item in returns)


def choices(field: Field, codes: CodeLists) -> tuple[str, ...]:
    """What the field's drop-down offers, in the list's order: the codes in force, each as it is best written."""
    if field.codes is None:
        return ()
    listed: CodeList = codes[field.codes]
    return tuple(_best_written(code) for code in listed.codes if not code.until)


def _best_written(code: Code) -> str:
    if key(code.code) == key(code.label):  # the partnership's own lists have no codes but their words
        return code.label
    return f"{code.letter}) {code.label}" if code.code == code.letter else f"{code.code}: {code.label}"


def _write(declared: Return, path: Path, codes: CodeLists) -> Path:
    import xlsxwriter

    book = xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    # The same template is the same bytes: its date is that of the edition, not of the day it was written.
    since = declared.edition.since
    book.set_properties({"title": declared.title, "created": datetime(since.year, since.month, since.day)})
    formats = _formats(book)
    fields = [field for field in declared.edition.fields if field.keep != "dropped"]
    rows = book.add_worksheet(declared.sheet)
    notes = book.add_worksheet("Notes")
    places = {}
    if any(field.codes for field in fields):
        places = _write_codes(book.add_worksheet("Codes"), fields, codes, formats)
    _write_rows(rows, fields, places, formats)
    _write_notes(notes, declared, fields, formats)
    book.close()
    return path


def _formats(book: Book) -> _Formats:
    heading = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E4EAF2", "bottom": 1, "locked": True}
    example = {"italic": True, "font_color": "#5A5A5A", "bg_color": "#FFF6DD", "locked": False}
    return _Formats(
        heading=book.add_format(heading),
        needed=book.add_format({**heading, "bg_color": "#12436D", "font_color": "#FFFFFF"}),
        example=book.add_format({**example, "num_format": "@"}),
        example_date=book.add_format({**example, "num_format": "dd/mm/yyyy"}),
        example_moment=book.add_format({**example, "num_format": "dd/mm/yyyy hh:mm"}),
        cell=book.add_format({"locked": False, "num_format": "@"}),
        day=book.add_format({"locked": False, "num_format": "dd/mm/yyyy"}),
        moment=book.add_format({"locked": False, "num_format": "dd/mm/yyyy hh:mm"}),
        number=book.add_format({"locked": False}),
        title=book.add_format({"bold": True, "font_size": 14}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
    )


def _write_rows(sheet: Worksheet, fields: Sequence[Field], places: dict[str, str], formats: _Formats) -> None:
    for place, field in enumerate(fields):
        sheet.write_string(0, place, field.header.strip(), formats.needed if field.required else formats.heading)
        sheet.set_column(place, place, 18, _format_of(field, formats))
        _write_example(sheet, place, field, formats)
        _validate(sheet, place, field, places)
    sheet.set_row(0, 60)
    sheet.freeze_panes(1, 1)
    sheet.protect("", {
        "insert_rows": True, "delete_rows": True, "sort": True, "autofilter": True, "format_columns": True,
        "format_rows": True, "format_cells": True,
    })


def _format_of(field: Field, formats: _Formats) -> Any:
    if field.kind in DAYS:
        return formats.moment if field.kind == "moment" else formats.day
    # Numbers are typed as numbers; everything else is text, so that Excel changes nothing that is typed.
    return formats.number if field.kind in ("age", "count", "number") else formats.cell


def _write_example(sheet: Worksheet, place: int, field: Field, formats: _Formats) -> None:
    shown = field.example
    if place == 0:
        sheet.write_string(1, place, f"{EXAMPLE} {shown}", formats.example)
    elif isinstance(shown, datetime):
        sheet.write_datetime(1, place, shown, formats.example_moment)
    elif isinstance(shown, date):
        sheet.write_datetime(1, place, datetime(shown.year, shown.month, shown.day), formats.example_date)
    elif isinstance(shown, int | float):
        sheet.write_number(1, place, shown, formats.example)
    else:
        sheet.write_string(1, place, shown or "", formats.example)


def _validate(sheet: Worksheet, place: int, field: Field, places: dict[str, str]) -> None:
    rule: dict[str, Any] = {"input_title": field.title[:32], "input_message": field.description[:250]}
    if field.name in places:
        rule |= {"validate": "list", "source": places[field.name], "error_type": "warning",
                 "error_title": "Not in the list", "error_message": "Please choose from the list."}
    elif field.kind in DAYS:
        rule |= {"validate": "date", "criteria": ">=", "value": _FIRST_DAY, "error_title": "Not a date",
                 "error_message": "Please write a date as 31/12/2025."}
    elif field.highest is not None:
        rule |= {"validate": "decimal" if field.kind == "number" else "integer", "criteria": "between",
                 "minimum": field.lowest or 0, "maximum": field.highest, "error_title": "Not in the range",
                 "error_message": f"Please write a number from {field.lowest or 0:g} to {field.highest:g}."}
    elif field.kind == "count":
        rule |= {"validate": "integer", "criteria": ">=", "value": 0, "error_title": "Not a whole number",
                 "error_message": "Please write a whole number, 0 or more."}
    else:
        rule |= {"validate": "any"}
    sheet.data_validation(2, place, _ROWS_TO_FILL, place, rule)


def _write_codes(
    sheet: Worksheet, fields: Sequence[Field], codes: CodeLists, formats: _Formats
) -> dict[str, str]:
    """Writes the lists, a column each, and returns where each field's choices stand, as a drop-down names it."""
    places = {}
    column = 0
    for field in fields:
        offered = choices(field, codes)
        if not offered:
            continue
        sheet.write_string(0, column, f"Choices for: {field.header.strip()}", formats.heading)
        sheet.set_column(column, column, 32)
        for row, text in enumerate(offered, start=1):
            sheet.write_string(row, column, text)
        letters = column_letters(column + 1)
        places[field.name] = f"=Codes!${letters}$2:${letters}${len(offered) + 1}"
        column += 1
    sheet.freeze_panes(1, 0)
    return places


def _write_notes(sheet: Worksheet, declared: Return, fields: Sequence[Field], formats: _Formats) -> None:
    sheet.set_column(0, 0, 44, formats.wrapped)
    sheet.set_column(1, 1, 12, formats.wrapped)
    sheet.set_column(2, 4, 48, formats.wrapped)
    sheet.write_string(0, 0, declared.title, formats.title)
    lines = [
        f"One row is {declared.rows_are}. Sent by: {declared.sender}. How often: {_HOW_OFTEN[declared.cadence]}.",
        *declared.notes,
        f"The row that begins with {EXAMPLE} shows how a row is filled in. Please delete it; it is never counted.",
        "Columns with a dark heading are needed. In any other column, leave empty what is not known.",
        "Please do not add names, addresses, NHS numbers or comments.",
    ]
    for row, line in enumerate(lines, start=1):
        sheet.merge_range(row, 0, row, 4, line, formats.wrapped)
    start = len(lines) + 2
    for place, text in enumerate(("The column", "Needed", "What it means", "How to write it", "What becomes of it")):
        sheet.write_string(start, place, text, formats.heading)
    for row, field in enumerate(fields, start=start + 1):
        cells = (
            field.header.strip(), "yes" if field.required else "", field.description, _HOW_WRITTEN[field.kind],
            _WHAT_BECOMES[field.keep],
        )
        for place, text in enumerate(cells):
            sheet.write_string(row, place, text, formats.wrapped)
