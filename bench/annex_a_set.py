"""An Annex A workbook of any size, the same for the same number of rows: Lists 1 to 9 with every column filled in.

One cell in two hundred is dirty: a date that is none, a code of the sender's own, an empty cell.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

from returns.catalogue import the_return
from returns.codes import CodeLists, code_lists
from returns.declaration import Field
from returns.places import PROJECT

EXTRACTED = date(2025, 9, 30)
PERIOD = "2025-26-Q2"

# Of a hundred rows, how many are in each list: as a middle-sized authority's extract has them.
SHARES = {
    "contacts": 20, "early_help": 8, "referrals": 12, "assessments": 12, "section_47": 8, "children_in_need": 18,
    "child_protection_plans": 8, "children_looked_after": 9, "care_leavers": 5,
}
_DIRT = ("31/06/2025", "not known to us", "")
_TEAMS = tuple(f"Locality {area} {kind}" for area in range(1, 9) for kind in ("duty team", "unit 1", "unit 2"))
_FIRST = ("Ada", "Ben", "Cai", "Dee", "Eve", "Fay", "Gus", "Hal")
_ORGANISATIONS = ("Top Town Primary School", "Early Help Service", "Health visiting", "The council", "Homestart")

Draw = Callable[[], Any]


def write_annex_a(path: Path, *, rows: int, seed: int = 1) -> int:
    """The number of cells written under the headers of the workbook at `path`."""
    chance = Random(f"{seed} {rows}")
    days = _Days(chance)
    lists = code_lists(PROJECT / "data" / "reference")
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    cells = 0
    for name, share in SHARES.items():
        sheet = book.add_worksheet(the_return(name).sheet)
        fields = [item for item in the_return(name).edition.fields if item.expected or item.keep == "dropped"]
        draws = [_draw(item, chance, lists, days) for item in fields]
        sheet.write_row(0, 0, [item.header for item in fields])
        count = rows * share // 100
        for row in range(1, count + 1):
            days.start()
            for column, draw in enumerate(draws):
                cell = draw()
                if isinstance(cell, datetime):
                    sheet.write_datetime(row, column, cell, day)
                elif cell != "":
                    sheet.write(row, column, cell)
        cells += count * len(fields)
    book.close()
    return cells


class _Days:
    """The days of one row: the event's own, and others between it and the extract."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._today = datetime(EXTRACTED.year, EXTRACTED.month, EXTRACTED.day)
        self._ago = 0

    def start(self) -> None:
        """The next row's event is on another day."""
        self._ago = self._chance.randrange(180)

    def event(self) -> datetime:
        """The event's day."""
        return self._today - timedelta(days=self._ago)

    def later(self) -> datetime | str:
        """A day from the event's to the extract's; none in four rows of ten."""
        if self._chance.random() < 0.4:
            return ""
        return self._today - timedelta(days=self._chance.randrange(self._ago + 1))

    def birth(self) -> datetime:
        """A day up to eighteen years before the event's."""
        return self.event() - timedelta(days=self._chance.randrange(18 * 365))


def _draw(item: Field, chance: Random, lists: CodeLists, days: _Days) -> Draw:
    """What fills one cell of a column."""
    clean = _clean(item, chance, lists, days)
    if not item.nullable:
        return clean
    return lambda: chance.choice(_DIRT) if chance.random() < 0.005 else clean()


def _clean(item: Field, chance: Random, lists: CodeLists, days: _Days) -> Draw:
    if item.codes:
        spellings = [f"{code.letter}) {code.label}" if code.letter else code.label for code in lists[item.codes].codes]
        return lambda: chance.choice(spellings)
    by_kind: dict[str, Draw] = {
        "identifier": lambda: chance.randrange(10**6, 10**7),
        "date": days.later if item.nullable else days.event,
        "birth": days.birth,
        "age": lambda: round(chance.uniform(0, 18), 3),
        "count": lambda: chance.randrange(6),
        "number": lambda: round(chance.uniform(0, 60), 1),
        "postcode": lambda: f"HR{chance.randrange(1, 10)} {chance.randrange(1, 10)}AB",
        "organisation": lambda: chance.choice(_ORGANISATIONS),
        "text": lambda: chance.choice(_TEAMS),
    }
    if item.keep == "dropped":
        return lambda: f"{chance.choice(_FIRST)} {chance.randrange(400)}"
    return by_kind[item.kind]
