"""Ofsted Annex A List 11: prospective adopters at any stage in the last twelve months, one row an adopter."""

from __future__ import annotations

from datetime import date

from returns.child_columns import Day, Flag, Text, Typed, Whole
from returns.declaration import Edition, Return, column, fills


def _day(header: str, description: str, title: str, pattern: str, example: date | None, **more: bool) -> Day:
    return column(  # type: ignore[no-any-return]
        "date", header, description, title=title, example=example, pattern=pattern, **more
    )


class Adopters(Typed):
    """List 11 after cleaning."""

    adopter_id: Text = column(
        "identifier", "Individual adopter identifier", "The sender's own identifier of the adopter; a keyed hash.",
        title="Adopter", required=True, nullable=False, example="A0456", spellings=("Adopter ID", "Adopter identifier"),
        pattern=r"(individual |prospective )?adopters? (unique )?(id|identifier)",
    )
    family: Text = column(
        "identifier", "Family identifier", "The sender's own identifier of the adopters' family; a keyed hash.",
        title="Family", shared=True, example="F0123", spellings=("Family ID", "Adoptive Family Identifier"),
        pattern=r"(adoptive |adopters? )?family (id|identifier)",
    )
    sex: Text = column(
        "code", "Gender", "The adopter's sex as recorded.", title="Sex", codes="sex", shared=True,
        example="b) Female", spellings=("Sex", "Adopter Gender"),
    )
    ethnicity: Text = column(
        "code", "Ethnicity", "The adopter's ethnic origin, by the census codes.", codes="ethnicity", shared=True,
        example="a) WBRI", spellings=("Ethnic Origin", "Ethnic Group"),
    )
    disability: Flag = column(
        "flag", "Disability", "Whether the adopter has a disability.", codes="disability", shared=True,
        example="b) No", spellings=("Disabled", "Does the Adopter have a Disability"),
    )
    fostering_for_adoption: Flag = column(
        "flag", "Is the (prospective) adopter fostering for adoption?", "Whether the adopter fosters for adoption.",
        title="Fostering for adoption", example="No", pattern=r"is the( prospective)? adopter fostering for adoption",
    )
    enquired: Day = _day(
        "Date enquiry received", "The date the enquiry was received.", "Enquired",
        r"date( of)?( the)? enquiry( was)?( received)?", date(2024, 4, 8), required=True,
    )
    stage_1_started: Day = _day(
        "Date Stage 1 started", "The date the first stage began.", "Stage 1 started",
        r"(date )?stage (1|one) start(ed)?( date)?", date(2024, 5, 13),
    )
    stage_1_ended: Day = _day(
        "Date Stage 1 ended", "The date the first stage ended.", "Stage 1 ended",
        r"(date )?stage (1|one) end(ed)?( date)?", date(2024, 7, 15),
    )
    stage_2_started: Day = _day(
        "Date Stage 2 started", "The date the second stage began.", "Stage 2 started",
        r"(date )?stage (2|two) start(ed)?( date)?", date(2024, 7, 29),
    )
    stage_2_ended: Day = _day(
        "Date Stage 2 ended", "The date the second stage ended.", "Stage 2 ended",
        r"(date )?stage (2|two) end(ed)?( date)?", date(2024, 11, 25),
    )
    applied: Day = _day(
        "Date application submitted", "The date the application was made.", "Applied",
        r"date( the)? application( was)? (submitted|made)", date(2024, 11, 25),
    )
    approved: Day = _day(
        "Date application approved", "The date the application was approved.", "Approved",
        r"date( the)? application( was)? approved", date(2024, 12, 16),
    )
    matched: Day = _day(
        "Date adopter matched with child(ren)", "The date the adopter was matched with a child or children.",
        "Matched", r"date( the)? adopters?( was| were)? matched.*", date(2025, 3, 10),
    )
    placed: Day = _day(
        "Date child/children placed with adopter(s)", "The date the child or children came to live with the adopter.",
        "Placed", r"date( the)? child( children| ren)?( was| were)? placed with.*", date(2025, 3, 31),
    )
    children_placed: Whole = column(
        "count", "No. of children placed", "How many children were placed.", title="Children placed", example=1,
        spellings=("Number of children placed",),
    )
    adopted: Day = _day(
        "Date of Adoption Order", "The date of the adoption order.", "Adopted",
        r"date( of)?( the)? adoption order( was)?( made| granted)?", date(2025, 8, 29), shared=True,
    )
    left_process: Day = _day(
        "Date of leaving adoption process", "The date the adopter left the process.", "Left the process",
        r"date( of)? (leaving|left)( the)? adoption process", None,
    )
    reason_left: Text = column(
        "code", "Reason for leaving adoption process", "Why the adopter left the process.", title="Reason left",
        codes="adopter_left_reason", pattern=r"reason( for)? (leaving|left)( the)? adoption process",
    )


_ORDER = (
    "adopter_id", "family", "sex", "ethnicity", "disability", "fostering_for_adoption", "enquired", "stage_1_started",
    "stage_1_ended", "stage_2_started", "stage_2_ended", "applied", "approved", "matched", "placed", "children_placed",
    "adopted", "left_process", "reason_left",
)

RETURN = Return(
    name="adopters",
    rows_are="a prospective adopter",
    key=("adopter_id", "enquired"),
    event_date=None,
    fills=(fills("adopters", _ORDER),),
    editions=(Edition("2019", date(2019, 8, 1), Adopters, _ORDER),),
    level="record",
    sheet="List_11",
    sheet_pattern=r"list\W*_?11\b.*|.*\badopters?\b.*",
    follows=(("enquired", "approved"), ("approved", "matched"), ("matched", "placed"), ("placed", "adopted")),
    notes=("Prospective adopters at any stage in the last twelve months. One row an adopter.",),
)
