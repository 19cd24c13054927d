"""Cleaning: every cell of a recognised sheet read by its field's kind, the original kept beside it in memory.

A column holds few different values however many rows it has, so each different value is read once
and the rows only point to it. Nothing here decides about rows; `hold.py` does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING

from pipelines.cell_dates import read_day, read_moment
from pipelines.cell_reading import BLANK, Reading, one_line
from pipelines.cell_values import (
    is_total,
    read_age,
    read_code,
    read_count,
    read_flag,
    read_identifier,
    read_indicator,
    read_number,
    read_period,
    read_postcode,
    read_text,
)
from pipelines.recognise import Recognised
from returns.codes import CodeLists
from returns.declaration import DATED, Field

if TYPE_CHECKING:
    import numpy as np

Answers = Mapping[tuple[str, str], str]
_DAY_ALONE = frozenset({"date", "birth"})


@dataclass(frozen=True)
class Rules:
    """What reading a cell needs beside it: code lists, what the agency's own spellings mean, the day of receipt."""

    codes: CodeLists
    today: date
    answers: Answers = field(default_factory=dict)


@dataclass(frozen=True)
class ReadColumn:
    """One column: its different cells, what each says, and which of them every row has (`places`)."""

    field: Field
    header: str
    cells: tuple[object, ...]
    readings: tuple[Reading, ...]
    places: np.ndarray

    def with_readings(self, change: Callable[[object, Reading], Reading]) -> ReadColumn:
        """The column with each different cell read again."""
        return replace(self, readings=tuple(map(change, self.cells, self.readings)))

    @cached_property
    def bad(self) -> np.ndarray:
        """For each different cell, whether it could not be read."""
        import numpy as np

        return np.fromiter((reading.code is not None for reading in self.readings), bool, len(self.readings))

    @cached_property
    def empty(self) -> np.ndarray:
        """For each different cell, whether it says nothing: empty, or unreadable."""
        import numpy as np

        says = (r.value is None and r.group is None for r in self.readings)
        return np.fromiter(says, bool, len(self.readings))


@dataclass(frozen=True)
class ReadSheet:
    """A recognised sheet, read: its rows that are not blank, by Excel's row number, and its columns by field name."""

    recognised: Recognised
    rows: np.ndarray
    columns: Mapping[str, ReadColumn]
    totals: np.ndarray

    @cached_property
    def latest_days(self) -> tuple[date, ...]:
        """The different days of the date columns, latest first; births and what lies ahead are not among them."""
        days = {
            reading.value
            for column in self.columns.values() if column.field.kind in DATED and not column.field.ahead
            for reading in column.readings if isinstance(reading.value, date)
        }
        return tuple(sorted(days, reverse=True))


def read_sheet(recognised: Recognised, rules: Rules) -> ReadSheet:
    """Every cell of the sheet's rows read by its field's kind. Raises nothing: what cannot be read is said so."""
    import numpy as np

    sheet_rows, numbers = _rows_with_something(recognised)
    columns = {}
    for item in recognised.edition.fields:
        place = recognised.columns.get(item.name)
        if place is None or item.keep == "dropped":
            continue
        cells = _column(sheet_rows, place)
        columns[item.name] = _read_column(item, recognised.headers[item.name], cells, _reader(item, rules))
    return ReadSheet(recognised, np.array(numbers, dtype=np.int64), columns, _totals(recognised, sheet_rows, columns))


def _rows_with_something(recognised: Recognised) -> tuple[list[Sequence[object]], list[int]]:
    """The rows under the header that have a cell filled in, and their Excel row numbers."""
    kept: list[Sequence[object]] = []
    numbers: list[int] = []
    for number, row in recognised.body():
        # A row that begins with a number or a plain word is not blank, nor is one of more than two different cells;
        # of the others, each different cell is looked at.
        first = row[0] if row else None
        plain = first.isascii() and first.isalnum() if isinstance(first, str) else first is not None
        if plain or len(different := set(row)) > 2 or not all(map(_is_empty, different)):
            kept.append(row)
            numbers.append(number)
    return kept, numbers


def _is_empty(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not one_line(cell))


def _column(rows: Sequence[Sequence[object]], place: int) -> list[object]:
    try:
        cells = [row[place] for row in rows]
    except IndexError:  # ragged rows: a short one has nothing in its last columns
        cells = [row[place] if place < len(row) else None for row in rows]
    if bool in set(map(type, cells)):  # True and 1 would be the same key below
        cells = [("TRUE" if cell else "FALSE") if isinstance(cell, bool) else cell for cell in cells]
    return cells


def _read_column(item: Field, header: str, cells: list[object], read: Callable[[object], Reading]) -> ReadColumn:
    import numpy as np

    different = {cell: place for place, cell in enumerate(dict.fromkeys(cells))}
    places = np.fromiter(map(different.__getitem__, cells), np.int32, len(cells))
    readings = tuple(BLANK if cell is None or cell == "" else read(cell) for cell in different)
    return ReadColumn(item, header, tuple(different), readings, places)


def _reader(item: Field, rules: Rules) -> Callable[[object], Reading]:
    if item.kind in _DAY_ALONE:
        return partial(read_day, today=rules.today)
    if item.kind == "moment":
        return partial(read_moment, today=rules.today)
    if item.kind == "indicator":
        return partial(read_indicator, codes=rules.codes[item.codes or ""], answers=rules.answers)
    if item.kind == "code":
        return partial(read_code, codes=rules.codes[item.codes or ""], answers=rules.answers)
    if item.kind == "flag":
        return partial(read_flag, field=item, codes=rules.codes[item.codes or "yes_no"], answers=rules.answers)
    if item.kind in ("organisation", "agency"):
        return partial(_read_organisation, named=item.kind == "agency")
    return _PLAIN[item.kind]


_PLAIN: dict[str, Callable[[object], Reading]] = {
    "identifier": read_identifier, "text": read_text, "age": read_age, "count": read_count, "number": read_number,
    "postcode": read_postcode, "period": read_period,
}


def _read_organisation(cell: object, *, named: bool) -> Reading:
    """The name as sent; its group is the agency's name, or whether it is the council or a partner."""
    from returns.partnership import organisation_agency, partnership

    found = read_text(cell)
    whose = organisation_agency(found.value) if isinstance(found.value, str) else None
    if whose is None:
        return found
    if named:
        return found._replace(group=whose.name)
    return found._replace(group="council" if whose.name == partnership().council_agency else "partner")


def _totals(
    recognised: Recognised, rows: Sequence[Sequence[object]], columns: Mapping[str, ReadColumn]
) -> np.ndarray:
    """For each row, whether it is a total: its first cell, or its child's, says so."""
    import numpy as np

    found = np.zeros(len(rows), dtype=bool)
    if recognised.declared.level == "total":
        return found
    for column in columns.values():
        if column.field.kind == "identifier":
            found |= np.fromiter(map(is_total, column.cells), bool, len(column.cells))[column.places]
    first = _column(rows, min(recognised.columns.values(), default=0))
    labels = {cell for cell in set(first) if is_total(cell)}
    if labels:
        found |= np.fromiter((cell in labels for cell in first), bool, len(first))
    return found
