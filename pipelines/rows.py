"""Which rows count: the cells that could not be read, the rows that they hold, and the typed rows that are left.

Hold the cell, not the child. A row is held only when its child, its key or the date that defines its event
cannot be read; any other bad cell is taken as unknown and the row counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from pipelines.cell_reading import Reading
from pipelines.clean import ReadColumn, ReadSheet
from pipelines.findings import Finding, finding
from pipelines.pseudonyms import Pseudonyms
from pipelines.typed import typed_array
from pipelines.workbook import CellNote
from returns.declaration import DATED, Field, second_column
from returns.periods import add_months

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

OLDEST = 25
"""Whole years: a leaving care service ends on the day before the twenty-sixth birthday at the latest."""

YEARS_AHEAD = 10
"""Nothing that is due is due later than this after the extract's date."""

MONTHS_BEFORE_BIRTH = 10
"""A child expected later than this after the extract's date is a slip of the pen."""


@dataclass(frozen=True)
class CleanSheet:
    """A sheet with its rows settled.

    `frame` holds the accepted rows, typed, its index the Excel row; `held` the codes that hold each other
    row, by Excel row. Every row that is not blank is in exactly one of them.
    """

    read: ReadSheet
    frame: pd.DataFrame
    held: Mapping[int, tuple[str, ...]]
    findings: tuple[Finding, ...]

    @property
    def rows_read(self) -> int:
        """How many rows are not blank."""
        return len(self.read.rows)

    @property
    def sheet_name(self) -> str:
        """The sheet's name, as the sender wrote it."""
        return str(self.read.recognised.sheet.name)


def settle(sheet: ReadSheet, *, extracted: date, scheme: str, pseudonyms: Pseudonyms) -> CleanSheet:
    """The rows of the sheet, accepted and held, as they stood on the extract's date; identifiers are hashed here."""
    import numpy as np

    columns = {name: _as_of(column, extracted) for name, column in sheet.columns.items()}
    notes = _notes(sheet)
    found = [*_noted(sheet, columns, notes), *_unreadable(sheet, columns), *_missing(sheet, columns, notes)]
    found += [_total(sheet, int(row)) for row in sheet.rows[sheet.totals]]
    total_rows = set(sheet.rows[sheet.totals].tolist())
    found = [item for item in found if item.code == "total-row" or item.row not in total_rows]
    held: dict[int, list[str]] = {}
    for item in found:
        if item.severity == "hold" and item.row is not None:
            held.setdefault(item.row, []).append(item.code)
    keep = ~np.isin(sheet.rows, list(held)) if held else np.ones(len(sheet.rows), dtype=bool)
    frame = _typed_rows(sheet, columns, keep, scheme, pseudonyms)
    codes = {row: tuple(dict.fromkeys(codes)) for row, codes in sorted(held.items())}
    return CleanSheet(replace(sheet, columns=columns), frame, codes, tuple(found))


def _as_of(column: ReadColumn, extracted: date) -> ReadColumn:
    """The column with days that cannot be true on the extract's date made bad."""
    kind = column.field.kind
    if kind in DATED:
        last = add_months(extracted, 12 * YEARS_AHEAD) if column.field.ahead else extracted
        return column.with_readings(
            lambda _cell, r: Reading(None, "date-future") if isinstance(r.value, date) and r.value > last else r
        )
    if kind == "birth":
        latest, first = add_months(extracted, MONTHS_BEFORE_BIRTH), add_months(extracted, -12 * (OLDEST + 1))
        return column.with_readings(
            lambda _cell, r: Reading(None, "birth-out-of-range")
            if isinstance(r.value, date) and not first < r.value <= latest else r
        )
    if kind == "age":
        return column.with_readings(
            lambda _cell, r: Reading(None, "age-out-of-range") if isinstance(r.value, int) and r.value > OLDEST else r
        )
    return column


def _holds(sheet: ReadSheet, item: Field) -> bool:
    return item.name in sheet.recognised.declared.holding


def _notes(sheet: ReadSheet) -> dict[tuple[int, str], CellNote]:
    """What the second look at the file found in cells of the return: {(Excel row, field): note}."""
    whole = sheet.recognised.sheet
    by_column = {
        place + whole.first_column: name for name, place in sheet.recognised.columns.items() if name in sheet.columns
    }
    rows = set(sheet.rows.tolist())
    placed = ((note, by_column.get(note.column)) for note in whole.look.notes)
    return {(note.row, name): note for note, name in placed if name is not None and note.row in rows}


_NOTED = {"error": "cell-error", "not calculated": "cell-not-calculated"}


def _noted(
    sheet: ReadSheet, columns: Mapping[str, ReadColumn], notes: Mapping[tuple[int, str], CellNote]
) -> Iterator[Finding]:
    for (row, name), note in notes.items():
        item = columns[name].field
        yield finding(
            _NOTED[note.kind], sheet=sheet.recognised.sheet.name, row=row, column=columns[name].header,
            severity="hold" if _holds(sheet, item) else None, value=note.text,
        )


def _unreadable(sheet: ReadSheet, columns: Mapping[str, ReadColumn]) -> Iterator[Finding]:
    """One finding for every cell that could not be read."""
    import numpy as np

    for column in columns.values():
        if not column.bad.any():
            continue
        holds = _holds(sheet, column.field)
        for position in np.flatnonzero(column.bad[column.places]):
            place = int(column.places[position])
            reading = column.readings[place]
            yield finding(
                reading.code or "", sheet=sheet.recognised.sheet.name, row=int(sheet.rows[position]),
                column=column.header, severity="hold" if holds else None, value=column.cells[place],
                candidates=_listed(reading.candidates), title=column.field.title,
                codes=column.field.codes or "",
            )


def _listed(candidates: tuple[str, ...]) -> str:
    return " or ".join(candidates) if candidates else "no code of the list"


def _missing(
    sheet: ReadSheet, columns: Mapping[str, ReadColumn], notes: Mapping[tuple[int, str], CellNote]
) -> Iterator[Finding]:
    """One finding for every row whose child, key or event date is empty."""
    import numpy as np

    for column in columns.values():
        if not _holds(sheet, column.field):
            continue
        for position in np.flatnonzero((column.empty & ~column.bad)[column.places]):
            row = int(sheet.rows[position])
            if (row, column.field.name) not in notes:
                yield finding("key-missing", sheet=sheet.recognised.sheet.name, row=row, column=column.header)


def _total(sheet: ReadSheet, row: int) -> Finding:
    # Held rather than dropped: every row read is accepted or held.
    return finding("total-row", sheet=sheet.recognised.sheet.name, row=row, severity="hold")


def _typed_rows(
    sheet: ReadSheet, columns: Mapping[str, ReadColumn], keep: np.ndarray, scheme: str, pseudonyms: Pseudonyms
) -> pd.DataFrame:
    """The accepted rows, typed. A column that the sender left out is there, empty."""
    import numpy as np
    import pandas as pd

    count = int(keep.sum())
    typed: dict[str, object] = {}
    for item in sheet.recognised.declared.fields:
        if item.keep == "dropped":
            continue
        column = columns.get(item.name)
        if column is None:
            nowhere = np.zeros(count, dtype=np.int32)
            for name in item.columns:
                typed[name] = typed_array(item.kind, [None], beside=name != item.name).take(nowhere)
            continue
        places = column.places[keep]
        values = [reading.value for reading in column.readings]
        if item.kind == "identifier":
            used = np.unique(places)  # held rows' identifiers are not hashed: they are not kept
            known = [str(values[place]) for place in used]
            for place, pseudonym in zip(used, pseudonyms.of_identifiers(scheme, known), strict=True):
                values[place] = pseudonym
        typed[item.name] = typed_array(item.kind, values).take(places)
        if second := second_column(item.kind, item.name):
            beside = [reading.beside for reading in column.readings]
            typed[second] = typed_array(item.kind, beside, beside=True).take(places)
    return pd.DataFrame(typed, index=pd.Index(sheet.rows[keep], name="row"))
