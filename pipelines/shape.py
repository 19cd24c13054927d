"""What is said of a recognised sheet's shape: columns nobody asked for, other tables, what is hidden or merged."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from pipelines.findings import Finding, finding
from pipelines.headers import HeaderRow
from pipelines.workbook import Sheet, column_letters

_MOST_NAMED = 10


def other_tables(row: HeaderRow, used: Collection[int]) -> frozenset[int]:
    """The positions of headers that belong to another table: blocks beside the return's with none of its columns."""
    return frozenset(
        place for block in row.blocks() if len(block) > 1 and not set(used) & set(block) for place in block
    )


def about_the_sheet(
    sheet: Sheet, *, header: int, last: int, extra: Sequence[str], used: Collection[int], beside: Collection[int],
    title: str,
) -> list[Finding]:
    """The findings about a sheet's shape that do not stop it from being read."""
    name = sheet.name
    said = [finding("column-extra", sheet=name, column=text, return_title=title) for text in extra[:_MOST_NAMED]]
    if beside:
        columns = _letters([sheet.first_column + place for place in beside])
        said.append(finding("second-table", sheet=name, cells=f"columns {columns}"))
    if last < len(sheet.rows) - 1:
        said.append(finding("second-table", sheet=name, cells=f"from row {sheet.excel_row(last + 1)}"))
    if sheet.hidden:
        said.append(finding("sheet-hidden", sheet=name))
    said += _about_what_is_hidden(sheet, header=header, used=used)
    merged = [area for area in sheet.merged if _first_row(area) > sheet.excel_row(header)]
    if merged:
        said.append(finding("cells-merged", sheet=name, cells=_few(merged)))
    return said


def _about_what_is_hidden(sheet: Sheet, *, header: int, used: Collection[int]) -> list[Finding]:
    said = []
    below = [row for row in sheet.look.hidden_rows if sheet.excel_row(header) < row < sheet.excel_row(len(sheet.rows))]
    if below:
        said.append(finding("rows-hidden", sheet=sheet.name, count=len(below), rows=_few([str(row) for row in below])))
    columns = [column for column in sheet.look.hidden_columns if column - sheet.first_column in used]
    if columns:
        said.append(finding("columns-hidden", sheet=sheet.name, columns=_letters(columns)))
    return said


def _letters(columns: Sequence[int]) -> str:
    return _few([column_letters(column) for column in sorted(columns)])


def _few(texts: Sequence[str]) -> str:
    named = ", ".join(texts[:_MOST_NAMED])
    return named if len(texts) <= _MOST_NAMED else f"{named} and {len(texts) - _MOST_NAMED} more"


def _first_row(area: str) -> int:
    digits = re.search(r"\d+", area)
    return int(digits[0]) if digits else 0
