"""Ofsted Annex A List 10: children with a plan for adoption in the last twelve months, one row a child and decision."""

from __future__ import annotations

from datetime import date

from returns.child_columns import CHILD_WITH_DISABILITY, ChildWithDisability, Day, Text
from returns.declaration import Edition, Return, column, fills


class Adoption(ChildWithDisability):
    """List 10 after cleaning."""

    family: Text = column(
        "identifier", "Family identifier",
        "The sender's own identifier of the adopters' family, as in List 11; stored as a keyed hash.",
        title="Family", shared=True, example="F0123", spellings=("Family ID", "Adoptive Family Identifier"),
        pattern=r"(adoptive |adopters? )?family (id|identifier)",
    )
    entered_care: Day = column(
        "date", "Date the Child Entered Care", "The date the child entered care.", title="Entered care", required=True,
        example=date(2024, 3, 4), spellings=("Date Entered Care",), pattern=r"date( the)? child entered care",
    )
    decided: Day = column(
        "date", "Date of Decision that Child Should be Placed for Adoption",
        "The date of the decision that the child should be placed for adoption.", title="Decided", required=True,
        example=date(2024, 9, 16), spellings=("Date of Decision", "Should be Placed for Adoption Decision Date"),
        pattern=r"date( of)?( the)? decision( that)?( the)? child should be placed for adoption",
    )
    placement_order: Day = column(
        "date", "Date of Placement Order", "The date on which the court made the placement order.",
        title="Placement order", example=date(2024, 12, 2), spellings=("Placement Order Date",),
        pattern=r"date( of)?( the)? placement order( was)?( made| granted)?",
    )
    matched: Day = column(
        "date", "Date of Matching Child and Prospective Adopters",
        "The date on which child and prospective adopters were matched.", title="Matched", example=date(2025, 3, 10),
        spellings=("Date of Match", "Date Matched"), pattern=r"date( of)? match(ing|ed)?( of)?( the)? child.*",
    )
    placed: Day = column(
        "date", "Date Placed for Adoption", "The date the child was placed with the adopters.", title="Placed",
        required=True, example=date(2025, 3, 31), spellings=("Date Child Placed for Adoption",),
        pattern=r"date( the)?( child)?( was)? placed for adoption",
    )
    adopted: Day = column(
        "date", "Date of Adoption Order ", "The date of the adoption order.", title="Adopted", required=True,
        shared=True, example=date(2025, 8, 29), spellings=("Adoption Order Date", "Date Adopted"),
        pattern=r"date( of)?( the)? adoption order( was)?( made| granted)?",
    )
    decision_reversed: Day = column(
        "date", "Date of Decision that Child Should No Longer be Placed for Adoption",
        "The date of the decision that the child should no longer be placed for adoption.", title="Decision reversed",
        pattern=r"date( of)?( the)? decision( that)?( the)? child should no longer be placed for adoption",
    )
    reason_reversed: Text = column(
        "code", "Reason Why Child No Longer Placed for Adoption", "Why the child is no longer to be placed.",
        title="Reason reversed", codes="adoption_stopped_reason",
        pattern=r"reason( why)?( the)? child( is)? no longer( to be)? placed for adoption",
    )
    fostered_for_adoption: Day = column(
        "date", "Date the child was placed for fostering in FFA or concurrent planning placement",
        "The date the child was placed with carers who foster for adoption or under concurrent planning.",
        title="Fostered for adoption", pattern=r"date( the)? child was placed for fostering.*",
    )


_OWN = (
    "entered_care", "decided", "placement_order", "matched", "placed", "adopted", "decision_reversed",
    "reason_reversed", "fostered_for_adoption",
)
_CHILD_ID, *_ABOUT = CHILD_WITH_DISABILITY

RETURN = Return(
    name="adoption",
    rows_are="a child with a plan for adoption",
    key=("child_id", "decided"),
    event_date=None,
    fills=(fills("adoptions", (*CHILD_WITH_DISABILITY, "family", *_OWN)),),
    editions=(Edition("2019", date(2019, 8, 1), Adoption, (_CHILD_ID, "family", *_ABOUT, *_OWN)),),
    sheet="List_10",
    sheet_pattern=r"list\W*_?10\b.*|.*\badoption\b.*",
    follows=(("entered_care", "placed"), ("placement_order", "matched"), ("placed", "adopted")),
    notes=(
        "Children adopted in the last twelve months, those with a decision that they should be placed who are not yet "
        "adopted, and those whose decision was reversed.",
    ),
)
