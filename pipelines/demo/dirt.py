"""What extracts are really like: blank cells, other spellings, dates as text, ages in fractions, and worse.

Rates are low, so that the loader has something to find in every file and holds few rows.
A child, or the date that defines an event, is unreadable only where a row is new: the
next extract has it put right, as it is when an agency is told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from random import Random

from pipelines.demo.listing import Cell, Code, Listing
from pipelines.demo.spelling import Spellings
from returns.declaration import Field

# Of all cells of the kind: another spelling of a code, a date written as text, a number stored as text.
_OTHER_SPELLING = 0.03
_DATE_AS_TEXT = 0.006
_NUMBER_AS_TEXT = 0.01
# Of new rows: no identifier, an unreadable event date, another unreadable date.
_NO_CHILD = 0.0002
_NO_EVENT_DATE = 0.0005
_UNREADABLE_DATE = 0.0015
_UNREADABLE = ("31/02/2025", "not known", "00/00/0000", "tbc", "32/13/2024")
_DATES = ("%d/%m/%Y", "%Y-%m-%d", "%d %b %Y", "%d/%m/%Y 00:00")
# Cells left blank, by field. What published figures are counted from is left alone.
_BLANK: dict[str, float] = {
    "sex": 0.003, "ethnicity": 0.014, "birth_month": 0.004, "age": 0.003, "disability": 0.006, "child_seen": 0.006,
    "team": 0.004, "last_seen": 0.006, "primary_need": 0.004, "seen_alone": 0.01,
    "permanence_plan": 0.012, "last_officer_visit": 0.01, "placement_urn": 0.03, "placement_district": 0.01,
    "organisation": 0.006, "referrals_12m": 0.004, "interview_offered": 0.02, "absent_12m": 0.02,
    "placement_provider": 0.004,
}
_UNKNOWN_DISABILITY = 0.025
_NO_TEAM = 0.008
_JUNK = 0.0008
_NOT_ENTERED = ("nan", "-", "zNotRecorded")

_Dirtier = Callable[[Cell, bool], Cell]


class Dirt:
    """Makes one extract's rows as untidy as a sender's. One seed and one extract give one set of faults."""

    def __init__(self, rng: Random, spellings: Spellings, *, whole_ages: bool) -> None:
        self._rng = rng
        self._spellings = spellings
        self._whole_ages = whole_ages

    def spoil(self, listing: Listing, fields: Sequence[Field], event_date: str | None) -> list[list[Cell]]:
        """The listing's rows as they are sent: every `Code` spelt, some cells blank, odd or unreadable."""
        columns = [self._column(item, item.name == event_date) for item in fields]
        width = len(columns)
        sent = []
        for row in listing.rows:
            if len(row.cells) != width:
                raise ValueError(f"{listing.return_name}: a row of {len(row.cells)} cells for {width} columns")
            sent.append([spoil(cell, row.new) for spoil, cell in zip(columns, row.cells, strict=True)])
        return sent

    def repeat_some(self, rows: list[list[Cell]], count: int) -> None:
        """Send a few rows twice, side by side, as reports with a join too many do."""
        for _ in range(min(count, len(rows))):
            place = self._rng.randrange(len(rows))
            rows.insert(place + 1, list(rows[place]))

    def _column(self, item: Field, is_event_date: bool) -> _Dirtier:
        if item.kind == "identifier":
            return self._identifier
        if item.kind == "birth":
            return self._birth
        if item.kind == "date":
            return self._event_date if is_event_date else self._other_date(_BLANK.get(item.name, 0))
        if item.kind in ("code", "flag"):
            return self._code(_BLANK.get(item.name, 0), item.name == "disability")
        if item.name == "age":
            return self._age
        if item.name == "team":
            return self._team
        return self._plain(_BLANK.get(item.name, 0))

    def _identifier(self, cell: Cell, new: bool) -> Cell:
        draw = self._rng.random()
        if new and draw < _NO_CHILD:
            return None
        return str(cell) if draw > 1 - _NUMBER_AS_TEXT else cell

    def _birth(self, cell: Cell, new: bool) -> Cell:
        draw = self._rng.random()
        if draw < _BLANK["birth_month"]:
            return None
        if draw < _BLANK["birth_month"] + _JUNK:
            return self._rng.choice(_NOT_ENTERED)
        return self._as_text(cell) if draw > 1 - _DATE_AS_TEXT else cell

    def _event_date(self, cell: Cell, new: bool) -> Cell:
        draw = self._rng.random()
        if new and draw < _NO_EVENT_DATE:
            return self._rng.choice(_UNREADABLE)
        return self._as_text(cell) if draw > 1 - _DATE_AS_TEXT else cell

    def _other_date(self, blank: float) -> _Dirtier:
        def spoil(cell: Cell, new: bool) -> Cell:
            if cell is None:
                return None
            draw = self._rng.random()
            if draw < blank:
                return None
            if new and draw < blank + _UNREADABLE_DATE:
                return self._rng.choice(_UNREADABLE)
            return self._as_text(cell) if draw > 1 - _DATE_AS_TEXT else cell
        return spoil

    def _as_text(self, cell: Cell) -> Cell:
        return cell.strftime(self._rng.choice(_DATES)) if isinstance(cell, date) else cell

    def _code(self, blank: float, may_be_unknown: bool) -> _Dirtier:
        published, others, random = self._spellings.published, self._spellings.others, self._rng.random

        def spoil(cell: Cell, new: bool) -> Cell:
            if not isinstance(cell, Code):
                return cell
            draw = random()
            if draw < blank:
                return None
            if may_be_unknown and draw < blank + _UNKNOWN_DISABILITY:
                return published(Code("disability", "c"))
            if draw > 1 - _OTHER_SPELLING:
                return self._rng.choice(others(cell))
            return published(cell)
        return spoil

    def _age(self, cell: Cell, new: bool) -> Cell:
        if self._rng.random() < _BLANK["age"]:
            return None
        return int(cell) if isinstance(cell, float) and self._whole_ages else cell

    def _team(self, cell: Cell, new: bool) -> Cell:
        draw = self._rng.random()
        if draw < _BLANK["team"]:
            return None
        if draw < _BLANK["team"] + _NO_TEAM:
            return "#N/A"
        if draw > 0.99 and isinstance(cell, str):
            return cell.replace(" ", "\u00a0") + " "
        return cell

    def _plain(self, blank: float) -> _Dirtier:
        if not blank:
            return _as_it_is
        return lambda cell, new: None if self._rng.random() < blank else cell


def _as_it_is(cell: Cell, new: bool) -> Cell:
    return cell
