"""The section 175 audit: a school's answers on safeguarding, one row a question."""

from __future__ import annotations

from datetime import date

from returns.audit_columns import action, action_completed, action_due, returned
from returns.child_columns import Day, Flag, Text, Typed
from returns.declaration import Edition, Return, column, fills
from returns.partner_columns import COMMENT, WORKER, answer
from returns.schools import phase, school, urn


class Section175(Typed):
    """Answers after cleaning."""

    urn: Text = urn()
    school: Text = school()
    phase: Text = phase()
    academic_year: Text = column(
        "period", "Academic year", "The academic year, as 2024-25.", required=True, nullable=False, example="2024-25",
        spellings=("Year", "School year", "Audit year"),
    )
    returned: Day = returned()
    section: Text = column(
        "code", "Section", "The section of the audit.", required=True, nullable=False, codes="section_175_section",
        example="Leadership", spellings=("Audit section", "Section of audit", "Section name"),
    )
    question: Text = column(
        "text", "Question", "The question, by its number or words, as the audit has it.", required=True,
        nullable=False, example="1.1", spellings=("Question number", "Question ref", "Requirement"),
    )
    grade: Text = column(
        "code", "Grade", "The school's grade.", required=True, codes="section_175_grade", example="Met",
        spellings=("Self assessment", "Self grade", "School grade", "Answer", "Rating", "Judgement"),
    )
    dsl_trained: Day = column(
        "date", "DSL trained on", "The day the designated safeguarding lead was last trained.", title="Lead trained",
        example=date(2024, 9, 3),
        spellings=("DSL trained", "DSL training date", "Date DSL last trained", "DSL last trained",
                   "Date of DSL training"),
    )
    promotes_early_help: Flag = answer("Promotes early help", "Whether the school promotes early help.",
                                       "Early help promoted", "School promotes early help")
    early_help_on_website: Flag = answer("Early help on website", "Whether the school's website shows early help.",
                                         "Early help on school website", "Website shows early help", example="No")
    action: Text = action()
    action_due: Day = action_due()
    action_completed: Day = action_completed()


_COLUMNS = (
    "urn", "school", "phase", "academic_year", "returned", "section", "question", "grade", "dsl_trained",
    "promotes_early_help", "early_help_on_website", "action", "action_due", "action_completed",
)

RETURN = Return(
    name="section_175",
    rows_are="a school's answer to a question",
    key=("urn", "academic_year", "section_group", "question"),
    event_date="returned",
    fills=(fills("section_175_answers", _COLUMNS),),
    editions=(Edition("2024", date(2024, 9, 1), Section175, (*_COLUMNS, "worker", "comment"), (WORKER, COMMENT)),),
    cadence="academic year",
    level="record",
    sheet="Section_175",
    sheet_pattern=r".*(section.?175|s175|section.?157).*",
    year="academic_year",
    notes=(
        "One row a question of each school's audit. The school is known by its unique reference number.",
        "The lead's training and the two questions about early help are the school's: the same on each of its rows.",
    ),
)
