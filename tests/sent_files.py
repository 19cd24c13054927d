"""Files as a sender would make them, for tests: a return's rows in xlsx, xls, ods or text, and what is done to them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from returns.catalogue import the_return
from returns.declaration import Edition, Field

Rows = Sequence[Sequence[Any]]


def headers_of(name: str, *, edition: str | None = None) -> list[str]:
    """The headers of a return as published, dropped columns and their trailing spaces included."""
    return [field.header for field in fields_of(name, edition=edition)]


def fields_of(name: str, *, edition: str | None = None) -> tuple[Field, ...]:
    """The columns of a return as published; columns that are not the publisher's, or that nobody asks for, left out."""
    declared = the_return(name)
    chosen: Edition = declared.edition_called(edition) if edition else declared.edition
    return tuple(field for field in chosen.fields if field.expected or (field.keep == "dropped" and not field.noted))


def example_rows(name: str, *, count: int = 3, edition: str | None = None) -> list[list[Any]]:
    """`count` rows of a return made of the declared examples, each of another child."""
    return [
        [
            f"{10000 + number}" if field.kind == "identifier" else "" if field.example is None else field.example
            for field in fields_of(name, edition=edition)
        ]
        for number in range(count)
    ]


def xlsx(path: Path, sheets: Mapping[str, Rows], *, change: Callable[[Any, Any], None] | None = None) -> Path:
    """An xlsx of these sheets; dates and moments are Excel's. `change` is given the book and its first sheet."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, datetime):
                    sheet.write_datetime(row, column, cell, moment)
                elif isinstance(cell, date):
                    sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), day)
                elif cell != "":
                    sheet.write(row, column, cell)
    if change:
        change(book, book.worksheets()[0])
    book.close()
    return path


def xls(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """An old Excel workbook of these sheets."""
    import xlwt

    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write(row, column, cell, day)
                elif cell != "":
                    sheet.write(row, column, cell)
    book.save(str(path))
    return path


def ods(path: Path, rows: str, *, sheet: str = "List_1") -> Path:
    """A small OpenDocument spreadsheet whose one table has these `table:table-row` elements."""
    names = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"' for prefix in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="{sheet}">{rows}</table:table></office:spreadsheet></office:body>'
        f"</office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        parts.writestr("META-INF/manifest.xml", '<?xml version="1.0" encoding="UTF-8"?><manifest/>')
        parts.writestr("content.xml", content)
    return path


def ods_row(cells: Sequence[Any]) -> str:
    """One row of text cells and dates."""
    written = []
    for cell in cells:
        if isinstance(cell, date):
            kind = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
        else:
            kind = 'office:value-type="string"'
        written.append(f"<table:table-cell {kind}><text:p>{cell}</text:p></table:table-cell>")
    return f"<table:table-row>{''.join(written)}</table:table-row>"


def with_parts(path: Path, change: Mapping[str, bytes | Callable[[bytes], bytes] | None]) -> Path:
    """The zip at `path` with parts replaced, added, or (None) taken out."""
    with zipfile.ZipFile(path) as before:
        parts = {name: before.read(name) for name in before.namelist()}
    for name, new in change.items():
        if new is None:
            parts.pop(name, None)
        else:
            parts[name] = new(parts[name]) if callable(new) else new
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for name, content in parts.items():
            after.writestr(name, content)
    path.write_bytes(made.getvalue())
    return path
