"""Disputes that Independent Reviewing Officers raised about children's plans, one row a dispute."""

from __future__ import annotations

from datetime import date

from returns.child_columns import Day, Text, Typed
from returns.declaration import Edition, Return, column, fills
from returns.partner_columns import BIRTH, COMMENT, FORENAME, NAME, SURNAME, WORKER, reference


class DisputeResolutions(Typed):
    """Disputes after cleaning."""

    dispute_id: Text = reference(
        "Dispute ID", "The dispute's own reference; not the child's.", "Dispute reference", "Dispute ref",
        "Escalation ID", "Escalation reference", "DRP reference", example="DRP-0031",
    )
    raised: Day = column(
        "date", "Raised on", "The day it was raised.", title="Raised", required=True, nullable=False,
        example=date(2025, 7, 22),
        spellings=("Raised", "Date raised", "Date of escalation", "Escalated on", "Date escalated"),
    )
    stage: Text = column(
        "code", "Stage resolved", "The stage at which it was resolved, 1 to 4; open until it is.", required=True,
        codes="dispute_stage", example="Stage 1",
        spellings=("Stage", "Resolved at stage", "Stage of resolution", "Stage at which resolved"),
    )
    reason: Text = column(
        "code", "Reason", "What it was about, in one of a few words.", codes="dispute_reason",
        example="Drift or delay", spellings=("Reason for dispute", "Reason for escalation", "Category of dispute"),
    )
    resolved: Day = column(
        "date", "Resolved on", "The day it was resolved; empty until it is.", title="Resolved",
        example=date(2025, 8, 5), spellings=("Resolved", "Date resolved", "Resolution date", "Date of resolution"),
    )


_COLUMNS = ("dispute_id", "raised", "stage", "reason", "resolved")
_LEFT_BEHIND = (NAME, FORENAME, SURNAME, BIRTH, WORKER, COMMENT)

RETURN = Return(
    name="dispute_resolutions",
    rows_are="a dispute",
    key=("dispute_id",),
    event_date="raised",
    fills=(fills("dispute_resolutions", _COLUMNS),),
    editions=(
        Edition("2025", date(2025, 4, 1), DisputeResolutions, (*_COLUMNS, *(field.name for field in _LEFT_BEHIND)),
                _LEFT_BEHIND),
    ),
    level="record",
    sheet="Dispute_resolutions",
    sheet_pattern=r".*(dispute|escalation|drp).*",
    follows=(("raised", "resolved"),),
    notes=("Every dispute raised in the year before the extract. One row a dispute, however many children.",),
)
