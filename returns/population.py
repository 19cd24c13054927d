"""Population as the council uses it, one row an area, year and age band."""

from __future__ import annotations

from datetime import date

from returns.child_columns import Text, Typed, Whole
from returns.declaration import Edition, Return, column, fills


class Population(Typed):
    """Population after cleaning."""

    area: Text = column(
        "text", "Area", "The area's code, as E06000019.", required=True, nullable=False, example="E06000019",
        spellings=("Area code", "Geography code", "GSS code", "Area GSS code"),
    )
    year: Whole = column(
        "count", "Year", "The year of the mid-year estimate.", required=True, nullable=False, lowest=1991, highest=2100,
        example=2024, spellings=("Mid-year", "Estimate year", "Mid-year estimate", "MYE year"),
    )
    age_band: Text = column(
        "text", "Age band", "The age band, as 0 to 17.", required=True, nullable=False, example="0 to 17",
        spellings=("Age", "Ages", "Age group"),
    )
    people: Whole = column(
        "count", "People", "How many people.", required=True, example=34439,
        spellings=("Population", "Count", "Number of people", "Estimate", "Persons"),
    )


_COLUMNS = ("area", "year", "age_band", "people")

RETURN = Return(
    name="population",
    rows_are="an area's people of one age band in one year",
    key=("area", "year", "age_band"),
    event_date=None,
    fills=(fills("population_sent", _COLUMNS),),
    editions=(Edition("2025", date(2025, 4, 1), Population, _COLUMNS),),
    cadence="year",
    level="total",
    sheet="Population",
    sheet_pattern=r".*population.*",
    notes=("Mid-year estimates of the Office for National Statistics, whole people.",),
)
