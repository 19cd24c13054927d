"""What a check says of a cell: the finding, where it is, and the cell that it empties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipelines.findings import Finding, finding
from pipelines.rows import CleanSheet


@dataclass(frozen=True)
class Made:
    """A finding, and the cell that it empties: (Excel row, typed columns)."""

    finding: Finding
    empties: tuple[int, tuple[str, ...]]


def at(clean: CleanSheet, code: str, row: int, name: str, **words: Any) -> Finding:
    """A finding at a cell, with the cell as the sender wrote it."""
    column = clean.read.columns[name]
    words["value"] = original(clean, row, name)
    return finding(code, sheet=clean.sheet_name, row=row, column=column.header, **words)


def original(clean: CleanSheet, row: int, name: str) -> object:
    column = clean.read.columns[name]
    position = int(clean.read.rows.searchsorted(row))
    cell = column.cells[int(column.places[position])]
    return f"{cell:%d/%m/%Y}" if hasattr(cell, "strftime") else cell


def rows_where(mask: Any) -> list[int]:
    """The Excel rows at which a mask is true; an unknown comparison is not."""
    return [int(row) for row in mask.index[mask.fillna(False).to_numpy(dtype=bool)]]
