"""What a list of Annex A is to the demonstration: its columns in order and its rows, still spelt exactly.

A cell of a code list is a `Code`, so that writing can spell it as authorities do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from pipelines.demo.records import Child
from returns.periods import add_months


class Code(NamedTuple):
    """A published code and the list it is of."""

    list: str
    code: str


Cell = str | int | float | date | Code | None


class Row(NamedTuple):
    """One row. `new` is True when no earlier extract carried it: only new rows have keys that cannot be read."""

    new: bool
    cells: list[Cell]


@dataclass(frozen=True)
class Listing:
    """One list of one extract: the return it is, the edition's name and its rows."""

    return_name: str
    edition: str
    rows: list[Row] = field(repr=False)


@dataclass(frozen=True)
class Moment:
    """An extract: the quarter's name, the day it was run, the day of the one before and how far it reaches back."""

    quarter: str
    day: date
    before: date
    window: date

    def seen(self, happened: date | None, recorded: date) -> bool:
        """Whether something that happened had been recorded by the extract's date."""
        return happened is not None and happened <= self.day and recorded <= self.day

    def new(self, recorded: date) -> bool:
        """Whether the extract is the first to carry what was recorded then."""
        return recorded > self.before


def yes_no(list_name: str, value: bool | str | None) -> Code | None:
    """The code of a yes-or-no list; a letter stands for itself and None for an empty cell."""
    if value is None or value == "":
        return None
    letter = value if isinstance(value, str) else "a" if value else "b"
    return Code(list_name, letter)


def coded(list_name: str, code: str) -> Code | None:
    """The code of a list; None for an empty cell."""
    return Code(list_name, code) if code else None


def about(child: Child, day: date, *, disability: bool = False) -> list[Cell]:
    """The columns that begin every list: identifier, sex, ethnicity, date of birth, age, and disability where asked.

    An unborn child has the age -1 and, if it is known, the expected date of birth.
    """
    birth: date | None = child.birth
    age: Cell
    if child.birth > day:
        birth, age = (child.birth if child.number % 3 else None), -1
    else:
        age = round((day - child.birth).days / 365.25, 6)
    cells: list[Cell] = [child.number, Code("sex", child.sex), Code("ethnicity", child.ethnicity), birth, age]
    return [*cells, Code("disability", "a" if child.disabled else "b")] if disability else cells


def within_year(days: list[tuple[date, date]], moment: Moment) -> int:
    """How many came in the twelve months before the last one, of (happened, recorded) known at the extract."""
    known = [happened for happened, recorded in days if moment.seen(happened, recorded)]
    if len(known) < 2:
        return 0
    last = max(known)
    start = add_months(last, -12)
    return sum(1 for happened in known if start <= happened < last)
