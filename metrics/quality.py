"""How well a return is filled in: completeness by column, rows kept aside, and what was recorded late.

Read from one version of the warehouse, for one return of one agency.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from returns.events import FILLED_BY, TABLES
from returns.periods import Period

if TYPE_CHECKING:
    from warehouse.reading import Reader

# A day's quarter as periods write it: 2025-08-14 is of 2025-26-Q2.
_QUARTER_OF = (
    "printf('%d-%02d-Q%d', year({day}) - CAST(month({day}) < 4 AS INTEGER), "
    "(year({day}) - CAST(month({day}) < 4 AS INTEGER) + 1) % 100, (month({day}) + 8) % 12 // 3 + 1)"
)


@dataclass(frozen=True)
class Filled:
    """One column in one quarter: cells of accepted rows, how many are filled, how many could not be read."""

    cells: int
    filled: int
    blanked: int

    @property
    def share(self) -> float | None:
        """The percentage filled with something that could be read; None where there was no row."""
        return 100 * self.filled / self.cells if self.cells else None


@dataclass(frozen=True)
class ColumnOverTime:
    """One column of a return: its latest header, whether it must be there, and how it was filled each quarter."""

    field: str
    header: str
    required: bool
    quarters: Mapping[Period, Filled]


@dataclass(frozen=True)
class HeldRow:
    """A row that was kept aside: where it stands and the codes of the findings that hold it."""

    submission: str
    quarter: Period
    file: str | None
    sheet: str | None
    row: int
    codes: tuple[str, ...]


@dataclass(frozen=True)
class RecordedLate:
    """Events of one kind dated in a quarter: how many there are now, and how many only a later quarter's file had."""

    table: str
    title: str
    quarter: Period
    events: int
    late: int

    @property
    def share(self) -> float | None:
        """The percentage that was not in the quarter's own file."""
        return 100 * self.late / self.events if self.events else None


def completeness(source: Reader, *, return_name: str, agency: str) -> tuple[ColumnOverTime, ...]:
    """Each column of the return over the quarters that count, in the order of the latest sheet."""
    found: dict[str, dict[Period, Filled]] = {}
    headers: dict[str, tuple[str, bool]] = {}
    for field, header, required, period, cells, filled, blanked in source.query(
        "SELECT q.field, q.header, q.required, s.period, q.cells, q.filled, q.blanked "
        "FROM main.column_quality q JOIN main.submissions s ON s.id = q.submission_id "
        "WHERE s.status = 'accepted' AND s.return_name = ? AND s.agency = ? ORDER BY s.period DESC, q.rowid",
        [return_name, agency],
    ):
        headers.setdefault(field, (header, required))
        found.setdefault(field, {})[_quarter(period)] = Filled(int(cells), int(filled), int(blanked))
    return tuple(ColumnOverTime(field, *headers[field], quarters) for field, quarters in found.items())


def held_rows(source: Reader, *, return_name: str, agency: str) -> tuple[HeldRow, ...]:
    """Every row of the return that is kept aside now, the latest quarter first."""
    rows = source.query(
        "SELECT s.id, s.period, s.file, h.sheet, h.source_row, h.codes FROM main.held_rows h "
        "JOIN main.submissions s ON s.id = h.submission_id "
        "WHERE s.status = 'accepted' AND s.return_name = ? AND s.agency = ? ORDER BY s.period DESC, s.id, h.source_row",
        [return_name, agency],
    )
    return tuple(
        HeldRow(row[0], _quarter(row[1]), row[2], row[3], int(row[4]), tuple(str(row[5]).split())) for row in rows
    )


def recorded_late(source: Reader, *, return_name: str, agency: str) -> tuple[RecordedLate, ...]:
    """For each quarter that the agency sent the return for: the events that only a later file brought."""
    return tuple(found for table in _filled_by(return_name) for found in _late(source, table, return_name, agency))


def _late(source: Reader, table: str, return_name: str, agency: str) -> Iterator[RecordedLate]:
    declared = TABLES[table]
    if declared.dated is None:
        return
    quarter_of = _QUARTER_OF.format(day=declared.dated)
    for period, events, late in source.query(
        f"WITH dated AS (SELECT {quarter_of} AS quarter, first_period FROM known.{table} "
        f"WHERE {declared.dated} IS NOT NULL AND agency = $agency) "
        "SELECT d.quarter, count(*), count(*) FILTER (d.first_period > d.quarter) FROM dated d "
        "WHERE d.quarter IN (SELECT period FROM main.submissions WHERE status = 'accepted' AND agency = $agency "
        "AND return_name = $return_name) GROUP BY 1 ORDER BY 1 DESC",
        {"agency": agency, "return_name": return_name},
    ):
        yield RecordedLate(table, declared.title, _quarter(period), int(events), int(late))


def _filled_by(return_name: str) -> list[str]:
    """The tables that the return's own rows fill; one that is put together from several returns is not one."""
    return [table for table, names in FILLED_BY.items() if names == (return_name,)]


def _quarter(period: str) -> Period:
    return Period.parse(period).quarter()
