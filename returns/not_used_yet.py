"""Lists 10 and 11 of Annex A: recognised, so that a workbook's sheets are all named, and not loaded yet.

Source: Ofsted, ILACS Annex A, August 2019 edition.
"""

from __future__ import annotations

from returns.declaration import Field, Kind, NotUsedYet


def _columns(*columns: tuple[str, Kind, str], shared: frozenset[str] = frozenset()) -> tuple[Field, ...]:
    return tuple(
        Field(name, header, header, kind, header, shared=name in shared, keep="dropped")
        for name, kind, header in columns
    )


_ABOUT_A_PERSON = frozenset({"child_id", "sex", "ethnicity", "birth_month", "age", "disability", "family"})

ADOPTION = NotUsedYet(
    "adoption", "List 10: Adoption", sheet="List_10",
    fields=_columns(
        ("child_id", "text", "Child Unique ID"),
        ("family", "text", "Family identifier"),
        ("sex", "text", "Gender"),
        ("ethnicity", "text", "Ethnicity"),
        ("birth_month", "date", "Date of Birth"),
        ("age", "text", "Age of Child (Years)"),
        ("disability", "text", "Does the Child have a Disability"),
        ("entered_care", "date", "Date the Child Entered Care"),
        ("decided", "date", "Date of Decision that Child Should be Placed for Adoption"),
        ("placement_order", "date", "Date of Placement Order"),
        ("matched", "date", "Date of Matching Child and Prospective Adopters"),
        ("placed", "date", "Date Placed for Adoption"),
        ("adopted", "date", "Date of Adoption Order"),
        ("decision_reversed", "date", "Date of Decision that Child Should No Longer be Placed for Adoption"),
        ("reason_reversed", "text", "Reason Why Child No Longer Placed for Adoption"),
        ("fostered_for_adoption", "date",
         "Date the child was placed for fostering in FFA or concurrent planning placement"),
        shared=_ABOUT_A_PERSON,
    ),
)

ADOPTERS = NotUsedYet(
    "adopters", "List 11: Adopters", sheet="List_11",
    fields=_columns(
        ("adopter_id", "text", "Individual adopter identifier"),
        ("family", "text", "Family identifier"),
        ("sex", "text", "Gender"),
        ("ethnicity", "text", "Ethnicity"),
        ("disability", "text", "Disability"),
        ("fostering_for_adoption", "text", "Is the (prospective) adopter fostering for adoption?"),
        ("enquired", "date", "Date enquiry received"),
        ("stage_1_started", "date", "Date Stage 1 started"),
        ("stage_1_ended", "date", "Date Stage 1 ended"),
        ("stage_2_started", "date", "Date Stage 2 started"),
        ("stage_2_ended", "date", "Date Stage 2 ended"),
        ("applied", "date", "Date application submitted"),
        ("approved", "date", "Date application approved"),
        ("matched", "date", "Date adopter matched with child(ren)"),
        ("placed", "date", "Date child/children placed with adopter(s)"),
        ("children_placed", "text", "No. of children placed"),
        ("adopted", "date", "Date of Adoption Order"),
        ("left_process", "date", "Date of leaving adoption process"),
        ("reason_left", "text", "Reason for leaving adoption process"),
        shared=_ABOUT_A_PERSON,
    ),
)
