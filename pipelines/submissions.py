"""What loading or checking files comes to: one report a submission, in the command line's JSON contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from pipelines.difference import Difference
from pipelines.findings import CATALOGUE, Finding


@dataclass(frozen=True)
class SubmissionReport:
    """One return of one file: what became of it, and every finding. `id` is None where nothing was recorded.

    `replaces` is the submission whose place it takes, or would take; `difference` how it differs from that one, which
    is known once both are in the warehouse.
    """

    id: str | None
    return_name: str | None
    agency: str | None
    period: str | None
    extracted: date | None
    file: str
    sheet: str | None
    status: str
    rows_read: int = 0
    rows_accepted: int = 0
    rows_held: int = 0
    findings: tuple[Finding, ...] = ()
    replaces: str | None = None
    difference: Difference | None = None

    def as_json(self) -> dict[str, Any]:
        """The submission as the contract has it."""
        return {
            "id": self.id, "return": self.return_name, "agency": self.agency, "period": self.period,
            "extracted": self.extracted.isoformat() if self.extracted else None, "file": self.file,
            "sheet": self.sheet, "status": self.status, "rows_read": self.rows_read,
            "rows_accepted": self.rows_accepted, "rows_held": self.rows_held,
            "findings": [item.as_json() for item in self.findings],
        }

    @property
    def unsafe(self) -> bool:
        """Whether the file was refused as unsafe to read."""
        return any(CATALOGUE[item.code].unsafe for item in self.findings if item.severity == "block")


@dataclass(frozen=True)
class IgnoredSheet:
    """A sheet that is no return in use, and why."""

    file: str
    sheet: str
    why: str


@dataclass(frozen=True)
class LoadReport:
    """What became of all the files. `version` is the warehouse's current one afterwards, None when there is none."""

    submissions: tuple[SubmissionReport, ...]
    ignored: tuple[IgnoredSheet, ...]
    version: int | None

    def as_json(self) -> dict[str, Any]:
        """The report as the contract has it."""
        return {
            "submissions": [item.as_json() for item in self.submissions],
            "ignored": [{"file": item.file, "sheet": item.sheet, "why": item.why} for item in self.ignored],
            "version": self.version,
        }

    @property
    def exit_code(self) -> int:
        """0 done, 1 something was held or refused, 4 a file was refused as unsafe: the highest that applies."""
        if any(item.unsafe for item in self.submissions):
            return 4
        return int(any(item.status == "refused" or item.rows_held for item in self.submissions))
