"""The cells of a workbook that has been checked, each with the address that Excel shows, through python-calamine."""

from __future__ import annotations

import gc
import io
import os
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipelines.findings import finding
from pipelines.second_look import MOST_CELLS
from pipelines.workbook import Cell, Sheet, SheetLook, UnsafeFile, column_letters

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook, SheetMetadata

_MOST_MERGED_NAMED = 20
_ONE_AT_A_TIME = threading.Lock()
# Bytes of a workbook from which on reading it takes longer than importing what its rows are checked with.
LARGE = 1_000_000


def read_sheets(content: bytes, looks: Mapping[str | int, SheetLook], *, file: str) -> tuple[Sheet, ...]:
    """Every sheet, in order. `looks` are by name or position. Raises UnsafeFile when the workbook cannot be read."""
    from python_calamine import CalamineError, PasswordError, load_workbook

    try:
        with _nothing_said(), _rarely_collected(), load_workbook(io.BytesIO(content)) as workbook:
            sheets = workbook.sheets_metadata
            seen = [looks.get(sheet.name) or looks.get(place) or SheetLook() for place, sheet in enumerate(sheets)]
            unread = [_not_read(sheet, look) for sheet, look in zip(sheets, seen, strict=True)]
            wanted = [sheet.name for sheet, why in zip(sheets, unread, strict=True) if not why]
            parsed = _parsed(workbook, wanted, ahead=len(content) > LARGE)
            return tuple(
                Sheet(sheet.name, [], hidden=_is_hidden(sheet), look=look, unread=why) if why
                else _with_cells(next(parsed), hidden=_is_hidden(sheet), look=look)
                for sheet, look, why in zip(sheets, seen, unread, strict=True)
            )
    except PasswordError:
        raise UnsafeFile(finding("file-password-needed", file=file)) from None
    except (CalamineError, OSError, ValueError):
        # The library's own words can quote the file, so they are not passed on.
        raise UnsafeFile(finding("file-damaged", file=file, why="its sheets are not as a workbook's are")) from None
    except BaseException as fault:
        # The library's own faults are no Exceptions, so that one damaged file would end the whole load.
        if type(fault).__name__ != "PanicException":
            raise
        raise UnsafeFile(finding("file-damaged", file=file, why="its parts do not fit together")) from None


def import_what_comes_after(content: bytes) -> None:
    """A thread imports the libraries that clean, check and keep the rows of a large workbook.

    Unpacking and parsing it do without Python's lock, so that the imports cost nobody a second.
    """
    if len(content) > LARGE:
        import_meanwhile()


def import_meanwhile() -> None:
    """A thread imports the libraries that clean, check and keep rows, while something is waited for."""
    threading.Thread(target=import_libraries).start()


def import_libraries() -> None:
    """The libraries that clean, check and keep rows are imported, and what is made once of them is made."""
    import duckdb  # noqa: F401
    import pandas as pd
    import pandera.pandas as pa
    import pyarrow  # noqa: F401

    from pipelines.recognise import search_for_all

    search_for_all()  # the returns' models, and what their headers are looked up by, are made once and kept
    # The first check of all imports what checks need: half of what pandera is.
    pa.DataFrameSchema({"a": pa.Column("Int64", pa.Check.ge(0))}).validate(pd.DataFrame({"a": pd.array([1], "Int64")}))


@contextmanager
def _rarely_collected() -> Iterator[None]:
    """Python looks for rubbish rarely meanwhile: a hundred thousand lists are made, and none of them is any."""
    usual = gc.get_threshold()
    gc.set_threshold(1_000_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextmanager
def _nothing_said() -> Iterator[None]:
    """Standard error is closed to the library meanwhile: what it writes there of a fault can quote the file."""
    with _ONE_AT_A_TIME:
        try:
            sys.stderr.flush()
            kept = os.dup(2)
        except (OSError, ValueError, AttributeError):  # a program without a standard error
            yield
            return
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 2)
            os.close(nowhere)
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _not_read(sheet: SheetMetadata, look: SheetLook) -> str:
    """Why a sheet is not read; empty for one that is."""
    from python_calamine import SheetTypeEnum

    if sheet.typ != SheetTypeEnum.WorkSheet:
        return "it is a chart, not a sheet of cells"
    return f"it has {look.too_large}" if look.too_large else ""


def _is_hidden(sheet: SheetMetadata) -> bool:
    from python_calamine import SheetVisibleEnum

    return sheet.visible != SheetVisibleEnum.Visible


def _parsed(workbook: CalamineWorkbook, names: Sequence[str], *, ahead: bool) -> Iterator[CalamineSheet]:
    """The sheets of these names in turn, each parsed by a thread `ahead` of its turn: that needs no Python."""
    if not ahead or not names:
        yield from (workbook.get_sheet_by_name(name) for name in names)
        return
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(workbook.get_sheet_by_name, names[0])
        for following in (*names[1:], None):
            sheet = coming.result()
            if following is not None:
                coming = thread.submit(workbook.get_sheet_by_name, following)
            yield sheet


def _with_cells(sheet: CalamineSheet, *, hidden: bool, look: SheetLook) -> Sheet:
    start = sheet.start or (0, 0)
    rows: list[list[Cell]] = sheet.to_python()
    if rows and len(rows) * len(rows[0]) > MOST_CELLS:
        return Sheet(sheet.name, [], hidden=hidden, look=look, unread=f"it has more than {MOST_CELLS:,} cells")
    # calamine leaves out the empty rows and columns before the first cell; `start` says how many.
    return Sheet(
        sheet.name, rows, first_row=start[0] + 1, first_column=start[1] + 1, hidden=hidden, look=look,
        merged=tuple(_area(area) for area in (sheet.merged_cell_ranges or [])[:_MOST_MERGED_NAMED]),
    )


def _area(area: tuple[tuple[int, int], tuple[int, int]]) -> str:
    (top, left), (bottom, right) = area
    return f"{column_letters(left + 1)}{top + 1}:{column_letters(right + 1)}{bottom + 1}"
