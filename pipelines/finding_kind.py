"""What a kind of finding is: its code, what it does to the return, and the words it is told in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["block", "hold", "blank", "warn", "note"]

# What each severity does, heaviest first: the order in which findings are shown.
SEVERITIES: dict[Severity, str] = {
    "block": "The return is refused",
    "hold": "The row is kept aside",
    "blank": "The cell is taken as unknown; the row counts",
    "warn": "Accepted, and counted in the quality figures",
    "note": "Accepted; worth knowing",
}


@dataclass(frozen=True)
class FindingKind:
    """One entry of the catalogue of findings.

    `message` and `remedy` are str.format templates. `{sheet}`, `{row}`, `{column}` and
    `{value}` are always there to name; every other name must be given by whoever finds it.
    `unsafe` marks what the command line answers with exit code 4.
    """

    code: str
    title: str
    severity: Severity
    message: str
    remedy: str
    unsafe: bool = False
