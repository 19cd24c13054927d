"""What has to be done about a file: its findings grouped by what somebody must do, the weightiest first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipelines.costs import Cost, cost_of_finding, together
from pipelines.file_report import FileReport
from pipelines.finding_kind import SEVERITIES, Severity
from pipelines.findings import CATALOGUE, Finding, shown
from pipelines.receiving import ReceivedReturn
from pipelines.recognise import Recognised
from pipelines.sender_words import FOR_US, WORDS, SenderWords, listed
from pipelines.submissions import SubmissionReport
from pipelines.workbook import Cell
from returns.declaration import Field

# Codes and spellings may be quoted to a sender, a few of them; what reads like a person or a number of one is not.
_QUOTED = 5
_LONGEST_QUOTED = 40
_TELLING = re.compile(r"\d{3}|\d[/.-]\d|@")
# A row with this many cells that cannot be read has slipped a column: a name may stand where a code should.
_SLIPPED = 3
_UNREAD_CODES = frozenset({"code-unknown", "code-unclear", "indicator-unknown"})


@dataclass(frozen=True)
class Ask:
    """One thing to do: `says` what is wrong and `please` what to do, in a whole sentence each.

    `of_sender` is False for what the analyst does. `rows` are Excel's, `count` how many cells or rows it is about.
    `quoted` are spellings of a column of codes and how many cells have each. `cost` is what the figures lose by it,
    None where they lose no row.
    """

    code: str
    severity: Severity
    return_name: str | None
    sheet: str | None
    column: str | None
    rows: tuple[int, ...]
    count: int
    says: str
    please: str
    of_sender: bool
    quoted: tuple[tuple[str, int], ...] = ()
    cost: Cost | None = None

    def where(self, most: int) -> str:
        """The rows in words, at most `most` of them named: `rows 12, 15, 18 and 2 more`; empty for a whole sheet."""
        return rows_in_words(self.rows, most)


@dataclass(frozen=True)
class AsSent:
    """A recognised sheet's cells by Excel row and by the header that the sender wrote."""

    recognised: Recognised

    def field(self, header: str | None) -> Field | None:
        """The field that the column of that header is; None for a column that is not the return's."""
        found = (name for name, text in self.recognised.headers.items() if text == header)
        name = next(found, None)
        return self.recognised.edition.field(name) if name is not None else None

    def cell(self, row: int | None, header: str | None) -> Cell | None:
        """The cell as it was sent; None where the sheet has no such cell."""
        field = self.field(header)
        sheet = self.recognised.sheet
        position = -1 if row is None else row - sheet.first_row
        if field is None or not 0 <= position < len(sheet.rows):
            return None
        cells, place = sheet.rows[position], self.recognised.columns[field.name]
        return cells[place] if place < len(cells) else ""


def asks(report: FileReport) -> tuple[Ask, ...]:
    """Everything to do about the file, weightiest first, and in the order of sheets and columns."""
    found: list[Ask] = []
    for submission, item in zip(report.submissions, report.received.returns, strict=True):
        found += _of_return(submission, item)
    order = list(SEVERITIES)
    return tuple(sorted(found, key=lambda ask: (order.index(ask.severity), not ask.of_sender)))


def _of_return(submission: SubmissionReport, item: ReceivedReturn) -> Iterator[Ask]:
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for each in submission.findings:
        # What is about a cell or row is one thing to do with all like it; anything else is a thing of its own.
        words = words_for(each)
        alike: tuple[str, ...] = (each.column or "",) if each.row is not None else (each.column or "", each.message)
        if words is not None and words.of_columns:
            alike = ()
        groups.setdefault((each.code, each.severity, each.sheet or "", *alike), []).append(each)
    as_sent = AsSent(item.recognised) if item.recognised else None
    slipped = _slipped_rows(submission.findings)
    for group in groups.values():
        yield replace(_ask(group, item, as_sent, slipped), cost=_cost(group, item, submission.rows_read))


def _ask(group: Sequence[Finding], item: ReceivedReturn, as_sent: AsSent | None, slipped: frozenset[int]) -> Ask:
    first = group[0]
    words = words_for(first)
    count, columns = len(group), list(dict.fromkeys(shown(each.column) for each in group if each.column))
    said = words.said(count, sheet=shown(first.sheet or ""), columns=columns) if words else ""
    quoted: tuple[tuple[str, int], ...] = ()
    if first.code in _UNREAD_CODES and as_sent is not None:
        quoted = _quoted(group, as_sent, slipped)
    return Ask(
        code=first.code, severity=first.severity, return_name=item.return_name, sheet=first.sheet,
        column=first.column if len(columns) == 1 else None,
        rows=tuple(sorted({each.row for each in group if each.row is not None})), count=count,
        says=said or first.message, please=words.asked(count) if words else first.remedy,
        of_sender=words is not None, quoted=quoted,
    )


def _cost(group: Sequence[Finding], item: ReceivedReturn, of: int) -> Cost | None:
    """What the figures lose by the findings together: each column's own loss, of the rows that any of them is in."""
    rows = len({each.row for each in group if each.row is not None})
    columns = {each.column: each for each in group}
    return together(cost_of_finding(each, item, rows=rows, of=of) for each in columns.values())


def words_for(found: Finding) -> SenderWords | None:
    """What the sender is told of the finding; None when it is for the analyst alone."""
    if found.code in FOR_US:
        return None
    kind = CATALOGUE[found.code]
    fault = kind.title[0].lower() + kind.title[1:]
    of_cells = "{count} [cell/cells] in the column “{column}”: " if found.column else "{count} [row/rows]: "
    # The finding's own message may show a cell, so it is never used of one.
    return WORDS.get(found.code) or SenderWords(
        of_cells + fault if found.row is not None else None, "Please check [it/them]."
    )


def _slipped_rows(findings: Sequence[Finding]) -> frozenset[int]:
    weighed = Counter(each.row for each in findings if each.row is not None and each.severity in ("hold", "blank"))
    return frozenset(row for row, count in weighed.items() if count >= _SLIPPED)


def _quoted(group: Sequence[Finding], as_sent: AsSent, slipped: frozenset[int]) -> tuple[tuple[str, int], ...]:
    """The spellings that may be quoted, most frequent first."""
    counted: Counter[str] = Counter()
    for each in group:
        cell = as_sent.cell(each.row, each.column)
        if each.row not in slipped and isinstance(cell, str) and _may_be_quoted(cell):
            counted[shown(cell.strip())] += 1
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:_QUOTED])


def _may_be_quoted(text: str) -> bool:
    return 0 < len(text.strip()) <= _LONGEST_QUOTED and not _TELLING.search(text)


def rows_in_words(rows: Sequence[int], most: int) -> str:
    """`row 12`, `rows 12 and 15`, `rows 12, 15, 18 and 2 more`; empty for none."""
    if not rows:
        return ""
    if len(rows) == 1:
        return f"row {rows[0]}"
    # One row more than may be named is named too: "and 1 more" would be as long.
    if len(rows) <= most + 1:
        return f"rows {listed([str(row) for row in rows])}"
    return f"rows {', '.join(str(row) for row in rows[:most])} and {len(rows) - most:,} more"
