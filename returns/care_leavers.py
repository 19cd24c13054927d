"""Ofsted Annex A List 9: care leavers on the extract's date, one row a young person, in both editions.

Source of the later edition: Annex A, January 2024 (17 columns).
"""

from __future__ import annotations

from datetime import date

from returns.child_columns import CHILD, CHILD_WITH_DISABILITY, WORKER, ChildWithDisability, Day, Flag, Text, team
from returns.declaration import Added, Edition, Return, column, dropped, fills


class CareLeavers2019(ChildWithDisability):
    """List 9 of August 2019 after cleaning."""

    team: Text = team()
    eligibility: Text = column(
        "code", "Eligibility Category", "Why the young person is entitled to leaving care services.",
        title="Eligibility", required=True, codes="eligibility", example="b) Former relevant child",
        spellings=("Eligibility", "Care Leaver Eligibility"), pattern=r"(care leaver )?eligibility (category|status)",
    )
    in_touch: Text = column(
        "code", "LA In Touch ", "Whether the authority is in touch with the young person.",
        title="In touch", required=True, codes="in_touch", example="a) Yes",
        spellings=("LA in touch", "In Touch", "Local Authority In Touch"),
        pattern=r"(is )?(the )?(la|local authority) in touch.*",
    )
    accommodation: Text = column(
        "code", "Type of Accommodation", "Where the young person lives, by the SSDA903 codes.",
        title="Accommodation", required=True, codes="accommodation", example="U: Independent living",
        spellings=("Accommodation Type", "Accommodation"), pattern=r"(type of accommodation|accommodation type).*",
    )
    suitability: Text = column(
        "code", "Suitability of Accommodation", "Whether the accommodation is suitable.",
        title="Suitability", required=True, codes="suitability", example="a) Suitable",
        spellings=("Accommodation Suitability", "Accommodation Suitable"),
        pattern=r"(suitability of accommodation|accommodation suitab\w+).*",
    )
    activity: Text = column(
        "code", "Activity Status", "Education, employment or training, by the SSDA903 codes.",
        title="Activity", required=True, codes="activity", example="F2: Full time in education other than higher",
        spellings=("Activity", "Main Activity", "Current Activity Status"),
    )


class CareLeavers2024(CareLeavers2019):
    """List 9 of January 2024 after cleaning: what it adds."""

    uasc: Flag = column(
        "flag", "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)",
        "Unaccompanied asylum-seeking child, or formerly one.", title="Unaccompanied asylum-seeking child",
        codes="uasc", example="b) No", spellings=("UASC",), pattern=r"unaccompanied asylum seeking child.*",
    )
    pathway_plan_reviewed: Day = column(
        "date", "Latest Pathway Plan Review Date", "The date of the latest review of the pathway plan.",
        title="Pathway plan reviewed", example=date(2025, 6, 19),
        pattern=r"(date of )?(the )?(latest|last) pathway plan review( date)?",
    )
    last_contact: Day = column(
        "date", "Latest Date of Contact", "The date of the authority's latest contact.", title="Last contact",
        example=date(2025, 9, 17), spellings=("Date of Latest Contact", "Latest Contact Date", "Date of Last Contact"),
    )


_EDITION_2019 = Edition(
    "2019", date(2019, 8, 1), CareLeavers2019,
    (*CHILD_WITH_DISABILITY, "team", "worker", "eligibility", "in_touch", "accommodation", "suitability", "activity"),
    (WORKER,),
)

EDITION_2024_ADDS = (
    Added("uasc", after="age"),
    Added("personal_adviser", after="worker"),
    Added("pathway_plan_reviewed", after="eligibility"),
    Added("last_contact", after="in_touch"),
)
_PERSONAL_ADVISER = dropped(
    "personal_adviser", "Allocated Personal Advisor", "The personal adviser's name: never loaded.",
    "Allocated Personal Adviser", "Personal Adviser", "Personal Advisor",
)

_EDITION_2024 = _EDITION_2019.later(
    "2024", since=date(2024, 1, 1), model=CareLeavers2024, adds=EDITION_2024_ADDS, leaves_behind=(_PERSONAL_ADVISER,)
)

_OWN = (
    "uasc", "eligibility", "pathway_plan_reviewed", "in_touch", "last_contact", "accommodation", "suitability",
    "activity", "team",
)

RETURN = Return(
    name="care_leavers",
    rows_are="a care leaver",
    key=("child_id",),
    event_date=None,
    fills=(fills("care_leavers", (*CHILD, "disability", *_OWN)),),
    editions=(_EDITION_2019, _EDITION_2024),
    sheet="List_9",
    sheet_pattern=r"list\W*_?9\b.*|.*care leavers.*",
    notes=("Relevant, former relevant and qualifying care leavers on the extract's date. One row a young person.",),
)
