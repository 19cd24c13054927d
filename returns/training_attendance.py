"""The partnership's training, one row a course, a day and an agency: totals of those who came, nobody by name."""

from __future__ import annotations

from datetime import date

from returns.child_columns import Day, Number, Text, Typed, Whole
from returns.declaration import Edition, Return, column, fills
from returns.partner_columns import COMMENT, NAME, organisation


class TrainingAttendance(Typed):
    """Training after cleaning."""

    course: Text = column(
        "text", "Course", "The course, by its title.", required=True, nullable=False, example="Working Together",
        spellings=("Course title", "Course name", "Title of course", "Training course", "Event"),
    )
    held: Day = column(
        "date", "Held on", "The day the course was held.", title="Held", required=True, nullable=False,
        example=date(2025, 9, 16), spellings=("Course date", "Date of course", "Date held", "Event date", "Date"),
    )
    delivery: Text = column(
        "code", "Delivery", "How it was given.", codes="delivery", example="Face to face",
        spellings=("Delivery method", "Mode of delivery", "Format", "Type of delivery"),
    )
    organisation: Text = organisation("The agency whose staff were booked; a row for each.", nullable=False)
    places_booked: Whole = column(
        "count", "Places booked", "How many places the agency booked.", required=True, example=12,
        spellings=("Booked", "Number booked", "Bookings", "Places"),
    )
    attended: Whole = column(
        "count", "Attended", "How many came.", required=True, example=10,
        spellings=("Number attended", "Attendees", "Places filled", "Attendance"),
    )
    did_not_attend: Whole = column(
        "count", "Did not attend", "How many were booked and did not come.", example=2,
        spellings=("DNA", "Number who did not attend", "Non attendance", "No shows"),
    )
    evaluated: Whole = column(
        "count", "Evaluated", "How many filled in the evaluation.", example=8,
        spellings=("Evaluations", "Evaluations returned", "Number evaluated", "Evaluation forms"),
    )
    confidence_before: Number = column(
        "number", "Confidence before", "Their mean confidence before the course, out of 10.", lowest=1, highest=10,
        example=5.4, spellings=("Mean confidence before", "Confidence before (mean)", "Before"),
    )
    confidence_after: Number = column(
        "number", "Confidence after", "Their mean confidence after the course, out of 10.", lowest=1, highest=10,
        example=8.1, spellings=("Mean confidence after", "Confidence after (mean)", "After"),
    )
    impact_followed_up: Whole = column(
        "count", "Impact followed up", "How many were asked some months later what had changed in their work.",
        example=5, spellings=("Followed up", "Number followed up", "Impact surveys sent", "Follow up"),
    )
    impact_evidenced: Whole = column(
        "count", "Impact evidenced", "How many of them showed a change in their work.", example=3,
        spellings=("Evidence of impact", "Impact shown", "Number with evidence of impact", "Impact evidence"),
    )


_COLUMNS = (
    "course", "held", "delivery", "organisation", "places_booked", "attended", "did_not_attend", "evaluated",
    "confidence_before", "confidence_after", "impact_followed_up", "impact_evidenced",
)

RETURN = Return(
    name="training_attendance",
    rows_are="an agency's places on a course",
    key=("course", "held", "organisation"),
    event_date="held",
    fills=(fills("training_attendance", _COLUMNS),),
    editions=(Edition("2025", date(2025, 4, 1), TrainingAttendance, (*_COLUMNS, "name", "comment"), (NAME, COMMENT)),),
    level="record",
    sheet="Training_attendance",
    sheet_pattern=r".*(training|course).*",
    notes=(
        "One row for each course, day and agency: how many places, never whose.",
        "A course may be sent again when the follow-up of its impact has come in: the later one counts.",
    ),
)
