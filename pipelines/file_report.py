"""What became of one file: as it was received, with a report for each return in it. Replies are made of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pipelines.findings import CATALOGUE, Finding
from pipelines.receiving import ReceivedFile
from pipelines.submissions import SubmissionReport


@dataclass(frozen=True)
class FileReport:
    """A file and what became of it. It holds every cell: it is kept in memory, for as long as it is looked at.

    `submissions` are those of `received.returns`, in the same order. `demonstration` says that the data is made up.
    """

    received: ReceivedFile
    submissions: tuple[SubmissionReport, ...]
    demonstration: bool = False

    @property
    def name(self) -> str:
        """What the sender called the file; empty for nil returns without one."""
        return self.received.name

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, return by return."""
        return tuple(item for submission in self.submissions for item in submission.findings)

    @property
    def unsafe(self) -> bool:
        """Whether the file was refused as unsafe, or could not be opened."""
        return self.received.workbook is None or any(CATALOGUE[item.code].unsafe for item in self.findings)

    @property
    def agency(self) -> str | None:
        """The name of the agency that sent it, where one is known."""
        return next((item.agency for item in self.submissions if item.agency), None)

    @property
    def extracted(self) -> date | None:
        """The day of the extract, where it is known."""
        return next((item.extracted for item in self.submissions if item.extracted), None)


Each = Callable[[FileReport], None]
