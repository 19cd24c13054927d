"""Ofsted Annex A List 3: referrals received in the six months before the extract, one row a child a referral."""

from __future__ import annotations

from datetime import date

from returns.child_columns import CHILD, WORKER, Child, Day, Flag, Text, Whole, team
from returns.declaration import Edition, Return, column, fills


class Referrals(Child):
    """List 3 after cleaning."""

    referred: Day = column(
        "date", "Date of referral", "The date the referral was received.",
        title="Referral", required=True, nullable=False, example=date(2025, 8, 15),
        spellings=("Referral Date", "Date Referral Received", "Date of the Referral"),
        pattern=r"date( of)?( the)? referral( received)?",
    )
    source: Text = column(
        "code", "Referral Source", "Who made the referral, by the Department's source codes.",
        required=True, codes="source", example="e) 2A: Schools",
        spellings=("Source of Referral", "Referral Source Code"),
        pattern=r".*\breferral\b.*\bsource\b.*",
    )
    no_further_action: Flag = column(
        "flag", "Referral NFA?", "Yes when the referral was closed with no further action.",
        title="No further action", codes="no_further_action", example="b) No",
        spellings=("NFA", "Referral No Further Action", "Referral resulted in NFA", "No Further Action"),
        pattern=r".*\breferral\b.*\b(nfa|no further action)\b.*",
    )
    referrals_12m: Whole = column(
        "count", "Number of Referrals in Last 12 Months",
        "Referrals that started in the twelve months before the child's latest; repeated on each of its rows.",
        title="Referrals in 12 months", example=1,
        pattern=r"(number|no|count) of referrals in( the)? (last|past) 12 months",
    )
    team: Text = team()


_OWN = ("referred", "source", "no_further_action", "referrals_12m")

RETURN = Return(
    name="referrals",
    rows_are="a referral of a child",
    key=("child_id", "referred", "source_group"),
    event_date="referred",
    fills=(fills("referrals", (*CHILD, *_OWN, "team")),),
    editions=(Edition("2019", date(2019, 8, 1), Referrals, (*CHILD, *_OWN, "team", "worker"), (WORKER,)),),
    sheet="List_3",
    sheet_pattern=r"list\W*_?3\b.*|.*referral.*",
    notes=(
        "All referrals received in the six months before the extract. A child may be on several rows.",
        "The number of referrals in the last 12 months is true of the child's last row only.",
    ),
)
