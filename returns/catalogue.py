"""Every return that is declared, by name. Their modules (and pandera) are imported on the first call, not before."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from returns.declaration import Return

# One module a return, in the order of the child's journey, with the title that people know it by. They stand here so
# that a page can name a return without importing what checks one.
TITLES: dict[str, str] = {
    "contacts": "List 1: Contacts",
    "early_help": "List 2: Early help",
    "referrals": "List 3: Referrals",
    "assessments": "List 4: Assessments",
    "section_47": "List 5: Section 47 enquiries and initial child protection conferences",
    "children_in_need": "List 6: Children in need",
    "child_protection_plans": "List 7: Child protection",
    "children_looked_after": "List 8: Children looked after",
    "care_leavers": "List 9: Care leavers",
    "adoption": "List 10: Adoption",
    "adopters": "List 11: Adopters",
    "aggregate": "Aggregate return",
    "front_door_contacts": "Front-door contacts",
    "strategy_discussions": "Strategy discussions",
    "conferences": "Child protection conferences",
    "conference_participation": "Agencies at child protection conferences",
    "missing_episodes": "Missing episodes",
    "exploitation_assessments": "Exploitation assessments (Get Safe)",
    "graded_care_profiles": "Graded Care Profiles",
    "lado_contacts": "Contacts with the LADO",
    "section_11": "Section 11 audit",
    "section_175": "Section 175 audit",
    "family_feedback": "Feedback of families",
    "schools": "Schools",
    "population": "Population",
    "training_attendance": "Training",
    "audits": "Audits of practice",
    "case_reviews": "Case reviews",
    "dispute_resolutions": "Disputes about children's plans",
    "workforce": "Workforce",
    "group_attendance": "Attendance at the partnership's groups",
    "assessment_factors": "Factors found at assessment",
    "plan_milestones": "Business plan",
    "budget": "Budget",
    "scrutiny_findings": "Findings of scrutiny",
    "education": "Education",
    "actions": "Actions",
}
NAMES: tuple[str, ...] = tuple(TITLES)


class UnknownReturn(KeyError):
    """No return has that name; the message lists those there are."""

    def __str__(self) -> str:
        return str(self.args[0])


@cache
def _declared() -> tuple[Return, ...]:
    return tuple(import_module(f"returns.{name}").RETURN for name in NAMES)


def all_returns() -> dict[str, Return]:
    """Every declared return by its name, in the order of the child's journey."""
    return {item.name: item for item in _declared()}


def the_return(name: str) -> Return:
    """The return called `name`; raises UnknownReturn with the names there are."""
    if name not in NAMES:
        raise UnknownReturn(f"No return is called {name!r}. There are: {', '.join(NAMES)}.")
    return all_returns()[name]
