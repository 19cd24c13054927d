"""What is said of the data themselves, made whenever a version is built: returns due, returns sent, what agrees.

All of it follows from the submissions that stand, the settings and the bank holidays, so that a rebuild says the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from metrics import identifiers_compared, returns_compared
from metrics.coverage import Coverage, read_submissions
from metrics.identifiers_compared import Joined
from metrics.quarterly import Ground, ground, quarter_of
from pipelines.expectations import latest_day, standings, working_days
from returns.events import FILLED_BY, TABLES
from returns.partnership import partnership
from returns.periods import Period
from returns.places import Places
from warehouse.ledger import SubmissionRecord

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SENT = """
SELECT s.id, s.return_name, s.agency, s.period, s.extracted, s.sheet, s.rows_read, s.rows_held,
       coalesce(sum(q.cells) FILTER (q.required), 0), coalesce(sum(q.filled) FILTER (q.required), 0)
FROM main.submissions s LEFT JOIN main.column_quality q ON q.submission_id = s.id
WHERE s.status = 'accepted' GROUP BY ALL ORDER BY s.id
"""


@dataclass(frozen=True)
class _Building:
    """The version being built, as figures read one."""

    connection: DuckDBPyConnection
    version: int | None = None

    def query(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql, list(params) or None).fetchall()


def fill(
    connection: DuckDBPyConnection, records: Sequence[SubmissionRecord], places: Places, *, demonstration: bool
) -> None:
    """The tables of the data themselves are those of the submissions that stand; all else is derived already."""
    source = _Building(connection)
    coverage = Coverage(read_submissions(source))
    quarter = max(coverage.quarters(), default=None)
    on = ground(source, coverage, quarter) if quarter else None
    joined = identifiers_compared.joined(on) if on else {}
    for name, lines in {
        "returns_due": [*_due(records, places, on, demonstration=demonstration)] if on else [],
        "returns_sent": [*_sent(source, joined)],
        "reconciliations": [*_reconciled(on, joined)] if on else [],
    }.items():
        _write(connection, name, lines)


def _due(
    records: Sequence[SubmissionRecord], places: Places, on: Ground, *, demonstration: bool
) -> Iterator[dict[str, Any]]:
    """What was owed for each quarter since the first that anything came for."""
    looked_on = latest_day(records, demonstration=demonstration)
    if looked_on is None:
        return
    working = working_days(places.reference)
    for each in standings(records, on.quarters, working, on=looked_on, demonstration=demonstration):
        yield {
            "submission_id": each.submissions[0] if each.submissions else None, "agency": each.agency,
            "period": str(each.quarter), "extract_date": looked_on, "return_name": each.return_name,
            "due": each.due, "arrived": each.arrived, "looked_on": looked_on,
        }  # fmt: skip


def _sent(source: _Building, joined: Joined) -> Iterator[dict[str, Any]]:
    """Each submission that stands: rows, required cells, children that join, and events that came late."""
    children = _children(joined)
    late = _late(source)
    for number, name, agency, period, extracted, sheet, read, held, cells, filled in source.query(_SENT):
        quarter = Period.parse(period).quarter()
        of_return = (name, agency, period)
        known = children.get(of_return, (0, 0))
        before, first = late.get((name, agency, str(quarter.earlier()), str(quarter)), (0, 0))
        yield {
            "submission_id": number, "sheet": sheet, "agency": agency, "period": str(quarter),
            "extract_date": extracted, "return_name": name, "rows_read": read, "rows_held": held,
            "required_cells": int(cells), "required_filled": int(filled), "children": known[0],
            "children_joined": known[1], "events_before": before, "events_late": first,
        }  # fmt: skip


def _children(joined: Joined) -> dict[tuple[str, str, str], tuple[int, int]]:
    """The children that each partner's return names and those that join, by return, agency and period."""
    found: dict[tuple[str, str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for (table, agency), by_period in joined.items():
        for period, (named, known) in by_period.items():
            key = (FILLED_BY[table][0], agency, period)
            found[key] = (found[key][0] + named, found[key][1] + known)
    return dict(found)


def _late(source: _Building) -> dict[tuple[str, str, str, str], tuple[int, int]]:
    """By return, agency, quarter and the quarter after it: the quarter's events, and those first carried after it.

    Only quarters that the agency sent the return for count: of one that it never sent, all events come later.
    """
    parts = [
        f"SELECT '{returns[0]}' AS return_name, agency, {quarter_of(str(TABLES[name].dated))} AS quarter, "
        f"first_period FROM known.{name} WHERE {TABLES[name].dated} IS NOT NULL"
        for name, returns in FILLED_BY.items()
        if len(returns) == 1 and TABLES[name].dated is not None
    ]
    sent: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, agency, period in source.query(
        "SELECT return_name, agency, period FROM main.submissions WHERE status = 'accepted'"
    ):
        sent[name, agency].add(str(Period.parse(period).quarter()))
    found: dict[tuple[str, str, str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for name, agency, quarter, first_period, count in source.query(
        f"SELECT return_name, agency, quarter, first_period, count(*) FROM ({' UNION ALL '.join(parts)}) GROUP BY ALL"
    ):
        if quarter not in sent[name, agency]:
            continue
        after = Period.parse(quarter).earlier(-1)
        first = str(Period.parse(first_period).quarter()) if first_period else quarter
        if first > str(after):
            continue
        events, late = found[name, agency, quarter, str(after)]
        found[name, agency, quarter, str(after)] = (events + count, late + (count if first == str(after) else 0))
    return dict(found)


def _reconciled(on: Ground, joined: Joined) -> Iterator[dict[str, Any]]:
    """Each pair between returns that could be compared in each quarter, and whether it agrees."""
    for name, quarter, state in (*returns_compared.states(on), *identifiers_compared.states(on, joined)):
        if state != "cannot":
            yield {
                "agency": partnership().council_agency, "period": str(quarter), "reconciliation": name,
                "agrees": state == "agrees", "extract_date": quarter.end,
            }  # fmt: skip


def _write(connection: DuckDBPyConnection, name: str, lines: Iterable[dict[str, Any]]) -> None:
    """The lines are the table, as reported and as now known: what is said of the data has one basis."""
    import pyarrow as pa

    written = list(lines)
    for schema in ("reported", "known"):
        connection.execute(f"DELETE FROM {schema}.{name}")
    if not written:
        return
    connection.register("said_of_the_data", pa.table({key: [line[key] for line in written] for key in written[0]}))
    try:
        for schema in ("reported", "known"):
            connection.execute(f"INSERT INTO {schema}.{name} BY NAME SELECT * FROM said_of_the_data")
    finally:
        connection.unregister("said_of_the_data")
