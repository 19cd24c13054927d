"""The agencies at child protection conferences, one row an agency a conference."""

from __future__ import annotations

from datetime import date

from returns.child_columns import Flag, Text, Typed
from returns.conferences import conference_id
from returns.declaration import Edition, Return, column, fills
from returns.partner_columns import COMMENT, NAME, WORKER, answer


class ConferenceParticipation(Typed):
    """Participation after cleaning."""

    conference_id: Text = conference_id()
    participant: Text = column(
        "code", "Agency", "The agency.", title="Agency", required=True, nullable=False, codes="participant",
        example="Police", spellings=("Agency name", "Participant", "Organisation", "Agency or service", "Service"),
    )
    invited: Flag = answer("Invited", "Whether the agency was invited.", "Was invited", "Agency invited",
                           "Invitation sent", required=True)
    attended: Flag = answer("Attended", "Whether the agency attended.", "Did attend", "Agency attended", "Present",
                            "Attendance", required=True)
    report_submitted: Flag = answer("Report submitted", "Whether the agency sent a report.", "Report sent",
                                    "Report received", "Report provided", "Submitted a report")
    report_in_time: Flag = answer("Report in time", "Whether the report came in time.", "Report on time",
                                  "Report submitted in time", "Report submitted on time", "In timescale",
                                  "Report in timescale")


_COLUMNS = ("conference_id", "participant", "invited", "attended", "report_submitted", "report_in_time")
_LEFT_BEHIND = (NAME, WORKER, COMMENT)

RETURN = Return(
    name="conference_participation",
    rows_are="an agency at a conference",
    key=("conference_id", "participant_group"),
    event_date=None,
    fills=(fills("conference_participation", _COLUMNS),),
    editions=(
        Edition("2025", date(2025, 4, 1), ConferenceParticipation,
                (*_COLUMNS, *(field.name for field in _LEFT_BEHIND)), _LEFT_BEHIND),
    ),
    level="record",
    sheet="Conference_participation",
    sheet_pattern=r".*(participation|attendance).*",
    notes=(
        "One row for each agency that was invited to, or came to, a conference of the conferences return.",
        "The conference ID is that of the conferences return; its date and kind are taken from there.",
    ),
)
