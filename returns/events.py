"""The event tables: what the warehouse holds, whichever return it came in.

Each table is declared once, in the module of what it is about, in the words of event_table.py.
The warehouse makes its tables from these declarations, a return says which of them its rows
fill, and the catalogue may name only their columns.
"""

from __future__ import annotations

from collections.abc import Iterator

from returns.event_table import SOURCE, Column, ColumnType, EventTable
from returns.tables_of_annex_a import ANNEX_A
from returns.tables_of_learning import LEARNING
from returns.tables_of_partners import ASSURANCE, EXPLOITATION, FRONT_DOOR, PROTECTION
from returns.tables_of_the_data import THE_DATA

__all__ = ["FILLED_BY", "SOURCE", "TABLES", "Column", "ColumnType", "EventTable", "tables"]

_TABLES: tuple[EventTable, ...] = (*FRONT_DOOR, *ANNEX_A, *PROTECTION, *EXPLOITATION, *ASSURANCE, *LEARNING, *THE_DATA)

TABLES: dict[str, EventTable] = {table.name: table for table in _TABLES}


def tables() -> Iterator[EventTable]:
    """Every event table, in the order of the child's journey."""
    return iter(_TABLES)


# The returns whose rows fill each table: a period has figures once one of them is accepted for it. The returns'
# own declarations say the same; they are not read for it, because that takes pandera a second to import.
FILLED_BY: dict[str, tuple[str, ...]] = {
    "contacts": ("contacts",),
    "early_help_episodes": ("early_help",),
    "referrals": ("referrals",),
    "assessments": ("assessments",),
    "section_47_enquiries": ("section_47",),
    "initial_conferences": ("section_47",),
    "children_in_need": ("children_in_need",),
    "plans": ("child_protection_plans",),
    "plan_visits": ("child_protection_plans",),
    "plan_reviews": ("child_protection_plans",),
    "periods_of_care": ("children_looked_after",),
    "placements": ("children_looked_after",),
    "care_reviews": ("children_looked_after",),
    "care_visits": ("children_looked_after",),
    "health_checks": ("children_looked_after",),
    "care_leavers": ("care_leavers",),
    "adoptions": ("adoption",),
    "adopters": ("adopters",),
    "aggregates": ("aggregate",),
    "front_door_contacts": ("front_door_contacts",),
    "contacts_received": ("front_door_contacts", "contacts"),
    "family_feedback": ("family_feedback",),
    "strategy_discussions": ("strategy_discussions",),
    "conferences": ("conferences",),
    "conference_participation": ("conference_participation",),
    "graded_care_profiles": ("graded_care_profiles",),
    "missing_episodes": ("missing_episodes",),
    "exploitation_assessments": ("exploitation_assessments",),
    "allegations": ("lado_contacts",),
    "section_11_answers": ("section_11",),
    "section_175_answers": ("section_175",),
    "schools": ("schools",),
    "population_sent": ("population",),
    "training_attendance": ("training_attendance",),
    "audits": ("audits",),
    "case_reviews": ("case_reviews",),
    "dispute_resolutions": ("dispute_resolutions",),
    "workforce": ("workforce",),
    "group_attendance": ("group_attendance",),
    "assessment_factors": ("assessment_factors",),
    "plan_milestones": ("plan_milestones",),
    "budget": ("budget",),
    "scrutiny_findings": ("scrutiny_findings",),
    "education": ("education",),
    "actions_sent": ("actions",),
}

# What is said of the data themselves rests on every return.
FILLED_BY |= {
    table.name: tuple(dict.fromkeys(name for names in FILLED_BY.values() for name in names)) for table in THE_DATA
}
