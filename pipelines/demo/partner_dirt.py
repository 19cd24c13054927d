"""What the partners' files are really like: other spellings, blank cells, days without a time, dates as text.

Each agency's own habits are small, so that the loader has something to say of every file and holds few rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from random import Random

from pipelines.demo.listing import Cell, Code, Listing
from returns.codes import CodeLists
from returns.declaration import Field

_OTHER_SPELLING, _DATE_AS_TEXT, _NUMBER_AS_TEXT, _NO_TIME = 0.03, 0.006, 0.008, 0.03
# Of new rows: no identifier, an unreadable event date, another unreadable date.
_NO_IDENTIFIER, _NO_EVENT_DATE, _UNREADABLE_DATE = 0.0002, 0.0003, 0.0012
_UNREADABLE = ("31/02/2025", "not known", "tbc", "00/00/0000")
_DAYS, _TIMES = ("%d/%m/%Y", "%Y-%m-%d", "%d %b %Y"), ("%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M")
# Cells left blank, by field.
_BLANK: dict[str, float] = {
    "decided": 0.004, "referrer_role": 0.1, "received_rating": 0.015, "final_rating": 0.02, "age": 0.004,
    "consent": 0.03, "main_concern": 0.01,
    "domestic_abuse": 0.02, "level_of_need": 0.03, "education": 0.02, "health": 0.008,
    "child_views_recorded": 0.05, "quorate": 0.008, "child_took_part": 0.02, "child_views_given": 0.03,
    "parents_attended": 0.03, "attended": 0.006, "report_in_time": 0.03, "shared_with_family": 0.05,
    "looked_after": 0.02, "interview_offered": 0.03, "interview_accepted": 0.02, "exploitation": 0.06,
    "plan_4p_in_place": 0.02, "nrm_referral": 0.05, "transition_plan": 0.03, "alleged": 0.02, "role_group": 0.04,
    "employer_sector": 0.012, "suspended": 0.03, "evidence_seen": 0.06, "action_due": 0.04, "dsl_trained": 0.01,
    "theme": 0.1,
}
# Spellings from real logs, beside capitals and stray spaces.
_ELSEWHERE: dict[tuple[str, str], tuple[str, ...]] = {
    ("contact_type", "MARF"): ("Multi-agency referral form", "marf"),
    ("contact_type", "Police notification"): ("PPN", "Police Notification"),
    ("contact_type", "Telephone"): ("Phone call", "Tel"),
    ("contact_outcome", "No further action"): ("NFA",),
    ("contact_outcome", "Advice and information"): ("Information, advice and guidance", "Advice"),
    ("contact_outcome", "Referral to social care"): ("Referral", "Progress to referral"),
    ("contact_outcome", "Existing case"): ("Open case",),
    ("referring_agency", "Police"): ("West Mercia Police", "WMP"),
    ("referring_agency", "Schools"): ("School", "Academy"),
    ("referring_agency", "Health visiting"): ("Health Visitor", "HV"), ("referring_agency", "GP"): ("GP practice",),
    ("rating", "Red"): ("R",), ("rating", "Amber"): ("A",), ("rating", "Green"): ("G",),
    ("attendance", "Yes"): ("Y", "Attended"), ("attendance", "No"): ("N", "Apologies", "DNA"),
    ("conference_type", "Initial"): ("ICPC",), ("conference_type", "Review"): ("RCPC",),
    ("participant", "Education"): ("School",), ("participant", "Health visiting"): ("HV",),
    ("risk_level", "Medium"): ("Med",), ("employer_sector", "Education"): ("School",),
    ("section_11_grade", "Met"): ("Fully met",), ("section_175_grade", "Partly met"): ("Partially met",),
    ("phase", "Pupil referral unit"): ("PRU",), ("phase", "Secondary"): ("High school",),
}

_Spoiler = Callable[[Cell, bool], Cell]


class PartnerDirt:
    """Makes one file's rows as untidy as a sender's. One seed, agency and quarter give one set of faults."""

    def __init__(self, rng: Random, lists: CodeLists) -> None:
        self._rng = rng
        self._lists = lists
        self._others: dict[Code, tuple[str, ...]] = {}

    def spoil(self, listing: Listing, fields: Sequence[Field], event_date: str | None) -> list[list[Cell]]:
        """The listing's rows as they are sent: every code spelt, some cells blank, odd or unreadable."""
        columns = [self._column(item, is_event_date=item.name == event_date) for item in fields]
        return [
            [spoil(cell, row.new) for spoil, cell in zip(columns, row.cells, strict=True)] for row in listing.rows
        ]

    def _column(self, item: Field, *, is_event_date: bool) -> _Spoiler:
        blank = _BLANK.get(item.name, 0.0)
        if item.kind == "identifier":
            return self._identifier
        if item.kind in ("date", "moment"):
            lost = _NO_EVENT_DATE if is_event_date else _UNREADABLE_DATE
            return self._dates(blank, lost, may_lack_time=item.kind == "moment" and not is_event_date)
        if item.kind in ("code", "flag"):
            return self._codes(blank)
        return self._others_than_codes(blank, is_number=item.kind in ("count", "age", "number"))

    def _identifier(self, cell: Cell, new: bool) -> Cell:
        return None if new and self._rng.random() < _NO_IDENTIFIER else cell

    def _dates(self, blank: float, lost: float, *, may_lack_time: bool) -> _Spoiler:
        def spoil(cell: Cell, new: bool) -> Cell:
            if not isinstance(cell, date):
                return cell
            draw = self._rng.random()
            if draw < blank:
                return None
            if new and draw < blank + lost:
                return self._rng.choice(_UNREADABLE)
            if draw > 1 - _DATE_AS_TEXT:
                return cell.strftime(self._rng.choice(_TIMES if isinstance(cell, datetime) else _DAYS))
            if may_lack_time and isinstance(cell, datetime) and draw > 1 - _DATE_AS_TEXT - _NO_TIME:
                return cell.date()
            return cell
        return spoil

    def _codes(self, blank: float) -> _Spoiler:
        def spoil(cell: Cell, new: bool) -> Cell:
            if cell is None:
                return None
            draw = self._rng.random()
            if draw < blank:
                return None
            if not isinstance(cell, Code):
                return str(cell)[0] if draw > 1 - _OTHER_SPELLING else cell
            return self._rng.choice(self._spellings(cell)) if draw > 1 - _OTHER_SPELLING else cell.code
        return spoil

    def _spellings(self, code: Code) -> tuple[str, ...]:
        """Other ways to write a code or label that are read as the same group."""
        found = self._others.get(code)
        if found is None:
            tried = (code.code.upper(), f"{code.code} ", *_ELSEWHERE.get((code.list, code.code), ()))
            own = self._lists[code.list]
            group = own.match(code.code).group
            found = self._others[code] = tuple(text for text in tried if own.match(text).group == group)
        return found

    def _others_than_codes(self, blank: float, *, is_number: bool) -> _Spoiler:
        def spoil(cell: Cell, new: bool) -> Cell:
            if cell is None or self._rng.random() < blank:
                return None
            return str(cell) if is_number and self._rng.random() < _NUMBER_AS_TEXT else cell
        return spoil if blank or is_number else _as_it_is


def _as_it_is(cell: Cell, new: bool) -> Cell:
    return cell
