"""What `submissions` prints: a table for a person, or the whole story of each as one JSON value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pipelines.findings import shown
from pipelines.remembering import Remembered
from pipelines.story import Story
from warehouse.ledger import SubmissionRecord


def submissions_table(records: Sequence[SubmissionRecord]) -> str:
    """The submissions, a line each."""
    if not records:
        return "Nothing was submitted yet."
    return "\n".join(
        f"{r.id}  {_status(r):<10}  {r.period:<10}  {r.return_name:<24}  {r.agency:<12}  "
        f"{r.rows_accepted:>7,} of {r.rows_read:,} rows  {shown(r.file or '')}{_because(r)}"
        for r in records
    )


def remembered_table(known: Sequence[Remembered]) -> str:
    """What is remembered of the agencies' headers and codes, a line each."""
    if not known:
        return "Nothing is remembered yet."
    return "\n".join(
        f"{item.agency:<14}  {item.kind:<6}  {item.about:<24}  {shown(item.asked)} = "
        f"{shown(item.means) or 'none of its columns'}  (since {item.since[:10]})"
        for item in known
    )


def submissions_json(
    records: Sequence[SubmissionRecord], *, stories: Mapping[str, Story], due: Mapping[str, tuple[date, int]]
) -> list[dict[str, Any]]:
    """The submissions as one JSON value, each with its whole story; `due` is when it was owed and how late it came."""
    return [
        {
            "id": r.id, "return": r.return_name or None, "agency": r.agency or None, "period": r.period or None,
            "extracted": r.extracted, "file": r.file, "sheet": r.sheet, "status": _status(r), "rows_read": r.rows_read,
            "rows_accepted": r.rows_accepted, "rows_held": r.rows_held, "received_at": r.received_at,
            "edition": r.edition, "supersedes": r.supersedes, "superseded_by": r.superseded_by, "reason": r.reason,
            "nil": r.status == "nil",
            "due": due[r.id][0].isoformat() if r.id in due else None,
            "working_days_late": due[r.id][1] if r.id in due else None,
            "difference": dict(stories[r.id].difference or {}) or None if r.id in stories else None,
            "story": [step.as_json() for step in stories[r.id].steps] if r.id in stories else [],
        }
        for r in records
    ]


def _status(record: SubmissionRecord) -> str:
    return "accepted" if record.status == "nil" else record.status


def _because(record: SubmissionRecord) -> str:
    if record.superseded_by:
        return f"  (replaced by {record.superseded_by})"
    return f"  ({shown(record.reason)})" if record.reason else ""
