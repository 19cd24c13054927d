"""Strategy discussions, one row a discussion about a child, and which agencies came."""

from __future__ import annotations

from datetime import date

from returns.child_columns import ChildAlone, Day, Flag, Text
from returns.declaration import Edition, Return, column, fills
from returns.partner_columns import ABOUT_A_PERSON, LEFT_BEHIND, answer, reference


def _attendance(agency: str, *spellings: str, example: str = "Yes") -> Text:
    return column(  # type: ignore[no-any-return]
        "code", f"{agency} attended", f"Whether {agency[0].lower()}{agency[1:]} attended; or was not invited.",
        codes="attendance", example=example,
        spellings=(agency, f"{agency} attendance", f"{agency} present", f"{agency} at strategy discussion", *spellings),
    )


class StrategyDiscussions(ChildAlone):
    """Strategy discussions after cleaning."""

    discussion_id: Text = reference(
        "Discussion ID", "The discussion's own reference.", "Strategy discussion ID", "Strategy discussion reference",
        "Strategy meeting ID", "Discussion reference", "SD ID", "Strategy ID", example="SD-0042",
    )
    held: Day = column(
        "date", "Held at", "The day the discussion was held.", title="Held", required=True, nullable=False,
        example=date(2025, 8, 18),
        spellings=("Date held", "Strategy discussion date", "Date of strategy discussion", "Discussion date",
                   "Date of discussion", "Strategy meeting date", "Date of strategy meeting"),
    )
    social_care: Text = _attendance("Social care", "Children's social care attended", "CSC attended")
    police: Text = _attendance("Police")
    health: Text = _attendance("Health")
    education: Text = _attendance("Education", "School attended", "School", example="Not invited")
    outcome: Text = column(
        "code", "Outcome", "What was decided.", required=True, codes="discussion_outcome", example="Joint section 47",
        spellings=("Discussion outcome", "Outcome of discussion", "Outcome of strategy discussion",
                   "Strategy discussion outcome"),
    )
    child_views_recorded: Flag = answer(
        "Child's views recorded", "Whether the child's views are recorded.", "Child views recorded",
        "Views of child recorded", "Voice of the child recorded", "Child's voice recorded",
    )


_COLUMNS = (
    "discussion_id", "child_id", "held", "social_care", "police", "health", "education", "outcome",
    "child_views_recorded",
)

RETURN = Return(
    name="strategy_discussions",
    rows_are="a strategy discussion about a child",
    key=("discussion_id",),
    event_date="held",
    fills=(fills("strategy_discussions", _COLUMNS),),
    editions=(
        Edition("2025", date(2025, 4, 1), StrategyDiscussions, (*_COLUMNS, *LEFT_BEHIND), ABOUT_A_PERSON),
    ),
    sheet="Strategy_discussions",
    sheet_pattern=r".*strategy.*",
    notes=(
        "All strategy discussions held in the six months before the extract, whatever came of them.",
        "An agency that was asked and did not come is No; one that was not asked is Not invited.",
    ),
)
