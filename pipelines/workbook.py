"""An opened file: its sheets, their cells as Python values, and what was seen besides the values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal

from pipelines.findings import Finding

# What a cell holds. An empty cell is "" (never None), so that rows can be used as they are read.
Cell = str | int | float | bool | date | datetime | time | timedelta

FileKind = Literal["xlsx", "xls", "ods", "text"]


class UnsafeFile(Exception):
    """The file is refused before any of its content is used; `finding` says why and what to ask for.

    Only some such findings are dangers (`CATALOGUE[finding.code].unsafe`): a missing password is not.
    """

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


@dataclass(frozen=True)
class CellNote:
    """Something about one cell that its value does not show. `row` and `column` count from 1, as Excel's do."""

    kind: Literal["error", "not calculated"]
    row: int
    column: int
    text: str = ""


@dataclass(frozen=True)
class SheetLook:
    """What a second look at a sheet found besides its values."""

    notes: tuple[CellNote, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    too_large: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet. `rows[0][0]` is the cell in Excel row `first_row` and column `first_column`, both from 1.

    Rows may differ in length (a text file's do). `unread` says why the rows were left unread, else it is empty.
    """

    name: str
    rows: list[list[Cell]] = field(repr=False)
    first_row: int = 1
    first_column: int = 1
    hidden: bool = False
    look: SheetLook = SheetLook()
    merged: tuple[str, ...] = ()
    unread: str = ""

    def excel_row(self, position: int) -> int:
        """The row number that Excel shows for `rows[position]`."""
        return self.first_row + position

    def excel_column(self, position: int) -> str:
        """The letters that Excel shows for the cells at `position` of a row."""
        return column_letters(self.first_column + position)


@dataclass(frozen=True)
class Workbook:
    """A file that is safe to read. `sha256` is of the bytes as received; `name` is as the sender gave it."""

    name: str
    sha256: str
    size: int
    kind: FileKind
    sheets: tuple[Sheet, ...]
    findings: tuple[Finding, ...] = ()


def column_letters(number: int) -> str:
    """Excel's letters for a column counted from 1: 1 is A, 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The column, counted from 1, that Excel's letters name; 0 when they name none."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            return 0
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
