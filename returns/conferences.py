"""Child protection conferences, one row a child a conference."""

from __future__ import annotations

from datetime import date

from returns.child_columns import ChildAlone, Day, Flag, Text
from returns.declaration import Edition, Return, column, fills
from returns.partner_columns import ABOUT_A_PERSON, LEFT_BEHIND, answer, reference


def conference_id() -> Text:
    """The conference's own reference, by which the agencies at it are joined to it."""
    return reference(
        "Conference ID", "The conference's own reference.", "Conference reference", "Conference ref",
        "Conference number", "CPC ID", "Meeting ID", example="CPC-0310",
    )


class Conferences(ChildAlone):
    """Conferences after cleaning."""

    conference_id: Text = conference_id()
    held: Day = column(
        "date", "Held at", "The day the conference was held.", title="Held", required=True, nullable=False,
        example=date(2025, 9, 4),
        spellings=("Date held", "Conference date", "Date of conference", "Date conference held", "Meeting date"),
    )
    due_by: Day = column(
        "date", "Due by", "The day by which it was due.", title="Due by", example=date(2025, 9, 8), ahead=True,
        spellings=("Due date", "Date due", "Conference due by", "Conference due date", "Timescale date"),
    )
    type: Text = column(
        "code", "Conference type", "Initial, review or transfer in.", title="Type", required=True,
        codes="conference_type", example="Initial", spellings=("Type", "Type of conference", "Meeting type"),
    )
    quorate: Flag = answer("Quorate", "Whether it was quorate.", "Was it quorate", "Conference quorate", "Is quorate")
    outcome: Text = column(
        "code", "Outcome", "What was decided.", required=True, codes="conference_outcome",
        example="Child protection plan",
        spellings=("Conference outcome", "Outcome of conference", "Decision"),
    )
    aged_4_plus: Flag = answer("Aged 4 or over", "Whether the child was 4 or older.", "Aged 4 plus", "Aged 4+",
                               "Child aged 4 or over", "Child aged 4+", "4 or over")
    child_took_part: Flag = answer("Child took part", "Whether the child took part.", "Child attended",
                                   "Child participated", "Did the child take part", "Child participation")
    child_views_given: Flag = answer("Child's views given", "Whether the child's views were given by another means.",
                                     "Child views given", "Views of child given", "Child's views presented",
                                     "Child's views represented")
    parents_attended: Flag = answer("Parents attended", "Whether a parent or carer attended.", "Parent attended",
                                    "Parent or carer attended", "Parents/carers attended", "Family attended")


_COLUMNS = (
    "conference_id", "child_id", "held", "due_by", "type", "quorate", "outcome", "aged_4_plus", "child_took_part",
    "child_views_given", "parents_attended",
)

RETURN = Return(
    name="conferences",
    rows_are="a conference on a child",
    key=("conference_id", "child_id"),
    event_date="held",
    fills=(fills("conferences", _COLUMNS),),
    editions=(Edition("2025", date(2025, 4, 1), Conferences, (*_COLUMNS, *LEFT_BEHIND), ABOUT_A_PERSON),),
    sheet="Conferences",
    sheet_pattern=r".*conferences?",
    notes=(
        "All initial, review and transfer-in conferences held in the six months before the extract.",
        "One row a child: a conference on three children is three rows with the same conference ID.",
    ),
)
