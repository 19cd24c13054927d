"""A warehouse in memory for tests of reconciliation: submissions and rows put straight into their tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from metrics.agreement import Reconciled
from metrics.examples import InMemory, insert
from metrics.reconcile import Reconciliation, reconcile
from returns.events import FILLED_BY, TABLES
from returns.periods import Period

Q1, Q2 = Period.parse("2025-26-Q1"), Period.parse("2025-26-Q2")


def extract_of(period: Period) -> date:
    """The fifth day after the period's last month."""
    return date(period.end.year + period.end.month // 12, period.end.month % 12 + 1, 5)


def sent(made: InMemory, *returns: str, period: Period = Q2, agency: str = "council", file: str | None = None) -> None:
    """An accepted submission of each return for the period."""
    for name in returns:
        made.connection.execute(
            "INSERT INTO main.submissions (id, return_name, agency, period, extracted, file, status, rows_read, "
            "rows_accepted, rows_held) VALUES (?, ?, ?, ?, ?, ?, 'accepted', 0, 0, 0)",
            [f"S-{name}-{agency}-{period}", name, agency, str(period), extract_of(period), file],
        )


def put(made: InMemory, table: str, *rows: dict[str, Any], period: Period = Q2, agency: str = "council") -> None:
    """Rows of the table, as reported for the period and as now known; each is of another child unless it says."""
    submission = f"S-{FILLED_BY[table][0]}-{agency}-{period}"
    about = {"period": str(period), "extract_date": extract_of(period), "agency": agency, "submission_id": submission}
    has_child = TABLES[table].column("child_id") is not None
    full = [
        {**about, "source_row": n + 2, **({"child_id": f"child {n}"} if has_child else {}), **row}
        for n, row in enumerate(rows)
    ]
    insert(made, TABLES[table], full)


def pair(made: InMemory, name: str, period: Period = Q2) -> Reconciled:
    """The one reconciliation of that id."""
    (found,) = [one for one in everything(made, period).pairs if one.pair.id == name]
    return found


def everything(made: InMemory, period: Period = Q2) -> Reconciliation:
    """Every reconciliation for the period."""
    return reconcile(made, period=period)


def numbers(one: Reconciled) -> tuple[Any, ...]:
    """What most tests look at: state, both sides, and those not matched."""
    return one.state, one.left, one.right, one.only


def children(*names: str, **cells: Any) -> Sequence[dict[str, Any]]:
    """A row for each child, with the same cells."""
    return [{"child_id": name, **cells} for name in names]
