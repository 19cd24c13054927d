"""Ofsted Annex A List 5: section 47 enquiries and initial child protection conferences, one row an enquiry."""

from __future__ import annotations

from datetime import date

from returns.child_columns import (
    CHILD_WITH_DISABILITY,
    WORKER,
    ChildWithDisability,
    Day,
    Flag,
    Text,
    Whole,
    team,
)
from returns.declaration import Edition, Return, column, fills


class Section47(ChildWithDisability):
    """List 5 after cleaning."""

    started: Day = column(
        "date", "Strategy discussion initiating Section 47 Enquiry Start Date",
        "The date of the strategy discussion that began the enquiry.", title="Strategy discussion", required=True,
        nullable=False, example=date(2025, 8, 18),
        spellings=(
            "Strategy Discussion Date", "Section 47 Start Date", "Section 47 Enquiry Start Date", "S47 Start Date",
        ),
        pattern=r"strategy discussion.*(section 47|s47).*|date of strategy discussion.*",
    )
    conference_unnecessary: Flag = column(
        "flag", "Was an Initial Child Protection Conference deemed unnecessary?",
        "Yes when no conference was needed.", title="Conference unnecessary", example="b) No",
        spellings=("Was an ICPC deemed unnecessary", "ICPC deemed unnecessary"),
        pattern=r".*(conference|icpc)( was)? deemed unnecessary",
    )
    conference: Day = column(
        "date", "Date of Initial Child Protection Conference", "The date the conference was held.",
        title="Conference", required=True, example=date(2025, 9, 4),
        spellings=("ICPC Date", "Date of ICPC", "Initial Child Protection Conference Date"),
        pattern=r"date of( the)? initial (child protection conference|cpc)",
    )
    made_plan: Flag = column(
        "flag", "Did the Initial Child Protection Conference Result in a Child Protection Plan",
        "Whether the conference made a plan.", title="Conference made a plan", example="a) Yes",
        spellings=("Did the ICPC Result in a CPP", "Did the ICPC Result in a Child Protection Plan"),
        pattern=r".*(conference|icpc) result(ed)? in a( child protection plan| cpp)",
    )
    enquiries_12m: Whole = column(
        "count", "Number of Section 47 Enquiries in the last 12 months",
        "Earlier enquiries in the twelve months before the child's latest; repeated on each of the child's rows.",
        title="Earlier enquiries in 12 months", example=0, spellings=("Number of S47 Enquiries in the last 12 months",),
        pattern=r"(number|no|count) of (section 47|s47)s?( enquiries)? in( the)? (last|past) 12 months",
    )
    conferences_12m: Whole = column(
        "count", "Number of ICPCs in the last 12 months",
        "Earlier initial conferences in the twelve months before the child's latest; repeated on each of its rows.",
        title="Earlier conferences in 12 months", example=0,
        spellings=("Number of Initial Child Protection Conferences in the last 12 months",),
        pattern=r"(number|no|count) of icpcs? in( the)? (last|past) 12 months",
    )
    team: Text = team()


_OWN = ("started", "conference_unnecessary", "conference", "made_plan", "enquiries_12m", "conferences_12m")

RETURN = Return(
    name="section_47",
    rows_are="a section 47 enquiry about a child",
    key=("child_id", "started"),
    event_date="started",
    fills=(
        fills("section_47_enquiries", (*CHILD_WITH_DISABILITY, *_OWN, "team")),
        fills(
            "initial_conferences", (*CHILD_WITH_DISABILITY, "made_plan", "team"), when="conference",
            held="conference", enquiry_started="started",
        ),
    ),
    editions=(
        Edition("2019", date(2019, 8, 1), Section47, (*CHILD_WITH_DISABILITY, *_OWN, "team", "worker"), (WORKER,)),
    ),
    sheet="List_5",
    sheet_pattern=r"list\W*_?5\b.*|.*section.?47.*|.*s47.*",
    notes=(
        "All section 47 enquiries in the six months before the extract, open ones included.",
        "The two counts of the last 12 months are of the child's latest enquiry and repeat on each of its rows.",
    ),
)
