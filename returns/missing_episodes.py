"""Missing episodes of children, one row an episode, and the return interview after it."""

from __future__ import annotations

from datetime import date, datetime

from returns.child_columns import ChildAlone, Day, Flag, Text
from returns.declaration import Edition, Return, column, fills
from returns.partner_columns import ABOUT_A_PERSON, LEFT_BEHIND, answer, reference


class MissingEpisodes(ChildAlone):
    """Missing episodes after cleaning."""

    episode_id: Text = reference(
        "Episode ID", "The episode's own reference.", "Missing episode ID", "Missing episode reference", "Missing ID",
        "Episode reference", "Compact reference", "Missing reference", example="M-2231",
    )
    started: Day = column(
        "moment", "Started at", "When the child went missing: date and time in one cell.", title="Went missing",
        required=True, nullable=False, example=datetime(2025, 7, 5, 21, 15),
        spellings=("Missing from", "Went missing", "Date and time missing", "Date missing", "Start date",
                   "Missing start", "Date and time went missing", "Missing start date", "Episode start"),
    )
    ended: Day = column(
        "moment", "Ended at", "When the child was found or came back; empty while missing.", title="Came back",
        required=True, example=datetime(2025, 7, 6, 2, 40),
        spellings=("Returned", "Found", "Date and time returned", "Date returned", "Date found", "End date",
                   "Missing end", "Date and time found", "Missing end date", "Episode end", "Returned at"),
    )
    looked_after: Flag = answer("Looked after", "Whether the child was looked after.", "CLA", "LAC",
                                "Child looked after", "Is the child looked after", "Looked after child", example="No")
    placing_authority: Text = column(
        "text", "Placing authority", "The authority that placed the child, where another did.",
        spellings=("Placing local authority", "Placing LA", "Home authority", "Responsible authority"),
    )
    repeat_in_90_days: Flag = answer(
        "Repeat in 90 days", "Whether the child went missing before in the 90 days.", "Repeat within 90 days",
        "Repeat missing", "Repeat", example="No",
    )
    interview_offered: Flag = answer(
        "Return interview offered", "Whether a return interview was offered.", "RHI offered", "Interview offered",
        "Return home interview offered", "RI offered",
    )
    interview_accepted: Flag = answer(
        "Return interview accepted", "Whether a return interview was accepted.", "RHI accepted", "Interview accepted",
        "Return home interview accepted", "RI accepted",
    )
    interview_held: Day = column(
        "moment", "Return interview held at", "When the interview was held: date and time in one cell.",
        title="Interview held", example=datetime(2025, 7, 7, 15, 0),
        spellings=("RHI held", "RHI date", "Interview held", "Interview date", "Return interview date",
                   "Return home interview date", "Date of return interview", "Return interview held",
                   "Date and time of return interview", "RHI completed"),
    )
    exploitation: Flag = answer(
        "Exploitation flag", "Whether a concern about exploitation is recorded.", "Exploitation",
        "Exploitation concern", "CE flag", "Exploitation risk", example="No",
    )


_COLUMNS = (
    "episode_id", "child_id", "started", "ended", "looked_after", "placing_authority", "repeat_in_90_days",
    "interview_offered", "interview_accepted", "interview_held", "exploitation",
)

RETURN = Return(
    name="missing_episodes",
    rows_are="a missing episode of a child",
    key=("episode_id",),
    event_date="started",
    fills=(fills("missing_episodes", _COLUMNS),),
    editions=(Edition("2025", date(2025, 4, 1), MissingEpisodes, (*_COLUMNS, *LEFT_BEHIND), ABOUT_A_PERSON),),
    sheet="Missing_episodes",
    sheet_pattern=r".*missing.*",
    follows=(("started", "interview_held"),),
    notes=(
        "All episodes that began in the six months before the extract, of children of every authority placed here.",
        "Times matter: an interview within 72 hours can only be told where both times are given.",
    ),
)
