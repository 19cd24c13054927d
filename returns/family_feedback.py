"""Families' and practitioners' feedback, as totals: one row a survey, quarter and kind of respondent."""

from __future__ import annotations

from datetime import date

from returns.child_columns import Number, Text, Typed, Whole
from returns.declaration import Edition, Return, column, fills
from returns.partner_columns import COMMENT


class FamilyFeedback(Typed):
    """Feedback after cleaning."""

    survey: Text = column(
        "text", "Survey", "Which survey it is.", required=True, nullable=False, example="Early help closing survey",
        spellings=("Survey name", "Questionnaire", "Name of survey"),
    )
    covers: Text = column(
        "period", "Quarter", "The quarter the answers are of, as 2025-26-Q2.", title="Quarter", required=True,
        nullable=False, example="2025-26-Q2", spellings=("Period", "Reporting quarter", "Survey quarter"),
    )
    service: Text = column(
        "code", "Service", "Which service the answers are about.", codes="feedback_service", example="Early help",
        spellings=("About which service", "Survey about", "Area of service", "Team or service"),
    )
    respondent: Text = column(
        "code", "Respondent", "Who answered.", required=True, nullable=False, codes="respondent",
        example="Parent or carer", spellings=("Respondent group", "Respondent type", "Who answered", "Completed by"),
    )
    returned: Whole = column(
        "count", "Returned", "How many answers were returned.", required=True, example=42,
        spellings=("Number returned", "Responses", "Number of responses", "Surveys returned", "Forms returned"),
    )
    positive: Whole = column(
        "count", "Positive", "How many of them are positive: that things got better.", required=True, example=36,
        spellings=("Number positive", "Positive responses", "Things got better", "Improved"),
    )
    scale_mean: Number = column(
        "number", "Scale mean", "The mean score out of 10.", title="Mean score", lowest=0, highest=10, example=7.9,
        spellings=("Mean score", "Average score", "Mean score out of 10", "Average score (out of 10)", "Scale (mean)"),
    )
    theme: Text = column(
        "text", "Theme", "The theme of the answers in a few words; no names.", example="Being listened to",
        spellings=("Main theme", "Themes", "Key theme"),
    )


_COLUMNS = ("survey", "covers", "service", "respondent", "returned", "positive", "scale_mean", "theme")

RETURN = Return(
    name="family_feedback",
    rows_are="a survey's answers from one kind of respondent",
    key=("survey", "covers", "respondent_group"),
    event_date=None,
    fills=(fills("family_feedback", _COLUMNS),),
    editions=(Edition("2025", date(2025, 4, 1), FamilyFeedback, (*_COLUMNS, "comment"), (COMMENT,)),),
    level="total",
    sheet="Family_feedback",
    sheet_pattern=r".*feedback.*",
    notes=(
        "Totals alone: one row for each survey, quarter and kind of respondent.",
        "A column of comments may be left in: it is passed over, and never kept, because a comment can name a child.",
    ),
)
