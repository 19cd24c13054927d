"""Ofsted Annex A List 2: early help assessments and current interventions, one row an assessment."""

from __future__ import annotations

from datetime import date

from returns.child_columns import CHILD, Child, Day, Text
from returns.declaration import Edition, Return, column, fills


class EarlyHelp(Child):
    """List 2 after cleaning."""

    started: Day = column(
        "date", "Assessment start date", "The date the early help assessment started.",
        title="Started", required=True, nullable=False, example=date(2025, 7, 8),
        spellings=("Early Help Assessment Start Date", "EHA Start Date"),
        pattern=r"(early help |eha )?(assessment )?(start date|date started)( of (early help )?assessment)?",
    )
    completed: Day = column(
        "date", "Assessment completion date", "The date the early help assessment was completed; empty while open.",
        title="Completed", required=True, example=date(2025, 8, 12),
        spellings=("Early Help Assessment Completion Date", "Assessment completed date", "EHA Completion Date"),
        pattern=r"(early help |eha )?(assessment )?(completion date|date completed)( of (early help )?assessment)?",
    )
    organisation: Text = column(
        "organisation", "Organisation completing assessment",
        "The organisation that completed the assessment; the council's own are told apart by config/agencies.yaml.",
        title="Organisation", example="Hereford Primary School",
        spellings=("Organisation", "Organisation completing the assessment", "Agency completing assessment"),
        pattern=r"(name of )?(organisation|agency) completing.*assessment",
    )


_OWN = ("started", "completed", "organisation")

RETURN = Return(
    name="early_help",
    rows_are="an early help assessment of a child",
    key=("child_id", "started"),
    event_date="started",
    fills=(fills("early_help_episodes", (*CHILD, *_OWN)),),
    editions=(Edition("2019", date(2019, 8, 1), EarlyHelp, (*CHILD, *_OWN)),),
    sheet="List_2",
    sheet_pattern=r"list\W*_?2\b.*|.*early.?help.*",
    notes=(
        "All early help assessments in the six months before the extract, and current interventions that the "
        "authority coordinates. A child may be on several rows.",
    ),
)
