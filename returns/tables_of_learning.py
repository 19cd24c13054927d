"""The event tables of what the partnership learns, whom it listens to and how it leads."""

from __future__ import annotations

from returns.event_table import Column, EventTable, code, date, derived, integer, text


def _number(name: str, description: str) -> Column:
    return Column(name, "number", description)


def _organisation(description: str) -> tuple[Column, Column]:
    return (
        text("organisation", f"{description}, as sent"),
        text("organisation_group", "Name of the agency in config/agencies.yaml; empty when it is not there"),
    )


LEARNING: tuple[EventTable, ...] = (
    EventTable(
        "training_attendance", "Training", ("course", "held", "organisation"), "held",
        columns=(
            text("course", "Course, as sent"),
            date("held", "Day the course was held"),
            *code("delivery", "delivery", "How it was given"),
            *_organisation("Agency whose staff were booked"),
            integer("places_booked", "Places booked"),
            integer("attended", "Those who came"),
            integer("did_not_attend", "Those who were booked and did not come"),
            integer("evaluated", "Evaluations filled in"),
            _number("confidence_before", "Mean confidence before, out of 10"),
            _number("confidence_after", "Mean confidence after, out of 10"),
            integer("impact_followed_up", "Those asked later what had changed in their work"),
            integer("impact_evidenced", "Those of them who showed a change"),
        ),
    ),
    EventTable(
        "audits", "Audits of practice", ("audit_id",), None,
        columns=(
            text("audit_id", "Keyed hash of the audit's reference"),
            text("title", "Title, as sent"),
            text("theme", "Theme, as sent"),
            *code("kind", "audit_kind", "Kind of audit"),
            *_organisation("Agency that is audited or leads"),
            text("planned", "Quarter it was planned for, as 2025-26-Q2"),
            derived("planned_to", "date", "Last day of the quarter it was planned for"),
            date("completed", "Day it was completed"),
            integer("cases", "Cases looked at"),
            integer("outstanding", "Cases judged outstanding"),
            integer("good", "Cases judged good"),
            integer("requires_improvement", "Cases judged to require improvement"),
            integer("inadequate", "Cases judged inadequate"),
            integer("voice_evident", "Cases in which the child's voice was evident"),
        ),
    ),
    EventTable(
        "case_reviews", "Case reviews", ("review_id",), "notified",
        columns=(
            text("review_id", "Keyed hash of the review's reference"),
            *code("kind", "case_review_kind", "Kind of review"),
            date("notified", "Day the incident was notified"),
            date("rapid_review_due", "Day the rapid review is due"),
            date("completed", "Day the review was completed"),
            date("published", "Day it was published"),
            text("themes", "Themes, as sent"),
            integer("recommendations", "Recommendations made"),
            integer("recommendations_complete", "Recommendations complete"),
        ),
    ),
    EventTable(
        "dispute_resolutions", "Disputes about children's plans", ("dispute_id",), "raised",
        columns=(
            text("dispute_id", "Keyed hash of the dispute's reference"),
            date("raised", "Day it was raised"),
            *code("stage", "dispute_stage", "Stage at which it was resolved"),
            *code("reason", "dispute_reason", "What it was about"),
            date("resolved", "Day it was resolved"),
        ),
    ),
)
