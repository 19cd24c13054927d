"""Which months are younger than the usual recording lag, so that their figure is provisional.

An extract taken soon after a quarter lacks what happened in its last weeks and is yet to be typed in. How much that is
is seen from the quarters before: what share of the events of their last month only a later extract brought.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from metrics.coverage import Coverage, Source
from returns.events import TABLES
from returns.periods import Period

# A month is provisional where more than this share of the events of such months came only with a later extract, of so
# many events at the least: below that a single late one would decide.
LATE_SHARE, FEWEST_EVENTS = 0.1, 20
# So many quarters before the latest are looked at.
QUARTERS = 8


@dataclass(frozen=True)
class Lateness:
    """What is usually recorded late: by table, its latest quarter, and which of a quarter's months (0, 1, 2) are."""

    latest: Mapping[str, Period] = field(default_factory=dict)
    late: frozenset[tuple[str, int]] = frozenset()

    def is_provisional(self, table: str, month: Period) -> bool:
        """Whether the table's events of the month are yet to be completed by a later extract."""
        latest = self.latest.get(table)
        return latest is not None and month.quarter() >= latest and (table, _place(month.start.month)) in self.late


def read_lateness(source: Source, coverage: Coverage) -> Lateness:
    """What the version's earlier quarters say of how late each table's events are recorded."""
    latest = {name: sent.period.quarter() for name in TABLES if (sent := coverage.latest(name)) is not None}
    asked = []
    for name, quarter in latest.items():
        day = TABLES[name].dated
        if day is None:
            continue
        first, last = quarter.earlier(QUARTERS).start, quarter.earlier().end
        asked.append(
            f"SELECT '{name}', date_trunc('month', {day}), first_period, count(*) FROM known.{name} "
            f"WHERE {day} BETWEEN DATE '{first}' AND DATE '{last}' GROUP BY ALL"
        )
    events, late = Counter[tuple[str, int]](), Counter[tuple[str, int]]()
    for name, month, first_sent, number in source.query(" UNION ALL ".join(asked)) if asked else []:
        where = name, _place(month.month)
        events[where] += int(number)
        if first_sent is not None and first_sent > str(Period(month, month, "month").quarter()):
            late[where] += int(number)
    return Lateness(
        latest,
        frozenset(one for one in late if events[one] >= FEWEST_EVENTS and late[one] > LATE_SHARE * events[one]),
    )


def _place(month: int) -> int:
    return (month + 2) % 3
