"""The workforce as totals, one row a quarter, an agency and a group of staff."""

from __future__ import annotations

from datetime import date

from returns.child_columns import Number, Text, Typed, Whole
from returns.declaration import Edition, Return, column, fills
from returns.partner_columns import COMMENT, covers, organisation


def _fte(header: str, description: str, *spellings: str, example: float, required: bool = True) -> Number:
    return column(  # type: ignore[no-any-return]
        "number", header, f"{description} Full-time equivalents.", required=required, lowest=0, example=example,
        spellings=spellings,
    )


class Workforce(Typed):
    """The workforce after cleaning."""

    covers: Text = covers("The quarter, as 2025-26-Q2; posts are those of its last day.")
    organisation: Text = organisation("The agency that employs them.", nullable=False)
    staff: Text = column(
        "code", "Staff group", "The group of staff.", required=True, nullable=False, codes="staff_group",
        example="Social workers", spellings=("Group of staff", "Role group", "Staff", "Job group"),
    )
    in_post_fte: Number = _fte("In post FTE", "Staff in post, agency workers not among them.", "In post",
                               "Staff in post", "FTE in post", example=71.4)
    vacancies_fte: Number = _fte("Vacancies FTE", "Posts that are vacant, those covered by agency workers too.",
                                 "Vacancies", "Vacant posts", "FTE vacancies", example=24.0)
    agency_fte: Number = _fte("Agency FTE", "Agency workers.", "Agency workers", "Agency staff", "FTE agency",
                              "Agency workers FTE", example=16.0)
    leavers_fte: Number = _fte("Leavers FTE", "Staff who left in the quarter.", "Leavers", "Starters and leavers",
                               "FTE leavers", example=2.8, required=False)
    cases: Whole = column(
        "count", "Cases", "Cases held on the quarter's last day.", example=1063,
        spellings=("Open cases", "Number of cases", "Cases held"),
    )
    case_holders: Number = _fte("Case holders", "Staff who hold cases, agency workers among them.",
                                "FTE case holders", "Case holding staff", "Case holders FTE", example=74.0,
                                required=False)


_COLUMNS = (
    "covers", "organisation", "staff", "in_post_fte", "vacancies_fte", "agency_fte", "leavers_fte", "cases",
    "case_holders",
)

RETURN = Return(
    name="workforce",
    rows_are="a group of staff of an agency in a quarter",
    key=("covers", "organisation", "staff_group"),
    event_date=None,
    fills=(fills("workforce", _COLUMNS),),
    editions=(Edition("2025", date(2025, 4, 1), Workforce, (*_COLUMNS, "comment"), (COMMENT,)),),
    level="total",
    sheet="Workforce",
    sheet_pattern=r".*(workforce|staffing).*",
    notes=(
        "Totals alone, as the Department for Education's census of the workforce defines them; nobody by name.",
        "A vacancy is a post without a permanent member of staff, whether or not an agency worker covers it.",
    ),
)
