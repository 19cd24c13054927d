"""Who owes which return, and what has come: config/expected.yaml set beside the ledger.

A return is due so many working days after its span of time ends. A quarter's column shows what
was owed for a span that ended in it: a month, a quarter, a school term, a school or financial year, two years.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal

from metrics.workingdays import WorkingDays
from pipelines.batch import STANDING, today
from returns.codes import read_table
from returns.partnership import Expected, agencies, expected
from returns.periods import Period, PeriodError, add_months, financial_year_of, quarter_ended_by
from returns.places import Places
from warehouse.ledger import Ledger, SubmissionRecord

State = Literal["in", "nil", "late", "missing", "not yet due", "not expected"]

# Months in which a span of the cadence ends; terms and school years as maintained schools have them.
_ENDS: dict[str, tuple[int, ...]] = {
    "month": tuple(range(1, 13)), "quarter": (3, 6, 9, 12), "term": (3, 7, 12), "academic year": (8,), "year": (3,),
    "two years": (3,),
}
_MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "term": 4, "academic year": 12, "year": 12, "two years": 24}

# A return of a term or a year that is sent this long before the span ends is of that span.
_EARLY = timedelta(days=62)


@dataclass(frozen=True)
class Owed:
    """One return that an agency owes for a span of time that ends in `quarter`."""

    agency: str
    return_name: str
    cadence: str
    quarter: Period
    start: date
    end: date
    due: date


@dataclass(frozen=True)
class Standing:
    """How a return of an agency stands for a quarter.

    `submissions` count now; `arrived` is the day the first of what is owed came, and `days_late` the working days by
    which it missed, or so far misses, the day it was due. `refused` counts files that were sent and could not be used.
    """

    agency: str
    return_name: str
    quarter: Period
    state: State
    due: date | None = None
    submissions: tuple[str, ...] = ()
    rows_accepted: int = 0
    rows_held: int = 0
    arrived: date | None = None
    days_late: int = 0
    refused: int = 0
    retracted: int = 0
    expected: bool = True


@dataclass(frozen=True)
class Register:
    """Every return of every agency over some quarters, oldest first, as it stands on a day."""

    today: date
    quarters: tuple[Period, ...]
    standings: tuple[Standing, ...]
    demonstration: bool = False

    def of(self, quarter: Period) -> tuple[Standing, ...]:
        """How each return stands for one quarter; those that were neither owed nor sent left out."""
        return tuple(each for each in self.standings if each.quarter == quarter and each.state != "not expected")

    def lines(self) -> Iterator[tuple[str, str, tuple[Standing, ...]]]:
        """(agency, return, its standings by quarter), in the order of agencies.yaml and expected.yaml."""
        seen: dict[tuple[str, str], list[Standing]] = {}
        for each in self.standings:
            seen.setdefault((each.agency, each.return_name), []).append(each)
        for (agency, return_name), found in seen.items():
            yield agency, return_name, tuple(found)


def standings(
    records: Sequence[SubmissionRecord], quarters: Sequence[Period], working: WorkingDays, *, on: date,
    demonstration: bool,
) -> list[Standing]:
    """How each thing that was owed for the quarters stands on a day, one by one."""
    of: dict[tuple[str, str], list[SubmissionRecord]] = {}
    for record in records:
        of.setdefault((record.return_name, record.agency), []).append(record)
    return [
        _stands(owed, of.get((owed.return_name, owed.agency), ()), working, on, demonstration=demonstration)
        for owed in _owed(quarters, working)
    ]


def latest_day(records: Iterable[SubmissionRecord], *, demonstration: bool) -> date | None:
    """The latest day of which the records know anything: of an extract, or of receipt where they are no demonstration.

    None where there is no record.
    """
    found = [date.fromisoformat(record.extracted) for record in records if record.extracted and record.rows_read]
    if not demonstration:
        found += [_arrival(record, demonstration=False) for record in records if record.received_at]
    return max(found, default=None)


def register(places: Places, *, upto: Period | None = None, quarters: int = 8, on: date | None = None) -> Register:
    """How every return stands over `quarters` quarters up to `upto` (the latest that has ended), on a day (today).

    Where the data are the demonstration's, the day of the extract stands for the day of receipt, and the latest
    extract's day for today: its files were all made at once. Raises SettingsError or a WarehouseError.
    """
    ledger = Ledger(places)
    records = ledger.submissions() if places.journal.exists() else []
    demonstration = places.journal.exists() and any(ledger.events("demo"))
    day = on or (latest_day(records, demonstration=True) if demonstration else None) or today()
    last = upto or quarter_ended_by(day)
    shown = tuple(last.earlier(step) for step in reversed(range(quarters)))
    working = working_days(places.reference)
    found = standings(records, shown, working, on=day, demonstration=demonstration)
    taken = {name for each in found for name in each.submissions}
    unexpected = [_unexpected(record) for record in records if record.status in STANDING and record.id not in taken]
    return Register(day, shown, tuple(_ordered(_combined(found, unexpected, shown))), demonstration)


def working_days(reference: Path) -> WorkingDays:
    """England's working days, by the reference table of bank holidays."""
    path = reference / "bank_holidays.csv"
    return _working_days(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _working_days(path: Path, _changed: int) -> WorkingDays:
    return WorkingDays(date.fromisoformat(row["day"]) for row in read_table(path))


def owed_by(item: Expected, quarter: Period, working: WorkingDays) -> Iterator[Owed]:
    """What one line of expected.yaml makes due for spans that end in the quarter."""
    since = Period.parse(item.since)
    until = Period.parse(item.until) if item.until else None
    for month in quarter.months():
        if month.end.month not in _ENDS[item.cadence]:
            continue
        if item.cadence == "two years" and (financial_year_of(month.end) - financial_year_of(since.start)) % 2 == 0:
            continue
        start = add_months(month.end.replace(day=1), 1 - _MONTHS[item.cadence])
        if month.end < since.end or (until is not None and start > until.end):
            continue
        due = working.add(month.end, item.due_working_days) if item.due_working_days > 0 else month.end
        yield Owed(item.agency, item.return_name, item.cadence, quarter, start, month.end, due)


def _owed(quarters: Sequence[Period], working: WorkingDays) -> Iterator[Owed]:
    for item in expected():
        for quarter in quarters:
            yield from owed_by(item, quarter, working)


def _stands(
    owed: Owed, records: Iterable[SubmissionRecord], working: WorkingDays, day: date, *, demonstration: bool
) -> Standing:
    """How one thing owed stands."""
    sent = [record for record in records if _is_of(record, owed)]
    standing = [record for record in sent if record.status in STANDING]
    # What was late stays late when a correction comes, and what was in time stays in time.
    came = [record for record in sent if record.status in (*STANDING, "superseded")]
    arrived = min((_arrival(record, demonstration=demonstration) for record in came), default=None)
    arrived = arrived if standing else None
    missed = arrived or day
    late = max(0, working.between(owed.due, missed))
    state: State
    if not standing:
        state = "missing" if day > owed.due else "not yet due"
    elif all(record.status == "nil" for record in standing):
        state = "nil"
    else:
        state = "late" if missed > owed.due else "in"
    return Standing(
        owed.agency, owed.return_name, owed.quarter, state, owed.due, tuple(record.id for record in standing),
        sum(record.rows_accepted for record in standing), sum(record.rows_held for record in standing), arrived,
        late if state in ("late", "missing", "nil") else 0, sum(record.status == "refused" for record in sent),
        sum(record.status == "retracted" for record in sent),
    )


def due_dates(
    places: Places, records: Iterable[SubmissionRecord], *, demonstration: bool = False
) -> dict[str, tuple[date, int]]:
    """For each submission that was owed: the day it was due and the working days by which it missed it (0: in time)."""
    working = working_days(places.reference)
    found = {}
    for record in records:
        if not record.period or record.status == "refused":
            continue
        for owed in _owed((Period.parse(record.period).quarter(),), working):
            if _is_of(record, owed):
                arrived = _arrival(record, demonstration=demonstration)
                found[record.id] = (owed.due, max(0, working.between(owed.due, arrived)))
    return found


def _is_of(record: SubmissionRecord, owed: Owed) -> bool:
    if (record.return_name, record.agency) != (owed.return_name, owed.agency):
        return False
    try:
        period = Period.parse(record.period)
    except PeriodError:
        return False
    if owed.cadence == "month":
        return period.start <= owed.start and owed.end <= period.end
    if owed.cadence == "quarter":
        return period.quarter() == owed.quarter
    day = date.fromisoformat(record.extracted) if record.extracted else period.end
    following = add_months(owed.end, _MONTHS[owed.cadence])
    return owed.end - _EARLY <= day < following - _EARLY


def _arrival(record: SubmissionRecord, *, demonstration: bool) -> date:
    if demonstration and record.extracted:
        return date.fromisoformat(record.extracted)
    return date.fromisoformat((record.received_at or record.extracted or "1990-01-01")[:10])


def _unexpected(record: SubmissionRecord) -> Standing | None:
    """A return that nobody asked for and that came."""
    try:
        quarter = Period.parse(record.period).quarter()
    except PeriodError:
        return None
    state: State = "nil" if record.status == "nil" else "in"
    return Standing(
        record.agency, record.return_name, quarter, state, None, (record.id,), record.rows_accepted, record.rows_held,
        expected=False,
    )


# Of several spans in a quarter (three months) the one that most needs doing something about is shown.
_WEIGHT: Mapping[State, int] = {"missing": 0, "not yet due": 1, "late": 2, "in": 3, "nil": 4, "not expected": 5}


def _combined(
    found: Iterable[Standing], unexpected: Iterable[Standing | None], quarters: Sequence[Period]
) -> Iterator[Standing]:
    """One standing for every return, agency and quarter."""
    cells: dict[tuple[str, str, Period], Standing] = {}
    for each in (*found, *(one for one in unexpected if one is not None)):
        if each.quarter not in quarters:
            continue
        key = (each.agency, each.return_name, each.quarter)
        cells[key] = _together(cells[key], each) if key in cells else each
    for agency, name in dict.fromkeys((agency, name) for agency, name, _quarter in cells):
        for quarter in quarters:
            none = Standing(agency, name, quarter, "not expected", expected=False)
            yield cells.get((agency, name, quarter), none)


def _together(one: Standing, other: Standing) -> Standing:
    heavy = min(one, other, key=lambda each: _WEIGHT[each.state])
    return Standing(
        one.agency, one.return_name, one.quarter, heavy.state, heavy.due, (*one.submissions, *other.submissions),
        one.rows_accepted + other.rows_accepted, one.rows_held + other.rows_held, heavy.arrived,
        max(one.days_late, other.days_late), one.refused + other.refused, one.retracted + other.retracted,
        one.expected or other.expected,
    )


def _ordered(found: Iterable[Standing]) -> list[Standing]:
    place = {item.name: number for number, item in enumerate(agencies())}
    owed = {(item.agency, item.return_name): number for number, item in enumerate(expected())}
    return sorted(found, key=lambda each: (
        place.get(each.agency, len(place)), owed.get((each.agency, each.return_name), len(owed)), each.return_name,
        each.quarter,
    ))
