"""Education as totals, one row a term for the county and, where schools send theirs, one for each school."""

from __future__ import annotations

from datetime import date

from returns.child_columns import Text, Typed, Whole
from returns.declaration import Edition, Return, column, fills
from returns.partner_columns import COMMENT


def _count(header: str, description: str, *spellings: str, example: int | None = None) -> Whole:
    return column("count", header, description, spellings=spellings, example=example)  # type: ignore[no-any-return]


class Education(Typed):
    """Education after cleaning."""

    academic_year: Text = column(
        "period", "Academic year", "The academic year, as 2024-25.", required=True, nullable=False, example="2024-25",
        spellings=("Year", "School year"),
    )
    term: Text = column(
        "code", "Term", "The term.", required=True, nullable=False, codes="term", example="Summer",
        spellings=("School term", "Term of the year"),
    )
    urn: Text = column(
        "text", "URN", "The school's unique reference number; empty for the county.", shared=True,
        spellings=("Unique reference number", "School URN", "Establishment URN"),
    )
    school: Text = column(
        "text", "School", "The name of the school, or the county.", shared=True, example="Herefordshire",
        spellings=("School name", "School or county", "Establishment", "Area"),
    )
    missing_education: Whole = _count(
        "Children missing education", "Children missing education on the term's last day.", "CME", "Missing education",
        "Number missing education", example=61,
    )
    home_educated: Whole = _count(
        "Home educated", "Children educated at home on the term's last day.", "EHE", "Elective home education",
        "Electively home educated", example=520,
    )
    suspensions: Whole = _count(
        "Suspensions", "Suspensions in the term.", "Fixed term exclusions", "Number of suspensions", example=340,
    )
    exclusions: Whole = _count(
        "Permanent exclusions", "Permanent exclusions in the term.", "Exclusions", "Number of permanent exclusions",
        "PEX", example=9,
    )
    cin_sessions: Whole = _count(
        "Sessions of children in need", "Sessions that children in need could have attended.", "CIN sessions",
        "CIN possible sessions", example=61200,
    )
    cin_attended: Whole = _count(
        "Sessions attended by children in need", "Of them, those attended.", "CIN attended", "CIN sessions attended",
        example=52300,
    )
    cpp_sessions: Whole = _count(
        "Sessions of children on plans", "Sessions that children on child protection plans could have attended.",
        "CPP sessions", "CPP possible sessions", example=12400,
    )
    cpp_attended: Whole = _count(
        "Sessions attended by children on plans", "Of them, those attended.", "CPP attended", "CPP sessions attended",
        example=9900,
    )
    cla_sessions: Whole = _count(
        "Sessions of children looked after", "Sessions that children looked after could have attended.",
        "CLA sessions", "CLA possible sessions", example=27300,
    )
    cla_attended: Whole = _count(
        "Sessions attended by children looked after", "Of them, those attended.", "CLA attended",
        "CLA sessions attended", example=25100,
    )
    inspection: Text = column(
        "code", "Inspection outcome", "The outcome of an inspection in the term; empty where there was none.",
        codes="inspection_outcome", spellings=("Ofsted outcome", "Inspection grade", "Ofsted judgement"),
    )


_COLUMNS = (
    "academic_year", "term", "urn", "school", "missing_education", "home_educated", "suspensions", "exclusions",
    "cin_sessions", "cin_attended", "cpp_sessions", "cpp_attended", "cla_sessions", "cla_attended", "inspection",
)

RETURN = Return(
    name="education",
    rows_are="a school's or the county's term",
    key=("academic_year", "term_group", "urn"),
    event_date=None,
    fills=(fills("education", _COLUMNS),),
    editions=(Edition("2025", date(2025, 4, 1), Education, (*_COLUMNS, "comment"), (COMMENT,)),),
    cadence="term",
    level="total",
    sheet="Education",
    sheet_pattern=r".*education.*",
    year="academic_year",
    notes=(
        "A row for the county, with no URN, and where schools send theirs one for each school.",
        "A number stands in one row alone: what the schools' rows say is left empty in the county's.",
    ),
)
