"""The section 11 audit: an agency's answers on the safeguarding standards, one row a question."""

from __future__ import annotations

from datetime import date

from returns.audit_columns import action, action_completed, action_due, returned
from returns.child_columns import Day, Flag, Text, Typed
from returns.declaration import Edition, Return, column, fills
from returns.partner_columns import COMMENT, NAME, answer


class Section11(Typed):
    """Answers after cleaning."""

    respondent: Text = column(
        "agency", "Agency", "The agency that answers.", title="Agency", required=True, nullable=False,
        example="West Mercia Police",
        spellings=("Agency name", "Organisation", "Name of agency", "Name of organisation", "Respondent"),
    )
    audit_year: Text = column(
        "period", "Audit year", "The year of the audit, as 2025-26.", required=True, nullable=False, example="2025-26",
        spellings=("Year", "Year of audit", "Section 11 year", "Audit period"),
    )
    returned: Day = returned()
    standard: Text = column(
        "code", "Standard", "The standard, by its number or name.", required=True, nullable=False,
        codes="section_11_standard", example="1: Senior leadership",
        spellings=("Section 11 standard", "Standard number", "Standard name"),
    )
    question: Text = column(
        "text", "Question", "The question, by its number or words, as the audit has it.", required=True,
        nullable=False, example="1.1", spellings=("Question number", "Question ref", "Requirement"),
    )
    self_grade: Text = column(
        "code", "Self grade", "The agency's own grade.", required=True, codes="section_11_grade", example="Partly met",
        spellings=("Self assessment", "Self-assessed grade", "Grade", "Self assessment grade", "Agency grade",
                   "Self rating"),
    )
    moderated_grade: Text = column(
        "code", "Moderated grade", "The grade after moderation.", codes="section_11_grade", example="Partly met",
        spellings=("Moderated", "Moderation grade", "Panel grade", "Grade after moderation", "Challenge panel grade"),
    )
    evidence_seen: Flag = answer("Evidence seen", "Whether evidence was seen.", "Evidence", "Evidence provided",
                                 "Evidence reviewed")
    action: Text = action()
    action_owner: Text = column(
        "text", "Action owner", "The role that owns the action; never a name.", example="Safeguarding lead",
        spellings=("Owner", "Lead", "Action lead", "Owner of action"),
    )
    action_due: Day = action_due()
    action_completed: Day = action_completed()


_COLUMNS = (
    "respondent", "audit_year", "returned", "standard", "question", "self_grade", "moderated_grade", "evidence_seen",
    "action", "action_owner", "action_due", "action_completed",
)

RETURN = Return(
    name="section_11",
    rows_are="an agency's answer to a question",
    key=("respondent", "audit_year", "standard_group", "question"),
    event_date="returned",
    fills=(fills("section_11_answers", _COLUMNS),),
    editions=(Edition("2025", date(2025, 4, 1), Section11, (*_COLUMNS, "name", "comment"), (NAME, COMMENT)),),
    sender="any agency",
    cadence="two years",
    level="record",
    sheet="Section_11",
    sheet_pattern=r".*(section.?11|s11)\b.*",
    year="audit_year",
    notes=(
        "Each agency sends its own answers: one row a question, within the eight standards.",
        "A return may be sent again when an action is completed or grades are moderated: the later one counts.",
    ),
)
