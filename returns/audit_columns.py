"""The columns that the section 11 and section 175 audits share: when they were returned, and their actions."""

from __future__ import annotations

from datetime import date

from returns.child_columns import Day, Text
from returns.declaration import column


def returned() -> Day:
    """The day the answers were returned."""
    return column(  # type: ignore[no-any-return]
        "date", "Returned at", "The day the answers were returned.", title="Returned", required=True, nullable=False,
        example=date(2025, 7, 11),
        spellings=("Date returned", "Return date", "Date of return", "Returned", "Submitted", "Date submitted",
                   "Submission date", "Completion date"),
    )


def action() -> Text:
    """What is to be done."""
    return column(  # type: ignore[no-any-return]
        "text", "Action", "What is to be done; no names.", example="Refresh the training plan",
        spellings=("Action required", "Action needed", "Actions", "Improvement action"),
    )


def action_due() -> Day:
    """When it is to be done by: it may lie ahead."""
    return column(  # type: ignore[no-any-return]
        "date", "Action due", "The day the action is due.", example=date(2025, 12, 31), ahead=True,
        spellings=("Action due date", "Due date", "Target date", "Due by", "Complete by"),
    )


def action_completed() -> Day:
    """When it was done."""
    return column(  # type: ignore[no-any-return]
        "date", "Action completed at", "The day the action was completed; empty until it is.", title="Action completed",
        spellings=("Action completed", "Date action completed", "Date completed", "Action completion date"),
    )
