"""The partnership's budget, one row a year and a line: what was agreed and what it came to."""

from __future__ import annotations

from datetime import date

from returns.child_columns import Number, Text, Typed
from returns.declaration import Edition, Return, column, fills
from returns.partner_columns import COMMENT, organisation


class Budget(Typed):
    """The budget after cleaning."""

    covers: Text = column(
        "period", "Year", "The financial year, as 2024-25.", required=True, nullable=False, example="2024-25",
        spellings=("Financial year", "Budget year"),
    )
    line: Text = column(
        "text", "Line", "The line of the budget.", required=True, nullable=False, example="Training expenses",
        spellings=("Budget line", "Budget item", "Item", "Cost heading"),
    )
    kind: Text = column(
        "code", "Kind", "Whether it is a contribution or a cost.", required=True, nullable=False, codes="budget_kind",
        example="Cost", spellings=("Kind of line", "Income or cost", "Contribution or cost"),
    )
    organisation: Text = organisation("The agency that contributes; empty for a cost.", required=False)
    agreed: Number = column(
        "number", "Agreed", "Pounds agreed for the year; income among costs is below nought.", required=True,
        example=28000, spellings=("Agreed budget", "Budget agreed", "Budgeted", "Planned spend"),
    )
    actual: Number = column(
        "number", "Actual", "Pounds that it came to; empty until the year is over.", required=True, example=27450,
        spellings=("Actual spend", "Outturn", "Spent", "Received"),
    )


_COLUMNS = ("covers", "line", "kind", "organisation", "agreed", "actual")

RETURN = Return(
    name="budget",
    rows_are="a line of the budget",
    key=("covers", "line", "kind_group"),
    event_date=None,
    fills=(fills("budget", _COLUMNS),),
    editions=(Edition("2025", date(2025, 4, 1), Budget, (*_COLUMNS, "comment"), (COMMENT,)),),
    cadence="year",
    level="total",
    sheet="Budget",
    sheet_pattern=r".*(budget|finance).*",
    year="covers",
    notes=("Every contribution and every cost of the year, in pounds, once the year is over.",),
)
