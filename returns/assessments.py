"""Ofsted Annex A List 4: statutory assessments in the six months before the extract, one row an assessment."""

from __future__ import annotations

from datetime import date

from returns.child_columns import CHILD_WITH_DISABILITY, WORKER, ChildWithDisability, Day, Flag, Text, team
from returns.declaration import Edition, Return, column, fills


class Assessments(ChildWithDisability):
    """List 4 after cleaning."""

    started: Day = column(
        "date", "Continuous Assessment Start Date", "The date the assessment started.",
        title="Started", required=True, nullable=False, example=date(2025, 7, 21),
        spellings=("Assessment Start Date", "Start Date of Continuous Assessment", "CA Start Date"),
        pattern=r"(continuous|single|c f|statutory) assessment (start date|date started)",
    )
    child_seen: Flag = column(
        "flag", "Child Seen During Continuous Assessment", "Whether the child was seen during the assessment.",
        title="Child seen", codes="child_seen", example="a) Yes",
        spellings=("Child Seen During Assessment", "Was the Child Seen During Continuous Assessment", "Child Seen"),
        pattern=r"(was the )?child seen during.*assessment",
    )
    authorised: Day = column(
        "date", "Continuous Assessment Date of Authorisation",
        "The date the assessment was authorised; empty while open.",
        title="Authorised", required=True, example=date(2025, 9, 1),
        spellings=("Assessment Authorisation Date", "Continuous Assessment Authorisation Date"),
        pattern=r".*assessment( end)?( date of)? authori[sz](ation|ed)( date)?|date.*assessment.*authori[sz]ed",
    )
    needs_support: Flag = column(
        "flag", "Was the child assessed as requiring LA children’s social care support",
        "Whether the child was assessed as needing children's social care support.",
        title="Needs support", example="a) Yes",
        spellings=("Was the child assessed as being in need at assessment",),
        pattern=r"was the child assessed.*(social care support|in need).*",
    )
    team: Text = team()


_OWN = ("started", "child_seen", "authorised", "needs_support")

RETURN = Return(
    name="assessments",
    rows_are="an assessment of a child",
    key=("child_id", "started"),
    event_date="started",
    fills=(fills("assessments", (*CHILD_WITH_DISABILITY, *_OWN, "team")),),
    editions=(
        Edition("2019", date(2019, 8, 1), Assessments, (*CHILD_WITH_DISABILITY, *_OWN, "team", "worker"), (WORKER,)),
    ),
    sheet="List_4",
    sheet_pattern=r"list\W*_?4\b.*|.*assessments.*",
    notes=("All section 17 and section 47 assessments in the six months before the extract, open ones included.",),
)
