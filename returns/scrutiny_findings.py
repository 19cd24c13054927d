"""What independent scrutiny found, one row a finding."""

from __future__ import annotations

from datetime import date

from returns.child_columns import Text, Typed
from returns.declaration import Edition, Return, column, fills
from returns.partner_columns import COMMENT, NAME, covers


class ScrutinyFindings(Typed):
    """Findings after cleaning."""

    covers: Text = covers("The quarter of the scrutiny, as 2025-26-Q2.")
    area: Text = column(
        "text", "Area", "The area of work that was looked at.", required=True, nullable=False, example="Front door",
        spellings=("Area of scrutiny", "Area of practice", "Line of enquiry"),
    )
    kind: Text = column(
        "code", "Strength or development", "Whether it is a strength or an area to develop.", required=True,
        codes="finding_kind", example="Development",
        spellings=("Strength or area for development", "Kind of finding", "Type of finding"),
    )
    finding: Text = column(
        "text", "Finding", "What was found; no names.", required=True, nullable=False,
        example="Schools are not told the outcome of their referrals",
        spellings=("What was found", "Scrutiny finding", "Findings"),
    )
    recommendation: Text = column(
        "text", "Recommendation", "What is recommended; empty for a strength.",
        example="Tell every referrer the outcome within ten days",
        spellings=("What is recommended", "Scrutiny recommendation", "Recommended action"),
    )
    response: Text = column(
        "text", "Response", "What the partnership answered; empty until it has.",
        spellings=("Partnership response", "Response of the partnership", "Management response"),
    )


_COLUMNS = ("covers", "area", "kind", "finding", "recommendation", "response")

RETURN = Return(
    name="scrutiny_findings",
    rows_are="a finding of scrutiny",
    key=("covers", "area", "finding"),
    event_date=None,
    fills=(fills("scrutiny_findings", _COLUMNS),),
    editions=(Edition("2025", date(2025, 4, 1), ScrutinyFindings, (*_COLUMNS, "name", "comment"), (NAME, COMMENT)),),
    level="record",
    sheet="Scrutiny_findings",
    sheet_pattern=r".*scrutin.*",
    notes=("The findings of the last year, each with the partnership's response once there is one. About services, "
           "never about a child or a worker.",),
)
