"""What `check` and `load` print for a person: one table of every return of every file, and what stands out in it."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipelines.finding_kind import SEVERITIES
from pipelines.findings import CATALOGUE, Finding, heaviest, shown
from pipelines.sender_words import in_number
from pipelines.submissions import IgnoredSheet, LoadReport, SubmissionReport

WIDTH = 100
# Findings are listed under the table of so few files; of more, only what stops a return.
FILES_LISTED = 3
# More findings of one kind than this are counted, not listed; --json and --out have them all.
LISTED = 5


@dataclass(frozen=True)
class _Column:
    """One column: its heading, the least it can shrink to (None for never), and whether it is of numbers."""

    heading: str
    least: int | None = None
    number: bool = False


_COLUMNS = (
    _Column("File", 13), _Column("Sheet", 13), _Column("Return", 13), _Column("Agency", 7), _Column("Period"),
    _Column("Read", number=True), _Column("Accepted", number=True), _Column("Held", number=True), _Column("Outcome"),
    _Column("Findings"),
)
_UNKNOWN = "?"
_MOST_LINES = 4
# A name is broken after a space, _ or -, or before its ending, so that nothing of it is lost.
_BREAKS = re.compile(r"\.?[^\s_.-]*[\s_-]*")


def report_text(report: LoadReport, *, width: int = WIDTH, checked: bool = False, told: Sequence[str] = ()) -> str:
    """The table, the findings or what stops a return, what was sent before, the sheets left unread, `told`, totals."""
    files = list(dict.fromkeys(item.file for item in report.submissions))
    lines = _table(report.submissions, width) if report.submissions else ["Nothing was found to load."]
    if len(files) <= FILES_LISTED:
        lines += _under_each(report.submissions, width)
    else:
        lines += _what_the_words_mean(report.submissions, width)
        lines += _what_stops(report.submissions, width)
    lines += _sent_before(report.submissions, width, checked=checked)
    lines += _not_read(report.ignored, width)
    if len(files) > FILES_LISTED and not told and any(item.findings for item in report.submissions):
        told = ("--out DIR writes every finding, a marked copy and a message for each file.",)
    if told:
        lines += ["", *(line for text in told for line in _wrapped(text, width))]
    return "\n".join([*lines, "", *_wrapped(_totals(report, files, checked=checked), width)])


# ---- the table ------------------------------------------------------------------------------------------------------


def _table(submissions: Sequence[SubmissionReport], width: int) -> list[str]:
    rows = [(shown(item.file) or "(no file)", *_cells(item)) for item in submissions]
    widths = _widths([tuple(column.heading for column in _COLUMNS), *rows], width)
    lines = [_line([column.heading for column in _COLUMNS], widths)]
    lines.append("-" * (sum(widths) + len(widths) - 1))
    for name, same in groupby(rows, key=lambda row: row[0]):
        lines += _of_file(name, [row[1:] for row in same], widths)
    return lines


def _of_file(name: str, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    """The lines of one file: its name is written once, down the first column, beside its returns."""
    names = _broken(name, widths[0])
    for row in rows:
        broken = [_broken(cell, widths[at]) for at, cell in enumerate(row, start=1)]
        for at in range(max(map(len, broken))):
            first = names.pop(0) if names else ""
            yield _line([first, *(cell[at] if at < len(cell) else "" for cell in broken)], widths)
    for rest in names:
        yield _line([rest], widths)


def _broken(text: str, width: int) -> list[str]:
    """The text on lines of the width, broken between words; a text of very many lines is cut with a mark."""
    lines = [""]
    for part in _BREAKS.findall(text):
        while part:
            if len(lines[-1]) + len(part.rstrip()) <= width:
                lines[-1] += part
                part = ""
            elif lines[-1]:
                lines.append("")
            else:
                lines[-1], part = part[:width], part[width:]
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], lines[_MOST_LINES - 1][: width - 1] + "…"]
    return [line.rstrip() for line in lines]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    fitted = (
        cell.rjust(widths[at]) if _COLUMNS[at].number else cell.ljust(widths[at]) for at, cell in enumerate(cells)
    )
    return " ".join(fitted).rstrip()


def _cells(item: SubmissionReport) -> tuple[str, ...]:
    # A file of text has one sheet, named as the file is.
    sheet = "" if item.sheet and item.file.rsplit(".", 1)[0] == item.sheet else item.sheet or ""
    return (
        shown(sheet), item.return_name or _UNKNOWN, item.agency or _UNKNOWN, item.period or _UNKNOWN,
        f"{item.rows_read:,}", f"{item.rows_accepted:,}", f"{item.rows_held:,}", item.status, _worst(item.findings),
    )


def _worst(found: Sequence[Finding]) -> str:
    """The weightiest severity with its count, and how many findings weigh less: `hold 4 +12`."""
    severity = heaviest(found)
    if severity is None:
        return "none"
    count = sum(each.severity == severity for each in found)
    return f"{severity} {count:,}" + (f" +{len(found) - count:,}" if len(found) > count else "")


def _widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """A width for each column, the longest of those that can shrink made shorter until a line fits."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(_COLUMNS))]
    while sum(widths) + len(widths) - 1 > width:
        room = [(widths[at], at) for at, column in enumerate(_COLUMNS) if column.least and widths[at] > column.least]
        if not room:
            break
        widths[max(room)[1]] -= 1
    return widths


# ---- under the table ------------------------------------------------------------------------------------------------


def _under_each(submissions: Sequence[SubmissionReport], width: int) -> Iterator[str]:
    """The findings of each return, a few of each kind."""
    for item in submissions:
        if item.findings:
            yield ""
            yield from _wrapped(_where(item.file, item.sheet), width)
            for text in _findings(item.findings):
                yield from _wrapped(text, width, indent="  ")


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
            yield f"{item.severity}: {CATALOGUE[item.code].title}: {more:,} more (--json or --out gives them all)."


def _what_the_words_mean(submissions: Sequence[SubmissionReport], width: int) -> Iterator[str]:
    """What the words in the column of findings do, where the findings themselves are not listed."""
    heaviest_of = {heaviest(item.findings) for item in submissions}
    said = [f"{name}: {does[0].lower()}{does[1:]}" for name, does in SEVERITIES.items() if name in heaviest_of]
    if said:
        yield ""
        yield from _wrapped(f"Findings, the heaviest kind and how many, + lighter ones. {'. '.join(said)}.", width)


def _sent_before(submissions: Sequence[SubmissionReport], width: int, *, checked: bool) -> Iterator[str]:
    """What takes the place of an earlier submission, and what is among the files more than once."""
    counting = [item for item in submissions if item.status in ("accepted", "nil")]
    said = [f"{_where(item.file, item.sheet)} takes the place of {item.replaces}." for item in counting
            if checked and item.replaces]  # fmt: skip
    same: dict[tuple[str | None, str | None, str | None], list[str]] = {}
    for item in counting:
        same.setdefault((item.return_name, item.agency, item.period), []).append(_where(item.file, item.sheet))
    for (name, agency, period), places in same.items():
        if len(places) > 1:
            said.append(f"{name} of {agency} for {period} is here {_times(len(places))}: {'; '.join(places)}. Each "
                        "takes the place of the one before it, so only the last counts.")  # fmt: skip
    if said:
        yield from ("", "Sent before:")
    for text in said:
        yield from _wrapped(text, width, indent="  ")


def _times(count: int) -> str:
    return "twice" if count == 2 else f"{count:,} times"


def _what_stops(submissions: Sequence[SubmissionReport], width: int) -> Iterator[str]:
    """Why returns were refused: once for all that were refused for the same reason."""
    alike: dict[tuple[str, str], list[tuple[str, Finding]]] = {}
    for item in submissions:
        why = next((each for each in item.findings if each.severity == "block"), None)
        if why is not None:
            alike.setdefault((why.code, why.remedy), []).append((_where(item.file, item.sheet), why))
    if alike:
        yield from ("", "Refused:")
    for (code, remedy), refused in alike.items():
        where, why = refused[0]
        said = f"{where}: {why.message}"
        if len(refused) > 1:
            said = f"{CATALOGUE[code].title}: {'; '.join(place for place, _why in refused)}."
        yield from _wrapped(f"{said} {remedy}", width, indent="  ")


def _where(file: str, sheet: str | None) -> str:
    return " · ".join(part for part in (shown(file), shown(sheet or "")) if part)


def _not_read(ignored: Sequence[IgnoredSheet], width: int) -> Iterator[str]:
    """The sheets that are no return, by why; sheets of one name in many files are counted."""
    if ignored:
        yield from ("", "Not read:")
    by_why: dict[str, dict[str, list[IgnoredSheet]]] = {}
    for item in ignored:
        by_why.setdefault(item.why, {}).setdefault(item.sheet, []).append(item)
    for why, by_name in by_why.items():
        places: list[str] = []
        for name, items in by_name.items():
            if name and len(items) > FILES_LISTED:
                places.append(f"{shown(name)} (in {len(items)} files)")
            else:
                places += [_where(item.file, item.sheet) for item in items]
        yield from _wrapped(f"{why}: {'; '.join(places)}", width, indent="  ")


def _totals(report: LoadReport, files: Sequence[str], *, checked: bool) -> str:
    status = Counter(item.status for item in report.submissions)
    outcomes = ", ".join(f"{count:,} {name}" for name, count in sorted(status.items()))
    read = sum(item.rows_read for item in report.submissions)
    accepted = sum(item.rows_accepted for item in report.submissions)
    held = sum(item.rows_held for item in report.submissions)
    returns = len(report.submissions)
    said = in_number(f"{len(files):,} [file/files]", len(files)) + in_number(f", {returns:,} [return/returns]", returns)
    said += f": {outcomes or 'nothing'}. "
    said += in_number(f"{read:,} [row/rows] read = ", read) + f"{accepted:,} accepted + {held:,} held"
    if read != accepted + held:
        said += f" + {read - accepted - held:,} in refused returns"
    if checked:
        return f"{said}. Checked only: nothing was written."
    return f"{said}. {f'Version {report.version} of the warehouse.' if report.version else 'Nothing is loaded yet.'}"


def _wrapped(text: str, width: int, *, indent: str = "") -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False
    ) or [""]
