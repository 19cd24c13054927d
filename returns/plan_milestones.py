"""The partnership's business plan, one row a milestone."""

from __future__ import annotations

from datetime import date

from returns.child_columns import Day, Text, Typed
from returns.declaration import Edition, Return, column, fills
from returns.partner_columns import COMMENT, NAME


class PlanMilestones(Typed):
    """Milestones after cleaning."""

    priority: Text = column(
        "text", "Priority", "The priority of the plan.", required=True, nullable=False, example="Neglect",
        spellings=("Strategic priority", "Plan priority", "Priority area"),
    )
    action_area: Text = column(
        "text", "Action area", "The area of action within the priority.", example="Graded Care Profile",
        spellings=("Area of action", "Workstream", "Objective"),
    )
    milestone: Text = column(
        "text", "Milestone", "What is to be reached.", required=True, nullable=False,
        example="All health visitors trained", spellings=("Key milestone", "Milestone description", "Deliverable"),
    )
    lead_role: Text = column(
        "text", "Lead", "The role or group that leads; never a name.", title="Lead", example="Training group",
        spellings=("Lead role", "Lead group", "Led by", "Lead agency"),
    )
    monitored_by: Text = column(
        "text", "Monitored by", "The group that watches over it.", example="Quality and Effectiveness Group",
        spellings=("Monitoring group", "Overseen by", "Governance"),
    )
    due: Day = column(
        "date", "Due", "The day it is due.", required=True, ahead=True, example=date(2026, 3, 31),
        spellings=("Due date", "Milestone due", "Target date", "Due by"),
    )
    status: Text = column(
        "code", "Status", "How it stands.", required=True, codes="milestone_status", example="On track",
        spellings=("RAG status", "Milestone status", "Progress", "Current status"),
    )


_COLUMNS = ("priority", "action_area", "milestone", "lead_role", "monitored_by", "due", "status")

RETURN = Return(
    name="plan_milestones",
    rows_are="a milestone of the business plan",
    key=("priority", "milestone"),
    event_date=None,
    fills=(fills("plan_milestones", _COLUMNS),),
    editions=(Edition("2025", date(2025, 4, 1), PlanMilestones, (*_COLUMNS, "name", "comment"), (NAME, COMMENT)),),
    level="record",
    sheet="Plan_milestones",
    sheet_pattern=r".*(milestones?|business.?plan).*",
    notes=("The whole plan each quarter, as it stands on the extract's date: finished milestones too.",),
)
