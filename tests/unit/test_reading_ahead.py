"""A large workbook is read while the program's libraries are imported: what is said of it is the same as ever."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from pipelines.opening import open_workbook
from pipelines.reading_ahead import reading_ahead
from pipelines.workbook import UnsafeFile


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workbook of three sheets, one without a cell, that counts as large."""
    monkeypatch.setattr("pipelines.reading_sheets.LARGE", 100)
    path = tmp_path / "large.xlsx"
    book = xlsxwriter.Workbook(str(path))
    for name in ("List_1", "Empty", "List_2"):
        sheet = book.add_worksheet(name)
        for row in range(3 if name != "Empty" else 0):
            sheet.write_row(row + 1, 2, [name, row])
    book.close()
    return path


def test_a_workbook_read_ahead_is_as_one_read_in_its_turn(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with reading_ahead([large, large], password=None) as opening:
        first, again = opening(large), opening(large)
    monkeypatch.setattr("pipelines.reading_sheets.LARGE", 10**9)
    assert first == again == open_workbook(large)
    assert [(sheet.name, sheet.first_row, len(sheet.rows)) for sheet in first.sheets] == [
        ("List_1", 2, 3), ("Empty", 1, 0), ("List_2", 2, 3),
    ]


def test_a_damaged_workbook_read_ahead_is_refused_in_its_turn(large: Path) -> None:
    large.write_bytes(large.read_bytes()[:-400])
    with reading_ahead([large], password=None) as opening, pytest.raises(UnsafeFile) as refused:
        opening(large)
    assert refused.value.finding.code == "file-damaged"


def test_a_workbook_read_ahead_that_nobody_asks_for_stops_nothing(large: Path) -> None:
    large.write_bytes(large.read_bytes()[:-400])
    with reading_ahead([large], password=None):
        pass


def test_another_password_or_name_is_not_given_what_was_read_ahead(large: Path) -> None:
    with reading_ahead([large], password=None) as opening:
        assert opening(large, name="theirs.xlsx").name == "theirs.xlsx"
        assert opening(large, password="a").name == "large.xlsx"


@pytest.mark.parametrize("paths", [[], [Path("no such file.xlsx")], [Path(__file__).parent]])
def test_what_is_no_file_is_not_read_ahead(paths: list[Path]) -> None:
    with reading_ahead(paths, password=None) as opening:
        assert opening is open_workbook
