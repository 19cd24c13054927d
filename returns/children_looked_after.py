"""Ofsted Annex A List 8: children looked after now or in the last six months, one row a child (the latest period)."""

from __future__ import annotations

from datetime import date

from returns.child_columns import CHILD, WORKER, ChildWithDisability, Day, Flag, Number, Text, Whole, team
from returns.declaration import Edition, Fixed, Return, column, fills

_PERIOD = r"(number|no|count) of episodes( that)? the child has been {} from their placement in the last 12 months"


class PeriodOfCare(ChildWithDisability):
    """List 8 after cleaning: the period of care and its legal status."""

    uasc: Flag = column(
        "flag", "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
        "Unaccompanied asylum-seeking child at any time in the last twelve months.",
        title="Unaccompanied asylum-seeking child", codes="uasc", example="b) No", spellings=("UASC",),
        pattern=r"unaccompanied asylum seeking child.*",
    )
    started: Day = column(
        "date", "Date Started to be Looked After", "The date the child started to be looked after.",
        title="Started", required=True, nullable=False, example=date(2024, 11, 12),
        spellings=("Date Child Started to be Looked After", "LAC Start Date", "CLA Start Date"),
        pattern=r"date( child)? (started|began) to be looked after",
    )
    need: Text = column(
        "code", "Child's Category of Need", "The child's main need, by the census codes.",
        title="Category of need", codes="need", example="N1 - Abuse or neglect", spellings=("Category of Need",),
    )
    second_period: Flag = column(
        "flag",
        "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)",
        "Whether this is a second or later period of care within twelve months.",
        title="Second period in 12 months", example="b) No",
        pattern=r".*second or subsequent (period|episode) of being a looked after child.*",
    )
    legal_status_started: Day = column(
        "date", "Start date of current legal status", "The start of the current legal status.",
        title="Legal status from", example=date(2025, 1, 20), spellings=("Legal Status Start Date",),
        pattern=r"start date of( the)? (current|latest) legal status",
    )
    legal_status: Text = column(
        "code", "Child's Legal Status", "The legal status, by the SSDA903 codes.",
        title="Legal status", required=True, codes="legal_status", example="C2: FCO",
        spellings=("Legal Status", "Current Legal Status"), pattern=r"childs? .*legal status.*",
    )
    last_review: Day = column(
        "date", "Date of Latest Statutory Review", "The date of the latest statutory review.",
        title="Last review", example=date(2025, 7, 15), spellings=("Latest Statutory Review Date",),
        pattern=r"date of( the)? (last|latest) statutory review",
    )
    last_visit: Day = column(
        "date", "Date of Last Social Work Visit", "The date of the latest social work visit.",
        title="Last visit", example=date(2025, 9, 10), spellings=("Last Social Work Visit Date",),
        pattern=r"date of( the)? (last|latest) (social work|statutory) visit",
    )
    permanence_plan: Text = column(
        "code", "What is the permanence plan for this child?", "The permanence plan.",
        title="Permanence plan", codes="permanence_plan", example="f) Long-term fostering",
        spellings=("Permanence Plan",), pattern=r".*permanence plan.*",
    )
    last_officer_visit: Day = column(
        "date", "Date of Last IRO Visit / Contact to the Child",
        "The date of the independent reviewing officer's latest visit to or contact with the child.",
        title="Last independent reviewing officer contact", example=date(2025, 7, 8),
        spellings=("Date of Last IRO Visit",), pattern=r"date of( the)? (last|latest) iro (visit|contact).*",
    )
    last_health_assessment: Day = column(
        "date", "Date of Last Health Assessment", "The date of the latest health assessment.",
        title="Last health assessment", example=date(2025, 2, 18),
        pattern=r"date of( the)? (last|latest)( statutory)? health assessment",
    )
    last_dental_check: Day = column(
        "date", "Date of Last Dental Check", "The date of the latest dental check.",
        title="Last dental check", example=date(2025, 4, 2),
        pattern=r"date of( the)? (last|latest) (dental check|dental check up|dentist (visit|check))",
    )
    placements_12m: Whole = column(
        "count", "Number of Placements in the Last 12 months", "How many placements in the last twelve months.",
        title="Placements in 12 months", required=True, example=1,
        pattern=r"(number|no|count) of placements in( the)? (last|past) 12 months",
    )
    ceased: Day = column(
        "date", "Date Ceased to be Looked After ",
        "The date the child ceased to be looked after; empty while looked after.",
        title="Ceased", required=True, spellings=("LAC End Date", "CLA End Date"),
        pattern=r"date( child)? ceased to be looked after",
    )
    ceased_reason: Text = column(
        "code", "Reason Ceased to be Looked After", "Why the child ceased to be looked after, by the SSDA903 codes.",
        title="Reason ceased", codes="ceased_reason", pattern=r"reason( child)? ceased to be looked after",
    )


class ChildrenLookedAfter(PeriodOfCare):
    """List 8 after cleaning: the period of care and its latest placement."""

    placement_started: Day = column(
        "date", "Start Date of Most Recent Placement", "The start of the latest placement.",
        title="Placement started", required=True, example=date(2025, 1, 20),
        spellings=("Placement Start Date",), pattern=r"start date of( the)? (most recent|latest|current) placement",
    )
    placement_type: Text = column(
        "code", "Placement Type", "The type of placement, by the SSDA903 codes.",
        required=True, codes="placement_type", example="d) U4: Foster placement - long term",
        spellings=("Type of Placement",),
    )
    placement_provider: Text = column(
        "code", "Placement Provider", "Who provides the placement, by the SSDA903 codes.",
        codes="placement_provider", example="b) PR1: Own provision", spellings=("Provider of Placement",),
    )
    placement_district: Text = column(
        "postcode", "Placement postcode", "The postcode of the placement; kept as its district.",
        title="Placement's postcode district", example="HR4 9XX", spellings=("Postcode of Placement",),
        pattern=r"placement post ?code",
    )
    placement_urn: Text = column(
        "text", "URN of Placement", "The unique reference number of the placement, as the inspectorate gives it.",
        title="Placement's reference number", example="SC000000", spellings=("Placement URN",),
        pattern=r"(ofsted )?urn( of( the)? placement)?",
    )
    out_of_area: Flag = column(
        "flag", "Placement Location", "Whether the placement is inside or outside the authority.",
        title="Outside the authority", codes="placement_location", yes=("Out",), no=("In",), example="a) In",
        spellings=("Location of Placement",),
    )
    placement_authority: Text = column(
        "text", "LA of Placement", "The authority the placement is in, as sent.",
        title="Placement's authority", example="Herefordshire",
        spellings=("Local Authority of Placement", "Placement LA"),
        pattern=r"(la|local authority) of( the)? placement",
    )
    missing_12m: Whole = column(
        "count",
        "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 months",
        "Missing episodes in the last twelve months.", title="Missing episodes in 12 months", example=0,
        pattern=_PERIOD.format("missing"),
    )
    absent_12m: Whole = column(
        "count",
        "Number of Episodes the Child has been ‘Absent’ from their Placement in the last 12 months",
        "Absent episodes in the last twelve months.", title="Absent episodes in 12 months", example=0,
        pattern=_PERIOD.format("absent"),
    )
    interview_offered: Flag = column(
        "flag", "Was the child offered a Return Interview after their last missing episode (Y/N)?",
        "Whether a return interview was offered after the last missing episode.",
        title="Return interview offered", codes="interview_offered",
        pattern=r"was the child offered a return( home)? interview.*",
    )
    interview_accepted: Flag = column(
        "flag", "Did the child accept a Return Interview after their last missing episode (Y/N)?",
        "Whether the child accepted it.", title="Return interview accepted", codes="interview_accepted",
        pattern=r"did the child accept (a|the) return( home)? interview.*",
    )
    team: Text = team()
    distance_miles: Number = column(
        "number", "Distance from home (miles)",
        "Distance from home to the placement in miles. Not in Ofsted's list: without it, how many are placed "
        "over 20 miles away is not available.",
        title="Distance from home in miles", expected=False,
        spellings=("distance_miles", "Distance Miles", "Distance in miles", "Placement distance (miles)"),
        pattern=r"(placement )?distance( from home)?( in)? miles",
    )


_CARE = (
    "started", "need", "second_period", "uasc", "legal_status_started", "legal_status", "permanence_plan",
    "placements_12m", "ceased", "ceased_reason", "missing_12m", "absent_12m", "interview_offered", "interview_accepted",
)
_ORDER = (
    "uasc", "disability", "started", "need", "second_period", "legal_status_started", "legal_status", "last_review",
    "last_visit", "permanence_plan", "last_officer_visit", "last_health_assessment", "last_dental_check",
    "placements_12m", "ceased", "ceased_reason", "placement_started", "placement_type", "placement_provider",
    "placement_district", "placement_urn", "out_of_area", "placement_authority", "missing_12m", "absent_12m",
    "interview_offered", "interview_accepted", "team", "worker", "distance_miles",
)

RETURN = Return(
    name="children_looked_after",
    rows_are="a child's latest period of care",
    key=("child_id", "started"),
    event_date="started",
    fills=(
        fills("periods_of_care", (*CHILD, "disability", *_CARE, "team")),
        fills(
            "placements", ("child_id", "out_of_area"), when="placement_started", latest_only=True,
            care_started="started", started="placement_started", type="placement_type",
            provider="placement_provider", district="placement_district", urn="placement_urn",
            authority="placement_authority", miles="distance_miles",
        ),
        fills(
            "care_reviews", ("child_id",), when="last_review", latest_only=True,
            care_started="started", reviewed="last_review",
        ),
        fills(
            "care_visits", ("child_id",), when="last_visit", latest_only=True,
            care_started="started", visited="last_visit", visitor=Fixed("social worker"),
        ),
        fills(
            "care_visits", ("child_id",), when="last_officer_visit", latest_only=True,
            care_started="started", visited="last_officer_visit", visitor=Fixed("independent reviewing officer"),
        ),
        fills(
            "health_checks", ("child_id",), when="last_health_assessment", latest_only=True,
            care_started="started", checked="last_health_assessment", kind=Fixed("health assessment"),
        ),
        fills(
            "health_checks", ("child_id",), when="last_dental_check", latest_only=True,
            care_started="started", checked="last_dental_check", kind=Fixed("dental check"),
        ),
    ),
    editions=(Edition("2019", date(2019, 8, 1), ChildrenLookedAfter, (*CHILD, *_ORDER), (WORKER,)),),
    sheet="List_8",
    sheet_pattern=r"list\W*_?8\b.*|.*looked after.*|.*children in care.*|.*\b(cla|lac)\b.*",
    notes=(
        "Children looked after now or who ceased in the last six months. One row a child: the latest period of care.",
        "Reviews, visits, health checks and the placement are the latest only.",
        "The last column, the distance from home in miles, is not Ofsted's and may be left out.",
    ),
)
