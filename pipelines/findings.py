"""Findings: everything that can be said about a file, with a code, a message and a remedy.

The catalogue is in four parts, by what is being looked at: the file itself, the shape of
its sheets, its rows and cells, and the submission as a whole. A finding's message may show a cell's value: it is given
to the analyst and is never logged or stored. What is stored is code, place and severity.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines import findings_of_files, findings_of_loads, findings_of_rows, findings_of_shape
from pipelines.finding_kind import SEVERITIES, FindingKind, Severity

__all__ = ["CATALOGUE", "SEVERITIES", "Finding", "FindingKind", "Severity", "finding", "heaviest", "shown"]

_LONGEST_SHOWN = 80  # A longer value is cut: a finding is a sentence, not a copy of the cell.


@dataclass(frozen=True)
class Finding:
    """One thing found. `row` is the number Excel shows; `column` the header as the sender wrote it."""

    code: str
    severity: Severity
    sheet: str | None
    row: int | None
    column: str | None
    message: str
    remedy: str

    def as_json(self) -> dict[str, str | int | None]:
        """The finding as the command line's JSON contract has it."""
        return {
            "code": self.code, "severity": self.severity, "sheet": self.sheet, "row": self.row,
            "column": self.column, "message": self.message, "remedy": self.remedy,
        }


def _catalogue(*parts: Iterable[FindingKind]) -> dict[str, FindingKind]:
    """Every kind by its code; a code declared twice is a fault in the program."""
    by_code: dict[str, FindingKind] = {}
    for kind in (kind for part in parts for kind in part):
        if kind.code in by_code:
            raise ValueError(f"the finding code {kind.code} is declared twice")
        by_code[kind.code] = kind
    return by_code


CATALOGUE: dict[str, FindingKind] = _catalogue(
    findings_of_files.KINDS, findings_of_shape.KINDS, findings_of_rows.KINDS, findings_of_loads.KINDS
)


def finding(
    code: str,
    *,
    sheet: str | None = None,
    row: int | None = None,
    column: str | None = None,
    severity: Severity | None = None,
    **values: object,
) -> Finding:
    """The finding of that code at that place, its sentences filled in.

    `severity` is given only where the same fault weighs more in one place than in another
    (a date that cannot be read is blank in most columns and holds the row in its key).
    Raises KeyError for a code that is not in the catalogue or a value a template needs.
    """
    kind = CATALOGUE[code]
    words = {name: shown(value) for name, value in {"value": "", **values}.items()}
    words |= {"sheet": shown(sheet or ""), "row": "" if row is None else str(row), "column": shown(column or "")}
    return Finding(
        code=code, severity=severity or kind.severity, sheet=sheet, row=row, column=column,
        message=kind.message.format_map(words), remedy=kind.remedy.format_map(words),
    )


def heaviest(found: Iterable[Finding]) -> Severity | None:
    """The weightiest severity among the findings, or None when there are none."""
    order = list(SEVERITIES)
    return min((item.severity for item in found), key=order.index, default=None)


def shown(value: object) -> str:
    """The value as it can be shown in a sentence: one line, no invisible or direction-changing characters, cut."""
    text = str(value)
    visible = text[: _LONGEST_SHOWN + 1]
    if not (visible.isascii() and visible.isprintable()):  # in which nothing is invisible and only a space is a space
        visible = "".join(_visible(character) for character in visible)
    return visible if len(text) <= _LONGEST_SHOWN else visible[:_LONGEST_SHOWN] + "…"


def _visible(character: str) -> str:
    if character.isspace():  # no-break and other spaces too, which look like one and are another character
        return " "
    if unicodedata.category(character) in {"Cc", "Cf", "Cn", "Co", "Cs"}:
        return f"\\u{ord(character):04x}"
    return character
