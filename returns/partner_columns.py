"""The columns that several of the partners' returns share, and those that are never taken from any of them."""

from __future__ import annotations

from typing import Any

from returns.child_columns import Text
from returns.declaration import Field, column, dropped


def reference(header: str, description: str, *spellings: str, example: str) -> Text:
    """The sender's own reference of what a row is about: it must be there, and is stored as a keyed hash."""
    return column(  # type: ignore[no-any-return]
        "identifier", header, f"{description} Stored as a keyed hash.", required=True, nullable=False, example=example,
        spellings=spellings,
    )


def answer(header: str, description: str, *spellings: str, **details: Any) -> Any:
    """A yes or a no."""
    return column("flag", header, description, spellings=spellings, **{"example": "Yes", **details})


def organisation(description: str, *, required: bool = True, nullable: bool = True) -> Text:
    """The agency that a row is of: kept as sent, and known by its name in config/agencies.yaml."""
    return column(  # type: ignore[no-any-return]
        "agency", "Agency", description, required=required, nullable=nullable, example="West Mercia Police",
        spellings=("Agency name", "Organisation", "Name of agency", "Name of organisation", "Partner agency"),
    )


def covers(description: str) -> Text:
    """The quarter that a total is of."""
    return column(  # type: ignore[no-any-return]
        "period", "Quarter", description, title="Quarter", required=True, nullable=False, example="2025-26-Q2",
        spellings=("Period", "Reporting quarter", "Reporting period"),
    )


# Left behind wherever they turn up; that they were sent is said, so that the sender can leave them out.
NAME: Field = dropped(
    "name", "Name", "A person's name: never loaded.", "Child name", "Child's name", "Name of child", "Full name",
    "Child full name", "Forename and surname", "Adult's name", "Name of adult", "Name of professional", "Subject name",
    noted=True,
)
FORENAME: Field = dropped(
    "forename", "Forename", "A person's name: never loaded.", "First name", "Given name", "Child forename",
    "Child first name", "Adult forename", noted=True,
)
SURNAME: Field = dropped(
    "surname", "Surname", "A person's name: never loaded.", "Last name", "Family name", "Child surname",
    "Child last name", "Adult surname", noted=True,
)
BIRTH: Field = dropped(
    "date_of_birth", "Date of birth", "A full date of birth: never loaded from this return.", "DOB", "D.O.B.",
    "Birth date", "Child DOB", "Child's date of birth", noted=True,
)
WORKER: Field = dropped(
    "worker", "Worker", "The worker's name: never loaded.", "Allocated worker", "Social worker", "Worker name",
    "Officer", "Completed by name", "Decision maker", "Chair", "Conference chair", "Interviewer", "LADO name",
    "Referrer", "Referrer name", "Name of referrer", noted=True,
)
COMMENT: Field = dropped(
    "comment", "Comments", "Free text, which can hold a person's details: never loaded.", "Comment", "Notes", "Note",
    "Details", "Summary", "Description", "Case summary", "Free text", "Reason for contact", "Narrative", noted=True,
)

ABOUT_A_PERSON: tuple[Field, ...] = (NAME, FORENAME, SURNAME, BIRTH, WORKER, COMMENT)
LEFT_BEHIND: tuple[str, ...] = tuple(field.name for field in ABOUT_A_PERSON)
