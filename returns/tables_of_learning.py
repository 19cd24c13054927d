"""The event tables of what the partnership learns, whom it listens to and how it leads."""

from __future__ import annotations

from returns.event_table import Column, EventTable, code, date, derived, flag, integer, text


def _number(name: str, description: str) -> Column:
    return Column(name, "number", description)


def _organisation(description: str) -> tuple[Column, Column]:
    return (
        text("organisation", f"{description}, as sent"),
        text("organisation_group", "Name of the agency in config/agencies.yaml; empty when it is not there"),
    )


def _covers(what: str = "quarter") -> tuple[Column, Column]:
    return (
        text("covers", f"The {what} it is of, as returns.periods writes it"),
        derived("covers_to", "date", f"Last day of the {what} it is of"),
    )


LEARNING: tuple[EventTable, ...] = (
    EventTable(
        "family_feedback", "Feedback of families", ("survey", "covers", "respondent_group"), None,
        columns=(
            text("survey", "The survey, as sent"),
            *_covers(),
            *code("service", "feedback_service", "Service that the answers are about"),
            *code("respondent", "respondent", "Who answered"),
            integer("returned", "Answers returned"),
            integer("positive", "Answers that are positive"),
            _number("scale_mean", "Mean score, out of 10"),
            text("theme", "Theme of the answers, as sent"),
        ),
    ),
    EventTable(
        "assessment_factors", "Factors found at assessment",
        ("child_id", "authorised", "factor", "factor_group"), "authorised",
        columns=(
            text("child_id", "Keyed hash of identifier scheme and identifier"),
            date("authorised", "Day the assessment was authorised"),
            *code("factor", "assessment_factor", "Factor"),
            derived("assessment", "text", "The child's hash and the day: the same on each row of an assessment"),
        ),
    ),
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
    EventTable(
        "workforce", "Workforce", ("covers", "organisation", "staff_group"), None,
        columns=(
            *_covers(),
            *_organisation("Agency that employs them"),
            *code("staff", "staff_group", "Group of staff"),
            _number("in_post_fte", "Staff in post, full-time equivalents"),
            _number("vacancies_fte", "Vacant posts, full-time equivalents"),
            _number("agency_fte", "Agency workers, full-time equivalents"),
            _number("leavers_fte", "Staff who left in the quarter, full-time equivalents"),
            integer("cases", "Cases held"),
            _number("case_holders", "Staff who hold cases, full-time equivalents"),
        ),
    ),
    EventTable(
        "group_attendance", "Attendance at the partnership's groups", ("meeting", "held", "organisation"), "held",
        columns=(
            text("meeting", "Group that met, as sent"),
            date("held", "Day it met"),
            *_organisation("Agency that has a seat"),
            flag("represented", "The seat was filled"),
            flag("apologies", "Apologies were sent"),
            flag("deputy", "A deputy came"),
            flag("quorate", "All three safeguarding partners were there"),
        ),
    ),
    EventTable(
        "plan_milestones", "Milestones of the business plan", ("priority", "milestone"), None,
        columns=(
            text("priority", "Priority, as sent"),
            text("action_area", "Area of action, as sent"),
            text("milestone", "Milestone, as sent"),
            text("lead_role", "Role or group that leads, as sent"),
            text("monitored_by", "Group that watches over it, as sent"),
            date("due", "Day it is due"),
            *code("status", "milestone_status", "How it stands"),
        ),
    ),
    EventTable(
        "budget", "Budget", ("covers", "line", "kind_group"), None,
        columns=(
            *_covers("year"),
            text("line", "Line of the budget, as sent"),
            *code("kind", "budget_kind", "Contribution or cost"),
            *_organisation("Agency that contributes"),
            _number("agreed", "Pounds agreed"),
            _number("actual", "Pounds that it came to"),
        ),
    ),
    EventTable(
        "scrutiny_findings", "Findings of scrutiny", ("covers", "area", "finding"), None,
        columns=(
            *_covers(),
            text("area", "Area of work, as sent"),
            *code("kind", "finding_kind", "Strength or development"),
            text("finding", "What was found, as sent"),
            text("recommendation", "What is recommended, as sent"),
            text("response", "What the partnership answered, as sent"),
        ),
    ),
    EventTable(
        "actions_sent", "Actions of the partnership's log", ("source_group", "source_ref", "action_id"), None,
        columns=(
            text("action_id", "The log's own reference of the action, as sent"),
            *code("source", "action_source", "What the action came from"),
            text("source_ref", "Reference of the audit, review or question, as sent"),
            text("action", "What is to be done, as sent"),
            text("priority", "How pressing it is, as sent"),
            *_organisation("Agency that is to do it"),
            text("owner_role", "Role that is to see it done, as sent"),
            date("due", "Day it is due"),
            date("completed", "Day it was completed"),
            *code("status", "action_status", "How it stands"),
            text("evidence", "What changed for children, as sent"),
        ),
    ),
    EventTable(
        "education", "Education", ("academic_year", "term_group", "urn"), None,
        columns=(
            text("academic_year", "Academic year, as 2024-25"),
            *code("term", "term", "Term"),
            derived("covers_to", "date", "Last day of the term, near enough: 31 December, 31 March or 31 July"),
            text("urn", "Unique reference number of the school; empty for the county"),
            text("school", "Name of the school or county"),
            integer("missing_education", "Children missing education on the last day"),
            integer("home_educated", "Children educated at home on the last day"),
            integer("suspensions", "Suspensions in the term"),
            integer("exclusions", "Permanent exclusions in the term"),
            integer("cin_sessions", "Sessions that children in need could have attended"),
            integer("cin_attended", "Sessions that they attended"),
            integer("cpp_sessions", "Sessions that children on plans could have attended"),
            integer("cpp_attended", "Sessions that they attended"),
            integer("cla_sessions", "Sessions that children looked after could have attended"),
            integer("cla_attended", "Sessions that they attended"),
            *code("inspection", "inspection_outcome", "Outcome of an inspection in the term"),
        ),
    ),
)
