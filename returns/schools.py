"""The list of all schools, one row a school: what makes the return rate of the section 175 audit possible."""

from __future__ import annotations

from datetime import date

from returns.child_columns import Day, Text, Typed
from returns.declaration import Edition, Return, column, fills


def urn() -> Text:
    """The school's number, which is public and is kept as sent."""
    return column(  # type: ignore[no-any-return]
        "text", "URN", "The school's unique reference number (Get information about schools).", required=True,
        nullable=False, shared=True, example="116678",
        spellings=("Unique reference number", "School URN", "Establishment URN", "GIAS URN"),
    )


def school() -> Text:
    """The school's name."""
    return column(  # type: ignore[no-any-return]
        "text", "School", "The name of the school.", shared=True, example="An example primary school",
        spellings=("School name", "Name of school", "Establishment", "Establishment name", "EstablishmentName"),
    )


def phase() -> Text:
    """The school's phase."""
    return column(  # type: ignore[no-any-return]
        "code", "Phase", "The phase of education.", required=True, codes="phase", shared=True, example="Primary",
        spellings=("Phase of education", "School phase", "PhaseOfEducation", "Phase of education (name)"),
    )


class Schools(Typed):
    """The list of schools after cleaning."""

    urn: Text = urn()
    school: Text = school()
    phase: Text = phase()
    opened: Day = column(
        "date", "Opened", "The day the school opened, where it is not as old as the records.", example=date(2011, 9, 1),
        spellings=("Open date", "Date opened", "OpenDate", "Opening date"),
    )
    closed: Day = column(
        "date", "Closed", "The day the school closed; empty while it is open.", ahead=True,
        spellings=("Close date", "Date closed", "CloseDate", "Closing date"),
    )


_COLUMNS = ("urn", "school", "phase", "opened", "closed")

RETURN = Return(
    name="schools",
    rows_are="a school",
    key=("urn",),
    event_date=None,
    fills=(fills("schools", _COLUMNS),),
    editions=(Edition("2025", date(2025, 4, 1), Schools, _COLUMNS),),
    cadence="academic year",
    level="record",
    sheet="Schools",
    sheet_pattern=r".*schools?.*",
    follows=(("opened", "closed"),),
    notes=("Every school, college and early years setting that is asked for a section 175 audit, those closed too.",),
)
