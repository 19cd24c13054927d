"""The workbooks to fill in: the published headers, choices that can be read back, an example that is never counted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipelines.code_lists import every_list
from pipelines.load import Sending, check_files
from pipelines.opening import open_workbook
from pipelines.recognise import recognise
from pipelines.template import choices, template_command
from returns.catalogue import NAMES, UnknownReturn, all_returns, the_return
from returns.declaration import Field, Return
from returns.periods import Period
from returns.places import PROJECT, Places

Q2 = Period.parse("2025-26-Q2")


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    out = tmp_path_factory.mktemp("templates") / "made"
    return {path.stem: path for path in template_command((), out=out)}


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_recognised_as_its_return_and_its_example_is_left_out(
    templates: dict[str, Path], name: str
) -> None:
    found = recognise(open_workbook(templates[name]))
    (sheet,) = found.sheets
    assert (sheet.declared.name, list(sheet.body())) == (name, [])
    assert [(item.code, item.row) for item in found.findings] == [("example-row", 2)]
    assert sheet.edition == the_return(name).edition


def _in_quarter(declared: Return, field: Field) -> object:
    """The field's example; an episode that began long ago begins in the quarter, so that there is an event in it."""
    example = field.example
    if field.name == declared.event_date and isinstance(example, date) and str(example) < str(Q2.start):
        return Q2.start
    return example


@pytest.mark.parametrize("name", NAMES)
def test_a_template_filled_in_loads_with_no_finding_and_its_example_left_in_is_noticed(
    templates: dict[str, Path], tmp_path: Path, name: str
) -> None:
    declared = the_return(name)
    book = openpyxl.load_workbook(templates[name])
    sheet = book[declared.sheet]
    filled = [_in_quarter(declared, field) for field in declared.edition.fields if field.keep != "dropped"]
    for place, value in enumerate(filled, start=1):
        sheet.cell(row=3, column=place, value=value)
    book.save(tmp_path / "with_example.xlsx")
    sheet.delete_rows(2)
    book.save(tmp_path / "filled.xlsx")
    for file, expected in (("filled.xlsx", []), ("with_example.xlsx", [("example-row", 2, "note")])):
        about = Sending(tmp_path / file, agency="council", period=Q2, extracted=Q2.end)
        (found,) = check_files(Places.of(tmp_path / "data"), [about]).submissions
        assert (found.return_name, found.rows_read, found.rows_accepted) == (name, 1, 1)
        assert [(item.code, item.row, item.severity) for item in found.findings] == expected


@pytest.mark.parametrize("name", NAMES)
def test_a_template_says_what_it_is_for_and_offers_every_choice(templates: dict[str, Path], name: str) -> None:
    declared = the_return(name)
    fields = [field for field in declared.edition.fields if field.keep != "dropped"]
    book = openpyxl.load_workbook(templates[name])
    rows, notes = book[declared.sheet], book["Notes"]
    assert [cell.value for cell in rows[1]] == [field.header.strip() for field in fields]
    assert str(rows["A2"].value).startswith("EXAMPLE ")
    said = [str(cell.value) for row in notes.iter_rows() for cell in row if cell.value is not None]
    assert declared.title in said and all(note in said for note in declared.notes)
    assert {field.header.strip() for field in fields} | {field.description for field in fields} <= set(said)
    assert not any("<" in text or "None" in text for text in said)
    offered = {
        str(rule.sqref).split(":")[0]: rule.formula1 for rule in rows.data_validations.dataValidation
        if rule.type == "list"
    }
    lists = [field for field in fields if field.codes]
    assert len(offered) == len(lists) and all(formula.startswith("Codes!") for formula in offered.values())
    assert all(cell.startswith(tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) and cell.endswith("3") for cell in offered)


def test_a_template_asks_for_no_name(templates: dict[str, Path]) -> None:
    for path in templates.values():
        book = openpyxl.load_workbook(path)
        assert "Worker" not in str([cell.value for cell in book.worksheets[0][1]])
        assert "Notes" in book.sheetnames and book.worksheets[0].freeze_panes == "B2"
        assert book.worksheets[0].protection.sheet and book.worksheets[0]["A1"].protection.locked
        widths = book.worksheets[0].column_dimensions
        assert widths and not any(column.protection.locked for column in widths.values())


def test_every_choice_of_a_drop_down_is_read_back_as_its_own_code() -> None:
    lists = every_list(PROJECT / "data" / "reference")
    for field in (field for declared in all_returns().values() for field in declared.fields if field.codes):
        assert field.codes
        offered = choices(field, lists)
        wanted = [code.code for code in lists[field.codes].codes if not code.until]
        assert [lists[field.codes].match(text).code for text in offered] == wanted, field.name


def test_the_same_template_is_the_same_bytes(templates: dict[str, Path], tmp_path: Path) -> None:
    (again,) = template_command(["contacts"], out=tmp_path)
    assert again.read_bytes() == templates["contacts"].read_bytes()


def test_a_template_of_a_return_nobody_knows_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnknownReturn, match="No return is called"):
        template_command(["gossip"], out=tmp_path)
