"""The columns that every child-level list of Annex A begins with, and the ones that most end with.

Source: Ofsted, ILACS Annex A, August 2019 edition (template's Guidance tab).
"""

from __future__ import annotations

from datetime import date

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from returns.declaration import Field, column, dropped

Text = Series[pd.StringDtype]
Whole = Series[pd.Int64Dtype]
Number = Series[pd.Float64Dtype]
Flag = Series[pd.BooleanDtype]
Day = Series[pa.DateTime]


class Typed(pa.DataFrameModel):
    """Settings of every model: other columns may be present; a typed frame is confirmed, never coerced."""

    class Config:
        strict = False
        coerce = False


class ChildAlone(Typed):
    """The child's identifier, where a return gives nothing else about the child."""

    child_id: Text = column(
        "identifier", "Child Unique ID", "The sender's own identifier of the child; stored as a keyed hash.",
        title="Child", required=True, nullable=False, shared=True, example="0012345",
        spellings=(
            "Child ID", "Unique Child ID", "Child Identifier", "Child Unique Identifier", "Unique ID",
            "Unique Identifier",
        ),
        pattern=r".*\bchilds?\b.*\b(id|identifier)\b.*|.*\b(id|identifier)\b.*\bchild\b.*",
    )


class Child(ChildAlone):
    """The five columns about the child."""

    sex: Text = column(
        "code", "Gender", "The child's sex as recorded.", title="Sex", codes="sex", shared=True, example="b) Female",
        spellings=("Sex", "Child Gender", "Gender of Child", "Child's Gender", "Child Sex"),
    )
    ethnicity: Text = column(
        "code", "Ethnicity", "The child's ethnic origin, by the census codes.", codes="ethnicity", shared=True,
        example="a) WBRI",
        spellings=("Ethnic Origin", "Ethnic Group", "Child Ethnicity", "Child's Ethnicity", "Ethnicity Code"),
    )
    birth_month: Day = column(
        "birth", "Date of Birth", "Date of birth, or the expected date for an unborn child; kept as month and year.",
        title="Month of birth", shared=True, example=date(2014, 5, 17),
        spellings=("DOB", "D.O.B.", "D.O.B", "Birth Date", "Child DOB", "Child's DOB"),
        pattern=r"(childs? |expected )?date of birth( of child)?",
    )
    age: Whole = column(
        "age", "Age of Child (Years)", "Age in whole years on the extract's date; -1 for an unborn child.",
        title="Age", shared=True, example=11,
        spellings=("Age", "Child Age", "Age of Child", "Age (Years)", "Age in Years"),
        pattern=r"(childs? )?age( of (the )?child)?( in)?( years)?( at .*)?",
    )


class ChildWithDisability(Child):
    """The five columns about the child, and disability."""

    disability: Flag = column(
        "flag", "Does the Child have a Disability", "Whether the child has a disability.",
        title="Disability", codes="disability", shared=True, example="b) No",
        spellings=(
            "Disability", "Disabled", "Child has a Disability", "Does Child have a Disability", "Is the Child Disabled",
        ),
        pattern=r"(does )?(the )?child (has|have) a disability",
    )


def team() -> Text:
    """The allocated team: kept, because a team is not a person."""
    return column(  # type: ignore[no-any-return]
        "text", "Allocated Team", "The team the child is allocated to.", title="Team", shared=True,
        example="Assessment team", spellings=("Team", "Team Name", "Allocated Team Name"),
    )


WORKER: Field = dropped(
    "worker", "Allocated Worker", "The worker's name: never loaded.", "Worker", "Allocated Social Worker",
    "Social Worker", "Worker Name", "Allocated Worker Name",
)

# What every event table with columns about the child takes from a row.
CHILD = ("child_id", "sex", "ethnicity", "birth_month", "age")
CHILD_WITH_DISABILITY = (*CHILD, "disability")
