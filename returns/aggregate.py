"""The aggregate return: an indicator's figures as totals, from an agency with no row-level extract, or as history."""

from __future__ import annotations

from datetime import date

from returns.child_columns import Number, Text, Typed
from returns.declaration import Edition, Return, column, fills


class Aggregate(Typed):
    """One figure a row, after cleaning."""

    indicator: Text = column(
        "indicator", "Indicator", "The indicator's id or title, as the catalogue has it.",
        required=True, nullable=False, example="cp_open", spellings=("Indicator ID", "Measure", "Indicator name"),
    )
    covers: Text = column(
        "period", "Quarter", "The quarter, month or year the figure is of, as 2025-26-Q2, 2025-08 or 2025-26.",
        title="Period", required=True, nullable=False, example="2025-26-Q2",
        spellings=("Period", "Month", "Year", "Financial year", "Quarter, month or year", "Reporting period"),
    )
    area: Text = column(
        "text", "Area", "The area within the county; empty for the whole county.",
        spellings=("Locality", "District"),
    )
    breakdown: Text = column(
        "text", "Group", "The group within the indicator; empty for all.",
        title="Group", spellings=("Breakdown", "Area or group", "Category"),
    )
    numerator: Number = column(
        "number", "Numerator", "The count, or the sum of what is measured.",
        required=True, example=412, spellings=("Count", "Number", "Value"),
    )
    denominator: Number = column(
        "number", "Denominator", "What the numerator is of; empty for a plain count.",
        example=None, spellings=("Out of", "Of", "Cohort", "Total"),
    )
    note: Text = column(
        "text", "Note", "Anything a reader of the figure should know. No names.", expected=False,
        spellings=("Notes", "Comment", "Comments"),
    )


_COLUMNS = ("indicator", "covers", "area", "breakdown", "numerator", "denominator", "note")

RETURN = Return(
    name="aggregate",
    rows_are="a figure",
    key=("indicator", "covers", "area", "breakdown"),
    event_date=None,
    fills=(fills("aggregates", _COLUMNS),),
    editions=(Edition("2025", date(2025, 4, 1), Aggregate, _COLUMNS),),
    sender="any agency",
    cadence="any",
    level="total",
    sheet="Figures",
    sheet_pattern=r".*(aggregate|figures|totals).*",
    notes=(
        "One row for each indicator, period, area and group. Counts, never percentages: a rate is two counts.",
        "No names, dates of birth, postcodes or NHS numbers: a file that has them is refused.",
    ),
)
