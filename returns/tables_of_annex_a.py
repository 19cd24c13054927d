"""The event tables that Ofsted's Annex A and the aggregate return fill."""

from __future__ import annotations

from returns.event_table import (
    CHILD,
    DISABILITY,
    TEAM,
    Column,
    EventTable,
    code,
    date,
    derived,
    flag,
    integer,
    text,
)

ANNEX_A: tuple[EventTable, ...] = (
    EventTable(
        "contacts", "Contacts", ("child_id", "received", "source_group"), "received", covered=True,
        columns=(
            *CHILD,
            date("received", "Date of contact"),
            *code("source", "source", "Who made the contact"),
            derived("previous_contact", "date", "The child's latest contact on an earlier day than this one"),
            derived(
                "days_to_referral", "integer",
                "Days to the child's first referral on or after this contact; empty for none",
            ),
            derived(
                "history_from", "date", "The date since which the agency's contacts are held without a gap"
            ),
        ),
    ),
    EventTable(
        "early_help_episodes", "Early help", ("child_id", "started"), "started", ended="completed",
        columns=(
            *CHILD,
            date("started", "Assessment start date"),
            date("completed", "Assessment completion date"),
            text("organisation", "Organisation completing the assessment, as sent"),
            text(
                "organisation_group", "council, or partner; empty when config/agencies.yaml does not have it"
            ),
            derived(
                "days_to_return", "integer",
                "Days from completion to the child's first contact or referral on or after it; empty for none",
            ),
            derived(
                "returns_seen_to", "date",
                "Day to which contacts and referrals are held: the latest extract date of either, empty for neither",
            ),
        ),
    ),
    EventTable(
        "referrals", "Referrals", ("child_id", "referred", "source_group"), "referred", covered=True,
        columns=(
            *CHILD,
            date("referred", "Date of referral"),
            *code("source", "source", "Who made the referral"),
            flag("no_further_action", "Closed with no further action"),
            integer("referrals_12m", "Referrals in the last 12 months as sent; true of the child's last row only"),
            TEAM,
            derived("previous_referral", "date", "The child's latest referral on an earlier day than this one"),
            derived("last_of_child", "boolean", "The child's last referral in the submission"),
            derived(
                "history_from", "date", "The date since which the agency's referrals are held without a gap"
            ),
        ),
    ),
    EventTable(
        "assessments", "Assessments", ("child_id", "started"), "started", covered=False,
        columns=(
            *CHILD, DISABILITY,
            date("started", "Continuous assessment start date"),
            flag("child_seen", "Child seen during the assessment"),
            date("authorised", "Date of authorisation"),
            flag("needs_support", "Assessed as needing children's social care support"),
            TEAM,
            derived(
                "open_until", "date",
                "Last day known open: the day before authorisation, or the last extract with it",
            ),
        ),
        ended="authorised",
    ),
    EventTable(
        "section_47_enquiries", "Section 47 enquiries", ("child_id", "started"), "started", covered=True,
        columns=(
            *CHILD, DISABILITY,
            date("started", "Date of the strategy discussion that began the enquiry"),
            flag("conference_unnecessary", "An initial conference was judged unnecessary"),
            date("conference", "Date of the initial child protection conference"),
            flag("made_plan", "The conference made a child protection plan"),
            integer("enquiries_12m", "Earlier enquiries in 12 months as sent; true of the child's last row only"),
            integer("conferences_12m", "Earlier conferences in 12 months as sent; true of the child's last row only"),
            TEAM,
        ),
    ),
    EventTable(
        "initial_conferences", "Initial conferences (List 5)", ("child_id", "held"), "held", covered=True,
        covered_by="enquiry_started",
        columns=(
            *CHILD, DISABILITY,
            date("held", "Date of the conference"),
            date("enquiry_started", "Date of the strategy discussion that led to it"),
            flag("made_plan", "It made a child protection plan"),
            TEAM,
        ),
    ),
    EventTable(
        "children_in_need", "Children in need", ("child_id", "started"), "started", ended="closed",
        columns=(
            *CHILD, DISABILITY,
            date("started", "Start of the episode of need"),
            *code("primary_need", "need", "Primary need"),
            date("last_seen", "Date the child was last seen"),
            date("closed", "Closure date"),
            *code("closure_reason", "closure_reason", "Reason for closure"),
            *code("case_status", "case_status", "Case status on the extract's date"),
            TEAM,
            derived(
                "open_until", "date", "Last day known open: the day before closure, or the last extract with it"
            ),
        ),
    ),
    EventTable(
        "plans", "Child protection plans", ("child_id", "started"), "started", ended="ended",
        columns=(
            *CHILD, DISABILITY,
            date("started", "Plan start date"),
            *code("initial_category", "category", "Category of abuse at the start"),
            *code("latest_category", "category", "Latest category of abuse"),
            date("ended", "Plan end date"),
            flag("emergency", "Emergency protection order or police powers in the last six months"),
            integer("previous_plans", "Earlier child protection plans, ever"),
            TEAM,
            derived("last_visit", "date", "Latest statutory visit"),
            derived("seen_alone", "boolean", "Seen alone at the latest visit"),
            derived("last_review", "date", "Latest review conference"),
            derived("first_profile", "date", "Day of the first Graded Care Profile on the same child; empty for none"),
            derived("profiles_since", "date", "Day of the first Graded Care Profile held of any child; empty for none"),
            derived(
                "open_until", "date",
                "Last day known open: the day before it ended, or the last extract with it",
            ),
        ),
    ),
    EventTable(
        "plan_visits", "Visits to children on plans", ("child_id", "visited"), "visited",
        columns=(
            text("child_id", "Keyed hash of identifier scheme and identifier"),
            date("plan_started", "Start of the plan"),
            date("visited", "Date of the visit"),
            flag("seen_alone", "Seen alone"),
        ),
    ),
    EventTable(
        "plan_reviews", "Review conferences", ("child_id", "reviewed"), "reviewed",
        columns=(
            text("child_id", "Keyed hash of identifier scheme and identifier"),
            date("plan_started", "Start of the plan"),
            date("reviewed", "Date of the review conference"),
        ),
    ),
    EventTable(
        "periods_of_care", "Children looked after", ("child_id", "started"), "started", ended="ceased",
        columns=(
            *CHILD, DISABILITY,
            date("started", "Date started to be looked after"),
            *code("need", "need", "Category of need"),
            flag("second_period", "A second or later period of care within 12 months"),
            flag("uasc", "Unaccompanied asylum-seeking child within 12 months"),
            date("legal_status_started", "Start of the current legal status"),
            *code("legal_status", "legal_status", "Legal status"),
            *code("permanence_plan", "permanence_plan", "Permanence plan"),
            integer("placements_12m", "Placements in the last 12 months"),
            date("ceased", "Date ceased to be looked after"),
            *code("ceased_reason", "ceased_reason", "Reason ceased to be looked after"),
            integer("missing_12m", "Missing episodes in 12 months"),
            integer("absent_12m", "Absent episodes in 12 months"),
            flag("interview_offered", "Return interview offered after the last missing episode"),
            flag("interview_accepted", "Return interview accepted"),
            TEAM,
            derived("last_review", "date", "Latest statutory review"),
            derived("last_visit", "date", "Latest social work visit"),
            derived("last_health_assessment", "date", "Latest health assessment"),
            derived("last_dental_check", "date", "Latest dental check"),
            derived("placement_started", "date", "Start of the current placement"),
            derived("placement_type", "text", "Current placement type: published code"),
            derived("placement_type_group", "text", "Current placement type: group"),
            derived("placed_out_of_area", "boolean", "Current placement is outside the authority"),
            derived("placement_miles", "number", "Distance from home to the current placement, in miles"),
            derived(
                "open_until", "date",
                "Last day known open: the day before it ceased, or the last extract with it",
            ),
        ),
    ),
    EventTable(
        "placements", "Placements", ("child_id", "started"), "started", ended="ended",
        columns=(
            text("child_id", "Keyed hash of identifier scheme and identifier"),
            date("care_started", "Start of the period of care"),
            date("started", "Start of the placement"),
            date("ended", "End of the placement"),
            *code("type", "placement_type", "Placement type"),
            *code("provider", "placement_provider", "Placement provider"),
            text("district", "Postcode district of the placement"),
            text("urn", "Unique reference number of the placement"),
            flag("out_of_area", "Outside the authority"),
            text("authority", "Authority of the placement, as sent"),
            Column("miles", "number", "Distance from home, in miles"),
        ),
    ),
    EventTable(
        "care_reviews", "Reviews of children looked after", ("child_id", "reviewed"), "reviewed",
        columns=(
            text("child_id", "Keyed hash of identifier scheme and identifier"),
            date("care_started", "Start of the period of care"),
            date("reviewed", "Date of the statutory review"),
        ),
    ),
    EventTable(
        "care_visits", "Visits to children looked after", ("child_id", "visited", "visitor"), "visited",
        columns=(
            text("child_id", "Keyed hash of identifier scheme and identifier"),
            date("care_started", "Start of the period of care"),
            date("visited", "Date of the visit or contact"),
            text("visitor", "social worker, or independent reviewing officer"),
        ),
    ),
    EventTable(
        "health_checks", "Health checks of children looked after", ("child_id", "checked", "kind"), "checked",
        columns=(
            text("child_id", "Keyed hash of identifier scheme and identifier"),
            date("care_started", "Start of the period of care"),
            date("checked", "Date of the check"),
            text("kind", "health assessment, or dental check"),
        ),
    ),
    EventTable(
        "care_leavers", "Care leavers", ("child_id",), None,
        columns=(
            *CHILD, DISABILITY,
            flag("uasc", "Unaccompanied asylum-seeking child, or formerly one"),
            *code("eligibility", "eligibility", "Eligibility"),
            date("pathway_plan_reviewed", "Latest pathway plan review"),
            *code("in_touch", "in_touch", "In touch with the authority"),
            date("last_contact", "Latest contact"),
            *code("accommodation", "accommodation", "Type of accommodation"),
            *code("suitability", "suitability", "Suitability of accommodation"),
            *code("activity", "activity", "Activity"),
            TEAM,
        ),
    ),
    EventTable(
        "aggregates", "Figures sent as totals", ("indicator", "covers", "area", "breakdown"), None,
        columns=(
            text("indicator", "Indicator of the catalogue"),
            text("covers", "The month, quarter or year the figure is of"),
            text("area", "Area; empty for the whole county"),
            text("breakdown", "Group within the indicator; empty for all"),
            Column("numerator", "number", "Count, or sum"),
            Column("denominator", "number", "What the numerator is of; empty for a plain count"),
            text("note", "The sender's note"),
        ),
    ),
)
