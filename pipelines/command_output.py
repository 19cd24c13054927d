"""What the commands print for a person: a table of submissions, and the findings under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pipelines.finding_kind import SEVERITIES
from pipelines.findings import CATALOGUE, Finding, shown
from pipelines.story import Story
from pipelines.submissions import LoadReport, SubmissionReport
from warehouse.ledger import SubmissionRecord

# More findings of one kind than this are counted, not listed; --json has them all.
LISTED = 5


def report_text(report: LoadReport) -> str:
    """What became of the files, a line a submission, its findings under it."""
    lines = []
    for item in report.submissions:
        lines.append(_line(item))
        lines += [f"    {text}" for text in _findings(item.findings)]
    lines += [f"{shown(item.file)} · {shown(item.sheet)} · ignored: {item.why}" for item in report.ignored]
    if not lines:
        lines.append("Nothing was found to load.")
    lines.append(f"Version {report.version} of the warehouse." if report.version else "Nothing is loaded yet.")
    return "\n".join(lines)


def _line(item: SubmissionReport) -> str:
    where = shown(item.file) + (f" · {shown(item.sheet)}" if item.sheet else "")
    what = [item.return_name or "no return", item.agency or "agency not known", item.period or "period not known"]
    if item.extracted:
        what.append(f"extracted {item.extracted:%d/%m/%Y}")
    counts = f"{item.rows_read:,} rows read, {item.rows_accepted:,} accepted, {item.rows_held:,} held"
    return f"{where} · {', '.join(what)} · {item.status} {item.id or ''} · {counts}"


def _findings(found: Sequence[Finding]) -> Iterator[str]:
    counts = Counter(item.code for item in found)
    told: Counter[str] = Counter()
    order = list(SEVERITIES)
    for item in sorted(found, key=lambda each: order.index(each.severity)):
        told[item.code] += 1
        if told[item.code] <= LISTED:
            yield f"{item.severity}: {item.message} {item.remedy}"
        elif told[item.code] == LISTED + 1:
            more = counts[item.code] - LISTED
            yield f"{item.severity}: {CATALOGUE[item.code].title}: {more} more (--json lists them)."


def submissions_table(records: Sequence[SubmissionRecord]) -> str:
    """The submissions, a line each."""
    if not records:
        return "Nothing was submitted yet."
    return "\n".join(
        f"{r.id}  {_status(r):<10}  {r.period:<10}  {r.return_name:<24}  {r.agency:<12}  "
        f"{r.rows_accepted:>7,} of {r.rows_read:,} rows  {shown(r.file or '')}{_because(r)}"
        for r in records
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
