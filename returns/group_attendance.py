"""Who came to the partnership's own meetings, one row a meeting and an agency with a seat."""

from __future__ import annotations

from datetime import date

from returns.child_columns import Day, Flag, Text, Typed
from returns.declaration import Edition, Return, column, fills
from returns.partner_columns import COMMENT, NAME, answer, organisation


class GroupAttendance(Typed):
    """Attendance after cleaning."""

    meeting: Text = column(
        "text", "Group", "The group that met.", required=True, nullable=False,
        example="Quality and Effectiveness Group",
        spellings=("Name of group", "Group name", "Meeting", "Subgroup", "Sub-group", "Committee"),
    )
    held: Day = column(
        "date", "Held on", "The day it met.", title="Held", required=True, nullable=False, example=date(2025, 9, 10),
        spellings=("Meeting date", "Date of meeting", "Date held", "Date"),
    )
    organisation: Text = organisation("The agency that has a seat.", nullable=False)
    represented: Flag = answer("Represented", "Whether the agency's seat was filled, by a deputy too.", "Attended",
                               "Present", "Attendance", "Seat filled", required=True)
    apologies: Flag = answer("Apologies", "Whether apologies were sent.", "Apologies sent", "Apologies given")
    deputy: Flag = answer("Deputy", "Whether a deputy came.", "Deputy attended", "Represented by a deputy")
    quorate: Flag = answer("Quorate", "Whether the meeting was quorate: all three safeguarding partners were there.",
                           "Meeting quorate", "Quorum", "Was quorate")


_COLUMNS = ("meeting", "held", "organisation", "represented", "apologies", "deputy", "quorate")

RETURN = Return(
    name="group_attendance",
    rows_are="an agency's seat at a meeting",
    key=("meeting", "held", "organisation"),
    event_date="held",
    fills=(fills("group_attendance", _COLUMNS),),
    editions=(Edition("2025", date(2025, 4, 1), GroupAttendance, (*_COLUMNS, "name", "comment"), (NAME, COMMENT)),),
    level="record",
    sheet="Group_attendance",
    sheet_pattern=r".*(group.?attendance|meetings?).*",
    notes=(
        "One row for each agency that has a seat, whether it came or not. Who came for it is not asked.",
        "Whether the meeting was quorate is the meeting's: the same on each of its rows.",
    ),
)
