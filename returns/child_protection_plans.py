"""Ofsted Annex A List 7: child protection plans open now or ended in the last six months, one row a child."""

from __future__ import annotations

from datetime import date

from returns.child_columns import CHILD_WITH_DISABILITY, WORKER, ChildWithDisability, Day, Flag, Text, Whole, team
from returns.declaration import Edition, Return, column, fills

_CPP = r"(child protection plan|child protection|cpp|cp plan|cp)"


class ChildProtectionPlans(ChildWithDisability):
    """List 7 after cleaning."""

    started: Day = column(
        "date", "Child Protection Plan Start Date", "The date the plan started.",
        title="Started", required=True, nullable=False, example=date(2025, 5, 6),
        spellings=("CPP Start Date", "CP Plan Start Date"), pattern=_CPP + r" (start date|date started)",
    )
    initial_category: Text = column(
        "code", "Initial Category of Abuse", "The category of abuse when the plan started.",
        title="Initial category", required=True, codes="category", example="a) Neglect",
        spellings=("Initial Category",), pattern=r"initial category( of)?( abuse)?.*",
    )
    latest_category: Text = column(
        "code", "Latest Category of Abuse", "The category of abuse now, or when the plan ended.",
        title="Latest category", codes="category", example="a) Neglect",
        spellings=("Latest Category", "Current Category of Abuse"),
        pattern=r"(latest|current) category( of)?( abuse)?.*",
    )
    last_visit: Day = column(
        "date", "Date of the Last Statutory Visit", "The date of the latest statutory visit.",
        title="Last visit", example=date(2025, 9, 24),
        spellings=("Date of Last Statutory Visit", "Last Statutory Visit Date"),
        pattern=r"date of( the)? (last|latest) statutory visit.*",
    )
    seen_alone: Flag = column(
        "flag", "Was the Child Seen Alone?", "Whether the child was seen alone at the latest visit.",
        title="Seen alone", codes="seen_alone", example="a) Yes",
        spellings=("Child Seen Alone", "Seen Alone"),
        pattern=r"(was the )?child seen alone.*",
    )
    last_review: Day = column(
        "date", "Date of latest review conference", "The date of the latest review conference.",
        title="Last review", example=date(2025, 8, 4),
        spellings=("Date of Latest Review", "Latest Review Conference Date", "Date of last review conference"),
        pattern=r"date of( the)? (last|latest) (child protection )?review( conference)?",
    )
    ended: Day = column(
        "date", "Child Protection Plan End Date", "The date the plan ended; empty while open.",
        title="Ended", required=True, spellings=("CPP End Date", "CP Plan End Date"),
        pattern=_CPP + r" (end date|date ended|closure date)",
    )
    emergency: Flag = column(
        "flag", "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)",
        "An emergency protection order or police powers in the last six months.",
        title="Emergency protection", example="b) No", pattern=r"subject to emergency protection order.*",
    )
    previous_plans: Whole = column(
        "count", "Number of Previous Child Protection Plans", "How many plans the child had before this one, ever.",
        title="Earlier plans", required=True, example=0,
        spellings=("Previous Child Protection Plans", "Number of Previous CPPs"),
        pattern=r"(number|no|count) of previous (child protection plans?|cpps?|cp plans?)",
    )
    team: Text = team()


_PLAN = ("started", "initial_category", "latest_category", "ended", "emergency", "previous_plans")
_ORDER = (
    "started", "initial_category", "latest_category", "last_visit", "seen_alone", "last_review", "ended", "emergency",
    "previous_plans", "team", "worker",
)

RETURN = Return(
    name="child_protection_plans",
    rows_are="a child's latest child protection plan",
    key=("child_id", "started"),
    event_date="started",
    fills=(
        fills("plans", (*CHILD_WITH_DISABILITY, *_PLAN, "team")),
        fills(
            "plan_visits", ("child_id", "seen_alone"), when="last_visit", latest_only=True,
            plan_started="started", visited="last_visit",
        ),
        fills(
            "plan_reviews", ("child_id",), when="last_review", latest_only=True,
            plan_started="started", reviewed="last_review",
        ),
    ),
    editions=(Edition("2019", date(2019, 8, 1), ChildProtectionPlans, (*CHILD_WITH_DISABILITY, *_ORDER), (WORKER,)),),
    sheet="List_7",
    sheet_pattern=r"list\W*_?7\b.*|.*child protection.*|.*\bcpp?\b.*",
    notes=(
        "Children with a plan now or whose plan ended in the last six months. One row a child: the latest plan.",
        "A plan may start before birth. Visits and reviews are the latest only.",
    ),
)
