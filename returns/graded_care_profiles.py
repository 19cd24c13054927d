"""Graded Care Profiles (the tool for neglect), one row a profile of a child."""

from __future__ import annotations

from datetime import date

from returns.child_columns import ChildAlone, Day, Flag, Text
from returns.declaration import Edition, Return, column, fills
from returns.partner_columns import ABOUT_A_PERSON, LEFT_BEHIND, answer, reference


class GradedCareProfiles(ChildAlone):
    """Graded Care Profiles after cleaning."""

    profile_id: Text = reference(
        "Profile ID", "The profile's own reference.", "GCP ID", "GCP2 ID", "GCP reference", "Profile reference",
        "Graded Care Profile ID", example="GCP-0051",
    )
    completed: Day = column(
        "date", "Completed at", "The day the profile was completed.", title="Completed", required=True, nullable=False,
        example=date(2025, 8, 27),
        spellings=("Date completed", "Completion date", "GCP completed", "GCP2 completed", "GCP date",
                   "Date GCP completed", "Date GCP2 completed"),
    )
    completed_by: Text = column(
        "code", "Completed by agency", "The agency that completed it.", required=True, codes="referring_agency",
        example="Health visiting",
        spellings=("Completed by", "Completing agency", "Agency", "Agency completing", "Agency completing GCP"),
    )
    plan_type: Text = column(
        "code", "Plan type", "The kind of plan the child was on.", codes="plan_type", example="Child protection",
        spellings=("Type of plan", "Plan", "Plan at completion", "Status at completion"),
    )
    shared_with_family: Flag = answer(
        "Outcome shared with family", "Whether the outcome was shared with the family.", "Shared with family",
        "Outcome shared", "Shared with parents", "GCP shared with family",
    )


_COLUMNS = ("profile_id", "child_id", "completed", "completed_by", "plan_type", "shared_with_family")

RETURN = Return(
    name="graded_care_profiles",
    rows_are="a Graded Care Profile of a child",
    key=("profile_id",),
    event_date="completed",
    fills=(fills("graded_care_profiles", _COLUMNS),),
    editions=(Edition("2025", date(2025, 4, 1), GradedCareProfiles, (*_COLUMNS, *LEFT_BEHIND), ABOUT_A_PERSON),),
    sheet="Graded_Care_Profiles",
    sheet_pattern=r".*(graded.?care|gcp).*",
    notes=("All profiles completed in the six months before the extract, by any agency. One row a child.",),
)
