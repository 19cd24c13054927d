"""The partnership's action log, one row an action: what it says is proposed to the journal, where actions live."""

from __future__ import annotations

from datetime import date

from returns.child_columns import Day, Text, Typed
from returns.declaration import Edition, Return, column, fills
from returns.partner_columns import COMMENT, NAME


class Actions(Typed):
    """Actions after cleaning."""

    action_id: Text = column(
        "text", "Action reference", "The log's own reference of the action.", title="Action reference", required=True,
        nullable=False, example="3.1", spellings=("Action ID", "Action number", "Action no", "Action ref"),
    )
    source: Text = column(
        "code", "Source", "What the action came from.", required=True, codes="action_source", example="Audit",
        spellings=("Source of action", "Action source", "Arising from", "Came from"),
    )
    source_ref: Text = column(
        "text", "Source reference", "The reference of the audit, review or question that it came from.",
        example="MA-14",
        spellings=("Source ref", "Reference of source", "Audit reference", "Review reference"),
    )
    action: Text = column(
        "text", "Action", "What is to be done; no child and nobody by name.", required=True, nullable=False,
        example="Write to the chairs of conferences", spellings=("Agreed action", "What will be done", "Action agreed"),
    )
    priority: Text = column(
        "text", "Priority", "How pressing it is, or which priority of the plan it serves.", example="High",
        spellings=("Action priority", "Urgency"),
    )
    organisation: Text = column(
        "agency", "Owner agency", "The agency that is to do it.", title="Owner agency", required=True,
        example="West Mercia Police", spellings=("Owning agency", "Lead agency", "Responsible agency", "Agency"),
    )
    owner_role: Text = column(
        "text", "Owner", "The role that is to see it done; never a name.", title="Owner", example="Head of service",
        spellings=("Owner role", "Action owner", "Responsible role"),
    )
    due: Day = column(
        "date", "Due", "The day it is due.", required=True, ahead=True, example=date(2026, 3, 31),
        spellings=("Due date", "Action due", "Target date", "Due by", "Deadline"),
    )
    completed: Day = column(
        "date", "Completed on", "The day it was completed; empty until then.", title="Completed",
        example=date(2025, 9, 15), spellings=("Date completed", "Completed", "Completion date", "Closed on"),
    )
    status: Text = column(
        "code", "Status", "How it stands.", required=True, codes="action_status", example="In progress",
        spellings=("Action status", "State", "Current status"),
    )
    evidence: Text = column(
        "text", "Evidence of impact", "What changed for children; empty until it can be said.",
        title="Evidence of impact", spellings=("Impact", "Evidence", "Impact evidence", "What changed"),
    )


_COLUMNS = (
    "action_id", "source", "source_ref", "action", "priority", "organisation", "owner_role", "due", "completed",
    "status", "evidence",
)

RETURN = Return(
    name="actions",
    rows_are="an action",
    key=("source", "source_ref", "action_id"),
    event_date=None,
    fills=(fills("actions_sent", _COLUMNS),),
    editions=(Edition("2025", date(2025, 4, 1), Actions, (*_COLUMNS, "name", "comment"), (NAME, COMMENT)),),
    level="record",
    sheet="Actions",
    sheet_pattern=r".*\bactions?\b.*",
    notes=(
        "The whole log each quarter, as it stands on the extract's date: what was completed in the last year too.",
        "Each action is proposed to the partnership's journal once. Somebody who may write takes it up or declines it.",
    ),
)
