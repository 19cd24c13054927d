"""Ofsted Annex A List 6: children in need now or in the last six months, one row a child (the latest episode)."""

from __future__ import annotations

from datetime import date

from returns.child_columns import CHILD_WITH_DISABILITY, WORKER, ChildWithDisability, Day, Text, team
from returns.declaration import Edition, Return, column, fills


class ChildrenInNeed(ChildWithDisability):
    """List 6 after cleaning."""

    started: Day = column(
        "date", "CIN Start Date",
        "The start of the episode of need; for an open assessment, the date of the referral that led to it.",
        title="Started", required=True, nullable=False, example=date(2025, 3, 3),
        spellings=("Child in Need Start Date", "Start Date of CIN", "CIN Episode Start Date", "Date CIN Started"),
        pattern=r"(cin|child(ren)? in need)( episode| plan)? (start date|date started)",
    )
    primary_need: Text = column(
        "code", "Primary Need Code", "The child's main need, by the census codes.",
        title="Primary need", required=True, codes="need", example="N1 - Abuse or neglect",
        spellings=("Primary Need", "Primary Category of Need"), pattern=r"primary (need|category of need).*",
    )
    last_seen: Day = column(
        "date", "Date Child Was Last Seen", "The date the child was last seen by the service.",
        title="Last seen", example=date(2025, 9, 22), spellings=("Date Last Seen", "Last Seen Date"),
        pattern=r"date( the)? child( was)? last seen",
    )
    closed: Day = column(
        "date", "CIN Closure Date", "The date the episode closed; empty while open.",
        title="Closed", required=True,
        spellings=("Child in Need Closure Date", "CIN End Date", "CIN Closed Date"),
        pattern=r"(cin|child(ren)? in need)( episode| plan)? (closure|end|closed) date",
    )
    closure_reason: Text = column(
        "code", "Reason for Closure", "Why the episode closed, by the census codes.",
        title="Reason for closure", codes="closure_reason",
        spellings=("Closure Reason", "CIN Closure Reason", "Reason for CIN Closure"),
        pattern=r"(cin )?reason for( cin)? closure",
    )
    case_status: Text = column(
        "code", "Case status", "The first that applies: looked after, protection plan, in-need plan, open assessment.",
        title="Case status", required=True, codes="case_status", example="c) Child in need plan",
        spellings=("Status of Case", "Current Case Status"),
    )
    team: Text = team()


_OWN = ("started", "primary_need", "last_seen", "closed", "closure_reason", "case_status")

RETURN = Return(
    name="children_in_need",
    rows_are="a child's latest episode of need",
    key=("child_id", "started"),
    event_date="started",
    fills=(fills("children_in_need", (*CHILD_WITH_DISABILITY, *_OWN, "team")),),
    editions=(
        Edition("2019", date(2019, 8, 1), ChildrenInNeed, (*CHILD_WITH_DISABILITY, *_OWN, "team", "worker"), (WORKER,)),
    ),
    sheet="List_6",
    sheet_pattern=r"list\W*_?6\b.*|.*children in need.*|.*\bcin\b.*",
    notes=(
        "Everyone receiving a service as a child in need now or in the last six months: in-need plans, protection "
        "plans, looked after children and open assessments. One row a child.",
        "Care leavers and referrals awaiting assessment are left out, which the Department's count includes.",
    ),
)
