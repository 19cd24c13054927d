"""What the accepted submissions let one say: which periods they cover, and why one is not available."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Protocol

from metrics.model import Nature
from metrics.result import Basis
from returns.events import FILLED_BY, TABLES
from returns.periods import Period, add_months

# An Annex A list carries the six months before its extract.
REACH_MONTHS = 6

_MADE_WITHOUT = (
    "This version was made by an earlier edition of the program, which did not keep this. The next load brings it, and "
    "so does `python -m pipelines rebuild`."
)


class Source(Protocol):
    """Where rows are read: a reader of one version of the warehouse (warehouse.store)."""

    @property
    def version(self) -> int | None:
        """The version's number; None where it is none."""
        ...

    def query(self, sql: str, params: Sequence[object] = ...) -> list[tuple[Any, ...]]:
        """The rows of one SELECT."""
        ...


@dataclass(frozen=True)
class Submission:
    """An accepted submission, as far as figures need it. `rows_accepted` is None where it is hidden."""

    id: str
    return_name: str
    agency: str
    period: Period
    extracted: date | None
    file: str | None
    sheet: str | None
    rows_accepted: int | None

    @cached_property
    def window(self) -> tuple[date, date]:
        """The first and last day of which it carries the events."""
        extracted = self.extracted or self.period.end
        reach = add_months(extracted, -REACH_MONTHS)
        return min(self.period.start, reach), max(self.period.end, extracted)


@dataclass(frozen=True)
class Covered:
    """The submissions behind a figure; where there can be none, `reason` says why."""

    submissions: tuple[Submission, ...]
    reason: str | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """Their ids, in order."""
        return tuple(submission.id for submission in self.submissions)


class Coverage:
    """Answers, for a table, period, basis and nature, which accepted submissions carry what is needed."""

    def __init__(self, submissions: Iterable[Submission], *, lacking: Collection[str] = ()) -> None:
        """`lacking` are the event tables that the version was made without."""
        self.submissions = tuple(submissions)
        self._lacking = frozenset(lacking)
        self._of_table = {
            table: [one for one in self.submissions if one.return_name in returns]
            for table, returns in FILLED_BY.items()
        }
        self._answers: dict[tuple[str, Period, Basis, Nature], Covered] = {}

    def of(self, table: str, period: Period, *, basis: Basis, nature: Nature) -> Covered:
        """The submissions that carry the table's rows for the period, or the reason why none do."""
        key = (table, period, basis, nature)
        if key not in self._answers:
            self._answers[key] = self._of(table, period, basis, nature)
        return self._answers[key]

    def latest(self, table: str, *, upto: Period | None = None) -> Submission | None:
        """The latest extract of the table, of all or of those for periods that end no later than `upto`."""
        sent = [one for one in self._of_table[table] if upto is None or one.period.end <= upto.end]
        return max(sent, key=lambda one: (one.period.end, one.extracted or one.period.end), default=None)

    def latest_quarter(self) -> Period | None:
        """The latest quarter that a row-level submission was accepted for, else any."""
        rows = [one.period.quarter() for one in self.submissions if one.return_name != "aggregate"]
        every = rows or [one.period.quarter() for one in self.submissions]
        return max(every, default=None)

    def quarters(self) -> tuple[Period, ...]:
        """The quarters that a submission was accepted for, earliest first."""
        return tuple(sorted({one.period.quarter() for one in self.submissions}))

    def _of(self, table: str, period: Period, basis: Basis, nature: Nature) -> Covered:
        if table in self._lacking:
            return Covered((), _MADE_WITHOUT)
        sent = self._of_table[table]
        # A stock is of one day, the period's last; what is true only on an extract's date is of its own quarter.
        first = period.start if nature == "flow" else period.end
        quarters = _quarters(first, period.end)
        if basis == "known" and nature in ("flow", "stock"):
            used = [one for one in sent if one.window[0] <= period.end and one.window[1] >= first]
            lacking = [quarter for quarter in quarters if not _is_covered(quarter, first, period.end, used)]
        else:
            used = [one for one in sent if one.period.quarter() in quarters]
            lacking = [quarter for quarter in quarters if all(one.period.quarter() != quarter for one in used)]
        if lacking:
            return Covered((), _reason(table, lacking))
        return Covered(tuple(used))


def read_coverage(source: Source) -> Coverage:
    """What the version's accepted submissions cover, and which event tables it was made without."""
    asked = "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'reported'"
    present = {name for (name,) in source.query(asked)}
    return Coverage(read_submissions(source), lacking=[name for name in TABLES if name not in present])


def read_submissions(source: Source) -> list[Submission]:
    """Every accepted submission of the version, in the order of their periods."""
    rows = source.query(
        "SELECT id, return_name, agency, period, extracted, file, sheet, rows_accepted FROM main.submissions "
        "WHERE status IN ('accepted', 'nil') ORDER BY period, id"
    )
    return [
        Submission(name, return_name, agency, Period.parse(period), extracted, file, sheet, int(accepted or 0))
        for name, return_name, agency, period, extracted, file, sheet, accepted in rows
    ]


def _quarters(first: date, last: date) -> list[Period]:
    quarters = [Period(first, last, "quarter").quarter()]
    while not quarters[0].contains(first):
        quarters.insert(0, quarters[0].earlier())
    return quarters


def _is_covered(quarter: Period, first: date, last: date, submissions: Iterable[Submission]) -> bool:
    """Whether every day of the quarter from `first` to `last` is in some submission's window."""
    day, end = max(quarter.start, first), min(quarter.end, last)
    for start, until in sorted(one.window for one in submissions):
        if start <= day <= until:
            day = until + timedelta(days=1)
    return day > end


def _reason(table: str, lacking: Sequence[Period]) -> str:
    title = TABLES[table].title
    what = f"{title[0].lower()}{title[1:]}"
    if len(lacking) == 1:
        when = lacking[0].label
    else:
        when = f"{len(lacking)} quarters, {lacking[0].label} the first of them"
    return f"No return of {what} has been accepted for {when}."
