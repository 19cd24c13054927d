"""Who was asked for a return: what a share of those that answered is a share of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from metrics.coverage import Source
from metrics.model import Indicator, group_column
from returns.events import FILLED_BY, TABLES
from returns.partnership import Expected, expected
from returns.periods import Period

# The column of an audit's answers that names the agency, as the settings name it.
_AGENCY = "respondent_group"
# A school without a phase in the list of schools is asked as well.
_NOT_RECORDED = "Not recorded"


class Asked(Protocol):
    """Answers how many were asked, in all and in each group."""

    def of(self, indicator: Indicator, period: Period, *, by: str | None = None) -> Mapping[str | None, int] | None:
        """How many were asked by the period's end: {None: all of them}, or by group of `by`.

        None where it cannot be said: no list is held, or the list does not carry the group.
        """
        ...


@dataclass(frozen=True)
class School:
    """A school of the list, by the columns that it can be grouped by, and when it was open."""

    groups: Mapping[str, str | None] = field(hash=False)
    opened: date | None
    closed: date | None

    def open_on(self, day: date) -> bool:
        """Whether the school was open on the day."""
        return (self.opened is None or self.opened <= day) and (self.closed is None or self.closed > day)


@dataclass(frozen=True)
class Owed:
    """Who was asked, from config/expected.yaml and the list of schools as now known."""

    expected: tuple[Expected, ...]
    schools: tuple[School, ...]

    def of(self, indicator: Indicator, period: Period, *, by: str | None = None) -> Mapping[str | None, int] | None:
        """As Asked says."""
        column = group_column(indicator.event_table, by) if by is not None else None
        if indicator.asked == "agencies":
            owing = self._agencies(indicator, period)
            return _counted(owing, column is not None) if column in (None, _AGENCY) else None
        open_then = [school for school in self.schools if school.open_on(period.end)]
        if column is not None and not all(column in school.groups for school in open_then):
            return None
        return _counted([school.groups.get(column or "") for school in open_then], column is not None)

    def _agencies(self, indicator: Indicator, period: Period) -> list[str | None]:
        """The agencies that owe the indicator's return at the period's end."""
        quarter = period.quarter()
        owing = {
            one.agency for one in self.expected
            if one.return_name in FILLED_BY[indicator.table]
            and Period.parse(one.since).start <= quarter.end
            and (one.until is None or Period.parse(one.until).end >= quarter.start)
        }  # fmt: skip
        return [*sorted(owing)]


def _counted(groups: Sequence[str | None], by_group: bool) -> dict[str | None, int] | None:
    if not groups:
        return None
    if not by_group:
        return {None: len(groups)}
    found: dict[str | None, int] = {}
    for group in groups:
        found[group or _NOT_RECORDED] = found.get(group or _NOT_RECORDED, 0) + 1
    return found


def read_asked(source: Source) -> Owed:
    """Who is asked for what: raises returns.partnership.SettingsError when config/expected.yaml cannot be used."""
    table = TABLES["schools"]
    names = [column.name for column in table.columns if column.type == "text"]
    rows = source.query(f"SELECT opened, closed, {', '.join(names)} FROM known.schools")
    return Owed(expected(), tuple(_schools(names, rows)))


def _schools(names: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterable[School]:
    for opened, closed, *cells in rows:
        assert opened is None or isinstance(opened, date)
        assert closed is None or isinstance(closed, date)
        groups = {name: str(cell) if cell is not None else None for name, cell in zip(names, cells, strict=True)}
        yield School(groups, opened, closed)
