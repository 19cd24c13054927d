"""What assessments found, one row a factor of a child's assessment.

Source of the codes: Department for Education, children in need census 2025 to 2026, factors identified at assessment.
"""

from __future__ import annotations

from datetime import date

from returns.child_columns import ChildAlone, Day, Text
from returns.declaration import Edition, Return, column, fills
from returns.partner_columns import ABOUT_A_PERSON, LEFT_BEHIND


class AssessmentFactors(ChildAlone):
    """Factors after cleaning."""

    authorised: Day = column(
        "date", "Authorised on", "The day the assessment was authorised.", title="Authorised", required=True,
        nullable=False, example=date(2025, 8, 19),
        spellings=("Assessment authorised", "Assessment authorisation date", "Date assessment authorised",
                   "Authorisation date", "Date authorised"),
    )
    factor: Text = column(
        "code", "Factor", "The factor, by the code of the children in need census.", required=True, nullable=False,
        codes="assessment_factor", example="16A",
        spellings=("Assessment factor", "Assessment factors", "Factor code", "Factor identified", "CIN factor"),
    )


_COLUMNS = ("child_id", "authorised", "factor")

RETURN = Return(
    name="assessment_factors",
    rows_are="a factor of a child's assessment",
    key=("child_id", "authorised", "factor", "factor_group"),
    event_date="authorised",
    fills=(fills("assessment_factors", _COLUMNS),),
    editions=(Edition("2025", date(2025, 4, 1), AssessmentFactors, (*_COLUMNS, *LEFT_BEHIND), ABOUT_A_PERSON),),
    sheet="Assessment_factors",
    sheet_pattern=r".*factors?.*",
    notes=(
        "One row for each factor of each assessment authorised in the six months before the extract.",
        "An assessment that identified none has one row, with the code 21.",
    ),
)
