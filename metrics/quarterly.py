"""What a reconciliation rests on: one version's accepted submissions, looked at for a quarter and those before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from metrics.coverage import Coverage, Source, Submission
from metrics.model import Nature
from returns.events import FILLED_BY, TABLES
from returns.periods import Period


@dataclass(frozen=True)
class Ground:
    """One version of the warehouse, as it is looked at for `quarter`; `quarters` are those held, latest first."""

    source: Source
    coverage: Coverage
    quarter: Period
    quarters: tuple[Period, ...]

    def sent(self, table: str, quarter: Period) -> tuple[Submission, ...]:
        """The submissions for the quarter that fill the table."""
        return tuple(
            one
            for one in self.coverage.submissions
            if one.return_name in FILLED_BY[table] and one.period.quarter() == quarter
        )

    def ever_sent(self, tables: Sequence[str]) -> bool:
        """Whether each of the tables has been filled by any submission."""
        names = {one.return_name for one in self.coverage.submissions}
        return all(names & set(FILLED_BY[table]) for table in tables)

    def lacking(self, tables: Sequence[str], quarter: Period) -> str | None:
        """Why the tables do not all hold the quarter as it was sent; None when they do."""
        for table in tables:
            if not self.sent(table, quarter):
                return f"No return of {_title(table)} has been accepted for {quarter.label}."
        return None

    def uncovered(self, tables: Sequence[str], quarter: Period, *, nature: Nature = "flow") -> str | None:
        """Why the tables do not all hold every event of the quarter, as now known; None when they do."""
        for table in tables:
            reason = self.coverage.of(table, quarter, basis="known", nature=nature).reason
            if reason:
                return reason
        return None

    def known_sources(self, table: str, quarter: Period, *, nature: Nature = "flow") -> tuple[str, ...]:
        """The submissions behind what is now known of the quarter."""
        return named(self.coverage.of(table, quarter, basis="known", nature=nature).submissions)


def ground(source: Source, coverage: Coverage, quarter: Period) -> Ground:
    """The ground for a quarter: it and every earlier one that something was accepted for, without a gap."""
    first = min((*coverage.quarters(), quarter))
    quarters = [quarter]
    while quarters[-1] > first:
        quarters.append(quarters[-1].earlier())
    return Ground(source, coverage, quarter, tuple(quarters))


def named(submissions: Sequence[Submission]) -> tuple[str, ...]:
    """Each submission's id, with the file it came in."""
    return tuple(f"{one.id} ({one.file})" if one.file else one.id for one in submissions)


def extracted(submissions: Sequence[Submission]) -> date | None:
    """The date of the latest extract among them."""
    return max((one.extracted for one in submissions if one.extracted), default=None)


def quarter_of(column: str) -> str:
    """SQL for the quarter of a date column, written as 2025-26-Q2. `column` is a declared name."""
    moved = f"({column} - INTERVAL 3 MONTH)"  # so that the financial year is the calendar's
    return (
        f"year({moved}) || '-' || lpad(CAST((year({moved}) + 1) % 100 AS VARCHAR), 2, '0') || '-Q' || quarter({moved})"
    )


def _title(table: str) -> str:
    title = TABLES[table].title
    return f"{title[0].lower()}{title[1:]}"
