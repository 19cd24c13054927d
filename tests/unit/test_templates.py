"""The workbooks to fill in: the published headers, choices that can be read back, an example that is never counted."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pipelines.opening import open_workbook
from pipelines.recognise import recognise
from pipelines.template import choices, template_command
from returns.catalogue import NAMES, UnknownReturn, all_returns, the_return
from returns.codes import code_lists
from returns.places import PROJECT


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


def test_a_template_asks_for_no_name(templates: dict[str, Path]) -> None:
    for path in templates.values():
        book = openpyxl.load_workbook(path)
        assert "Worker" not in str([cell.value for cell in book.worksheets[0][1]])
        assert "Notes" in book.sheetnames and book.worksheets[0].freeze_panes == "B2"
        assert book.worksheets[0].protection.sheet and book.worksheets[0]["A1"].protection.locked
        widths = book.worksheets[0].column_dimensions
        assert widths and not any(column.protection.locked for column in widths.values())


def test_every_choice_of_a_drop_down_is_read_back_as_its_own_code() -> None:
    lists = code_lists(PROJECT / "data" / "reference")
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
