"""Rapid reviews, local child safeguarding practice reviews and learning reviews, one row a review."""

from __future__ import annotations

from datetime import date

from returns.child_columns import Day, Text, Typed, Whole
from returns.declaration import Edition, Return, column, fills
from returns.partner_columns import BIRTH, COMMENT, FORENAME, NAME, SURNAME, reference


class CaseReviews(Typed):
    """Reviews after cleaning."""

    review_id: Text = reference(
        "Review ID", "The review's own reference; not the child's.", "Ref", "Review ref", "Review reference",
        "Case review ID", example="RR-2025-03",
    )
    kind: Text = column(
        "code", "Kind", "The kind of review.", required=True, codes="case_review_kind", example="Rapid review",
        spellings=("Kind of review", "Type of review", "Review type"),
    )
    notified: Day = column(
        "date", "Notified on", "The day the serious incident was notified.", title="Notified", required=True,
        nullable=False, example=date(2025, 7, 14),
        spellings=("Notified", "Date notified", "Notification date", "Date of notification", "Incident notified"),
    )
    rapid_review_due: Day = column(
        "date", "Rapid review due", "The day the rapid review is due.", ahead=True, example=date(2025, 8, 4),
        spellings=("Rapid review due date", "Due date of rapid review", "Due by"),
    )
    completed: Day = column(
        "date", "Completed on", "The day the review was completed; a rapid review's, when it was sent to the panel.",
        title="Completed", example=date(2025, 8, 1),
        spellings=("Completed", "Date completed", "Completion date", "Sent to the panel", "Date sent to the panel"),
    )
    published: Day = column(
        "date", "Published on", "The day it was published; empty when it is not.", title="Published",
        spellings=("Published", "Date published", "Publication date"),
    )
    themes: Text = column(
        "text", "Themes", "Its themes in a few words; nothing that could tell who the child is.", example="Neglect",
        spellings=("Theme", "Key themes", "Learning themes"),
    )
    recommendations: Whole = column(
        "count", "Recommendations", "How many recommendations it made.", example=6,
        spellings=("Number of recommendations", "Recommendations made"),
    )
    recommendations_complete: Whole = column(
        "count", "Recommendations complete", "How many of them are complete.", example=4,
        spellings=("Completed recommendations", "Recommendations completed", "Number complete"),
    )


_COLUMNS = (
    "review_id", "kind", "notified", "rapid_review_due", "completed", "published", "themes", "recommendations",
    "recommendations_complete",
)
_LEFT_BEHIND = (NAME, FORENAME, SURNAME, BIRTH, COMMENT)

RETURN = Return(
    name="case_reviews",
    rows_are="a review",
    key=("review_id",),
    event_date="notified",
    fills=(fills("case_reviews", _COLUMNS),),
    editions=(
        Edition("2025", date(2025, 4, 1), CaseReviews, (*_COLUMNS, *(field.name for field in _LEFT_BEHIND)),
                _LEFT_BEHIND),
    ),
    level="record",
    sheet="Case_reviews",
    sheet_pattern=r".*(case|rapid|practice|learning).?reviews?.*",
    follows=(("notified", "rapid_review_due"), ("notified", "completed"), ("completed", "published")),
    notes=(
        "The whole register each time: every review that is under way or whose recommendations are, oldest first.",
        "Reviews are few and each is about one family: their themes are for the group's eyes alone.",
    ),
)
