"""The partnership's audits of practice, one row an audit, from the plan on."""

from __future__ import annotations

from datetime import date

from returns.child_columns import Day, Text, Typed, Whole
from returns.declaration import Edition, Return, column, fills
from returns.partner_columns import COMMENT, NAME, organisation, reference


class Audits(Typed):
    """Audits after cleaning."""

    audit_id: Text = reference(
        "Audit ID", "The audit's own reference.", "Audit reference", "Audit ref", "Audit number", example="AUD-014",
    )
    title: Text = column(
        "text", "Title", "What the audit is called.", required=True, example="Neglect: thresholds and drift",
        spellings=("Audit title", "Title of audit", "Audit"),
    )
    theme: Text = column(
        "text", "Theme", "Its theme in a few words.", example="Neglect", spellings=("Audit theme", "Subject", "Topic"),
    )
    kind: Text = column(
        "code", "Kind", "Whether it is of several agencies, of one, or a re-audit.", codes="audit_kind",
        example="Multi-agency", spellings=("Kind of audit", "Type of audit", "Audit type", "Audit kind"),
    )
    organisation: Text = organisation("The agency that is audited or leads; empty where all do.", required=False)
    planned: Text = column(
        "period", "Planned quarter", "The quarter that it was planned for, as 2025-26-Q2.", title="Planned for",
        required=True, nullable=False, example="2025-26-Q2",
        spellings=("Quarter planned", "Planned for", "Planned in", "Quarter planned for"),
    )
    completed: Day = column(
        "date", "Completed on", "The day it was completed; empty until it is.", title="Completed",
        example=date(2025, 8, 29), spellings=("Completed", "Date completed", "Completion date", "Completed at"),
    )
    cases: Whole = column(
        "count", "Cases", "How many cases were looked at.", required=True, example=12,
        spellings=("Number of cases", "Cases audited", "Case files"),
    )
    outstanding: Whole = column(
        "count", "Outstanding", "How many were judged outstanding.", required=True, example=1,
        spellings=("Judged outstanding", "Cases outstanding", "Number outstanding"),
    )
    good: Whole = column(
        "count", "Good", "How many were judged good.", required=True, example=6,
        spellings=("Judged good", "Cases good", "Number good"),
    )
    requires_improvement: Whole = column(
        "count", "Requires improvement", "How many were judged to require improvement.", required=True, example=4,
        spellings=("RI", "Requires improvement to be good", "Judged requires improvement"),
    )
    inadequate: Whole = column(
        "count", "Inadequate", "How many were judged inadequate.", required=True, example=1,
        spellings=("Judged inadequate", "Cases inadequate", "Number inadequate"),
    )
    voice_evident: Whole = column(
        "count", "Child's voice evident", "In how many the child's voice was evident.", example=9,
        spellings=("Voice evident", "Voice of the child evident", "Voice of the child", "Child's voice"),
    )


_COLUMNS = (
    "audit_id", "title", "theme", "kind", "organisation", "planned", "completed", "cases", "outstanding", "good",
    "requires_improvement", "inadequate", "voice_evident",
)

RETURN = Return(
    name="audits",
    rows_are="an audit",
    key=("audit_id",),
    event_date=None,
    fills=(fills("audits", _COLUMNS),),
    editions=(Edition("2025", date(2025, 4, 1), Audits, (*_COLUMNS, "name", "comment"), (NAME, COMMENT)),),
    level="record",
    sheet="Audits",
    sheet_pattern=r".*audits?.*",
    notes=(
        "The year's audit plan: every audit that is planned, with its judgements once it is completed.",
        "Counts of cases alone: no child, family or worker is named.",
    ),
)
