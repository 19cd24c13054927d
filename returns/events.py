"""The event tables: what the warehouse holds, whichever return it came in.

Each table is declared once here. The warehouse makes its tables from these
declarations, a return says which of them its rows fill, and the catalogue may
name only their columns. A code field `x` is two columns: `x` is the published
code, empty when only a spelling's group is known, and `x_group` is the group's
plain label, always filled when the cell could be read.

A *derived* column needs other rows or other tables (the days since the child's
last referral); it is computed when a version of the warehouse is built, never
read from a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

ColumnType = Literal["text", "date", "timestamp", "integer", "number", "boolean"]


@dataclass(frozen=True)
class Column:
    """One column of an event table. `codes` names a list of data/reference/code_lists.csv."""

    name: str
    type: ColumnType
    description: str
    codes: str | None = None
    derived: bool = False


@dataclass(frozen=True)
class EventTable:
    """One kind of event.

    `key` identifies an event across submissions; `dated` is the date that defines it
    (None where rows are true only on the extract's date); `ended` closes an episode.
    `covered` is True where an extract carries every event of its window, so that one
    that a later extract leaves out has been withdrawn by its sender; `covered_by` is the date
    that puts an event in an extract's window, where that is not `dated` (a conference is on
    the list because of its enquiry's date).
    """

    name: str
    title: str
    key: tuple[str, ...]
    dated: str | None
    columns: tuple[Column, ...] = field(repr=False)
    ended: str | None = None
    covered: bool = False
    covered_by: str | None = None

    def all_columns(self) -> tuple[Column, ...]:
        """Every column of the stored table, where the row came from included."""
        return SOURCE + self.columns

    def column(self, name: str) -> Column | None:
        """The column called `name`, or None."""
        return next((c for c in self.all_columns() if c.name == name), None)


# Where a row came from. Present in every event table.
SOURCE = (
    Column("submission_id", "text", "The submission that carried the row"),
    Column("sheet", "text", "The sheet of the file"),
    Column("source_row", "integer", "The row number that Excel shows"),
    Column("agency", "text", "The agency that sent it"),
    Column("period", "text", "The quarter it was sent for, as 2025-26-Q2"),
    Column("extract_date", "date", "The date of the sender's extract"),
    Column("latest_only", "boolean", "The sender gives only the child's latest event of this kind"),
    Column("unread", "text", "Fields of the row whose cell was filled but could not be read, separated by spaces"),
)


def _text(name: str, description: str) -> Column:
    return Column(name, "text", description)


def _date(name: str, description: str) -> Column:
    return Column(name, "date", description)


def _integer(name: str, description: str) -> Column:
    return Column(name, "integer", description)


def _flag(name: str, description: str) -> Column:
    return Column(name, "boolean", description + " (empty when not known)")


def _code(name: str, codes: str, description: str) -> tuple[Column, Column]:
    return (
        Column(name, "text", f"{description}: published code", codes),
        Column(f"{name}_group", "text", f"{description}: group", codes),
    )


def _derived(name: str, kind: ColumnType, description: str) -> Column:
    return Column(name, kind, description, derived=True)


# The child, as every child-level return gives them.
CHILD = (
    _text("child_id", "Keyed hash of identifier scheme and identifier"),
    *_code("sex", "sex", "Sex"),
    *_code("ethnicity", "ethnicity", "Ethnicity"),
    _date("birth_month", "First day of the month of birth, or of the expected month"),
    _integer("age", "Age in whole years as sent, on the extract's date; -1 is unborn"),
    _derived(
        "age_at_event", "integer", "Age in whole years on the event's date, from the month of birth, else as sent"
    ),
    _derived(
        "age_band", "text", "Age band on the event's date: under 1, 1 to 4, 5 to 9, 10 to 15, 16 to 17, 18 and over"
    ),
)
_DISABILITY = _flag("disability", "Has a disability")
_TEAM = _text("team", "Allocated team")

_TABLES = (
    EventTable(
        "contacts", "Contacts", ("child_id", "received", "source_group"), "received", covered=True,
        columns=(
            *CHILD,
            _date("received", "Date of contact"),
            *_code("source", "source", "Who made the contact"),
            _derived("previous_contact", "date", "The child's latest contact on an earlier day than this one"),
            _derived(
                "days_to_referral", "integer",
                "Days to the child's first referral on or after this contact; empty for none",
            ),
            _derived(
                "history_from", "date", "The date since which the agency's contacts are held without a gap"
            ),
        ),
    ),
    EventTable(
        "early_help_episodes", "Early help", ("child_id", "started"), "started", ended="completed",
        columns=(
            *CHILD,
            _date("started", "Assessment start date"),
            _date("completed", "Assessment completion date"),
            _text("organisation", "Organisation completing the assessment, as sent"),
            _text(
                "organisation_group", "council, or partner; empty when config/agencies.yaml does not have it"
            ),
            _derived(
                "days_to_return", "integer",
                "Days from completion to the child's first contact or referral on or after it; empty for none",
            ),
            _derived(
                "returns_seen_to", "date",
                "Day to which contacts and referrals are held: the latest extract date of either, empty for neither",
            ),
        ),
    ),
    EventTable(
        "referrals", "Referrals", ("child_id", "referred", "source_group"), "referred", covered=True,
        columns=(
            *CHILD,
            _date("referred", "Date of referral"),
            *_code("source", "source", "Who made the referral"),
            _flag("no_further_action", "Closed with no further action"),
            _integer("referrals_12m", "Referrals in the last 12 months as sent; true of the child's last row only"),
            _TEAM,
            _derived("previous_referral", "date", "The child's latest referral on an earlier day than this one"),
            _derived("last_of_child", "boolean", "The child's last referral in the submission"),
            _derived(
                "history_from", "date", "The date since which the agency's referrals are held without a gap"
            ),
        ),
    ),
    EventTable(
        "assessments", "Assessments", ("child_id", "started"), "started", covered=False,
        columns=(
            *CHILD, _DISABILITY,
            _date("started", "Continuous assessment start date"),
            _flag("child_seen", "Child seen during the assessment"),
            _date("authorised", "Date of authorisation"),
            _flag("needs_support", "Assessed as needing children's social care support"),
            _TEAM,
            _derived(
                "open_until", "date",
                "Last day known open: the day before authorisation, or the last extract with it",
            ),
        ),
        ended="authorised",
    ),
    EventTable(
        "section_47_enquiries", "Section 47 enquiries", ("child_id", "started"), "started", covered=True,
        columns=(
            *CHILD, _DISABILITY,
            _date("started", "Date of the strategy discussion that began the enquiry"),
            _flag("conference_unnecessary", "An initial conference was judged unnecessary"),
            _date("conference", "Date of the initial child protection conference"),
            _flag("made_plan", "The conference made a child protection plan"),
            _integer("enquiries_12m", "Earlier enquiries in 12 months as sent; true of the child's last row only"),
            _integer("conferences_12m", "Earlier conferences in 12 months as sent; true of the child's last row only"),
            _TEAM,
        ),
    ),
    EventTable(
        "conferences", "Child protection conferences", ("child_id", "held"), "held", covered=True,
        covered_by="enquiry_started",
        columns=(
            *CHILD, _DISABILITY,
            _date("held", "Date of the conference"),
            _date("enquiry_started", "Date of the strategy discussion that led to it"),
            _text("type", "initial, review or transfer in"),
            _flag("made_plan", "It made a child protection plan"),
            _TEAM,
        ),
    ),
    EventTable(
        "children_in_need", "Children in need", ("child_id", "started"), "started", ended="closed",
        columns=(
            *CHILD, _DISABILITY,
            _date("started", "Start of the episode of need"),
            *_code("primary_need", "need", "Primary need"),
            _date("last_seen", "Date the child was last seen"),
            _date("closed", "Closure date"),
            *_code("closure_reason", "closure_reason", "Reason for closure"),
            *_code("case_status", "case_status", "Case status on the extract's date"),
            _TEAM,
            _derived(
                "open_until", "date", "Last day known open: the day before closure, or the last extract with it"
            ),
        ),
    ),
    EventTable(
        "plans", "Child protection plans", ("child_id", "started"), "started", ended="ended",
        columns=(
            *CHILD, _DISABILITY,
            _date("started", "Plan start date"),
            *_code("initial_category", "category", "Category of abuse at the start"),
            *_code("latest_category", "category", "Latest category of abuse"),
            _date("ended", "Plan end date"),
            _flag("emergency", "Emergency protection order or police powers in the last six months"),
            _integer("previous_plans", "Earlier child protection plans, ever"),
            _TEAM,
            _derived("last_visit", "date", "Latest statutory visit"),
            _derived("seen_alone", "boolean", "Seen alone at the latest visit"),
            _derived("last_review", "date", "Latest review conference"),
            _derived(
                "open_until", "date",
                "Last day known open: the day before it ended, or the last extract with it",
            ),
        ),
    ),
    EventTable(
        "plan_visits", "Visits to children on plans", ("child_id", "visited"), "visited",
        columns=(
            _text("child_id", "Keyed hash of identifier scheme and identifier"),
            _date("plan_started", "Start of the plan"),
            _date("visited", "Date of the visit"),
            _flag("seen_alone", "Seen alone"),
        ),
    ),
    EventTable(
        "plan_reviews", "Review conferences", ("child_id", "reviewed"), "reviewed",
        columns=(
            _text("child_id", "Keyed hash of identifier scheme and identifier"),
            _date("plan_started", "Start of the plan"),
            _date("reviewed", "Date of the review conference"),
        ),
    ),
    EventTable(
        "periods_of_care", "Children looked after", ("child_id", "started"), "started", ended="ceased",
        columns=(
            *CHILD, _DISABILITY,
            _date("started", "Date started to be looked after"),
            *_code("need", "need", "Category of need"),
            _flag("second_period", "A second or later period of care within 12 months"),
            _flag("uasc", "Unaccompanied asylum-seeking child within 12 months"),
            _date("legal_status_started", "Start of the current legal status"),
            *_code("legal_status", "legal_status", "Legal status"),
            *_code("permanence_plan", "permanence_plan", "Permanence plan"),
            _integer("placements_12m", "Placements in the last 12 months"),
            _date("ceased", "Date ceased to be looked after"),
            *_code("ceased_reason", "ceased_reason", "Reason ceased to be looked after"),
            _integer("missing_12m", "Missing episodes in 12 months"),
            _integer("absent_12m", "Absent episodes in 12 months"),
            _flag("interview_offered", "Return interview offered after the last missing episode"),
            _flag("interview_accepted", "Return interview accepted"),
            _TEAM,
            _derived("last_review", "date", "Latest statutory review"),
            _derived("last_visit", "date", "Latest social work visit"),
            _derived("last_health_assessment", "date", "Latest health assessment"),
            _derived("last_dental_check", "date", "Latest dental check"),
            _derived("placement_started", "date", "Start of the current placement"),
            _derived("placement_type", "text", "Current placement type: published code"),
            _derived("placement_type_group", "text", "Current placement type: group"),
            _derived("placed_out_of_area", "boolean", "Current placement is outside the authority"),
            _derived("placement_miles", "number", "Distance from home to the current placement, in miles"),
            _derived(
                "open_until", "date",
                "Last day known open: the day before it ceased, or the last extract with it",
            ),
        ),
    ),
    EventTable(
        "placements", "Placements", ("child_id", "started"), "started", ended="ended",
        columns=(
            _text("child_id", "Keyed hash of identifier scheme and identifier"),
            _date("care_started", "Start of the period of care"),
            _date("started", "Start of the placement"),
            _date("ended", "End of the placement"),
            *_code("type", "placement_type", "Placement type"),
            *_code("provider", "placement_provider", "Placement provider"),
            _text("district", "Postcode district of the placement"),
            _text("urn", "Unique reference number of the placement"),
            _flag("out_of_area", "Outside the authority"),
            _text("authority", "Authority of the placement, as sent"),
            Column("miles", "number", "Distance from home, in miles"),
        ),
    ),
    EventTable(
        "care_reviews", "Reviews of children looked after", ("child_id", "reviewed"), "reviewed",
        columns=(
            _text("child_id", "Keyed hash of identifier scheme and identifier"),
            _date("care_started", "Start of the period of care"),
            _date("reviewed", "Date of the statutory review"),
        ),
    ),
    EventTable(
        "care_visits", "Visits to children looked after", ("child_id", "visited", "visitor"), "visited",
        columns=(
            _text("child_id", "Keyed hash of identifier scheme and identifier"),
            _date("care_started", "Start of the period of care"),
            _date("visited", "Date of the visit or contact"),
            _text("visitor", "social worker, or independent reviewing officer"),
        ),
    ),
    EventTable(
        "health_checks", "Health checks of children looked after", ("child_id", "checked", "kind"), "checked",
        columns=(
            _text("child_id", "Keyed hash of identifier scheme and identifier"),
            _date("care_started", "Start of the period of care"),
            _date("checked", "Date of the check"),
            _text("kind", "health assessment, or dental check"),
        ),
    ),
    EventTable(
        "care_leavers", "Care leavers", ("child_id",), None,
        columns=(
            *CHILD, _DISABILITY,
            _flag("uasc", "Unaccompanied asylum-seeking child, or formerly one"),
            *_code("eligibility", "eligibility", "Eligibility"),
            _date("pathway_plan_reviewed", "Latest pathway plan review"),
            *_code("in_touch", "in_touch", "In touch with the authority"),
            _date("last_contact", "Latest contact"),
            *_code("accommodation", "accommodation", "Type of accommodation"),
            *_code("suitability", "suitability", "Suitability of accommodation"),
            *_code("activity", "activity", "Activity"),
            _TEAM,
        ),
    ),
    EventTable(
        "aggregates", "Figures sent as totals", ("indicator", "covers", "area", "breakdown"), None,
        columns=(
            _text("indicator", "Indicator of the catalogue"),
            _text("covers", "The month, quarter or year the figure is of"),
            _text("area", "Area; empty for the whole county"),
            _text("breakdown", "Group within the indicator; empty for all"),
            Column("numerator", "number", "Count, or sum"),
            Column("denominator", "number", "What the numerator is of; empty for a plain count"),
            _text("note", "The sender's note"),
        ),
    ),
)

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
    "conferences": ("section_47",),
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
    "aggregates": ("aggregate",),
}
