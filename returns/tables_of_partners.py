"""The event tables that the partnership's own returns fill (no national standard exists for these)."""

from __future__ import annotations

from returns.event_table import Column, EventTable, code, date, derived, flag, integer, text

_CHILD = text("child_id", "Keyed hash of identifier scheme and identifier")


def _moment(name: str, description: str) -> Column:
    return Column(name, "timestamp", f"{description}, by the clock; empty when only the day is known")


FRONT_DOOR: tuple[EventTable, ...] = (
    EventTable(
        "front_door_contacts", "Front-door log", ("contact_id",), "received", covered=True,
        columns=(
            text("contact_id", "Keyed hash of the contact's reference"),
            _CHILD,
            integer("age", "Age in whole years as sent, on the day of the contact; -1 is unborn"),
            derived("age_band", "text", "Age band on the day of the contact, as for other event tables"),
            flag("unborn", "The contact is about a child not yet born"),
            date("received", "Day the contact was received"),
            _moment("received_at", "When the contact was received"),
            date("decided", "Day of the decision"),
            _moment("decided_at", "When the decision was made"),
            *code("referring_agency", "referring_agency", "Agency that made the contact"),
            text("referrer_role", "Role of the person who made it, as sent"),
            *code("contact_type", "contact_type", "Kind of contact"),
            *code("received_rating", "rating", "Rating on receipt"),
            *code("final_rating", "rating", "Rating at the decision"),
            *code("consent", "consent", "Consent obtained"),
            *code("main_concern", "concern", "Main concern"),
            flag("domestic_abuse", "Domestic abuse is recorded"),
            integer("level_of_need", "Level of need, 1 to 4"),
            *code("outcome", "contact_outcome", "What was decided"),
            *code("marf_quality", "marf_quality", "Quality of the referral form"),
            date("feedback_sent", "Day the sender was told the outcome"),
            derived("hours_to_decision", "number", "Hours from receipt to decision; empty when a time is not known"),
            derived("previous_contact", "date", "The child's latest contact in the log on an earlier day"),
            derived("history_from", "date", "The date since which the log is held without a gap"),
        ),
    ),
    EventTable(
        "contacts_received", "Contacts received", ("child_id", "received", "source_group"), "received",
        columns=(
            _CHILD,
            date("received", "Day the contact was received"),
            *code("source", "source", "Who made the contact"),
            derived("age_band", "text", "Age band on the day of the contact"),
            flag("from_log", "The row comes from the front-door log; otherwise from Annex A List 1"),
            derived("previous_contact", "date", "The child's latest contact on an earlier day than this one"),
            derived("days_to_referral", "integer", "Days to the child's first referral on or after it; empty for none"),
            derived("history_from", "date", "The date since which contacts are held without a gap"),
        ),
    ),
)

PROTECTION: tuple[EventTable, ...] = (
    EventTable(
        "strategy_discussions", "Strategy discussions", ("discussion_id",), "held", covered=True,
        columns=(
            text("discussion_id", "Keyed hash of the discussion's reference"),
            _CHILD,
            date("held", "Day it was held"),
            *code("social_care", "attendance", "Social care's attendance"),
            *code("police", "attendance", "The police's attendance"),
            *code("health", "attendance", "Health's attendance"),
            *code("education", "attendance", "Education's attendance"),
            *code("outcome", "discussion_outcome", "What was decided"),
            flag("child_views_recorded", "The child's views are recorded"),
        ),
    ),
    EventTable(
        "conferences", "Child protection conferences", ("conference_id", "child_id"), "held", covered=True,
        columns=(
            text("conference_id", "Keyed hash of the conference's reference"),
            _CHILD,
            date("held", "Day it was held"),
            date("due_by", "Day by which it was due"),
            *code("type", "conference_type", "Kind of conference"),
            flag("quorate", "It was quorate"),
            *code("outcome", "conference_outcome", "What was decided"),
            flag("aged_4_plus", "The child was 4 or older"),
            flag("child_took_part", "The child took part"),
            flag("child_views_given", "The child's views were given"),
            flag("parents_attended", "A parent or carer attended"),
        ),
    ),
    EventTable(
        "conference_participation", "Agencies at conferences", ("conference_id", "participant_group"), "held",
        columns=(
            text("conference_id", "Keyed hash of the conference's reference"),
            *code("participant", "participant", "Agency"),
            flag("invited", "The agency was invited"),
            flag("attended", "The agency attended"),
            flag("report_submitted", "The agency sent a report"),
            flag("report_in_time", "The report came in time"),
            derived("held", "date", "Day it was held, from the conferences return; empty when not there"),
            derived("type_group", "text", "Kind of conference, from the conferences return"),
        ),
    ),
    EventTable(
        "graded_care_profiles", "Graded Care Profiles", ("profile_id",), "completed", covered=True,
        columns=(
            text("profile_id", "Keyed hash of the profile's reference"),
            _CHILD,
            date("completed", "Day it was completed"),
            *code("completed_by", "referring_agency", "Agency that completed it"),
            *code("plan_type", "plan_type", "Kind of plan the child was on"),
            flag("shared_with_family", "The outcome was shared with the family"),
        ),
    ),
)

EXPLOITATION: tuple[EventTable, ...] = (
    EventTable(
        "missing_episodes", "Missing episodes", ("episode_id",), "started", ended="ended", covered=True,
        columns=(
            text("episode_id", "Keyed hash of the episode's reference"),
            _CHILD,
            date("started", "Day the child went missing"),
            _moment("started_at", "When the child went missing"),
            date("ended", "Day the child was found or came back"),
            _moment("ended_at", "When the child was found or came back"),
            flag("looked_after", "The child was looked after"),
            text("placing_authority", "Authority that placed the child, as sent"),
            flag("repeat_in_90_days", "The sender marks it as a repeat within 90 days"),
            flag("interview_offered", "A return interview was offered"),
            flag("interview_accepted", "A return interview was accepted"),
            date("interview_held", "Day of the return interview"),
            _moment("interview_held_at", "When the return interview was held"),
            flag("exploitation", "A concern about exploitation is recorded"),
            derived("episodes_90_days", "integer", "Episodes in the 90 days to this one's start, itself included"),
            derived("hours_to_interview", "number", "Hours from its end to the interview, where both times are known"),
            derived("history_from", "date", "The date since which missing episodes are held without a gap"),
        ),
    ),
    EventTable(
        "exploitation_assessments", "Exploitation assessments", ("assessment_id",), "assessed", ended="closed",
        columns=(
            text("assessment_id", "Keyed hash of the assessment's reference"),
            _CHILD,
            date("assessed", "Day of the assessment"),
            *code("referring_agency", "referring_agency", "Agency that referred the child"),
            flag("sexual", "Sexual exploitation"),
            flag("criminal", "Criminal exploitation"),
            flag("gangs", "Gangs"),
            flag("trafficking", "Trafficking"),
            flag("modern_slavery", "Modern slavery"),
            flag("honour_based", "Honour-based abuse"),
            flag("forced_marriage", "Forced marriage"),
            flag("fgm", "Female genital mutilation"),
            flag("online", "Online exploitation"),
            *code("risk_level", "risk_level", "Level of risk at the assessment"),
            flag("plan_4p_in_place", "A 4P plan is in place"),
            flag("nrm_referral", "Referred to the National Referral Mechanism"),
            date("reviewed", "Day of the latest review"),
            date("closed", "Day it was closed"),
            *code("risk_level_at_closure", "risk_level", "Level of risk at closure"),
            flag("aged_17_plus", "The young person is 17 or older"),
            flag("transition_plan", "A plan for moving to adult services is in place"),
            derived("open_until", "date", "Last day known open: the day before closure, or the last extract with it"),
        ),
    ),
)

ASSURANCE: tuple[EventTable, ...] = (
    EventTable(
        "allegations", "Allegations against people who work with children", ("lado_ref",), "received",
        ended="concluded",
        columns=(
            text("lado_ref", "Keyed hash of the LADO's reference"),
            date("received", "Day it reached the LADO"),
            date("alleged", "Day the allegation was made"),
            *code("contact_type", "lado_contact_type", "Kind of contact"),
            *code("referring_agency", "referring_agency", "Agency that told the LADO"),
            *code("employer_sector", "employer_sector", "Sector of the employer"),
            text("role_group", "Group of roles the adult's belongs to, as sent"),
            *code("threshold_limb", "threshold_limb", "Which part of the threshold was met"),
            *code("abuse_category", "category", "Category of abuse"),
            flag("in_work", "It arose in the person's work"),
            date("managed_meeting", "Day of the first meeting to manage it"),
            flag("police_investigation", "The police investigated"),
            flag("suspended", "The person was suspended"),
            *code("outcome", "allegation_outcome", "Outcome"),
            date("concluded", "Day it was concluded"),
            flag("dbs_referral", "Referred to the Disclosure and Barring Service"),
            flag("regulator_referral", "Referred to the person's regulator"),
            derived("seen_to", "date", "Day of the sender's latest extract of the register"),
        ),
    ),
    EventTable(
        "section_11_answers", "Section 11 audit answers", ("respondent", "audit_year", "standard_group", "question"),
        "returned",
        columns=(
            text("respondent", "Agency that answered, as sent"),
            text("respondent_group", "Name of the agency in config/agencies.yaml; empty when it is not there"),
            text("audit_year", "Year of the audit, as 2025-26"),
            date("returned", "Day the answers were returned"),
            *code("standard", "section_11_standard", "Standard"),
            text("question", "Question, as sent"),
            *code("self_grade", "section_11_grade", "The agency's own grade"),
            *code("moderated_grade", "section_11_grade", "Grade after moderation"),
            flag("evidence_seen", "Evidence was seen"),
            text("action", "Action, as sent"),
            text("action_owner", "Role that owns the action, as sent"),
            date("action_due", "Day the action is due"),
            date("action_completed", "Day the action was completed"),
        ),
    ),
    EventTable(
        "section_175_answers", "Section 175 audit answers", ("urn", "academic_year", "section_group", "question"),
        "returned",
        columns=(
            text("urn", "Unique reference number of the school"),
            text("school", "Name of the school"),
            *code("phase", "phase", "Phase of education"),
            text("academic_year", "Academic year, as 2024-25"),
            date("returned", "Day the answers were returned"),
            *code("section", "section_175_section", "Section of the audit"),
            text("question", "Question, as sent"),
            *code("grade", "section_175_grade", "The school's grade"),
            date("dsl_trained", "Day the designated safeguarding lead was last trained"),
            flag("promotes_early_help", "The school promotes early help"),
            flag("early_help_on_website", "The school's website shows early help"),
            text("action", "Action, as sent"),
            date("action_due", "Day the action is due"),
            date("action_completed", "Day the action was completed"),
        ),
    ),
    EventTable(
        "schools", "Schools", ("urn",), None,
        columns=(
            text("urn", "Unique reference number of the school"),
            text("school", "Name of the school"),
            *code("phase", "phase", "Phase of education"),
            date("opened", "Day the school opened; empty when it always was"),
            date("closed", "Day the school closed; empty while it is open"),
        ),
    ),
    EventTable(
        "population_sent", "Population as sent", ("area", "year", "age_band"), None,
        columns=(
            text("area", "Area code, as E06000019"),
            integer("year", "Year of the mid-year estimate"),
            text("age_band", "Age band"),
            integer("people", "People"),
        ),
    ),
)
