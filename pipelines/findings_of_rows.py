"""The kinds of finding about rows and cells: what could not be read, and what does not add up."""

from __future__ import annotations

from pipelines.finding_kind import FindingKind

KINDS = (
    FindingKind("cell-error", "A cell shows an error", "blank",
                "Row {row}, {column}: the cell shows the error {value}. It is taken as unknown.",
                "Ask the sender to correct the formula in row {row}, or to type the value."),
    FindingKind("cell-not-calculated", "A formula was never calculated", "blank",
                "Row {row}, {column}: the cell holds a formula that was never calculated. It is taken as unknown.",
                "Ask the sender to open the file in Excel, let it calculate, save it and send it again."),
)
